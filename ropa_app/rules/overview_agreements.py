"""How the agreements with our processors stand, counted by status."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ropa_app.model.record import Record
from ropa_app.register.view import View
from ropa_app.rules.party_states import organisations_of, recipients, state_of

#: The statuses of the vocabulary agreement-status from good to bad, with the colour of each.
ROLES = {
    "in-force": "ok",
    "expiring": "warn",
    "signed": "warn",
    "negotiating": "warn",
    "requested": "warn",
    "claimed": "rev",
    "superseded": "rev",
    "expired": "bad",
    "terminated": "bad",
    "missing": "bad",
    "not-required": "nil",
}


def agreements(view: View, used: Iterable[Record]) -> list[dict[str, Any]]:
    """The processors of the activities in use by the status of their agreement, if it occurs.

    A processor of several organisations or activities counts once, by the weakest of its states.
    Source: Art. 28(3).
    """
    worst: dict[str, tuple[int, str]] = {}
    for activity in used:
        for recipient in recipients(activity, view):
            if recipient.role != "processor":
                continue
            for organisation in organisations_of(activity, view):
                state = state_of(recipient, organisation, view, view.day)
                found = (state.weakness, state.status)
                worst[recipient.party] = max(worst.get(recipient.party, found), found)
    by_status: dict[str, list[str]] = {}
    for party in sorted(worst, key=lambda party: view.records[party].number):
        by_status.setdefault(worst[party][1], []).append(party)
    return [
        {"status": status, "role": role, "parties": by_status[status]}
        for status, role in ROLES.items()
        if status in by_status
    ]
