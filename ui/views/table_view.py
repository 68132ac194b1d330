"""The table itself: rows and blocks of cells, the first column always in sight."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ropa_app.model.record import Record
from ropa_ui.actions import pressed
from ropa_ui.models.record_model import RECORD, RecordModel
from ropa_ui.theme import colour, px, theme
from ropa_ui.views.table_cells import ROW, CellDelegate
from ropa_ui.views.table_head import TableHead

_SAMPLE = 60  # rows looked at to fit a column
_WIDEST = 520
Index = QModelIndex | QPersistentModelIndex
_SELECT = QItemSelectionModel.SelectionFlag
_NONE, _CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
_MOVES = (
    Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left,
    Qt.Key.Key_Right, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
)  # fmt: skip
_CLAIMED = (
    QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Paste, QKeySequence.StandardKey.Cut,
)  # fmt: skip


class TableView(QTableView):
    """Cells of a RecordModel. What the keys ask for is told by signals."""

    edit_asked = Signal(QModelIndex, str)
    open_asked = Signal(QModelIndex)
    back_asked = Signal()
    copy_asked = Signal()
    paste_asked = Signal()
    cut_asked = Signal()
    clear_asked = Signal()
    delete_asked = Signal()

    def __init__(self, model: RecordModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.records = model
        self.head = TableHead(self)
        self.setHorizontalHeader(self.head)
        # Before there are rows: the head would go through all of them.
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(px(ROW))
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(self._double_clicked)
        self.head.left.connect(self._into_rows)
        theme.changed.connect(self._dress)

    def _dress(self) -> None:
        if self.verticalHeader().defaultSectionSize() != px(ROW):
            self.verticalHeader().setDefaultSectionSize(px(ROW))
        self.viewport().update()

    # What is marked

    def current_record(self) -> Record | None:
        """The record of the cell that the keyboard is at."""
        index = self.currentIndex()
        record = index.data(RECORD) if index.isValid() else None
        return record if isinstance(record, Record) else None

    def block(self) -> tuple[list[int], list[int]]:
        """Rows and columns of the cells marked; the current cell alone if none is."""
        ranges = [r for r in self.selectionModel().selection().toList() if r.isValid()]
        if not ranges:
            index = self.currentIndex()
            return ([index.row()], [index.column()]) if index.isValid() else ([], [])
        rows = {n for r in ranges for n in range(r.top(), r.bottom() + 1)}
        columns = {n for r in ranges for n in range(r.left(), r.right() + 1)}
        return sorted(rows), sorted(columns)

    def cells(self) -> list[tuple[int, int]]:
        """Row and column of each cell marked, in reading order."""
        rows, columns = self.block()
        selection = self.selectionModel()
        if selection.selection().size() <= 1:
            return [(row, column) for row in rows for column in columns]
        return [
            (row, column) for row in rows for column in columns
            if selection.isSelected(self.model().index(row, column))
        ]  # fmt: skip

    def go_to(self, row: int, column: int) -> None:
        """Put the keyboard's place on a cell."""
        index = self.model().index(row, column)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, _SELECT.ClearAndSelect)
            self.scrollTo(index)

    def selectionCommand(
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """A key that moves the keyboard's place moves the mark along: Qt leaves it with Control.

        What a paste or Delete works on must be where the keyboard is.
        """
        held = event.modifiers() if isinstance(event, QKeyEvent) else _NONE
        if isinstance(event, QKeyEvent) and event.key() in _MOVES and held & _CONTROL:
            shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
            return _SELECT.SelectCurrent if shift else _SELECT.ClearAndSelect
        return super().selectionCommand(index, event)

    def select_rows(self) -> None:
        """Mark the rows of the marked cells whole."""
        rows, _columns = self.block()
        last = self.model().columnCount() - 1
        chosen = QItemSelection()
        for row in rows:
            chosen.select(self.model().index(row, 0), self.model().index(row, last))
        self.selectionModel().select(chosen, _SELECT.ClearAndSelect)

    def fit(self, column: int) -> None:
        """As wide as the heading and the cells on the screen need, within reason."""
        delegate = self.itemDelegate()
        first = max(0, self.rowAt(0))
        rows = range(first, min(first + _SAMPLE, self.records.count()))
        widths = [delegate.width(self.model().index(row, column)) for row in rows]  # type: ignore[attr-defined]
        heading = self.head.fontMetrics().horizontalAdvance(self.head.label(column)) + px(40)
        self.setColumnWidth(column, min(max([heading, *widths]), px(_WIDEST)))

    # Keys

    def event(self, event: QEvent) -> bool:
        # Keys that the window has shortcuts for, and that mean something else in a table.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (pressed("table_edit", event) or any(map(event.matches, _CLAIMED)))
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (self._command(event) or self._typed(event)):
            super().keyPressEvent(event)

    def _command(self, event: QKeyEvent) -> bool:
        index = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Cut):
            self.cut_asked.emit()
        elif pressed("table_delete", event):
            self.delete_asked.emit()
        elif pressed("table_empty", event):
            self.clear_asked.emit()
        elif pressed("table_back", event):
            self.back_asked.emit()
        elif pressed("table_edit", event):
            self.edit_asked.emit(index, "")
        elif pressed("table_open", event):
            self.open_asked.emit(index)
        elif pressed("list_enter", event):
            opens = index.column() == 0 and not self.records.is_new(index.row())
            self.open_asked.emit(index) if opens else self.edit_asked.emit(index, "")
        elif pressed("table_rows", event):
            self.select_rows()
        elif event.key() == Qt.Key.Key_Up and index.row() == 0 and not event.modifiers():
            self._into_head()
        else:
            return False
        return True

    def _typed(self, event: QKeyEvent) -> bool:
        """A letter opens the editor with it, as in a spreadsheet."""
        text, held = event.text(), event.modifiers()
        plain = not held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if not plain or not text.strip() or not text.isprintable():
            return False
        self.edit_asked.emit(self.currentIndex(), text)
        return True

    def _double_clicked(self, index: QModelIndex) -> None:
        self.edit_asked.emit(index, "")

    def _into_head(self) -> None:
        self.head.point_at(self.currentIndex().column())
        self.head.setFocus(Qt.FocusReason.OtherFocusReason)

    def _into_rows(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.currentIndex().isValid():
            self.go_to(0, 0)

    # The first column stays in sight

    def visualRect(self, index: Index) -> QRect:
        rect = super().visualRect(index)
        if index.column() == 0:
            rect.moveLeft(0)
        return rect

    def indexAt(self, point: QPoint) -> QModelIndex:
        index = super().indexAt(point)
        if point.x() < self.columnWidth(0) and index.isValid():
            return index.siblingAtColumn(0)
        return index

    def scrollTo(
        self, index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:  # fmt: skip
        super().scrollTo(index, hint)
        hidden = self.columnWidth(0) - self.visualRect(index).left()
        if index.column() > 0 and hidden > 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - hidden)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if dx:
            self.viewport().update()
            self.head.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.model().columnCount() or not self.model().rowCount():
            return
        painter = QPainter(self.viewport())
        first, last = self.rowAt(event.rect().top()), self.rowAt(event.rect().bottom())
        last = self.model().rowCount() - 1 if last < 0 else last
        painter.setPen(colour("hair"))
        for row in range(max(first, 0), last + 1):  # rows go on beyond the last column
            foot = self.rowViewportPosition(row) + self.rowHeight(row) - 1
            painter.drawLine(self.head.length() - self.head.offset(), foot, self.width(), foot)
        if self.head.offset() > 0:
            for row in range(max(first, 0), last + 1):
                self._paint_first(painter, self.model().index(row, 0))
            edge = self.columnWidth(0) - 1
            painter.setPen(colour("edge"))
            painter.drawLine(edge, 0, edge, self.viewport().height())

    def _paint_first(self, painter: QPainter, index: QModelIndex) -> None:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = self.visualRect(index)
        if self.selectionModel().isSelected(index):
            option.state |= QStyle.StateFlag.State_Selected
        if index == self.currentIndex() and self.hasFocus():
            option.state |= QStyle.StateFlag.State_HasFocus
        self.itemDelegate().paint(painter, option, index)
