"""One field of many records at once: shown first, then one step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ropa_app.model.state import NotApplicable, Open
from ropa_app.register.change import Edit, label
from ropa_app.register.store import Register
from ropa_ui.forms.chips import ChipsEditor
from ropa_ui.models.session import Session
from ropa_ui.reading_order import stops
from ropa_ui.views.bulk import BulkDialog
from ropa_ui.widgets.finding import FindingBar


@pytest.fixture
def dialog(session: Session, qtbot: QtBot) -> Iterator[BulkDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(1000, 700)
    parent.show()
    made = BulkDialog(session, "activity", session.view.of("activity"), parent)
    made.open()
    QApplication.processEvents()
    yield made
    if isValid(made):
        made.reject()


def choose(dialog: BulkDialog, way: str) -> None:
    assert dialog._ways is not None
    dialog._ways.set_value(way)
    dialog._ways.chosen.emit(way)


def held(session: Session, key: str) -> list[object]:
    return [record[key] for record in session.view.of("activity")]


def test_asks_for_a_field_first(dialog: BulkDialog) -> None:
    assert dialog.summary.text() == "Choose the field to change."
    assert not dialog.write_button.isEnabled()
    keys = {entry.value for entry in dialog._fields()}
    assert {"name", "role", "next_review"} <= keys
    assert "data" not in keys, "lines are edited in the form"


def test_what_will_change_is_counted_and_written_as_one_step(
    dialog: BulkDialog, session: Session
) -> None:
    count = len(session.view.of("activity"))
    said: list[tuple[str, bool]] = []
    session.said.connect(lambda text, undo: said.append((text, undo)))
    dialog.choose_field("next_review")
    assert dialog.editor is not None
    dialog.editor.committed.emit("2031-02-03")
    assert dialog.summary.text() == f"{count} activities will change"
    assert dialog.changes.changes.rowCount() == count
    assert dialog.changes.changes.index(0, 3).data() == "3 Feb 2031"
    head = session.register.head().operation
    dialog.write_button.click()
    assert set(held(session, "next_review")) == {"2031-02-03"}
    assert session.register.head().operation == head + 1
    assert said == [(f"Changed {count} records", True)]
    session.undo()
    assert "2031-02-03" not in held(session, "next_review")


def test_those_that_hold_it_already_do_not_change(dialog: BulkDialog, session: Session) -> None:
    record = session.view.of("activity")[0]
    session.set_value(record.id, "next_review", record["next_review"], "2031-02-03")
    fresh = BulkDialog(session, "activity", session.view.of("activity"), dialog.parentWidget())
    fresh.choose_field("next_review")
    assert fresh.editor is not None
    fresh.editor.committed.emit("2031-02-03")
    assert len(fresh.plan.cells) == len(session.view.of("activity")) - 1
    fresh.reject()


@pytest.mark.parametrize(("way", "value"), [
    ("open", Open("Who knows?")), ("not_applicable", NotApplicable("Who knows?")),
])  # fmt: skip
def test_a_state_needs_words(
    dialog: BulkDialog, session: Session, way: str, value: object
) -> None:
    dialog.choose_field("next_review")
    choose(dialog, way)
    assert not dialog.write_button.isEnabled()
    dialog.state_line.setText("Who knows?")
    dialog.state_line.textEdited.emit("Who knows?")
    dialog.write_button.click()
    assert held(session, "next_review") == [value] * len(session.view.of("activity"))


def test_emptying(dialog: BulkDialog, session: Session) -> None:
    dialog.choose_field("role")
    choose(dialog, "empty")
    dialog.write_button.click()
    assert set(held(session, "role")) == {None}


def test_items_are_added_to_what_is_there(dialog: BulkDialog, session: Session) -> None:
    system = session.create("system", {"name": "Vault"})
    before = held(session, "systems")
    dialog.choose_field("systems")
    choose(dialog, "add")
    assert dialog.editor is not None
    dialog.editor.committed.emit([system])
    dialog.write_button.click()
    expected = [[*(value if isinstance(value, list) else []), system] for value in before]
    assert held(session, "systems") == expected


def test_nothing_half_typed_is_written_unseen(dialog: BulkDialog, session: Session) -> None:
    dialog.choose_field("owner")
    assert dialog.editor is not None
    dialog.editor.retype("Somebody")
    assert dialog.write_button.isEnabled()
    assert dialog.write_button.text() == "Show what will change"
    before = held(session, "owner")
    dialog.write_button.click()
    assert held(session, "owner") == before, "it is read and shown first"
    dialog._looking.setRemainingTime(0)
    dialog.write_button.click()
    assert set(held(session, "owner")) == {"Somebody"}


def owner_line(qtbot: QtBot, dialog: BulkDialog) -> QLineEdit:
    """The line in which an owner is typed, with the keyboard in it."""
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.choose_field("owner")
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    return line


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_a_mouse_press_writes_only_what_is_shown(
    qtbot: QtBot, dialog: BulkDialog, session: Session
) -> None:
    before = held(session, "owner")
    line = owner_line(qtbot, dialog)
    QTest.keyClicks(line, "DPO office")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert dialog.write_button.text() == f"Change {len(before)} records"
    QTest.keyClicks(line, "vouch")
    assert dialog.write_button.text() == "Show what will change"
    click(dialog.write_button)
    assert held(session, "owner") == before
    assert dialog.changes.changes.index(0, 3).data() == "DPO officevouch"
    click(dialog.write_button)
    assert held(session, "owner") == before, "a double click has seen nothing"
    qtbot.wait(QApplication.doubleClickInterval() + 20)
    click(dialog.write_button)
    assert set(held(session, "owner")) == {"DPO officevouch"}


def test_the_first_value_typed_is_shown_before_it_is_written(
    qtbot: QtBot, dialog: BulkDialog, session: Session
) -> None:
    before = held(session, "owner")
    line = owner_line(qtbot, dialog)
    QTest.keyClicks(line, "Somebody")
    click(dialog.write_button)
    assert held(session, "owner") == before
    assert dialog.summary.text() == f"{len(before)} activities will change"


def test_items_chosen_are_shown_at_once(dialog: BulkDialog, session: Session) -> None:
    system = session.create("system", {"name": "Vault"})
    dialog.choose_field("systems")
    assert isinstance(dialog.editor, ChipsEditor)
    dialog.editor._take([system])
    assert dialog.write_button.text() == f"Change {len(dialog.plan.cells)} records"


def test_nothing_is_never_offered_for_writing(dialog: BulkDialog) -> None:
    dialog.choose_field("owner")
    assert not dialog.write_button.isEnabled()
    assert dialog.editor is not None
    dialog.editor.retype("Somebody")
    assert "0" not in dialog.write_button.text()


def test_tab_goes_from_the_field_to_its_value_and_on(qtbot: QtBot, dialog: BulkDialog) -> None:
    value = owner_line(qtbot, dialog)
    assert dialog.editor is not None
    dialog.editor.retype("Somebody")
    tops = [stop.mapTo(dialog, QPoint(0, stop.height() // 2)).y() for stop in stops(dialog)]
    assert tops == sorted(tops)
    QTest.keyClick(value, Qt.Key.Key_Tab)
    following = QApplication.focusWidget()
    assert following is not None
    assert following is not dialog.field_line
    assert following.mapTo(dialog, QPoint()).y() > value.mapTo(dialog, QPoint()).y()
    QTest.keyClick(following, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is value


def test_cancel_writes_nothing(dialog: BulkDialog, session: Session) -> None:
    head = session.register.head()
    dialog.choose_field("role")
    choose(dialog, "empty")
    dialog.reject()
    assert session.register.head() == head


def test_what_cannot_be_written_stays_with_the_reason(
    dialog: BulkDialog, session: Session,
    refused_while_in_use: Callable[[QAbstractButton, Path], None],
) -> None:  # fmt: skip
    dialog.choose_field("next_review")
    assert dialog.editor is not None
    dialog.editor.committed.emit("2031-02-03")
    refused_while_in_use(dialog.write_button, session.path)
    dialog.write_button.click()
    assert set(held(session, "next_review")) == {"2031-02-03"}


def test_what_another_program_changed_meanwhile_is_shown_before_it_is_changed(
    dialog: BulkDialog, session: Session
) -> None:
    dialog.choose_field("next_review")
    assert dialog.editor is not None
    dialog.editor.committed.emit("2031-02-03")
    session._timer.stop()
    record = session.register.get("A-002")
    with Register.open(session.path, writable=True) as theirs:
        edit = Edit(record.id, "next_review", record["next_review"], "2030-01-01")
        theirs.apply([edit], label("set", ref="A-002", fields=["next_review"]))
    dialog.write_button.click()
    assert dialog.isVisible()
    (why,) = dialog.findChildren(FindingBar)
    assert "changed meanwhile" in why.accessibleName()
    old = [dialog.changes.changes.index(row, 2).data() for row in range(len(dialog.plan.cells))]
    assert "1 Jan 2030" in old
    dialog.write_button.click()
    assert set(held(session, "next_review")) == {"2031-02-03"}
