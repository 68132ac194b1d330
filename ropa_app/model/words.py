"""A value in words, as a person reads it who has never seen the program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ropa_app.i18n import N_, in_language, translate
from ropa_app.model.countries import country_name
from ropa_app.model.dates import date_words
from ropa_app.model.field import Field, RecordKind
from ropa_app.model.period_words import period_words
from ropa_app.model.state import (
    STATES,
    AsTyped,
    NotApplicable,
    Open,
    Redacted,
    State,
    Value,
)
from ropa_app.model.vocabulary import OwnTerms, vocabulary

Namer = Callable[[str], str]


def lower_first(text: str) -> str:
    """A label inside a sentence: its first letter small, unless it is an abbreviation or name."""
    following = text[1:3].lstrip("-") if text[1:2] == "-" else text[1:2]
    return text[:1].lower() + text[1:] if following.islower() or following == " " else text


class Words:
    """Says values in one language; `name_of` gives the name of a linked record by its id."""

    def __init__(self, language: str, terms: OwnTerms, name_of: Namer) -> None:
        self.language = language
        self.terms = terms
        self.name_of = name_of

    def say(self, text: str, /, **parts: object) -> str:
        """A sentence of the program in this language, its gaps filled."""
        sentence = translate(text, self.language)
        return sentence.format(**parts) if parts else sentence

    def label(self, field: Field) -> str:
        """The label of a field."""
        return translate(field.label, self.language)

    def kind(self, kind: RecordKind, many: bool = False) -> str:
        """The name of a record kind."""
        return translate(kind.plural if many else kind.label, self.language)

    def state(self, state: State) -> str:
        """A state other than a value, said in words."""
        match state:
            case Open():
                return self.say(N_("Open question: {text}"), text=state.question)
            case NotApplicable():
                return self.say(N_("Not applicable: {text}"), text=state.reason)
            case AsTyped():
                return self.say(N_("{text} (as typed, could not be read)"), text=state.text)
            case Redacted():
                return self.say(N_("(redacted)"))

    def value(self, field: Field, value: Value, record: Mapping[str, Any] | None = None) -> str:
        """The value in words, one item per line; nothing is the empty text."""
        return "\n".join(self.items(field, value, record))

    def items(
        self, field: Field, value: Value, record: Mapping[str, Any] | None = None
    ) -> list[str]:
        """The items of a value in words; a single value is a list of one."""
        if value is None:
            return []
        if isinstance(value, STATES):
            return [self.state(value)]
        if isinstance(value, list):
            return [self._one(field, item, record) for item in value]
        return [self._one(field, value, record)]

    def _one(self, field: Field, value: Value, record: Mapping[str, Any] | None) -> str:
        if isinstance(value, STATES):
            return self.state(value)
        match field.kind:
            case "term" | "terms":
                return self.term(field.vocabulary, value)
            case "date":
                return date_words(value, self.language)
            case "country" | "countries":
                return country_name(value, self.language)
            case "link" | "links":
                return self.name_of(value)
            case "lines":
                return self.line(field, value, record)
            case "period":
                return self.period(field, value)
            case "file":
                return self.say(N_("{name}, {size} bytes"), name=value["name"], size=value["size"])
            case "line_links":
                return self._line_link(field, value, record)
        return str(value)

    def term(self, vocabulary: str, identifier: str) -> str:
        """The label of a term; a term nobody knows is its id."""
        found = self.terms.term(vocabulary, identifier)
        return found.label(self.language) if found else identifier

    def phrase(self, vocabulary: str, identifier: str) -> str:
        """A term inside a sentence: its own form there, else its label with a small letter."""
        found = self.terms.term(vocabulary, identifier)
        phrase = in_language(found.phrase, self.language) if found else ""
        return phrase or lower_first(self.term(vocabulary, identifier))

    def series(
        self, field: Field, value: Value, record: Mapping[str, Any] | None = None
    ) -> str:
        """A value as running text: “Name, e-mail address”.

        Terms of the program after the first begin small; names and own terms keep their letters.
        Items with a comma of their own (“Contract, Art. 6(1)(b)”) are parted by semicolons.
        """
        items = self.items(field, value, record)
        if not isinstance(value, list):
            return ", ".join(items)
        between = "; " if any(", " in item for item in items) else ", "
        said = [
            lower_first(text) if number and self._is_ours(field, item, record) else text
            for number, (item, text) in enumerate(zip(value, items, strict=True))
        ]
        return between.join(said)

    def _is_ours(self, field: Field, item: Value, record: Mapping[str, Any] | None) -> bool:
        """True if an item is said by a term of the program."""
        if field.kind == "line_links" and isinstance(item, str):
            return self._linked_name(field, item, record) in vocabulary("purpose").terms
        if field.kind != "terms" or not isinstance(item, str):
            return False
        return item in vocabulary(field.vocabulary).terms

    def _line_link(self, field: Field, value: str, record: Mapping[str, Any] | None) -> str:
        named = self._linked_name(field, value, record)
        if isinstance(named, str):
            return self.term("purpose", named)
        return self.state(named) if isinstance(named, STATES) else value

    def _linked_name(self, field: Field, value: str, record: Mapping[str, Any] | None) -> Value:
        """What the line of that id is called by: its purpose or name, in whichever state."""
        lines = (record or {}).get(field.lines_of)
        for line in lines if isinstance(lines, list) else ():
            if isinstance(line, dict) and line.get("id") == value:
                return next((line[key] for key in ("purpose", "name") if key in line), None)
        return None

    def line(
        self, field: Field, line: Mapping[str, Value], record: Mapping[str, Any] | None = None
    ) -> str:
        """A line of a small table: its first column, then the others with their labels."""
        parts = []
        for number, column in enumerate(field.columns):
            text = self.series(column, line.get(column.key), record)
            if text:
                parts.append(text if number == 0 else f"{self.label(column)}: {text}")
        return "; ".join(parts)

    def period(self, field: Field, period: Mapping[str, Value], full: bool = True) -> str:
        """A period as a sentence; `full` adds its ground and what happens then."""
        return period_words(self, field, period, full)
