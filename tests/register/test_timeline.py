"""The log a page at a time: pages, days, one operation, the values of a field."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ropa_app.errors import UserError
from ropa_app.register.change import Create, Edit, label, new_id
from ropa_app.register.loading import load_view
from ropa_app.register.search import Search
from ropa_app.register.store import Register
from ropa_app.register.timeline import (
    after_day,
    days,
    entry,
    field_values,
    operations_before,
    rows_in,
    values_after,
)
from ropa_app.register.whereabouts import whereabouts


def add(register: Register, *names: str, kind: str = "party") -> list[str]:
    ids = [new_id() for _name in names]
    made = [Create(kind, i, {"name": n}) for i, n in zip(ids, names, strict=True)]
    register.apply(made, label("add", kind=kind, count=len(ids)))
    return ids


def rename(register: Register, identifier: str, name: str) -> None:
    record = register.by_id(identifier)
    assert record
    edit = Edit(identifier, "name", record["name"], name)
    register.apply([edit], label("set", ref=record.ref, fields=["name"]))


def test_pages_follow_one_another_without_gap(register: Register) -> None:
    (one,) = add(register, "P0")
    for number in range(1, 25):
        rename(register, one, f"P{number}")
    everything = [operation.seq for operation in register.operations()][::-1]
    seen: list[int] = []
    before = None
    while page := operations_before(register, before, 7):
        assert len(page) <= 7
        seen += [operation.seq for operation in page]
        before = seen[-1]
    assert seen == everything


def test_pages_of_one_record_hold_what_touched_it(register: Register) -> None:
    one, other = add(register, "One", "Other")
    rename(register, one, "First")
    rename(register, other, "Second")
    rename(register, one, "Uno")
    found = [operation.seq for operation in operations_before(register, None, 10, one)]
    assert found == [6, 4, 3]
    assert [o.seq for o in operations_before(register, 6, 1, one)] == [4]


def test_an_operation_tells_at_most_so_many_rows(register: Register) -> None:
    ids = add(register, *(f"P{n}" for n in range(9)))
    operation = register.operation(3)
    view = load_view(register)
    assert rows_in(register, 3) == 9
    assert len(entry(register, view, operation, 4).created) == 4
    narrowed = entry(register, view, operation, 4, ids[7])
    assert narrowed.created == ("P-008",)


def test_days_are_those_of_the_zone(register: Register, fake_clock: Any) -> None:
    fake_clock.set("2026-02-01T22:59:00")
    add(register, "Before midnight in Oslo")
    fake_clock.set("2026-02-01T23:01:00")
    add(register, "After it")
    add(register, "And again")
    found = days(register, "Europe/Oslo", date(2026, 2, 1))
    assert found == {date(2026, 2, 1): 1, date(2026, 2, 2): 2}
    assert days(register, "Europe/Oslo", date(2026, 2, 2)) == {date(2026, 2, 2): 2}
    assert after_day(register, "Europe/Oslo", date(2026, 2, 1)) == 4
    assert after_day(register, "Europe/Oslo", date(2025, 1, 1)) == 1
    with pytest.raises(UserError):
        days(register, "Nowhere/Town", date(2026, 2, 1))


def test_the_values_of_a_field_begin_with_its_creation(register: Register) -> None:
    (one,) = add(register, "One")
    rename(register, one, "Two")
    register.undo()
    values = [(found.operation.seq, found.value) for found in field_values(register, one, "name")]
    assert values == [(5, "One"), (4, "Two"), (3, "One")]
    assert [found.value for found in field_values(register, one, "note")] == [None]


def test_whereabouts_know_every_record_that_is_not_deleted(register: Register) -> None:
    one, other = add(register, "One", "Other")
    register.apply(
        [Edit(other, "deleted", None, "2026-01-05T08:00:00.000Z")], label("delete", ref="P-002")
    )
    found = whereabouts(register)
    assert found[one] == ("party", 1)
    assert other not in found


def test_names_come_before_what_only_holds_the_words(register: Register) -> None:
    add(register, "Acme Payments", "The Payments of Acme", "Other")
    (note,) = add(register, "Silent")
    register.apply(
        [Edit(note, "note", None, "They do payments too")], label("set", ref="P-004", fields=[])
    )
    search = Search(register)
    assert search.named("acme pay", 9) == [("party", 1), ("party", 2)]
    assert search.named("the pay", 1) == [("party", 2)]
    assert search.holding("payments", 9) == [("party", 4)]
    assert search.named("", 9) == search.holding(" ", 9) == []
    assert search.named('" OR *', 9) == []


def test_a_record_is_known_as_an_operation_left_it(register: Register) -> None:
    (one,) = add(register, "First")
    created = register.head().operation
    register.apply([Edit(one, "note", None, "a note")], label("set", ref="P-001", fields=["note"]))
    rename(register, one, "Second")
    rename(register, one, "Third")
    register.apply([Edit(one, "deleted", None, "2026-01-01T00:00:00.000Z")], label("delete"))
    assert values_after(register, one, created) == {"note": None, "name": "First"}
    assert values_after(register, one, created + 2) == {"name": "Second"}
    assert values_after(register, one, created + 3) == {}
