"""Columns of lists that are worked out, never stored: the state of agreements, first of all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from ropa_app.i18n import _
from ropa_app.model.dates import date_words
from ropa_app.model.record import Record
from ropa_app.model.state import Value
from ropa_app.model.words import Words
from ropa_app.register.view import View
from ropa_app.rules.agreement_status import agreement_status
from ropa_app.rules.overview_due import answer_by, is_answered
from ropa_app.rules.party_states import in_use, organisations_of, recipients, state_of
from ropa_app.rules.regimes import REGIMES
from ropa_ui.models.mechanism_words import mechanism_in_regime, short_regime

_PARTY_STATES = "states of parties"  # what a view has worked out stands under this


class Source(Protocol):
    """Where columns are worked out from: the open register, or one read beside the window."""

    @property
    def view(self) -> View: ...

    @property
    def words(self) -> Words: ...


def derived_text(source: Source, identifier: str, key: str) -> str:
    """What a derived column says of a record, in words."""
    record = source.view.records.get(identifier)
    return _MADE[key](source, record) if record else ""


def derived_key(source: Source, identifier: str, key: str) -> str:
    """What a derived column is ordered by: its words, but a date by the calendar."""
    record = source.view.records.get(identifier)
    if record is not None and key == "answer_by":
        last = answer_by(record)
        return last.isoformat() if last else ""
    return derived_text(source, identifier, key)


def party_states_of(source: Source, party: Record) -> list[tuple[str, str]]:
    """How a party stands in this register: pairs of role and status of agreement, each once.

    The status is empty where the role needs none.
    """
    known: dict[str, list[tuple[str, str]]]
    known = source.view.worked_out.setdefault(_PARTY_STATES, {})
    if party.id not in known:
        known[party.id] = list(_party_states(source.view, party))
    return known[party.id]


def _party_states(view: View, party: Record) -> dict[tuple[str, str], None]:
    found: dict[tuple[str, str], None] = {}
    for activity in view.sources(party.id, "activity"):
        if not in_use(activity, view.day):
            continue
        for recipient in recipients(activity, view):
            if recipient.party == party.id:
                for organisation in organisations_of(activity, view):
                    state = state_of(recipient, organisation, view, view.day)
                    found[recipient.role, state.status or ""] = None
    return found


def _agreement_status(source: Source, agreement: Record) -> str:
    view = source.view
    found = agreement_status(agreement, view.day, view.expiring_days, view)
    return source.words.term("agreement-status", found.status)


def _roles(source: Source, party: Record) -> str:
    roles = dict.fromkeys(role for role, _status in party_states_of(source, party))
    return ", ".join(source.words.term("recipient-role", role) for role in roles)


def _party_agreements(source: Source, party: Record) -> str:
    """What the roles here need; where they need none, what is recorded all the same."""
    states = dict.fromkeys(status for _role, status in party_states_of(source, party) if status)
    if not states:
        view = source.view
        recorded = view.sources(party.id, "agreement")
        states = dict.fromkeys(
            agreement_status(each, view.day, view.expiring_days, view).status
            for each in recorded if each.text("party") == party.id
        )  # fmt: skip
    return ", ".join(source.words.term("agreement-status", status) for status in states)


def _answer_by(source: Source, request: Record) -> str:
    last = answer_by(request)
    return date_words(last.isoformat(), source.words.language) if last else ""


def is_overdue(source: Source, record: Record) -> bool:
    """True for a request whose last day to be answered has gone by without an answer."""
    last = answer_by(record) if record.kind_key == "request" else None
    day = source.view.day
    return last is not None and last < day and not is_answered(record, day)


def _relied_on(source: Source, transfer: Record) -> str:
    """The mechanism relied on today under each regime, in short: “EU: SCC, UK: Addendum”."""
    said: dict[str, str] = {}
    for line in transfer.lines("safeguards"):
        regime, mechanism = line.get("regime"), line.get("mechanism")
        if line.get("reliance") == "fallback" or not _holds(line, source.view.day.isoformat()):
            continue
        if isinstance(regime, str) and isinstance(mechanism, str):
            said.setdefault(regime, mechanism_in_regime(mechanism, source.words))
    return ", ".join(
        _("{label}: {text}").format(label=short_regime(regime), text=said[regime])
        for regime in REGIMES if regime in said
    )  # fmt: skip


def _holds(line: Mapping[str, Value], day: str) -> bool:
    """True if nothing says that a line had not begun or was over on a day."""
    begins, ends = line.get("from"), line.get("to")
    early = isinstance(begins, str) and begins > day
    return not early and not (isinstance(ends, str) and ends < day)


def none_words(source: Source, record: Record, key: str) -> str:
    """What a derived column without words says at the head of a form."""
    if key == "party_agreements":
        return _("none needed") if party_states_of(source, record) else _("none")
    return _("not stated")


_MADE: dict[str, Callable[[Source, Record], str]] = {
    "agreement_status": _agreement_status,
    "answer_by": _answer_by,
    "relied_on": _relied_on,
    "roles": _roles,
    "party_agreements": _party_agreements,
}
