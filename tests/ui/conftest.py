"""What every test of the window gets: a dressed application, an open register, a window."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt looks for a screen

from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool
from PySide6.QtWidgets import QAbstractButton, QApplication
from shiboken6 import isValid

from ropa_app.i18n import set_language
from ropa_app.register.sample import make_sample
from ropa_ui import theme
from ropa_ui.main_window import MainWindow
from ropa_ui.models.drafts import Drafts
from ropa_ui.models.session import Session
from ropa_ui.widgets.finding import FindingBar

Windows = Callable[..., MainWindow]
InUse = Callable[..., AbstractContextManager[None]]


def swept() -> int:
    """Delete what is waiting to be deleted, as a running application does; the widgets left."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    return len(QApplication.allWidgets())


def children() -> set[str]:
    """The processes this one has started that still run, where the system tells."""
    found: set[str] = set()
    for each in Path("/proc/self/task").glob("*/children"):
        with suppress(FileNotFoundError):  # the thread has ended since
            found.update(each.read_text("ascii").split())
    return found


@pytest.fixture(autouse=True)
def nothing_is_left(qapp: QApplication) -> Iterator[None]:
    """Every test takes its widgets, threads and processes with it.

    A window left behind would have hundreds of widgets.
    """
    before, threads, processes = swept(), set(threading.enumerate()), children()
    yield
    assert soon(lambda: swept() - before <= 30), "widgets were left behind"
    assert soon(lambda: set(threading.enumerate()) <= threads), "a thread was left behind"
    pool = QThreadPool.globalInstance()
    assert soon(lambda: pool.activeThreadCount() == 0), "work was left behind"
    assert soon(lambda: children() <= processes), "a process was left behind"


def soon(holds: Callable[[], bool]) -> bool:
    """True as soon as it holds: what was told to end may need a moment on a busy machine."""
    until = monotonic() + 10
    while not holds():
        if monotonic() > until:
            return False
        QApplication.processEvents()
        sleep(0.02)
    return True


@pytest.fixture(scope="session")
def sample_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Both samples, made once; copy one before writing to it."""
    folder = tmp_path_factory.mktemp("samples")
    made = {}
    for name in ("smartgroup", "nordlys"):
        made[name] = folder / f"{name}.ropa"
        make_sample(name, made[name]).close()
    return made


@pytest.fixture
def register_file(sample_files: dict[str, Path], tmp_path: Path) -> Callable[[str], Path]:
    """A copy of a sample, to be written to."""

    def copy(name: str = "smartgroup") -> Path:
        path = tmp_path / f"{name}.ropa"
        path.write_bytes(sample_files[name].read_bytes())
        return path

    return copy


@pytest.fixture
def in_use() -> InUse:
    """Has another program hold a register file: for itself alone, or only to write (IMMEDIATE)."""

    @contextmanager
    def hold(path: Path, how: str = "EXCLUSIVE") -> Iterator[None]:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute(f"BEGIN {how}")
        try:
            yield
        finally:
            other.execute("ROLLBACK")
            other.close()

    return hold


@pytest.fixture
def refused_while_in_use(in_use: InUse) -> Callable[[QAbstractButton, Path], None]:
    """Presses a button that writes while another program does: its dialog stays and says why."""

    def press(button: QAbstractButton, path: Path) -> None:
        dialog = button.window()
        with in_use(path, "IMMEDIATE"):
            button.click()
        assert dialog.isVisible()
        (why,) = dialog.findChildren(FindingBar)
        assert "in use by another program" in why.accessibleName()

    return press


@pytest.fixture
def next_start() -> Callable[[Drafts, Path], Drafts]:
    """The drafts of the window that is opened after the one these belong to is gone."""

    def start(left: Drafts, register: Path) -> Drafts:
        left.leave()
        drafts = Drafts(register, left.parent())
        drafts.gather()
        return drafts

    return start


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """The application in its light theme and English, put back once the windows are gone."""
    set_language("en")
    theme.set_theme("light")
    theme.apply(qapp)
    yield qapp
    theme.set_scale(1.0)
    theme.set_theme("light")
    set_language("en")


@pytest.fixture
def session(
    dressed: QApplication, register_file: Callable[[str], Path]
) -> Iterator[Session]:
    """SmartGroup's register, open."""
    opened = Session.open(register_file("smartgroup"))
    yield opened
    opened.close()


@pytest.fixture
def window(
    dressed: QApplication, register_file: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Windows]:
    """Opens a window on a copy of a sample, on a page; all are closed and gone afterwards.

    Nothing runs in the background unless the test calls `start` itself.
    """
    opened: list[MainWindow] = []

    def open_window(name: str = "smartgroup", page: str = "activity") -> MainWindow:
        made = MainWindow(Session.open(register_file(name)))
        made.resize(1440, 900)
        made.open_page(page)
        made.show()
        opened.append(made)
        return made

    yield open_window
    for made in opened:
        if isValid(made):
            made.close()
    swept()
