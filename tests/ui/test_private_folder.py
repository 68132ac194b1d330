"""Passing files go with the program, or at a later start if it was killed; nothing else goes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ropa_ui import app
from ropa_ui.lock_files import hold
from ropa_ui.private_folder import clear_left_folders

# A program that shows a document and dresses a window, then ends, or waits to be killed.
PROGRAM = """
import sys, time
from ropa_ui import app
from ropa_ui.forms.file_copies import passing_copy
from ropa_ui.private_folder import passing_folder
qt, programme = app.start([])
preview = passing_folder("preview")
print(passing_copy("salaries.txt", b"secret"), flush=True)
time.sleep(600 if sys.argv[1] == "wait" else 0)
"""
# A start of the program, closed again a moment after it has cleared up.
START = f"""
import sys
from PySide6.QtCore import QTimer
from ropa_ui import app
start = app.start
def started(arguments):
    qt, programme = start(arguments)
    QTimer.singleShot({app.STARTED} + 1500, qt.quit)
    return qt, programme
app.start = started
sys.exit(app.main())
"""


@pytest.fixture
def passing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where passing files lie, for this process and those it starts."""
    folder = tmp_path / "passing"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    for name in ("TMPDIR", "TMP", "TEMP"):
        monkeypatch.setenv(name, str(folder))
    return folder


@contextmanager
def program(how: str) -> Iterator[Path]:
    """Runs it, and kills it at the end of the block; where the document it shows lies."""
    with subprocess.Popen(
        [sys.executable, "-P", "-c", PROGRAM, how], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        try:
            shown = Path(process.stdout.readline().strip())
            if how != "wait":
                assert process.wait(60) == 0
            yield shown
        finally:
            process.kill()


def left(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def test_nothing_stays_when_the_program_ends(passing: Path) -> None:
    with program("end") as shown:
        assert shown.is_relative_to(passing)
    assert left(passing) == []


def test_what_a_killed_program_left_goes_and_what_a_running_one_shows_stays(passing: Path) -> None:
    with program("wait") as running:
        with program("wait") as killed:
            assert killed.read_bytes() == b"secret"
        clear_left_folders()
        assert not killed.exists()
        assert running.read_bytes() == b"secret"
        assert len(left(passing)) == 1
    clear_left_folders()
    assert left(passing) == []


def test_a_later_start_clears_up_and_leaves_nothing_itself(passing: Path) -> None:
    with program("wait"):
        pass
    assert len(left(passing)) == 1
    subprocess.run([sys.executable, "-P", "-c", START], check=True, timeout=60)
    assert left(passing) == []


def made(folder: Path, mode: int = 0o700) -> Path:
    """A folder as the program makes them, whose owner is gone."""
    folder.mkdir()
    lock = hold(folder / "in-use.lock")
    assert lock
    lock.release(keep=True)
    (folder / "paper.txt").write_text("paper", "utf-8")
    folder.chmod(mode)
    return folder


def test_only_folders_of_the_program_go(passing: Path, tmp_path: Path) -> None:
    ours = made(passing / "ropa-ours")
    other_name = made(passing / "paper-ropa-")
    without_lock = passing / "ropa-without"
    without_lock.mkdir(0o700)
    (passing / "ropa-file").write_text("paper", "utf-8")
    (ours / "deeper").mkdir()
    clear_left_folders()
    assert not ours.exists()
    assert sorted(left(passing)) == sorted([other_name, without_lock, passing / "ropa-file"])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets only some people make links")
def test_no_link_is_followed(passing: Path, tmp_path: Path) -> None:
    elsewhere = made(tmp_path / "elsewhere")
    (passing / "ropa-link").symlink_to(elsewhere, target_is_directory=True)
    ours = made(passing / "ropa-ours")
    (ours / "folder").symlink_to(elsewhere, target_is_directory=True)
    (ours / "file").symlink_to(elsewhere / "paper.txt")
    lock_is_link = passing / "ropa-lock"
    lock_is_link.mkdir(0o700)
    (lock_is_link / "in-use.lock").symlink_to(elsewhere / "in-use.lock")
    clear_left_folders()
    assert not ours.exists()
    assert lock_is_link.exists()
    assert len(left(elsewhere)) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such rights of folders")
def test_a_folder_that_others_may_enter_or_own_stays(
    passing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_to_all = made(passing / "ropa-open", 0o755)
    clear_left_folders()
    assert open_to_all.exists()
    open_to_all.chmod(0o700)
    me = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: me + 1)
    clear_left_folders()
    assert open_to_all.exists()
