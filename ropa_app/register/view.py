"""The register as it stood on a day, read once into memory: what rules and exports work on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from ropa_app.i18n import N_
from ropa_app.model.field import Field, names_record
from ropa_app.model.kinds import ALL_KINDS, split_reference
from ropa_app.model.record import Record
from ropa_app.model.state import STATES, Value, is_value
from ropa_app.model.vocabulary import OwnTerms
from ropa_app.model.words import Words

DEFAULT_ZONE = "Europe/Oslo"
DEFAULT_EXPIRING_DAYS = 60


@dataclass(frozen=True, slots=True)
class Head:
    """Where the log stood: number and hash of the last operation, and its moment in UTC."""

    operation: int
    hash: str
    at: str


@dataclass(frozen=True, slots=True)
class Reference:
    """One link out of a record: from which field, to which record."""

    source: str
    field: str
    target: str


def linked_ids(fields: Iterable[Field], values: Any) -> Iterator[tuple[str, str]]:
    """Every (field key, record id) that the values link to, own terms and lines included.

    `fields`: those that can link, `linking_fields` of a kind.
    """
    for field in fields:
        value = values.get(field.key)
        if value is None:
            continue
        for item in value if isinstance(value, list) else (value,):
            if isinstance(item, dict):
                for _key, target in linked_ids(field.linking_columns, item):
                    yield field.key, target
            elif isinstance(item, str) and names_record(field, item):
                yield field.key, item


_Reverse = dict[str, list[Reference]]
_Sources = dict[tuple[str, str], list[Record]]


class View:
    """All records as at one moment, found by id, reference, kind and reverse link.

    Deleted records are kept (a link may still point at them) but `of` leaves them out.
    """

    def __init__(
        self, records: Iterable[Record], day: date, head: Head, file_name: str = ""
    ) -> None:
        self.day = day
        self.head = head
        #: What rules have worked out for the whole view, so that it is done once; by their keys.
        self.worked_out: dict[object, Any] = {}
        self.file_name = file_name
        self.records: dict[str, Record] = {record.id: record for record in records}
        self._by_kind: dict[str, list[Record]] = {kind.key: [] for kind in ALL_KINDS}
        for record in self.records.values():
            self._by_kind[record.kind_key].append(record)
        for group in self._by_kind.values():
            group.sort(key=lambda record: record.number)
        self._by_number = {(r.kind_key, r.number): r for r in self.records.values()}
        own = self._by_kind["term"]
        self.terms = OwnTerms(
            ((record.id, record.values) for record in own if not record.deleted),
            ((record.id, record.values) for record in own if record.deleted),
        )

    def of(self, kind: str) -> list[Record]:
        """The records of a kind that are not deleted, by number."""
        return [record for record in self._by_kind[kind] if not record.deleted]

    def of_all(self, kind: str) -> list[Record]:
        """The records of a kind, deleted ones included, by number."""
        return list(self._by_kind[kind])

    def get(self, identifier: str) -> Record | None:
        """The record of an id, or the one it was merged into; None if there is none."""
        seen: set[str] = set()
        record = self.records.get(identifier)
        while record and record.merged_into and record.id not in seen:
            seen.add(record.id)
            record = self.records.get(record.merged_into)
        return record

    def by_ref(self, reference: str) -> Record | None:
        """The record of a reference such as ``A-012``; None if there is none."""
        found = split_reference(reference)
        if found is None:
            return None
        kind, number = found
        return self._by_number.get((kind.key, number))

    def linked(self, record: Record, key: str) -> list[Record]:
        """The records a link or links field names, deleted ones left out."""
        found = (self.get(item) for item in record.items(key) if isinstance(item, str))
        return [target for target in found if target and not target.deleted]

    def links_to(self, identifier: str) -> list[Reference]:
        """Every link to a record from records that are not deleted, one for each field."""
        return self._links[0].get(identifier, [])

    def sources(self, identifier: str, kind: str) -> list[Record]:
        """The records of a kind that link to a record, each once, by number."""
        return self._links[1].get((identifier, kind), [])

    @cached_property
    def _links(self) -> tuple[_Reverse, _Sources]:
        """Links by what they lead to, and records by what they link to and their kind.

        All at once: asking record by record would walk the links of a hub again and again.
        """
        reverse: _Reverse = {}
        sources: dict[tuple[str, str], dict[str, Record]] = {}
        for kind, group in self._by_kind.items():
            for record in group:
                if record.deleted:
                    continue
                found = dict.fromkeys(linked_ids(record.kind.linking_fields, record.values))
                for key, target in found:
                    reverse.setdefault(target, []).append(Reference(record.id, key, target))
                    sources.setdefault((target, kind), {})[record.id] = record
        return reverse, {place: list(found.values()) for place, found in sources.items()}

    @cached_property
    def settings(self) -> Record | None:
        """The record of the register's own settings."""
        return next(iter(self.of("register")), None)

    def setting(self, key: str, default: Value) -> Value:
        """A setting of the register, or the default where none is made."""
        value = self.settings[key] if self.settings else None
        return value if is_value(value) else default

    @cached_property
    def zone(self) -> str:
        """The register's time zone, an IANA name."""
        return str(self.setting("time_zone", DEFAULT_ZONE))

    @cached_property
    def expiring_days(self) -> int:
        """How many days before its end an agreement counts as expiring."""
        return int(self.setting("expiring_days", DEFAULT_EXPIRING_DAYS))

    @cached_property
    def overlay(self) -> list[dict[str, Value]]:
        """The user's corrections to the reference data."""
        return self.settings.lines("reference_overlay") if self.settings else []

    def words(self, language: str) -> Words:
        """What says the values of this register in a language."""
        words = Words(language, self.terms, lambda identifier: "")

        def name_of(identifier: str) -> str:
            record = self.get(identifier)
            if record is None:
                return words.say(N_("(record not found)"))
            title = self.title(record, words)
            return words.say(N_("{name} (deleted)"), name=title) if record.deleted else title

        words.name_of = name_of
        return words

    def title(self, record: Record, words: Words) -> str:
        """The name of a record; one without a name is called by what it is and whom it concerns."""
        return title_of(record, words)


def title_of(record: Record, words: Words) -> str:
    """The name of a record, or what stands for it; only its title fields have to be there."""
    name = record["name"]
    if isinstance(name, str):
        return name
    parts = [words.say(record.kind.label)]
    for key in ("party", "importer", "destination"):
        if record.kind.has(key) and is_value(record[key]):
            parts.append(words.value(record.kind.field(key), record[key]))
    if isinstance(name, STATES):
        parts.append(words.state(name))
    return f"{' – '.join(parts)} ({record.ref})"
