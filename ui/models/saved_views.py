"""Ways of looking at a list that were given a name: what is shown, in which order and columns.

They are kept with the settings of the window, for each register: they name its records and terms,
but say how somebody looks at it, not what stands in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ropa_app.model.kinds import KINDS
from ropa_app.register.conditions import FINDINGS, STATE_NAMES, Filter, filter_fields
from ropa_app.register.listing import REFERENCE, Query
from ropa_ui import settings
from ropa_ui.looks import SEVERITIES
from ropa_ui.models.columns import all_columns
from ropa_ui.models.session import Session


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view of the records of one kind; `table`: as a table with these columns."""

    name: str
    text: str = ""
    filters: tuple[Filter, ...] = ()
    order: str = REFERENCE
    descending: bool = False
    columns: tuple[str, ...] = ()
    table: bool = False

    def query(self, kind: str) -> Query:
        """What the list is asked for."""
        return Query(kind, self.text, self.filters, self.order, self.descending)


def saved_views(session: Session, kind: str) -> list[SavedView]:
    """The views of a kind, by name; what this version cannot show any more is left out."""
    stored = _stored(session).get(kind)
    found = [_read(kind, each) for each in stored] if isinstance(stored, list) else []
    return sorted((view for view in found if view), key=lambda view: view.name.casefold())


def keep_views(session: Session, kind: str, views: Sequence[SavedView]) -> None:
    """Remember these views of a kind, and no others."""
    if session.register_id:
        kept = {**_stored(session), kind: [asdict(view) for view in views]}
        settings.keep(_key(session), json.dumps(kept))


def keep_view(session: Session, kind: str, view: SavedView) -> None:
    """Remember a view; one of the same name makes place for it."""
    others = [each for each in saved_views(session, kind) if not same_name(each, view)]
    keep_views(session, kind, [*others, view])


def same_name(one: SavedView, other: SavedView) -> bool:
    """True if people would take two names for one."""
    return one.name.casefold() == other.name.casefold()


def _key(session: Session) -> str:
    return f"views/{session.register_id}"


def _stored(session: Session) -> dict[str, Any]:
    return settings.mapping(_key(session))


def _read(kind: str, stored: object) -> SavedView | None:
    """A stored view; None if it asks for a field that is no more or cannot be read."""
    if not isinstance(stored, Mapping):
        return None
    name, text, order = (stored.get(key) for key in ("name", "text", "order"))
    filters, columns = stored.get("filters"), stored.get("columns")
    texts = (name, text, order)
    if not all(isinstance(each, str) for each in texts) or not str(name).strip():
        return None
    if not isinstance(filters, list) or not isinstance(columns, list):
        return None
    known = all_columns(kind)
    asked = [_filter(kind, each) for each in filters]
    if order not in known or any(each is None for each in asked):
        return None
    return SavedView(
        str(name), str(text), tuple(each for each in asked if each), str(order),
        stored.get("descending") is True, tuple(key for key in columns if key in known),
        stored.get("table") is True,
    )  # fmt: skip


def _filter(kind: str, stored: object) -> Filter | None:
    parts = stored if isinstance(stored, Mapping) else {}
    field, value, state = (parts.get(key) for key in ("field", "value", "state"))
    if not (isinstance(field, str) and isinstance(value, str) and isinstance(state, str)):
        return None
    if field == FINDINGS:
        return Filter(field, value) if value in SEVERITIES else None
    known = field in filter_fields(KINDS[kind]) and (not state or state in STATE_NAMES)
    return Filter(field, value, state) if known else None
