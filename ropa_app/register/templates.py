"""Ready-made activities, and the records they become in a new register.

They are proposals: every one is a draft, says where it comes from, and asks where the law or the
practice of the organisation is not certain. The data lie in resources/templates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from ropa_app.i18n import N_, in_language
from ropa_app.model.state import Open, Value
from ropa_app.model.vocabulary import vocabulary
from ropa_app.register.change import Create, new_id
from ropa_app.register.template_law import (
    Place,
    law_sources,
    law_value,
    read_on,
    retention_record,
    template_file,
)

#: The kinds of business there are templates for; the last one goes with each of them.
BUSINESSES = ("web-shop", "employer", "association", "business-service", "everyone")
EVERYONE = "everyone"

#: No time of keeping is given instead of a proposed one.
NO_PERIODS: Mapping[str, Value] = MappingProxyType({})
# What a rule of retention says of the proposed time and of no other.
_OF_THE_PROPOSAL = ("law", "exceptions", "source")
_RIGHTS = ("information", "access", "rectification", "erasure", "restriction")
_MORE_RIGHTS = (
    ("portability", ("6-1-a", "6-1-b")),
    ("objection", ("6-1-e", "6-1-f")),
    ("withdraw-consent", ("6-1-a",)),
)


@dataclass(frozen=True, slots=True)
class Business:
    """A kind of business: its id, and what it is called and means, by language."""

    id: str
    label: Mapping[str, str] = field(hash=False)
    about: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Template:
    """A ready-made activity; `own_name` is the name it is given instead of the proposed one.

    `own_bases` are the legal bases chosen instead, by the number of the purpose from 0.
    """

    id: str
    business: str
    name: Mapping[str, str] = field(hash=False)
    data: Mapping[str, Any] = field(hash=False, repr=False)
    own_name: str = ""
    own_bases: Mapping[int, tuple[str, ...]] = field(default_factory=dict, hash=False)

    def named(self, name: str) -> Template:
        """The same under another name."""
        return replace(self, own_name=name.strip())

    def resting_on(self, bases: Mapping[int, Sequence[str]]) -> Template:
        """The same with these legal bases, by the number of the purpose from 0."""
        proposed = enumerate(self.data["purposes"])
        own = {
            number: tuple(bases[number])
            for number, line in proposed
            if number in bases and list(bases[number]) != line["legal_basis"]
        }
        return replace(self, own_bases=own)

    def bases(self, number: int) -> tuple[str, ...]:
        """The legal bases of a purpose, by its number from 0; empty if to be decided."""
        return self.own_bases.get(number, tuple(self.data["purposes"][number]["legal_basis"]))

    def title(self, language: str) -> str:
        """What the activity will be called."""
        return self.own_name or in_language(self.name, language)

    def about(self, language: str) -> str:
        """What happens, in a sentence."""
        return str(in_language(self.data["description"], language))


@lru_cache(maxsize=1)
def businesses() -> tuple[Business, ...]:
    """The kinds of business, in the order they are asked about."""
    files = (template_file(name) for name in BUSINESSES)
    return tuple(Business(data["business"], data["label"], data["about"]) for data in files)


def templates() -> list[Template]:
    """All ready-made activities, by kind of business."""
    return [
        Template(item["id"], name, item["name"], item)
        for name in BUSINESSES
        for item in template_file(name)["activities"]
    ]


def records_of(
    chosen: Sequence[Template], language: str, organisation: Create,
    periods: Mapping[str, Value] = NO_PERIODS,
) -> list[Create]:  # fmt: skip
    """The records that the chosen templates become, to be created as one operation.

    They are rules of retention, measures and activities of the organisation (its record about to
    be created); free text is in `language`, and national law that of the organisation's country.
    `periods` are the times of keeping given instead of the proposed, by the key of their rule.
    """
    place = Place.of(organisation.values, language)
    kept = {
        key: _with_period(retention_record(key, place), periods.get(key))
        for key in retention_rules(chosen)
    }
    measures = {key: _measure(key, place) for key in _measures_of(chosen)}
    made = _Makers(place, organisation.id, kept, measures)
    return [*kept.values(), *measures.values(), *(made.activity(each) for each in chosen)]


def retention_rules(chosen: Sequence[Template]) -> list[str]:
    """The keys of the rules of retention these templates name, each once."""
    return list(dict.fromkeys(line["retention"] for each in chosen for line in each.data["data"]))


def _measures_of(chosen: Sequence[Template]) -> list[str]:
    """The keys of the measures these templates name, each once."""
    return list(dict.fromkeys(key for each in chosen for key in each.data["measures"]))


def _with_period(rule: Create, period: Value) -> Create:
    """The rule with the time of keeping that was given; the proposal's law goes with its own."""
    if period is None:
        return rule
    left = {key: value for key, value in rule.values.items() if key not in _OF_THE_PROPOSAL}
    return replace(rule, values={**left, "period": period})


def _measure(key: str, place: Place) -> Create:
    values: dict[str, Value] = {
        "name": vocabulary("security-measure").terms[key].label(place.language),
        "measure": key,
        "status": Open(place.say(N_("Is it planned or in place? Since when?"))),
    }
    return Create("measure", new_id(), values)


