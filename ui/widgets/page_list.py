"""The list of the pages: the one that is shown stands in sight, and it shows where more are."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QListView, QWidget

from ropa_app.i18n import N_, _
from ropa_ui import icons
from ropa_ui.theme import px, repaint_with_theme
from ropa_ui.widgets.labels import plain_tooltip

Index = QModelIndex | QPersistentModelIndex
_MARK = 16  # px: the height of a mark over or under the rows


class PageList(QListView):
    """Rows that scroll; where there is no room for a bar, marks say that there are more."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._marked = False
        self._above, self._below = _More(self, up=True), _More(self, up=False)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self._say_more)
        self.verticalScrollBar().rangeChanged.connect(self._say_more)

    def set_marked(self, marked: bool) -> None:
        """Show marks in place of a bar, or a bar."""
        self._marked = marked
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if marked else policy.ScrollBarAsNeeded
        )
        self.doItemsLayout()
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Keep room for the marks wherever rows are hidden, so that no row is under one."""
        rows = sum(self.sizeHintForRow(row) for row in range(self.model().rowCount()))
        room = px(_MARK) if self._marked and rows > self.height() else 0
        self.setViewportMargins(0, room, 0, room)
        for mark, top in ((self._above, 0), (self._below, self.height() - room)):
            mark.setGeometry(0, top, self.width(), room)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
        self._say_more()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.scrollTo(current)

    def _say_more(self, *_place: int) -> None:
        bar = self.verticalScrollBar()
        self._above.setVisible(self._marked and bar.value() > bar.minimum())
        self._below.setVisible(self._marked and bar.value() < bar.maximum())


class _More(QAbstractButton):
    """Says that there are more rows this way; pressed, it shows them."""

    def __init__(self, rows: QListView, *, up: bool) -> None:
        super().__init__(rows)
        self._rows, self._up = rows, up
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys are in the rows
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        words = _(N_("More pages above") if up else N_("More pages below"))
        self.setAccessibleName(words)
        self.setToolTip(plain_tooltip(words))
        self.clicked.connect(self._show)
        repaint_with_theme(self)
        self.hide()

    def _show(self) -> None:
        action = QAbstractSlider.SliderAction
        step = action.SliderPageStepSub if self._up else action.SliderPageStepAdd
        self._rows.verticalScrollBar().triggerAction(step)

    def sizeHint(self) -> QSize:
        return QSize(px(_MARK), px(_MARK))

    def paintEvent(self, event: QPaintEvent) -> None:
        size = px(12)
        spot = QRect((self.width() - size) // 2, (self.height() - size) // 2, size, size)
        icons.paint(QPainter(self), spot, "caret-up" if self._up else "caret-down", "text2")
