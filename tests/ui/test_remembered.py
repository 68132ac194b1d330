"""What the window remembers of its pages: table, order, record, panes come back as they were."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QSplitter
from shiboken6 import isValid

from ropa_ui import settings
from ropa_ui.main_window import MainWindow
from ropa_ui.models.session import Session
from ropa_ui.views.records import RecordsPage

Windows = Callable[..., MainWindow]


def records(window: MainWindow) -> RecordsPage:
    page = window.records_page()
    assert page is not None
    return page


def again(window: MainWindow) -> MainWindow:
    """Close the window and open its register anew, as the next start does."""
    path = window.session.path
    window.close()
    made = MainWindow(Session.open(path))
    made.resize(1440, 900)
    made.show()
    QApplication.processEvents()
    return made


@pytest.fixture
def reopened() -> Iterator[Windows]:
    """Reopens a window; what was opened is closed afterwards."""
    opened: list[MainWindow] = []

    def reopen(window: MainWindow) -> MainWindow:
        opened.append(again(window))
        return opened[-1]

    yield reopen
    for made in opened:
        if isValid(made):
            made.close()


def test_the_record_is_chosen_again_on_every_page(window: Windows, reopened: Windows) -> None:
    first = window("nordlys", "activity")
    activity, party = (first.session.register.get(ref).id for ref in ("A-003", "P-005"))
    first.go_to(activity)
    first.go_to(party)
    second = reopened(first)
    page = records(second)
    assert page.kind == "party"
    assert page.form.record
    assert page.form.record.id == party
    second.open_page("activity")
    current = records(second).pane.current()
    assert current
    assert current.id == activity


def test_a_record_that_is_gone_makes_place_for_the_first(
    window: Windows, reopened: Windows
) -> None:
    first = window("nordlys", "activity")
    gone = first.session.register.get("A-003")
    first.go_to(gone.id)
    first.open_page("party")
    first.session.delete([gone])
    second = reopened(first)
    second.open_page("activity")
    assert records(second).pane.list.currentIndex().row() == 0


def test_records_are_remembered_for_each_register(window: Windows, reopened: Windows) -> None:
    one, other = window("nordlys", "activity"), window("smartgroup", "activity")
    one.go_to(one.session.register.get("A-004").id)
    other.go_to(other.session.register.get("A-002").id)
    for made, ref in ((one, "A-004"), (other, "A-002")):
        current = records(reopened(made)).pane.current()
        assert current
        assert current.ref == ref


def test_the_table_comes_back_for_its_kind_alone(window: Windows, reopened: Windows) -> None:
    first = window("nordlys", "activity")
    first.go_to(first.session.register.get("A-003").id)
    first.actions_by_key["table"].trigger()
    second = reopened(first)
    page = records(second)
    assert page.table is not None
    assert page.table.isVisible()
    assert page.table.table.current_record().ref == "A-003"
    second.open_page("party")
    assert records(second).table is None
    second.open_page("activity")
    second.actions_by_key["table"].trigger()
    third = reopened(second)
    assert records(third).table is None


@pytest.mark.parametrize("key", ["name", "agreement_status"])
def test_the_order_comes_back(window: Windows, reopened: Windows, key: str) -> None:
    first = window("nordlys", "agreement")
    first.actions_by_key["table"].trigger()
    table = records(first).table
    column = table.model.columns.index(key)
    table.sort(column)
    table.sort(column)
    shown = [table.model.record(row) for row in range(table.model.rowCount())]
    model = records(reopened(first)).model
    assert (model.query.order, model.query.descending) == (key, True)
    assert [model.record(row) for row in range(model.rowCount())] == shown
    assert len(shown) > 2


@pytest.mark.parametrize("key", ["activity", "history"])
def test_panes_are_as_wide_as_they_were(
    window: Windows, reopened: Windows, key: str
) -> None:
    first = window("nordlys", key)
    splitter = first.stack.currentWidget().findChild(QSplitter)
    splitter.setSizes([411, splitter.width() - 411])
    second = reopened(first)
    second.open_page(key)
    QApplication.processEvents()
    assert second.stack.currentWidget().findChild(QSplitter).sizes()[0] == 411


@pytest.mark.parametrize("stored", ["", "no JSON", "[1]", '{"order": "nobody", "table": 3}'])
def test_a_setting_that_cannot_be_read_is_as_none(window: Windows, stored: str) -> None:
    settings.keep("list/activity", stored)
    settings.keep("pane/activity", stored)
    page = records(window("nordlys", "activity"))
    assert page.table is None
    assert page.model.query.order == "ref"
