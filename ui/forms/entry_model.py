"""The entries of a popup as a list model: what is found, and what was typed to find it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from ropa_ui.forms.entries import Entry
from ropa_ui.forms.pick_row import ASKED, ENTRY, Index


class EntryModel(QAbstractListModel):
    """Entries, and what was typed to find them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []
        self._asked = ""

    def show(self, entries: list[Entry], asked: str) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.entries, self._asked = entries, asked
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entries[index.row()]
        if role == ENTRY:
            return entry
        if role == ASKED:
            return self._asked
        if role == Qt.ItemDataRole.DisplayRole:
            return self.label(entry)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(entry)
        return None

    def label(self, entry: Entry) -> str:
        """What stands in the row."""
        return entry.label

    def spoken(self, entry: Entry) -> str:
        """What a screen reader says of it."""
        return spoken(entry)


def spoken(entry: Entry) -> str:
    """What a screen reader says of an entry."""
    return ", ".join(filter(None, (entry.label, entry.aside, entry.detail)))
