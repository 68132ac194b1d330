"""Where the user was in a window, to be there again when it is made anew in another language."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from ropa_app.register.listing import Query
from ropa_ui.qt import lay_out

if TYPE_CHECKING:
    from ropa_ui.main_window import MainWindow
    from ropa_ui.views.records import RecordsPage

Name = tuple[str, int]
Scrolled = tuple[int, int]  # where a scroll bar stands, and how far it could go
Found = TypeVar("Found", bound=QWidget)


@dataclass(frozen=True, slots=True)
class Seen:
    """A page of records: what its list asks for, the record shown, whether as a table."""

    query: Query
    record: str
    as_table: bool


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Page, records, day, how far everything is scrolled and what has the keyboard."""

    page: str
    as_at: str | None
    lists: dict[str, Seen]
    places: list[tuple[str, str]]
    scrolled: dict[Name, Scrolled]
    focus: Name


def whereabouts(window: MainWindow) -> Whereabouts:
    """Where the user is; what is half typed is saved first, as a draft where it cannot be."""
    window.flush()
    window.drafts.write()
    page = window.open_page(window.page_key)
    return Whereabouts(
        window.page_key,
        window.session.as_at,
        {shown.kind: _seen(shown) for shown in window.pages_of_records()},
        window.places.trail(),
        {name: _scrolled(area) for name, area in _areas(page).items()},
        _focus(page),
    )


def come_back(window: MainWindow, to: Whereabouts) -> None:
    """Be there again in a window that shows the same register."""
    if to.as_at is not None:
        window.session.show_past(to.as_at)
    window.seen = dict(to.lists)  # each page is put right when it is first opened
    with window.places.on_the_way():
        for page in window.pages_of_records():
            if page.kind in window.seen:
                see(page, window.seen.pop(page.kind), window)
        shown = window.open_page(to.page)
    window.places.follow(to.places)
    lay_out()  # nothing can be scrolled before
    QTimer.singleShot(0, shown, partial(_settle, shown, to))


def _scrolled(area: QAbstractScrollArea) -> Scrolled:
    bar = area.verticalScrollBar()
    return bar.value(), bar.maximum()


def _seen(page: RecordsPage) -> Seen:
    record = page.shown_record()
    return Seen(page.model.query, record.id if record else "", page.table is not None)


def see(page: RecordsPage, seen: Seen, window: MainWindow) -> None:
    """Show a page of records as it was seen before."""
    from ropa_ui.views.table import toggle_table

    with window.places.on_the_way():
        page.pane.show_query(seen.query)
        record = window.session.get(seen.record) if seen.record else None
        if record is not None:
            page.go_to(record)
    if seen.as_table != (page.table is not None):
        toggle_table(page, window)


def _settle(page: QWidget, to: Whereabouts) -> None:
    """Scroll as far as before and give the keyboard to what had it."""
    for name, area in _areas(page).items():
        value, most = to.scrolled.get(name, (0, 0))
        bar = area.verticalScrollBar()
        bar.setValue(round(value * bar.maximum() / most) if most else 0)
    focus = _named(page, QWidget).get(to.focus)
    if focus is not None and focus.isVisible():
        focus.setFocus()


def _areas(page: QWidget) -> dict[Name, QAbstractScrollArea]:
    """What can be scrolled on the page."""
    return _named(page, QAbstractScrollArea)


def _focus(page: QWidget) -> Name:
    """The name of what has the keyboard."""
    focus = QApplication.focusWidget()
    return next((name for name, each in _named(page, QWidget).items() if each is focus), ("", 0))


def _named(page: QWidget, kind: type[Found]) -> dict[Name, Found]:
    """The widgets of a kind by what the same ones have in common in two windows.

    That is their class and the how manieth of that class they are.
    """
    found: dict[Name, Found] = {}
    numbers: Counter[str] = Counter()
    for each in page.findChildren(kind):
        name = type(each).__name__
        found[name, numbers[name]] = each
        numbers[name] += 1
    return found
