"""Qt's own words are said in the language of the window, whatever the desktop speaks."""

from __future__ import annotations

import ast
import struct
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import QCoreApplication, QDate, QLibraryInfo, QLocale, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCalendarWidget,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QTableView,
    QTextEdit,
    QTreeView,
    QWidget,
)

from ropa_app.i18n import LANGUAGES, PSEUDO
from ropa_ui import languages
from ropa_ui.actions import COMMANDS, key_words, sequence
from ropa_ui.qt_catalogue import qt_texts

UI = Path(__file__).resolve().parents[2] / "ui"
GERMAN = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)) / "qtbase_de.qm"
FURTHER = [language for language in LANGUAGES if language != "en"]

# Contexts that are nobody's class: what desktops, screen readers and keys bring along.
ALWAYS = {
    "QPlatformTheme", "QGnomeTheme", "QCocoaTheme", "MAC_APPLICATION_MENU",
    "QAccessibleActionInterface", "QAbstractFileIconProvider", "QFileSystemModel", "QScrollBar",
    "QUnicodeControlCharacterMenu", "QWidgetTextControl", "QAbstractSpinBox", "QDialogButtonBox",
}  # fmt: skip
# Contexts of classes in use whose texts nobody sees here, and why.
UNSEEN = {
    "QApplication": "complaints of another Qt than the one built for, before anything is shown",
    "QCoreApplication": "the name of a thread",
    "QGuiApplication": "options of Qt's own on the command line, and the direction of writing",
    "QFontDatabase": "names of scripts and weights; no font is ever chosen by hand",
    "QIODevice": "words of errors, which the window says in its own",
    "QProcess": "words of errors, which the window says in its own",
    "QStandardPaths": "names of the folders of the desktop; only their paths are used",
    "QWidget": "a star in the title of a window that keeps no files unsaved",
}
UNSEEN_TEXTS = ("About Qt", "<h3>About Qt", "<p>Qt is a C++")  # no menu of ours opens that box
# The same in both languages, and why.
SAME = {
    "OK": "said so in Norwegian", "&OK": "said so in Norwegian",
    "Alias": "the same word", "Type": "the same word", "Pause": "the same word",
    "Alt+Left": "read by Qt as a key", "Alt+Right": "read by Qt as a key",
    "Alt+Up": "read by Qt as a key", "F%1": "a key", "+": "a sign", "Alt": "on the key",
    "Ctrl": "on the key", "Shift": "on the key", "Meta": "on the key", "Del": "on the key",
    "End": "on the key", "Home": "on the key", "Enter": "on the key", "Esc": "on the key",
    "Ins": "on the key", "Tab": "on the key",
}  # fmt: skip


@pytest.fixture(autouse=True)
def english_afterwards(dressed: QApplication) -> Iterator[None]:
    yield
    languages.speak("en")


@cache
def known_to_qt() -> set[tuple[str, str]]:
    """Context and English of every text Qt has translations for, read from its German."""
    data, at, texts = GERMAN.read_bytes(), 16, set()
    parts = {}
    while at < len(data):
        tag, size = struct.unpack_from(">BI", data, at)
        parts[tag] = data[at + 5 : at + 5 + size]
        at += 5 + size
    messages, at, found = parts[0x69], 0, {}
    while at < len(messages):
        if messages[at] == 1:
            texts.add((found.get(7, b"").decode(), found.get(6, b"").decode()))
            at, found = at + 1, {}
            continue
        tag, size = struct.unpack_from(">BI", messages, at)
        size = 0 if size == 0xFFFFFFFF else size
        found[tag] = messages[at + 5 : at + 5 + size]
        at += 5 + size
    return texts


@cache
def classes_in_use() -> set[str]:
    """Every class of Qt that the window imports, and what it is made from."""
    used = set()
    for source in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6."):
                module = __import__(node.module or "", fromlist=["*"])
                for alias in node.names:
                    made = getattr(module, alias.name)
                    used |= {each.__name__ for each in getattr(made, "__mro__", ())}
    return used


