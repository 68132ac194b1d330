"""What each country counts as, held against facts written down separately."""

from __future__ import annotations

import json
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from ropa_app.errors import UserError
from ropa_app.i18n import set_language
from ropa_app.model.countries import countries, country, country_name, find_country
from ropa_app.model.state import AsTyped, NotApplicable, Open, Redacted
from ropa_app.rules.standing import STANDINGS, Standing, checked, rows, standing

REFERENCE = files("ropa_resources") / "reference"
CASES = json.loads(
    (Path(__file__).parent.parent / "data" / "standing_cases.json").read_text(encoding="utf-8")
)
LIST = json.loads((REFERENCE / "standing.json").read_text(encoding="utf-8"))
NAMES = json.loads((REFERENCE / "countries.json").read_text(encoding="utf-8"))
ROWS = LIST["rows"]
CODES = [entry["code"] for entry in NAMES["countries"]]
PLACES = [entry["id"] for entry in NAMES["places"]]
TODAY = date(2026, 11, 22)
DAYS = [date(2018, 5, 25), date(2020, 12, 31), date(2021, 1, 1), TODAY, date(2032, 1, 1)]


@pytest.mark.parametrize(
    "case", CASES, ids=[f"{c['country']}-{c['regime']}-{c['day']}" for c in CASES]
)
def test_standing_is_what_the_reference_says(case: dict[str, Any]) -> None:
    found = standing(case["country"], case["regime"], date.fromisoformat(case["day"]))
    assert (found.standing, found.limited) == (case["standing"], case["limited"]), case["source"]


@pytest.mark.parametrize("regime", ["eu", "uk"])
@pytest.mark.parametrize("code", CODES + PLACES)
def test_every_country_has_an_answer_on_every_day(code: str, regime: str) -> None:
    for day in DAYS:
        found = standing(code, regime, day)
        assert isinstance(found, Standing)
        assert (found.country, found.regime, found.day) == (code, regime, day)
        assert found.standing in STANDINGS
        assert found.scope["en"]
        assert found.scope["nb"]
        assert found.source
        assert found.covered or not found.limited
        if found.row_id is None:
            assert found.standing == "third-country"
        else:
            assert found.start is not None
            assert found.start <= day
            assert found.end is None or day <= found.end


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_every_row_is_whole(row: dict[str, Any]) -> None:
    assert row["code"] in CODES
    assert row["regime"] in LIST["regimes"]
    assert row["standing"] in STANDINGS
    foreign = {"eu": ("uk", "approved"), "uk": ("eea", "adequate")}[row["regime"]]
    assert row["standing"] not in foreign
    assert row["confidence"] in ("source", "recalled", "uncertain")
    assert row["source"]
    assert row["instrument"] or row["standing"] == "third-country"
    assert row["scope"]["en"]
    assert row["scope"]["nb"]
    assert row["scope"]["en"] != row["scope"]["nb"]
    start = date.fromisoformat(row["from"])
    assert row["to"] is None or start <= date.fromisoformat(row["to"])
    assert start <= date.fromisoformat(row["checked"])
    assert set(row.get("recalled", [])) <= row.keys()
    assert row.get("follows") is None or row["follows"] in {other["id"] for other in ROWS}


def test_row_ids_are_unique_and_no_two_rows_of_a_country_overlap() -> None:
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    for row in ROWS:
        same = [o for o in ROWS if (o["code"], o["regime"]) == (row["code"], row["regime"])]
        for other in same:
            first, second = sorted((row, other), key=lambda r: str(r["from"]))
            assert first is second or (first["to"] or "9999") < second["from"]


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_from_and_to_are_both_inclusive(row: dict[str, Any]) -> None:
    def speaks(day: date) -> bool:
        found = standing(row["code"], row["regime"], day)
        return found.row_id == str(row["id"])

    first = date.fromisoformat(row["from"])
    assert speaks(first)
    assert not speaks(first - timedelta(days=1))
    if row["to"]:
        last = date.fromisoformat(row["to"])
        assert speaks(last)
        assert not speaks(last + timedelta(days=1))


def test_domestic_and_covered() -> None:
    assert standing("DE", "eu", TODAY).domestic
    assert not standing("DE", "uk", TODAY).domestic
    assert standing("DE", "uk", TODAY).covered
    assert standing("GB", "uk", TODAY).domestic
    assert not standing("GB", "eu", TODAY).domestic
    assert standing("DE", "uk", date(2019, 6, 1)).domestic
    assert standing("US", "eu", TODAY).covered
    assert not standing("SJ", "eu", TODAY).covered
    assert not standing("IN", "eu", TODAY).covered


def test_united_kingdom_is_covered_without_a_gap_from_the_gdpr_to_the_end() -> None:
    day = date(2018, 5, 25)
    while day <= date(2031, 12, 27):
        assert standing("GB", "eu", day).covered, day
        day += timedelta(days=1)
    assert standing("GB", "eu", date(2021, 3, 1)).confidence == "recalled"


