"""Lists of lines as they change: a new list each time, what is not touched stays as it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ropa_app.model.field import Field
from ropa_app.model.state import Value

_ID = frozenset({"id"})


def row_of(items: Sequence[Value], line: str) -> int:
    """Where a line stands; -1 if it is not there."""
    found = (n for n, item in enumerate(items) if isinstance(item, dict) and item.get("id") == line)
    return next(found, -1) if line else -1


def with_value(
    field: Field, items: Sequence[Value], line: str, key: str, value: Value
) -> list[Value]:
    """The lines with another value in one column of one; nothing at all is no entry."""
    row = row_of(items, line)
    if row < 0:
        return list(items)
    changed = {**items[row], key: value}
    kept = {name: held for name, held in changed.items() if held not in (None, [])}
    order = ["id", *(column.key for column in field.columns)]
    ordered = {name: kept[name] for name in order if name in kept}
    return [*items[:row], ordered, *items[row + 1 :]]


def worth_keeping(
    items: Sequence[Value], new: Collection[str], given: frozenset[str] = _ID
) -> list[Value]:
    """The lines without new ones that hold nothing but what they were given to begin with."""
    return [item for item in items if not is_blank(item, new, given)]


def is_blank(item: Value, new: Collection[str], given: frozenset[str] = _ID) -> bool:
    """True for a new line in which nobody has entered anything."""
    return isinstance(item, dict) and item.get("id") in new and set(item) <= given
