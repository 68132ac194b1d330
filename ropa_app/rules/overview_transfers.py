"""Where transfers go and what is recorded to protect them; no verdict is given.

A leg is a transfer under one regime that applies, or may apply, to what it serves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from ropa_app.model.record import Record, day_of
from ropa_app.model.state import STATES, Value
from ropa_app.model.vocabulary import vocabulary
from ropa_app.register.view import View
from ropa_app.rules.mechanisms import counts
from ropa_app.rules.party_states import acting
from ropa_app.rules.regimes import REGIMES, possible
from ropa_app.rules.standing import Standing, standing
from ropa_app.rules.transfers import running

#: How far a leg is protected by what is recorded, from the best to the worst.
INSIDE, ADEQUATE, RECORDED, OPEN, MISSING = LEG_STATES = (
    "inside",
    "adequate",
    "recorded",
    "open",
    "missing",
)
#: Stands for a mechanism where which one it is, is itself a question.
OPEN_MECHANISM = "open"

_Line = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Leg:
    """A transfer under a regime: its state, and the mechanism relied on ("" if none)."""

    transfer: Record
    regime: str
    state: str
    mechanism: str


class Legs:
    """The legs of the running transfers of a register on the day of its view.

    Of those given only, where some are; they need not be in the register.
    """

    def __init__(self, view: View, transfers: Iterable[Record] | None = None) -> None:
        self._view = view
        self._standings: dict[tuple[str, str], Standing | None] = {}
        self._regimes: dict[str, tuple[str, ...]] = {}
        given = view.of("transfer") if transfers is None else transfers
        found = (self._of(t) for t in given if running(view, t))
        self.all = [leg for legs in found for leg in legs]

    @property
    def leaving(self) -> list[str]:
        """The ids of the transfers that leave the area of one of their regimes (Art. 44)."""
        found = (leg.transfer.id for leg in self.all if leg.state != INSIDE)
        return list(dict.fromkeys(found))

    def _of(self, transfer: Record) -> Iterator[Leg]:
        # One that has yet to begin is judged by what is recorded for its first day.
        day = max(self._view.day, transfer.day("from") or self._view.day)
        for regime in self._applying(transfer):
            state, mechanism = _Safeguards(self, transfer, regime, day).best()
            state = min(state, self._place(transfer, regime), key=LEG_STATES.index)
            yield Leg(transfer, regime, state, mechanism)

    def _applying(self, transfer: Record) -> list[str]:
        """The regimes of the activities it serves, else those of who exports, else all."""
        activities = self._view.linked(transfer, "activities")
        exporter = self._view.get(transfer.text("exporter"))
        if activities:
            found = {regime for activity in activities for regime in self._of_activity(activity)}
        elif exporter and exporter.kind_key == "organisation":
            found = set(possible(exporter))
        else:
            found = self._of_any
        return [regime for regime in REGIMES if regime in found or not found]

    def _of_activity(self, activity: Record) -> tuple[str, ...]:
        if activity.id not in self._regimes:
            self._regimes[activity.id] = possible(activity, acting(activity, self._view))
        return self._regimes[activity.id]

    @cached_property
    def _of_any(self) -> set[str]:
        """The regimes of any of our organisations."""
        return {regime for one in self._view.of("organisation") for regime in possible(one)}

    def _place(self, transfer: Record, regime: str) -> str:
        """What the destination alone says: inside, adequate, a question, or nothing.

        Whether a decision for some recipients covers this one is a question, unless the list it
        names has the recipient. Source: Art. 44, 45; UK GDPR Art. 44A, 45A.
        """
        known = self.standing(transfer.text("destination"), regime)
        if known is None or not known.covered:
            return MISSING
        if known.domestic:
            return INSIDE
        if known.listing:
            return ADEQUATE if self.listed(transfer, regime) else MISSING
        return OPEN if known.limited else ADEQUATE

    def standing(self, code: str, regime: str) -> Standing | None:
        """What a country counts as on the day; None for one nobody knows."""
        if (code, regime) not in self._standings:
            try:
                found = standing(code, regime, self._view.day, self._view.overlay)
            except KeyError:
                found = None
            self._standings[code, regime] = found
        return self._standings[code, regime]

    def listed(self, transfer: Record, regime: str) -> bool:
        """True if an active listing of the importer is recorded that counts under the regime."""
        importer = self._view.get(transfer.text("importer"))
        lines = importer.lines("dpf") if importer and importer.kind.has("dpf") else []
        return any(
            line.get("state") == "active" and (regime != "uk" or line.get("uk_extension") == "yes")
            for line in lines
        )


class _Safeguards:
    """What is recorded as the safeguard of one leg on a day."""

    def __init__(self, legs: Legs, transfer: Record, regime: str, day: date) -> None:
        self._legs, self._transfer, self._regime, self._day = legs, transfer, regime, day

    def best(self) -> tuple[str, str]:
        """State and mechanism: of several safeguards relied on the one that protects most."""
        value = self._transfer["safeguards"]
        items = value if isinstance(value, list) else [value]
        found = [self._line(item) for item in items
                 if isinstance(item, dict) and self._concerns(item)]  # fmt: skip
        if any(isinstance(item, STATES) for item in items):
            found.append((OPEN, OPEN_MECHANISM))
        return min(found, key=lambda one: LEG_STATES.index(one[0]), default=(MISSING, ""))

    def _concerns(self, line: _Line) -> bool:
        """False for a fallback, another regime's safeguard, and one that has ended."""
        end, regime = day_of(line.get("to")), line.get("regime")
        over = end is not None and end < self._day
        return (
            not over
            and line.get("reliance") != "fallback"
            and (regime == self._regime or not isinstance(regime, str))
        )

    def _line(self, line: _Line) -> tuple[str, str]:
        mechanism, start = line.get("mechanism"), day_of(line.get("from"))
        if mechanism is None:
            return MISSING, ""
        if not isinstance(mechanism, str):
            return OPEN, OPEN_MECHANISM
        signed = line.get("addendum_signed") == "yes"
        if start and start > self._day:
            return MISSING, mechanism
        if not counts(mechanism, self._regime, self._day, signed):
            return MISSING, mechanism
        return (OPEN if self._unsure(line, mechanism) else RECORDED), mechanism

    def _unsure(self, line: _Line, mechanism: str) -> bool:
        """True if the line does not settle that it protects this leg."""
        if not isinstance(line.get("regime"), str) or not isinstance(line.get("reliance"), str):
            return True
        if mechanism == "uk-addendum":
            return line.get("addendum_signed") not in ("yes", None)
        return mechanism == "adequacy" and not self._borne_out()

    def _borne_out(self) -> bool:
        """True if the list of decisions says what the safeguard claims (Art. 45)."""
        known = self._legs.standing(self._transfer.text("destination"), self._regime)
        if known is None or not known.covered:
            return False
        return not known.listing or self._legs.listed(self._transfer, self._regime)


