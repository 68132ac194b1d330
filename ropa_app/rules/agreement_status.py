"""How an agreement stands on a day, and whether a party is covered by one.

Nothing of this is stored: it follows from the dates, the evidence and the day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from ropa_app.i18n import N_
from ropa_app.model.record import Record, items_of
from ropa_app.model.state import STATES, NotApplicable, Value
from ropa_app.model.words import Words
from ropa_app.register.view import View
from ropa_app.rules.parts import Named, Part, say

#: The statuses under which the agreement binds on the day.
IN_FORCE = ("in-force", "expiring")
#: The statuses of one that no longer binds.
OVER = ("expired", "terminated", "superseded")

# What a role needs; the others need none, but an agreement between controllers is shown.
NEEDED_KIND = {"processor": "processor-agreement", "joint-controller": "joint-arrangement"}
_NO_AGREEMENT = ("independent-controller", "public-authority", "internal")

#: Why an agreement may not cover a case, although it stands well in itself.
OPEN_ACTIVITIES = N_("Which activities the agreement covers is not settled.")
OPEN_ORGANISATION = N_("Which of our organisations the agreement binds is not settled.")

# Of several agreements the one that protects most counts.
_BEST_FIRST = (
    "in-force", "expiring", "signed", "not-required", "claimed", "negotiating", "requested",
    "superseded", "expired", "terminated", "missing",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AgreementStatus:
    """A term of the vocabulary agreement-status, the reason, and between which days.

    `since` is the day it began; `until` the last day it lasts as the recorded dates tell: for
    an agreement in force its last day, for a signed one the day before it takes effect.
    `services` are those it is limited to, as recorded: no recipient says which service it gives,
    so a reader has to see them.
    """

    status: str
    reason: str
    parts: Mapping[str, Part] = field(default_factory=dict, hash=False)
    since: date | None = None
    until: date | None = None
    services: tuple[str, ...] = ()

    @property
    def doubtful(self) -> bool:
        """True if it is not settled whether the agreement covers the case at all."""
        return self.reason in (OPEN_ACTIVITIES, OPEN_ORGANISATION)

    @property
    def in_force(self) -> bool:
        """True if the agreement binds on the day, also if it soon runs out."""
        return self.status in IN_FORCE

    def reason_words(self, words: Words) -> str:
        """Why it has this status, one sentence in the language of `words`."""
        sentence = say(words, self.reason, self.parts)
        if not self.services:
            return sentence
        limit = words.say(N_("Services covered: {services}."), services=", ".join(self.services))
        return f"{sentence} {limit}"


def agreement_status(
    agreement: Record, day: date, expiring_days: int, view: View | None = None
) -> AgreementStatus:
    """The status of an agreement on a day; `view` finds the one that superseded it.

    Only a text that somebody has seen (evidence “seen”) counts as signed, in force or expiring:
    who cannot show the agreement cannot show compliance (Art. 5(2), 28(9)). A date of signature
    without such evidence is a claim, whether the evidence is “none”, empty or still a question.
    A date counts from the day it names on, so the register can be asked about any day; a date
    that is open, not applicable or could not be read is no date. An end (superseded, terminated,
    expired) counts whatever the evidence, for it never makes an agreement look better; and for a
    record that none is needed too.
    """
    found = _superseded(agreement, day, view) or _ended(agreement, day)
    if found is None and agreement.text("kind") == "none-needed":
        found = _not_required(agreement)
    found = found or _standing(agreement, day, expiring_days)
    services = tuple(item for item in agreement.items("services") if isinstance(item, str))
    return replace(found, services=services) if services else found


def _not_required(agreement: Record) -> AgreementStatus:
    reason = agreement.text("reason_none")
    if reason:
        known: dict[str, Part] = {"reason": reason}
        return AgreementStatus("not-required", N_("No agreement is needed: {reason}"), known)
    return AgreementStatus(
        "not-required", N_("It is recorded that no agreement is needed, but not why.")
    )


def _superseded(agreement: Record, day: date, view: View | None) -> AgreementStatus | None:
    """Superseded once the next agreement, or one that followed it, is in force by its own dates.

    Followed step by step, each agreement once: chains may be long and, by mistake, closed.
    """
    seen = {agreement.id}
    current = agreement
    while view is not None:
        following = view.get(current.text("superseded_by"))
        if following is None or following.deleted or following.id in seen:
            return None
        if following.kind_key != "agreement":
            return None
        seen.add(following.id)
        current = following
        if _ended(following, day) is None:
            standing = _standing(following, day, 0)
            if standing.in_force:
                parts: dict[str, Part] = {"agreement": Named(following.id)}
                reason = N_("“{agreement}” is in force in its place.")
                return AgreementStatus("superseded", reason, parts, standing.since)
    return None


def _ended(agreement: Record, day: date) -> AgreementStatus | None:
    terminated, expires = agreement.day("terminated"), agreement.day("expires")
    if terminated and terminated <= day:
        reason = N_("It was terminated with effect from {day}.")
        return AgreementStatus("terminated", reason, {"day": terminated}, terminated)
    if expires and expires < day:
        reason = N_("Its last day was {day}.")
        return AgreementStatus("expired", reason, {"day": expires}, expires + timedelta(days=1))
    return None


def _standing(agreement: Record, day: date, expiring_days: int) -> AgreementStatus:
    """The status of an agreement that has not ended."""
    signed, effective = agreement.day("signed"), agreement.day("effective")
    evidence = agreement.text("evidence")
    is_signed = signed is not None and signed <= day
    # Without a date of signature, a text that was seen binds by the day it names itself.
    accepted = signed is None and effective is not None and (evidence == "seen" or effective <= day)
    if is_signed or accepted:
        if evidence == "seen":
            return _binding(agreement, day, expiring_days)
        return _not_seen(signed or effective, evidence)
    if signed is None and evidence == "claimed":
        return AgreementStatus("claimed", N_("An agreement is said to exist; nobody has seen it."))
    stage = _stage(agreement, day)
    if stage is None and signed is None and evidence == "seen":
        return AgreementStatus(
            "claimed", N_("The text has been seen, but no date shows from when it applies.")
        )
    return stage or AgreementStatus("missing", N_("Nothing shows that there is an agreement."))


def _not_seen(start: date | None, evidence: str) -> AgreementStatus:
    parts: dict[str, Part] = {"day": start} if start else {}
    if evidence == "none":
        reason = N_("The date {day} is recorded, but there is nothing to show for it.")
    else:
        reason = N_("The date {day} is recorded, but no signed copy has been seen.")
    return AgreementStatus("claimed", reason, parts, start)


def _binding(agreement: Record, day: date, expiring_days: int) -> AgreementStatus:
    """Signed, in force or expiring: the text was seen and is signed or accepted."""
    signed, effective = agreement.day("signed"), agreement.day("effective")
    unknown = agreement.state("effective")
    if unknown is not None and not isinstance(unknown, NotApplicable):
        reason = N_("It is signed, but from which day it applies is not settled.")
        return AgreementStatus("signed", reason, {}, signed)
    if effective and effective > day:
        reason = N_("It is signed and takes effect on {day}.")
        return AgreementStatus(
            "signed", reason, {"day": effective}, signed, effective - timedelta(days=1)
        )
    since = max(found for found in (signed, effective) if found)
    last = _last_day(agreement)
    if last is None:
        return AgreementStatus("in-force", N_("In force since {day}."), {"day": since}, since)
    parts: dict[str, Part] = {"day": since, "last": last}
    if (last - day).days <= expiring_days:
        reason = N_("In force since {day}; its last day is {last}.")
        return AgreementStatus("expiring", reason, parts, since, last)
    return AgreementStatus("in-force", N_("In force from {day} to {last}."), parts, since, last)


def _last_day(agreement: Record) -> date | None:
    """The last day it applies, by its term or by a notice already given; None if none is set."""
    terminated = agreement.day("terminated")
    ends = [agreement.day("expires"), terminated and terminated - timedelta(days=1)]
    return min((day for day in ends if day), default=None)


def _stage(agreement: Record, day: date) -> AgreementStatus | None:
    sent, requested = agreement.day("sent"), agreement.day("requested")
    if sent and sent <= day:
        reason = N_("A draft was exchanged on {day}; nothing has been signed.")
        return AgreementStatus("negotiating", reason, {"day": sent}, sent)
    if requested and requested <= day:
        reason = N_("It was asked for on {day}; no draft has been exchanged.")
        return AgreementStatus("requested", reason, {"day": requested}, requested)
    return None


@dataclass(frozen=True, slots=True)
class AgreementState:
    """How a party in a role stands towards an organisation of ours: its best agreement.

    `found` is None only where the role is not determined and no agreement is recorded: then
    nobody can say whether one is needed. `agreement` is the record id of the agreement that
    gives the status; `others` are the remaining ones that cover the case.
    """

    party: str
    role: str
    organisation: str | None
    found: AgreementStatus | None
    agreement: str | None = None
    others: tuple[tuple[str, AgreementStatus], ...] = ()

    @property
    def status(self) -> str:
        """The term of the vocabulary agreement-status; empty where the role decides it first."""
        return self.found.status if self.found else ""

    @property
    def weakness(self) -> int:
        """How far from an agreement in force: 0 is best, an unknown need is worst."""
        return len(_BEST_FIRST) if self.found is None else _BEST_FIRST.index(self.found.status)


def agreement_state(
    view: View,
    party_id: str,
    role: str,
    organisation_id: str | None,
    day: date,
    *,
    activity_id: str | None = None,
    relied_on: str = "",
) -> AgreementState:
    """The state of agreements with a party in a role (recipient-role) on a day.

    A processor needs a processor agreement (Art. 28(3)), a joint controller an arrangement
    (Art. 26(1)); other roles need none, but a recorded agreement between controllers is shown.
    `organisation_id` None asks for any of our organisations, `activity_id` None for any
    activity. `relied_on` is an agreement named for this very case, such as one with the parent
    company of the party.
    """
    found = []
    for agreement, doubt in _covering(
        view, party_id, role, organisation_id, activity_id, relied_on
    ):
        status = agreement_status(agreement, day, view.expiring_days, view)
        found.append((agreement.id, _doubted(status, doubt) if doubt else status))
    if found:
        found.sort(key=lambda item: _best_first(item, _of_another(view, item[0], organisation_id)))
        best, *others = found
        return AgreementState(party_id, role, organisation_id, best[1], best[0], tuple(others))
    return AgreementState(party_id, role, organisation_id, _without(role))


def _doubted(status: AgreementStatus, doubt: str) -> AgreementStatus:
    """The status for a case that the agreement may not cover: claimed at best, and why."""
    if status.in_force or status.status in ("signed", "not-required"):
        return AgreementStatus("claimed", doubt, {}, status.since, None, status.services)
    return status


def _without(role: str) -> AgreementStatus | None:
    if role in NEEDED_KIND:
        return AgreementStatus("missing", N_("No agreement that covers this is recorded."))
    if role in _NO_AGREEMENT:
        return AgreementStatus("not-required", N_("In this role no agreement is demanded."))
    return None


def _of_another(view: View, agreement_id: str, organisation_id: str | None) -> bool:
    """True if the agreement is one of another of our organisations, relied on for this case."""
    return organisation_id is not None and (
        view.records[agreement_id].text("organisation") not in ("", organisation_id)
    )


def _best_first(item: tuple[str, AgreementStatus], of_another: bool) -> tuple[int, bool, int, str]:
    """Best status first, of these an own one, then the newest.

    The id keeps the order the same everywhere.
    """
    identifier, status = item
    newest = -status.since.toordinal() if status.since else 0
    return _BEST_FIRST.index(status.status), of_another, newest, identifier


def _covering(
    view: View, party_id: str, role: str, organisation_id: str | None, activity_id: str | None,
    relied_on: str,
) -> Iterator[tuple[Record, str]]:  # fmt: skip
    """The agreements that cover a case, and those that may: these with the reason for doubt."""
    party = view.get(party_id)
    kinds = _kinds(role)
    sole = len(view.of("organisation")) == 1
    for agreement in view.sources(party.id if party else party_id, "agreement"):
        bound = view.get(agreement.text("party"))
        if party is None or bound is None or bound.id != party.id:
            continue
        if agreement.text("kind") not in kinds or agreement.id == relied_on:
            continue
        ours = _binds_us(agreement, organisation_id, sole)
        covered = activity_id is None or _covers(agreement["activities"], activity_id)
        if ours is False or covered is False:
            continue
        doubt = "" if covered else OPEN_ACTIVITIES
        yield agreement, doubt if ours else OPEN_ORGANISATION
    named = view.get(relied_on)
    if named is None or named.deleted or named.kind_key != "agreement":
        return
    if named.text("kind") in kinds:
        yield named, ""


def _unsettled(value: Value) -> bool:
    """True if a value, or an item of it, is in a state that leaves open what it is.

    “Not applicable” leaves nothing open: there is no limit.
    """
    items = value if isinstance(value, list) else [value]
    return any(isinstance(item, STATES) and not isinstance(item, NotApplicable) for item in items)


def _binds_us(agreement: Record, organisation_id: str | None, sole: bool) -> bool | None:
    """Whether the agreement binds the organisation (None: any of ours); None if not settled."""
    if _unsettled(agreement["organisation"]):
        return None
    if organisation_id is None or agreement.text("organisation") == organisation_id:
        return True
    # An agreement that names no organisation of ours can only mean the only one there is.
    return sole and not agreement.text("organisation")


def _covers(activities: Value, activity_id: str) -> bool | None:
    """Whether it covers the activity; an empty list covers all; None if that is not settled."""
    named = items_of(activities)
    if activity_id in named:
        return True
    return None if _unsettled(activities) else not named


def _kinds(role: str) -> tuple[str, ...]:
    if role in NEEDED_KIND:
        return NEEDED_KIND[role], "none-needed"
    if role in _NO_AGREEMENT:
        return "controller-to-controller", "none-needed"
    return (*NEEDED_KIND.values(), "controller-to-controller", "none-needed")
