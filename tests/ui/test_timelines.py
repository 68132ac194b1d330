"""The timelines of agreements and transfers on their forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ropa_app.i18n import set_language
from ropa_ui import theme
from ropa_ui.forms.timeline import AgreementTimeline, TimelineBar, TransferTimeline
from ropa_ui.models.session import Session
from ropa_ui.widgets.labels import Label

KINDS = {"D": AgreementTimeline, "T": TransferTimeline}
Shown = AgreementTimeline | TransferTimeline
Show = Callable[..., Shown]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROPA_NOW", "2026-11-24T12:00")


@pytest.fixture
def show(
    dressed: QApplication, register_file: Callable[[str], Path]
) -> Iterator[Show]:
    """Shows the timeline of an agreement or transfer of a sample."""
    opened: list[Session] = []
    pages: list[QWidget] = []

    def made(ref: str, name: str = "nordlys") -> Shown:
        session = Session.open(register_file(name))
        opened.append(session)
        page = QWidget()
        pages.append(page)
        panel = KINDS[ref[0]](session, page)
        QVBoxLayout(page).addWidget(panel)
        page.resize(520, 500)
        panel.show_record(session.view.by_ref(ref))
        page.show()
        panel.page, panel.session = page, session
        return panel

    yield made
    for page in pages:
        page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for session in opened:
        session.close()


def said(panel: QWidget) -> str:
    told = [f"{child.accessibleName()} {child.accessibleDescription()}"
            for child in panel.findChildren(QWidget)]  # fmt: skip
    return "\n".join([*told, *(label.text() for label in panel.findChildren(Label))])


def bars(panel: QWidget) -> list[TimelineBar]:
    return [bar for bar in panel.findChildren(TimelineBar) if not bar.isHidden()]


def test_an_agreement_tells_status_reason_and_days(show: Show) -> None:
    panel = show("D-002")
    assert "In force since 10 May 2022." in said(panel)
    (bar,) = bars(panel)
    assert bar.accessibleDescription() == "Signed 10 May 2022, Today 24 Nov 2026"


def test_an_agreement_without_dates_says_so(show: Show) -> None:
    panel = show("D-001", "smartgroup")
    assert bars(panel) == []
    assert "No dates are stated." in said(panel)
    assert "Claimed, not seen" in said(panel)


def test_a_transfer_has_a_bar_for_each_safeguard(show: Show) -> None:
    panel = show("T-011")
    assert len(bars(panel)) == 4
    assert "Ended" in said(panel)


def test_a_transfer_stands_under_each_regime(show: Show) -> None:
    text = said(show("T-022"))
    assert "EU/EEA: safeguard recorded" in text
    assert "UK: safeguard missing" in text


def test_another_record_takes_the_place_of_the_first(show: Show) -> None:
    panel = show("D-002")
    session = panel.session  # type: ignore[union-attr]
    panel.show_record(session.view.by_ref("D-003"))
    QApplication.processEvents()
    assert len(bars(panel)) == 1


@pytest.mark.parametrize("name", theme.THEMES)
@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize("ref", ["D-001", "T-011", "T-035"])
def test_they_are_painted_in_every_theme_and_language(
    show: Show, ref: str, name: str, language: str
) -> None:
    theme.set_theme(name)
    set_language(language)
    panel = show(ref)
    image = panel.grab().toImage()
    inks = {image.pixel(x, y) for x in range(0, image.width(), 5)
            for y in range(0, image.height(), 3)}  # fmt: skip
    assert len(inks) > 5


def test_a_bar_gets_the_height_it_asks_for(show: Show, qtbot: QtBot) -> None:
    for bar in bars(show("T-011")):
        qtbot.waitUntil(lambda bar=bar: bar.height() >= bar.heightForWidth(bar.width()))
