"""From JSON and typed text to changes: what `ropa add`, `ropa set` and the samples bring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from ropa_app.clock import zone_named
from ropa_app.errors import UserError
from ropa_app.i18n import _
from ropa_app.model.corrections import usable_corrections
from ropa_app.model.field import Field, RecordKind
from ropa_app.model.kinds import KINDS, kind_named
from ropa_app.model.reading import read
from ropa_app.model.record import Record
from ropa_app.model.state import Value
from ropa_app.model.vocabulary import OwnTerms, fold, open_vocabulary
from ropa_app.register.change import Changed, Create, Edit, label, new_id
from ropa_app.register.shape import repeated_line_id
from ropa_app.register.store import Register

# The keys of records about to be added: each with the kind and the id it will have.
Keys = Mapping[str, tuple[str, str]]


class RegisterReader:
    """Knows the records of a register, and the keys of records about to be added."""

    def __init__(
        self, register: Register, keys: Keys | None = None, lists: Mapping[str, str] | None = None
    ) -> None:
        """`lists`: the vocabulary of each own term about to be added, by the id it will have."""
        self._register = register
        self._keys = keys or {}
        self._lists = lists or {}

    @cached_property
    def terms(self) -> OwnTerms:
        """The own terms of the register and those about to be added."""
        own = self._register.records(KINDS["term"])
        live = (record for record in own if not record.deleted)
        return _TermsWithKeys(live, self._keys, self._lists)

    def find_record(self, text: str, kinds: tuple[str, ...]) -> str | None:
        """The id for a key of a new record, a reference or an id; None if there is none."""
        if text in self._keys:
            kind, identifier = self._keys[text]
            return identifier if kind in kinds else None
        record = self._register.find(text, kinds)
        return record.id if record else None

    def holds(self, digest: str) -> bool:
        """True if the register holds a file with that SHA-256."""
        found = self._register.connection.execute(
            "SELECT 1 FROM document_data WHERE sha256 = ?", (digest,)
        )
        return found.fetchone() is not None


class _TermsWithKeys(OwnTerms):
    """Own terms that a file may also name by the key it gives them."""

    def __init__(self, records: Iterable[Record], keys: Keys, lists: Mapping[str, str]) -> None:
        known = list(records)
        super().__init__((record.id, record.values) for record in known)
        self._keys = {key: i for key, (kind, i) in keys.items() if kind == "term"}
        self._keys |= {record.ref: record.id for record in known}
        self._coming = lists

    def find(self, vocabulary_id: str, text: str) -> str | None:
        """The id of the term with that key, reference, id or label."""
        named = self._keys.get(text)
        if named is None:
            return super().find(vocabulary_id, text)
        return named if self.belongs(vocabulary_id, named) else None

    def belongs(self, vocabulary_id: str, identifier: str) -> bool:
        """True if that id is, or will be, an own term of the vocabulary."""
        if identifier in self._coming:
            return self._coming[identifier] == vocabulary_id
        return super().belongs(vocabulary_id, identifier)


def field_named(kind: RecordKind, key: str) -> Field:
    """The field of a kind. Raises UserError that names the nearest ones and where the list is."""
    if kind.has(key):
        return kind.field(key)
    near = nearest_fields(kind, key)
    sentence = _("{kind} has no field “{field}”; “ropa fields {kind}” lists those there are.")
    if near:
        sentence = _(
            "{kind} has no field “{field}”; did you mean {near}? "
            "“ropa fields {kind}” lists all there are."
        )
    raise UserError(sentence.format(kind=kind.key, field=key, near=_(" or ").join(near)))


def nearest_fields(kind: RecordKind, word: str) -> list[str]:
    """The keys of the fields whose key or label is nearest to a word, at most three."""
    from difflib import get_close_matches

    names = {field.key: field.key for field in kind.fields}
    names |= {fold(text): f.key for f in kind.fields for text in (f.label, _(f.label))}
    wanted = fold(word)
    parts = [name for name in names if len(wanted) > 2 and wanted in name.split("_")]
    found = [*get_close_matches(wanted, names, n=3, cutoff=0.7), *parts]
    return list(dict.fromkeys(names[name] for name in found))[:3]


def read_fields(
    kind: RecordKind, data: Mapping[str, Any], reader: RegisterReader
) -> dict[str, Value]:
    """The values of a record from JSON data, fields that hold nothing left out."""
    found = {key: _read(field_named(kind, key), item, reader) for key, item in data.items()}
    return {key: value for key, value in found.items() if value is not None}


def _read(field: Field, item: Any, reader: RegisterReader) -> Value:
    try:
        value = read(field, item, reader)
    except RecursionError:
        raise UserError(
            _("“{field}” holds lists within lists, too many to read; give it as text.").format(
                field=field.key
            )
        ) from None
    repeated = repeated_line_id(value)
    if repeated is not None:
        raise UserError(
            _("“{field}”: two lines have the id {id}; give each an id of its own, or none.").format(
                field=field.key, id=repeated
            )
        )
    if field.key == "time_zone" and isinstance(value, str):
        zone_named(value)
    if field.key == "vocabulary" and isinstance(value, str):
        open_vocabulary(value)
    if field.key == "reference_overlay" and isinstance(value, list):
        usable_corrections(value)
    if field.kind == "file" and isinstance(value, dict) and not reader.holds(value["sha256"]):
        raise UserError(
            _("“{field}” is set by “ropa attach”, not as text.").format(field=field.key)
        )
    return value


def creations(
    register: Register, items: Sequence[Mapping[str, Any]], keys: dict[str, tuple[str, str]]
) -> list[Create]:
    """New records from items with "kind", "fields" and perhaps a "key" others may link to.

    `keys` maps the keys known so far to kind and id; the new ones are added to it. Raises
    UserError for an unknown kind or field, a key used twice, or a link to nothing.
    """
    ids = []
    for item in items:
        kind = kind_named(str(item.get("kind")))
        identifier = new_id()
        key = item.get("key")
        if key is not None:
            if key in keys:
                raise UserError(_("The key “{key}” is used twice.").format(key=key))
            keys[str(key)] = (kind.key, identifier)
        ids.append((kind, identifier))
    reader = RegisterReader(register, keys, _lists(ids, items))
    changes = []
    for number, ((kind, identifier), item) in enumerate(zip(ids, items, strict=True), 1):
        try:
            changes.append(
                Create(kind.key, identifier, read_fields(kind, item.get("fields", {}), reader))
            )
        except UserError as error:
            if len(items) == 1:
                raise
            raise UserError(
                _("Record {n} of {count}: {problem}").format(
                    n=number, count=len(items), problem=error
                )
            ) from error
    return changes


def _lists(
    ids: Iterable[tuple[RecordKind, str]], items: Iterable[Mapping[str, Any]]
) -> dict[str, str]:
    """The vocabulary of each own term among new records, by id."""
    return {
        identifier: str(item.get("fields", {}).get("vocabulary"))
        for (kind, identifier), item in zip(ids, items, strict=True)
        if kind.key == "term"
    }


def add(register: Register, kind: RecordKind, data: Any) -> list[Record]:
    """Add one record (a JSON object of fields) or several (a list), as one operation.

    An object may have a "key" that links of the same call can name. Raises UserError, also for
    a record without anything that tells it from others.
    """
    items = data if isinstance(data, list) else [data]
    if not all(isinstance(item, dict) for item in items):
        raise UserError(_("Give one JSON object of fields per record, or a list of them."))
    if not all(isinstance(item.get("key", ""), str) for item in items):
        raise UserError(_("A “key” must be text."))
    prepared = []
    for item in items:
        fields = {key: value for key, value in item.items() if key != "key"}
        prepared.append({"kind": kind.key, "key": item.get("key"), "fields": fields})
    if kind.key == "register":
        raise UserError(_("A register has one record of settings; change it with “ropa set”."))
    if not prepared:
        raise UserError(_("There is nothing to add: the list is empty."))
    changes = creations(register, prepared, {})
    for number, change in enumerate(changes, 1):
        _check_told_apart(kind, change, number, len(changes))
    register.apply(changes, label("add", kind=kind.key, count=len(changes)))
    return [register.get(change.id) for change in changes]


def _check_told_apart(kind: RecordKind, change: Create, number: int, count: int) -> None:
    """Raises UserError if a new record says nothing that tells it from others of its kind."""
    if any(key in change.values for key in kind.title_keys):
        return
    fields = _(" or ").join(f"“{key}”" for key in kind.title_keys)
    sentence = _(
        "A new {kind} needs {fields} to be told from others; "
        'where that is not known, give {{"open": "question"}}.'
    )
    problem = sentence.format(kind=kind.key, fields=fields)
    if count > 1:
        sentence = _("Record {n} of {count}: {problem}")
        problem = sentence.format(n=number, count=count, problem=problem)
    raise UserError(problem)


def edits(
    register: Register, record: Record, data: Mapping[str, Any], keys: Keys | None = None
) -> list[Edit]:
    """The edits that give a record these fields, from JSON data or typed text."""
    reader = RegisterReader(register, keys)
    changes = []
    for key, item in data.items():
        field = field_named(record.kind, key)
        changes.append(Edit(record.id, key, record[key], _read(field, item, reader)))
    return changes


def set_fields(register: Register, reference: str, data: Mapping[str, Any]) -> Changed:
    """Set fields of one record as one operation. Raises UserError, ConflictError."""
    record = register.get(reference)
    changes = edits(register, record, data)
    return register.apply(changes, label("set", ref=record.ref, fields=list(data)))


def set_deleted(register: Register, reference: str, deleted: bool, moment: str) -> Record:
    """Delete a record, or bring a deleted one back. Raises UserError if it is so already."""
    record = register.find_exact(reference)
    if record is None:
        raise UserError(_("There is no record {ref}.").format(ref=reference))
    if record.kind_key == "register":
        raise UserError(_("The settings of the register cannot be deleted."))
    if bool(record.deleted) == deleted:
        sentence = _("{ref} is deleted already.") if deleted else _("{ref} is not deleted.")
        raise UserError(sentence.format(ref=record.ref))
    changes = [Edit(record.id, "deleted", record.deleted, moment if deleted else None)]
    if not deleted and record.merged_into:
        changes.append(Edit(record.id, "merged_into", record.merged_into, None))
    register.apply(changes, label("delete" if deleted else "restore", ref=record.ref))
    return record
