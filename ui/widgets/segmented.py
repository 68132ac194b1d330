"""One answer out of a few, side by side: Yes / No / Unclear, or nothing yet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from ropa_ui.theme import colour, font, px, theme
from ropa_ui.widgets.ground import paint_ground

_FORWARD = (Qt.Key.Key_Right,)
_BACK = (Qt.Key.Key_Left,)
_CLEAR = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class _Segment(QRadioButton):
    """One choice; chosen it stands on the soft ground of its role, in its ink, semibold."""

    def __init__(self, key: str, text: str, role: str) -> None:
        super().__init__()
        self.key = key
        self.setProperty("segment", True)
        self._role = role
        self._words = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def words_width(self) -> int:
        """Room the text needs when chosen, in px."""
        return QFontMetrics(self._font(chosen=True)).horizontalAdvance(self._words)

    def initial(self) -> str:
        return self._words[:1].casefold()

    def sizeHint(self) -> QSize:
        return QSize(self.words_width() + px(6), px(20))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def set_chosen(self, chosen: bool) -> None:
        """Look chosen or not; Qt would keep one of an exclusive row chosen for ever."""
        self.setAutoExclusive(False)
        self.setChecked(chosen)
        self.setAutoExclusive(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Only Space is served here; all else is for Segmented, and the rows it stands in."""
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def hitButton(self, point: QPoint) -> bool:
        return self.rect().contains(point)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 0, -1, 0)
        self._paint_ground(painter, area)
        painter.setFont(self._font(chosen=self.isChecked()))
        painter.setPen(colour(self._ink()))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._words)
        if self.hasFocus():
            painter.setPen(QPen(colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 4, 4)

    def _paint_ground(self, painter: QPainter, area: QRectF) -> None:
        ground = ""
        if self.isChecked():
            ground = "asoft" if self._role == "accent" else f"{self._role}_soft"
        elif self.underMouse() and self.isEnabled():
            ground = "hover"
        if ground:
            paint_ground(painter, area, ground, 4)

    def _ink(self) -> str:
        if not self.isEnabled():
            return "dis"
        return self._role if self.isChecked() else "text2"

    def _font(self, *, chosen: bool) -> QFont:
        return font("answer" if chosen else "small")


class Segmented(QWidget):
    """Options (key, text, role); role is a status or "accent". 168 × 26, wider if texts are.

    ``chosen`` tells what the user took, "" when the answer was taken back with Del; set_value
    says nothing. One stop in the tab order; ← and →, and the first letter of each text, choose.
    """

    chosen = Signal(str)

    def __init__(
        self, options: Sequence[tuple[str, str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._value = ""
        self._segments = [_Segment(*option) for option in options]
        line = QHBoxLayout(self)
        line.setContentsMargins(2, 3, 2, 3)
        line.setSpacing(1)
        for segment in self._segments:
            segment.clicked.connect(self._take)
            line.addWidget(segment, 1)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._stop_at(self._segments[0])
        theme.changed.connect(self._dress)

    def value(self) -> str:
        """Key of the option chosen, or ""."""
        return self._value

    def set_value(self, key: str) -> None:
        """Show this option as chosen, "" for none; nothing is emitted."""
        self._value = ""
        for segment in self._segments:
            segment.set_chosen(segment.key == key)
            self._value = key if segment.key == key else self._value
        chosen = [segment for segment in self._segments if segment.isChecked()]
        self._stop_at((chosen or self._segments)[0])

    def setAccessibleName(self, name: str) -> None:
        """Name the question; every answer carries it too, since it is they that have focus."""
        super().setAccessibleName(name)
        for segment in self._segments:
            segment.setAccessibleDescription(name)

    def sizeHint(self) -> QSize:
        widest = max(segment.sizeHint().width() for segment in self._segments)
        return QSize(max(px(168), (widest + 1) * len(self._segments) + 4), px(26))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys the segment with focus does not take itself."""
        if event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier or not self._serve(event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("edge"), 1))
        painter.setBrush(colour("paper"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(QPen(colour("hair"), 1))
        for before, after in zip(self._segments, self._segments[1:], strict=False):
            if not (before.isChecked() or after.isChecked()):
                x = max(before.x(), after.x()) - 0.5
                painter.drawLine(QPointF(x, 7), QPointF(x, self.height() - 7))

    def _serve(self, event: QKeyEvent) -> bool:
        if event.key() in _CLEAR:
            return self._clear()
        if event.key() in (*_FORWARD, *_BACK):
            return self._step(event.key() in _FORWARD)
        typed = event.text().casefold()
        found = [segment for segment in self._segments if typed and segment.initial() == typed]
        if found:
            self._choose(found[0])
        return bool(found)

    def _step(self, forward: bool) -> bool:
        if self.isRightToLeft():
            forward = not forward
        at = next((i for i, one in enumerate(self._segments) if one.hasFocus()), 0)
        self._choose(self._segments[(at + (1 if forward else -1)) % len(self._segments)])
        return True

    def _clear(self) -> bool:
        if self.value():
            self.set_value("")
            self.chosen.emit("")
        return True

    def _choose(self, segment: _Segment) -> None:
        segment.setFocus(Qt.FocusReason.OtherFocusReason)
        segment.click()

    def _take(self) -> None:
        taken = self.sender()
        if isinstance(taken, _Segment) and taken.key != self._value:
            self.set_value(taken.key)
            self.chosen.emit(taken.key)

    def _stop_at(self, segment: _Segment) -> None:
        """The tab key stops at one segment only."""
        for one in self._segments:
            mine = one is segment
            one.setFocusPolicy(Qt.FocusPolicy.StrongFocus if mine else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(segment)
        self.update()

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()
