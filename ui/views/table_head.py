"""The head of the table: what is sorted by, columns to move and size, by mouse and by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from ropa_ui.icons import paint
from ropa_ui.theme import colour, font, px, theme

_PAD, _FIRST_PAD, _ARROW, _STEP, _LEAST = 10, 18, 12, 16, 48


class TableHead(QHeaderView):
    """Columns by number; the first stays where it is while the others scroll.

    Left and right go from column to column, Enter sorts, Alt+←/→ moves the column, Shift+←/→
    sizes it, F fits it, Down goes into the rows, the menu key opens the menu.
    """

    sort_asked = Signal(int)
    move_asked = Signal(int, int)
    fit_asked = Signal(int)
    menu_asked = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.sorted_by = -1
        self.descending = False
        self.at = 0
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(False)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(px(_LEAST))
        self.setFixedHeight(px(26) + 1)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.sectionClicked.connect(self.sort_asked)
        self.sectionHandleDoubleClicked.connect(self.fit_asked)
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.setFont(font("column"))
        self.setFixedHeight(px(26) + 1)
        self.viewport().update()

    def frozen_width(self) -> int:
        """Width of the first column, in px."""
        return self.sectionSize(0) if self.count() else 0

    def label(self, section: int) -> str:
        """The heading of a column."""
        return str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")

    def point_at(self, section: int) -> None:
        """Put the keyboard's place on a column."""
        self.at = max(0, min(section, self.count() - 1))
        self.setAccessibleDescription(self.label(self.at))
        self.viewport().update()

    # Painting

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        painter.fillRect(rect, colour("paper"))
        inner = rect.adjusted(px(_PAD if section else _FIRST_PAD), 0, -px(_PAD), -1)
        text = self.label(section)
        room = inner.width()
        if section == self.sorted_by:
            room -= px(_ARROW) + 4
        used = font("column")
        shown = QFontMetrics(used).elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.setFont(used)
        painter.setPen(colour("text" if section == self.sorted_by else "text2"))
        painter.drawText(inner, int(_LEADING), shown)
        if section == self.sorted_by:
            wide = QFontMetrics(used).horizontalAdvance(shown)
            spot = QRectF(inner.left() + wide + 4, inner.center().y() - px(_ARROW) / 2 + 1,
                          px(_ARROW), px(_ARROW))  # fmt: skip
            paint(painter, spot, "caret-down" if self.descending else "caret-up", "text")
        painter.setPen(colour("hair"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(colour("edge"))
        painter.drawLine(rect.right(), rect.top() + 7, rect.right(), rect.bottom() - 7)
        if self.hasFocus() and section == self.at:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -2, -2), 4, 4)
        painter.restore()

    def paintEvent(self, event: object) -> None:
        super().paintEvent(event)  # type: ignore[arg-type]
        if self.offset() > 0 and self.count():
            painter = QPainter(self.viewport())
            area = QRect(0, 0, self.frozen_width(), self.height())
            self.paintSection(painter, area, 0)
            painter.setPen(colour("edge"))
            painter.drawLine(area.topRight(), area.bottomRight())

    # Mouse: the first column covers those that are scrolled under it

    def _on_frozen(self, event: QMouseEvent) -> bool:
        edge = self.frozen_width() - 4
        return self.offset() > 0 and event.position().x() < edge

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._on_frozen(event):
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._on_frozen(event):
            super().mouseReleaseEvent(event)
        elif event.button() == Qt.MouseButton.LeftButton:
            self.sort_asked.emit(0)

    # Keyboard

    def event(self, event: QEvent) -> bool:
        # Alt with an arrow moves a column here; elsewhere the window goes back and forward with it.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._serve(event):
            super().keyPressEvent(event)

    def _serve(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers()
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key), 0)
        if step and held & Qt.KeyboardModifier.AltModifier:
            self.move_asked.emit(self.at, self.at + step)
        elif step and held & Qt.KeyboardModifier.ShiftModifier:
            size = self.sectionSize(self.at) + step * px(_STEP)
            self.resizeSection(self.at, max(px(_LEAST), size))
        elif step:
            self.point_at(self.at + step)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.sort_asked.emit(self.at)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Escape):
            self.left.emit()
        elif key == Qt.Key.Key_F:
            self.fit_asked.emit(self.at)
        elif key == Qt.Key.Key_Menu:
            self.menu_asked.emit(self.at)
        else:
            return False
        return True

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.point_at(self.at)

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.viewport().update()


_LEADING = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
