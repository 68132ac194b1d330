"""A line one device pixel thick, for separating and nothing else."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ropa_ui.theme import colour, repaint_with_theme


class Hairline(QWidget):
    """A horizontal or vertical separator in the role ``hair``, or another."""

    def __init__(
        self, parent: QWidget | None = None, *, vertical: bool = False, role: str = "hair"
    ) -> None:
        super().__init__(parent)
        self._vertical = vertical
        self._role = role
        fixed, growing = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        if vertical:
            self.setFixedWidth(1)
            self.setSizePolicy(fixed, growing)
        else:
            self.setFixedHeight(1)
            self.setSizePolicy(growing, fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        repaint_with_theme(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        thickness = 1 / self.devicePixelRatioF()
        width = thickness if self._vertical else self.width()
        height = self.height() if self._vertical else thickness
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(self._role))
        painter.drawRect(QRectF(0, 0, width, height))  # fillRect would wake all of QGradient
