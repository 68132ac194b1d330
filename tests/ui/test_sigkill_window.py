"""A window killed at any moment leaves a whole register, and what was typed is offered again."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import QObject

from ropa_app.register.store import Register
from ropa_app.register.verify import verify
from ropa_ui.models.draft_files import Draft
from ropa_ui.models.drafts import Drafts

# Types letter by letter, leaves the field, goes on; says each text it has seen saved.
TYPIST = """
import random, sys, time
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ropa_ui import app as application, settings
seed, path, out = int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
settings.keep("page", "activity")
settings.keep("export/folder", str(out))
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
    if choice.random() < 0.5:
        QTest.qWait(int(choice.random() * 2500))
    page.form.flush()
    held = window.session.view.records[record.id]["department"]
    print("saved" if held == text else "refused", record.id, text, flush=True)
    if choice.random() < 0.3:
        export = window.open_page("export")
        if export._export is None:
            export.layouts.choose(choice.choice(["ico-controller", "record"]))
            export.export()
            print("exporting", export._out.name, "-", flush=True)
        window.open_page("activity")
    if choice.random() < 0.1:
        window.actions_by_key["check"].trigger()
    if choice.random() < 0.05:
        print("undoing", record.id, text, flush=True)
        window.session.undo()
"""


@dataclass
class Count:
    """What the rounds met."""

    saved: int = 0
    exports_begun: int = 0
    exports_whole: int = 0
    drafts: int = 0


def killed(path: Path, out: Path, seed: int, home: Path) -> list[list[str]]:
    """What a typist said before it was killed at a random moment, however slow the machine."""
    chance = random.Random(seed)
    environment = {**os.environ, "ROPA_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, "-P", "-c", TYPIST, str(seed), str(path), str(out)],
        stdout=subprocess.PIPE, text=True, env=environment,
    ) as process:  # fmt: skip
        assert process.stdout
        assert process.stdout.readline().strip() == "ready"
        said = [process.stdout.readline() for _line in range(chance.randint(1, 9))]
        time.sleep(chance.uniform(0, 2))
        process.send_signal(signal.SIGKILL)
        said += process.stdout.readlines()
    lines = [line.rstrip("\n").split(" ", 2) for line in said if line.endswith("\n")]
    return [line for line in lines if len(line) == 3]


def run_rounds(
    folder: Path, sample: Path, seeds: range, count: Count, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rounds side by side, each with a register and a home of its own: a typist mostly waits."""
    with ThreadPoolExecutor(len(seeds)) as pool:
        said = dict(zip(seeds, pool.map(partial(typed_in, folder, sample), seeds), strict=True))
    for seed in seeds:
        monkeypatch.setenv("ROPA_HOME", str(folder / f"home {seed}"))
        nothing_is_lost(folder, seed, said[seed], count)


def typed_in(folder: Path, sample: Path, seed: int) -> list[list[str]]:
    path = Path(shutil.copy(sample, folder / f"{seed}.ropa"))
    out, home = folder / f"out {seed}", folder / f"home {seed}"
    out.mkdir()
    home.mkdir()
    return killed(path, out, seed, home)


def drafts_left(path: Path) -> list[Draft]:
    """What the next window offers."""
    owner = QObject()
    drafts = Drafts(path, owner)
    drafts.gather()
    drafts.leave()
    return drafts.offered()


def nothing_is_lost(folder: Path, seed: int, said: list[list[str]], count: Count) -> None:
    path, out = folder / f"{seed}.ropa", folder / f"out {seed}"
    everything_saved_is_there(path, said, count)
    no_file_is_half(out, count)
    count.exports_begun += sum(what == "exporting" for what, _name, _rest in said)
    drafts = drafts_left(path)
    count.drafts += len(drafts)
    typed = {(record, text) for what, record, text in said if what == "typing"}
    for draft in drafts:
        assert any(d == draft.record and t.startswith(draft.text) for d, t in typed)


