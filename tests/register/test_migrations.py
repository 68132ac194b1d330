"""Registers of older schemas: frozen examples, and a step that only this test knows."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ropa_app.errors import UserError
from ropa_app.model.kinds import ALL_KINDS, KINDS
from ropa_app.model.record import Record
from ropa_app.register import backup, migrations, schema
from ropa_app.register.change import Edit, label
from ropa_app.register.dump import dump, load
from ropa_app.register.entry import set_deleted, set_fields
from ropa_app.register.history import entries, label_words
from ropa_app.register.loading import load_view
from ropa_app.register.restore import restore
from ropa_app.register.store import Register
from ropa_app.register.verify import verify

FROZEN = sorted((Path(__file__).parents[1] / "data" / "registers").glob("schema-*.ropa"))
MOMENT = "2026-02-01T00:00:00.000Z"
Fill = Callable[..., Record]


# Frozen examples


@pytest.fixture(params=FROZEN, ids=lambda path: path.stem)
def frozen(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copy(request.param, tmp_path / request.param.name))


def frozen_dump(path: Path) -> Any:
    return json.loads((FROZEN[0].parent / f"{path.stem}.json").read_text("utf-8"))


def test_every_schema_has_its_example() -> None:
    numbers = {int(path.stem.removeprefix("schema-")) for path in FROZEN}
    assert numbers == set(range(1, schema.SCHEMA + 1))
    assert all(path.stat().st_size <= 300_000 for path in FROZEN)


def test_a_frozen_register_is_read_as_it_stands(frozen: Path, tmp_path: Path) -> None:
    before = frozen.read_bytes()
    with Register.open(frozen) as register:
        assert verify(register) == []
        dump(register, tmp_path / "now.json")
        view = load_view(register)
        load_view(register, "2026-01-12")
    assert json.loads((tmp_path / "now.json").read_text("utf-8")) == frozen_dump(frozen)
    assert {record.kind_key for record in view.records.values()} == {k.key for k in ALL_KINDS}
    assert frozen.read_bytes() == before


def test_a_frozen_register_is_worked_on(frozen: Path) -> None:
    with Register.open(frozen, writable=True) as register:
        assert verify(register) == []
        assert schema.version_of(register.connection) == schema.SCHEMA
        if register.next_undo():
            register.undo()
        set_fields(register, "O-001", {"note": "today"})
        register.undo()
        assert register.get("P-002").ref == "P-001"
        assert verify(register) == []


def test_a_frozen_dump_is_loaded(frozen: Path, tmp_path: Path) -> None:
    with load(FROZEN[0].parent / f"{frozen.stem}.json", tmp_path / "loaded.ropa") as register:
        assert verify(register) == []
        loaded = {r.ref: dict(r.values) for kind in ALL_KINDS for r in register.records(kind)}
    with Register.open(frozen) as original:
        view = load_view(original)
    assert loaded == {record.ref: dict(record.values) for record in view.records.values()}


# A step that only this test knows: what parties kept under “nickname” becomes a former name, and
# the note of every record is written in capitals.


def step(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    if kind == "party" and "nickname" in values:
        values["former_names"] = [values.pop("nickname")]
    if isinstance(values.get("note"), str):
        values["note"] = values["note"].upper()
    return values


@pytest.fixture
def old_path(register: Register, fill: Fill, fake_clock: Any) -> Path:
    """A register of schema 1 whose parties have a field that schema 2 has no more."""
    fill(register, "party", name="One", note="first")
    fill(register, "party", name="Two")
    fill(register, "party", name="Gone", note="deleted")
    with register.transaction():
        schema.add_column(register.connection, "party", "nickname")
    party = register.get("P-001")
    edit = Edit(party.id, "nickname", None, "Uno")
    register.apply([edit], label("set", ref="P-001", fields=["nickname"]))
    set_deleted(register, "P-003", True, MOMENT)
    fake_clock.set("2026-01-10T10:00:00")
    set_fields(register, "P-001", {"note": "second"})
    register.close()
    return register.path


@pytest.fixture
def schema_2(old_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """That register, in a program of schema 2."""
    monkeypatch.setattr(schema, "SCHEMA", 2)
    monkeypatch.setattr(migrations, "STEPS", {1: step})
    return old_path


def test_reading_an_older_register_leaves_it_alone(schema_2: Path) -> None:
    before = schema_2.read_bytes()
    with Register.open(schema_2) as register:
        party = register.get("P-001")
        assert (party["note"], party["former_names"]) == ("SECOND", ["Uno"])
        view = load_view(register)
        assert view.records[party.id] == party
        assert [record["note"] for record in register.records(KINDS["party"])] == [
            "SECOND", None, "DELETED",
        ]  # fmt: skip
        then = load_view(register, "2026-01-05").records[party.id]
        assert (then["note"], then["former_names"]) == ("FIRST", ["Uno"])
        assert verify(register) == []
    assert schema_2.read_bytes() == before


def test_opening_for_writing_migrates_in_one_operation(schema_2: Path, fake_clock: Any) -> None:
    with Register.open(schema_2) as register:
        before = register.head()
        expected = load_view(register).records
    fake_clock.set("2026-03-01T10:00:00")
    with Register.open(schema_2, writable=True, now=fake_clock) as register:
        assert load_view(register).records == expected
        assert register.head().operation == before.operation + 1
        operation = register.operation(before.operation + 1)
        assert (operation.kind, operation.schema) == ("migrate", 2)
        rows = register.rows("op = ?", (operation.seq,))
        changed = {(row.field, row.old, row.new) for row in rows}
        assert changed == {
            ("nickname", "Uno", None), ("former_names", None, '["Uno"]'),
            ("note", "second", "SECOND"), ("note", "deleted", "DELETED"),
        }  # fmt: skip
        assert "nickname" not in schema.columns_of(register.connection, "party")
        assert schema.version_of(register.connection) == 2
        view = load_view(register)
        newest = next(entries(register, view))
        assert label_words(newest.operation, view, view.words("en")) == (
            "Brought the register to schema 2"
        )
        assert verify(register) == []
    with Register.open(schema_2, writable=True) as register:
        assert register.head().operation == before.operation + 1


def test_a_backup_is_made_before(schema_2: Path) -> None:
    content = schema_2.read_bytes()
    with Register.open(schema_2, writable=True) as register:
        (kept,) = backup.backups_of(register.id)
    with Register.open(kept) as old:
        assert schema.version_of(old.connection) == 1
        assert verify(old) == []
    assert kept.stat().st_size == len(content)


def test_before_the_migration_is_read_through_the_same_step(
    schema_2: Path, fake_clock: Any
) -> None:
    with Register.open(schema_2) as register:
        expected = {day: load_view(register, day).records for day in ("2026-01-05", "2026-01-10")}
    fake_clock.set("2026-03-01T10:00:00")
    with Register.open(schema_2, writable=True, now=fake_clock) as register:
        set_fields(register, "P-001", {"note": "Third", "former_names": None})
        for day, records in expected.items():
            assert load_view(register, day).records == records
        assert load_view(register, "2026-01-05").by_ref("P-001")["note"] == "FIRST"  # type: ignore[index]


def test_undo_does_not_go_past_a_migration(schema_2: Path) -> None:
    with Register.open(schema_2, writable=True) as register:
        with pytest.raises(UserError, match="nothing to undo"):
            register.undo()
        set_fields(register, "P-001", {"note": "third"})
        register.undo()
        assert register.get("P-001")["note"] == "SECOND"


def test_an_older_dump_is_loaded_through_the_same_step(schema_2: Path, tmp_path: Path) -> None:
    with Register.open(schema_2) as register:
        dump(register, tmp_path / "old.json")
        expected = load_view(register).records
    assert '"schema":1' in (tmp_path / "old.json").read_text("utf-8")
    with load(tmp_path / "old.json", tmp_path / "new.ropa") as loaded:
        assert load_view(loaded).records == expected
        assert loaded.operation(loaded.head().operation).kind == "migrate"
        assert verify(loaded) == []
        dump(loaded, tmp_path / "new.json")
    with load(tmp_path / "new.json", tmp_path / "again.ropa") as again:
        dump(again, tmp_path / "again.json")
    assert (tmp_path / "new.json").read_bytes() == (tmp_path / "again.json").read_bytes()


def test_an_older_backup_is_restored_through_the_same_step(
    schema_2: Path, tmp_path: Path
) -> None:
    content = schema_2.read_bytes()
    restore(schema_2, tmp_path / "restored.ropa")
    with Register.open(tmp_path / "restored.ropa") as register:
        assert register.get("P-001")["note"] == "SECOND"
        assert [op.kind for op in register.operations()][-2:] == ["migrate", "restore"]
        assert verify(register) == []
    assert schema_2.read_bytes() == content


def test_a_register_another_process_migrated_meanwhile(
    schema_2: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is pending is looked at again once the write lock is held."""

    def slow_backup(register: Register) -> None:
        monkeypatch.setattr(backup, "make_of", lambda register: None)
        Register.open(schema_2, writable=True).close()

    monkeypatch.setattr(backup, "make_of", slow_backup)
    with Register.open(schema_2, writable=True) as register:
        assert [op.kind for op in register.operations()].count("migrate") == 1
        assert verify(register) == []


def test_a_step_that_fails_changes_nothing(
    schema_2: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(kind: str, values: dict[str, Any]) -> dict[str, Any]:
        if kind == "party":
            raise UserError("This cannot be brought over.")
        return values

    monkeypatch.setattr(migrations, "STEPS", {1: broken})
    content = schema_2.read_bytes()
    with pytest.raises(UserError, match="cannot be brought over"):
        Register.open(schema_2, writable=True)
    assert schema_2.read_bytes() == content


def test_a_new_field_needs_no_step(register_path: Path, outside: Callable[..., None]) -> None:
    outside("ALTER TABLE party DROP COLUMN description")
    outside("DROP TABLE request")
    outside("DROP TABLE derived_from")
    with Register.open(register_path) as register:
        assert list(register.records(KINDS["party"])) == []
        assert load_view(register).of("request") == []
        assert register.find("RQ-001") is None
        assert verify(register) == []
    with Register.open(register_path, writable=True) as register:
        set_fields(register, "O-001", {"note": "first write"})
        assert "description" in schema.columns_of(register.connection, "party")
        assert verify(register) == []
