"""Values before and after a change: the old one struck through, the new one on a soft ground."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ropa_app.i18n import _
from ropa_ui.theme import font
from ropa_ui.widgets.ground import paint_ground
from ropa_ui.widgets.labels import Label, plain_tooltip
from ropa_ui.widgets.mirroring import runs_right_to_left

_LONGEST = 700  # letters; the rest stands in the tooltip
_SIDE, _ABOVE = 5, 2


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()} …"


class OldValue(Label):
    """What was there; nothing reads “empty”, or what is given for it, and is not struck through."""

    def __init__(self, text: str, parent: QWidget | None = None, nothing: str = "") -> None:
        self._struck = bool(text)
        super().__init__(_cut(text) or nothing or _("empty"), "small", "text3", parent, wrap=True)
        self.setToolTip(plain_tooltip(text) if len(text) > _LONGEST else "")
        self.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(_("Before: {value}").format(value=text or nothing or _("empty")))

    def _dress(self) -> None:
        super()._dress()
        used = font(self._style)
        used.setStrikeOut(self._struck)
        self.setFont(used)


class NewValue(Label):
    """What is there now, or was after the change; nothing reads as in OldValue."""

    def __init__(self, text: str, parent: QWidget | None = None, nothing: str = "") -> None:
        self._ground = bool(text)
        style, role = ("name", "text") if text else ("small", "text3")
        super().__init__(_cut(text) or nothing or _("empty"), style, role, parent, wrap=True)
        self.setToolTip(plain_tooltip(text) if len(text) > _LONGEST else "")
        self.setContentsMargins(_SIDE, _ABOVE, _SIDE, _ABOVE)
        self.setAccessibleName(_("After: {value}").format(value=text or nothing or _("empty")))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._ground:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            wide = self._text_width()
            left = self.width() - wide if runs_right_to_left(self.text()) else 0
            paint_ground(painter, QRectF(left, 0, wide, self.height()), "asoft", 4)
            painter.end()
        super().paintEvent(event)

    def _text_width(self) -> float:
        """A short value has a short ground; one that wraps fills its column."""
        lines = self.text().split("\n")
        widest = max(self.fontMetrics().horizontalAdvance(line) for line in lines)
        return min(self.width(), widest + 2 * _SIDE + 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(100, super().minimumSizeHint().height())
