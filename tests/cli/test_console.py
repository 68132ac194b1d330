"""Consoles, pipes and signals: never a traceback, whatever surrounds the program."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from sqlite3 import connect
from typing import Any

import pytest

Process = Callable[..., "subprocess.CompletedProcess[bytes]"]
CONSOLES = {
    "C": {"LC_ALL": "C"},
    # Python itself finds nothing under a path of other letters then: only from a plain folder.
    "bare C": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "ascii": {"PYTHONIOENCODING": "ascii:strict"},
}
if not sys.prefix.isascii():
    del CONSOLES["bare C"]
POSIX = pytest.mark.skipif(os.name == "nt", reason="bytes and signals of POSIX")


@pytest.mark.parametrize("console", CONSOLES)
@pytest.mark.parametrize(
    "line", ["show s.ropa A-001", "list s.ropa activity", "check s.ropa", "--help", "reference"]
)
def test_poor_consoles(console: str, line: str, process: Process) -> None:
    done = process(*line.split(), env=CONSOLES[console])
    assert done.returncode == 0, done.stderr
    assert done.stdout
    assert done.stderr == b""


@pytest.mark.parametrize("console", CONSOLES)
def test_json_is_utf8_on_every_console(console: str, process: Process) -> None:
    name = "Ærlig & Søn – Ελλάς 🙂"
    given = json.dumps({"name": name}, ensure_ascii=False).encode()
    added = process("add", "s.ropa", "party", "--json", "-", given=given, env=CONSOLES[console])
    assert added.returncode == 0, added.stderr
    ref = added.stdout.decode().strip()
    shown = process("show", "s.ropa", ref, "--json", env=CONSOLES[console])
    assert json.loads(shown.stdout.decode("utf-8"))["fields"]["name"] == name


@POSIX
@pytest.mark.parametrize("line", ["list s.ropa party", "list s.ropa party --json", "reference"])
def test_a_closed_pipe_is_no_fault(line: str, process: Process, place: Path) -> None:
    command = [sys.executable, "-P", "-m", "ropa_app", *line.split()]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=place
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        said = running.stderr.read()
        running.wait()
    assert said == b""
    assert running.returncode == 0


@POSIX
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_closed_streams(closed: str, process: Process, place: Path) -> None:
    for number, line in enumerate(
        ("set s.ropa P-010 note=zz{n}", "list s.ropa party", "list s.ropa party --json",
         "check s.ropa --json", "--help", "export s.ropa full --out f{n}.xlsx")
    ):  # fmt: skip
        words = line.format(n=number).split()
        command = ["sh", "-c", f'exec "$@" {closed}', "sh", sys.executable, "-P", "-m", "ropa_app"]
        done = subprocess.run([*command, *words], capture_output=True, cwd=place, check=False)
        assert (done.returncode, done.stderr) == (0, b""), line
    assert b"zz0" in process("show", "s.ropa", "P-010").stdout
    assert process("verify", "s.ropa").returncode == 0


@POSIX
@pytest.mark.parametrize("line", ["list s.ropa nonsense", "add s.ropa party --json -",
                                  "redact s.ropa P-001 name"])  # fmt: skip
def test_closed_streams_and_a_mistake(line: str, place: Path) -> None:
    command = ["sh", "-c", 'exec "$@" <&- >&-', "sh", sys.executable, "-P", "-m", "ropa_app"]
    done = subprocess.run([*command, *line.split()], capture_output=True, cwd=place, check=False)
    assert done.returncode == 2
    assert b"inside ropa" not in done.stderr
    assert done.stderr.startswith(b"ropa: ") or b"ropa: Stopped." in done.stderr


@POSIX
@pytest.mark.parametrize(
    "arguments",
    [
        [b"info", b"\xff.ropa"],
        [b"list", b"s.ropa", b"\xff"],
        [b"list", b"s.ropa", b"party", b"--search", b"\xff"],
        [b"show", b"s.ropa", b"\xff"],
        [b"show", b"s.ropa", b"\xff-1"],
        [b"new", b"\xff/n.ropa", b"--name", b"X"],
        [b"export", b"s.ropa", b"\xff", b"--out", b"o"],
        [b"export", b"s.ropa", b"full", b"--out", b"o", b"--organisation", b"\xff"],
        [b"term", b"add", b"s.ropa", b"\xff", b"x"],
        [b"check", b"s.ropa", b"--as-at", b"\xff"],
        [b"sample", b"\xff", b"n.ropa"],
        [b"\xff"],
    ],
)
def test_bytes_that_are_no_text(arguments: list[bytes], process: Process) -> None:
    done = process(*arguments)
    searched = b"--search" in arguments
    assert done.returncode == (0 if searched else 2)
    assert b"Traceback" not in done.stderr
    assert b"inside ropa" not in done.stderr
    assert len(done.stderr.splitlines()) == (0 if searched else 1)


@POSIX
def test_bytes_that_are_no_text_can_be_kept(process: Process) -> None:
    assert process(b"set", b"s.ropa", b"P-001", b"name=a\xffb").returncode == 0
    assert process("show", "s.ropa", "P-001").returncode == 0
    assert process("verify", "s.ropa").returncode == 0


@pytest.mark.parametrize("name", ["./-dash.ropa", "æøå #1.ropa", "100 %?.ropa", "a&b;c.ropa"])
@POSIX
def test_odd_file_names(name: str, process: Process) -> None:
    assert process("new", name, "--name", "X").returncode == 0
    done = process("export", name, "full", "--out", f"{name}.xlsx")
    assert done.returncode == 0, done.stderr
    assert process("verify", name).returncode == 0


@POSIX
def test_a_dash_after_two_dashes_is_a_file(process: Process) -> None:
    assert process("new", "--name", "X", "--", "-dash.ropa").returncode == 0
    assert process("info", "--", "-dash.ropa").returncode == 0


@POSIX
def test_interrupting_says_one_word(place: Path) -> None:
    command = [sys.executable, "-P", "-m", "ropa_app", "add", "s.ropa", "party", "--json", "-"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=place,
        # Where the suite itself runs in the background, what it starts would ignore the signal.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    ) as running:  # fmt: skip
        assert running.stdin
        # More than a pipe holds: once it is written, the command is reading what it is given.
        running.stdin.write(b" " * 1_000_000)
        running.stdin.flush()
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=20)
    assert running.returncode == 2
    assert out == b""
    assert b"Traceback" not in err
    assert err.strip() == b"ropa: Stopped."


def test_a_register_in_use_is_said(
    place: Path, cli: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ropa_app.register.file.BUSY_SECONDS", 0.1)
    with closing(connect(place / "s.ropa", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for line in ("set s.ropa P-001 name=x", "info s.ropa", "export s.ropa full --out o"):
            answer = cli(*line.split())
            assert answer.status == 2
            assert "s.ropa is in use by another program" in answer.err


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_read_only_folder_is_said(place: Path, cli: Callable[..., Any]) -> None:
    place.chmod(0o555)
    try:
        for line in ("set s.ropa P-001 name=x", "new n.ropa --name X", "dump s.ropa --out d.json",
                     "export s.ropa full --out o.xlsx", "backup s.ropa --out b.ropa"):  # fmt: skip
            answer = cli(*line.split())
            assert answer.status == 2
            assert len(answer.err.splitlines()) == 1
            assert "inside ropa" not in answer.err
    finally:
        place.chmod(0o755)
