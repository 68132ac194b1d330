"""What can be done in the window: each action with its words and keys.

Menus, the palette and the page of keys are made from these declarations, and from nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from ropa_app.i18n import N_, _
from ropa_ui.kinds import NAVIGATION


@dataclass(frozen=True, slots=True)
class Command:
    """A named action: its words, icon and keys (the first is the one shown)."""

    key: str
    text: str
    icon: str
    keys: tuple[str, ...] = ()
    in_palette: bool = True


_PAGES = [page for group in NAVIGATION for page in group]


def page_command(key: str) -> str:
    """The command that shows a page."""
    return f"page_{key}"


#: What the window does, in the groups of the page of keys.
GROUPS: tuple[tuple[str, tuple[Command, ...]], ...] = (
    (N_("Everywhere"), (
        Command("palette", N_("Go anywhere, do anything"), "magnifying-glass", ("Ctrl+K",), False),
        Command("undo", N_("Undo"), "arrow-u-up-left", ("Ctrl+Z",)),
        Command("redo", N_("Redo"), "arrow-u-up-right", ("Ctrl+Shift+Z", "Ctrl+Y")),
        Command("back", N_("Back"), "arrow-left", ("Alt+Left",)),
        Command("forward", N_("Forward"), "arrow-right", ("Alt+Right",)),
        Command("next_pane", N_("Next pane"), "arrow-right", ("F6",), False),
        Command("previous_pane", N_("Previous pane"), "arrow-left", ("Shift+F6",), False),
        Command("keyboard", N_("Keyboard"), "keyboard", ("F1", "Ctrl+/")),
    )),
    (N_("Go to"), tuple(
        Command(page_command(key), label, icon, (f"Ctrl+{number}",), False)
        for number, (key, icon, label) in enumerate(_PAGES[:9], 1)
    )),
    (N_("The register"), (
        Command("export", N_("Export"), "export", ("Ctrl+E",)),
        Command("as_at", N_("Show the register as at a day"), "calendar-blank", ("Ctrl+T",)),
        Command("check", N_("Check everything again"), "check-square-offset", ("F5",)),
        Command("verify", N_("Verify that the register is whole"), "shield-check"),
        Command("backup", N_("Make a backup now"), "floppy-disk"),
        Command("open", N_("Open another register"), "folder-open", ("Ctrl+O",)),
        Command("welcome", N_("New register or sample"), "sparkle"),
        Command("settings", N_("Settings"), "gear-six", ("Ctrl+,",)),
        Command("about", N_("About this program"), "info"),
        Command("close", N_("Close"), "x", ("Ctrl+W", "Ctrl+Q"), False),
    )),
    (N_("Lists and records"), (
        Command("new", N_("New record here"), "plus", ("Ctrl+N",)),
        Command("duplicate", N_("Duplicate this record"), "copy", ("Ctrl+D",)),
        Command("delete", N_("Delete this record"), "trash-simple"),  # keys: in a list, below
        Command("merge", N_("Merge with another record"), "git-merge", ("Ctrl+M",)),
        Command("export_records", N_("Export what is selected"), "export", ("Ctrl+Shift+E",)),
        Command("redact", N_("Redact a field for good"), "eye-slash"),
        Command("rename", N_("Edit the name"), "pencil-simple", ("F2",)),
        Command("find", N_("Search this list"), "magnifying-glass", ("Ctrl+F",)),
        Command("table", N_("Show this list as a table"), "columns", ("Ctrl+L",)),
        Command("save_view", N_("Save this view"), "star", ("Ctrl+Shift+S",)),
        Command("views", N_("Rename or delete views"), "star"),
        Command("next_finding", N_("Next finding"), "warning", ("F8",)),
        Command("previous_finding", N_("Previous finding"), "warning", ("Shift+F8",)),
    )),
)  # fmt: skip

COMMANDS = tuple(command for _name, group in GROUPS for command in group)

#: What lists and forms do themselves when they have the focus; `pressed` tells them.
WITHIN: tuple[tuple[str, tuple[Command, ...]], ...] = (
    (N_("In a list"), (
        Command("list_enter", N_("Into the form"), "", ("Return", "Enter")),
        Command("list_delete", N_("Delete"), "", ("Delete", "Ctrl+Backspace")),
    )),
    (N_("In a table"), (
        Command("table_edit", N_("Edit"), "", ("F2",)),
        Command("table_open", N_("Open in the form"), "", ("Ctrl+Return", "Ctrl+Enter")),
        Command("table_rows", N_("Mark whole rows"), "", ("Shift+Space",)),
        Command("table_delete", N_("Delete"), "", ("Ctrl+Backspace",)),
        Command("table_empty", N_("Empty cells"), "", ("Delete", "Backspace")),
        Command("table_back", N_("Back to the list"), "", ("Escape",)),
    )),
    (N_("In a field"), (
        Command("field_help", N_("All of the help"), "", ("F1",)),
        Command("field_menu", N_("Open question, not applicable, history"), "", ("Ctrl+.",)),
        Command("field_remedy", N_("Put right what was found"), "", ("Alt+Return", "Alt+Enter")),
        Command("form_back", N_("Back to the list"), "", ("Escape",)),
    )),
    (N_("In the lines of a field"), (
        Command("line_edit", N_("Edit"), "", ("F2",)),
        Command("line_whole", N_("Show the whole line"), "", ("Space",)),
        Command("line_new", N_("New line"), "", ("Ctrl+Return",)),
        Command("line_up", N_("Move up"), "", ("Alt+Up",)),
        Command("line_down", N_("Move down"), "", ("Alt+Down",)),
        Command("line_delete", N_("Delete line"), "", ("Delete",)),
    )),
)  # fmt: skip

_COMMANDS = {command.key: command for command in COMMANDS}
_WITHIN = {command.key: command for _name, group in WITHIN for command in group}


def keys_of(key: str) -> list[QKeySequence]:
    """The keys of something that a list, form or field does itself."""
    return [sequence(each) for each in _WITHIN[key].keys]


def pressed(key: str, event: QEvent) -> bool:
    """True if an event is one of these keys being pressed."""
    if not isinstance(event, QKeyEvent):
        return False
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    found = QKeySequence(QKeyCombination(held, Qt.Key(event.key())))
    return found in keys_of(key)


def make_actions(window: QWidget, work: dict[str, Callable[[], None]]) -> dict[str, QAction]:
    """An action of the window for each command that there is work for."""
    made = {}
    for command in COMMANDS:
        if command.key in work:
            action = QAction(_(command.text), window)
            action.setShortcuts([sequence(key) for key in command.keys])
            action.triggered.connect(work[command.key])
            window.addAction(action)
            made[command.key] = action
    return made


def shown_key(command: Command) -> str:
    """The key of a command as this platform writes it; empty if it has none."""
    return key_words(command.keys[0]) if command.keys else ""


def key_of_page(key: str) -> str:
    """The key that shows a page; empty if it has none."""
    command = _COMMANDS.get(page_command(key))
    return shown_key(command) if command else ""


def sequence(key: str) -> QKeySequence:
    """A key by its English name, whichever language the window speaks."""
    return QKeySequence(key, QKeySequence.SequenceFormat.PortableText)


def key_words(key: str) -> str:
    """A key as this platform and the language of the window write it."""
    return sequence(key).toString(QKeySequence.SequenceFormat.NativeText)
