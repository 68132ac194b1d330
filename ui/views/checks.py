"""The page of checks: everything the rules have found, grouped by what is wrong."""

from __future__ import annotations

from collections import Counter
from operator import attrgetter

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from ropa_app import clock
from ropa_app.i18n import _
from ropa_app.model.kinds import KINDS
from ropa_app.register.whereabouts import whereabouts
from ropa_app.rules.findings import SEVERITIES
from ropa_ui import looks
from ropa_ui.kinds import ICONS, LABELS
from ropa_ui.languages import number
from ropa_ui.models.check_groups import SEVERITY_LABELS, Group, count_words, grouped
from ropa_ui.models.check_tree import ITEM, CheckTree
from ropa_ui.models.checks import Checks, Row
from ropa_ui.models.session import Session
from ropa_ui.theme import px
from ropa_ui.widgets.buttons import plain_button
from ropa_ui.widgets.check_delegate import CheckDelegate
from ropa_ui.widgets.clearing import clear
from ropa_ui.widgets.empty import EmptyState
from ropa_ui.widgets.flow_layout import FlowLayout
from ropa_ui.widgets.hairline import Hairline
from ropa_ui.widgets.labels import ElidedLabel, Label
from ropa_ui.widgets.toggle_chip import ToggleChip

_MANY = 500  # findings of one kind that begin folded
_IN_STEPS = 20_000  # findings that are counted and then grouped, the keys heard in between