@cache
def contexts_in_use() -> set[str]:
    return {context for context, _text in known_to_qt()} & (classes_in_use() | ALWAYS)


def test_qt_and_the_window_are_looked_at() -> None:
    assert Path(PySide6.__file__).parent in GERMAN.parents
    assert {"QFileDialog", "QMessageBox", "QLineEdit", "QComboBox"} <= contexts_in_use()


@pytest.mark.parametrize("language", FURTHER)
def test_every_text_that_qt_may_show_is_translated(language: str) -> None:
    ours = qt_texts(language)
    wanted = {
        (context, text)
        for context, text in known_to_qt()
        if context in contexts_in_use() - set(UNSEEN) and not text.startswith(UNSEEN_TEXTS)
    }
    assert sorted(wanted - set(ours)) == []


def test_no_error_is_told_in_the_words_of_qt() -> None:
    asked = ("errorString(", "displayName(")
    sources = [source.read_text("utf-8") for source in UI.rglob("*.py")]
    assert not [name for name in asked for source in sources if name in source]


@pytest.mark.parametrize("language", FURTHER)
def test_nothing_is_translated_that_qt_does_not_know(language: str) -> None:
    assert sorted(set(qt_texts(language)) - known_to_qt()) == []


@pytest.mark.parametrize("language", FURTHER)
def test_no_text_is_empty_or_still_english(language: str) -> None:
    texts = qt_texts(language)
    assert [key for key, said in texts.items() if not said.strip()] == []
    assert [text for (_c, text), said in texts.items() if said == text and text not in SAME] == []


@pytest.mark.parametrize("language", FURTHER)
def test_gaps_and_mnemonics_are_kept(language: str) -> None:
    for (_context, text), said in qt_texts(language).items():
        assert text.count("%1") == said.count("%1"), text
        assert text.count("&") == said.count("&"), text
        assert text.count("\n") == said.count("\n"), text


@pytest.mark.parametrize("language", [*FURTHER, PSEUDO])
def test_qt_finds_every_text_in_what_it_is_given(language: str) -> None:
    """Qt itself reads it, by context; a text it is not given stays English."""
    languages.speak(language)
    for (context, text), said in qt_texts(language).items():
        assert QCoreApplication.translate(context, text) == said
    assert QCoreApplication.translate("Nobody", "&Save") == "&Save"


# What is seen


def file_dialog(parent: QWidget) -> QWidget:
    made = QFileDialog(parent)
    made.setDirectory(str(Path.cwd()))  # not where a dialog of another test was last
    made.setOption(QFileDialog.Option.DontUseNativeDialog)
    made.setViewMode(QFileDialog.ViewMode.Detail)
    return made


def save_dialog(parent: QWidget) -> QWidget:
    made = file_dialog(parent)
    assert isinstance(made, QFileDialog)
    made.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    return made


def folder_dialog(parent: QWidget) -> QWidget:
    made = file_dialog(parent)
    assert isinstance(made, QFileDialog)
    made.setFileMode(QFileDialog.FileMode.Directory)
    return made


def message_box(parent: QWidget) -> QWidget:
    made = QMessageBox(parent)
    for button in QMessageBox.StandardButton:
        if button.value.bit_count() == 1 and button.value >= QMessageBox.StandardButton.Ok.value:
            made.addButton(button)
    made.setDetailedText("1")
    return made


def line_menu(parent: QWidget) -> QWidget:
    return QLineEdit(parent).createStandardContextMenu()


def text_menu(parent: QWidget) -> QWidget:
    return QPlainTextEdit(parent).createStandardContextMenu()


def rich_text_menu(parent: QWidget) -> QWidget:
    return QTextEdit(parent).createStandardContextMenu()


def calendar(parent: QWidget) -> QWidget:
    made = QCalendarWidget(parent)
    made.setSelectedDate(QDate(2026, 5, 13))
    return made


