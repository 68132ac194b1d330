"""Copy, paste, cut and empty: the cells marked in a table and the clipboard."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QObject, Qt
from PySide6.QtGui import QGuiApplication

from ropa_app.i18n import _
from ropa_app.model.record import Record
from ropa_ui.languages import number
from ropa_ui.models.cell_changes import Plan, plan_clear
from ropa_ui.models.clipboard import Block, block_html, block_text
from ropa_ui.models.session import Session
from ropa_ui.views.pasting import Pasting, clipboard_block, preview, targets
from ropa_ui.views.table_preview import PreviewDialog
from ropa_ui.views.table_view import TableView

MOST = 200_000  # cells: more would take a spreadsheet minutes


class Blocks(QObject):
    """What the clipboard keys of a table do."""

    def __init__(self, session: Session, table: TableView) -> None:
        super().__init__(table)
        self._session = session
        self._table = table
        table.copy_asked.connect(self.copy)
        table.paste_asked.connect(self.paste)
        table.cut_asked.connect(self.cut)
        table.clear_asked.connect(self.clear)

    def copy(self) -> bool:
        """Put the cells marked on the clipboard, as text and as a table for a spreadsheet."""
        rows, columns = self._table.block()
        rows = [row for row in rows if not self._table.records.is_new(row)]
        if not rows:
            return False
        if len(rows) * len(columns) > MOST:
            sentence = _("Too many cells to copy; export them instead, or mark at most {count}.")
            self._session.failed.emit(sentence.format(count=number(MOST)))
            return False
        cells = self._texts(rows, columns)
        data = QMimeData()
        data.setText(block_text(cells))
        data.setHtml(block_html(cells))
        QGuiApplication.clipboard().setMimeData(data)
        done = _("Copied 1 cell") if len(rows) * len(columns) == 1 else _("Copied {count} cells")
        self._session.said.emit(done.format(count=number(len(rows) * len(columns))), False)
        return True

    def _texts(self, rows: list[int], columns: list[int]) -> Block:
        model, marked = self._table.records, set(self._table.cells())
        block: Block = []
        for row in rows:
            record = model.record(row)
            block.append([
                model.text(record, model.columns[column])
                if record and (row, column) in marked else ""
                for column in columns
            ])  # fmt: skip
        return block

    def paste(self) -> None:
        """Lay the block on the clipboard over the cells marked, after a preview."""
        block = clipboard_block(self._session)
        rows, columns = self._table.block()
        if block is None or not rows:
            return
        model = self._table.records
        block = _repeated(block, len(rows), len(columns))
        across = targets(columns, len(block[0]))
        keys = [model.columns[column] for column in across if column < len(model.columns)]
        self._follow(Pasting(self._session, model, rows, keys).open(block, self._table.window()))

    def cut(self) -> None:
        """Copy the cells marked, then empty them."""
        if self._writable() and self.copy():
            self.clear()

    def clear(self) -> None:
        """Empty the cells marked; more than one only after a preview."""
        if not self._writable():
            return
        model = self._table.records
        found = [(model.record(row), model.columns[column]) for row, column in self._table.cells()]
        cells: list[tuple[Record, str]] = [(record, key) for record, key in found if record]
        plan = plan_clear(model.kind.key, cells)
        if len(plan.cells) == 1:
            cell = plan.cells[0]
            if cell.record is not None:
                self._session.set_value(cell.record.id, cell.key, cell.old, None)
        elif plan.cells:
            self._preview(plan, _("Empty cells"))

    def _preview(self, plan: Plan, title: str) -> None:
        self._follow(preview(self._session, plan, title, self._table.window()))

    def _follow(self, dialog: PreviewDialog | None) -> None:
        if dialog is not None:
            dialog.finished.connect(self._to_table)

    def _to_table(self, _result: int) -> None:
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _writable(self) -> bool:
        if not self._session.writable:
            self._session.failed.emit(_("The past cannot be changed; go back to today first."))
        return self._session.writable


def _repeated(block: Block, rows: int, columns: int) -> Block:
    """The block as often as it fits exactly into the cells marked, as in a spreadsheet."""
    down, across = len(block), len(block[0])
    times_down = rows // down if rows % down == 0 else 1
    times_across = columns // across if columns % across == 0 else 1
    return [row * times_across for _time in range(times_down) for row in block]
