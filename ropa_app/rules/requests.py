"""Extending the time to answer a request: how far, why, when the person is told, Art. 12(3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ropa_app.i18n import N_
from ropa_app.model.record import Record
from ropa_app.register.view import View
from ropa_app.rules.findings import Found, rule
from ropa_app.rules.overview_due import first_month, latest_extension, next_working_day
from ropa_app.rules.parts import Article

# A period that would end on a public holiday ends with the next working day; which days are
# holidays is not known here, and none last longer than this.
_HOLIDAYS = timedelta(7)
# Requests under Art. 15 to 22, by the terms of their kinds.
_OF_A_PERSON = ("access", "safeguard-copy", "rectification", "erasure", "restriction",
                "portability", "objection", "automated-decisions")  # fmt: skip


@rule(id="R-request-01", article="12(3)", severity="error", kinds=("request",))
def extended_too_far(record: Record, view: View) -> Iterator[Found]:
    """A request was extended beyond two further months, three in all after receipt.

    A warning where a public holiday on the last day could explain it.
    Source: Art. 12(3); Regulation (EEC, Euratom) 1182/71 Art. 3(2)(c) and 3(4).
    """
    limit, until = latest_extension(record), record.day("extended_until")
    if limit is None or until is None or until <= next_working_day(limit):
        return
    yield Found(
        "extended_until",
        N_("The time to answer was extended to {until}. {article} allows two months more than the "
           "first one, so it ends on {limit}."),
        N_("Answer by {limit}, and enter that day. Later is in time only where that day is a "
           "holiday: then the next working day."),
        {"until": until, "limit": limit, "article": Article("12(3)")},
        severity=_severity(record, until <= limit + _HOLIDAYS),
    )  # fmt: skip


@rule(id="R-request-02", article="12(3)", severity="warning", kinds=("request",))
def extended_without_reason(record: Record, view: View) -> Iterator[Found]:
    """The time to answer was extended and no reason is recorded. Source: Art. 12(3)."""
    extended = record.day("extended_until") and latest_extension(record)
    if extended and record["extension_reason"] is None:
        yield Found(
            "extension_reason",
            N_("No reason is recorded for extending the time to answer; the person has to be told "
               "one."),
            N_("Note why more time is needed: how complex the request is, or how many there are."),
            {},
        )  # fmt: skip


@rule(id="R-request-03", article="12(3)", severity="error", kinds=("request",))
def told_too_late(record: Record, view: View) -> Iterator[Found]:
    """The person was told of the extension after the first month, or it is not recorded when.

    Silence is a question: the extension holds only if the person was told in time.
    Source: Art. 12(3); Regulation (EEC, Euratom) 1182/71 Art. 3(2)(c) and 3(4).
    """
    first, told = first_month(record), record.day("extension_told")
    if first is None or record.day("extended_until") is None or latest_extension(record) is None:
        return
    if told is not None and told > next_working_day(first):
        yield Found(
            "extension_told",
            N_("The person was told of the extension on {told}, after the first month, which ended "
               "on {first}."),
            N_("Answer without delay, and note in the steps why it was told late."),
            {"told": told, "first": first},
            severity=_severity(record, told <= first + _HOLIDAYS),
        )  # fmt: skip
    elif record["extension_told"] is None:
        yield Found(
            "extension_told",
            N_("When was the person told of the extension and its reason? Told by {first}, the "
               "longer time holds; otherwise the answer was due on that day."),
            N_("Tell the person by then, and enter the day."),
            {"first": first},
            severity="question",
        )  # fmt: skip


def _severity(request: Record, excusable: bool) -> str:
    """An error where the request is known to be one that Art. 12(3) speaks of."""
    return "warning" if excusable or request.text("kind") not in _OF_A_PERSON else "error"
