"""Everything the command line says goes out here: nothing a register holds commands the console.

A name may hold what a terminal obeys: escape sequences, or letters that turn the line around.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from ropa_app.model.state import to_json

# C0 and C1 without tab and line feed, then what changes the direction or the line (Unicode TR 36).
_COMMANDS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


class ClosedError(BrokenPipeError):
    """Whoever read the answer has gone; `status` is the exit status it would have had."""

    def __init__(self, status: int) -> None:
        super().__init__()
        self.status = status


@contextmanager
def answering(status: int) -> Iterator[None]:
    """While an answer is written: a reader who leaves early does not change the exit status."""
    try:
        yield
    except BrokenPipeError:
        raise ClosedError(status) from None


def harmless(text: str) -> str:
    """The text with what a console would obey or hide replaced by a mark."""
    return _COMMANDS.sub("\ufffd", text)


def in_one_line(text: str, longest: int) -> str:
    """The text without line breaks and blanks in a row, what is too long cut with a mark."""
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else flat[: longest - 1] + "…"


def as_one_sentence(text: str, longest: int = 1000) -> str:
    """A complaint in one line; one that repeats a very long input loses its middle."""
    flat = " ".join(text.splitlines())
    if len(flat) <= longest:
        return flat
    half = longest // 2
    return f"{flat[:half]} … {flat[-half:]}"


def put(text: str = "", err: bool = False) -> None:
    """Write a line to standard output or, with `err`, to standard error."""
    click.echo(harmless(text), err=err)


def put_json(data: Any) -> None:
    """Write JSON to standard output, in UTF-8 whatever the console speaks."""
    plain = to_json(data)
    text = _COMMANDS.sub(lambda found: f"\\u{ord(found.group()):04x}", plain) + "\n"
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:
        sys.stdout.write(text)
        return
    sys.stdout.flush()
    binary.write(text.encode("utf-8"))
    binary.flush()
