"""Which of two values stands after a merge, and what is said of it before."""

from __future__ import annotations

import pytest

from ropa_app.errors import UserError
from ropa_app.model.kinds import KINDS
from ropa_app.model.state import Open
from ropa_app.register import entry
from ropa_app.register.merge import differing, filled, linking, merge
from ropa_app.register.store import Register

MOMENT = "2026-01-06T00:00:00.000Z"


@pytest.fixture
def two(register: Register) -> Register:
    for fields in (
        {"name": "One", "country": "NO", "website": "https://one.example"},
        {"name": "Two", "country": "SE", "website": {"open": "Which?"}, "sectors": ["payment"]},
    ):
        entry.add(register, KINDS["party"], fields)
    return register


def test_only_what_both_say_differs(two: Register) -> None:
    kept, other = two.get("P-001"), two.get("P-002")
    assert differing(kept, other) == ["name", "country"]
    assert [edit.field for edit in filled(kept, other)] == ["sectors", "former_names"]
    assert isinstance(other["website"], Open)


def test_the_value_taken_stands(two: Register) -> None:
    merge(two, "P-001", "P-002", MOMENT, ["country"])
    assert two.get("P-001")["country"] == "SE"
    assert two.get("P-001")["name"] == "One"


def test_an_unknown_field_is_refused(two: Register) -> None:
    with pytest.raises(UserError):
        merge(two, "P-001", "P-002", MOMENT, ["colour"])
    assert not two.get("P-002").deleted


def test_a_link_between_the_two_is_no_difference(register: Register) -> None:
    party = KINDS["party"]
    entry.add(register, party, {"name": "Group"})
    entry.add(register, party, {"name": "Child", "parent": "P-001"})
    entry.add(register, party, {"name": "Third", "parent": "P-002"})
    kept, other = register.get("P-001"), register.get("P-002")
    assert differing(kept, other) == ["name"]
    assert linking(register, kept, other) == 1
