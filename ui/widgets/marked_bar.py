"""Says that several records are marked, and what can be done with all of them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ropa_app.i18n import _
from ropa_ui.theme import colour, px, repaint_with_theme
from ropa_ui.widgets.buttons import text_button
from ropa_ui.widgets.labels import ElidedLabel


class MarkedBar(QWidget):
    """One line; hidden until more than one record is marked."""

    change_asked = Signal()
    export_asked = Signal()
    delete_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = ElidedLabel("", "name", "text", self)
        self.change = text_button(_("Change together…"), "pencil-simple", self)
        self.export = text_button(_("Export…"), "export", self)
        self.delete = text_button(_("Delete"), "trash-simple", self)
        self.change.clicked.connect(self.change_asked)
        self.export.clicked.connect(self.export_asked)
        self.delete.clicked.connect(self.delete_asked)
        line = QHBoxLayout(self)
        line.setContentsMargins(28, 6, 20, 6)
        line.setSpacing(8)
        line.addWidget(self._words, 1)
        for button in (self.change, self.export, self.delete):
            line.addWidget(button)
        self.setMinimumHeight(px(44))
        self.hide()
        repaint_with_theme(self)

    def say(self, count: int, writable: bool) -> None:
        """So many records are marked; what writes is offered only where that can be done."""
        self._words.setText(_("{count} selected").format(count=count))
        self.setAccessibleName(self._words.text())
        self.change.setVisible(writable)
        self.delete.setVisible(writable)
        self.setVisible(count > 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("asoft"))
