"""The days of an agreement, and of each safeguard of a transfer, as marks on a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ropa_app.exports.pdf_mechanism import named, named_in
from ropa_app.i18n import N_
from ropa_app.model.dates import date_words
from ropa_app.model.kinds import KINDS
from ropa_app.model.record import Record, day_of
from ropa_app.model.state import STATES, Value
from ropa_app.model.words import Words, lower_first
from ropa_app.register.view import View
from ropa_app.rules.agreement_status import AgreementStatus, agreement_status
from ropa_app.rules.mechanisms import counts
from ropa_app.rules.overview_transfers import MISSING, OPEN, OPEN_MECHANISM, RECORDED, Leg, Legs
from ropa_app.rules.regimes import REGIMES

#: Icon and colour of each status of an agreement.
STATUS_LOOKS = {
    "in-force": ("check-circle-fill", "ok"),
    "expiring": ("warning-fill", "warn"),
    "signed": ("circle-wavy-check-fill", "warn"),
    "claimed": ("question-fill", "rev"),
    "requested": ("question-fill", "rev"),
    "negotiating": ("question-fill", "rev"),
    "superseded": ("minus-circle-fill", "nil"),
    "not-required": ("minus-circle-fill", "nil"),
    "expired": ("x-circle-fill", "bad"),
    "terminated": ("x-circle-fill", "bad"),
    "missing": ("x-circle-fill", "bad"),
    "": ("question-fill", "rev"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A day on the line, its word, the colour of its dot, and the field that holds the day."""

    day: date
    label: str
    role: str
    date: str
    field: str = ""

    def says(self) -> str:
        """The mark in words."""
        return f"{self.label} {self.date}"


@dataclass(frozen=True, slots=True)
class Timeline:
    """Marks in order of their days; the line is coloured from `start` to `until` in `role`.

    `start` None: nothing is coloured. `ends` is False where no last day is set.
    """

    heading: str
    marks: tuple[Mark, ...]
    role: str
    start: date | None
    until: date | None
    ends: bool

    @property
    def empty(self) -> bool:
        """True if it has no day but today."""
        return len(self.marks) < 2

    def says(self) -> str:
        """The line in words."""
        told = ", ".join(mark.says() for mark in self.marks)
        return f"{self.heading}: {told}" if self.heading else told


@dataclass(frozen=True, slots=True)
class Standing:
    """How something stands on the day: icon, colour, word, and why in a sentence."""

    icon: str
    role: str
    word: str
    reason: str


