"""The findings as a tree of two levels: what is wrong, and where."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ropa_ui.kinds import ICONS
from ropa_ui.models.check_groups import Group
from ropa_ui.models.checks import Row, article_of
from ropa_ui.models.session import Session
from ropa_ui.widgets.labels import plain_tooltip

Index = QModelIndex | QPersistentModelIndex
ITEM = Qt.ItemDataRole.UserRole  # the Group or Row
RECORD = Qt.ItemDataRole.UserRole + 1  # (title, reference, icon) of the record of a row
_TOP = 2**32 - 1  # internal id of a group; that of a row is the number of its group


class CheckTree(QAbstractItemModel):
    """Groups and their findings; the names of records are looked up as rows are painted."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.groups: list[Group] = []

    def show(self, groups: list[Group]) -> None:
        """Show these groups."""
        self.beginResetModel()
        self.groups = groups
        self.endResetModel()

    def item(self, index: Index) -> Group | Row:
        """The group or finding of an index."""
        if index.internalId() == _TOP:
            return self.groups[index.row()]
        return self.groups[index.internalId()].rows[index.row()]

    def index_of(self, row: Row) -> QModelIndex:
        """Where a finding of the same record, field and rule stands now."""
        for at, group in enumerate(self.groups):
            if group.key[1] == row.rule:
                for number, each in enumerate(group.rows):
                    if (each.record, each.field) == (row.record, row.field):
                        return self.createIndex(number, 0, at)
        return QModelIndex()

    def index(
        self,
        row: int,
        column: int,
        parent: Index = QModelIndex(),  # noqa: B008 - Qt's signature
    ) -> QModelIndex:
        # Asked for every row of every open group: no more is looked at than must be.
        above = parent.row() if parent.isValid() else _TOP
        if column or not 0 <= row < self.rowCount(parent):
            return QModelIndex()
        return self.createIndex(row, 0, above)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        if not index.isValid() or index.internalId() == _TOP:
            return QModelIndex()
        return self.createIndex(index.internalId(), 0, _TOP)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        if not parent.isValid():
            return len(self.groups)
        return len(self.groups[parent.row()].rows) if parent.internalId() == _TOP else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        item = self.item(index)
        if role == ITEM:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return item.title if isinstance(item, Group) else item.sentence
        if role == RECORD and isinstance(item, Row):
            return self._session.read(partial(self._record, item), ("", "", ICONS["register"]))
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(item, Row):
            return plain_tooltip(f"{item.sentence}\n{item.remedy}")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._session.read(partial(self._spoken, item), "")
        return None

    def _record(self, row: Row) -> tuple[str, str, str]:
        record = self._session.view.records.get(row.record)
        if record is None:
            return self._session.name(), "", ICONS["register"]
        title = " ".join(self._session.title(record).split())
        return title, record.ref, ICONS[record.kind_key]

    def _spoken(self, item: Group | Row) -> str:
        if isinstance(item, Group):
            return f"{item.title}, {len(item.rows)}"
        title, reference, _icon = self._record(item)
        parts = (reference, title, item.sentence, article_of(item), item.remedy)
        return ". ".join(part.rstrip(".") for part in parts if part)
