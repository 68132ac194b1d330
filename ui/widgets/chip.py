"""A chip: one value among several, often a link to a record."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ropa_app.i18n import _
from ropa_ui.icons import paint
from ropa_ui.theme import colour, font, px, theme
from ropa_ui.widgets.focus_ring import Ringed
from ropa_ui.widgets.ground import paint_ground
from ropa_ui.widgets.labels import plain_tooltip

_EDGE, _ICON, _AFTER_ICON, _CROSS, _BEFORE_CROSS = 8, 14, 5, 12, 5


class Chip(Ringed, QAbstractButton):
    """22 px high. Enter, Space or a click opens; Del, Backspace or the cross removes.

    What is removed is for whoever listens to take away: the chip only asks.
    """

    opened = Signal()
    removed = Signal()
    ring_radius = 5

    def __init__(
        self,
        text: str,
        icon: str | None = None,
        removable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._removable = removable
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_label(text)
        if removable:
            self.setAccessibleDescription(_("Enter opens, Delete removes"))
        self.clicked.connect(self.opened)
        self._dress()
        theme.changed.connect(self._dress)

    def set_label(self, text: str) -> None:
        """Show this text, as it stands."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self._hint()

    def label(self) -> str:
        """The text shown."""
        return self.text()

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self._one_line()) + 1
        return QSize(self._beside() + words, px(22))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), px(64)), px(22))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._removable:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.isDown() and self._on_cross(event.position()):
            self.setDown(False)
            self.removed.emit()
        else:
            super().mouseReleaseEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "selq" if self.underMouse() or self.isDown() else "nil_soft"
        paint_ground(painter, self.rect(), ground, 5)
        painter.setPen(colour("text" if self.isEnabled() else "dis"))
        words = self._words()
        shown = self.fontMetrics().elidedText(
            self._one_line(), Qt.TextElideMode.ElideRight, words.width()
        )
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(words, int(flags | Qt.TextFlag.TextSingleLine), shown)
        if self._icon:
            paint(painter, self._square(px(_EDGE), px(_ICON)), self._icon, "text2")
        if self._removable:
            paint(painter, self._cross(), "x", "text" if self._cross_hovered() else "text2")

    def _one_line(self) -> str:
        return " ".join(self.text().split("\n"))

    def _before(self) -> int:
        return px(_EDGE) + (px(_ICON) + px(_AFTER_ICON) if self._icon else 0)

    def _beside(self) -> int:
        cross = px(_CROSS) + px(_BEFORE_CROSS) if self._removable else 0
        return self._before() + cross + px(_EDGE)

    def _square(self, left: int, size: int) -> QRectF:
        """A square of this size, its left edge here; on the other side where text runs left."""
        x = self.width() - left - size if self.isRightToLeft() else left
        return QRectF(x, (self.height() - size) / 2, size, size)

    def _words(self) -> QRect:
        width = self.width() - self._beside() + 1
        left = self.width() - self._before() - width if self.isRightToLeft() else self._before()
        return QRect(left, 0, width, self.height())

    def _cross(self) -> QRectF:
        return self._square(self.width() - px(_EDGE) - px(_CROSS), px(_CROSS))

    def _on_cross(self, point: QPointF) -> bool:
        reach = px(_EDGE)
        area = self._cross().adjusted(-_BEFORE_CROSS, -reach, reach, reach)
        return self._removable and area.contains(point)

    def _cross_hovered(self) -> bool:
        return self.underMouse() and self._on_cross(
            QPointF(self.mapFromGlobal(self.cursor().pos()))
        )

    def _hint(self) -> None:
        cut = self.width() < self.sizeHint().width()
        self.setToolTip(plain_tooltip(self.text()) if cut else "")

    def _dress(self) -> None:
        self.setFont(font("small"))
        self.updateGeometry()
        self.update()
