"""The page of the history: every step at the left, with a search; what it changed at the right."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ropa_app.i18n import _, current_language
from ropa_app.model.dates import date_words
from ropa_app.register.timeline import after_day, days
from ropa_ui.languages import number
from ropa_ui.models.change_search import ChangeSearch, Found
from ropa_ui.models.field_words import named
from ropa_ui.models.session import Session
from ropa_ui.views.history_change import ChangePane
from ropa_ui.views.history_delegate import HistoryDelegate
from ropa_ui.views.history_model import HistoryModel
from ropa_ui.widgets.chip import Chip
from ropa_ui.widgets.clearing import clear
from ropa_ui.widgets.day_strip import SHOWN, DayStrip
from ropa_ui.widgets.empty import EmptyState
from ropa_ui.widgets.flow_layout import FlowLayout
from ropa_ui.widgets.labels import Label

TYPING = 200  # milliseconds after a keystroke before the log is searched


class HistoryPage(QWidget):
    """`record_asked` tells the id of a record, `past_asked` an ISO moment to look back to."""

    record_asked = Signal(str)
    past_asked = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._session = session
        self._day: date | None = None
        self._stale = False
        self._kept: int | None = None  # the step to stay at when a search is repeated
        self._search = ChangeSearch(session, self)
        self._search.found.connect(self._take)
        self._search.ended.connect(self._say_number)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING)
        self._typing.timeout.connect(self.search_now)
        self._build()
        session.changed.connect(self._changed)
        session.reset.connect(self._changed)
        self._show(None)

    # Building

    def _build(self) -> None:
        self.model = HistoryModel(self._session, self)
        self.strip = DayStrip(self)
        self.strip.day_chosen.connect(self._go_to_day)
        self.pane = ChangePane(self._session, self.model, self._strip_box(), self)
        self.pane.record_asked.connect(self.record_asked)
        self.pane.past_asked.connect(self.past_asked)
        self.pane.restored.connect(self._back_to_list)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.addWidget(self._left())
        splitter.addWidget(self.pane)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([372, 960])
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
        self.setFocusProxy(self.list)

    def _back_to_list(self) -> None:
        """The button that brought a value back is gone: the keyboard goes to the step itself."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _strip_box(self) -> QWidget:
        box = QWidget(self)
        head = QHBoxLayout()
        words = Label(_("Changes per day"), "column", "text2", box)
        head.addWidget(words)
        head.addStretch(1)
        head.addWidget(Label(_("last three months"), "small", "text2", box))
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.strip)
        return box

    def _left(self) -> QWidget:
        left = QWidget(self)
        left.setObjectName("listPane")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        left.setMinimumWidth(240)
        self._number = Label("", "body", "text3", left)
        head = QHBoxLayout()
        head.setContentsMargins(18, 0, 12, 10)
        head.setSpacing(8)
        head.addWidget(Label(_("History"), "pane", "text", left))
        head.addWidget(self._number)
        head.addStretch(1)
        search_row = QHBoxLayout()
        search_row.setContentsMargins(18, 0, 18, 10)
        search_row.addWidget(self._make_field(left))
        self._chip_box = QWidget(left)
        self._chips = FlowLayout(self._chip_box)
        self._chips.setContentsMargins(18, 0, 18, 8)
        self.list = self._make_list(left)
        self._stack = QStackedWidget(left)
        self._stack.addWidget(self.list)
        empty = EmptyState(
            _("Nothing was done yet"), _("Whatever is changed here is written down and stays."),
            parent=self._stack,
        )  # fmt: skip
        self._stack.addWidget(empty)
        not_found = EmptyState(
            _("No change found"), _("No change here holds all of these words."),
            link_text=_("Show all changes"), parent=self._stack,
        )  # fmt: skip
        not_found.secondary.connect(self._leave_search)
        self._stack.addWidget(not_found)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 14, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(search_row)
        column.addWidget(self._chip_box)
        column.addWidget(self._stack, 1)
        return left

    def _make_field(self, parent: QWidget) -> QLineEdit:
        self.field = QLineEdit(parent)
        self.field.setPlaceholderText(_("Search in changes"))
        self.field.setAccessibleName(_("Search in changes"))
        self.field.setAccessibleDescription(
            _("Finds changes by record, field, value before or after, and author.")
        )
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(self._into_rows)
        return self.field

    def _make_list(self, parent: QWidget) -> QListView:
        rows = QListView(parent)
        rows.setObjectName("records")
        rows.setAccessibleName(_("History"))
        rows.setModel(self.model)
        rows.setItemDelegate(HistoryDelegate(rows))
        rows.setMouseTracking(True)
        rows.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        rows.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows.selectionModel().currentChanged.connect(self._moved)
        return rows

    # Searching

    def focus_search(self) -> None:
        """Go to the search field, as Ctrl+F does."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _typed(self, _text: str) -> None:
        self._typing.start()

    def _into_rows(self) -> None:
        if self._typing.isActive():
            self.search_now()
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _leave_search(self) -> None:
        self.field.clear()
        self.search_now()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.field.text():
            self._leave_search()
        else:
            super().keyPressEvent(event)

    def search_now(self, keep: int | None = None) -> None:
        """Show the changes that hold what is typed; all of them if nothing is."""
        self._typing.stop()
        self._kept = keep
        if self.field.text().strip():
            self._search.start(self.field.text(), self.model.record, self.model.before)
            self._say_number()
        else:
            self._search.stop()
            self.model.show(self.model.record, self.model.before)
            self._show(keep)

    def _take(self, found: Found, first: bool) -> None:
        if first:
            self.model.show_found(found, self.field.text())
            self._show(self._kept)
            return
        nothing = self.model.first() < 0
        self.model.add_found(found)
        if nothing:
            self._show(None)
        else:
            self._say_number()

    def _say_number(self) -> None:
        """How many steps there are, or how many were found so far."""
        found = self.model.found
        if self._search.running and not found:
            self._number.setText(_("searching …"))
        elif found is None:
            self._number.setText(number(self._session.present.head().operation))
        else:
            self._number.setText(_("{count} found").format(count=number(found)))
        self._show_stack()

    def _show_stack(self) -> None:
        if self.model.first() >= 0 or self._search.running:
            self._stack.setCurrentIndex(0)
        else:
            self._stack.setCurrentIndex(1 if self.model.found is None else 2)

    # Showing

    def show_record(self, identifier: str) -> None:
        """Narrow the history to one record."""
        self._narrow(identifier, None)

    def _show_all(self) -> None:
        self._narrow(None, None)

    def _show_to_today(self) -> None:
        self._narrow(self.model.record, None)

    def _go_to_day(self, day: date) -> None:
        """Begin the list with a day of the strip."""
        self._narrow(self.model.record, day)

    def _narrow(self, record: str | None, day: date | None) -> None:
        """Show one record, or all (None), up to a day, or to today (None); the search stays."""
        self._day = day
        if day is None:
            self.strip.choose(None)
        zone = self._session.view.zone
        before = after_day(self._session.present, zone, day) if day else None
        self.model.show(record, before)
        if self.field.text().strip():
            self._make_chips()
        self.search_now()

    def _show(self, seq: int | None) -> None:
        """Count, chips and strip, and the step of a number, or the newest, at the right."""
        register = self._session.present
        self._say_number()
        self._make_chips()
        last = self.model.view.day
        since = last - timedelta(days=SHOWN - 1)
        self.strip.show_days(last, days(register, self.model.view.zone, since))
        row = self.model.row_of(seq) if seq is not None else -1
        row = row if row >= 0 else self.model.first()
        index = self.model.index(row, 0) if row >= 0 else QModelIndex()
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.list.selectionModel().setCurrentIndex(index, flag)
        if row == self.model.first():
            self.list.scrollToTop()
        step = self.model.step(row)
        if step is None or step is not self.pane.step:
            self.pane.show_step(step)

    def _make_chips(self) -> None:
        clear(self._chips)
        record = self.model.view.records.get(self.model.record) if self.model.record else None
        if record is not None:
            self._add_chip(named(self._session, record), self._show_all)
        if self._day is not None:
            day = date_words(self._day.isoformat(), current_language())
            self._add_chip(_("Up to {day}").format(day=day), self._show_to_today)
        self._chip_box.setVisible(self._chips.count() > 0)

    def _add_chip(self, text: str, removed: object) -> None:
        chip = Chip(text, removable=True, parent=self._chip_box)
        chip.removed.connect(removed)
        self._chips.addWidget(chip)
        chip.show()

    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        step = self.model.step(current.row()) if current.isValid() else None
        if step is not None and step is not self.pane.step:
            self.pane.show_step(step)
            self.strip.choose(step.day)

    # Hearing of changes

    def _changed(self, _ids: object = None) -> None:
        self._stale = True
        if self.isVisible():
            self._read_anew()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read_anew()

    def _read_anew(self) -> None:
        """Read the newest page again; the step on the screen stays if it is on it."""
        self._stale = False
        step = self.model.step(self.list.currentIndex().row())
        at_top = self.list.currentIndex().row() <= self.model.first()
        stay = None if at_top or step is None else step.operation.seq
        if self.field.text().strip():
            self.search_now(stay)
        else:
            self.model.refresh()
            self._show(stay)
