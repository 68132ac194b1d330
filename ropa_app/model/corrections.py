"""The user's corrections to the law data: which of them can be used, and what is wrong with others.

A line of `reference_overlay` of the register's settings ends a row of the reference data
(``row``, ``to``) or adds one (``regime``, ``code``, ``standing``, ``from``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from ropa_app.errors import UserError
from ropa_app.i18n import _
from ropa_app.model.countries import is_country
from ropa_app.model.state import Value, is_value
from ropa_app.paths import resources

#: What a row of the reference data may say of a country.
STANDINGS = ("eea", "uk", "adequate", "approved", "review", "third-country")

_OF_AN_END = ("row", "to")
_OF_A_ROW = ("regime", "code", "standing", "from")


@lru_cache(maxsize=1)
def reference_data() -> dict[str, Any]:
    """The reference data as they lie in resources/reference/standing.json."""
    text = resources("reference", "standing.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


@lru_cache(maxsize=1)
def _row_ids() -> frozenset[str]:
    return frozenset(row["id"] for row in reference_data()["rows"])


def usable_corrections(lines: Sequence[Value]) -> list[Mapping[str, Any]]:
    """The corrections that say all they must, in order.

    One that leaves something out or to be found out (open, as typed) corrects nothing yet; a rule
    tells of it. Raises UserError that names the settings, the line and what is wrong with it.
    """
    proper = [(n, line) for n, line in enumerate(lines, 1) if isinstance(line, Mapping)]
    known = _row_ids() | {str(line.get("id")) for _n, line in proper}
    usable = []
    for number, line in proper:
        if not says_enough(line):
            continue
        problems = (_problem(key, line.get(key), known) for key in _needed(line))
        problem = next(filter(None, problems), "")
        if problem:
            sentence = _("Correction {n} to the law data in reference_overlay of REG-001: {problem}.")
            raise UserError(sentence.format(n=number, problem=problem))
        usable.append(line)
    return usable


def says_enough(line: Mapping[str, Value]) -> bool:
    """True if every column that a correction needs holds a value."""
    return all(is_value(line.get(key)) for key in _needed(line))


def _needed(line: Mapping[str, Value]) -> tuple[str, ...]:
    return _OF_AN_END if line.get("row") is not None else _OF_A_ROW


def _problem(key: str, value: Value, known: frozenset[str]) -> str:
    """What is wrong with one column; empty if nothing is."""
    text = str(value)
    if key == "row" and text not in known:
        return _("there is no row “{text}”; “ropa reference --json” shows the ids").format(text=text)
    if key in ("from", "to") and not _is_date(text):
        return _("“{text}” is not a date").format(text=text)
    if key == "code" and not is_country(text):
        return _("“{text}” is not a country").format(text=text)
    allowed = {"regime": tuple(reference_data()["regimes"]), "standing": STANDINGS}.get(key)
    if allowed and text not in allowed:
        sentence = _("“{column}” must be one of {known}")
        return sentence.format(column=key, known=", ".join(allowed))
    return ""


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
