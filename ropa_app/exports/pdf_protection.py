"""What is recorded to protect a transfer under one regime, in words for a page.

No verdict is given here: the mechanism, its instrument, dates and article are said as recorded.
What is never passed on as protection: nothing recorded, a mechanism the regime does not know, one
of which it is open whether it is relied on, a derogation of Art. 49, and an adequacy decision that
the list of decisions does not bear out on the day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ropa_app.exports.pdf_mechanism import exception, named, not_valid
from ropa_app.exports.row import told
from ropa_app.i18n import N_
from ropa_app.model.dates import date_words
from ropa_app.model.record import Record, day_of, items_of
from ropa_app.model.state import STATES, Open, State, Value
from ropa_app.model.words import Words, lower_first
from ropa_app.register.view import View
from ropa_app.rules.mechanisms import NONE_NEEDED, counts, instrument_words, is_derogation
from ropa_app.rules.standing import Standing, standing

Line = Mapping[str, Value]

# How far a transfer is protected, by what is recorded; the map and the legend use the same.
STATED, EXCEPTION, CONFIRM, MISSING = "stated", "exception", "confirm", "missing"
# From the best to the worst.
STANDINGS = (STATED, EXCEPTION, CONFIRM, MISSING)


@dataclass(frozen=True, slots=True)
class Protection:
    """One safeguard: the words that name it, what is known of it, and whether it is stated."""

    name: str
    details: tuple[str, ...]
    state: str
    mechanism: str = ""
    spare: bool = False


def standing_of(view: View, code: str, regime: str) -> Standing | None:
    """What a country counts as on the day of the view; None for a code nobody knows."""
    try:
        return standing(code, regime, view.day, view.overlay)
    except KeyError:
        return None


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
        relied = self._relied(transfer)
        spare = [self._one(transfer, line) for line in self._lines(transfer)
                 if line.get("reliance") == "fallback"]  # fmt: skip
        if not self.full:
            spare = [one for one in spare if one.state == STATED]
        if not relied:
            relied = [Protection(self.words.say(N_("not stated")), (), MISSING)]
        say = self.words.say
        return relied + [
            replace(p, name=say(N_("Fallback: {name}"), name=lower_first(p.name)), spare=True)
            for p in spare
        ]

    def unrestricted(self, transfer: Record) -> bool:
        """True if all that is relied on says that no transfer tool is needed."""
        relied = [item for item in self._lines(transfer) if item.get("reliance") != "fallback"]
        return bool(relied) and all(item.get("mechanism") == NONE_NEEDED for item in relied)

    def _relied(self, transfer: Record) -> list[Protection]:
        lines = [item for item in self._lines(transfer) if item.get("reliance") != "fallback"]
        stated = transfer.values.get("safeguards") or []
        states = [self._state(item) for item in stated if isinstance(item, STATES)]
        if self.full:
            return [self._one(transfer, item) for item in lines] + states
        settled = [item for item in lines if isinstance(item.get("reliance"), str)]
        found = [self._one(transfer, item) for item in settled
                 if item.get("mechanism") != NONE_NEEDED]  # fmt: skip
        if any(one.state == STATED for one in found):
            found = [one for one in found if not (one.state == MISSING and one.mechanism)]
        unsettled = [item for item in lines if not isinstance(item.get("reliance"), str)]
        return found + ([self._possible(transfer, unsettled)] if unsettled else []) + states[:1]

    def _possible(self, transfer: Record, lines: list[Line]) -> Protection:
        """Safeguards of which it is not settled whether they are relied on."""
        names = [lower_first(self._name(item, mechanism)) for item in lines
                 if (mechanism := self._usable(item))]  # fmt: skip
        if len(names) < len(lines):
            return self._unknown()
        sources = [self.view.get(str(item.get("record"))) for item in transfer.lines("source")]
        noticed = any(record and record.kind_key == "notice" for record in sources)
        said = self.words.say(
            N_("Our privacy notice names these as possible: {names}") if noticed
            else N_("Possible, but not confirmed: {names}"), names="; ".join(names))  # fmt: skip
        return Protection(self.words.say(N_("To be confirmed")), (said,), CONFIRM)

    def _usable(self, line: Line) -> str:
        """The mechanism of a line if it could protect anything under this regime, else nothing."""
        mechanism, signed = line.get("mechanism"), line.get("addendum_signed") == "yes"
        if not isinstance(mechanism, str) or mechanism == NONE_NEEDED or is_derogation(mechanism):
            return ""
        return mechanism if counts(mechanism, self.regime, self.view.day, signed) else ""

    def _unknown(self) -> Protection:
        """To a customer every open question is something still to be confirmed, in plain words."""
        said = self.words.say(N_("We have not yet confirmed which safeguard applies"))
        return Protection(self.words.say(N_("To be confirmed")), (said,), CONFIRM)

    def _state(self, state: State) -> Protection:
        """An open question and the like."""
        return Protection(self.words.state(state), (), CONFIRM) if self.full else self._unknown()

    def _lines(self, transfer: Record) -> Iterator[Line]:
        """The lines of this regime that have not ended; one without a regime counts."""
        for line in transfer.lines("safeguards"):
            end, regime = day_of(line.get("to")), line.get("regime")
            over = end is not None and end < self.view.day
            if not over and (regime == self.regime or not isinstance(regime, str)):
                yield line

    def _name(self, line: Line, mechanism: str) -> str:
        signed = line.get("addendum_signed") == "yes"
        return named(self.words, mechanism, self.regime, self.view.day, signed)

    def _one(self, transfer: Record, line: Line) -> Protection:
        mechanism = line.get("mechanism")
        details = [text for text in self._details(transfer, line) if text]
        if mechanism is None:
            return Protection(self.words.say(N_("not stated")), tuple(details), MISSING)
        if isinstance(mechanism, STATES):
            found = self._state(mechanism)
            return replace(found, details=(*found.details, *(details if self.full else ())))
        name = self._name(line, mechanism)
        recorded = self.words.say(N_("Recorded: {name}"), name=lower_first(name))
        signed = line.get("addendum_signed") == "yes"
        if not counts(mechanism, self.regime, self.view.day, signed):
            head = not_valid(self.words, self.regime)
            told = (recorded, *details) if self.full else self._why(mechanism)
            return Protection(head, told, MISSING, mechanism)
        if unsure := self._unsure(transfer, line, mechanism):
            head = self.words.say(N_("To be confirmed"))
            return Protection(head, (recorded, *details, unsure), CONFIRM, mechanism)
        if is_derogation(mechanism):
            return self._exception(transfer, name, details, mechanism)
        if mechanism == "adequacy":
            details += self._adequacy(transfer, line)
        return Protection(name, tuple(details), STATED, mechanism)

    def _why(self, mechanism: str) -> tuple[str, ...]:
        """Why what is recorded does not do, where one sentence can tell a customer."""
        if mechanism == "scc":
            return (self.words.say(
                N_("The EU standard contractual clauses alone do not suffice under UK law")),
            )  # fmt: skip
        return ()

    def _exception(
        self, transfer: Record, name: str, details: list[str], mechanism: str
    ) -> Protection:
        """A derogation permits, but protects nothing (Art. 49(1))."""
        if self.full:
            return Protection(name, tuple(details), EXCEPTION, mechanism)
        once = transfer["frequency"] == "one-off"
        why = exception(self.words, mechanism, self.regime, once)
        head = self.words.say(N_("No special safeguard"))
        return Protection(head, (why,), EXCEPTION, mechanism)

    def _said(self, transfer: Record, line: Line, key: str) -> str:
        """A column in words; a customer is told values only, never questions or reasons."""
        column = transfer.kind.field("safeguards").column(key)
        value = line.get(key)
        if not self.full:
            value = items_of(value)
        return ", ".join(self.words.items(column, value))

    def _details(self, transfer: Record, line: Line) -> Iterator[str]:
        say = self.words.say
        yield instrument_words(self._said(transfer, line, "instrument"), self.words.language)
        yield self._said(transfer, line, "modules")
        if self.full and (since := self._said(transfer, line, "from")):
            yield say(N_("from {date}"), date=since)
        if until := self._said(transfer, line, "to"):
            yield say(N_("until {date}"), date=until)
        yield self._assessment(line)
        if self.full:
            yield from self._rest(transfer, line)

    def _rest(self, transfer: Record, line: Line) -> Iterator[str]:
        """What only a record for an authority says."""
        say = self.words.say
        if signed := self._said(transfer, line, "addendum_signed"):
            asks = isinstance(line.get("addendum_signed"), Open)
            said = say(N_("UK Addendum signed: {answer}"), answer=lower_first(signed))
            yield signed if asks else said
        yield self._said(transfer, line, "derogation_reason")
        if extra := self._said(transfer, line, "supplementary_measures"):
            yield say(N_("Supplementary measures: {text}"), text=extra)
        keys = ("annexes_complete", "compelling_documentation", "authority_informed", "document",
                "copy", "review")  # fmt: skip
        for key in keys:
            if text := self._said(transfer, line, key):
                column = transfer.kind.field("safeguards").column(key)
                inside = column.kind == "term" or isinstance(line.get(key), STATES)
                text = lower_first(text) if inside else text
                yield told(self.words.label(column), text, line[key])

    def _assessment(self, line: Line) -> str:
        """That it was assessed and when; the record adds its name and what is not done."""
        value = line.get("assessment")
        if value is None or (isinstance(value, STATES) and not self.full):
            return ""
        if isinstance(value, STATES):
            state = self.words.state(value)
            if isinstance(value, Open):
                return state
            return self.words.say(N_("Assessment: {text}"), text=lower_first(state))
        record = self.view.get(str(value))
        done = record.day("done_on") if record else None
        text = self.words.say(N_("assessment not completed")) if self.full else ""
        if done and done <= self.view.day:
            when = date_words(done.isoformat(), self.words.language)
            text = self.words.say(N_("with an assessment of {date}"), date=when)
        return f"{text} ({self.words.name_of(str(value))})" if self.full else text

    def _unsure(self, transfer: Record, line: Line, mechanism: str) -> str:
        """Why the line cannot be taken as given on this day; empty if it can."""
        say = self.words.say
        if not isinstance(line.get("regime"), str):
            said = self._said(transfer, line, "regime") or say(N_("not stated"))
            if isinstance(line.get("regime"), Open):
                return said
            return say(N_("Under which rules: {text}"), text=lower_first(said))
        if not isinstance(line.get("reliance"), str):
            column = transfer.kind.field("safeguards").column("reliance")
            said = self._said(transfer, line, "reliance") or say(N_("not stated"))
            return told(self.words.label(column), lower_first(said), line.get("reliance"))
        start = day_of(line.get("from"))
        if start and start > self.view.day:
            return say(N_("not yet in place"))
        if mechanism == "uk-addendum" and line.get("addendum_signed") not in ("yes", None):
            return say(N_("it is not confirmed that the UK Addendum is signed"))
        return self._uncovered(transfer) if mechanism == "adequacy" else ""

    def _uncovered(self, transfer: Record) -> str:
        """Why an adequacy decision is not borne out by the list; empty if it is."""
        code = transfer.text("destination")
        known = standing_of(self.view, code, self.regime) if code else None
        if known is None:
            return self.words.say(N_("the destination is not settled"))
        day = date_words(self.view.day.isoformat(), self.words.language)
        if not known.covered:
            return self.words.say(N_("no decision in force for this country on {date}"), date=day)
        if known.listing and not self._listing(transfer):
            return self.words.say(
                N_("no active listing under the Data Privacy Framework is recorded")
            )
        return ""

    def _adequacy(self, transfer: Record, line: Line) -> list[str]:
        """The decision in force where the line names none, its limits and the listing."""
        known = standing_of(self.view, transfer.text("destination"), self.regime)
        found = []
        if known and not line.get("instrument") and known.instrument:
            found.append(instrument_words(known.instrument, self.words.language))
        if known and known.end:
            until = date_words(known.end.isoformat(), self.words.language)
            found.append(self.words.say(N_("decision in force until {date}"), date=until))
        listing = self._listing(transfer) if known and known.listing else None
        if listing and isinstance(listing.get("checked_on"), str):
            seen = date_words(str(listing["checked_on"]), self.words.language)
            found.append(self.words.say(N_("listing active, seen {date}"), date=seen))
        elif listing:
            found.append(self.words.say(N_("listing active")))
        elif known and known.limited:
            scope = known.scope.get(self.words.language) or known.scope.get("en", "")
            found.append(self.words.say(N_("applies only to {scope}"), scope=lower_first(scope)))
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
