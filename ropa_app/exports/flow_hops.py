"""How each place where data end up stands under each regime, by what is recorded.

The same classes as the figures of the overview; no verdict is given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ropa_app.exports.flow import worst_of
from ropa_app.model.record import Record
from ropa_app.model.state import STATES, NotApplicable
from ropa_app.register.view import View
from ropa_app.rules.overview_transfers import ADEQUATE, INSIDE, LEG_STATES, OPEN, Leg, Legs
from ropa_app.rules.party_states import acting
from ropa_app.rules.regimes import REGIMES, possible
from ropa_app.rules.transfers import running

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Hop:
    """One party in one country: state and mechanism by regime, and the transfers recorded.

    Not `settled` if no transfer says for certain that it serves what the flow is of.
    """

    states: Mapping[str, str]
    mechanisms: Mapping[str, str]
    transfers: tuple[Record, ...]
    settled: bool

    @property
    def state(self) -> str:
        """The worst over the regimes.

        Inside where nothing but adequacy is needed beside and no transfer is recorded: the home
        of a company that falls under both laws is nothing to draw attention to.
        """
        worst = worst_of(list(self.states.values()))
        at_home = worst == ADEQUATE and INSIDE in self.states.values() and not self.transfers
        return INSIDE if at_home else worst


class Hops:
    """Finds transfers by party, and judges where each party works."""

    def __init__(self, view: View, activities: Sequence[Record]) -> None:
        self._view = view
        self._activities = {activity.id for activity in activities}
        found = {r for a in activities for r in possible(a, acting(a, view))}
        self.regimes = [regime for regime in REGIMES if regime in found or not found]
        self._known: dict[str, list[tuple[Record, bool]]] = {}

    def _of(self, party: str) -> list[tuple[Record, bool]]:
        """The running transfers of a party that serve the flow (True) or may (False)."""
        if party not in self._known:
            listed = self._view.sources(party, "transfer")
            judged = [(t, self._serves(t)) for t in listed if running(self._view, t)]
            self._known[party] = [(t, bool(serves)) for t, serves in judged if serves is not False]
        return self._known[party]

    def _serves(self, transfer: Record) -> bool | None:
        value = transfer["activities"]
        named = set(transfer.items("activities"))
        if named & self._activities:
            return True
        items = value if isinstance(value, list) else [value]
        unsettled = any(isinstance(i, STATES) and not isinstance(i, NotApplicable) for i in items)
        return None if unsettled or not value else False

    def leaving(self, party: Record) -> list[Record]:
        """The transfers that serve the flow and that the party exports."""
        return [t for t, serves in self._of(party.id)
                if serves and t.text("exporter") == party.id]  # fmt: skip

    def arriving(self, party: str) -> list[Record]:
        """The transfers that serve the flow and reach the party."""
        return [t for t, serves in self._of(party) if serves and t.text("importer") == party]

    def judge(
        self, pairs: Sequence[Pair], given: Mapping[Pair, Sequence[Record]] | None = None
    ) -> dict[Pair, Hop]:
        """How each party (id) in each country (code, or "") stands.

        `given`: the transfers of pairs whose party is not known.
        """
        given = given or {}
        known = {pair: [(t, True) for t in given.get(pair, ())] or self._recorded(pair)
                 for pair in pairs}  # fmt: skip
        bare = [self._bare(pair) for pair in pairs]
        recorded = {t.id: t for found in known.values() for t, _serves in found}
        legs: dict[str, list[Leg]] = {}
        for leg in Legs(self._view, [*recorded.values(), *bare]).all:
            if leg.regime in self.regimes:
                legs.setdefault(leg.transfer.id, []).append(leg)
        return {pair: _hop(known[pair], legs, legs.get(_bare_id(pair), [])) for pair in pairs}

    def _recorded(self, pair: Pair) -> list[tuple[Record, bool]]:
        party, country = pair
        return [(t, serves) for t, serves in self._of(party)
                if t.text("importer") == party and t.text("destination") == country]  # fmt: skip

    def _bare(self, pair: Pair) -> Record:
        """A transfer of which nothing is recorded but where it goes: what the place alone says."""
        party, country = pair
        values = {"importer": party, "destination": country or None}
        values["activities"] = sorted(self._activities)[:50]  # type: ignore[assignment]
        return Record("transfer", 0, _bare_id(pair), values)


def _bare_id(pair: Pair) -> str:
    return f"{pair[0]}>{pair[1]}"


def _hop(
    recorded: Sequence[tuple[Record, bool]], legs: Mapping[str, list[Leg]], bare: Sequence[Leg]
) -> Hop:
    """The worst of the transfers that serve the flow; without one, what the place alone says.

    Silence is a question, not a gap: that no transfer is recorded does not show that none is
    protected.
    """
    place = {leg.regime: min(leg.state, OPEN, key=LEG_STATES.index) for leg in bare}
    settled = [t for t, serves in recorded if serves]
    transfers = settled or [t for t, _serves in recorded]
    states: dict[str, str] = {}
    mechanisms: dict[str, str] = {}
    for transfer in settled:
        for leg in legs.get(transfer.id, ()):
            if LEG_STATES.index(leg.state) >= LEG_STATES.index(states.get(leg.regime, "inside")):
                states[leg.regime] = leg.state
                mechanisms[leg.regime] = leg.mechanism
    return Hop(place | states, mechanisms, tuple(transfers), bool(settled))


