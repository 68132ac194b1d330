"""A group of findings, and one finding: the record, what is wrong with it, what to do."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from ropa_ui import icons
from ropa_ui.languages import number
from ropa_ui.looks import SEVERITIES
from ropa_ui.models.check_groups import Group
from ropa_ui.models.check_tree import ITEM, RECORD
from ropa_ui.models.checks import Row, article_of
from ropa_ui.theme import colour, font, px
from ropa_ui.widgets.delegate_focus import has_keyboard
from ropa_ui.widgets.ground import paint_ground
from ropa_ui.widgets.mirroring import mirrored

Index = QModelIndex | QPersistentModelIndex
TALL = 46
_EDGE = 36  # px from the edge of the page to the text
_LEFT = Qt.AlignmentFlag.AlignVCenter


class CheckDelegate(QStyledItemDelegate):
    """Rows of one height, 46 px: ten thousand of them are laid out at once."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(300), px(TALL))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRect(option.rect)
        if option.widget is not None:  # Qt indents, the look does not
            place.setLeft(0)
            place.setWidth(option.widget.viewport().width())  # type: ignore[attr-defined]
        _ground(painter, option, place)
        item = index.data(ITEM)
        inner = place.adjusted(px(_EDGE), 0, -px(_EDGE), 0)
        if isinstance(item, Group):
            view = option.widget
            is_open = isinstance(view, QTreeView) and view.isExpanded(index)
            _paint_group(painter, inner, item, is_open)
        elif isinstance(item, Row):
            _paint_row(painter, inner, item, index.data(RECORD))
        painter.restore()


def _ground(painter: QPainter, option: QStyleOptionViewItem, place: QRect) -> None:
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    if chosen or hovered:
        ground = ("sel" if has_keyboard(option) else "selq") if chosen else "hover"
        paint_ground(painter, place.adjusted(12, 1, -12, -1), ground, 6)
    else:
        painter.setPen(colour("hair"))
        edge = px(_EDGE)
        painter.drawLine(place.left() + edge, place.bottom(), place.right() - edge, place.bottom())


def _paint_group(painter: QPainter, place: QRect, group: Group, is_open: bool) -> None:
    size = px(16)
    look = SEVERITIES[group.severity]
    spot = QRect(place.left(), place.center().y() - size // 2 + 1, size, size)
    icons.paint(painter, mirrored(painter, spot, place), look.icon, look.role)
    left = place.left() + px(26)
    room = QRect(left, place.top(), place.right() - left - px(80), place.height())
    wide = _write(painter, mirrored(painter, room, place), "heading", "text", group.title)
    after = QRect(left + wide + px(10), place.top(), px(60), place.height())
    counted = mirrored(painter, after, place)
    taken = _write(painter, counted, "small", "text3", number(len(group.rows)))
    caret = px(12)
    spot = QRect(after.left() + taken + px(8), place.center().y() - caret // 2 + 1, caret, caret)
    forwards = painter.layoutDirection() == Qt.LayoutDirection.LeftToRight
    shut = "caret-right" if forwards else "caret-left"
    icons.paint(painter, mirrored(painter, spot, place), "caret-down" if is_open else shut, "text3")


def _paint_row(painter: QPainter, place: QRect, row: Row, record: tuple[str, str, str]) -> None:
    title, reference, icon = record
    size, left = px(16), place.left() + px(26)
    spot = QRect(left, place.top() + px(7), size, size)
    icons.paint(painter, mirrored(painter, spot, place), icon, "text2")
    named = QRect(left + px(24), place.top() + px(4), place.width() // 4, px(20))
    _write(painter, mirrored(painter, named, place), "name", "text", title)
    below = px(19)
    under = named.translated(0, below)
    _write(painter, mirrored(painter, under, place), "small", "text2", reference)
    article = article_of(row)
    used = QFontMetrics(font("small")).horizontalAdvance(article)
    said = QRect(named.right() + px(20), named.top(), 0, named.height())
    said.setRight(place.right() - used - px(16))
    _write(painter, mirrored(painter, said, place), "body", "text", row.sentence)
    end = QRect(place.right() - used, named.top(), used + 1, named.height())
    _write(painter, mirrored(painter, end, place), "small", "text2", article)
    remedy = said.translated(0, below)
    remedy.setRight(place.right())
    _write(painter, mirrored(painter, remedy, place), "small", "text2", row.remedy)


def _write(painter: QPainter, place: QRect, style: str, role: str, text: str) -> int:
    """One line, cut where room ends; the width it takes."""
    painter.setFont(font(style))
    painter.setPen(colour(role))
    metrics = QFontMetrics(font(style))
    flat = " ".join(text.split())
    shown = metrics.elidedText(flat, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, int(_LEFT | Qt.TextFlag.TextSingleLine), shown)
    return metrics.horizontalAdvance(shown)
