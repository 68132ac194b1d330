"""A step of the history in its list: what was done, a detail, the time."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ropa_ui import icons
from ropa_ui.theme import colour, font, px
from ropa_ui.views.history_model import ITEM, Step
from ropa_ui.widgets.delegate_focus import has_keyboard

Index = QModelIndex | QPersistentModelIndex
HEAD, TALL = 36, 52


class HistoryDelegate(QStyledItemDelegate):
    """Days as small heads, steps as rows of 52 px."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        head = isinstance(index.data(ITEM), date)
        return QSize(px(200), px(HEAD if head else TALL))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        item = index.data(ITEM)
        if isinstance(item, Step):
            self._step(painter, option, item)
        else:
            place = option.rect.adjusted(px(18), px(8), -px(18), 0)
            used = font("small")
            used.setWeight(QFont.Weight.DemiBold)
            _write(painter, place, used, "text3", str(index.data()))
        painter.restore()

    def _step(self, painter: QPainter, option: QStyleOptionViewItem, step: Step) -> None:
        row = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            focused = has_keyboard(option)
            ground = ("sel" if focused else "selq") if chosen else "hover"
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(ground))
            painter.drawRoundedRect(QRectF(row.adjusted(8, 1, -8, -1)), 6, 6)
        inner = row.adjusted(px(18), px(6), -px(18), -px(6))
        size = px(16)
        spot = QRect(inner.left(), inner.top() + px(3), size, size)
        icons.paint(painter, spot, step.icon, "accent" if chosen else "text2")
        used = font("small", tabular=True)
        wide = QFontMetrics(used).horizontalAdvance(step.time)
        end = QRect(inner.right() - wide, inner.top(), wide + 1, px(20))
        _write(painter, end, used, "text2", step.time)
        left = inner.left() + px(26)
        words = QRect(left, inner.top(), end.left() - left - px(10), px(20))
        _write(painter, words, font("name"), "text", step.words)
        below = QRect(left, inner.top() + px(20), inner.right() - left, px(18))
        _write(painter, below, font("small"), "text2", step.detail)


def _write(painter: QPainter, place: QRect, used: QFont, role: str, text: str) -> None:
    painter.setFont(used)
    painter.setPen(colour(role))
    flat = " ".join(text.split(" ")) if "\n" not in text else " ".join(text.split())
    shown = QFontMetrics(used).elidedText(flat, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)
