"""The head of a section of a form: its name, a note, an action, and the fold."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from ropa_app.i18n import _
from ropa_ui.icons import paint
from ropa_ui.theme import colour, font, px, theme
from ropa_ui.widgets.buttons import text_button
from ropa_ui.widgets.focus_ring import Ringed

_GAP, _CARET = 8, 12


class _Fold(Ringed, QAbstractButton):
    """Title, note and caret; checked while the section is open. Enter, Space, ← and →."""

    def __init__(self, title: str, note: str) -> None:
        super().__init__()
        self._note = note
        self.setCheckable(True)
        self.setChecked(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setText(title)
        self.toggled.connect(self._name)
        self._dress()
        theme.changed.connect(self._dress)

    def set_note(self, note: str) -> None:
        self._note = note
        self._dress()

    def sizeHint(self) -> QSize:
        title, note = self._widths()
        return QSize(title + note + px(_GAP) + px(_CARET), px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), px(96)), px(24))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shut, unfold = Qt.Key.Key_Left, Qt.Key.Key_Right
        if self.isRightToLeft():
            shut, unfold = unfold, shut
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.toggle()
        elif event.key() in (shut, unfold) and not event.modifiers():
            self.setChecked(event.key() == unfold)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        title, note = self._widths()
        room = self.width() - px(_GAP) - px(_CARET)
        title = min(title, room)
        note = max(min(note, room - title), 0)
        self._write(painter, QRect(0, 0, title, self.height()), self.text(), "section", "text")
        space = QRect(title + px(_GAP), 0, note - px(_GAP), self.height())
        self._write(painter, space, self._note, "small", "text3")
        left = title + note + px(_GAP)
        caret = QRect(left, (self.height() - px(_CARET)) // 2 + 1, px(_CARET), px(_CARET))
        paint(painter, self._mirrored(caret), self._glyph(), "text3")

    def _glyph(self) -> str:
        if self.isChecked():
            return "caret-down"
        return "caret-left" if self.isRightToLeft() else "caret-right"

    def _write(self, painter: QPainter, area: QRect, text: str, style: str, role: str) -> None:
        """On the base line of the title, cut where room ends."""
        painter.setFont(font(style))
        painter.setPen(colour(role))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        metrics = self.fontMetrics()
        base = (self.height() + metrics.ascent() - metrics.descent()) // 2
        painter.drawText(self._mirrored(area).x(), base, shown)

    def _widths(self) -> tuple[int, int]:
        """Of the title, and of the note with the gap before it."""
        note = QFontMetrics(font("small")).horizontalAdvance(self._note) + 1
        title = self.fontMetrics().horizontalAdvance(self.text()) + 1
        return title, note + px(_GAP) if self._note else 0

    def _mirrored(self, area: QRect) -> QRect:
        if self.isRightToLeft():
            area.moveLeft(self.width() - area.right() - 1)
        return area

    def _name(self) -> None:
        self.setAccessibleName(" ".join(part for part in (self.text(), self._note) if part))
        state = _("Section is open") if self.isChecked() else _("Section is folded")
        self.setAccessibleDescription(state)

    def _dress(self) -> None:
        self.setFont(font("section"))
        self._name()
        self.updateGeometry()
        self.update()


class SectionHeader(QWidget):
    """32 px: the title folds its section, an action like "Add purpose" stands at the right."""

    action = Signal()
    folded = Signal(bool)

    def __init__(
        self,
        title: str,
        note: str = "",
        action_text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.title = _Fold(title, note)
        self.title.toggled.connect(self._tell)
        self.action_button = text_button(action_text, "plus") if action_text else None
        self._lay_out()

    def set_note(self, note: str) -> None:
        """Show another count or note behind the title."""
        self.title.set_note(note)

    def set_folded(self, folded: bool) -> None:
        """Fold or open the section; ``folded`` tells of it."""
        self.title.setChecked(not folded)

    def _tell(self, is_open: bool) -> None:
        self.folded.emit(not is_open)

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.title)
        line.addStretch(1)
        if self.action_button is not None:
            self.action_button.clicked.connect(self.action)
            self.action_button.setAccessibleName(
                f"{self.action_button.text()}, {self.title.text()}"
            )
            line.addWidget(self.action_button)
        self.setFixedHeight(px(32))
