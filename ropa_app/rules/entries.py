"""Single things a record holds, found inside lists, lines and periods too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ropa_app.model.field import Field, walk
from ropa_app.model.kinds import KINDS
from ropa_app.model.record import Record
from ropa_app.model.state import STATES, Value
from ropa_app.rules.obligation import article_for
from ropa_app.rules.parts import Place

_LINKING = ("link", "links", "term", "terms", "line_links")
Wanted = Callable[[Field, Value], bool]


@dataclass(frozen=True, slots=True)
class Entry:
    """One value or state: its path in the record, its field or column, and the field on top.

    `line` is the number of its line, from 1; 0 outside lines.
    """

    path: str
    field: Field
    value: Value
    top: Field
    line: int = 0

    @property
    def place(self) -> Place:
        """Where it stands, for a sentence."""
        return Place(self.field, self.line, self.top)

    def article(self, record: Record) -> str:
        """The provision it serves: its own, else that of the field on top."""
        return article_for(self.field.article or self.top.article, record)


def states_in(record: Record) -> Iterator[Entry]:
    """Every state other than a value, in the order of the declarations and lines."""
    for field in record.kind.fields:
        value = record.values.get(field.key)
        # Most fields hold a plain text or number; only what can hold a state is looked into.
        if isinstance(value, (list, dict, *STATES)):
            yield from _inside(field, value, field.key, field, 0, _is_state)


def links_in(record: Record) -> Iterator[Entry]:
    """Every link, term and line named, in the order of the declarations and lines."""
    for field in _linking_fields(record.kind_key):
        value = record.values.get(field.key)
        if value is not None:
            yield from _inside(field, value, field.key, field, 0, _is_link)


def _is_state(field: Field, value: Value) -> bool:
    return isinstance(value, STATES)


def _is_link(field: Field, value: Value) -> bool:
    return isinstance(value, str) and field.kind in _LINKING


@lru_cache(maxsize=64)
def _linking_fields(kind: str) -> tuple[Field, ...]:
    """The fields of a kind that can name a record or line, themselves or in their columns."""
    return tuple(f for f in KINDS[kind].fields if any(c.kind in _LINKING for _, c in walk((f,))))


def _inside(
    field: Field, value: Value, path: str, top: Field, line: int, wanted: Wanted
) -> Iterator[Entry]:
    if isinstance(value, list):
        for number, item in enumerate(value, 1):
            if field.kind != "lines":
                yield from _inside(field, item, path, top, line, wanted)
            elif isinstance(item, dict):
                yield from _columns(field, item, f"{path}.{item.get('id', number)}", number, wanted)
            elif wanted(field, item):
                yield Entry(path, field, item, top, number)
    elif isinstance(value, dict) and field.columns:
        for column in field.columns:
            if column.key in value:
                here = f"{path}.{column.key}"
                yield from _inside(column, value[column.key], here, top, line, wanted)
    elif wanted(field, value):
        yield Entry(path, field, value, top, line)


def _columns(
    field: Field, line: dict[str, Value], path: str, number: int, wanted: Wanted
) -> Iterator[Entry]:
    for column in field.columns:
        if column.key in line:
            here = f"{path}.{column.key}"
            yield from _inside(column, line[column.key], here, field, number, wanted)
