"""A row of a pick list: what was typed is marked in its name; help or a reference stand beside."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from ropa_ui import icons
from ropa_ui.forms.entries import Entry, plain
from ropa_ui.theme import colour, font, px
from ropa_ui.widgets.ground import paint_ground
from ropa_ui.widgets.labels import plain_tooltip
from ropa_ui.widgets.mirroring import mirrored

Index = QModelIndex | QPersistentModelIndex

ENTRY = Qt.ItemDataRole.UserRole
ASKED = Qt.ItemDataRole.UserRole + 1  # what was typed
_ONE_LINE, _TWO_LINES = 32, 46
_INSET, _ICON, _GAP = 10, 16, 16


def row_height(tall: bool) -> int:
    """Height of a row with or without a line of help, in px."""
    return px(_TWO_LINES if tall else _ONE_LINE)


def hits(label: str, words: list[str]) -> list[tuple[int, int]]:
    """Where in a label the words stand, as start and end of each, in order and not overlapping."""
    lengths = [len(plain(letter)) for letter in label]
    whole = plain(label)
    if sum(lengths) != len(whole):
        return []  # letters that only together have a plain form; nothing is marked then
    origin = [at for at, length in enumerate(lengths) for _step in range(length)]
    marked: set[int] = set()
    for word in words:
        at = _place(whole, word)
        marked.update(origin[at : at + len(word)] if at >= 0 else ())
    return _runs(sorted(marked))


def _place(text: str, word: str) -> int:
    """Where a word begins, at the beginning of a word of the text if it does."""
    if text.startswith(word):
        return 0
    at = text.find(f" {word}")
    return at + 1 if at >= 0 else text.find(word)


def _runs(places: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for at in places:
        if runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs


class PickRow(QStyledItemDelegate):
    """Paints an entry; all rows of a list are equally high."""

    tall = False
    cut_in = Qt.TextElideMode.ElideRight

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(120), row_height(self.tall))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry, asked = index.data(ENTRY), index.data(ASKED)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(option.direction)
        self._ground(painter, option)
        inner = QRectF(option.rect).adjusted(px(_INSET), 0, -px(_INSET), 0).toRect()
        inner = self._icon(painter, inner, entry)
        if self.tall and entry.detail:
            first = QRect(inner.left(), inner.top() + px(4), inner.width(), px(20))
            second = QRect(inner.left(), inner.top() + px(23), inner.width(), px(18))
            _line(painter, second, "small", "text2", entry.detail)
        else:
            first = inner
        self._label(painter, first, entry, asked)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            role = "sel"
        elif state & QStyle.StateFlag.State_MouseOver:
            role = "hover"
        else:
            return
        paint_ground(painter, option.rect, role, 6)

    def _icon(self, painter: QPainter, inner: QRect, entry: Entry) -> QRect:
        """Paint the icon, if there is one; the room left for the words."""
        if not entry.icon:
            return inner
        size = px(_ICON)
        spot = QRect(inner.left(), inner.center().y() - size // 2 + 1, size, size)
        role = "accent" if entry.makes else "text2"
        icons.paint(painter, mirrored(painter, spot, inner), entry.icon, role)
        moved = inner.adjusted(size + px(8), 0, 0, 0)
        return mirrored(painter, moved, inner)

    def _label(self, painter: QPainter, place: QRect, entry: Entry, asked: str) -> None:
        words = plain(asked).split()
        found = [] if entry.makes else hits(entry.label, words)
        aside = _aside(entry, words, bool(found))
        wide = _room_beside(aside, place.width())
        if aside:
            right = place.adjusted(place.width() - wide + px(_GAP), 0, 0, 0)
            _line(painter, mirrored(painter, right, place), "small", "text3", aside, tabular=True)
        name = mirrored(painter, place.adjusted(0, 0, -wide, 0), place)
        whole = QFontMetrics(font("body")).horizontalAdvance(entry.label) <= name.width()
        in_place = whole or self.cut_in == Qt.TextElideMode.ElideRight
        if in_place and painter.layoutDirection() == Qt.LayoutDirection.LeftToRight:
            _mark(painter, name, entry.label, found)
        _line(painter, name, "body", "text", entry.label, mode=self.cut_in)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        return False  # a tooltip would cover the rows that are being chosen from


class WholeRow(PickRow):
    """Paints entries that may differ at their end: cut in the middle, whole in the tooltip."""

    cut_in = Qt.TextElideMode.ElideMiddle

    def is_cut(self, entry: Entry, wide: int) -> bool:
        """True if the name of an entry does not stand whole in a row of this width."""
        room = wide - 2 * px(_INSET) - (px(_ICON) + px(8) if entry.icon else 0)
        room -= _room_beside(entry.aside, room)
        return QFontMetrics(font("body")).horizontalAdvance(entry.label) > room

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        entry = index.data(ENTRY)
        cut = entry is not None and self.is_cut(entry, option.rect.width())
        words = plain_tooltip("\n".join(filter(None, (entry.label, entry.aside)))) if cut else ""
        QToolTip.showText(event.globalPos(), words, view)
        return True


def _room_beside(aside: str, wide: int) -> int:
    """What the words at the end of a row take of its width, with the gap before them."""
    if not aside:
        return 0
    needed = QFontMetrics(font("small", tabular=True)).horizontalAdvance(aside) + 2 + px(_GAP)
    return min(needed, wide // 2)


def _aside(entry: Entry, words: list[str], in_label: bool) -> str:
    """What stands at the end: the reference or code, and the other name that was found."""
    if not words or in_label:
        return entry.aside
    other = next((n for n in entry.others if all(w in plain(n) for w in words)), "")
    if not other or other == entry.aside:
        return entry.aside
    return "  ·  ".join(filter(None, (other, entry.aside)))


def _mark(painter: QPainter, place: QRect, label: str, found: list[tuple[int, int]]) -> None:
    metrics = QFontMetrics(font("body"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("mark"))
    for start, end in found:
        left = place.left() + metrics.horizontalAdvance(label[:start])
        wide = metrics.horizontalAdvance(label[:end]) - metrics.horizontalAdvance(label[:start])
        area = QRectF(left - 1, place.center().y() - px(9), wide + 2, px(19))
        if area.right() <= place.right():
            painter.drawRoundedRect(area, 3, 3)


def _line(
    painter: QPainter, place: QRect, style: str, role: str, text: str, *, tabular: bool = False,
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:  # fmt: skip
    used = font(style, tabular=tabular)
    painter.setFont(used)
    painter.setPen(colour(role))
    flat = " ".join(text.split())
    shown = QFontMetrics(used).elidedText(flat, mode, place.width())
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
    painter.drawText(place, int(flags | Qt.TextFlag.TextSingleLine), shown)
