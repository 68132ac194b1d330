"""Every page in the pseudo-language: all of it goes through the catalogue, and there is room.

What is shown is read from the widgets and overheard where it is painted.
"""

from __future__ import annotations

import json
import platform
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QLocale, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QFontMetrics, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ropa_app.exports.layout import layouts
from ropa_app.i18n import PSEUDO, language_of_the_session
from ropa_app.model.kinds import KINDS
from ropa_app.pseudo import pseudo
from ropa_ui import languages
from ropa_ui.forms.field_history import FieldHistory
from ropa_ui.forms.state_menu import StateMenu
from ropa_ui.kinds import NAVIGATION
from ropa_ui.languages import OWN_NAMES
from ropa_ui.main_window import MainWindow
from ropa_ui.models.drafts import Drafts
from ropa_ui.views.about import AboutDialog
from ropa_ui.views.as_at import AsAtMenu
from ropa_ui.views.bulk import BulkDialog
from ropa_ui.views.drafts import DraftsDialog
from ropa_ui.views.export import ExportPage
from ropa_ui.views.filters import filter_menu
from ropa_ui.views.new_register import NewRegisterDialog
from ropa_ui.views.palette import Palette
from ropa_ui.views.registers import RegistersMenu
from ropa_ui.views.welcome import WelcomeWindow
from ropa_ui.widgets.flow_canvas import FlowCanvas
from ropa_ui.widgets.labels import ElidedLabel
from ropa_ui.widgets.running_text import RunningText
from ropa_ui.widgets.section import _Fold

SIZES = ((1280, 720), (900, 600))
# Not said in any language, and why.
NAMES = {
    *OWN_NAMES.values(),  # languages call themselves what they call themselves
    "ropa", "Ctrl", "Shift", "Alt", "Enter", "Return", "Esc", "Del", "Backspace", "Space", "Tab",
    "Left", "Right", "Up", "Down", "Meta",  # keys
    "PySide6", "sqlite-utils", "openpyxl", "reportlab", "pypdfium2", "platformdirs", "click",
}  # fmt: skip
SIGNS = re.compile(
    r"<[^>]*>|&\w+;|https?://\S+|\S+@\S+|(?<!\S)/\S+|"  # markup, links, paths
    r"[0-9a-f]{12}|SHA-256|"  # hashes
    r"DPA 2018 Sch\. 1(?: para\. \d+)?|\b(?:SVG|PNG|PDF|SQLite|PySide|Python|Qt)\b"
)
SHORTENING = {_Fold}  # what shortens its own text
HALF_TYPED = "Sale in the web"
DOCUMENTS = ("SheetPreview", "PagePreview")  # shown in the language the document is written in


