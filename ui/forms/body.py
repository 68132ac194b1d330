"""What scrolls in a form: what its facts come to, its fields, and what stands beside them."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ropa_ui.theme import px
from ropa_ui.widgets.press_row import PAD

TWO_COLUMNS = 780  # px of the form from which fields and what goes with them stand side by side
_SHARE, _BESIDE = 0.37, (292, 420)  # of the width, and px at least and at most
_NO_LIMIT = 16777215  # Qt's own greatest width
_GAP = 30  # px between the columns, to the grounds of the rows at the right


class FormBody(QWidget):
    """`head` and `fields` under each other; a panel beside them, or between them if narrow.

    The panel stands `PAD` further out than they do, for the grounds of its rows.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("formBody")
        self.head, self.fields = QVBoxLayout(), QVBoxLayout()
        self._left = QVBoxLayout()
        self._left.setSpacing(0)
        for part in (self.head, self.fields):
            part.setContentsMargins(PAD, 0, PAD, 0)
            part.setSpacing(0)
        self._left.addLayout(self.head)
        self._left.addLayout(self.fields, 1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(28 - PAD, 14, 24 - PAD, 36)
        self._row.setSpacing(0)
        self._row.addLayout(self._left, 1)
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
        two = self.width() >= px(TWO_COLUMNS)
        if two != self._two:
            self._two = two
            self._move(panel)
        least, most = px(_BESIDE[0]), px(_BESIDE[1])
        wide = min(max(round(self.width() * _SHARE), least), most) if two else 0
        panel.setMinimumWidth(wide)
        panel.setMaximumWidth(wide or _NO_LIMIT)

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
