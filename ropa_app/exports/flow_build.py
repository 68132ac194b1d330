"""The flow of an activity or a party: people, company, recipients, sub-processors, countries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ropa_app.exports import flow_words as say
from ropa_app.exports.flow import (
    COMPANY,
    COUNTRY,
    PEOPLE,
    RECIPIENT,
    SUB,
    Band,
    Flow,
    Node,
    Place,
    worst_of,
)
from ropa_app.exports.flow_chain import (
    BY_SUB,
    Chains,
    countries,
    levels,
    onward_key,
    root_key,
    steps,
)
from ropa_app.exports.flow_finish import coloured, finished, through
from ropa_app.exports.flow_hops import Hop, Hops, Pair
from ropa_app.exports.flow_roots import Root, Roots, Use, uses
from ropa_app.i18n import N_
from ropa_app.model.record import Record
from ropa_app.model.state import Open, Value
from ropa_app.model.words import Words, lower_first
from ropa_app.register.view import View
from ropa_app.rules.party_states import in_use, organisations_of
from ropa_app.rules.transfers import serving

ICONS = {
    "payment": "credit-card", "card-network": "credit-card", "banking": "bank",
    "shipping": "truck", "warehousing": "truck", "hosting": "hard-drives",
    "backup-and-storage": "hard-drives", "cloud-software": "hard-drives",
    "e-commerce-platform": "shopping-cart", "marketplace": "shopping-cart",
    "e-mail": "envelope-simple", "telecom": "envelope-simple", "marketing": "megaphone-simple",
    "advertising": "megaphone-simple", "social-media": "users", "customer-support": "headset",
    "analytics": "chart-bar", "reviews-and-surveys": "chart-bar", "legal-advice": "scales",
    "advice": "briefcase", "accounting": "briefcase", "audit": "briefcase",
    "it-security": "shield-check", "it-operations": "gear-six",
    "software-development": "gear-six", "public-authority": "bank",
}  # fmt: skip
_HOLDERS = {"public-authority": "bank", "internal": "users"}


def activity_flow(view: View, activity: Record, words: Words) -> Flow:
    """Where the data of one activity go (Art. 30(1)(c)–(e))."""
    built = _Builder(view, words, [activity], uses(activity))
    built.add_transfers(serving(view, activity))
    return built.flow(view.title(activity, words))


def party_flow(view: View, party: Record, words: Words) -> Flow:
    """Where the data go that reach a party, over all activities in use, and how they reach it.

    Of other recipients only those are shown that pass data on to it.
    """
    above = _above(view, party)
    found = {a.id: a for each in above.values() for a in view.sources(each.id, "activity")
             if in_use(a, view.day)}  # fmt: skip
    lines = [(a, line) for a in found.values() for _a, line in uses(a)
             if _party_of(view, line) in above]  # fmt: skip
    activities = list({activity.id: activity for activity, _line in lines}.values())
    built = _Builder(view, words, activities, lines)
    if root_key(party.id) not in built.roots and not built.reaches(party):
        built.add_root(party)
    return built.flow(view.title(party, words), party.id)


def _party_of(view: View, line: Mapping[str, Value]) -> str:
    named = line.get("party")
    party = view.get(named) if isinstance(named, str) else None
    return party.id if party else ""


def _above(view: View, party: Record) -> dict[str, Record]:
    """The party, and those whose chain of sub-processors leads to it."""
    found = {party.id: party}
    waiting = [party]
    while waiting:
        current = waiting.pop()
        for other in view.sources(current.id, "party"):
            engaged = {step.party for step in steps(view, other)}
            if other.id not in found and current.id in engaged:
                found[other.id] = other
                waiting.append(other)
    return found


class _Builder:
    """Puts nodes and bands together."""

    def __init__(
        self, view: View, words: Words, activities: Sequence[Record], lines: Iterable[Use]
    ) -> None:
        self.view, self.words = view, words
        self.activities = activities
        self.hops = Hops(view, activities)
        self.chains = Chains()
        self._roots = Roots(view, words)
        self._roots.add_all(lines)
        self._extra: dict[str, list[Record]] = {}
        for root in self.roots.values():
            self._follow(root)

    @property
    def roots(self) -> dict[str, Root]:
        """The recipients, by node."""
        return self._roots.found

    def _follow(self, root: Root) -> None:
        if root.party is not None:
            self.chains.follow(self.view, root.party, self.hops.leaving)

    def add_root(self, party: Record) -> None:
        """Show a party that no activity names."""
        root = self.roots[root_key(party.id)] = Root(
            root_key(party.id), self.words.name_of(party.id), party, unknown=True
        )
        self._follow(root)

    def reaches(self, party: Record) -> bool:
        """True if the party is somewhere down a chain."""
        return any(step.party == party.id for step in self.chains.hops.values())

    def add_transfers(self, transfers: Iterable[Record]) -> None:
        """Show who receives data by a transfer and stands nowhere in the chains yet."""
        ours = [i for a in self.activities for i in organisations_of(a, self.view) if i]
        for transfer in transfers:
            importer = self._live_party(transfer.text("importer"))
            exporter = self._live_party(transfer.text("exporter"))
            if importer is not None and (
                root_key(importer.id) in self.roots or self.reaches(importer)
            ):
                continue
            first = exporter or importer
            root = self._roots.add_transfer(transfer, first, ours)
            self._follow(root)
            if first is None:
                self._extra.setdefault(root.key, []).append(transfer)

    def _live_party(self, identifier: str) -> Record | None:
        found = self.view.get(identifier)
        return found if found and found.kind_key == "party" and not found.deleted else None

    # Nodes and bands

    def flow(self, title: str, centre: str = "") -> Flow:
        """All of it; with a party at its `centre` only what leads to and from it."""
        hops = self.chains.hops
        level = levels(hops, self.roots)
        kinds = self._kinds(level)
        ends = self._ends(level)
        judged = self.hops.judge([self._pair(*end) for end in ends], self._given())
        nodes = [*self._people(), *self._companies(), *self._recipients()]
        nodes += self._onward(level)
        nodes += self._countries(ends, judged, max(level.values(), default=0))
        bands = [*self._first_bands(), *self._hop_bands(kinds)]
        bands += self._last_bands(ends, judged, kinds)
        if centre:
            keys = {root_key(centre), onward_key(centre)}
            nodes, bands = through(keys, nodes, bands)
        return finished(title, self.words, nodes, coloured(bands), self._notes())

    def _pair(self, node: str, code: str) -> Pair:
        return node.partition(":")[2], code

    def _given(self) -> dict[Pair, Sequence[Record]]:
        """The transfers of recipients nobody has named, by where they go."""
        found: dict[Pair, Sequence[Record]] = {}
        for key, transfers in self._extra.items():
            for transfer in transfers:
                found[self._pair(key, transfer.text("destination"))] = [transfer]
        return found

    def _record_of(self, node: str) -> Record | None:
        return self.view.get(node.partition(":")[2])

    def _kinds(self, level: Mapping[str, int]) -> dict[str, dict[str, None]]:
        """The kinds of data each party has: a hop passes on what came in."""
        found = {key: dict(root.kinds) for key, root in self.roots.items()}
        for source, target in sorted(self.chains.hops, key=lambda hop: level[hop[0]]):
            found.setdefault(target, {}).update(found.get(source, {}))
        return found

    def _ends(self, level: Mapping[str, int]) -> list[tuple[str, str]]:
        """Pairs of node and country code: where each party works."""
        return [(node, code) for node in level for code in self._codes(node)]

    def _codes(self, node: str) -> list[str]:
        if node in self._extra:
            return [transfer.text("destination") for transfer in self._extra[node]]
        record = self._record_of(node)
        given = [code for (_source, target), step in self.chains.hops.items()
                 if target == node for code in step.countries]  # fmt: skip
        if record is None or record.kind_key != "party":
            # Of a category or a function inside nobody knows where it is; of a hop one may.
            return list(dict.fromkeys(given)) or ([""] if node.startswith(f"{SUB}:") else [])
        own = given or countries(self.view, record, steps(self.view, record))
        sent = [t.text("destination") for t in self.hops.arriving(record.id)]
        known = [code for code in own if code or not any(sent)]
        return list(dict.fromkeys([*known, *(code for code in sent if code)]))

    def _people(self) -> Iterator[Node]:
        for subject, kinds in self._subjects().items():
            name = self._subject_name(subject)
            count = self.words.say(N_("kinds of data: {count}"), count=len(kinds))
            named = [self.words.term("data-category", kind) for kind in kinds]
            detail = f"{', '.join([*named[:1], *map(lower_first, named[1:])])}." if named else ""
            places = tuple(Place(activity.id, "data") for activity in self.activities)
            yield Node(f"{PEOPLE}:{subject}", PEOPLE, 0, name, count, "users", self._only(), detail,
                       places=places)  # fmt: skip

    def _only(self) -> str:
        return self.activities[0].id if len(self.activities) == 1 else ""

    def _subject_name(self, subject: str) -> str:
        if not subject:
            return self.words.say(N_("Not stated"))
        return self.words.term("data-subject-category", subject)

    def _subjects(self) -> dict[str, dict[str, None]]:
        """The categories of people, each with its kinds of data."""
        found: dict[str, dict[str, None]] = {}
        for activity in self.activities:
            for line in activity.lines("data"):
                subject = line.get("subject")
                key = subject if isinstance(subject, str) else ""
                found.setdefault(key, {})
                value = line.get("categories")
                for kind in value if isinstance(value, list) else ():
                    if isinstance(kind, str):
                        found[key][kind] = None
        return found

    def _ours(self) -> dict[str, list[Record]]:
        """Our organisations by id, each with its activities in this flow."""
        found: dict[str, list[Record]] = {}
        for activity in self.activities:
            for one in organisations_of(activity, self.view):
                if one:
                    found.setdefault(one, []).append(activity)
        return found

    def _companies(self) -> Iterator[Node]:
        for one, activities in self._ours().items():
            record = self.view.records[one]
            roles = dict.fromkeys(a.text("role") for a in activities)
            said = [self.words.term("role", role) for role in roles if role]
            said[:1] = [lower_first(role) for role in said[:1]]
            country = record.text("country")
            said += [say.place(self.words, country)] if country else []
            note = ", ".join(said)
            name = self.words.name_of(one)
            yield Node(f"{COMPANY}:{one}", COMPANY, 1, name, note, "house-simple", one, "",
                       places=(Place(one),))  # fmt: skip

    def _recipients(self) -> Iterator[Node]:
        for root in self.roots.values():
            note = say.data(self.words, root.kinds, root.whole, root.unknown)
            party = root.party.id if root.party else self._only()
            detail = " ".join([root.detail(self.words), *self._chain_questions(root.party)])
            places = _places(root)
            yield Node(root.key, RECIPIENT, 2, root.name, note, _icon(root), party, detail.strip(),
                       places=places)  # fmt: skip

    def _chain_questions(self, party: Record | None) -> list[str]:
        state = party.state("sub_processors") if party else None
        return [self.words.state(state)] if isinstance(state, Open) else []

    def _onward(self, level: Mapping[str, int]) -> Iterator[Node]:
        coming: dict[str, list[str]] = {}
        for source, target in self.chains.hops:
            coming.setdefault(target, []).append(source)
        for target, sources in coming.items():
            found = [(self._name(source), self.chains.hops[source, target]) for source in sources]
            first = found[0][1]
            note, tone = say.onward(self.words, first, self.view.day)
            record = self.view.get(first.party) if first.party else None
            icon = sector_icon(record) if record else "buildings"
            lines = [place for source in sources if (place := self._line_of(source, target))]
            awaited = (place for source in sources if (place := self._awaits(source, target)))
            own = [Place(record.id)] if record else []
            yield Node(target, SUB, 2 + level[target], self._name(target), note, icon,
                       record.id if record else "", say.engaged(self.words, found, self.view.day),
                       tone=tone, places=(*lines, *own), awaits=next(awaited, None))  # fmt: skip

    def _line_of(self, source: str, target: str) -> Place | None:
        """Where it is written that one party engages another."""
        party, step = self._record_of(source), self.chains.hops[source, target]
        if party is None or step.why != BY_SUB:
            return None
        return Place(party.id, f"sub_processors.{step.line.get('id', '')}")

    def _awaits(self, source: str, target: str) -> Place | None:
        """Where our answer to a proposed sub-processor is to be written, if it is not yet."""
        line, step = self._line_of(source, target), self.chains.hops[source, target]
        if line is None or not step.proposed or step.accepted or step.objected:
            return None
        return Place(line.record, f"{line.path}.answer")

    def _name(self, node: str) -> str:
        if node in self.roots:
            return self.roots[node].name
        record = self._record_of(node)
        return self.words.name_of(record.id) if record else self.words.say(N_("Not named"))

    def _countries(
        self, ends: Sequence[tuple[str, str]], judged: Mapping[Pair, Hop], deepest: int
    ) -> Iterator[Node]:
        by_code: dict[str, list[Hop]] = {}
        for node, code in ends:
            by_code.setdefault(code, []).append(judged[self._pair(node, code)])
        for code, hops in by_code.items():
            states: dict[str, str] = {}
            for hop in hops:
                for regime, state in hop.states.items():
                    states[regime] = worst_of([state, states.get(regime, state)])
            worst = worst_of([hop.state for hop in hops])
            told = "; ".join(
                self.words.say(N_("{label}: {text}"), label=say.short(self.words, regime),
                               text=say.state_words(self.words, regime, state))
                for regime, state in states.items()
            )  # fmt: skip
            yield Node(f"{COUNTRY}:{code}", COUNTRY, 3 + deepest, say.place(self.words, code),
                       say.standing(self.words, states), "", "", f"{told}.", worst)  # fmt: skip

    def _first_bands(self) -> Iterator[Band]:
        """From people to us, and from us to the recipients."""
        for subject, kinds in self._subjects().items():
            for one in self._ours():
                yield self._band(f"{PEOPLE}:{subject}", f"{COMPANY}:{one}",
                                 self._subject_name(subject), self.words.name_of(one),
                                 len(kinds))  # fmt: skip
        for root in self.roots.values():
            count = 0 if root.unknown else len(root.kinds)
            for one in root.organisations:
                gets = say.data(self.words, root.kinds, root.whole, root.unknown)
                band = self._band(f"{COMPANY}:{one}", root.key, self.words.name_of(one), root.name,
                                  count, gets)  # fmt: skip
                yield replace(band, places=_places(root))

    def _hop_bands(self, kinds: Mapping[str, Mapping[str, None]]) -> Iterator[Band]:
        for (source, target), step in self.chains.hops.items():
            what = say.onward(self.words, step, self.view.day)[0]
            count = len(kinds.get(source, {}))
            band = self._band(source, target, self._name(source), self._name(target), count, what)
            line, awaits = self._line_of(source, target), self._awaits(source, target)
            yield replace(band, places=(line,) if line else (), awaits=awaits)

    def _band(
        self, source: str, target: str, name: str, to: str, count: int, what: str = ""
    ) -> Band:
        head = self.words.say(N_("{source} to {target}"), source=name, target=to)
        detail = what or self.words.say(N_("kinds of data: {count}"), count=count)
        return Band(f"{source}>{target}", source, target, count, head,
                    f"{detail[:1].upper()}{detail[1:]}.")  # fmt: skip

    def _last_bands(
        self, ends: Sequence[tuple[str, str]], judged: Mapping[Pair, Hop],
        kinds: Mapping[str, Mapping[str, None]],
    ) -> Iterator[Band]:  # fmt: skip
        for node, code in ends:
            hop = judged[self._pair(node, code)]
            named = [kind for t in hop.transfers if hop.settled for kind in t.items("categories")]
            count = len(set(named)) or len(kinds.get(node, {}))
            sentence = N_("{party} in {country}") if code else N_("{party}, country not stated")
            country = say.place(self.words, code)
            head = self.words.say(sentence, party=self._name(node), country=country)
            transfer = hop.transfers[0].id if hop.transfers else ""
            target = f"{COUNTRY}:{code}"
            yield Band(f"{node}>{target}", node, target, count, head,
                       say.legs(self.words, hop), hop.state, transfer, _proof(hop))  # fmt: skip

    def _notes(self) -> tuple[str, ...]:
        """The circles, which the picture does not close."""
        return tuple(
            self.words.say(N_("{party} in turn uses {other}; the circle is not drawn."),
                           party=self.words.name_of(source), other=self.words.name_of(target))
            for source, target in dict.fromkeys(self.chains.circles)
        )  # fmt: skip


def _places(root: Root) -> tuple[Place, ...]:
    """Its lines among the recipients, and the party itself."""
    return (*root.places, Place(root.party.id)) if root.party else tuple(root.places)


def _proof(hop: Hop) -> tuple[Place, ...]:
    """The transfers it rests on; of those not settled the field that would settle it."""
    path = "" if hop.settled else "activities"
    return tuple(Place(transfer.id, path) for transfer in hop.transfers)


def _icon(root: Root) -> str:
    if root.party is not None:
        return sector_icon(root.party)
    if root.inside:
        return "users"
    return next((_HOLDERS[role] for role in root.roles if role in _HOLDERS), "buildings")


def sector_icon(party: Record) -> str:
    """The icon of what a party supplies."""
    sectors = party.items("sectors") if party.kind.has("sectors") else []
    return next((ICONS[sector] for sector in sectors if sector in ICONS), "buildings")
