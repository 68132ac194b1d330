"""The four moments that matter, each by keyboard alone: no mouse, no method called directly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ropa_ui import settings
from ropa_ui.forms.line_table import LineTable
from ropa_ui.main_window import MainWindow

Windows = Callable[..., MainWindow]
KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
SLOW = 30_000


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
    for _time in range(times):
        QTest.keyClick(focus(), key, modifier)
        QApplication.processEvents()


def write(text: str) -> None:
    QTest.keyClicks(focus(), text)
    QApplication.processEvents()


def tab_to(name: str, most: int = 80) -> None:
    """Press Tab until the control with that accessible name has the focus."""
    for _step in range(most):
        if focus().accessibleName() == name:
            return
        press(KEY.Key_Tab)
    raise AssertionError(f"Tab never reaches “{name}”; it ends at “{focus().accessibleName()}”")


@pytest.fixture
def opened(qtbot: QtBot, window: Windows, tmp_path: Path) -> MainWindow:
    settings.keep("export/folder", str(tmp_path))
    made = window("smartgroup", "activity")
    made.activateWindow()
    qtbot.waitActive(made)
    made.navigation.pages.setFocus()
    return made


def go_to(words: str) -> None:
    """Through the palette."""
    press(KEY.Key_K, CONTROL)
    write(words)
    press(KEY.Key_Return)


def written(qtbot: QtBot, folder: Path, ending: str) -> Path:
    qtbot.waitUntil(lambda: bool(list(folder.glob(f"*{ending}"))), timeout=SLOW)
    return next(folder.glob(f"*{ending}"))


def test_an_authority_asks_for_the_record(
    qtbot: QtBot, opened: MainWindow, tmp_path: Path
) -> None:
    press(KEY.Key_E, CONTROL)
    page = opened.stack.currentWidget()
    qtbot.waitUntil(lambda: bool(page.shown.found), timeout=SLOW)  # type: ignore[union-attr]
    tab_to("Export")
    if focus().window() is opened and focus().parentWidget() is opened.toolbar:
        press(KEY.Key_Tab)
        tab_to("Export")
    press(KEY.Key_Return)
    assert written(qtbot, tmp_path, ".xlsx").stat().st_size > 5000
    qtbot.waitUntil(lambda: page._export is None, timeout=SLOW)  # type: ignore[union-attr]


def test_a_customer_asks_about_safeguards(
    qtbot: QtBot, opened: MainWindow, tmp_path: Path
) -> None:
    go_to("Export: Safeguards for transfers")
    page = opened.stack.currentWidget()
    qtbot.waitUntil(lambda: bool(page.shown.found), timeout=SLOW)  # type: ignore[union-attr]
    tab_to("Export")
    if focus().parentWidget() is opened.toolbar:
        press(KEY.Key_Tab)
        tab_to("Export")
    press(KEY.Key_Return)
    assert written(qtbot, tmp_path, ".pdf").read_bytes().startswith(b"%PDF")
    qtbot.waitUntil(lambda: page._export is None, timeout=SLOW)  # type: ignore[union-attr]


def test_something_changed_a_processor_is_new(opened: MainWindow) -> None:
    go_to("Processors")
    press(KEY.Key_N, CONTROL)
    write("Example Mail Inc.")
    press(KEY.Key_Return)
    tab_to("Country")
    write("United States")
    press(KEY.Key_Return)
    press(KEY.Key_Tab)
    newest = max(opened.session.view.of("party"), key=lambda record: record.number)
    assert newest["name"] == "Example Mail Inc."
    assert newest["country"] == "US"


def test_an_ordinary_tuesday(qtbot: QtBot, opened: MainWindow) -> None:
    press(KEY.Key_F, CONTROL)
    write("newsletter")
    page = opened.records_page()
    assert page
    qtbot.waitUntil(lambda: "ewsletter" in str(page.model.index(0, 0).data()))
    press(KEY.Key_Return)
    qtbot.waitUntil(
        lambda: page.form.record is not None and page.form.record.id == page.model.record(0).id  # type: ignore[union-attr]
    )
    record = page.form.record
    assert record
    press(KEY.Key_Return)
    tab_to("Department")
    write("Marketing")
    press(KEY.Key_Tab)
    assert opened.session.view.records[record.id]["department"] == "Marketing"
    press(KEY.Key_Z, CONTROL)
    assert opened.session.view.records[record.id]["department"] is None
    press(KEY.Key_Z, CONTROL | SHIFT)
    assert opened.session.view.records[record.id]["department"] == "Marketing"
    press(KEY.Key_Period, CONTROL)
    menu = QApplication.activePopupWidget()
    assert menu is not None, "Ctrl+. opens the states of the field"
    menu.close()
    press(KEY.Key_F8)
    assert page.form.focused_field() == "purposes", "F8 goes into the line that has a finding"
    press(KEY.Key_Escape)
    assert isinstance(focus(), LineTable), "Esc leaves what is edited in the line, not the form"
    press(KEY.Key_Escape)
    assert page.pane.list.hasFocus()
