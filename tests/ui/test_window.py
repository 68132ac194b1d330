"""The window: pages, going back and forward, adding, deleting, lists behind a number."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ropa_app.register.conditions import Filter
from ropa_ui.main_window import MainWindow

Windows = Callable[..., MainWindow]


def test_back_and_forward_lead_through_what_was_shown(window: Windows) -> None:
    opened = window("nordlys", "activity")
    page = opened.records_page()
    assert page
    second = page.model.record(1)
    assert second
    page.pane.choose(second)
    party = opened.session.register.get("P-003")
    opened.go_to(party.id)
    opened.places.back()
    assert opened.records_page() is page
    assert page.form.record
    assert page.form.record.id == second.id
    opened.places.back()
    assert page.form.record.ref == "A-001"
    opened.places.forward()
    opened.places.forward()
    shown = opened.records_page()
    assert shown
    assert shown.form.record
    assert shown.form.record.id == party.id


def test_back_from_the_list_behind_a_number_is_one_step(window: Windows) -> None:
    opened = window("nordlys", "agreement")
    page = opened.records_page()
    assert page
    number = [record.id for record in opened.session.view.of("agreement")][-2:]
    opened.go_to(opened.session.register.get("P-003").id)
    opened.open_page("overview")
    opened.show_list("agreement", number, "Two of them")
    assert page.form.record
    assert page.form.record.id in number
    opened.places.back()
    assert opened.page_key == "overview"
    opened.places.forward()
    assert opened.records_page() is page
    assert page.form.record.id in number


def test_a_new_record_is_named_by_typing(window: Windows) -> None:
    opened = window()
    count = opened.session.register.counts()["activity"]
    opened.actions_by_key["new"].trigger()
    QApplication.processEvents()
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    QTest.keyClicks(focus, "Loyalty club")
    QTest.keyClick(focus, Qt.Key.Key_Return)
    assert opened.session.register.counts()["activity"] == count + 1
    newest = opened.session.register.get(f"A-{count + 1:03}")
    assert newest["name"] == "Loyalty club"
    assert opened.navigation.model.index(1).data(Qt.ItemDataRole.UserRole + 2) == count + 1


def test_deleting_tells_and_is_undone_from_the_notice(window: Windows) -> None:
    opened = window()
    page = opened.records_page()
    assert page
    gone = page.form.record
    assert gone
    page.delete_current()
    assert opened.toast.isVisible()
    assert opened.session.view.records[gone.id].deleted
    assert page.form.record
    assert page.form.record.id != gone.id
    opened.toast.undo.emit()
    assert not opened.session.view.records[gone.id].deleted


def test_a_notice_stays_above_a_page_shown_for_the_first_time(window: Windows) -> None:
    opened = window()
    opened._say("Written", False)
    opened.open_page("agreement")
    lies_over = [each for each in opened.stack.children() if isinstance(each, QWidget)]
    assert opened.toast.isVisible()
    assert lies_over[-1] is opened.toast


def test_a_number_opens_the_records_behind_it(window: Windows) -> None:
    opened = window("nordlys", "overview")
    ids = [opened.session.register.get(ref).id for ref in ("P-002", "P-005")]
    opened.show_list("party", ids, "Two of them")
    page = opened.records_page()
    assert page
    assert page.model.rowCount() == 2
    page.pane.clear()
    assert page.model.rowCount() == opened.session.register.counts()["party"]


def test_filters_add_up_and_are_taken_off_again(window: Windows) -> None:
    opened = window("nordlys", "activity")
    page = opened.records_page()
    assert page
    everything = page.model.rowCount()
    page.pane.filter(Filter("role", "controller"))
    some = page.model.rowCount()
    page.pane.filter(Filter("next_review", state="nothing"))
    assert page.model.rowCount() <= some < everything
    page.pane.clear()
    assert page.model.rowCount() == everything


def test_typing_in_the_search_field_finds_and_escape_shows_all(
    qtbot: QtBot, window: Windows
) -> None:
    opened = window("nordlys", "activity")
    page = opened.records_page()
    assert page
    everything = page.model.rowCount()
    opened.actions_by_key["find"].trigger()
    QTest.keyClicks(page.pane.field, "payroll")
    qtbot.waitUntil(lambda: page.model.rowCount() < everything)
    assert "ayroll" in page.model.index(0, 0).data()
    qtbot.waitUntil(
        lambda: page.form.record is not None
        and page.form.record.id == page.model.record(0).id  # type: ignore[union-attr]
    )
    QTest.keyClick(page.pane.field, Qt.Key.Key_Escape)
    assert page.model.rowCount() == everything


def test_enter_twice_leads_from_the_search_into_the_record_found(window: Windows) -> None:
    """However fast: what is typed next goes into the record found, not the one shown before."""
    opened = window("nordlys", "activity")
    page = opened.records_page()
    assert page
    opened.actions_by_key["find"].trigger()
    QTest.keyClicks(page.pane.field, "payroll")
    QTest.keyClick(page.pane.field, Qt.Key.Key_Return)
    QTest.keyClick(page.pane.list, Qt.Key.Key_Return)
    assert page.form.record is not None
    assert page.form.record.id == page.model.record(0).id  # type: ignore[union-attr]
    focus = opened.focusWidget()
    assert isinstance(focus, QLineEdit)
    assert "ayroll" in focus.text()


def test_the_window_comes_back_as_it_was_left(window: Windows) -> None:
    first = window("smartgroup", "party")
    first.close()
    from ropa_ui import settings

    assert settings.text("page") == "party"


@pytest.mark.parametrize("width", [900, 1100, 1280, 1440])
def test_panes_give_way_to_each_other(window: Windows, width: int) -> None:
    opened = window("smartgroup", "activity")
    opened.resize(width, 700)
    QApplication.processEvents()
    page = opened.records_page()
    assert page
    assert page.pane.isVisible()
    assert opened.navigation.width() == (56 if width < 1180 else opened.navigation.width())
    page.enter_form()
    assert page.form.isVisible()
