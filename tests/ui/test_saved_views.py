"""Views saved under a name: what was seen comes back whole, per kind and register."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from ropa_app.register.conditions import Filter
from ropa_ui import settings
from ropa_ui.main_window import MainWindow
from ropa_ui.models.saved_views import SavedView, keep_view, keep_views, saved_views
from ropa_ui.views.palette_rows import Offers
from ropa_ui.views.records import RecordsPage
from ropa_ui.views.saved_views import NameDialog, ViewsDialog, shown_now, views_menu

Windows = Callable[..., MainWindow]
BY_NAME = SavedView("By name", order="name", descending=True)


def records(window: MainWindow) -> RecordsPage:
    page = window.records_page()
    assert page is not None
    return page


def narrowed(window: MainWindow) -> RecordsPage:
    """Controllers only, that hold “shop”, by name downwards, in a table of two columns."""
    page = records(window)
    window.actions_by_key["table"].trigger()
    page.table.set_columns(["name", "owner"])
    page.table._sort_by("name", True)
    page.pane.filter(Filter("role", "controller"))
    page.pane.field.setText("shop")
    page.pane.search_now()
    return page


def save(window: MainWindow, name: str) -> None:
    window.actions_by_key["save_view"].trigger()
    QApplication.processEvents()
    dialog = next(each for each in window.findChildren(NameDialog) if each.isVisible())
    dialog.line.clear()
    QTest.keyClicks(dialog.line, name)
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def entries(menu: QMenu) -> dict[str, bool]:
    return {action.text(): action.isChecked() for action in menu.actions() if action.text()}


def press(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()


def test_what_was_seen_comes_back_whole(window: Windows) -> None:
    opened = window("nordlys", "activity")
    page = narrowed(opened)
    seen = shown_now(page)
    rows = [page.model.record(row) for row in range(page.model.rowCount())]
    assert 0 < len(rows) < 33
    save(opened, "Shop & sale")
    assert "Saved as" in opened.toast.accessibleName() or opened.toast.isVisible()
    press(views_menu(page, opened.session), "Show everything")
    opened.actions_by_key["table"].trigger()
    assert page.model.rowCount() == 33
    assert page.pane.field.text() == ""
    menu = views_menu(page, opened.session)
    assert entries(menu)["Shop && sale"] is False
    press(menu, "Shop && sale")
    assert shown_now(page) == seen
    assert [page.model.record(row) for row in range(page.model.rowCount())] == rows
    assert page.table is not None
    assert page.table.isVisible()
    assert page.pane.field.text() == "shop"
    menu = views_menu(page, opened.session)
    assert entries(menu)["Shop && sale"] is True
    menu.close()


def test_a_view_of_the_list_leads_back_from_the_table(window: Windows) -> None:
    opened = window("nordlys", "activity")
    page = records(opened)
    page.pane.filter(Filter("role", "processor"))
    save(opened, "For others")
    page.pane.clear()
    opened.actions_by_key["table"].trigger()
    press(views_menu(page, opened.session), "For others")
    assert page.table is None
    assert page.pane.list.isVisible()
    current = page.pane.current()
    assert current
    assert current["role"] == "processor"


def test_views_are_of_one_kind_and_one_register(window: Windows) -> None:
    opened, other = window("nordlys", "activity"), window("smartgroup", "activity")
    keep_view(opened.session, "activity", BY_NAME)
    assert [view.name for view in saved_views(opened.session, "activity")] == ["By name"]
    assert saved_views(opened.session, "party") == []
    assert saved_views(other.session, "activity") == []


def test_a_view_of_the_same_name_is_replaced_and_that_is_said(window: Windows) -> None:
    opened = window("nordlys", "activity")
    keep_view(opened.session, "activity", BY_NAME)
    opened.actions_by_key["save_view"].trigger()
    dialog = opened.findChild(NameDialog)
    assert not dialog.save.isEnabled()
    dialog.line.setText("by NAME")
    assert "replaced" in dialog.note.text()
    dialog.save.click()
    (view,) = saved_views(opened.session, "activity")
    assert view.order == "ref"


def test_views_are_renamed_and_deleted_once_it_is_saved(window: Windows) -> None:
    opened = window("nordlys", "activity")
    session = opened.session
    keep_views(session, "activity", [SavedView("One"), SavedView("Two"), SavedView("Three")])
    opened.actions_by_key["views"].trigger()
    dialog = opened.findChild(ViewsDialog)
    one, three, two = dialog.rows
    one.line.setText("two")
    assert not dialog.save.isEnabled(), "two of one name"
    one.line.setText("")
    assert not dialog.save.isEnabled(), "none without a name"
    one.line.setText("First")
    three.gone.click()
    two.gone.click()
    two.gone.click()
    assert {view.name for view in saved_views(session, "activity")} == {"One", "Two", "Three"}
    dialog.save.click()
    assert [view.name for view in saved_views(session, "activity")] == ["First", "Two"]


def test_the_palette_leads_to_a_view(window: Windows) -> None:
    opened = window("nordlys", "overview")
    keep_view(opened.session, "party", BY_NAME)
    (row,) = [row for row in Offers(opened).rows("by nam") if row.act == "view"]
    assert row.detail == "Processors & recipients"
    opened.show_palette()
    palette = next(w for w in opened.children() if type(w).__name__ == "Palette")
    palette._work()["view"](row)
    palette.close()
    page = records(opened)
    assert page.kind == "party"
    assert (page.model.query.order, page.model.query.descending) == ("name", True)


def test_records_behind_a_number_are_no_view(window: Windows) -> None:
    opened = window("nordlys", "overview")
    opened.show_list("activity", [opened.session.register.get("A-001").id], "One")
    opened.actions_by_key["save_view"].trigger()
    assert not opened.findChildren(NameDialog)
    assert opened.toast.isVisible()


@pytest.mark.parametrize("broken", [
    "x", {"activity": 1}, {"activity": ["x"]}, {"activity": [{"name": ""}]},
    {"activity": [{"name": "x", "text": "", "order": "gone", "filters": [], "columns": []}]},
    {"activity": [{"name": "x", "text": "", "order": "ref", "columns": [],
                   "filters": [{"field": "gone", "value": "", "state": ""}]}]},
])  # fmt: skip
def test_what_cannot_be_read_is_left_out(window: Windows, broken: object) -> None:
    session = window("nordlys", "overview").session
    settings.keep(f"views/{session.register_id}", json.dumps(broken))
    assert saved_views(session, "activity") == []
    keep_view(session, "activity", BY_NAME)
    assert saved_views(session, "activity") == [BY_NAME]
