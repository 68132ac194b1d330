"""Findings directly under the line they concern."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ropa_app.i18n import N_, _
from ropa_app.model.field import Field
from ropa_app.model.words import Words
from ropa_ui.models.checks import Row, article_of
from ropa_ui.widgets.buttons import text_button
from ropa_ui.widgets.clearing import clear
from ropa_ui.widgets.finding import FindingBar
from ropa_ui.widgets.labels import plain_tooltip

SHOWN = 2


class LineFindings(QWidget):
    """Two findings at most until the rest is asked for; the button of each names its column.

    Where there is little room (`short`) the buttons only say “Show”.
    """

    cell_asked = Signal(str, str)

    def __init__(self, field: Field, words: Words, parent: QWidget, short: bool = False) -> None:
        super().__init__(parent)
        self._field = field
        self._words = words
        self._short = short
        self._rows: list[Row] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 6, 0, 0)
        self._layout.setSpacing(4)

    @property
    def rows(self) -> list[Row]:
        """The findings, the gravest first."""
        return self._rows

    def show_rows(self, rows: list[Row], words: Words) -> None:
        """Show these findings; nothing is built anew if they are the same as before."""
        if rows != self._rows:
            self._rows, self._words = rows, words
            self._fill(SHOWN)

    def _unfold(self) -> None:
        self._fill(len(self._rows))

    def _fill(self, most: int) -> None:
        clear(self._layout)
        for row in self._rows[:most]:
            self._layout.addWidget(self._bar(row, self._words))
        hidden = len(self._rows) - most
        if hidden > 0:
            more = text_button(_("{count} more").format(count=hidden), parent=self)
            more.clicked.connect(self._unfold)
            self._layout.addWidget(more)
        self.setVisible(bool(self._rows))

    def _bar(self, row: Row, words: Words) -> FindingBar:
        _field, line, column, *_rest = [*row.field.split("."), "", ""]
        known = [each for each in self._field.columns if each.key == column]
        text = _remedy(known[0], words) if known else _("Show the line")
        text = _("Show") if self._short else text
        bar = FindingBar(row.severity, row.sentence, article_of(row), text, self)
        bar.setToolTip(plain_tooltip(row.remedy))
        bar.remedied.connect(partial(self.cell_asked.emit, line, column))
        return bar


def _remedy(column: Field, words: Words) -> str:
    """What a button that leads into a column says that is done there."""
    if column.key in _REMEDIES:
        return words.say(_REMEDIES[column.key])
    chosen = column.kind in ("term", "terms", "link", "links", "country", "countries", "line_links")
    return words.say(N_("Choose") if chosen else N_("Fill in"))


_REMEDIES = {
    "role": N_("Choose the role"),
    "party": N_("Choose the party"),
    "legal_basis": N_("Choose the legal basis"),
    "purpose": N_("Choose the purpose"),
    "categories": N_("Choose the data"),
    "subject": N_("Choose the people"),
    "mechanism": N_("Choose the mechanism"),
    "retention": N_("State how long"),
    "agreement": N_("Choose the agreement"),
}
