"""The flow takes the place of the fields, the whole page wide, and gives it back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ropa_ui.main_window import MainWindow


def test_flow_and_fields_take_turns(window: Callable[..., MainWindow]) -> None:
    opened = window("nordlys", "activity")
    page = opened.records_page()
    assert page
    page.form.show_flow(True)
    QApplication.processEvents()
    assert not page.pane.isVisible()
    assert page.form._flow
    assert page.form._flow.isVisible()
    QTest.keyClick(page.form, Qt.Key.Key_Escape)
    assert page.pane.isVisible()
    assert not page.form._flow.isVisible()
    page.form.show_flow(True)
    page.form.focus_field("name")
    assert page.pane.isVisible()


def test_a_flow_is_in_sight_whatever_was_before(window: Callable[..., MainWindow]) -> None:
    """Where list and form take turns it takes the place of the list as well."""
    opened = window("nordlys", "activity")
    page = opened.records_page()
    assert page
    page.resize(500, page.height())
    assert not page.form.isVisible()
    page.form.show_flow(True)
    assert page.form._flow
    assert page.form._flow.isVisible()
    assert not page.pane.isVisible()
    page.resize(1000, page.height())
    assert page.form._flow.isVisible()
    assert not page.pane.isVisible()
    page.resize(500, page.height())
    assert page.form._flow.isVisible()
    QTest.keyClick(page.form, Qt.Key.Key_Escape)
    assert page.pane.isVisible()
    assert not page.form.isVisible()


def test_kinds_without_a_flow_have_no_button_for_it(window: Callable[..., MainWindow]) -> None:
    opened = window("nordlys", "retention")
    page = opened.records_page()
    assert page
    assert not page.form._head.flow.isVisible()


def test_the_remedy_leads_from_the_flow_to_the_field(window: Callable[..., MainWindow]) -> None:
    opened = window("nordlys", "activity")
    record = opened.session.register.get("A-003")
    opened.go_to(record.id)
    page = opened.records_page()
    assert page
    page.form.show_flow(True)
    QApplication.processEvents()
    assert page.form._flow
    page.form._flow.bar.remedy.click()
    transfers = opened.records_page()
    assert transfers
    assert transfers.kind == "transfer"
    assert transfers.form.record
    assert transfers.form.record.ref == "T-022"
