"""What law and how long, for a ready-made activity: chosen by country and regime.

What the data mark as certain becomes a value with its source; everything else an open question.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ropa_app.i18n import N_, translate
from ropa_app.model.state import Open, Value
from ropa_app.paths import resources
from ropa_app.register.change import Create, new_id

Rows = Sequence[Mapping[str, Any]]
_DOES_NOT_APPLY = "does-not-apply"


@dataclass(frozen=True, slots=True)
class Place:
    """Whose law is asked for: the country of the organisation, its regimes, the language."""

    country: str
    regimes: frozenset[str]
    language: str

    @classmethod
    def of(cls, organisation: Mapping[str, Value], language: str) -> Place:
        """The place of an organisation, from the values of its record."""
        lines = organisation.get("regimes")
        found = lines if isinstance(lines, list) else []
        applying = {
            str(line.get("regime"))
            for line in found
            if isinstance(line, dict) and line.get("reason") != _DOES_NOT_APPLY
        }
        country = organisation.get("country")
        return cls(country if isinstance(country, str) else "", frozenset(applying), language)

    def say(self, text: str, **parts: object) -> str:
        """A marked English text in the language of the register."""
        return translate(text, self.language).format(**parts)

    def text(self, texts: Mapping[str, str]) -> str:
        """The text of a template in the language of the register."""
        return texts[self.language]


@lru_cache(maxsize=16)
def template_file(name: str) -> dict[str, Any]:
    """A file of resources/templates as JSON data."""
    text = resources("templates", f"{name}.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


def laws_for(key: str, place: Place) -> Rows:
    """The rows of a law that hold for a place: its country's, and those of the regimes.

    A row of the EU stands for national law nobody has looked up, so the country's own comes first.
    """
    rows: Rows = template_file("laws")["laws"][key]
    own = [row for row in rows if row["where"] in (place.country, "")]
    return [
        row
        for row in rows
        if row in own
        or (row["where"] == "uk" and "uk" in place.regimes)
        or (row["where"] == "eu" and "eu" in place.regimes and not own)
    ]


def law_value(key: str, place: Place) -> Value:
    """The law in words where every row is certain, else the question that names it."""
    rows = laws_for(key, place)
    if not rows:
        return Open(place.say(N_("Which national law applies here?")))
    named = "; ".join(place.text(row["text"]) for row in rows)
    if any(row.get("confirm") for row in rows):
        return Open(place.say(N_("Confirm the law and its section: {laws}"), laws=named))
    return named


def law_sources(keys: Iterable[str], place: Place) -> list[str]:
    """Where the certain rows of these laws were read, each once."""
    rows = (row for key in keys for row in laws_for(key, place))
    return list(dict.fromkeys(row["source"] for row in rows if "source" in row))


def read_on() -> str:
    """The day the law behind the templates was looked up, ISO."""
    return str(template_file("laws")["as_at"])


def retention_record(key: str, place: Place) -> Create:
    """The rule of retention of that key as a record: a period with its ground, or a question."""
    rule = template_file("retention")["rules"][key]
    row = _row_for(rule["rows"], place)
    values: dict[str, Value] = {
        "name": place.text(rule["name"]),
        "applies_to": place.text(rule["applies_to"]),
        "period": _period(row, place),
    }
    for part in ("law", "exceptions"):
        if part in row:
            values[part] = place.text(row[part])
    if "source" in row:
        values["source"] = [{"id": "s1", "document": row["source"], "date": read_on()}]
    return Create("retention", new_id(), values)


def _row_for(rows: Rows, place: Place) -> Mapping[str, Any]:
    """The row of the country, else the one for everybody; a law binds only where it holds."""
    for where in (place.country, ""):
        for row in rows:
            if row["where"] == where:
                return row
    return {}


def _period(row: Mapping[str, Any], place: Place) -> Value:
    if "question" in row:
        return Open(place.text(row["question"]))
    if not row:
        return Open(place.say(N_("How long are the data kept, and on what ground?")))
    period: dict[str, Value] = dict(row["period"])
    period["ground"] = place.text(row["ground"])
    if "condition" in row:
        period["condition"] = place.text(row["condition"])
    return period
