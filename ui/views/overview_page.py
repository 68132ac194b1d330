"""Where the parts of the overview stand, by the width there is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QLayout, QVBoxLayout, QWidget

from ropa_app.i18n import _
from ropa_ui.theme import px
from ropa_ui.views.overview_parts import SectionHead, Skeleton, inset
from ropa_ui.widgets.labels import Label
from ropa_ui.widgets.map_view import MapView
from ropa_ui.widgets.press_row import PAD

TWO_COLUMNS = 960  # px of the page from which map and changes stand at the right
MARGIN = 36 - PAD  # rows lie that much further out than their text
WIDEST = 1320  # px of the content, so that lines stay readable on a wide screen
_RIGHT = (310, 400)  # px of the right column, least and most
_NO_LIMIT = 16777215  # Qt's own greatest width


class Page(QWidget):
    """The parts of the page and where they stand, by its width."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.subtitle = Label("", "body", "text2", wrap=True)
        self.needs_head = SectionHead(_("Needs you today"), _("All checks"))
        self.map_head = SectionHead(_("Where the data goes"), _("Transfers"))
        self.changes_head = SectionHead(_("Changed this week"), _("History"))
        self.map = MapView()
        self.no_transfers = note(_("No transfer is recorded."))
        self.no_transfers.hide()
        self.needs, self.changes, self._state = _column(), _column(), QGridLayout()
        self._blocks: list[QWidget] = []
        self._room = 0  # until it is arranged; what is read may come before
        self._state.setContentsMargins(0, px(14), 0, 0)
        self._state.setVerticalSpacing(px(24))
        wait = _("The register is being checked")
        self.needs.addWidget(Skeleton(4, 56, wait))
        self.changes.addWidget(Skeleton(3, 50, wait))
        self._state.addWidget(Skeleton(6, 25, wait), 0, 0)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(px(26))
        self._lay_out()
        self._columns = 0

    def _lay_out(self) -> None:
        left = _column()
        left.addWidget(self.needs_head)
        left.addLayout(self.needs)
        left.addSpacing(px(22))
        left.addWidget(SectionHead(_("State of the register")))
        left.addLayout(self._state)
        left.addStretch(1)
        where = _column()
        where.addWidget(self.map_head)
        where.addSpacing(px(12))
        where.addWidget(self.map)
        where.addWidget(self.no_transfers)
        where.addStretch(1)
        changed = _column()
        changed.addWidget(self.changes_head)
        changed.addLayout(self.changes)
        changed.addStretch(1)
        self._left, self._where, self._changed = (_box(c, self) for c in (left, where, changed))
        self._whole = whole = QVBoxLayout(self)
        whole.setContentsMargins(px(MARGIN), px(28), px(MARGIN), px(MARGIN))
        whole.setSpacing(0)
        whole.addWidget(inset(Label(_("Overview"), "title")))
        whole.addWidget(inset(self.subtitle))
        whole.addSpacing(px(22))
        whole.addLayout(self._grid)
        whole.addStretch(1)

    def show_state(self, made: Sequence[QWidget]) -> None:
        """Show these blocks side by side, as many as there is room for."""
        clear(self._state)
        self._blocks = list(made)
        self._place_blocks()

    def arrange(self, width: int) -> None:
        """Two columns where there is room, else one under the other."""
        extra = max(width - px(WIDEST) - 2 * px(MARGIN), 0)
        self._whole.setContentsMargins(px(MARGIN), px(28), px(MARGIN) + extra, px(MARGIN))
        room = width - 2 * px(MARGIN) - extra
        two = width >= px(TWO_COLUMNS)
        right = min(max(round(room * 0.345), px(_RIGHT[0])), px(_RIGHT[1]))
        gap = px(44 if room > px(1050) else 36) - 2 * PAD
        self._grid.setHorizontalSpacing(gap)
        if two:
            self._put((self._left, 0, 0, 2, 1), (self._where, 0, 1, 1, 1),
                      (self._changed, 1, 1, 1, 1))  # fmt: skip
        else:
            self._put((self._left, 0, 0, 1, 2), (self._where, 1, 0, 1, 1),
                      (self._changed, 1, 1, 1, 1))  # fmt: skip
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 0 if two else 1)
        for beside in (self._where, self._changed):
            # Halves that may shrink: a scroll bar that appears takes some of their width.
            beside.setMinimumWidth(right if two else 1)
            beside.setMaximumWidth(right if two else _NO_LIMIT)
        self._room = room - right - gap if two else room
        self._place_blocks()

    def _put(self, *places: tuple[QWidget, int, int, int, int]) -> None:
        for widget, row, column, rows, columns in places:
            self._grid.removeWidget(widget)
            self._grid.addWidget(widget, row, column, rows, columns)
        self._grid.setRowStretch(1, 1)

    def _place_blocks(self) -> None:
        """Three blocks in a line; fewer where they would get too narrow."""
        self._state.setHorizontalSpacing(px(36 if self._room > px(660) else 22) - 2 * PAD)
        columns = 3 if self._room >= px(540) else 2 if self._room >= px(400) else 1
        for place, block in enumerate(self._blocks):
            self._state.removeWidget(block)
            row, column = divmod(place, columns)
            self._state.addWidget(block, row, column)
        for column in range(3):
            self._state.setColumnStretch(column, 1 if column < columns and self._blocks else 0)


def _column() -> QVBoxLayout:
    made = QVBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(0)
    return made


def _widgets(layout: QLayout) -> list[QWidget]:
    items = (layout.itemAt(place) for place in range(layout.count()))
    found = (item.widget() for item in items if item is not None)
    return [widget for widget in found if widget is not None]


def _box(layout: QLayout, parent: QWidget) -> QWidget:
    made = QWidget(parent)
    made.setLayout(layout)
    return made


def note(text: str) -> Label:
    made = Label(text, "body", "text2", wrap=True)
    made.setContentsMargins(PAD, px(14), PAD, px(14))
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and away."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
