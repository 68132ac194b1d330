"""Work beside the window: what fails is said, what is asked for at once is done in turn."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ropa_app.errors import UserError
from ropa_app.register import listing
from ropa_app.register.documents import content_of
from ropa_app.register.search import WordList
from ropa_app.register.store import Register
from ropa_ui.main_window import MainWindow
from ropa_ui.models import record_model
from ropa_ui.models.session import Session

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


def test_what_is_to_be_written_is_written_before_the_register_is_closed(
    window: Windows, tmp_path: Path
) -> None:
    opened = window()
    refs = [
        opened.session.view.records[each].ref
        for each in attach_to_new(opened.session, tmp_path, 2)
    ]
    opened.close()
    with Register.open(opened.session.path) as register:
        assert [content_of(register, ref)[1] for ref in refs] == [b"paper 0", b"paper 1"]


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
