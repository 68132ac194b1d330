"""A register that another program has for itself: the window waits beside, and dies of nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ropa_app.errors import InUseError
from ropa_app.i18n import current_language
from ropa_ui import fonts, settings, theme
from ropa_ui.app import Application, _said_plainly
from ropa_ui.main_window import MainWindow
from ropa_ui.views.waiting import WaitingDialog

InUse = Callable[..., AbstractContextManager[None]]
SOON = 2.0  # seconds, on a machine with other work; it was ten, or as long as it took


@contextmanager
def soon() -> Iterator[None]:
    """What is done does not wait for the other program."""
    began, busy = time.monotonic(), time.thread_time()
    yield
    waited = time.monotonic() - began - (time.thread_time() - busy)
    assert waited < SOON


@pytest.fixture
def programme(dressed: QApplication) -> Iterator[Application]:
    made = Application(dressed)
    yield made
    for widget in QApplication.topLevelWidgets():
        widget.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def opened(
    programme: Application, register_file: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> MainWindow:
    """The window of a register; what goes wrong in it is said as when the program runs."""
    monkeypatch.setattr(sys, "excepthook", partial(_said_plainly, programme))
    monkeypatch.setattr(MainWindow, "start", lambda _window: None)  # the backup takes the file too
    assert programme.open(register_file("smartgroup"))
    window = programme.window
    assert window is not None
    window.open_page("activity")
    QApplication.processEvents()
    return window


def waiting() -> WaitingDialog | None:
    """The dialog on the screen that says that the other program is waited for."""
    shown = (w for w in QApplication.topLevelWidgets() if isinstance(w, WaitingDialog))
    return next((dialog for dialog in shown if dialog.isVisible()), None)


def begin_first(programme: Application, path: Path) -> None:
    programme.first(path)


def begin_from_welcome(programme: Application, path: Path) -> None:
    programme.welcome()
    programme.open(path)


@pytest.mark.parametrize("begin", [begin_first, begin_from_welcome])
def test_a_register_in_use_is_waited_for_and_opened(
    in_use: InUse, programme: Application, register_file: Callable[[str], Path], qtbot: QtBot,
    begin: Callable[[Application, Path], None],
) -> None:  # fmt: skip
    path = register_file("smartgroup")
    with in_use(path):
        with soon():
            begin(programme, path)
            qtbot.waitUntil(lambda: waiting() is not None)
        qtbot.wait(700)
        assert waiting() is not None
        assert programme.window is None
    qtbot.waitUntil(lambda: programme.window is not None)
    assert waiting() is None
    window = programme.window
    assert window is not None
    assert window.session.get("nothing") is None  # it can be read
    assert "SmartGroup" in window.windowTitle()


def test_cancel_leads_back_to_the_welcome_page(
    in_use: InUse, programme: Application, register_file: Callable[[str], Path], qtbot: QtBot
) -> None:
    path = register_file("smartgroup")
    with in_use(path):
        begin_first(programme, path)
        qtbot.waitUntil(lambda: waiting() is not None)
        dialog = waiting()
        assert dialog is not None
        dialog.reject()
        qtbot.waitUntil(lambda: waiting() is None)
    qtbot.wait(700)
    assert programme.window is None
    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    assert [type(w).__name__ for w in shown] == ["WelcomeWindow"]


@pytest.mark.parametrize("given_up", [False, True])
def test_another_language_waits_for_the_file_too(
    in_use: InUse, programme: Application, register_file: Callable[[str], Path], qtbot: QtBot,
    given_up: bool,
) -> None:  # fmt: skip
    path = register_file("smartgroup")
    assert programme.open(path)
    before = programme.window
    assert before is not None
    before.open_page("activity")
    with in_use(path):
        with soon():
            programme.language_chosen("nb")
        dialog = waiting()
        assert dialog is not None
        if given_up:
            dialog.reject()
    if given_up:
        qtbot.wait(700)
        assert programme.window is before
        assert current_language() == settings.text("language") == "en"
    else:
        qtbot.waitUntil(lambda: programme.window not in (None, before))
        assert current_language() == settings.text("language") == "nb"
        assert programme.window is not None
        assert programme.window.page_key == "activity"


def do_add(window: MainWindow) -> None:
    window.actions_by_key["new"].trigger()


def do_duplicate(window: MainWindow) -> None:
    window.actions_by_key["duplicate"].trigger()


def do_delete(window: MainWindow) -> None:
    window.actions_by_key["delete"].trigger()


def do_undo(window: MainWindow) -> None:
    window.session.undo()


def do_redo(window: MainWindow) -> None:
    window.session.redo()


@pytest.mark.qt_no_exception_capture
@pytest.mark.parametrize("how", ["IMMEDIATE", "EXCLUSIVE"])
@pytest.mark.parametrize("work", [do_add, do_duplicate, do_delete, do_undo, do_redo])
def test_what_cannot_be_written_is_said_at_once(
    in_use: InUse, opened: MainWindow, work: Callable[[MainWindow], None], how: str
) -> None:
    session = opened.session
    record = session.register.get("A-001")
    assert session.set_value(record.id, "department", record["department"], "Sales")
    assert session.set_value(record.id, "note", record["note"], "Twice")
    session.undo()
    before = session.present.head()
    said: list[str] = []
    session.failed.connect(said.append)
    act = QAction()
    act.triggered.connect(partial(work, opened))
    with in_use(session.path, how):
        for _time in range(2):
            with soon():
                act.trigger()
            assert "in use by another program" in said.pop()
    session.poll()
    assert session.present.head() == before
    act.trigger()
    assert session.present.head() != before  # the same goes through now
    assert said == []


@pytest.mark.qt_no_exception_capture
def test_what_could_not_be_read_is_read_when_it_can_be(
    in_use: InUse, opened: MainWindow, qtbot: QtBot
) -> None:
    """Another record is chosen while nothing can be read: its form is whole in the end."""
    page = opened.records_page()
    assert page is not None
    assert page.form.rows
    other = opened.session.register.get("A-003")
    row = page.model.row_of(other)
    said: list[str] = []
    opened.session.failed.connect(said.append)
    with in_use(opened.session.path):
        opened.session.view.forget()  # as after a change of another program
        with soon():
            page.pane.list.setCurrentIndex(page.model.index(row, 0))
            page.pane.list.viewport().repaint()
        qtbot.wait(100)
    qtbot.waitUntil(lambda: page.form.record is not None and page.form.record.ref == "A-003")
    qtbot.waitUntil(lambda: not page.form._loading)
    for key in ("name", "department", "note"):
        assert page.form.rows[key].value == other[key]
    assert said


@pytest.mark.qt_no_exception_capture
@pytest.mark.parametrize("page", ["activity", "party", "history", "checks", "overview"])
def test_the_look_changes_while_nothing_can_be_read(
    in_use: InUse, opened: MainWindow, qtbot: QtBot, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing that Qt asks for meanwhile goes wrong: errors there would end the program."""
    opened.open_page("activity")
    opened.actions_by_key["table"].trigger()
    opened.open_page(page)
    QApplication.processEvents()
    hooked: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: hooked.append(error))
    with in_use(opened.session.path):
        opened.session.view.forget()
        opened.session.__dict__.pop("words", None)
        for scale in (1.5, 1.0):
            fonts.use_scale(scale)
            theme.set_theme("dark" if scale > 1 else "light")  # dresses all of it, sizes too
            opened.grab()
            QApplication.processEvents()
    assert hooked == []
    model = opened.pages_of_records()[0].model
    qtbot.waitUntil(lambda: model.headerData(0, Qt.Orientation.Horizontal) == "Name")


@pytest.mark.qt_no_exception_capture
def test_a_page_that_could_not_be_made_leaves_nothing_that_acts(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it had put off is not done: it would be done to what is gone."""
    hooked: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: hooked.append(error))
    with monkeypatch.context() as refusing:
        refusing.setattr("ropa_ui.views.record_work.connect", _refused)
        with pytest.raises(InUseError):
            opened.open_page("party")
    qtbot.wait(100)
    assert hooked == []
    assert opened.page_key == "activity"
    assert opened.open_page("party").isVisible()


def _refused(*_asked: object) -> None:
    raise InUseError("in use")
