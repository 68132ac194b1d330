"""What is typed goes to the record that the form shows, whatever becomes of the list meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ropa_app.register.change import Edit, label
from ropa_app.register.conditions import Filter
from ropa_app.register.store import Register
from ropa_ui import text_size
from ropa_ui.main_window import MainWindow
from ropa_ui.views.records import RecordsPage

Windows = Callable[..., MainWindow]


def at_work(window: MainWindow, field: str = "department") -> tuple[RecordsPage, QLineEdit]:
    """The page with the keyboard in a line of the form of the last record."""
    page = window.records_page()
    assert page is not None
    window.activateWindow()
    record = page.model.record(page.model.count() - 1)
    assert record is not None
    page.pane.choose(record)
    line = page.form.rows[field].editor.focusProxy()
    assert isinstance(line, QLineEdit)
    line.setFocus()
    QApplication.processEvents()
    return page, line


def test_an_edit_that_a_filter_does_not_let_through_leaves_the_form_where_it_is(
    window: Windows,
) -> None:
    opened = window()
    page, line = at_work(opened)
    record = page.shown_record()
    assert record is not None
    opened.session.set_value(record.id, "department", record["department"], "Sales")
    others = {each.id: each for each in opened.session.view.of("activity") if each.id != record.id}
    page.pane.filter(Filter("department", "Sales"))
    page.pane.choose(record)
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "Support")
    page.flush()
    assert page.model.row_of(record) < 0
    shown = page.shown_record()
    assert shown is not None
    assert shown.id == record.id
    assert page.form.rows["name"].value == record["name"]
    line.end(False)
    QTest.keyClicks(line, " desk")
    page.flush()
    now = opened.session.view.records
    assert now[record.id]["department"] == "Support desk"
    assert all(now[each]["department"] == others[each]["department"] for each in others)


def test_a_record_deleted_by_another_program_stays_in_the_form_with_what_was_typed(
    window: Windows, qtbot: QtBot
) -> None:
    opened = window()
    page, line = at_work(opened)
    record = page.shown_record()
    assert record is not None
    QTest.keyClicks(line, "half")
    with Register.open(opened.session.path, writable=True) as other:
        edit = Edit(record.id, "deleted", None, "2026-11-26T10:00:00Z")
        other.apply([edit], label("delete", ref=record.ref))
    with qtbot.waitSignal(opened.session.failed) as told:
        opened.session.poll()
    assert record.ref in told.args[0]
    shown = page.shown_record()
    assert shown is not None
    assert shown.id == record.id
    QTest.keyClicks(line, " more")
    page.flush()
    assert all(
        "more" not in str(each["department"]) for each in opened.session.view.of("activity")
    )
    assert opened.session.present.by_id(record.id)["department"] == "half"


@pytest.mark.parametrize("focused", [True, False])
def test_a_record_deleted_here_makes_place_for_the_next(window: Windows, focused: bool) -> None:
    opened = window()
    page, _line = at_work(opened)
    if not focused:
        page.pane.list.setFocus()
    record = page.shown_record()
    assert record is not None
    page.delete([record])
    shown = page.shown_record()
    assert shown is not None
    assert shown.id != record.id


@pytest.fixture(params=[100, 150])
def text(request: pytest.FixtureRequest, dressed: QApplication) -> Iterator[int]:
    """The size of the text in per cent: at 150, list and form take turns in 900 px."""
    text_size.choose(request.param)
    yield request.param
    text_size.choose(100)


@pytest.mark.parametrize(("page_key", "field"), [("activity", "owner"), ("party", "name")])
def test_who_is_in_the_form_stays_there_while_the_window_is_made_narrow_and_wide(
    window: Windows, text: int, page_key: str, field: str
) -> None:
    opened = window("nordlys", page_key)
    page, line = at_work(opened, field)
    line.setText("half typed")
    line.setCursorPosition(4)
    for wide, both in ((900, text == 100), (1440, True)):
        opened.resize(wide, 600)
        QTest.qWait(150)
        assert QApplication.focusWidget() is line
        assert line.isVisible()
        assert (line.text(), line.cursorPosition()) == ("half typed", 4)
        assert not line.visibleRegion().isEmpty()
        assert page.pane.isVisible() == both


def test_who_is_in_the_list_stays_there_while_the_window_is_made_narrow(
    window: Windows, text: int
) -> None:
    opened = window()
    page, _line = at_work(opened)
    page.pane.list.setFocus()
    opened.resize(900, 600)
    QTest.qWait(50)
    assert page.pane.isVisible()
    assert page.pane.list.hasFocus()
    assert page.form.isVisible() == (text == 100)


def test_a_record_brought_back_by_redo_can_be_written_in_and_is_the_one_chosen(
    window: Windows,
) -> None:
    opened = window()
    page, line = at_work(opened)
    page.duplicate_current()
    copied = page.shown_record()
    assert copied is not None
    line.setFocus()
    opened.session.undo()
    QApplication.processEvents()
    assert page.shown_record() != copied or line.isReadOnly()
    opened.session.redo()
    QApplication.processEvents()
    shown, chosen = page.shown_record(), page.pane.current()
    assert shown is not None
    assert chosen is not None
    assert shown.id == chosen.id
    if shown.id != copied.id:
        page.go_to(opened.session.view.records[copied.id])
    assert not line.isReadOnly()
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "Support")
    page.flush()
    assert opened.session.view.records[copied.id]["department"] == "Support"
