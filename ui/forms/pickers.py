"""The editor of one term, country or linked record: typed, or chosen from a list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ropa_app.i18n import _
from ropa_app.model.field import Field, names_record
from ropa_app.model.state import AsTyped, Value
from ropa_ui.forms.editor import Context, Editor, outline
from ropa_ui.forms.entries import Entry, entries_for, renamed
from ropa_ui.forms.making import make, makers
from ropa_ui.forms.one_line import LONGEST
from ropa_ui.forms.picker import Picker
from ropa_ui.icons import icon
from ropa_ui.widgets.buttons import icon_button
from ropa_ui.widgets.labels import plain_tooltip

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PickEditor(Editor):
    """One line with a list under it; what is typed and left is read as its kind of field.

    Ctrl+Enter or the arrow beside it opens the linked record.
    """

    shows_as_typed = True
    #: What a value is called here, where that is not what it is called everywhere.
    called: Callable[[str], str] | None = None

    def __init__(self, field: Field, context: Context, parent: QWidget) -> None:
        super().__init__(field, context, parent)
        self._value: Value = None
        self._loaded = ""
        self.line = QLineEdit(self)
        self.line.setMaxLength(LONGEST)
        self.setFocusProxy(self.line)
        self._caret = self.line.addAction(
            icon("caret-down"), QLineEdit.ActionPosition.TrailingPosition
        )
        self._caret.setToolTip(_("Show the whole list"))
        self.picker = Picker(self.line, self._entries, self._makers)
        self._caret.triggered.connect(self.picker.toggle)
        self.picker.chosen.connect(self._chosen)
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self.flush)
        self.line.installEventFilter(self)
        self.open_button = icon_button("arrow-square-out", _("Open the record (Ctrl+Enter)"), self)
        self.open_button.clicked.connect(self.open_record)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.open_button)
        self.open_button.setVisible(False)
        context.session.changed.connect(self._renamed)

    def name(self, label: str, description: str) -> None:
        super().name(label, description)
        self.open_button.setAccessibleName(_("Open: {field}").format(field=label))

    # Showing

    def load(self, value: Value) -> None:
        self.picker.close()
        self._value = value
        self.picker.present = value if isinstance(value, str) else ""
        self._loaded = self._words(value)
        self.line.setText(self._loaded)
        self.line.setCursorPosition(0)
        self.line.setModified(False)
        self.line.setToolTip(plain_tooltip(self._loaded))
        self.open_button.setVisible(self._linked() is not None)

    def _words(self, value: Value) -> str:
        if value is None:
            return ""
        if isinstance(value, AsTyped):
            return value.text
        if self.called is not None and isinstance(value, str):
            return self.called(value)
        return self.context.words.value(self.field, value)

    def _linked(self) -> str | None:
        """The id of the record shown; None if there is none to open."""
        if self.field.kind != "link" or not isinstance(self._value, str):
            return None
        return self._value if self.context.session.get(self._value) is not None else None

    def _renamed(self, ids: set[str]) -> None:
        """The record or own term shown has perhaps another name now."""
        value = self._value
        named = isinstance(value, str) and names_record(self.field, value) and value in ids
        if named and not self.line.isModified():
            self.load(value)

    # Choosing

    def _entries(self) -> list[Entry]:
        entries = entries_for(self.field, self.context)
        if self.called is None:
            return entries
        return [renamed(each, self.called(each.value)) for each in entries]

    def _makers(self, text: str) -> list[Entry]:
        return makers(self.field, self.context, text)

    def _chosen(self, entry: Entry) -> None:
        value = make(entry, self.field, self.context) if entry.makes else entry.value
        self._settle(value)
        self.line.setFocus()

    def _settle(self, value: Value) -> None:
        """Show a value and tell it, if it is another than before."""
        before = self._value
        self.load(value)
        if value != before:
            self.committed.emit(value)
        else:
            self.touched.emit()

    # Typing

    def _typed(self, _text: str) -> None:
        self.touched.emit()

    def flush(self) -> None:
        if self.line.isModified() and self.line.text() != self._loaded:
            self._settle(self._read(self.line.text()))

    def _read(self, text: str) -> Value:
        entry = self.picker.exact(text)
        return entry.value if entry else self.context.read(self.field, text)

    def half_typed(self) -> str:
        changed = self.line.isModified() and self.line.text() != self._loaded
        return self.line.text() if changed else ""

    def retype(self, text: str) -> None:
        self.line.setText(text)
        self.line.setModified(True)
        self.touched.emit()

    def open_record(self) -> None:
        """Go to the linked record; what is half typed is committed first."""
        self.flush()
        linked = self._linked()
        if linked is not None:
            self.context.record_asked.emit(linked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self._ours(event):
                event.accept()
            elif event.type() == QEvent.Type.KeyPress and self._ours(event):
                self._take_back() if event.key() == Qt.Key.Key_Escape else self.open_record()
                return True
        return super().eventFilter(watched, event)

    def _ours(self, event: QKeyEvent) -> bool:
        """Escape where something is typed and no list is open; Ctrl+Enter on a link."""
        if event.key() == Qt.Key.Key_Escape:
            changed = self.line.isModified() and self.line.text() != self._loaded
            return changed and self.picker.shown is None
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        return event.key() in _ENTER and control and self.field.kind == "link"

    def _take_back(self) -> None:
        self.load(self._value)
        self.touched.emit()

    def set_read_only(self, read_only: bool) -> None:
        self.picker.close()
        self.line.setReadOnly(read_only)
        self._caret.setVisible(not read_only)

    def set_mark(self, state: str) -> None:
        outline(self.line, state)
