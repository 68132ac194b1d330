"""The frame of a dialog: a heading, a sentence, what it is about, its buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ropa_ui import reading_order
from ropa_ui.theme import px
from ropa_ui.widgets.buttons import Button
from ropa_ui.widgets.failure import Failure
from ropa_ui.widgets.labels import Label

_WIDE = 560


class Dialog(QDialog):
    """Goes with its parent, is gone when closed, and closes with Esc."""

    def __init__(
        self, heading: str, sentence: str, parent: QWidget | None, wide: int = _WIDE
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(heading)
        self.setMinimumWidth(min(px(wide), 860))
        self._first: QWidget | None = None
        self.heading = Label(heading, "pane", "text", self, wrap=True)
        self.sentence = Label("", "body", "text2", self, wrap=True)
        self.say(sentence)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        self.failure = Failure()
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(6)
        column.addWidget(self.heading)
        column.addWidget(self.sentence)
        column.addSpacing(8)
        column.addLayout(self.body, 1)
        column.addLayout(self.failure)
        column.addSpacing(10)
        column.addLayout(self._buttons)

    def add_button(self, button: Button) -> Button:
        """Put a button at the foot, after those there."""
        self._buttons.addWidget(button)
        return button

    def say(self, sentence: str) -> None:
        """Show this sentence below the heading."""
        self.setAccessibleDescription(sentence)
        self.sentence.setText(sentence)
        self.sentence.setHidden(not sentence)

    def open_unasked(self, safe: QWidget | None = None) -> None:
        """Open by itself: what is being typed chooses nothing.

        The keyboard is on a control that decides nothing yet, or else begins with Tab.
        """
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for button in self.findChildren(Button):
            button.setAutoDefault(False)
            button.setDefault(False)
        self.set_first(safe or self)
        self.open()

    def set_first(self, widget: QWidget) -> None:
        """The control that has the focus when the dialog opens."""
        self._first = widget

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab goes through the dialog as it is read."""
        return reading_order.step(self, forwards)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.TabFocusReason)
