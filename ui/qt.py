"""What Qt's own functions may answer with nothing, but in a running window never do."""

from __future__ import annotations

from typing import cast

from PySide6.QtWidgets import QApplication


def application() -> QApplication:
    """The one application of this process, which every window was made in."""
    return cast(QApplication, QApplication.instance())
