"""The page of keys says what the declarations say, and what is declared is what the keys do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from ropa_app.i18n import set_language
from ropa_app.model.long_help import long_help
from ropa_ui.actions import COMMANDS, WITHIN
from ropa_ui.forms.field_row import FieldRow
from ropa_ui.main_window import MainWindow
from ropa_ui.views.keyboard import KeyboardDialog, KeyRow, caps, groups

Windows = Callable[..., MainWindow]
CONTROL = Qt.KeyboardModifier.ControlModifier


def shown(window: MainWindow) -> KeyboardDialog:
    found = [each for each in window.findChildren(KeyboardDialog) if each.isVisible()]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Slash])
def test_keys_open_it_and_esc_closes_it(window: Windows, key: Qt.Key) -> None:
    opened = window()
    opened.activateWindow()
    opened.navigation.pages.setFocus()
    QApplication.processEvents()
    held = CONTROL if key == Qt.Key.Key_Slash else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(opened.navigation.pages, key, held)
    dialog = shown(opened)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_in_a_field_f1_is_help(window: Windows, qtbot: QtBot) -> None:
    opened = window()
    opened.activateWindow()
    page = opened.records_page()
    assert page
    page.form.focus_field("name")
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    row = next(each for each in page.form.findChildren(FieldRow) if each.field.key == "name")
    whole = long_help("activity.name", "en")
    QTest.keyClick(focus, Qt.Key.Key_F1)
    assert any(label.text() == whole for label in row.findChildren(QLabel))
    assert not [d for d in opened.findChildren(KeyboardDialog) if d.isVisible()]


def test_every_key_of_the_window_is_on_it(window: Windows) -> None:
    opened = window()
    opened.actions_by_key["keyboard"].trigger()
    said = [row.accessibleName() for row in shown(opened).findChildren(KeyRow)]
    with_keys = {
        action.text() for action in opened.actions_by_key.values() if action.shortcuts()
    }
    assert with_keys <= {words.partition(": ")[0] for words in said}


def test_no_two_commands_share_a_key() -> None:
    keys = [QKeySequence(key).toString() for command in COMMANDS for key in command.keys]
    assert len(keys) == len(set(keys))


def test_a_command_that_does_nothing_here_is_not_shown() -> None:
    names = [command.key for _name, group in groups(["undo"]) for command in group]
    own = [command.key for _name, group in WITHIN for command in group]
    assert names == ["undo", *own]


def test_keys_are_written_as_on_the_keyboard(qapp: QApplication) -> None:
    by_key = {command.key: command for _name, group in groups([]) for command in group}
    try:
        assert caps(by_key["list_enter"]) == ["Enter"]
        assert caps(by_key["line_up"]) == ["Alt+↑"]
        assert caps(by_key["table_rows"]) == ["Shift+Space bar"]
        set_language("nb")
        assert caps(by_key["table_rows"]) == ["Shift+Mellomrom"]
        assert caps(by_key["line_delete"]) == ["Delete"]
    finally:
        set_language("en")


@pytest.mark.parametrize(("number", "page"), [(1, "overview"), (2, "activity"), (5, "transfer")])
def test_numbers_lead_to_pages_and_into_them(window: Windows, number: int, page: str) -> None:
    opened = window("smartgroup", "measure")
    opened.activateWindow()
    opened.navigation.pages.setFocus()
    QApplication.processEvents()
    QTest.keyClick(opened.navigation.pages, str(number), CONTROL)
    assert opened.page_key == page
    focus = QApplication.focusWidget()
    assert focus is not None
    assert opened.stack.currentWidget().isAncestorOf(focus)


def test_f6_goes_to_what_can_be_done_in_an_empty_list(window: Windows) -> None:
    opened = window(page="system")
    opened.activateWindow()
    page = opened.records_page()
    assert page is not None
    assert page.model.count() == 0
    opened.navigation.pages.setFocus()
    QApplication.processEvents()
    QTest.keyClick(opened.navigation.pages, Qt.Key.Key_F6)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert page.pane.isAncestorOf(focus)
    assert focus.isVisible()


def test_copying_takes_the_name_of_every_record_marked(window: Windows) -> None:
    opened = window()
    page = opened.records_page()
    assert page is not None
    page.pane.list.selectAll()
    QTest.keyClick(page.pane.list, Qt.Key.Key_C, CONTROL)
    names = [page.model.record(row)["name"] for row in range(page.model.count())]
    assert QApplication.clipboard().text().split("\n") == names


def test_a_long_text_pasted_into_a_line_is_kept_whole(window: Windows) -> None:
    opened = window()
    page = opened.records_page()
    assert page is not None
    line = page.form.rows["department"].editor.focusProxy()
    assert isinstance(line, QLineEdit)
    text = "ord " * 20_000 + "slutt"
    QApplication.clipboard().setText(text)
    line.setFocus()
    line.selectAll()
    line.paste()
    page.flush()
    record = page.shown_record()
    assert record is not None
    assert opened.session.view.records[record.id]["department"] == text
