"""Values of fields in words, and where a value comes from: for histories and clashes."""

from __future__ import annotations

from ropa_app.clock import local
from ropa_app.i18n import _, current_language
from ropa_app.model.dates import date_words
from ropa_app.model.kinds import KINDS
from ropa_app.model.record import Record
from ropa_app.model.state import Value, to_plain
from ropa_app.register.history import SYSTEM_LABELS
from ropa_app.register.log import Operation
from ropa_app.register.timeline import field_values
from ropa_ui.models.session import Session


def field_label(session: Session, record: Record, key: str) -> str:
    """What a field is called."""
    if key in SYSTEM_LABELS:
        return _(SYSTEM_LABELS[key])
    kind = KINDS[record.kind_key]
    return session.words.label(kind.field(key)) if kind.has(key) else key


def said(session: Session, record: Record, key: str, value: Value) -> str:
    """A value of a field in words; nothing is the empty text."""
    kind = KINDS[record.kind_key]
    if not kind.has(key):
        return "" if value is None else str(value)
    return session.words.value(kind.field(key), value, record.values)


def said_at(session: Session, record: Record, key: str, value: Value, place: str) -> str:
    """The cell that a path of line and column names, in words; of an empty path, the field."""
    line, _dot, column = place.partition(".")
    if not line:
        return said(session, record, key, value)
    items = value if isinstance(value, list) else []
    held = (item for item in items if isinstance(item, dict) and item.get("id") == line)
    declared = KINDS[record.kind_key].field(key).column(column)
    return session.words.value(declared, next(held, {}).get(column), record.values)


def named(session: Session, record: Record) -> str:
    """Reference and name of a record."""
    return f"{record.ref} {' '.join(session.title(record).split())}"


def same(one: Value, other: Value) -> bool:
    """True if two values are one: 1 and True are not."""
    return bool(one == other) and bool(to_plain(one) == to_plain(other))


def only_differing(old: str, new: str) -> tuple[str, str, int]:
    """Of two lists, one item a line, the items that differ, and how many stay as they are.

    Single values come back as they are.
    """
    before, after = old.split("\n"), new.split("\n")
    if len(before) < 2 and len(after) < 2:
        return old, new, 0
    left = [item for item in before if item not in after]
    came = [item for item in after if item not in before]
    if not left and not came:
        return old, new, 0  # the order alone
    stay = sum(1 for item in before if item in after and item)
    return "\n".join(left), "\n".join(came), stay


def moment_words(at: str, zone: str) -> str:
    """A moment of the log for reading: “20 Nov 2026, 11:05”."""
    text = local(at, zone)
    try:
        return f"{date_words(text[:10], current_language())}, {text[11:]}"
    except ValueError:
        return text


def origin(session: Session, operation: Operation) -> str:
    """Who did something, and when."""
    when = moment_words(operation.at, session.view.zone)
    return f"{operation.who}, {when}" if operation.who else when


def last_origin(session: Session, record: str, key: str) -> str:
    """Who gave a field the value it has now, and when; empty if the log does not tell."""
    found = field_values(session.present, record, key)
    return origin(session, found[0].operation) if found else ""
