"""The sample holds what SmartGroup's privacy policy says, its section, and nothing else."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ropa_app.model.field import Field
from ropa_app.model.kinds import KINDS
from ropa_app.model.reading import read
from ropa_app.model.state import STATES, AsTyped, NotApplicable, Open, Value
from ropa_app.model.vocabulary import OwnTerms
from ropa_app.model.words import Words
from ropa_app.paths import resources
from ropa_app.register.loading import load_view
from ropa_app.register.sample import make_sample

FACTS = json.loads(
    (Path(__file__).parents[1] / "data" / "smartgroup_facts.json").read_text("utf-8")
)
SAMPLE = json.loads(resources("samples", "smartgroup.json").read_text("utf-8"))
ADDED = [item for step in SAMPLE["steps"] for item in step["add"]]

# All that the policy prints of each kind of value.
PRINTED = {
    "date": {"2026-01-15"},
    "country": {"NO"},
    "countries": set(),
    "email": {"post@smartgroup.no"},
    "phone": {"+47 649 59 444"},
    "url": {"https://smartgroup.com", "https://smartgroup.no/cookie-policy-smartgroup-as/"},
    "organisation_number": {"999 615 147"},
    "number": {5, 12, 24, 36},
    "file": set(),
}
PARTIES = {
    "Visa", "Mastercard", "Klarna", "American Express", "PayPal", "UPS", "DHL", "Posten", "Bring",
    "Brevo",
}  # fmt: skip


class Keys:
    """Finds records by their key in the sample; a record's id is its key."""

    terms = OwnTerms()

    def find_record(self, text: str, kinds: tuple[str, ...]) -> str | None:
        return next((i["key"] for i in ADDED if i["key"] == text and i["kind"] in kinds), None)


def values_of(item: dict[str, Any]) -> dict[str, Value]:
    kind = KINDS[item["kind"]]
    return {key: read(kind.field(key), data, Keys()) for key, data in item["fields"].items()}


RECORDS = [(item["kind"], item["key"], values_of(item)) for item in ADDED]


def leaves(field: Field, value: Value) -> Iterator[tuple[Field, Value]]:
    """Every single value or state with its field, the columns of lines and periods too."""
    if isinstance(value, list):
        for item in value:
            yield from leaves(field, item)
    elif isinstance(value, dict):
        for column in field.columns:
            if column.key in value:
                yield from leaves(column, value[column.key])
    else:
        yield field, value


def all_leaves() -> Iterator[tuple[str, Field, Value]]:
    for kind, key, values in RECORDS:
        for name, value in values.items():
            for field, leaf in leaves(KINDS[kind].field(name), value):
                yield key, field, leaf


def sections(values: dict[str, Value]) -> set[str]:
    """The sections a record names as its source: “Head, §§ 1–3, 7” are five."""
    found: set[str] = set()
    for line in values.get("source") or ():
        text = line["section"]
        found |= {"Head"} & {text[:4]}
        for first, last in re.findall(r"(\d+)(?:–(\d+))?", text):
            found |= {f"§ {n}" for n in range(int(first), int(last or first) + 1)}
    return found


def meets(expected: Any, value: Value) -> bool:
    """Whether a value is as expected: one line of many will do, every term of a list must be."""
    if expected == {"open": True}:
        return isinstance(value, Open)
    if isinstance(value, STATES):
        return False
    if isinstance(expected, dict) and "contains" in expected:
        return isinstance(value, str) and expected["contains"] in value
    if isinstance(expected, list):
        return isinstance(value, list) and all(item in value for item in expected)
    if isinstance(expected, dict):
        lines = value if isinstance(value, list) else [value]
        return any(
            all(meets(part, line.get(key)) for key, part in expected.items())
            for line in lines
            if isinstance(line, dict)
        )
    return bool(value == expected)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact['section']} {fact['fact']}")
def test_every_fact_stands_in_a_record_that_names_its_section(fact: dict[str, Any]) -> None:
    holding = [
        values
        for kind, _, values in RECORDS
        if kind == fact["kind"]
        and all(meets(part, values.get(key)) for key, part in fact["holds"].items())
    ]
    assert holding, fact["holds"]
    assert any(fact["section"] in sections(values) for values in holding)


def test_every_section_of_the_policy_has_its_facts() -> None:
    assert {fact["section"] for fact in FACTS} == {"Head", *(f"§ {n}" for n in range(1, 16))}


def test_every_section_is_the_source_of_a_record() -> None:
    named = set().union(*(sections(values) for _, _, values in RECORDS))
    assert named == {"Head", *(f"§ {n}" for n in range(1, 16))}


@pytest.mark.parametrize(("kind", "key", "values"), RECORDS, ids=[r[1] for r in RECORDS])
def test_every_record_names_its_source(kind: str, key: str, values: dict[str, Value]) -> None:
    source = values["source"]
    assert source
    for line in source:
        assert line["document"] == "Privacy policy of SmartGroup AS"
        assert line["date"] == "2026-01-15"
        assert key == "privacy-policy" or line["record"] == "privacy-policy"
    assert sections(values)


def test_everything_could_be_read() -> None:
    assert not [(key, f.key, v) for key, f, v in all_leaves() if isinstance(v, AsTyped)]


def test_every_open_point_is_a_question() -> None:
    states = [(key, f.key, value) for key, f, value in all_leaves() if isinstance(value, Open)]
    assert len(states) > 100
    assert not [state for state in states if not re.fullmatch(r"[A-Z§].{20,}\?", state[2].question)]


