"""Which mechanism counts when, held against dates written down separately."""

from __future__ import annotations

import json
import re
from datetime import date
from importlib.resources import files
from typing import Any

import pytest

from ropa_app.exports.pdf_mechanism import DEROGATIONS
from ropa_app.i18n import LANGUAGES
from ropa_app.model.vocabulary import vocabulary
from ropa_app.rules.mechanisms import (
    counts,
    gives_rights,
    instrument_words,
    is_derogation,
    row_of,
    rows,
)
from ropa_app.rules.standing import rows as countries
from ropa_app.rules.standing import standing

DATA = json.loads(
    (files("ropa_resources") / "reference" / "mechanisms.json").read_text(encoding="utf-8")
)
TERMS = vocabulary("mechanism").terms


@pytest.mark.parametrize(
    ("mechanism", "regime", "day", "addendum", "expected"),
    [
        ("scc-old", "eu", "2022-12-27", False, True),
        ("scc-old", "eu", "2022-12-28", False, False),
        ("scc-old", "uk", "2024-03-21", False, True),
        ("scc-old", "uk", "2024-03-22", False, False),
        ("scc", "eu", "2026-11-22", False, True),
        ("scc", "eu", "2020-11-22", False, False),
        ("scc", "uk", "2026-11-22", False, False),
        ("scc", "uk", "2026-11-22", True, True),
        ("idta", "uk", "2026-11-22", False, True),
        ("idta", "uk", "2021-11-22", False, False),
        ("idta", "eu", "2026-11-22", True, False),
        ("uk-addendum", "uk", "2026-11-22", False, True),
        ("uk-addendum", "eu", "2026-11-22", True, False),
        ("adequacy", "eu", "2019-01-01", False, True),
        ("adequacy", "uk", "2026-11-22", False, True),
        ("bcr", "eu", "2019-01-01", False, True),
        ("49-1-a", "uk", "2026-11-22", False, True),
    ],
)
def test_a_mechanism_counts_under_its_regime_in_its_time(
    mechanism: str, regime: str, day: str, addendum: bool, expected: bool
) -> None:
    assert counts(mechanism, regime, date.fromisoformat(day), addendum) is expected


@pytest.mark.parametrize(("day", "article"), [("2026-02-04", "45"), ("2026-02-05", "45A")])
def test_british_regulations_are_cited_by_the_article_of_the_day(day: str, article: str) -> None:
    row = row_of("adequacy", "uk", date.fromisoformat(day))
    assert row is not None
    assert row.article == article


@pytest.mark.parametrize("row", DATA["rows"], ids=[row["id"] for row in DATA["rows"]])
def test_every_row_is_whole(row: dict[str, Any]) -> None:
    assert row["mechanism"] in TERMS
    assert row["regime"] in ("eu", "uk")
    assert row["article"].startswith(("45", "46"))
    assert row["source"]
    assert row["confidence"] in ("source", "recalled", "uncertain")
    assert set(row.get("recalled", [])) <= row.keys()
    start = date.fromisoformat(row["from"])
    assert row["to"] is None or start <= date.fromisoformat(row["to"])
    assert start <= date.fromisoformat(row["checked"]) <= date.fromisoformat(DATA["checked"])


def test_ids_are_unique_and_rows_of_one_mechanism_do_not_overlap() -> None:
    assert len({row.id for row in rows()}) == len(rows())
    for row in rows():
        for other in rows():
            if row != other and (row.regime, row.mechanism) == (other.regime, other.mechanism):
                assert not other.holds(row.start)


def test_derogations_and_clauses_are_flagged_and_every_derogation_has_its_sentence() -> None:
    assert {term for term in TERMS if is_derogation(term)} == set(DEROGATIONS)
    assert {term for term in TERMS if gives_rights([term])} == {"scc", "idta", "uk-addendum"}
    assert not is_derogation("no-such-term")


@pytest.mark.parametrize(
    ("country", "regime", "day", "listing"),
    [
        ("US", "eu", "2026-11-22", "dpf"), ("US", "uk", "2026-11-22", "dpf"),
        ("PR", "eu", "2026-11-22", "dpf"), ("GU", "uk", "2026-11-22", "dpf"),
        ("US", "eu", "2019-11-22", ""), ("JP", "eu", "2026-11-22", ""),
        ("IN", "eu", "2026-11-22", ""),
    ],
)  # fmt: skip
def test_where_a_listing_decides(country: str, regime: str, day: str, listing: str) -> None:
    assert standing(country, regime, date.fromisoformat(day)).listing == listing


NAMES = json.loads(
    (files("ropa_resources") / "reference" / "instruments.json").read_text(encoding="utf-8")
)["names"]


def test_every_instrument_of_the_reference_data_has_a_name_in_each_language() -> None:
    known = {names["en"] for names in NAMES}
    assert {row.instrument for row in countries() if row.instrument} <= known
    for names in NAMES:
        assert all(names[language].strip() for language in LANGUAGES)


# What cites an act, decision or set of clauses that everybody knows, other than by its own words.
ACT = re.compile(r"\d/\d|\bSI \d|\bSch\.|\bArt\.|\bversion [A-Z]\d")


def test_every_act_a_sample_cites_has_a_name_in_each_language() -> None:
    folder = files("ropa_resources") / "samples"
    text = "".join(file.read_text(encoding="utf-8") for file in folder.iterdir())
    cited = {said for said in re.findall(r'"instrument": "([^"]*)"', text) if ACT.search(said)}
    assert cited
    assert cited <= {names["en"] for names in NAMES}


def test_no_english_sentence_is_left_in_the_bokmaal_of_an_instrument() -> None:
    english = re.compile(r"\b(under|since|approved|extended|renewed|February|December)\b")
    assert not [names["nb"] for names in NAMES if english.search(names["nb"])]


def test_an_instrument_is_called_by_its_name_in_the_language() -> None:
    english, norwegian = "Decision 2002/2/EC", "beslutning 2002/2/EF"
    assert instrument_words(english, "nb") == instrument_words(norwegian, "nb") == norwegian
    assert instrument_words(f" {english.upper()} ", "en") == english
    assert instrument_words("(EU) 2026/179", "nb") == "(EU) 2026/179"
    for own in ("", "Decision 2002/2/EC and more", "<b>"):
        assert instrument_words(own, "nb") == own


def test_no_name_stands_for_two_instruments() -> None:
    for language in LANGUAGES:
        listed = [names[language].casefold() for names in NAMES]
        assert len(set(listed)) == len(listed)
