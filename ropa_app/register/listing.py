"""Which records a list shows, and in which order: filters and order over one kind.

The numbers come from SQL; the order is that of what a reader sees (labels of terms, names of
linked records), with the letters of the language in their own places.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any

from ropa_app.model.field import Field, RecordKind, walk
from ropa_app.model.kinds import KINDS
from ropa_app.model.record import Record
from ropa_app.model.state import STATES, Cell, Value, decode
from ropa_app.model.words import Words
from ropa_app.register.column import numbers_of
from ropa_app.register.conditions import Filter, Found, condition
from ropa_app.register.file import friendly
from ropa_app.register.search import Search
from ropa_app.register.store import Register
from ropa_app.register.view import title_of

#: Columns of a list that are no fields: the reference, and what derived tables tell.
REFERENCE = "ref"
_NUMBERS = re.compile(r"[0-9]+")
_NORDIC = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})


@dataclass(frozen=True, slots=True)
class Query:
    """What a list shows: `only` keeps it to some record ids (the records behind a number)."""

    kind: str
    text: str = ""
    filters: tuple[Filter, ...] = ()
    order: str = REFERENCE
    descending: bool = False
    deleted: bool = False
    only: frozenset[str] | None = None

    def without(self, taken: Filter) -> Query:
        """The same without one of its filters."""
        return replace(self, filters=tuple(f for f in self.filters if f != taken))


def _nothing_found(_severity: str) -> tuple[str, ...]:
    return ()


Derived = Callable[[str], str]
#: What a column is ordered by: a text or number made for comparing.
Key = tuple[float, str]


def numbers(
    register: Register, query: Query, words: Words, search: Search | None = None,
    derived: dict[str, Derived] | None = None, findings: Found = _nothing_found,
) -> list[int]:
    """The numbers of the records a query asks for, in its order.

    `derived`: for columns that are no fields, what tells their text from a record's id;
    `findings`: which records the rules have found something of, for filters that ask for it.
    """  # fmt: skip
    with friendly(register.path):
        return _numbers(register, query, words, search, derived or {}, findings)


def _numbers(
    register: Register, query: Query, words: Words, search: Search | None,
    derived: dict[str, Derived], findings: Found,
) -> list[int]:  # fmt: skip
    found = _selected(register, query, findings)
    if query.text.strip():
        held = set((search or Search(register)).ids(query.text, query.kind))
        found = [number for number in found if number in held]
    told = derived.get(query.order)
    if told is None and not KINDS[query.kind].has(query.order):
        return found[::-1] if query.descending else found
    return _in_order(register, query, found, words, told)


def _selected(register: Register, query: Query, findings: Found) -> list[int]:
    """The records that filters and `only` leave, by number."""
    connection, table = register.connection, f'"{query.kind}"'
    gone = numbers_of(connection, f"SELECT number FROM {table} WHERE deleted IS NOT NULL")
    conditions, values = ["1"], list[object]()
    for each in query.filters:
        sql, asked = condition(KINDS[query.kind], each, findings)
        conditions.append(sql)
        values += asked
    if query.only is not None:
        conditions.append("id IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(list(query.only)))
    # Without a condition both questions are answered by an index and read no record.
    found = numbers_of(
        connection, f"SELECT number FROM {table} WHERE {' AND '.join(conditions)}", values
    )
    if query.deleted:
        return sorted(set(found) & set(gone))
    return sorted(set(found) - set(gone) if gone else found)


def _in_order(
    register: Register, query: Query, found: list[int], words: Words, told: Derived | None
) -> list[int]:
    """Those found in the order of what a column says."""
    if told is not None:
        keyed = [(row[0], _text_key(told(row[1]))) for row in _rows(register, query, found, ())]
    else:
        shown = _Shown(KINDS[query.kind], query.order, words)
        rows = _rows(register, query, found, shown.columns)
        keyed = [(row[0], shown.key(row)) for row in rows]
    return _ordered(keyed, query.descending)


def _rows(
    register: Register, query: Query, found: list[int], columns: Iterable[str]
) -> Iterator[tuple[Any, ...]]:
    """Number, id and these columns of those found, by number."""
    wanted, further = set(found), "".join(f', "{key}"' for key in columns)
    every = register.connection.execute(
        f'SELECT number, id{further} FROM "{query.kind}" ORDER BY number'
    )
    return (row for row in every if row[0] in wanted)


def _ordered(keyed: list[tuple[int, Key | None]], descending: bool) -> list[int]:
    """Numbers by their keys; those without one last, whichever way the rest is turned.

    Equal ones stay by number.
    """
    full = [(key, number) for number, key in keyed if key is not None and key < _STATE]
    full.sort(key=itemgetter(0), reverse=descending)
    states = [number for number, key in keyed if key is not None and key >= _STATE]
    return [*(n for _key, n in full), *states, *(n for n, key in keyed if key is None)]


class _Shown:
    """The sort keys of one column, of what a reader sees in it; equal cells are read once."""

    def __init__(self, kind: RecordKind, order: str, words: Words) -> None:
        self._kind = kind
        self._field = kind.field(order)
        self._words = words
        self._known: dict[tuple[Cell, ...], Key | None] = {}
        #: Columns that say what the cell says: itself first, then those its words come from.
        self.columns = (order, *_said_with(kind, self._field))

    def key(self, row: tuple[Any, ...]) -> Key | None:
        """The key of a row: number, id and the cells of `columns`; None for what holds nothing."""
        cells = row[2:]
        if self._field.key == "name" and not _is_plain(cells[0]):
            return self._key_of_title(row)
        if cells[0] is None:
            return None
        if cells not in self._known:
            self._known[cells] = self._key_of(cells)
        return self._known[cells]

    def _key_of_title(self, row: tuple[Any, ...]) -> Key | None:
        """One without a name is called by what it is, so that is where it stands."""
        held = zip(self.columns, row[2:], strict=True)
        values = {key: decode(cell) for key, cell in held if cell is not None}
        return _text_key(title_of(Record(self._kind.key, row[0], row[1], values), self._words))

    def _key_of(self, cells: tuple[Cell, ...]) -> Key | None:
        value = decode(cells[0])
        if isinstance(value, STATES):
            return _STATE  # a question is no value: after all that are
        if isinstance(value, int):
            return (value, "")
        if self._field.kind == "date":
            return (0, str(value))
        beside = zip(self.columns[1:], cells[1:], strict=True)
        record = {key: decode(cell) for key, cell in beside}
        key = _text_key(self._words.value(self._field, value, record))
        if self._field.kind == "period" and isinstance(value, dict) and key:
            return (_length(value), key[1])
        return key


_STATE: Key = (math.inf, "~")
_HOURS = {"hours": 1, "days": 24, "weeks": 168, "months": 730.5, "years": 8766}
_LONGEST = 1e18  # a period that is a condition stands after all that have a length


def _length(period: dict[str, Value]) -> float:
    """How long a period is, in hours."""
    amount, unit = period.get("amount"), period.get("unit")
    if isinstance(amount, int) and isinstance(unit, str) and unit in _HOURS:
        return amount * _HOURS[unit]
    return _LONGEST


def _is_plain(cell: Cell) -> bool:
    return isinstance(cell, str) and cell[:1] not in ("{", "[")


def _said_with(kind: RecordKind, field: Field) -> tuple[str, ...]:
    """Further columns that a cell needs to be put into words."""
    if field.key == "name":
        return tuple(key for key in ("party", "importer", "destination") if kind.has(key))
    named = {column.lines_of for _path, column in walk((field,)) if column.lines_of}
    return tuple(sorted(named - {field.key}))


def _text_key(text: str) -> Key | None:
    key = sort_key(text)
    return (0, key) if key else None


def sort_key(text: str) -> str:
    """A key that puts words in the order of a Norwegian or English list, numbers by their size."""
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFC", plain).translate(_NORDIC)
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    return _NUMBERS.sub(_by_size, plain)


def _by_size(digits: re.Match[str]) -> str:
    """Digits so that more of them are more: their count first, leading zeros left out."""
    number = digits.group().lstrip("0")
    return f"{len(number):04}{number}"