class _Marks:
    """Gathers the marks of one line; days that fall together share one."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._found: dict[date, tuple[list[str], str, str]] = {}

    def add(self, day: date | None, label: str, role: str, field: str = "") -> None:
        if day is not None:
            said = self._words.say(label)
            labels, first, held = self._found.get(day, ([], role, ""))
            labels.append(lower_first(said) if labels else said)
            self._found[day] = labels, first, held or field

    def all(self) -> tuple[Mark, ...]:
        language = self._words.language
        return tuple(
            Mark(day, ", ".join(labels), role, date_words(day.isoformat(), language), field)
            for day, (labels, role, field) in sorted(self._found.items())
        )


def agreement_standing(view: View, agreement: Record, words: Words) -> Standing:
    """The status of an agreement on the day of the view, and why."""
    found = agreement_status(agreement, view.day, view.expiring_days, view)
    return standing_of(found, words)


def standing_of(found: AgreementStatus, words: Words) -> Standing:
    """A status as icon, colour, word and reason."""
    icon, role = STATUS_LOOKS[found.status]
    word = words.term("agreement-status", found.status)
    return Standing(icon, role, word, found.reason_words(words))


def agreement_timeline(view: View, agreement: Record, words: Words) -> Timeline:
    """Signed, in force, today, review and the end of an agreement (Art. 28(3), 26(1))."""
    status = agreement_status(agreement, view.day, view.expiring_days, view)
    role = STATUS_LOOKS[status.status][1]
    day = {key: agreement.day(key) for key in ("signed", "effective", "review")}
    expires, terminated = agreement.day("expires"), agreement.day("terminated")
    marks = _Marks(words)
    marks.add(day["signed"], N_("Signed"), role, "signed")
    marks.add(day["effective"], N_("In force from"), role, "effective")
    marks.add(view.day, N_("Today"), "text")
    marks.add(day["review"], N_("Review"), "warn", "review")
    marks.add(expires, N_("Expires"), "nil", "expires")
    marks.add(terminated, N_("Terminated"), "nil", "terminated")
    start = min((d for d in (day["signed"], day["effective"]) if d), default=None)
    end = min((d for d in (expires, terminated) if d), default=None)
    until = min(view.day, end) if end else view.day
    return Timeline("", marks.all(), role, start, until, end is not None)


def transfer_timelines(view: View, transfer: Record, words: Words) -> list[Timeline]:
    """One line for each safeguard, by regime, the one relied on first (Art. 46; UK GDPR Art. 46).

    Where none begins, the transfer's own days stand for them.
    """
    order = {regime: place for place, regime in enumerate(REGIMES)}
    found = sorted(
        transfer.lines("safeguards"),
        key=lambda line: (order.get(_text(line.get("regime")), len(order)),
                          line.get("reliance") == "fallback", _text(line.get("from"))),
    )  # fmt: skip
    return [_safeguard(view, line, words) for line in found]


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""


def _safeguard(view: View, line: Mapping[str, Value], words: Words) -> Timeline:
    start, end = day_of(line.get("from")), day_of(line.get("to"))
    over = end is not None and end < view.day
    fallback = line.get("reliance") == "fallback"
    unsure = any(isinstance(line.get(key), STATES) for key in ("mechanism", "regime", "from"))
    role = "nil" if over or fallback else "rev" if unsure else _protects(view, line)
    marks, held = _Marks(words), f"safeguards.{_text(line.get('id'))}"
    marks.add(start, N_("From"), role, f"{held}.from")
    marks.add(view.day, N_("Today"), "text")
    marks.add(day_of(line.get("review")), N_("Review"), "warn", f"{held}.review")
    marks.add(end, N_("Until"), "nil", f"{held}.to")
    until = min(view.day, end) if end else view.day
    heading = _safeguard_words(line, words, view.day)
    return Timeline(heading, marks.all(), role, start, until, end is not None)


def _protects(view: View, line: Mapping[str, Value]) -> str:
    """Green where the mechanism counts under the regime on the day, else red."""
    regime, signed = _text(line.get("regime")), line.get("addendum_signed") == "yes"
    mechanism = _text(line.get("mechanism"))
    return "ok" if mechanism and counts(mechanism, regime, view.day, signed) else "bad"


def _safeguard_words(line: Mapping[str, Value], words: Words, day: date) -> str:
    """Regime, mechanism and reliance of a safeguard."""
    field = KINDS["transfer"].field("safeguards")
    regime, reliance = (words.value(field.column(key), line.get(key))
                        for key in ("regime", "reliance"))  # fmt: skip
    parts = (regime, named_in(words, line, day), reliance)
    return "  ·  ".join(part for part in parts if part)


def transfer_standing(view: View, transfer: Record, words: Words) -> list[Standing]:
    """How a transfer stands by what is recorded, under each regime; no verdict."""
    from ropa_app.exports.flow import LOOKS
    from ropa_app.exports.flow_words import short, state_words

    ended = transfer.day("to")
    if ended is not None and ended < view.day:
        day = date_words(ended.isoformat(), words.language)
        reason = words.say(N_("Its last day was {day}."), day=day)
        return [Standing("minus-circle-fill", "nil", words.say(N_("Ended")), reason)]
    found = []
    for leg in Legs(view, [transfer]).all:
        said = state_words(words, leg.regime, leg.state)
        word = words.say(N_("{label}: {text}"), label=short(words, leg.regime), text=said)
        found.append(Standing(*LOOKS[leg.state], word, _why(leg, words, view.day)))
    return found


def _why(leg: Leg, words: Words, day: date) -> str:
    """What is recorded as the safeguard."""
    state, mechanism = leg.state, leg.mechanism
    if mechanism == OPEN_MECHANISM:
        return words.say(N_("Which safeguard is relied on is an open question."))
    if not mechanism:
        missing = N_("No safeguard is recorded.")
        return words.say(missing) if state in (MISSING, OPEN) else ""
    name = named(words, mechanism, leg.regime, day, state != MISSING)
    if state == MISSING:
        return words.say(N_("{mechanism} is recorded, but does not count here today."),
                         mechanism=name)  # fmt: skip
    if state in (RECORDED, OPEN):
        return f"{name}."
    return ""
