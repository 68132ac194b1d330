"""Where a redacted value still stands: other fields, their past, backups."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from ropa_app.errors import UserError
from ropa_app.i18n import _
from ropa_app.model.field import Field
from ropa_app.model.kinds import ALL_KINDS, KINDS
from ropa_app.model.state import AsTyped, Cell, NotApplicable, Open, Value, decode
from ropa_app.register import log
from ropa_app.register.file import friendly, open_checked
from ropa_app.register.log import LogRow
from ropa_app.register.store import Register

_SHORTEST = 4  # shorter texts stand everywhere
# What people choose from a list stands in many records and says nothing of one.
_CHOSEN = ("term", "terms", "country", "countries", "link", "links", "line_links", "date")


class Place(NamedTuple):
    """A field that holds a text; `past`: today it does not any more, but its history does."""

    ref: str
    field: str
    past: bool

    def words(self, field: str = "") -> str:
        """“A-002 owner (in its past)”, with the name of the field where it is known."""
        place = f"{self.ref} {field or self.field}"
        return _("{place} (in its past)").format(place=place) if self.past else place


def values_of(connection: sqlite3.Connection, record: str, field: str) -> set[Cell]:
    """Every value a field ever held by the log of a register, as cells; redacted ones left out."""
    rows = connection.execute(
        "SELECT field, old, new FROM change WHERE record = ? AND field IN (?, ?)",
        (record, field, log.CREATED),
    )
    found: set[Cell] = set()
    for name, old, new in rows:
        found |= {log.unfold(new).get(field)} if name == log.CREATED else {old, new}
    return {cell for cell in found if cell is not None and not log.is_redacted(cell)}


def held_fields(connection: sqlite3.Connection, record: str) -> set[str]:
    """The fields of a record that ever held a value which was not redacted."""
    rows = connection.execute("SELECT field, old, new FROM change WHERE record = ?", (record,))
    found: set[str] = set()
    for name, old, new in rows:
        cells = log.unfold(new) if name == log.CREATED else {name: old if new is None else new}
        found |= {
            key for key, cell in cells.items() if cell is not None and not log.is_redacted(cell)
        }
    return found


def holds(backup: Path, record: str, field: str, values: set[Cell]) -> bool:
    """True if a backup holds one of the values of a field, or cannot be looked into."""
    try:
        with friendly(backup), closing(open_checked(backup, writable=False)) as connection:
            return not values.isdisjoint(values_of(connection, record, field))
    except (UserError, ValueError):
        return True


def texts(value: Value, field: Field | None) -> Iterator[str]:
    """What a person wrote in a value, at any depth and in every state; what was chosen left out.

    field: the declaration; None for a retired field, all of whose texts count.
    """
    match value:
        case Open(text) | NotApplicable(text) | AsTyped(text):
            yield str(text)
        case list():
            for item in value:
                yield from texts(item, field)
        case dict():
            columns = {column.key: column for column in field.columns} if field else {}
            for key, item in value.items():
                if key in columns:
                    yield from texts(item, columns[key])
                elif key in ("name", "sha256"):  # of a file
                    yield str(item)
        case str() if field is None or field.kind not in _CHOSEN:
            yield value


def needles(field: Field, values: Iterable[Cell]) -> list[str]:
    """The texts to look for once these values of a field are gone."""
    found = {text.strip() for cell in values for text in texts(decode(cell), field)}
    return sorted(text for text in found if len(text) >= _SHORTEST)


def places(register: Register, wanted: list[str]) -> Iterator[Place]:
    """Every field that holds one of the texts, alone or within more."""
    if not wanted:
        return
    past: dict[tuple[str, str], None] = {}
    kinds: dict[str, tuple[str, str]] = {}
    for row in register.rows():
        for key, value in _logged(row, kinds):
            kind, ref = kinds[row.record]
            if _holds_any(value, _declared(kind, key), wanted):
                past[ref, key] = None
    now = dict.fromkeys(_current(register, wanted))
    for ref, key in {**now, **past}:
        yield Place(ref, key, past=(ref, key) not in now)


def _current(register: Register, wanted: list[str]) -> Iterator[tuple[str, str]]:
    for kind in ALL_KINDS:
        for record in register.records(kind):
            for key, value in record.values.items():
                if _holds_any(value, _declared(kind.key, key), wanted):
                    yield record.ref, key


def _logged(row: LogRow, kinds: dict[str, tuple[str, str]]) -> Iterator[tuple[str, Value]]:
    """The (field, value) pairs of a row of the log; whose they are is noted in `kinds`."""
    if row.field == log.CREATED:
        cells = log.unfold(row.new)
        kind = KINDS[str(cells.pop(log.KIND))]
        kinds[row.record] = kind.key, kind.reference(int(cells.pop("number") or 0))
        yield from ((key, decode(cell)) for key, cell in cells.items())
    elif row.record in kinds:
        yield row.field, decode(row.old)
        yield row.field, decode(row.new)


def _declared(kind: str, key: str) -> Field | None:
    return KINDS[kind].field(key) if KINDS[kind].has(key) else None


def _holds_any(value: Value, field: Field | None, wanted: list[str]) -> bool:
    return any(needle in text for text in texts(value, field) for needle in wanted)
