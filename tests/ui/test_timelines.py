"""The timelines of agreements and transfers on their forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ropa_app.exports.picture import Dot, Text
from ropa_app.i18n import set_language
from ropa_ui import theme
from ropa_ui.forms.timeline import AgreementTimeline, TimelineBar, TransferTimeline
from ropa_ui.models.session import Session
from ropa_ui.widgets.buttons import Button
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


def test_a_transfer_has_a_line_for_each_safeguard(show: Show) -> None:
    panel = show("T-011")
    (bar,) = bars(panel)
    told = bar.accessibleDescription().splitlines()
    assert len(told) == 4
    for regime in ("GDPR (EU/EEA)", "UK GDPR"):
        assert sum(line.startswith(regime) for line in told) == 2
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


def test_in_a_wide_form_a_bar_asks_for_the_height_of_the_width_it_takes(show: Show) -> None:
    set_language("nb")
    try:
        (bar,) = bars(show("T-012"))
        widest = bar.maximumWidth()
        needed = bar.picture_at(float(widest)).height
        assert needed > bar.picture_at(float(widest + 200)).height
        assert bar.heightForWidth(widest + 200) >= round(needed)
    finally:
        set_language("en")



def fields(panel: Shown) -> list[str]:
    """The fields that are asked for."""
    said: list[str] = []
    panel.field_asked.connect(said.append)
    return said


def dots(bar: TimelineBar) -> dict[str, QPoint]:
    return {item.id: QPoint(round(item.x), round(item.y))
            for item in bar.picture.items if isinstance(item, Dot)}  # fmt: skip


def test_a_day_leads_to_its_field(show: Show, qtbot: QtBot) -> None:
    panel = show("D-002")
    asked = fields(panel)
    (bar,) = bars(panel)
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=dots(bar)["0.2022-05-10"])
    assert asked == ["signed"]
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=dots(bar)["0.2026-11-24"])
    assert asked == ["signed"], "today is no field"


def test_a_day_of_a_safeguard_leads_there_by_keys(show: Show, qtbot: QtBot) -> None:
    panel = show("T-011")
    asked = fields(panel)
    (bar,) = bars(panel)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Return):
        qtbot.keyClick(bar, key)
    record = panel.session.view.by_ref("T-011")  # type: ignore[union-attr]
    first = next(line for line in record.lines("safeguards") if line["from"] == "2019-04-01")
    assert asked == [f"safeguards.{first['id']}.from", f"safeguards.{first['id']}.to"]


def lettered(svg: str) -> str:
    return " ".join(re.findall("<text[^>]*>([^<]*)</text>", svg))


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize("ref", ["D-002", "T-011"])
def test_what_is_copied_is_what_is_seen(show: Show, ref: str, language: str) -> None:
    set_language(language)
    panel = show(ref)
    told: list[str] = []
    panel.session.said.connect(lambda text, _undo: told.append(text))  # type: ignore[union-attr]
    (bar,) = bars(panel)
    bar.copy()
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasImage()
    drawn = lettered(bytes(data.data("image/svg+xml").data()).decode())
    for item in bar.picture.items:
        if isinstance(item, Text):
            assert item.text in drawn
    assert ref in drawn
    assert panel.findChildren(Label)[0].text() in drawn, "how it stands goes with the days"
    assert len(told) == 1
    QGuiApplication.clipboard().clear()


STARTS = {"svg": b"<svg", "png": b"\x89PNG", "pdf": b"%PDF"}


@pytest.mark.parametrize(("kind", "start"), STARTS.items())
def test_it_is_saved_in_the_colours_of_paper(
    show: Show, tmp_path: Path, kind: str, start: bytes
) -> None:
    panel = show("T-011")
    told: list[str] = []
    panel.session.wrote.connect(lambda _words, path: told.append(path))  # type: ignore[union-attr]
    (bar,) = bars(panel)
    made = []
    for name in theme.THEMES:
        theme.set_theme(name)
        file = tmp_path / f"{name}.{kind}"
        bar.save(str(file))
        made.append(file.read_bytes())
        assert told[-1] == str(file)
    assert made[0].startswith(start)
    assert set(made) == {made[0]}


def test_a_folder_that_is_not_there_is_said(show: Show, tmp_path: Path) -> None:
    panel = show("D-002")
    said: list[str] = []
    panel.session.failed.connect(said.append)  # type: ignore[union-attr]
    bars(panel)[0].save(str(tmp_path / "nowhere" / "days.svg"))
    assert len(said) == 1


def menu_of(bar: TimelineBar) -> list[str]:
    (menu,) = (each for each in bar.findChildren(QMenu) if each.isVisible())
    texts = [action.text() for action in menu.actions()]
    menu.close()
    return texts


def test_keys_and_the_button_open_the_same_menu(show: Show, qtbot: QtBot) -> None:
    panel = show("D-002")
    (bar,) = bars(panel)
    qtbot.keyClick(bar, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    by_keys = menu_of(bar)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    (button,) = (each for each in panel.findChildren(Button) if each.isVisible())
    button.click()
    assert menu_of(bar) == by_keys
    assert {"Copy as image", "Save as SVG, PNG or PDF …", "Larger", "Smaller"} <= set(by_keys)


def test_the_days_are_drawn_larger_and_smaller(show: Show, qtbot: QtBot) -> None:
    (bar,) = bars(show("D-002"))
    usual = bar.heightForWidth(bar.width())
    qtbot.keyClick(bar, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    larger = bar.heightForWidth(bar.width())
    assert larger > usual
    qtbot.waitUntil(lambda: bar.height() >= larger)
    qtbot.keyClick(bar, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert bar.heightForWidth(bar.width()) == usual
