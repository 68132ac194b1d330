"""The rows of a list: keys, letters typed among them, and how little is asked of the model."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ropa_app.register.change import Create, label, new_id
from ropa_ui.kinds import EMPTY, NEW
from ropa_ui.main_window import MainWindow
from ropa_ui.models.record_model import RecordModel
from ropa_ui.models.session import Session
from ropa_ui.views.records import RecordsPage

Windows = Callable[..., MainWindow]
MANY = 300


def page_of(window: MainWindow) -> RecordsPage:
    page = window.records_page()
    assert page is not None
    return page


def test_home_and_end_go_to_the_ends(window: Windows) -> None:
    page = page_of(window())
    rows = page.pane.list
    QTest.keyClick(rows, Qt.Key.Key_End)
    assert rows.currentIndex().row() == page.model.rowCount() - 1
    QTest.keyClick(rows, Qt.Key.Key_Home)
    assert rows.currentIndex().row() == 0
    QTest.keyClick(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert [record.number for record in page.pane.selected()] == [1, 2]
    for key in (Qt.Key.Key_End, Qt.Key.Key_Home):
        QTest.keyClick(rows, key, Qt.KeyboardModifier.ControlModifier)
        assert page.pane.selected() == [page.pane.current()], "what is shown is what is marked"


def test_several_records_marked_offer_what_can_be_done_with_all(
    window: Windows, qtbot: QtBot
) -> None:
    page = page_of(window())
    # The dialog and the page that follow are not of interest here.
    page.bulk_asked.disconnect()
    page.export_asked.disconnect()
    assert page.form
    bar = page.marked
    assert not bar.isVisible()
    rows = page.pane.list
    QTest.keyClick(rows, Qt.Key.Key_Home)
    for _time in range(2):
        QTest.keyClick(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    marked = page.pane.selected()
    assert bar.isVisible()
    assert bar.accessibleName() == "3 selected"
    for button, asked in ((bar.change, page.bulk_asked), (bar.export, page.export_asked)):
        with qtbot.waitSignal(asked) as told:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert told.args[-1] == marked
    qtbot.mouseClick(bar.delete, Qt.MouseButton.LeftButton)
    assert all(page.model.row_of(record) < 0 for record in marked)
    assert not bar.isVisible()


def test_the_bar_counts_what_is_marked_after_undo_too(window: Windows, qtbot: QtBot) -> None:
    page = page_of(shown := window())
    shown.activateWindow()
    page.pane.list.setFocus()
    form = page.form

    def bar_tells_the_truth() -> bool:
        count = len(page.pane.selected())
        told = page.marked.accessibleName() == f"{count} selected"
        return told and page.marked.isVisibleTo(form) == (count > 1)

    qtbot.keyClick(page.pane.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(page.pane.selected()) == page.model.count() > 1
    assert bar_tells_the_truth()
    qtbot.keyClick(page.pane.list, Qt.Key.Key_Delete)
    assert page.model.count() == 0
    assert bar_tells_the_truth()
    shown.undo()
    QApplication.processEvents()
    assert page.pane.selected() == [page.pane.current()], "what is shown is what is marked"
    assert bar_tells_the_truth()
    shown.undo()
    QApplication.processEvents()
    assert page.model.count() == 0
    assert bar_tells_the_truth()


def test_in_the_past_marked_records_can_only_be_exported(window: Windows) -> None:
    opened = window()
    page = page_of(opened)
    opened.session.show_past(opened.session.register.head().at)
    assert page.form
    page.pane.list.selectAll()
    assert page.marked.export.isVisible()
    assert not page.marked.change.isVisible()
    assert not page.marked.delete.isVisible()


def test_letters_typed_among_the_rows_are_searched_for(window: Windows, qtbot: QtBot) -> None:
    opened = window()
    page = page_of(opened)
    every = page.model.rowCount()
    opened.activateWindow()
    page.pane.list.setFocus()
    qtbot.waitUntil(page.pane.list.hasFocus)
    QTest.keyClick(page.pane.list, Qt.Key.Key_M)
    assert page.pane.field.text() == "m"
    assert page.pane.field.hasFocus()
    QTest.keyClicks(page.pane.field, "arketing")
    qtbot.waitUntil(lambda: 0 < page.model.rowCount() < every)


def test_only_the_name_is_shown_whatever_columns_the_model_has(window: Windows) -> None:
    page = page_of(window())
    for columns in (["name", "ref", "department"], ["name"], ["name", "ref", "owner", "role"]):
        page.model.set_columns(columns)
        rows = page.pane.list
        assert [c for c in range(len(columns)) if not rows.isColumnHidden(c)] == [0]


def test_a_list_is_laid_out_without_asking_for_every_row(
    window: Windows, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    opened = window()
    page, asked = page_of(opened), []
    made = [Create("activity", new_id(), {"name": f"Number {n}"}) for n in range(MANY)]
    assert opened.session.apply(made, label("import", count=MANY))
    count = RecordModel.rowCount
    monkeypatch.setattr(RecordModel, "rowCount", lambda *given: asked.append(1) or count(*given))
    page.model.refresh()
    qtbot.wait(10)
    assert page.model.rowCount() > MANY
    assert len(asked) < MANY


def test_a_part_inside_a_word_is_found_once_the_words_are_read(
    session: Session, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(session.words_read):
        assert session.search.words is not None
    made = session.create("party", {"name": "Zyxbehandler AS"})
    assert made is not None
    number = session.view.records[made].number
    assert session.search.ids("xbehand", "party") == [number]
    many = [Create("party", new_id(), {"name": f"Qwv{n}lager AS"}) for n in range(60)]
    with qtbot.waitSignal(session.words_read):  # too many to learn one by one
        session.apply(many, label("import", count=60))
    assert len(session.search.ids("lager", "party")) >= 60


@pytest.mark.parametrize("kind", [key for key in EMPTY if key != "register"])
def test_an_empty_list_says_what_to_do_and_does_it(window: Windows, kind: str) -> None:
    opened = window("smartgroup", kind)
    page = page_of(opened)
    records = list(opened.session.view.of(kind))
    assert not records or opened.session.delete(records)
    page._show_chosen()
    shown = page._nothing
    assert shown.isVisible()
    assert (shown.heading.text(), shown.sentence.text()) == EMPTY[kind]
    assert shown.primary_button is not None
    assert shown.primary_button.text() == NEW[kind]
    shown.primary_button.click()
    assert page.form.isVisible()
    assert len(opened.session.view.of(kind)) == 1
    page.model.search("nothing is called this")
    page.pane.choose_first()
    assert shown.heading.text() == "Nothing found"
    assert "take filters away" in shown.sentence.text()
    assert not shown.primary_button.isVisible()


def test_a_name_that_looks_like_markup_is_text_in_its_tooltip(window: Windows) -> None:
    opened = window()
    page = page_of(opened)
    record = page.model.record(0)
    assert record is not None
    assert opened.session.set_value(record.id, "name", record["name"], "<b>Pay</b> & leave")
    index = page.model.index(0, 0)
    assert index.data() == "<b>Pay</b> & leave"
    tip = index.data(Qt.ItemDataRole.ToolTipRole)
    assert QTextDocumentFragment.fromHtml(tip).toPlainText() == "<b>Pay</b> & leave"
