"""Which columns of a small table stand in the form, and which share a cell with another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ropa_app.i18n import N_
from ropa_app.model.field import Field

MOST = 4

#: Width of a column by the kind of what leads it.
_WEIGHTS = {"date": 2, "number": 2, "long_text": 5, "terms": 4, "text": 4}


@dataclass(frozen=True, slots=True)
class Shown:
    """A column of the table: what leads it, then what stands in its second line.

    Where the first key holds nothing, the next that does takes its place. `head` is the heading
    where the label of the first key will not do.
    """

    keys: tuple[str, ...]
    weight: int
    head: str = ""


def _shown(*columns: tuple[Any, ...]) -> tuple[Shown, ...]:
    return tuple(Shown(tuple(keys.split()), *rest) for keys, *rest in columns)


#: By field; a field that is not named shows the first columns that hold anything.
SHOWN: dict[str, tuple[Shown, ...]] = {
    "purposes": _shown(
        ("purpose detail", 7), ("legal_basis legitimate_interest", 7), ("national_law", 4)
    ),
    "data": _shown(
        ("subject", 5, N_("People")), ("categories detail", 8, N_("Data")),
        ("sources source_detail", 4, N_("Source")), ("retention retention_rule", 5),
    ),
    "recipients": _shown(
        ("party category internal_function", 5, N_("Recipient")), ("role purpose", 4),
        ("categories", 5), ("agreement", 4),
    ),
    "controllers_served": _shown(
        ("controller representative", 4), ("processing", 5), ("agreement", 4)
    ),
    "places": _shown(
        ("country premises", 4), ("kinds", 4), ("by operator", 4), ("from to", 3)
    ),
    "dpf": _shown(
        ("entity source", 4), ("state coverage", 4), ("uk_extension", 3), ("checked_on", 3)
    ),
    "sub_processors": _shown(
        ("party service", 4), ("countries", 3), ("notified_on objection_until", 4),
        ("answer answered_on", 3),
    ),
    "contacts": _shown(("name about", 4), ("email", 4), ("phone", 3)),
    "guarantees": _shown(("how document", 5), ("result", 3), ("on next", 3)),
}  # fmt: skip

#: The column whose data may be of special categories, and the columns that say so.
SPECIAL = {"data": ("categories", "special", "special_condition")}


def shown_columns(
    field: Field, lines: Sequence[object], needed: frozenset[str] = frozenset()
) -> tuple[Shown, ...]:
    """The columns of the table of a field, given its lines and the columns the law demands."""
    if field.key in SHOWN:
        return SHOWN[field.key]
    held = {key for line in lines if isinstance(line, dict) for key in line}
    chosen = [column for column in field.columns if column.key in held | needed]
    rest = [column for column in field.columns if column not in chosen]
    wanted = {column.key for column in [*chosen, *rest][:MOST]}
    return tuple(
        Shown((column.key,), _WEIGHTS.get(column.kind, 3))
        for column in field.columns
        if column.key in wanted
    )


def heading(field: Field, shown: Shown) -> str:
    """The English heading of a column."""
    return shown.head or field.column(shown.keys[0]).label
