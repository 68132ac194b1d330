"""The `ropa` command as it is installed: the command line, and the window where one is asked for.

Imports no Qt before a window is opened, so that the command line starts quickly.
"""

from __future__ import annotations

import os
import sys

from ropa_app.cli.main import main as command_line
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
    from ropa_ui.app import main

    return main(register)


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
    return command_line(opener=open_window)


if __name__ == "__main__":
    sys.exit(main())
