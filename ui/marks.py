"""Small pictures a style sheet needs: the tick in a box, the caret of a pick list.

A style sheet takes pictures from files only, so they are painted into the folder of passing
files, once per theme and size.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from ropa_ui.glyphs import paint_in
from ropa_ui.private_folder import private_folder

_RATIOS: Final = (1, 2, 3)
# Name in the style sheet: icon, role, size, share of the square the glyph takes.
_MARKS: Final = {
    "caret": ("caret-down-bold", "text2", 12, 0.9),
    "check": ("check-bold", "on", 14, 0.85),
    "minus": ("minus", "on", 14, 0.85),
    "dot": ("circle-fill", "on", 14, 0.6),
}


def marks(
    theme: str, colour: Callable[[str], QColor], px: Callable[[float], int]
) -> dict[str, str]:
    """``url("…")`` of every mark in the theme's colours, by its name in the style sheet."""
    found = {"pxhalf": f"{px(14) // 2 + 1}px"}
    for mark, (icon, role, size, share) in _MARKS.items():
        file = _painted(theme, icon, colour(role).rgba(), px(size), share)
        found[mark] = f'url("{file}")'
    return found


@lru_cache(maxsize=256)
def _painted(theme: str, icon: str, ink: int, size: int, share: float) -> str:
    """Path of the picture at 1×; Qt takes its @2x and @3x neighbours on sharper screens.

    Empty where nothing can be written.
    """
    try:
        stem = private_folder() / f"{icon}-{theme}-{size}"
    except OSError:
        return ""
    for ratio in _RATIOS:
        suffix = "" if ratio == 1 else f"@{ratio}x"
        _image(icon, QColor.fromRgba(ink), size * ratio, share).save(f"{stem}{suffix}.png")
    return f"{stem.as_posix()}.png"


def _image(icon: str, ink: QColor, size: int, share: float) -> QImage:
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    inner = size * share
    edge = (size - inner) / 2
    paint_in(painter, QRectF(edge, edge, inner, inner), icon, ink)
    painter.end()
    return image
