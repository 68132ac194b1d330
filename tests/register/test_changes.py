"""Searching the log: what a change is found by, in which order, and what it does not say."""

from __future__ import annotations

import pytest

from ropa_app.register.change import Create, Edit, label, new_id
from ropa_app.register.changes import Hit, search_changes
from ropa_app.register.live import LiveView
from ropa_app.register.redact import redact
from ropa_app.register.store import Register


def add(register: Register, kind: str, **values: object) -> str:
    identifier = new_id()
    register.apply([Create(kind, identifier, values)], label("add", kind=kind, count=1))  # type: ignore[arg-type]
    return identifier


def change(register: Register, identifier: str, key: str, value: object) -> int:
    record = register.by_id(identifier)
    assert record
    edit = Edit(identifier, key, record[key], value)  # type: ignore[arg-type]
    done = register.apply([edit], label("set", ref=record.ref, fields=[key]))
    assert done.operation
    return done.operation


def found(register: Register, text: str, language: str = "en", **where: object) -> list[Hit]:
    view = LiveView(register)
    words = view.words(language)
    return list(search_changes(register, view, words, text, **where))  # type: ignore[arg-type]


def numbers(register: Register, text: str, language: str = "en", **where: object) -> list[int]:
    return [hit.operation for hit in found(register, text, language, **where)]


@pytest.fixture
def edited(register: Register) -> tuple[str, int, int]:
    """A party whose country and then website were changed: its id and both operations."""
    party = add(register, "party", name="Ærlig Frakt AS", country="NO")
    country = change(register, party, "country", "SE")
    website = change(register, party, "website", "https://frakt.example/nytt")
    return party, country, website


def test_a_change_is_found_by_record_field_and_both_values(
    register: Register, edited: tuple[str, int, int]
) -> None:
    _party, country, website = edited
    assert numbers(register, "p-001 sweden") == [country]  # the new value, as it is read
    assert numbers(register, "norway country") == [country]  # the old value and the field
    assert numbers(register, "frakt.example") == [website]
    assert numbers(register, "AERLIG") == []
    assert numbers(register, "ærlig")[:2] == [website, country]
    assert numbers(register, "Sverige", "nb") == [country]


def test_a_change_is_found_by_who_made_it(
    register: Register, edited: tuple[str, int, int]
) -> None:
    with Register.open(register.path, writable=True, who="kari@example.no") as other:
        theirs = change(other, edited[0], "note", "checked")
    assert numbers(register, "kari") == [theirs]
    assert numbers(register, "kari website") == []


def test_all_words_stand_in_one_change(register: Register) -> None:
    one, two = add(register, "party", name="One"), add(register, "party", name="Two")
    edits = [Edit(one, "note", None, "alpha"), Edit(two, "note", None, "beta")]
    done = register.apply(edits, label("bulk", kind="party", fields=["note"], count=2))
    assert done.operation
    assert numbers(register, "alpha note") == [done.operation]
    assert numbers(register, "alpha beta") == []
    (hit,) = found(register, "two beta")
    assert hit == Hit(done.operation, "Note: beta")


def test_a_new_record_is_found_by_what_it_came_with(register: Register) -> None:
    add(register, "party", name="First name", country="NO")
    (party,) = [register.find_exact("P-001")]
    assert party
    renamed = change(register, party.id, "name", "Second name")
    assert numbers(register, "first") == [renamed, renamed - 1]
    assert numbers(register, "norway") == [renamed - 1]


def test_it_is_narrowed_to_a_record_and_to_what_was_before(
    register: Register, edited: tuple[str, int, int]
) -> None:
    party, country, website = edited
    other = add(register, "party", name="Other", note="sweden")
    assert other not in numbers(register, "sweden", record=party)
    assert numbers(register, "sweden", record=party) == [country]
    assert numbers(register, "changed", before=website) == [country]


def test_what_was_redacted_is_not_found(register: Register) -> None:
    party = add(register, "party", name="One", note="Ola Nordmann")
    change(register, party, "note", "nobody")
    assert numbers(register, "nordmann")
    redact(register, "P-001", "note")
    assert numbers(register, "nordmann") == []


def test_nothing_typed_finds_nothing(register: Register) -> None:
    assert found(register, "  ") == []


def test_many_changes_of_one_step_are_all_looked_at(register: Register) -> None:
    ids = [new_id() for _number in range(1200)]
    made = [Create("party", i, {"name": f"Party {n}"}) for n, i in enumerate(ids)]
    register.apply(made, label("import", count=len(made)))
    (hit,) = found(register, "1187")
    assert hit.operation == register.head().operation
