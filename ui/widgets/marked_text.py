"""A line of text with what was searched for on a ground of its own, and key caps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QWidget

from ropa_ui.theme import colour, font, px, repaint_with_theme

_CAP, _INSIDE = 18, 5


def paint_marked(
    painter: QPainter, place: QRect, text: str, spans: Sequence[tuple[int, int]],
    style: str = "body", role: str = "text",
) -> None:  # fmt: skip
    """Paint one line, cut with … where room ends, its spans semibold on the role ``mark``."""
    shown = QFontMetrics(font(style)).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    inside = [(first, min(last, len(shown))) for first, last in spans if first < len(shown)]
    layout = _laid_out(shown, inside, style, role, painter.layoutDirection())
    line = layout.lineAt(0)
    left = float(place.left())
    if painter.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        left = place.right() + 1 - line.naturalTextWidth()
    corner = QPointF(left, place.top() + (place.height() - line.height()) / 2)
    painter.save()
    painter.setClipRect(place)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("mark"))
    for first, last in inside:
        edges = sorted((_x(line, shown, first), _x(line, shown, last)))
        ground = QRectF(corner.x() + edges[0] - 1, corner.y() - 1, 0, line.height() + 2)
        ground.setWidth(edges[1] - edges[0] + 2)
        painter.drawRoundedRect(ground, 3, 3)
    layout.draw(painter, corner)
    painter.restore()


def _laid_out(
    text: str, spans: Sequence[tuple[int, int]], style: str, role: str,
    direction: Qt.LayoutDirection,
) -> QTextLayout:  # fmt: skip
    layout = QTextLayout(text, font(style))
    option = QTextOption()
    option.setTextDirection(direction)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    whole = QTextLayout.FormatRange()
    whole.start, whole.length, whole.format = 0, _units(text), QTextCharFormat()
    whole.format.setForeground(colour(role))
    ranges = [whole]
    for first, last in spans:
        part = QTextLayout.FormatRange()
        part.start, part.length = _units(text[:first]), _units(text[first:last])
        look = QTextCharFormat()
        look.setForeground(colour("text"))
        look.setFontWeight(QFont.Weight.DemiBold)
        part.format = look
        ranges.append(part)
    layout.setFormats(ranges)
    layout.beginLayout()
    layout.createLine().setLineWidth(1_000_000)
    layout.endLayout()
    return layout


def _units(text: str) -> int:
    """Length of a text as Qt counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _x(line: object, text: str, place: int) -> float:
    found = line.cursorToX(_units(text[:place]))  # type: ignore[attr-defined]
    return float(found[0] if isinstance(found, tuple) else found)


def keys_width(keys: str) -> int:
    """How wide the caps of "Ctrl+K" are."""
    metrics = QFontMetrics(font("caption"))
    parts = _parts(keys)
    return sum(_cap_width(metrics, part) + 4 for part in parts) - 4 if parts else 0


def paint_keys(painter: QPainter, left: int, middle: int, keys: str) -> None:
    """Paint the caps of "Ctrl+K" one beside the other, about a height."""
    painter.setFont(font("caption"))
    metrics = QFontMetrics(font("caption"))
    for part in _parts(keys):
        cap = QRectF(left, middle - px(_CAP) / 2, _cap_width(metrics, part), px(_CAP))
        painter.setPen(QPen(colour("edge"), 1))
        painter.setBrush(colour("paper"))
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setPen(colour("text2"))
        painter.drawText(cap, int(Qt.AlignmentFlag.AlignCenter), part)
        left += int(cap.width()) + 4


def _parts(keys: str) -> list[str]:
    """The keys of a shortcut; "Ctrl++" has a plus among them."""
    parts = keys.replace("++", "+\0").split("+") if keys else []
    return [part.replace("\0", "+") for part in parts]


def _cap_width(metrics: QFontMetrics, part: str) -> int:
    return max(metrics.horizontalAdvance(part) + 2 * _INSIDE, px(_CAP))


class KeyHint(QWidget):
    """Key caps with what they do: for the foot of the palette."""

    def __init__(self, keys: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys, self._words = keys, words
        self.setAccessibleName(f"{keys} {words}".strip())
        text = QFontMetrics(font("small")).horizontalAdvance(words)
        self.setFixedSize(keys_width(keys) + (text + 8 if words else 0), px(22))
        repaint_with_theme(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_keys(painter, 0, self.height() // 2, self._keys)
        painter.setFont(font("small"))
        painter.setPen(colour("text2"))
        words = self.rect().adjusted(keys_width(self._keys) + 7, 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self._words)
