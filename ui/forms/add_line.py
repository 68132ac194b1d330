"""The slim field at the end of a row of chips, where the next one is typed."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLineEdit, QWidget

from ropa_ui.theme import font, px, theme

_HEIGHT, _LEAST = 22, 132


class AddLine(QLineEdit):
    """As high as a chip, and as wide as what is typed into it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.textChanged.connect(self.updateGeometry)
        theme.changed.connect(self._dress)
        self._dress()

    def sizeHint(self) -> QSize:
        typed = self.fontMetrics().horizontalAdvance(self.text() or self.placeholderText())
        return QSize(max(px(_LEAST), typed + px(26)), px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(64), px(_HEIGHT))

    def _dress(self) -> None:
        self.setFont(font("small"))
        inner = px(_HEIGHT) - 2
        self.setStyleSheet(
            f"QLineEdit {{ min-height: {inner}px; max-height: {inner}px; padding: 0 6px;"
            " border-radius: 5px; }"
            f"QLineEdit:focus {{ min-height: {inner - 2}px; max-height: {inner - 2}px;"
            " padding: 0 5px; }"
        )
