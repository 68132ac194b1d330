"""The editor of a field that holds lines: a small table filled by keyboard."""

from __future__ import annotations

import secrets
from typing import cast

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ropa_app.i18n import _
from ropa_app.model.field import Field
from ropa_app.model.state import STATES, Value
from ropa_app.rules.obligation import needed_columns
from ropa_ui.forms.editor import Context
from ropa_ui.forms.holds_lines import HoldsLines
from ropa_ui.forms.line_below import Below
from ropa_ui.forms.line_cell import CellEditor
from ropa_ui.forms.line_commands import LineCommands
from ropa_ui.forms.line_findings import LineFindings
from ropa_ui.forms.line_form import LineForm
from ropa_ui.forms.line_list import is_blank, with_value, worth_keeping
from ropa_ui.forms.line_model import LineModel, line_id
from ropa_ui.forms.line_paste import read_block, without_head, write_block
from ropa_ui.forms.line_table import LineTable
from ropa_ui.models.checks import Row

_OF_FIELD = ""


class LinesEditor(HoldsLines):
    """A table of lines; each change commits the whole list as it is then.

    ↑↓←→ and Tab move, Enter or F2 or typing edits a cell, Space folds the line out, Ctrl+Enter
    adds a line, Alt+↑↓ moves it, Delete removes it, Ctrl+C and Ctrl+V copy and paste lines.
    A new line is only committed once it holds anything.
    """

    def __init__(self, field: Field, context: Context, parent: QWidget) -> None:
        super().__init__(field, context, parent)
        self._items: list[Value] = []
        self._new: set[str] = set()
        self._of = ""
        self._read_only = False
        self._cell: CellEditor | None = None
        self._findings: dict[str, list[Row]] = {}
        self.model = LineModel(field, self)
        self.table = LineTable(self.model, self)
        self.rest = LineFindings(field, context.words, self)
        self.rest.hide()
        self.setFocusProxy(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.table)
        layout.addWidget(self.rest)
        self._commands = LineCommands(self)
        self._connect()

    def _connect(self) -> None:
        table = self.table
        table.edit_asked.connect(self.edit_cell)
        table.typed.connect(self._begin_with)
        table.fold_asked.connect(self.toggle)
        table.add_asked.connect(self.add_after)
        table.move_asked.connect(self.move_line)
        table.delete_asked.connect(self.delete_line)
        table.copy_asked.connect(self._copy)
        table.paste_asked.connect(self._paste)
        table.menu_asked.connect(self._commands.show_menu)
        self.rest.cell_asked.connect(self.open_line)

    # Loading

    def load(self, value: Value) -> None:
        """Show lines; what is open stays open while it is the same record that is shown."""
        items = list(value) if isinstance(value, list) else []
        record = self.context.record
        of = record.id if record else ""
        if of != self._of:
            self._of = of
            self._new.clear()
            self._findings = {}
            self._drop_cell()
            self._fold_in(keep=False)
            self.table.setCurrentIndex(self.model.index(-1, -1))
        if items != self.value():
            self._items = items
            self._new &= {line_id(item) for item in items}
        self._show()
        self._renew_open()

    def value(self) -> list[Value]:
        """The lines as they would be committed: new ones only if they hold anything."""
        return worth_keeping(self._items, self._new)

    def _show(self) -> None:
        row, column = self.table.currentIndex().row(), self.table.currentIndex().column()
        needed = frozenset(column.key for columns in self._needed() for column in columns)
        self.model.show_lines(self._items, self.context.words, self.context.record, needed)
        if self._items and row >= 0:
            row, column = min(row, len(self._items) - 1), min(column, self.model.fold)
            self.table.setCurrentIndex(self.model.index(row, column))
        self._show_findings()
        self.table.refit()

    def _needed(self) -> tuple[tuple[Field, ...], ...]:
        """For each thing the law demands of a line of this record: the columns that say it."""
        record = self.context.record
        known = record is not None and record.kind.has(self.field.key)
        return needed_columns(self.field, record) if record is not None and known else ()

    def _renew_open(self) -> None:
        """Show in the open cell and the open line what they hold now."""
        if self._cell is not None:
            item = self._item(self._cell.line)
            if item is None:  # the line is gone, or a state that is a line now
                self._drop_cell()
            else:
                held = item.get(self._cell.key)
                if held != self._cell.slot.value and not self._cell.slot.half_typed():
                    self._cell.slot.load(held)
        form = self._form()
        if form is not None:
            form.load(self._item(self.model.unfolded) or {})

    def _item(self, line: str) -> dict[str, Value] | None:
        row = self.model.row_of(line) if line else -1
        return cast("dict[str, Value]", self._items[row]) if row >= 0 else None

    # Changing

    def _store(self, items: list[Value]) -> None:
        """Take these lines, and commit them if anything differs that is worth keeping."""
        before = self.value()
        self._items = items
        after = self.value()
        if after != before:
            self._new -= {line_id(item) for item in after}
        self._show()
        self._renew_open()
        if after != before:
            self.committed.emit(list(after) or None)

    def set_value(self, line: str, key: str, value: Value) -> None:
        """Give one column of a line a value."""
        if self.model.row_of(line) >= 0:
            self._store(with_value(self.field, self._items, line, key, value))

    def add_line(self) -> None:
        """Add a line at the end and begin to write in its first cell."""
        self.add_after(len(self._items) - 1)

    def add_after(self, row: int) -> None:
        """Add a line after this one and begin to write in its first cell."""
        if self._read_only:
            return
        self._close_cell()
        row = min(row, len(self._items) - 1)
        identifier = secrets.token_hex(5)
        self._new.add(identifier)
        self._store([*self._items[: row + 1], {"id": identifier}, *self._items[row + 1 :]])
        self.edit_cell(self.model.row_of(identifier), 0)

    def move_line(self, row: int, step: int) -> None:
        """Move a line up (-1) or down (1); nothing happens at the ends."""
        if not 0 <= row + step < len(self._items):
            return
        items, column = list(self._items), self.table.currentIndex().column()
        items.insert(row + step, items.pop(row))
        self._store(items)
        self.table.setCurrentIndex(self.model.index(row + step, column))

    def delete_line(self, row: int) -> None:
        """Remove a line; the undo of the register brings it back."""
        self._drop_cell()
        if line_id(self._items[row]) == self.model.unfolded:
            self._fold_in()
        self._store([*self._items[:row], *self._items[row + 1 :]])
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # One cell

    @property
    def cell(self) -> CellEditor | None:
        """The editor of the open cell."""
        return self._cell

    @property
    def read_only(self) -> bool:
        """True while nothing can be changed."""
        return self._read_only

    def edit_cell(self, row: int, column: int, key: str = "") -> None:
        """Open the editor of a cell; `key` where a cell stands for several columns."""
        if self._read_only or not 0 <= row < len(self._items):
            return
        if column >= self.model.fold and not self.model.is_state(row):
            self.toggle(row)
            return
        item = self._items[row]
        self._close_cell()
        row = self.model.row_of(line_id(item)) if isinstance(item, dict) else row
        if not 0 <= row < len(self._items):
            return
        whole = self.model.is_state(row)
        column = 0 if whole else column
        key = self._first.key if whole else key or self.model.cell(row, column).key
        declared = self.field.column(key)
        identifier = line_id(item)
        self.table.setCurrentIndex(self.model.index(row, column))
        self._cell = CellEditor(identifier, declared, self.context, self.table.viewport())
        self._cell.slot.committed.connect(self._take_cell)
        self._cell.slot.touched.connect(self.touched)
        self._cell.left.connect(self._leave_cell)
        self._cell.cancelled.connect(self._cancel_cell)
        self._cell.away.connect(self._away)
        self._cell.add_asked.connect(self._add_here)
        self.table.set_host(row, column, self._cell)
        self._cell.begin(item if whole else self._items[row].get(declared.key))
        self.table.refit()

    def _set_state(self, row: int, value: Value) -> None:
        """Change a state that stands where a line would; text that can be read begins a line."""
        held: list[Value] = []
        if isinstance(value, STATES):
            held = [value]
        elif value is not None:
            held = [{"id": secrets.token_hex(5), self._first.key: value}]
        self._store([*self._items[:row], *held, *self._items[row + 1 :]])

    def _begin_with(self, row: int, column: int, text: str) -> None:
        """Open a cell with a letter typed on it, where that replaces what it holds."""
        self.edit_cell(row, column)
        target = QApplication.focusWidget()
        if self._cell is not None and target is not None and self._cell.isAncestorOf(target):
            typed = QKeyEvent(
                QEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, text
            )
            QApplication.sendEvent(target, typed)

    def _take_cell(self, value: Value) -> None:
        if self._cell is not None and self._cell.line:
            self.set_value(self._cell.line, self._cell.key, value)
        elif self._cell is not None:
            self._set_state(self.table.currentIndex().row(), value)

    def _leave_cell(self, step: int) -> None:
        """Go on to the next cell and keep editing, or (0) stay on this one."""
        if self._cell is None:
            return
        (row, column), identifier = self._here(), self._cell.line
        self._cell.slot.flush()
        row = self.model.row_of(identifier) if identifier else row
        cells = [cell for cell in self.table.cells() if cell[1] < max(self.model.fold, 1)]
        at = cells.index((row, column)) + step if (row, column) in cells else -1
        if step and 0 <= at < len(cells):
            self.edit_cell(*cells[at])
        else:
            self._close_cell()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _cancel_cell(self) -> None:
        self._drop_cell()
        self._drop_blank()
        self.touched.emit()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _away(self) -> None:
        self._close_cell()
        self._drop_blank()

    def _add_here(self) -> None:
        self.add_after(self.table.currentIndex().row())

    def _close_cell(self) -> None:
        """Commit what is typed in the open cell, and close it."""
        if self._cell is not None:
            self._cell.slot.flush()
        self._drop_cell()

    def _drop_cell(self) -> None:
        cell, self._cell = self._cell, None
        if cell is not None:
            self.table.set_host(-1, -1, None)
            cell.finish(self.table)

    def _drop_blank(self) -> None:
        """Take away new lines in which nothing was written, save the one folded out."""
        kept = [
            item
            for item in self._items
            if not is_blank(item, self._new) or line_id(item) == self.model.unfolded
        ]
        if len(kept) != len(self._items):
            self._store(kept)

    # The whole line

    def toggle(self, row: int) -> None:
        """Fold a line out below its row, or in again."""
        if not 0 <= row < len(self._items) or self.model.is_state(row):
            return
        identifier = line_id(self._items[row])
        self._close_cell()
        was_open = self.model.unfolded == identifier
        self._fold_in()
        if not was_open:
            self._unfold(identifier)

    def _unfold(self, identifier: str) -> None:
        self.model.unfolded = identifier
        below = self._below(identifier)
        form = LineForm(self.field.columns, self._needed(), self.context, below)
        form.load(self._item(identifier) or {})
        form.set_read_only(self._read_only)
        form.committed.connect(self._take_column)
        form.touched.connect(self.touched)
        form.left.connect(self._leave_form)
        form.add_asked.connect(self._add_here)
        below.set_form(form)
        self.table.refit()

    def _fold_in(self, keep: bool = True) -> None:
        """Fold the open line in; what is half typed in it is committed first, or dropped."""
        identifier, form = self.model.unfolded, self._form()
        if form is not None and keep:
            form.flush()
        self.model.unfolded = ""
        below = self.table.below(identifier)
        if isinstance(below, Below):
            below.set_form(None)
            if not below.is_needed:
                self.table.set_below(identifier, None)
        self.table.refit()

    def _form(self) -> LineForm | None:
        below = self.table.below(self.model.unfolded)
        return below.form if isinstance(below, Below) else None

    def _below(self, identifier: str) -> Below:
        below = self.table.below(identifier)
        if not isinstance(below, Below):
            below = Below(self.field, self.context.words, self.table.viewport())
            below.findings.cell_asked.connect(self.open_line)
            self.table.set_below(identifier, below)
        return below

    def _take_column(self, key: str, value: Value) -> None:
        self.set_value(self.model.unfolded, key, value)

    def _leave_form(self) -> None:
        row = self.model.row_of(self.model.unfolded)
        self._fold_in()
        self._drop_blank()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if 0 <= row < len(self._items):
            self.table.setCurrentIndex(self.model.index(row, self.model.fold))

    def open_line(self, line: str, column: str = "") -> None:
        """Open the editor of a column of a line: in its cell, or in the line folded out."""
        row = self.model.row_of(line)
        if row < 0:
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self.table.setCurrentIndex(self.model.index(row, 0))
        places = [n for n, shown in enumerate(self.model.shown) if column in shown.keys]
        if places and not self._read_only and self.model.unfolded != line:
            self.edit_cell(row, places[0], column)
            return
        if self.model.unfolded != line:
            self.toggle(row)
        form = self._form()
        if form is not None:
            form.focus(column)

    # Findings

    def set_findings(self, rows: list[Row]) -> None:
        """Show each finding under the line it concerns, those of no line under the table."""
        self._findings = {}
        for row in rows:
            line = [*row.field.split("."), ""][1]
            known = self.model.row_of(line) >= 0 if line else False
            self._findings.setdefault(line if known else _OF_FIELD, []).append(row)
        self._show_findings()
        self.table.refit()

    def _show_findings(self) -> None:
        self.model.show_findings(self._findings)
        for item in self._items:
            identifier = line_id(item)
            rows = self._findings.get(identifier, []) if identifier else []
            if rows or isinstance(self.table.below(identifier), Below):
                below = self._below(identifier)
                below.findings.show_rows(rows, self.context.words)
                if not below.is_needed:
                    self.table.set_below(identifier, None)
        rest = self._findings.get(_OF_FIELD, [])
        self.rest.show_rows(rest, self.context.words)
        self.rest.setVisible(bool(rest))

    # Copying

    def _copy(self, row: int) -> None:
        cells = [self.model.cell(row, column).main for column in range(self.model.fold)]
        QGuiApplication.clipboard().setText(write_block([cells]))

    def _paste(self, row: int, column: int) -> None:
        """Lines from a spreadsheet go after this one, all in one commit; a single text here."""
        rows = read_block(QGuiApplication.clipboard().text())
        if len(rows) == 1 and len(rows[0]) == 1 and 0 <= column < self.model.fold:
            declared = self.field.column(self.model.cell(row, column).key or self._first.key)
            value = self.context.read(declared, rows[0][0])
            self.set_value(line_id(self._items[row]), declared.key, value)
            return
        columns = [self.field.column(shown.keys[0]) for shown in self.model.shown]
        lines = [self._line(columns, cells) for cells in without_head(rows, self.model.heads)]
        if lines:
            at = row + 1 if row >= 0 else len(self._items)
            self._store([*self._items[:at], *lines, *self._items[at:]])
            self.table.setCurrentIndex(self.model.index(at, 0))

    def _line(self, columns: list[Field], cells: list[str]) -> dict[str, Value]:
        """A new line from the cells of a row, each read as the column it lands in."""
        read = [(c.key, self.context.read(c, t)) for c, t in zip(columns, cells, strict=False)]
        held = {key: value for key, value in read if value is not None}
        return {"id": secrets.token_hex(5), **held}

    @property
    def _first(self) -> Field:
        return self.field.columns[0]

    def _here(self) -> tuple[int, int]:
        return self.table.currentIndex().row(), self.table.currentIndex().column()

    # What every editor does

    def flush(self) -> None:
        if self._cell is not None:
            self._cell.slot.flush()
        form = self._form()
        if form is not None:
            form.flush()

    def half_typed(self) -> str:
        form = self._form()
        typed = self._cell.slot.half_typed() if self._cell is not None else ""
        return typed or (form.half_typed() if form is not None else "")

    def half_typed_at(self) -> str:
        form = self._form()
        if self._cell is not None and self._cell.slot.half_typed():
            return f"{self._cell.line}.{self._cell.key}" if self._cell.line else ""
        column = form.half_typed_in() if form is not None else ""
        return f"{self.model.unfolded}.{column}" if column else ""

    def retype(self, text: str) -> None:
        """Put a text back that was half typed: into the open cell, or into a new line."""
        if self._cell is None:
            self.add_line()
        if self._cell is not None:
            self._cell.slot.retype(text)

    def set_read_only(self, read_only: bool) -> None:
        if read_only:
            self._drop_cell()
        self._read_only = self.table.read_only = read_only
        form = self._form()
        if form is not None:
            form.set_read_only(read_only)

    def name(self, label: str, description: str) -> None:
        self.table.setAccessibleName(label)
        keys = _("Enter edits a cell, Space shows the whole line, Ctrl+Enter adds a line.")
        self.table.setAccessibleDescription(" ".join(filter(None, (description, keys))))
