"""A chip that narrows a list while it is on."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ropa_ui.icons import paint
from ropa_ui.theme import colour, px
from ropa_ui.widgets.chip import Chip


class ToggleChip(Chip):
    """On or off; `toggled` tells of it. On, it stands on the soft accent with a tick."""

    def __init__(
        self, text: str, icon: str, role: str = "text2", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, icon, parent=parent)
        self._role = role
        self.setCheckable(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        ground = "asoft" if chosen else "selq" if self.underMouse() else "nil_soft"
        painter.setPen(QPen(colour("accent" if chosen else "rim"), 1))
        painter.setBrush(colour(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setPen(colour("text"))
        painter.drawText(self._words(), int(Qt.AlignmentFlag.AlignVCenter), self.text())
        paint(painter, self._square(px(8), px(14)), str(self._icon), self._role)
