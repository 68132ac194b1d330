"""What the door for writing refuses, and what merging and attaching must not lose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ropa_app.errors import UserError
from ropa_app.model.kinds import KINDS
from ropa_app.model.record import Record
from ropa_app.model.state import NotApplicable, Open
from ropa_app.register.change import Create, Edit, label, new_id
from ropa_app.register.documents import attach_bytes
from ropa_app.register.entry import add, set_fields
from ropa_app.register.merge import merge
from ropa_app.register.store import Register
from ropa_app.register.verify import verify

Fill = Callable[..., Record]
MOMENT = "2026-02-01T00:00:00.000Z"


def refused(register: Register, change: Create | Edit, words: str) -> None:
    head = register.head()
    with pytest.raises(UserError, match=words):
        register.apply([change], label("set"))
    assert register.head() == head
    assert verify(register) == []


@pytest.mark.parametrize("field", ["number", "id", "shoe_size"])
def test_a_field_that_is_not_declared_is_not_edited(register: Register, field: str) -> None:
    record = register.get("O-001")
    seen = {"number": 1, "id": record.id}.get(field)
    refused(register, Edit(record.id, field, seen, "7"), f"has no field “{field}”")
    assert register.get("O-001").id == record.id


def test_a_new_record_holds_declared_fields_only(register: Register) -> None:
    refused(register, Create("party", new_id(), {"name": "A", "shoe_size": "42"}), "shoe_size")


@pytest.mark.parametrize("identifier", ["an-id", "../../x", ""])
def test_a_new_record_has_an_id(register: Register, identifier: str) -> None:
    refused(register, Create("party", identifier, {"name": "A"}), "is not the id of a record")


def test_a_link_leads_to_a_kind_the_field_names(register: Register, fill: Fill) -> None:
    organisation = register.get("O-001").id
    system = fill(register, "system", name="CRM").id
    party = fill(register, "party", name="Kept")
    refused(register, Edit(party.id, "parent", None, system), "P-001 parent cannot name")
    refused(register, Create("activity", new_id(), {"systems": [organisation]}), "systems cannot")
    line = {"id": "a", "party": system}
    refused(register, Edit(party.id, "sub_processors", None, [line]), "sub_processors cannot")
    refused(register, Edit(party.id, "sectors", None, [system]), "sectors cannot")


def test_a_record_merges_into_one_of_its_kind(register: Register, fill: Fill) -> None:
    party, system = fill(register, "party", name="A"), fill(register, "system", name="B")
    for target in (system.id, party.id, new_id()):
        refused(register, Edit(party.id, "merged_into", None, target), "cannot be merged into")


# Ids of lines


def test_two_lines_with_one_id_are_refused_when_given(register: Register, fill: Fill) -> None:
    fill(register, "party", name="A")
    lines = [{"id": "c1", "name": "Ada"}, {"id": "c1", "name": "Bo"}]
    for attempt in (
        lambda: set_fields(register, "P-001", {"contacts": lines}),
        lambda: add(register, KINDS["party"], {"name": "B", "contacts": lines}),
    ):
        with pytest.raises(UserError, match=r"contacts.*id c1"):
            attempt()
    assert register.get("P-001")["contacts"] is None


def test_two_lines_with_one_id_are_refused_at_the_door(register: Register, fill: Fill) -> None:
    party = fill(register, "party", name="A")
    lines = [{"id": "c1", "name": "Ada"}, {"id": "c1", "name": "Bo"}]
    refused(register, Edit(party.id, "contacts", None, lines), r"P-001 contacts.*id c1")
    refused(register, Create("party", new_id(), {"contacts": lines}), r"P-002 contacts.*id c1")


def test_lists_within_lists_without_end(register: Register, cli: Any, tmp_path: Any) -> None:
    deep = tmp_path / "deep.json"
    for depth in (300, 700, 50_000):
        deep.write_text(f'{{"name": "A", "contacts": {"[" * depth}{"]" * depth}}}', "utf-8")
        answer = cli("add", register.path, "party", "--json", deep)
        assert answer.status == 2
        assert answer.err.count("\n") == 1
        assert "Traceback" not in answer.err
    assert list(register.records(KINDS["party"])) == []


# Merging


def test_what_is_known_beats_a_question(register: Register, fill: Fill) -> None:
    question = {"open": "Where is it?"}
    fill(
        register, "party", name="Kept", country=question, sectors=question, email=question,
        phone={"not_applicable": "no phone"},
    )  # fmt: skip
    fill(
        register, "party", name="Other", country="DE", sectors=["payment"],
        email={"not_applicable": "none"},
    )  # fmt: skip
    merge(register, "P-001", "P-002", MOMENT)
    kept = register.get("P-001")
    assert kept["country"] == "DE"
    assert kept["sectors"] == ["payment"]
    assert kept["email"] == Open("Where is it?")
    assert kept["phone"] == NotApplicable("no phone")


def test_a_question_on_former_names_outlives_a_merge(register: Register, fill: Fill) -> None:
    fill(register, "party", name="Same", former_names={"open": "What was it called?"})
    fill(register, "party", name="Same")
    merge(register, "P-001", "P-002", MOMENT)
    assert register.get("P-001")["former_names"] == Open("What was it called?")


def test_terms_of_different_vocabularies_do_not_merge(register: Register, fill: Fill) -> None:
    fill(register, "term", name="Gait", vocabulary="data-category")
    fill(register, "term", name="Gait", vocabulary="data-subject-category")
    one, other = (record.ref for record in register.records(KINDS["term"]))
    with pytest.raises(UserError, match="different vocabularies"):
        merge(register, one, other, MOMENT)


# Attaching


def test_attaching_keeps_the_questions_among_the_documents(register: Register, fill: Fill) -> None:
    first = fill(register, "document", name="First").id
    fill(register, "agreement", name="DPA", documents=[{"open": "Where is annex II?"}, "F-001"])
    attach_bytes(register, "D-001", "annex.txt", b"annex")
    attached = register.get("F-002").id
    assert register.get("D-001")["documents"] == [Open("Where is annex II?"), first, attached]
    fill(register, "agreement", name="Other", documents={"open": "Is there one?"})
    attach_bytes(register, "D-002", "annex.txt", b"annex")
    assert register.get("D-002")["documents"][0] == Open("Is there one?")
