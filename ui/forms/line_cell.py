"""The editor that lies over one cell while it is edited."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from ropa_app.model.field import Field
from ropa_app.model.state import Value
from ropa_ui.forms.column_slot import ColumnSlot
from ropa_ui.forms.editor import Context
from ropa_ui.qt import application
from ropa_ui.reading_order import stops
from ropa_ui.theme import colour, px

_LEAST = {"period": 220, "terms": 260, "links": 260, "countries": 220, "link": 220, "term": 200}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CellEditor(QWidget):
    """Holds the slot of a column; says when the keys lead on.

    `left` comes with 1 or -1 for Tab and Shift+Tab, 0 for Enter; `cancelled` for Esc; `away` when
    the focus has gone elsewhere; `add_asked` for Ctrl+Enter.
    """

    left = Signal(int)
    cancelled = Signal()
    away = Signal()
    add_asked = Signal()

    def __init__(self, line: str, field: Field, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setBackgroundRole(QPalette.ColorRole.Window)  # that of a table has another ink
        self.line = line
        self.slot = ColumnSlot(field, context, self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.addWidget(self.slot)
        self.setFocusProxy(self.slot)
        self._closing = False
        application().focusChanged.connect(self._focus_went)

    @property
    def key(self) -> str:
        """The column it edits."""
        return self.slot.field.key

    def minimumSizeHint(self) -> QSize:
        """What is wider than a narrow cell lies over its neighbours."""
        least = _LEAST.get(self.slot.field.kind, 120)
        if self.slot.state is not None:
            least = 360
        return super().minimumSizeHint().expandedTo(QSize(px(least), 0))

    def begin(self, value: Value) -> None:
        """Show the value and take the focus."""
        self.slot.load(value)
        for widget in self.slot.findChildren(QWidget):
            widget.installEventFilter(self)
        self.slot.setFocus(Qt.FocusReason.TabFocusReason)

    def finish(self, heir: QWidget) -> None:
        """Go, for good; nothing is committed any more. A focus within goes to the heir."""
        self._closing = True
        application().focusChanged.disconnect(self._focus_went)
        self.slot.blockSignals(True)
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            heir.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self.deleteLater()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("paper"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Esc leaves the cell at once, before the editor in it would only take its text back.
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            popup = QApplication.activePopupWidget()
            if event.key() == Qt.Key.Key_Escape and popup is None:
                self.cancelled.emit()
                return True
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in _ENTER and control and popup is None:
                self.add_asked.emit()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()  # for the field as a whole
        elif event.key() in _ENTER:
            self.left.emit(0)
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through the editor's own fields first, then on to the next cell."""
        found = list(stops(self))
        at = found.index(here) if (here := QApplication.focusWidget()) in found else None
        step = 1 if forward else -1
        if at is not None and 0 <= at + step < len(found):
            reason = Qt.FocusReason.TabFocusReason
            found[at + step].setFocus(reason if forward else Qt.FocusReason.BacktabFocusReason)
        else:
            self.left.emit(step)
        return True

    def _focus_went(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._closing or now is None or now.window() is not self.window():
            return
        if now is not self and not self.isAncestorOf(now):
            self.away.emit()
