"""The safeguards under one regime: what is relied on, then the fallbacks."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ropa_app.i18n import _
from ropa_ui.forms.safeguard_block import SafeguardBlock
from ropa_ui.widgets.buttons import text_button
from ropa_ui.widgets.clearing import clear
from ropa_ui.widgets.labels import ElidedLabel, Label


class SafeguardColumn(QWidget):
    """Holds the blocks of a regime; one that does not apply says why in their place."""

    add_asked = Signal(str)

    def __init__(self, regime: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.regime = regime
        self._read_only = False
        self.reason = Label("", "body", "text2", self, wrap=True)
        self.reason.hide()
        self._fallbacks = Label(_("Fallbacks"), "column", "text2", self)
        self._relied = QVBoxLayout()
        self._others = QVBoxLayout()
        self._title = title
        self.add_button = text_button(_("Add safeguard"), "plus", self)
        self.set_tight(False)
        self.add_button.clicked.connect(self._ask)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        head = QHBoxLayout()
        law = title.partition(" (")[0]  # of “GDPR (EU/EEA)”: where it applies goes first
        head.addWidget(ElidedLabel(title, "heading", "text", self, short=law), 1)
        head.addWidget(self.add_button)
        layout.addLayout(head)
        layout.addWidget(self.reason)
        layout.addLayout(self._relied)
        layout.addWidget(self._fallbacks)
        layout.addLayout(self._others)
        layout.addStretch(1)
        for part in (self._relied, self._others):
            part.setSpacing(0)

    def set_tight(self, tight: bool) -> None:
        """Leave the head of the column to its name: the button is its icon alone."""
        word = _("Add safeguard")
        self.add_button.set_label("" if tight else word)
        self.add_button.setToolTip(word if tight else "")
        self.add_button.setAccessibleName(f"{word}, {self._title}")

    def empty(self) -> None:
        """Take all blocks away."""
        clear(self._relied)
        clear(self._others)

    def add(self, block: SafeguardBlock, fallback: bool) -> None:
        """Stand a block where it belongs."""
        (self._others if fallback else self._relied).addWidget(block)

    def show_state(self, reason: str, read_only: bool) -> None:
        """Say why the regime does not apply, if it does not, and offer what can be done."""
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        self._fallbacks.setVisible(self._others.count() > 0)
        self.add_button.setVisible(not reason and not read_only)

    def _ask(self) -> None:
        self.add_asked.emit(self.regime)
