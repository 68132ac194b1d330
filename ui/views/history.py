"""The page of the history: every step at the left, what it changed at the right."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ropa_app.i18n import _, current_language
from ropa_app.model.dates import date_words
from ropa_app.register.timeline import after_day, days
from ropa_ui.models.check_groups import grouped_digits
from ropa_ui.models.session import Session
from ropa_ui.views.field_words import named
from ropa_ui.views.history_change import ChangePane
from ropa_ui.views.history_delegate import HistoryDelegate
from ropa_ui.views.history_model import HistoryModel
from ropa_ui.widgets.chip import Chip
from ropa_ui.widgets.clearing import clear
from ropa_ui.widgets.day_strip import SHOWN, DayStrip
from ropa_ui.widgets.empty import EmptyState
from ropa_ui.widgets.flow_layout import FlowLayout
from ropa_ui.widgets.labels import Label


class HistoryPage(QWidget):
    """`record_asked` tells the id of a record, `past_asked` an ISO moment to look back to."""

    record_asked = Signal(str)
    past_asked = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._session = session
        self._day: date | None = None
        self._stale = False
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
        left.setMinimumWidth(280)
        self._number = Label("", "body", "text3", left)
        head = QHBoxLayout()
        head.setContentsMargins(18, 0, 12, 10)
        head.setSpacing(8)
        head.addWidget(Label(_("History"), "pane", "text", left))
        head.addWidget(self._number)
        head.addStretch(1)
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
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 14, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._chip_box)
        column.addWidget(self._stack, 1)
        return left

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

    # Showing

    def show_record(self, identifier: str) -> None:
        """Narrow the history to one record."""
        self._day = None
        self.strip.choose(None)
        self.model.show(identifier)
        self._show(None)

    def _show_all(self) -> None:
        self._day = None
        self.strip.choose(None)
        self.model.show()
        self._show(None)

    def _go_to_day(self, day: date) -> None:
        """Begin the list with a day of the strip."""
        self._day = day
        zone = self._session.view.zone
        self.model.show(self.model.record, after_day(self._session.present, zone, day))
        self._show(None)

    def _show(self, seq: int | None) -> None:
        """Count, chips and strip, and the step of a number, or the newest, at the right."""
        register = self._session.present
        self._number.setText(grouped_digits(register.head().operation))
        self._make_chips()
        last = self.model.view.day
        since = last - timedelta(days=SHOWN - 1)
        self.strip.show_days(last, days(register, self.model.view.zone, since))
        row = self.model.row_of(seq) if seq is not None else -1
        row = row if row >= 0 else self.model.first()
        self._stack.setCurrentIndex(0 if row >= 0 else 1)
        index = self.model.index(row, 0) if row >= 0 else QModelIndex()
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.list.selectionModel().setCurrentIndex(index, flag)
        if row == self.model.first():
            self.list.scrollToTop()
        self.pane.show_step(self.model.step(row))

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

    def _show_to_today(self) -> None:
        self._day = None
        self.strip.choose(None)
        self.model.show(self.model.record)
        self._show(None)

    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        step = self.model.step(current.row()) if current.isValid() else None
        if step is not None:
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
        self.model.refresh()
        self._show(None if at_top or step is None else step.operation.seq)
