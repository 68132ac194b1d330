"""The small widgets: what they do with keys and mouse, and what readers hear."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QAccessible, QImage, QPainter
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ropa_app.i18n import set_language
from ropa_ui import theme
from ropa_ui.widgets import toast as toast_module
from ropa_ui.widgets.bars import stack
from ropa_ui.widgets.buttons import (
    icon_button,
    plain_button,
    primary_button,
    remedy_button,
    text_button,
)
from ropa_ui.widgets.chip import Chip
from ropa_ui.widgets.empty import EmptyState
from ropa_ui.widgets.finding import FindingBar
from ropa_ui.widgets.flow_layout import FlowLayout
from ropa_ui.widgets.focus_ring import FocusRing
from ropa_ui.widgets.hairline import Hairline
from ropa_ui.widgets.labels import ElidedLabel, Label
from ropa_ui.widgets.progress_line import ProgressLine
from ropa_ui.widgets.section import SectionHeader
from ropa_ui.widgets.segmented import Segmented
from ropa_ui.widgets.toast import Toast

ANSWERS = [("yes", "Yes", "ok"), ("no", "No", "bad"), ("unclear", "Unclear", "rev")]
MARKUP = "<b>R&D</b> <img src='file:///x'>"
LONG = "The window for objections closes on 30 November, and nobody has answered yet. " * 3
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp)
    theme.set_theme("light")
    yield
    theme.set_theme("light")


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """A page on the screen, 600 × 400, with a column to put things into."""
    made = QWidget()
    QVBoxLayout(made)
    made.resize(600, 400)
    qtbot.addWidget(made)
    return made


def put(page: QWidget, widget: QWidget) -> QWidget:
    page.layout().addWidget(widget)
    page.show()
    page.activateWindow()
    QApplication.processEvents()
    return widget


def readers_name(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def rings(page: QWidget) -> list[FocusRing]:
    return [ring for ring in page.findChildren(FocusRing) if ring.isVisible()]


def test_what_users_wrote_is_shown_as_it_stands(page: QWidget) -> None:
    label = put(page, Label(MARKUP))
    assert label.textFormat() == Qt.TextFormat.PlainText
    cut = put(page, ElidedLabel(MARKUP * 20))
    cut.setFixedWidth(80)
    QApplication.processEvents()
    assert "<b>" not in cut.toolTip()
    assert cut.text() == readers_name(cut) == MARKUP * 20


def test_a_label_that_fits_needs_no_tooltip(page: QWidget) -> None:
    label = put(page, ElidedLabel("Orders"))
    assert label.toolTip() == ""
    label.setFixedWidth(10)
    QApplication.processEvents()
    assert label.toolTip() == "Orders"


def test_a_label_without_room_shows_its_short_form_and_keeps_the_whole(page: QWidget) -> None:
    whole, short = "Regulation (EU) 2016/679", "Regulation"
    label = put(page, ElidedLabel(whole, short=short))
    alike = put(page, ElidedLabel(short))
    room = label.fontMetrics().horizontalAdvance(short) + 4
    for each in (label, alike):
        each.setFixedWidth(room)
    QApplication.processEvents()
    assert label.grab().toImage() == alike.grab().toImage()
    assert label.toolTip() == readers_name(label) == whole
    label.setFixedWidth(label.fontMetrics().horizontalAdvance(whole) + 4)
    QApplication.processEvents()
    assert label.toolTip() == ""


def test_a_label_takes_another_role(page: QWidget) -> None:
    label = put(page, Label("Orders"))
    label.set_role("bad")
    assert label.palette().windowText().color() == theme.colour("bad")


@pytest.mark.parametrize("make", [primary_button, plain_button, text_button, remedy_button])
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_button_is_pressed_by_key(qtbot: QtBot, page: QWidget, make, key: Qt.Key) -> None:
    button = put(page, make("Draft & send"))
    assert readers_name(button) == "Draft & send"
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, key)


def test_heights_are_those_of_the_look(page: QWidget) -> None:
    heights = {
        30: plain_button("Export", "export"),
        26: remedy_button("Pick a law"),
        28: icon_button("x", "Close"),
        22: Chip("Visa"),
        32: SectionHeader("Recipients", "10", "Add recipient"),
        34: FindingBar("error", "Not met.", "Art. 28(3)(h)", "Draft it"),
        1: Hairline(),
        2: ProgressLine(),
    }
    for widget in heights.values():
        put(page, widget)
    page.layout().addStretch(1)
    page.layout().activate()
    assert {widget.height() for widget in heights.values()} == set(heights)
    assert all(widget.height() == height for height, widget in heights.items())


def test_an_icon_button_says_what_it_does(page: QWidget) -> None:
    button = put(page, icon_button("arrow-u-up-left", "Undo"))
    assert (readers_name(button), button.toolTip()) == ("Undo", "Undo")
    assert button.width() == button.height() == 28


def test_the_ring_shows_who_has_the_keyboard(qtbot: QtBot, page: QWidget) -> None:
    first, second = put(page, plain_button("One")), put(page, plain_button("Two"))
    first.setFocus(Qt.FocusReason.TabFocusReason)
    assert len(rings(page)) == 1
    area = QRect(first.mapTo(page, QPoint(0, 0)), first.size())
    ring = rings(page)[0]
    assert QRect(ring.mapTo(page, QPoint(0, 0)), ring.size()).contains(area)
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    assert len(rings(page)) == 1
    second.clearFocus()
    assert not rings(page)


def test_a_click_draws_no_ring(qtbot: QtBot, page: QWidget) -> None:
    put(page, plain_button("One"))
    button = put(page, plain_button("Two"))
    qtbot.mouseClick(button, LEFT)
    assert button.hasFocus()
    assert not rings(page)


def test_a_widget_deleted_with_focus_takes_its_ring_along(qtbot: QtBot, page: QWidget) -> None:
    button = put(page, plain_button("One"))
    button.setFocus(Qt.FocusReason.TabFocusReason)
    button.deleteLater()
    qtbot.waitUntil(lambda: not page.findChildren(FocusRing))


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_chip_opens_by_key(qtbot: QtBot, page: QWidget, key: Qt.Key) -> None:
    chip = put(page, Chip("Visa"))
    with qtbot.waitSignal(chip.opened), qtbot.assertNotEmitted(chip.removed):
        qtbot.keyClick(chip, key)


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_a_chip_is_removed_by_key_if_it_may_be(qtbot: QtBot, page: QWidget, key: Qt.Key) -> None:
    fixed, loose = put(page, Chip("Visa")), put(page, Chip("Klarna", removable=True))
    with qtbot.assertNotEmitted(fixed.removed):
        qtbot.keyClick(fixed, key)
    with qtbot.waitSignal(loose.removed), qtbot.assertNotEmitted(loose.opened):
        qtbot.keyClick(loose, key)


def test_a_click_opens_a_chip_and_on_the_cross_removes_it(qtbot: QtBot, page: QWidget) -> None:
    chip = put(page, Chip("Klarna", "buildings", removable=True))
    chip.resize(chip.sizeHint())
    with qtbot.waitSignal(chip.opened), qtbot.assertNotEmitted(chip.removed):
        qtbot.mouseClick(chip, LEFT, pos=QPoint(20, 11))
    with qtbot.waitSignal(chip.removed), qtbot.assertNotEmitted(chip.opened):
        qtbot.mouseClick(chip, LEFT, pos=QPoint(chip.width() - 13, 11))


def test_a_chip_says_what_its_keys_do(page: QWidget) -> None:
    set_language("nb")
    chip = put(page, Chip(MARKUP, removable=True))
    assert readers_name(chip) == MARKUP
    assert chip.accessibleDescription() == "Enter åpner, Delete fjerner"


def test_chips_go_on_in_the_next_line(page: QWidget) -> None:
    holder = QWidget()
    flow = FlowLayout(holder)
    chips = [Chip(f"Recipient {number}") for number in range(12)]
    for chip in chips:
        flow.addWidget(chip)
    put(page, holder)
    holder.setFixedWidth(300)
    page.layout().activate()
    QApplication.processEvents()
    lines = {chip.y() for chip in chips}
    assert len(lines) > 2
    assert all(chip.geometry().right() < 300 for chip in chips)
    assert holder.height() >= max(lines) + chips[0].height()
    assert flow.takeAt(0).widget() is chips[0]
    assert flow.count() == 11


def test_what_is_lower_than_its_line_stands_in_its_middle(page: QWidget) -> None:
    holder = QWidget()
    flow = FlowLayout(holder)
    low, high = QWidget(), QWidget()
    low.setFixedSize(40, 10)
    high.setFixedSize(40, 30)
    flow.addWidget(low)
    flow.addWidget(high)
    put(page, holder)
    QApplication.processEvents()
    assert low.geometry().center().y() == pytest.approx(high.geometry().center().y(), abs=1)


def test_a_chip_wider_than_the_room_is_cut(page: QWidget) -> None:
    holder = QWidget()
    flow = FlowLayout(holder)
    chip = Chip(LONG)
    flow.addWidget(chip)
    put(page, holder)
    QApplication.processEvents()
    assert chip.width() <= holder.width()
    assert chip.toolTip() == LONG


@pytest.mark.parametrize(
    ("severity", "word"), [("error", "Error"), ("warning", "Warning"), ("info", "Info")]
)
def test_a_finding_is_heard_whole(page: QWidget, severity: str, word: str) -> None:
    bar = put(page, FindingBar(severity, "The law is not named.", "Art. 6(3)", "Pick a law"))
    assert bar.accessibleName() == f"{word}: The law is not named. Art. 6(3)"
    assert bar.button.accessibleDescription() == bar.accessibleName()


def test_a_finding_grows_with_its_sentence(page: QWidget) -> None:
    short, long = FindingBar("error", "Not met."), FindingBar("error", LONG, "Art. 28(2)", "Object")
    put(page, short)
    put(page, long)
    page.layout().addStretch(1)
    page.layout().activate()
    assert short.height() == 34
    assert long.height() > 50
    page.resize(400, 400)
    QApplication.processEvents()
    assert long.height() > 70


def test_the_remedy_is_taken(qtbot: QtBot, page: QWidget) -> None:
    bar = put(page, FindingBar("warning", "The law is not named.", remedy_text="Pick a law"))
    with qtbot.waitSignal(bar.remedied):
        qtbot.keyClick(bar.button, Qt.Key.Key_Return)
    assert FindingBar("info", "Nothing to do.", parent=page).button is None


@pytest.fixture
def notice(page: QWidget) -> Toast:
    page.show()
    return Toast(page)


def buttons_of(notice: Toast) -> dict[str, QWidget]:
    found = notice.findChildren(toast_module.Button)
    return {one.accessibleName(): one for one in found if one.isVisible()}


def test_a_toast_is_there_and_goes(
    qtbot: QtBot, page: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toast_module, "SHOWN_FOR", 60)
    put(page, plain_button("Elsewhere")).setFocus()
    notice = Toast(page)
    notice.show_message("Restored: retention of A-012")
    assert notice.isVisible()
    assert readers_name(notice) == "Restored: retention of A-012"
    assert page.rect().contains(notice.geometry().center())
    qtbot.waitUntil(lambda: not notice.isVisible())


def test_a_toast_with_the_keyboard_on_it_stays(
    qtbot: QtBot, page: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toast_module, "SHOWN_FOR", 60)
    other = put(page, plain_button("Elsewhere"))
    notice = Toast(page)
    notice.show_message("Deleted", "Undo", "Ctrl+Z")
    buttons_of(notice)["Undo"].setFocus()
    qtbot.wait(150)
    assert notice.isVisible()
    other.setFocus()
    qtbot.waitUntil(lambda: not notice.isVisible())


def test_undo_in_the_toast(qtbot: QtBot, notice: Toast) -> None:
    notice.show_message("Deleted", "Undo", "Ctrl+Z")
    with qtbot.waitSignal(notice.undo):
        qtbot.keyClick(buttons_of(notice)["Undo"], Qt.Key.Key_Return)
    assert not notice.isVisible()


def test_esc_puts_the_notice_away(qtbot: QtBot, notice: Toast) -> None:
    notice.show_message("Deleted", "Undo")
    qtbot.keyClick(buttons_of(notice)["Undo"], Qt.Key.Key_Escape)
    assert not notice.isVisible()


def test_one_at_a_time(notice: Toast) -> None:
    notice.show_message("Deleted", "Undo", "Ctrl+Z")
    notice.show_message("Checked")
    assert notice.text() == "Checked"
    assert set(buttons_of(notice)) == {"Close the notice"}


def test_a_toast_never_reaches_beyond_its_page(page: QWidget, notice: Toast) -> None:
    notice.show_message(LONG, "Undo", "Ctrl+Z")
    assert notice.width() <= page.width()
    page.resize(420, 300)
    assert page.rect().contains(notice.geometry().center())
    assert notice.width() <= 420


def test_the_progress_line(page: QWidget) -> None:
    line = put(page, ProgressLine())
    line.set_fraction(1.7)
    assert line.value() == line.maximum()
    line.set_busy()
    assert line.is_busy()
    line.stop()
    assert not line.is_busy()
    assert line.value() == 0
    assert readers_name(line) == "Progress"


def test_an_empty_state_says_what_to_do(qtbot: QtBot, page: QWidget) -> None:
    state = put(page, EmptyState("No transfers yet", LONG, "Add a transfer", "What counts?"))
    with qtbot.waitSignal(state.primary):
        qtbot.keyClick(state.primary_button, Qt.Key.Key_Return)
    with qtbot.waitSignal(state.secondary):
        qtbot.mouseClick(state.link, LEFT)
    assert state.sentence.height() >= state.sentence.heightForWidth(state.sentence.width())
    state.set_texts("Nothing found", "Take a filter away.")
    assert readers_name(state) == "Nothing found"


@pytest.mark.parametrize(("key", "value"), [("y", "yes"), ("N", "no"), ("u", "unclear")])
def test_an_answer_by_its_first_letter(qtbot: QtBot, page: QWidget, key: str, value: str) -> None:
    answer = put(page, Segmented(ANSWERS))
    answer.setFocus()
    with qtbot.waitSignal(answer.chosen) as told:
        qtbot.keyClicks(QApplication.focusWidget(), key)
    assert told.args == [value]
    assert answer.value() == value


def test_answers_by_arrows_and_taken_back(qtbot: QtBot, page: QWidget) -> None:
    answer = put(page, Segmented(ANSWERS))
    assert answer.value() == ""
    answer.set_value("yes")
    answer.setFocus()
    told: list[str] = []
    answer.chosen.connect(told.append)
    keys = (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left)
    for key in (*keys, Qt.Key.Key_Delete, Qt.Key.Key_Delete):
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert told == ["no", "unclear", "yes", "unclear", ""]
    assert answer.value() == ""


def test_an_answer_by_mouse(qtbot: QtBot, page: QWidget) -> None:
    answer = put(page, Segmented(ANSWERS))
    no = answer.childAt(answer.width() // 2, 13)
    with qtbot.waitSignal(answer.chosen) as told:
        qtbot.mouseClick(no, LEFT)
    assert told.args == ["no"]
    with qtbot.assertNotEmitted(answer.chosen):
        answer.set_value("yes")


def test_answers_are_one_stop_and_named(qtbot: QtBot, page: QWidget) -> None:
    before, answer = put(page, plain_button("Before")), put(page, Segmented(ANSWERS))
    after = put(page, plain_button("After"))
    answer.setAccessibleName("Documented instructions")
    answer.set_value("no")
    before.setFocus()
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    at = QApplication.focusWidget()
    assert readers_name(at) == "No"
    assert at.accessibleDescription() == "Documented instructions"
    heard = QAccessible.queryAccessibleInterface(at)
    assert heard.role() == QAccessible.Role.RadioButton
    assert heard.state().checked
    qtbot.keyClick(at, Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_answers_are_as_large_as_in_the_look(page: QWidget) -> None:
    answer = put(page, Segmented(ANSWERS))
    assert (answer.width(), answer.height()) == (168, 26)


@pytest.mark.parametrize("wide", [*range(45), 200])
def test_a_bar_has_parts_wherever_there_is_room(wide: int) -> None:
    picture = QImage(220, 20, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    stack(painter, QRectF(0, 0, wide, 12), [("accent", 3), ("bad", 1), ("warn", 900)])
    painter.end()
    painted = any(picture.pixelColor(x, 6).alpha() for x in range(picture.width()))
    assert painted == (wide > 0)


def test_a_section_folds_by_key_and_mouse(qtbot: QtBot, page: QWidget) -> None:
    header = put(page, SectionHeader("Recipients", "10"))
    told: list[bool] = []
    header.folded.connect(told.append)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right):
        qtbot.keyClick(header.title, key)
    qtbot.mouseClick(header.title, LEFT)
    assert told == [True, False, True, False, True]
    assert readers_name(header.title) == "Recipients 10"
    assert header.title.accessibleDescription() == "Section is folded"


def test_the_action_of_a_section(qtbot: QtBot, page: QWidget) -> None:
    header = put(page, SectionHeader("Recipients", action_text="Add recipient"))
    with qtbot.waitSignal(header.action), qtbot.assertNotEmitted(header.folded):
        qtbot.mouseClick(header.action_button, LEFT)
    header.set_note("11")
    assert readers_name(header.title) == "Recipients 11"


@pytest.mark.parametrize("name", theme.THEMES)
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_everything_paints_in_every_theme_and_size(page: QWidget, name: str, scale: float) -> None:
    answer = Segmented(ANSWERS)
    answer.set_value("no")
    widgets = [answer, Chip(LONG, "rows", removable=True), FindingBar("error", LONG, "Art. 5")]
    widgets += [SectionHeader("Recipients", "10", "Add"), ProgressLine(), Hairline()]
    for widget in widgets:
        put(page, widget)
    before = page.grab().toImage()
    theme.set_scale(scale)
    theme.set_theme(name)
    try:
        after = page.grab().toImage()
    finally:
        theme.set_scale(1.0)
    assert (before == after) == (name == "light" and scale == 1.0)
