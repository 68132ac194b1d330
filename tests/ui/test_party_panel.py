"""With the form of a party: agreements by role, the tree of sub-processors, and its uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ropa_app.i18n import LANGUAGES, set_language
from ropa_ui import theme
from ropa_ui.forms.body import TWO_COLUMNS
from ropa_ui.forms.field_row import FieldRow
from ropa_ui.forms.line_table import LineTable
from ropa_ui.forms.panels import Panel
from ropa_ui.forms.party_beside import PartyBeside
from ropa_ui.forms.party_panel import PartyPanel
from ropa_ui.forms.party_tree import BranchTree
from ropa_ui.forms.proposal_box import ProposalBox
from ropa_ui.forms.timeline import TimelineBar
from ropa_ui.forms.used_by import UsedRow
from ropa_ui.main_window import MainWindow
from ropa_ui.models.session import Session
from ropa_ui.reading_order import stops
from ropa_ui.widgets.chip import Chip

Show = Callable[..., Panel]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROPA_NOW", "2026-11-24T12:00")


@pytest.fixture
def show(
    dressed: QApplication, register_file: Callable[[str], Path]
) -> Iterator[Show]:
    """Shows what stands beside the fields of a party of a sample, or above them."""
    opened: list[Session] = []
    pages: list[QWidget] = []

    def made(ref: str, name: str = "nordlys", above: bool = False) -> Panel:
        session = Session.open(register_file(name))
        opened.append(session)
        page = QWidget()
        pages.append(page)
        panel = PartyPanel(session, page) if above else PartyBeside(session, page)
        QVBoxLayout(page).addWidget(panel)
        page.resize(400, 900)
        panel.show_record(session.view.by_ref(ref))
        page.show()
        panel.page, panel.session = page, session  # type: ignore[attr-defined]
        return panel

    yield made
    for page in pages:
        page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for session in opened:
        session.close()


def heard(panel: Panel) -> list[str]:
    """The references of the records that are asked for."""
    said: list[str] = []
    session = panel.session  # type: ignore[attr-defined]
    panel.record_asked.connect(lambda one: said.append(session.get(one).ref))
    return said


def row_of(widget: QWidget | None) -> FieldRow | None:
    while widget is not None and not isinstance(widget, FieldRow):
        widget = widget.parentWidget()
    return widget


def names(panel: Panel) -> list[str]:
    return [child.accessibleName() for child in panel.findChildren(QWidget)]


def tree(panel: Panel) -> BranchTree:
    return next(one for one in panel.findChildren(BranchTree) if not one.isHidden())


def test_each_role_tells_how_its_agreement_stands(show: Show) -> None:
    panel = show("P-007", above=True)
    assert "Independent controller: in force" in names(panel)
    assert "Processor: in force" in names(panel)


def test_a_claimed_agreement_is_not_in_force(show: Show) -> None:
    panel = show("P-010", "smartgroup", above=True)
    assert "Not determined: claimed, not seen" in names(panel)


def test_the_days_of_each_agreement_stand_with_its_state(show: Show) -> None:
    panel = show("P-007", above=True)
    said = [line.accessibleDescription() for line in panel.findChildren(TimelineBar)]
    assert len(said) == len(panel.findChildren(Chip)) == 2
    assert all("Signed 1 Aug 2022, Today 24 Nov 2026" in each for each in said)


def test_the_chip_opens_the_agreement(show: Show) -> None:
    panel = show("P-013", above=True)
    said = heard(panel)
    next(chip for chip in panel.findChildren(Chip) if chip.isVisible()).click()
    assert said == ["D-009"]


def test_the_days_open_the_agreement(show: Show, qtbot: QtBot) -> None:
    panel = show("P-013", above=True)
    said = heard(panel)
    (bar,) = panel.findChildren(TimelineBar)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Return):
        qtbot.keyClick(bar, key)
    assert said == ["D-009"]


def test_the_tree_is_walked_by_keys(show: Show, qtbot: QtBot) -> None:
    panel = show("P-013")
    said = heard(panel)
    shown = tree(panel)
    shown.setCurrentIndex(shown.model().index(0, 0))
    for _step in range(2):
        qtbot.keyClick(shown, Qt.Key.Key_Down)
    qtbot.keyClick(shown, Qt.Key.Key_Return)
    assert shown.currentIndex().data() == "Example Cloud Services Inc."
    assert said == ["P-002"]


def test_readers_hear_country_and_ground_of_each_branch(show: Show) -> None:
    shown = tree(show("P-013"))
    first = shown.model().index(0, 0, shown.model().index(0, 0, QModelIndex()))
    said = first.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Example Mail Delivery Inc.: United States, ")
    assert "proposed" in shown.accessibleDescription()


def test_the_tree_is_as_high_as_it_needs(show: Show) -> None:
    shown = tree(show("P-013"))
    assert shown.height() >= shown.sizeHint().height()


def test_a_party_without_sub_processors_has_no_tree(show: Show) -> None:
    panel = show("P-010", "smartgroup")
    assert panel.findChildren(BranchTree) == []


def test_its_uses_lead_to_the_activities(show: Show, qtbot: QtBot) -> None:
    panel = show("P-013")
    said = heard(panel)
    rows = [row for row in panel.findChildren(UsedRow) if row.isVisible()]
    assert [row.accessibleName() for row in rows] == [
        "A-001 Sale in the web shop, Processor", "A-004 Newsletters, Processor",
        "A-028 Loyalty programme, Processor",
    ]  # fmt: skip
    qtbot.keyClick(rows[1], Qt.Key.Key_Return)
    assert said == ["A-004"]


def boxes(panel: Panel) -> list[ProposalBox]:
    QApplication.processEvents()
    return [box for box in panel.findChildren(ProposalBox) if box.isVisible()]


@pytest.mark.parametrize(
    ("day", "heading", "part"),
    [
        ("2026-11-03", "New sub-processor proposed", "until 4 Nov 2026. If we do not"),
        ("2026-11-04", "New sub-processor proposed", "until 4 Nov 2026; that is today"),
        ("2026-11-05", "New sub-processor not answered", "ended on 4 Nov 2026 without an answer"),
    ],
)
def test_a_new_sub_processor_calls_for_an_answer(
    show: Show, monkeypatch: pytest.MonkeyPatch, day: str, heading: str, part: str
) -> None:
    monkeypatch.setenv("ROPA_NOW", f"{day}T12:00")
    (box,) = boxes(show("P-013"))
    said = box.accessibleName()
    assert said.startswith(f"{heading}: Example Care Philippines Inc., Philippines: Second-line")
    assert part in said
    assert said.endswith("Art. 28(2)")
    assert [button.text() for button in box.buttons] == ["Accept", "Object"]


@pytest.mark.parametrize(("place", "answer"), [(0, "accepted"), (1, "objected")])
def test_an_answer_is_one_step_given_by_keyboard(
    show: Show, qtbot: QtBot, place: int, answer: str
) -> None:
    panel = show("P-013")
    session: Session = panel.session  # type: ignore[attr-defined]
    record = session.view.by_ref("P-013")
    assert record
    session.changed.connect(lambda _ids: panel.show_record(session.view.records[record.id]))
    said: list[tuple[str, bool]] = []
    session.said.connect(lambda text, undoable: said.append((text, undoable)))
    before, count = record["sub_processors"], session.present.head().operation
    button = boxes(panel)[0].buttons[place]
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    line = session.view.records[record.id].lines("sub_processors")[1]
    assert (line["answer"], line["answered_on"]) == (answer, "2026-11-24")
    assert session.present.head().operation == count + 1
    assert [undoable for _text, undoable in said] == [True]
    assert "Example Care Philippines Inc., Philippines" in said[0][0]
    left = [button for box in boxes(panel) for button in box.buttons]
    assert [b.text() for b in left] == ([] if answer == "accepted" else ["Accept after all"])
    assert panel.window().focusWidget() in [*left, tree(panel)]
    session.undo()
    assert session.view.records[record.id]["sub_processors"] == before
    assert len(boxes(panel)) == 1


def test_the_past_is_not_answered(show: Show) -> None:
    panel = show("P-013")
    session: Session = panel.session  # type: ignore[attr-defined]
    assert session.show_past("2026-11-20")
    panel.show_record(session.view.by_ref("P-013"))
    (box,) = boxes(panel)
    assert box.buttons == []


@pytest.mark.parametrize("above", [True, False])
@pytest.mark.parametrize("name", theme.THEMES)
@pytest.mark.parametrize("language", ["en", "nb"])
def test_it_is_painted_in_every_theme_and_language(
    show: Show, name: str, language: str, above: bool
) -> None:
    theme.set_theme(name)
    set_language(language)
    image = show("P-013", above=above).grab().toImage()
    inks = {image.pixel(x, y) for x in range(0, image.width(), 5)
            for y in range(0, image.height(), 3)}  # fmt: skip
    assert len(inks) > 10


@pytest.mark.parametrize(("wide", "two"), [(TWO_COLUMNS, True), (TWO_COLUMNS - 1, False)])
def test_fields_and_what_goes_with_them_stand_side_by_side_where_there_is_room(
    window: Callable[..., MainWindow], wide: int, two: bool
) -> None:
    opened = window("nordlys", "party")
    record = opened.session.register.get("P-013")
    opened.go_to(record.id)
    page = opened.records_page()
    assert page
    body = page.form.findChild(QWidget, "formBody")
    for _time in range(2):  # the room between window and form may change once with it
        QApplication.processEvents()
        opened.resize(opened.width() + wide - body.width(), 900)
    QApplication.processEvents()
    assert body.width() == wide
    (beside,), (above,) = body.findChildren(PartyBeside), body.findChildren(PartyPanel)
    field = page.form.rows["name"]
    right = beside.geometry().left() > field.mapTo(body, field.rect().topRight()).x()
    assert right is two
    if two:
        assert abs(beside.y() - above.y()) < 20
        assert beside.geometry().right() < wide
    else:
        assert above.y() < beside.y() < field.mapTo(body, field.rect().topLeft()).y()


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_a_window_of_the_usual_size_they_stand_side_by_side_and_the_fields_in_line(
    window: Callable[..., MainWindow], language: str
) -> None:
    set_language(language)
    opened = window("nordlys", "party")
    opened.go_to(opened.session.register.get("P-013").id)
    QApplication.processEvents()
    assert (opened.width(), opened.height()) == (1440, 900)
    page = opened.records_page()
    assert page
    (beside,) = page.form.findChildren(PartyBeside)
    rows = [row for row in page.form.rows.values() if not row.wide and row.x() == 0]
    assert beside.x() > rows[0].width()
    assert len({row.editor.x() for row in rows if row.width() == rows[0].width()}) == 1


def test_tables_below_the_columns_take_the_whole_width(
    qtbot: QtBot, window: Callable[..., MainWindow]
) -> None:
    opened = window("nordlys", "party")
    opened.go_to(opened.session.register.get("P-001").id)
    page = opened.records_page()
    assert page
    body = page.form.findChild(QWidget, "formBody")
    (beside,) = body.findChildren(PartyBeside)
    assert body.width() >= TWO_COLUMNS
    tables = [page.form.rows[key] for key in ("places", "sub_processors", "guarantees")]
    qtbot.waitUntil(lambda: not any(  # a table that is cut is lower than what is in it
        table.height() < table.minimumHeight() or row.height() < row.heightForWidth(row.width())
        for row in tables for table in row.findChildren(LineTable)
    ))  # fmt: skip
    assert page.form.rows["name"].width() < beside.x()
    for row in tables:
        assert row.mapTo(body, row.rect().topLeft()).y() > beside.geometry().bottom()
        assert row.mapTo(body, row.rect().topRight()).x() > beside.x() + beside.width() // 2
    visited = [row for stop in stops(body) if (row := row_of(stop)) is not None]
    assert list(dict.fromkeys(visited)) == list(page.form.rows.values())


def test_the_tab_key_reads_the_left_column_before_the_right(
    window: Callable[..., MainWindow]
) -> None:
    opened = window("nordlys", "party")
    opened.resize(1600, 900)
    opened.go_to(opened.session.register.get("P-013").id)
    page = opened.records_page()
    assert page
    QApplication.processEvents()
    rows = page.form.rows
    visited = [one for one in stops(page.form) if isinstance(one, BranchTree | Chip | UsedRow)
               or one is rows["name"].editor.focusProxy()]  # fmt: skip
    kinds = [type(one) for one in visited]
    assert visited.index(rows["name"].editor.focusProxy()) < kinds.index(BranchTree)
    assert kinds.index(Chip) < kinds.index(BranchTree) < kinds.index(UsedRow)
