"""Ready-made activities: whole, in both languages, and honest about what is not certain."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ropa_app.errors import UserError
from ropa_app.i18n import LANGUAGES
from ropa_app.model.field import Field
from ropa_app.model.kinds import KINDS
from ropa_app.model.state import Open
from ropa_app.model.vocabulary import vocabulary
from ropa_app.register.begin import begin_register
from ropa_app.register.change import Create, new_id
from ropa_app.register.loading import load_view
from ropa_app.register.store import Register
from ropa_app.register.template_law import template_file
from ropa_app.register.templates import BUSINESSES, Template, businesses, records_of, templates
from ropa_app.register.view import View
from ropa_app.rules.findings import run

ALL = templates()
REGIMES = {"eu": "eu-3-1", "uk": "uk-3-2-a"}


def organisation(country: str, *regimes: str) -> Create:
    lines = [{"id": r, "regime": r, "reason": REGIMES[r]} for r in regimes]
    return Create("organisation", new_id(), {"name": "Test", "country": country, "regimes": lines})


NORWAY = organisation("NO", "eu")
BRITAIN = organisation("GB", "uk")
BOTH = organisation("NO", "eu", "uk")
ABROAD = organisation("DE", "eu")
PLACES = (NORWAY, BRITAIN, BOTH, ABROAD, organisation("US"))


def named(identifier: str) -> Template:
    return next(each for each in ALL if each.id == identifier)


def activity(identifier: str, whose: Create, language: str = "en") -> dict[str, Any]:
    return dict(records_of([named(identifier)], language, whose)[-1].values)


def rule_of(name: str, identifier: str, whose: Create) -> dict[str, Any]:
    made = records_of([named(identifier)], "en", whose)
    return next(dict(r.values) for r in made if r.values["name"] == name)


def test_there_are_enough_for_each_kind_of_business() -> None:
    counts = Counter(each.business for each in ALL)
    least = {"web-shop": 10, "employer": 10, "association": 5, "business-service": 5}
    assert sum(counts.values()) >= 30
    assert not {name: counts[name] for name, wanted in least.items() if counts[name] < wanted}
    assert [each.id for each in businesses()] == list(BUSINESSES)


def test_every_id_stands_once() -> None:
    assert not [i for i, n in Counter((t.business, t.id) for t in ALL).items() if n > 1]


def texts(data: Any) -> list[dict[str, str]]:
    """Every text by language, at any depth."""
    if isinstance(data, dict):
        if set(data) == set(LANGUAGES):
            return [data]
        return [found for item in data.values() for found in texts(item)]
    return [found for item in data for found in texts(item)] if isinstance(data, list) else []


@pytest.mark.parametrize("file", [*BUSINESSES, "laws", "retention"])
def test_every_text_stands_in_both_languages(file: str) -> None:
    content = template_file(file)
    assert texts(content)
    assert not [found for found in texts(content) if not all(t.strip() for t in found.values())]
    assert '"en"' in json.dumps(content)
    assert json.dumps(content).count('"en":') == json.dumps(content).count('"nb":')


def terms(field: Field, value: Any) -> list[tuple[str, str]]:
    """The vocabulary and id of every term in a value, at any depth."""
    if isinstance(value, list):
        return [found for item in value for found in terms(field, item)]
    if isinstance(value, dict):
        inner = {column.key: column for column in field.columns}
        return [f for key, v in value.items() if key in inner for f in terms(inner[key], v)]
    is_term = field.kind in ("term", "terms") and isinstance(value, str)
    return [(field.vocabulary, value)] if is_term else []


@pytest.mark.parametrize("template", ALL, ids=lambda each: f"{each.business}-{each.id}")
def test_every_term_is_in_its_vocabulary(template: Template) -> None:
    for record in records_of([template], "en", BOTH):
        kind = KINDS[record.kind]
        found = [t for key, v in record.values.items() for t in terms(kind.field(key), v)]
        assert not [(name, term) for name, term in found if term not in vocabulary(name).terms]


@pytest.mark.parametrize("template", ALL, ids=lambda each: f"{each.business}-{each.id}")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_activity_says_what_a_record_must_say(template: Template, language: str) -> None:
    made = records_of([template], language, NORWAY)[-1].values
    assert made["name"] == template.name[language]
    assert made["description"]
    assert made["status"] == "draft"
    assert made["organisations"] == [NORWAY.id]
    assert made["recipients"]
    assert made["measures"]
    assert all(line["retention_rule"] for line in made["data"])
    if made["role"] == "controller":
        assert all(line["legal_basis"] for line in made["purposes"])
    interests = [p for p in made["purposes"] if "6-1-f" in p.get("legal_basis", ())]
    assert all(line["legitimate_interest"] for line in interests)
    duties = [p for p in made["purposes"] if p.get("legal_basis") == ["6-1-c"]]
    assert all(line.get("national_law") for line in duties)


@pytest.mark.parametrize("whose", PLACES, ids=["NO", "GB", "NO and UK", "DE", "US"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_all_of_them_leave_nothing_but_questions_and_gaps_of_the_organisation(
    whose: Create, language: str, tmp_path: Path
) -> None:
    view = begun(tmp_path, language, whose, ALL)
    findings = [f for f in run(view) if f.severity != "question"]
    assert {view.records[f.record].kind_key for f in findings} <= {"organisation"}
    assert {f.rule for f in run(view) if f.severity == "question"} == {"R-open-01"}


def begun(folder: Path, language: str, whose: Create, chosen: list[Template]) -> View:
    path = folder / "new.ropa"
    begin_register(path, language, dict(whose.values), chosen)
    with Register.open(path) as register:
        return load_view(register)


def test_bookkeeping_in_norway_is_certain_and_elsewhere_asked() -> None:
    norway = rule_of("Accounting material", "payments", NORWAY)
    assert norway["period"]["amount"] == 5
    assert norway["period"]["unit"] == "years"
    assert norway["period"]["event"] == "end-of-accounting-year"
    assert "§ 13" in norway["law"]
    assert "LOV-2004-11-19-73" in norway["source"][0]["document"]
    for elsewhere in (BRITAIN, ABROAD):
        assert isinstance(rule_of("Accounting material", "payments", elsewhere)["period"], Open)


def test_law_that_is_only_remembered_is_asked_about() -> None:
    (purpose,) = activity("returns", NORWAY)["purposes"]
    assert isinstance(purpose["national_law"], Open)
    assert "angrerettloven" in purpose["national_law"].question
    assert purpose["national_law"].question.startswith("Confirm")


def test_both_regimes_bring_both_laws() -> None:
    (purpose,) = activity("newsletter", BOTH)["purposes"]
    assert "Markedsføringsloven § 15" in purpose["other_law"]
    assert "PECR reg. 22" in purpose["other_law"]
    (purpose,) = activity("newsletter", NORWAY)["purposes"]
    assert "PECR" not in purpose["other_law"]


def test_the_united_kingdom_asks_for_schedule_1() -> None:
    made = activity("sick-leave", BRITAIN)
    assert made["schedule_1_condition"] == ["paragraph-1-employment"]
    assert isinstance(made["policy_document"], Open)
    assert "schedule_1_condition" not in activity("sick-leave", NORWAY)


def test_a_processor_owes_no_legal_basis_and_is_asked_for_whom() -> None:
    made = activity("hosting", NORWAY)
    assert made["role"] == "processor"
    assert "legal_basis" not in made["purposes"][0]
    assert isinstance(made["controllers_served"][0]["controller"], Open)


def test_rights_follow_the_legal_basis() -> None:
    consent = activity("newsletter", NORWAY)["rights"]
    assert "withdraw-consent" in consent
    assert "objection" not in consent
    assert "objection" in activity("security", NORWAY)["rights"]


def test_rules_and_measures_are_shared() -> None:
    made = records_of([named("orders"), named("payments"), named("support")], "en", NORWAY)
    names = [(record.kind, record.values["name"]) for record in made]
    assert len(names) == len(set(names))


def test_a_name_of_ones_own_stands_in_the_record() -> None:
    made = records_of([named("orders").named("Nettsalg")], "en", NORWAY)
    assert made[-1].values["name"] == "Nettsalg"


def test_the_whole_beginning_is_one_step_back(tmp_path: Path) -> None:
    begun(tmp_path, "nb", NORWAY, ALL[:5])
    with Register.open(tmp_path / "new.ropa", writable=True) as register:
        assert len(list(register.records(KINDS["activity"]))) == 5
        assert register.next_undo() is not None
        register.undo()
        assert all(record.deleted for record in register.records(KINDS["activity"]))
        assert all(record.deleted for record in register.records(KINDS["organisation"]))
        assert register.next_undo() is None


def test_nothing_is_left_behind_where_it_cannot_be_made(tmp_path: Path) -> None:
    taken = tmp_path / "taken.ropa"
    taken.write_text("mine", "utf-8")
    with pytest.raises(UserError):
        begin_register(taken, "en", {"name": "A"}, [])
    assert taken.read_text("utf-8") == "mine"
    with pytest.raises(UserError):
        begin_register(tmp_path / "new.ropa", "en", {"name": "A", "nonsense": "B"}, [])
    assert not (tmp_path / "new.ropa").exists()
