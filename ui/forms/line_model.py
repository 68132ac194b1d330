"""The lines of a field as a table: cells in words, and a last column that folds a line out."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ropa_app.i18n import _
from ropa_app.model.field import Field
from ropa_app.model.record import Record
from ropa_app.model.state import STATES, Value
from ropa_app.model.words import Words
from ropa_ui.forms.line_cells import Cell, CellWords
from ropa_ui.forms.line_columns import Shown, heading, shown_columns
from ropa_ui.models.checks import Row

Index = QModelIndex | QPersistentModelIndex
CELL = Qt.ItemDataRole.UserRole
SEVERITY = Qt.ItemDataRole.UserRole + 1  # of the gravest finding of a cell, "" if none
UNFOLDED = Qt.ItemDataRole.UserRole + 2


def line_id(item: Value) -> str:
    """The id of a line; empty for a state that stands in the place of one."""
    return str(item.get("id", "")) if isinstance(item, dict) else ""


class LineModel(QAbstractTableModel):
    """Lines are dicts, or states where somebody has said why there is none."""

    def __init__(self, field: Field, parent: QObject) -> None:
        super().__init__(parent)
        self._field = field
        self.items: list[Value] = []
        self.shown: tuple[Shown, ...] = ()
        self.heads: list[str] = []
        self._cells: list[list[Cell]] = []
        self._severity: dict[tuple[str, str], str] = {}
        self._sentences: dict[str, list[str]] = {}
        self.unfolded = ""

    def show_lines(
        self, items: list[Value], words: Words, record: Record | None, needed: frozenset[str]
    ) -> None:
        """Show these lines; a table of the same shape keeps its selection."""
        shown = shown_columns(self._field, items, needed)
        said = CellWords(self._field, words, record.values if record else {})
        cells = [_row(said, item, shown) for item in items]
        same = shown == self.shown and len(items) == len(self.items)
        if not same:
            self.beginResetModel()
        self.items, self.shown, self._cells = items, shown, cells
        self.heads = [words.say(heading(self._field, column)) for column in shown]
        if not same:
            self.endResetModel()
        elif items:
            self.dataChanged.emit(self.index(0, 0), self.index(len(items) - 1, len(shown)))

    def show_findings(self, rows: dict[str, list[Row]]) -> None:
        """Mark the cells that findings are about; `rows` by line id, the gravest first."""
        self._severity = {}
        self._sentences = {key: [row.sentence for row in each] for key, each in rows.items()}
        for key, each in rows.items():
            for row in each:
                column = row.field.split(".")[2] if row.field.count(".") > 1 else ""
                self._severity.setdefault((key, column), row.severity)

    @property
    def fold(self) -> int:
        """Number of the column that folds the line out."""
        return len(self.shown)

    def row_of(self, line: str) -> int:
        """The row of a line; -1 if there is none."""
        return next((row for row, item in enumerate(self.items) if line_id(item) == line), -1)

    def cell(self, row: int, column: int) -> Cell:
        """What a cell says."""
        return self._cells[row][column]

    def is_state(self, row: int) -> bool:
        """True if a state stands where a line would."""
        return isinstance(self.items[row], STATES)

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.items)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.shown) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        if column == self.fold:
            return self._of_fold(row, role)
        cell = self._cells[row][column]
        if role == CELL:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.main
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return cell.spoken
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return " ".join(self._sentences.get(line_id(self.items[row]), ()))
        if role == SEVERITY:
            return self.severity(row, column)
        return None

    def severity(self, row: int, column: int) -> str:
        """The gravest finding that concerns any key of a cell."""
        identifier = line_id(self.items[row])
        found = (self._severity.get((identifier, key), "") for key in self.shown[column].keys)
        return next(filter(None, found), "")

    def _of_fold(self, row: int, role: int) -> Any:
        is_open = self.unfolded != "" and line_id(self.items[row]) == self.unfolded
        if role == UNFOLDED:
            return None if self.is_state(row) else is_open
        if role == Qt.ItemDataRole.AccessibleTextRole and not self.is_state(row):
            return _("Fold the line in") if is_open else _("Show the whole line")
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section] if section < len(self.heads) else ""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def _row(said: CellWords, item: Value, shown: tuple[Shown, ...]) -> list[Cell]:
    if isinstance(item, STATES):
        return [said.state(item), *(Cell("", "") for _column in shown[1:])]
    return [said.cell(item, column) for column in shown]
