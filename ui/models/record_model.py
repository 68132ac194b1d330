"""The records of one kind as a table: a list of numbers, rows read as they are painted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ropa_app.errors import DamageError
from ropa_app.i18n import _
from ropa_app.model.kinds import KINDS
from ropa_app.model.record import Record
from ropa_app.model.state import is_value
from ropa_app.register.conditions import FINDINGS as BY_FINDINGS
from ropa_app.register.conditions import Filter
from ropa_app.register.listing import REFERENCE, Query
from ropa_ui.kinds import DERIVED, FAR_REACHING
from ropa_ui.kinds import NEW as NEW_WORDS
from ropa_ui.models.beside import PAINTED, Beside
from ropa_ui.models.checks import Checks
from ropa_ui.models.columns import column_label, default_columns, fact_keys
from ropa_ui.models.list_numbers import numbers_beside, numbers_of
from ropa_ui.models.session import Session
from ropa_ui.widgets.labels import plain_tooltip

if TYPE_CHECKING:
    from ropa_ui.models.worked_out import WorkedOut

BATCH = 80
PAGE = 60  # records that a search shows at once; the rest follows
BRIEFLY = 0.03  # seconds they are looked for before the window goes on without them
MORE_LETTERS = 120  # milliseconds without another letter after which all matches are counted
MANY = 4000  # a list of more is put in order beside the window
SOME = 100  # the same where what orders it is worked out for each record
_HELD = 40  # batches
Index = QModelIndex | QPersistentModelIndex

RECORD = Qt.ItemDataRole.UserRole  # the Record of a row
FINDINGS = Qt.ItemDataRole.UserRole + 1  # (severity, count) of a row
FACTS = Qt.ItemDataRole.UserRole + 2  # the second line of a row
VALUE = Qt.ItemDataRole.UserRole + 3  # the value of a cell, as stored
NEW = Qt.ItemDataRole.UserRole + 4  # True for the row in which a record begins
MARK = Qt.ItemDataRole.UserRole + 5  # what the second line begins with, if something presses


class RecordModel(QAbstractTableModel):
    """One kind of record, filtered and ordered as its query says."""

    def __init__(self, session: Session, checks: Checks, kind: str, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._checks = checks
        self.kind = KINDS[kind]
        self.query = Query(kind)
        self.columns: list[str] = default_columns(kind)
        self._numbers: list[int] = []
        self.is_whole = True  # False while only the first records of a search are shown
        self._offers_new = False
        self._spare = 0  # rows after the last record
        self._rows: dict[int, int] | None = None
        self._batches: dict[int, dict[int, Record]] = {}
        self._beside = Beside(self)
        self._beside.answered.connect(self._put_numbers)
        self._beside.failed.connect(self._lack)
        self._is_lacking = False  # what was asked beside the window could not be answered
        session.words_read.connect(self._after_words)
        session.changed.connect(self._changed)
        session.reset.connect(self.refresh)
        checks.renewed.connect(self._marks_changed)
        self.refresh()

    # What is shown

    def set_query(self, query: Query) -> None:
        """Show other records, or in another order."""
        self.query = query
        self.refresh()

    def search(self, text: str) -> None:
        """Show the records that hold these words: what is seen at once, the rest as it is found."""
        self.query = replace(self.query, text=text)
        plain = not self.query.filters and self.query.only is None and not self.query.deleted
        if not text.strip() or not plain or self.query.order != REFERENCE or not self._many():
            self.refresh()
            return
        session = self._session
        found, everything = session.search.at_once(text, self.kind.key, PAGE, BRIEFLY)
        known = self._read(found)
        gone = {number for number, record in known.items() if record.deleted}
        first = [number for number in found if number not in gone]
        self._beside.forget()
        self._is_lacking = False
        self.is_whole = everything
        if first or everything:  # else what is shown stays until it is known that nothing is found
            self._reset(first)
            self._batches[0] = known  # read already; a page is no more than a batch
        if not everything:
            self._ask_beside(MORE_LETTERS if first else PAINTED)

    @property
    def searches_at_once(self) -> bool:
        """False where every letter would hold up the window: a large register in the past."""
        session = self._session
        return session.writable or session.counts()[self.kind.key] <= MANY

    def _many(self) -> bool:
        return self._session.writable and self._session.counts()[self.kind.key] > MANY

    def _worked_out(self) -> bool:
        """True if each of more than a few records would be looked at to put them in order."""
        session, kind = self._session, self.kind.key
        derived = self.query.order in DERIVED.get(kind, {})
        return derived and session.writable and session.counts()[kind] > SOME

    def add_filter(self, added: Filter) -> None:
        """Show only records that meet one more condition."""
        self.set_query(replace(self.query, filters=(*self.query.filters, added)))

    def refresh(self) -> None:
        """Ask the register again which records there are."""
        self._beside.forget()
        self._is_lacking = False
        self.is_whole = True
        moderate = self.query.order == REFERENCE and not self.query.text.strip()
        if self._worked_out() and not self._numbers:
            self._reset(self._asked(replace(self.query, order=REFERENCE)))  # till they are in order
        if (self._many() and not moderate) or self._worked_out():
            self._ask_beside()
        else:
            self._reset(self._asked())

    def _asked(self, query: Query | None = None) -> list[int]:
        session = self._session
        return numbers_of(
            session.register, session, session.search, query or self.query, self._checks.having
        )

    def _ask_beside(self, pause: int = PAINTED) -> None:
        self._is_lacking = False
        words = self._session.search.words
        found = {f.value: self._checks.having(f.value) for f in self._by_findings()}
        asked = partial(numbers_beside, self.query, words, found)
        self._beside.ask(self._session.path, asked, pause=pause)

    def _lack(self, reason: str) -> None:
        """Say what kept the list from being read; it is read at the next change or search."""
        self._is_lacking = True
        sentence = _("The list may lack records until you search again. {reason}")
        self._session.failed.emit(sentence.format(reason=reason))

    def _by_findings(self) -> list[Filter]:
        return [each for each in self.query.filters if each.field == BY_FINDINGS]

    def _after_words(self) -> None:
        """Parts inside words are found from now on."""
        if self.query.text.strip():
            self._renumber()

    def offer_new(self, offered: bool) -> None:
        """Have a row after the last record in which a new one begins, or have none.

        It is there only where what is added would be seen: not in the past, nor in a search.
        """
        self._offers_new = offered
        row, spare = len(self._numbers), self._spare_rows()
        if spare > self._spare:
            self.beginInsertRows(QModelIndex(), row, row)
            self._spare = spare
            self.endInsertRows()
        elif spare < self._spare:
            self.beginRemoveRows(QModelIndex(), row, row)
            self._spare = spare
            self.endRemoveRows()

    def _spare_rows(self) -> int:
        narrowed = self.narrowed or self.query.deleted
        return int(self._offers_new and self._session.writable and not narrowed)

    @property
    def narrowed(self) -> bool:
        """True while a search, a filter or a choice keeps records out."""
        return bool(self.query.text or self.query.filters) or self.query.only is not None

    def _reset(self, numbers: list[int]) -> None:
        self.beginResetModel()
        self._numbers = numbers
        self._spare = self._spare_rows()
        self._rows = None
        self._batches.clear()
        self.endResetModel()

    def set_columns(self, columns: list[str]) -> None:
        """Show these columns, by field key; the first names the record."""
        self.beginResetModel()
        self._batches.clear()
        self.columns = columns
        self.endResetModel()

    # Finding rows

    def record(self, row: int) -> Record | None:
        """The record of a row, with all its fields; None if it is gone."""
        part = self.part(row)
        return self._session.view.records.get(part.id) if part else None

    def part(self, row: int) -> Record | None:
        """The record of a row with the fields that the list shows."""
        if not 0 <= row < len(self._numbers):
            return None
        start = row // BATCH
        if start not in self._batches:
            if len(self._batches) >= _HELD:
                self._batches.pop(next(iter(self._batches)))
            self._batches[start] = self._read(self._numbers[start * BATCH : (start + 1) * BATCH])
        return self._batches[start].get(self._numbers[row])

    def _read(self, numbers: list[int]) -> dict[int, Record]:
        """The records of these numbers, those left out that are damaged."""
        keys, register = self._keys(), self._session.register
        try:
            return register.batch(self.kind, numbers, keys)
        except DamageError as error:
            self._session.hinder(error)
            if len(numbers) == 1:
                return {}
        found: dict[int, Record] = {}
        for number in numbers:
            found |= self._read([number])
        return found

    def _keys(self) -> list[str]:
        """The fields that cells, second lines and titles are made of."""
        wanted = [*self.columns, *fact_keys(self.kind.key), *self.kind.title_keys]
        return [key for key in dict.fromkeys(wanted) if self.kind.has(key)]

    def row_of(self, record: Record) -> int:
        """The row of a record; -1 if it is not shown."""
        if self._rows is None:
            self._rows = {number: row for row, number in enumerate(self._numbers)}
        return self._rows.get(record.number, -1)

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._numbers) + self._spare

    def count(self) -> int:
        """How many records are shown."""
        return len(self._numbers)

    def is_new(self, row: int) -> bool:
        """True for the row in which a new record begins."""
        return self._spare > 0 and row == len(self._numbers)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.is_new(index.row()):
            return self._new_row(index, role)
        answer = _ANSWERS.get(role)
        if answer is None:
            return None
        return self._session.read(partial(self._told, index, answer), None)

    def _told(self, index: Index, answer: Callable[[RecordModel, Record, str], Any]) -> Any:
        record = self.part(index.row())
        return answer(self, record, self.columns[index.column()]) if record else None

    def _new_row(self, index: Index, role: int) -> Any:
        if role == NEW:
            return True
        if role in _SAID and index.column() == 0:
            return f"{_(NEW_WORDS[self.kind.key])} …"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            said = partial(column_label, self._session, self.kind.key, self.columns[section])
            return self._session.read(said, "")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        key = self.columns[index.column()] if index.isValid() else ""
        if self._session.writable and self.kind.has(key) and self.kind.field(key).kind != "lines":
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    # What a cell says

    def _seen(self, record: Record, key: str) -> str | None:
        """What a cell says where it is looked at: what takes long to work out follows, None yet."""
        if self.kind.key in FAR_REACHING and not (key == REFERENCE or self.kind.has(key)):
            return self._worked_out_beside.text(record.id, key)
        return self.text(record, key)

    @cached_property
    def _worked_out_beside(self) -> WorkedOut:
        from ropa_ui.models.worked_out import WorkedOut

        made = WorkedOut(self._session, self.kind.key, self)
        made.renewed.connect(self._facts_changed)
        return made

    def text(self, record: Record, key: str) -> str:
        """What a cell says; a state in words, a gap as nothing."""
        if key == REFERENCE:
            return record.ref
        if not self.kind.has(key):
            from ropa_ui.models.derived import derived_text

            return derived_text(self._session, record.id, key)
        if key == "name":
            return self._session.title(record)
        value = record[key]
        return "" if value is None else self._session.words.value(
            self.kind.field(key), value, record.values
        )

    def facts(self, record: Record) -> str:
        """The second line of a record: its reference and two facts."""
        found = [record.ref]
        derived = DERIVED.get(record.kind_key, {})
        for key in (*derived, *fact_keys(record.kind_key)):
            text = self._fact(record, key)
            if text is None:
                break  # what is most telling comes in a moment, in this place
            if text:
                found.append(" ".join(text.split()))
            if len(found) == 3:
                break
        return "  ·  ".join(found)

    def mark(self, record: Record, _key: str = "") -> str:
        """In a word what presses of a record; empty if nothing does."""
        from ropa_ui.models.derived import is_overdue

        whole = self._session.view.records.get(record.id) if record.kind_key == "request" else None
        return _("overdue") if whole and is_overdue(self._session, whole) else ""

    def _fact(self, record: Record, key: str) -> str | None:
        """A fact in one line, several terms with commas; a state is none."""
        if not self.kind.has(key) or key in (REFERENCE, "name"):
            return self._seen(record, key)
        value = record[key]
        if not is_value(value):
            return ""
        return self._session.words.series(self.kind.field(key), value, record.values)

    def _spoken(self, record: Record, key: str) -> str:
        """What a screen reader says of a row."""
        said = [self.text(record, key)]
        if key == self.columns[0]:
            said += [*filter(None, (self.mark(record),)), self.facts(record)]
            rows = self._checks.of(record.id)
            if rows:
                from ropa_ui.models.check_groups import count_words

                said.append(count_words(rows))
        return ", ".join(said)

    def value(self, record: Record, key: str) -> Any:
        """The value of a cell as stored; None for what is no field."""
        return record[key] if self.kind.has(key) else None

    def worst(self, record: Record, _key: str) -> tuple[str, int]:
        """The gravest severity of a record and how many findings of it."""
        return self._checks.worst(record.id)

    # Hearing of changes

    def _changed(self, ids: set[str]) -> None:
        self._batches.clear()
        if not ids:  # perhaps it could not be asked before
            self._renumber()
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
            return
        records = self._session.view.records
        touched = [records[i] for i in ids if i in records]
        ours = [record for record in touched if record.kind_key == self.kind.key]
        if self._is_lacking or any(self._may_move(record) for record in ours):
            self._renumber()
        elif self._numbers:
            last = self.index(len(self._numbers) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _may_move(self, record: Record) -> bool:
        """True if a change can alter which records are shown, or their order."""
        query = self.query
        shown = self.row_of(record) >= 0
        gone = bool(record.deleted) != query.deleted
        return self.narrowed or query.order != REFERENCE or shown == gone

    def _renumber(self) -> None:
        """Ask for the numbers again and keep the selection where it was."""
        if self._many() or self._worked_out():
            self._ask_beside()
        else:
            self._put_numbers(self._asked())

    def _put_numbers(self, numbers: list[int]) -> None:
        """Show these records; the selection stays where it was."""
        self.is_whole = True
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        stood = [(index, self._number_at(index.row())) for index in before]
        self._numbers = numbers
        self._spare = self._spare_rows()
        self._rows = {number: row for row, number in enumerate(self._numbers)}
        self._batches.clear()
        for index, number in stood:
            row = self._rows.get(number, -1) if number else self._new_at()
            moved = self.index(row, index.column()) if row >= 0 else QModelIndex()
            self.changePersistentIndex(index, moved)
        self.layoutChanged.emit()

    def _number_at(self, row: int) -> int:
        """The number of a row's record; 0 for the one that is not in the register yet."""
        return 0 if self.is_new(row) else self._numbers[row]

    def _new_at(self) -> int:
        return len(self._numbers) if self._spare else -1

    def _marks_changed(self) -> None:
        if self._by_findings():
            self._renumber()
        self._say_changed(FINDINGS)

    def _facts_changed(self) -> None:
        self._say_changed(FACTS, Qt.ItemDataRole.DisplayRole)

    def _say_changed(self, *roles: int) -> None:
        """Have everything of these roles that is in sight painted anew."""
        if self._numbers:
            last = self.index(len(self._numbers) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last, list(roles))


_SAID = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole,
         Qt.ItemDataRole.AccessibleTextRole)  # fmt: skip

_ANSWERS = {
    Qt.ItemDataRole.DisplayRole: RecordModel._seen,
    Qt.ItemDataRole.ToolTipRole: lambda model, record, key: plain_tooltip(model.text(record, key)),
    Qt.ItemDataRole.AccessibleTextRole: RecordModel._spoken,
    RECORD: lambda model, record, _key: model._session.view.records.get(record.id),
    FINDINGS: RecordModel.worst,
    FACTS: lambda model, record, _key: model.facts(record),
    VALUE: RecordModel.value,
    MARK: RecordModel.mark,
}
