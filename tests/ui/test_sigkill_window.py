"""A window killed at any moment leaves a whole register, and what was typed is offered again."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ropa_app.register.sample import make_sample
from ropa_app.register.store import Register
from ropa_app.register.verify import verify

# Types letter by letter, leaves the field, goes on; says each text it has seen saved.
TYPIST = """
import random, sys, time
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ropa_ui import app as application, settings
seed, path, out = int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
settings.keep("page", "activity")
_qt, programme = application.start([])
programme.open(path)
window = programme.window
page = window.records_page()
choice = random.Random(seed)
print("ready", flush=True)
for number in range(10_000):
    record = page.model.record(choice.randrange(page.model.rowCount()))
    page.pane.choose(record)
    line = page.form.rows["department"].editor.focusProxy()
    line.setFocus()
    line.selectAll()
    text = f"text {seed} {number}"
    print("typing", record.id, text, flush=True)
    for letter in text:
        QTest.keyClick(line, letter)
        QApplication.processEvents()
    if choice.random() < 0.3:
        time.sleep(choice.random() * 1.5)
        QApplication.processEvents()
    page.form.flush()
    print("saved", record.id, text, flush=True)
    if choice.random() < 0.1:
        window.actions_by_key["check"].trigger()
    if choice.random() < 0.05:
        window.session.undo()
        print("undone", record.id, text, flush=True)
"""


def killed(path: Path, seed: int, home: Path) -> list[list[str]]:
    """What a typist said before it was killed at a random moment."""
    environment = {**os.environ, "ROPA_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, "-P", "-c", TYPIST, str(seed), str(path), str(path.parent)],
        stdout=subprocess.PIPE, text=True, env=environment,
    ) as process:  # fmt: skip
        assert process.stdout
        assert process.stdout.readline().strip() == "ready"
        time.sleep(random.Random(seed).uniform(0.05, 1.6))
        process.send_signal(signal.SIGKILL)
        said = process.stdout.read()
    lines = [line.split(" ", 2) for line in said.splitlines()]
    return [line for line in lines if len(line) == 3]


def run_round(tmp_path: Path, surroundings: Path, seed: int) -> None:
    path = tmp_path / f"{seed}.ropa"
    make_sample("smartgroup", path).close()
    said = killed(path, seed, surroundings)
    last: dict[str, str] = {}
    undone: set[str] = set()
    for what, record, text in said:
        if what == "saved":
            last[record] = text
        elif what == "undone":
            undone.add(record)
    typing = said[-1][1] if said and said[-1][0] == "typing" else ""
    with Register.open(path, writable=True) as register:
        assert verify(register) == []
        for record, text in last.items():
            if record not in undone and record != typing:
                found = register.by_id(record)
                assert found
                assert found["department"] == text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("seed", range(15))
def test_a_kill_loses_at_most_the_text_in_flight(
    tmp_path: Path, surroundings: Path, seed: int
) -> None:
    run_round(tmp_path, surroundings, seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 300))
def test_two_hundred_kills(tmp_path: Path, surroundings: Path, seed: int) -> None:
    run_round(tmp_path, surroundings, seed)


def test_what_was_half_typed_is_there_after_a_kill(tmp_path: Path, surroundings: Path) -> None:
    code = TYPIST.split("for number in range")[0] + (
        'line = page.form.rows["department"].editor.focusProxy()\n'
        "line.setFocus()\n"
        'QTest.keyClicks(line, "half typed")\n'
        "QTest.qWait(1500)\n"
        'print("waiting", flush=True)\n'
        "time.sleep(60)\n"
    )
    path = tmp_path / "register.ropa"
    make_sample("smartgroup", path).close()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, "-P", "-c", code, "1", str(path), str(tmp_path)],
        stdout=subprocess.PIPE, text=True, env=environment,
    ) as process:  # fmt: skip
        assert process.stdout
        while process.stdout.readline().strip() != "waiting":
            assert process.poll() is None
        process.kill()
    from PySide6.QtCore import QObject

    from ropa_ui.models.drafts import Drafts

    owner = QObject()
    assert [draft.text for draft in Drafts(path, owner).all()] == ["half typed"]
