"""What falls due: agreements that end, reviews, requests to be answered, windows to object."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Any

from ropa_app.model.record import Record, day_of
from ropa_app.register.view import View
from ropa_app.rules.agreement_status import NEEDED_KIND, OVER, agreement_state, agreement_status
from ropa_app.rules.objections import is_unanswered
from ropa_app.rules.party_states import in_use, recipients
from ropa_app.rules.transfers import running

AGREEMENT_EXPIRES = "agreement-expires"
SAFEGUARD_ENDS = "safeguard-ends"
REQUEST_DUE = "request-due"
OBJECTION_WINDOW = "objection-window"
REVIEW = "review"
ASSESSMENT_REVIEW = "assessment-review"
#: Every kind of date there is.
KINDS = (
    REQUEST_DUE,
    OBJECTION_WINDOW,
    AGREEMENT_EXPIRES,
    SAFEGUARD_ENDS,
    REVIEW,
    ASSESSMENT_REVIEW,
)

ENQUIRY = "authority-enquiry"  # not asked by the person concerned
FRIDAY = 4  # as date.weekday() counts
# Requests about which nothing more has to be done.
_CLOSED = ("answered", "refused", "withdrawn")
# The role in which a party needs an agreement of a kind; agreements nobody needs to look over.
_ROLES = {kind: role for role, kind in NEEDED_KIND.items()}


@dataclass(frozen=True, slots=True)
class Due:
    """A date of a record, and the field that holds it."""

    day: date
    kind: str
    record: Record
    field: str


def due(view: View) -> list[dict[str, Any]]:
    """What is overdue or falls due within the register's own number of days, earliest first."""
    every = (_agreements(view), _transfers(view), _requests(view), _parties(view), _reviews(view))
    found = [one for one in chain(*every) if (one.day - view.day).days <= view.expiring_days]
    found.sort(key=lambda one: (one.day, KINDS.index(one.kind), one.record.number, one.field))
    return [
        {
            "day": one.day.isoformat(),
            "days": (one.day - view.day).days,
            "kind": one.kind,
            "record": one.record.id,
            "field": one.field,
        }
        for one in found
    ]


def answer_by(request: Record) -> date | None:
    """The last day to answer a request; None if it does not say when it came in.

    One month after receipt, or the day it was extended to; where the next month has no such day,
    its last. Weekends and holidays are not counted in: an answer before them is in time, too.
    An extension beyond the three months the law allows does not move the day further than that.
    Source: Art. 12(3); Regulation (EEC, Euratom) 1182/71 Art. 3(2)(c).
    """
    extended = request.day("extended_until")
    limit = latest_extension(request)
    if extended is None or limit is None:
        return extended or first_month(request)
    return min(extended, next_working_day(limit))


def first_month(request: Record) -> date | None:
    """The last day of the month within which a request is answered, or the person told why not.

    Source: Art. 12(3); Regulation (EEC, Euratom) 1182/71 Art. 3(1), 3(2)(c): the day of receipt
    does not count, and the month ends with the day of the same number, or with its last.
    """
    received = request.day("received")
    return received and _months_after(received, 1)


def latest_extension(request: Record) -> date | None:
    """The last day a request of a person can be extended to: two further months.

    None for the enquiry of an authority, which sets its own time. Source: Art. 12(3).
    """
    received = request.day("received")
    if received is None or request.text("kind") == ENQUIRY:
        return None
    return _months_after(received, 3)


def next_working_day(day: date) -> date:
    """The day itself, or the Monday after a Saturday or Sunday; holidays are not known here.

    Source: Regulation (EEC, Euratom) 1182/71 Art. 3(4): a period that would end on one of them, or
    on a public holiday, ends with the following working day.
    """
    return day + timedelta(max(0, 7 - day.weekday())) if day.weekday() > FRIDAY else day


def is_answered(request: Record, day: date) -> bool:
    """True if nothing more has to be done about a request on a day."""
    answered = request.day("answered")
    return request.text("status") in _CLOSED or (answered is not None and answered <= day)


