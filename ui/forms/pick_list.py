"""The list that opens under a field to choose from, shared by every editor that chooses.

It lies in the window of the field, not in one of its own, and never takes the keyboard: the cursor
stays in the field, and ui/forms/picker.py tells the list where to go.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QListView, QSizePolicy, QVBoxLayout, QWidget

from ropa_ui.forms.entries import Entry
from ropa_ui.forms.entry_model import EntryModel, spoken
from ropa_ui.forms.pick_row import ENTRY, PickRow, row_height
from ropa_ui.theme import colour, px
from ropa_ui.widgets.hairline import Hairline
from ropa_ui.widgets.labels import Label

_MOST_ROWS, _LEAST_ROWS = 10, 2
_SHADOW, _DROP, _RADIUS, _PADDING = 14, 4, 8, 4
_LEAST_WIDTH, _LEAST_WIDTH_TALL, _GAP = 320, 440, 3


class _Rows(QListView):
    """Rows that are chosen with the mouse, without taking the cursor out of the field."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.entries = EntryModel(self)
        self.row = PickRow(self)
        self.setModel(self.entries)
        self.setItemDelegate(self.row)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalScrollBar().setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def fit(self, rows: int) -> None:
        """Be as high as so many rows."""
        self.setFixedHeight(min(rows, len(self.entries.entries)) * row_height(self.row.tall))
        self.setVisible(bool(self.entries.entries))

    def point_at(self, row: int) -> None:
        """Select a row; none for -1."""
        index = self.entries.index(row) if row >= 0 else QModelIndex()
        self.setCurrentIndex(index)
        if row >= 0:
            self.scrollTo(index)
        else:
            self.clearSelection()


class PickList(QWidget):
    """Entries above, what can be made anew below a line; one of them is pointed at, or none."""

    chosen = Signal(object)

    def __init__(self, field: QWidget) -> None:
        super().__init__(field.window())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._field = field
        self._current = -1
        self._note = Label("", "small", "text3", self, wrap=True)
        self._note.setContentsMargins(px(10), px(4), px(10), px(4))
        self._rows, self._makers = _Rows(self), _Rows(self)
        self._line = Hairline(self)
        layout = QVBoxLayout(self)
        edge = _SHADOW + _PADDING
        layout.setContentsMargins(edge, _PADDING + _SHADOW - _DROP, edge, edge)
        layout.setSpacing(_PADDING)
        for part in (self._rows, self._note, self._line, self._makers):
            layout.addWidget(part)
        self._rows.clicked.connect(self._clicked)
        self._makers.clicked.connect(self._clicked)

    # What is shown

    def offer(self, entries: list[Entry], makers: list[Entry], asked: str, note: str) -> None:
        """Show entries, and below them what can be made; a note where there are no entries."""
        self._rows.row.tall = any(entry.detail for entry in entries)
        self._rows.entries.show(entries, asked)
        self._makers.entries.show(makers, asked)
        self._note.setText(note)
        self._note.setVisible(not entries and bool(note))
        self._line.setVisible(bool(makers) and (bool(entries) or bool(note)))
        self._place()

    def _place(self) -> None:
        """Under the field, or above it where there is more room; as many rows as fit."""
        window = self._field.window()
        top = self._field.mapTo(window, QPoint(0, 0))
        above = top.y() - _GAP
        below = window.height() - top.y() - self._field.height() - _GAP
        wanted = self._height_with(_MOST_ROWS)
        under = wanted <= below or below >= above
        room = below if under else above
        each = row_height(self._rows.row.tall)
        rows = (room - self._height_with(0)) // each
        height = self._height_with(max(_LEAST_ROWS, min(_MOST_ROWS, rows)))
        y = top.y() + self._field.height() + _GAP if under else top.y() - _GAP - height
        least = _LEAST_WIDTH_TALL if self._rows.row.tall else _LEAST_WIDTH
        width = min(max(self._field.width(), px(least)), window.width() - 8)
        x = max(4, min(top.x(), window.width() - width - 4))
        panel = QRect(x, y, width, height)
        self.setGeometry(panel.adjusted(-_SHADOW, -(_SHADOW - _DROP), _SHADOW, _SHADOW))

    def _height_with(self, rows: int) -> int:
        """Height of the panel with so many rows of entries."""
        self._rows.fit(rows)
        self._makers.fit(_MOST_ROWS)
        shown = [part for part in (self._rows, self._makers) if part.entries.entries]
        heights = [part.height() for part in shown]
        heights += [self._note.sizeHint().height()] if not self._note.isHidden() else []
        heights += [self._line.height()] if not self._line.isHidden() else []
        return sum(heights) + _PADDING * (len(heights) + 1)

    def panel(self) -> QRect:
        """The list without its shadow, in the window."""
        return self.geometry().adjusted(_SHADOW, _SHADOW - _DROP, -_SHADOW, -_SHADOW)

    # Pointing and choosing

    @property
    def entries(self) -> list[Entry]:
        """All rows, those that make something anew at the end."""
        return [*self._rows.entries.entries, *self._makers.entries.entries]

    def current(self) -> Entry | None:
        """The entry pointed at."""
        return self.entries[self._current] if self._current >= 0 else None

    def point_at(self, row: int) -> None:
        """Point at a row and have screen readers say it; at none for -1."""
        self._current = row if row < len(self.entries) else -1
        first = len(self._rows.entries.entries)
        self._rows.point_at(self._current if self._current < first else -1)
        self._makers.point_at(self._current - first if self._current >= first else -1)
        entry = self.current()
        if entry is not None and QAccessible.isActive():
            QAccessible.updateAccessibility(
                QAccessibleAnnouncementEvent(self._field, spoken(entry))
            )

    def move(self, step: int) -> None:  # type: ignore[override]
        """Point so many rows further; a single step goes round at the ends."""
        count = len(self.entries)
        if not count:
            return
        row = self._current + step
        if self._current < 0:
            row = 0 if step > 0 else count - 1
        elif abs(step) == 1:
            row %= count
        self.point_at(max(0, min(row, count - 1)))

    def _clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(ENTRY))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        panel = QRectF(self.panel().translated(-self.pos()))
        painter.setPen(Qt.PenStyle.NoPen)
        ink = QColor(colour("shadow"))
        ink.setAlphaF(ink.alphaF() / _SHADOW)
        painter.setBrush(ink)
        for reach in range(_SHADOW - _DROP):
            grown = panel.adjusted(-reach, -reach, reach, reach).translated(0, _DROP)
            painter.drawRoundedRect(grown, _RADIUS + reach, _RADIUS + reach)
        painter.setBrush(colour("paper"))
        painter.setPen(QPen(colour("edge"), 1))
        painter.drawRoundedRect(panel.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