def test_a_doubtful_row_says_so() -> None:
    assert standing("PR", "eu", TODAY).confidence == "uncertain"
    assert standing("SJ", "uk", TODAY).confidence == "uncertain"
    assert standing("FI", "eu", TODAY).confidence == "recalled"
    assert standing("NO", "eu", TODAY).confidence == "source"
    assert standing("BR", "eu", TODAY).instrument == "(EU) 2026/179"
    assert checked() == TODAY


def test_the_american_decision_falls_with_all_that_hangs_on_it() -> None:
    fall = [{"row": "eu-adequacy-US", "to": "2026-11-20"}]
    assert standing("US", "eu", date(2026, 11, 20), fall).covered
    assert standing("US", "eu", date(2026, 11, 20), fall).end == date(2026, 11, 20)
    for code in ("US", "PR", "GU"):
        assert standing(code, "eu", date(2026, 11, 21), fall).standing == "third-country"
        assert standing(code, "uk", date(2026, 11, 21), fall).covered
        assert standing(code, "eu", date(2026, 11, 21)).covered
    assert {row.id: row.end for row in rows(fall)}["eu-adequacy-GU"] == date(2026, 11, 20)


def test_a_correction_ends_a_row_earlier_but_never_later() -> None:
    later = [{"row": "eu-adequacy-GB", "to": "2040-01-01"}]
    assert standing("GB", "eu", date(2031, 12, 28), later).standing == "third-country"
    twice = [
        {"row": "eu-adequacy-GB", "to": "2030-01-01"},
        {"row": "eu-adequacy-GB", "to": "2029-01-01"},
    ]
    assert not standing("GB-NIR", "eu", date(2029, 1, 2), twice).covered


def test_a_correction_adds_a_row() -> None:
    own: dict[str, Any] = {
        "id": "own-1", "regime": "eu", "code": "KE", "standing": "adequate", "from": "2026-10-01",
        "to": None, "instrument": "a new decision", "source": "Official Journal",
        "scope": {"en": "Kenya", "nb": "Kenya"},
    }  # fmt: skip
    found = standing("KE", "eu", TODAY, [own])
    assert (found.standing, found.row_id, found.source) == ("adequate", "own-1", "Official Journal")
    assert standing("KE", "eu", date(2026, 9, 30), [own]).standing == "third-country"
    assert not standing("KE", "uk", TODAY, [own]).covered
    ended = [own, {"row": "own-1", "to": "2026-10-31"}]
    assert not standing("KE", "eu", TODAY, ended).covered


def test_the_strongest_of_several_rows_counts() -> None:
    def row(name: str, what: str, limited: bool) -> dict[str, Any]:
        return {
            "id": name, "regime": "eu", "code": "IN", "standing": what, "limited": limited,
            "from": "2026-01-01", "to": None,
        }  # fmt: skip

    ladder = [
        row("a", "review", False),
        row("b", "adequate", True),
        row("c", "adequate", False),
        row("d", "eea", False),
    ]
    for length, expected in enumerate(["eu-third-IN", "a", "b", "c", "d"]):
        assert standing("IN", "eu", TODAY, ladder[:length]).row_id == expected
        assert standing("IN", "eu", TODAY, ladder[:length][::-1]).row_id == expected


@pytest.mark.parametrize(
    "entry",
    [
        {"row": "eu-adequacy-US", "to": "yesterday"},
        {"row": "no-such-row", "to": "2026-01-01"},
        {"id": "x", "regime": "eu", "code": "QQ", "standing": "adequate", "from": "2026-01-01"},
        {"id": "x", "regime": "us", "code": "IN", "standing": "adequate", "from": "2026-01-01"},
        {"id": "x", "regime": "eu", "code": "IN", "standing": "splendid", "from": "2026-01-01"},
    ],
)
def test_a_correction_that_cannot_be_read_is_named(entry: dict[str, Any]) -> None:
    with pytest.raises(UserError, match="orrection"):
        standing("NO", "eu", TODAY, [entry])


@pytest.mark.parametrize("language", ["en", "nb"])
def test_a_wrong_correction_is_said_in_the_language(language: str) -> None:
    set_language(language)
    says = {
        "en": "Correction 2 to the law data .* REG-001: there is no row “x”",
        "nb": "Rettelse 2 av regelverksdata.* REG-001: det finnes ingen rad «x»",
    }
    lines = [{"row": "eu-adequacy-US", "to": "2026-01-01"}, {"row": "x", "to": "2026-01-01"}]
    with pytest.raises(UserError, match=says[language]):
        standing("NO", "eu", TODAY, lines)


