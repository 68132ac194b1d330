"""The editor of a list: a chip for each item, and a slim field to add another."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ropa_app.i18n import _
from ropa_app.model.field import Field, names_record
from ropa_app.model.state import STATES, AsTyped, NotApplicable, Open, Value
from ropa_ui.forms.add_line import AddLine
from ropa_ui.forms.chip_row import ChipRow, Look
from ropa_ui.forms.editor import Context, Editor, outline
from ropa_ui.forms.entries import Entry, entries_for
from ropa_ui.forms.making import make, makers
from ropa_ui.forms.picker import Picker
from ropa_ui.kinds import ICONS

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_FREE = ~Qt.KeyboardModifier.KeypadModifier
_LINES = re.compile(r"[\r\n\u2028\u2029]+")


class ChipsEditor(Editor):
    """Any number of terms, countries, records, texts or lines, in the order they were added.

    Enter adds what is typed or chosen; a paste of several lines adds them all. Backspace in the
    empty field goes to the last chip, Left and Right along them, Del removes, Enter opens a
    record or lets a text be mended.
    """

    shows_as_typed = True

    def __init__(self, field: Field, context: Context, parent: QWidget) -> None:
        super().__init__(field, context, parent)
        self._items: list[Value] = []
        self._mending = -1  # the chip whose text is in the field again
        self._read_only = False
        self.row = ChipRow(self)
        self.add = AddLine(self.row)
        self.add.setPlaceholderText(_("Add…"))
        self.row.end_with(self.add)
        self.setFocusProxy(self.add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.row)
        self.picker = Picker(self.add, self._entries, self._makers)
        self.picker.offers = field.kind != "texts"
        self.picker.chosen.connect(self._chosen)
        self.add.textEdited.connect(self._typed)
        self.add.editingFinished.connect(self.flush)
        self.add.installEventFilter(self)
        self.row.opened.connect(self._open)
        self.row.removed.connect(self._remove)
        self.row.typed.connect(self._type)
        context.session.changed.connect(self._renamed)

    def name(self, label: str, description: str) -> None:
        self.add.setAccessibleName(label)
        self.add.setAccessibleDescription(description)
        self.row.setAccessibleName(label)

    # Showing

    def load(self, value: Value) -> None:
        self.picker.close()
        whole = isinstance(value, list)
        self._items = list(value) if whole else [] if value is None else [value]
        self._mending = -1
        self.add.clear()
        self._show()

    def _show(self) -> None:
        self.row.show_chips([self._look(item) for item in self._items], not self._read_only)
        chips = self.row.chips
        self.setFocusProxy(chips[0] if self._read_only and chips else self.add)

    def _look(self, item: Value) -> Look:
        if isinstance(item, STATES):
            icon = _STATE_ICONS.get(type(item), "")
            spoken = self.context.words.state(item)
            return Look(item.text if isinstance(item, AsTyped) else spoken, icon, spoken)
        record = self.context.record
        said = self.context.words.value(self.field, [item], record.values if record else None)
        return Look(said, self._icon(item))

    def _icon(self, item: str) -> str:
        if self.field.kind != "links":
            return ""
        record = self.context.session.get(item)
        return ICONS[record.kind_key] if record else "question"

    def _renamed(self, ids: set[str]) -> None:
        """A record, own term or line shown has perhaps another name now."""
        named = any(
            isinstance(item, str) and names_record(self.field, item) and item in ids
            for item in self._items
        )
        if named or self.field.kind == "line_links":
            self._show()

    # Choosing and typing

    def _entries(self) -> list[Entry]:
        found = entries_for(self.field, self.context)
        return [entry for entry in found if entry.value not in self._items]

    def _makers(self, text: str) -> list[Entry]:
        return makers(self.field, self.context, text)

    def _chosen(self, entry: Entry) -> None:
        value = make(entry, self.field, self.context) if entry.makes else entry.value
        self._take([value])
        self.add.setFocus()

    def _typed(self, text: str) -> None:
        if _LINES.search(text):
            self.flush()
        self.touched.emit()

    def flush(self) -> None:
        text = self.add.text().strip()
        if text:
            self._take(self._read(text))
        elif self._mending >= 0:
            self._remove(self._mending)

    def _read(self, text: str) -> list[Value]:
        """The items of a text: one for each line; between semicolons too, except in texts."""
        lines = [line.strip() for line in _LINES.split(text) if line.strip()]
        if self.field.kind == "texts":
            return list(lines)
        found: list[Value] = []
        for line in lines:
            parts = [line] if self.picker.exact(line) else line.split(";")
            found += [self._read_one(part.strip()) for part in parts if part.strip()]
        return found

    def _read_one(self, text: str) -> Value:
        """An entry by its name, or what the field's kind makes of it; the text in any case."""
        entry = self.picker.exact(text)
        if entry is not None:
            return entry.value
        if self.field.kind == "line_links":
            return AsTyped(text)  # any word could be the id of a line that is not there
        value = self.context.read(self.field, text)
        return value[0] if isinstance(value, list) and len(value) == 1 else AsTyped(text)

    def _take(self, added: list[Value]) -> None:
        """Put items at the end, or in the place of the one that was mended; none twice."""
        items = list(self._items)
        at = self._mending if self._mending >= 0 else len(items)
        kept = items[:at] + items[at + 1 :]
        fresh = list({_key(item): item for item in added if item not in kept}.values())
        self._mending = -1
        self.add.clear()
        self._settle(kept[:at] + fresh + kept[at:])

    def _settle(self, items: list[Value]) -> None:
        before, self._items = self._items, items
        self._show()
        if items != before:
            self.committed.emit(list(items) or None)
        self.touched.emit()

    def half_typed(self) -> str:
        text = self.add.text()
        if self._mending >= 0 and text == _editable(self._items[self._mending]):
            return ""
        return text

    def retype(self, text: str) -> None:
        self.add.setText(text)
        self.touched.emit()

    # Chips

    def _remove(self, place: int) -> None:
        if self._read_only:
            return
        self._mending = -1
        self.add.clear()
        had = self.row.place()
        self._settle(self._items[:place] + self._items[place + 1 :])
        if had >= 0:
            self.row.go_to(min(had, len(self._items)))

    def _open(self, place: int) -> None:
        """Go to the record of a chip; let a text be mended in the field."""
        item = self._items[place]
        if self.field.kind == "links" and isinstance(item, str):
            self.flush()
            if self.context.session.get(item) is not None:
                self.context.record_asked.emit(item)
        elif not self._read_only and self._mendable(item):
            self.flush()
            self._mending = self._items.index(item)
            self.add.setText(_editable(item))
            self.add.setFocus()
            self.add.selectAll()

    def _mendable(self, item: Value) -> bool:
        return isinstance(item, AsTyped) or (self.field.kind == "texts" and isinstance(item, str))

    def _type(self, text: str) -> None:
        """A letter typed on a chip begins the next item."""
        self.add.setFocus()
        self.add.insert(text)
        self.add.textEdited.emit(self.add.text())

    def _take_back(self) -> None:
        self._mending = -1
        self.add.clear()
        self.touched.emit()

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.add and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self._takes_back(event):
                event.accept()
            elif event.type() == QEvent.Type.KeyPress:
                return self._key(event)
        return super().eventFilter(watched, event)

    def _takes_back(self, event: QKeyEvent) -> bool:
        busy = bool(self.add.text()) or self._mending >= 0
        return event.key() == Qt.Key.Key_Escape and busy and self.picker.shown is None

    def _key(self, event: QKeyEvent) -> bool:
        if self._takes_back(event):
            self._take_back()
            return True
        if event.key() in _ENTER and self.half_typed().strip() and not event.modifiers() & _FREE:
            self.flush()
            return True
        left = Qt.Key.Key_Right if self.isRightToLeft() else Qt.Key.Key_Left
        backwards = event.key() in (Qt.Key.Key_Backspace, left) and not event.modifiers()
        if backwards and not self.add.text() and self.row.chips:
            self.picker.close()
            self.row.go_to(len(self.row.chips) - 1)
            return True
        return False

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self.picker.close()
        self.add.setVisible(not read_only)
        self._show()

    def set_mark(self, state: str) -> None:
        outline(self.add, state)


_STATE_ICONS = {Open: "question", NotApplicable: "minus-circle", AsTyped: "warning"}


def _editable(item: Value) -> str:
    return item.text if isinstance(item, AsTyped) else str(item)


def _key(item: Value) -> str:
    return repr(item)