def test_what_does_not_apply_says_why() -> None:
    found = [v for _, _, v in all_leaves() if isinstance(v, NotApplicable)]
    assert {state.reason for state in found} == {
        "No data protection officer has been appointed (§ 1)."
    }


def test_nothing_is_there_that_the_policy_does_not_print() -> None:
    invented = [
        (key, field.key, value)
        for key, field, value in all_leaves()
        if field.kind in PRINTED and not isinstance(value, STATES)
        if value not in PRINTED[field.kind]
    ]
    assert not invented


def test_no_number_in_a_text_is_of_our_own_making() -> None:
    """Numbers in texts are those of the policy: its sections, 13 years of age, the address."""
    printed = {str(n) for n in range(1, 16)} | {"46", "1366", "2026", "01"}
    found = [
        (key, number)
        for key, field, value in all_leaves()
        if field.kind in ("text", "long_text", "texts") and isinstance(value, str)
        for number in re.findall(r"\d+", value)
    ]
    assert not [item for item in found if item[1] not in printed]


def test_the_name_of_an_agreement_nobody_has_seen_says_so() -> None:
    names = [v["name"] for kind, _, v in RECORDS if kind == "agreement" and v["evidence"] != "seen"]
    assert names
    assert all(str(name).endswith("(not seen)") for name in names)


# Beside those that always hold: Art. 17(3)(b), 20(1)(a), 21(1) and (2), 7(3).
RIGHTS = {
    "website": {"erasure", "objection"},
    "orders": {"erasure", "portability"},
    "accounts": {"erasure", "portability"},
    "support": {"erasure", "objection"},
    "bookkeeping": set(),
    "newsletters": {"erasure", "objection", "portability", "withdraw-consent"},
    "analytics": {"erasure", "objection", "portability", "withdraw-consent"},
    "advertising": {"erasure", "objection", "portability", "withdraw-consent"},
    "cookie-consent": {"erasure"},
}
BASIS_OPEN = {"website", "orders", "newsletters", "cookie-consent"}


def test_rights_follow_the_legal_basis() -> None:
    """§ 12 lists all rights for all processing; where the basis is open, so is the list."""
    always = {"access", "rectification", "restriction", "complaint"}
    listed = {key: values["rights"] for kind, key, values in RECORDS if kind == "activity"}
    known = {k: {r for r in rights if isinstance(r, str)} for k, rights in listed.items()}
    assert known == {key: always | more for key, more in RIGHTS.items()}
    opened = {k for k, rights in listed.items() if any(isinstance(r, Open) for r in rights)}
    assert opened == BASIS_OPEN


def test_authorities_stand_by_their_own_name_and_say_for_what() -> None:
    lines = next(v["supervisory_authorities"] for kind, _, v in RECORDS if kind == "organisation")
    assert [(line["authority"], line["matter"]) for line in lines] == [
        ("Datatilsynet", "Personal data"),
        ("Information Commissioner's Office (ICO)", "Personal data"),
    ]


def test_five_years_are_only_what_is_typical() -> None:
    """Wherever the number is printed the word stands beside it, in a list too."""
    field = KINDS["retention"].field("period")
    period = next(v["period"] for _, key, v in RECORDS if key == "orders-accounting")
    words = Words("en", OwnTerms(), lambda identifier: "")
    assert words.period(field, period, full=False).startswith("5 years, typically")


def test_the_parties_are_those_the_policy_names() -> None:
    named = [values["name"] for kind, _, values in RECORDS if kind == "party"]
    assert sorted(named) == sorted(PARTIES)


def test_there_are_no_records_the_policy_does_not_carry() -> None:
    count = Counter(kind for kind, _, _ in RECORDS)
    assert count["organisation"] == 1
    assert count["agreement"] == 1
    assert count["transfer"] == 1
    assert count["retention"] == 5
    assert count["notice"] == 2
    assert not {"system", "assessment", "request", "document", "term", "register"} & set(count)


def test_every_line_has_an_id_of_its_own_written_down() -> None:
    for item in ADDED:
        for key, data in item["fields"].items():
            if KINDS[item["kind"]].field(key).kind == "lines" and isinstance(data, list):
                ids = [line.get("id") for line in data]
                assert all(ids), (item["key"], key)
                assert len(set(ids)) == len(ids), (item["key"], key)


def test_lines_name_lines_that_are_there() -> None:
    for kind, key, values in RECORDS:
        if kind == "activity":
            ids = {line["id"] for line in values["purposes"]}
            named = {
                name
                for line in values["data"]
                if isinstance(line.get("purposes"), list)
                for name in line["purposes"]
            }
            assert named <= ids, key


def test_keys_are_unique() -> None:
    assert max(Counter(item["key"] for item in ADDED).values()) == 1


def test_a_register_can_be_made_of_it(tmp_path: Path) -> None:
    with make_sample("smartgroup", tmp_path / "smartgroup.ropa") as register:
        view = load_view(register)
    names = {record.text("name") for record in view.of("party")}
    assert names == PARTIES
    assert len(view.records) == len(RECORDS) + 1
    organisation = view.of("organisation")[0]
    bokmaal = view.words("nb").value(organisation.kind.field("country"), organisation["country"])
    assert bokmaal == "Norge"
