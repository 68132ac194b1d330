"""Places on a painted widget for texts that run from right to left."""

from __future__ import annotations

from unicodedata import bidirectional

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle


def mirrored(painter: QPainter, area: QRect, within: QRect) -> QRect:
    """The area where it belongs: mirrored inside a larger one if the page runs right to left."""
    return QStyle.visualRect(painter.layoutDirection(), within, area)


def runs_right_to_left(text: str) -> bool:
    """Whether a text does so by its first letter, as Qt sets it."""
    letters = (bidirectional(letter) for letter in text)
    return next((kind for kind in letters if kind in ("L", "R", "AL")), "L") != "L"
