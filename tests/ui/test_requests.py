"""Requests: the day to answer by, extending it, and the document that answers, logged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ropa_app.register.change import Create, label, new_id
from ropa_app.register.live import LiveView
from ropa_ui.forms.request_panel import RequestPanel
from ropa_ui.main_window import MainWindow
from ropa_ui.models.checks import Checks
from ropa_ui.models.derived import derived_text
from ropa_ui.models.record_model import MARK, RecordModel
from ropa_ui.models.session import Session


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


def test_extending_leads_to_the_reason(
    window: Callable[..., MainWindow]
) -> None:
    opened = window("smartgroup", "request")
    opened.activateWindow()
    values = {"name": "Copy", "kind": "access", "received": date.today().isoformat()}
    identifier = opened.session.create("request", values)
    assert identifier
    opened.go_to(identifier)
    page = opened.records_page()
    assert page
    panel = page.form.findChild(RequestPanel)
    assert isinstance(panel, RequestPanel)
    panel._extend.click()
    assert page.form.rows["extension_reason"].isAncestorOf(QApplication.focusWidget())


def test_an_overdue_request_is_marked_until_it_is_answered(session: Session) -> None:
    identifier = session.create("request", {"name": "Access", "received": "2020-01-15"})
    assert identifier is not None
    model = RecordModel(session, Checks(session), "request", session)
    index = model.index(model.row_of(session.view.records[identifier]), 0)
    assert index.data(MARK) == "overdue"
    assert ", overdue, " in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert session.set_value(identifier, "answered", None, "2020-01-20")
    assert index.data(MARK) == ""
