"""The `ropa` command: its group, its exit status, and how errors reach the user.

Exit status: 0 done; 1 done, and there are errors in the findings (check), differences (diff) or
damage (verify); 2 wrong usage or bad input, with one sentence on standard error.
"""

from __future__ import annotations

import os
import sys
import traceback
from importlib import import_module

import click

import ropa_app
from ropa_app.errors import UserError
from ropa_app.i18n import _, set_language

DONE, FOUND, WRONG = 0, 1, 2
_COMMANDS = {
    "new": "files", "sample": "files", "info": "files", "dump": "files", "load": "files",
    "verify": "files", "backup": "files", "restore": "files",
    "list": "records", "show": "records", "add": "records", "set": "records",
    "delete": "records", "restore-record": "records", "merge": "records", "attach": "records",
    "extract": "records", "term": "records", "redact": "records",
    "history": "past", "diff": "past", "undo": "past", "redo": "past",
    "check": "outputs", "reference": "outputs", "layouts": "outputs", "export": "outputs",
}  # fmt: skip


class _Group(click.Group):
    """Commands are imported when they are called, so that each starts quickly."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = _COMMANDS.get(cmd_name)
        if module is None:
            return None
        commands = import_module(f"ropa_app.cli.{module}")
        found: click.Command = getattr(commands, cmd_name.replace("-", "_") + "_command")
        return found


@click.command(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(ropa_app.__version__, prog_name="ropa")
def ropa() -> None:
    """Keep the record of processing activities, the processors and the transfers.

    REGISTER is the file that holds a register. A reference such as A-012 names a record; kinds
    are organisation, activity, party, agreement, transfer, retention, measure, system,
    assessment, document, notice, request and term.
    """


def language_of_the_session() -> str:
    """"nb" or "en", from ROPA_LANGUAGE or the locale of the session."""
    for name in ("ROPA_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "nb" if value[:2].lower() in ("nb", "no", "nn") else "en"
    return "en"


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and give back the exit status; never shows a traceback."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
    set_language(language_of_the_session())
    try:
        status = ropa.main(arguments, prog_name="ropa", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else DONE
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as error:
        return _complain(_usage(error))
    except click.Abort:
        return _complain(_("Stopped."))
    except UserError as error:
        return _complain(str(error))
    except BrokenPipeError:
        # Whoever read our output has gone; Python would complain again while it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        return _complain(_unexpected(error))


def _usage(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "ropa"
    text = error.format_message().replace("\n", " ").rstrip(".")
    return _("{command}: {problem}. See “{command} --help”.").format(command=path, problem=text)


def _unexpected(error: Exception) -> str:
    if os.environ.get("ROPA_DEBUG"):
        traceback.print_exc()
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{os.path.basename(frame.filename)}:{frame.lineno}"  # noqa: PTH119
    return _(
        "Something is wrong inside ropa ({kind} at {where}); nothing you typed was changed. "
        "Please report it; ROPA_DEBUG=1 shows more."
    ).format(kind=type(error).__name__, where=where)


def _complain(sentence: str) -> int:
    try:
        print(f"ropa: {sentence}" if sentence else "ropa", file=sys.stderr)
    except OSError:
        return WRONG
    return WRONG
