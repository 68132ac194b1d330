"""Opening what cannot be shown, closing while work goes on: nothing stays open or half made."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from ropa_ui import files, settings
from ropa_ui.app import Application
from ropa_ui.main_window import MainWindow
from ropa_ui.models import jobs
from ropa_ui.models.jobs import Job
from ropa_ui.models.session import Session

Windows = Callable[..., MainWindow]


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the application says in a box of its own."""
    found: list[str] = []
    monkeypatch.setattr(Application, "_say", lambda _self, sentence: found.append(sentence))
    return found


@pytest.fixture
def programme(dressed: QApplication) -> Iterator[Application]:
    made = Application(dressed)
    yield made
    if made.window is not None:
        made.window.close()
    made.deleteLater()


@pytest.fixture
def sessions(monkeypatch: pytest.MonkeyPatch) -> list[Session]:
    """Every register opened from now on."""
    opened: list[Session] = []
    attach = MainWindow.attach

    def noted(self: MainWindow, session: Session) -> None:
        opened.append(session)
        attach(self, session)

    monkeypatch.setattr(MainWindow, "attach", noted)
    return opened


def test_another_register_is_looked_for_beside_the_one_that_is_open(
    programme: Application, register_file: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def dialog(_parent: object, _title: str, folder: str, _kinds: str) -> tuple[str, str]:
        asked.append(folder)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", dialog)
    monkeypatch.setattr(settings, "recent", list)
    programme._asked("?")
    path = register_file("smartgroup")
    assert programme.open(path)
    programme._asked("?")
    assert asked == [str(files.documents()), str(path.parent)]


@pytest.mark.parametrize("wrong", [sqlite3.OperationalError("disk I/O error"), RuntimeError("no")])
def test_a_register_that_cannot_be_shown_is_closed_and_the_one_before_stays(
    programme: Application, register_file: Callable[[str], Path], sessions: list[Session],
    said: list[str], monkeypatch: pytest.MonkeyPatch, wrong: Exception,
) -> None:  # fmt: skip
    first = register_file("smartgroup")
    assert programme.open(first)
    before = programme.window

    def broken(_self: MainWindow, _key: str) -> None:
        raise wrong

    monkeypatch.setattr(MainWindow, "open_page", broken)
    other = register_file("nordlys")
    if isinstance(wrong, sqlite3.Error):
        assert not programme.open(other)
        assert len(said) == 1
    else:
        with pytest.raises(RuntimeError):
            programme.open(other)
    assert [session.is_open for session in sessions] == [True, False]
    assert programme.window is before
    assert before is not None
    assert before.isVisible()
    assert settings.recent()[0] == first
    shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
    assert [w for w in shown if w.isVisible()] == [before]


# Closing

# A worker that leaves half a file, and needs a moment to take it away once it is told to stop.
SLOW = """
import sys, time
from pathlib import Path
half = Path({folder!r}) / f".{{time.monotonic_ns()}}.part"
half.write_text("half")
sys.stdin.readline()
print('{{"begun": true}}', flush=True)
while sys.stdin.readline():
    pass
time.sleep(1)
half.unlink()
"""


def test_closing_waits_for_no_export_and_none_leaves_half_a_file(
    window: Windows, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    code = SLOW.format(folder=str(folder))
    monkeypatch.setattr(jobs, "worker_command", lambda: [sys.executable, "-c", code])
    opened = window()
    begun: list[dict[str, object]] = []
    for _export in range(3):
        job = Job(opened)
        job.answered.connect(begun.append)
        job.start("export")
    qtbot.waitUntil(lambda: len(begun) == 3, timeout=20_000)
    assert len(list(folder.iterdir())) == 3
    began = time.monotonic()
    opened.close()
    assert time.monotonic() - began < 0.9  # each of them takes a second to end
    jobs.see_off()  # as the program does before it ends
    assert list(folder.iterdir()) == []
    assert time.monotonic() - began < 2.9  # all at once, not one after the other


def test_an_export_under_way_is_heard_of_no_more_once_the_window_is_closed(
    window: Windows, tmp_path: Path, qtbot: QtBot
) -> None:
    opened = window("nordlys")
    told: list[object] = []
    job = Job(opened)
    for signal in (job.answered, job.failed, job.ended):
        signal.connect(told.append)
    job.start("export", path=str(opened.session.path), layout="full", out=str(tmp_path / "a.xlsx"))
    qtbot.waitUntil(lambda: bool(list(tmp_path.glob(".a.xlsx*.part"))), timeout=20_000)
    opened.close()
    qtbot.waitUntil(lambda: not list(tmp_path.glob(".a.xlsx*.part")), timeout=20_000)
    assert told == []
    assert not (tmp_path / "a.xlsx").exists()
