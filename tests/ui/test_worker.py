"""The worker process: it does what it is asked, and stops when nobody listens any more."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ropa_app.register.store import Register
from ropa_app.register.upkeep import renew_derived
from ropa_ui.models.jobs import worker_command


@pytest.fixture
def export(register_file: Callable[[str], Path], tmp_path: Path) -> tuple[bytes, Path]:
    """The line that asks for a workbook, and the folder it is to be written in."""
    out = tmp_path / "out"
    out.mkdir()
    asked = {"work": "export", "language": "en", "layout": "full",
             "path": str(register_file("nordlys")), "out": str(out / "full.xlsx")}  # fmt: skip
    return json.dumps(asked).encode() + b"\n", out


def started(line: bytes) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        worker_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin
    process.stdin.write(line)
    process.stdin.flush()
    return process


def test_it_works_while_its_asker_is_there(export: tuple[bytes, Path]) -> None:
    line, out = export
    with started(line) as process:
        assert process.stdout
        answer = json.loads(process.stdout.readline())
        assert process.wait(60) == 0
    assert answer["written"] == str(out / "full.xlsx")
    assert [path.name for path in out.iterdir()] == ["full.xlsx"]


def test_it_leaves_no_half_file_when_its_asker_goes(export: tuple[bytes, Path]) -> None:
    line, out = export
    with started(line) as process:
        while not list(out.iterdir()):
            assert process.poll() is None
            time.sleep(0.002)
        assert process.stdin
        process.stdin.close()
        assert process.wait(60) == 2
        assert process.stderr
        assert process.stderr.read() == b""
    assert list(out.iterdir()) == []


def test_the_upkeep_of_an_opened_register_backs_it_up_and_renews_the_search_words(
    register_file: Callable[[str], Path],
) -> None:
    path = register_file("smartgroup")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE derived_from SET words = 'of another version'")
    line = json.dumps({"work": "upkeep", "language": "en", "path": str(path)}).encode() + b"\n"
    with started(line) as process:
        assert process.stdout
        made = json.loads(process.stdout.readline())["backup"]
        assert process.wait(60) == 0
    assert Path(made).exists()
    with Register.open(path) as register:
        assert not renew_derived(register)
