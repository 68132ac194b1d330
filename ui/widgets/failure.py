"""Why something could not be done, above the buttons of a dialog that stays open."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from ropa_ui.widgets.clearing import clear
from ropa_ui.widgets.finding import FindingBar


class Failure(QVBoxLayout):
    """Takes no room until there is something to say."""

    def say(self, sentence: str) -> None:
        """Say this, in the place of what was said before."""
        self.clear()
        self.setContentsMargins(0, 10, 0, 0)
        self.addWidget(FindingBar("error", sentence))

    def clear(self) -> None:
        """Put away what was said: it is tried again."""
        clear(self)
        self.setContentsMargins(0, 0, 0, 0)
