"""The glyphs of the icon font as outlines; they know neither theme nor roles.

The names are the keys of resources/fonts/icons.json.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QRawFont, QTransform

from ropa_app.paths import resources

_EM: Final = 256  # the grid Phosphor is drawn on


def paint_in(painter: QPainter, rect: QRectF, name: str, ink: QColor) -> None:
    """Paint a glyph into the middle of the rectangle, as large as its shorter side."""
    scale = min(rect.width(), rect.height()) / _EM
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center())
    painter.scale(scale, scale)
    painter.fillPath(glyph(name), ink)
    painter.restore()


@lru_cache(maxsize=1)
def names() -> dict[str, int]:
    """Code point of every icon there is, by its name."""
    found = json.loads(resources("fonts", "icons.json").read_text(encoding="utf-8"))
    return {name: int(code, 16) for name, code in found.items()}


@lru_cache(maxsize=256)
def glyph(name: str) -> QPainterPath:
    """The outline of an icon about (0, 0), 256 units to its full size. Raises KeyError."""
    found = _font().glyphIndexesForString(chr(names()[name]))
    path = _font().pathForGlyph(found[0])
    middle = path.boundingRect().center()
    return QTransform.fromTranslate(-middle.x(), -middle.y()).map(path)


@lru_cache(maxsize=1)
def _font() -> QRawFont:
    data = resources("fonts", "icons.ttf").read_bytes()
    return QRawFont(QByteArray(data), _EM, QFont.HintingPreference.PreferNoHinting)
