"""What is said over a window while it waits: for another program, the past, or its own writing."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ropa_app.i18n import _, current_language
from ropa_app.model.dates import date_words
from ropa_ui.widgets.busy_dialog import BusyDialog
from ropa_ui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from ropa_ui.main_window import MainWindow
    from ropa_ui.models.session import Session

_AGAIN = 300  # milliseconds between two tries
PATIENCE = 400  # milliseconds of reading before anything is said of it


class WaitingDialog(BusyDialog):
    """Over the window that is to show the register, until it is opened or given up.

    `time_to_try` comes again and again; whoever hears it closes the dialog when it is over.
    """

    time_to_try = Signal()

    def __init__(self, path: Path, parent: QWidget | None) -> None:
        sentence = _("It has this register in use. As soon as it is done, the register is opened.")
        super().__init__(_("Waiting for the other program"), sentence, parent)
        named = ElidedLabel(str(path), "body", "text", self, mode=Qt.TextElideMode.ElideMiddle)
        self.body.insertWidget(0, named)
        again = QTimer(self)
        again.setInterval(_AGAIN)
        again.timeout.connect(self.time_to_try)
        again.start()


def say_reading_the_past(window: MainWindow, as_at: str) -> None:
    """While a day of the past is read, say so with Cancel; nothing where it is soon there."""
    QTimer.singleShot(PATIENCE, window, partial(_say_reading, window, as_at))


def _say_reading(window: MainWindow, as_at: str) -> None:
    going_back = window.session.going_back
    if going_back.asked != as_at:
        return
    day = date_words(date.fromisoformat(as_at[:10]).isoformat(), current_language())
    sentence = _("The register is read as it stood on {day}.").format(day=day)
    dialog = BusyDialog(_("Reading the past"), sentence, window)
    going_back.over.connect(dialog.accept)
    dialog.rejected.connect(going_back.cancel)
    dialog.open()


def close_when_written(window: MainWindow) -> None:
    """Close a window as soon as what it writes is in the register, unless it is to stay open.

    Where that fails it stays open and says why.
    """
    sentence = _("A file is still being put into it. The window closes as soon as that is done.")
    heading = _("Writing to the register")
    dialog = BusyDialog(heading, sentence, window, _("Keep the window open"))
    session: Session = window.session
    session.failed.connect(dialog.reject)
    session.busy.connect(dialog.accept)  # busy already: what comes next is the end
    dialog.accepted.connect(window.close)
    dialog.open()
