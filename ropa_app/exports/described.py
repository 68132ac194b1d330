"""A linked record in a few words: never a bare link, but what it is, its date and its place."""

from __future__ import annotations

from datetime import date

from ropa_app.i18n import N_
from ropa_app.model.record import Record
from ropa_app.model.sentences import run_on
from ropa_app.model.state import STATES, Open, is_value
from ropa_app.model.words import Words, lower_first
from ropa_app.register.view import View

# What is said of a linked record after its name, by kind of record.
_FACTS: dict[str, tuple[str, ...]] = {
    "document": ("kind", "version", "date"),
    "agreement": ("kind", "signed", "expires", "place_kept"),
    "assessment": ("kind", "status", "done_on", "outcome"),
    "notice": ("kind", "version", "published", "url"),
    "retention": ("period", "law"),
}
# Those that need their label, and what stands between it and the fact.
_LABELLED = {
    "version": " ", "signed": " ", "expires": " ", "place_kept": ": ", "done_on": " ",
    "outcome": ": ", "published": " ", "law": ": ",
}  # fmt: skip


def described(view: View, record: Record, words: Words) -> str:
    """The record as text for a reader without the register: name, kind, date, where it is kept."""
    name = words.name_of(record.id)
    # “Notice to employees” is not said to be a notice to employees.
    parts = [name, *(fact for fact in _facts(record, words, view.day) if fact != lower_first(name))]
    if record.kind_key == "document":
        parts.append(_kept(record, words))
    text = run_on(parts)
    documents = view.linked(record, "documents") if record.kind.has("documents") else []
    inner = "; ".join(described(view, document, words) for document in documents)
    return f"{text} [{inner}]" if inner else text


def described_id(view: View, identifier: str, words: Words) -> str:
    """The same by record id; an id that leads nowhere is said to."""
    record = view.get(identifier)
    return described(view, record, words) if record else words.name_of(identifier)


def _facts(record: Record, words: Words, day: date) -> list[str]:
    found = []
    for key in _FACTS.get(record.kind_key, ()):
        value = record.values.get(key)
        field = record.kind.field(key)
        text = ", ".join(words.items(field, value))
        if not text or _told_by_its_date(record, key):
            continue
        label, state = words.label(field).lower(), isinstance(value, STATES)
        end = record.day(key) if key == "expires" else None
        label = words.say(N_("expired")) if end and end < day else label
        text = lower_first(text) if field.kind == "term" or state else text
        between = ": " if state else _LABELLED.get(key, "")
        # A question says itself what it is about.
        plain = isinstance(value, Open) or not between
        found.append(text if plain else f"{label}{between}{text}")
    return found


def _told_by_its_date(record: Record, key: str) -> bool:
    """True of the status of an assessment that is said to be completed on a day."""
    return key == "status" and record["status"] == "completed" and is_value(record["done_on"])


def _kept(document: Record, words: Words) -> str:
    file = document.values.get("file")
    if isinstance(file, dict):
        return words.say(N_("kept in the register as {name}"), name=file["name"])
    place = words.value(document.kind.field("location"), document.values.get("location"))
    return place or words.say(N_("where it is kept is not stated"))
