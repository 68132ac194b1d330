"""The menus of list, table and form offer the same, and each entry does what it says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QMenu

from ropa_app.model.record import Record
from ropa_ui.main_window import MainWindow
from ropa_ui.views.export import ExportPage
from ropa_ui.views.record_menu import record_menu
from ropa_ui.views.records import RecordsPage

Windows = Callable[..., MainWindow]


def records(window: MainWindow) -> RecordsPage:
    page = window.records_page()
    assert page is not None
    return page


def select(page: RecordsPage, count: int) -> list[Record]:
    flag = QItemSelectionModel.SelectionFlag
    page.pane.choose_first()
    for row in range(count):
        page.pane.list.selectionModel().select(page.model.index(row, 0), flag.Select)
    return page.pane.selected()


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def press(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()


def exported(window: MainWindow) -> list[str]:
    page = window.stack.currentWidget()
    assert isinstance(page, ExportPage)
    return [record.ref for record in page.choices.chosen()]


def test_one_record_can_be_exported_from_its_menu(window: Windows) -> None:
    opened = window("nordlys", "transfer")
    page = records(opened)
    press(record_menu(page, select(page, 1), opens=False), "Export this record…")
    assert exported(opened) == ["T-001"]


def test_several_can_be_exported_from_the_list(window: Windows) -> None:
    opened = window("nordlys", "activity")
    page = records(opened)
    press(record_menu(page, select(page, 3), opens=True), "Export 3 selected…")
    assert exported(opened) == ["A-001", "A-002", "A-003"]


def test_a_key_exports_what_is_selected_and_export_alone_everything(window: Windows) -> None:
    opened = window("nordlys", "activity")
    select(records(opened), 2)
    opened.actions_by_key["export_records"].trigger()
    assert exported(opened) == ["A-001", "A-002"]
    opened.actions_by_key["export"].trigger()
    assert exported(opened) == []


@pytest.mark.parametrize("count", [1, 2])
def test_the_past_offers_nothing_that_writes(window: Windows, count: int) -> None:
    opened = window("nordlys", "activity")
    page = records(opened)
    assert opened.session.show_past("2026-11-01")
    chosen = select(page, count)
    assert len(chosen) == count
    menu = record_menu(page, chosen, opens=False)
    words = " ".join(texts(menu))
    assert "Export" in words
    for word in ("Duplicate", "Delete", "Change", "Merge"):
        assert word not in words
    menu.close()
