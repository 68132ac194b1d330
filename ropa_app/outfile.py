"""Writing a file beside its place and renaming it: whole or not at all, never over a register."""

from __future__ import annotations

import os
import re
import secrets
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from ropa_app.errors import UserError
from ropa_app.i18n import _

# What a process left that was killed while it wrote: nobody writes to it any more after an hour.
_LEFTOVER = re.compile(r"\..*\.[0-9a-f]{16}\.part")
_SURELY_DEAD = 3600  # seconds

REGISTER_MARK = 0x524F5041  # "ROPA", the application id of an SQLite file, at its byte 68


def beside(target: Path) -> Path:
    """A name in the folder of the target that nothing bears: hidden, short enough, random."""
    return target.with_name(f".{target.name[:40]}.{secrets.token_hex(8)}.part")


@contextmanager
def written(target: Path, new: bool = False) -> Iterator[BinaryIO]:
    """A file to write; when the block ends well it becomes the target, else nothing is left.

    The content is on the disk before the name is: after a power failure the old file or the new
    one is whole. `new`: refuse a target that exists. Raises UserError where the target is a
    folder, a register or cannot be written; what the disk says within the block is said so too.
    """
    check(target, new)  # before it is given a neighbour: “.” and “/” have none
    partial = beside(target)
    try:
        with partial.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        check(target, new)
        partial.replace(target)
        _settle(target.absolute().parent)
        _clear(target.absolute().parent)
    except OSError as problem:
        raise _not_written(target, problem) from problem
    finally:
        with suppress(OSError, ValueError):
            partial.unlink(missing_ok=True)


def check(target: Path, new: bool = False) -> None:
    """Raises UserError, with one sentence, for a target that must not be written over."""
    try:
        found = target.lstat()
        if new and not stat.S_ISDIR(found.st_mode):
            raise UserError(_("{path} exists already; choose another name.").format(path=target))
        with suppress(FileNotFoundError):  # a link that leads nowhere
            found = target.stat()
        _check_kind(target, found)
    except FileNotFoundError:
        return
    except (OSError, ValueError, sqlite3.DatabaseError) as problem:
        raise _not_written(target, problem) from problem


def _check_kind(target: Path, found: os.stat_result) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise UserError(_("{path} is a folder; name a file in it.").format(path=target))
    if not (stat.S_ISREG(found.st_mode) or stat.S_ISLNK(found.st_mode)):
        raise UserError(_("{path} is not a plain file; choose another name.").format(path=target))
    if is_register(target):
        raise UserError(
            _("{path} is a register and is not written over; choose another name.").format(
                path=target
            )
        )


def is_register(path: Path) -> bool:
    """True if the file is a register, a truncated one included.

    Raises sqlite3.DatabaseError if it cannot be told. SQLite looks, not we: on Unix, closing any
    other handle to a file drops the locks that this process holds on it
    (sqlite.org/howtocorrupt.html, 2.2).
    """
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            # Without it a truncated register could not be asked what it is.
            connection.execute("PRAGMA writable_schema = ON")
            mark = connection.execute("PRAGMA application_id").fetchone()[0]
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_NOTADB:
            return False
        raise
    return bool(mark == REGISTER_MARK)


def _clear(folder: Path) -> None:
    """Remove what killed processes left beside other targets of this folder."""
    oldest = time.time() - _SURELY_DEAD
    with suppress(OSError):
        for name in os.listdir(folder):  # noqa: PTH208 (names alone, in folders of any size)
            if _LEFTOVER.fullmatch(name):
                with suppress(OSError):
                    left = folder / name
                    if left.lstat().st_mtime < oldest:
                        left.unlink()


def _settle(folder: Path) -> None:
    """Have the new name itself on the disk, where the system offers that."""
    if os.name != "posix":
        return
    with suppress(OSError):  # some network folders do not offer it
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _not_written(target: Path, problem: Exception) -> UserError:
    folder = target.absolute().parent
    if isinstance(problem, FileNotFoundError) and not folder.is_dir():
        return UserError(
            _("The folder {folder} does not exist; make it first.").format(folder=folder)
        )
    if not os.access(folder, os.W_OK):
        sentence = _("Nothing may be written in the folder {folder}; choose another folder.")
        return UserError(sentence.format(folder=folder))
    if isinstance(problem, PermissionError):
        sentence = _("{path} cannot be written; close it in other programs or choose another name.")
        return UserError(sentence.format(path=target))
    reason = getattr(problem, "strerror", None) or str(problem)
    return UserError(_("{path} cannot be written: {reason}.").format(path=target, reason=reason))
