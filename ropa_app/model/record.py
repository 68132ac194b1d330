"""One record of the register in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ropa_app.model.field import RecordKind
from ropa_app.model.kinds import KINDS
from ropa_app.model.state import STATES, State, Value, is_value


def items_of(value: Value) -> list[Any]:
    """The proper values in a value: a list without its open or unread items, one as a list."""
    if isinstance(value, list):
        return [item for item in value if is_value(item)]
    return [value] if is_value(value) else []


def day_of(value: Value) -> date | None:
    """The date of a date value; None for nothing and every other state."""
    return date.fromisoformat(value) if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class Record:
    """A record: its kind, number, stable id, and the values of the fields that hold anything.

    `deleted` is the moment of its deletion; `merged_into` the id of the record it became.
    """

    kind_key: str
    number: int
    id: str
    values: Mapping[str, Value]
    deleted: str | None = None
    merged_into: str | None = None

    @property
    def kind(self) -> RecordKind:
        """The declaration of its kind."""
        return KINDS[self.kind_key]

    @property
    def ref(self) -> str:
        """Its readable reference, such as ``A-012``."""
        return self.kind.reference(self.number)

    def __getitem__(self, key: str) -> Value:
        """The value of a field, in whichever state. Raises KeyError for an undeclared field."""
        if key not in self.values and not self.kind.has(key):
            raise KeyError(f"{self.kind_key}.{key}")
        return self.values.get(key)

    def text(self, key: str) -> str:
        """The text, term or id of a field; empty unless it holds a value."""
        value = self[key]
        return value if isinstance(value, str) else ""

    def day(self, key: str) -> date | None:
        """The date of a field; None unless it holds one."""
        return day_of(self[key])

    def items(self, key: str) -> list[Any]:
        """The values of a list field (ids, terms, texts); states among them left out."""
        return items_of(self[key])

    def lines(self, key: str) -> list[dict[str, Value]]:
        """The lines of a lines field that are proper lines."""
        return [line for line in self.items(key) if isinstance(line, dict)]

    def state(self, key: str) -> State | None:
        """The state of a field that holds neither a value nor nothing."""
        value = self[key]
        return value if isinstance(value, STATES) else None
