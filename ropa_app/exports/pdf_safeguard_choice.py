"""What a summary of safeguards is about, and what it leaves out and why.

Of what is left out a customer is told the number for each reason, never more; the references are
for whoever makes the summary.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ropa_app.errors import UserError
from ropa_app.exports.pdf_mechanism import LAW
from ropa_app.exports.row import labelled, selected
from ropa_app.i18n import N_, _
from ropa_app.model.record import Record
from ropa_app.model.words import Words
from ropa_app.register.view import View
from ropa_app.rules.regimes import REGIMES
from ropa_app.rules.transfers import of_organisation, perhaps_serving, running

AREAS = {"eu": N_("the European Economic Area"), "uk": N_("the United Kingdom")}
# Reasons to leave a transfer out, as they are told; the first that holds is given.
OTHER_ORGANISATION = N_("Sent by another company than the one named here")
NOT_CHOSEN = N_("Not part of this selection")
ENDED = N_("Ended before this day")
INSIDE = N_("Inside {area}")
RECOGNISED = N_("To countries of the EEA, as said above")
UNRESTRICTED = N_("Recorded as no restricted transfer under {law}")
OTHER_LAW = N_("Only for work outside the scope of {law}")
OTHER_PEOPLE = N_("About people other than customers, or on behalf of others")
REASONS = (OTHER_ORGANISATION, NOT_CHOSEN, ENDED, INSIDE, RECOGNISED, UNRESTRICTED, OTHER_LAW,
           OTHER_PEOPLE)  # fmt: skip
# How many references a remark names one by one.
_MOST_NAMED = 20

LeftOut = Mapping[str, Sequence[Record]]


@dataclass(frozen=True, slots=True)
class Choice:
    """The transfers and activities of a summary, and by reason the transfers that are not in it.

    `selection` says that somebody chose among them.
    """

    transfers: Sequence[Record]
    activities: Sequence[Record]
    left_out: LeftOut
    selection: bool


def chosen(view: View, organisation: Record | None, refs: Sequence[str] | None) -> Choice:
    """The transfers and the activities a summary is about.

    `refs` names activities or transfers; with an activity come the transfers of which it is open
    whether they serve it. Raises UserError for any other reference, and for a transfer that has
    ended by the day.
    """
    activities, wanted = _wanted(view, organisation, refs)
    ids = {activity.id for activity in activities}
    found: list[Record] = []
    left_out: dict[str, list[Record]] = {}
    for transfer in view.of("transfer"):
        asked = transfer.id in wanted or not ids.isdisjoint(transfer.items("activities"))
        if not of_organisation(view, transfer, organisation):
            left_out.setdefault(OTHER_ORGANISATION, []).append(transfer)
        elif refs is not None and not asked:
            left_out.setdefault(NOT_CHOSEN, []).append(transfer)
        elif not running(view, transfer):
            left_out.setdefault(ENDED, []).append(transfer)
        else:
            found.append(transfer)
    return Choice(found, activities, left_out, refs is not None)


def _wanted(
    view: View, organisation: Record | None, refs: Sequence[str] | None
) -> tuple[list[Record], set[str]]:
    """The activities, and the ids of transfers that are named or may serve one that is named."""
    if refs is None:
        return selected(view, organisation), set()
    named = {ref for ref in refs if _kind(view, ref) == "transfer"}
    activities = selected(view, organisation, [ref for ref in refs if ref not in named])
    wanted = set()
    for ref in named:
        record = view.by_ref(ref)
        if record and not running(view, record):
            message = _("{ref} has ended by this day; name a transfer that is still running.")
            raise UserError(message.format(ref=ref))
        wanted |= {record.id} if record else set()
    wanted |= {t.id for a in activities for t in perhaps_serving(view, a, REGIMES)}
    return activities, wanted


def _kind(view: View, ref: str) -> str:
    record = view.by_ref(ref)
    if record is None or record.deleted or record.kind_key not in ("activity", "transfer"):
        message = _("{ref} is no activity or transfer of this register on this day.")
        raise UserError(message.format(ref=ref))
    return record.kind_key


def counted(words: Words, regime: str, left_out: LeftOut) -> Iterator[str]:
    """How many transfers are left out for each reason; nothing else of them."""
    for reason in REASONS:
        if found := left_out.get(reason):
            yield labelled(_said(words, regime, reason), str(len(found)))


def referenced(words: Words, regime: str, left_out: LeftOut) -> Iterator[str]:
    """The same with their references, for whoever makes the summary and may check it."""
    for reason in REASONS:
        if found := left_out.get(reason):
            refs, more = ", ".join(one.ref for one in found[:_MOST_NAMED]), len(found) - _MOST_NAMED
            if reason == NOT_CHOSEN:
                refs = str(len(found))  # whoever chose knows which they are not
            elif more > 0:
                refs = words.say(N_("{refs} and {count} more"), refs=refs, count=more)
            yield words.say(
                N_("Not in the summary under {law}. {reason}: {refs}."),
                law=words.say(LAW[regime]), reason=_said(words, regime, reason), refs=refs,
            )  # fmt: skip


def _said(words: Words, regime: str, reason: str) -> str:
    return words.say(reason, area=words.say(AREAS[regime]), law=words.say(LAW[regime]))