class Overheard:
    """What is painted by hand, and what of it is cut off."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.texts: list[str] = []
        self.cut: list[str] = []
        self._shortened: set[str] = set()
        paint, shorten = QPainter.drawText, QFontMetrics.elidedText

        def draw(painter: QPainter, *given: Any) -> Any:
            self._hear(painter, given)
            return paint(painter, *given)

        def elide(metrics: QFontMetrics, text: str, *given: Any) -> str:
            short = shorten(metrics, text, *given)
            self.texts.append(text)
            if short != text:
                self._shortened.add(short)
            return short

        monkeypatch.setattr(QPainter, "drawText", draw)
        monkeypatch.setattr(QFontMetrics, "elidedText", elide)

    def _hear(self, painter: QPainter, given: tuple[Any, ...]) -> None:
        text = next((each for each in given if isinstance(each, str)), "")
        if not text or text in self._shortened:
            return
        self.texts.append(text)
        place = given[0]
        flags = given[1] if len(given) > 2 and not isinstance(given[1], str) else 0
        wrapped = int(getattr(flags, "value", flags)) & Qt.TextFlag.TextWordWrap.value
        if isinstance(place, (QRect, QRectF)) and not wrapped:
            wide = max(map(painter.fontMetrics().horizontalAdvance, text.split("\n")), default=0)
            if wide > place.width() + 1:
                self.cut.append(f"painted {text!r}: {wide} in {place.width()}")

    def clear(self) -> None:
        self.texts.clear()
        self.cut.clear()


@pytest.fixture
def overheard(monkeypatch: pytest.MonkeyPatch) -> Overheard:
    return Overheard(monkeypatch)


@pytest.fixture(autouse=True)
def pseudo_language(dressed: QApplication) -> Iterator[None]:
    languages.speak(PSEUDO)
    yield
    languages.speak("en")


def strings(value: object) -> Iterator[str]:
    """Every text in a value, however deep."""
    if isinstance(value, str):
        yield value
        yield from value.split("\n")
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for each in value:
            yield from strings(each)
    elif hasattr(value, "__slots__"):
        for name in value.__slots__:
            yield from strings(getattr(value, name, None))


def data_of(window: MainWindow) -> list[str]:
    """Every text that stands in the register or names its file, the longest first."""
    path = window.session.path
    found = {*NAMES, path.name, *path.parts, platform.platform(terse=True), HALF_TYPED}
    for record in window.session.view.records.values():
        found |= {record.ref, *strings(record.values)}
    for row in window.session.register.connection.execute("SELECT old, new FROM change"):
        for cell in filter(None, map(str, row)):
            found |= set(strings(json.loads(cell) if cell[0] in "[{\"" else cell))
    for layout in layouts():
        found |= {text for column in layout.columns for text in column.heading.values()}
    locale = QLocale()
    for number in range(1, 13):
        found |= {locale.monthName(number), locale.standaloneMonthName(number)}
    for number in range(1, 8):
        found |= {locale.dayName(number), locale.dayName(number, QLocale.FormatType.ShortFormat)}
    return in_order(found)


def in_order(texts: set[str]) -> list[str]:
    """The longest first, so that no part of a name is taken for the whole."""
    return sorted((text for text in texts if len(text) > 1), key=len, reverse=True)


def shown(widget: QWidget) -> Iterator[QWidget]:
    """A widget and all in it that is on the screen, but for what shows a document."""
    for each in [widget, *widget.findChildren(QWidget)]:
        if each.isVisibleTo(widget) and not inside_document(each):
            yield each


def inside_document(widget: QWidget | None) -> bool:
    while widget is not None:
        if type(widget).__name__ in DOCUMENTS:
            return True
        widget = widget.parentWidget()
    return False


def said_by(widget: QWidget) -> Iterator[str]:
    """Everything one widget tells those who see it or hear it."""
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    yield widget.windowTitle() if widget.isWindow() else ""
    if isinstance(widget, (QAbstractButton, QLabel)):
        yield widget.text()
    if isinstance(widget, (QLineEdit, QPlainTextEdit)):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(row) for row in range(widget.count()))
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(tab) for tab in range(widget.count()))
    if isinstance(widget, QMenu):
        yield from (action.text() for action in widget.actions())


def unspoken(texts: Iterable[str], data: list[str]) -> list[str]:
    """The texts in which something has not gone through the catalogue."""
    found = []
    whole = "\0 " + "\0 ".join(data) + "\0"  # each between marks: one look instead of thousands
    for text in dict.fromkeys(texts):
        if text.endswith("…") and f" {text[:-1]}" in whole:
            continue  # a name a picture has no room for
        if f"\0 {text} " in whole or f" {text}\0" in whole:
            continue  # one of the two lines of a name in a picture, or all of it
        rest = SIGNS.sub(" ", text)
        if re.search(r"[A-Za-z]{2}", rest):
            for known in data:
                if known in rest:
                    rest = re.sub(rf"(?<!\w){re.escape(known)}(?!\w)", " ", rest)
            if left := re.findall(r"[A-Za-z]{2,}", rest):
                found.append(f"{text!r}: {left}")
    return found


def lines_of_nodes(widget: QWidget, data: list[str]) -> Iterator[str]:
    """What the lines of a flow may say: words in a row of a name or note that is right as a whole.

    Pictures set such texts in lines as wide as their nodes.
    """
    for canvas in filter(QWidget.isVisible, widget.findChildren(FlowCanvas)):
        for text in {part for node in canvas.flow.nodes for part in (node.name, node.note)}:
            if not unspoken([text], data):
                words = text.split()
                places = range(len(words) + 1)
                yield from (" ".join(words[i:j]) for i in places for j in places[i + 1 :])


def cut_off(widget: QWidget) -> Iterator[str]:
    """What has less room than its text takes and does not say so with …."""
    for each in shown(widget):
        name, text = type(each).__name__, getattr(each, "text", str)
        if isinstance(each, ElidedLabel) or type(each) in SHORTENING:
            continue
        if isinstance(each, QScrollArea) and each.widget() is not None:
            never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            over = each.widget().width() - each.viewport().width()
            if each.horizontalScrollBarPolicy() == never and over > 1:
                yield f"{name} {each.accessibleName()!r}: {over} out of sight at the side"
        if isinstance(each, RunningText) or (isinstance(each, QLabel) and each.wordWrap()):
            high = each.heightForWidth(each.width())
            if high > each.height() + 1:
                yield f"{name} {each.accessibleName()} {text()!r}: {high} high in {each.height()}"
        elif isinstance(each, (QLabel, QAbstractButton)) and text():
            wide = each.minimumSizeHint().width()
            if wide > each.width() + 1:
                yield f"{name} {text()!r}: {wide} in {each.width()}"


def problems(widget: QWidget, overheard: Overheard, data: list[str]) -> list[str]:
    """What is wrong with a page, dialog or popup as it stands on the screen."""
    QApplication.processEvents()
    overheard.clear()
    widget.grab()
    said = [text for each in shown(widget) for text in said_by(each)]
    said += [action.text() for action in widget.findChildren(QAction)]
    return [*unspoken([*said, *overheard.texts], data), *overheard.cut, *cut_off(widget)]


def named(place: str, found: list[str]) -> list[str]:
    return [f"{place}: {each}" for each in dict.fromkeys(found)]


# The language itself


def test_it_is_longer_and_keeps_gaps_and_patterns() -> None:
    text = "Changed {count:,} of %1 records in {name}"
    said = pseudo(text)
    assert len(said) >= 1.4 * len("Changed  of  records in ")
    assert [part for part in ("{count:,}", "%1", "{name}") if part not in said] == []
    assert not re.search(r"[A-Za-z]", re.sub(r"\{[^}]*\}", "", said))
    assert said.format(count=1234, name="X").count("1,234") == 1
    assert pseudo("Registers (*.ropa);;All files (*)").endswith(" (*)")
    assert " (*.ropa);;" in pseudo("Registers (*.ropa);;All files (*)")
    assert pseudo("{label}: {text}") == "{label}: {text}"


def test_it_is_offered_to_nobody_and_worn_when_asked_for(
    monkeypatch: pytest.MonkeyPatch
) -> None:
    assert PSEUDO not in OWN_NAMES
    monkeypatch.setenv("ROPA_LANGUAGE", "pseudo")
    assert language_of_the_session() == PSEUDO
    monkeypatch.setenv("ROPA_LANGUAGE", "nb")
    assert language_of_the_session() == "nb"


# Walking


PAGES = [key for group in NAVIGATION for key, _icon, _label in group]
PAGES = [*dict.fromkeys([*PAGES, *KINDS, "export", "settings"])]


@pytest.fixture
def opened(window: Callable[..., MainWindow], qtbot: QtBot) -> MainWindow:
    """Nordlys in the pseudo-language, everything worked out."""
    made = window("nordlys", "overview")
    made.start()
    qtbot.waitUntil(lambda: made.checks.figures is not None, timeout=30_000)
    return made


def settle(window: MainWindow, page: str, qtbot: QtBot) -> None:
    """All of a page is loaded and laid out."""
    records = window.records_page()
    if records is not None:
        assert records.form.rows is not None  # loads what still waits
    if page == "export":
        shown_page = window.stack.currentWidget()
        assert isinstance(shown_page, ExportPage)
        qtbot.waitUntil(lambda: bool(shown_page.shown.found), timeout=30_000)
    QTest.qWait(60)
    # What turns to stand otherwise asks for other room only then, and what is around it follows.
    before: list[QSize] = []
    for _round in range(20):
        QTest.qWait(30)
        sizes = [each.size() for each in shown(window)]
        if sizes == before:
            break
        before = sizes


def documents_words(window: MainWindow) -> list[str]:
    """What a document says of itself, in its own language, and the name of its file."""
    page = window.stack.currentWidget()
    assert isinstance(page, ExportPage)
    named_files = [label.text() for label in page.findChildren(QLabel) if ".xlsx" in label.text()]
    return in_order({*strings(page.shown.found), *named_files})


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_page_is_said_and_has_room(
    opened: MainWindow, overheard: Overheard, qtbot: QtBot, size: tuple[int, int]
) -> None:
    opened.resize(*size)
    data, found = data_of(opened), []
    for page in PAGES:
        opened.open_page(page)
        settle(opened, page, qtbot)
        if page == "export":
            data = [*documents_words(opened), *data]
        found += named(page, problems(opened, overheard, data))
        records = opened.records_page()
        if records is not None and not records.form.isVisible():
            records.enter_form()
            settle(opened, page, qtbot)
            found += named(f"{page} form", problems(opened, overheard, data))
    assert "\n".join(found) == ""


def table(window: MainWindow) -> QWidget:
    window.open_page("party")
    window.actions_by_key["table"].trigger()
    return window


def flow(window: MainWindow) -> QWidget:
    window.open_page("activity")
    page = window.records_page()
    assert page is not None
    page.form.show_flow(True)
    return window


def palette(window: MainWindow) -> QWidget:
    made = Palette(window)
    made.open_over(window)
    return made


def about(window: MainWindow) -> QWidget:
    made = AboutDialog(window)
    made.open()
    return made


def as_at(window: MainWindow) -> QWidget:
    made = AsAtMenu(window.session, window)
    made.open_below(window.toolbar.date)
    return made


def past(window: MainWindow) -> QWidget:
    window.session.show_past(window.session.view.day.isoformat())
    return window


def bulk(window: MainWindow) -> QWidget:
    every = window.session.view.records.values()
    activities = [record for record in every if record.kind_key == "activity"]
    made = BulkDialog(window.session, "activity", activities[:5], window)
    made.open()
    return made


def drafts(window: MainWindow) -> QWidget:
    record = window.session.register.get("A-001")
    window.drafts.note(record.id, "name", HALF_TYPED, "Sale in the web shop")
    window.drafts.note(record.id, "description", HALF_TYPED, "something before")
    window.drafts.leave()
    left = Drafts(window.session.path, window)
    left.gather()
    made = DraftsDialog(window.session, left, window)
    made.open()
    return made


def filters(window: MainWindow) -> QWidget:
    window.open_page("activity")
    page = window.records_page()
    assert page is not None
    made = filter_menu(window.session, KINDS["activity"], page.pane)
    made.popup(QPoint(0, 0))
    return made


def registers(window: MainWindow) -> QWidget:
    made = RegistersMenu(window.session.path, window)
    made.open_below(window.navigation.block)
    return made


def field_history(window: MainWindow) -> QWidget:
    record = window.session.register.get("A-001")
    made = FieldHistory(window.session, record.id, "name", window)
    made.open()
    return made


def state_menu(window: MainWindow) -> QWidget:
    record = window.session.register.get("A-001")
    made = StateMenu(record.kind.field("name"), record["name"], window)
    made.popup(QPoint(0, 0))
    return made


def new_register(window: MainWindow) -> QWidget:
    made = NewRegisterDialog(window, window.session.path.parent)
    made.open()
    return made


def welcome(window: MainWindow) -> QWidget:
    made = WelcomeWindow()
    made.setParent(window, Qt.WindowType.Window)
    made.resize(window.size())
    made.show()
    return made


OVER = [table, flow, palette, about, as_at, past, bulk, drafts, filters, registers, field_history,
        state_menu, new_register, welcome]  # fmt: skip


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_everything_over_a_page_is_said_and_has_room(
    opened: MainWindow, overheard: Overheard, size: tuple[int, int]
) -> None:
    opened.resize(*size)
    data, found = data_of(opened), []
    for make in OVER:
        made = make(opened)
        QTest.qWait(80)
        lines = in_order({*data, *lines_of_nodes(made, data)})
        found += named(make.__name__, problems(made, overheard, lines))
        if made is not opened:
            made.close()
    assert "\n".join(found) == ""
