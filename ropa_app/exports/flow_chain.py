"""To whom a party passes data on, and where each works: sub-processors, parents, transfers.

Circles of sub-processors end where they close.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from ropa_app.model.record import Record, day_of
from ropa_app.model.state import Value
from ropa_app.register.view import View
from ropa_app.rules.objections import ACCEPTED, OBJECTED, is_proposed

BY_SUB, BY_PARENT, BY_TRANSFER = "sub", "parent", "transfer"

Leaving = Callable[[Record], Sequence[Record]]


@dataclass(frozen=True, slots=True)
class Step:
    """One hop from a party to the next; `party` is empty where the next is not named.

    `line` is the sub-processor line it comes from. A hop yet to begin is `proposed`; `until` is
    then the last day to object (Art. 28(2)).
    """

    key: str
    party: str
    why: str
    line: dict[str, Value] = field(default_factory=dict, hash=False)
    countries: tuple[str, ...] = ()
    proposed: bool = False

    @property
    def service(self) -> str:
        """What the next party does, as recorded."""
        found = self.line.get("service")
        return found if isinstance(found, str) else ""

    @property
    def until(self) -> date | None:
        """The last day to object."""
        return day_of(self.line.get("objection_until"))

    @property
    def objected(self) -> bool:
        """True if we have objected."""
        return self.line.get("answer") == OBJECTED

    @property
    def accepted(self) -> bool:
        """True if we have accepted it."""
        return self.line.get("answer") == ACCEPTED


def steps(view: View, party: Record, transfers: Iterable[Record] = ()) -> list[Step]:
    """The hops out of a party: sub-processors, a parent with access, importers of `transfers`.

    Each further party once. Lines that have ended are left out (Art. 28(2), 28(4), 44).
    """
    found: dict[str, Step] = {}
    for line in party.lines("sub_processors"):
        step = _sub(view, line)
        if step is not None:
            found.setdefault(step.key, step)
    parent = view.get(party.text("parent"))
    if parent and not parent.deleted and party.text("parent_access") == "yes":
        countries = tuple(_countries_by(view, party, "parent"))
        found.setdefault(parent.id, Step(parent.id, parent.id, BY_PARENT, {}, countries))
    for transfer in transfers:
        if _is(view, transfer.text("exporter"), party):
            importer = view.get(transfer.text("importer"))
            if importer and importer.kind_key == "party" and importer.id != party.id:
                found.setdefault(importer.id, Step(importer.id, importer.id, BY_TRANSFER))
    return [step for step in found.values() if step.party != party.id]


def _is(view: View, identifier: str, record: Record) -> bool:
    found = view.get(identifier)
    return found is not None and found.id == record.id


def _sub(view: View, line: dict[str, Value]) -> Step | None:
    end = day_of(line.get("to"))
    if end is not None and end < view.day:
        return None
    named = line.get("party")
    party = view.get(named) if isinstance(named, str) else None
    if party is not None and party.deleted:
        return None
    key = party.id if party else f"line-{line.get('id', '')}"
    countries = tuple(_texts(line.get("countries")))
    proposed = is_proposed(line, view.day)
    return Step(key, party.id if party else "", BY_SUB, line, countries, proposed)


def _texts(value: Value) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str)]


def countries(view: View, party: Record, onward: Sequence[Step] = ()) -> list[str]:
    """Where a party itself works on the day: its places, else where it is established.

    Places run by a company that stands among the hops are that company's. [""] where the register
    does not tell.
    """
    others = {step.party for step in onward}
    kinds = {{BY_SUB: "sub-processor", BY_PARENT: "parent"}.get(step.why) for step in onward}
    found = []
    for line in party.lines("places"):
        by, operator = line.get("by") or "", line.get("operator")
        named = view.get(operator) if isinstance(operator, str) else None
        theirs = named.id in others if named else by in kinds
        if _active(view, line) and not theirs:
            found += _texts(line.get("country"))
    found = found or [item for item in party.items("country") if isinstance(item, str)]
    return list(dict.fromkeys(found)) or [""]


def _active(view: View, line: dict[str, Value]) -> bool:
    start, end = day_of(line.get("from")), day_of(line.get("to"))
    return (start is None or start <= view.day) and (end is None or end >= view.day)


def _countries_by(view: View, party: Record, by: str) -> Iterator[str]:
    for line in party.lines("places"):
        if line.get("by") == by and _active(view, line):
            yield from _texts(line.get("country"))


@dataclass(slots=True)
class Chains:
    """All hops that can be reached from some parties: by (from, to), parties by their key.

    `circles` are the hops that lead back to where the data came from; they are not followed.
    """

    hops: dict[tuple[str, str], Step] = field(default_factory=dict)
    circles: list[tuple[str, str]] = field(default_factory=list)

    def follow(self, view: View, root: Record, leaving: Leaving) -> None:
        """Add what can be reached from a recipient; `leaving` tells the transfers of a party."""
        start = root_key(root.id)
        done = {source for source, _target in self.hops}
        if start in done:
            return
        path = {root.id}
        waiting = [(start, root.id, iter(steps(view, root, leaving(root))))]
        while waiting:
            source, party, rest = waiting[-1]
            step = next(rest, None)
            if step is None:
                waiting.pop()
                path.discard(party)
                done.add(source)
                continue
            target = onward_key(step.key)
            if step.party and step.party in path:
                self.circles.append((party, step.party))
                continue
            self.hops[source, target] = step
            record = view.get(step.party) if step.party else None
            if record is not None and target not in done:
                path.add(record.id)
                waiting.append((target, record.id, iter(steps(view, record, leaving(record)))))


def root_key(identifier: str) -> str:
    """The node of a party as a recipient."""
    return f"recipient:{identifier}"


def onward_key(identifier: str) -> str:
    """The node of a party further down the chain."""
    return f"sub:{identifier}"


def levels(hops: Iterable[tuple[str, str]], roots: Iterable[str]) -> dict[str, int]:
    """How far each node is from the recipients, by the longest way: every hop leads onward."""
    onward: dict[str, list[str]] = {}
    coming: dict[str, int] = {}
    for source, target in hops:
        onward.setdefault(source, []).append(target)
        coming[target] = coming.get(target, 0) + 1
    found = dict.fromkeys(roots, 0)
    ready = [node for node in found if not coming.get(node)]
    while ready:
        node = ready.pop()
        for target in onward.get(node, ()):
            found[target] = max(found.get(target, 0), found[node] + 1)
            coming[target] -= 1
            if not coming[target]:
                ready.append(target)
    return found
