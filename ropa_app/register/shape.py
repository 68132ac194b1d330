"""What every value in a register must keep to: links lead to the right kind, line ids are unique.

Asked at the door for writing, and again by `ropa verify`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ropa_app.model.field import Field, names_record
from ropa_app.model.state import Value


@dataclass(frozen=True, slots=True)
class Link:
    """One link out of a record: its field, the kinds of records it may name, the id it names."""

    field: str
    kinds: tuple[str, ...]
    target: str


def links(fields: Iterable[Field], values: Mapping[str, Value]) -> Iterator[Link]:
    """Every link of a record, those in lines too; a user's own term is a link to it."""
    for field in fields:
        value = values.get(field.key)
        if field.linking and value is not None:
            yield from _links_of(field, field.key, value)


def _links_of(field: Field, key: str, value: Value) -> Iterator[Link]:
    for item in value if isinstance(value, list) else (value,):
        if isinstance(item, dict):
            for column in field.linking_columns:
                if item.get(column.key) is not None:
                    yield from _links_of(column, key, item[column.key])
        elif isinstance(item, str) and names_record(field, item):
            yield Link(key, field.links_to or ("term",), item)


def repeated_line_id(value: Value) -> str | None:
    """An id that two lines of one field bear; None if there is none."""
    seen: set[str] = set()
    for line in value if isinstance(value, list) else ():
        if isinstance(line, dict) and "id" in line:
            identifier = str(line["id"])
            if identifier in seen:
                return identifier
            seen.add(identifier)
    return None
