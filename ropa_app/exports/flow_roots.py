"""Who receives data of activities at first hand: named parties, categories, functions inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ropa_app.exports.flow import Place
from ropa_app.exports.flow_chain import root_key
from ropa_app.exports.flow_words import roles as role_words
from ropa_app.i18n import N_
from ropa_app.model.record import Record
from ropa_app.model.state import Open, Value
from ropa_app.model.words import Words
from ropa_app.register.view import View
from ropa_app.rules.party_states import organisations_of

Use = tuple[Record, dict[str, Value]]


@dataclass(slots=True)
class Root:
    """A recipient over all its lines: in which roles, for whom, and which data it gets.

    `whole` if it gets all data of an activity, `unknown` if which it gets is a question.
    """

    key: str
    name: str
    party: Record | None = None
    inside: bool = False
    category: str = ""
    roles: dict[str, None] = field(default_factory=dict)
    kinds: dict[str, None] = field(default_factory=dict)
    organisations: dict[str, None] = field(default_factory=dict)
    activities: dict[str, None] = field(default_factory=dict)
    questions: dict[str, None] = field(default_factory=dict)
    whole: bool = False
    unknown: bool = False
    transfer_only: bool = False
    places: list[Place] = field(default_factory=list)

    def detail(self, words: Words) -> str:
        """Its roles, and the questions that are open about it."""
        said = [f"{role_words(words, self.roles)}."] if self.roles else []
        if self.transfer_only:
            said.append(words.say(N_("It is named in a transfer, not among the recipients.")))
        said += [words.say(N_("Open question: {text}"), text=text) for text in self.questions]
        return " ".join(said)


def kinds_of(activity: Record) -> dict[str, None]:
    """The categories of data of an activity, each once, in the order of its data lines."""
    found: dict[str, None] = {}
    for line in activity.lines("data"):
        found |= dict.fromkeys(_texts(line.get("categories")))
    return found


def _texts(value: Value) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str)]


def uses(activity: Record) -> Iterator[Use]:
    """The recipient lines of an activity."""
    for line in activity.lines("recipients"):
        yield activity, line


class Roots:
    """Gathers recipients line by line; a party in several lines is one recipient."""

    def __init__(self, view: View, words: Words) -> None:
        self._view, self._words = view, words
        self.found: dict[str, Root] = {}

    def add_all(self, lines: Iterable[Use]) -> None:
        """Take in lines of recipients."""
        for activity, line in lines:
            self._add(activity, line)

    def _add(self, activity: Record, line: dict[str, Value]) -> None:
        root = self._root(line)
        if root is None:
            return
        role = line.get("role")
        if isinstance(role, str):
            root.roles[role] = None
        for value in (line.get("party"), role, line.get("categories")):
            if isinstance(value, Open):
                root.questions[value.question] = None
        root.activities[activity.id] = None
        root.places.append(Place(activity.id, f"recipients.{line.get('id', '')}"))
        ours = organisations_of(activity, self._view)
        root.organisations |= dict.fromkeys(one for one in ours if one)
        self._gets(root, activity, line.get("categories"))

    def _gets(self, root: Root, activity: Record, value: Value) -> None:
        named = _texts(value)
        if named:
            root.kinds |= dict.fromkeys(named)
        elif value is None or value == []:
            root.whole = True
            root.kinds |= kinds_of(activity)
        else:
            root.unknown = True

    def _root(self, line: dict[str, Value]) -> Root | None:
        named, category = line.get("party"), line.get("category")
        inside = line.get("internal_function")
        party = self._view.get(named) if isinstance(named, str) else None
        if party is not None and party.deleted:
            return None
        if party is not None:
            return self._known(root_key(party.id), self._words.name_of(party.id), party=party)
        if isinstance(category, str):
            name = self._words.term("recipient-category", category)
            ours = category.startswith("internal-") or line.get("role") == "internal"
            return self._known(root_key(category), name, inside=ours, category=category)
        if isinstance(inside, str):
            return self._known(root_key(inside), inside, inside=True)
        name = self._words.say(N_("Not named"))
        return self._known(root_key(f"line-{line.get('id', '')}"), name)

    def _known(
        self, key: str, name: str, *, party: Record | None = None, inside: bool = False,
        category: str = "",
    ) -> Root:  # fmt: skip
        if key not in self.found:
            self.found[key] = Root(key, name, party, inside, category)
        return self.found[key]

    def add_transfer(self, transfer: Record, party: Record | None, ours: Iterable[str]) -> Root:
        """Take in who is named by a transfer alone, or nobody (`party` None)."""
        if party is not None:
            root = self._known(root_key(party.id), self._words.name_of(party.id), party=party)
        else:
            name = self._words.say(N_("Not named"))
            root = self._known(root_key(f"transfer-{transfer.ref}"), name)
        root.transfer_only = not root.activities
        root.places.append(Place(transfer.id))
        root.organisations |= dict.fromkeys(ours)
        named = _texts(transfer["categories"])
        root.kinds |= dict.fromkeys(named)
        root.unknown = root.unknown or not named
        return root
