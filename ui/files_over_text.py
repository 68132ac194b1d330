"""Files dragged over text fields: they are for what takes files, never text in a field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QDragEnterEvent, QWindow
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

_OVER = (QEvent.Type.DragLeave, QEvent.Type.Drop)


class FilesOverText(QObject):
    """While files are dragged over a window, its text fields leave them to what stands behind.

    Qt asks the field alone on which they are dropped, and a field would take their addresses as
    text; so it is told beforehand. Dragged words still go into fields.
    """

    def __init__(self, window: QWidget, handle: QWindow) -> None:
        super().__init__(window)
        self._window = window
        self._fields: list[QWidget] = []
        handle.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
            if event.mimeData().hasUrls():
                self._hold_back()
        elif event.type() in _OVER and self._fields:
            QTimer.singleShot(0, self, self._release)  # once the window has dealt with it
        return False

    def _hold_back(self) -> None:
        kinds = (QLineEdit, QPlainTextEdit)
        fields = (field for kind in kinds for field in self._window.findChildren(kind))
        for field in fields:
            if field.acceptDrops():
                field.setAcceptDrops(False)
                self._fields.append(field)

    def _release(self) -> None:
        for field in self._fields:
            if isValid(field):
                field.setAcceptDrops(True)
        self._fields.clear()
