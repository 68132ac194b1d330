"""What a field says of itself: the article that demands it, and its long help on F1."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ropa_app.i18n import LANGUAGES
from ropa_app.model.kinds import KINDS
from ropa_app.model.long_help import long_help
from ropa_ui import languages
from ropa_ui.forms.field_row import FieldRow, first_sentence
from ropa_ui.forms.lines import LinesEditor
from ropa_ui.kinds import LABELS
from ropa_ui.main_window import MainWindow
from ropa_ui.views.records import RecordsPage

Windows = Callable[..., MainWindow]


def form(qtbot: QtBot, opened: MainWindow, kind: str) -> RecordsPage:
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    page = opened.open_page(kind)
    assert isinstance(page, RecordsPage)
    assert page.form.rows
    qtbot.waitUntil(page.form.isVisible)
    return page


def texts(row: FieldRow) -> list[str]:
    return [label.text() for label in row.findChildren(QLabel) if label.isVisibleTo(row)]


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Required by Art. 44"), ("nb", "Påkrevd etter art. 44")]
)
def test_the_article_that_demands_a_field_can_be_read(
    qtbot: QtBot, window: Windows, language: str, said: str
) -> None:
    languages.speak(language)
    try:
        row = form(qtbot, window("nordlys", "transfer"), "transfer").form.rows["importer"]
        assert any(text.endswith(f"  {said}") for text in texts(row))
        target = row.editor.focusProxy() or row.editor
        assert said in target.accessibleDescription()
    finally:
        languages.speak("en")


def test_what_nothing_demands_names_no_article(qtbot: QtBot, window: Windows) -> None:
    rows = form(qtbot, window("nordlys", "transfer"), "transfer").form.rows
    assert not any("Required" in text for text in texts(rows["frequency"]))


def test_f1_folds_the_long_help_out_and_in(qtbot: QtBot, window: Windows) -> None:
    page = form(qtbot, window("nordlys", "transfer"), "transfer")
    row = page.form.rows["importer"]
    whole = long_help("transfer.importer", "en")
    row.focus()
    press(Qt.Key.Key_F1)
    assert whole in texts(row)
    press(Qt.Key.Key_F1)
    assert whole not in texts(row)


def test_escape_folds_the_help_before_it_leaves_the_form(qtbot: QtBot, window: Windows) -> None:
    page = form(qtbot, window("nordlys", "transfer"), "transfer")
    row = page.form.rows["importer"]
    row.focus()
    press(Qt.Key.Key_F1)
    press(Qt.Key.Key_Escape)
    assert long_help("transfer.importer", "en") not in texts(row)
    assert row.isAncestorOf(QApplication.focusWidget())
    press(Qt.Key.Key_Escape)
    assert page.pane.list.hasFocus()


def test_in_a_line_f1_explains_the_column(qtbot: QtBot, window: Windows) -> None:
    page = form(qtbot, window("nordlys", "activity"), "activity")
    row = page.form.rows["purposes"]
    editor = row.editor
    assert isinstance(editor, LinesEditor)
    column = next(
        number for number, shown in enumerate(editor.model.shown) if "legal_basis" in shown.keys
    )
    row.focus()
    editor.table.setCurrentIndex(editor.model.index(0, column))
    press(Qt.Key.Key_F1)
    assert f"Legal basis: {long_help('activity.purposes.legal_basis', 'en')}" in texts(row)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [kind for kind in LABELS if kind in KINDS])
def test_f1_never_repeats_what_stands_there(
    qtbot: QtBot, window: Windows, kind: str, language: str
) -> None:
    languages.speak(language)
    try:
        page = form(qtbot, window("nordlys", kind), kind)
        page.enter_form()
        for key, row in page.form.rows.items():
            row.focus()
            before = texts(row)
            row._turn_help()
            came = [text for text in texts(row) if text not in before]
            assert len(came) == 1, key
            if not long_help(f"{kind}.{key}", language):
                shown = first_sentence(page.form.context.words.say(row.field.help))
                assert shown not in came[0], key
            row._fold_help()
    finally:
        languages.speak("en")


def test_f1_on_a_field_without_long_help_says_how_it_is_filled(
    qtbot: QtBot, window: Windows
) -> None:
    assert not long_help("party.sectors", "en")
    page = form(qtbot, window("nordlys", "party"), "party")
    row = page.form.rows["sectors"]
    row.focus()
    press(Qt.Key.Key_F1)
    (said,) = (text for text in texts(row) if "or F4 for" in text)
    assert "Ctrl+." in said


def test_alt_enter_takes_the_remedy_of_the_focused_field(qtbot: QtBot, window: Windows) -> None:
    opened = window("nordlys", "activity")
    opened.checks.start()
    qtbot.waitUntil(lambda: opened.checks.figures is not None, timeout=30_000)
    page = form(qtbot, opened, "activity")
    found = next(
        each
        for each in opened.checks.all()
        if each.field.count(".") == 2 and each.field.startswith("recipients.")
    )
    page.go_to(opened.session.view.records[found.record])
    row = page.form.rows["recipients"]
    row.focus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    editor = row.editor
    assert isinstance(editor, LinesEditor)
    assert editor.cell is not None or editor.model.unfolded, "the line to mend is open"


def test_the_page_of_keys_names_the_remedy() -> None:
    from ropa_ui.actions import WITHIN

    keys = {command.key: command.keys for _name, group in WITHIN for command in group}
    assert "Alt+Return" in keys["field_remedy"]