@dataclass(frozen=True)
class _Makers:
    """What makes activities: the place, the organisation, and the records they link to."""

    place: Place
    organisation: str
    kept: Mapping[str, Create]
    measures: Mapping[str, Create]

    def activity(self, template: Template) -> Create:
        data = template.data
        values: dict[str, Value] = {
            "name": template.title(self.place.language),
            "business_function": data["function"],
            "organisations": [self.organisation],
            "role": data.get("role", "controller"),
            "description": template.about(self.place.language),
            "purposes": [
                self._purpose(number, line, template.bases(number))
                for number, line in enumerate(data["purposes"])
            ],
            "data": [self._data(n, line) for n, line in enumerate(data["data"], 1)],
            "recipients": [{"id": f"r{n}", **line} for n, line in enumerate(data["recipients"], 1)],
            "measures": [self.measures[key].id for key in data["measures"]],
            "security_description": Open(self.place.say(_SECURITY)),
            "dpia_needed": "not-yet-assessed",
            "status": "draft",
            "source": self._sources(template),
            **self._by_role(template),
            **self._rest(data),
        }
        return Create("activity", new_id(), values)

    def _purpose(
        self, number: int, line: Mapping[str, Any], bases: Sequence[str]
    ) -> dict[str, Value]:
        made: dict[str, Value] = {"id": f"p{number + 1}", "purpose": line["purpose"]}
        if bases:
            made["legal_basis"] = list(bases)
        if "interest" in line and "6-1-f" in bases:
            made["legitimate_interest"] = self.place.text(line["interest"])
        for key, column in (("law", "national_law"), ("other_law", "other_law")):
            if key in line and _relies(key, bases):
                made[column] = law_value(line[key], self.place)
        return made

    def _data(self, number: int, line: Mapping[str, Any]) -> dict[str, Value]:
        made: dict[str, Value] = {
            "id": f"d{number}",
            "subject": line["subject"],
            "categories": list(line["categories"]),
            "sources": list(line["sources"]),
            "retention_rule": self.kept[line["retention"]].id,
        }
        for key in ("detail", "source_detail"):
            if key in line:
                made[key] = self.place.text(line[key])
        for key in ("special", "criminal"):
            if key in line:
                made[key] = line[key]
        if "condition" in line:
            made["special_condition"] = list(line["condition"])
        for key, column in (("special_law", "special_law"), ("criminal_law", "criminal_basis")):
            if key in line:
                made[column] = law_value(line[key], self.place)
        return made

    def _by_role(self, template: Template) -> dict[str, Value]:
        """A processor says for whom it works; a controller, which rights people have."""
        data = template.data
        if data.get("role") == "processor":
            line: dict[str, Value] = {
                "id": "c1",
                "controller": Open(self.place.say(N_("For which controllers is this done?"))),
                "processing": self.place.text(data["serves"]),
            }
            return {"controllers_served": [line]}
        bases = {basis for n in range(len(data["purposes"])) for basis in template.bases(n)}
        more = [right for right, given in _MORE_RIGHTS if bases.intersection(given)]
        return {"rights": [*_RIGHTS, *more, "complaint"]}

    def _rest(self, data: Mapping[str, Any]) -> dict[str, Value]:
        found: dict[str, Value] = {}
        if "technologies" in data:
            found["technologies"] = list(data["technologies"])
        if "automated" in data:
            found["automated_decisions"] = data["automated"]
        identity = [line["identity"] for line in data["data"] if "identity" in line]
        if identity:
            found["identity_number_basis"] = law_value(identity[0], self.place)
        if "uk" in self.place.regimes:
            found |= self._schedule_1(data["data"])
        return found

    def _schedule_1(self, lines: Sequence[Mapping[str, Any]]) -> dict[str, Value]:
        """DPA 2018 Schedule 1: para. 1 goes with Art. 9(2)(b) and needs a policy document."""
        if any("9-2-b" in line.get("condition", ()) for line in lines):
            return {
                "schedule_1_condition": ["paragraph-1-employment"],
                "policy_document": Open(self.place.say(_POLICY)),
            }
        if any("criminal" in line for line in lines):
            return {"schedule_1_condition": Open(self.place.say(_CONDITION))}
        return {}

    def _sources(self, template: Template) -> list[dict[str, Value]]:
        data = template.data
        keys = [line[key] for n, line in enumerate(data["purposes"]) for key in ("law", "other_law")
                if key in line and _relies(key, template.bases(n))]  # fmt: skip
        keys += [line[key] for line in data["data"]
                 for key in ("special_law", "criminal_law", "identity") if key in line]  # fmt: skip
        named = [self.place.say(_ORIGIN), *law_sources(keys, self.place)]
        return [
            {"id": f"s{n}", "document": text, "date": read_on()} for n, text in enumerate(named, 1)
        ]


def _relies(key: str, bases: Sequence[str]) -> bool:
    """True if a law of that kind belongs to these legal bases: Art. 6(3) wants (c) and (e) laid
    down in law.
    """
    return key != "law" or "6-1-c" in bases or "6-1-e" in bases


_SECURITY = N_("Which of the measures are in place here? Describe them in general terms.")
_POLICY = N_("Which is the appropriate policy document that Schedule 1 para. 1 demands?")
_CONDITION = N_("Does a condition of Schedule 1 to the Data Protection Act 2018 cover this?")
_ORIGIN = N_("Ready-made activity of ropa, to be confirmed")
