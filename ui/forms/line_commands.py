"""What the menu of a line does: the same as the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from ropa_ui.forms.line_menu import LineMenu
from ropa_ui.forms.line_model import line_id

if TYPE_CHECKING:
    from ropa_ui.forms.lines import LinesEditor


class LineCommands(QObject):
    """Does what is chosen to the cell or line that the cursor of the table is in."""

    def __init__(self, editor: LinesEditor) -> None:
        super().__init__(editor)
        self._editor = editor

    def show_menu(self, row: int, column: int, place: QPoint) -> None:
        """Offer what can be done with a cell and its line."""
        editor, model = self._editor, self._editor.model
        if editor.read_only:
            return
        whole = model.is_state(row) or column >= model.fold
        declared = editor.field.columns[0]
        value = None
        if not whole:
            declared = editor.field.column(model.cell(row, column).key)
            value = model.items[row].get(declared.key)
        menu = LineMenu(declared, value, whole, editor)
        menu.edit_asked.connect(self._edit)
        menu.fold_asked.connect(self._fold)
        menu.add_asked.connect(self._add)
        menu.up_asked.connect(self._up)
        menu.down_asked.connect(self._down)
        menu.delete_asked.connect(self._delete)
        menu.open_asked.connect(self._to_open)
        menu.not_applicable_asked.connect(self._to_not_applicable)
        menu.clear_asked.connect(self._clear)
        menu.popup(place)

    def _here(self) -> tuple[int, int]:
        index = self._editor.table.currentIndex()
        return index.row(), index.column()

    def _edit(self) -> None:
        self._editor.edit_cell(*self._here())

    def _fold(self) -> None:
        self._editor.toggle(self._here()[0])

    def _add(self) -> None:
        self._editor.add_after(self._here()[0])

    def _up(self) -> None:
        self._editor.move_line(self._here()[0], -1)

    def _down(self) -> None:
        self._editor.move_line(self._here()[0], 1)

    def _delete(self) -> None:
        self._editor.delete_line(self._here()[0])

    def _to_open(self) -> None:
        self._edit()
        if self._editor.cell is not None:
            self._editor.cell.slot.to_open()

    def _to_not_applicable(self) -> None:
        self._edit()
        if self._editor.cell is not None:
            self._editor.cell.slot.to_not_applicable()

    def _clear(self) -> None:
        row, column = self._here()
        model = self._editor.model
        self._editor.set_value(line_id(model.items[row]), model.cell(row, column).key, None)
