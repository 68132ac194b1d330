"""How pages were left, so that they come back: at the next start, or in a window made anew.

The settings keep of each page what holds for any start: table, order, record, panes. For another
language or text size the window is made anew, and `whereabouts` knows all of it.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QSplitter, QWidget

from ropa_app.register.listing import REFERENCE, Query
from ropa_ui import settings
from ropa_ui.models.columns import all_columns
from ropa_ui.models.record_model import MANY, RecordModel
from ropa_ui.models.session import Session
from ropa_ui.qt import lay_out

if TYPE_CHECKING:
    from ropa_ui.main_window import MainWindow
    from ropa_ui.views.records import RecordsPage

_REST = 1000  # px: what is right of the left pane; it takes what room there is

Name = tuple[str, int]
Scrolled = tuple[int, int]  # where a scroll bar stands, and how far it could go
Found = TypeVar("Found", bound=QWidget)


@dataclass(frozen=True, slots=True)
class Seen:
    """A page of records: what its list asks for, the record shown, whether as a table."""

    query: Query
    record: str
    as_table: bool


def _seen(page: RecordsPage) -> Seen:
    record = page.shown_record()
    return Seen(page.model.query, record.id if record else "", page.table is not None)


# At the next start


def keep(page: QWidget, key: str, session: Session) -> None:
    """Remember how a page stands when it is left."""
    splitter = page.findChild(QSplitter)
    if splitter is not None and all(splitter.sizes()):  # list and form in turns say nothing
        _keep(f"pane/{key}", str(splitter.sizes()[0]))
    if getattr(page, "shows_records", False):
        _keep_list(_seen(page), key, session)  # type: ignore[arg-type]


def _keep_list(seen: Seen, kind: str, session: Session) -> None:
    _keep(f"list/{kind}", json.dumps({
        "table": seen.as_table, "order": seen.query.order, "descending": seen.query.descending,
    }))  # fmt: skip
    place = f"at/{session.register_id}"
    if seen.record:
        _keep(place, json.dumps({**settings.mapping(place), kind: seen.record}))


def record_at(kind: str, session: Session) -> str:
    """The id of the record that was chosen last in this register; empty if none was."""
    found = settings.mapping(f"at/{session.register_id}").get(kind)
    return found if isinstance(found, str) else ""


def restore_panes(page: QWidget, key: str) -> None:
    """Make the left pane of a page as wide as it was."""
    splitter, stored = page.findChild(QSplitter), settings.text(f"pane/{key}")
    if splitter is not None and stored.isdecimal():
        splitter.setSizes([int(stored), _REST])


def restore_order(model: RecordModel) -> None:
    """Put a list into the order it had."""
    stored = settings.mapping(f"list/{model.kind.key}")
    order, descending = stored.get("order"), bool(stored.get("descending"))
    if not isinstance(order, str) or order not in all_columns(model.kind.key):
        return
    worked_out = order != REFERENCE and not model.kind.has(order)
    if worked_out and model.rowCount() > MANY:
        return  # the window would open only when every record has been looked at
    if (order, descending) != (model.query.order, model.query.descending):
        model.set_query(replace(model.query, order=order, descending=descending))


def restore_table(page: RecordsPage, window: MainWindow) -> None:
    """Show the table if it was what was shown."""
    if settings.mapping(f"list/{page.kind}").get("table") is True:
        from ropa_ui.views.table import show_table

        show_table(page, window.session)


def _keep(key: str, text: str) -> None:
    if settings.text(key) != text:
        settings.keep(key, text)


# In a window made anew


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