@pytest.mark.parametrize(
    "unknown", [Open("when?"), NotApplicable("no"), AsTyped("31.2."), Redacted(), None]
)
def test_a_correction_that_is_not_settled_corrects_nothing_yet(unknown: object) -> None:
    open_end = {"row": "eu-adequacy-US", "to": unknown}
    assert standing("US", "eu", TODAY, [open_end]) == standing("US", "eu", TODAY)
    settled = {"row": "eu-adequacy-US", "to": "2026-01-01", "reason": unknown}
    assert not standing("US", "eu", TODAY, [open_end, settled]).covered


@pytest.mark.parametrize(("code", "regime"), [("QQ", "eu"), ("", "eu"), ("NO", "us"), ("no", "eu")])
def test_an_unknown_country_or_regime_is_an_error(code: str, regime: str) -> None:
    with pytest.raises(KeyError):
        standing(code, regime, TODAY)


def test_the_answer_can_be_changed_without_harm() -> None:
    standing("NO", "eu", TODAY).scope["en"] = "spoilt"
    assert standing("NO", "eu", TODAY).scope["en"] != "spoilt"
    assert hash(standing("NO", "eu", TODAY)) == hash(standing("NO", "eu", TODAY))


# Countries


def test_every_iso_country_is_there_once() -> None:
    iso = [e for e in NAMES["countries"] if e["code"] != "XK" and "kind" not in e]
    assert len(iso) == 249
    assert len(set(CODES + PLACES)) == len(CODES) + len(PLACES)
    assert "user-assigned" in country("XK").note["en"]
    assert {e["code"] for e in NAMES["countries"] if e.get("kind") == "organisation"} == {
        "ORG-EPO", "ORG-EU", "ORG-UN", "ORG-OTHER",
    }  # fmt: skip
    for place in NAMES["places"]:
        assert country(place["country"]).kind == "country"
        assert place["note"].keys() == {"en", "nb"}


def test_every_name_and_alias_leads_back_to_its_code() -> None:
    for code in CODES + PLACES:
        entry = country(code)
        for text in (code, code.lower(), *entry.names.values(), *entry.aliases):
            assert find_country(text) == code, text
        assert entry.names.keys() == {"en", "nb"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("UK", "GB"), ("uk", "GB"), ("EL", "GR"), ("USA", "US"), ("U.S.A.", "US"), ("US", "US"),
        ("United States of America", "US"), ("england", "GB"), ("The Netherlands", "NL"),
        ("Netherlands", "NL"), ("Holland", "NL"), ("Norge", "NO"), ("NORWAY", "NO"),
        ("Noreg", "NO"), ("Storbritannia", "GB"), ("Sør-Korea", "KR"), ("sor korea", "KR"),
        ("Korea", "KR"), ("Korea, Republic of", "KR"), ("Tyrkia", "TR"), ("Turkey", "TR"),
        ("Turkiye", "TR"), ("Hviterussland", "BY"), ("Kypros", "CY"), ("Elfenbenskysten", "CI"),
        ("Cote d'Ivoire", "CI"), ("St. Lucia", "LC"), ("Bosnia & Herzegovina", "BA"),
        ("Nord-Irland", "GB-NIR"), ("northern ireland", "GB-NIR"), ("Kanariøyene", "ES-CN"),
        ("  Åland ", "AX"), ("Færøyene", "FO"), ("faeroyene", "FO"), ("Svalbard", "SJ"),
        ("Czech Republic", "CZ"), ("Hong Kong", "HK"), ("EPO", "ORG-EPO"), ("FN", "ORG-UN"),
        ("Congo", None), ("EU", None), ("", None), ("-", None), ("everywhere", None),
    ],
)  # fmt: skip
def test_find_country_reads_what_people_write(text: str, code: str | None) -> None:
    assert find_country(text) == code


def test_names_in_each_language() -> None:
    assert country_name("KR", "nb") == "Sør-Korea"
    assert country_name("KR", "nb_NO") == country_name("KR", "no") == "Sør-Korea"
    assert country_name("KR", "en-GB") == country_name("KR", "de") == "South Korea"
    assert country_name("QQ", "en") == "QQ"
    assert country_name("GB-NIR", "nb") == "Nord-Irland"


def test_the_norwegian_alphabet_ends_in_ae_oe_aa() -> None:
    names = [name for _, name in countries("nb")]
    assert names[-3:] == ["Øst-Timor", "Østerrike", "Åland"]
    assert names.index("Færøyene") > names.index("Fransk Polynesia")
    assert names.index("Sør-Afrika") > names.index("Syria")
    assert len(names) == len(CODES)


def test_in_english_accents_do_not_count() -> None:
    names = [name for _, name in countries("en")]
    assert names[:2] == ["Afghanistan", "Åland Islands"]
    assert names.index("Turkmenistan") - names.index("Türkiye") == 1
    assert ("GB-NIR", "Northern Ireland") in countries("en", ("country", "place"))
    assert ("ORG-UN", country_name("ORG-UN", "en")) not in countries("en", ("country",))
