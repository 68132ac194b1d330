"""Damage is found or harmless, said in one sentence; a redacted value is nowhere in the file."""

from __future__ import annotations

import os
import random
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ropa_app.errors import DamageError, UserError
from ropa_app.model.kinds import KINDS
from ropa_app.model.record import Record
from ropa_app.register import backup
from ropa_app.register.documents import attach_bytes, content_of
from ropa_app.register.dump import dump, load
from ropa_app.register.entry import set_deleted, set_fields
from ropa_app.register.loading import load_view
from ropa_app.register.redact import redact
from ropa_app.register.store import Register
from ropa_app.register.traces import Place
from ropa_app.register.verify import verify

Fill = Callable[..., Record]
FLIPS, SOAK_FLIPS = 60, 2000


# A byte flipped anywhere


def outcome(path: Path, out: Path) -> tuple[str, bytes]:
    """What opening, verifying and dumping say of a file: a sentence of damage, or the dump."""
    try:
        with Register.open(path) as register:
            problems = verify(register)
            if problems:
                return problems[0].sentence, b""
            dump(register, out)
            load_view(register)
    except UserError as error:
        return str(error), b""
    return "", out.read_bytes()


def flip_bytes(rich_path: Path, flips: int, seed: int) -> tuple[int, int]:
    """How many flips were found, and how many were harmless; fails at any that is neither."""
    folder = rich_path.parent
    _sentence, whole = outcome(rich_path, folder / "whole.json")
    content = rich_path.read_bytes()
    source = random.Random(seed)
    found = harmless = 0
    for _round in range(flips):
        place, bit = source.randrange(len(content)), source.randrange(1, 256)
        damaged = bytearray(content)
        damaged[place] ^= bit
        path = folder / "flipped.ropa"
        path.write_bytes(damaged)
        sentence, dumped = outcome(path, folder / "flipped.json")
        where = f"byte {place} ^ {bit} (seed {seed})"
        if sentence:
            assert "\n" not in sentence.rstrip(), where
            assert "Traceback" not in sentence, where
            found += 1
        else:
            assert dumped == whole, where
            harmless += 1
        assert path.read_bytes() == damaged, where
        for side in folder.glob("flipped.ropa-*"):
            side.unlink()
    return found, harmless


def test_a_flipped_byte_is_found_or_harmless(rich: Register) -> None:
    rich.close()
    found, _harmless = flip_bytes(rich.path, FLIPS, seed=2)
    assert found > 0


@pytest.mark.soak
def test_two_thousand_flipped_bytes(rich: Register, note: Callable[[str, str], None]) -> None:
    rich.close()
    began = datetime.now(UTC)
    found, harmless = flip_bytes(rich.path, SOAK_FLIPS, seed=time.time_ns())
    size = rich.path.stat().st_size
    note(
        "Flipped bytes",
        f"{began:%Y-%m-%d}: {SOAK_FLIPS} times one byte of a register of {size} bytes (records, "
        f"log, documents, deleted and merged records) was changed at random. {found} were found "
        f"by opening or `ropa verify` and said in one sentence; {harmless} were harmless: the "
        "dump was the same, byte for byte (free space, padding, indexes that are not read).",
    )


# Files that are no registers


def other_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE register (id TEXT)")
    connection.commit()
    connection.close()


NO_REGISTERS: dict[str, tuple[Callable[[Path], Any], str]] = {
    "empty": (lambda p: p.write_bytes(b""), "is not a register"),
    "text": (lambda p: p.write_text("Dear diary,\n" * 500, "utf-8"), "is not a register"),
    "short text": (lambda p: p.write_text("hei", "utf-8"), "is not a register"),
    "zeros": (lambda p: p.write_bytes(bytes(20_000)), "is not a register"),
    "another database": (other_database, "is not a register"),
    "a folder": (lambda p: p.mkdir(), "is a folder"),
}


@pytest.mark.parametrize("name", NO_REGISTERS)
@pytest.mark.parametrize("writable", [False, True])
def test_what_is_no_register_is_said_and_left_alone(
    tmp_path: Path, name: str, writable: bool
) -> None:
    path = tmp_path / "some file.ropa"
    make, words = NO_REGISTERS[name]
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(UserError, match=words):
        Register.open(path, writable=writable)
    assert before is None or path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_no_register_says_what_to_do_next(tmp_path: Path) -> None:
    path = tmp_path / "diary.ropa"
    path.write_text("Dear diary,", "utf-8")
    with pytest.raises(UserError, match=r"damaged\. Choose another file, or a copy of this one\.$"):
        Register.open(path)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        Register.open(tmp_path / "nowhere.ropa")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("writable", [False, True])
