"""The parties that receive data, and how the agreements with each stand.

Lists, exports, the command line and the rules all look at recipients through this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from ropa_app.model.record import Record
from ropa_app.register.view import View
from ropa_app.rules.agreement_status import AgreementState, agreement_state

NOT_DETERMINED = "not-determined"


@dataclass(frozen=True, slots=True)
class Recipient:
    """A named party among the recipients of an activity: its line (from 1), id and role."""

    activity: Record
    line: int
    line_id: str
    party: str
    role: str
    relied_on: str


def in_use(activity: Record, day: date) -> bool:
    """True unless the entry is retired or the processing had ended by the day."""
    ended = activity.day("ended")
    over = activity.text("processing_status") == "ended" or (ended is not None and ended < day)
    return not over and activity.text("status") != "retired"


def recipients(activity: Record, view: View) -> Iterator[Recipient]:
    """The recipients of an activity that are named parties; merged parties by their new id.

    A role that is empty, open or could not be read is “not-determined”.
    """
    value = activity["recipients"]
    for number, line in enumerate(value if isinstance(value, list) else (), 1):
        if not isinstance(line, dict):
            continue
        named, role, relied_on = (line.get(key) for key in ("party", "role", "agreement"))
        party = view.get(named) if isinstance(named, str) else None
        if party is None or party.deleted:
            continue
        yield Recipient(
            activity,
            number,
            str(line.get("id", "")),
            party.id,
            role if isinstance(role, str) else NOT_DETERMINED,
            relied_on if isinstance(relied_on, str) else "",
        )


def state_of(
    recipient: Recipient, organisation_id: str | None, view: View, day: date
) -> AgreementState:
    """The state of agreements for one recipient of one activity."""
    return agreement_state(
        view,
        recipient.party,
        recipient.role,
        organisation_id,
        day,
        activity_id=recipient.activity.id,
        relied_on=recipient.relied_on,
    )


def organisations_of(activity: Record, view: View) -> list[str | None]:
    """The ids of the organisations of ours that act in an activity.

    One that names none belongs to all of them, so that it is missing from nobody's record; [None]
    only where the register holds no organisation at all. Source: Art. 30(1) “each controller”.
    """
    named = view.linked(activity, "organisations") or view.of("organisation")
    return [record.id for record in named] or [None]


def acting(activity: Record, view: View, asked: Sequence[Record] = ()) -> list[Record]:
    """The same organisations as records; of several asked for, those among them, if any act.

    Empty only where the register holds no organisation. Source: Art. 30(1) “each controller”.
    """
    found = [view.records[i] for i in organisations_of(activity, view) if i is not None]
    wanted = {record.id for record in asked}
    return [record for record in found if record.id in wanted] or found


@dataclass(frozen=True, slots=True)
class PartyState:
    """A party in a role towards one organisation: its activities and how each stands."""

    party: str
    role: str
    organisation: str | None
    by_activity: tuple[tuple[str, AgreementState], ...]

    @property
    def activities(self) -> tuple[str, ...]:
        """The record ids of the activities, by number."""
        return tuple(activity for activity, _state in self.by_activity)

    @property
    def state(self) -> AgreementState:
        """The weakest of the states: an agreement that covers one activity of two is a gap."""
        return max((state for _activity, state in self.by_activity), key=attrgetter("weakness"))


def party_states(
    view: View, day: date, activities: Iterable[Record] | None = None, party: str = ""
) -> list[PartyState]:
    """Every party, role and organisation of ours among the recipients of activities in use.

    Of the activities given only, where some are, and of the one party (its id). By number of the
    party, then role, then number of the organisation.
    """
    found: dict[tuple[str, str, str | None], dict[str, AgreementState]] = {}
    for activity in view.of("activity") if activities is None else activities:
        if not in_use(activity, day):
            continue
        for recipient in recipients(activity, view):
            if party and recipient.party != party:
                continue
            for organisation in organisations_of(activity, view):
                state = state_of(recipient, organisation, view, day)
                group = found.setdefault((recipient.party, recipient.role, organisation), {})
                known = group.get(activity.id)
                if known is None or state.weakness > known.weakness:
                    group[activity.id] = state
    ordered = sorted(found, key=lambda key: _order(view, key))
    return [PartyState(*key, tuple(found[key].items())) for key in ordered]


def _order(view: View, key: tuple[str, str, str | None]) -> tuple[int, str, int]:
    party, role, organisation = key
    bound = view.records.get(organisation or "")
    return view.records[party].number, role, bound.number if bound else 0
