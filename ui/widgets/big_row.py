"""A row to start from: icon, what it is, a second line, and a key or fact at the right."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ropa_ui import icons
from ropa_ui.theme import colour, font, px, repaint_with_theme
from ropa_ui.widgets.ground import paint_ground
from ropa_ui.widgets.labels import plain_tooltip
from ropa_ui.widgets.mirroring import mirrored

_ICON = 18


class BigRow(QAbstractButton):
    """A button as wide as its column; the one with the focus stands on the colour of a choice.

    `focused` tells that it has got the focus.
    """

    focused = Signal()

    def __init__(
        self,
        icon: str,
        text: str,
        about: str,
        parent: QWidget | None = None,
        *,
        key: str = "",
        fact: str = "",
        height: int = 48,
    ) -> None:
        super().__init__(parent)
        self._icon, self._about, self._key, self._fact = icon, about, key, fact
        self._height = height
        self.setText(text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(", ".join(part for part in (about, fact) if part))
        self.setToolTip(plain_tooltip(f"{text}\n{about}"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        repaint_with_theme(self)

    def sizeHint(self) -> QSize:
        return QSize(px(320), px(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(180), px(self._height))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it; the arrows belong to whoever holds the rows."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        if focused or self.underMouse():
            paint_ground(painter, self.rect(), "sel" if focused else "hover", 8)
        size = px(_ICON)
        spot = QRect(px(16), (self.height() - size) // 2, size, size)
        shown = mirrored(painter, spot, self.rect())
        icons.paint(painter, shown, self._icon, "accent" if focused else "text2")
        right = self._paint_right(painter)
        self._paint_words(painter, right)

    def _paint_words(self, painter: QPainter, right: int) -> None:
        left = px(16 + _ICON + 14)
        room = right - left - px(12)
        top = (self.height() - px(39)) // 2
        for style, role, text, y in (
            ("name", "text", self.text(), top),
            ("small", "text2", self._about, top + px(20)),
        ):
            used = font(style)
            painter.setFont(used)
            painter.setPen(colour(role))
            shown = QFontMetrics(used).elidedText(text, _elision(text), room)
            place = mirrored(painter, QRect(left, y, room, px(19)), self.rect())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_right(self, painter: QPainter) -> int:
        """Paint the key cap or the fact; gives back where the words have to end."""
        end = self.width() - px(14)
        text, style = (self._key, "caption") if self._key else (self._fact, "small")
        if not text:
            return end
        used = font(style, tabular=True)
        painter.setFont(used)
        wide = QFontMetrics(used).horizontalAdvance(text)
        if self._key:
            high = px(18)
            area = QRect(end - wide - 12, (self.height() - high) // 2, wide + 12, high)
            cap = QRectF(mirrored(painter, area, self.rect()))
            painter.setPen(QPen(colour("edge"), 1))
            painter.setBrush(colour("paper"))
            painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.setPen(colour("text2"))
            painter.drawText(cap, int(Qt.AlignmentFlag.AlignCenter), text)
            return area.left()
        painter.setPen(colour("text2"))
        area = QRect(end - wide - 1, 0, wide + 2, self.height())
        shown = mirrored(painter, area, self.rect())
        painter.drawText(shown, Qt.AlignmentFlag.AlignVCenter, text)
        return area.left()


def _elision(text: str) -> Qt.TextElideMode:
    """A path too long is cut in the middle: both its ends tell most."""
    is_path = "/" in text or "\\" in text
    return Qt.TextElideMode.ElideMiddle if is_path else Qt.TextElideMode.ElideRight
