"""Commands that speak the language of the session: their help and what they say of wrong usage.

click fixes its texts when a module is imported and speaks English only. Here every help text is
marked for translation where it is declared and translated when it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping
from pathlib import Path
from typing import Any, NoReturn

import click

from ropa_app.errors import UserError
from ropa_app.i18n import N_, _

COMMANDS: dict[str, click.Command] = {}
# What click itself puts into a help page.
_OF_CLICK = {
    "Usage:": N_("Usage:"), "Options": N_("Options"), "Commands": N_("Commands"),
    "Show this message and exit.": N_("Show this message and exit."),
    "Show the version and exit.": N_("Show the version and exit."),
}  # fmt: skip
_REQUIRED = "  [required]"


class _Formatter(click.HelpFormatter):
    """Translates every text on its way into a help page."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or _(_OF_CLICK["Usage:"]) + " ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_(heading))

    def write_text(self, text: str) -> None:
        super().write_text(_(text))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        super().write_dl([(name, _translated(text)) for name, text in rows], col_max, col_spacing)


def _translated(text: str) -> str:
    if text.endswith(_REQUIRED):
        text = text.removesuffix(_REQUIRED)
        return f"{_(text)}  [{_('required')}]"
    return _(text)


class _Context(click.Context):
    formatter_class = _Formatter


class Spoken(click.Command):
    """A command whose help and complaints are translated."""

    context_class = _Context

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first sentence of the help, whole whatever its length."""
        text = self.help or ""
        return _(text).split("\n")[0]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Like click's, but a word too many is said in our own words."""
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise
        if ctx.args and not isinstance(self, click.Group):
            raise UserError(_said(ctx, _("“{word}” is one word too many").format(word=ctx.args[0])))
        return rest


class SpokenGroup(Spoken, click.Group):
    """A group of commands."""

    command_class = Spoken

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command called. Raises UserError if there is none of that name."""
        if not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise UserError(
                _("There is no command “{name}”; “{program} --help” lists them.").format(
                    name=args[0], program=ctx.command_path
                )
            )
        return super().resolve_command(ctx, args)


class OneOf(click.Choice[str]):
    """A choice between words; another word is said in our own words."""

    def fail(
        self, message: str, param: click.Parameter | None = None, ctx: click.Context | None = None
    ) -> NoReturn:
        """Raises UserError that names the words there are."""
        name = param.opts[0] if param else ""
        known = ", ".join(self.choices)
        problem = _("{name} must be one of {known}").format(name=name, known=known)
        raise UserError(_said(ctx, problem))


class FilePath(click.Path):
    """The path of a file; a sentence of our own if it names none, or none that is there."""

    def __init__(self, there: bool = False) -> None:
        super().__init__(path_type=Path)
        self._there = there

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:
        """The path. Raises UserError if it is empty, or must be there and is not."""
        if not value or "\0" in str(value):
            name = _name(param) if param else ""
            raise UserError(_said(ctx, _("{name} names no file").format(name=name)))
        path = Path(value)
        if self._there and path.is_dir():
            raise UserError(_("{path} is a folder; name a file in it.").format(path=path))
        if self._there and not path.exists():
            raise UserError(_("There is no file {path}.").format(path=path))
        return path


def command(
    name: str, help_text: str, among: MutableMapping[str, click.Command] = COMMANDS
) -> Callable[[Callable[..., Any]], click.Command]:
    """Declare a function a command among others; the first line of its help stands in lists."""

    def declare(function: Callable[..., Any]) -> click.Command:
        settings = {"allow_extra_args": True}
        made = click.command(name, cls=Spoken, help=help_text, context_settings=settings)(function)
        among[name] = made
        return made

    return declare


def show_help(context: click.Context) -> None:
    """What a group does where no command is given."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def usage_problem(error: click.ClickException) -> str:
    """One sentence on wrong usage: which option or argument, and where to read more."""
    context = getattr(error, "ctx", None)
    return _said(context, _problem(error))


def _problem(error: click.ClickException) -> str:
    parameter = getattr(error, "param", None)
    name = _name(parameter) if parameter else ""
    match error:
        case click.MissingParameter():
            return _("{name} is missing").format(name=name)
        case click.NoSuchOption():
            return _("there is no option {name}").format(name=error.option_name)
        case click.BadOptionUsage():
            return _("{name} needs a value after it").format(name=error.option_name)
        case click.BadParameter() if parameter and parameter.type is click.INT:
            return _("{name} must be a whole number").format(name=name)
    return error.format_message().replace("\n", " ").rstrip(".")


def _name(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Option):
        return parameter.opts[-1]
    return parameter.human_readable_name


def _said(context: click.Context | None, problem: str) -> str:
    path = context.command_path if context else "ropa"
    return _("{problem}; see “{command} --help”.").format(command=path, problem=problem)
