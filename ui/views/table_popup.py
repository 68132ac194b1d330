"""A panel that drops from a button: a line to search in, and a list under it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from ropa_ui.theme import colour, px

_MOVES = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchPopup(QFrame):
    """The cursor stays in the line; the arrow keys move in the list. Esc closes it."""

    def __init__(self, prompt: str, name: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(name)
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(prompt)
        self.line.setAccessibleName(prompt)
        self.line.setClearButtonEnabled(True)
        self.list = QListView(self)
        self.list.setAccessibleName(name)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(8, 8, 8, 8)
        self.column.setSpacing(6)
        self.column.addWidget(self.line)
        self.column.addWidget(self.list, 1)
        self.resize(px(340), px(420))
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self.search)
        self.list.clicked.connect(self.take)

    def search(self, text: str) -> None:
        """Show what holds the words typed."""
        raise NotImplementedError

    def take(self, index: QModelIndex) -> None:
        """A row was chosen."""
        raise NotImplementedError

    def back(self) -> bool:
        """Backspace in the empty line; True if that led somewhere."""
        return False

    def point_at(self, row: int) -> None:
        """Point at a row of the list."""
        index = self.list.model().index(row, 0)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    def popup(self, place: QPoint) -> None:
        """Show it below a point of the screen, or so that all of it is in sight."""
        screen = (QApplication.screenAt(place) or self.screen()).availableGeometry()
        x = max(screen.left(), min(place.x(), screen.right() - self.width()))
        y = max(screen.top(), min(place.y(), screen.bottom() - self.height()))
        self.move(x, y)
        self.show()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self.serve(event)
        return super().eventFilter(watched, event)

    def serve(self, event: QKeyEvent) -> bool:
        """What the keys of the line do to the list; True if they go no further."""
        if event.key() in _MOVES:
            QApplication.sendEvent(self.list, event)
            return True
        if event.key() in _ENTER:
            if self.list.currentIndex().isValid():
                self.take(self.list.currentIndex())
            return True
        return (
            event.key() == Qt.Key.Key_Backspace and not self.line.text() and self.back()
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("paper"))
        painter.setPen(QPen(colour("edge"), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
