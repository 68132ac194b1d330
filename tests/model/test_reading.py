"""Typed text is read kindly, what cannot be read is kept, and every value survives its cell."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from ropa_app.errors import UserError
from ropa_app.i18n import LANGUAGES
from ropa_app.model.countries import countries, country_name, find_country
from ropa_app.model.dates import date_words, long_date_words, read_date
from ropa_app.model.field import Field, walk
from ropa_app.model.kinds import ALL_KINDS, KINDS
from ropa_app.model.reading import read, read_number, read_organisation_number
from ropa_app.model.record import day_of
from ropa_app.model.state import (
    AsTyped,
    NotApplicable,
    Open,
    Redacted,
    decode,
    encode,
    from_plain,
    to_plain,
)
from ropa_app.model.vocabulary import OwnTerms, vocabulary, vocabulary_names
from ropa_app.model.words import Words


class Nobody:
    """Reads for a register without records."""

    terms = OwnTerms()

    def find_record(self, text: str, kinds: tuple[str, ...]) -> str | None:
        return None


READER = Nobody()
LOGIN = {"amount": 24, "unit": "months", "event": "last-login"}
PERIOD = KINDS["retention"].field("period")
LEAVES = [
    field
    for kind in ALL_KINDS
    for _path, field in walk(kind.fields)
    if field.kind not in ("link", "links", "lines")
]
BY_KIND = {f.kind: f for f in LEAVES if not f.choices and f.limits is None}
# Two halves of a pair one after the other are, in JSON, the letter they make up together.
PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
NASTY = st.text(st.characters(exclude_categories=()), max_size=40).filter(
    lambda text: not PAIR.search(text)
)


def field_of(kind: str) -> Field:
    return BY_KIND[kind]


# Organisation numbers: Brønnøysund's modulus 11 with the weights 3 2 7 6 5 4 3 2.
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("974760673", "974 760 673"),  # the Brønnøysund Register Centre
        ("974 760 673", "974 760 673"),
        (" 974.760.673 ", "974 760 673"),
        ("974\u00a0760\u00a0673", "974 760 673"),
        ("NO974760673MVA", "974 760 673"),
        ("NO 974 760 673 MVA", "974 760 673"),
        ("974760673mva", "974 760 673"),
        ("974761076", "974 761 076"),  # the Tax Administration
        ("889640782", "889 640 782"),  # the Labour and Welfare Administration
        ("SE556703748501", "SE556703748501"),
        ("556703-7485", "556703-7485"),
        ("HRB 12345 B", "HRB 12345 B"),
        ("FR 498 019 298", "FR 498 019 298"),
        ("Nord 1234", "Nord 1234"),
    ],
)
def test_organisation_numbers(typed: str, kept: str) -> None:
    assert read_organisation_number(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "974760674",  # wrong check digit
        "974 760 637",  # two digits swapped
        "NO 974760674 MVA",
        "123456789",
        "NO 97476067",  # a digit short
        "974760673 0 MVA",
        "unknown",
        "-",
        "=1+1",
    ],
)
def test_numbers_that_cannot_be(typed: str) -> None:
    field = field_of("organisation_number")
    assert read(field, typed, READER) == AsTyped(typed)


@pytest.mark.parametrize(("stem", "digits"), [("90000002", [2]), ("90000009", [])])
def test_no_number_has_the_check_digit_ten(stem: str, digits: list[int]) -> None:
    """9·3 + 2·2 = 31 leaves 9, so the digit is 2; 9·3 + 9·2 = 45 leaves 1, so it would be 10."""
    assert [d for d in range(10) if read_organisation_number(f"{stem}{d}")] == digits


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("email", " personvern@example.no ", "personvern@example.no"),
        ("email", "o'brien+x@post.example.co.uk", "o'brien+x@post.example.co.uk"),
        ("email", "øystein@blåbær.no", "øystein@blåbær.no"),
        ("phone", "+47 22 39 69 00", "+47 22 39 69 00"),
        ("phone", "(+47) 22396900", "(+47) 22396900"),
        ("phone", "02800", "02800"),
        ("phone", "+44 (0)20 7946-0000", "+44 (0)20 7946-0000"),
        (
            "url",
            "https://www.example.no/personvern?x=1#y",
            "https://www.example.no/personvern?x=1#y",
        ),
        ("url", "www.example.no", "www.example.no"),
        ("url", "HTTPS://EXAMPLE.NO", "HTTPS://EXAMPLE.NO"),
        ("number", "1 000", 1000),
        ("number", "1\u00a0000", 1000),
        ("number", "-5", -5),
        ("number", 12, 12),
    ],
)
def test_contact_details_and_numbers(kind: str, typed: Any, kept: Any) -> None:
    assert read(field_of(kind), typed, READER) == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("email", "not an address"), ("email", "a@b"), ("email", "a@b@example.no"),
        ("email", "a@example.no, b@example.no"), ("email", "<a@example.no>"),
        ("phone", "call the shop"), ("phone", "( ) - ."), ("phone", "1234"),
        ("phone", "+47 22 39 69 00 ext 5"),
        ("url", "example"), ("url", "javascript:alert(1)"), ("url", "file:///etc/passwd"),
        ("url", "https://a b"), ("number", "about ten"), ("number", "1.5"), ("number", "1e3"),
        ("number", "٣"), ("number", "9" * 30),
    ],
)  # fmt: skip
def test_what_is_no_contact_detail_or_number(kind: str, typed: str) -> None:
    assert read(field_of(kind), typed, READER) == AsTyped(typed)


LANGUAGE = KINDS["register"].field("language")
DAYS = KINDS["register"].field("expiring_days")


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        (LANGUAGE, "nb", "nb"), (LANGUAGE, " EN ", "en"), (LANGUAGE, "fr", AsTyped("fr")),
        (LANGUAGE, "english", AsTyped("english")), (DAYS, "0", 0), (DAYS, 3650, 3650),
        (DAYS, "-5", AsTyped("-5")), (DAYS, -5, AsTyped("-5")), (DAYS, "3651", AsTyped("3651")),
        (DAYS, 3651, AsTyped("3651")), (DAYS, "1.5", AsTyped("1.5")),
    ],
)  # fmt: skip
def test_what_the_declaration_does_not_allow_is_kept_as_typed(
    field: Field, typed: Any, kept: Any
) -> None:
    assert read(field, typed, READER) == kept


def test_a_limit_holds_in_a_column_too() -> None:
    level = Field("level", "number", "Level", "", limits=(1, 5))
    table = Field("rows", "lines", "Rows", "", columns=(level,))
    assert read(table, [{"id": "a", "level": "6"}, {"id": "b", "level": 5}], READER) == [
        {"id": "a", "level": AsTyped("6")}, {"id": "b", "level": 5},
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["terms", "countries", "line_links"])
def test_items_between_semicolons_have_no_blanks_around_them(kind: str) -> None:
    field = next(field for field in LEAVES if field.kind == kind)
    found = read(field, " ?a?; ?b? ;\t?c?", READER)
    assert found == [AsTyped("?a?"), AsTyped("?b?"), AsTyped("?c?")]


def test_a_number_too_large_for_the_register_is_kept_as_typed() -> None:
    assert read(field_of("number"), 10**30, READER) == AsTyped("1" + "0" * 30)


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2026-11-24", "2026-11-24"), (" 24.11.2026 ", "2026-11-24"), ("24/11/2026", "2026-11-24"),
        ("24. 11. 2026", "2026-11-24"), ("1.2.2026", "2026-02-01"), ("24 Nov 2026", "2026-11-24"),
        ("24. november 2026", "2026-11-24"), ("24 November 2026", "2026-11-24"),
        ("1. mai 2026", "2026-05-01"), ("1 May 2026", "2026-05-01"), ("3 OKT 2025", "2025-10-03"),
        ("6. desember 2025", "2025-12-06"), ("29.02.2024", "2024-02-29"),
        ("29.02.2000", "2000-02-29"),
        ("2024-02-29", "2024-02-29"), ("31.12.9999", "9999-12-31"),
    ],
)  # fmt: skip
def test_dates(typed: str, iso: str) -> None:
    assert read(field_of("date"), typed, READER) == iso


@pytest.mark.parametrize(
    "typed",
    [
        "31.02.2026", "29.02.2026", "29.02.1900", "2026-02-31", "11/24/2026", "24.11.26",
        "spring 2026", "2026", "November 2026", "24 Nov", "0.1.2026", "1.13.2026", "1.1.0000",
        "24 Foo 2026", "24 novelty 2026", "2026-1-2", "20261124", "2026-11-24T10:00",
    ],
)  # fmt: skip
def test_dates_that_are_none_stay_as_typed(typed: str) -> None:
    assert read(field_of("date"), typed, READER) == AsTyped(typed)


@given(st.dates(date(1000, 1, 1)))
def test_a_date_in_words_can_be_typed_again(day: date) -> None:
    for language in LANGUAGES:
        assert day_of(read_date(long_date_words(day, language))) == day
        assert day_of(read_date(date_words(day.isoformat(), language))) == day


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Norway", "NO"), ("norge", "NO"), ("NO", "NO"), ("Tyskland", "DE"), ("germany", "DE"),
        ("Østerrike", "AT"), ("Osterrike", "AT"), ("USA", "US"), ("Storbritannia", "GB"),
        ("UK", "GB"), ("Irland", "IE"), ("Ireland", "IE"), ("Sveits", "CH"), ("Island", "IS"),
        ("Sør-Korea", "KR"), ("North Korea", "KP"), ("Niger", "NE"), ("Nigeria", "NG"),
        ("Austria", "AT"), ("Australia", "AU"), ("Georgia", "GE"), ("Elfenbenskysten", "CI"),
        ("Hellas", "GR"), ("Hviterussland", "BY"), ("Republic of the Congo", "CG"),
    ],
)  # fmt: skip
def test_countries(typed: str, code: str) -> None:
    assert read(field_of("country"), typed, READER) == code


@pytest.mark.parametrize("typed", ["Congo", "Europe", "the cloud", "EØS", "Norwegia", "??"])
def test_what_names_no_one_country(typed: str) -> None:
    assert read(field_of("country"), typed, READER) == AsTyped(typed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_is_found_by_its_name_and_code(language: str) -> None:
    listed = countries(language, ("country", "organisation", "place"))
    assert len(listed) > 249
    assert not [code for code, name in listed if {find_country(name), find_country(code)} != {code}]
    assert all(country_name(code, language) == name for code, name in listed)


@pytest.mark.parametrize("name", vocabulary_names())
def test_every_term_is_found_by_id_and_label(name: str) -> None:
    single, several = (Field("x", kind, "X", "X.", vocabulary=name) for kind in ("term", "terms"))
    for term in vocabulary(name).terms.values():
        for typed in (term.id, *(term.labels[language] for language in LANGUAGES)):
            for text in (typed, f" {typed.upper()} "):
                assert read(single, text, READER) == term.id
                assert read(several, text, READER) == [term.id]


def test_own_terms_are_found_by_label_in_both_languages() -> None:
    values = {"name": "Loyalty tier", "name_nb": "Kundenivå", "vocabulary": "data-category"}

    class Own(Nobody):
        terms = OwnTerms([("u1", values)])

    field = Field("x", "terms", "X", "X.", vocabulary="data-category")
    assert read(field, "loyalty  TIER; kundenivå\nName", Own()) == ["u1", "u1", "name"]
    other = Field("x", "terms", "X", "X.", vocabulary="purpose")
    assert read(other, "Loyalty tier", Own()) == [AsTyped("Loyalty tier")]


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ("5 years", {"amount": 5, "unit": "years"}),
        ("5 år", {"amount": 5, "unit": "years"}),
        ("1 year", {"amount": 1, "unit": "years"}),
        ("18 mnd.", {"amount": 18, "unit": "months"}),
        ("12–24 months", {"amount": 12, "amount_to": 24, "unit": "months"}),
        ("12 to 24 months", {"amount": 12, "amount_to": 24, "unit": "months"}),
        ("12 til 24 måneder", {"amount": 12, "amount_to": 24, "unit": "months"}),
        ("7 days", {"amount": 7, "unit": "days"}),
        ("7 døgn", {"amount": 7, "unit": "days"}),
        ("72 timer", {"amount": 72, "unit": "hours"}),
        ("72 hours", {"amount": 72, "unit": "hours"}),
        ("2 uker", {"amount": 2, "unit": "weeks"}),
        ("24 months after last login", LOGIN),
        ("24 months after the last login", LOGIN),
        ("24 måneder etter siste innlogging", LOGIN),
        (
            "3 år etter at ordren ble fullført",
            {"amount": 3, "unit": "years", "event": "order-completed"},
        ),
        (
            "3 years after the order was completed",
            {"amount": 3, "unit": "years", "event": "order-completed"},
        ),
        ("Until unsubscribed", {"condition": "Until unsubscribed"}),
        ("så lenge kundeforholdet varer", {"condition": "så lenge kundeforholdet varer"}),
    ],
)  # fmt: skip
def test_periods(typed: str, period: dict[str, Any]) -> None:
    assert read(PERIOD, typed, READER) == period


@pytest.mark.parametrize(
    "typed",
    ["as required by law", "5", "years", "5 light years", "5 years after doomsday", "1.5 years",
     "until", "9999999999 years"],
)  # fmt: skip
def test_periods_that_cannot_be_read(typed: str) -> None:
    assert read(PERIOD, typed, READER) == AsTyped(typed)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("unit", list(vocabulary("period-unit").terms))
def test_a_period_in_words_can_be_typed_again(language: str, unit: str) -> None:
    words = Words(language, READER.terms, lambda identifier: "")
    for event in (None, *vocabulary("retention-event").terms):
        for amounts in ({"amount": 1}, {"amount": 5}, {"amount": 2, "amount_to": 4}):
            period = {**amounts, "unit": unit} | ({"event": event} if event else {})
            assert read(PERIOD, words.value(PERIOD, period), READER) == period


RHYTHM = KINDS["activity"].field("review_cycle")


@pytest.mark.parametrize(
    ("period", "english", "bokmaal"),
    [
        ({"amount": 1, "unit": "years"}, "every year", "hvert år"),
        ({"amount": 2, "unit": "years"}, "every 2 years", "hvert 2. år"),
        ({"amount": 6, "unit": "months"}, "every 6 months", "hver 6. måned"),
        ({"amount": 1, "unit": "weeks"}, "every week", "hver uke"),
        ({"amount": 90, "unit": "days"}, "every 90 days", "hver 90. dag"),
        ({"amount": 12, "unit": "hours"}, "every 12 hours", "hver 12. time"),
        ({"amount": 1, "amount_to": 2, "unit": "years"}, "1 to 2 years", "1 til 2 år"),
    ],
)
def test_a_rhythm_is_said_and_read(period: dict[str, Any], english: str, bokmaal: str) -> None:
    for language, said in (("en", english), ("nb", bokmaal)):
        words = Words(language, READER.terms, lambda identifier: "")
        assert words.value(RHYTHM, period) == said
        assert read(RHYTHM, said, READER) == period


def test_only_a_rhythm_is_read_as_one() -> None:
    assert read(RHYTHM, "2 years", READER) == {"amount": 2, "unit": "years"}
    assert read(RHYTHM, "every now and then", READER) == AsTyped("every now and then")
    assert read(PERIOD, "every 2 years", READER) == AsTyped("every 2 years")


def pieces_of(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@given(st.sampled_from(LEAVES), NASTY)
@example(BY_KIND["date"], "31.02.2026")
@example(BY_KIND["terms"], "one\ntwo; three")
@example(BY_KIND["file"], "scan.pdf")
def test_any_text_is_read_or_kept(field: Field, text: str) -> None:
    """Reading never fails; what was not understood is there letter by letter."""
    value = read(field, text, READER)
    if not field.many:
        if isinstance(value, AsTyped):
            assert value.text == text
        return
    for item in pieces_of(value):
        if isinstance(item, AsTyped):
            assert item.text in text
    if value is None:
        assert not text.replace(";", "").strip()


@given(st.sampled_from([f for f in LEAVES if f.is_text and not f.choices]), NASTY)
def test_text_stays_as_it_is(field: Field, text: str) -> None:
    assume(field.kind in ("text", "long_text"))
    assert read(field, text, READER) == (text if text.strip(" \n") else None)


STATE = st.one_of(
    st.builds(Open, NASTY), st.builds(NotApplicable, NASTY), st.builds(AsTyped, NASTY),
    st.just(Redacted()),
)  # fmt: skip
SINGLE = st.one_of(st.none(), NASTY, st.integers(-(2**63), 2**63 - 1), STATE)
LINE = st.builds(
    lambda identifier, values: {"id": identifier, **values},
    st.text("abc123", min_size=1, max_size=8),
    st.dictionaries(st.sampled_from(["name", "detail", "from"]), SINGLE, max_size=3),
)
VALUE = st.one_of(SINGLE, st.lists(st.one_of(SINGLE, LINE), max_size=4), LINE)


@given(VALUE)
@example('{"open":"is this a state?"}')
@example("[1, 2]")
@example('"quoted"')
@example("\x00\x0b\ud800é")
@example([Open("a"), "b", {"id": "1", "name": NotApplicable("c")}])
def test_every_value_survives_its_cell(value: Any) -> None:
    cell = encode(value)
    assert decode(cell) == value
    if isinstance(cell, str):
        cell.encode("utf-8")
        assert "\x00" not in cell


@given(VALUE)
def test_every_value_survives_as_json_data(value: Any) -> None:
    assert from_plain(to_plain(value)) == value


@pytest.mark.parametrize("kind", ["text", "long_text"])
@pytest.mark.parametrize("text", ['{"open": "Who?"}', '{"not_applicable":"x"}', "[]", '"', "{"])
def test_text_that_looks_like_a_state_is_text(kind: str, text: str) -> None:
    value = read(field_of(kind), text, READER)
    assert value == text
    assert decode(encode(value)) == text


@pytest.mark.parametrize("field", [LEAVES[0], PERIOD, BY_KIND["terms"], BY_KIND["file"]])
@pytest.mark.parametrize(
    ("data", "state"),
    [
        ({"open": "Who?"}, Open("Who?")),
        ({"not_applicable": "Because."}, NotApplicable("Because.")),
        ({"as_typed": "scribble"}, AsTyped("scribble")),
        (None, None),
        ("", None),
    ],
)
def test_states_in_json_data(field: Field, data: Any, state: Any) -> None:
    assert read(field, data, READER) == state


@pytest.mark.parametrize(
    "data",
    [{"redacted": True}, {"open": 5}, {"as_typed": ["x"]}, {"not_applicable": None}, 1.5, True],
)
@pytest.mark.parametrize("kind", sorted(BY_KIND))
def test_data_of_a_wrong_shape_are_refused_in_words(kind: str, data: Any) -> None:
    for given_data in (data, [data]):
        with pytest.raises(UserError, match="“"):
            read(field_of(kind), given_data, READER)


def test_states_stand_among_the_items_of_a_list() -> None:
    read_back = read(BY_KIND["countries"], ["Norge", {"open": "and where else?"}, "Narnia"], READER)
    assert read_back == ["NO", Open("and where else?"), AsTyped("Narnia")]


def test_lines_end_as_every_system_ends_them() -> None:
    assert read(BY_KIND["texts"], "One\r\nTwo; three\n\nFour", READER) == [
        "One",
        "Two; three",
        "Four",
    ]
    assert read(BY_KIND["countries"], "Norge\r\nSverige; Narnia", READER) == [
        "NO",
        "SE",
        AsTyped("Narnia"),
    ]


def test_numbers_with_a_sign_are_numbers_not_formulas() -> None:
    assert read_number("+5") == 5
    assert read_number("=5") is None
