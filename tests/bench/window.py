"""Measurements of the window: start, search, scroll, edit, going from record to record, memory.

Start is measured in processes of their own, beside a bare PySide6 window in the same run; the rest
inside one process per size, offscreen, with everything painted.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from measure import Result
from registers import register_of

BARE = """
import sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QLabel
app = QApplication([])
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print(time.time() - float(sys.argv[1]), flush=True)
            app.removeEventFilter(self)
            QTimer.singleShot(0, app.quit)
        return False
watch = Watch()
app.installEventFilter(watch)
window = QMainWindow()
window.setCentralWidget(QLabel("bare"))
window.resize(1440, 900)
window.show()
app.exec()
"""
OURS = """
import sys, time
began = float(sys.argv[1])
from ropa_ui import launch
launch.quicken()
from PySide6.QtCore import QEvent, QObject, QTimer
from ropa_ui import app as application
qt, programme = application.start([])
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print(time.time() - began, flush=True)
            qt.removeEventFilter(self)
        return False
watch = Watch()
qt.installEventFilter(watch)
from pathlib import Path
from ropa_ui import settings
settings.keep("page", "activity")
programme.first(Path(sys.argv[2]))
def look():
    if programme.window is None:
        QTimer.singleShot(0, look)
    else:
        programme.window.repaint()  # the list is there and takes keys; the form follows
        print(time.time() - began, flush=True)
        programme.window.close()
        qt.quit()
QTimer.singleShot(0, look)
qt.exec()
"""
RUNS = 9
INSIDE = Path(__file__).with_name("window_inside.py")


def _environment(place: Path, home: str = "home") -> dict[str, str]:
    """A home of its own, in which nobody has put a list in order yet.

    And modules compiled once, as they are where the program is installed.
    """
    given = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**given, "ROPA_HOME": str(place / home), "QT_QPA_PLATFORM": "offscreen"}


def _times(code: str, place: Path, *arguments: str) -> list[float]:
    """The times a child prints, in seconds since it was started."""
    command = [sys.executable, "-P", "-c", code, str(time.time()), *arguments]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, env=_environment(place)
    )
    return [float(line) for line in done.stdout.split()]


def start(place: Path) -> Iterator[Result]:
    """First paint and usable, beside a bare window, started in turns."""
    path = register_of(place, 1000)
    _times(OURS, place, str(path))  # compiles what has not been
    pairs = [(_times(BARE, place), _times(OURS, place, str(path))) for _run in range(RUNS)]
    bare = statistics.median(times[0] for times, _ours in pairs)
    for name, number, budget in (("first paint", 0, "≤ 1.5 ×"), ("usable", 1, "≤ 2 ×")):
        seconds = statistics.median(times[number] for _bare, times in pairs)
        yield Result(
            f"start of the window: {name}", "1,000 activities", seconds, bare,
            "bare PySide6 window", budget,
        )  # fmt: skip


def daily(place: Path, size: int) -> Iterator[Result]:
    """What a day in the window brings, on a register of a size."""
    path = register_of(place, size)
    done = subprocess.run(
        [sys.executable, "-P", str(INSIDE), str(path)], check=True, capture_output=True,
        text=True, env=_environment(place, f"home-{size}"),
    )  # fmt: skip
    measured = json.loads(done.stdout.splitlines()[-1])
    limit = {10_000: "≤ 16 ms", 100_000: "≤ 50 ms"}.get(size, "")
    budgets = {"window: keystroke to rows painted": limit, "window: edit a field, all shown": ""}
    for what, seconds in measured["times"].items():
        yield Result(what, f"{size:,} activities", seconds, budget=budgets.get(what, ""))
    memory = "≤ 250 MB" if size == 10_000 else ""
    yield Result(
        "window: memory after a day's work", f"{size:,} activities", 0.0, budget=memory,
        note=f"{measured['memory']:.0f} MB",
    )  # fmt: skip
