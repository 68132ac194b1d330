"""How pages were left: table or list, order, record, panes. So they come back at the next start."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSplitter, QWidget

from ropa_ui import settings
from ropa_ui.models.record_model import MANY, REFERENCE, RecordModel, all_columns
from ropa_ui.models.session import Session

if TYPE_CHECKING:
    from ropa_ui.main_window import MainWindow
    from ropa_ui.views.records import RecordsPage

_REST = 1000  # px: what is right of the left pane; it takes what room there is


def keep(page: QWidget, key: str, session: Session) -> None:
    """Remember how a page stands when it is left."""
    splitter = page.findChild(QSplitter)
    if splitter is not None and all(splitter.sizes()):  # list and form in turns say nothing
        _keep(f"pane/{key}", str(splitter.sizes()[0]))
    if getattr(page, "shows_records", False):
        _keep_list(page, key, session)  # type: ignore[arg-type]


def _keep_list(page: RecordsPage, kind: str, session: Session) -> None:
    query = page.model.query
    _keep(f"list/{kind}", json.dumps({
        "table": page.table is not None, "order": query.order, "descending": query.descending,
    }))  # fmt: skip
    current, place = page.pane.current(), f"at/{session.register_id}"
    if current is not None:
        _keep(place, json.dumps({**settings.mapping(place), kind: current.id}))


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
