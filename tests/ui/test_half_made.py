"""What cannot be read is not shown by half: a page is made whole, or later."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ropa_app.errors import UserError
from ropa_ui import text_size
from ropa_ui.main_window import MainWindow
from ropa_ui.views.list_pane import ListPane
from ropa_ui.views.overview import OverviewPage
from ropa_ui.views.records import RecordsPage

Windows = Callable[..., MainWindow]
BUSY = "The file is in use."


def test_a_page_that_cannot_be_made_leaves_nothing_behind(
    window: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = window("smartgroup", "activity")

    def fail(_pane: ListPane) -> None:
        raise UserError(BUSY)

    with monkeypatch.context() as busy:
        busy.setattr(ListPane, "choose_first", fail)
        with pytest.raises(UserError, match=BUSY):
            opened.open_page("party")
    assert len(opened.stack.findChildren(RecordsPage)) == 1
    assert opened.page_key == "activity"
    assert opened.navigation.pages.currentIndex().data() == "Activities"
    text_size.choose(110)  # everything that listens hears of it, and nothing half made
    text_size.choose(100)
    QApplication.processEvents()
    page = opened.open_page("party")
    assert isinstance(page, RecordsPage)
    assert page.shown_record() is not None


def test_an_overview_that_could_not_be_read_fills_later(
    window: Windows, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = window("smartgroup", "activity")
    page = opened.open_page("overview")
    assert isinstance(page, OverviewPage)
    opened.open_page("activity")
    page._stale = True

    def fail() -> None:
        raise UserError(BUSY)

    with monkeypatch.context() as busy:
        busy.setattr(page, "_choose_side", fail)
        opened.open_page("overview")
        QApplication.processEvents()
        assert page._stale
    qtbot.waitUntil(lambda: not page._stale, timeout=5000)


def test_f8_in_a_table_shows_the_form_first(window: Windows) -> None:
    opened = window("smartgroup", "activity")
    opened.actions_by_key["table"].trigger()
    page = opened.records_page()
    assert page is not None
    assert page.table is not None
    QTest.keyClick(page.table.table, Qt.Key.Key_F8)
    opened.actions_by_key["next_finding"].trigger()
    assert page.table is None
    assert page.form.isVisible()
    assert page.form.focused_field()
