"""What a step did to the findings: what it brought and took away, and what it left as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ropa_app.model.record import Record
from ropa_app.model.state import AsTyped, Open
from ropa_app.register.change import Create, Edit, label, new_id
from ropa_app.register.loading import load_around, load_view
from ropa_app.register.store import Register
from ropa_app.rules.effect import Effect, effect
from ropa_app.rules.findings import Finding, run


def places(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(finding.rule, finding.field) for finding in findings]


def both(new_desk: Callable[[], Any], before: dict[str, Any], after: dict[str, Any]) -> Effect:
    """The effect of giving one party these values in place of those."""
    desk = new_desk()
    record = desk.add("party", **before)
    old = desk.view()
    desk.records[0] = Record("party", 1, record.id, after)
    return effect(old, desk.view())


def test_a_question_answered_goes(new_desk: Callable[[], Any]) -> None:
    seen = both(new_desk, {"name": "P", "country": Open("where?")}, {"name": "P", "country": "NO"})
    assert places(seen.went) == [("R-open-01", "country")]
    assert seen.came == ()


def test_a_text_that_cannot_be_read_comes(new_desk: Callable[[], Any]) -> None:
    seen = both(new_desk, {"name": "P"}, {"name": "P", "country": AsTyped("Norge eller så")})
    assert places(seen.came) == [("R-text-01", "country")]
    assert seen.went == ()


def test_the_same_thing_said_otherwise_neither_comes_nor_goes(new_desk: Callable[[], Any]) -> None:
    """The line of an open question moves down; what is asked stays."""
    asked = {"id": "b", "party": Open("who?")}
    other = {"id": "a", "service": "hosting", "countries": ["NO"]}
    seen = both(
        new_desk,
        {"name": "P", "sub_processors": [asked]},
        {"name": "P", "sub_processors": [other, asked]},
    )
    assert ("R-open-01", "sub_processors.b.party") not in places((*seen.came, *seen.went))


def test_a_party_renamed_changes_no_finding(new_desk: Callable[[], Any]) -> None:
    seen = both(
        new_desk,
        {"name": "Old", "country": Open("where?")},
        {"name": "New", "country": Open("where?")},
    )
    assert seen == Effect((), ())


def test_nothing_changed_has_no_effect(desk: Any) -> None:
    desk.add("party", name="P", country=Open("where?"))
    assert effect(desk.view(), desk.view()) == Effect((), ())


def step(register: Register, *changes: Any) -> Effect:
    """What writing changes as one operation did, read back from the log."""
    done = register.apply(list(changes), label("set", ref="P-001", fields=[]))
    assert done.operation
    return effect(*load_around(register, done.operation))


def test_each_step_of_a_register_tells_its_own_effect(register: Register) -> None:
    party = new_id()
    made = step(register, Create("party", party, {"name": "P", "country": Open("where?")}))
    assert ("R-open-01", "country") in places(made.came)
    answered = step(register, Edit(party, "country", Open("where?"), "NO"))
    assert places(answered.went) == [("R-open-01", "country")]
    step(register, Edit(party, "note", None, "later"))
    again = effect(*load_around(register, register.head().operation - 1))
    assert again == answered
    gone = step(register, Edit(party, "deleted", None, "2026-01-01T00:00:00.000Z"))
    assert gone.came == ()


def test_the_states_around_a_step_are_those_of_the_register(register: Register) -> None:
    party = new_id()
    step(register, Create("party", party, {"name": "P"}))
    done = register.apply([Edit(party, "name", "P", "Q")], label("set", ref="P-001", fields=[]))
    assert done.operation
    before, after = load_around(register, done.operation)
    assert before.records[party]["name"] == "P"
    assert dict(after.records) == dict(load_view(register).records)
    assert before.day == after.day
    assert run(after) == run(load_view(register))


def test_before_the_first_step_there_was_nothing(register: Register) -> None:
    before, after = load_around(register, 1)
    assert before.records == {}
    assert before.head.operation == 0
    assert set(after.records) <= set(load_view(register).records)
