"""Requests: the day to answer by, extending it, and the document that answers, logged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from ropa_app.register.change import Create, label, new_id
from ropa_app.register.live import LiveView
from ropa_ui import files
from ropa_ui.forms.form import RecordForm
from ropa_ui.forms.request_panel import RequestPanel
from ropa_ui.main_window import MainWindow
from ropa_ui.models.checks import Checks
from ropa_ui.models.derived import derived_text
from ropa_ui.models.record_model import MARK, RecordModel
from ropa_ui.models.session import Session
from ropa_ui.widgets.save_dialog import SaveDialog


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> Iterator[RequestPanel]:
    owner = QWidget()
    qtbot.addWidget(owner)
    yield RequestPanel(session, owner)  # noqa: PT022 - the owner lives as long as the test


@pytest.fixture
def request_of(session: Session) -> Callable[..., str]:
    def make(**values: object) -> str:
        identifier = new_id()
        session.register.apply([Create("request", identifier, {"name": "Copy", **values})],
                               label("add", kind="request", count=1))  # fmt: skip
        session.view.forget()
        return identifier

    return make


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2026-02-27", "To be answered by 28 Feb 2026, tomorrow"),
        ("2026-02-28", "To be answered today"),
        ("2026-03-01", "Should have been answered by 28 Feb 2026"),
    ],
)
def test_a_month_ends_on_its_last_day(
    session: Session, panel: RequestPanel, request_of: Callable[..., str], today: str, words: str
) -> None:
    identifier = request_of(received="2026-01-31", kind="access")
    session.view = LiveView(session.register, date.fromisoformat(today))
    panel.show_record(session.view.records[identifier])
    assert panel._words.text() == words
    assert derived_text(session, identifier, "answer_by") == "28 Feb 2026"


def test_extending_is_one_step_of_two_months(
    session: Session, panel: RequestPanel, request_of: Callable[..., str]
) -> None:
    identifier = request_of(received="2026-11-20", kind="access")
    session.view = LiveView(session.register, date(2026, 11, 22))
    panel.show_record(session.view.records[identifier])
    panel._extend.click()
    assert session.view.records[identifier]["extended_until"] == "2027-02-20"
    session.undo()
    assert session.view.records[identifier]["extended_until"] is None


def test_the_pdf_is_made_for_the_regime_and_logged(
    qtbot: QtBot, session: Session, panel: RequestPanel, request_of: Callable[..., str],
    tmp_path: Path,
) -> None:  # fmt: skip
    identifier = request_of(received="2026-11-20", kind="safeguard-copy", regime="uk")
    panel.show_record(session.view.records[identifier])
    out = tmp_path / "answer.pdf"
    with qtbot.waitSignal(session.changed, timeout=20000):
        panel.write_to(out)
    assert out.read_bytes().startswith(b"%PDF")
    log = session.view.records[identifier]["log"]
    assert isinstance(log, list)
    assert "answer.pdf" in str(log[-1])
    session.undo()
    assert session.view.records[identifier]["log"] is None


def test_the_pdf_is_logged_where_it_was_asked_for(
    qtbot: QtBot, session: Session, panel: RequestPanel, request_of: Callable[..., str],
    tmp_path: Path,
) -> None:  # fmt: skip
    asked = request_of(received="2026-11-20", kind="safeguard-copy", regime="eu")
    other = request_of(received="2026-11-21", kind="access")
    panel.show_record(session.view.records[asked])
    with qtbot.waitSignal(session.changed, timeout=20000):
        panel.write_to(tmp_path / "answer.pdf")
        panel.show_record(session.view.records[other])
    assert "answer.pdf" in str(session.view.records[asked]["log"])
    assert session.view.records[other]["log"] is None


def save_dialog(panel: RequestPanel) -> tuple[SaveDialog, QLineEdit]:
    """The dialog that asks where the PDF goes, and where its name is typed."""
    panel._make.click()
    dialog = panel.findChild(SaveDialog)
    assert isinstance(dialog, SaveDialog)
    line = dialog.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    return dialog, line


@pytest.mark.parametrize(
    ("typed", "named"),
    [("answer", "answer.pdf"), ("answer.pdf", "answer.pdf"), ("answer.PDF", "answer.PDF"),
     ("answer 2.1", "answer 2.1.pdf"), ("answer.xlsx", "answer.xlsx.pdf")],
)  # fmt: skip
def test_a_name_typed_for_the_pdf_ends_as_pdfs_do(
    session: Session, panel: RequestPanel, request_of: Callable[..., str], tmp_path: Path,
    typed: str, named: str, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    written: list[Path] = []
    monkeypatch.setattr(panel, "write_to", written.append)
    panel.show_record(session.view.records[request_of(kind="safeguard-copy")])
    dialog, line = save_dialog(panel)
    dialog.setDirectory(str(tmp_path))
    line.setText(typed)
    dialog.accept()
    assert written == [tmp_path / named]


@pytest.mark.parametrize("replace", [True, False])
def test_it_is_asked_whether_the_pdf_of_the_final_name_is_replaced(
    session: Session, panel: RequestPanel, request_of: Callable[..., str], tmp_path: Path,
    replace: bool, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    written: list[Path] = []
    asked: list[str] = []

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(box.text())
        kind = QMessageBox.StandardButton.Yes if replace else QMessageBox.StandardButton.No
        box.button(kind).click()

    monkeypatch.setattr(panel, "write_to", written.append)
    (tmp_path / "answer 2.1.pdf").write_bytes(b"before")
    panel.show_record(session.view.records[request_of(kind="safeguard-copy")])
    dialog, line = save_dialog(panel)
    dialog.setDirectory(str(tmp_path))
    line.setText("answer 2.1")
    QTimer.singleShot(0, answer)
    dialog.accept()
    assert len(asked) == 1
    assert "answer 2.1.pdf" in asked[0]
    assert bool(written) == replace
    dialog.reject()


def begun(opened: MainWindow, values: dict[str, str]) -> tuple[RequestPanel, RecordForm]:
    """A new request of these values in the form, and what the form says of answering it."""
    identifier = opened.session.create("request", values)
    assert identifier
    opened.go_to(identifier)
    page = opened.records_page()
    assert page
    panel = page.form.findChild(RequestPanel)
    assert isinstance(panel, RequestPanel)
    return panel, page.form


def test_the_notice_of_the_pdf_opens_it(
    qtbot: QtBot, window: Callable[..., MainWindow], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    shown: list[Path] = []
    monkeypatch.setattr(files, "show", shown.append)
    opened = window("smartgroup", "request")
    panel, _form = begun(opened, {"name": "Copy", "kind": "safeguard-copy"})
    head = opened.session.register.head().operation
    with qtbot.waitSignal(opened.session.wrote, timeout=20000):
        panel.write_to(tmp_path / "answer.pdf")
    assert "answer.pdf" in opened.toast.text()
    (button,) = (b for b in opened.toast.findChildren(QAbstractButton) if b.text() == "Open")
    button.click()
    assert shown == [tmp_path / "answer.pdf"]
    assert opened.session.register.head().operation == head + 1, "nothing was undone"
    opened.session.said.emit("Changed", True)
    assert not any(b.text() == "Open" for b in opened.toast.findChildren(QAbstractButton))


def test_extending_leads_to_the_reason(
    window: Callable[..., MainWindow]
) -> None:
    opened = window("smartgroup", "request")
    opened.activateWindow()
    values = {"name": "Copy", "kind": "access", "received": date.today().isoformat()}
    panel, form = begun(opened, values)
    panel._extend.click()
    assert form.rows["extension_reason"].isAncestorOf(QApplication.focusWidget())


def test_an_overdue_request_is_marked_until_it_is_answered(session: Session) -> None:
    identifier = session.create("request", {"name": "Access", "received": "2020-01-15"})
    assert identifier is not None
    model = RecordModel(session, Checks(session), "request", session)
    index = model.index(model.row_of(session.view.records[identifier]), 0)
    assert index.data(MARK) == "overdue"
    assert ", overdue, " in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert session.set_value(identifier, "answered", None, "2020-01-20")
    assert index.data(MARK) == ""
