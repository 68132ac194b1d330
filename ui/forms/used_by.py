"""A row that leads to an activity: reference, name, and the role at the right."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from ropa_ui.icons import paint
from ropa_ui.kinds import ICONS
from ropa_ui.theme import colour, font, px
from ropa_ui.widgets.labels import plain_tooltip
from ropa_ui.widgets.press_row import PressRow

_HEIGHT, _INDENT = 32, 24
_ICON = ICONS["activity"]


class UsedRow(PressRow):
    """One line, 32 px, with a hairline below; a button."""

    def __init__(self, ref: str, title: str, role: str, parent: QWidget | None = None) -> None:
        super().__init__(f"{ref} {title}, {role}", _HEIGHT, parent)
        self._title, self._role = f"{ref}  {title}", role
        self.setToolTip(plain_tooltip(self._title))

    def paint_row(self, painter: QPainter) -> None:
        size = px(15)
        box = QRect(0, (self.height() - size) // 2, size, size)
        paint(painter, self.mirrored(box), _ICON)
        most = round(self.inner * 0.45)
        needed = QFontMetrics(font("small")).horizontalAdvance(self._role) + 2
        role, left = min(needed, most), px(_INDENT)
        room = self.inner - left - role - px(10)
        self.write(painter, QRect(left, 0, room, self.height()), self._title)
        right = QRect(self.inner - role, 0, role, self.height())
        self.write(painter, right, self._role, "small", "text2", end=True)
        painter.fillRect(0, self.height() - 1, self.inner, 1, colour("hair"))
