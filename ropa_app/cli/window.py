"""`ropa open`: the application, on a register."""

from __future__ import annotations

from pathlib import Path

import click

from ropa_app.cli.speech import FilePath, command
from ropa_app.errors import UserError
from ropa_app.i18n import N_, _


@command("open", N_(
    "Open the application, on REGISTER or where it was left.\n\n"
    "“ropa” alone does the same wherever there is a screen."
))  # fmt: skip
@click.argument("register", type=FilePath(), required=False)
@click.pass_obj
def _open(opener: object, register: Path | None) -> int:
    if not callable(opener):
        raise UserError(_("The application is not installed here; only the command line is."))
    return int(opener(str(register) if register else None))
