"""A strip under the toolbar: a sentence on the state of the register, and a way out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ropa_ui.theme import colour, px, repaint_with_theme
from ropa_ui.widgets.buttons import text_button
from ropa_ui.widgets.labels import Label


class Strip(QWidget):
    """Hidden until there is something to say; `asked` tells that its button was pressed."""

    asked = Signal()

    def __init__(self, button: str, ground: str, parent: QWidget) -> None:
        """`ground`: the colour it lies on, a role of the theme."""
        super().__init__(parent)
        self._ground = ground
        self._words = Label("", "small", "text", self)
        self.button = text_button(button, parent=self)
        self.button.clicked.connect(self.asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 0)
        row.addWidget(self._words)
        row.addWidget(self.button)
        row.addStretch(1)
        self.setFixedHeight(px(32))
        repaint_with_theme(self)
        self.hide()

    def say(self, words: str) -> None:
        """Show a sentence; nothing hides the strip."""
        self._words.setText(words)
        self.setVisible(bool(words))

    def text(self) -> str:
        """What is said now."""
        return self._words.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour(self._ground))
