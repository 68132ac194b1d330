"""A step of the history in its list: what was done, a detail, the time."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ropa_app.model.matching import spans
from ropa_ui import icons
from ropa_ui.theme import colour, font, px
from ropa_ui.views.history_model import ITEM, HistoryModel, Step
from ropa_ui.widgets.delegate_focus import has_keyboard
from ropa_ui.widgets.ground import paint_ground
from ropa_ui.widgets.marked_text import paint_marked
from ropa_ui.widgets.mirroring import mirrored

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
            self._step(painter, option, item, typed_in(index))
        else:
            place = option.rect.adjusted(px(18), px(8), -px(18), 0)
            used = font("small")
            used.setWeight(QFont.Weight.DemiBold)
            _write(painter, place, used, "text3", str(index.data() or ""))
        painter.restore()

    def _step(
        self, painter: QPainter, option: QStyleOptionViewItem, step: Step, typed: list[str]
    ) -> None:
        row = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            focused = has_keyboard(option)
            ground = ("sel" if focused else "selq") if chosen else "hover"
            paint_ground(painter, row.adjusted(8, 1, -8, -1), ground, 6)
        inner = row.adjusted(px(18), px(6), -px(18), -px(6))
        size = px(16)
        spot = QRect(inner.left(), inner.top() + px(3), size, size)
        ink = "accent" if chosen else "text2"
        icons.paint(painter, mirrored(painter, spot, inner), step.icon, ink)
        used = font("small", tabular=True)
        wide = QFontMetrics(used).horizontalAdvance(step.time)
        end = QRect(inner.right() - wide, inner.top(), wide + 1, px(20))
        _write(painter, mirrored(painter, end, inner), used, "text2", step.time)
        left = inner.left() + px(26)
        words = QRect(left, inner.top(), end.left() - left - px(10), px(20))
        words = mirrored(painter, words, inner)
        _write_marked(painter, words, "name", "text", step.words, typed)
        below = QRect(left, inner.top() + px(20), inner.right() - left, px(18))
        below = mirrored(painter, below, inner)
        _write_marked(painter, below, "small", "text2", step.detail, typed)


def typed_in(index: Index) -> list[str]:
    """What the rows of the list are to mark."""
    model = index.model()
    return model.typed if isinstance(model, HistoryModel) else []


def _write_marked(
    painter: QPainter, place: QRect, style: str, role: str, text: str, typed: list[str]
) -> None:
    flat = " ".join(text.split()) if "\n" in text else text
    found = spans(flat, typed)
    if found:
        paint_marked(painter, place, flat, found, style, role)
    else:
        _write(painter, place, font(style), role, flat)


def _write(painter: QPainter, place: QRect, used: QFont, role: str, text: str) -> None:
    painter.setFont(used)
    painter.setPen(colour(role))
    shown = QFontMetrics(used).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)
