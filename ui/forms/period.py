"""The editor of a period: one line as people say it, and its parts for those who want them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ropa_app.i18n import _
from ropa_app.model.field import Field
from ropa_app.model.state import Value
from ropa_ui.forms.column_slot import ColumnSlot
from ropa_ui.forms.editor import Context, Editor
from ropa_ui.forms.period_text import (
    beside_line,
    columns_of,
    line_text,
    read_line,
    with_column,
    with_line,
)
from ropa_ui.forms.text_editors import LineEditor
from ropa_ui.theme import px
from ropa_ui.widgets.buttons import icon_button
from ropa_ui.widgets.labels import Label

_LINE_WIDTH = 380
_PARTS_WIDTH = 560
_WIDE = ("condition", "ground")  # texts, as wide as the whole grid


class _Line(LineEditor):
    """The line itself; `committed` comes with what is typed, read as far as it can be."""

    def __init__(self, field: Field, context: Context, parent: QWidget) -> None:
        super().__init__(field, context, parent)
        self.line.setMinimumWidth(0)
        self.line.setMaximumWidth(px(_LINE_WIDTH))
        layout = self.layout()
        if isinstance(layout, QHBoxLayout):
            layout.setStretch(0, 1)
            layout.setStretch(1, 0)

    def _words(self, value: Value) -> str:
        return line_text(self.context.words, self.field, value)

    def flush(self) -> None:
        text = self.line.text()
        if self.line.isModified() and text != self._loaded:
            self.line.setModified(False)
            self._loaded = text
            typed = read_line(self.field, text, self.context.read, self.context.words)
            self.committed.emit(typed)


class _Parts(QWidget):
    """Every column of the period with its label above it, two beside each other."""

    def __init__(self, field: Field, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.slots: dict[str, ColumnSlot] = {}
        self.labels: dict[str, str] = {}
        self.setMaximumWidth(px(_PARTS_WIDTH))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        cell = 0
        for column in field.columns:
            span = 2 if column.key in _WIDE else 1
            cell += cell % 2 if span == 2 else 0
            self._add(column, context, grid, cell, span)
            cell += span

    def _add(
        self, column: Field, context: Context, grid: QGridLayout, cell: int, span: int
    ) -> None:
        said = context.words.label(column)
        row, place = cell // 2 * 2, cell % 2
        slot = ColumnSlot(column, context, self)
        slot.load(None)
        heading = Label(said, "small", "text2", self)
        heading.setContentsMargins(0, 4, 0, 0)
        grid.addWidget(heading, row, place, 1, span)
        grid.addWidget(slot, row + 1, place, 1, span, Qt.AlignmentFlag.AlignTop)
        self.slots[column.key] = slot
        self.labels[column.key] = said

    def load(self, columns: dict[str, Value]) -> None:
        """Show the columns; one that shows its value already is left as it is."""
        for key, slot in self.slots.items():
            if slot.value != columns.get(key):
                slot.load(columns.get(key))


class PeriodEditor(Editor):
    """“5 years”, “12–36 months”, “24 months after last login”, “until unsubscribed”.

    The button beside it unfolds the columns one by one. What the line cannot say stands beneath
    it and is kept when the line is typed anew.
    """

    shows_as_typed = True

    def __init__(self, field: Field, context: Context, parent: QWidget) -> None:
        super().__init__(field, context, parent)
        self._value: Value = None
        self._read_only = False
        self.parts: _Parts | None = None
        self._line = _Line(field, context, self)
        self.line = self._line.line
        self.setFocusProxy(self.line)
        self.button = icon_button("sliders-horizontal", _("Show each part of the period"), self)
        self.button.setCheckable(True)
        self.button.toggled.connect(self._unfold)
        self._beside = Label("", "small", "text2", self, wrap=True)
        self._line.committed.connect(self._line_typed)
        self._line.touched.connect(self.touched)
        self._build()

    def _build(self) -> None:
        row = self._line.layout()
        if isinstance(row, QHBoxLayout):
            row.insertWidget(1, self.button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        self._column.addWidget(self._line)
        self._column.addWidget(self._beside)
        self._beside.hide()

    def name(self, label: str, description: str) -> None:
        super().name(label, description)
        self.button.setAccessibleName(_("Each part of: {field}").format(field=label))

    # Showing

    def load(self, value: Value) -> None:
        self._value = value
        self._line.load(value)
        if self.parts is not None:
            self.parts.load(columns_of(value))
        self._summarise()

    def _summarise(self) -> None:
        text = beside_line(self.context.words, self.field, self._value)
        self._beside.setText(text)
        self._beside.setVisible(bool(text) and not self.button.isChecked())

    def _unfold(self, unfolded: bool) -> None:
        if self.parts is None:
            self.parts = _Parts(self.field, self.context, self)
            self._column.addWidget(self.parts)
            for key, slot in self.parts.slots.items():
                slot.set_read_only(self._read_only)
                slot.committed.connect(partial(self._column_set, key))
                slot.touched.connect(self.touched)
            self.parts.load(columns_of(self._value))
        if not unfolded:
            self._flush_parts()
        self.parts.setVisible(unfolded)
        self._summarise()

    # Changing

    def _line_typed(self, typed: Value) -> None:
        self._settle(with_line(self._value, typed))

    def _column_set(self, key: str, value: Value) -> None:
        self._settle(with_column(self._value, key, value))

    def _settle(self, value: Value) -> None:
        """Show a value in the line and the parts, and tell it if it is another than before."""
        before = self._value
        self.load(value)
        if value != before:
            self.committed.emit(value)
        else:
            self.touched.emit()

    def flush(self) -> None:
        self._line.flush()
        self._flush_parts()

    def _flush_parts(self) -> None:
        for slot in self.parts.slots.values() if self.parts else ():
            slot.flush()

    def half_typed(self) -> str:
        """What is typed into the line, or with its label what is typed into a part."""
        typed = self._line.half_typed()
        if typed or self.parts is None:
            return typed
        for key, slot in self.parts.slots.items():
            if text := slot.half_typed():
                return f"{self.parts.labels[key]}: {text}"
        return ""

    def retype(self, text: str) -> None:
        label, colon, rest = text.partition(": ")
        words = self.context.words
        key = next((c.key for c in self.field.columns if words.label(c) == label), "")
        if not colon or not key:
            self._line.retype(text)
            return
        self.button.setChecked(True)
        if self.parts is not None:
            self.parts.slots[key].retype(rest)
            self.touched.emit()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self._line.set_read_only(read_only)
        for slot in self.parts.slots.values() if self.parts else ():
            slot.set_read_only(read_only)

    def set_mark(self, state: str) -> None:
        self._line.set_mark(state)
