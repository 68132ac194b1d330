"""Run by window.py in a process of its own: opens a register and times what a user does."""

from __future__ import annotations

import json
import re
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from ropa_ui import app as application
from ropa_ui.main_window import MainWindow
from ropa_ui.views.records import RecordsPage

TYPED = "kundeservice"  # letter by letter, as somebody does who types fast
BETWEEN = 0.12  # seconds between two letters


class _Shown(QObject):
    """Hears when the list has painted what the model has been given since."""

    def __init__(self, page: RecordsPage) -> None:
        super().__init__()
        self.painted = self._given = False
        page.model.modelReset.connect(self._note)
        page.model.layoutChanged.connect(self._note)  # where nothing was found at once
        page.pane.list.viewport().installEventFilter(self)

    def _note(self) -> None:
        self._given = True

    def begin(self) -> None:
        """Wait for the next rows and the painting after them."""
        self.painted = self._given = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and self._given:
            self.painted = True  # seen to its end by the event loop, whose round is measured
        return False


def keystroke(page: RecordsPage) -> float:
    """The median time from a key pressed in the search field until its rows are painted.

    Keys are pressed as they are typed, whatever still goes on beside from the key before.
    """
    shown, times = _Shown(page), []
    page.pane.field.setFocus()
    _wait(1.0)  # what the start has left to do
    for letter in TYPED:
        shown.begin()
        began = time.perf_counter()
        QTest.keyClick(page.pane.field, letter)
        while not shown.painted:
            QApplication.processEvents()
            assert time.perf_counter() < began + 5, f"“{letter}” finds nothing to paint"
        times.append(time.perf_counter() - began)
        _wait(BETWEEN - times[-1])
    page.pane.list.viewport().removeEventFilter(shown)
    return statistics.median(times)


def _wait(seconds: float) -> None:
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        QApplication.processEvents()
        time.sleep(0.001)


def timed(work: Callable[[], object], runs: int = 1) -> float:
    """The median time of work until everything is painted, in seconds."""
    times = []
    for _run in range(runs):
        began = time.perf_counter()
        work()
        QApplication.processEvents()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def measure(window: MainWindow) -> dict[str, float]:
    """Everything, in the order a user would do it."""
    page = window.open_page("activity")
    assert isinstance(page, RecordsPage)
    rows, asked = page.model.rowCount(), replace(page.model.query, text="avt")
    return {
        "window: open the register's list": timed(page.model.refresh),
        "window: keystroke to rows painted": keystroke(page),
        "window: all matches counted": timed(lambda: page.model.set_query(asked)),
        "window: search taken back": timed(page.pane.clear),
        "window: scroll to the middle": timed(lambda: _scroll(page, rows // 2)),
        "window: scroll on by a page": timed(lambda: _page_down(page), 9),
        "window: go to another record": timed(lambda: _next(page), 9),
        "window: edit a field, all shown": timed(lambda: _edit(page), 9),
        "window: order by name": timed(lambda: _order(page)),
        "window: keystroke, ordered by name": keystroke(page),
    }


def _scroll(page: RecordsPage, row: int) -> None:
    page.pane.list.scrollTo(page.model.index(row, 0))


def _page_down(page: RecordsPage) -> None:
    bar = page.pane.list.verticalScrollBar()
    bar.setValue(bar.value() + bar.pageStep())


def _next(page: RecordsPage) -> None:
    current = page.pane.list.currentIndex().row()
    page.pane.list.setCurrentIndex(page.model.index(current + 1, 0))


def _edit(page: RecordsPage) -> None:
    field = page.form.rows["department"].editor.focusProxy()
    assert isinstance(field, QLineEdit)
    field.setText(f"Department {time.perf_counter()}")
    field.setModified(True)
    page.form.flush()


def _order(page: RecordsPage) -> None:
    from dataclasses import replace

    page.model.set_query(replace(page.model.query, order="name"))


def _memory() -> float:
    """The most memory this process has held, in MB; Linux counts the parent's before exec in."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
    most = int(found[1]) if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024


def main() -> None:
    """Measure and print JSON."""
    _qt, programme = application.start([])
    programme.open(Path(sys.argv[1]))
    assert programme.window is not None
    QApplication.processEvents()
    times = measure(programme.window)
    programme.window.close()
    print(json.dumps({"times": times, "memory": _memory()}))


if __name__ == "__main__":
    main()
