"""What `ropa verify` finds wrong."""

from __future__ import annotations

from dataclasses import dataclass

from ropa_app.model.kinds import KINDS
from ropa_app.model.state import Cell

Cells = dict[str, Cell]
# What the log made, by id: its kind and its cells as they stand after all operations.
Replayed = dict[str, tuple[str, Cells]]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be: what was checked, a sentence, and where."""

    check: str
    sentence: str
    ref: str = ""
    field: str = ""


def reference_of(made: tuple[str, Cells]) -> str:
    """The reference of a record that the log made."""
    kind, cells = made
    return KINDS[kind].reference(int(cells.get("number") or 0))
