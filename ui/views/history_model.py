"""The log as a list: days, and under each what was done on it, read a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ropa_app.clock import zone_named
from ropa_app.i18n import _, current_language
from ropa_app.model.dates import long_date_words
from ropa_app.model.kinds import split_reference
from ropa_app.model.matching import typed_words
from ropa_app.model.words import Words
from ropa_app.register.history import label_details, value_words
from ropa_app.register.live import LiveView
from ropa_app.register.log import Operation
from ropa_app.register.timeline import entry, operations_before, rows_in
from ropa_app.register.told import told_words
from ropa_ui.kinds import ICONS
from ropa_ui.models.change_search import Found
from ropa_ui.models.session import Session
from ropa_ui.views.overview_changes import weekday
from ropa_ui.widgets.labels import plain_tooltip

Index = QModelIndex | QPersistentModelIndex
ITEM = Qt.ItemDataRole.UserRole  # the Step, or the date of a day's head
PAGE = 100
_LONGEST = 60
_ICONS = {"new": "sparkle", "import": "download-simple", "restored": "clock-clockwise",
          "merge": "git-merge", "term": "tag", "redact": "eye-slash", "sample": "sparkle",
          "migrate": "arrows-down-up", "attach": "paperclip"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One operation in words."""

    operation: Operation
    icon: str
    words: str
    detail: str
    day: date
    time: str


