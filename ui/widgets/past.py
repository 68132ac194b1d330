"""The strip under the toolbar that says the past is shown."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ropa_app.i18n import _, current_language
from ropa_app.model.dates import date_words
from ropa_ui.theme import colour, px, repaint_with_theme
from ropa_ui.widgets.buttons import text_button
from ropa_ui.widgets.labels import Label


class PastStrip(QWidget):
    """“As at 20 Nov 2026, read only”, and the way back."""

    back_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = Label("", "small", "text", self)
        back = text_button(_("Back to today"), parent=self)
        back.clicked.connect(self.back_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 0)
        row.addWidget(self._words)
        row.addWidget(back)
        row.addStretch(1)
        self.setFixedHeight(px(32))
        repaint_with_theme(self)
        self.hide()

    def say(self, as_at: str) -> None:
        """Show the day (ISO); nothing hides the strip."""
        if as_at:
            day = date_words(as_at[:10], current_language())
            self._words.setText(_("As at {day}, read only").format(day=day))
        self.setVisible(bool(as_at))

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("asoft"))
