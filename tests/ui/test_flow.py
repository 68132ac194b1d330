"""The flow on the screen: what it explains, where it leads, zoom, and what is given away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ropa_app.exports.picture import Box, Picture, Shape, Text
from ropa_app.exports.picture_icons import GRID, icon
from ropa_app.i18n import set_language
from ropa_app.rules.objections import answered
from ropa_ui import theme
from ropa_ui.forms.flow import FlowView
from ropa_ui.glyphs import glyph
from ropa_ui.models.checks import Checks
from ropa_ui.models.session import Session
from ropa_ui.widgets.picture_paint import Parts, image_of, paper_ink, shape_of

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
Show = Callable[..., FlowView]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROPA_NOW", "2026-11-24T12:00")


@pytest.fixture
def show(
    dressed: QApplication, register_file: Callable[[str], Path]
) -> Iterator[Show]:
    """Shows the flow of a record of a sample on a page of 1000 × 760."""
    opened: list[Session] = []
    pages: list[QWidget] = []

    def made(ref: str, name: str = "nordlys", *, visible: bool = True) -> FlowView:
        session = Session.open(register_file(name))
        opened.append(session)
        page = QWidget()
        pages.append(page)
        view = FlowView(session, Checks(session), page)
        column = QVBoxLayout(page)
        column.addWidget(view)
        page.resize(1000, 760)
        record = session.view.by_ref(ref)
        assert record is not None
        view.page, view.session = page, session  # type: ignore[attr-defined]
        if visible:
            page.show()
        view.show_record(record)
        return view

    yield made
    for page in pages:
        page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for session in opened:
        for checks in session.findChildren(Checks):
            checks.stop()  # what was put right would be checked while the next test runs
        session.close()


def node_named(view: FlowView, name: str) -> str:
    return next(node.id for node in view.canvas.flow.nodes if node.name == name)


def heard(view: FlowView) -> list[str]:
    said: list[str] = []
    view.record_asked.connect(said.append)
    return said


def ref(view: FlowView, identifier: str) -> str:
    record = view.session.get(identifier)  # type: ignore[attr-defined]
    return record.ref if record else ""


def test_it_is_made_only_when_it_is_seen(show: Show) -> None:
    view = show("A-003", visible=False)
    assert view.canvas.flow.nodes == ()
    view.page.show()  # type: ignore[attr-defined]
    assert view.canvas.flow.title == "Customer support"


def test_the_bar_first_tells_what_stands_worst(show: Show) -> None:
    view = show("A-003")
    assert view.bar.head.text() == "Example Support India Pvt Ltd in India"
    assert view.bar.button.text() == "Open T-022"
    said = heard(view)
    view.bar.button.click()
    assert [ref(view, one) for one in said] == ["T-022"]


def places(view: FlowView) -> list[tuple[str, str]]:
    """The references and paths of the places that are asked for."""
    said: list[tuple[str, str]] = []
    view.place_asked.connect(lambda record, path: said.append((ref(view, record), path)))
    return said


def test_the_bar_offers_the_remedy_of_the_finding(show: Show, qtbot: QtBot) -> None:
    view = show("A-003")
    said = places(view)
    assert view.bar.remedy.text() == "See the safeguards"
    qtbot.keyClick(view.bar.remedy, Qt.Key.Key_Return)
    assert said == [("T-022", "safeguards")]
    assert view.bar.remedy.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_alt_enter_in_the_picture_does_what_the_button_does(show: Show, qtbot: QtBot) -> None:
    view = show("A-003")
    said = places(view)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert said == [("T-022", "safeguards")]


@pytest.mark.parametrize("name", ["Iceland", "Eksempel Tele AS"])
def test_nothing_is_offered_where_nothing_is_amiss(show: Show, name: str) -> None:
    view = show("A-003")
    found = [node.id for node in view.canvas.flow.nodes if node.name == name]
    for identifier in found:
        view.canvas.point_at(identifier)
        assert view.bar.shown == identifier
        assert view.bar.remedy.isHidden()


@pytest.mark.parametrize(
    ("name", "reference", "field", "label", "article"),
    [
        ("nordlys", "A-017", "recipients.r1.agreement", "See agreement", "Art. 28(3)"),
        ("smartgroup", "A-002", "recipients.visa.role", "Answer", ""),
    ],
)
def test_a_finding_about_a_recipient_is_told_and_answered(
    show: Show, name: str, reference: str, field: str, label: str, article: str
) -> None:
    view = show(reference, name)
    said = places(view)
    activity = view.session.view.by_ref(reference)  # type: ignore[attr-defined]
    row = next(row for row in view._checks.of_now(activity.id) if row.field == field)
    line = field.split(".")[1]
    party = next(one["party"] for one in activity.lines("recipients") if one["id"] == line)
    view.canvas.point_at(f"recipient:{party}")
    assert view.bar.remedy.text() == label
    told = view.bar.accessibleDescription()
    assert row.sentence in told
    assert article in told
    assert row.sentence in view.bar.remedy.accessibleDescription()
    view.bar.remedy.click()
    assert said == [(reference, field)]


def test_a_proposed_sub_processor_waits_for_a_decision(show: Show) -> None:
    view = show("P-013")
    session: Session = view.session  # type: ignore[attr-defined]
    said = places(view)
    view.canvas.point_at(node_named(view, "Example Care Philippines Inc."))
    assert view.bar.remedy.text() == "Decide"
    view.bar.remedy.click()
    assert said == [("P-013", "sub_processors.u2.answer")]
    party = session.view.by_ref("P-013")
    assert party
    given = answered(party.items("sub_processors"), "u2", "accepted", session.view.day)
    session.set_value(party.id, "sub_processors", party["sub_processors"], given)
    view.show_record(session.view.records[party.id])
    view.canvas.point_at("")
    assert view.bar.remedy.isHidden()


def test_a_transfer_nobody_has_recorded_is_recorded_as_one_step(show: Show) -> None:
    view = show("A-004")
    session: Session = view.session  # type: ignore[attr-defined]
    assert view.bar.head.text() == "Example Care Philippines Inc. in Philippines"
    assert view.bar.remedy.text() == "Record the transfer"
    asked: list[tuple[str, str]] = []
    view.place_asked.connect(lambda record, path: asked.append((record, path)))
    before = session.present.head().operation
    view.bar.remedy.click()
    ((made, path),) = asked
    transfer = session.view.records[made]
    assert path == "safeguards"
    assert session.present.head().operation == before + 1
    values = {key: transfer[key] for key in ("exporter", "importer", "destination", "activities")}
    by_ref = {one: session.view.by_ref(one).id for one in ("P-013", "P-023", "A-004")}  # type: ignore[union-attr]
    assert values == {
        "exporter": by_ref["P-013"], "importer": by_ref["P-023"], "destination": "PH",
        "activities": [by_ref["A-004"]],
    }  # fmt: skip
    session.undo()
    assert session.view.records[made].deleted


def test_the_past_has_no_remedies(show: Show) -> None:
    view = show("A-003")
    session: Session = view.session  # type: ignore[attr-defined]
    assert session.show_past("2026-11-20")
    view.show_record(session.view.by_ref("A-003"))
    assert view.bar.shown
    assert view.bar.remedy.isHidden()


def test_another_record_has_a_bar_of_its_own(show: Show) -> None:
    view = show("A-003")
    view.show_record(view.session.view.by_ref("A-004"))  # type: ignore[attr-defined]
    assert "India" not in view.bar.head.text()


def test_a_click_opens_the_record_of_a_node(show: Show, qtbot: QtBot) -> None:
    view = show("A-003")
    said = heard(view)
    for name, expected in (("Example Support Desk ApS", "P-059"), ("India", "T-022")):
        place = view.canvas.box_of(node_named(view, name)).center()
        qtbot.mouseClick(view.canvas, LEFT, pos=place)
        assert ref(view, said.pop()) == expected


def test_a_node_of_the_record_itself_opens_nothing(show: Show, qtbot: QtBot) -> None:
    view = show("A-003")
    said = heard(view)
    place = view.canvas.box_of(node_named(view, "Insurers")).center()
    qtbot.mouseClick(view.canvas, LEFT, pos=place)
    assert said == []


def test_arrow_keys_explain_and_enter_opens(show: Show, qtbot: QtBot) -> None:
    view = show("A-003")
    said = heard(view)
    view.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    told = [view.bar.head.text()]
    for _step in range(3):
        qtbot.keyClick(view.canvas, Qt.Key.Key_Right)
        told.append(view.bar.head.text())
    assert len(set(told)) == len(told)
    view.canvas.point_at(node_named(view, "Eksempel Tele AS"))
    assert view.bar.head.text() == "Eksempel Tele AS"
    qtbot.keyClick(view.canvas, Qt.Key.Key_Return)
    assert [ref(view, one) for one in said] == ["P-041"]


def test_the_bar_keeps_what_was_pointed_at_last(show: Show) -> None:
    view = show("A-003")
    view.canvas.point_at(node_named(view, "Eksempel Tele AS"))
    view.canvas.point_at("")
    assert view.bar.head.text() == "Eksempel Tele AS"


def test_readers_hear_the_whole_flow(show: Show) -> None:
    view = show("A-003")
    heard_text = view.canvas.accessibleDescription()
    assert "Example Support India Pvt Ltd in India." in heard_text
    assert "the circle is not drawn" in heard_text
    assert view.canvas.accessibleName()


def test_zoom_by_keys_and_wheel(show: Show, qtbot: QtBot) -> None:
    view = show("A-003")
    usual = view.canvas.width()
    qtbot.keyClick(view.canvas, Qt.Key.Key_Plus, CTRL)
    assert view.canvas.zoom > 1
    assert view.canvas.width() > usual
    qtbot.keyClick(view.canvas, Qt.Key.Key_0, CTRL)
    assert view.canvas.width() == usual
    at = QPointF(20, 20)
    wheel = QWheelEvent(
        at, view.canvas.mapToGlobal(at), QPoint(), QPoint(0, -240), Qt.MouseButton.NoButton,
        CTRL, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.canvas, wheel)
    assert view.canvas.zoom < 1
    for _step in range(30):
        qtbot.keyClick(view.canvas, Qt.Key.Key_Minus, CTRL)
    assert view.canvas.zoom == 0.5


def test_the_legend_has_a_word_for_each_state(show: Show) -> None:
    view = show("A-003")
    words = {child.accessibleName() for child in view.findChildren(QWidget)}
    assert {"safeguard missing", "inside the area", "to be confirmed"} <= words


def test_a_copied_picture_is_an_image_and_svg(show: Show) -> None:
    view = show("A-003")
    view.canvas.copy()
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasImage()
    drawn = bytes(data.data("image/svg+xml").data()).decode()
    said = " ".join(re.findall("<text[^>]*>([^<]*)</text>", drawn))
    assert "Example Support India Pvt Ltd" in said, "on as many lines as it needs"
    QGuiApplication.clipboard().clear()


STARTS = {"svg": b"<svg", "png": b"\x89PNG", "pdf": b"%PDF"}


@pytest.mark.parametrize(("kind", "start"), STARTS.items())
def test_it_is_saved_as(show: Show, tmp_path: Path, kind: str, start: bytes) -> None:
    view = show("P-013")
    file = tmp_path / f"flow.{kind}"
    told: list[tuple[str, str]] = []
    view.session.wrote.connect(lambda *words: told.append(words))  # type: ignore[attr-defined]
    view.canvas.save(str(file))
    assert told == [(f"Saved as flow.{kind}", str(file))]
    assert file.read_bytes().startswith(start)


def test_a_folder_that_is_not_there_is_said(show: Show, tmp_path: Path) -> None:
    view = show("P-013")
    said: list[str] = []
    view.session.failed.connect(said.append)  # type: ignore[attr-defined]
    view.session.wrote.connect(lambda *words: said.extend(words))  # type: ignore[attr-defined]
    view.canvas.save(str(tmp_path / "nowhere" / "flow.svg"))
    assert len(said) == 1


def test_an_edit_shows_after_the_record_is_shown_again(show: Show) -> None:
    view = show("A-002", "smartgroup")
    session = view.session  # type: ignore[attr-defined]
    visa = session.view.by_ref("P-001")
    session.set_value(visa.id, "country", visa["country"], "IE")
    view.show_record(session.view.by_ref("A-002"))
    assert any(node.name == "Ireland" for node in view.canvas.flow.nodes)


@pytest.mark.parametrize("name", theme.THEMES)
@pytest.mark.parametrize("language", ["en", "nb"])
def test_it_is_painted_in_every_theme_and_language(show: Show, name: str, language: str) -> None:
    theme.set_theme(name)
    set_language(language)
    view = show("A-001")
    image = view.grab().toImage()
    assert image.pixelColor(4, 4) == theme.colour("paper")
    inks = {image.pixel(x, y) for x in range(0, image.width(), 7)
            for y in range(0, image.height(), 7)}  # fmt: skip
    assert len(inks) > 10


def test_a_tall_picture_begins_at_the_company(show: Show) -> None:
    view = show("A-001")
    company = view.canvas.box_of(node_named(view, "Nordlys Handel AS (fictitious)"))
    assert not view.canvas.visibleRegion().intersected(company).isEmpty()


# New primitives, drawn by Qt


def drawn(*items: Box | Shape | Text) -> QImage:
    return image_of(Picture(80, 60, items), 1.0)


def test_boxes_and_curves_are_painted_and_hit() -> None:
    box = Box(10, 10, 40, 20, 4, "ok", "bad", 2, "box")
    curve = Shape(([[10, 40], [30, 40, 30, 50, 60, 50], [60, 58], [10, 58]],), "rev", id="band")
    image = drawn(box, curve)
    assert image.pixelColor(30, 20) == paper_ink("ok")
    assert image.pixelColor(12, 55) == paper_ink("rev")
    parts = Parts(Picture(80, 60, (box, curve)), {"box": "Box", "band": "Band"})
    assert parts.at(QPointF(30, 20)) == "box"
    assert parts.at(QPointF(12, 55)) == "band"
    assert parts.at(QPointF(70, 5)) == ""


def test_a_text_with_room_is_cut(dressed: QApplication) -> None:
    text = Text(0, 20, "A name that is much too long", 12, room=50)
    assert shape_of(text).boundingRect().width() <= 51


def test_icons_of_pictures_are_those_of_the_window(dressed: QApplication) -> None:
    """resources/fonts/outlines.json is made from the icon font."""
    for name in ("users", "check-circle-fill", "hard-drives"):
        made = shape_of(icon(name, 0, 0, GRID)).boundingRect()
        expected = glyph(name).boundingRect()
        for one, other in zip(made.getRect(), expected.getRect(), strict=True):
            assert one == pytest.approx(other, abs=0.2)


def test_saving_begins_beside_the_register_with_a_name(show: Show) -> None:
    view = show("A-003")
    view.canvas.ask_where(("SVG",))
    dialog = view.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    (chosen,) = dialog.selectedFiles()
    assert chosen == str(view._session.path.parent / "customer-support.svg")
    dialog.reject()


def test_the_heads_of_the_columns_stay_in_sight(show: Show) -> None:
    view = show("A-001")
    bar = view._area.verticalScrollBar()
    bar.setValue(0)
    assert not view.heads.isVisible()
    assert bar.maximum() > 100
    bar.setValue(100)
    assert view.heads.isVisible()
    assert view.heads.pos().y() == 0
