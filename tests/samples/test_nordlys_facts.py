"""The sample nordlys: no fact contradicts another, apart from the gaps planted on purpose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from ropa_app.model.field import Field
from ropa_app.model.kinds import KINDS
from ropa_app.model.record import Record
from ropa_app.model.state import NotApplicable, Open
from ropa_app.rules.transfers import is_outside
from tests.samples.test_nordlys import KIND_OF, STEPS, TODAY

TRANSFERS = sorted(key for key, kind in KIND_OF.items() if kind == "transfer")
ACTIVITIES = sorted(key for key, kind in KIND_OF.items() if kind == "activity")
PLANTED = {("a-competitions", "d1")}


def activities_of(nordlys: Any, transfer: Record) -> list[Record]:
    return [nordlys.record(nordlys.key_of[item]) for item in transfer.items("activities")]


def held_by(activity: Record) -> set[str]:
    return {category for row in activity.lines("data") for category in row["categories"]}


# --- transfers ---------------------------------------------------------------------------------


@pytest.mark.parametrize("key", TRANSFERS)
def test_a_transfer_sends_only_what_its_activities_hold(nordlys: Any, key: str) -> None:
    transfer = nordlys.record(key)
    activities = activities_of(nordlys, transfer)
    assert activities
    assert set(transfer.items("categories")) <= set().union(*map(held_by, activities))


def ever_received(activity: str) -> set[str]:
    """The parties that are or were recipients of an activity, and the controllers it serves."""
    return {
        row.get("party") or row.get("controller", "")
        for step in STEPS
        for item in (*step.get("add", ()), *step.get("set", ()))
        if (item.get("key") or item["record"]) == activity
        for field in ("recipients", "controllers_served")
        for row in item["fields"].get(field, ())
    }


@pytest.mark.parametrize("key", TRANSFERS)
def test_whoever_we_send_data_to_is_a_recipient_of_the_activity(nordlys: Any, key: str) -> None:
    transfer = nordlys.record(key)
    ours = transfer.text("exporter") == nordlys.id_of("nordlys")
    assert (transfer.text("our_place") == "exporter") == ours
    if ours:
        for activity in activities_of(nordlys, transfer):
            importer = nordlys.key_of[transfer.text("importer")]
            assert importer in ever_received(nordlys.key_of[activity.id])


@pytest.mark.parametrize("key", TRANSFERS)
def test_a_transfer_says_why_when_and_in_what_way(nordlys: Any, key: str) -> None:
    transfer = nordlys.record(key)
    assert transfer.text("purpose")
    assert transfer.text("from")
    assert bool(transfer.text("to")) or transfer.text("frequency") != "one-off"
    assert transfer.text("our_place") != "exporter" or "onward" not in transfer.items("kinds")


@pytest.mark.parametrize("key", TRANSFERS)
def test_a_transfer_does_not_begin_before_the_sub_processor_is_used(nordlys: Any, key: str) -> None:
    transfer = nordlys.record(key)
    exporter = nordlys.view_on(TODAY).records[transfer.text("exporter")]
    chain = exporter.lines("sub_processors") if exporter.kind_key == "party" else []
    for row in chain:
        if row["party"] == transfer.text("importer"):
            assert row["from"] <= transfer.text("from")


@pytest.mark.parametrize("key", TRANSFERS)
def test_only_a_known_mechanism_is_relied_on(nordlys: Any, key: str) -> None:
    for row in nordlys.record(key).lines("safeguards"):
        assert ("reliance" in row) != isinstance(row["mechanism"], Open)


def test_who_is_not_listed_has_no_coverage(nordlys: Any) -> None:
    lines = [row for found in nordlys.held("party") for row in found.lines("dpf")]
    unlisted = [row for row in lines if row["state"] == "not-listed"]
    assert unlisted
    assert not any({"coverage", "uk_extension"} & set(row) for row in unlisted)


# --- activities --------------------------------------------------------------------------------


def bases_of(activity: Record) -> set[str]:
    return {basis for row in activity.lines("purposes") for basis in row.get("legal_basis", ())}


def consents_of(activity: Record) -> bool:
    conditions = {
        item for row in activity.lines("data") for item in row.get("special_condition", ())
    }
    return "6-1-a" in bases_of(activity) or "9-2-a" in conditions


@pytest.mark.parametrize("key", ACTIVITIES)
def test_rights_follow_the_legal_bases(nordlys: Any, key: str) -> None:
    activity = nordlys.record(key)
    rights, bases = set(activity.items("rights")), bases_of(activity)
    assert ("portability" in rights) == bool({"6-1-a", "6-1-b"} & bases)
    assert ("objection" in rights) == bool({"6-1-e", "6-1-f"} & bases)
    assert ("withdraw-consent" in rights) == consents_of(activity)


@pytest.mark.parametrize("key", ACTIVITIES)
def test_consent_is_recorded_where_something_rests_on_it(nordlys: Any, key: str) -> None:
    activity = nordlys.record(key)
    assert bool(activity.text("consent_record")) == consents_of(activity)


@pytest.mark.parametrize("key", ACTIVITIES)
def test_interests_are_named_where_they_are_the_basis(nordlys: Any, key: str) -> None:
    for row in nordlys.record(key).lines("purposes"):
        assert ("legitimate_interest" in row) == ("6-1-f" in row.get("legal_basis", ()))


@pytest.mark.parametrize("key", ACTIVITIES)
def test_recipients_receive_only_what_the_activity_holds(nordlys: Any, key: str) -> None:
    activity = nordlys.record(key)
    for row in activity.lines("recipients"):
        assert set(row.get("categories", ())) <= held_by(activity), row["id"]


@pytest.mark.parametrize("key", ACTIVITIES)
def test_data_are_kept_as_long_as_the_rule_says(nordlys: Any, key: str) -> None:
    for row in nordlys.record(key).lines("data"):
        assert "retention" in row or (key, row["id"]) in PLANTED
        if rule := row.get("retention_rule"):
            period = nordlys.view_on(TODAY).records[rule]["period"]
            for part in ("amount", "amount_to", "unit", "event", "condition", "fate"):
                assert row["retention"].get(part) == period.get(part)


@pytest.mark.parametrize("key", ACTIVITIES)
def test_agreements_named_for_recipients_are_not_of_the_future(nordlys: Any, key: str) -> None:
    for row in nordlys.record(key).lines("recipients"):
        if agreement := row.get("agreement"):
            begins = nordlys.view_on(TODAY).records[agreement].day("effective")
            assert begins is None or begins <= TODAY


@pytest.mark.parametrize("key", ACTIVITIES)
def test_it_is_said_why_no_impact_assessment_is_needed(nordlys: Any, key: str) -> None:
    assert nordlys.record(key).text("dpia_reason")


@pytest.mark.parametrize("key", [key for key, kind in KIND_OF.items() if kind == "assessment"])
def test_an_assessment_of_transfers_covers_an_activity_of_each(nordlys: Any, key: str) -> None:
    assessment = nordlys.record(key)
    for item in assessment.items("transfers"):
        served = nordlys.record(nordlys.key_of[item]).items("activities")
        assert set(served) <= set(assessment.items("activities")), nordlys.key_of[item]


# --- systems -----------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [key for key, kind in KIND_OF.items() if kind == "system"])
def test_a_system_is_where_its_supplier_or_the_sub_processors_work(nordlys: Any, key: str) -> None:
    system = nordlys.record(key)
    if system.text("supplier"):
        supplier = nordlys.view_on(TODAY).records[system.text("supplier")]
        today = TODAY.isoformat()
        used = [row for row in supplier.lines("sub_processors") if row["from"] <= today]
        places = {row["country"] for row in supplier.lines("places")}
        assert places.union(*(row["countries"] for row in used)) >= set(system.items("countries"))


@pytest.mark.parametrize("key", [key for key, kind in KIND_OF.items() if kind == "activity"])
def test_data_in_a_system_outside_the_eea_are_told_of_as_a_transfer(nordlys: Any, key: str) -> None:
    view, activity = nordlys.view_on(TODAY), nordlys.record(key)
    served = [t for t in view.of("transfer") if activity.id in t.items("activities")]
    held = [place for each in view.linked(activity, "systems") for place in each.items("countries")]
    outside = {place for place in held if is_outside(view, place, ("eu",))}
    assert outside <= {transfer.text("destination") for transfer in served}


# --- how it reads ------------------------------------------------------------------------------


def free_texts(
    fields: tuple[Field, ...], values: Mapping[str, Any], path: str
) -> Iterator[tuple[str, str]]:
    for field in fields:
        value = values.get(field.key)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict) and field.columns:
                yield from free_texts(field.columns, item, f"{path}.{field.key}")
            elif isinstance(item, str) and field.kind in ("text", "long_text", "texts"):
                yield f"{path}.{field.key}", item


def test_free_text_begins_with_a_capital_letter(nordlys: Any) -> None:
    said = [
        one
        for step in STEPS
        for item in (*step.get("add", ()), *step.get("set", ()))
        for key in [item.get("key") or item["record"]]
        if KIND_OF[key] != "term" or "vocabulary" not in item["fields"]
        for one in free_texts(KINDS[KIND_OF[key]].fields, item["fields"], key)
    ]
    terms = [
        (found.ref, found.text(name))
        for found in nordlys.held("term")
        for name in ("name", "name_nb")
    ]
    addresses = ("@", "://")
    assert len(said) > 1000
    assert not [
        one
        for one in (*said, *terms)
        if one[1][0].islower() and not any(i in one[1] for i in addresses)
    ]


def test_the_public_has_no_role_of_its_own(nordlys: Any) -> None:
    rows = [row for found in nordlys.held("activity") for row in found.lines("recipients")]
    roles = [row["role"] for row in rows if row.get("category") == "the-public"]
    assert len(roles) == 2
    assert all(isinstance(role, NotApplicable) for role in roles)
