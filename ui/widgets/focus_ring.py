"""The focus ring: 2 px around the element that has the keyboard, drawn outside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QSplitter, QWidget

from ropa_ui.theme import colour

_GAP = 1
_WIDTH = 2
_OUT = _GAP + _WIDTH

# Coming back to the window or from a menu changes nothing about who has the keyboard.
_PASSING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)

if TYPE_CHECKING:
    _Base = QWidget
else:
    _Base = object


class FocusRing(QWidget):
    """Lies around one widget, in the nearest ancestor that has room for it, and goes with it."""

    def __init__(self, around: QWidget, radius: int, role: str) -> None:
        chain = _up_to_room(around)
        self._host = chain.pop()
        super().__init__(self._host)
        self._around = around
        self._radius = radius
        self._role = role
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for moving in chain:
            moving.installEventFilter(self)
        around.destroyed.connect(self.deleteLater)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show):
            self._follow()
        elif event.type() == QEvent.Type.Hide:
            self.hide()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(self._role), _WIDTH))
        inset = _WIDTH / 2
        area = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        radius = self._radius + _GAP + inset
        painter.drawRoundedRect(area, radius, radius)

    def _follow(self) -> None:
        self.setGeometry(_outside(self._around, self._host))
        self.raise_()
        self.setVisible(self._around.isVisible())


def _outside(widget: QWidget, host: QWidget) -> QRect:
    """Where the ring around the widget lies, as seen by one of its ancestors."""
    area = QRect(widget.mapTo(host, QPoint(0, 0)), widget.size())
    return area.adjusted(-_OUT, -_OUT, _OUT, _OUT)


def _up_to_room(widget: QWidget) -> list[QWidget]:
    """The widget and its ancestors up to the one that takes the ring.

    That is one in which it is not cut off, but never beyond what scrolls: it has to scroll along.
    """
    chain = [widget, widget.parentWidget() or widget.window()]
    while not chain[-1].rect().contains(_outside(widget, chain[-1])):
        above = chain[-1].parentWidget()
        if chain[-1].isWindow() or above is None or isinstance(above, QSplitter):
            break
        if isinstance(above.parentWidget(), QAbstractScrollArea):
            break
        chain.append(above)
    return chain


class Ringed(_Base):
    """Mix in before a Qt class: it wears the ring while it has focus not given by the mouse."""

    ring_radius = 6
    ring_role = "accent"
    _ring: FocusRing | None = None
    _by_mouse = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in _PASSING:
            self._by_mouse = event.reason() == Qt.FocusReason.MouseFocusReason
        if not self._by_mouse and self._ring is None and self.parentWidget() is not None:
            self._ring = FocusRing(self, self.ring_radius, self.ring_role)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _PASSING and self._ring is not None:
            ring, self._ring = self._ring, None
            ring.hide()
            ring.deleteLater()
