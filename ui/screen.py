"""Windows that fit the screen they open on, however small it is."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

_FRAME = QSize(16, 44)  # px: borders and title that the desktop puts around a window


def fit(window: QWidget, wanted: QSize, least: QSize) -> None:
    """Give a window the size wanted, or as much of it as its screen has room for.

    Sizes in px. A screen smaller than the least size gets a window of its own size: what does not
    fit then scrolls or folds, but buttons are never out of reach.
    """
    room = window.screen().availableGeometry().size() - _FRAME
    window.setMinimumSize(least.boundedTo(room))
    window.resize(wanted.boundedTo(room))