def said_by(widget: QWidget) -> list[str]:
    """Everything a widget and those in it say: texts, actions, headings, hints, names."""
    said: list[str] = []
    for each in [widget, *widget.findChildren(QWidget)]:
        said += [each.toolTip(), each.accessibleName(), each.windowTitle()]
        if isinstance(each, (QAbstractButton, QLabel)):
            said.append(each.text())
        if isinstance(each, QMenu):
            said.append(each.title())
        if isinstance(each, QComboBox):
            said += [each.itemText(row) for row in range(each.count())]
        if isinstance(each, (QTableView, QTreeView)):
            said += heads(each)
    said += [action.text() for action in widget.findChildren(QAction)]
    return said


def heads(view: QTableView | QTreeView) -> list[str]:
    model = view.model()
    across = range(model.columnCount()) if model is not None else ()
    said = [str(model.headerData(n, Qt.Orientation.Horizontal) or "") for n in across]
    if view.objectName() == "qt_calendar_calendarview":
        said += [str(model.index(0, column).data() or "") for column in across]
    return said


MAKERS = [file_dialog, save_dialog, folder_dialog, message_box, line_menu, text_menu,
          rich_text_menu, calendar]  # fmt: skip


def shown(make: Callable[[QWidget], QWidget], language: str) -> list[str]:
    languages.speak(language)
    holder = QWidget()
    made = make(holder)
    made.ensurePolished()
    QApplication.processEvents()
    said = said_by(made)
    made.deleteLater()
    holder.deleteLater()
    QApplication.processEvents()
    return said


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_nothing_that_qt_shows_is_english_in_bokmaal(make: Callable[[QWidget], QWidget]) -> None:
    english, bokmaal = shown(make, "en"), shown(make, "nb")
    assert len(english) == len(bokmaal)
    worded = [pair for pair in zip(english, bokmaal, strict=True) if any(map(str.isalpha, pair[0]))]
    assert worded
    data = {str(Path.cwd())}  # the folder a file dialog opens in
    same = [one for one, other in worded if one == other]
    assert [text for text in same if text.replace("&", "") not in SAME and text not in data] == []


def test_buttons_and_menus_say_what_they_do_in_bokmaal() -> None:
    assert {"OK", "Avbryt", "Lagre", "&Ja", "&Nei", "Lukk"} <= set(shown(message_box, "nb"))
    for make in (line_menu, text_menu):
        said = {text.replace("&", "").split("\t")[0] for text in shown(make, "nb")}
        assert {"Angre", "Gjør om", "Klipp ut", "Kopier", "Lim inn", "Slett", "Merk alt"} <= said


@pytest.mark.parametrize("desktop", ["de_DE", "nb_NO"])
def test_english_is_spoken_on_a_desktop_in_another_language(
    desktop: str, request: pytest.FixtureRequest
) -> None:
    QLocale.setDefault(QLocale(desktop))
    languages.speak("en")
    assert QLocale().name() == "en_GB"
    assert "Cancel" in shown(message_box, "en")
    assert "May" in shown(calendar, "en")


@pytest.mark.parametrize(("language", "name", "month"), [("en", "en_GB", "May"),
                                                         ("nb", "nb_NO", "mai")])  # fmt: skip
def test_days_months_and_weeks_follow_the_language(language: str, name: str, month: str) -> None:
    languages.speak(language)
    assert QLocale().name() == name
    assert QLocale().monthName(5) == month
    assert QCalendarWidget().firstDayOfWeek() == Qt.DayOfWeek.Monday


@pytest.mark.parametrize("language", ["en", "nb", PSEUDO])
def test_keys_are_the_same_keys_in_every_language(language: str) -> None:
    languages.speak("en")
    keys = [key for command in COMMANDS for key in command.keys]
    before = [sequence(key) for key in keys]
    languages.speak(language)
    assert [sequence(key) for key in keys] == before
    assert [QKeySequence(key_words(key)) for key in keys] == before, "what is shown is the key"


def test_keys_are_named_as_norwegian_keyboards_name_them() -> None:
    languages.speak("nb")
    assert key_words("Ctrl+Backspace") == "Ctrl+Tilbaketast"
    assert key_words("Alt+Left") == "Alt+Pil venstre"


def test_a_catalogue_is_taken_back() -> None:
    languages.speak("nb")
    languages.speak("en")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
