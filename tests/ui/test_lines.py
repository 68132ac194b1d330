"""Small tables: filled by keyboard, each change one commit, findings under their line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ropa_app.model.kinds import ALL_KINDS, KINDS
from ropa_app.model.state import AsTyped, NotApplicable, Open, Value
from ropa_ui import reading_order
from ropa_ui.forms.editor import Context
from ropa_ui.forms.line_menu import LineMenu
from ropa_ui.forms.lines import LinesEditor
from ropa_ui.forms.state_menu import StateLine, state_menu
from ropa_ui.models.checks import Row
from ropa_ui.models.session import Session
from ropa_ui.widgets.finding import FindingBar

ENTER, ESCAPE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Desk(QWidget):
    """A window in which Tab goes as in that of a register."""

    def focusNextPrevChild(self, forwards: bool) -> bool:  # noqa: N802
        return reading_order.step(self, forwards)


@dataclass
class Bench:
    """An editor in a window that takes what it commits, as a form does."""

    bot: QtBot
    editor: LinesEditor
    window: QWidget
    commits: list[Value]

    def take(self, value: Value) -> None:
        self.commits.append(value)
        self.editor.load(value)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
        target = QApplication.focusWidget()
        assert target is not None
        self.bot.keyClick(target, key, modifiers or Qt.KeyboardModifier.NoModifier)

    def write(self, text: str) -> None:
        for letter in text:  # the first may open the cell that takes the others
            self.bot.keyClicks(QApplication.focusWidget(), letter)

    def choose(self, action: str) -> None:
        """Take an action of the menu of the cell."""
        self.key(Qt.Key.Key_Period, CONTROL)
        menu = self.editor.findChild(LineMenu)
        assert menu is not None
        chosen = getattr(menu, action)
        menu.close()
        chosen.trigger()

    def at(self, row: int, column: int) -> None:
        self.editor.table.setFocus()
        self.editor.table.setCurrentIndex(self.editor.model.index(row, column))

    @property
    def here(self) -> tuple[int, int]:
        index = self.editor.table.currentIndex()
        return index.row(), index.column()

    @property
    def last(self) -> list[dict[str, Value]]:
        held = self.commits[-1]
        assert isinstance(held, list)
        return held


@pytest.fixture
def context(dressed: QApplication, register_path: Path) -> Iterator[Context]:
    session = Session.open(register_path)
    yield Context(session, session)
    session.close()
    session.deleteLater()


@pytest.fixture
def make(qtbot: QtBot, context: Context) -> Iterator[object]:
    def build(kind: str, field: str, value: Value) -> Bench:
        window = Desk()
        qtbot.addWidget(window)
        editor = LinesEditor(KINDS[kind].field(field), context, window)
        bench = Bench(qtbot, editor, window, [])
        editor.committed.connect(bench.take)
        QVBoxLayout(window).addWidget(editor)
        editor.load(value)
        window.resize(800, 400)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        editor.setFocus()
        return bench

    return build


def contacts(count: int) -> list[Value]:
    return [{"id": f"c{n}", "name": f"Name {n}", "email": f"n{n}@example.no"} for n in range(count)]


@pytest.fixture
def two(make: object) -> Bench:
    return make("party", "contacts", contacts(2))  # type: ignore[operator]


# Moving and editing


def test_enter_opens_a_cell_and_enter_commits_it(two: Bench) -> None:
    two.at(1, 0)
    two.key(ENTER)
    two.write("Anna")
    two.key(ENTER)
    assert [line["name"] for line in two.last] == ["Name 0", "Anna"]
    assert two.editor.table.hasFocus()
    assert two.here == (1, 0)


def test_typing_on_a_cell_takes_the_place_of_what_it_held(two: Bench) -> None:
    two.at(0, 0)
    two.write("Bo")
    two.key(ENTER)
    assert two.last[0]["name"] == "Bo"


def test_escape_keeps_what_the_cell_held(two: Bench) -> None:
    two.at(0, 0)
    two.key(Qt.Key.Key_F2)
    two.write("Wrong")
    two.key(ESCAPE)
    assert two.commits == []
    assert two.editor.model.cell(0, 0).main == "Name 0"
    assert two.editor.table.hasFocus()


def test_tab_goes_on_to_the_next_cell_and_keeps_editing(two: Bench) -> None:
    two.at(0, 0)
    two.key(ENTER)
    two.write("Ada")
    two.key(TAB)
    two.write("ada@example.no")
    two.key(TAB)
    two.write("22 33 44 55")
    two.key(TAB)
    assert two.last[0] == {
        "id": "c0", "name": "Ada", "email": "ada@example.no", "phone": "22 33 44 55",
    }  # fmt: skip
    assert two.here == (1, 0)
    assert isinstance(QApplication.focusWidget(), QLineEdit)


def test_nothing_is_committed_where_nothing_differs(two: Bench) -> None:
    two.at(0, 0)
    two.key(ENTER)
    for _ in range(5):
        two.key(TAB)
    two.key(ENTER)
    assert two.commits == []


def test_tab_leads_out_of_the_table_at_its_end(two: Bench) -> None:
    after = QLineEdit(two.window)
    two.window.layout().addWidget(after)
    after.show()
    two.at(1, two.editor.model.fold - 1)
    two.key(TAB)
    assert two.here == (1, two.editor.model.fold)
    two.key(TAB)
    assert after.hasFocus()


def test_a_cell_left_by_the_mouse_is_committed(two: Bench) -> None:
    after = QLineEdit(two.window)
    two.window.layout().addWidget(after)
    after.show()
    two.at(0, 0)
    two.key(ENTER)
    two.write("Cato")
    assert two.editor.half_typed() == "Cato"
    after.setFocus(Qt.FocusReason.MouseFocusReason)
    assert two.last[0]["name"] == "Cato"
    assert two.editor.half_typed() == ""


def test_what_cannot_be_read_stays_as_typed(make: object) -> None:
    bench: Bench = make("party", "guarantees", [{"id": "g", "how": "Audit"}])  # type: ignore[operator]
    column = [shown.keys[0] for shown in bench.editor.model.shown].index("on")
    bench.at(0, column)
    bench.key(ENTER)
    bench.write("soon")
    bench.key(ENTER)
    assert bench.last[0]["on"] == AsTyped("soon")
    assert "soon" in bench.editor.model.cell(0, column).main


# Lines


def test_control_enter_adds_a_line_that_is_committed_once_it_holds_anything(two: Bench) -> None:
    two.at(0, 0)
    two.key(ENTER, CONTROL)
    assert two.commits == []
    two.write("Between")
    two.key(ENTER)
    assert [line["name"] for line in two.last] == ["Name 0", "Between", "Name 1"]
    assert len(str(two.last[1]["id"])) == 10


def test_a_new_line_left_empty_is_gone(two: Bench) -> None:
    two.editor.add_line()
    assert two.editor.model.rowCount() == 3
    two.key(ESCAPE)
    assert two.editor.model.rowCount() == 2
    assert two.commits == []


def test_the_first_line_begins_with_enter(make: object) -> None:
    bench: Bench = make("party", "contacts", None)  # type: ignore[operator]
    bench.key(ENTER)
    bench.write("First")
    bench.key(ENTER)
    assert [line["name"] for line in bench.last] == ["First"]


def test_alt_arrows_move_a_line(two: Bench) -> None:
    two.at(0, 1)
    two.key(Qt.Key.Key_Down, ALT)
    assert [line["id"] for line in two.last] == ["c1", "c0"]
    assert two.here == (1, 1)
    two.key(Qt.Key.Key_Down, ALT)
    assert len(two.commits) == 1


def test_delete_removes_the_line_and_nothing_left_is_none(two: Bench) -> None:
    two.at(0, 0)
    two.key(Qt.Key.Key_Delete)
    assert [line["id"] for line in two.last] == ["c1"]
    two.key(Qt.Key.Key_Delete)
    assert two.commits[-1] is None


def test_a_block_from_a_spreadsheet_becomes_lines_in_one_commit(two: Bench) -> None:
    QGuiApplication.clipboard().setText(
        'Name or role\tE-mail\tTelephone\nEva\teva@example.no\t\n"Two\nlines"\tnot an address\n'
    )
    two.at(0, 0)
    two.key(Qt.Key.Key_V, CONTROL)
    assert len(two.commits) == 1
    assert [line["name"] for line in two.last] == ["Name 0", "Eva", "Two lines", "Name 1"]
    assert two.last[1]["email"] == "eva@example.no"
    assert two.last[2]["email"] == AsTyped("not an address")


def test_a_copied_line_is_pasted_as_another(two: Bench) -> None:
    two.at(1, 0)
    two.key(Qt.Key.Key_C, CONTROL)
    two.key(Qt.Key.Key_V, CONTROL)
    names = [line["name"] for line in two.last]
    assert names == ["Name 0", "Name 1", "Name 1"]
    assert len({str(line["id"]) for line in two.last}) == 3


# The whole line


def test_space_folds_out_every_column_and_escape_folds_in(two: Bench) -> None:
    two.at(0, 0)
    two.key(Qt.Key.Key_Space)
    labels = {label.text() for label in two.editor.findChildren(QLabel) if label.isVisible()}
    assert {"Name or role", "About", "E-mail", "Telephone"} <= labels
    two.editor.open_line("c0", "about")
    two.write("Breaches")
    two.key(ENTER)
    assert two.last[0]["about"] == "Breaches"
    two.key(ESCAPE)
    assert two.editor.table.hasFocus()
    assert two.editor.model.unfolded == ""


def test_open_line_opens_the_cell_or_folds_the_line_out(two: Bench) -> None:
    two.editor.open_line("c1", "email")
    two.write("new@example.no")
    two.key(ENTER)
    assert two.last[1]["email"] == "new@example.no"


def test_tab_comes_to_the_line_folded_out_right_after_the_table(two: Bench) -> None:
    after = QLineEdit(two.window)
    two.window.layout().addWidget(after)
    after.show()
    two.editor.toggle(0)
    two.at(1, two.editor.model.fold)
    two.key(TAB)
    form = two.editor.findChild(QWidget, "lineForm")
    assert form is not None
    assert form.isAncestorOf(QApplication.focusWidget())


# States


def test_a_column_becomes_an_open_question_through_its_menu(two: Bench) -> None:
    two.at(0, 1)
    two.choose("open_action")
    two.write("Which address?")
    two.key(ENTER)
    assert two.last[0]["email"] == Open("Which address?")
    cell = two.editor.model.cell(0, 1)
    assert (cell.main, cell.second, cell.icon_role) == ("Open question", "Which address?", "rev")


def test_a_question_given_up_leaves_what_was_there(two: Bench) -> None:
    two.at(0, 1)
    two.choose("not_applicable_action")
    two.key(ESCAPE)
    assert two.commits == []
    assert two.editor.model.cell(0, 1).main == "n0@example.no"


def test_a_state_in_the_place_of_a_line_stands_in_a_row_and_can_be_changed(make: object) -> None:
    lines = [Open("Who else?"), {"id": "c", "name": "Ida"}]
    bench: Bench = make("party", "contacts", lines)  # type: ignore[operator]
    assert bench.editor.model.cell(0, 0).spoken == "Open question, Who else?"
    bench.at(0, 0)
    bench.key(ENTER)
    bench.write(" Asked.")
    bench.key(ENTER)
    assert bench.commits[-1] == [Open(" Asked.".strip()), {"id": "c", "name": "Ida"}]


def test_a_state_line_asks_for_words_and_can_be_taken_back(qtbot: QtBot, two: Bench) -> None:
    line = StateLine(two.window)
    told: list[Value] = []
    line.committed.connect(told.append)
    line.load(NotApplicable(""), "Department")
    line.flush()
    assert told == []
    qtbot.keyClicks(line.line, "No such data")
    assert line.half_typed() == "No such data"
    line.flush()
    line.close_button.click()
    assert told == [NotApplicable("No such data"), None]
    assert line.line.accessibleName() == "Department, Not applicable"
    assert line.close_button.accessibleName() == "Back to a value, Department"


@pytest.mark.parametrize(
    ("value", "offered"),
    [(None, (True, True, False)), ("x", (True, True, True)), (Open("?"), (False, True, True))],
)
def test_the_state_menu_offers_what_the_field_is_not_yet(
    two: Bench, value: Value, offered: tuple[bool, ...]
) -> None:
    menu = state_menu(two.editor.field, value, two.window)
    actions = (menu.open_action, menu.not_applicable_action, menu.clear_action)
    assert tuple(action.isEnabled() for action in actions) == offered
    menu.close()
    menu.deleteLater()


# Findings


def finding(field: str, sentence: str = "Something is missing") -> Row:
    return Row("r", field, "warning", "rule", "30(1)(b)", sentence, "Fill it in.")


def test_a_finding_stands_under_its_line_and_its_button_opens_the_cell(two: Bench) -> None:
    two.editor.set_findings([finding("contacts.c0.email")])
    bar = two.editor.findChild(FindingBar)
    assert bar is not None
    table = two.editor.table
    top = bar.mapTo(table.viewport(), bar.rect().topLeft()).y()
    assert table.rowViewportPosition(0) < top < table.rowViewportPosition(1)
    bar.findChild(QPushButton).click()
    two.write("x@example.no")
    two.key(ENTER)
    assert two.last[0]["email"] == "x@example.no"


def test_more_than_two_findings_of_a_line_fold(two: Bench) -> None:
    two.editor.set_findings([finding("contacts.c0.email", f"No. {n}") for n in range(5)])
    assert len(two.editor.findChildren(FindingBar)) == 2
    more = [b for b in two.editor.findChildren(QPushButton) if b.text() == "3 more"]
    more[0].click()
    two.bot.waitUntil(lambda: len(two.editor.findChildren(FindingBar)) == 5)


def test_findings_go_when_they_are_gone(two: Bench) -> None:
    height = two.editor.table.height()
    two.editor.set_findings([finding("contacts.c0.email"), finding("contacts")])
    assert two.editor.table.height() > height
    two.editor.set_findings([])
    assert two.editor.table.height() == height
    assert not two.editor.rest.isVisible()


# Loading


def test_loading_never_commits_and_another_record_forgets_what_was_open(two: Bench) -> None:
    two.at(0, 0)
    two.key(ENTER)
    two.write("Half")
    record = next(iter(two.editor.context.session.view.of("organisation")))
    two.editor.context.record = record
    two.editor.load(contacts(3))
    assert two.commits == []
    assert two.editor.half_typed() == ""
    assert two.editor.model.rowCount() == 3


def test_read_only_lines_can_be_folded_out_but_not_changed(two: Bench) -> None:
    two.editor.set_read_only(True)
    two.at(0, 0)
    for key in (ENTER, Qt.Key.Key_Delete, Qt.Key.Key_A):
        two.key(key)
    two.key(Qt.Key.Key_Space)
    assert two.editor.model.unfolded == "c0"
    assert two.commits == []


def test_every_cell_says_its_text_to_screen_readers(two: Bench) -> None:
    two.editor.name("Contacts", "Whom to reach")
    table = QAccessible.queryAccessibleInterface(two.editor.table)
    assert table.text(QAccessible.Text.Name) == "Contacts"
    said = [table.child(n).text(QAccessible.Text.Name) for n in range(table.childCount())]
    first = said.index("Name 0")
    assert said[first : first + 4] == [
        "Name 0", "n0@example.no", "not stated", "Show the whole line",
    ]  # fmt: skip


LINE_FIELDS = [(k.key, f.key) for k in ALL_KINDS for f in k.fields if f.kind == "lines"]


@pytest.mark.parametrize(("kind", "field"), LINE_FIELDS)
def test_every_field_of_lines_has_a_table_and_a_whole_line(
    make: object, kind: str, field: str
) -> None:
    bench: Bench = make(kind, field, None)  # type: ignore[operator]
    declared = KINDS[kind].field(field)
    known = {column.key for column in declared.columns}
    assert all(set(shown.keys) <= known for shown in bench.editor.model.shown)
    bench.editor.load([{"id": "x"}])
    bench.editor.toggle(0)
    labels = {label.text().removesuffix("\u00a0*") for label in bench.editor.findChildren(QLabel)}
    assert {column.label for column in declared.columns} <= labels


def test_a_hundred_lines_stand_without_a_scroll_bar(make: object) -> None:
    bench: Bench = make("party", "contacts", contacts(100))  # type: ignore[operator]
    table = bench.editor.table
    assert table.rowViewportPosition(99) + table.rowHeight(99) == table.viewport().height()
