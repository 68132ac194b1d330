"""Editing a cell where it stands."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from ropa_app.model.field import Field
from ropa_app.model.record import Record
from ropa_app.model.state import STATES, AsTyped, NotApplicable, Open, State, Value
from ropa_ui.forms.editor import Context, Editor
from ropa_ui.forms.factory import make_editor
from ropa_ui.forms.state_menu import StateLine, StateMenu
from ropa_ui.models.beginning import beginning
from ropa_ui.models.drafts import Drafts
from ropa_ui.models.field_words import said
from ropa_ui.models.session import Session
from ropa_ui.qt import application
from ropa_ui.theme import colour, px

_LEAST, _MORE = 180, 320
_WIDE_KINDS = ("long_text", "terms", "links", "countries", "texts", "period", "link", "term")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CellEditor(QWidget):
    """The editor of a field on a panel over its cell; what is committed is written at once.

    A record without a number is made with the first value that is committed, as one step; where
    it cannot be, the draft stays. `drafts` keeps what is half typed.
    `left` tells that it is done, with the step to the next cell: 0, 1 (Tab) or -1 (Shift+Tab);
    `gone` that the focus went elsewhere. Esc drops what is half typed, all else saves it.
    """

    left = Signal(int)
    gone = Signal()

    def __init__(
        self, session: Session, drafts: Drafts, record: Record, field: Field, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._under = parent
        self._session = session
        self._drafts = drafts
        self.record = record
        self.field = field
        self._leaving = False
        self._done = False
        self._not_made = False
        self._context = Context(session, self)
        self._context.record = record
        self._state: StateLine | None = None
        self.editor: Editor = make_editor(field, self._context, self)
        self.editor.committed.connect(self._commit)
        self.editor.touched.connect(self._keep_draft)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(3, 3, 3, 3)
        self._row.addWidget(self.editor)
        self.setAccessibleName(session.words.label(field))
        self.editor.name(session.words.label(field), session.words.say(field.help))
        self._load(record[field.key])
        application().installEventFilter(self)
        application().focusChanged.connect(self._focus_moved)

    def _load(self, value: Value) -> None:
        kept = isinstance(value, AsTyped) and self.editor.shows_as_typed
        if isinstance(value, STATES) and not kept:
            self._show_state(value)
        else:
            self._hide_state()
            self.editor.load(value)

    def open_at(self, x: int, y: int, width: int, height: int, typed: str) -> None:
        """Lie over a cell of the parent, and begin with a letter typed there."""
        least = px(_MORE if self.field.kind in _WIDE_KINDS else _LEAST)
        under = self._under
        wide = min(max(width, least), under.width() - 8)
        x = max(0, min(x, under.width() - wide - 4))
        tall = max(height, self.sizeHint().height())
        y = max(0, min(y, under.height() - tall))
        self.setGeometry(x, y, wide, tall)
        self.show()
        self.raise_()
        self._target().setFocus(Qt.FocusReason.OtherFocusReason)
        self._begin(typed)

    def _begin(self, typed: str) -> None:
        focus = QApplication.focusWidget()
        if isinstance(focus, (QLineEdit, QPlainTextEdit)):
            focus.selectAll()
        if typed and focus is not None:
            key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, typed)
            QApplication.sendEvent(focus, key)

    def _target(self) -> QWidget:
        return self._state or self.editor

    # Saving

    def _commit(self, value: Value) -> None:
        seen = self.record[self.field.key]
        if value == seen:
            return
        written = self._written(seen, value)
        self._not_made = not (written or self.record.number)
        if written:
            self._forget_draft()
            self.record = self._session.view.records[written]
            self._context.record = self.record
            if not self._done:
                self._load(self.record[self.field.key])

    def _written(self, seen: Value, value: Value) -> str | None:
        """The id of the record that holds the value now; None if it could not be written."""
        held, key = self.record, self.field.key
        if held.number:
            return held.id if self._session.set_value(held.id, key, seen, value) else None
        kind = held.kind_key
        values = {**beginning(self._session, kind), key: value}
        return self._session.create(kind, values, held.id)

    def _keep_draft(self) -> None:
        """What is half typed here is offered after a crash, as what is typed in the form."""
        if self._leaving:
            return
        held, key = self.record, self.field.key
        typed = (self._state or self.editor).half_typed()
        kind = "" if held.number else held.kind_key
        seen = said(self._session, held, key, held[key])
        self._drafts.note(held.id, key, typed, seen, kind=kind)

    def _forget_draft(self) -> None:
        self._drafts.note(self.record.id, self.field.key, "", "")

    def finish(self, step: int = 0, away: bool = False) -> None:
        """Save what is half typed and go; `away`: the focus is elsewhere already."""
        if not self._leaving:
            self._leaving = True  # what is saved may add a row and scroll, which asks again
            (self._state or self.editor).flush()
            self._close(step, away)

    def give_up(self) -> None:
        """Go without saving."""
        if not self._leaving:
            self._leaving = True
            if self._state is None:
                self.editor.load(None)
            else:
                self._state.load(Open(""), self.accessibleName())
            self._close(0)

    def _close(self, step: int, away: bool = False) -> None:
        self._done = True
        if not self._not_made:  # else nothing but the draft has it
            self._forget_draft()
        application().removeEventFilter(self)
        application().focusChanged.disconnect(self._focus_moved)
        self.hide()
        if away:
            self.gone.emit()
        else:
            self.left.emit(step)
        self.deleteLater()

    # States

    def _show_state(self, value: State) -> None:
        if self._state is None:
            self._state = StateLine(self)
            self._state.committed.connect(self._commit)
            self._state.touched.connect(self._keep_draft)
            self._state.given_up.connect(self._back_to_value)
            self._row.addWidget(self._state)
        self._state.load(value, self.accessibleName())
        self._state.setVisible(True)
        self.editor.setVisible(False)

    def _hide_state(self) -> None:
        if self._state is not None:
            self._row.removeWidget(self._state)
            self._state.hide()
            self._state.deleteLater()
            self._state = None
        self.editor.setVisible(True)

    def _back_to_value(self) -> None:
        if self._done:
            return
        held = self.record[self.field.key]
        self._hide_state()
        self.editor.load(None if isinstance(held, STATES) else held)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _menu(self) -> None:
        menu = StateMenu(self.field, self.record[self.field.key], self)
        menu.open_asked.connect(self._to_open)
        menu.not_applicable_asked.connect(self._to_not_applicable)
        menu.clear_asked.connect(self._clear)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _to_open(self) -> None:
        self._to_state(Open(""))

    def _to_not_applicable(self) -> None:
        self._to_state(NotApplicable(""))

    def _to_state(self, state: State) -> None:
        self._show_state(state)
        self._target().setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear(self) -> None:
        self._commit(None)

    # Keys and focus

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            not self._done
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and isinstance(watched, QWidget)
            and (watched is self or self.isAncestorOf(watched))
        ):
            return self._first(event)
        return False

    def _first(self, event: QKeyEvent) -> bool:
        """Tab would go on within the editor, Esc take back the typing: here both leave the cell."""
        if self._picking():
            return False
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.finish(1 if event.key() == Qt.Key.Key_Tab else -1)
        elif event.key() == Qt.Key.Key_Escape:
            self.give_up()
        else:
            return False
        return True

    def _picking(self) -> bool:
        """True while a pick list is open: Tab takes what it points at, Esc closes it."""
        from ropa_ui.forms.pick_list import PickList

        return any(found.isVisible() for found in self.window().findChildren(PickList))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the editor has not taken itself."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in _ENTER:
            self.finish()
        elif event.key() == Qt.Key.Key_Period and control:
            self._menu()
        # Nothing goes on to the table: it would move about or open another editor.

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._leaving or now is None or QApplication.activePopupWidget() is not None:
            return
        if now is not self and not self.isAncestorOf(now):
            self.finish(away=True)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), colour("paper"))
        painter.setPen(QPen(colour("edge"), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
