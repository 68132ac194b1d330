"""Registers of any size from a seed: for tests, measurements and trying things out.

The content is plausible, not true; the same seed and size give the same values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from ropa_app import clock
from ropa_app.model.countries import countries
from ropa_app.model.field import Field, RecordKind
from ropa_app.model.kinds import ALL_KINDS, KINDS
from ropa_app.model.record import items_of
from ropa_app.model.state import AsTyped, NotApplicable, Open, Value
from ropa_app.model.vocabulary import vocabulary
from ropa_app.register.change import Create, label, new_id
from ropa_app.register.store import Register

_WORDS = (  # noqa: SIM905 - easier to read without quotation marks
    "order customer invoice delivery payment support newsletter consent cookie visitor employee "
    "payroll recruitment camera access backup contract supplier member campaign return warranty "
    "behandling databehandler avtale mottaker overføring kundeservice regnskap lønn sletting "
    "personvern nettbutikk ordre levering betaling samtykke tilgang sikkerhet rutine opplysninger"
).split()
_EPOCH = date(2020, 1, 1)
# How many records of each kind go with a thousand activities.
_PER_THOUSAND = {
    "organisation": 2, "activity": 1000, "party": 200, "agreement": 200, "transfer": 500,
    "retention": 60, "measure": 80, "system": 100, "assessment": 100, "document": 150,
    "notice": 10, "request": 50, "term": 5,
}  # fmt: skip
_RARE = 0.04


def generated(path: Path, activities: int, seed: int, now: clock.Clock = clock.now) -> Register:
    """Make a new register with so many activities and what belongs to them; it stays open."""
    settings = {"name": f"Generated {activities} (fictitious)", "time_zone": "Europe/Oslo"}
    register = Register.create(path, settings, now=now, who="generator")
    counts = {
        kind: max(1, activities * share // 1000) if kind != "activity" else activities
        for kind, share in _PER_THOUSAND.items()
    }
    register.apply(records(counts, seed), label("add", kind="activity", count=activities))
    return register


def records(counts: dict[str, int], seed: int, full: float = 0.35) -> list[Create]:
    """New records by kind and count, linked among themselves; `full`: share of fields filled."""
    maker = Maker(seed, full)
    for kind, count in counts.items():
        maker.ids[kind] = [new_id(1_700_000_000_000 + n) for n in range(count)]
    return [
        Create(kind, identifier, maker.values(KINDS[kind], number))
        for kind, identifiers in maker.ids.items()
        for number, identifier in enumerate(identifiers, 1)
    ]


class Maker:
    """Makes values of every kind of field, in every state, from one seed."""

    def __init__(self, seed: int, full: float = 0.35) -> None:
        self.random = Random(seed)  # noqa: S311 - test data, no secrets
        self.full = full
        self.ids: dict[str, list[str]] = {kind.key: [] for kind in ALL_KINDS}
        self._codes = [code for code, _name in countries("en")]
        self._lines = 0

    def values(self, kind: RecordKind, number: int) -> dict[str, Value]:
        """The values of one record; it always has a name."""
        found: dict[str, Value] = {}
        for field in kind.fields:
            if field.key == "name":
                found["name"] = f"{self.text(2).capitalize()} {number}"
            elif field.key == "vocabulary":
                found["vocabulary"] = "data-category"
            elif field.obligatory or self.random.random() < self.full:
                found[field.key] = self.state(field, found)
        return {key: value for key, value in found.items() if value is not None}

    def state(self, field: Field, record: dict[str, Value]) -> Value:
        """A value of the field, now and then one of the other states."""
        draw = self.random.random()
        if draw < _RARE:
            return Open(f"What is the {self.text(1)}?")
        if draw < 2 * _RARE:
            return NotApplicable(self.text(3))
        if draw < 2.5 * _RARE and not field.is_text:
            return AsTyped(self.text(2))
        return self.value(field, record)

    def value(self, field: Field, record: dict[str, Value]) -> Value:
        """A proper value of the field, or None where there is nothing to link to."""
        if field.many and field.kind != "lines":
            count = self.random.randint(1, 3)
            found = [self._one(field, record) for _n in range(count)]
            return list(dict.fromkeys(item for item in found if item is not None)) or None
        if field.kind == "lines":
            return [self._line(field, record) for _n in range(self.random.randint(1, 3))]
        return self._one(field, record)

    def text(self, words: int) -> str:
        """So many words."""
        return " ".join(self.random.choice(_WORDS) for _n in range(words))

    def _one(self, field: Field, record: dict[str, Value]) -> Value:
        make: dict[str, Callable[[], Value]] = {
            "text": lambda: self.text(4),
            "texts": lambda: self.text(2),
            "long_text": lambda: self.text(20),
            "email": lambda: f"{self.text(1)}@example.com".encode("ascii", "ignore").decode(),
            "phone": lambda: f"+47 {self.random.randint(20000000, 99999999)}",
            "url": lambda: f"https://example.com/{self.random.randint(1, 9999)}",
            "organisation_number": lambda: f"EX {self.random.randint(10000, 99999)}",
            "number": lambda: self.random.randint(1, 60),
            "date": self._date,
            "country": lambda: self.random.choice(self._codes),
            "countries": lambda: self.random.choice(self._codes),
        }
        if field.kind in make:
            return make[field.kind]()
        if field.kind in ("term", "terms"):
            return self.random.choice(list(vocabulary(field.vocabulary).terms))
        if field.kind in ("link", "links"):
            return self._link(field)
        if field.kind == "period":
            return self._period()
        if field.kind == "line_links":
            lines = items_of(record.get(field.lines_of))
            ids = [line["id"] for line in lines if isinstance(line, dict)]
            return self.random.choice(ids) if ids else None
        return None

    def _link(self, field: Field) -> str | None:
        """One of the records of the kinds a field names; they are never put into one list."""
        total = sum(len(self.ids[kind]) for kind in field.links_to)
        place = self.random.choice(range(total)) if total else -1
        for kind in field.links_to:
            if 0 <= place < len(self.ids[kind]):
                return self.ids[kind][place]
            place -= len(self.ids[kind])
        return None

    def _date(self) -> str:
        return (_EPOCH + timedelta(days=self.random.randint(0, 3650))).isoformat()

    def _period(self) -> dict[str, Value]:
        period: dict[str, Value] = {
            "amount": self.random.randint(1, 10),
            "unit": self.random.choice(("months", "years")),
        }
        if self.random.random() < 0.5:
            period["event"] = self.random.choice(list(vocabulary("retention-event").terms))
        return period

    def _line(self, field: Field, record: dict[str, Value]) -> dict[str, Any]:
        self._lines += 1
        line: dict[str, Any] = {"id": f"g{self._lines}"}
        for number, column in enumerate(field.columns):
            if number == 0 or self.random.random() < self.full:
                value = self.state(column, record)
                if value is not None:
                    line[column.key] = value
        return line


def benchmark_set(activities: int, seed: int) -> Iterator[list[Create]]:
    """Activities with five linked records each, one group of six creations per activity."""
    maker = Maker(seed)
    linked = ("system", "measure", "retention", "assessment", "notice")
    for number in range(1, activities + 1):
        for kind in linked:
            maker.ids[kind] = [new_id()]
        made = [
            Create(kind, maker.ids[kind][0], maker.values(KINDS[kind], number)) for kind in linked
        ]
        links = {
            "systems": "system", "measures": "measure", "assessments": "assessment",
            "notices": "notice",
        }  # fmt: skip
        values = maker.values(KINDS["activity"], number)
        values |= {key: [maker.ids[kind][0]] for key, kind in links.items()}
        line = {"id": "kept", "retention_rule": maker.ids["retention"][0]}
        values["data"] = [*items_of(values.get("data")), line]
        yield [*made, Create("activity", new_id(), values)]
