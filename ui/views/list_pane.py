"""The list of one kind of record: search, filters as chips, the records."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import cast

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ropa_app.i18n import _
from ropa_app.model.record import Record
from ropa_app.register.conditions import Filter
from ropa_app.register.listing import Query
from ropa_ui.kinds import EMPTY, LABELS
from ropa_ui.languages import number
from ropa_ui.models.record_model import RECORD, RecordModel
from ropa_ui.models.session import Session
from ropa_ui.views.record_list import RecordList
from ropa_ui.widgets.buttons import icon_button
from ropa_ui.widgets.chip import Chip
from ropa_ui.widgets.clearing import clear
from ropa_ui.widgets.empty import EmptyState
from ropa_ui.widgets.flow_layout import FlowLayout
from ropa_ui.widgets.labels import ElidedLabel, Label

_WIDE, _WIDEST = 332, 416  # px, of the pane: as a rule, and at most by itself
TYPING = 40  # milliseconds after a keystroke before a large register is searched in the past
SETTLED = 160  # milliseconds after a search before the form follows it


class ListPane(QWidget):
    """Left of the form. `chosen` tells the record to show; None when there is none."""

    chosen = Signal(object)
    add_asked = Signal()
    enter_asked = Signal()
    delete_asked = Signal(list)
    menu_asked = Signal(QPoint)
    views_asked = Signal(QPoint)
    table_asked = Signal()
    paste_asked = Signal()

    def __init__(self, session: Session, model: RecordModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.model = model
        self.setObjectName("listPane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING)
        self._typing.timeout.connect(self.search_now)
        self._searching = False
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED)
        self._settled.timeout.connect(self._tell)
        self._only_title = ""
        self._build()
        model.modelReset.connect(self._count)
        model.layoutChanged.connect(self._count)
        session.reset.connect(self._chips)
        self._count()

    # Building

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 14, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._heading())
        layout.addLayout(self._search_row())
        self._chip_box = QWidget(self)
        self._chip_flow = FlowLayout(self._chip_box)
        self._chip_flow.setContentsMargins(18, 0, 18, 8)
        layout.addWidget(self._chip_box)
        self._chip_box.hide()
        self.list = self._rows()
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.list)
        self._rows_view: QWidget = self.list
        self._add_empty_states()
        layout.addWidget(self._stack, 1)

    def _add_empty_states(self) -> None:
        self._nothing = EmptyState(
            _(EMPTY[self.model.kind.key][0]),
            _("Press Ctrl+N, or paste rows from a spreadsheet."),
            link_text=_("Paste rows"), parent=self,
        )  # fmt: skip
        self._nothing.secondary.connect(self.paste_asked)
        self._not_found = EmptyState(
            _("Nothing found"), _("No record here matches the search and the filters."),
            link_text=_("Show everything"), parent=self,
        )  # fmt: skip
        self._not_found.secondary.connect(self.clear)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self._not_found)

    def rows(self) -> QWidget:
        """What the keys go to here: the rows shown, or where there are none what can be done."""
        shown = self._stack.currentWidget()
        link = shown.link if isinstance(shown, EmptyState) else None
        return link or shown or self.list

    def wished_width(self) -> int:
        """As wide as the look has it, or as its heading needs to stand whole; in px."""
        return max(_WIDE, min(self._head.sizeHint().width(), _WIDEST))

    def _heading(self) -> QHBoxLayout:
        self._title = ElidedLabel(_(LABELS[self.model.kind.key]), "pane", "text", self)
        self._number = Label("", "body", "text3", self)
        self._filter = icon_button("funnel-simple", _("Filter"), self)
        self._filter.clicked.connect(self._show_filters)
        self._table = icon_button("columns", _("Show as a table"), self)
        self._table.clicked.connect(self.table_asked)
        self._add = icon_button("plus", _("New (Ctrl+N)"), self)
        self._add.clicked.connect(self.add_asked)
        row = self._head = QHBoxLayout()
        row.setContentsMargins(18, 0, 12, 10)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addWidget(self._number)
        row.addStretch(1)
        for button in (self._filter, self._table, self._add):
            row.addWidget(button)
        return row

    def _search_row(self) -> QHBoxLayout:
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(_("Search"))
        self.field.setClearButtonEnabled(True)
        self.field.setAccessibleName(_("Search this list"))
        self.field.textEdited.connect(self._typed)
        self.field.returnPressed.connect(self._into_rows)
        row = QHBoxLayout()
        row.setContentsMargins(18, 0, 12, 10)
        row.setSpacing(6)
        row.addWidget(self.field, 1)
        self._views = icon_button("star", _("Saved views"), self)
        self._views.clicked.connect(self._show_views)
        row.addWidget(self._views)
        return row

    def _rows(self) -> RecordList:
        rows = RecordList(self.model, self)
        rows.setAccessibleName(_(LABELS[self.model.kind.key]))
        rows.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        rows.customContextMenuRequested.connect(self._menu)
        rows.selectionModel().currentChanged.connect(self._moved)
        rows.entered_form.connect(self.enter_asked)
        rows.delete_asked.connect(self._delete)
        rows.search_asked.connect(self._search_for)
        return rows

    # What the user does

    def _typed(self, _text: str) -> None:
        if self.model.searches_at_once:
            self.search_now()
        else:
            self._typing.start()

    def search_now(self) -> None:
        """Show what the search field asks for."""
        self._typing.stop()
        kept = self.current()
        self._searching = True
        self.model.search(self.field.text())
        if kept is None or not self.choose(kept):
            self.choose_first()
        self._searching = False

    def _search_for(self, letters: str) -> None:
        """Letters typed among the rows go on in the search field."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.setText(letters)
        self._typed(letters)

    def _into_rows(self) -> None:
        self.search_now()
        self.settle()
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.field.text():
            self.field.clear()
            self.search_now()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_asked.emit()
        else:
            super().keyPressEvent(event)

    def _moved(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        if self._searching:
            self._settled.start()
        else:
            self._tell()

    def settle(self) -> None:
        """Have the form show the current record now: the user is about to type into it."""
        if self._settled.isActive():
            self._tell()

    def _tell(self) -> None:
        self._settled.stop()
        self.chosen.emit(self.current())

    def selected(self) -> list[Record]:
        """The records marked, in the order of the list."""
        marked = self.list.selectionModel().selection().toList()
        rows = {row for part in marked for row in range(part.top(), part.bottom() + 1)}
        found = (self.model.record(row) for row in sorted(rows))
        return [record for record in found if record]

    def marked_count(self) -> int:
        """How many rows are marked; no record is read for it."""
        marked = self.list.selectionModel().selection().toList()
        return len({row for part in marked for row in range(part.top(), part.bottom() + 1)})

    def current(self) -> Record | None:
        """The record the form shows."""
        index = self.list.currentIndex()
        record = index.data(RECORD) if index.isValid() else None
        return record if isinstance(record, Record) else None

    def _delete(self) -> None:
        if self.selected() and self._session.writable:
            self.delete_asked.emit(self.selected())

    def _menu(self, place: QPoint) -> None:
        if self.selected():
            self.menu_asked.emit(self.list.viewport().mapToGlobal(place))

    # Filters

    def _show_views(self) -> None:
        self.views_asked.emit(self._views.mapToGlobal(QPoint(0, self._views.height())))

    def _show_filters(self) -> None:
        from ropa_ui.views.filters import filter_menu

        menu = filter_menu(self._session, self.model.kind, self)
        menu.filter_chosen.connect(self.filter)
        menu.popup(self._filter.mapToGlobal(QPoint(0, self._filter.height())))

    def filter(self, added: Filter) -> None:
        """Show only what meets one more condition."""
        self.model.add_filter(added)
        self._after_filter()

    def _unfilter(self, taken: Filter) -> None:
        self.model.set_query(self.model.query.without(taken))
        self._after_filter()

    def _after_filter(self) -> None:
        self._chips()
        self.choose_first()

    def show_only(self, ids: frozenset[str] | None, title: str = "") -> None:
        """Show just these records, those behind a number; `title` says which they are."""
        self.clear()
        self.model.set_query(replace(self.model.query, only=ids))
        self._only_title = title
        self._after_filter()

    def clear(self) -> None:
        """Show everything again."""
        query = self.model.query
        self.show_query(Query(query.kind, order=query.order, descending=query.descending))

    def show_query(self, query: Query) -> None:
        """Show what a query asks for, its text in the search field."""
        self._typing.stop()
        self.field.setText(query.text)
        self.model.set_query(query)
        self._only_title = ""
        self._after_filter()

    def _chips(self) -> None:
        clear(self._chip_flow)
        for each in self.model.query.filters:
            from ropa_ui.views.filters import filter_words

            chip = Chip(filter_words(self._session, self.model.kind, each), removable=True)
            chip.removed.connect(partial(self._unfilter, each))
            self._chip_flow.addWidget(chip)
        if self.model.query.only is not None:
            chip = Chip(self._only_title or _("Chosen records"), removable=True)
            chip.removed.connect(self.clear)
            self._chip_flow.addWidget(chip)
        self._chip_box.setVisible(self._chip_flow.count() > 0)

    # Showing

    def show_rows(self, view: QWidget) -> None:
        """Show the records in this view from now on: the list itself, or a table of them."""
        if self._stack.indexOf(view) < 0:
            self._stack.addWidget(view)
        self._rows_view = view
        # None takes the proxy away, which Qt's own annotation does not say.
        self.list.setFocusProxy(cast(QWidget, None if view is self.list else view))
        self._count()

    def choose(self, record: Record) -> bool:
        """Go to a record; False if it is not shown here."""
        row = self.model.row_of(record)
        if row < 0:
            return False
        index = self.model.index(row, 0)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.list.selectionModel().setCurrentIndex(index, flag)
        self.list.scrollTo(index)
        return True

    def choose_first(self) -> None:
        """Go to the first record."""
        if self.model.count():
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.list.selectionModel().setCurrentIndex(self.model.index(0, 0), flag)
        else:
            self.chosen.emit(None)

    def _count(self) -> None:
        count = number(self.model.count())
        whole = self.model.is_whole
        self._number.setText(count if whole else f"{count}+")
        self._add.setEnabled(self._session.writable)
        if self.model.rowCount():
            self._stack.setCurrentWidget(self._rows_view)
        else:
            self._stack.setCurrentWidget(
                self._not_found if self.model.narrowed else self._nothing
            )
