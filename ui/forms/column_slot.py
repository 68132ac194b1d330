"""One column of a line under edit: its editor, or the state that stands in its place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from ropa_app.model.field import Field
from ropa_app.model.state import STATES, AsTyped, NotApplicable, Open, State, Value
from ropa_ui.forms.editor import Context, Editor
from ropa_ui.forms.state_menu import StateLine, StateMenu


class ColumnSlot(QWidget):
    """Shows and changes the value of one column, in whichever state it is.

    `committed` and `touched` are those of an Editor, but the value may also be a state.
    """

    committed = Signal(object)
    touched = Signal()

    def __init__(self, field: Field, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self._context = context
        self._value: Value = None
        self._read_only = False
        self._names = (context.words.label(field), context.words.say(field.help))
        self._called: Callable[[str], str] | None = None
        self.editor: Editor | None = None
        self.state: StateLine | None = None
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def call_values(self, called: Callable[[str], str]) -> None:
        """Say by this what is chosen and can be chosen here; before anything is shown."""
        self._called = called

    @property
    def value(self) -> Value:
        """The value loaded or committed last."""
        return self._value

    def load(self, value: Value) -> None:
        """Show a value, a state or nothing; what was half typed is dropped."""
        self._value = value
        self._show()

    def _show(self) -> None:
        kept = isinstance(self._value, AsTyped)
        if isinstance(self._value, STATES) and not kept:
            self._show_state(self._value)
            return
        editor = self._make_editor()
        if kept and not editor.shows_as_typed:
            self._show_state(self._value)
            return
        editor.show()
        self.setFocusProxy(editor)
        editor.load(self._value)
        editor.set_mark("warn" if kept else "")
        self._drop_state(editor)

    def _make_editor(self) -> Editor:
        # The factory makes tables of lines too.
        from ropa_ui.forms.factory import make_editor
        from ropa_ui.forms.pickers import PickEditor

        if self.editor is None:
            self.editor = make_editor(self.field, self._context, self)
            self.editor.committed.connect(self._take)
            self.editor.touched.connect(self.touched)
            self.editor.set_read_only(self._read_only)
            self.editor.name(*self._names)
            if self._called is not None and isinstance(self.editor, PickEditor):
                self.editor.called = self._called
            self._layout.insertWidget(0, self.editor)
        return self.editor

    def _show_state(self, state: State) -> None:
        if self.state is None:
            self.state = StateLine(self)
            self.state.committed.connect(self._take_state)
            self.state.given_up.connect(self._show)
            self.state.touched.connect(self.touched)
            self.state.set_read_only(self._read_only)
            self._layout.addWidget(self.state)
        self.state.load(state, self._names[0])
        self.state.show()
        self.setFocusProxy(self.state)
        if self.editor is not None and self.editor.isVisibleTo(self):
            focused = QApplication.focusWidget()
            if focused is not None and self.editor.isAncestorOf(focused):
                self.state.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.editor.hide()

    def _drop_state(self, heir: QWidget) -> None:
        """Take the state away; its focus goes on before, or it would go anywhere."""
        if self.state is not None:
            state, self.state = self.state, None
            if state.line.hasFocus():
                heir.setFocus(Qt.FocusReason.OtherFocusReason)
            self._layout.removeWidget(state)
            state.hide()
            state.deleteLater()

    def _take(self, value: Value) -> None:
        self._value = value
        self.committed.emit(value)

    def _take_state(self, value: Value) -> None:
        """A text that could not be read may be readable now that it is mended."""
        if isinstance(value, AsTyped):
            value = self._context.read(self.field, value.text)
        self._value = value
        if value is None:
            self._show()
        self.committed.emit(value)

    def flush(self) -> None:
        """Commit what is half typed, if anything is."""
        shown = self.state or self.editor
        if shown is not None:
            shown.flush()

    def half_typed(self) -> str:
        """What is typed and not committed; empty if nothing."""
        shown = self.state or self.editor
        return shown.half_typed() if shown is not None else ""

    def retype(self, text: str) -> None:
        """Put text half typed earlier back, without committing it."""
        shown = self.state or self._make_editor()
        shown.retype(text)

    def set_read_only(self, read_only: bool) -> None:
        """Let the value be read and copied but not changed."""
        self._read_only = read_only
        for shown in (self.editor, self.state):
            if shown is not None:
                shown.set_read_only(read_only)

    # States

    def to_open(self) -> None:
        """Let a question be typed in place of a value."""
        self._to_state(Open(""))

    def to_not_applicable(self) -> None:
        """Let a reason be typed in place of a value."""
        self._to_state(NotApplicable(""))

    def _to_state(self, state: State) -> None:
        self._show_state(state)
        if self.state is not None:
            self.state.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear(self) -> None:
        """Let the column hold nothing."""
        self.load(None)
        self.committed.emit(None)

    def show_menu(self) -> None:
        """The states this column can be in."""
        if self._read_only:
            return
        menu = StateMenu(self.field, self._value, self)
        menu.open_asked.connect(self.to_open)
        menu.not_applicable_asked.connect(self.to_not_applicable)
        menu.clear_asked.connect(self.clear)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if control and event.key() == Qt.Key.Key_Period:
                self.show_menu()
                return True
        return super().event(event)