class FindingsView(QTreeView):
    """The tree; Enter opens the record of a finding, or folds a group."""

    opened = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() in keys and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class ChecksPage(QWidget):
    """`record_asked` tells the id of a record and the path of the field to show in it."""

    record_asked = Signal(str, str)

    def __init__(self, session: Session, checks: Checks, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._session = session
        self._checks = checks
        self._stale = True
        self._severities: set[str] = set()
        self._kinds: set[str] = set()
        self._folded: set[tuple[str, str, str]] = set()
        self._opened: set[tuple[str, str, str]] = set()
        self._build()
        checks.renewed.connect(self._renewed)
        session.reset.connect(self._renewed)
        self.refresh()

    # Building

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 18, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        self._chip_box = QWidget(self)
        self._chips = FlowLayout(self._chip_box)
        self._chips.setContentsMargins(36, 4, 36, 12)
        column.addWidget(self._chip_box)
        column.addWidget(Hairline(self))
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._make_view())
        self._empty = EmptyState("", "", "", _("Show everything"), self._stack)
        self._empty.secondary.connect(self._show_everything)
        self._stack.addWidget(self._empty)
        column.addWidget(self._stack, 1)
        column.addWidget(Hairline(self))
        note = Label(
            _("The checks know Art. 30 of both regimes and agreements with processors (Art. 28). "
              "They help to find gaps and are no legal advice."),
            "small", "text2", self, wrap=True,
        )  # fmt: skip
        note.setContentsMargins(36, 8, 36, 10)
        column.addWidget(note)

    def _head(self) -> QHBoxLayout:
        self._count = Label("", "body", "text2", self)
        self._checked = ElidedLabel("", "small", "text3", self)
        self._again = plain_button(_("Check again"), "arrow-counter-clockwise", self)
        self._again.clicked.connect(self._checks.start)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(_("Checks"), "title", "text", self))
        words.addWidget(self._count)
        line = QHBoxLayout()
        line.setContentsMargins(36, 0, 36, 8)
        line.setSpacing(12)
        line.addLayout(words, 1)
        line.addWidget(self._checked)
        line.addWidget(self._again)
        return line

    def _make_view(self) -> FindingsView:
        self.model = CheckTree(self._session, self)
        self.view = FindingsView(self)
        self.view.setAccessibleName(_("Findings"))
        self.view.setModel(self.model)
        self.view.setItemDelegate(CheckDelegate(self.view))
        self.view.setHeaderHidden(True)
        self.view.setRootIsDecorated(False)
        self.view.setIndentation(0)
        self.view.setUniformRowHeights(True)
        self.view.setExpandsOnDoubleClick(False)
        self.view.setMouseTracking(True)
        self.view.setAnimated(False)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.verticalScrollBar().setSingleStep(px(24))
        self.view.clicked.connect(self._open)
        self.view.opened.connect(self._open)
        self.view.expanded.connect(self._opened_group)
        self.view.collapsed.connect(self._folded_group)
        return self.view

    # Hearing

    def _renewed(self) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._session.read(self.refresh, None)

    # Showing

    def refresh(self) -> None:
        """Show what the rules have found by now; folds and the place in the list stay."""
        self._rows = self._checks.all()
        self._places = whereabouts(self._session.register)
        self._count.setText(count_words(self._rows) or _("Nothing found"))
        self._checked.setText(self._when())
        self._make_chips()
        self._stale = False
        if len(self._rows) > _IN_STEPS:
            self._session.later(self._show_rows_anew)
        else:
            self._show_rows_anew()

    def _show_rows_anew(self) -> None:
        current = self.view.currentIndex()
        kept = current.data(ITEM) if current.isValid() else None
        self._show_rows()
        if isinstance(kept, Row):
            self.view.setCurrentIndex(self.model.index_of(kept))

    def _when(self) -> str:
        """When everything was checked last; empty if it was not yet."""
        at = self._checks.checked_at
        time = clock.local(at, self._session.view.zone)[-5:] if at else ""
        return _("Checked at {time}").format(time=time) if time else ""

    def _kind(self, record: str) -> str:
        return self._places.get(record, ("register", 0))[0]

    def _show_rows(self) -> None:
        severities, kinds = self._severities, self._kinds
        rows = [
            row
            for row in self._rows
            if (not severities or row.severity in severities)
            and (not kinds or self._kind(row.record) in kinds)
        ]
        self.model.show(grouped(rows, self._places, self._session.words))
        for row, group in enumerate(self.model.groups):
            self.view.setExpanded(self.model.index(row, 0), self._is_open(group))
        # Never to what is hidden: Tab would pass the whole page by.
        self.setFocusProxy(self.view if rows else self._again)
        if rows:
            self._stack.setCurrentWidget(self.view)
        else:
            self._say_empty()

    def _is_open(self, group: Group) -> bool:
        """As it was left; at first open, unless nobody would read it through."""
        if len(group.rows) > _MANY:
            return group.key in self._opened
        return group.key not in self._folded

    def _say_empty(self) -> None:
        narrowed = bool(self._rows)
        if self._empty.link is not None:
            self._empty.link.setVisible(narrowed)
        if narrowed:
            self._empty.set_texts(_("Nothing here"), _("No finding is of the kinds chosen above."))
        elif self._checks.figures is None:
            self._empty.set_texts(_("Checking"), _("The findings come as soon as they are known."))
        else:
            counts = self._session.counts()
            sentence = _("{records} records were checked, {activities} of them activities. {when}")
            said = sentence.format(
                records=number(sum(counts.values())),
                activities=number(counts["activity"]), when=self._when(),
            )  # fmt: skip
            self._empty.set_texts(_("Nothing found"), said.strip())
        self._stack.setCurrentWidget(self._empty)

    # Chips

    def _make_chips(self) -> None:
        """Chips for what there is; they are made anew only when that is other than before."""
        severities = Counter(map(attrgetter("severity"), self._rows))
        kinds = Counter[str]()
        for record, count in Counter(map(attrgetter("record"), self._rows)).items():
            kinds[self._kind(record)] += count
        self._severities &= set(severities)
        self._kinds &= set(kinds)
        clear(self._chips)
        for key in SEVERITIES:
            if severities[key]:
                look = looks.SEVERITIES[key]
                text = f"{_(SEVERITY_LABELS[key])}  {number(severities[key])}"
                self._add_chip(text, look.icon, look.role, key, self._severities)
        for key in KINDS:
            if kinds[key] and len(kinds) > 1:
                text = f"{_(LABELS[key])}  {number(kinds[key])}"
                self._add_chip(text, ICONS[key], "text2", key, self._kinds)
        self._chip_box.setVisible(self._chips.count() > 1)

    def _add_chip(self, text: str, icon: str, role: str, key: str, chosen: set[str]) -> None:
        chip = ToggleChip(text, icon, role, self._chip_box)
        chip.setProperty("key", key)
        chip.setChecked(key in chosen)
        chip.toggled.connect(self._narrow)
        self._chips.addWidget(chip)
        chip.show()

    def _narrow(self, on: bool) -> None:
        key = str(self.sender().property("key"))
        chosen = self._severities if key in SEVERITIES else self._kinds
        (chosen.add if on else chosen.discard)(key)
        self._show_rows()

    def _show_everything(self) -> None:
        self._severities.clear()
        self._kinds.clear()
        self._make_chips()
        self._show_rows()

    # What the user does

    def _open(self, index: QModelIndex) -> None:
        item = index.data(ITEM)
        if isinstance(item, Row):
            self.record_asked.emit(item.record, item.field)
        else:
            self.view.setExpanded(index, not self.view.isExpanded(index))

    def _opened_group(self, index: QModelIndex) -> None:
        self._folded.discard(index.data(ITEM).key)
        self._opened.add(index.data(ITEM).key)

    def _folded_group(self, index: QModelIndex) -> None:
        self._folded.add(index.data(ITEM).key)
        self._opened.discard(index.data(ITEM).key)
