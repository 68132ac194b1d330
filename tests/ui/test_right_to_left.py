"""Where text runs from right to left, everything painted by hand stands in the mirror."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QTreeView, QWidget

from ropa_ui import icons
from ropa_ui.forms.party_tree import BranchTree
from ropa_ui.forms.route import StageBox
from ropa_ui.main_window import MainWindow
from ropa_ui.views.export_layouts import LayoutList
from ropa_ui.views.new_register import NewRegisterDialog
from ropa_ui.views.palette import Palette
from ropa_ui.widgets.big_row import BigRow
from ropa_ui.widgets.diff_value import NewValue
from ropa_ui.widgets.mirroring import runs_right_to_left

Windows = Callable[..., MainWindow]
Places = dict[str, QRect]


@pytest.fixture
def direction(qapp: QApplication) -> Iterator[Callable[[Qt.LayoutDirection], None]]:
    yield qapp.setLayoutDirection
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def places(widget: QWidget, monkeypatch: pytest.MonkeyPatch) -> Places:
    """Where each text is painted."""
    found: Places = {}
    paint = QPainter.drawText

    def draw(painter: QPainter, *given: Any) -> Any:
        text = next(each for each in given if isinstance(each, str))
        if isinstance(given[0], QRect):
            found[text] = QRect(given[0])
        return paint(painter, *given)

    with monkeypatch.context() as patched:
        patched.setattr(QPainter, "drawText", draw)
        widget.grab()
    return found


def navigation(window: MainWindow) -> QWidget:
    return window.navigation.pages.viewport()


def register_block(window: MainWindow) -> QWidget:
    return window.navigation.block


def palette_field(window: MainWindow) -> QWidget:
    return window.toolbar.findChildren(QWidget)[0]


def palette(window: MainWindow) -> QWidget:
    made = Palette(window)
    made.open_over(window)
    return made.findChildren(QListView)[0].viewport()


def layouts(window: MainWindow) -> QWidget:
    window.open_page("export")
    return window.stack.currentWidget().findChildren(LayoutList)[0].viewport()


def checks(window: MainWindow) -> QWidget:
    window.checks.start()
    for _tenth in range(300):
        if window.checks.figures is not None:
            break
        QTest.qWait(100)
    window.open_page("checks")
    return window.stack.currentWidget().findChildren(QTreeView)[0].viewport()


def records(window: MainWindow) -> QWidget:
    window.open_page("request")
    page = window.records_page()
    assert page
    return page.pane.list.viewport()


def steps(window: MainWindow) -> QWidget:
    window.open_page("history")
    return window.stack.currentWidget().findChildren(QListView)[0].viewport()


def proposals(window: MainWindow) -> QWidget:
    dialog = NewRegisterDialog(window, window.session.path.parent)
    dialog.questions.businesses["web-shop"].setChecked(True)
    dialog.open()
    dialog.list.resize(420, 300)
    QTest.qWait(200)
    return dialog.list.viewport()


def tree(window: MainWindow) -> QWidget:
    window.go_to(window.session.register.get("P-013").id)
    page = window.records_page()
    assert page
    QTest.qWait(200)
    shown = [each for each in page.form.findChildren(BranchTree) if each.isVisible()]
    return shown[0].viewport()


def stage(window: MainWindow) -> QWidget:
    window.go_to(window.session.register.get("T-012").id)
    page = window.records_page()
    assert page
    QTest.qWait(200)
    return next(each for each in page.form.findChildren(StageBox) if each.isVisible())


def big_row(window: MainWindow) -> QWidget:
    made = BigRow("folder-open", "Open", "A file on this computer", window, fact="3")
    made.resize(400, 56)
    made.show()
    return made


@pytest.mark.parametrize(
    "part",
    [navigation, register_block, palette_field, palette, layouts, checks, records, steps,
     proposals, tree, big_row],
    ids=lambda part: part.__name__,
)  # fmt: skip
def test_texts_stand_in_the_mirror(
    window: Windows, direction: Callable[[Qt.LayoutDirection], None],
    monkeypatch: pytest.MonkeyPatch, part: Callable[[MainWindow], QWidget],
) -> None:  # fmt: skip
    widget = part(window("nordlys" if part in (records, tree) else "smartgroup", "overview"))
    QTest.qWait(50)
    before, wide = places(widget, monkeypatch), widget.width()
    assert before
    direction(Qt.LayoutDirection.RightToLeft)
    QTest.qWait(50)
    after = places(widget, monkeypatch)
    assert widget.width() == wide
    for text, place in before.items():
        assert abs(after[text].left() - (wide - 1 - place.right())) <= 1, text


def test_both_lines_of_a_stage_begin_beside_its_icon(
    window: Windows, direction: Callable[[Qt.LayoutDirection], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    widget = stage(window("nordlys", "overview"))
    for way in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        direction(way)
        QTest.qWait(50)
        name, detail = places(widget, monkeypatch).values()
        assert (name.left(), name.right()) == (detail.left(), detail.right())


@pytest.mark.parametrize(("name", "turns"), [("arrow-right", True), ("caret-right", True),
                                             ("check", False), ("export", False)])  # fmt: skip
def test_arrows_lead_the_way_of_reading(
    dressed: QApplication, direction: Callable[[Qt.LayoutDirection], None], name: str, turns: bool
) -> None:
    before = icons.pixmap(name, "text", 32).toImage()
    direction(Qt.LayoutDirection.RightToLeft)
    after = icons.pixmap(name, "text", 32).toImage()
    assert (after == before) is not turns


@pytest.mark.parametrize(
    ("text", "backwards"),
    [("Nettbutikk", False), ("البيع", True), ("«12» שלום", True), ("12", False), ("", False)],
)
def test_the_first_letter_tells_the_direction(text: str, backwards: bool) -> None:
    assert runs_right_to_left(text) is backwards


def test_the_ground_of_a_value_lies_under_its_text(dressed: QApplication) -> None:
    value = NewValue("البيع")
    value.resize(300, 24)
    picture = value.grab().toImage()
    assert picture.pixelColor(5, 12) != picture.pixelColor(295, 12)
    assert picture.pixelColor(150, 12) == picture.pixelColor(5, 12)
