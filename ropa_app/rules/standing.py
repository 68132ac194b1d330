"""What a country counts as on a day, under the EU regime and under the UK regime.

The rows lie in resources/reference/standing.json, each with its dates, source and how far it
was confirmed. A user's overlay corrects them, so that a decision struck down this morning can
be ended before anybody publishes new reference data.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from ropa_app.model import corrections
from ropa_app.model.countries import country as country_entry
from ropa_app.model.state import from_plain, to_plain

#: What a row may say, and what `Standing.standing` may be.
STANDINGS = corrections.STANDINGS

_DOMESTIC = ("eea", "uk")
_APPROVED = ("adequate", "approved")


@dataclass(frozen=True, slots=True)
class Row:
    """One dated row of the list; `start` and `end` are both inclusive, `end` None is open."""

    id: str
    regime: str
    code: str
    standing: str
    limited: bool
    start: date
    end: date | None
    instrument: str
    scope: dict[str, str] = field(hash=False)
    source: str
    confidence: str
    checked: date
    follows: str | None = None
    listing: str = ""

    def holds(self, day: date) -> bool:
        """Whether the row is in force on this day."""
        return self.start <= day and (self.end is None or day <= self.end)

    @property
    def _strength(self) -> int:
        if self.standing in _DOMESTIC:
            return 4
        if self.standing in _APPROVED:
            return 2 if self.limited else 3
        return 1 if self.standing == "review" else 0


@dataclass(frozen=True, slots=True)
class Standing:
    """What a country counts as for a regime on a day, and the row that says so.

    `standing` is one of `STANDINGS`. With `limited`, only some recipients or some data are
    covered and `scope` says which; `listing` names the list the recipient must then be on (“dpf”)
    or is empty. `row_id`, `start` and `end` are None where no row speaks.
    """

    country: str
    regime: str
    day: date
    standing: str
    limited: bool
    row_id: str | None
    instrument: str
    scope: dict[str, str] = field(hash=False)
    start: date | None
    end: date | None
    source: str
    confidence: str
    checked: date
    listing: str = ""

    @property
    def domestic(self) -> bool:
        """Inside the regime's own area, so Chapter V does not apply.

        The EEA for the GDPR, the United Kingdom for the UK GDPR; before 2021 the United
        Kingdom was under the EU rules, so then the EEA for both (source: GDPR Art. 44; UK
        GDPR Art. 44A).
        """
        return self.standing in _DOMESTIC

    @property
    def covered(self) -> bool:
        """Domestic, or under a decision or approval, perhaps only for some (see `limited`).

        Source: GDPR Art. 45; UK GDPR Art. 45A.
        """
        return self.domestic or self.standing in _APPROVED


def standing(
    country: str, regime: str, day: date, overlay: Sequence[Mapping[str, Any]] = ()
) -> Standing:
    """What this country, place or organisation counts as, for "eu" or "uk", on this day.

    Of several rows in force the strongest counts: domestic, covered, covered in part, review.
    Where no row is in force it is a third country (source: GDPR Art. 44–45; UK GDPR Art.
    44A–45A and DPA 2018 Sch. 21). A place without rows of its own shares its country's.

    `overlay` holds the user's own corrections: ``{"row": id, "to": "YYYY-MM-DD"}`` ends a row
    earlier (never later), ``{"id", "regime", "code", "standing", "from", …}`` adds one.
    KeyError for a country or regime nobody knows, UserError for an overlay that cannot be read.
    """
    answering = _answering(regime, day)
    row = _strongest(country, answering, day, _table(overlay))
    if row is None:
        return _third_country(country, regime, day, answering)
    return _as_the_row_says(country, regime, day, row)


def _answering(regime: str, day: date) -> str:
    """The regime whose rows answer on a day: before a regime began, the one it came from."""
    rules = _reference().regimes[regime]
    return rules.before if rules.before is not None and day < rules.start else regime


def _strongest(country: str, regime: str, day: date, table: _Table) -> Row | None:
    """Of the rows in force for a country, else for what it is a part of, the one that counts."""
    entry = country_entry(country)
    for code in (entry.code, entry.part_of):
        held = [row for row in table.get((regime, code), ()) if row.holds(day)]
        if held:
            return max(held, key=lambda row: (row._strength, row.start))
    return None


def _as_the_row_says(country: str, regime: str, day: date, row: Row) -> Standing:
    return Standing(
        country=country,
        regime=regime,
        day=day,
        standing=row.standing,
        limited=row.limited,
        row_id=row.id,
        instrument=row.instrument,
        scope=dict(row.scope),
        start=row.start,
        end=row.end,
        source=row.source,
        confidence=row.confidence,
        checked=row.checked,
        listing=row.listing,
    )


def _third_country(country: str, regime: str, day: date, answering: str) -> Standing:
    """What is said where no row is in force."""
    otherwise = _reference().regimes[answering]
    return Standing(
        country=country,
        regime=regime,
        day=day,
        standing="third-country",
        limited=False,
        row_id=None,
        instrument="",
        scope=dict(otherwise.scope),
        start=None,
        end=None,
        source=otherwise.source,
        confidence=otherwise.confidence,
        checked=checked(),
    )


def rows(overlay: Sequence[Mapping[str, Any]] = ()) -> list[Row]:
    """Every row of the list with the user's corrections laid over it (source: each row's)."""
    return [row for group in _table(overlay).values() for row in group]


def checked() -> date:
    """The day the list as a whole was last checked (source: standing.json)."""
    return _reference().checked


def sources_until() -> date:
    """The day after which no source of the list could be checked (source: standing.json)."""
    return _reference().sources_until


@dataclass(frozen=True, slots=True)
class _Regime:
    """When a regime began, whose rows answer for the time before, and what no row means."""

    start: date
    before: str | None
    scope: dict[str, str] = field(hash=False)
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class _Reference:
    checked: date
    sources_until: date
    regimes: dict[str, _Regime] = field(hash=False)
    rows: tuple[Row, ...]


_Table = dict[tuple[str, str | None], list[Row]]


@lru_cache(maxsize=1)
def _reference() -> _Reference:
    data = corrections.reference_data()
    when = date.fromisoformat(data["checked"])
    regimes = {
        name: _Regime(
            start=date.fromisoformat(entry["from"]),
            before=entry["before"],
            scope=entry["otherwise"]["scope"],
            source=entry["otherwise"]["source"],
            confidence=entry["otherwise"]["confidence"],
        )
        for name, entry in data["regimes"].items()
    }
    until = date.fromisoformat(data["sources_until"])
    return _Reference(when, until, regimes, tuple(_row(entry, when) for entry in data["rows"]))


def _row(entry: Mapping[str, Any], when: date) -> Row:
    end = entry.get("to")
    return Row(
        id=str(entry["id"]),
        regime=str(entry["regime"]),
        code=str(entry["code"]),
        standing=str(entry["standing"]),
        limited=bool(entry.get("limited", False)),
        start=date.fromisoformat(entry["from"]),
        end=date.fromisoformat(end) if end else None,
        instrument=str(entry.get("instrument", "")),
        scope=dict(entry.get("scope", {})),
        source=str(entry.get("source", "")),
        confidence=str(entry.get("confidence", "own")),
        checked=date.fromisoformat(entry["checked"]) if entry.get("checked") else when,
        follows=entry.get("follows"),
        listing=str(entry.get("listing", "")),
    )


@lru_cache(maxsize=1)
def _plain_table() -> _Table:
    return _grouped(_reference().rows)


def _grouped(listed: Iterable[Row]) -> _Table:
    table: _Table = {}
    for row in listed:
        table.setdefault((row.regime, row.code), []).append(row)
    return table


def _table(overlay: Sequence[Mapping[str, Any]]) -> _Table:
    """The rows by regime and code, with the overlay applied (kept for the last few overlays)."""
    if not overlay:
        return _plain_table()
    return _corrected(json.dumps(to_plain([dict(entry) for entry in overlay]), default=str))


@lru_cache(maxsize=8)
def _corrected(overlay: str) -> _Table:
    reference = _reference()
    listed = list(reference.rows)
    ends: dict[str, date] = {}
    for entry in corrections.usable_corrections(from_plain(json.loads(overlay))):
        if entry.get("row") is not None:
            end = date.fromisoformat(entry["to"])
            ends[entry["row"]] = min(end, ends.get(entry["row"], end))
        else:
            listed.append(_row(entry, reference.checked))
    return _grouped(_ended(row, ends) for row in listed)


def _ended(row: Row, ends: Mapping[str, date]) -> Row:
    """The row, ended where the user ended it or the row that it follows."""
    candidates = [ends.get(row.id), ends.get(row.follows or ""), row.end]
    end = min((day for day in candidates if day is not None), default=None)
    return row if end == row.end else replace(row, end=end)
