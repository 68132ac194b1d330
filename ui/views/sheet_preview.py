"""The first rows of a workbook as they will open: its own fills, widths and merged cells."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ropa_app.i18n import _
from ropa_ui.theme import colour, font, px, theme

Index = QModelIndex | QPersistentModelIndex
_CHARACTER = 6.6  # px of a character of the body style, about
_WIDEST, _NARROWEST = 26, 7  # characters: a long text wraps rather than pushing all else away
_HIGHEST, _PAD = 112, 6
_FLAGS = int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)


class _Sheet(QAbstractTableModel):
    """The cells: text, fill, and whether bold."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.found: dict[str, Any] = {"rows": [], "widths": [], "first": 1}

    def show_found(self, found: dict[str, Any]) -> None:
        self.beginResetModel()
        self.found = found
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.found["rows"])

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.found["widths"])

    def cell(self, index: Index) -> tuple[str, str, bool]:
        text, fill, bold = self.found["rows"][index.row()][index.column()]
        return text, fill, bool(bold)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.cell(index)[0]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            if orientation == Qt.Orientation.Vertical:
                return str(self.found["first"] + section)
            return letters(section + 1)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        return None


def letters(number: int) -> str:
    """A column of a sheet by its letters: 1 is A, 27 is AA."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


class _Delegate(QStyledItemDelegate):
    """A cell of the sheet; it is paper, whatever theme the window wears."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, _Sheet)  # noqa: S101 - for the type checker
        text, fill, bold = model.cell(index)
        painter.save()
        painter.fillRect(option.rect, QColor(fill or model.found["ground"]))
        painter.setPen(QColor(model.found["edge"]))
        painter.drawLine(option.rect.topRight(), option.rect.bottomRight())
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        inner = option.rect.adjusted(_PAD, _PAD - 2, -_PAD, -2)
        painter.setFont(cell_font(bold))
        painter.setPen(QColor(model.found["ink"]))
        painter.setClipRect(inner)
        painter.drawText(inner, _FLAGS, text)
        painter.setClipping(False)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(colour("apress"), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(60), px(24))


def cell_font(bold: bool) -> Any:
    """The font of a cell."""
    return font("answer" if bold else "small")


class SheetPreview(QTableView):
    """Read only; the arrow keys go from cell to cell."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._sheet = _Sheet(self)
        self.setModel(self._sheet)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.setCornerWidget(QWidget(self))
        self.setShowGrid(False)
        self.setAccessibleName(_("Preview of the sheet"))
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionsClickable(False)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setHighlightSections(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self._dress()
        theme.changed.connect(self._dress)

    def show_found(self, found: dict[str, Any]) -> None:
        """Show what was read back."""
        self.clearSpans()
        self._sheet.show_found(found)
        for column, width in enumerate(found["widths"]):
            wide = min(max(width, _NARROWEST), _WIDEST)
            self.setColumnWidth(column, round(px(wide * _CHARACTER)))
        spanned = {(row, column) for row, column, _high, wide in found["spans"] if wide > 1}
        for row, column, high, wide in found["spans"]:
            if high * wide > 1:
                self.setSpan(row, column, high, wide)
        for row in range(self._sheet.rowCount()):
            self.setRowHeight(row, self._height(row, spanned))
        self.setCurrentIndex(self._sheet.index(0, 0))
        self.scrollToTop()

    def _height(self, row: int, spanned: set[tuple[int, int]]) -> int:
        """So high that the longest cell can be read, within reason."""
        highest = px(24)
        for column, (text, _fill, bold) in enumerate(self._sheet.found["rows"][row]):
            if not text or (row, column) in spanned:
                continue
            room = QRect(0, 0, self.columnWidth(column) - 2 * _PAD, 10_000)
            found = QFontMetrics(cell_font(bool(bold))).boundingRect(room, _FLAGS, text)
            highest = max(highest, found.height() + 2 * _PAD - 2)
        return min(highest, px(_HIGHEST))

    def _dress(self) -> None:
        self.horizontalHeader().setFixedHeight(px(24))
        self.verticalHeader().setFixedWidth(px(36))
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setFont(font("caption", tabular=True))
        self.viewport().update()
