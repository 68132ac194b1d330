"""Findings under the field they concern."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ropa_app.i18n import _
from ropa_ui.models.checks import Row, article_of
from ropa_ui.widgets.buttons import text_button
from ropa_ui.widgets.clearing import clear
from ropa_ui.widgets.finding import FindingBar
from ropa_ui.widgets.labels import plain_tooltip

SHOWN = 2


class FindingStack(QWidget):
    """One bar per finding; more than two fold into “2 more”."""

    remedied = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 3, 0, 0)
        self._layout.setSpacing(4)
        self._rows: list[Row] = []
        self._unfolded = False
        self.hide()

    def show_rows(self, rows: list[Row]) -> None:
        """Show these findings; nothing is built anew if they are the same as before."""
        if rows == self._rows:
            return
        self._rows = rows
        self._unfolded = False
        self._fill()

    def _fill(self) -> None:
        clear(self._layout)
        shown = self._rows if self._unfolded else self._rows[:SHOWN]
        for row in shown:
            self._layout.addWidget(self._bar(row))
        hidden = len(self._rows) - len(shown)
        if hidden:
            more = text_button(_("{count} more").format(count=hidden), parent=self)
            more.clicked.connect(self._unfold)
            self._layout.addWidget(more)
        self.setVisible(bool(self._rows))

    def _unfold(self) -> None:
        self._unfolded = True
        self._fill()

    def _bar(self, row: Row) -> FindingBar:
        bar = FindingBar(row.severity, row.sentence, article_of(row), "", self)
        bar.setToolTip(plain_tooltip(row.remedy))
        bar.remedied.connect(partial(self.remedied.emit, row))
        return bar
