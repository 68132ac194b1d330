"""Merging in the window: two chosen or one picked, what differs decided, one step, undone whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ropa_app.model.record import Record
from ropa_ui.main_window import MainWindow
from ropa_ui.views import record_work
from ropa_ui.views.merge import MergeDialog
from ropa_ui.views.record_menu import record_menu
from ropa_ui.widgets.labels import Label

Windows = Callable[..., MainWindow]
SLOW = 30_000  # ms: another Python has to start


class Case:
    """A window with two records of one party, and the dialog that merges them."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.session = window.session
        first = self.session.create("party", {"name": "Acme Ltd", "country": "GB"})
        second = self.session.create(
            "party", {"name": "ACME Limited", "country": "IE", "website": "https://acme.example"}
        )
        assert first
        assert second
        self.user = self.session.create("agreement", {"name": "DPA", "party": second})
        self.kept, self.other = self.record(first), self.record(second)

    def record(self, identifier: str) -> Record:
        return self.session.view.records[identifier]

    def dialog(self) -> MergeDialog:
        found = [d for d in self.window.findChildren(MergeDialog) if d.isVisible()]
        assert len(found) == 1
        return found[0]

    def open(self, *records: Record) -> MergeDialog:
        record_work.merge(self.window, list(records))
        QApplication.processEvents()
        return self.dialog()

    def merge(self, qtbot: QtBot) -> None:
        dialog = self.dialog()
        dialog.work_button.click()
        qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible(), timeout=SLOW)


@pytest.fixture
def case(window: Windows) -> Iterator[Case]:
    made = Case(window("smartgroup", "party"))
    yield made
    for dialog in made.window.findChildren(MergeDialog):
        dialog.reject()


def said(dialog: MergeDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(Label))


def test_what_will_happen_is_said_before(case: Case) -> None:
    dialog = case.open(case.kept, case.other)
    head = case.session.register.head()
    words = said(dialog)
    assert set(dialog._choices) == {"name", "country"}
    for text in ("United Kingdom", "Ireland", "https://acme.example"):
        assert text in words
    assert f"1 record that links to {case.other.ref} will link to {case.kept.ref}." in words
    assert "The name that goes is kept as a former name." in words
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert case.session.register.head() == head


def test_merging_is_one_step_told_with_undo_and_undone_whole(case: Case, qtbot: QtBot) -> None:
    told: list[tuple[str, bool]] = []
    case.session.said.connect(lambda text, undo: told.append((text, undo)))
    operation = case.session.register.head().operation
    dialog = case.open(case.kept, case.other)
    dialog._choices["country"].choose(1)
    case.merge(qtbot)
    kept = case.record(case.kept.id)
    assert kept["country"] == "IE"
    assert kept["name"] == "Acme Ltd"
    assert kept["former_names"] == ["ACME Limited"]
    assert kept["website"] == "https://acme.example"
    assert case.record(case.user)["party"] == kept.id
    assert case.record(case.other.id).merged_into == kept.id
    assert case.session.register.head().operation == operation + 1
    assert told == [(f"Merged {case.other.ref} into {kept.ref} Acme Ltd", True)]
    page = case.window.records_page()
    assert page
    assert page.form.record
    assert page.form.record.id == kept.id
    case.session.undo()
    assert case.record(case.kept.id).values == case.kept.values
    assert case.record(case.user)["party"] == case.other.id
    assert not case.record(case.other.id).deleted


def test_the_other_may_stay_instead(case: Case, qtbot: QtBot) -> None:
    dialog = case.open(case.kept, case.other)
    dialog.swap_button.click()
    assert case.other.ref in dialog._stays.text()
    case.merge(qtbot)
    assert case.record(case.kept.id).merged_into == case.other.id


def test_the_chosen_name_stands_and_the_other_is_a_former_one(case: Case, qtbot: QtBot) -> None:
    dialog = case.open(case.kept, case.other)
    dialog._choices["name"].choose(1)
    case.merge(qtbot)
    kept = case.record(case.kept.id)
    assert kept["name"] == "ACME Limited"
    assert kept["former_names"] == ["Acme Ltd"]


def test_one_record_is_merged_with_another_picked_by_typing(case: Case) -> None:
    dialog = case.open(case.kept)
    assert not dialog.work_button.isEnabled()
    assert dialog.work_button.toolTip()
    QTest.keyClicks(dialog.line, "acme lim")
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert dialog.other
    assert dialog.other.id == case.other.id
    assert dialog.work_button.isEnabled()
    offered = {entry.value for entry in dialog._entries()}
    assert case.kept.id not in offered
    assert all(case.record(each).kind_key == "party" for each in offered)


def test_terms_are_merged_within_their_vocabulary(window: Windows) -> None:
    opened = window("smartgroup", "term")
    made = [
        opened.session.create("term", {"name": name, "vocabulary": vocabulary})
        for name, vocabulary in (("One", "purpose"), ("Two", "purpose"), ("Three", "sector"))
    ]
    records = [opened.session.view.records[str(each)] for each in made]
    record_work.merge(opened, records[:1])
    dialog = opened.findChild(MergeDialog)
    offered = {entry.label for entry in dialog._entries()}
    assert "Two" in offered
    assert "Three" not in offered
    dialog.reject()


def test_a_failure_is_said_in_the_dialog_and_nothing_is_written(case: Case, qtbot: QtBot) -> None:
    dialog = case.open(case.kept, case.other)
    case.session.delete([case.other])
    operation = case.session.register.head().operation
    dialog.work_button.click()
    qtbot.waitUntil(lambda: dialog.failure.count() == 1, timeout=SLOW)
    qtbot.waitUntil(lambda: dialog.work_button.isEnabled(), timeout=SLOW)
    assert dialog.isVisible()
    assert case.session.register.head().operation == operation


@pytest.mark.parametrize(("count", "entry"), [
    (1, "Merge with another…"), (2, "Merge these two…"), (3, ""),
])  # fmt: skip
def test_the_menu_offers_it_for_one_or_two(case: Case, count: int, entry: str) -> None:
    page = case.window.records_page()
    assert page
    menu = record_menu(page, case.session.view.of("party")[:count], opens=True)
    offered = [action.text() for action in menu.actions() if action.text().startswith("Merge")]
    assert offered == ([entry] if entry else [])
    menu.close()


def test_what_differs_can_be_read_once_the_other_record_is_picked(case: Case) -> None:
    dialog = case.open(case.kept)
    picked = next(entry for entry in dialog._entries() if entry.value == case.other.id)
    dialog._picked(picked)
    for _time in range(3):  # texts that wrap find their height once they are shown
        QApplication.processEvents()
    values = next(iter(dialog._choices.values()))
    seen = dialog._scroll.viewport()
    place = values.rect().translated(values.mapTo(seen, values.rect().topLeft()))
    assert seen.rect().contains(place)
