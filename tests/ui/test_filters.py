"""The panel of filters: found by typing, gone through with the arrow keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from ropa_app.model.kinds import ALL_KINDS, KINDS
from ropa_app.register.conditions import FINDINGS, Filter, filter_fields, has_values
from ropa_app.register.listing import Query, numbers
from ropa_ui.main_window import MainWindow
from ropa_ui.models.checks import Row
from ropa_ui.models.session import Session
from ropa_ui.views.filters import FilterMenu, filter_menu, filter_words

KEY = Qt.Key
Windows = Callable[..., MainWindow]


def test_filters_are_found_by_typing(window: Windows, qtbot: QtBot) -> None:
    page = window("smartgroup", "activity").records_page()
    assert page is not None
    pane = page.pane
    pane._show_filters()
    menu = pane.findChild(FilterMenu)
    assert isinstance(menu, FilterMenu)
    chosen: list[Filter] = []
    menu.filter_chosen.connect(chosen.append)
    menu.line.setText("controller")
    menu.search("controller")
    qtbot.keyClick(menu.line, KEY.Key_Return)
    assert chosen == [Filter("role", "controller")]
    assert pane.model.query.filters == (Filter("role", "controller"),)
    assert pane.model.rowCount() > 0


def test_filters_by_arrow_keys(window: Windows, qtbot: QtBot) -> None:
    page = window("smartgroup", "activity").records_page()
    assert page is not None
    pane = page.pane
    pane._show_filters()
    menu = pane.findChild(FilterMenu)
    assert isinstance(menu, FilterMenu)
    fields = menu.list.model().rowCount()
    qtbot.keyClick(menu.line, KEY.Key_Down)
    qtbot.keyClick(menu.line, KEY.Key_Right)
    assert menu.list.model().rowCount() != fields
    qtbot.keyClick(menu.line, KEY.Key_Backspace)
    assert menu.list.model().rowCount() == fields
    menu.search("nothing is called this")
    assert menu.list.model().rowCount() == 0
    menu.close()


def test_long_values_are_cut_where_they_do_not_differ_and_whole_in_the_tooltip(
    window: Windows, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = window("smartgroup", "activity")
    long = "Keeping of everything that customers write to us about their orders, in the "
    for place in ("shop", "warehouse"):
        assert opened.session.create("system", {"name": long + place})
    page = opened.records_page()
    assert page is not None
    page.pane._show_filters()
    menu = page.pane.findChild(FilterMenu)
    assert isinstance(menu, FilterMenu)
    menu._go_into("systems")
    menu.search("Keeping")
    painted: list[str] = []
    paint = QPainter.drawText
    monkeypatch.setattr(QPainter, "drawText", lambda painter, place, flags, text: (
        painted.append(text), paint(painter, place, flags, text)))  # fmt: skip
    menu.list.viewport().grab()
    shown = [text for text in painted if text.startswith("Keeping")]
    assert {text[-4:] for text in shown} == {"shop", "ouse"}
    assert all("…" in text for text in shown)
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, _view: said.append(text))
    place = menu.list.visualRect(menu.list.model().index(0, 0)).center()
    event = QHelpEvent(QEvent.Type.ToolTip, place, menu.list.viewport().mapToGlobal(place))
    QApplication.sendEvent(menu.list.viewport(), event)
    assert long.strip() in said[0]
    menu.close()


@pytest.mark.parametrize("kind", ALL_KINDS, ids=lambda kind: kind.key)
def test_every_filter_offered_has_words_and_can_be_asked(
    window: Windows, session: Session, kind
) -> None:
    menu = filter_menu(session, kind, window())
    assert {field.key for field in kind.fields} <= set(menu.paths())
    for path in menu.paths():
        for entry in menu._choices(path):
            asked = Filter(*entry.value.split("\n"))
            assert filter_words(session, kind, asked).startswith(menu._label(path))
        query = Query(kind.key, filters=(asked,))
        assert isinstance(numbers(session.register, query, session.words), list)
    menu.close()


@pytest.mark.parametrize(("kind", "path"), [
    ("activity", "recipients.party"), ("activity", "purposes.purpose"),
    ("activity", "purposes.legal_basis"), ("activity", "data.categories"),
    ("activity", "data.subject"), ("activity", "measures"), ("party", "places.country"),
    ("transfer", "safeguards.mechanism"), ("transfer", "importer"),
])  # fmt: skip
def test_what_people_look_for_can_be_asked(
    window: Windows, session: Session, kind: str, path: str
) -> None:
    menu = filter_menu(session, KINDS[kind], window())
    assert has_values(filter_fields(KINDS[kind])[path][-1])
    assert menu._values_of(path)
    menu.close()


def test_records_are_asked_for_by_what_is_wrong_with_them(
    window: Windows, qtbot: QtBot
) -> None:
    page = window("smartgroup", "activity").records_page()
    assert page is not None
    pane, session = page.pane, page.model._session
    first, second = session.view.of("activity")[:2]
    checks = page.model._checks
    checks._by_record = {first.id: [Row(first.id, "name", "error", "R", "", "Wrong.", "")]}
    pane._show_filters()
    menu = pane.findChild(FilterMenu)
    assert isinstance(menu, FilterMenu)
    menu.line.setText("errors")
    menu.search("errors")
    qtbot.keyClick(menu.line, KEY.Key_Return)
    assert pane.model.query.filters == (Filter(FINDINGS, "error"),)
    assert [pane.model.record(row) for row in range(pane.model.count())] == [first]
    checks._by_record = {second.id: [Row(second.id, "name", "error", "R", "", "Wrong.", "")]}
    checks.renewed.emit()
    assert [pane.model.record(row) for row in range(pane.model.count())] == [second]
