"""Which records a list shows, and in which order: filters and order over one kind.

The numbers come from SQL; the order is that of what a reader sees (labels of terms, names of
linked records), with the letters of the language in their own places.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from ropa_app.model.field import Field
from ropa_app.model.kinds import KINDS
from ropa_app.model.state import STATES, Cell, decode
from ropa_app.model.words import Words
from ropa_app.register.search import Search
from ropa_app.register.store import Register

#: The states a filter can ask for, by the name they have in JSON.
STATE_NAMES = ("nothing", "open", "not_applicable", "as_typed")
#: Columns of a list that are no fields: the reference, and what derived tables tell.
REFERENCE = "ref"
_NUMBERS = re.compile(r"(\d+)")
_NORDIC = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition: a field holds a value (term, record, country, text) or is in a state."""

    field: str
    value: str = ""
    state: str = ""


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


Derived = Callable[[str], str]


def numbers(
    register: Register, query: Query, words: Words, search: Search | None = None,
    derived: dict[str, Derived] | None = None,
) -> list[int]:
    """The numbers of the records a query asks for, in its order.

    `derived`: for columns that are no fields, what tells their text from a record's id.
    """  # fmt: skip
    kind = KINDS[query.kind]
    column = f'"{query.order}"' if kind.has(query.order) else "NULL"
    conditions = ["deleted IS NOT NULL" if query.deleted else "deleted IS NULL"]
    values: list[object] = []
    for each in query.filters:
        condition, asked = _condition(kind.field(each.field), each)
        conditions.append(condition)
        values += asked
    rows = register.connection.execute(
        f'SELECT number, id, {column} FROM "{kind.key}" WHERE {" AND ".join(conditions)} '
        "ORDER BY number",
        values,
    ).fetchall()
    if query.only is not None:
        rows = [row for row in rows if row[1] in query.only]
    if query.text.strip():
        found = set((search or Search(register)).ids(query.text, kind.key))
        rows = [row for row in rows if row[0] in found]
    return _in_order(rows, query, words, (derived or {}).get(query.order))


def _condition(field: Field, asked: Filter) -> tuple[str, list[object]]:
    column = f'"{field.key}"'
    if asked.state == "nothing":
        return f"{column} IS NULL", []
    if asked.state:
        # A state is JSON with this one key; inside a list it stands just so, too.
        return f"instr({column}, ?) > 0", ["{" + f'"{asked.state}":']
    if field.linking:
        link = "id IN (SELECT source FROM link WHERE target = ? AND field = ?)"
        return (
            f"({column} = ? OR instr({column}, ?) > 0 OR {link})",
            [asked.value, f'"{asked.value}"', asked.value, field.key],
        )
    return f"({column} = ? OR instr({column}, ?) > 0)", [asked.value, f'"{asked.value}"']


def _in_order(
    rows: list[tuple[int, str, Cell]], query: Query, words: Words, derived: Derived | None
) -> list[int]:
    kind = KINDS[query.kind]
    if derived is not None:
        keyed = [(sort_key(derived(identifier)), number) for number, identifier, _cell in rows]
    elif kind.has(query.order):
        shown = _Shown(kind.field(query.order), words)
        keyed = [(shown.key(cell), number) for number, _identifier, cell in rows]
    else:
        found = [number for number, _identifier, _cell in rows]
        return found[::-1] if query.descending else found
    # What holds nothing stands last, whichever way the rest is turned.
    full = sorted((item for item in keyed if item[0]), reverse=query.descending)
    return [number for _key, number in full] + [number for key, number in keyed if not key]


class _Shown:
    """The sort keys of cells; equal cells are put into words once."""

    def __init__(self, field: Field, words: Words) -> None:
        self._field = field
        self._words = words
        self._known: dict[Cell, str] = {}

    def key(self, cell: Cell) -> str:
        if cell is None:
            return ""
        if cell not in self._known:
            self._known[cell] = self._key_of(cell)
        return self._known[cell]

    def _key_of(self, cell: Cell) -> str:
        value = decode(cell)
        if isinstance(value, STATES):
            return "~"  # a question is no value: after all that are
        if self._field.kind == "date":
            return str(value)
        return sort_key(self._words.value(self._field, value))


def sort_key(text: str) -> str:
    """A key that puts words in the order of a Norwegian or English list, numbers by their size."""
    plain = text.casefold().translate(_NORDIC)
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return _NUMBERS.sub(lambda found: found.group().rjust(12, "0"), plain)
