"""The ground of a chosen row, a chip, a finding: filled, and outlined in high contrast."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ropa_ui.theme import colour

_CHOSEN: Final = "sel"
_PASSING: Final = "hover"  # told by the pointer itself


def paint_ground(painter: QPainter, area: QRect | QRectF, role: str, radius: float) -> None:
    """Fill an area with round corners.

    Where grounds are told by more than their colour, all but that under the pointer are outlined,
    twice as thick where the keyboard is.
    """
    rim, box = colour("rim"), QRectF(area)
    painter.setBrush(colour(role))
    if not rim.alpha() or role == _PASSING:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        wide = 2.0 if role == _CHOSEN else 1.0
        painter.setPen(QPen(rim, wide))
        box.adjust(wide / 2, wide / 2, -wide / 2, -wide / 2)
    painter.drawRoundedRect(box, radius, radius)
