"""Another language, or another text size, makes the window anew: the user stays where they were."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ropa_app.i18n import current_language
from ropa_app.model.kinds import KINDS
from ropa_ui import languages, settings
from ropa_ui.app import Application
from ropa_ui.forms.form import RecordForm
from ropa_ui.main_window import MainWindow


@pytest.fixture
def programme(
    dressed: QApplication, register_file: Callable[[str], Path], qtbot: QtBot
) -> Iterator[Application]:
    """The application with SmartGroup open, in English."""
    languages.speak("en")
    made = Application(dressed)
    made.open(register_file("smartgroup"))
    window_of(made).resize(1280, 800)
    settled(qtbot)
    yield made
    window_of(made).close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    made.deleteLater()
    languages.speak("en")
    settings.keep("language", "")
    settings.keep("page", "overview")


def settled(qtbot: QtBot) -> None:
    """What was put off has happened: the form is built and laid out."""
    qtbot.wait(200)


def window_of(programme: Application) -> MainWindow:
    assert programme.window is not None
    return programme.window


def focused_text() -> str:
    focus = QApplication.focusWidget()
    return focus.text() if isinstance(focus, QLineEdit) else ""


def form_of(programme: Application) -> RecordForm:
    page = window_of(programme).records_page()
    assert page is not None
    return page.form


def change(programme: Application, qtbot: QtBot, language: str = "nb") -> MainWindow:
    before = window_of(programme)
    before.language_asked.emit(language)
    settled(qtbot)
    assert window_of(programme) is not before
    assert current_language() == language
    return window_of(programme)


@pytest.mark.parametrize("page", ["overview", "history", "settings", "transfer"])
def test_the_same_page_is_shown(programme: Application, qtbot: QtBot, page: str) -> None:
    window_of(programme).open_page(page)
    settled(qtbot)
    assert change(programme, qtbot).page_key == page


def test_the_same_record_is_shown_as_far_down(programme: Application, qtbot: QtBot) -> None:
    window = window_of(programme)
    record = window.session.register.get("A-007")
    window.go_to(record.id)
    settled(qtbot)
    bar = form_of(programme)._area.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    assert bar.value() > 100
    change(programme, qtbot)
    form = form_of(programme)
    assert form.record is not None
    assert form.record.id == record.id
    after = form._area.verticalScrollBar()
    qtbot.waitUntil(lambda: abs(after.value() - after.maximum() / 2) < 100)


def half_typed(programme: Application, qtbot: QtBot, key: str, text: str) -> None:
    """Type this into a field of A-007, and leave the caret there."""
    window = window_of(programme)
    window.go_to(window.session.register.get("A-007").id, key)
    settled(qtbot)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    QTest.keyClicks(field, text)


def test_half_typed_text_is_saved(programme: Application, qtbot: QtBot) -> None:
    half_typed(programme, qtbot, "name", "Half a name")
    after = change(programme, qtbot)
    assert after.session.register.get("A-007")["name"] == "Half a name"
    qtbot.waitUntil(lambda: focused_text() == "Half a name")


def test_a_date_typed_in_english_is_read_as_english(programme: Application, qtbot: QtBot) -> None:
    key = next(f.key for f in KINDS["activity"].fields if f.kind == "date")
    half_typed(programme, qtbot, key, "3 May 2026")
    after = change(programme, qtbot)
    assert after.session.register.get("A-007")[key] == "2026-05-03"


def test_search_and_filters_stay(programme: Application, qtbot: QtBot) -> None:
    window = window_of(programme)
    window.open_page("party")
    page = window.records_page()
    assert page is not None
    page.pane.field.setText("AS")
    page.pane.search_now()
    shown = page.model.rowCount()
    after = change(programme, qtbot).records_page()
    assert after is not None
    assert after.pane.field.text() == "AS"
    assert after.model.rowCount() == shown


def test_a_table_stays_a_table(programme: Application, qtbot: QtBot) -> None:
    window = window_of(programme)
    window.open_page("party")
    window.actions_by_key["table"].trigger()
    settled(qtbot)
    after = change(programme, qtbot).records_page()
    assert after is not None
    assert after.table is not None
    assert after.table.isVisible()


def test_the_past_stays_the_past(programme: Application, qtbot: QtBot) -> None:
    session = window_of(programme).session
    day = session.view.day.isoformat()
    assert session.show_past(day)
    after = change(programme, qtbot)
    assert after.session.as_at == day
    assert after.past.isVisible()


def test_other_lists_and_the_way_back_are_kept(programme: Application, qtbot: QtBot) -> None:
    window = window_of(programme)
    party = window.session.register.get("P-006")
    window.go_to(party.id)
    window.open_page("settings")
    settled(qtbot)
    after = change(programme, qtbot)
    after.open_page("party")
    page = after.records_page()
    assert page is not None
    assert page.shown_record() == after.session.get(party.id)
    again = change(programme, qtbot, "en")
    qtbot.waitUntil(lambda: len(again.places.trail()) > 3)
    again.places.back()
    assert again.page_key == "settings"


def test_the_window_keeps_its_size(programme: Application, qtbot: QtBot) -> None:
    window_of(programme).resize(1111, 777)
    settled(qtbot)
    after = change(programme, qtbot)
    assert (after.width(), after.height()) == (1111, 777)


def test_a_register_is_opened_after_the_window_of_another_was_closed(
    programme: Application, register_file: Callable[[str], Path], qtbot: QtBot
) -> None:
    """As from the welcome page, which stays when the window is closed."""
    window_of(programme).close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert programme.window is None
    assert programme.open(register_file("nordlys"))
    settled(qtbot)
    assert "Nordlys" in window_of(programme).windowTitle()