def mechanisms(legs: Legs) -> list[dict[str, Any]]:
    """The legs that leave by mechanism and regime: the most first, without one at the end."""
    groups: dict[tuple[str, str], list[Leg]] = {}
    for leg in legs.all:
        if leg.state != INSIDE:
            groups.setdefault((leg.mechanism, leg.regime), []).append(leg)
    order = {term: place for place, term in enumerate(vocabulary("mechanism").terms)}

    def rank(group: tuple[str, str]) -> tuple[bool, bool, int, int, str]:
        mechanism, regime = group
        place = order.get(mechanism, len(order))
        unnamed = mechanism in ("", OPEN_MECHANISM)
        return unnamed, not mechanism, -len(groups[group]), place, regime

    return [_group(*group, groups[group]) for group in sorted(groups, key=rank)]


def _group(mechanism: str, regime: str, legs: Sequence[Leg]) -> dict[str, Any]:
    best_first = sorted(legs, key=lambda leg: LEG_STATES.index(leg.state))
    return {
        "mechanism": mechanism,
        "regime": regime,
        "transfers": [leg.transfer.id for leg in best_first],
        "states": [leg.state for leg in best_first],
    }


def destinations(legs: Legs) -> list[dict[str, Any]]:
    """The countries that running transfers name, by code, each with the worst of its legs."""
    found: dict[str, dict[str, str]] = {}
    for leg in legs.all:
        of_country = found.setdefault(leg.transfer.text("destination"), {})
        known = of_country.get(leg.transfer.id, INSIDE)
        of_country[leg.transfer.id] = max(known, leg.state, key=LEG_STATES.index)
    return [
        {
            "country": code,
            "transfers": list(states),
            "worst": max(states.values(), key=LEG_STATES.index),
        }
        for code, states in sorted(found.items())
    ]
