"""Redacting in the window: what goes and what stays is said, a box is ticked, and it is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ropa_app.i18n import PSEUDO, set_language
from ropa_app.model.state import Redacted
from ropa_app.register import backup
from ropa_app.register.redact import foresee, redact, redactable
from ropa_app.register.verify import verify
from ropa_ui.forms.field_history import FieldHistory
from ropa_ui.forms.field_row import FieldRow
from ropa_ui.main_window import MainWindow
from ropa_ui.models.session import Session
from ropa_ui.reading_order import stops
from ropa_ui.views import record_work
from ropa_ui.views.record_menu import record_menu
from ropa_ui.views.redact import RedactDialog
from ropa_ui.widgets.finding import FindingBar
from ropa_ui.widgets.labels import Label

Windows = Callable[..., MainWindow]
SLOW = 30_000  # ms: another Python has to start
NAME = "Ola Secretsen"


class Case:
    """A window with an activity whose owner has had two values."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.session, self.qtbot = window, window.session, qtbot
        self.id = str(self.session.create("activity", {"name": "Secret", "owner": NAME}))
        self.set(NAME, "Kari Secretsen")
        window.go_to(self.id)

    def set(self, seen: str, new: str) -> None:
        assert self.session.set_value(self.id, "owner", seen, new)

    def dialog(self) -> RedactDialog:
        found = [d for d in self.window.findChildren(RedactDialog) if d.isVisible()]
        assert len(found) == 1
        return found[0]

    def open(self, field: str = "owner") -> RedactDialog:
        record_work.redact(self.window, self.id, field)
        dialog = self.dialog()
        self.qtbot.waitUntil(lambda: "elsewhere" in dialog.found, timeout=SLOW)
        return dialog


@pytest.fixture
def case(window: Windows, qtbot: QtBot) -> Iterator[Case]:
    made = Case(window("smartgroup", "activity"), qtbot)
    yield made
    for dialog in made.window.findChildren(RedactDialog):
        made.qtbot.waitUntil(lambda d=dialog: d._job is None, timeout=SLOW)
        dialog.reject()


def said(dialog: RedactDialog) -> str:
    bars = [bar.accessibleName() for bar in dialog.findChildren(FindingBar)]
    return "\n".join([*(label.text() for label in dialog.findChildren(Label)), *bars])


