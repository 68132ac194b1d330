"""The log in words: what was done, when, by whom, and what each field held before and after."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from ropa_app import clock
from ropa_app.i18n import N_
from ropa_app.model.kinds import KINDS, split_reference
from ropa_app.model.record import Record
from ropa_app.model.state import Value, decode
from ropa_app.model.words import Words
from ropa_app.register import log
from ropa_app.register.loading import record_at_creation
from ropa_app.register.log import LogRow, Operation
from ropa_app.register.store import Register
from ropa_app.register.view import View

SYSTEM_LABELS = {"deleted": N_("Deleted"), "merged_into": N_("Merged into")}
_SENTENCES = {
    "new": N_("Register made"),
    "add": N_("Added {count} {kind}"),
    "add_several": N_("Added {count} records"),
    "set": N_("Changed {fields} of {ref}"),
    "set_whole": N_("Changed {ref}"),
    "set_several": N_("Changed {count} records"),
    "make": N_("Added {count} {kind} under {fields} of {ref}"),
    "bulk": N_("Changed {fields} of {count} {kind}"),
    "delete": N_("Deleted {ref}"),
    "restore": N_("Brought back {ref}"),
    "merge": N_("Merged {other} into {ref}"),
    "attach": N_("Attached a file to {ref}"),
    "term": N_("Added an own term to {vocabulary}"),
    "redact": N_("Redacted {fields} of {ref}"),
    "import": N_("Imported {count} records"),
    "sample": N_("Part of the sample"),
    "migrate": N_("Brought the register to schema {schema}"),
    "restored": N_("Restored from a backup"),
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One changed field: the record's id and reference, the field, both values."""

    record: str
    ref: str
    field: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class Entry:
    """One operation with what it changed; a created record stands as its reference alone."""

    operation: Operation
    created: tuple[str, ...]
    changes: tuple[FieldChange, ...]


def entries(register: Register, view: View, record: Record | None = None) -> Iterator[Entry]:
    """The operations, newest first; with a record, those that touched it."""
    where, of_it = ("1", ()) if record is None else ("record = ?", (record.id,))
    # One pass over the log: the rows of an operation stand together in it.
    grouped = groupby(register.rows(where, of_it, newest_first=True), key=attrgetter("op"))
    seq, rows = next(grouped, _NONE)
    for operation in reversed(list(register.operations())):
        if seq == operation.seq:
            yield entry_of(operation, list(rows)[::-1], view)
            seq, rows = next(grouped, _NONE)
        elif record is None:
            yield entry_of(operation, [], view)


_NONE: tuple[int, Iterator[LogRow]] = (0, iter(()))


def entry_of(operation: Operation, rows: list[LogRow], view: View) -> Entry:
    """An operation with what these rows of it changed."""
    created, changes = [], []
    for row in rows:
        if row.field == log.CREATED:
            created.append(record_at_creation(row).ref)
        else:
            known = view.records.get(row.record)
            ref = known.ref if known else row.record
            old, new = decode(row.old), decode(row.new)
            changes.append(FieldChange(row.record, ref, row.field, old, new))
    return Entry(operation, tuple(created), tuple(changes))


def label_words(operation: Operation, view: View, words: Words) -> str:
    """What an operation did, in words; names and field labels are looked up now."""
    details = label_details(operation)
    sentence = words.say(_SENTENCES.get(str(details.get("do")), N_("Changed")))
    text = sentence.format_map(_Parts(details, view, words))
    if operation.kind == log.UNDO:
        return words.say(N_("Undone: {what}"), what=text)
    if operation.kind == log.REDO:
        return words.say(N_("Done again: {what}"), what=text)
    return text


def label_details(operation: Operation) -> dict[str, Any]:
    """What the label of an operation tells; nothing if another program has spoilt it."""
    try:
        details = json.loads(operation.label)
    except (ValueError, TypeError, RecursionError):
        return {}
    return details if isinstance(details, dict) else {}


class _Parts(dict[str, str]):
    """The parts of a label, said when they are asked for."""

    def __init__(self, details: dict[str, Any], view: View, words: Words) -> None:
        super().__init__()
        self._details, self._view, self._words = details, view, words

    def __missing__(self, key: str) -> str:
        value = self._details.get(key, "")
        if key == "fields":
            names = value if isinstance(value, list) else [value]
            return ", ".join(self._field(str(name)) for name in names)
        if key in ("ref", "other"):
            return self._named(str(value))
        if key == "kind":
            return self._kind(str(value))
        return str(value)

    def _field(self, name: str) -> str:
        found = split_reference(str(self._details.get("ref", "")))
        kind = found[0] if found else KINDS.get(str(self._details.get("kind")))
        if kind and kind.has(name):
            return self._words.say(N_("“{field}”"), field=self._words.label(kind.field(name)))
        return name

    def _named(self, reference: str) -> str:
        record = self._view.by_ref(reference)
        return f"{reference} {self._view.title(record, self._words)}" if record else reference

    def _kind(self, key: str) -> str:
        many = self._details.get("count") != 1
        return self._words.kind(KINDS[key], many).lower() if key in KINDS else key


def value_words(change: FieldChange, view: View, words: Words) -> tuple[str, str, str]:
    """The label of a changed field, and its old and new value in words."""
    found = split_reference(change.ref)
    if change.field in SYSTEM_LABELS or found is None or not found[0].has(change.field):
        old, new = (_system_words(change.field, v, view, words) for v in (change.old, change.new))
        return words.say(SYSTEM_LABELS.get(change.field, change.field)), old, new
    field = found[0].field(change.field)
    record = view.records.get(change.record)
    values = record.values if record else None
    return (
        words.label(field),
        words.value(field, change.old, values),
        words.value(field, change.new, values),
    )


def _system_words(key: str, value: Value, view: View, words: Words) -> str:
    """A moment of deletion as the clock showed it here, the record of a merge by its name."""
    if value is None:
        return ""
    if key == "deleted":
        return clock.local(str(value), view.zone)
    return words.name_of(str(value)) if key == "merged_into" else str(value)