def _months_after(day: date, months: int) -> date | None:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _requests(view: View) -> Iterator[Due]:
    for request in view.of("request"):
        last = answer_by(request)
        if last and not is_answered(request, view.day):
            field = "extended_until" if request.day("extended_until") else "received"
            yield Due(last, REQUEST_DUE, request, field)


def _agreements(view: View) -> Iterator[Due]:
    """Agreements that end, those that ended while somebody still rests on them, and reviews."""
    for agreement in view.of("agreement"):
        found = agreement_status(agreement, view.day, view.expiring_days, view)
        expires, review = agreement.day("expires"), agreement.day("review")
        if found.status == "expiring" and found.until:
            yield Due(found.until, AGREEMENT_EXPIRES, agreement, "expires")
        elif found.status == "expired" and expires and _missed(agreement, view):
            yield Due(expires, AGREEMENT_EXPIRES, agreement, "expires")
        if review and found.status not in OVER:
            yield Due(review, REVIEW, agreement, "review")


def _missed(agreement: Record, view: View) -> bool:
    """True if a party in use needs such an agreement and has no better one (Art. 28(3), 26(1))."""
    party, role = agreement.text("party"), _ROLES.get(agreement.text("kind"))
    used = (one for one in view.sources(party, "activity") if in_use(one, view.day))
    if role is None or not any(role == r.role for one in used for r in recipients(one, view)):
        return False
    organisation = agreement.text("organisation") or None
    return agreement_state(view, party, role, organisation, view.day).agreement == agreement.id


def _transfers(view: View) -> Iterator[Due]:
    """Safeguards relied on that end while the transfer goes on, and their reviews."""
    for transfer in view.of("transfer"):
        if not running(view, transfer):
            continue
        last = transfer.day("to")
        for number, line in enumerate(transfer.lines("safeguards"), 1):
            path = f"safeguards.{line.get('id', number)}"
            end, review = day_of(line.get("to")), day_of(line.get("review"))
            over = end is not None and end < view.day
            relied_on = line.get("reliance") != "fallback"
            if end and not over and relied_on and (last is None or end < last):
                yield Due(end, SAFEGUARD_ENDS, transfer, f"{path}.to")
            if review and not over:
                yield Due(review, REVIEW, transfer, f"{path}.review")


def _parties(view: View) -> Iterator[Due]:
    """Sub-processors we may still object to (Art. 28(2)), and guarantees to check (28(1))."""
    for party in view.of("party"):
        for number, line in enumerate(party.lines("sub_processors"), 1):
            last = day_of(line.get("objection_until"))
            if last and last >= view.day and is_unanswered(line):
                path = f"sub_processors.{line.get('id', number)}.objection_until"
                yield Due(last, OBJECTION_WINDOW, party, path)
        checks = [(day, number, line) for number, line in enumerate(party.lines("guarantees"), 1)
                  if (day := day_of(line.get("next")))]  # fmt: skip
        if checks:
            # A later check answers the earlier ones.
            day, number, line = max(checks, key=lambda check: check[0])
            yield Due(day, REVIEW, party, f"guarantees.{line.get('id', number)}.next")


def _reviews(view: View) -> Iterator[Due]:
    """Days on which a record is to be looked over, as recorded in it."""
    for kind, key, why in (
        ("activity", "next_review", REVIEW),
        ("measure", "next_review", REVIEW),
        ("notice", "next_review", REVIEW),
        ("assessment", "next_review", ASSESSMENT_REVIEW),
    ):
        for record in view.of(kind):
            day = record.day(key)
            if day and not _done_with(record, view.day):
                yield Due(day, why, record, key)


def _done_with(record: Record, day: date) -> bool:
    """True for an activity, a measure or a notice that is no longer in use."""
    match record.kind_key:
        case "activity":
            return not in_use(record, day)
        case "measure":
            return record.text("status") == "ended"
        case "notice":
            replaced = record.day("replaced")
            return replaced is not None and replaced <= day
    return False
