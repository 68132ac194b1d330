"""What a field can be instead of holding a value: open, not applicable, as typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QMenu, QWidget

from ropa_app.i18n import N_, _
from ropa_app.model.field import Field
from ropa_app.model.state import AsTyped, NotApplicable, Open, Redacted, State, Value
from ropa_ui.forms.one_line import LONGEST
from ropa_ui.icons import icon
from ropa_ui.theme import px
from ropa_ui.widgets.buttons import icon_button
from ropa_ui.widgets.labels import IconLabel, Label

#: Icon, its colour role and the word for each state.
LOOKS: dict[type, tuple[str, str, str]] = {
    Open: ("question-fill", "rev", N_("Open question")),
    NotApplicable: ("minus-circle-fill", "nil", N_("Not applicable")),
    AsTyped: ("warning-fill", "warn", N_("As typed")),
    Redacted: ("lock-simple", "text3", N_("Redacted")),
}
_PROMPTS: dict[type, str] = {
    Open: N_("What has to be found out?"),
    NotApplicable: N_("Why does it not apply?"),
    AsTyped: N_("Text that could not be read"),
}
_NARROW = 420  # px: with less, a question beside its word could not be read
_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


def state_text(state: State) -> str:
    """The question, reason or text of a state; a redacted one has none."""
    match state:
        case Open():
            return state.question
        case NotApplicable():
            return state.reason
        case AsTyped():
            return state.text
    return ""


class StateMenu(QMenu):
    """Offers the states that a field or column is not in already, and to empty it."""

    open_asked = Signal()
    not_applicable_asked = Signal()
    clear_asked = Signal()

    def __init__(self, field: Field, value: Value, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name, role, _word = LOOKS[Open]
        self.open_action = self.addAction(icon(name, role), _("Open question…"))
        self.open_action.triggered.connect(self.open_asked)
        name, role, _word = LOOKS[NotApplicable]
        self.not_applicable_action = self.addAction(icon(name, role), _("Not applicable…"))
        self.not_applicable_action.triggered.connect(self.not_applicable_asked)
        self.clear_action = self.addAction(icon("x"), _("Clear"))
        self.clear_action.triggered.connect(self.clear_asked)
        self.open_action.setEnabled(not isinstance(value, Open))
        self.not_applicable_action.setEnabled(not isinstance(value, NotApplicable))
        self.clear_action.setEnabled(value is not None)


def state_menu(field: Field, value: Value, parent: QWidget) -> StateMenu:
    """The menu of the states of a field; it goes when it is closed."""
    return StateMenu(field, value, parent)


class StateLine(QWidget):
    """A state with its icon, its words and a line for the question or reason.

    `committed` comes with the state as typed, or None once × takes it back. A state loaded without
    words is only being made: left without any, or given up with Esc or ×, it tells `given_up`,
    and what the field held before still holds.
    """

    committed = Signal(object)
    given_up = Signal()
    touched = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._state: State = Open("")
        self._label = ""
        self._icon = IconLabel("question-fill", "rev", 16, self)
        self._word = Label("", "body", "text2", self)
        self.line = QLineEdit(self)
        self.line.setMaxLength(LONGEST)
        self.setFocusProxy(self.line)
        self.close_button = icon_button("x", _("Back to a value"), self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(2, 1)
        self._stacked: bool | None = None
        self._lay_out(stacked=False)
        self.line.textEdited.connect(self._typed)
        self.line.returnPressed.connect(self.flush)
        self.line.installEventFilter(self)
        self.close_button.clicked.connect(self.take_back)

    def load(self, state: State, label: str) -> None:
        """Show a state of what `label` names; one without words is being made and not held yet."""
        self._state, self._label = state, label
        self._show()

    def _show(self) -> None:
        state = self._state
        name, role, word = LOOKS[type(state)]
        self._icon.set_icon(name, role)
        self._word.setText(_(word))
        self.line.setVisible(not isinstance(state, Redacted))
        template = _PROMPTS.get(type(state), "")
        prompt = _(template) if template else ""
        self.line.setPlaceholderText(prompt)
        self.line.setText(state_text(state))
        self.line.setCursorPosition(0)
        self.line.setModified(False)
        # A click leaves the cursor in the line; a state not held yet is left with the Tab key.
        stop = Qt.FocusPolicy.NoFocus if self.fresh else Qt.FocusPolicy.TabFocus
        self.close_button.setFocusPolicy(stop)
        self.line.setAccessibleName(f"{self._label}, {_(word)}")
        self.close_button.setAccessibleName(f"{_('Back to a value')}, {self._label}")
        self.line.setAccessibleDescription(prompt)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out(event.size().width() < px(_NARROW))

    def _lay_out(self, stacked: bool) -> None:
        """The words before the line, or above it where room is short."""
        if stacked == self._stacked:
            return
        self._stacked = stacked
        for widget in (self._icon, self._word, self.line, self.close_button):
            self._grid.removeWidget(widget)
        self._grid.addWidget(self._icon, 0, 0)
        self._grid.addWidget(self._word, 0, 1)
        self._grid.addWidget(self.line, *((1, 0, 1, 4) if stacked else (0, 2)))
        self._grid.addWidget(self.close_button, 0, 3)

    @property
    def fresh(self) -> bool:
        """True while the state is only being made."""
        return not state_text(self._state) and not isinstance(self._state, Redacted)

    def flush(self) -> None:
        """Commit the words if they are others than before; a state needs some."""
        text = self.half_typed()
        if text and not isinstance(self._state, Redacted):
            self._state = type(self._state)(text)
            self.line.setModified(False)
            self.committed.emit(self._state)

    def half_typed(self) -> str:
        """What is typed and not committed."""
        typed = self.line.text().strip()
        changed = self.line.isModified() and typed != state_text(self._state)
        return typed if changed else ""

    def retype(self, text: str) -> None:
        """Put text half typed earlier back."""
        self.line.setText(text)
        self.line.setModified(True)
        self.touched.emit()

    def take_back(self) -> None:
        """Leave the state: the field holds what it held before, or nothing yet."""
        fresh = self.fresh
        self._show()
        if fresh:
            self.given_up.emit()
        else:
            self.committed.emit(None)

    def set_read_only(self, read_only: bool) -> None:
        """Let the words be read and copied only."""
        self.line.setReadOnly(read_only)
        self.close_button.setVisible(not read_only)

    def _typed(self, _text: str) -> None:
        self.touched.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            if event.reason() not in _PASSING:
                self._left()
        elif (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
            and (self.fresh or self.half_typed())
        ):
            self._escape()
            return True
        return super().eventFilter(watched, event)

    def _left(self) -> None:
        self.flush()
        if self.fresh:
            self.given_up.emit()
        elif not self.line.text().strip():
            self._show()

    def _escape(self) -> None:
        fresh = self.fresh
        self._show()
        self.touched.emit()
        if fresh:
            self.given_up.emit()
