"""New sub-processors a processor has told of: what we may answer, until when, what follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ropa_app.i18n import N_
from ropa_app.model.record import Record, day_of
from ropa_app.model.state import Value
from ropa_app.register.view import View
from ropa_app.rules.agreement_status import OVER, agreement_status
from ropa_app.rules.parts import Part, Phrase

ARTICLE = "28(2)"
ACCEPTED, OBJECTED = "accepted", "objected"
#: Where a proposal stands: we may object, the time is over, we have objected, it is used all the
#: same.
OPEN, LAPSED, REFUSED, DISREGARDED = "open", "lapsed", "refused", "disregarded"

Line = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sub-processor line that waits for an answer, or to which we have objected.

    `authorisation` is "general", "specific" or, where no agreement tells, empty. `message` says
    what follows, its gaps filled by `parts`, under `ARTICLE`.
    """

    line: Line
    stage: str
    until: date | None
    authorisation: str
    heading: str
    message: str
    parts: Mapping[str, Part]


def is_proposed(line: Line, day: date) -> bool:
    """True if a sub-processor is yet to begin: from a later day, or while we may object."""
    start, until = day_of(line.get("from")), day_of(line.get("objection_until"))
    if start is not None:
        return start > day
    return until is not None and until >= day


def is_unanswered(line: Line) -> bool:
    """True if we have neither accepted nor objected."""
    return line.get("answer") not in (ACCEPTED, OBJECTED)


def proposals(view: View, party: Record) -> list[Proposal]:
    """The sub-processors of a party that call for an answer on the day, in their order.

    The processor must tell of an intended change so that we can object, if our authorisation is
    general; where it is specific, silence authorises nobody. The last day to object is a day on
    which we still may. Source: Art. 28(2), UK GDPR Art. 28(2).
    """
    return list(_proposals(view, party))


def _proposals(view: View, party: Record) -> Iterator[Proposal]:
    authorisation = authorisation_of(view, party)
    for line in party.lines("sub_processors"):
        stage = _stage(line, view.day)
        if stage:
            until = day_of(line.get("objection_until"))
            message, parts = _follows(line, stage, until, authorisation, view.day)
            yield Proposal(line, stage, until, authorisation, _HEADINGS[stage], message, parts)


def _stage(line: Line, day: date) -> str:
    """Where a line stands; empty if nothing is to be answered."""
    start, end = day_of(line.get("from")), day_of(line.get("to"))
    until = day_of(line.get("objection_until"))
    begun = start is not None and start <= day
    if (end is not None and end < day) or line.get("answer") == ACCEPTED:
        return ""
    if line.get("answer") == OBJECTED:
        return DISREGARDED if begun else REFUSED
    if until is not None and until >= day:
        return OPEN
    if until is None:
        return OPEN if start is not None and not begun else ""
    return "" if begun else LAPSED


def authorisation_of(view: View, party: Record) -> str:
    """Which authorisation for sub-processors we have given a party; empty if that is not clear.

    By the agreements with it as a processor that are not over; they must agree.
    """
    found = {
        agreement.text("authorisation")
        for agreement in view.sources(party.id, "agreement")
        if agreement.text("party") == party.id
        and agreement.text("kind") == "processor-agreement"
        and agreement_status(agreement, view.day, view.expiring_days, view).status not in OVER
    }
    return found.pop() if len(found) == 1 else ""


_HEADINGS = {
    OPEN: N_("New sub-processor proposed"),
    LAPSED: N_("New sub-processor not answered"),
    REFUSED: N_("New sub-processor objected to"),
    DISREGARDED: N_("Used in spite of our objection"),
}
_MAY_OBJECT = {
    "general": N_("{when} If we do not, our general authorisation covers it."),
    "specific": N_(
        "{when} Our authorisation is specific: only our yes in writing lets the processor engage "
        "it, silence does not."
    ),
    "": N_(
        "{when} Whether silence counts as a yes depends on the authorisation in the agreement, "
        "which is not recorded."
    ),
}
_TIME_IS_OVER = {
    "general": N_(
        "The time to object ended on {day} without an answer, so our general authorisation "
        "covers it."
    ),
    "specific": N_(
        "The time to answer ended on {day}. Our authorisation is specific: without our yes in "
        "writing the processor may not engage it."
    ),
    "": N_(
        "The time to object ended on {day} without an answer. Whether it may be engaged depends "
        "on the authorisation in the agreement, which is not recorded."
    ),
}
_NO_DAY = N_("We may object; until when is not recorded.")
_LAST_DAY = N_("We may object until {day}; that is today.")
_UNTIL = N_("We may object until {day}.")
_WE_OBJECTED = N_(
    "We have objected, so our authorisation does not cover it. Settle with the processor how it "
    "goes on without this sub-processor."
)
_USED = N_(
    "We have objected, and it is recorded as in use since {start}. Our authorisation does not "
    "cover that: have the use ended, or accept it."
)


def _follows(
    line: Line, stage: str, until: date | None, authorisation: str, day: date
) -> tuple[str, dict[str, Part]]:
    """The sentence that says what may be done and what follows from doing nothing."""
    known: dict[str, Part] = {"day": until} if until else {}
    if stage == REFUSED:
        return _WE_OBJECTED, {}
    if stage == DISREGARDED:
        return _USED, {"start": day_of(line.get("from")) or day}
    if stage == LAPSED:
        return _TIME_IS_OVER[authorisation], known
    when = _NO_DAY if until is None else _LAST_DAY if until == day else _UNTIL
    return _MAY_OBJECT[authorisation], {"when": Phrase(when, known)}


def answered(items: Iterable[Value], line_id: str, answer: str, day: date) -> list[Value]:
    """The lines of sub-processors with our answer to one of them, given on a day."""
    given = {"answer": answer, "answered_on": day.isoformat()}
    return [
        {**item, **given} if isinstance(item, dict) and item.get("id") == line_id else item
        for item in items
    ]
