"""The menu of one line: what the keys do, in words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ropa_app.i18n import _
from ropa_app.model.field import Field
from ropa_app.model.state import Value
from ropa_ui.actions import keys_of
from ropa_ui.forms.state_menu import StateMenu
from ropa_ui.icons import icon


class LineMenu(StateMenu):
    """The states of the cell, and what can be done with its line."""

    edit_asked = Signal()
    fold_asked = Signal()
    add_asked = Signal()
    up_asked = Signal()
    down_asked = Signal()
    delete_asked = Signal()

    def __init__(self, column: Field, value: Value, whole: bool, parent: QWidget) -> None:
        """`whole`: a state stands for the whole line, so only the line can be changed."""
        super().__init__(column, value, parent)
        first = self.open_action
        edit = self._action(_("Edit"), "pencil-simple", "line_edit")
        edit.triggered.connect(self.edit_asked)
        self.insertAction(first, edit)
        self.insertSeparator(first)
        for action in (self.open_action, self.not_applicable_action, self.clear_action):
            action.setVisible(not whole)
        self.addSeparator()
        fold = self._action(_("Show the whole line"), "rows", "line_whole")
        fold.triggered.connect(self.fold_asked)
        fold.setVisible(not whole)
        self._line_actions()

    def _line_actions(self) -> None:
        rows = (
            (_("New line"), "plus", "line_new", self.add_asked),
            (_("Move up"), "caret-up", "line_up", self.up_asked),
            (_("Move down"), "caret-down", "line_down", self.down_asked),
            (_("Delete line"), "trash-simple", "line_delete", self.delete_asked),
        )
        for text, name, key, asked in rows:
            self._action(text, name, key).triggered.connect(asked)

    def _action(self, text: str, name: str, key: str) -> QAction:
        action = self.addAction(icon(name), text)
        action.setShortcuts(keys_of(key))
        action.setShortcutVisibleInContextMenu(True)
        return action
