"""The flow of data as nodes and bands: what the picture draws and what a reader hears."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ropa_app.i18n import N_
from ropa_app.rules.overview_transfers import ADEQUATE, INSIDE, MISSING, OPEN, RECORDED

#: What a node is, in the order of the columns.
PEOPLE, COMPANY, RECIPIENT, SUB, COUNTRY = KINDS = (
    "people",
    "company",
    "recipient",
    "sub",
    "country",
)
HEADINGS = {
    PEOPLE: N_("People"),
    COMPANY: N_("Company"),
    RECIPIENT: N_("Recipients"),
    SUB: N_("Sub-processors"),
    COUNTRY: N_("Countries"),
}
#: Icon and colour of how a country stands; the words are in flow_words.
LOOKS = {
    INSIDE: ("minus-circle-fill", "nil"),
    ADEQUATE: ("check-circle-fill", "ok"),
    RECORDED: ("circle-wavy-check-fill", "ok"),
    OPEN: ("question-fill", "rev"),
    MISSING: ("x-circle-fill", "bad"),
}
#: States that call for something; the chains that end in the worst of them are coloured.
TROUBLED = (OPEN, MISSING)


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the register: a record, and the path of a field in it, or all of it ("")."""

    record: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A place of the flow: its column, name, second line, and the record behind it (or "").

    `state` tells how a country stands; `tone` is the colour of the second line where it has one.
    `detail` tells more in whole sentences. `places` are what it rests on, where something may be
    amiss; `awaits` is where an answer of ours is written that has not been given.
    """

    id: str
    kind: str
    column: int
    name: str
    note: str
    icon: str
    record: str
    detail: str
    state: str = ""
    tone: str = ""
    places: tuple[Place, ...] = ()
    awaits: Place | None = None

    @property
    def says(self) -> str:
        """All of it in words."""
        return _joined(f"{self.name}: {self.note}" if self.note else self.name, self.detail)


@dataclass(frozen=True, slots=True)
class Band:
    """Data that go from one node to a node of a later column.

    `kinds` counts the kinds of data (0: not known). `state` colours it: how the country at its end
    stands, or the worst there is for the chain that leads there. `record` is the transfer. `places`
    and `awaits` are as those of a node.
    """

    id: str
    source: str
    target: str
    kinds: int
    head: str
    detail: str
    state: str = ""
    record: str = ""
    places: tuple[Place, ...] = ()
    awaits: Place | None = None

    @property
    def says(self) -> str:
        """All of it in words."""
        return _joined(self.head, self.detail)


def _joined(head: str, detail: str) -> str:
    return f"{head}. {detail}" if detail else f"{head}."


@dataclass(frozen=True, slots=True)
class Flow:
    """The nodes by column and order, the bands, and what cannot be drawn as sentences."""

    title: str
    headings: tuple[str, ...]
    nodes: tuple[Node, ...]
    bands: tuple[Band, ...]
    notes: tuple[str, ...] = ()

    def part(self, identifier: str) -> Node | Band | None:
        """The node or band of an id; None if there is none."""
        parts: list[Node | Band] = [*self.nodes, *self.bands]
        return next((part for part in parts if part.id == identifier), None)

    def worst_into(self, country: str) -> Band | None:
        """The band that stands worst of those into a country; None if none leads there."""
        there = [band for band in self.bands if band.target == country]
        worst = worst_of([band.state for band in there])
        return next((band for band in there if band.state == worst), None)

    @property
    def worst(self) -> str:
        """The id of the band to the country that stands worst; empty if all is in order."""
        ends = [band for band in self.bands if band.target.startswith(f"{COUNTRY}:")]
        for state in reversed(TROUBLED):
            found = next((band.id for band in ends if band.state == state), "")
            if found:
                return found
        return ""

    def words(self) -> dict[str, str]:
        """What each node and band says, column by column, a band after the node it leaves."""
        found: dict[str, str] = {}
        leaving: dict[str, list[Band]] = {}
        for band in self.bands:
            leaving.setdefault(band.source, []).append(band)
        for node in self.nodes:
            found[node.id] = node.says
            found |= {band.id: band.says for band in leaving.get(node.id, ())}
        return found

    def sentences(self) -> list[str]:
        """The whole flow as sentences, for who cannot see it."""
        return [*self.words().values(), *self.notes]


def worst_of(states: Sequence[str]) -> str:
    """The worst of the states of legs; empty for none."""
    return max(states, key=list(LOOKS).index, default="")
