"""What Qt's own functions answer, said as a running window needs it."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QWidget


def application() -> QApplication:
    """The one application of this process, which every window was made in."""
    return cast(QApplication, QApplication.instance())


def lay_out() -> None:
    """Give what was just shown or filled its places; keys and clicks wait until it is done."""
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)


def kept_focus(widget: QWidget) -> QWidget | None:
    """What the window of a widget has the keyboard go to, though another window may have it now."""
    return widget.window().focusWidget()
