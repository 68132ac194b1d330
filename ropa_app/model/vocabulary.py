"""Vocabularies: the terms of the program, and those a user adds, by stable id."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ropa_app.errors import UserError
from ropa_app.i18n import LANGUAGES, N_, _, in_language, translate
from ropa_app.paths import resources


@dataclass(frozen=True, slots=True)
class Term:
    """One term: labels and help by language, flags such as "special", the DPV name or "".

    phrase is how the term is said inside a sentence ("5 years after …"), where its label would not
    do; by language, often empty.
    """

    id: str
    labels: Mapping[str, str]
    help: Mapping[str, str]
    flags: frozenset[str] = frozenset()
    dpv: str = ""
    phrase: Mapping[str, str] = field(default_factory=dict)

    def label(self, language: str) -> str:
        """The label in the language."""
        return in_language(self.labels, language)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A list of terms; a closed one takes no terms of the user's own."""

    id: str
    closed: bool
    labels: Mapping[str, str]
    terms: Mapping[str, Term]
    by_label: Mapping[str, str] = field(repr=False)


def _term(data: Mapping[str, Any]) -> Term:
    return Term(
        data["id"], data["label"], data.get("help", {}), frozenset(data.get("flags", ())),
        data.get("dpv", ""), data.get("phrase", {}),
    )  # fmt: skip


def fold(text: str) -> str:
    """A text as labels are compared: case and surrounding space do not matter."""
    return " ".join(text.casefold().split())


@lru_cache(maxsize=128)
def vocabulary(identifier: str) -> Vocabulary:
    """The vocabulary of that id. Raises UserError if there is none."""
    file = resources("vocabulary", f"{identifier}.json")
    if not file.is_file():
        raise UserError(
            _("There is no vocabulary “{name}”; see “ropa term --help”.").format(name=identifier)
        )
    data = json.loads(file.read_text(encoding="utf-8"))
    terms = {item["id"]: _term(item) for item in data["terms"]}
    by_label = {fold(text): t.id for t in terms.values() for text in t.phrase.values()}
    by_label |= {fold(t.label(lang)): t.id for t in terms.values() for lang in LANGUAGES}
    by_label |= {fold(identifier): identifier for identifier in terms}
    return Vocabulary(data["id"], data["closed"], data["label"], terms, by_label)


@lru_cache(maxsize=1)
def vocabulary_names() -> tuple[str, ...]:
    """The ids of all vocabularies, sorted."""
    names = (entry.name for entry in resources("vocabulary").iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in names if name.endswith(".json")))


def open_vocabulary(identifier: str) -> Vocabulary:
    """The vocabulary, if it takes terms of the user's own. Raises UserError if it does not."""
    if identifier not in vocabulary_names():
        known = ", ".join(name for name in vocabulary_names() if not vocabulary(name).closed)
        sentence = _("There is no vocabulary “{name}”; you can add to {known}.")
        raise UserError(sentence.format(name=identifier, known=known))
    found = vocabulary(identifier)
    if found.closed:
        sentence = _("The vocabulary “{name}” is given by the law and takes no further terms.")
        raise UserError(sentence.format(name=identifier))
    return found


def own_term(identifier: str, values: Mapping[str, Any]) -> Term:
    """The term that an “own term” record (its id and values) stands for."""
    label = values.get("name")
    name = label if isinstance(label, str) else identifier
    bokmaal = values.get("name_nb")
    help_text = values.get("help_text")
    flags = values.get("flags")
    return Term(
        identifier,
        {"en": name, "nb": bokmaal if isinstance(bokmaal, str) else name},
        {"en": help_text, "nb": help_text} if isinstance(help_text, str) else {},
        frozenset(flag for flag in flags if isinstance(flag, str))
        if isinstance(flags, list)
        else frozenset(),
    )


def _as_deleted(term: Term) -> Term:
    labels = {
        language: translate(N_("{name} (deleted)"), language).format(name=term.label(language))
        for language in LANGUAGES
    }
    return Term(term.id, labels, term.help)


Records = Iterable[tuple[str, Mapping[str, Any]]]


class OwnTerms:
    """The user's own terms, found by id or label before the program's.

    `deleted` ones still name what old records hold, but are no longer found.
    """

    def __init__(self, records: Records = (), deleted: Records = ()) -> None:
        self._terms = {i: _as_deleted(own_term(i, values)) for i, values in deleted}
        self._lists: dict[str, str] = {}
        self._by_label: dict[tuple[str, str], str] = {}
        for identifier, values in records:
            term = own_term(identifier, values)
            self._terms[identifier] = term
            self._lists[identifier] = str(values.get("vocabulary"))
            for language in LANGUAGES:
                key = (self._lists[identifier], fold(term.label(language)))
                self._by_label[key] = identifier

    def term(self, vocabulary_id: str, identifier: str) -> Term | None:
        """The term of that id, the user's or the program's; None if there is none.

        An own term that is deleted, or of another vocabulary, has its name but no flags: what the
        law sees in it holds for a live term of its own vocabulary only.
        """
        own = self._terms.get(identifier)
        if own is None:
            return vocabulary(vocabulary_id).terms.get(identifier)
        if self.belongs(vocabulary_id, identifier):
            return own
        return Term(identifier, own.labels, own.help)

    def belongs(self, vocabulary_id: str, identifier: str) -> bool:
        """True if that id is a live own term of the vocabulary."""
        return self._lists.get(identifier) == vocabulary_id

    def find(self, vocabulary_id: str, text: str) -> str | None:
        """The id of the term with that id or label in any language; None if there is none."""
        if self.belongs(vocabulary_id, text):
            return text
        key = fold(text)
        own = self._by_label.get((vocabulary_id, key))
        return own or vocabulary(vocabulary_id).by_label.get(key)
