"""What Qt's own functions may answer with nothing, but in a running window never do."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication


def application() -> QApplication:
    """The one application of this process, which every window was made in."""
    return cast(QApplication, QApplication.instance())


def lay_out() -> None:
    """Give what was just shown or filled its places; keys and clicks wait until it is done."""
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
