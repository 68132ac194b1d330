"""The `ropa` command: its group, its exit status, and how errors reach the user.

Exit status: 0 done; 1 done, and there are errors in the findings (check), differences (diff) or
damage (verify); 2 wrong usage or bad input, with one sentence on standard error.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from importlib import import_module

import click

import ropa_app
from ropa_app.cli.output import as_one_sentence, put
from ropa_app.cli.speech import COMMANDS, SpokenGroup, show_help, usage_problem
from ropa_app.errors import UserError
from ropa_app.i18n import N_, _, language_of_the_session, set_language

DONE, FOUND, WRONG = 0, 1, 2
Opener = Callable[[str | None], int]
_COMMANDS = {
    "new": "files", "sample": "files", "info": "files", "dump": "files", "load": "files",
    "verify": "files", "backup": "files", "restore": "files",
    "fields": "fields", "list": "records", "show": "records", "add": "records", "set": "records",
    "delete": "records", "restore-record": "records", "merge": "records", "attach": "records",
    "extract": "records", "term": "terms", "redact": "records",
    "history": "past", "diff": "past", "undo": "past", "redo": "past",
    "open": "window",
    "check": "outputs", "reference": "outputs", "layouts": "outputs", "export": "outputs",
}  # fmt: skip


class _Group(SpokenGroup):
    """Commands are imported when they are called, so that each starts quickly."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = _COMMANDS.get(cmd_name)
        if module is None:
            return None
        import_module(f"ropa_app.cli.{module}")
        return COMMANDS[cmd_name]


@click.group(
    "ropa", cls=_Group, invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=N_(
        "Keep the record of processing activities, the processors and the transfers.\n\n"
        "REGISTER is the file that holds a register; REF is a reference such as A-012, which "
        "names one record in it. “ropa COMMAND --help” says more on each command."
    ),
)
@click.version_option(ropa_app.__version__, prog_name="ropa")
@click.pass_context
def ropa(context: click.Context) -> None:
    """Show the help where no command is given."""
    show_help(context)


def main(arguments: list[str] | None = None, opener: Opener | None = None) -> int:
    """Run the command line and give back the exit status; never shows a traceback.

    `opener` opens the window on a register; the command line itself knows of none.
    """
    _prepare_streams()
    set_language(language_of_the_session())
    try:
        # click's own `main` would give a closed pipe status 1.
        given = sys.argv[1:] if arguments is None else arguments
        with ropa.make_context("ropa", list(given), obj=opener) as context:
            status = ropa.invoke(context)
        sys.stdout.flush()
        return status if isinstance(status, int) else DONE
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as error:
        return _complain(usage_problem(error))
    except (click.Abort, KeyboardInterrupt, EOFError):
        return _complain(_("Stopped."))
    except UserError as error:
        return _complain(str(error))
    except BrokenPipeError as error:
        _silence()
        return getattr(error, "status", DONE)
    except RecursionError:
        return _complain(_("What was given is nested too deeply to be read."))
    except OSError as error:
        if error.filename is not None or error.strerror is None:
            return _complain(_unexpected(error))
        return _complain(_unwritten(error))
    except Exception as error:
        return _complain(_unexpected(error))


def _prepare_streams() -> None:
    """Stand in for streams that are closed (`>&-`), and let the others take every character."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


def _unwritten(error: OSError) -> str:
    """A full disk under standard output, most often."""
    try:
        sys.stdout.flush()
    except OSError:
        _silence()
    return _("The answer could not be written: {reason}.").format(reason=error.strerror)


def _silence() -> None:
    """Nobody takes our output any more; Python would complain again while it shuts down."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unexpected(error: Exception) -> str:
    if os.environ.get("ROPA_DEBUG"):
        traceback.print_exc()
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{os.path.basename(frame.filename)}:{frame.lineno}"  # noqa: PTH119
    return _(
        "Something is wrong inside ropa ({kind} at {where}). Look at the history to see what was "
        "done. Please report it; ROPA_DEBUG=1 shows more."
    ).format(kind=type(error).__name__, where=where)


def _complain(sentence: str) -> int:
    try:
        put(f"ropa: {as_one_sentence(sentence)}" if sentence else "ropa", err=True)
    except OSError:
        return WRONG
    return WRONG