def test_tab_goes_through_it_as_it_is_read(case: Case) -> None:
    backup.make_of(case.session.present)
    dialog = case.open()

    def has_the_folder() -> bool:
        buttons = (each for each in stops(dialog) if isinstance(each, QPushButton))
        return any(button.text() == "Show in folder" for button in buttons)

    case.qtbot.waitUntil(has_the_folder)  # Qt shows what is added once it comes to it
    found = list(stops(dialog))
    tops = [each.mapTo(dialog, QPoint(0, each.height() // 2)).y() for each in found]
    assert tops == sorted(tops)
    case.qtbot.waitUntil(dialog.isActiveWindow)
    visited = []
    dialog.field.setFocus()
    for _stop in found:
        visited.append(QApplication.focusWidget())
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    start = found.index(dialog.field)
    assert visited == [*found[start:], *found[:start]]


def test_it_says_what_goes_and_what_cannot_be_taken_back(case: Case) -> None:
    dialog = case.open()
    words = said(dialog)
    assert "Kari Secretsen" in words
    assert "All 2 values the field has had are blanked" in words
    assert "cannot be undone" in words
    assert "No backup holds it." in words


def test_nothing_goes_before_the_box_is_ticked(case: Case) -> None:
    dialog = case.open()
    assert not dialog.work_button.isEnabled()
    assert dialog.work_button.toolTip()
    QTest.keyClick(dialog.sure, Qt.Key.Key_Space)
    assert dialog.work_button.isEnabled()
    head = case.session.register.head()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert case.session.register.head() == head


def test_the_value_is_gone_from_record_past_and_search_and_undo_ends_there(case: Case) -> None:
    told: list[tuple[str, bool]] = []
    case.session.said.connect(lambda text, undo: told.append((text, undo)))
    dialog = case.open()
    dialog.sure.setChecked(True)
    dialog.work_button.click()
    case.qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible(), timeout=SLOW)
    session = case.session
    record = session.view.records[case.id]
    assert isinstance(record["owner"], Redacted) or record["owner"] is None
    assert not session.search.ids("Secretsen", "activity")
    assert b"Secretsen" not in session.path.read_bytes()
    assert not list(verify(session.register))
    assert told == [(f"Redacted for good: Owner, {record.ref}", False)]
    assert session.undo_words() == ""
    page = case.window.records_page()
    assert page
    row = next(each for each in page.form.findChildren(FieldRow) if each.field.key == "owner")
    assert row.value == record["owner"]


def test_backups_and_other_places_are_named_before_and_after(case: Case) -> None:
    made = backup.make_of(case.session.present)
    assert made
    case.session.create("activity", {"name": f"About {NAME}"})
    dialog = case.open()
    for _time in ("before", "after"):
        words = said(dialog)
        assert made.name in words
        assert "Name" in words
        if dialog.work_button.isVisible():
            dialog.sure.setChecked(True)
            dialog.work_button.click()
            case.qtbot.waitUntil(lambda: not dialog.work_button.isVisible(), timeout=SLOW)
    assert dialog.isVisible()
    assert dialog.cancel.accessibleName() == "Close"


@pytest.mark.parametrize("language", ["en", PSEUDO])
def test_a_place_is_named_in_words_whatever_the_language(case: Case, language: str) -> None:
    other = case.session.create("activity", {"name": "Other", "owner": NAME})
    assert other is not None
    assert case.session.set_value(other, "owner", NAME, "Somebody")
    ref = case.session.view.records[other].ref
    set_language(language)
    place = next(line for line in said(case.open()).splitlines() if ref in line)
    set_language("en")
    assert f"{ref} Owner" in place
    assert place != f"{ref} Owner"  # in its past


def test_another_field_may_be_chosen(case: Case) -> None:
    dialog = case.open("")
    keys = [dialog.field.itemData(row) for row in range(dialog.field.count())]
    assert set(keys) == set(redactable(case.session.present, case.session.view.records[case.id]))
    assert {"name", "owner"} <= set(keys)
    dialog.field.set_key("owner")
    dialog.field.chosen.emit("owner")
    case.qtbot.waitUntil(lambda: dialog.found.get("values") == 2, timeout=SLOW)
    assert dialog.asked()[1]["field"] == "owner"


def test_an_empty_field_is_not_taken_for_another(case: Case) -> None:
    record_work.redact(case.window, case.id, "department")
    dialog = case.dialog()
    assert dialog.field.key() == "department"
    assert "never held anything" in said(dialog)
    assert not dialog.sure.isEnabled()
    assert not dialog.work_button.isEnabled()


def test_what_is_foreseen_is_what_happens(session: Session) -> None:
    record = session.view.of("activity")[0]
    key = next(key for key in redactable(session.present, record) if key == "name")
    session.create("activity", {"name": f"Like {record['name']}"})
    seen = foresee(session.present, record.ref, key)
    elsewhere = tuple(seen.elsewhere)
    done = redact(session.present, record.ref, key)
    assert elsewhere == done.elsewhere
    assert elsewhere
    assert seen.backups == done.backups
    assert key not in redactable(session.present, record)


def test_field_menu_record_menu_history_and_palette_lead_here(case: Case) -> None:
    page = case.window.records_page()
    assert page
    asked: list[tuple[str, str]] = []
    page.redact_asked.disconnect()
    page.redact_asked.connect(lambda record, field: asked.append((record, field)))
    row = next(each for each in page.form.findChildren(FieldRow) if each.field.key == "owner")
    row.redact_asked.emit()
    menu = record_menu(page, [case.session.view.records[case.id]], opens=False)
    next(a for a in menu.actions() if a.text() == "Redact a field for good…").trigger()
    menu.close()
    assert asked == [(case.id, "owner"), (case.id, "")]
    page.field_history_asked.emit(case.id, "owner")
    history = case.window.findChild(FieldHistory)
    buttons = {each.accessibleName(): each for each in history.findChildren(QPushButton)}
    buttons["Redact for good…"].click()
    QApplication.processEvents()
    assert case.dialog().field.key() == "owner"
    case.dialog().reject()
    case.window.actions_by_key["redact"].trigger()
    assert case.dialog()._record.id == case.id


def test_the_past_is_not_redacted(case: Case) -> None:
    assert case.session.show_past(case.session.present.head().at)
    case.window.actions_by_key["redact"].trigger()
    assert not case.window.findChildren(RedactDialog)
