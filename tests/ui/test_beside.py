"""Work beside the window: what fails is said, what is asked for at once is done in turn."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ropa_app.errors import UserError
from ropa_app.register import column, listing, past
from ropa_app.register.documents import content_of
from ropa_app.register.search import WordList
from ropa_app.register.store import Register
from ropa_ui.main_window import MainWindow
from ropa_ui.models import record_model
from ropa_ui.models.beside import Beside
from ropa_ui.models.session import Session
from ropa_ui.views import waiting
from ropa_ui.widgets.busy_dialog import BusyDialog

Windows = Callable[..., MainWindow]


@pytest.fixture
def failures(session: Session) -> list[str]:
    said: list[str] = []
    session.failed.connect(said.append)
    return said


def failing(*_given: Any) -> Any:
    raise UserError("The disk does not let it be read.")


def test_a_list_that_cannot_be_read_is_said_and_read_at_the_next_change(
    window: Windows, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_model, "MANY", 3)  # lists of more are read beside the window
    opened = window()
    page = opened.records_page()
    assert page is not None
    whole, records = page.model.rowCount(), opened.session.view.of("activity")
    monkeypatch.setattr(record_model, "PAGE", 1)  # so that there is more than was found at once
    found = listing.numbers
    with monkeypatch.context() as broken:
        broken.setattr(listing, "numbers", failing)
        QTest.keyClicks(page.pane.field, str(records[0]["name"]))
        qtbot.waitUntil(lambda: "does not let it be read" in opened.toast.text())
        assert opened.toast.isVisible()
        assert page.model.rowCount() > 0  # what was found at once stays
    assert listing.numbers is found
    with qtbot.waitSignal(page.model.layoutChanged):
        other = records[1]
        assert opened.session.set_value(other.id, "note", other["note"], "Still working")
    QTest.keyClick(page.pane.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.model.rowCount() == whole)


def test_words_that_cannot_be_read_are_said_and_read_at_the_next_change(
    session: Session, failures: list[str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(WordList, "read", failing)
        assert session.search.ids("brevo", "party")
        qtbot.waitUntil(lambda: bool(failures))
    assert "does not let it be read" in failures[0]
    with qtbot.waitSignal(session.words_read):
        session.create("party", {"name": "Zyxbehandler AS"})
    assert session.search.ids("xbehand", "party")
    assert len(failures) == 1


def test_a_damaged_row_is_blank_and_said_once(window: Windows) -> None:
    opened = window()
    page = opened.records_page()
    assert page is not None
    said: list[str] = []
    opened.session.failed.connect(said.append)
    damage(opened.session.path, "A-003")
    opened.session._timer.stop()
    for _time in range(3):
        page.model.refresh()
        opened.grab()
        QApplication.processEvents()
    texts = [page.model.index(row, 0).data() for row in range(page.model.count())]
    assert texts.count(None) == 1
    assert texts.index(None) == 2
    assert len([each for each in said if "A-003" in each]) == 1
    type_first(opened)


def damage(path: Path, reference: str) -> None:
    """Another program leaves in a record what no register can hold."""
    other = sqlite3.connect(path)
    number = int(reference.split("-")[1])
    other.execute("UPDATE activity SET name = '{' WHERE number = ?", (number,))
    other.commit()
    other.close()


def type_first(window: MainWindow) -> None:
    """The window goes on: another record can be changed."""
    record = window.session.register.get("A-001")
    assert window.session.set_value(record.id, "note", record["note"], "Still working")


def test_pieces_of_work_asked_for_at_once_are_done_in_turn(
    session: Session, failures: list[str], tmp_path: Path, qtbot: QtBot
) -> None:
    told: list[bool] = []
    session.busy.connect(told.append)
    documents = attach_to_new(session, tmp_path, 3)
    order: list[int] = []
    for number in range(2):
        session.work_beside(lambda _register, n=number: n, order.append)
    qtbot.waitUntil(lambda: False in told, timeout=20_000)
    assert told == [True, False]
    assert order == [0, 1]
    assert failures == []
    held = [content_of(session.register, session.view.records[each].ref) for each in documents]
    assert [content for _name, content in held] == [b"paper 0", b"paper 1", b"paper 2"]
    assert session._timer.isActive()


def test_a_piece_that_fails_does_not_keep_the_next_one_waiting(
    session: Session, failures: list[str], qtbot: QtBot
) -> None:
    told: list[bool] = []
    session.busy.connect(told.append)
    done: list[int] = []
    session.work_beside(failing, done.append)
    session.work_beside(lambda _register: 2, done.append)
    qtbot.waitUntil(lambda: False in told)
    assert (len(failures), done) == (1, [2])


def test_a_closing_window_says_that_it_still_writes_and_goes_when_all_is_written(
    window: Windows, tmp_path: Path, qtbot: QtBot
) -> None:
    opened = window()
    documents = attach_to_new(opened.session, tmp_path, 2)
    refs = [opened.session.view.records[each].ref for each in documents]
    opened.close()
    assert opened.isVisible()
    dialog = opened.findChild(BusyDialog)
    assert dialog is not None
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: opened.closed, timeout=20_000)
    with Register.open(opened.session.path) as register:
        assert [content_of(register, ref)[1] for ref in refs] == [b"paper 0", b"paper 1"]


def test_a_closing_window_can_be_kept_open_and_is_where_the_file_was_not_taken(
    window: Windows, tmp_path: Path, qtbot: QtBot
) -> None:
    opened = window()
    ended: list[bool] = []
    opened.session.busy.connect(ended.append)
    attach_to_new(opened.session, tmp_path, 1)
    opened.close()
    dialog = opened.findChild(BusyDialog)
    assert dialog is not None
    dialog.cancel.click()
    qtbot.waitUntil(lambda: False in ended, timeout=20_000)
    ended.clear()
    (tmp_path / "empty.pdf").write_bytes(b"")
    opened.session.attach(None, tmp_path / "empty.pdf")
    opened.close()
    qtbot.waitUntil(lambda: False in ended, timeout=20_000)
    QApplication.processEvents()
    assert not opened.closed
    assert "is empty" in opened.toast.text()


def test_reading_the_past_says_so_and_can_be_cancelled(
    window: Windows, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, let_go = window(), Event()
    monkeypatch.setattr(waiting, "PATIENCE", 0)
    monkeypatch.setattr(past, "register_as_at", lambda *_asked: let_go.wait(20) and failing())
    opened.session.going_back.go("2026-01-05")
    qtbot.waitUntil(lambda: opened.findChild(BusyDialog) is not None)
    assert opened.progress.is_busy()
    dialog = opened.findChild(BusyDialog)
    assert dialog is not None
    assert "5 Jan 2026" in dialog.sentence.text()
    dialog.cancel.click()
    let_go.set()
    assert not opened.progress.is_busy()
    assert opened.session.as_at is None
    opened.session.going_back.wait()
    QApplication.processEvents()
    assert "does not let it be read" not in opened.toast.text()


def test_a_question_no_longer_asked_is_broken_off(session: Session, qtbot: QtBot) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    beside, begun, heard = Beside(session), Event(), list[object]()

    def never_ends(register: Register) -> object:
        begun.set()
        return register.connection.execute(endless).fetchone()

    beside.answered.connect(heard.append)
    beside.failed.connect(heard.append)
    beside.ask(session.path, never_ends)
    qtbot.waitUntil(begun.is_set)
    with qtbot.waitSignal(beside.ended):
        beside.ask(session.path, lambda _register: "asked last")
    assert heard == ["asked last"]


def test_the_first_page_stands_with_the_letter_and_the_count_follows(
    window: Windows, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_model, "MANY", 3)
    monkeypatch.setattr(record_model, "PAGE", 2)
    opened = window()
    page = opened.records_page()
    assert page is not None
    letter = str(opened.session.view.of("activity")[0]["name"])[0]
    QTest.keyClick(page.pane.field, letter)
    assert page.model.count() == 2
    assert page.pane._number.text() == "2+"
    qtbot.waitUntil(lambda: page.model.is_whole)
    whole = listing.numbers(
        opened.session.register, page.model.query, opened.session.words, opened.session.search
    )
    assert page.model.count() == len(whole) > 2
    assert page.pane._number.text() == str(len(whole))


def test_what_is_found_in_time_is_all_there_is(
    window: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_model, "MANY", 3)
    opened = window()
    page = opened.records_page()
    assert page is not None
    QTest.keyClicks(page.pane.field, "zyxzyx")
    assert page.model.count() == 0
    assert page.model.is_whole
    assert page.pane.rows() is not page.pane.list


def test_the_rows_stay_until_it_is_known_that_nothing_is_found(
    window: Windows, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_model, "MANY", 3)
    monkeypatch.setattr(record_model, "BRIEFLY", -1.0)  # no time at all
    monkeypatch.setattr(column, "_STEPS", 1)
    opened = window()
    page = opened.records_page()
    assert page is not None
    before = page.model.count()
    QTest.keyClicks(page.pane.field, "zyxzyx")
    assert page.model.count() == before > 0
    qtbot.waitUntil(lambda: page.model.count() == 0)


def attach_to_new(session: Session, folder: Path, count: int) -> list[str]:
    """Attach a file to each of so many new documents, all at once."""
    made = []
    for number in range(count):
        paper = folder / f"{number}.pdf"
        paper.write_bytes(f"paper {number}".encode())
        document = session.create("document", {"name": f"Paper {number}"})
        assert document is not None
        made.append((document, paper))
    for document, paper in made:
        session.attach(document, paper)
    return [document for document, _paper in made]
