"""Said while another program has a register for itself that is to be opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ropa_app.i18n import _
from ropa_ui.widgets.buttons import plain_button
from ropa_ui.widgets.dialog import Dialog
from ropa_ui.widgets.labels import ElidedLabel
from ropa_ui.widgets.progress_line import ThinBar

_AGAIN = 300  # milliseconds between two tries


class WaitingDialog(Dialog):
    """Over the window that is to show the register, until it is opened or given up.

    `time_to_try` comes again and again; whoever hears it closes the dialog when it is over.
    """

    time_to_try = Signal()

    def __init__(self, path: Path, parent: QWidget | None) -> None:
        sentence = _("It has this register in use. As soon as it is done, the register is opened.")
        super().__init__(_("Waiting for the other program"), sentence, parent, wide=460)
        bar = ThinBar(4, ground="hair", parent=self)
        bar.setAccessibleName(_("Waiting for the other program"))
        bar.set_fraction(None)
        self.body.addWidget(
            ElidedLabel(str(path), "body", "text", self, mode=Qt.TextElideMode.ElideMiddle)
        )
        self.body.addWidget(bar)
        cancel = self.add_button(plain_button(_("Cancel"), parent=self))
        cancel.clicked.connect(self.reject)
        self.set_first(cancel)
        again = QTimer(self)
        again.setInterval(_AGAIN)
        again.timeout.connect(self.time_to_try)
        again.start()
