"""The generator: the same seed gives the same values, every kind, and every link resolves."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ropa_app.model.field import Field
from ropa_app.model.kinds import ALL_KINDS, KINDS
from ropa_app.model.reading import read
from ropa_app.model.state import AsTyped, NotApplicable, Open, Value, to_plain
from ropa_app.model.vocabulary import OwnTerms
from ropa_app.register.change import Create
from ropa_app.register.generate import benchmark_set, generated, records
from ropa_app.register.view import linked_ids

COUNTS = {kind.key: 3 for kind in ALL_KINDS if kind.key != "register"} | {"activity": 12}


def without_random_ids(made: list[Create]) -> str:
    """The records as text, each id replaced by its place."""
    text = json.dumps([[create.kind, create.id, to_plain(create.values)] for create in made])
    for number, create in enumerate(made):
        text = text.replace(create.id, f"record {number}")
    return text


@pytest.mark.parametrize("seed", [1, 2, 99])
def test_the_same_seed_gives_the_same_values(seed: int) -> None:
    first, second, other = (without_random_ids(records(COUNTS, s)) for s in (seed, seed, seed + 1))
    assert first == second
    assert first != other


def test_ids_are_never_given_twice() -> None:
    ids = [create.id for _round in range(2) for create in records(COUNTS, 1)]
    assert len(set(ids)) == len(ids) == 2 * sum(COUNTS.values())


def test_every_kind_and_field_is_made() -> None:
    made = records(dict.fromkeys(COUNTS, 60), 5, full=1)
    filled = {(create.kind, key) for create in made for key in create.values}
    assert filled == {(kind, field.key) for kind in COUNTS for field in KINDS[kind].fields}


def test_all_states_are_made() -> None:
    values = [value for create in records(COUNTS, 3, full=1) for value in create.values.values()]
    assert {Open, NotApplicable, AsTyped} <= {type(value) for value in values}


@pytest.mark.parametrize("full", [0.35, 1.0])
def test_every_link_resolves_to_a_kind_it_may_name(full: float) -> None:
    made = records(COUNTS, 7, full)
    kinds = {create.id: create.kind for create in made}
    seen = 0
    for create in made:
        for key, target in linked_ids(KINDS[create.kind].fields, create.values):
            field = KINDS[create.kind].field(key)
            allowed = {kind for part in (field, *field.columns) for kind in part.links_to}
            assert kinds[target] in allowed
            seen += 1
    assert seen > len(made)


class Known:
    """Takes the records of the generator for those of a register."""

    terms = OwnTerms()

    def find_record(self, text: str, kinds: tuple[str, ...]) -> str | None:
        return text


def test_values_are_what_reading_gives() -> None:
    """What was generated could have been entered: reading it once more changes nothing."""

    def again(field: Field, value: Value) -> Value:
        return read(field, to_plain(value), Known())

    for create in records(COUNTS, 11, full=1):
        for key, value in create.values.items():
            assert again(KINDS[create.kind].field(key), value) == value, (create.kind, key)


def test_a_generated_register_is_sound(tmp_path: Path, cli: Callable[..., Any]) -> None:
    path = tmp_path / "generated.ropa"
    with generated(path, 25, seed=4) as register:
        counts = {kind.key: len(list(register.records(kind))) for kind in ALL_KINDS}
    assert counts["activity"] == 25
    assert min(counts.values()) >= 1
    assert cli("verify", path).status == 0


def test_the_benchmark_set_links_six_records() -> None:
    for group in benchmark_set(3, seed=1):
        *linked, activity = group
        targets = {target for _key, target in linked_ids(KINDS["activity"].fields, activity.values)}
        assert activity.kind == "activity"
        assert {create.id for create in linked} <= targets
        assert len(linked) == 5