@pytest.mark.parametrize(
    "statement",
    ["PRAGMA user_version = 99", "ALTER TABLE party ADD COLUMN shoe_size TEXT"],
)
def test_a_newer_register_is_left_alone(
    register_path: Path, outside: Callable[..., None], statement: str, writable: bool
) -> None:
    outside(statement)
    before = register_path.read_bytes()
    with pytest.raises(UserError, match="newer version of ropa") as caught:
        Register.open(register_path, writable=writable)
    assert not isinstance(caught.value, DamageError)
    assert register_path.read_bytes() == before


@pytest.mark.parametrize("share", [0.001, 0.01, 0.1, 0.3, 0.5, 0.75, 0.9, 0.99, 0.9999])
def test_a_truncated_register_names_the_newest_backup(register: Register, share: float) -> None:
    made = backup.make_of(register)
    register.close()
    content = register.path.read_bytes()
    rest = content[: int(len(content) * share)]
    register.path.write_bytes(rest)
    for writable in (False, True):
        with pytest.raises(DamageError) as caught:
            Register.open(register.path, writable=writable)
        sentence = str(caught.value)
        assert str(made) in sentence
        assert "ropa restore" in sentence
        assert "truncated" in sentence or "not a register" in sentence
    assert register.path.read_bytes() == rest


def test_the_command_line_says_it_in_one_line(cli: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "text.ropa"
    path.write_text("not a register at all", "utf-8")
    for arguments in (("list", path, "party"), ("info", path), ("history", path), ("undo", path)):
        answer = cli(*arguments)
        assert answer.status == 2
        assert answer.err.count("\n") == 1
        assert "is not a register" in answer.err
    assert cli("verify", path).status == 1


# Edits made with another program


@pytest.mark.parametrize(
    ("statement", "values", "ref", "field"),
    [
        ("UPDATE organisation SET name = ? WHERE number = 1", ("Other",), "O-001", "name"),
        ("UPDATE organisation SET deleted = ?", ("2026-01-01T00:00:00.000Z",), "O-001", "deleted"),
        ("UPDATE register SET language = ?", ("nb",), "REG-001", "language"),
        ("INSERT INTO party (number, id, name) VALUES (7, ?, 'X')", ("an-id",), "P-007", ""),
        ("DELETE FROM organisation", (), "O-001", ""),
    ],
)
def test_an_edit_made_outside_is_reported_with_record_and_field(
    register_path: Path, outside: Callable[..., None], statement: str, values: tuple[str, ...],
    ref: str, field: str,
) -> None:  # fmt: skip
    outside(statement, *values)
    with Register.open(register_path) as register:
        problems = [p for p in verify(register) if p.check == "tables"]
    assert [(p.ref, p.field) for p in problems] == [(ref, field)]
    assert ref in problems[0].sentence
    assert field in problems[0].sentence


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE op SET who = 'somebody else' WHERE seq = 2",
        "UPDATE op SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 2",
        "UPDATE change SET new = replace(new, 'Prøve', 'Falsk') WHERE op = 2",
        "UPDATE change SET salt = NULL WHERE op = 2",
        "DELETE FROM change WHERE op = 2",
        "DELETE FROM op WHERE seq = 2",
        "INSERT INTO change (op, record, field) VALUES (2, 'x', 'name')",
        "DELETE FROM link",
        "UPDATE document_data SET bytes = zeroblob(5)",
        "DELETE FROM document_data",
    ],
)
def test_a_tampered_log_is_reported(
    register: Register, outside: Callable[..., None], fill: Fill, statement: str
) -> None:
    fill(register, "document", name="D")
    attach_bytes(register, "F-001", "a.txt", b"content")
    fill(register, "system", name="S", supplier=fill(register, "party", name="P").ref)
    assert verify(register) == []
    register.close()
    outside(statement)
    with Register.open(register.path) as again:
        problems = verify(again)
    assert problems
    assert all("\n" not in problem.sentence for problem in problems)


def test_a_cell_that_cannot_be_read_is_one_sentence(
    register_path: Path, outside: Callable[..., None], cli: Callable[..., Any]
) -> None:
    outside("UPDATE organisation SET address = ?", '{"open":')
    for arguments in (("list", register_path, "organisation"), ("show", register_path, "O-001")):
        answer = cli(*arguments)
        assert answer.status == 2
        assert "O-001" in answer.err
        assert answer.err.count("\n") == 1


# One letter of the log


