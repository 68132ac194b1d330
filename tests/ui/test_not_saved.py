"""A register that cannot be written to: nothing typed is lost, nothing stands still."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ropa_app.model.state import AsTyped
from ropa_app.paths import state_folder
from ropa_app.register.change import Edit, label
from ropa_app.register.store import Register
from ropa_ui import theme
from ropa_ui.app import Application
from ropa_ui.main_window import MainWindow
from ropa_ui.models.drafts import Drafts
from ropa_ui.models.session import Session
from ropa_ui.views.about import AboutDialog
from ropa_ui.views.clash import ClashDialog, ReplacedDialog
from ropa_ui.views.drafts import DraftsDialog

Windows = Callable[..., MainWindow]
InUse = Callable[..., AbstractContextManager[None]]
SAVED = "All changes saved"


def line(window: MainWindow, key: str) -> QLineEdit:
    page = window.records_page()
    assert page
    found = page.form.rows[key].editor.focusProxy()
    assert isinstance(found, QLineEdit)
    return found


def type_into(window: MainWindow, key: str, text: str) -> None:
    """Type into a field of the form and press Enter."""
    page = window.records_page()
    assert page
    page.form.focus_field(key)
    line(window, key).clear()
    QTest.keyClicks(line(window, key), text)
    QTest.keyClick(line(window, key), Qt.Key.Key_Return)


def choose(window: MainWindow, ref: str) -> None:
    page = window.records_page()
    assert page
    page.pane.choose(window.session.register.get(ref))
    QApplication.processEvents()


def foot(window: MainWindow) -> str:
    return window.navigation._saved.text()


def on_disk() -> list[dict[str, object]]:
    files = list((state_folder() / "drafts").glob("*.json"))
    return [draft for file in files for draft in json.loads(file.read_text("utf-8"))]


@pytest.mark.parametrize("how", ["IMMEDIATE", "EXCLUSIVE"])
def test_another_program_in_the_file_costs_neither_text_nor_time(
    in_use: InUse, window: Windows, qtbot: QtBot, how: str
) -> None:
    opened = window()
    said: list[str] = []
    opened.session.failed.connect(said.append)
    type_into(opened, "department", "Sales")
    assert foot(opened) == SAVED
    with in_use(opened.session.path, how):
        began = time.monotonic()
        type_into(opened, "department", "Purchasing")
        assert time.monotonic() - began < 2  # it was ten seconds
        assert line(opened, "department").text() == "Purchasing"
        assert foot(opened) == "Not saved yet: 1"
        assert len(said) == 1
        assert "in use by another program" in said[0]
        opened.session.poll()
        assert foot(opened) == "Not saved yet: 1"
        opened.drafts.write()
        assert [draft["text"] for draft in on_disk()] == ["Purchasing"]
    qtbot.waitUntil(lambda: foot(opened) == SAVED)
    assert opened.session.register.get("A-001")["department"] == "Purchasing"
    assert on_disk() == []
    assert len(said) == 1


@pytest.mark.parametrize("code", [sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT])
def test_what_cannot_be_named_for_the_log_is_kept_too(
    window: Windows, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    opened = window()
    said: list[str] = []
    opened.session.failed.connect(said.append)
    with monkeypatch.context() as broken:
        broken.setattr(Session, "label_of", raising(code))
        type_into(opened, "department", "Purchasing")
    assert len(said) == 1
    assert line(opened, "department").text() == "Purchasing"
    assert foot(opened) == "Not saved yet: 1"
    opened.session.unsaved.try_again(opened.session.register.get("A-001").id, "department")
    assert foot(opened) == SAVED
    assert opened.session.register.get("A-001")["department"] == "Purchasing"


def test_what_could_not_be_read_again_is_shown_as_soon_as_it_can(
    in_use: InUse, window: Windows, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A date typed while the file was in use is read anew; a look that fails ends nothing."""
    opened = window()
    record, typed = opened.session.register.get("A-001"), AsTyped("2026-11-20")
    key = next(field.key for field in record.kind.fields if field.kind == "date")
    opened.session._timer.stop()
    with in_use(opened.session.path, "EXCLUSIVE"):
        opened.session.set_value(record.id, key, record[key], typed)
    with monkeypatch.context() as broken:
        broken.setattr("ropa_ui.models.unsaved.read", raising(sqlite3.SQLITE_IOERR))
        opened.session.poll()
    assert foot(opened) == "Not saved yet: 1"
    with qtbot.waitSignal(opened.session.changed, check_params_cb=lambda ids: ids == set()):
        opened.session.poll()
    assert foot(opened) == SAVED
    assert opened.session.register.get("A-001")[key] == "2026-11-20"


