"""How a cell of a small table is painted: a line, a second below it, a sign before."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ropa_ui.forms.line_cells import Cell
from ropa_ui.forms.line_model import CELL, SEVERITY, UNFOLDED
from ropa_ui.icons import paint
from ropa_ui.looks import SEVERITIES
from ropa_ui.theme import colour, font, line_height, px

Index = QModelIndex | QPersistentModelIndex
PAD = 6
SIGN, SIGN_GAP = 15, 6
_SMALL_SIGN, _SMALL_GAP = 13, 4
_LEADING = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


def room(width: int, cell: Cell) -> int:
    """Room for the first line in a cell of this width."""
    return width - 2 * px(PAD) - (px(SIGN) + px(SIGN_GAP) if cell.icon else 0)


def is_tall(cell: Cell, width: int) -> bool:
    """True if a cell needs two lines: it has a second, or its first is too long."""
    if cell.second:
        return True
    return QFontMetrics(font("body")).horizontalAdvance(cell.main) > room(width, cell)


class LineDelegate(QStyledItemDelegate):
    """Paints cells into the upper part of their row; what lies below is for other widgets.

    `heights` has the height of that part by row; the table keeps it.
    """

    def __init__(self, parent: QObject, heights: dict[int, int]) -> None:
        super().__init__(parent)
        self._heights = heights

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place = QRect(option.rect)
        place.setHeight(self._heights.get(index.row(), place.height()))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = index.data(CELL)
        if isinstance(cell, Cell):
            self._cell(painter, place, cell, str(index.data(SEVERITY) or ""))
        else:
            self._fold(painter, place, index.data(UNFOLDED))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(place).adjusted(1, 1, -1, -2), 5, 5)
        painter.restore()

    def _fold(self, painter: QPainter, place: QRect, unfolded: object) -> None:
        if unfolded is None:
            return
        spot = QRect(0, 0, px(14), px(14))
        spot.moveCenter(place.center())
        paint(painter, spot, "caret-down" if unfolded else "caret-right", "text3")

    def _cell(self, painter: QPainter, place: QRect, cell: Cell, severity: str) -> None:
        inner = place.adjusted(px(PAD), 0, -px(PAD), -1)
        name, role, ink = cell.icon, cell.icon_role, cell.role
        if severity in ("error", "warning") and not name:
            name, role, _soft, _fill = SEVERITIES[severity]
            ink = role
        lines = self._broken(cell, inner.width() - (px(SIGN) + px(SIGN_GAP) if name else 0))
        below_it = cell.second if len(lines) == 1 else ""
        tall = len(lines) > 1 or bool(below_it)
        first, second = line_height("body"), line_height("small" if below_it else "body")
        top = inner.top() + (inner.height() - first - (second if tall else 0)) // 2
        line = QRect(inner.left(), top, inner.width(), first)
        if name:
            spot = QRect(line.left(), line.center().y() - px(SIGN) // 2, px(SIGN), px(SIGN))
            paint(painter, _mirrored(spot, inner, painter), name, role)
            line.setLeft(line.left() + px(SIGN) + px(SIGN_GAP))
        self._write(painter, line, inner, "body", ink, lines[0])
        below = QRect(line.left(), line.bottom() + 1, line.width(), second)
        if below_it:
            self._second(painter, below, inner, cell)
        elif len(lines) > 1:
            self._write(painter, below, inner, "body", ink, lines[1])

    def _second(self, painter: QPainter, below: QRect, inner: QRect, cell: Cell) -> None:
        if cell.second_icon:
            size = px(_SMALL_SIGN)
            spot = QRect(below.left(), below.center().y() - size // 2, size, size)
            paint(painter, _mirrored(spot, inner, painter), cell.second_icon, "text2")
            below.setLeft(below.left() + size + px(_SMALL_GAP))
        self._write(painter, below, inner, "small", "text2", cell.second)

    def _write(
        self, painter: QPainter, line: QRect, inner: QRect, style: str, role: str, text: str
    ) -> None:
        used = font(style, tabular=True)
        painter.setFont(used)
        painter.setPen(colour(role))
        shown = QFontMetrics(used).elidedText(text, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(_mirrored(line, inner, painter), int(_LEADING), shown)

    def _broken(self, cell: Cell, width: int) -> list[str]:
        """The first line, or two where it is too long; what else stood below gives way.

        Only the sign of special categories never does.
        """
        used = font("body", tabular=True)
        if cell.second_icon or QFontMetrics(used).horizontalAdvance(cell.main) <= width:
            return [cell.main]
        layout = QTextLayout(cell.main, used)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(max(width, 1))
        layout.endLayout()
        units = cell.main.encode("utf-16-le", "surrogatepass")  # what Qt counts in
        end = 2 * line.textLength()
        parts = [part.decode("utf-16-le", "surrogatepass") for part in (units[:end], units[end:])]
        return [part.strip() for part in parts if part.strip()] or [cell.main]


def _mirrored(area: QRect, inner: QRect, painter: QPainter) -> QRect:
    """The same place counted from the other side where text runs right to left."""
    if painter.layoutDirection() != Qt.LayoutDirection.RightToLeft:
        return area
    moved = QRect(area)
    moved.moveRight(inner.right() - (area.left() - inner.left()))
    return moved
