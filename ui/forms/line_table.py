"""The calm table of a field's lines: no grid, no scroll bar, as tall as what is in it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QToolTip, QWidget

from ropa_app.i18n import _
from ropa_ui.forms.line_cells import Cell
from ropa_ui.forms.line_model import CELL, LineModel, line_id
from ropa_ui.forms.line_paint import PAD, LineDelegate, is_tall
from ropa_ui.theme import colour, font, px, theme
from ropa_ui.widgets.labels import plain_tooltip

HEAD, LOW, TALL, FOLD = 26, 36, 46, 30
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CONTROL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class LineHead(QHeaderView):
    """Column heads: small, in the second ink, cut where room ends, a hairline below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setMinimumSectionSize(1)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(colour("hair"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        inner = rect.adjusted(px(PAD), 0, -px(PAD), -1)
        painter.setFont(font("column"))
        painter.setPen(colour("text2"))
        mode = Qt.TextElideMode.ElideRight
        shown = QFontMetrics(font("column")).elidedText(text, mode, inner.width())
        leading = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, int(leading), shown)


class LineTable(QTableView):
    """Paints lines and says what the keys ask for; whoever owns it does it.

    A widget may lie over a cell (`host`) and one below each line (`set_below`): rows grow for
    them.
    """

    edit_asked = Signal(int, int)
    typed = Signal(int, int, str)
    fold_asked = Signal(int)
    add_asked = Signal(int)
    move_asked = Signal(int, int)
    delete_asked = Signal(int)
    copy_asked = Signal(int)
    paste_asked = Signal(int, int)
    menu_asked = Signal(int, int, QPoint)

    def __init__(self, model: LineModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines = model
        self.read_only = False
        self._bases: dict[int, int] = {}
        self._below: dict[str, QWidget] = {}
        self._host: tuple[int, int, QWidget] | None = None
        self._hovered = -1
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.refit)
        self.setHorizontalHeader(LineHead(self))
        self.setModel(model)
        self.setItemDelegate(LineDelegate(self, self._bases))
        self._behave()
        theme.changed.connect(self._dress)
        self._dress()

    def _behave(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _dress(self) -> None:
        self.horizontalHeader().setFixedHeight(px(HEAD))
        self.viewport().update()
        self.refit()

    # Measures

    def refit(self) -> None:
        """Give columns and rows the sizes they need; the table is as tall as all of them."""
        self._later.stop()
        self._fit_columns()
        used = self.horizontalHeader().height() if self.lines.items else px(LOW)
        self.horizontalHeader().setVisible(bool(self.lines.items))
        self._bases.clear()
        for row in range(len(self.lines.items)):
            self._bases[row] = self._base(row)
            height = self._bases[row] + self._room_below(row)
            if self.rowHeight(row) != height:
                self.setRowHeight(row, height)
            used += height
        if self.height() != used or self.minimumHeight() != used:
            self.setFixedHeight(used)
        self._place_widgets()
        self.viewport().update()

    def _fit_columns(self) -> None:
        shown = self.lines.shown
        weights = sum(column.weight for column in shown) or 1
        left = self.viewport().width() - px(FOLD)
        for number, column in enumerate(shown):
            width = max(left * column.weight // max(weights, 1), 1)
            left, weights = left - width, weights - column.weight
            if self.columnWidth(number) != width:
                self.setColumnWidth(number, width)
        if shown and self.columnWidth(self.lines.fold) != px(FOLD):
            self.setColumnWidth(self.lines.fold, px(FOLD))
        self._span_states()

    def _span_states(self) -> None:
        """A state stands across the whole row."""
        for row, _item in enumerate(self.lines.items):
            wanted = self.lines.fold if self.lines.is_state(row) else 1
            if wanted and self.columnSpan(row, 0) != wanted:
                self.setSpan(row, 0, 1, wanted)

    def _base(self, row: int) -> int:
        widths = [self.columnWidth(column) for column in range(self.lines.fold)]
        if self.lines.is_state(row):
            widths = [sum(widths)]
        cells = (self.lines.cell(row, column) for column in range(len(widths)))
        tall = any(is_tall(cell, width) for cell, width in zip(cells, widths, strict=True))
        base = px(TALL if tall else LOW)
        if self._host and self._host[0] == row:
            base = max(base, _wanted(self._host[2], self._host_rect(row).width()) + 6)
        return base

    def _room_below(self, row: int) -> int:
        widget = self._below.get(line_id(self.lines.items[row]))
        return _wanted(widget, self.viewport().width()) + 8 if widget is not None else 0

    def _place_widgets(self) -> None:
        gone = [key for key in self._below if self.lines.row_of(key) < 0]
        for key in gone:
            self.set_below(key, None)
        for key, widget in self._below.items():
            row = self.lines.row_of(key)
            top = self.rowViewportPosition(row) + self._bases[row]
            height = _wanted(widget, self.viewport().width())
            widget.setGeometry(0, top, self.viewport().width(), height)
            widget.show()
        if self._host:
            row, _column, host = self._host
            area = self._host_rect(row)
            height = min(_wanted(host, area.width()), self._bases[row] - 2)
            top = area.top() + (self._bases[row] - 1 - height) // 2
            host.setGeometry(area.left(), top, area.width(), height)
            host.show()
            host.raise_()

    def _host_rect(self, row: int) -> QRect:
        """Where the editor of a cell may lie: wider than a narrow cell, within the table."""
        if not self._host:
            return QRect()
        _row, column, host = self._host
        cell = self.visualRect(self.lines.index(row, column))
        width = max(cell.width(), min(host.minimumSizeHint().width(), self.viewport().width()))
        left = min(cell.left(), self.viewport().width() - width)
        return QRect(max(left, 0), self.rowViewportPosition(row), width, cell.height())

    # Widgets over and below

    def set_host(self, row: int, column: int, host: QWidget | None) -> None:
        """Let a widget lie over a cell, or none over any."""
        if self._host:
            self._host[2].removeEventFilter(self)
        self._host = (row, column, host) if host is not None else None
        if host is not None:
            host.installEventFilter(self)
        self.refit()

    def set_below(self, line: str, widget: QWidget | None) -> None:
        """Let a widget lie below a line, or none; the one before is gone for good."""
        before = self._below.pop(line, None)
        if before is not None:
            before.removeEventFilter(self)
            before.hide()
            before.deleteLater()
        if widget is not None:
            self._below[line] = widget
            widget.installEventFilter(self)

    def below(self, line: str) -> QWidget | None:
        """The widget below a line."""
        return self._below.get(line)

    def children_as_read(self) -> list[QWidget]:
        """What lies over a cell, then what lies below the lines, from the first to the last."""
        below = [self._below[key] for key in sorted(self._below, key=self.lines.row_of)]
        return [self._host[2], *below] if self._host else below

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._later.start()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.refit()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        if not self.lines.items:
            self._paint_empty(painter)
        for row in range(len(self.lines.items)):
            self._paint_ground(painter, row)
        painter.end()
        super().paintEvent(event)

    def _paint_ground(self, painter: QPainter, row: int) -> None:
        top, base = self.rowViewportPosition(row), self._bases.get(row, 0)
        area = QRect(0, top, self.viewport().width(), base - 1)
        if row == self.currentIndex().row() and self.hasFocus():
            painter.fillRect(area, colour("sel"))
        elif row == self._hovered and not self._host:
            painter.fillRect(area, colour("hover"))
        painter.setPen(colour("hair"))
        painter.drawLine(0, top + base - 1, self.viewport().width(), top + base - 1)

    def _paint_empty(self, painter: QPainter) -> None:
        area = self.viewport().rect().adjusted(0, 0, 0, -1)
        if self.hasFocus():
            painter.fillRect(area, colour("sel"))
        painter.setFont(font("body"))
        painter.setPen(colour("text3"))
        inner = area.adjusted(px(PAD), 0, -px(PAD), 0)
        leading = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, int(leading), _("not stated"))
        painter.setPen(colour("hair"))
        painter.drawLine(0, area.bottom() + 1, area.width(), area.bottom() + 1)

    def column_key(self) -> str:
        """The column that the cursor is on; empty on the caret that folds, or on no line."""
        index = self.currentIndex()
        if not index.isValid() or index.column() >= self.lines.fold:
            return ""
        return self.lines.cell(index.row(), index.column()).key

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        left = event.button() == Qt.MouseButton.LeftButton
        if left and index.isValid() and index.column() == self.lines.fold:
            self.fold_asked.emit(index.row())
        elif left and not index.isValid() and not self.lines.items and not self.read_only:
            self.add_asked.emit(-1)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() != self.lines.fold:
            self.edit_asked.emit(index.row(), index.column())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if keyboard else self.indexAt(event.pos())
        if index.isValid():
            self.setCurrentIndex(index)
            place = self.visualRect(index).bottomLeft() if keyboard else event.pos()
            self.menu_asked.emit(index.row(), index.column(), self.viewport().mapToGlobal(place))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._tell_whole(event)
            return True
        return super().viewportEvent(event)

    def _tell_whole(self, event: QHelpEvent) -> None:
        """The whole of a cell, where some of it may be cut off."""
        index = self.indexAt(event.pos())
        cell = index.data(CELL) if index.isValid() else None
        said = "\n".join(filter(None, (cell.main, cell.second))) if isinstance(cell, Cell) else ""
        QToolTip.showText(event.globalPos(), plain_tooltip(said), self, self.visualRect(index))

    # Keys

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.lines.items:
            self.setCurrentIndex(self.lines.index(0, 0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def focusNextPrevChild(self, forward: bool) -> bool:
        if self.hasFocus() and self._step(forward):
            return True
        return super().focusNextPrevChild(forward)

    def _step(self, forward: bool) -> bool:
        """Go to the next or former cell; False at the ends, where Tab leads out of the table."""
        here = self.currentIndex()
        cells = list(self.cells())
        if not here.isValid() or (here.row(), here.column()) not in cells:
            return False
        at = cells.index((here.row(), here.column())) + (1 if forward else -1)
        if 0 <= at < len(cells):
            self.setCurrentIndex(self.lines.index(*cells[at]))
            return True
        return False

    def cells(self) -> Iterator[tuple[int, int]]:
        """Row and column of every cell, in reading order, the carets that fold included."""
        for row in range(len(self.lines.items)):
            if self.lines.is_state(row):
                yield row, 0
            else:
                yield from ((row, column) for column in range(self.lines.fold + 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if not self.hasFocus():  # it comes from an editor within, which had no use for it
            event.ignore()
        elif not self._serve(event, index) and not (index.isValid() and self._write(event, index)):
            self._move_or_pass(event)

    def _move_or_pass(self, event: QKeyEvent) -> None:
        """Arrows move; at the first and last line ↑ and ↓ go no further. The rest is not ours."""
        moves = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)
        if event.key() in (*moves, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _serve(self, event: QKeyEvent, index: QModelIndex) -> bool:
        row, key, with_ = index.row(), event.key(), event.modifiers()
        if event.matches(QKeySequence.StandardKey.Copy) and index.isValid():
            self.copy_asked.emit(row)
        elif index.isValid() and not with_ and self._folds(key, index):
            self.fold_asked.emit(row)
        elif self.read_only:
            return False
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_asked.emit(row, index.column())
        elif key in _ENTER and (with_ & _CONTROL or not self.lines.items):
            self.add_asked.emit(row)
        else:
            return index.isValid() and self._serve_line(event, index)
        return True

    def _folds(self, key: int, index: QModelIndex) -> bool:
        """Space anywhere in a line, Enter on the caret at its end."""
        return key == Qt.Key.Key_Space or (key in _ENTER and index.column() == self.lines.fold)

    def _serve_line(self, event: QKeyEvent, index: QModelIndex) -> bool:
        """Keys that change the line the cursor is in."""
        row, key, with_ = index.row(), event.key(), event.modifiers()
        if key in (*_ENTER, Qt.Key.Key_F2) and not with_ & ~Qt.KeyboardModifier.KeypadModifier:
            self.edit_asked.emit(row, index.column())
        elif with_ & _ALT and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_asked.emit(row, -1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Delete and not with_:
            self.delete_asked.emit(row)
        elif key == Qt.Key.Key_Period and with_ & _CONTROL:
            place = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
            self.menu_asked.emit(row, index.column(), place)
        else:
            return False
        return True

    def _write(self, event: QKeyEvent, index: QModelIndex) -> bool:
        """A letter typed on a cell begins to write in it."""
        text = event.text()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if self.read_only or not (plain and text.isprintable() and text.strip()):
            return False
        if index.column() == self.lines.fold:
            return False
        self.typed.emit(index.row(), index.column(), text)
        return True


def _wanted(widget: QWidget, width: int) -> int:
    """The height a widget needs at a width, in px."""
    layout = widget.layout()
    if layout is None:
        return widget.sizeHint().height()
    layout.activate()
    if layout.hasHeightForWidth():
        return layout.totalHeightForWidth(width)
    return layout.totalSizeHint().height()
