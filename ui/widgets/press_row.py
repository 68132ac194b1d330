"""A painted row that can be pressed: what the rows of charts, legends and lists are made of."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ropa_ui.theme import colour, font, px, theme

ROW: Final = 25  # px from row to row
PAD: Final = 6
_CORNER: Final = 5


class PressRow(QAbstractButton):
    """A painted row that can be pressed by mouse, Enter and Space.

    Grey under the pointer, ringed while it has the keyboard; both lie `PAD` px outside what it
    shows, so that a row begins where the text above it does when it stands that much further out.
    """

    def __init__(self, name: str, height: int = ROW, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = height
        self.setText(name)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._by_keys = False
        theme.changed.connect(self._dress)

    @property
    def inner(self) -> int:
        """The width of what it shows, in px."""
        return self.width() - 2 * PAD

    def sizeHint(self) -> QSize:
        return QSize(px(200), px(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(80), px(self._height))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_keys = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("selq" if self.isDown() else "hover"))
            painter.drawRoundedRect(QRectF(self.rect()), _CORNER, _CORNER)
        painter.save()
        painter.translate(PAD, 0)
        self.paint_row(painter)
        painter.restore()
        if self.hasFocus() and self._by_keys:
            painter.setPen(QPen(colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _CORNER, _CORNER)

    def paint_row(self, painter: QPainter) -> None:
        """Draw the row over its ground, from 0 to `inner`."""
        raise NotImplementedError

    def mirrored(self, area: QRect) -> QRect:
        """The area, on the other side where text runs right to left."""
        shown = QRect(area)
        if self.isRightToLeft():
            shown.moveLeft(self.inner - area.right() - 1)
        return shown

    def write(
        self, painter: QPainter, area: QRect, text: str, style: str = "body", role: str = "text",
        *, end: bool = False,
    ) -> None:  # fmt: skip
        """One line in the middle of an area's height, cut with … where room ends."""
        painter.setFont(font(style, tabular=end))
        painter.setPen(colour(role))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        side = Qt.AlignmentFlag.AlignTrailing if end else Qt.AlignmentFlag.AlignLeading
        flags = Qt.AlignmentFlag.AlignVCenter | side | Qt.TextFlag.TextSingleLine
        painter.drawText(self.mirrored(area), int(flags), shown)

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()
