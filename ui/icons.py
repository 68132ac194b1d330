"""The icons: Phosphor glyphs in the colour of a role of the theme in use.

An icon is painted in the theme's colour whenever it is painted, so nothing has to be made anew
when the theme changes. The names are the keys of resources/fonts/icons.json.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPixmap,
)
from shiboken6 import isValid

from ropa_ui.glyphs import glyph, names, paint_in
from ropa_ui.theme import colour

# Icons that lead forward or back: where reading goes the other way, so do they.
_DIRECTED = ("arrow-left", "arrow-right", "arrow-u-up", "arrow-elbow", "caret-left", "caret-right")

__all__ = ["icon", "names", "paint", "paint_in", "pixmap"]


def icon(name: str, role: str = "text2", size: int = 16) -> QIcon:
    """An icon that is always in the theme's colour of the role, grey when disabled.

    Raises KeyError for a name that icons.json does not have.
    """
    glyph(name)
    return QIcon(_Engine(name, role, size))


def pixmap(name: str, role: str = "text2", size: int = 16, ratio: float = 1.0) -> QPixmap:
    """The icon in the colour the role has now, ``size`` px square at this device pixel ratio."""
    return _pixmap(name, colour(role).rgba(), size, size, ratio, _turned(name))


def paint(painter: QPainter, rect: QRect | QRectF, name: str, role: str = "text2") -> None:
    """Paint the icon into the middle of the rectangle, as large as its shorter side.

    Where text runs from right to left, arrows point the other way.
    """
    _paint(painter, QRectF(rect), name, colour(role), _turned(name))


def _turned(name: str) -> bool:
    backwards = QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return backwards and name.startswith(_DIRECTED)


def _paint(painter: QPainter, rect: QRectF, name: str, ink: QColor, turned: bool) -> None:
    if not turned:
        paint_in(painter, rect, name, ink)
        return
    painter.save()
    painter.translate(2 * rect.center().x(), 0)
    painter.scale(-1, 1)
    paint_in(painter, rect, name, ink)
    painter.restore()


@lru_cache(maxsize=1024)
def _pixmap(
    name: str, ink: int, width: int, height: int, ratio: float, turned: bool
) -> QPixmap:
    made = QPixmap(QSize(width, height) * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    _paint(painter, QRectF(0, 0, width, height), name, QColor.fromRgba(ink), turned)
    painter.end()
    return made


# Qt owns the copy of an engine, but PySide would drop it as soon as it is handed over: each is held
# here until Qt has deleted it.
_COPIES: list[QIconEngine] = []


class _Engine(QIconEngine):
    """Paints one glyph in the colour its role has at that moment."""

    def __init__(self, name: str, role: str, size: int) -> None:
        super().__init__()
        self._name, self._role, self._size = name, role, size

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        role = "dis" if mode == QIcon.Mode.Disabled else self._role
        paint(painter, rect, self._name, role)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        role = "dis" if mode == QIcon.Mode.Disabled else self._role
        ink, turned = colour(role).rgba(), _turned(self._name)
        return _pixmap(self._name, ink, size.width(), size.height(), 1.0, turned)

    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        return size

    def availableSizes(
        self, mode: QIcon.Mode = QIcon.Mode.Normal, state: QIcon.State = QIcon.State.Off
    ) -> list[QSize]:
        return [QSize(self._size, self._size)]

    def clone(self) -> QIconEngine:
        made = _Engine(self._name, self._role, self._size)
        _COPIES[:] = [*filter(isValid, _COPIES), made]
        return made

    def iconName(self) -> str:
        return self._name

    def key(self) -> str:
        return "ropa"

    def isNull(self) -> bool:
        return False
