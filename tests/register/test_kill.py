"""A writer killed at any moment loses at most the edit in flight; two writers lose nothing."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ropa_app.register.entry import set_fields
from ropa_app.register.store import Register
from ropa_app.register.verify import verify

ROUNDS, SOAK_ROUNDS, FRESH_AFTER = 15, 1000, 25

# Edits as fast as they come and says each once it is done: number of the operation and a mark
# that stands in it. Arguments: file, seed, how many, and whether to redact and undo as well.
WRITER = """
import random, sys
from pathlib import Path
from ropa_app.errors import ConflictError, UserError
from ropa_app.register.change import Create, label, new_id
from ropa_app.register.documents import attach_bytes
from ropa_app.register.entry import set_fields
from ropa_app.register.redact import redact
from ropa_app.register.store import Register

path, seed, edits, everything = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
source = random.Random(seed)


def edit(register, number):
    mark = f"mark-{seed}-{number}-"
    text = mark + "x" * source.choice((1, 100, 20_000))
    what = source.random()
    if everything == "yes" and what < 0.05:
        set_fields(register, "S-001", {"location": text})
        register.undo()
        return register.head().operation, ""
    if everything == "yes" and what < 0.1:
        return redact(register, "A-001", "note").operation, ""
    if everything == "yes" and what < 0.2:
        attach_bytes(register, "D-001", mark, text.encode())
        return register.head().operation, mark
    if what < 0.4:
        change = Create("party", new_id(), {"name": text})
        return register.apply([change], label("add", kind="party", count=1)).operation, mark
    reference = source.choice(("A-001", "S-001"))
    while True:
        try:
            return set_fields(register, reference, {"note": text}).operation, mark
        except ConflictError:
            pass  # the other one was quicker: look again


with Register.open(path, writable=True, who=str(seed)) as register:
    print("ready", flush=True)
    for number in range(edits):
        try:
            print(*edit(register, number), flush=True)
        except UserError as error:
            if "never held" not in str(error) and "to undo" not in str(error):
                raise
"""


@dataclass
class Count:
    """What a series of kills came to."""

    rounds: int = 0
    acknowledged: int = 0
    in_flight_kept: int = 0
    journals: int = 0


def start(path: Path, seed: int, edits: int, everything: bool) -> subprocess.Popen[str]:
    word = "yes" if everything else "no"
    child = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(seed), str(edits), word],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n", child.communicate()[1]
    return child


def said(output: str) -> list[tuple[int, str]]:
    """The acknowledged edits; a last line that was cut off counts as not said."""
    whole = output[: output.rfind("\n") + 1].splitlines()
    pairs = (line.partition(" ")[::2] for line in whole)
    return [(int(number), mark) for number, mark in pairs]


def one_round(path: Path, source: random.Random, count: Count) -> None:
    with Register.open(path) as register:
        begin = register.head().operation
    child = start(path, source.randrange(10**6), 10**6, everything=True)
    time.sleep(source.random() ** 2 * 0.4)
    child.kill()
    output, errors = child.communicate()
    assert errors == ""
    edits = said(output)
    last = edits[-1][0] if edits else begin
    journal = path.with_name(f"{path.name}-journal")
    count.journals += journal.exists()
    with Register.open(path, writable=source.random() < 0.5) as register:
        assert verify(register) == []
        assert not journal.exists()
        head = register.head().operation
        # An undo in the writer comes after an edit of its own: two operations, one line.
        assert last <= head <= last + 2
        held = {op: register.operation(op) for op, _mark in edits}
        assert len(held) == len(edits)
    with Register.open(path, writable=True) as register:
        set_fields(register, "O-001", {"note": f"after {count.rounds}"})
        assert verify(register) == []
        assert marks_are_there(register, edits)
    assert not journal.exists()
    count.rounds += 1
    count.acknowledged += len(edits)
    count.in_flight_kept += head > last


def marks_are_there(register: Register, edits: list[tuple[int, str]]) -> bool:
    """Every acknowledged value stands in the log, unless a later edit redacted it."""
    for operation, mark in edits:
        values = [str(row.new) for row in register.rows("op = ?", (operation,))]
        if mark and not any(mark in value or "redacted" in value for value in values):
            return False
    return True


def kill_rounds(rich_template: Path, folder: Path, rounds: int, seed: int) -> Count:
    source, count = random.Random(seed), Count()
    for number in range(rounds):
        path = folder / f"killed-{number // FRESH_AFTER}.ropa"
        if not path.exists():
            shutil.copy(rich_template, path)
        one_round(path, source, count)
    return count


def test_a_killed_writer_loses_at_most_the_edit_in_flight(
    rich_template: Path, tmp_path: Path
) -> None:
    count = kill_rounds(rich_template, tmp_path, ROUNDS, seed=1)
    assert count.acknowledged > ROUNDS


@pytest.mark.soak
def test_a_thousand_kills(
    rich_template: Path, tmp_path: Path, note: Callable[[str, str], None]
) -> None:
    began = datetime.now(UTC)
    count = kill_rounds(rich_template, tmp_path, SOAK_ROUNDS, seed=time.time_ns())
    minutes = (datetime.now(UTC) - began).total_seconds() / 60
    note(
        "Killed writers",
        f"{began:%Y-%m-%d}: {count.rounds} rounds in {minutes:.0f} minutes. A process edits a "
        f"register as fast as it can (fields, records, files, undo, redaction) and is killed with "
        f"SIGKILL after 0–400 ms. {count.acknowledged} acknowledged edits, none lost; "
        f"{count.in_flight_kept} times an edit in flight was kept as well; {count.journals} "
        "times a journal was left behind and taken back at the next opening; `ropa verify` was "
        "clean after every round.",
    )


def test_two_processes_lose_nothing(rich_path: Path) -> None:
    with Register.open(rich_path) as register:
        begin = register.head().operation
    children = [start(rich_path, seed, 200, everything=False) for seed in (1, 2)]
    edits = []
    for child in children:
        output, errors = child.communicate(timeout=120)
        assert (child.returncode, errors) == (0, "")
        edits.append(said(output))
    with Register.open(rich_path) as register:
        assert verify(register) == []
        assert register.head().operation == begin + 400
        assert len({number for number, _mark in edits[0] + edits[1]}) == 400
        for writer, mine in zip("12", edits, strict=True):
            assert len(mine) == 200
            assert marks_are_there(register, mine)
            assert {register.operation(number).who for number, _mark in mine} == {writer}


def test_a_reader_waits_for_a_writer(rich_path: Path) -> None:
    child = start(rich_path, 3, 50, everything=False)
    operations = []
    while child.poll() is None:
        with Register.open(rich_path) as register:
            operations.append(register.head().operation)
    assert child.communicate()[1] == ""
    assert operations == sorted(operations)


def test_opening_a_register_once_more_keeps_the_lock_of_a_writer(register: Register) -> None:
    """On Unix, closing any handle of its own to the file would drop this process's locks."""
    attempt = (
        "import sqlite3, sys\n"
        "sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"
    )
    with register.transaction():
        Register.open(register.path).close()
        done = subprocess.run(
            [sys.executable, "-c", attempt, str(register.path)],
            check=False, capture_output=True, text=True,
        )  # fmt: skip
    assert "database is locked" in done.stderr
