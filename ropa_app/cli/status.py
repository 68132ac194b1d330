"""Worked-out statuses for lists: agreements, and parties by role and organisation."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from ropa_app.model.record import Record
from ropa_app.model.words import Words
from ropa_app.register.view import View
from ropa_app.rules.agreement_status import agreement_status
from ropa_app.rules.party_states import PartyState, party_states


class Statuses:
    """The statuses of the records of a view, as JSON data and in words."""

    def __init__(self, view: View, words: Words) -> None:
        self._view, self._words = view, words

    @cached_property
    def _by_party(self) -> dict[str, list[PartyState]]:
        found: dict[str, list[PartyState]] = {}
        for state in party_states(self._view, self._view.day):
            found.setdefault(state.party, []).append(state)
        return found

    def data(self, record: Record) -> Any:
        """The status of an agreement, the states of a party; None for other kinds."""
        if record.kind_key == "agreement":
            status = agreement_status(
                record, self._view.day, self._view.expiring_days, self._view
            )
            return {
                "status": status.status,
                "words": self._words.term("agreement-status", status.status),
                "reason": status.reason_words(self._words),
                "since": status.since.isoformat() if status.since else None,
                "until": status.until.isoformat() if status.until else None,
            }
        if record.kind_key == "party":
            return [self._party(state) for state in self._by_party.get(record.id, [])]
        return None

    def _party(self, state: PartyState) -> dict[str, Any]:
        organisation = self._view.records.get(state.organisation or "")
        agreement = self._view.records.get(state.state.agreement or "")
        return {
            "role": state.role,
            "organisation": organisation.ref if organisation else None,
            "status": state.state.status,
            "agreement": agreement.ref if agreement else None,
            "activities": [self._view.records[a].ref for a in state.activities],
        }

    def words(self, record: Record) -> str | None:
        """The same in words; None for kinds without a status."""
        data = self.data(record)
        if data is None:
            return None
        if isinstance(data, dict):
            return str(data["words"])
        return "; ".join(self._party_words(item) for item in data)

    def reason(self, record: Record) -> str | None:
        """Why an agreement has its status, in words; None for other kinds."""
        return str(self.data(record)["reason"]) if record.kind_key == "agreement" else None

    def _party_words(self, item: dict[str, Any]) -> str:
        role = self._words.term("recipient-role", item["role"])
        status = item["status"] and self._words.term("agreement-status", item["status"])
        ours = f" ({item['organisation']})" if item["organisation"] else ""
        return f"{role}{ours}: {status}" if status else f"{role}{ours}"
