"""Every form and page fits in a small window, and at twice the text size on a small screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from ropa_app.i18n import set_language
from ropa_app.model.kinds import KINDS
from ropa_ui import languages, text_size
from ropa_ui.forms.lines import LinesEditor
from ropa_ui.forms.route import StageBox
from ropa_ui.forms.safeguards import SafeguardsEditor
from ropa_ui.forms.state_menu import StateLine
from ropa_ui.kinds import LABELS
from ropa_ui.main_window import MainWindow
from ropa_ui.theme import font
from ropa_ui.views.about import AboutDialog
from ropa_ui.views.export_layouts import parted
from ropa_ui.views.keyboard import KeyboardDialog
from ropa_ui.views.new_register import NewRegisterDialog
from ropa_ui.views.records import RecordsPage
from ropa_ui.widgets.labels import Label

Windows = Callable[..., MainWindow]
FORMS = [kind for kind in LABELS if kind in KINDS]
#: Size of the window and of the text in it, in per cent.
ROOMS = ((900, 600, 100), (1280, 720, 200))


@pytest.fixture(params=ROOMS, ids=lambda room: f"{room[0]}x{room[1]}-{room[2]}%")
def room(request: pytest.FixtureRequest, dressed: QApplication) -> tuple[int, int]:
    wide, high, size = request.param
    text_size.choose(size)
    return wide, high


@pytest.fixture(params=["en", "nb"])
def language(request: pytest.FixtureRequest, dressed: QApplication) -> Iterator[str]:
    languages.speak(request.param)
    yield request.param
    languages.speak("en")
    set_language("en")


def sideways(area: QScrollArea) -> list[str]:
    """What of the inside of an area stands out of sight at the side."""
    inside, found = area.widget(), []
    seen = QRect(0, 0, area.viewport().width(), 1)
    for widget in inside.findChildren(QWidget):
        if not widget.isVisibleTo(inside):
            continue
        left = widget.mapTo(inside, QPoint(0, 0)).x()
        if left < seen.left() - 1 or left + widget.width() > seen.width() + 1:
            name = f"{type(widget).__name__} {widget.accessibleName()!r}"
            found.append(f"{name}: {left} to {left + widget.width()} in {seen.width()}")
    return found


def form_area(page: RecordsPage) -> QScrollArea:
    areas = page.form.findChildren(QScrollArea)
    return next(area for area in areas if area.widget().objectName() == "formBody")


def test_every_form_fits(window: Windows, room: tuple[int, int], language: str) -> None:
    """One window for all kinds, as somebody sees them: a form is made when its page is opened."""
    opened = window("nordlys", FORMS[0])
    opened.resize(*room)
    found = [f"{kind}: {each}" for kind in FORMS for each in lacks(opened, kind, room)]
    assert "\n".join(found) == ""


def lacks(opened: MainWindow, kind: str, room: tuple[int, int]) -> Iterator[str]:
    """What of a form does not fit."""
    page = opened.open_page(kind)
    assert isinstance(page, RecordsPage)
    if page.form.record is None:
        page.add()
    page.enter_form()
    for row in page.form.rows.values():
        if isinstance(row.editor, LinesEditor) and row.editor.value():
            row.editor.toggle(0)
    QTest.qWait(30)
    assert (opened.width(), opened.height()) == room
    assert page.form.isVisible()
    area = form_area(page)
    # What turns to stand upright asks for less room only then, and what is around it follows.
    for _round in range(20):
        if area.widget().width() <= area.viewport().width():
            break
        QTest.qWait(30)
    else:
        yield from widest(area.widget())
    yield from sideways(area)


def pages(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Every page that is no list of records, and the dialogs that hold much."""
    for key in ("overview", "checks", "history", "export", "settings"):
        window.open_page(key)
        yield key, window
    window.open_page("activity")
    window.actions_by_key["table"].trigger()
    yield "table", window
    window.actions_by_key["table"].trigger()
    for dialog in (
        KeyboardDialog(window.actions_by_key, window),
        NewRegisterDialog(window, window.session.path.parent),
        AboutDialog(window),
    ):
        dialog.open()
        yield type(dialog).__name__, dialog
        dialog.close()


def test_pages_and_dialogs_fit(
    window: Windows, room: tuple[int, int], language: str
) -> None:
    """What is wider or higher than its window can be scrolled to; nothing asks for more."""
    opened = window("nordlys", "overview")
    opened.resize(*room)
    found = []
    for name, shown in pages(opened):
        QTest.qWait(60)
        least = opened.minimumSizeHint() if shown is opened else shown.minimumSizeHint()
        if least.width() > room[0] or least.height() > room[1]:
            found.append(f"{name} asks for {least.width()} × {least.height()}")
        for area in shown.findChildren(QScrollArea):
            never = area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            over = area.widget().width() - area.viewport().width() if area.widget() else 0
            if never and over > 1 and area.isVisibleTo(shown):
                found.append(f"{name}: {over} out of sight at the side")
    assert found == []


