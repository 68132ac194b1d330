"""The rows of the palette under the heads of their groups, and how they are painted."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ropa_app.i18n import _
from ropa_app.model.matching import spans
from ropa_ui import icons
from ropa_ui.theme import colour, font, px
from ropa_ui.views.palette_rows import Row
from ropa_ui.widgets.ground import paint_ground
from ropa_ui.widgets.marked_text import keys_width, paint_keys, paint_marked
from ropa_ui.widgets.mirroring import mirrored

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
HEAD, TALL = 30, 40  # px: the head of a group, a row


class PaletteModel(QAbstractListModel):
    """Rows, and before the first of each group its name, which cannot be chosen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._items: list[Row | str] = []
        self.words: list[str] = []

    def show(self, rows: list[Row], words: list[str]) -> None:
        """Show these rows; the words are what is marked in them."""
        self.beginResetModel()
        self.words = words
        self._items = []
        for number, row in enumerate(rows):
            if number == 0 or rows[number - 1].group != row.group:
                self._items.append(row.group)
            self._items.append(row)
        self.endResetModel()

    def row(self, number: int) -> Row | None:
        """The row at a place; None for the head of a group."""
        item = self._items[number] if 0 <= number < len(self._items) else None
        return item if isinstance(item, Row) else None

    def number_of(self, row: Row | None) -> int:
        """Where a row stands; -1 if it is not there."""
        return self._items.index(row) if row is not None and row in self._items else -1

    def place(self, number: int) -> tuple[int, int]:
        """Which of the rows stands there, from 1, and how many there are."""
        rows = [n for n, item in enumerate(self._items) if isinstance(item, Row)]
        return (rows.index(number) + 1 if number in rows else 0), len(rows)

    def following(self, number: int, step: int) -> int:
        """The next row from a place, or the one before; round the end. -1 if there is none."""
        count = len(self._items)
        for away in range(1, count + 1):
            there = (number + step * away) % count
            if self.row(there) is not None:
                return there
        return -1

    def height(self) -> int:
        """What all rows need, in px."""
        return sum(px(TALL if isinstance(item, Row) else HEAD) for item in self._items)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._items)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.row(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        item = self._items[index.row()]
        if role == ROW:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return item.text if isinstance(item, Row) else _(item)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(item) if isinstance(item, Row) else _(item)
        return None


def spoken(row: Row) -> str:
    """What a screen reader says of a row."""
    return ", ".join(part for part in (row.text, row.detail, row.keys, _(row.group)) if part)


class PaletteDelegate(QStyledItemDelegate):
    """Icon, words with the hits marked, and at the right what it is or its key."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(200), px(TALL if isinstance(index.data(ROW), Row) else HEAD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        item = index.data(ROW)
        if isinstance(item, Row):
            model = index.model()
            words = model.words if isinstance(model, PaletteModel) else []
            self._row(painter, option, item, words)
        else:
            self._head(painter, option.rect, _(item))
        painter.restore()

    def _head(self, painter: QPainter, place: QRect, words: str) -> None:
        used = font("caption")
        used.setWeight(used.Weight.DemiBold)
        used.setLetterSpacing(used.SpacingType.AbsoluteSpacing, 0.4)
        painter.setFont(used)
        painter.setPen(colour("text3"))
        low = place.adjusted(px(20), px(6), -px(20), 0)
        painter.drawText(low, int(Qt.AlignmentFlag.AlignVCenter), words.upper())

    def _row(
        self, painter: QPainter, option: QStyleOptionViewItem, row: Row, words: list[str]
    ) -> None:
        place = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            paint_ground(painter, place.adjusted(8, 1, -8, -1), "sel" if chosen else "hover", 6)
        size = px(16)
        spot = QRect(place.left() + px(21), place.center().y() - size // 2 + 1, size, size)
        icons.paint(painter, mirrored(painter, spot, place), row.icon,
                    "accent" if chosen else "text2")  # fmt: skip
        right = place.right() - px(22)
        if chosen:
            spot.moveLeft(right - size)
            icons.paint(painter, mirrored(painter, spot, place), "arrow-elbow-down-left", "text2")
            right = spot.left() - px(10)
        left = place.left() + px(50)
        room = QRect(left, place.top(), right - left, place.height())
        right = self._detail(painter, room, row, place)
        text = QRect(left, place.top(), right - left, place.height())
        paint_marked(painter, mirrored(painter, text, place), row.text, spans(row.text, words))

    def _detail(self, painter: QPainter, place: QRect, row: Row, whole: QRect) -> int:
        """Paint what stands at the right; where it begins, with the gap before it."""
        right = place.right()
        if row.keys:
            wide = keys_width(row.keys)
            right -= wide
            caps = mirrored(painter, QRect(right, place.top(), wide, place.height()), whole)
            paint_keys(painter, caps.left(), place.center().y() + 1, row.keys)
            right -= px(10)
        if row.detail:
            metrics = QFontMetrics(font("small"))
            room = min(place.width() * 11 // 20, metrics.horizontalAdvance(row.detail) + 2)
            shown = metrics.elidedText(row.detail, Qt.TextElideMode.ElideRight, room)
            painter.setFont(font("small"))
            painter.setPen(colour("text2"))
            left = right - metrics.horizontalAdvance(shown)
            words = QRect(left, place.top(), right - left + 1, place.height())
            shown_at = mirrored(painter, words, whole)
            painter.drawText(shown_at, int(Qt.AlignmentFlag.AlignVCenter), shown)
            right = left
        return right - px(16)
