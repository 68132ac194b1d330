"""What is recorded to protect a transfer under one regime, in words for a page.

No verdict is given here: the mechanism, its instrument, dates and article are said as recorded.
Only two things are never passed on unseen: that nothing is recorded, and an adequacy decision
that the list of decisions does not bear out on the day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ropa_app.exports.row import labelled
from ropa_app.i18n import N_
from ropa_app.model.dates import date_words
from ropa_app.model.record import Record, day_of
from ropa_app.model.state import STATES, Open, State, Value
from ropa_app.model.words import Words, lower_first
from ropa_app.register.view import View
from ropa_app.rules.standing import Standing, standing

Line = Mapping[str, Value]

REGIMES = ("eu", "uk")
# How far a transfer is protected, by what is recorded; the map and the legend use the same.
STATED, CONFIRM, MISSING = "stated", "confirm", "missing"
CLAUSES = frozenset({"scc", "scc-old", "idta", "uk-addendum", "ad-hoc-clauses"})


@dataclass(frozen=True, slots=True)
class Protection:
    """One safeguard: the words that name it, what is known of it, and whether it is stated."""

    name: str
    details: tuple[str, ...]
    state: str
    mechanism: str = ""
    spare: bool = False


def regimes_of(record: Record, otherwise: Record | None = None) -> tuple[str, ...]:
    """The regimes that apply to an activity, else to its organisation (Art. 3); both if unsaid."""
    for source in (record, otherwise):
        lines = source.lines("regimes") if source else []
        found = {str(line.get("regime")) for line in lines if line.get("reason") != _NOT}
        if known := tuple(regime for regime in REGIMES if regime in found):
            return known
    return REGIMES


_NOT = "does-not-apply"
# The Data (Use and Access) Act 2025 put Art. 45A in the place of Art. 45 UK GDPR on this day.
_ART_45A = date(2026, 2, 5)
_UK_APPROVAL = N_("UK adequacy regulations, Art. 45A")
_UK_APPROVAL_BEFORE = N_("UK adequacy regulations, Art. 45")


def standing_of(view: View, code: str, regime: str) -> Standing | None:
    """What a country counts as on the day of the view; None for a code nobody knows."""
    try:
        return standing(code, regime, view.day, view.overlay)
    except KeyError:
        return None


def leaves(view: View, transfer: Record, regime: str) -> bool:
    """True unless the destination is known to lie inside the regime's own area."""
    code = transfer.text("destination")
    known = standing_of(view, code, regime) if code else None
    return known is None or not known.domestic


def running(view: View, transfer: Record) -> bool:
    """True unless the transfer has ended before the day of the view."""
    ended = transfer.day("to")
    return ended is None or ended >= view.day


