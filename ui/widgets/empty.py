"""What stands in a pane that has nothing to show: what this is, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ropa_ui.theme import px
from ropa_ui.widgets.buttons import Button, primary_button, text_button
from ropa_ui.widgets.labels import Label

_WIDEST = 400


class EmptyState(QWidget):
    """Heading, one sentence, one primary button, one text link; either of the last may be ""."""

    primary = Signal()
    secondary = Signal()

    def __init__(
        self,
        heading: str,
        sentence: str,
        primary_text: str = "",
        link_text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.heading = Label(heading, "pane", wrap=True)
        self.sentence = Label(sentence, "body", "text2", wrap=True)
        self.primary_button = primary_button(primary_text) if primary_text else None
        self.link = text_button(link_text) if link_text else None
        self.setAccessibleName(heading)
        self.setAccessibleDescription(sentence)
        self._lay_out()

    def set_texts(self, heading: str, sentence: str) -> None:
        """Say something else, for example that a filter hides everything."""
        self.heading.setText(heading)
        self.sentence.setText(sentence)
        self.setAccessibleName(heading)
        self.setAccessibleDescription(sentence)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(0)
        column.addStretch(2)
        self._add_words(column)
        if self.primary_button is not None:
            self.primary_button.clicked.connect(self.primary)
            _add_button(column, self.primary_button, 20)
        if self.link is not None:
            self.link.clicked.connect(self.secondary)
            _add_button(column, self.link, 8)
        column.addStretch(3)  # a little above the middle looks centred

    def _add_words(self, column: QVBoxLayout) -> None:
        for label in (self.heading, self.sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setMaximumWidth(px(_WIDEST))
        column.addLayout(_centred(self.heading))
        column.addSpacing(6)
        column.addLayout(_centred(self.sentence))


def _add_button(column: QVBoxLayout, button: Button, before: int) -> None:
    column.addSpacing(before)
    column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)


def _centred(label: Label) -> QHBoxLayout:
    """The label in the middle and as wide as it may be: wrapping needs a width to go by."""
    line = QHBoxLayout()
    line.addStretch(1)
    line.addWidget(label, 1000)
    line.addStretch(1)
    return line
