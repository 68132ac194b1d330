"""Columns of lists that are worked out, never stored: the state of agreements, first of all."""

from __future__ import annotations

from collections.abc import Callable

from ropa_app.model.dates import date_words
from ropa_app.model.record import Record
from ropa_app.rules.agreement_status import agreement_status
from ropa_app.rules.overview_due import answer_by
from ropa_app.rules.party_states import in_use, organisations_of, recipients, state_of
from ropa_ui.models.session import Session


def derived_text(session: Session, identifier: str, key: str) -> str:
    """What a derived column says of a record, in words."""
    record = session.view.records.get(identifier)
    return _MADE[key](session, record) if record else ""


def derived_key(session: Session, identifier: str, key: str) -> str:
    """What a derived column is ordered by: its words, but a date by the calendar."""
    record = session.view.records.get(identifier)
    if record is not None and key == "answer_by":
        last = answer_by(record)
        return last.isoformat() if last else ""
    return derived_text(session, identifier, key)


def party_states_of(session: Session, party: Record) -> list[tuple[str, str]]:
    """How a party stands in this register: pairs of role and status of agreement, each once.

    The status is empty where the role needs none.
    """
    view = session.view
    found: dict[tuple[str, str], None] = {}
    for activity in view.sources(party.id, "activity"):
        if not in_use(activity, view.day):
            continue
        for recipient in recipients(activity, view):
            if recipient.party == party.id:
                for organisation in organisations_of(activity, view):
                    state = state_of(recipient, organisation, view, view.day)
                    found[recipient.role, state.status or ""] = None
    return list(found)


def _agreement_status(session: Session, agreement: Record) -> str:
    view = session.view
    found = agreement_status(agreement, view.day, view.expiring_days, view)
    return session.words.term("agreement-status", found.status)


def _roles(session: Session, party: Record) -> str:
    roles = dict.fromkeys(role for role, _status in party_states_of(session, party))
    return ", ".join(session.words.term("recipient-role", role) for role in roles)


def _party_agreements(session: Session, party: Record) -> str:
    states = dict.fromkeys(status for _role, status in party_states_of(session, party) if status)
    return ", ".join(session.words.term("agreement-status", status) for status in states)


def _answer_by(session: Session, request: Record) -> str:
    last = answer_by(request)
    return date_words(last.isoformat(), session.words.language) if last else ""


_MADE: dict[str, Callable[[Session, Record], str]] = {
    "agreement_status": _agreement_status,
    "answer_by": _answer_by,
    "roles": _roles,
    "party_agreements": _party_agreements,
}
