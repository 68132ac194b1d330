"""Deleting a record: by key only from a list, never while text is typed; what is said of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from ropa_ui.main_window import MainWindow
from ropa_ui.views.records import RecordsPage
from ropa_ui.views.table import TablePane, toggle_table

Windows = Callable[..., MainWindow]
CONTROL = Qt.KeyboardModifier.ControlModifier


def page_of(window: MainWindow) -> RecordsPage:
    page = window.records_page()
    assert page
    return page


def gone(window: MainWindow) -> list[str]:
    """The references of the records of the page shown that are deleted."""
    return [r.ref for r in window.session.view.of_all(page_of(window).kind) if r.deleted]


def press(target: QWidget, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    target.setFocus()
    QTest.keyClick(QApplication.focusWidget() or target, key, held)
    QApplication.processEvents()


@pytest.mark.parametrize("kind", ["activity", "agreement", "transfer"])  # editors of every kind
def test_no_text_of_a_form_takes_the_key_of_deletion(window: Windows, kind: str) -> None:
    opened = window("nordlys", kind)
    opened.activateWindow()
    before, form = gone(opened), page_of(opened).form
    tried = 0
    for key in form.rows:
        form.focus_field(key)
        texts = form.rows[key].findChildren(QLineEdit) + form.rows[key].findChildren(QPlainTextEdit)
        for text in [each for each in texts if each.isVisibleTo(form)] or [form.rows[key].editor]:
            press(text, Qt.Key.Key_Backspace, CONTROL)
            tried += 1
    assert tried >= len(form.rows)
    assert gone(opened) == before


def test_the_last_word_goes_and_the_record_stays(window: Windows) -> None:
    opened = window()
    opened.activateWindow()
    opened.actions_by_key["rename"].trigger()
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    line.clear()
    QTest.keyClicks(line, "Sale of goods")
    press(line, Qt.Key.Key_Backspace, CONTROL)
    assert line.text() == "Sale of "
    assert gone(opened) == []


def test_the_search_field_takes_words_back_too(window: Windows) -> None:
    opened = window()
    opened.activateWindow()
    field = page_of(opened).pane.field
    QTest.keyClicks(field, "pay roll")
    press(field, Qt.Key.Key_Backspace, CONTROL)
    assert field.text() == "pay "
    assert gone(opened) == []


@pytest.mark.parametrize(
    ("key", "held"),
    [(Qt.Key.Key_Backspace, CONTROL), (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier)],
)
def test_a_list_with_the_focus_takes_it(
    window: Windows, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    opened = window()
    opened.activateWindow()
    press(page_of(opened).pane.list, key, held)
    assert gone(opened) == ["A-001"]


def test_the_table_takes_it_for_the_rows_marked(window: Windows) -> None:
    opened = window()
    opened.activateWindow()
    toggle_table(page_of(opened), opened)
    pane = page_of(opened).findChild(TablePane)
    assert isinstance(pane, TablePane)
    pane.table.go_to(1, 0)
    press(pane.table, Qt.Key.Key_Backspace, CONTROL)
    assert gone(opened) == ["A-002"]


def half_typed(page: RecordsPage, text: str) -> None:
    """Type a department into the form, and leave the caret there."""
    page.form.focus_field("department")
    line = page.form.rows["department"].editor.focusProxy()
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, text)


def test_undo_takes_back_the_deletion_not_what_was_typed_before(window: Windows) -> None:
    opened = window()
    page = page_of(opened)
    half_typed(page, "Sales")
    page.delete_current()
    assert gone(opened) == ["A-001"]
    opened.toast.undo.emit()
    assert gone(opened) == []
    assert opened.session.register.get("A-001")["department"] == "Sales"


def test_a_copy_has_what_was_half_typed(window: Windows) -> None:
    opened = window()
    page = page_of(opened)
    half_typed(page, "Sales")
    page.duplicate_current()
    assert page.form.record is not None
    assert page.form.record.ref != "A-001"
    assert page.form.record["department"] == "Sales"


def test_deleting_what_is_used_says_where(window: Windows) -> None:
    opened = window("smartgroup", "party")
    view = opened.session.view
    used = next(p for p in view.of("party") if len(view.sources(p.id, "activity")) > 0)
    count = len(view.sources(used.id, "activity"))
    page_of(opened).delete([used])
    assert f"activities {count}" in opened.toast.text()
    opened.toast.undo.emit()
    page_of(opened).add()
    added = page_of(opened).form.record
    assert added is not None
    page_of(opened).delete([added])
    assert opened.toast.text() == "Deleted 1 record"


def test_undo_in_the_past_says_why_it_does_nothing(window: Windows) -> None:
    opened = window()
    opened.session.show_past(opened.session.register.head().at)
    opened.actions_by_key["undo"].trigger()
    assert "past cannot be changed" in opened.toast.text()
