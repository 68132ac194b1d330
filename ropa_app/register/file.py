"""Opening the file of a register, and saying plainly what is wrong with one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ropa_app.errors import DamageError, UserError
from ropa_app.i18n import _
from ropa_app.register.schema import APPLICATION_ID, SCHEMA, unknown_columns

_MAGIC = b"SQLite format 3\x00"
BUSY_SECONDS = 10.0


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """A connection to the file; mode is "ro", "rw" or "rwc" (make it if it is missing)."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True, isolation_level=None, timeout=BUSY_SECONDS,
    )  # fmt: skip
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def open_checked(path: Path, writable: bool) -> sqlite3.Connection:
    """A connection to an existing register.

    Raises UserError if there is no such file or it is newer than this program, DamageError if it
    is not a register or cannot be read. The file is never changed.
    """
    _check_header(path)
    connection = None
    try:
        with friendly(path):
            connection = connect(path, "rw" if writable else "ro")
            _check_identity(connection, path)
    except BaseException:
        if connection is not None:
            connection.close()
        raise
    return connection


def _check_header(path: Path) -> None:
    """Look at the first hundred bytes before SQLite does, so that the sentence can be exact."""
    try:
        if path.is_dir():
            raise UserError(_("{path} is a folder; name the register file.").format(path=path))
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        raise UserError(
            _("There is no file {path}; make one with “ropa new”.").format(path=path)
        ) from None
    except (OSError, ValueError) as error:
        raise UserError(
            _("{path} cannot be read: {reason}.").format(path=path, reason=_reason(error))
        ) from None
    if not head.startswith(_MAGIC):
        raise DamageError(_not_a_register(path))
    page = int.from_bytes(head[16:18], "big")
    pages = int.from_bytes(head[28:32], "big")
    if size < (65536 if page == 1 else page) * pages:
        raise DamageError(
            _("{path} is truncated: part of the file is missing.").format(path=path)
            + newest_backup_hint(path)
        )


def _check_identity(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise DamageError(_not_a_register(path))
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA or unknown_columns(connection):
        raise UserError(
            _("{path} was written by a newer version of ropa; update the program.").format(
                path=path
            )
        )
    connection.execute("SELECT count(*) FROM register").fetchone()


def _not_a_register(path: Path) -> str:
    sentence = _("{path} is not a register, or its beginning is damaged.").format(path=path)
    return sentence + newest_backup_hint(path)


def newest_backup_hint(path: Path) -> str:
    """A second sentence that names the newest backup of the file; empty if there is none."""
    from ropa_app.register.backup import newest_for

    newest = newest_for(path)
    if newest is None:
        return ""
    return " " + _("The newest backup is {backup}; bring it back with “ropa restore”.").format(
        backup=newest
    )


def _reason(error: Exception) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)


@contextmanager
def friendly(path: Path) -> Iterator[None]:
    """Turn what SQLite and the disk say into one plain sentence (UserError, DamageError)."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _explain(path, error) from error
    except OSError as error:
        if error.errno is None:
            raise
        raise UserError(
            _("{path}: {reason}; nothing was changed.").format(path=path, reason=_reason(error))
        ) from error


def _explain(path: Path, error: sqlite3.DatabaseError) -> UserError:
    text = str(error).lower()
    if "locked" in text or "busy" in text:
        return UserError(
            _("{path} is in use by another program; try again in a moment.").format(path=path)
        )
    if "full" in text:
        return UserError(
            _("The disk is full; nothing was changed in {path}. Make room and try again.").format(
                path=path
            )
        )
    if "readonly" in text or "unable to open" in text:
        return UserError(
            _("{path} or its folder is read-only; nothing was changed.").format(path=path)
        )
    damage = _("{path} is damaged and cannot be read in full.").format(path=path)
    return DamageError(damage + newest_backup_hint(path))
