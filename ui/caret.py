"""Where the caret stands in a text field, to be put back there after the focus was elsewhere."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

Caret = tuple[int, int]  # where the selection began, and where the caret stands


def caret_of(widget: QWidget | None) -> Caret | None:
    """Caret and selection of a text field; None for anything else."""
    if isinstance(widget, QLineEdit):
        at = widget.cursorPosition()
        start, end = widget.selectionStart(), widget.selectionEnd()
        return (at if start < 0 else start + end - at, at)
    if isinstance(widget, QPlainTextEdit):
        cursor = widget.textCursor()
        return (cursor.anchor(), cursor.position())
    return None


def put_caret(widget: QWidget, caret: Caret | None) -> None:
    """Put caret and selection back; where the text has become shorter, at its end."""
    if caret is None:
        return
    if isinstance(widget, QLineEdit):
        start, at = (min(place, len(widget.text())) for place in caret)
        widget.setCursorPosition(at)
        if start != at:
            widget.setSelection(start, at - start)
    elif isinstance(widget, QPlainTextEdit):
        last = widget.document().characterCount() - 1
        cursor = widget.textCursor()
        cursor.setPosition(min(caret[0], last))
        cursor.setPosition(min(caret[1], last), QTextCursor.MoveMode.KeepAnchor)
        widget.setTextCursor(cursor)
