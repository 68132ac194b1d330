"""The menu of registers: those opened last, another one, a new one."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from ropa_app.i18n import _
from ropa_ui import settings
from ropa_ui.icons import icon
from ropa_ui.widgets.labels import plain_tooltip

_MOST = 8


class RegistersMenu(QMenu):
    """`register_asked`: a path, "?" to choose a file, "" for the welcome page."""

    register_asked = Signal(str)

    def __init__(self, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(_("Registers"))
        self.setToolTipsVisible(True)
        here = path.resolve()
        for each in settings.recent()[:_MOST]:
            self._add(each, each.resolve() == here)
        if self.actions():
            self.addSeparator()
        for words, glyph, asked in (
            (_("Open another register…"), "folder-open", "?"),
            (_("New register or sample…"), "sparkle", ""),
        ):
            action = self.addAction(icon(glyph), words)
            action.triggered.connect(partial(self.register_asked.emit, asked))

    def _add(self, path: Path, open_now: bool) -> None:
        """A register by its file name, with its folder; the one open now is ticked."""
        words = f"{path.stem}  –  {_short(path.parent)}".replace("&", "&&")
        action = self.addAction(icon("check", "accent") if open_now else icon("book-open"), words)
        action.setToolTip(plain_tooltip(str(path)))
        action.setEnabled(not open_now)
        action.triggered.connect(partial(self.register_asked.emit, str(path)))

    def open_below(self, widget: QWidget) -> None:
        """Show it under a widget."""
        self.popup(widget.mapToGlobal(QPoint(8, widget.height())))
        first = next((a for a in self.actions() if a.isEnabled() and not a.isSeparator()), None)
        if first is not None:
            self.setActiveAction(first)


def _short(folder: Path) -> str:
    """A folder with ~ for the home, its end if it is long."""
    try:
        text = f"~/{folder.relative_to(Path.home())}"
    except (ValueError, RuntimeError):
        text = str(folder)
    return text if len(text) <= 40 else f"…{text[-38:]}"
