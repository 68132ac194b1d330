"""The records of a page as a table, in place of list and form."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ropa_app.i18n import _
from ropa_app.model.record import Record
from ropa_app.register.change import new_id
from ropa_app.register.listing import REFERENCE
from ropa_ui.kinds import LABELS
from ropa_ui.languages import number
from ropa_ui.models.clipboard import pasteable
from ropa_ui.models.columns import column_label, why_nothing_to_type
from ropa_ui.models.record_model import RECORD
from ropa_ui.models.session import Session
from ropa_ui.theme import px
from ropa_ui.views.record_menu import add_actions, new_menu
from ropa_ui.views.records import RecordsPage
from ropa_ui.views.table_block import Blocks
from ropa_ui.views.table_columns import (
    ColumnChooser,
    remember,
    stored_columns,
    stored_widths,
    usual_width,
)
from ropa_ui.views.table_editor import CellEditor
from ropa_ui.views.table_view import TableView
from ropa_ui.widgets.buttons import text_button
from ropa_ui.widgets.hairline import Hairline
from ropa_ui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from ropa_ui.main_window import MainWindow

_KEEP = 400  # milliseconds after the last change of a width before it is remembered
_SELECT = QItemSelectionModel.SelectionFlag


def toggle_table(page: RecordsPage, window: MainWindow) -> None:
    """Show the records of a page as a table, or as list and form again."""
    if page.table is not None:
        page.show_table(None)
        page.pane.list.setFocus(Qt.FocusReason.OtherFocusReason)
        return
    page.flush()
    show_table(page, window.session).table.setFocus(Qt.FocusReason.OtherFocusReason)


def show_table(page: RecordsPage, session: Session) -> TablePane:
    """Show the records of a page as a table; the focus stays where it is."""
    current = page.pane.current()  # before a table asks for its columns and the list begins anew
    table = page.findChild(TablePane) or TablePane(page, session)
    page.show_table(table)
    table.start(current)
    return table


class TablePane(QWidget):
    """The table with a line above it that says the order and offers the columns."""

    def __init__(self, page: RecordsPage, session: Session) -> None:
        super().__init__(page)
        self._page = page
        self._session = session
        self.model = page.model
        self._editor: CellEditor | None = None
        self._syncing = False
        self._moving = False
        self.table = TableView(self.model, self)
        self.table.setAccessibleName(_(LABELS[self.model.kind.key]))
        self.head = self.table.head
        self.head.setAccessibleName(_("Columns"))
        self.setFocusProxy(self.table)
        self.blocks = Blocks(session, self.table)
        self._order = ElidedLabel("", "small", "text2", self)
        self._chosen = ElidedLabel("", "small", "text3", self)
        self.columns_button = text_button(_("Columns…"), "columns", self)
        self.columns_button.clicked.connect(self.choose_columns)
        self.list_button = text_button(_("Back to the list"), "list-bullets", self)
        self.list_button.clicked.connect(self._back)
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(_KEEP)
        self._keep.timeout.connect(self._remember)
        self._lay_out()
        self._connect()
        self.set_columns(stored_columns(self.model.kind.key))

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(18, 0, 14, 4)
        bar.setSpacing(12)
        bar.addWidget(self._order, 1)
        bar.addWidget(self._chosen)
        bar.addWidget(self.columns_button)
        bar.addWidget(self.list_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(Hairline(self))
        column.addWidget(self.table, 1)

    def _connect(self) -> None:
        table, head = self.table, self.head
        table.edit_asked.connect(self.edit)
        table.open_asked.connect(self.open_record)
        table.back_asked.connect(self._back)
        table.delete_asked.connect(self._page.delete_current)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._menu)
        table.selectionModel().selectionChanged.connect(self._selected)
        table.selectionModel().currentChanged.connect(self._moved)
        self._page.pane.list.selectionModel().currentChanged.connect(self._follow_list)
        for bar in (table.verticalScrollBar(), table.horizontalScrollBar()):
            bar.valueChanged.connect(self._scrolled)
        head.sort_asked.connect(self.sort)
        head.move_asked.connect(self.move_column)
        head.fit_asked.connect(self.table.fit)
        head.menu_asked.connect(self._head_menu)
        head.customContextMenuRequested.connect(self._head_menu_at)
        head.sectionMoved.connect(self._dragged)
        head.sectionResized.connect(self._sized)
        self.model.modelReset.connect(self._say_order)
        self.model.layoutChanged.connect(self._reordered)

    def start(self, current: Record | None) -> None:
        """Take the place of list and form, at the record chosen there."""
        row = self.model.row_of(current) if current else -1
        self.table.go_to(max(row, 0), 0)
        self._say_order()

    # The order

    def sort(self, column: int) -> None:
        """By this column; once more: the other way round; a third time: by reference."""
        query, key = self.model.query, self.model.columns[column]
        if query.order != key:
            order, descending = key, False
        elif not query.descending:
            order, descending = key, True
        else:
            order, descending = REFERENCE, False
        self._sort_by(order, descending)

    def _sort_by(self, order: str, descending: bool) -> None:
        kept = self.table.current_record()
        column = self.table.currentIndex().column()
        self._moving = True  # in a large register the order comes later, from beside the window
        self.model.set_query(replace(self.model.query, order=order, descending=descending))
        row = self.model.row_of(kept) if kept else 0
        self.table.go_to(max(row, 0), max(column, 0))
        self._say_order()

    def _reordered(self) -> None:
        self._say_chosen()
        if self._moving and self.table.currentIndex().isValid():
            self._moving = False
            self.table.scrollTo(self.table.currentIndex())

    def _say_order(self) -> None:
        query = self.model.query
        keys = self.model.columns
        self.head.sorted_by = keys.index(query.order) if query.order in keys else -1
        self.head.descending = query.descending
        label = column_label(self._session, self.model.kind.key, query.order)
        way = _("Sorted by {column}, descending") if query.descending else _("Sorted by {column}")
        self._order.setText(way.format(column=label))
        self.head.viewport().update()
        self._say_chosen()

    def _say_chosen(self) -> None:
        rows, columns = self.table.block()
        count = len(rows) * len(columns)
        text = _("{cells} cells in {rows} rows marked").format(
            cells=number(count), rows=number(len(rows))
        )
        self._chosen.setText(text if count > 1 else "")

    # Columns

    def set_columns(self, keys: list[str]) -> None:
        """Show these columns, as wide as they were or usually are."""
        kept = self.table.current_record()
        at = self.table.currentIndex().column()
        known = self.model.columns
        key = known[at] if 0 <= at < len(known) else ""
        self.finish()
        self.model.set_columns(keys)
        self._lay_out_columns()
        if kept is not None:
            column = keys.index(key) if key in keys else 0
            self.table.go_to(self.model.row_of(kept), column)

    def _lay_out_columns(self) -> None:
        widths = stored_widths(self.model.kind.key) | self._widths_now()
        kind = self.model.kind
        self.head.blockSignals(True)
        for column, key in enumerate(self.model.columns):
            declared = kind.field(key).kind if kind.has(key) else ""
            self.table.setColumnWidth(column, widths.get(key, usual_width(kind.key, key, declared)))
        self.head.blockSignals(False)
        self.head.point_at(min(self.head.at, len(self.model.columns) - 1))
        self.table.updateGeometries()

    _widths: dict[str, int] | None = None

    def _widths_now(self) -> dict[str, int]:
        return self._widths or {}

    def _sized(self, column: int, _old: int, width: int) -> None:
        if width > 0 and column < len(self.model.columns):
            self._widths = {**self._widths_now(), self.model.columns[column]: width}
            self.table.viewport().update()
            self._keep.start()

    def _remember(self) -> None:
        widths = stored_widths(self.model.kind.key) | self._widths_now()
        remember(self.model.kind.key, self.model.columns, widths)

    def move_column(self, column: int, to: int) -> None:
        """Put a column into another place; the first stays the name."""
        keys = list(self.model.columns)
        if not (0 < column < len(keys) and 0 < to < len(keys)):
            return
        keys.insert(to, keys.pop(column))
        self.set_columns(keys)
        self.head.point_at(to)
        self._remember()

    def _dragged(self, _logical: int, old: int, new: int) -> None:
        """The head has moved a column by itself: let the model hold the order, not the head."""
        self.head.blockSignals(True)
        self.head.moveSection(new, old)
        self.head.blockSignals(False)
        QTimer.singleShot(0, self, partial(self.move_column, old, max(new, 1)))

    def choose_columns(self) -> None:
        """The panel with all columns of the kind."""
        kind = self.model.kind.key
        chooser = ColumnChooser(self._session, kind, self.model.columns, self)
        chooser.chosen.connect(self._columns_chosen)
        button = self.columns_button
        place = button.mapToGlobal(QPoint(button.width() - chooser.width(), button.height() + 2))
        chooser.popup(place)

    def _columns_chosen(self, keys: list[str]) -> None:
        self.set_columns(keys)
        self._remember()

    def _head_menu_at(self, place: QPoint) -> None:
        frozen = place.x() < self.head.frozen_width()
        column = 0 if frozen else self.head.logicalIndexAt(place)
        self._head_menu(max(column, 0))

    def _head_menu(self, column: int) -> None:
        key = self.model.columns[column]
        menu = new_menu(self)
        menu.addAction(_("Sort ascending"), partial(self._sort_by, key, False))
        menu.addAction(_("Sort descending"), partial(self._sort_by, key, True))
        menu.addAction(_("Sort by reference"), partial(self._sort_by, REFERENCE, False))
        menu.addSeparator()
        if column > 0:
            for text, step in ((_("Move left"), -1), (_("Move right"), 1)):
                action = menu.addAction(text, partial(self.move_column, column, column + step))
                action.setEnabled(0 < column + step < len(self.model.columns))
            hidden = [each for each in self.model.columns if each != key]
            menu.addAction(_("Hide this column"), partial(self._columns_chosen, hidden))
        menu.addAction(_("Fit to what it says"), partial(self.table.fit, column))
        menu.addSeparator()
        menu.addAction(_("Columns…"), self.choose_columns)
        left = self.head.sectionViewportPosition(column) if column else 0
        menu.popup(self.head.viewport().mapToGlobal(QPoint(left, self.head.height())))

    # The rows

    def _menu(self, place: QPoint) -> None:
        index = self.table.currentIndex()
        if not index.isValid():
            return
        menu, chosen = new_menu(self), self._page.pane.selected()
        menu.addAction(_("Open in the form"), partial(self.open_record, index.siblingAtColumn(0)))
        if chosen:
            menu.addAction(_("Copy"), self.blocks.copy)
        if self._session.writable:
            menu.addAction(_("Edit"), partial(self.edit, index, ""))
            menu.addAction(_("Paste"), self.blocks.paste)
        if self._session.writable and chosen:
            menu.addAction(_("Empty cells"), self.blocks.clear)
        if chosen:
            menu.addSeparator()
            add_actions(menu, self._page, chosen)
        menu.popup(self.table.viewport().mapToGlobal(place))

    def open_record(self, index: QModelIndex) -> None:
        """Show a record in the form, at the field of the cell."""
        record = index.data(RECORD)
        if self.model.is_new(index.row()):
            self._page.add()
            return
        key = self.model.columns[index.column()] if index.column() > 0 else ""
        self._open(record, key if self.model.kind.has(key) else "")

    def _open(self, record: Record | None, path: str = "") -> None:
        if record is not None:
            self._page.go_to(record, path)
            if not path:
                self._page.enter_form()

    def _back(self) -> None:
        self.finish()
        self._page.show_table(None)
        self._page.pane.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _selected(self, *_changes: QItemSelection) -> None:
        """Mark in the list, too, what the commands for records work on."""
        self._say_chosen()
        if self._page.table is not self:
            return
        chosen = QItemSelection()
        for each in self.table.selectionModel().selection().toList():
            if each.isValid():
                chosen.select(self.model.index(each.top(), 0), self.model.index(each.bottom(), 0))
        self._page.pane.list.selectionModel().select(chosen, _SELECT.ClearAndSelect)

    def _moved(self, current: QModelIndex, before: QModelIndex) -> None:
        if self._page.table is self and current.isValid() and current.row() != before.row():
            self._syncing = True
            index = self.model.index(current.row(), 0)
            self._page.pane.list.selectionModel().setCurrentIndex(index, _SELECT.NoUpdate)
            self._syncing = False

    def _follow_list(self, current: QModelIndex, _before: QModelIndex) -> None:
        """The page has gone to another record by itself: a search, a filter, a deletion."""
        if self._page.table is self and not self._syncing and current.isValid():
            self.table.go_to(current.row(), max(self.table.currentIndex().column(), 0))

    # Editing

    def edit(self, index: QModelIndex, typed: str) -> None:
        """Open the editor of a cell; what is not edited here is edited in the form."""
        self.finish()
        record = index.data(RECORD) if index.isValid() else None
        if index.isValid() and self.model.is_new(index.row()):
            record = Record(self.model.kind.key, 0, new_id(), {})
        if not isinstance(record, Record):
            return
        key = self.model.columns[index.column()]
        if not pasteable(self.model.kind.key, key):
            if self.model.kind.has(key) and not typed:
                self.open_record(index)
            else:
                self._session.failed.emit(self._why_not_here(key))
            return
        if not self._session.writable:
            self._session.failed.emit(_("The past cannot be changed; go back to today first."))
            return
        self.table.scrollTo(index)
        self._open_editor(index, record, key, typed)

    def _why_not_here(self, key: str) -> str:
        """Why a cell of a column cannot be typed into, in one sentence."""
        if self.model.kind.has(key):
            return _("This is edited in the form; F2 opens it there.")
        return why_nothing_to_type(key)

    def _open_editor(self, index: QModelIndex, record: Record, key: str, typed: str) -> None:
        cell = self.table.visualRect(index)
        corner = self.table.viewport().mapTo(self, cell.topLeft())
        field = self.model.kind.field(key)
        self._editor = CellEditor(self._session, self._page.drafts, record, field, self)
        self._editor.left.connect(partial(self._edited, self._editor))
        self._editor.gone.connect(self._editor_gone)
        self._editor.open_at(corner.x(), corner.y(), cell.width(), cell.height(), typed)

    def _editor_gone(self) -> None:
        self._editor = None

    def _edited(self, editor: CellEditor, step: int) -> None:
        """Back in the table; Tab goes on to the next cell that can be edited."""
        self._editor = None
        key = editor.field.key
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        record = self._session.view.records.get(editor.record.id)
        row = self.model.row_of(record) if record else self.table.currentIndex().row()
        if row < 0 or key not in self.model.columns:
            return
        column = self.model.columns.index(key)
        self.table.go_to(row, column)
        if step:
            self._edit_next(row, column, step)

    def _edit_next(self, row: int, column: int, step: int) -> None:
        kind, keys = self.model.kind.key, self.model.columns
        open_to = [number for number, each in enumerate(keys) if pasteable(kind, each)]
        place = open_to.index(column) + step
        row += place // len(open_to)
        if 0 <= row < self.model.rowCount():
            self.table.go_to(row, open_to[place % len(open_to)])
            self.edit(self.table.currentIndex(), "")

    def finish(self) -> None:
        """Save what is half typed in a cell."""
        if self._editor is not None:
            self._editor.finish()

    def _scrolled(self, _value: int) -> None:
        if self._editor is not None and self._editor.isVisible():
            self._editor.finish()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.finish()
        self.columns_button.setMinimumHeight(px(26))
