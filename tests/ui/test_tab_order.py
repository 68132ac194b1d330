"""The Tab key goes through every form as it is read, whatever state its fields are in."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ropa_app.model.kinds import KINDS
from ropa_app.model.state import NotApplicable, Open
from ropa_app.register.change import Edit
from ropa_ui.forms.field_row import FieldRow
from ropa_ui.forms.form import RecordForm
from ropa_ui.kinds import LABELS
from ropa_ui.main_window import MainWindow
from ropa_ui.reading_order import stops
from ropa_ui.views.records import RecordsPage

Windows = Callable[..., MainWindow]
FORMS = [kind for kind in LABELS if kind in KINDS]


def open_form(window: MainWindow, kind: str) -> RecordForm:
    page = window.open_page(kind)
    assert isinstance(page, RecordsPage)
    if page.form.record is None:
        page.add()
    assert page.form.rows
    QTest.qWait(20)
    return page.form


def row_of(widget: QWidget | None) -> FieldRow | None:
    while widget is not None and not isinstance(widget, FieldRow):
        widget = widget.parentWidget()
    return widget


def fields_visited(form: RecordForm) -> list[str]:
    """The fields in the order of the Tab key, each as often as it is come back to."""
    found: list[str] = []
    for widget in stops(form):
        row = row_of(widget)
        if row is not None and found[-1:] != [row.field.key]:
            found.append(row.field.key)
    return found


@pytest.mark.parametrize("kind", FORMS)
def test_fields_follow_one_another(window: Windows, kind: str) -> None:
    form = open_form(window("nordlys", kind), kind)
    visited = fields_visited(form)
    assert visited == [key for key in form.rows if key in visited]
    assert len(visited) > 1


@pytest.mark.parametrize("kind", FORMS)
def test_open_questions_stand_where_the_field_does(window: Windows, kind: str) -> None:
    opened = window("nordlys", kind)
    form = open_form(opened, kind)
    record = form.record
    assert record is not None
    states = cycle((NotApplicable("no need"), Open("Who knows?")))
    keys = [field.key for field in record.kind.fields]
    edits = [Edit(record.id, key, record[key], next(states)) for key in keys]
    assert opened.session.set_many(edits, kind)
    QTest.qWait(20)
    assert fields_visited(form) == list(form.rows)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> str:
    """Press a key; the field that has the focus then."""
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifier)
    row = row_of(QApplication.focusWidget())
    return row.field.key if row is not None else ""


def test_tab_and_shift_tab_stop_at_an_open_question(qtbot: QtBot, window: Windows) -> None:
    opened = window("smartgroup", "activity")
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    form = open_form(opened, "activity")
    record = form.record
    assert record is not None
    key = "business_function"
    opened.session.set_value(record.id, key, record[key], Open("Which?"))
    form.rows["name"].focus()
    there = [press(Qt.Key.Key_Tab) for _time in range(4)]
    assert list(dict.fromkeys(there)) == ["business_function", "department", "organisations"]
    back = [press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier) for _time in range(4)]
    assert list(dict.fromkeys(back)) == ["department", "business_function", "name"]


@pytest.mark.parametrize("kind", FORMS)
def test_within_a_field_the_order_is_down_the_page(window: Windows, kind: str) -> None:
    """No stop stands wholly above the one before it, but at the head of a next column."""
    form = open_form(window("nordlys", kind), kind)
    before: QWidget | None = None
    for widget in stops(form):
        row = row_of(widget)
        if row is None:
            continue
        if before is not None and row_of(before) is row:
            here, last = (each.mapTo(form, QPoint(0, 0)) for each in (widget, before))
            above = here.y() + widget.height() <= last.y()
            assert not above or here.x() >= last.x() + before.width(), (
                f"{row.field.key}: {widget.accessibleName()} after {before.accessibleName()}"
            )
        before = widget


# Where the keyboard is after going somewhere


def test_after_going_to_a_record_the_keyboard_is_at_its_row(qtbot: QtBot, window: Windows) -> None:
    opened = window("smartgroup", "overview")
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    record = next(iter(opened.session.view.of("party")))
    QTest.keyClick(opened.navigation.pages, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, record.ref)
    QTest.keyClick(focused, Qt.Key.Key_Return)
    page = opened.records_page()
    assert page is not None
    assert page.pane.current() == record
    assert page.pane.list.hasFocus()


def test_after_the_list_behind_a_number_is_shown_the_keyboard_is_in_it(
    qtbot: QtBot, window: Windows
) -> None:
    opened = window("nordlys", "overview")
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    ids = [record.id for record in opened.session.view.of("transfer")][:2]
    opened.show_list("transfer", ids, "Two of them")
    page = opened.records_page()
    assert page is not None
    assert page.pane.list.hasFocus()
