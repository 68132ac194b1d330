"""The gaps of a sentence: what fills them is said in the reader's language only when it is read.

A rule hands over what it speaks of (a field, a record, a term, a day, a provision), never words
in a language of its own choosing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as data_field
from datetime import date
from typing import Any

from ropa_app.i18n import N_, translate
from ropa_app.model.dates import date_words
from ropa_app.model.field import Field, RecordKind
from ropa_app.model.words import Words, lower_first
from ropa_app.rules.articles import article_words


@dataclass(frozen=True, slots=True)
class Article:
    """A provision, such as ``28(3)``."""

    number: str


@dataclass(frozen=True, slots=True)
class Named:
    """A record, by its id."""

    record: str


@dataclass(frozen=True, slots=True)
class TermOf:
    """A term of a vocabulary, said as it stands inside a sentence."""

    vocabulary: str
    term: str


@dataclass(frozen=True, slots=True)
class Fields:
    """Several fields, one after the other."""

    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a field, or one column of a numbered line (from 1) of a field."""

    field: Field
    line: int = 0
    lines: Field | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A part of a sentence that is itself to be translated, with the parts that fill its gaps."""

    template: str
    parts: Mapping[str, Part] = data_field(default_factory=dict, hash=False)


Part = str | int | date | Field | RecordKind | Article | Named | TermOf | Fields | Place | Phrase


def say(words: Words, template: str, parts: Mapping[str, Part]) -> str:
    """A sentence in the language of `words`, every gap said in that language."""
    said = {key: say_part(words, part) for key, part in parts.items()}
    return translate(template, words.language).format_map(said)


def say_part(words: Words, part: Part) -> str:
    """One part in the language of `words`."""
    match part:
        case Field():
            return words.label(part)
        case RecordKind():
            return lower_first(words.kind(part))
        case Article():
            return article_words(part.number, words.language)
        case Named():
            return words.name_of(part.record)
        case TermOf():
            return lower_first(words.term(part.vocabulary, part.term))
        case Fields():
            return ", ".join(words.label(field) for field in part.fields)
        case Place():
            return _place(words, part)
        case Phrase():
            return say(words, part.template, part.parts)
        case date():
            return date_words(part.isoformat(), words.language)
    return str(part)


def _place(words: Words, place: Place) -> str:
    known: dict[str, Any] = {"field": words.label(place.field)}
    if place.lines is None or not place.line:
        return translate(N_("“{field}”"), words.language).format_map(known)
    known |= {"line": place.line, "list": words.label(place.lines)}
    if place.field == place.lines:
        return translate(N_("“{list}”, line {line}"), words.language).format_map(known)
    return translate(N_("“{field}” in line {line} of “{list}”"), words.language).format_map(known)
