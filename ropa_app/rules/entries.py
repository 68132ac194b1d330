"""Single things a record holds, found inside lists, lines and periods too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter

from ropa_app.model.field import LINKING_KINDS, Field
from ropa_app.model.record import Record
from ropa_app.model.state import AsTyped, Open, Value
from ropa_app.rules.obligation import article_for
from ropa_app.rules.parts import Place

Wanted = Callable[[Field, Value], bool]
Columns = Callable[[Field], tuple[Field, ...]]
_ALL: Columns = attrgetter("columns")
_LINKING: Columns = attrgetter("linking_columns")


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


def entries_of(state: type[Open] | type[AsTyped], record: Record) -> Iterator[Entry]:
    """Everything that is in this state, in the order of the declarations and lines."""

    def wanted(_field: Field, value: Value) -> bool:
        return isinstance(value, state)

    for field in record.kind.fields:
        value = record.values.get(field.key)
        # Nearly all hold none, and looking is much cheaper than keeping track of where one is.
        if value is not None and _holds(state, value):
            yield from _Search(field, wanted, _ALL).inside(field, value, field.key, 0)


def links_in(record: Record) -> Iterator[Entry]:
    """Every link, term and line named, in the order of the declarations and lines."""
    for field in record.kind.linking_fields:
        value = record.values.get(field.key)
        if value is not None:
            yield from _Search(field, _is_link, _LINKING).inside(field, value, field.key, 0)


def _holds(state: type[Open] | type[AsTyped], value: Value) -> bool:
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list):
        return isinstance(value, state)
    for item in value:
        kind = item.__class__
        if kind is not str and kind is not int and item is not None and _holds(state, item):
            return True
    return False


def _is_link(field: Field, value: Value) -> bool:
    return isinstance(value, str) and field.kind in LINKING_KINDS


@dataclass(frozen=True, slots=True)
class _Search:
    """What is looked for in a field on top, and in which columns."""

    top: Field
    wanted: Wanted
    columns: Columns

    def inside(self, field: Field, value: Value, path: str, line: int) -> Iterator[Entry]:
        """What is wanted in a value; `line` is that of the line it stands in."""
        if isinstance(value, list):
            for number, item in enumerate(value, 1):
                if field.kind == "lines" and isinstance(item, dict):
                    yield from self._line(field, item, f"{path}.{item.get('id', number)}", number)
                elif isinstance(item, (list, dict)):
                    yield from self.inside(field, item, path, line)
                elif self.wanted(field, item):
                    here = number if field.kind == "lines" else line
                    yield Entry(path, field, item, self.top, here)
        elif isinstance(value, dict) and field.columns:
            yield from self._line(field, value, path, line)
        elif self.wanted(field, value):
            yield Entry(path, field, value, self.top, line)

    def _line(
        self, field: Field, cells: dict[str, Value], path: str, line: int
    ) -> Iterator[Entry]:
        for column in self.columns(field):
            value = cells.get(column.key)
            if value is None:
                continue
            # Asked here, too: a walk into every plain text would cost more than all the rest.
            if isinstance(value, (list, dict)):
                yield from self.inside(column, value, f"{path}.{column.key}", line)
            elif self.wanted(column, value):
                yield Entry(f"{path}.{column.key}", column, value, self.top, line)
