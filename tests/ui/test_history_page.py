"""The page of the history, the history of a field, and bringing old values back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ropa_app.model.state import Open
from ropa_app.register.change import Edit, label
from ropa_app.register.store import Register
from ropa_ui.forms.field_history import FieldHistory
from ropa_ui.models.field_words import only_differing
from ropa_ui.models.jobs import Job
from ropa_ui.models.session import Session
from ropa_ui.views.history import HistoryPage
from ropa_ui.views.history_effect import EffectRow, EffectSection
from ropa_ui.views.history_model import PAGE, HistoryModel, Step
from ropa_ui.views.restore_version import VersionDialog
from ropa_ui.views.restoring import RestoreDialog
from ropa_ui.widgets.diff_value import NewValue, OldValue
from ropa_ui.widgets.empty import EmptyState
from ropa_ui.widgets.finding import FindingBar


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> Iterator[HistoryPage]:
    made = HistoryPage(session, None)
    made.resize(1200, 800)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()
    made._typing.stop()
    made._search.stop()
    made.pane._effects.stop()
    for job in made.findChildren(Job):
        job.wait()


def rename(session: Session, *names: str) -> str:
    record = session.register.get("A-001")
    for name in names:
        seen = session.view.records[record.id]["name"]
        assert session.set_value(record.id, "name", seen, name)
    return record.id


def buttons(parent: QWidget, words: str) -> list[QPushButton]:
    QApplication.processEvents()
    found = parent.findChildren(QPushButton)
    return [button for button in found if button.text() == words and button.isVisible()]


def shown(page: HistoryPage) -> tuple[list[str], list[str]]:
    QApplication.processEvents()
    old = [value.text() for value in page.pane.findChildren(OldValue) if value.isVisible()]
    new = [value.text() for value in page.pane.findChildren(NewValue) if value.isVisible()]
    return old, new


def steps(model: HistoryModel) -> list[Step]:
    found = [model.step(row) for row in range(model.rowCount())]
    return [step for step in found if step is not None]


def test_a_change_is_told_with_both_values(page: HistoryPage, session: Session) -> None:
    old = session.register.get("A-001")["name"]
    rename(session, "Shop")
    newest = page.model.step(page.model.first())
    assert newest
    assert "A-001" in newest.words
    assert newest.detail == f"{old} → Shop"
    assert shown(page) == ([old], ["Shop"])


def test_the_old_value_is_restored_as_a_new_edit(page: HistoryPage, session: Session) -> None:
    old = session.register.get("A-001")["name"]
    record = rename(session, "Shop")
    count = session.register.head().operation
    buttons(page, "Restore")[0].click()
    assert session.view.records[record]["name"] == old
    assert session.register.head().operation == count + 1


def test_a_later_edit_is_shown_before_it_is_replaced(page: HistoryPage, session: Session) -> None:
    old = session.register.get("A-001")["name"]
    record = rename(session, "Shop", "Store")
    page.list.setCurrentIndex(page.model.index(page.model.first() + 1, 0))
    assert shown(page) == ([old], ["Shop"])
    buttons(page, "Restore")[0].click()
    dialog = page.findChild(RestoreDialog)
    assert isinstance(dialog, RestoreDialog)
    assert session.view.records[record]["name"] == "Store"
    assert dialog.values.chosen() == 1
    dialog.keep.click()
    assert session.view.records[record]["name"] == old


def test_what_cannot_be_restored_says_why(page: HistoryPage, session: Session) -> None:
    old = str(session.register.get("A-001")["name"])
    rename(session, "Shop", old)
    page.list.setCurrentIndex(page.model.index(page.model.first() + 1, 0))
    button = buttons(page, "Restore")[0]
    assert not button.isEnabled()
    assert button.toolTip()


def test_the_past_keeps_its_history_but_nothing_is_restored(
    page: HistoryPage, session: Session
) -> None:
    rename(session, "Shop")
    first = session.present.operation(1).at
    assert session.show_past(session.present.operation(2).at) or session.show_past(first)
    QApplication.processEvents()
    assert steps(page.model)[0].operation.seq == session.present.head().operation
    assert all(not button.isEnabled() for button in buttons(page, "Restore"))


def test_the_register_can_be_seen_as_it_was(page: HistoryPage, qtbot: QtBot) -> None:
    step = page.model.step(page.model.first())
    assert step
    with qtbot.waitSignal(page.past_asked) as asked:
        page.pane.past.click()
    assert asked.args == [step.operation.at]


def test_one_record_can_be_looked_at_alone(page: HistoryPage, session: Session) -> None:
    record = rename(session, "Shop", "Store")
    everything = len(steps(page.model))
    page.show_record(record)
    found = steps(page.model)
    assert len(found) == 3
    assert found[-1].operation.label.startswith('{"')
    page._show_all()
    assert len(steps(page.model)) == everything


def test_the_strip_leads_to_a_day(page: HistoryPage, session: Session, qtbot: QtBot) -> None:
    rename(session, "Shop")
    today = session.view.day
    page.strip.setFocus()
    page.strip.choose(today + timedelta(days=1))
    QTest.keyClick(page.strip, Qt.Key.Key_Left)
    assert page.strip.day() == today
    assert steps(page.model)[0].day == today
    QTest.keyClick(page.strip, Qt.Key.Key_Home)
    assert page.strip.day() != today
    assert "change" in page.strip.accessibleDescription()


def test_what_others_do_appears(page: HistoryPage, session: Session) -> None:
    record = session.register.get("A-001")
    with Register.open(session.path, writable=True, who="kari") as other:
        edit = Edit(record.id, "name", record["name"], "Theirs")
        other.apply([edit], label("set", ref=record.ref, fields=["name"]))
    session.poll()
    newest = steps(page.model)[0]
    assert newest.operation.who == "kari"


def test_a_long_history_is_read_a_page_at_a_time(
    session: Session, page: HistoryPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.present.connection.execute("PRAGMA synchronous = OFF")
    page.hide()
    rename(session, *(f"Name {n}" for n in range(PAGE + 20)))
    page.show()
    assert len(steps(page.model)) == PAGE
    page.model.fetchMore(page.model.index(-1, 0))
    seen = [step.operation.seq for step in steps(page.model)]
    assert seen == list(range(session.present.head().operation, 0, -1))
    assert not page.model.canFetchMore(page.model.index(-1, 0))


def test_the_chain_is_told(page: HistoryPage, session: Session) -> None:
    head = session.register.head()
    labels = [w.text() for w in page.pane.findChildren(QWidget) if hasattr(w, "text")]
    assert any(head.hash[:12] in str(text) for text in labels)


def look_for(page: HistoryPage, qtbot: QtBot, text: str) -> None:
    """Type into the search field and wait until everything was looked at."""
    with qtbot.waitSignal(page._search.ended, timeout=20000):
        page.field.setText(text)
        QTest.keyClick(page.field, Qt.Key.Key_Return)


def test_changes_are_found_by_what_they_say(
    page: HistoryPage, session: Session, qtbot: QtBot
) -> None:
    record = rename(session, "Nettbutikk", "Store")
    look_for(page, qtbot, "a-001 nettbutikk")
    found = steps(page.model)
    assert [step.operation.seq for step in found] == [
        session.present.head().operation, session.present.head().operation - 1,
    ]  # fmt: skip
    assert "Nettbutikk → Store" in found[0].detail
    assert shown(page) == (["Nettbutikk"], ["Store"])
    assert page._number.text() == "2 found"
    assert page.list.hasFocus()
    page.show_record(record)
    qtbot.waitUntil(lambda: not page._search.running, timeout=20000)
    assert len(steps(page.model)) == 2
    everything = session.present.head().operation
    QTest.keyClick(page.list, Qt.Key.Key_Escape)
    page._show_all()
    assert page.field.text() == ""
    assert steps(page.model)[0].operation.seq == everything


def test_what_is_not_found_says_so(page: HistoryPage, qtbot: QtBot) -> None:
    look_for(page, qtbot, "xyzzy")
    words = [w.heading.text() for w in page.findChildren(EmptyState) if w.isVisible()]
    assert words == ["No change found"]
    assert page.pane.step is None
    page._leave_search()
    assert steps(page.model)


def test_a_new_change_joins_those_that_were_found(
    page: HistoryPage, session: Session, qtbot: QtBot
) -> None:
    rename(session, "Nettbutikk")
    look_for(page, qtbot, "nettbutikk")
    before = len(steps(page.model))
    with qtbot.waitSignal(page._search.ended, timeout=20000):
        rename(session, "Nettbutikken")
    assert len(steps(page.model)) == before + 1


def test_many_hits_come_a_page_at_a_time(session: Session, page: HistoryPage) -> None:
    session.present.connection.execute("PRAGMA synchronous = OFF")
    page.hide()
    rename(session, *(f"Name {n}" for n in range(PAGE + 30)))
    newest = session.present.head().operation
    hits = [(seq, f"Name {seq}") for seq in range(newest, newest - PAGE - 30, -1)]
    page.model.show_found(hits[:10], "name")
    assert len(steps(page.model)) == 10
    page.model.add_found(hits[10:])
    page.model.fetchMore(page.model.index(-1, 0))
    assert [step.operation.seq for step in steps(page.model)] == [seq for seq, _ in hits]
    assert not page.model.canFetchMore(page.model.index(-1, 0))


def effect(page: HistoryPage) -> EffectSection:
    """The part that tells what the step shown did to the checks."""
    QApplication.processEvents()
    (section,) = [s for s in page.pane.findChildren(EffectSection) if s.isVisible()]
    return section


def test_a_step_tells_what_it_did_to_the_checks(
    page: HistoryPage, session: Session, qtbot: QtBot
) -> None:
    record = session.register.get("A-001")
    assert session.set_value(record.id, "owner", record["owner"], Open("Who answers for it?"))
    told = page.pane._effects.told
    with qtbot.waitSignal(told, timeout=20000):
        pass
    rows = page.pane.findChildren(EffectRow)
    assert any("new: Question" in row.accessibleName() and "A-001" in row.accessibleName()
               for row in rows)  # fmt: skip
    assert session.set_value(record.id, "owner", Open("Who answers for it?"), "Kari")
    with qtbot.waitSignal(told, timeout=20000):
        pass
    section = effect(page)
    assert section.note.text() == "1 finding closed"
    (row,) = section.findChildren(EffectRow)
    assert row.accessibleName().startswith("closed: Question: ")


def test_the_effect_of_a_step_is_worked_out_once(
    page: HistoryPage, session: Session, qtbot: QtBot
) -> None:
    rename(session, "Shop", "Store")
    effects = page.pane._effects
    with qtbot.waitSignal(effects.told, timeout=20000):
        pass
    first = page.list.currentIndex()
    page.list.setCurrentIndex(page.model.index(first.row() + 1, 0))
    page.list.setCurrentIndex(first)
    section = effect(page)
    assert section.note.text() == "no finding came or went"


def test_an_effect_is_worked_out_again_if_the_register_changes_meanwhile(
    page: HistoryPage, session: Session, qtbot: QtBot
) -> None:
    rename(session, "Shop", "Store")
    effects, at = page.pane._effects, session.present.head().operation
    qtbot.waitUntil(lambda: bool(effects.findChildren(Job)), timeout=20000)
    (old,) = effects.findChildren(Job)
    told: list[int] = []
    effects.told.connect(lambda operation, _found: told.append(operation))
    session.changed.emit(set())
    assert old.wait()
    assert not told
    with qtbot.waitSignal(effects.told, timeout=20000):
        pass
    assert told == [at]


def test_a_whole_record_is_brought_back(page: HistoryPage, session: Session) -> None:
    record = rename(session, "Shop", "Store")
    kept = session.present.head().operation
    seen = session.view.records[record]
    assert session.set_value(record, "note", seen["note"], "later")
    rename(session, "Market")
    page.list.setCurrentIndex(page.model.index(page.model.row_of(kept), 0))
    assert page.pane.version.isEnabled()
    page.pane.version.click()
    (dialog,) = page.findChildren(VersionDialog)
    assert {value.text() for value in dialog.findChildren(OldValue)} >= {"Market", "later"}
    head = session.present.head().operation
    dialog.restore.click()
    now = session.view.records[record]
    assert (now["name"], now["note"]) == ("Store", seen["note"])
    assert session.present.head().operation == head + 1
    session.undo()
    assert session.view.records[record]["name"] == "Market"


def asked_for_an_older_version(page: HistoryPage, session: Session) -> tuple[VersionDialog, str]:
    """The dialog that gives a record the name back that it had before, and the record."""
    record = rename(session, "Shop", "Store")
    rename(session, "Market")
    seen = session.present.head().operation - 1
    page.list.setCurrentIndex(page.model.index(page.model.row_of(seen), 0))
    page.pane.version.click()
    (dialog,) = page.findChildren(VersionDialog)
    return dialog, record


def test_a_version_that_cannot_be_written_stays_asked_for(
    page: HistoryPage, session: Session,
    refused_while_in_use: Callable[[QAbstractButton, Path], None],
) -> None:  # fmt: skip
    dialog, record = asked_for_an_older_version(page, session)
    refused_while_in_use(dialog.restore, session.path)
    dialog.restore.click()
    assert not dialog.isVisible()
    assert session.view.records[record]["name"] == "Store"


def test_what_another_program_changed_meanwhile_is_shown_before_it_is_put_back(
    page: HistoryPage, session: Session
) -> None:
    dialog, record = asked_for_an_older_version(page, session)
    session._timer.stop()
    with Register.open(session.path, writable=True) as other:
        edit = Edit(record, "name", "Market", "Theirs")
        other.apply([edit], label("set", ref="A-001", fields=["name"]))
    dialog.restore.click()
    assert dialog.isVisible()
    (why,) = dialog.findChildren(FindingBar)
    assert "changed meanwhile" in why.accessibleName()
    assert "Theirs" in {value.text() for value in dialog.findChildren(OldValue)}
    dialog.restore.click()
    assert session.view.records[record]["name"] == "Store"


def test_a_version_that_stands_or_of_many_records_is_not_offered(
    page: HistoryPage, session: Session
) -> None:
    rename(session, "Shop")
    assert page.pane.version.isVisible()
    assert not page.pane.version.isEnabled()
    assert page.pane.version.toolTip() == "The record stands as it did then."
    one, two = session.register.get("A-001"), session.register.get("A-002")
    session.set_many([Edit(r.id, "note", r["note"], "both") for r in (one, two)], "activity")
    assert not page.pane.version.isVisible()


def test_lists_show_what_differs() -> None:
    assert only_differing("a\nb\nc", "a\nc\nd") == ("b", "d", 2)
    assert only_differing("a\nb", "b\na") == ("a\nb", "b\na", 0)
    assert only_differing("old", "new") == ("old", "new", 0)
    assert only_differing("", "a\nb") == ("", "a\nb", 0)


def test_the_values_of_a_field_can_be_brought_back(
    session: Session, page: HistoryPage, qtbot: QtBot
) -> None:
    record = rename(session, "Shop", "Store")
    dialog = FieldHistory(session, record, "name", page)
    dialog.open()
    restore = buttons(dialog, "Restore this value")
    assert len(restore) == 2
    values = [value.text() for value in dialog.findChildren(NewValue)]
    assert values[:2] == ["Store", "Shop"]
    assert QApplication.focusWidget() in dialog.findChildren(QPushButton)
    restore[0].click()
    assert session.view.records[record]["name"] == "Shop"
    assert not dialog.isVisible()


def test_texts_of_users_are_shown_as_they_stand(page: HistoryPage, session: Session) -> None:
    rename(session, "<b>R&D</b> <img src='file:///x'>")
    assert shown(page)[1] == ["<b>R&D</b> <img src='file:///x'>"]


def test_a_deleted_record_is_brought_back_from_its_history(
    page: HistoryPage, session: Session, register_file: Callable[[str], Path]
) -> None:
    record = session.register.get("A-001")
    session.delete([record])
    buttons(page, "Bring back")[0].click()
    assert not session.view.records[record.id].deleted
