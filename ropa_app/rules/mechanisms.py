"""Which transfer mechanism counts under a regime on a day, and the provision it is cited by.

The rows lie in resources/reference/mechanisms.json, each with its dates, source and how far it
was confirmed; what else the law sees in a mechanism are flags of its vocabulary. What decisions
and other instruments are called in each language stands in instruments.json beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from ropa_app.i18n import in_language
from ropa_app.model.vocabulary import vocabulary
from ropa_app.paths import resources

#: Recorded where no mechanism is needed, since the transfer is not a restricted one (Art. 44).
NONE_NEEDED = "not-restricted"
# Flags of the vocabulary: an exception permits, but protects nothing (Art. 49(1)); clauses that
# give the people concerned rights of their own (SCC clause 3; IDTA; Addendum).
_DEROGATION = "derogation"
_CLAUSES = "third-party-rights"


@dataclass(frozen=True, slots=True)
class Row:
    """One dated row; `start` and `end` are both inclusive, `end` None is open."""

    id: str
    regime: str
    mechanism: str
    article: str
    needs_addendum: bool
    start: date
    end: date | None
    source: str
    confidence: str
    checked: date

    def holds(self, day: date) -> bool:
        """Whether the row is in force on this day."""
        return self.start <= day and (self.end is None or day <= self.end)


def counts(mechanism: str, regime: str, day: date, addendum: bool) -> bool:
    """Whether a mechanism can count under the regime ("eu", "uk") on the day.

    `addendum` says whether the UK Addendum is signed. The EU clauses need it under UK law, the
    UK instruments are none of the EU, and the clauses from before 2021 have ended (source: GDPR
    Art. 46; UK GDPR Art. 46(2)(d); each row's).
    """
    row = row_of(mechanism, regime, day)
    if row is None:
        return all(known.mechanism != mechanism for known in rows())
    return addendum or not row.needs_addendum


def row_of(mechanism: str, regime: str, day: date) -> Row | None:
    """The row that speaks of a mechanism under a regime on a day; None if none does."""
    found = (r for r in rows() if (r.mechanism, r.regime) == (mechanism, regime) and r.holds(day))
    return next(found, None)


def is_derogation(mechanism: str) -> bool:
    """True for a mechanism of Art. 49(1)."""
    return _flagged(mechanism, _DEROGATION)


def gives_rights(mechanisms: Iterable[str]) -> bool:
    """True if any is a set of clauses that the people concerned may rely on themselves."""
    return any(_flagged(mechanism, _CLAUSES) for mechanism in mechanisms)


def instrument_words(text: str, language: str) -> str:
    """An instrument by its name in the language, where the text is a name of it in another.

    Any other text stays as it was written (source: resources/reference/instruments.json).
    """
    names = _instruments().get(" ".join(text.split()).casefold())
    return in_language(names, language) if names else text


@lru_cache(maxsize=1)
def _instruments() -> dict[str, dict[str, str]]:
    """The names of each instrument by language, by each of these names in small letters."""
    text = resources("reference", "instruments.json").read_text(encoding="utf-8")
    listed = json.loads(text)["names"]
    return {name.casefold(): names for names in listed for name in names.values()}


def _flagged(mechanism: str, flag: str) -> bool:
    term = vocabulary("mechanism").terms.get(mechanism)
    return term is not None and flag in term.flags


@lru_cache(maxsize=1)
def rows() -> tuple[Row, ...]:
    """Every row of the reference data (source: each row's)."""
    text = resources("reference", "mechanisms.json").read_text(encoding="utf-8")
    return tuple(_row(entry) for entry in json.loads(text)["rows"])


def _row(entry: dict[str, Any]) -> Row:
    return Row(
        id=entry["id"],
        regime=entry["regime"],
        mechanism=entry["mechanism"],
        article=entry["article"],
        needs_addendum=entry.get("needs_addendum", False),
        start=date.fromisoformat(entry["from"]),
        end=date.fromisoformat(entry["to"]) if entry["to"] else None,
        source=entry["source"],
        confidence=entry["confidence"],
        checked=date.fromisoformat(entry["checked"]),
    )
