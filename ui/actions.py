"""What can be done in the window: each action with its words and key, for menus and palette."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ropa_app.i18n import N_, _


@dataclass(frozen=True, slots=True)
class Command:
    """A named action: its words, icon and keys (the first is the one shown)."""

    key: str
    text: str
    icon: str
    keys: tuple[str, ...] = ()
    in_palette: bool = True


COMMANDS = (
    Command("palette", N_("Go anywhere, do anything"), "magnifying-glass", ("Ctrl+K",), False),
    Command("new", N_("New record here"), "plus", ("Ctrl+N",)),
    Command("duplicate", N_("Duplicate this record"), "copy", ("Ctrl+D",)),
    Command("delete", N_("Delete this record"), "trash-simple", ("Ctrl+Backspace",)),
    Command("rename", N_("Edit the name"), "pencil-simple", ("F2",)),
    Command("undo", N_("Undo"), "arrow-u-up-left", ("Ctrl+Z",)),
    Command("redo", N_("Redo"), "arrow-u-up-right", ("Ctrl+Shift+Z", "Ctrl+Y")),
    Command("find", N_("Search this list"), "magnifying-glass", ("Ctrl+F",)),
    Command("export", N_("Export"), "export", ("Ctrl+E",)),
    Command("as_at", N_("Show the register as at a day"), "calendar-blank", ("Ctrl+T",)),
    Command("next_finding", N_("Next finding"), "warning", ("F8",)),
    Command("previous_finding", N_("Previous finding"), "warning", ("Shift+F8",)),
    Command("next_pane", N_("Next pane"), "arrow-right", ("F6",), False),
    Command("previous_pane", N_("Previous pane"), "arrow-left", ("Shift+F6",), False),
    Command("back", N_("Back"), "arrow-left", ("Alt+Left",)),
    Command("forward", N_("Forward"), "arrow-right", ("Alt+Right",)),
    Command("table", N_("Show this list as a table"), "columns", ("Ctrl+L",)),
    Command("open", N_("Open another register"), "folder-open", ("Ctrl+O",)),
    Command("welcome", N_("New register or sample"), "sparkle"),
    Command("check", N_("Check everything again"), "check-square-offset", ("F5",)),
    Command("verify", N_("Verify that the register is whole"), "shield-check"),
    Command("backup", N_("Make a backup now"), "floppy-disk"),
    Command("settings", N_("Settings"), "gear-six", ("Ctrl+,",)),
    Command("about", N_("About this program"), "info"),
    Command("close", N_("Close"), "x", ("Ctrl+W", "Ctrl+Q"), False),
)


def make_actions(window: QWidget, work: dict[str, Callable[[], None]]) -> dict[str, QAction]:
    """An action of the window for each command that there is work for."""
    made = {}
    for command in COMMANDS:
        if command.key in work:
            action = QAction(_(command.text), window)
            action.setShortcuts([QKeySequence(key) for key in command.keys])
            action.triggered.connect(work[command.key])
            window.addAction(action)
            made[command.key] = action
    return made


def shown_key(command: Command) -> str:
    """The key of a command as this platform writes it; empty if it has none."""
    if not command.keys:
        return ""
    return QKeySequence(command.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
