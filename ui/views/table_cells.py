"""How a cell of the table is painted."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ropa_app.model.state import STATES
from ropa_ui.forms.state_menu import LOOKS
from ropa_ui.icons import paint
from ropa_ui.looks import SEVERITIES
from ropa_ui.models.record_model import FINDINGS, NEW, VALUE
from ropa_ui.theme import colour, font, px
from ropa_ui.widgets.delegate_focus import has_keyboard

Index = QModelIndex | QPersistentModelIndex

ROW = 36
PAD, SIGN = 10, 15
FIRST_PAD = 18  # the first column stands under the heading of the page
_LEADING = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


def one_line(text: str) -> str:
    """The items of a cell beside each other."""
    return ", ".join(part.strip() for part in text.split("\n") if part.strip())


class CellDelegate(QStyledItemDelegate):
    """One line of text; states and findings have an icon of their own before it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self.width(index), px(ROW))

    def width(self, index: Index) -> int:
        """Width a cell needs to show its text whole, in px."""
        used = font("name" if index.column() == 0 else "body", tabular=True)
        text = QFontMetrics(used).horizontalAdvance(one_line(str(index.data() or "")))
        sign = px(SIGN) + 7 if _sign(index)[0] or index.column() == 0 else 0
        return text + sign + px(_pad(index)) + px(PAD) + 2

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect = QRect(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        active = has_keyboard(option)
        ground = ("sel" if active else "selq") if chosen else "paper"
        painter.fillRect(rect, colour(ground))
        painter.setPen(colour("hair"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if chosen:
            painter.setPen(QPen(colour("rim"), 2))
            painter.drawLine(rect.topLeft(), rect.topRight())
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(px(_pad(index)), 0, -px(PAD), -1)
        self._content(painter, inner, index)
        if option.state & QStyle.StateFlag.State_HasFocus and active:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 4, 4)
        painter.restore()

    def _content(self, painter: QPainter, inner: QRect, index: Index) -> None:
        first = index.column() == 0
        name, role = _sign(index)
        if name:
            spot = QRect(0, 0, px(SIGN), px(SIGN))
            spot.moveCenter(inner.center())
            spot.moveLeft(inner.left())
            paint(painter, spot, name, role)
        if name or first:  # names stand under each other, with findings or without
            inner = inner.adjusted(px(SIGN) + 7, 0, 0, 0)
        used = font("name" if first else "body", tabular=True)
        painter.setFont(used)
        muted = "text3" if index.data(NEW) else "text2"
        painter.setPen(colour(muted if index.data(NEW) or (name and not first) else "text"))
        text = one_line(str(index.data() or ""))
        metrics = QFontMetrics(used)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(_LEADING), shown)


def _pad(index: Index) -> int:
    return PAD if index.column() else FIRST_PAD


def _sign(index: Index) -> tuple[str, str]:
    """Icon and role before a text: the worst finding of the record, or the state of the cell."""
    if index.column() == 0:
        severity, _count = index.data(FINDINGS) or ("", 0)
        return SEVERITIES[severity][:2] if severity else ("", "")
    value = index.data(VALUE)
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, STATES)), None)
    if isinstance(value, STATES):
        return LOOKS[type(value)][:2]
    return "", ""