class HistoryModel(QAbstractListModel):
    """Operations, the newest first, of the whole register or of one record, or those found."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.record: str | None = None
        self.before: int | None = None
        self.typed: list[str] = []  # what the rows are to mark
        self._found: list[int] | None = None
        self._meant: dict[int, str] = {}
        self._items: list[Operation | date] = []
        self._steps: dict[int, Step] = {}
        self._ended = False
        self.refresh()

    # What is shown

    def show(self, record: str | None = None, before: int | None = None) -> None:
        """Show what was done to one record, or to all, up to below a number of the log."""
        self.record, self.before = record, before
        self._found, self._meant, self.typed = None, {}, []
        self.refresh()

    def show_found(self, found: Found, text: str) -> None:
        """Show only operations that were found, the newest first, as far as they are known."""
        self._found = [seq for seq, _change in found]
        self._meant = dict(found)
        self.typed = typed_words(text)
        self.refresh()

    def add_found(self, found: Found) -> None:
        """Show further operations that were found below those told so far."""
        if self._found is None:
            return
        self._found += [seq for seq, _change in found]
        self._meant.update(found)
        if self._ended:
            self.fetchMore(QModelIndex())

    @property
    def found(self) -> int | None:
        """How many operations were found so far; None if nothing is looked for."""
        return None if self._found is None else len(self._found)

    def refresh(self) -> None:
        """Read the newest page again."""
        self.beginResetModel()
        try:
            self._read_anew()
        finally:
            self.endResetModel()

    def _read_anew(self) -> None:
        self._items, self._steps, self._ended = [], {}, False
        register = self._session.present
        # The names of today, also while the past is shown: the log goes up to today.
        self.view = self._session.view if self._session.writable else LiveView(register)
        self.words: Words = self.view.words(current_language())
        self._take(self._next_page())

    def _next_page(self) -> list[Operation]:
        if self._found is not None:
            shown = sum(isinstance(item, Operation) for item in self._items)
            part = self._found[shown : shown + PAGE]
            self._ended = shown + len(part) == len(self._found)
            return [self._session.present.operation(seq) for seq in part]
        seen = next((i.seq for i in reversed(self._items) if isinstance(i, Operation)), self.before)
        found = operations_before(self._session.present, seen, PAGE, self.record)
        self._ended = len(found) < PAGE
        return found

    def _take(self, operations: list[Operation]) -> None:
        self._items += self._with_days(operations)

    def _with_days(self, operations: list[Operation]) -> list[Operation | date]:
        """The operations, the head of each day that has none yet before its first."""
        last = self._items[-1] if self._items else None
        day = self._moment(last)[0] if isinstance(last, Operation) else None
        made: list[Operation | date] = []
        for operation in operations:
            own = self._moment(operation)[0]
            if own != day:
                made.append(own)
                day = own
            made.append(operation)
        return made

    def _moment(self, operation: Operation) -> tuple[date, str]:
        try:
            moment = datetime.fromisoformat(operation.at).astimezone(zone_named(self.view.zone))
        except (ValueError, OverflowError):
            return date.min, operation.at
        return moment.date(), f"{moment:%H:%M}"

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._ended

    def fetchMore(self, parent: Index) -> None:
        items = self._session.read(self._next_items, list[Operation | date]())
        if items:
            start = len(self._items)
            self.beginInsertRows(QModelIndex(), start, start + len(items) - 1)
            self._items += items
            self.endInsertRows()

    def _next_items(self) -> list[Operation | date]:
        return self._with_days(self._next_page())

    # Finding rows

    def step(self, row: int) -> Step | None:
        """What was done, at a row; None for the head of a day."""
        item = self._items[row] if 0 <= row < len(self._items) else None
        if not isinstance(item, Operation):
            return None
        if item.seq not in self._steps:
            self._steps[item.seq] = self._say(item)
        return self._steps[item.seq]

    def row_of(self, seq: int) -> int:
        """The row of an operation that is shown; -1 if it is not."""
        for row, item in enumerate(self._items):
            if isinstance(item, Operation) and item.seq == seq:
                return row
        return -1

    def first(self) -> int:
        """The row of the newest operation; -1 if there is none."""
        return 1 if len(self._items) > 1 else -1

    def _say(self, operation: Operation) -> Step:
        told = label_details(operation)
        reference = split_reference(str(told.get("ref", "")))
        kind = reference[0].key if reference else str(told.get("kind", ""))
        icon = _ICONS.get(str(told.get("do")), ICONS.get(kind, "pencil-simple"))
        words = told_words(self._session.present, operation, self.view, self.words)
        detail = self._meant.get(operation.seq) or self._detail(operation)
        return Step(operation, icon, words, detail, *self._moment(operation))

    def _detail(self, operation: Operation) -> str:
        """Old and new value where one short field was changed, else how much was."""
        register = self._session.present
        count = rows_in(register, operation.seq)
        found = entry(register, self.view, operation, 2)
        if count == 1 and found.changes:
            _label, old, new = value_words(found.changes[0], self.view, self.words)
            if "\n" not in old + new and len(old) + len(new) <= _LONGEST:
                return f"{old or _('empty')} → {new or _('empty')}"
        if count == 1 and found.created:
            record = self.view.by_ref(found.created[0])
            title = self.view.title(record, self.words) if record else ""
            return f"{found.created[0]}  ·  {title}"
        if count == 1:
            return operation.who
        if len(found.created) == 2:
            return _("{count} changes").format(count=count)
        return _("{count} fields").format(count=count)

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._items)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self._items[index.row()], date):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return self._session.read(partial(self._told, index, role), None)

    def _told(self, index: Index, role: int) -> object:
        item = self._items[index.row()]
        if isinstance(item, date):
            known = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return item if role == ITEM else self.day_words(item) if known else None
        step = self.step(index.row()) if role in _ROLES else None
        if step is None or role == ITEM:
            return step
        if role == Qt.ItemDataRole.AccessibleTextRole:
            day = self.day_words(step.day)
            return f"{step.words}, {step.detail}, {day} {step.time}, {step.operation.who}"
        return plain_tooltip(step.words) if role == Qt.ItemDataRole.ToolTipRole else step.words

    def day_words(self, day: date) -> str:
        """A day as it is called: Today, Yesterday, “Friday 20 November 2026”."""
        today = self.view.day
        if day == today:
            return _("Today")
        if day == today - timedelta(days=1):
            return _("Yesterday")
        if day == date.min:
            return _("At an unreadable time")
        return f"{weekday(day)} {long_date_words(day, current_language())}"


_ROLES = (ITEM, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole,
          Qt.ItemDataRole.AccessibleTextRole)  # fmt: skip