def everything_saved_is_there(path: Path, said: list[list[str]], count: Count) -> None:
    """The register is whole, and at most the text in flight is not in it."""
    last: dict[str, str] = {}
    undone: set[str] = set()
    for what, record, text in said:
        if what == "saved":
            last[record] = text
            count.saved += 1
        elif what == "undoing":
            undone.add(record)
        assert what != "refused", said
    typing = said[-1][1] if said and said[-1][0] == "typing" else ""
    with Register.open(path, writable=True) as register:
        assert verify(register) == []
        for record, text in last.items():
            if record not in undone and record != typing:
                found = register.by_id(record)
                assert found
                assert found["department"] == text, said


def no_file_is_half(out: Path, count: Count) -> None:
    """Every document is whole; what the export under way had begun is taken away by itself."""
    deadline = time.monotonic() + 30
    while any(path.suffix == ".part" for path in out.iterdir()):
        assert time.monotonic() < deadline, "a half-written file stays behind"
        time.sleep(0.05)
    for path in out.iterdir():
        if path.suffix == ".xlsx":
            load_workbook(path, read_only=True).close()
        else:
            assert PdfReader(path).pages
        count.exports_whole += 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("first", range(0, 15, 5))
def test_a_kill_loses_at_most_the_text_in_flight(
    qapp: object, tmp_path: Path, sample_files: dict[str, Path], first: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    count, seeds = Count(), range(first, first + 5)
    run_rounds(tmp_path, sample_files["smartgroup"], seeds, count, monkeypatch)
    assert count.saved > 0


@pytest.mark.soak
def test_two_hundred_kills(
    qapp: object, tmp_path: Path, sample_files: dict[str, Path],
    note: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    began, count = datetime.now(UTC), Count()
    first = time.time_ns() % 1_000_000
    for seed in range(first, first + 200):
        run_rounds(tmp_path, sample_files["smartgroup"], range(seed, seed + 1), count, monkeypatch)
    assert count.saved > 200
    assert count.drafts > 0
    assert count.exports_begun > count.exports_whole > 10
    minutes = (datetime.now(UTC) - began).total_seconds() / 60
    note(
        "Killed windows",
        f"{began:%Y-%m-%d}: 200 rounds in {minutes:.0f} minutes. A window types letter by letter "
        "into records, saves, undoes, checks and exports, and is killed with SIGKILL at a "
        f"random moment. {count.saved} saved texts, none lost; {count.drafts} times a half-typed "
        f"text was kept and is offered again; of {count.exports_begun} exports begun "
        f"{count.exports_whole} were finished and could be read, the others left nothing behind; "
        "`ropa verify` was clean after every round.",
    )


IN_THE_FORM = (
    'line = page.form.rows["department"].editor.focusProxy()\n'
    "line.setFocus()\n"
    'QTest.keyClicks(line, "half typed")\n'
)
IN_THE_TABLE = (
    "window.activateWindow()\n"
    'window.actions_by_key["table"].trigger()\n'
    "QTest.qWait(100)\n"
    "QTest.keyClick(page.table.table, 'h')\n"
    "QTest.qWait(100)\n"
    'QTest.keyClicks(QApplication.focusWidget(), "alf typed")\n'
)


@pytest.mark.parametrize("place", [IN_THE_FORM, IN_THE_TABLE], ids=["form", "table"])
def test_what_was_half_typed_is_there_after_a_kill(
    tmp_path: Path, surroundings: Path, sample_files: dict[str, Path], place: str
) -> None:
    code = TYPIST.split("for number in range")[0] + place + (
        "QTest.qWait(1500)\n"
        'print("waiting", flush=True)\n'
        "time.sleep(60)\n"
    )
    path = Path(shutil.copy(sample_files["smartgroup"], tmp_path / "register.ropa"))
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, "-P", "-c", code, "1", str(path), str(tmp_path)],
        stdout=subprocess.PIPE, text=True, env=environment,
    ) as process:  # fmt: skip
        assert process.stdout
        while process.stdout.readline().strip() != "waiting":
            assert process.poll() is None
        process.kill()
    assert [draft.text for draft in drafts_left(path)] == ["half typed"]