@pytest.mark.parametrize("key", ["overview", "checks", "history", "export", "settings"])
def test_pages_fit_across_the_smallest_window_at_twice_the_text_size(
    window: Windows, language: str, key: str
) -> None:
    text_size.choose(200)
    opened = window("nordlys", "overview")
    opened.resize(900, 600)
    page = opened.open_page(key)
    QTest.qWait(60)
    assert page.minimumSizeHint().width() <= page.width()


@pytest.mark.parametrize("size", [(900, 600), (1280, 720), (1440, 900)])
def test_settings_do_not_scroll_sideways_at_twice_the_text_size(
    window: Windows, language: str, size: tuple[int, int]
) -> None:
    text_size.choose(200)
    opened = window("nordlys", "settings")
    opened.resize(*size)
    page = opened.open_page("settings")
    QTest.qWait(60)
    (area,) = page.findChildren(QScrollArea)
    assert area.horizontalScrollBar().maximum() == 0
    assert sideways(area) == []


def test_a_new_register_is_asked_for_in_900_px_at_twice_the_text_size(
    window: Windows, language: str
) -> None:
    text_size.choose(200)
    dialog = NewRegisterDialog(window(), None)
    dialog.open()
    dialog.questions.businesses["web-shop"].setChecked(True)
    QTest.qWait(250)
    dialog.setMinimumSize(0, 0)
    dialog.resize(900, 600)
    QTest.qWait(30)
    assert dialog.minimumSizeHint().width() <= 900
    assert dialog.list.isVisible()
    assert dialog.list.height() >= 80
    assert dialog.list.width() >= 600
    ends = dialog.create_button.mapTo(dialog, dialog.create_button.rect().topRight()).x()
    assert ends < 900
    dialog.close()


@pytest.mark.parametrize("size", text_size.SIZES)
def test_the_smallest_window_has_room_at_each_text_size(
    window: Windows, dressed: QApplication, size: int
) -> None:
    """Nothing of the toolbar is cut off in a window made as small as it goes."""
    text_size.choose(size)
    opened = window("nordlys", "activity")
    opened.resize(900, 600)
    QTest.qWait(30)
    bar = opened.toolbar
    ends = bar.export.mapTo(opened, QPoint(bar.export.width(), 0)).x()
    assert ends <= opened.width()
    assert bar.minimumSizeHint().width() <= bar.width()


def test_the_stages_of_a_route_stand_below_one_another_when_narrow(
    window: Windows, room: tuple[int, int]
) -> None:
    opened = window("nordlys", "transfer")
    opened.resize(*room)
    page = opened.open_page("transfer")
    assert isinstance(page, RecordsPage)
    page.enter_form()
    QTest.qWait(30)
    boxes = page.form.findChildren(StageBox)
    assert len({box.x() for box in boxes}) == 1
    assert [box.y() for box in boxes] == sorted({box.y() for box in boxes})


def widest(inside: QWidget) -> list[str]:
    """The widgets that ask for the most room, for the message of a test that fails."""
    found = [
        (child.minimumSizeHint().width(), f"{type(child).__name__} {child.accessibleName()!r}")
        for child in inside.findChildren(QWidget)
        if child.isVisibleTo(inside)
    ]
    return [f"{wide} {name}" for wide, name in sorted(found, reverse=True)[:12]]


@pytest.mark.parametrize("room", [90, 160, 400])
def test_no_word_of_a_title_of_a_layout_is_wider_than_its_line(
    dressed: QApplication, room: int
) -> None:
    title = "Protokoll over behandlingsaktiviteter (Datatilsynets begreper)"
    shown = parted(title, room)
    assert shown.replace("\u200b", "") == title
    pieces = shown.replace("\u200b", " ").split(" ")
    assert max(map(QFontMetrics(font("name")).horizontalAdvance, pieces)) <= room


def test_both_regimes_of_a_transfer_stand_side_by_side_at_1280(
    window: Windows, language: str
) -> None:
    opened = window("nordlys", "transfer")
    opened.resize(1280, 720)
    opened.go_to(opened.session.register.get("T-022").id, "safeguards")
    QTest.qWait(60)
    page = opened.records_page()
    editor = page.form.rows["safeguards"].editor
    assert isinstance(editor, SafeguardsEditor)
    first, second = editor.columns.values()
    assert first.y() == second.y()
    assert second.x() > first.x() + first.width()
    area = form_area(page)
    assert area.horizontalScrollBar().maximum() == 0
    assert sideways(area) == []


def test_a_question_in_a_form_of_two_columns_has_room(window: Windows, language: str) -> None:
    opened = window("smartgroup", "party")
    opened.resize(1440, 900)
    opened.go_to(opened.session.register.get("P-010").id)
    QTest.qWait(60)
    row = opened.records_page().form.rows["country"]
    (state,) = row.findChildren(StateLine)
    assert state.line.width() >= 300
    assert state.line.mapTo(row, QPoint(0, 0)).x() < 10, "below its label, over the whole width"
    label = next(each for each in row.findChildren(Label) if each.text() in ("Country", "Land"))
    assert state.mapTo(row, QPoint(0, 0)).y() >= label.y() + label.height()