@pytest.mark.parametrize("wide", [900, 1440])
def test_what_is_not_saved_is_told_at_the_foot_and_gone_to_from_there(
    in_use: InUse, window: Windows, wide: int
) -> None:
    opened = window()
    opened.resize(wide, 700)
    QApplication.processEvents()
    told = opened.navigation._saved
    assert told.isVisible()
    assert told.focusPolicy() == Qt.FocusPolicy.NoFocus  # there is nothing to go to
    with in_use(opened.session.path, "IMMEDIATE"):
        type_into(opened, "department", "Purchasing")
        choose(opened, "A-002")
        assert told.accessibleName() == "Not saved yet: 1"
        assert told.toolTip() == ("Not saved yet: 1" if wide == 900 else "")
        red, picture = theme.colour("bad").rgb(), told.grab().toImage()
        assert red in {picture.pixel(x, y) for x in range(picture.width())
                       for y in range(picture.height())}  # fmt: skip
        told.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(told, Qt.Key.Key_Return)
        page = opened.records_page()
        assert page
        assert page.form.record == opened.session.view.by_ref("A-001")
        assert page.form.focused_field() == "department"


def test_the_age_of_the_law_data_leads_to_the_versions(window: Windows) -> None:
    opened = window()
    opened.navigation._law.click()
    dialog = opened.findChild(AboutDialog)
    assert dialog.isVisible()
    dialog.close()


def test_going_to_another_record_and_back_shows_what_was_typed(
    in_use: InUse, window: Windows, qtbot: QtBot
) -> None:
    opened = window()
    with in_use(opened.session.path, "IMMEDIATE"):
        type_into(opened, "department", "Purchasing")
        choose(opened, "A-002")
        assert line(opened, "department").text() != "Purchasing"
        type_into(opened, "department", "Logistics")
        assert foot(opened) == "Not saved yet: 2"
        choose(opened, "A-001")
        assert line(opened, "department").text() == "Purchasing"
    qtbot.waitUntil(lambda: foot(opened) == SAVED)
    assert opened.session.register.get("A-001")["department"] == "Purchasing"
    assert opened.session.register.get("A-002")["department"] == "Logistics"


def test_what_is_typed_after_a_failed_save_is_no_clash_with_oneself(
    in_use: InUse, window: Windows, qtbot: QtBot
) -> None:
    opened = window()
    clashes: list[object] = []
    opened.session.clashed.connect(clashes.append)
    with in_use(opened.session.path, "IMMEDIATE"):
        type_into(opened, "department", "Purchasing")
        opened.records_page().form.focus_field("department")  # type: ignore[union-attr]
        QTest.keyClicks(line(opened, "department"), " and sales")
    qtbot.waitUntil(lambda: foot(opened) == SAVED)
    assert [draft.text for draft in opened.drafts.all()] == [line(opened, "department").text()]
    QTest.keyClick(line(opened, "department"), Qt.Key.Key_Return)
    assert clashes == []
    assert opened.session.register.get("A-001")["department"] == line(opened, "department").text()


def test_closing_meanwhile_keeps_it_for_the_next_time(in_use: InUse, window: Windows) -> None:
    opened = window()
    with in_use(opened.session.path, "IMMEDIATE"):
        type_into(opened, "department", "Purchasing")
        path = opened.session.path
        opened.close()
    session = Session.open(path)
    drafts = Drafts(path, session)
    drafts.gather()
    assert [(draft.text, draft.finished) for draft in drafts.all()] == [("Purchasing", True)]
    dialog = DraftsDialog(session, drafts, None)  # type: ignore[arg-type]
    dialog.rows[0].put_back.click()
    assert session.register.get("A-001")["department"] == "Purchasing"
    assert drafts.all() == []
    dialog.deleteLater()
    session.close()
    session.deleteLater()


