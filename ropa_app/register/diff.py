"""What differs between two views: of two days, or of two register files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ropa_app.model.record import Record
from ropa_app.model.state import Value, to_plain
from ropa_app.register.view import View

ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: a record added or removed, or one field with both values."""

    what: str
    record: Record
    field: str = ""
    old: Value = None
    new: Value = None


def differences(before: View, after: View) -> Iterator[Difference]:
    """Every difference between two views, by kind and number; records are matched by id.

    A record deleted on one side only counts as removed or added.
    """
    everything = {**before.records, **after.records}
    order = sorted(everything.values(), key=lambda r: (r.kind.ordinal, r.number, r.id))
    for record in order:
        old, new = _live(before, record.id), _live(after, record.id)
        if old and new:
            yield from _fields(old, new)
        elif new:
            yield Difference(ADDED, new)
        elif old:
            yield Difference(REMOVED, old)


def _live(view: View, identifier: str) -> Record | None:
    record = view.records.get(identifier)
    return None if record is None or record.deleted else record


def _fields(old: Record, new: Record) -> Iterator[Difference]:
    for field in new.kind.fields:
        one, other = old.values.get(field.key), new.values.get(field.key)
        if one != other or to_plain(one) != to_plain(other):
            yield Difference(CHANGED, new, field.key, one, other)