def in_other_case(text: str) -> Iterator[str]:
    """The text with its first small letter made capital, and the other way round."""
    for found in (re.search("[a-zæøå]", text), re.search("[A-ZÆØÅ]", text)):
        if found:
            yield text[: found.start()] + found.group().swapcase() + text[found.end() :]


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("op", ("who", "label", "kind", "hash")),
        ("change", ("record", "field", "old", "new", "salt", "digest")),
    ],
)
def test_a_letter_of_the_log_in_another_case_is_found(
    register: Register, fill: Fill, table: str, columns: tuple[str, ...]
) -> None:
    fill(register, "party", name="Brevo", note="line\x1fbreak", contacts=[{"name": "Kari"}])
    set_fields(register, "P-001", {"note": "other", "country": "NO"})
    redact(register, "P-001", "note")
    execute = register.connection.execute
    key = {"op": "seq", "change": "id"}[table]
    tried = set()
    for row in execute(f"SELECT {key}, {', '.join(columns)} FROM {table}").fetchall():
        for column, text in zip(columns, row[1:], strict=True):
            for other in in_other_case(text or ""):
                where = f"UPDATE {table} SET {column} = ? WHERE {key} = ?"
                execute(where, (other, row[0]))
                assert verify(register), (column, row[0], other)
                execute(where, (text, row[0]))
                tried.add(column)
    assert tried == set(columns)
    assert verify(register) == []


def test_a_dump_whose_salt_has_a_capital_is_refused(register: Register, tmp_path: Path) -> None:
    set_fields(register, "O-001", {"note": "x"})
    dump(register, tmp_path / "d.json")
    text = (tmp_path / "d.json").read_text("utf-8")
    for row in register.rows():
        assert row.salt is not None
        assert text.count(row.salt) == 1
        other = next(in_other_case(row.salt))
        (tmp_path / "other.json").write_text(text.replace(row.salt, other), "utf-8")
        with pytest.raises(UserError, match="was changed after it was written"):
            load(tmp_path / "other.json", tmp_path / "loaded.ropa")
    assert not (tmp_path / "loaded.ropa").exists()


# Redaction


def test_a_redacted_value_is_nowhere_in_the_file(register: Register, fill: Fill) -> None:
    secret = "Xylofonmesterskapet"  # noqa: S105 - what is to be taken out
    fill(register, "party", name="Employer", contacts=[{"name": secret, "email": "x@example.com"}])
    set_fields(register, "P-001", {"contacts": [{"name": f"{secret} senior"}]})
    set_fields(register, "P-001", {"contacts": None})
    register.undo()
    fill(register, "document", name="Letter")
    attach_bytes(register, "F-001", f"{secret}.txt", f"Dear {secret}!".encode() * 500)
    fill(register, "party", name=secret)
    set_deleted(register, "P-002", True, "2026-02-01T00:00:00.000Z")
    assert secret.encode() in register.path.read_bytes()
    kept_backup = backup.make_of(register)

    first = redact(register, "P-001", "contacts")
    assert first.backups == (kept_backup,)
    redact(register, "F-001", "file")
    redact(register, "P-002", "name")

    content = register.path.read_bytes()
    for text in (secret, secret.lower(), secret.upper()):
        assert text.encode() not in content
        assert text.encode("utf-16-le") not in content
    assert verify(register) == []
    assert register.get("P-001")["contacts"] is None
    with pytest.raises(UserError, match="holds no file"):
        content_of(register, "F-001")
    assert not list(register.path.parent.glob("*-journal"))


def test_redaction_names_where_else_the_text_stands(register: Register, fill: Fill) -> None:
    fill(register, "party", name="Kari Nordmann")
    fill(register, "party", name="Kari Nordmann")
    assert redact(register, "P-001", "name").elsewhere == (Place("P-002", "name", past=False),)


def test_redaction_keeps_the_chain_and_what_came_later(register: Register, fill: Fill) -> None:
    fill(register, "party", name="One", note="first", country="NO")
    set_fields(register, "P-001", {"note": "second"})
    hashes = [operation.hash for operation in register.operations()]
    redact(register, "P-001", "note")
    set_fields(register, "P-001", {"note": "third"})
    redact(register, "P-001", "note")
    set_fields(register, "P-001", {"note": "fourth"})
    assert [operation.hash for operation in register.operations()][: len(hashes)] == hashes
    assert verify(register) == []
    assert register.get("P-001")["note"] == "fourth"
    assert register.get("P-001")["country"] == "NO"


def test_what_cannot_be_redacted(register: Register, fill: Fill) -> None:
    fill(register, "party", name="One")
    head = register.head()
    for ref, field, words in (
        ("P-001", "note", "never held"), ("P-009", "note", "no record"),
        ("P-001", "shoe_size", "no field"), ("REG-001", "name", "cannot be redacted"),
    ):  # fmt: skip
        with pytest.raises(UserError, match=words):
            redact(register, ref, field)
    assert register.head() == head


def test_a_copy_of_a_whole_register_verifies(rich: Register, tmp_path: Path) -> None:
    """What a file manager copies is whole: nothing lies beside the file."""
    rich.close()
    assert os.listdir(rich.path.parent) == [rich.path.name]  # noqa: PTH208 - names, not paths
    copy = Path(shutil.copy(rich.path, tmp_path / "copy.ropa"))
    with Register.open(copy) as register:
        assert verify(register) == []
        assert len(list(register.records(KINDS["party"]))) == 2
