"""The line below a field that says what is typed there is not saved yet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ropa_app.i18n import _
from ropa_ui.models.unsaved import Kept
from ropa_ui.widgets.buttons import text_button
from ropa_ui.widgets.labels import IconLabel, Label, plain_tooltip


class NotSaved(QWidget):
    """“Not saved yet”, and why; `asked` tells that it is to be tried, or decided, now."""

    asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = Label("", "small", "warn", self)
        self._button = text_button("", parent=self)
        self._button.clicked.connect(self.asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(IconLabel("warning-fill", "warn", 14))
        row.addWidget(self._words)
        row.addWidget(self._button)
        row.addStretch(1)

    def say(self, kept: Kept) -> None:
        """Say why this one is not saved."""
        clashes = kept.clashes
        self._words.setText(
            _("Not saved: somebody else changed this field.") if clashes else _("Not saved yet.")
        )
        self._button.set_label(_("Show both values") if clashes else _("Try again now"))
        self.setToolTip(plain_tooltip(str(kept.error)))
