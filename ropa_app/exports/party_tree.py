"""The sub-processors of a party as a tree: who, where, and by what the data are protected there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ropa_app.exports import flow_words as say
from ropa_app.exports.flow import LOOKS, worst_of
from ropa_app.exports.flow_build import sector_icon
from ropa_app.exports.flow_chain import BY_SUB, Step, countries, steps
from ropa_app.exports.flow_hops import Hop, Hops
from ropa_app.i18n import N_
from ropa_app.model.record import Record
from ropa_app.model.words import Words, lower_first
from ropa_app.register.view import View
from ropa_app.rules.overview_transfers import OPEN, OPEN_MECHANISM


@dataclass(frozen=True, slots=True)
class Branch:
    """A party of the tree: how deep it stands, its name, and its second line with an icon.

    `sector` is the icon of what it supplies.

    `record` is empty where the party is not named. `says` is all of it in words, for readers.
    `is_sub` is False for the party itself, a parent with access and a further importer.
    """

    depth: int
    name: str
    line: str
    icon: str
    role: str
    record: str
    says: str
    sector: str
    is_sub: bool


def sub_processor_tree(
    view: View, party: Record, words: Words, activities: list[Record]
) -> list[Branch]:
    """The party and all that it passes data on to, top down (Art. 28(2), 28(4), 44).

    Whom a chain leads back to is named once more, and not followed; so is what stands elsewhere
    in the tree with all it uses. `activities`: those that use the party.
    """
    return list(_Tree(view, words, activities).grow(party))


class _Tree:
    def __init__(self, view: View, words: Words, activities: list[Record]) -> None:
        self._view, self._words = view, words
        self._hops = Hops(view, activities)

    def grow(self, party: Record) -> Iterator[Branch]:
        onward = steps(self._view, party, self._hops.leaving(party))
        yield self._branch(0, None, party, countries(self._view, party, onward), False)
        told = {party.id}  # with all they use
        waiting = [(1, step) for step in reversed(onward)]
        while waiting:
            depth, step = waiting.pop()
            record = self._view.get(step.party) if step.party else None
            further = steps(self._view, record, self._hops.leaving(record)) if record else []
            again = record is not None and record.id in told and bool(further)
            if again and step.why != BY_SUB:
                continue  # of a parent with access, once is enough
            places = list(step.countries)
            if not places and record is not None:
                places = countries(self._view, record, further)
            yield self._branch(depth, step, record, places or [""], again)
            if record is not None and record.id not in told:
                told.add(record.id)
                waiting += [(depth + 1, one) for one in reversed(further)]

    def _branch(
        self, depth: int, step: Step | None, record: Record | None, places: list[str], again: bool
    ) -> Branch:  # fmt: skip
        key = record.id if record else (step.key if step else "")
        judged = self._hops.judge([(key, code) for code in places])
        icon, role = LOOKS[worst_of([hop.state for hop in judged.values()]) or OPEN]
        grounds = "; ".join(self._ground(code, judged[key, code]) for code in places)
        line = grounds
        if step is not None and step.proposed and not step.accepted:
            icon, role = "warning-fill", "warn"
            where = ", ".join(say.place(self._words, code) for code in places)
            line = f"{where}, {say.onward(self._words, step, self._view.day)[0]}"
        elif step is not None and (step.proposed or step.why != BY_SUB):
            line = f"{grounds}, {say.onward(self._words, step, self._view.day)[0]}"
        elif again:
            line = f"{grounds}, {self._words.say(N_('see above'))}"
        name = self._name(record)
        service = f"{step.service}." if step and step.service else ""
        spoken = f"{name}: {line}. {service}".strip()
        sector = sector_icon(record) if record else "buildings"
        is_sub = step is not None and step.why == BY_SUB
        identifier = record.id if record else ""
        return Branch(depth, name, line, icon, role, identifier, spoken, sector, is_sub)

    def _name(self, record: Record | None) -> str:
        words = self._words
        return words.name_of(record.id) if record else words.say(N_("Not named"))

    def _ground(self, code: str, hop: Hop) -> str:
        """A country and on what ground the data may be there, in short."""
        if not code:
            return self._words.say(N_("country not stated"))
        said = {m for regime, m in hop.mechanisms.items() if hop.states.get(regime) == hop.state}
        mechanisms = said - {"", OPEN_MECHANISM}
        ground = say.standing(self._words, hop.states)
        if len(mechanisms) == 1 and hop.state not in ("inside", "adequate"):
            ground = f"{ground} ({lower_first(self._short(mechanisms.pop()))})"
        return f"{say.place(self._words, code)}, {ground}"

    def _short(self, mechanism: str) -> str:
        """A mechanism without its article."""
        return self._words.term("mechanism", mechanism).partition(",")[0]
