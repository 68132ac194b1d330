"""What `make run` does: the window on SmartGroup's register, or its documents without a screen."""

from __future__ import annotations

import sys
from pathlib import Path

from ropa_app import first_run
from ropa_app.errors import UserError
from ropa_app.i18n import language_of_the_session, set_language
from ropa_ui.launch import has_display, open_window


def main() -> int:
    """Open the window, or write the documents; 2 if what is needed cannot be made."""
    if not has_display():
        return first_run.main()
    set_language(language_of_the_session())
    try:
        return open_window(str(first_run.sample_in(Path(first_run.FOLDER))))
    except UserError as error:
        print(f"ropa: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
