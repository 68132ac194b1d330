"""The declarations are sound, and every field in every state says something in both languages."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from ropa_app.i18n import LANGUAGES, translate
from ropa_app.model.field import ALWAYS, CONTROLLER, PROCESSOR, Field, RecordKind, walk
from ropa_app.model.kinds import ALL_KINDS, KINDS, kind_named, split_reference
from ropa_app.model.state import AsTyped, NotApplicable, Open, Redacted, Value
from ropa_app.model.vocabulary import OwnTerms, vocabulary, vocabulary_names
from ropa_app.model.words import Words

KINDS_OF_FIELD = {
    "text", "long_text", "email", "phone", "url", "organisation_number", "number", "date", "term",
    "terms", "country", "countries", "link", "links", "texts", "line_links", "file", "period",
    "lines",
}  # fmt: skip
# Names of columns the register keeps for itself, and of the states in JSON data.
RESERVED = {"number", "id", "ref", "deleted", "merged_into"}
STATE_KEYS = {"open", "not_applicable", "as_typed", "redacted"}
FIELDS = [(kind, path, field) for kind in ALL_KINDS for path, field in walk(kind.fields)]
NAMES = [f"{kind.key}.{path}" for kind, path, _field in FIELDS]
every_kind = pytest.mark.parametrize("kind", ALL_KINDS, ids=lambda kind: kind.key)
every_field = pytest.mark.parametrize(("kind", "path", "field"), FIELDS, ids=NAMES)
LINK = "01900000-0000-7000-8000-000000000001"


@every_kind
def test_keys_are_unique(kind: RecordKind) -> None:
    assert all(count == 1 for count in Counter(path for path, _field in walk(kind.fields)).values())
    # SQL does not tell capital letters apart.
    assert len({field.key.casefold() for field in kind.fields}) == len(kind.fields)


@every_field
def test_a_field_is_well_declared(kind: RecordKind, path: str, field: Field) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", field.key)
    assert field.key not in RESERVED | STATE_KEYS
    assert field.kind in KINDS_OF_FIELD
    assert field.obligatory in ("", ALWAYS, CONTROLLER, PROCESSOR)
    assert "." in path or field.section in [key for key, _title in kind.sections]


@every_field
def test_a_field_has_what_its_kind_needs(kind: RecordKind, path: str, field: Field) -> None:
    assert bool(field.vocabulary) is (field.kind in ("term", "terms"))
    assert bool(field.links_to) is (field.kind in ("link", "links"))
    assert bool(field.columns) is (field.kind in ("lines", "period"))
    assert bool(field.lines_of) is (field.kind == "line_links")
    assert set(field.links_to) <= set(KINDS)
    if field.vocabulary:
        assert field.vocabulary in vocabulary_names()
    if field.lines_of:
        assert kind.field(field.lines_of).kind == "lines"


@every_field
def test_only_the_first_level_holds_lines(kind: RecordKind, path: str, field: Field) -> None:
    """Lines in lines would have no table to be shown in."""
    if path.count("."):
        assert field.kind != "lines"


@every_field
def test_label_and_help_are_sentences_in_both_languages(
    kind: RecordKind, path: str, field: Field
) -> None:
    for language in LANGUAGES:
        label, help_text = (translate(text, language) for text in (field.label, field.help))
        assert label.strip() == label != ""
        assert label[0].isupper() or label[0].isdigit() or label[:2] == "e-"
        assert not label.endswith((".", ":"))
        assert re.fullmatch(r"[^.\n].*\.", help_text), help_text
        middle = re.sub(r"\b(?:Art|art|para|Sch|nr|mv|f\.eks|bl\.a)\.", "", help_text[:-1])
        assert not re.search(r"\. [A-ZÆØÅ]", middle), "one sentence"
        assert "{" not in label + help_text


@every_field
def test_articles_look_like_articles(kind: RecordKind, path: str, field: Field) -> None:
    one = r"(?:\d{1,2}(?:\(\d{1,2}\))?(?:\([a-z]\))?|\d{1,2}–\d{1,2}|recital \d{1,3})"
    uk = r"DPA 2018 (?:Sch\. \d+|s\. \d+)(?: para\. \d+)?"
    assert re.fullmatch(rf"|{one}(?:, {one})*|{uk}", field.article), field.article


@every_kind
def test_sections_are_named_and_used(kind: RecordKind) -> None:
    keys = [key for key, _title in kind.sections]
    assert len(keys) == len(set(keys))
    assert {field.section for field in kind.fields} == set(keys)
    assert all(translate(title, language) for _k, title in kind.sections for language in LANGUAGES)


@every_kind
def test_every_record_has_a_name_and_a_source(kind: RecordKind) -> None:
    assert kind.field("name").kind == "text"
    assert kind.field("source").kind == "lines"
    assert any(field.listed for field in kind.fields)


def test_ordinals_and_prefixes_are_unique() -> None:
    assert [kind.ordinal for kind in ALL_KINDS] == list(range(1, len(ALL_KINDS) + 1))
    assert len({kind.prefix for kind in ALL_KINDS}) == len(ALL_KINDS)
    assert len({translate(k.plural, "nb") for k in ALL_KINDS}) == len(ALL_KINDS)


@pytest.mark.parametrize(
    ("prefix", "kind"),
    [
        ("O", "organisation"), ("A", "activity"), ("P", "party"), ("D", "agreement"),
        ("T", "transfer"), ("R", "retention"), ("M", "measure"), ("S", "system"),
        ("X", "assessment"), ("F", "document"), ("N", "notice"), ("RQ", "request"),
    ],
)  # fmt: skip
def test_references_never_change_their_letter(prefix: str, kind: str) -> None:
    assert KINDS[kind].reference(12) == f"{prefix}-012"
    assert split_reference(f" {prefix.lower()}-012 ") == (KINDS[kind], 12)
    assert kind_named(prefix) is kind_named(f"{kind}s") is KINDS[kind]


@pytest.mark.parametrize("text", ["", "A", "A-", "A-1x", "Z-001", "A-٣", "-1", "A--1"])
def test_what_is_no_reference(text: str) -> None:
    assert split_reference(text) is None


def example(field: Field, kind: RecordKind) -> Value:
    """A value of the field, made by hand for each kind of field."""
    simple: dict[str, Any] = {
        "text": "Text here", "long_text": "Long\ntext", "email": "a@example.com",
        "phone": "+47 22 39 69 00", "url": "https://example.com", "texts": ["One", "Two"],
        "organisation_number": "999 615 147", "number": 7, "date": "2026-11-24", "country": "NO",
        "countries": ["NO", "US"], "link": LINK, "links": [LINK], "line_links": ["p1"],
        "file": {"sha256": "0" * 64, "size": 5, "name": "a.pdf", "media_type": "application/pdf"},
    }  # fmt: skip
    if field.kind in simple:
        return simple[field.kind]
    if field.kind == "term":
        return next(iter(vocabulary(field.vocabulary).terms))
    if field.kind == "terms":
        return list(vocabulary(field.vocabulary).terms)
    columns = {column.key: example(column, kind) for column in field.columns}
    return columns if field.kind == "period" else [{"id": "l1", **columns}]


def states(field: Field, kind: RecordKind) -> list[Value]:
    return [example(field, kind), Open("Why?"), NotApplicable("So."), AsTyped("typed"), Redacted()]


@every_field
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_says_something(
    kind: RecordKind, path: str, field: Field, language: str
) -> None:
    words = Words(language, OwnTerms(), lambda identifier: "Linked name")
    record = {"purposes": [{"id": "p1", "purpose": "process-orders"}]}
    said = [words.value(field, value, record) for value in states(field, kind)]
    for text in said:
        assert text.strip()
        assert not set("{}") & set(text)
        assert LINK not in text
    assert len(set(said)) == len(said)
    assert words.value(field, None) == ""


@every_field
@pytest.mark.parametrize("language", LANGUAGES)
def test_terms_are_said_by_their_labels(
    kind: RecordKind, path: str, field: Field, language: str
) -> None:
    if field.kind not in ("term", "terms"):
        return
    words = Words(language, OwnTerms(), lambda identifier: "")
    for term in vocabulary(field.vocabulary).terms.values():
        assert words.value(field, term.id) == term.labels[language]
        assert not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", term.labels[language])
