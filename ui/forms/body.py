"""What scrolls in a form: what its facts come to, its fields, and what stands beside them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ropa_ui.forms.line_table import LineTable
from ropa_ui.theme import px
from ropa_ui.widgets.press_row import PAD
from ropa_ui.widgets.section import SectionHeader

TWO_COLUMNS = 740  # px of the form from which fields and what goes with them stand side by side
_SHARE, _BESIDE = 0.37, (292, 420)  # of the width, and px at least and at most
_NO_LIMIT = 16777215  # Qt's own greatest width
_GAP = 30  # px between the columns, to the grounds of the rows at the right


class FormBody(QWidget):
    """`head` and `fields` under each other; a panel beside them, or between them if narrow.

    The panel stands `PAD` further out than they do, for the grounds of its rows. From the first
    section on that has a table of lines and is not the first of all, sections stand below both
    columns: a table needs the whole width. `parted` tells that one column has become two, or two
    one.
    """

    parted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("formBody")
        self.head, self.fields, self._below = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self._left = QVBoxLayout()
        self._left.setSpacing(0)
        for part in (self.head, self.fields, self._below):
            part.setContentsMargins(PAD, 0, PAD, 0)
            part.setSpacing(0)
        self._left.addLayout(self.head)
        self._left.addLayout(self.fields, 1)
        self._row = QHBoxLayout()
        self._row.setSpacing(0)
        self._row.addLayout(self._left, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(28 - PAD, 14, 24 - PAD, 36)
        whole.setSpacing(0)
        whole.addLayout(self._row)
        whole.addLayout(self._below, 1)
        self._beside: QWidget | None = None
        self._two = False

    def set_beside(self, panel: QWidget) -> None:
        """Have a panel stand beside the fields where there is room."""
        self._beside = panel
        self._left.insertWidget(1, panel)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Two columns where there is room for them, else one; their order stays."""
        panel = self._beside
        if panel is None:
            return
        if not self._below.count():
            self._part()
        two = self.width() >= px(TWO_COLUMNS)
        if two != self._two:
            self._two = two
            self._move(panel)
            self.parted.emit()
        least, most = px(_BESIDE[0]), px(_BESIDE[1])
        wide = min(max(round(self.width() * _SHARE), least), most) if two else 0
        panel.setMinimumWidth(wide)
        panel.setMaximumWidth(wide or _NO_LIMIT)

    def _part(self) -> None:
        """Put what needs the whole width below; it stays there, also where there is no column."""
        first = self._first_below()
        while first < self.fields.count():
            item = self.fields.takeAt(first)
            if item is not None:
                self._below.addItem(item)  # the item itself: Qt tells only it of new heights

    def _first_below(self) -> int:
        """The place in `fields` of the head of the first section that stands below."""
        headers = 0
        place = self.fields.count()
        for number in range(self.fields.count()):
            item = self.fields.itemAt(number)
            widget = item.widget() if item is not None else None
            if isinstance(widget, SectionHeader):
                headers, place = headers + 1, number
            elif widget is not None and headers > 1 and widget.findChild(LineTable) is not None:
                return place
        return self.fields.count()

    def _move(self, panel: QWidget) -> None:
        """Between layouts, not between parents: what has the keyboard keeps it."""
        if self._two:
            self._left.removeWidget(panel)
            self._row.addSpacing(px(_GAP))
            self._row.addWidget(panel)
        else:
            self._row.removeWidget(panel)
            self._row.takeAt(self._row.count() - 1)
            self._left.insertWidget(1, panel)
