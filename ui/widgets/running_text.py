"""Sentences in two inks that run on in one paragraph: what is wrong, then its article."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ropa_ui.theme import colour, font, line_height, theme

_BETWEEN = "\u2002\u200b"  # an en space that may break


class RunningText(QWidget):
    """Wrapping plain text: parts with a colour role each, in one font style."""

    def __init__(
        self, parts: list[tuple[str, str]], style: str = "small", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._style = style
        self._parts: list[tuple[str, str]] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_parts(parts)
        self._dress()
        theme.changed.connect(self._dress)

    def set_parts(self, parts: list[tuple[str, str]]) -> None:
        """Show these (text, role); empty texts are left out."""
        self._parts = [(" ".join(text.split()), role) for text, role in parts if text.strip()]
        self.setAccessibleName(" ".join(text for text, _role in self._parts))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = math.ceil(self._laid_out(10_000).maximumWidth())
        return QSize(width + 1, line_height(self._style))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 120), line_height(self._style))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._laid_out(width).lineCount() * line_height(self._style)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        layout = self._laid_out(self.width())
        height = layout.lineCount() * line_height(self._style)
        layout.draw(painter, QPointF(0, max((self.height() - height) / 2, 0)))

    def _text(self) -> str:
        return _BETWEEN.join(text for text, _role in self._parts)

    def _inks(self) -> list[QTextLayout.FormatRange]:
        found, start = [], 0
        for text, role in self._parts:
            ink = QTextLayout.FormatRange()
            ink.start, ink.length = start, len(text.encode("utf-16-le")) // 2
            look = QTextCharFormat()
            look.setForeground(colour(role))
            ink.format = look
            found.append(ink)
            start += ink.length + len(_BETWEEN)
        return found

    def _laid_out(self, width: int) -> QTextLayout:
        layout = QTextLayout(self._text(), font(self._style))
        layout.setFormats(self._inks())
        option = QTextOption()
        option.setTextDirection(self.layoutDirection())
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        self._break_lines(layout, max(width, 1))
        return layout

    def _break_lines(self, layout: QTextLayout, width: int) -> None:
        pitch = line_height(self._style)
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, y + (pitch - line.height()) / 2))
            y += pitch
        layout.endLayout()

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()
