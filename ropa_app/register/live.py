"""A View that reads records from an open register as they are asked for.

For a window that shows one record at a time: it holds what it has read until told that it changed,
so a register of any size takes little memory. Rules and words use it as they use any View.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from ropa_app import clock
from ropa_app.model.kinds import ALL_KINDS, KINDS, split_reference
from ropa_app.model.record import Record
from ropa_app.model.vocabulary import OwnTerms
from ropa_app.register.file import friendly
from ropa_app.register.store import Register
from ropa_app.register.view import Head, Reference, View

_MOST = 4000  # records held; a screen of rows with all they link to is some hundreds
_FEW = 20  # changed records whose kinds are asked for one by one


class LiveView(View):
    """The register as it stands, each record read when somebody asks for it."""

    def __init__(self, register: Register, day: date | None = None) -> None:
        """`day`: the day rules go by; today in the register's time zone if none is given."""
        self._register = register
        self._day = day
        self._held = _Held(register)
        self._groups: dict[str, list[Record]] = {}
        self._linking: dict[str, list[Reference]] = {}
        self.worked_out = {}
        self._terms: OwnTerms | None = None
        self.file_name = register.path.name
        self.records: Mapping[str, Record] = self._held  # type: ignore[assignment]

    def expect(self, record: Record) -> None:
        """Know a record by its name that will be written with the first change that names it."""
        self._held.coming[record.id] = record
        self._held.forget([record.id])
        if record.kind_key == "term":
            self._terms = None

    def forget(self, records: Iterable[str] | None = None) -> None:
        """Read records again when they are next asked for; all of them if none are named."""
        self.worked_out.clear()
        self._linking.clear()
        changed = None if records is None else list(records)
        self._held.forget(changed)
        for each in changed or ():
            self._held.coming.pop(each, None)
        for kind in self._kinds_of(changed):
            self._groups.pop(kind, None)
            if kind == "term":
                self._terms = None
            if kind == "register":
                for name in ("zone", "settings", "expiring_days", "overlay"):
                    self.__dict__.pop(name, None)  # what functools.cached_property has kept

    def _kinds_of(self, records: list[str] | None) -> set[str]:
        """The kinds of these records; every kind where asking for each would take longer."""
        if records is None or len(records) > _FEW:
            return set(KINDS)
        return {record.kind_key for each in records if (record := self._held.get(each))}

    @property
    def day(self) -> date:  # type: ignore[override]
        """The day rules go by."""
        return self._day or clock.day_of(self._register.now(), self.zone)

    @property
    def head(self) -> Head:  # type: ignore[override]
        """Where the log stands now."""
        return self._register.head()

    @property
    def terms(self) -> OwnTerms:  # type: ignore[override]
        """The user's own terms."""
        if self._terms is None:
            coming = (record for record in self._held.coming.values() if record.kind_key == "term")
            own = [*self.of_all("term"), *coming]
            self._terms = OwnTerms(
                ((record.id, record.values) for record in own if not record.deleted),
                ((record.id, record.values) for record in own if record.deleted),
            )
        return self._terms

    def of(self, kind: str) -> list[Record]:
        """The records of a kind that are not deleted, by number."""
        return [record for record in self.of_all(kind) if not record.deleted]

    def of_all(self, kind: str) -> list[Record]:
        """The records of a kind, deleted ones included, by number."""
        if kind not in self._groups:
            self._groups[kind] = list(self._register.records(KINDS[kind]))
        return list(self._groups[kind])

    def by_ref(self, reference: str) -> Record | None:
        """The record of a reference such as ``A-012``; None if there is none."""
        return self._register.find_exact(reference) if split_reference(reference) else None

    def links_to(self, identifier: str) -> list[Reference]:
        """Every link to a record from records that are not deleted, one for each field."""
        if identifier not in self._linking:
            if len(self._linking) >= _MOST:
                self._linking.clear()
            self._linking[identifier] = self._read_links(identifier)
        return list(self._linking[identifier])

    def _read_links(self, identifier: str) -> list[Reference]:
        with friendly(self._register.path):
            rows = self._register.connection.execute(
                "SELECT source, field FROM link WHERE target = ?", (identifier,)
            ).fetchall()
        self._held.read(source for source, _field in rows)
        found = [(self.records.get(source), field) for source, field in rows]
        live = [(record, field) for record, field in found if record and not record.deleted]
        live.sort(key=_place)
        return [Reference(record.id, field, identifier) for record, field in live]

    def linking(self, identifiers: Iterable[str], most: int) -> set[str] | None:
        """The ids of the records that link to these; None if they are more than `most`.

        No record is read for it: thousands may link to one.
        """
        found: set[str] = set()
        for identifier in identifiers:
            rows = self._register.connection.execute(
                "SELECT DISTINCT source FROM link WHERE target = ? LIMIT ?", (identifier, most + 1)
            )
            found.update(source for (source,) in rows)
            if len(found) > most:
                return None
        return found

    def sources(self, identifier: str, kind: str) -> list[Record]:
        """The records of a kind that link to a record, each once, by number."""
        ids = dict.fromkeys(reference.source for reference in self.links_to(identifier))
        found = (self.records[source] for source in ids)
        return [record for record in found if record.kind_key == kind]


def _place(link: tuple[Record, str]) -> tuple[int, int, int]:
    """Where a link stands: by the kind and number of its record, fields as they are declared."""
    record, key = link
    return ALL_KINDS.index(record.kind), record.number, list(record.kind.by_key).index(key)


class _Held(Mapping[str, Record]):
    """Records by id, read once and kept until they change."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._records: dict[str, Record | None] = {}
        self.coming: dict[str, Record] = {}

    def forget(self, records: Iterable[str] | None) -> None:
        if records is None:
            self._records.clear()
        else:
            for identifier in records:
                self._records.pop(identifier, None)

    def read(self, identifiers: Iterable[str]) -> None:
        """Read at once what is about to be asked for."""
        wanted = [each for each in identifiers if each not in self._records]
        if len(wanted) > 1:
            self._make_room(len(wanted))
            self._records.update(self._register.by_ids(wanted))

    def _make_room(self, count: int) -> None:
        if len(self._records) + count > _MOST:
            self._records.clear()

    def __getitem__(self, identifier: str) -> Record:
        if identifier not in self._records:
            self._make_room(1)
            found = self._register.by_id(identifier)
            self._records[identifier] = found or self.coming.get(identifier)
        record = self._records[identifier]
        if record is None:
            raise KeyError(identifier)
        return record

    def __iter__(self) -> Iterator[str]:
        for kind in ALL_KINDS:
            for record in self._register.records(kind):
                yield record.id

    def __len__(self) -> int:
        return sum(1 for _identifier in self)
