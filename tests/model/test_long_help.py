"""Every long help belongs to a declared field and says what it should in both languages."""

from __future__ import annotations

import re

import pytest

from ropa_app.model.kinds import ALL_KINDS
from ropa_app.model.long_help import all_of_it, long_help

FIELDS = {
    f"{kind.key}.{field.key}": field for kind in ALL_KINDS for field in kind.fields
}
COLUMNS = {
    f"{path}.{column.key}": column for path, field in FIELDS.items() for column in field.columns
}
DEMANDED = sorted(path for path, field in FIELDS.items() if field.obligatory and field.article)
SHORTENED = re.compile(r"\b(Art|art|nr|Sch|No)\. ")


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?]) (?=[A-ZÆØÅ«“])", SHORTENED.sub(r"\1 ", text))


def test_there_are_enough_and_each_belongs_to_a_field() -> None:
    assert len(all_of_it()) >= 60
    assert set(all_of_it()) <= {*FIELDS, *COLUMNS}


@pytest.mark.parametrize("path", DEMANDED)
def test_what_the_law_demands_is_explained(path: str) -> None:
    assert path in all_of_it()


@pytest.mark.parametrize("path", sorted(all_of_it()))
def test_it_says_two_to_five_sentences_in_both_languages(path: str) -> None:
    texts = all_of_it()[path]
    assert set(texts) == {"en", "nb"}
    assert texts["en"] != texts["nb"]
    for text in texts.values():
        assert 2 <= len(sentences(text)) <= 5
        assert text == text.strip()
        assert text.endswith(".")
    article = (FIELDS | COLUMNS)[path].article
    if article:
        assert re.search(r"Art\. |Schedule|paragraph", texts["en"]), "it says what the law asks"
        assert re.search(r"[Aa]rt\. |Schedule", texts["nb"])


def test_a_field_without_one_has_none() -> None:
    assert long_help("activity.note", "en") == ""
