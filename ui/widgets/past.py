"""The strip under the toolbar that says the past is shown."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ropa_app.i18n import _, current_language
from ropa_app.model.dates import date_words
from ropa_ui.widgets.strip import Strip


class PastStrip(Strip):
    """“As at 20 Nov 2026, read only”, and the way back."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Back to today"), "asoft", parent)
        self.back_asked = self.asked

    def say(self, as_at: str) -> None:
        """Show the day (ISO); nothing hides the strip."""
        day = date_words(as_at[:10], current_language()) if as_at else ""
        super().say(_("As at {day}, read only").format(day=day) if day else "")
