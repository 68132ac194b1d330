"""Files dropped on a page of records."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ropa_app.model.kinds import KINDS
from ropa_app.register.documents import content_of
from ropa_ui.main_window import MainWindow
from ropa_ui.views.records import RecordsPage

HOLDING = [kind for kind, each in KINDS.items() if each.has("documents")]
NOT_HOLDING = ["activity", "party", "transfer", "retention", "system"]


def dragged(files: list[Path]) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return data


def events(data: QMimeData, place: QPointF) -> tuple[QDragEnterEvent, QDropEvent]:
    """Coming to a place with the data, and dropping them there."""
    action, keys = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    buttons = Qt.MouseButton.LeftButton
    entered = QDragEnterEvent(place.toPoint(), action, data, buttons, keys)
    return entered, QDropEvent(place, action, data, buttons, keys)


def drop(page: RecordsPage, files: list[Path]) -> None:
    data = dragged(files)
    entered, dropped = events(data, QPointF(5, 5))
    entered.ignore()
    QApplication.sendEvent(page, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(page, dropped)


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    files = [tmp_path / "avtale æ.pdf", tmp_path / "annex.txt"]
    for number, file in enumerate(files):
        file.write_bytes(b"paper %d" % number)
    return files


@pytest.mark.parametrize("kind", HOLDING)
def test_files_dropped_on_a_record_are_documents_it_links_to(
    window: Callable[..., MainWindow], papers: list[Path], qtbot: QtBot, kind: str
) -> None:
    shown = window(page=kind)
    page = shown.records_page()
    assert page is not None
    page.add()
    record = page.shown_record()
    assert record is not None
    drop(page, papers)
    register = shown.session.present

    def linked() -> list[str]:
        return list(register.by_id(record.id)["documents"] or [])

    qtbot.waitUntil(lambda: len(linked()) == 2)
    names = [register.by_id(each)["name"] for each in linked()]
    assert names == [paper.name for paper in papers]
    assert content_of(register, register.by_id(linked()[1]).ref) == ("annex.txt", b"paper 1")


def test_files_dropped_on_the_documents_are_new_ones_with_their_names(
    window: Callable[..., MainWindow], papers: list[Path], qtbot: QtBot
) -> None:
    shown = window(page="document")
    page = shown.records_page()
    assert page is not None
    before = page.model.count()
    drop(page, papers)
    qtbot.waitUntil(lambda: page.model.count() == before + 2)
    names = {record["name"] for record in shown.session.view.of("document")}
    assert {paper.name for paper in papers} <= names
    qtbot.waitUntil(lambda: shown.toast.text() == "Attached: annex.txt")
    assert shown.toast.isVisible()
    shown.toast._undo.click()
    qtbot.waitUntil(lambda: page.model.count() == before + 1)


@pytest.mark.parametrize("kind", NOT_HOLDING)
def test_where_no_files_belong_it_is_said(
    window: Callable[..., MainWindow], papers: list[Path], qtbot: QtBot, kind: str
) -> None:
    shown = window(page=kind)
    page = shown.records_page()
    assert page is not None
    with qtbot.waitSignal(shown.session.failed) as told:
        drop(page, papers[:1])
    assert "documents" in told.args[0]


@pytest.mark.parametrize("what", ["files", "words"])
def test_only_words_dragged_onto_a_text_field_are_for_the_field(
    window: Callable[..., MainWindow], papers: list[Path], what: str
) -> None:
    shown = window(page="agreement")
    page = shown.records_page()
    assert page is not None
    page.enter_form()
    field = next(each for each in page.form.findChildren(QLineEdit) if each.isVisible())
    data = dragged(papers) if what == "files" else QMimeData()
    if what == "words":
        data.setText("Annex")
    entered, dropped = events(data, QPointF(field.mapTo(shown, field.rect().center())))
    handle = shown.windowHandle()
    before = field.text()
    QApplication.sendEvent(handle, entered)
    assert field.acceptDrops() is (what == "words")
    QApplication.sendEvent(handle, dropped)
    QApplication.processEvents()
    assert (field.text() == before) is (what == "files")
    assert field.acceptDrops()
