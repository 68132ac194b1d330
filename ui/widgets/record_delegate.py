"""A record in a list: its name, a second line, and the worst of its findings."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ropa_ui import icons
from ropa_ui.looks import SEVERITIES
from ropa_ui.models.record_model import FACTS, FINDINGS, MARK
from ropa_ui.theme import colour, font, px
from ropa_ui.widgets.delegate_focus import has_keyboard
from ropa_ui.widgets.ground import paint_ground
from ropa_ui.widgets.mirroring import mirrored

Index = QModelIndex | QPersistentModelIndex
HEIGHT = 58


class RecordDelegate(QStyledItemDelegate):
    """Paints a row: name and findings, then reference and facts."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(200), px(HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option, chosen)
        inner = option.rect.adjusted(px(18), px(8), -px(18), -px(8))
        if option.direction == Qt.LayoutDirection.RightToLeft:
            painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        taken = self._findings(painter, inner, index)
        name = QRect(inner.left(), inner.top(), inner.width() - taken, px(21))
        self._line(painter, mirrored(painter, name, inner), "name", "text", str(index.data() or ""))
        facts = QRect(inner.left(), inner.top() + px(22), inner.width(), px(19))
        facts.setLeft(facts.left() + self._mark(painter, facts, str(index.data(MARK) or "")))
        said = str(index.data(FACTS) or "")
        self._line(painter, mirrored(painter, facts, inner), "small", "text2", said)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, chosen: bool) -> None:
        row = option.rect
        if chosen:
            active = bool(option.state & QStyle.StateFlag.State_HasFocus) or has_keyboard(option)
            paint_ground(painter, row.adjusted(8, 0, -8, -1), "sel" if active else "selq", 6)
            return
        if option.state & QStyle.StateFlag.State_MouseOver:
            paint_ground(painter, row.adjusted(8, 0, -8, -1), "hover", 6)
        painter.setPen(colour("hair"))
        painter.drawLine(row.left() + px(18), row.bottom(), row.right() - px(18), row.bottom())

    def _findings(self, painter: QPainter, inner: QRect, index: Index) -> int:
        """Paint icon and number at the right; the width they take."""
        severity, count = index.data(FINDINGS) or ("", 0)
        if not severity:
            return 0
        name, role, _soft, _fill = SEVERITIES[severity]
        text = str(count)
        used = font("small", tabular=True)
        wide = QFontMetrics(used).horizontalAdvance(text)
        painter.setFont(used)
        painter.setPen(colour(role))
        right = QRect(inner.right() - wide, inner.top(), wide + 1, px(21))
        painter.drawText(mirrored(painter, right, inner), Qt.AlignmentFlag.AlignVCenter, text)
        size = px(15)
        spot = QRect(right.left() - size - 5, inner.top() + (px(21) - size) // 2, size, size)
        icons.paint(painter, mirrored(painter, spot, inner), name, role)
        return wide + size + px(14)

    def _mark(self, painter: QPainter, place: QRect, word: str) -> int:
        """Paint what presses, icon and word, at the beginning of a line; the width it takes."""
        if not word:
            return 0
        size = px(14)
        wide = QFontMetrics(font("small")).horizontalAdvance(word)
        spot = QRect(place.left(), place.top() + (place.height() - size) // 2, size, size)
        icons.paint(painter, mirrored(painter, spot, place), "warning-fill", "bad")
        words = mirrored(painter, place.adjusted(size + 5, 0, 0, 0), place)
        self._line(painter, words, "small", "bad", word)
        return size + wide + px(17)

    def _line(self, painter: QPainter, place: QRect, style: str, role: str, text: str) -> None:
        used = font(style)
        painter.setFont(used)
        painter.setPen(colour(role))
        flat = " ".join(text.split(" ")) if "\n" not in text else " ".join(text.split())
        shown = QFontMetrics(used).elidedText(flat, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