class Safeguards:
    """Says the safeguards of transfers under one regime; `full` adds what customers do not get."""

    def __init__(self, view: View, words: Words, regime: str, full: bool) -> None:
        self.view = view
        self.words = words
        self.regime = regime
        self.full = full

    def of(self, transfer: Record) -> list[Protection]:
        """The safeguards relied on, then fallbacks; one “not stated” where there is none."""
        state = transfer.state("safeguards")
        if state:
            return [self._state(state)]
        stated = transfer.values.get("safeguards") or []
        open_ones = [item for item in stated if isinstance(item, STATES)]
        lines = list(self._lines(transfer))
        relied = [self._one(transfer, line) for line in lines if line.get("reliance") != "fallback"]
        spare = [self._one(transfer, line) for line in lines if line.get("reliance") == "fallback"]
        relied += [self._state(item) for item in open_ones]
        if not relied:
            relied = [Protection(self.words.say(N_("not stated")), (), MISSING)]
        say = self.words.say
        return relied + [
            replace(p, name=say(N_("In reserve: {name}"), name=lower_first(p.name)), spare=True)
            for p in spare
        ]

    def _state(self, state: State) -> Protection:
        """An open question and the like; to a customer it is something still to be confirmed."""
        if isinstance(state, Open) and not self.full:
            return Protection(self.words.say(N_("To be confirmed")), (state.question,), CONFIRM)
        return Protection(self.words.state(state), (), CONFIRM)

    def _lines(self, transfer: Record) -> Iterator[Line]:
        """The lines of this regime that have not ended; one without a regime counts."""
        for line in transfer.lines("safeguards"):
            end, regime = day_of(line.get("to")), line.get("regime")
            over = end is not None and end < self.view.day
            if not over and (regime == self.regime or not isinstance(regime, str)):
                yield line

    def _one(self, transfer: Record, line: Line) -> Protection:
        mechanism = line.get("mechanism")
        name = self._said(transfer, line, "mechanism")
        if mechanism == "adequacy" and self.regime == "uk":
            since = self.view.day >= _ART_45A
            name = self.words.say(_UK_APPROVAL if since else _UK_APPROVAL_BEFORE)
        details = [text for text in self._details(transfer, line) if text]
        if mechanism is None:
            return Protection(self.words.say(N_("not stated")), tuple(details), MISSING)
        if isinstance(mechanism, STATES):
            found = self._state(mechanism)
            return replace(found, details=(*found.details, *details))
        unsure = self._unsure(transfer, line, mechanism)
        if unsure:
            known = (self.words.say(N_("Recorded: {name}"), name=lower_first(name)), *details)
            head = self.words.say(N_("To be confirmed"))
            return Protection(head, (*known, unsure), CONFIRM, mechanism)
        if mechanism == "adequacy":
            details += self._adequacy(transfer, line)
        return Protection(name, tuple(details), STATED, str(mechanism))

    def _said(self, transfer: Record, line: Line, key: str) -> str:
        column = transfer.kind.field("safeguards").column(key)
        return ", ".join(self.words.items(column, line.get(key)))

    def _details(self, transfer: Record, line: Line) -> Iterator[str]:
        say = self.words.say
        if not isinstance(line.get("regime"), str):
            yield say(N_("Under which rules: {text}"), text=self._said(transfer, line, "regime")
                      or say(N_("not stated")))  # fmt: skip
        yield self._said(transfer, line, "instrument")
        yield self._said(transfer, line, "modules")
        if since := self._said(transfer, line, "from"):
            yield say(N_("from {date}"), date=since)
        if until := self._said(transfer, line, "to"):
            yield say(N_("until {date}"), date=until)
        if signed := self._said(transfer, line, "addendum_signed"):
            yield say(N_("UK Addendum signed: {answer}"), answer=lower_first(signed))
        yield self._assessment(line)
        yield self._said(transfer, line, "derogation_reason")
        if extra := self._said(transfer, line, "supplementary_measures"):
            yield say(N_("Supplementary measures: {text}"), text=extra)
        if self.full:
            yield from self._rest(transfer, line)

    def _rest(self, transfer: Record, line: Line) -> Iterator[str]:
        """What only a record for an authority says."""
        keys = ("annexes_complete", "compelling_documentation", "authority_informed", "document",
                "copy", "review")  # fmt: skip
        for key in keys:
            if text := self._said(transfer, line, key):
                label = self.words.label(transfer.kind.field("safeguards").column(key))
                yield labelled(label, text)

    def _assessment(self, line: Line) -> str:
        """That it was assessed and when; the record adds its name."""
        value = line.get("assessment")
        if value is None:
            return ""
        if isinstance(value, STATES):
            state = self.words.state(value)
            return self.words.say(N_("Assessment: {text}"), text=lower_first(state))
        record = self.view.get(str(value))
        done = record.day("done_on") if record else None
        if done and done <= self.view.day:
            when = date_words(done.isoformat(), self.words.language)
            text = self.words.say(N_("with an assessment of {date}"), date=when)
        else:
            text = self.words.say(N_("assessment not completed"))
        return f"{text} ({self.words.name_of(str(value))})" if self.full else text

    def _unsure(self, transfer: Record, line: Line, mechanism: Value) -> str:
        """Why the line cannot be taken as given on this day; empty if it can."""
        start = day_of(line.get("from"))
        if start and start > self.view.day:
            return self.words.say(N_("not yet in place"))
        if mechanism != "adequacy":
            return ""
        code = transfer.text("destination")
        known = standing_of(self.view, code, self.regime) if code else None
        if known is None:
            return self.words.say(N_("the destination is not settled"))
        day = date_words(self.view.day.isoformat(), self.words.language)
        if not known.covered:
            return self.words.say(N_("no decision in force for this country on {date}"), date=day)
        if code == "US" and not self._listing(transfer):
            return self.words.say(
                N_("no active listing under the Data Privacy Framework is recorded")
            )
        return ""

    def _adequacy(self, transfer: Record, line: Line) -> list[str]:
        """The decision in force where the line names none, its limits and the listing."""
        known = standing_of(self.view, transfer.text("destination"), self.regime)
        found = []
        if known and not line.get("instrument") and known.instrument:
            found.append(known.instrument)
        if known and known.end:
            until = date_words(known.end.isoformat(), self.words.language)
            found.append(self.words.say(N_("decision in force until {date}"), date=until))
        listing = self._listing(transfer) if transfer.text("destination") == "US" else None
        if listing and isinstance(listing.get("checked_on"), str):
            seen = date_words(str(listing["checked_on"]), self.words.language)
            found.append(self.words.say(N_("listing active, seen {date}"), date=seen))
        elif listing:
            found.append(self.words.say(N_("listing active")))
        elif known and known.limited:
            scope = known.scope.get(self.words.language) or known.scope.get("en", "")
            found.append(self.words.say(N_("covers only part: {scope}"), scope=lower_first(scope)))
        return found

    def _listing(self, transfer: Record) -> dict[str, Any] | None:
        """The importer's active listing under the Data Privacy Framework, if one is recorded."""
        importer = self.view.get(transfer.text("importer"))
        lines = importer.lines("dpf") if importer and importer.kind.has("dpf") else []
        for line in lines:
            uk = self.regime != "uk" or line.get("uk_extension") == "yes"
            if line.get("state") == "active" and uk:
                return line
        return None
