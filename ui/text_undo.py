"""Keys in a field: Ctrl+Z for what is typed there, then for the register; Ctrl+E for Export."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from ropa_ui.qt import application

_EXPORT = QKeyCombination(Qt.Modifier.CTRL, Qt.Key.Key_E)


def can(name: str, widget: QWidget | None) -> bool:
    """True if a text field has typing of its own to "undo" or "redo"."""
    if isinstance(widget, QLineEdit):
        able = widget.isUndoAvailable() if name == "undo" else widget.isRedoAvailable()
        return able and widget.isModified()
    if isinstance(widget, QPlainTextEdit):
        document = widget.document()
        able = document.isUndoAvailable() if name == "undo" else document.isRedoAvailable()
        return able and document.isModified()
    return False


def within_text(name: str) -> bool:
    """Let the field with the focus undo or redo its own typing; True if there was any."""
    focus = QApplication.focusWidget()
    able = can(name, focus)
    if able:
        getattr(focus, name)()
    return able


class TextUndo(QObject):
    """Keeps text fields from claiming the keys of undo and redo when they have nothing to undo.

    Qt's fields claim them always, and the window would never hear of them. On some desktops they
    claim Ctrl+E, too, for the end of the line, where there is the End key.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        application().focusChanged.connect(self._follow)

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(old, (QLineEdit, QPlainTextEdit)) and isValid(old):
            old.removeEventFilter(self)
        if isinstance(new, (QLineEdit, QPlainTextEdit)):
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        for name, key in (
            ("undo", QKeySequence.StandardKey.Undo),
            ("redo", QKeySequence.StandardKey.Redo),
        ):
            field = watched if isinstance(watched, QWidget) else None
            if event.matches(key) and not can(name, field):
                event.ignore()
                return True
        if event.keyCombination() == _EXPORT:
            event.ignore()
            return True
        return False
