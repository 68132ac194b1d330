"""Files made to mislead: each is refused or reported, and does nothing of its own."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ropa_app.errors import DamageError, UserError
from ropa_app.model.record import Record
from ropa_app.register import backup, log
from ropa_app.register.documents import attach_bytes
from ropa_app.register.dump import dump, load
from ropa_app.register.entry import set_fields
from ropa_app.register.file import friendly, newest_backup_hint
from ropa_app.register.merge import merge
from ropa_app.register.redact import redact
from ropa_app.register.store import Register
from ropa_app.register.traces import Place
from ropa_app.register.verify import Problem, notes, verify

Fill = Callable[..., Record]
Outside = Callable[..., None]


def problems_of(path: Path) -> list[Problem]:
    with Register.open(path) as register:
        return verify(register)


def rechain(path: Path) -> None:
    """Hash the log anew, as somebody who knows how would after a change by hand."""
    with Register.open(path) as register:
        previous, found = log.GENESIS, []
        for operation in register.operations():
            rows = register.rows("op = ?", (operation.seq,))
            links = [log.link_of(row.record, row.field, row.digest) for row in rows]
            previous = log.operation_hash(previous, operation, links)
            found.append((previous, operation.seq))
    connection = sqlite3.connect(path)
    with connection:
        connection.executemany("UPDATE op SET hash = ? WHERE seq = ?", found)
    connection.close()


# The id of a register


@pytest.mark.parametrize("identifier", ["../../../stolen", "*", "a/b", "", "x" * 300])
def test_an_id_does_not_lead_out_of_the_backup_folder(
    register_path: Path, outside: Outside, cli: Callable[..., Any], surroundings: Path,
    identifier: str,
) -> None:  # fmt: skip
    outside("UPDATE register SET id = ?", identifier)
    with Register.open(register_path) as register:
        with pytest.raises(DamageError, match="its id cannot be read"):
            _ = register.id
        with pytest.raises(DamageError):
            backup.make_of(register)
    assert [p for p in problems_of(register_path) if p.check == "ids"]
    for arguments in (("info", register_path), ("backup", register_path)):
        answer = cli(*arguments)
        assert answer.status == 2
        assert answer.err.count("\n") == 1
    cli("set", register_path, "O-001", "note=x")
    assert list(surroundings.parent.rglob("stolen*")) == []
    assert [p for p in surroundings.rglob("*") if p.is_file()] == []


def test_the_ids_of_all_records_are_looked_at(register: Register, fill: Fill) -> None:
    party = fill(register, "party", name="A")
    register.connection.execute("UPDATE party SET id = 'nobody'")
    register.connection.execute("UPDATE change SET record = 'nobody' WHERE record = ?", (party.id,))
    rechain(register.path)
    found = [problem for problem in verify(register) if problem.check == "ids"]
    assert [problem.ref for problem in found] == ["P-001"]


# Blanks that nobody redacted


def blank(connection: sqlite3.Connection, record: str, field: str) -> None:
    connection.execute(
        "UPDATE change SET new = ?, salt = NULL WHERE record = ? AND field = ?",
        (log.REDACTED_CELL, record, field),
    )


def test_history_blanked_by_hand_is_reported(register: Register, fill: Fill) -> None:
    party = fill(register, "party", name="A", note="first")
    set_fields(register, "P-001", {"note": "second"})
    set_fields(register, "P-001", {"note": "third"})
    assert verify(register) == []
    connection = register.connection
    row = "op = (SELECT min(op) FROM change WHERE field = 'note') AND field = 'note'"
    connection.execute(
        f"UPDATE change SET new = ?, salt = NULL WHERE {row}", (log.REDACTED_CELL,)
    )
    connection.execute(
        "UPDATE change SET old = ? WHERE field = 'note' AND old = 'second'", (log.REDACTED_CELL,)
    )
    found = verify(register)
    assert found
    assert {(p.ref, p.field) for p in found if "without a redaction" in p.sentence} == {
        ("P-001", "note")
    }
    assert party.ref == "P-001"


def test_a_field_blanked_by_hand_in_a_new_record_is_reported(
    register: Register, fill: Fill
) -> None:
    party = fill(register, "party", name="A", note="first")
    (row,) = register.rows("record = ?", (party.id,))
    new, salt = log.redact_whole(row, "note")
    register.connection.execute(
        "UPDATE change SET new = ?, salt = ? WHERE record = ?", (new, salt, party.id)
    )
    register.connection.execute("UPDATE party SET note = ?", (log.REDACTED_CELL,))
    found = [p for p in verify(register) if "without a redaction" in p.sentence]
    assert [(p.ref, p.field) for p in found] == [("P-001", "note")]


def test_a_value_smuggled_in_under_a_digest_is_reported(register: Register, fill: Fill) -> None:
    """The digest of a redacted field says nothing of a value that is put there again."""
    party = fill(register, "party", name="A", note="first")
    redact(register, "P-001", "note")
    (row,) = register.rows("record = ? AND field = ''", (party.id,))
    register.connection.execute(
        "UPDATE change SET new = ? WHERE record = ? AND field = ''",
        (str(row.new).replace('{"redacted":true}', '"forged"'), party.id),
    )
    assert [p for p in verify(register) if p.check == "chain"]


def test_an_earlier_redaction_does_not_excuse_a_later_blank(
    register: Register, fill: Fill
) -> None:
    party = fill(register, "party", name="A", note="first")
    redact(register, "P-001", "note")
    set_fields(register, "P-001", {"note": "second"})
    assert verify(register) == []
    last = register.head().operation
    blank(register.connection, party.id, "note")
    register.connection.execute("UPDATE party SET note = ?", (log.REDACTED_CELL,))
    register.connection.execute(
        "UPDATE change SET new = NULL WHERE record = ? AND op < ? AND field = 'note'",
        (party.id, last),
    )
    assert [p for p in verify(register) if "without a redaction" in p.sentence]


# Files


def test_a_file_that_was_replaced_is_still_asked_for(register: Register, fill: Fill) -> None:
    fill(register, "document", name="D")
    attach_bytes(register, "F-001", "old.txt", b"the old one")
    attach_bytes(register, "F-001", "new.txt", b"the new one")
    assert verify(register) == []
    register.connection.execute("DELETE FROM document_data WHERE bytes = ?", (b"the old one",))
    found = [(p.check, p.ref) for p in verify(register)]
    assert found == [("documents", "F-001")]


def test_a_file_that_was_blanked_by_hand_is_missed(register: Register, fill: Fill) -> None:
    fill(register, "document", name="D")
    attach_bytes(register, "F-001", "old.txt", b"the old one")
    register.connection.execute("UPDATE document_data SET bytes = NULL")
    assert [(p.check, p.ref) for p in verify(register)] == [("documents", "F-001")]


def test_a_file_that_nobody_attached_is_reported(register: Register) -> None:
    content = b"smuggled"
    register.connection.execute(
        "INSERT INTO document_data VALUES (?, ?, ?)",
        (hashlib.sha256(content).hexdigest(), len(content), content),
    )
    assert [p.check for p in verify(register)] == ["documents"]


def test_a_redacted_file_that_another_document_held_stays(register: Register, fill: Fill) -> None:
    for number in (1, 2):
        fill(register, "document", name=f"Document {number}")
        attach_bytes(register, f"F-00{number}", f"{number}.txt", b"shared content")
    attach_bytes(register, "F-002", "2.txt", b"other content")
    done = redact(register, "F-001", "file")
    assert done.elsewhere == (Place("F-002", "file", past=True),)
    assert verify(register) == []
    redact(register, "F-002", "file")
    assert verify(register) == []
    kept = register.connection.execute("SELECT count(*) FROM document_data WHERE bytes IS NOT NULL")
    assert kept.fetchone() == (0,)


# What a file declares


@pytest.mark.parametrize("writable", [False, True])
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON op BEGIN DELETE FROM party; END",
        "CREATE VIEW v AS SELECT * FROM party",
    ],
)
def test_a_file_with_programs_of_its_own_is_refused(
    register_path: Path, outside: Outside, cli: Callable[..., Any], statement: str, writable: bool
) -> None:
    outside(statement)
    with pytest.raises(DamageError, match="trigger or view"):
        Register.open(register_path, writable=writable)
    assert cli("verify", register_path).status == 1


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE notes (text TEXT)",
        "CREATE INDEX extra ON party (name)",
        "ALTER TABLE op ADD COLUMN remark TEXT",
        "ALTER TABLE document_data ADD COLUMN more BLOB DEFAULT 'x'",
        "CREATE VIRTUAL TABLE other USING fts5(text)",
    ],
)
def test_what_no_register_declares_is_reported(
    register_path: Path, outside: Outside, statement: str
) -> None:
    outside(statement)
    assert {p.check for p in problems_of(register_path)} == {"tables"}


def test_a_file_from_elsewhere_is_not_trusted(register: Register) -> None:
    assert register.connection.execute("PRAGMA trusted_schema").fetchone() == (0,)


# Links, settings, labels


def test_a_link_to_a_wrong_kind_is_reported(register: Register, fill: Fill) -> None:
    fill(register, "party", name="A")
    register.connection.execute(
        "UPDATE party SET parent = (SELECT id FROM organisation), merged_into = id"
    )
    found = {(p.ref, p.field) for p in verify(register) if p.check == "links"}
    assert found == {("P-001", "parent"), ("P-001", "merged_into")}


@pytest.mark.parametrize("what", ["no settings", "two settings", "no operation", "no new"])
def test_a_register_begins_with_its_making(rich: Register, tmp_path: Path, what: str) -> None:
    dump(rich, tmp_path / "dump.json")
    data = json.loads((tmp_path / "dump.json").read_text("utf-8"))
    settings = [record for record in data["records"] if record["kind"] == "register"]
    if what == "no settings":
        data["records"].remove(settings[0])
    elif what == "two settings":
        again = {"ref": "REG-002", "id": "0" * 8 + settings[0]["id"][8:]}
        data["records"].append(settings[0] | again)
    elif what == "no operation":
        data |= {"records": [], "operations": [], "changes": [], "documents": []}
    else:
        data["operations"][0][4] = "edit"
    spoilt = tmp_path / "spoilt.json"
    spoilt.write_text(json.dumps(data), "utf-8")
    with pytest.raises(UserError) as caught:
        load(spoilt, tmp_path / "loaded.ropa")
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "loaded.ropa").exists()
    assert not list(tmp_path.glob(".*"))


def test_a_log_that_begins_otherwise_is_reported(register: Register) -> None:
    """Undo would else take back the making of the register itself."""
    for kind, seq in (("edit", 1), ("new", 2)):
        register.connection.execute("UPDATE op SET kind = ? WHERE seq = ?", (kind, seq))
        rechain(register.path)
        found = [p.sentence for p in verify(register)]
        assert set(found) == {"The log does not begin with the making of the register."}


def test_an_empty_log_is_reported(register_path: Path, outside: Outside) -> None:
    for statement in (
        "DELETE FROM change", "DELETE FROM op", "DELETE FROM register", "DELETE FROM organisation",
        "DELETE FROM link", "DELETE FROM search",
    ):  # fmt: skip
        outside(statement)
    assert problems_of(register_path)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '"set"', "{}", '{"do":1}', '{"do":"set","fields":[1]}', "[" * 9000]
)
def test_a_label_that_cannot_be_read_is_reported_and_not_loaded(
    register: Register, tmp_path: Path, text: str
) -> None:
    register.connection.execute("UPDATE op SET label = ? WHERE seq = 2", (text,))
    rechain(register.path)
    assert [p.sentence for p in verify(register)] == ["Operation 2: its label cannot be read."]
    dump(register, tmp_path / "dump.json")
    with pytest.raises(UserError, match="its label cannot be read"):
        load(tmp_path / "dump.json", tmp_path / "loaded.ropa")


@pytest.mark.parametrize("depth", [300, 700, 50_000])
def test_a_dump_nested_without_end_is_refused(
    rich: Register, tmp_path: Path, depth: int
) -> None:
    dump(rich, tmp_path / "dump.json")
    text = (tmp_path / "dump.json").read_text("utf-8")
    nested = text.replace('"First party – æøå"', "[" * depth + "]" * depth, 1)
    assert nested != text
    (tmp_path / "dump.json").write_text(nested, "utf-8")
    with pytest.raises(UserError) as caught:
        load(tmp_path / "dump.json", tmp_path / "loaded.ropa")
    assert "\n" not in str(caught.value)


def test_a_cell_nested_without_end_is_one_sentence(
    register_path: Path, outside: Outside, cli: Callable[..., Any]
) -> None:
    outside("UPDATE organisation SET address = ?", "[" * 700 + "]" * 700)
    for arguments in (("list", register_path, "organisation"), ("show", register_path, "O-001")):
        answer = cli(*arguments)
        assert answer.status == 2
        assert answer.err.count("\n") == 1
    assert cli("verify", register_path).status == 1


# The clock


def test_a_log_in_the_future_is_said_and_is_no_damage(
    register: Register, fake_clock: Any, cli: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert notes(register) == []
    fake_clock.set("2031-01-01T12:00:00")
    set_fields(register, "O-001", {"note": "with a wrong clock"})
    assert notes(register) == []
    fake_clock.set("2026-03-01T12:00:00")
    (sentence,) = notes(register)
    assert "2031-01-01 13:00" in sentence  # in Oslo
    assert verify(register) == []
    monkeypatch.setenv("ROPA_NOW", "2026-03-01T12:00:00+00:00")
    for command in ("info", "verify"):
        answer = cli(command, register.path)
        assert answer.status == 0
        assert sentence in answer.out
        assert json.loads(cli(command, register.path, "--json").out)["notes"] == [sentence]


# Damage said while a connection is open


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_explaining_damage_drops_no_lock(register: Register) -> None:
    inode = register.path.stat().st_ino
    with register.transaction():
        with pytest.raises(DamageError), friendly(register.path):
            raise UnicodeDecodeError("utf-8", b"x", 0, 1, "made up")
        assert f":{inode} " in Path("/proc/locks").read_text("ascii")


def test_a_cut_off_file_is_told_from_a_damaged_one(register: Register, tmp_path: Path) -> None:
    register.close()
    content = register.path.read_bytes()
    cut, spoilt = tmp_path / "cut.ropa", tmp_path / "spoilt.ropa"
    cut.write_bytes(content[: len(content) // 2])
    spoilt.write_bytes(content[:4096] + bytes(4096) * (len(content) // 4096 - 1))
    with pytest.raises(DamageError, match="is truncated"):
        Register.open(cut)
    with pytest.raises(DamageError, match="is damaged"):
        Register.open(spoilt)
    assert newest_backup_hint(cut) == ""


# Traces of what was redacted


def test_redaction_names_every_place_of_the_text(register: Register, fill: Fill) -> None:
    name = "Kari Nordmann"
    fill(register, "party", name=name)
    fill(register, "party", name="Kept AS")
    merge(register, "P-002", "P-001", "2026-02-01T00:00:00.000Z")
    fill(register, "agreement", name="DPA", note={"open": f"Did {name} sign?"})
    fill(register, "party", name="Third", contacts=[{"name": name}])
    fill(register, "document", name="Letter")
    attach_bytes(register, "F-001", f"{name}.txt", b"Dear you")
    fill(register, "system", name="CRM", location=name)
    set_fields(register, "S-001", {"location": "Oslo"})
    done = redact(register, "P-001", "name")
    assert sorted(place.words() for place in done.elsewhere) == [
        "D-001 note", "F-001 file", "P-002 former_names", "P-003 contacts",
        "S-001 location (in its past)",
    ]  # fmt: skip
    for place in done.elsewhere:
        redact(register, place.ref, place.field)
    assert name.encode() not in register.path.read_bytes()
    assert verify(register) == []


def test_what_is_chosen_from_a_list_is_no_trace(register: Register, fill: Fill) -> None:
    fill(register, "party", name="A", sectors=["payment"], country="NO")
    fill(register, "party", name="B", sectors=["payment"], country="NO")
    assert redact(register, "P-001", "sectors").elsewhere == ()


def test_redacting_makes_no_backup_that_holds_the_value(
    register_path: Path, cli: Callable[..., Any]
) -> None:
    cli("add", register_path, "party", "--json", _json(register_path, {"name": "Kari Nordmann"}))
    with Register.open(register_path) as register:
        (before,) = backup.backups_of(register.id)  # made before the record was
    answer = cli("redact", register_path, "P-001", "name", "--yes")
    assert answer.status == 0
    assert "backup" not in answer.out
    with Register.open(register_path) as register:
        assert backup.backups_of(register.id) == [before]
    before.unlink()
    cli("set", register_path, "O-001", "note=Kari")
    for path in backup.folder().rglob("*.ropa"):
        assert b"Kari Nordmann" not in path.read_bytes()


def _json(register_path: Path, data: Any) -> Path:
    path = register_path.with_name("data.json")
    path.write_text(json.dumps(data), "utf-8")
    return path


def test_only_backups_that_hold_the_value_are_named(
    register: Register, fill: Fill, fake_clock: Any
) -> None:
    made = [backup.make_of(register)]
    fill(register, "party", name="Kari Nordmann")
    for day in range(2):
        fake_clock.move(days=1)
        set_fields(register, "O-001", {"note": f"day {day}"})
        made.append(backup.make_of(register))
    assert redact(register, "P-001", "name").backups == tuple(made[1:])
    fake_clock.move(days=1)
    after = backup.make_of(register)
    set_fields(register, "O-001", {"phone": "+47 22 22 22 22"})
    assert redact(register, "O-001", "phone").backups == ()
    assert after is not None
    after.write_bytes(b"cannot be looked into")
    set_fields(register, "O-001", {"phone": "+47 33 33 33 33"})
    assert redact(register, "O-001", "phone").backups == (after,)
