"""The table of a page: columns, order, cells edited, copied and pasted, by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from ropa_app.model.state import AsTyped, Open
from ropa_ui import settings
from ropa_ui.main_window import MainWindow
from ropa_ui.models.columns import all_columns, default_columns
from ropa_ui.views.records import RecordsPage
from ropa_ui.views.table import TablePane, toggle_table
from ropa_ui.views.table_columns import ColumnChooser
from ropa_ui.views.table_editor import CellEditor
from ropa_ui.views.table_preview import PreviewDialog

KEY = Qt.Key
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier


class Desk:
    """A window with the table of activities open, and hands to work in it."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self.qtbot = qtbot
        window.activateWindow()
        page = window.records_page()
        assert page is not None
        self.page: RecordsPage = page
        toggle_table(page, window)
        pane = page.findChild(TablePane)
        assert isinstance(pane, TablePane)
        self.pane: TablePane = pane
        self.table = pane.table
        self.session = window.session
        QApplication.processEvents()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        target = QApplication.focusWidget() or self.table
        self.qtbot.keyClick(target, key, held)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        for letter in text:  # the first one opens an editor, which takes the rest
            self.qtbot.keyClicks(QApplication.focusWidget() or self.table, letter)
            QApplication.processEvents()

    def at(self, row: int, key: str) -> None:
        self.table.go_to(row, self.pane.model.columns.index(key))
        self.table.setFocus()

    def value(self, ref: str, key: str) -> object:
        record = self.session.view.by_ref(ref)
        assert record is not None
        return record[key]

    def names(self) -> list[str]:
        model = self.pane.model
        return [str(model.index(row, 0).data()) for row in range(model.count())]

    def preview(self) -> PreviewDialog:
        found = self.window.findChildren(PreviewDialog)
        assert len(found) == 1
        return found[0]

    def editor(self) -> CellEditor | None:
        return next((e for e in self.pane.findChildren(CellEditor) if e.isVisible()), None)

    def paste(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.press(KEY.Key_V, CONTROL)


@pytest.fixture
def desk(window, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(window("smartgroup", "activity"), qtbot)
    yield made
    made.pane.finish()


# List and table


def test_takes_the_place_of_list_and_form_and_gives_it_back(desk: Desk) -> None:
    page = desk.page
    assert desk.table.isVisible()
    assert not page.form.isVisible()
    assert not page.pane.list.isVisible()
    assert desk.table.hasFocus()
    desk.at(2, "ref")
    record = desk.table.current_record()
    desk.press(KEY.Key_Escape)
    assert page.form.isVisible()
    assert page.pane.list.hasFocus()
    assert page.pane.current() == record
    assert page.form.record == record
    desk.window.actions_by_key["table"].trigger()
    assert desk.table.isVisible()
    assert desk.table.current_record() == record


def test_enter_opens_the_record_in_the_form(desk: Desk) -> None:
    desk.at(1, "name")
    record = desk.table.current_record()
    desk.press(KEY.Key_Return)
    assert desk.page.form.isVisible()
    assert desk.page.form.record == record
    assert desk.page.table is None


def test_the_form_shows_what_was_edited_in_the_table(desk: Desk) -> None:
    desk.at(0, "name")
    record = desk.table.current_record()
    assert record is not None
    desk.press(KEY.Key_F2)
    desk.type("Renamed")
    desk.press(KEY.Key_Return)
    desk.press(KEY.Key_Escape)
    assert desk.page.form.record is not None
    assert desk.page.form.record["name"] == "Renamed"


def test_searching_works_in_the_table(desk: Desk) -> None:
    desk.window.actions_by_key["find"].trigger()
    assert desk.page.pane.field.hasFocus()
    desk.type("newsletter")
    desk.press(KEY.Key_Return)
    assert desk.table.hasFocus()
    assert 0 < desk.pane.model.count() < 10
    assert desk.table.current_record() is not None
    desk.page.pane.field.setFocus()
    desk.page.pane.field.selectAll()
    desk.type("nothing is called this")
    desk.press(KEY.Key_Return)
    assert not desk.table.isVisible()
    desk.page.pane.clear()
    assert desk.table.isVisible()


def test_commands_for_records_work_on_the_rows_marked(desk: Desk) -> None:
    desk.at(1, "role")
    desk.press(KEY.Key_Down, SHIFT)
    desk.press(KEY.Key_Right, SHIFT)
    marked = [desk.pane.model.record(row) for row in (1, 2)]
    assert desk.page.pane.selected() == marked
    before = desk.pane.model.count()
    desk.window.actions_by_key["delete"].trigger()
    assert desk.pane.model.count() == before - 2
    desk.session.undo()
    assert desk.pane.model.count() == before


def test_going_to_a_record_leaves_the_table(desk: Desk) -> None:
    record = desk.pane.model.record(3)
    assert record is not None
    desk.window.go_to(record.id)
    assert desk.page.table is None
    assert desk.page.form.record == record


# Order and columns


def test_a_click_on_the_head_sorts_and_says_so(desk: Desk) -> None:
    by_reference = desk.names()
    head = desk.pane.head
    place = QPoint(head.sectionViewportPosition(0) + 20, head.height() // 2)

    def click() -> None:
        desk.qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)

    click()
    ascending = desk.names()
    assert ascending != by_reference
    assert (head.sorted_by, head.descending) == (0, False)
    assert desk.pane._order.text() == "Sorted by Name"
    click()
    assert desk.names() == ascending[::-1]
    assert desk.pane._order.text() == "Sorted by Name, descending"
    click()
    assert desk.names() == by_reference
    assert desk.pane._order.text() == "Sorted by Reference"


def test_sorting_keeps_the_cell(desk: Desk) -> None:
    desk.at(2, "role")
    record = desk.table.current_record()
    desk.pane.sort(0)
    assert desk.table.current_record() == record
    assert desk.pane.model.columns[desk.table.currentIndex().column()] == "role"


def test_the_head_by_keyboard(desk: Desk) -> None:
    desk.at(0, "ref")
    desk.press(KEY.Key_Up)
    head = desk.pane.head
    assert head.hasFocus()
    assert head.at == 1
    desk.press(KEY.Key_Return)
    assert head.sorted_by == 1
    before = list(desk.pane.model.columns)
    desk.press(KEY.Key_Right, ALT)
    assert desk.pane.model.columns[1:3] == [before[2], before[1]]
    desk.press(KEY.Key_Left, ALT)
    assert desk.pane.model.columns == before
    desk.press(KEY.Key_Left, ALT)
    assert desk.pane.model.columns == before, "the name stays first"
    width = desk.table.columnWidth(1)
    desk.press(KEY.Key_Right, SHIFT)
    assert desk.table.columnWidth(1) > width
    desk.press(KEY.Key_Down)
    assert desk.table.hasFocus()


def test_columns_are_remembered(desk: Desk) -> None:
    assert desk.pane.model.columns == default_columns("activity")
    desk.pane._columns_chosen(["name", "note", "ref"])
    desk.table.setColumnWidth(1, 333)
    desk.pane._remember()
    again = TablePane(desk.page, desk.session)
    assert again.model.columns == ["name", "note", "ref"]
    assert again.table.columnWidth(1) == 333
    again.deleteLater()


@pytest.mark.parametrize("kept", ["nonsense", "[]", '{"columns": 5}', '{"columns": ["gone"]}'])
def test_settings_that_make_no_sense_are_passed_over(desk: Desk, kept: str) -> None:
    settings.keep("table/activity", kept)
    again = TablePane(desk.page, desk.session)
    assert again.model.columns == default_columns("activity")
    again.deleteLater()


def test_a_dragged_column_stays_where_it_was_put(desk: Desk) -> None:
    before = list(desk.pane.model.columns)
    desk.pane.head.moveSection(3, 1)
    desk.qtbot.waitUntil(lambda: desk.pane.model.columns != before)
    assert desk.pane.model.columns[1] == before[3]
    assert [desk.pane.head.visualIndex(n) for n in range(4)] == [0, 1, 2, 3]


def test_columns_are_chosen_by_keyboard(desk: Desk) -> None:
    desk.pane.choose_columns()
    chooser = desk.pane.findChild(ColumnChooser)
    assert isinstance(chooser, ColumnChooser)
    for text in ("Note", "note"):
        chooser.line.setText(text)
        chooser.search(text)
    desk.qtbot.keyClick(chooser.line, KEY.Key_Return)
    assert desk.pane.model.columns[-1] in all_columns("activity")
    assert len(desk.pane.model.columns) == len(default_columns("activity")) + 1
    chooser._reset()
    assert desk.pane.model.columns == default_columns("activity")
    chooser.close()


def test_fitting_shows_the_longest_cell_whole(desk: Desk) -> None:
    desk.table.setColumnWidth(0, 60)
    desk.table.fit(0)
    widest = max(
        desk.table.itemDelegate().width(desk.pane.model.index(row, 0))
        for row in range(desk.pane.model.count())
    )
    assert desk.table.columnWidth(0) >= min(widest, 520)


def test_the_name_stays_in_sight(desk: Desk) -> None:
    desk.pane.set_columns(all_columns("activity"))
    last = len(desk.pane.model.columns) - 1
    desk.table.go_to(0, last)
    assert desk.pane.head.offset() > 0
    first = desk.pane.model.index(0, 0)
    assert desk.table.visualRect(first).left() == 0
    assert desk.table.indexAt(QPoint(10, 10)) == first
    left = desk.table.visualRect(desk.pane.model.index(0, last)).left()
    assert left >= desk.table.columnWidth(0)
    for column in range(last, 0, -1):
        desk.table.go_to(0, column)
        cell = desk.table.visualRect(desk.pane.model.index(0, column))
        assert cell.left() >= desk.table.columnWidth(0)


# Editing in place


def test_typing_opens_the_editor_and_enter_saves(desk: Desk) -> None:
    desk.at(0, "name")
    record = desk.table.current_record()
    assert record is not None
    desk.type("X")
    assert desk.editor() is not None
    desk.type("yz")
    desk.press(KEY.Key_Return)
    assert desk.editor() is None
    assert desk.value(record.ref, "name") == "Xyz"
    assert desk.table.hasFocus()
    assert record.ref in desk.session.undo_words()


def test_escape_gives_the_typing_up(desk: Desk) -> None:
    desk.at(0, "name")
    before = desk.names()
    head = desk.session.register.head()
    desk.type("Gone")
    desk.press(KEY.Key_Escape)
    assert desk.editor() is None
    assert desk.names() == before
    assert desk.session.register.head() == head
    assert desk.table.isVisible(), "Escape leaves the cell, not the table"


def test_tab_saves_and_goes_on(desk: Desk) -> None:
    desk.pane.set_columns(["name", "ref", "note", "owner"])
    desk.at(0, "name")
    record = desk.table.current_record()
    assert record is not None
    desk.press(KEY.Key_F2)
    desk.type("First")
    desk.press(KEY.Key_Tab)
    editor = desk.editor()
    assert editor is not None
    assert editor.field.key == "note", "the reference cannot be edited"
    desk.type("Second")
    desk.press(KEY.Key_Backtab, SHIFT)
    assert desk.value(record.ref, "note") == "Second"
    editor = desk.editor()
    assert editor is not None
    assert editor.field.key == "name"
    desk.press(KEY.Key_Escape)


def test_tab_after_the_last_column_goes_to_the_next_row(desk: Desk) -> None:
    desk.pane.set_columns(["name", "owner"])
    desk.at(0, "owner")
    desk.press(KEY.Key_F2)
    desk.press(KEY.Key_Tab)
    index = desk.table.currentIndex()
    assert (index.row(), index.column()) == (1, 0)
    assert desk.editor() is not None
    desk.press(KEY.Key_Escape)


def test_leaving_for_elsewhere_saves(desk: Desk) -> None:
    desk.at(0, "name")
    record = desk.table.current_record()
    assert record is not None
    desk.type("Kept")
    desk.page.pane.field.setFocus()
    QApplication.processEvents()
    assert desk.editor() is None
    assert desk.value(record.ref, "name") == "Kept"
    assert desk.page.pane.field.hasFocus()


def test_a_state_is_edited_as_a_state(desk: Desk) -> None:
    desk.at(0, "next_review")
    record = desk.table.current_record()
    assert record is not None
    desk.session.set_value(record.id, "next_review", record["next_review"], Open("when?"))
    desk.at(0, "next_review")
    desk.press(KEY.Key_F2)
    desk.type("who?")
    desk.press(KEY.Key_Return)
    assert desk.value(record.ref, "next_review") == Open("who?")


def test_what_has_no_editor_here_opens_in_the_form(desk: Desk) -> None:
    desk.pane.set_columns(["name", "data"])
    desk.at(1, "data")
    desk.press(KEY.Key_F2)
    assert desk.page.table is None
    assert desk.page.form.isVisible()


@pytest.mark.parametrize(
    ("kind", "key", "why"),
    [("activity", "ref", "The register gives each record its reference, and it stays the same."),
     ("party", "roles", "This column is worked out from other fields; there is nothing to type."),
     ("activity", "data", "This is edited in the form; F2 opens it there.")],
)  # fmt: skip
def test_typing_where_nothing_can_be_typed_stays_in_the_table_and_says_why(
    window, qtbot: QtBot, kind: str, key: str, why: str
) -> None:
    desk = Desk(window("smartgroup", kind), qtbot)
    desk.pane.set_columns(["name", key])
    said: list[str] = []
    desk.session.failed.connect(said.append)
    head = desk.session.register.head()
    desk.at(1, key)
    desk.type("x")
    if not desk.pane.model.kind.has(key):  # what the form can edit is opened there
        desk.press(KEY.Key_F2)
    assert set(said) == {why}
    assert desk.page.table is desk.pane
    assert desk.table.hasFocus()
    assert desk.table.currentIndex() == desk.pane.model.index(1, 1)
    assert desk.editor() is None
    assert desk.session.register.head() == head


def test_the_past_is_not_edited(desk: Desk) -> None:
    said: list[str] = []
    desk.session.failed.connect(said.append)
    assert desk.session.show_past(desk.session.register.head().at)
    desk.at(0, "name")
    desk.press(KEY.Key_F2)
    assert desk.editor() is None
    desk.paste("x\ty")
    desk.press(KEY.Key_Delete)
    assert said == ["The past cannot be changed; go back to today first."] * 3


# Copy and paste


def test_a_block_is_copied_for_a_spreadsheet(desk: Desk) -> None:
    desk.at(0, "name")
    desk.press(KEY.Key_Down, SHIFT)
    desk.press(KEY.Key_Right, SHIFT)
    desk.press(KEY.Key_C, CONTROL)
    data: QMimeData = QGuiApplication.clipboard().mimeData()
    names = desk.names()
    assert data.text() == f"{names[0]}\tA-001\r\n{names[1]}\tA-002\r\n"
    assert data.html().count("<td") == 4


def test_nothing_is_written_before_the_button(desk: Desk) -> None:
    desk.at(0, "name")
    head = desk.session.register.head()
    desk.paste("One\r\nTwo\r\n")
    dialog = desk.preview()
    assert dialog.summary.text() == "2 cells of 2 records will change"
    assert dialog.write_button.text() == "Write 2 changes"
    assert desk.session.register.head() == head
    dialog.write_button.click()
    assert desk.names()[:2] == ["One", "Two"]
    assert desk.session.register.head().operation == head.operation + 1
    assert desk.window.toast.isVisible()
    desk.window.undo()
    assert "One" not in desk.names()


def test_rows_beyond_the_list_become_records(desk: Desk) -> None:
    desk.at(desk.pane.model.count() - 1, "name")
    before = desk.pane.model.count()
    desk.paste("Last\r\nNew one\r\n\t\r\n")
    dialog = desk.preview()
    assert "1 of them new" in dialog.summary.text()
    dialog.write_button.click()
    assert desk.pane.model.count() == before + 1
    assert desk.names()[-1] == "New one"


# New records


def test_typing_in_the_last_row_makes_a_record_in_one_step(desk: Desk) -> None:
    before, head = desk.names(), desk.session.register.head().operation
    desk.at(desk.pane.model.count(), "name")
    assert desk.table.currentIndex().data() == "New activity …"
    desk.type("Returns")
    desk.press(KEY.Key_Return)
    assert desk.names() == [*before, "Returns"]
    assert desk.table.currentIndex().data() == "Returns"
    assert desk.session.register.head().operation == head + 1
    desk.press(KEY.Key_Down)
    assert desk.table.currentIndex().data() == "New activity …"
    desk.session.undo()
    assert desk.names() == before


def test_a_new_record_typed_in_another_column_has_a_name(desk: Desk) -> None:
    desk.pane.set_columns(["name", "owner"])
    desk.at(desk.pane.model.count(), "owner")
    desk.press(KEY.Key_F2)
    desk.type("Kari")
    desk.press(KEY.Key_Tab)
    record = desk.pane.model.record(desk.pane.model.count() - 1)
    assert record is not None
    assert (record["name"], record["owner"]) == ("New activity", "Kari")
    editor = desk.editor()
    assert editor is not None
    assert desk.pane.model.is_new(desk.table.currentIndex().row()), "Tab goes on to the next one"
    desk.press(KEY.Key_Escape)
    assert desk.pane.model.record(desk.pane.model.count() - 1) == record, "nothing was typed"


@pytest.mark.parametrize("narrow", ["search", "past", "list"])
def test_a_new_row_is_there_only_where_its_record_would_be_seen(
    desk: Desk, narrow: str
) -> None:
    model = desk.pane.model
    assert model.rowCount() == model.count() + 1
    if narrow == "search":
        model.search("newsletter")
    elif narrow == "past":
        assert desk.session.show_past(desk.session.register.head().at)
    else:
        desk.press(KEY.Key_Escape)
    assert model.rowCount() == model.count() > 0


def test_the_row_for_a_new_record_holds_none_to_be_copied_or_deleted(desk: Desk) -> None:
    desk.at(desk.pane.model.count(), "name")
    QGuiApplication.clipboard().setText("kept")
    head = desk.session.register.head()
    desk.press(KEY.Key_C, CONTROL)
    desk.press(KEY.Key_Delete)
    desk.window.actions_by_key["delete"].trigger()
    assert QGuiApplication.clipboard().text() == "kept"
    assert desk.session.register.head() == head


def test_a_block_is_pasted_into_an_empty_list(window, qtbot: QtBot) -> None:
    desk = Desk(window("smartgroup", "system"), qtbot)
    records = list(desk.session.view.of("system"))
    assert not records or desk.session.delete(records)
    assert desk.table.isVisible(), "an empty table has its row for a new record"
    head = desk.session.register.head().operation
    desk.at(0, "name")
    desk.paste("".join(f"System {number}\tS\r\n" for number in range(40)))
    assert "40 of them new" in desk.preview().summary.text()
    desk.press(KEY.Key_Return)
    assert desk.names() == [f"System {number}" for number in range(40)]
    assert desk.session.register.head().operation == head + 1
    assert "40" in desk.session.undo_words()


def test_a_block_is_pasted_into_an_empty_list_without_a_table(window, qtbot: QtBot) -> None:
    shown = window("smartgroup", "system")
    page = shown.records_page()
    assert page is not None
    records = list(shown.session.view.of("system"))
    assert not records or shown.session.delete(records)
    QGuiApplication.clipboard().setText("Mail\r\nShop\r\n")
    qtbot.keyClick(page.pane, KEY.Key_V, CONTROL)
    dialog = shown.findChild(PreviewDialog)
    assert isinstance(dialog, PreviewDialog)
    dialog.write_button.click()
    assert [r.text("name") for r in shown.session.view.of("system")] == ["Mail", "Shop"]
    assert page.form.record is not None
    assert page.form.record["name"] == "Mail"


def test_headings_pasted_say_where_the_cells_go_and_can_be_taken_for_a_record(
    desk: Desk,
) -> None:
    desk.at(desk.pane.model.count(), "name")
    desk.paste("Ansvarlig for aktiviteten\tColour\tNavn\r\nKari\tred\tReturns\r\n")
    dialog = desk.preview()
    assert dialog.headings.isVisibleTo(dialog)
    assert "1 cell has no column" in dialog.summary.text()
    model = dialog.changes.changes
    shown = [[model.index(row, column).data() for column in (1, 3)] for row in range(3)]
    assert shown == [
        ["Owner", "Kari"], ["Colour", "red – left out: There is no column for it."],
        ["Name", "Returns"],
    ]  # fmt: skip
    dialog.headings.setChecked(False)
    assert "2 of them new" in dialog.summary.text()
    dialog.headings.setChecked(True)
    desk.press(KEY.Key_Return)
    record = desk.pane.model.record(desk.pane.model.count() - 1)
    assert record is not None
    assert (record["name"], record["owner"]) == ("Returns", "Kari")


def test_cells_beyond_the_last_column_are_counted_and_shown(desk: Desk) -> None:
    desk.pane.set_columns(["name", "owner"])
    desk.at(0, "owner")
    desk.paste("Kari\tmore\t\tand more\r\n")
    dialog = desk.preview()
    assert dialog.summary.text() == "1 cell will change  ·  2 cells have no column"
    assert dialog.write_button.text() == "Write 1 change"
    assert dialog.changes.changes.index(1, 1).data() == "No column"
    dialog.reject()


def test_rows_that_name_no_record_are_counted_apart_with_every_cell_of_theirs(
    desk: Desk,
) -> None:
    before = len(desk.names())
    desk.pane.set_columns(["name", "owner", "department"])
    desk.at(desk.pane.model.count(), "name")
    desk.paste("Returns\tKari\tShop\tmore\r\n\tOla\tShop\t\r\n\t\t\t\r\n\tEva\t\tmore\r\n")
    dialog = desk.preview()
    assert dialog.summary.text() == (
        "3 cells of 1 record will change  ·  1 of them new  ·  2 rows without a name left out"
        "  ·  1 cell has no column"
    )
    assert dialog.write_button.text() == "Write 3 changes"
    model = dialog.changes.changes
    told = [[model.index(row, column).data() for column in (0, 1, 3)]
            for row in range(model.rowCount())]  # fmt: skip
    why = "left out: A new record needs a name."
    assert told[-4:] == [
        ["Row 2", "Owner", f"Ola – {why}"], ["Row 2", "Department", f"Shop – {why}"],
        ["Row 4", "Owner", f"Eva – {why}"], ["Row 4", "No column", f"more – {why}"],
    ]  # fmt: skip
    desk.press(KEY.Key_Return)
    assert len(desk.names()) == before + 1


@pytest.mark.parametrize("keys", [(KEY.Key_End,), (KEY.Key_Home, KEY.Key_End)])
def test_a_block_pasted_at_the_end_begins_there(desk: Desk, keys: tuple[Qt.Key, ...]) -> None:
    before = desk.names()
    desk.pane.set_columns(["name", "owner"])
    desk.at(0, "name")
    for key in keys:
        desk.press(key, CONTROL)
    assert desk.table.block() == ([len(before)], [1]), "the mark goes where the keyboard is"
    said: list[str] = []
    desk.session.failed.connect(said.append)
    desk.paste("Kari\r\nOla\r\n")
    assert said == ["A new record needs a name; paste again, beginning in the column Name."]
    assert not desk.window.findChildren(PreviewDialog)
    desk.press(KEY.Key_Left, CONTROL)
    desk.paste("Returns\tKari\r\nRepairs\tOla\r\n")
    assert "2 of them new" in desk.preview().summary.text()
    desk.press(KEY.Key_Return)
    assert desk.names() == [*before, "Returns", "Repairs"]


def test_who_is_at_the_last_row_stays_there_whatever_changes(desk: Desk) -> None:
    desk.at(desk.pane.model.count(), "name")
    record = desk.session.view.of("activity")[0]
    desk.session.set_value(record.id, "name", record["name"], "Another name")
    desk.session.changed.emit(set())  # as after another program was in the way
    QApplication.processEvents()
    assert desk.pane.model.is_new(desk.table.currentIndex().row())
    desk.paste("Returns\r\n")
    assert "1 of them new" in desk.preview().summary.text()
    desk.preview().reject()


def test_control_and_shift_mark_to_the_end(desk: Desk) -> None:
    desk.pane.set_columns(["name", "owner"])
    desk.at(1, "name")
    desk.press(KEY.Key_End, CONTROL | SHIFT)
    rows, columns = desk.table.block()
    assert (rows[0], rows[-1], columns) == (1, desk.pane.model.count(), [0, 1])


def test_an_empty_cell_takes_no_name_away(desk: Desk) -> None:
    names = desk.names()
    desk.pane.set_columns(["name", "owner"])
    desk.at(0, "name")
    desk.paste("\tKari\r\n")
    dialog = desk.preview()
    assert dialog.summary.text() == "1 cell will change  ·  1 cell left out"
    assert dialog.changes.changes.index(0, 3).data() == "left out: A record keeps its name."
    desk.press(KEY.Key_Return)
    assert desk.names() == names
    assert desk.value("A-001", "owner") == "Kari"


def test_what_cannot_be_read_is_shown_and_can_be_left_out(desk: Desk) -> None:
    desk.at(0, "role")
    desk.paste("sometimes this")
    dialog = desk.preview()
    assert dialog.keep.isVisibleTo(dialog)
    shown = dialog.changes.changes.index(0, 3).data()
    assert shown == "sometimes this (as typed, could not be read)"
    dialog.keep.setChecked(False)
    assert not dialog.write_button.isEnabled()
    dialog.keep.setChecked(True)
    dialog.write_button.click()
    assert desk.value("A-001", "role") == AsTyped("sometimes this")


def test_one_cell_fills_all_that_are_marked(desk: Desk) -> None:
    desk.at(0, "note" if "note" in desk.pane.model.columns else "name")
    for _step in range(2):
        desk.press(KEY.Key_Down, SHIFT)
    desk.paste("Same")
    dialog = desk.preview()
    assert dialog.write_button.text() == "Write 3 changes"
    dialog.reject()


def test_emptying_one_cell_is_at_once_and_more_after_a_preview(desk: Desk) -> None:
    desk.at(0, "role")
    desk.press(KEY.Key_Delete)
    assert desk.value("A-001", "role") is None
    desk.at(1, "role")
    desk.press(KEY.Key_Down, SHIFT)
    held = desk.value("A-002", "role")
    desk.press(KEY.Key_X, CONTROL)
    assert desk.value("A-002", "role") == held
    desk.preview().write_button.click()
    assert desk.value("A-002", "role") is None
    assert QGuiApplication.clipboard().text().count("\r\n") == 2


def test_a_block_that_cannot_be_written_stays_with_the_reason(
    desk: Desk, refused_while_in_use: Callable[[QAbstractButton, Path], None]
) -> None:
    desk.at(0, "name")
    desk.paste("One\r\nTwo\r\n")
    dialog = desk.preview()
    refused_while_in_use(dialog.write_button, desk.session.path)
    dialog.write_button.click()
    assert desk.names()[:2] == ["One", "Two"]


def test_an_empty_clipboard_is_said(desk: Desk) -> None:
    said: list[str] = []
    desk.session.failed.connect(said.append)
    desk.at(0, "name")
    desk.paste("\r\n")
    assert said == ["There are no cells on the clipboard."]


@pytest.mark.parametrize("page", ["party", "agreement", "transfer", "request", "document"])
def test_every_page_has_a_table(window, qtbot: QtBot, page: str) -> None:
    desk = Desk(window("nordlys", page), qtbot)
    desk.pane.set_columns(all_columns(page))
    for column in range(len(desk.pane.model.columns)):
        desk.pane.sort(column)
    assert desk.table.grab().width() > 0


def test_scrolling_while_a_cell_is_saved_does_not_leave_it_twice(
    desk: Desk, recwarn: pytest.WarningsRecorder
) -> None:
    desk.pane.set_columns(["name", "owner"])
    desk.session.changed.connect(desk.pane.finish)  # as scrolling to the new row does
    desk.at(desk.pane.model.count(), "name")
    desk.type("Visitor log")
    desk.press(KEY.Key_Tab)
    editor = desk.editor()
    assert editor is not None
    assert editor.field.key == "owner", "Tab goes on all the same"
    desk.press(KEY.Key_Escape)
    assert "Visitor log" in desk.names()
    assert not [each for each in recwarn if "disconnect" in str(each.message)]
