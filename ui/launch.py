"""The `ropa` command as it is installed: the command line, and the window where one is asked for.

Imports no Qt before a window is opened and no command line for a window, so that each starts
quickly.
"""

from __future__ import annotations

import builtins
import gc
import os
import sys

from ropa_app.errors import UserError
from ropa_app.i18n import _


def open_window(register: str | None) -> int:
    """Open the window, on a register if one is named; the status the program ends with.

    Raises UserError where there is no screen to open it on.
    """
    if not has_display():
        raise UserError(
            _("There is no screen to open a window on; “ropa --help” says what works without.")
        )
    quicken()
    from ropa_ui.app import main

    return main(register)


def quicken() -> None:
    """Spare the start of a window what it has no use for; call before the window is imported.

    Nothing that a start makes is garbage, so the search for it waits (`app.start` resumes it). And
    PySide6 reads the source of every module imported after itself, to see whether it asks for
    names_like_this; none of ours does.
    """
    gc.disable()
    import PySide6.QtCore  # noqa: F401 - puts its own import in the place of Python's

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def has_display() -> bool:
    """True if a window can be shown: always on macOS and Windows."""
    if sys.platform in ("darwin", "win32"):
        return True
    return any(os.environ.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def main() -> int:
    """Run what the arguments ask for."""
    if sys.argv[1:2] == ["--worker"]:
        from ropa_ui.worker import main as worker

        return worker()
    if len(sys.argv) == 1 and has_display():
        return open_window(None)
    from ropa_app.cli.main import main as command_line

    return command_line(given(sys.argv[1:]), opener=open_window)


def given(arguments: list[str]) -> list[str]:
    """The arguments of the command line; a register file alone is to be opened.

    So does a file manager, and so do people who drop a file on the program.
    """
    if len(arguments) == 1 and arguments[0].lower().endswith(".ropa"):
        return ["open", arguments[0]]
    return arguments


if __name__ == "__main__":
    sys.exit(main())
