"""The rows of a list of records: one under the other, all of one height."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ropa_ui.actions import pressed
from ropa_ui.models.record_model import RecordModel
from ropa_ui.theme import px, theme
from ropa_ui.widgets.record_delegate import HEIGHT, RecordDelegate


class RecordList(QTableView):
    """Enter goes into the form, Delete asks for deletion, letters typed ask for a search.

    A table of one column, for a QListView asks the model about every row whenever one has
    changed: 0.4 s of 100,000.
    """

    entered_form = Signal()
    delete_asked = Signal()
    search_asked = Signal(str)

    def __init__(self, model: RecordModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("records")
        self.setModel(model)
        self.setItemDelegate(RecordDelegate(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().hide()
        self._size_rows()
        self._show_names_only()
        model.modelReset.connect(self._show_names_only)
        theme.changed.connect(self._size_rows)

    def _size_rows(self) -> None:
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(px(HEIGHT))

    def _show_names_only(self) -> None:
        """The model may have other columns than before."""
        header = self.horizontalHeader()
        for column in range(header.count()):
            header.setSectionHidden(column, column > 0)
        if header.count():
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End go to the first and last record, as in any list."""
        rows = self.model().rowCount()
        if rows and action == QAbstractItemView.CursorAction.MoveHome:
            return self.model().index(0, 0)
        if rows and action == QAbstractItemView.CursorAction.MoveEnd:
            return self.model().index(rows - 1, 0)
        return super().moveCursor(action, modifiers)

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Control with Home or End takes the mark along: Delete works on what the form shows."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            ends = event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End)
            if ends and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
                return QItemSelectionModel.SelectionFlag.ClearAndSelect
        return super().selectionCommand(index, event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The row that Qt goes to where it was at none is marked, too: commands work on marks."""
        was_at_none = not self.currentIndex().isValid()
        super().focusInEvent(event)
        if was_at_none and self.currentIndex().isValid():
            marks = self.selectionModel()
            marks.select(self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _copy(self) -> None:
        """Put the names of what is marked on the clipboard, a line each."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        names = (str(self.model().index(row, 0).data()) for row in rows)
        QGuiApplication.clipboard().setText("\n".join(names))

    def keyboardSearch(self, search: str) -> None:
        """Letters typed here are searched for in the register, not compared row by row."""
        self.search_asked.emit(search)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if pressed("list_enter", event):
            self.entered_form.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif pressed("list_delete", event):
            self.delete_asked.emit()
        else:
            super().keyPressEvent(event)