@pytest.mark.parametrize("reason", ["full", "read-only"])
def test_a_full_or_read_only_disk_is_the_same(
    window: Windows, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    opened = window()
    code = {"full": sqlite3.SQLITE_FULL, "read-only": sqlite3.SQLITE_READONLY}[reason]
    hinder(opened.session, monkeypatch, code)
    said: list[str] = []
    opened.session.failed.connect(said.append)
    type_into(opened, "department", "Purchasing")
    assert reason in said[0]
    assert foot(opened) == "Not saved yet: 1"
    assert line(opened, "department").text() == "Purchasing"
    monkeypatch.undo()
    qtbot.waitUntil(lambda: foot(opened) == SAVED)
    assert opened.session.register.get("A-001")["department"] == "Purchasing"


def hinder(session: Session, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    """Let every write fail as SQLite does with that code."""
    monkeypatch.setattr(Register, "apply_inside", raising(code))


def raising(code: int) -> Callable[..., None]:
    """Fails as SQLite does with that code."""

    def fail(*_arguments: object, **_named: object) -> None:
        error = sqlite3.OperationalError("as the disk has it")
        error.sqlite_errorcode = code
        raise error

    return fail


# A clash


def clash(window: MainWindow) -> ClashDialog:
    """Somebody else saves the department of A-001 while another one is being typed here."""
    record = window.session.register.get("A-001")
    window.session._timer.stop()
    with Register.open(window.session.path, writable=True) as other:
        edit = Edit(record.id, "department", record["department"], "Theirs")
        other.apply([edit], label("set", ref="A-001", fields=["department"]))
    type_into(window, "department", "Mine")
    return window.findChildren(ClashDialog)[-1]


def test_a_clash_put_off_stays_not_saved_and_can_be_decided(window: Windows) -> None:
    opened = window()
    clash(opened).reject()
    assert foot(opened) == "Not saved yet: 1"
    assert line(opened, "department").text() == "Mine"
    assert opened.session.register.get("A-001")["department"] == "Theirs"
    choose(opened, "A-002")
    choose(opened, "A-001")
    assert line(opened, "department").text() == "Mine"
    opened.records_page().form.rows["department"].saving_asked.emit()  # type: ignore[union-attr]
    again = opened.findChildren(ClashDialog)[-1]
    again.values.choose(1)
    again.keep.setEnabled(True)
    again.keep.click()
    assert opened.session.register.get("A-001")["department"] == "Mine"
    assert foot(opened) == SAVED


def test_letting_theirs_stand_shows_theirs(window: Windows) -> None:
    opened = window()
    dialog = clash(opened)
    dialog.values.choose(0)
    dialog.keep.setEnabled(True)
    dialog.keep.click()
    assert line(opened, "department").text() == "Theirs"
    assert foot(opened) == SAVED
    assert opened.drafts.all() == []


# Another file in its place


def replace(window: MainWindow) -> ReplacedDialog:
    path = window.session.path
    window.session._timer.stop()
    copy = path.with_name("copy.ropa")
    copy.write_bytes(path.read_bytes())
    path.rename(path.with_name("old.ropa"))
    copy.rename(path)
    window.session.poll()
    return window.findChildren(ReplacedDialog)[-1]


def test_a_replaced_file_is_told_of_until_something_is_done(window: Windows) -> None:
    opened = window()
    replace(opened).reject()
    assert opened.displaced.isVisible()
    assert foot(opened) == "Nothing can be saved"
    type_into(opened, "department", "Purchasing")
    choose(opened, "A-002")
    choose(opened, "A-001")
    assert line(opened, "department").text() == "Purchasing"
    assert foot(opened) == "Not saved yet: 1"
    opened.session.poll()
    opened.drafts.write()
    assert [draft["text"] for draft in on_disk()] == ["Purchasing"]
    opened.displaced.asked.emit()
    dialog = opened.findChildren(ReplacedDialog)[-1]
    asked: list[str] = []
    opened.register_asked.connect(asked.append)
    dialog.main.click()
    assert asked == [str(opened.session.path)]
    opened.close()
    assert [draft["text"] for draft in on_disk()] == ["Purchasing"]
    with Register.open(Path(asked[0])) as there:
        assert there.get("A-001")["department"] is None


def test_my_copy_as_a_new_file_takes_what_was_typed_along(window: Windows) -> None:
    opened = window()
    dialog = replace(opened)
    dialog.hide()
    type_into(opened, "department", "Purchasing")
    target = opened.session.path.with_name("mine.ropa")
    dialog._copy_to(target)
    opened.close()
    session = Session.open(target)
    drafts = Drafts(target, session)
    drafts.gather()
    assert [(draft.text, draft.displaced) for draft in drafts.all()] == [("Purchasing", True)]
    session.close()
    session.deleteLater()


def test_the_file_that_comes_back_is_written_to_again(window: Windows) -> None:
    opened = window()
    replace(opened).reject()
    type_into(opened, "department", "Purchasing")
    path = opened.session.path
    path.with_name("old.ropa").replace(path)
    opened.session.poll()
    assert not opened.displaced.isVisible()
    assert foot(opened) == SAVED
    assert opened.session.register.get("A-001")["department"] == "Purchasing"


def test_a_file_written_over_by_an_older_one_is_noticed(window: Windows) -> None:
    opened = window()
    older = opened.session.path.read_bytes()
    type_into(opened, "department", "Sales")
    opened.session._timer.stop()
    opened.session.path.write_bytes(older)  # the same file, with what it held before
    opened.session.poll()
    assert opened.displaced.isVisible()


# Closing


def test_what_was_put_off_touches_no_closed_register(session: Session) -> None:
    looks: list[str] = []
    session.later(session.poll)
    session.later(lambda: looks.append("later"))
    session.close()
    QApplication.processEvents()  # what goes wrong in here fails the test
    assert looks == []


@pytest.mark.parametrize("turns", [0, 1, 2, 3, 5, 8])
def test_a_window_closed_while_it_opens_says_nothing(
    dressed: QApplication, register_file: Callable[[str], Path], turns: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    said: list[str] = []
    monkeypatch.setattr(Application, "_say", lambda _self, sentence: said.append(sentence))
    application = Application(dressed)
    application.first(register_file("smartgroup"))
    first = next(w for w in dressed.topLevelWidgets() if isinstance(w, MainWindow))
    for _turn in range(turns):
        dressed.processEvents()
    first.close()
    for _turn in range(20):
        dressed.processEvents()
    assert said == []
    shown = [w for w in dressed.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()]
    assert shown == []
    application.deleteLater()
