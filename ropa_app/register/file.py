"""Opening the file of a register, and saying plainly what is wrong with one."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from ropa_app.errors import DamageError, InUseError, UnreachableError, UserError
from ropa_app.i18n import _
from ropa_app.register import schema

BUSY_SECONDS = 10.0
CACHE_KIB = 65_536  # memory used only as it is needed; an import of 100,000 records wants it


def connect(path: Path, mode: str, patience: float = BUSY_SECONDS) -> sqlite3.Connection:
    """A connection to the file; mode is "ro", "rw" or "rwc" (make it if it is missing).

    patience: the seconds to wait for another program that is writing.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True, isolation_level=None, timeout=patience,
    )  # fmt: skip
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        # What a file from elsewhere declares (defaults, checks, views) calls no function.
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    except BaseException:
        connection.close()
        raise
    return connection


def open_checked(
    path: Path, writable: bool, patience: float = BUSY_SECONDS
) -> sqlite3.Connection:
    """A connection to an existing register.

    An edit that was cut off (power failure) is taken back first; otherwise the file is never
    changed. Raises UserError if there is no such file or it is newer than this program,
    DamageError if it is not a register or cannot be read, InUseError if another program has it
    for longer than `patience` seconds.
    """
    _check_there(path)
    try:
        connection = _connect_checked(path, "rw" if writable else "ro", patience)
    except _CutOffError:
        _take_back(path)
        connection = _connect_checked(path, "ro", patience)
    _drop_leftover(path)
    if not writable:
        schema.add_stand_ins(connection)
    return connection


class _CutOffError(Exception):
    """A reader found a journal that only a writer can play back."""


def _check_there(path: Path) -> None:
    """Say what a look at the folder tells.

    The file itself is left to SQLite: on Unix, closing any other handle to it would drop the
    locks that this process holds on it (sqlite.org/howtocorrupt.html, 2.2).
    """
    try:
        if path.is_dir():
            raise UserError(_("{path} is a folder; name the register file.").format(path=path))
        if not stat.S_ISREG(path.stat().st_mode):  # SQLite would wait for ever at a pipe
            raise DamageError(_not_a_register(path))
        if not os.access(path, os.R_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except FileNotFoundError:
        raise UserError(
            _("There is no file {path}; make one with “ropa new”.").format(path=path)
        ) from None
    except (OSError, ValueError) as error:
        raise UserError(
            _("{path} cannot be read: {reason}.").format(path=path, reason=_reason(error))
        ) from None


def check_new(path: Path) -> None:
    """Raises UserError, with a plain sentence, unless a file of that name can be made."""
    try:
        path.lstat()
    except FileNotFoundError:
        folder = path.absolute().parent
        if not folder.is_dir():
            raise UserError(
                _("The folder {folder} does not exist; make it first.").format(folder=folder)
            ) from None
    except (OSError, ValueError) as error:
        raise UserError(
            _("{path} cannot be written: {reason}.").format(path=path, reason=_reason(error))
        ) from None
    else:
        raise UserError(
            _("{path} exists already; choose another name, or delete it first.").format(path=path)
        )


def _connect_checked(path: Path, mode: str, patience: float) -> sqlite3.Connection:
    connection = None
    try:
        with friendly(path):
            connection = connect(path, mode, patience)
            connection.execute("BEGIN")  # nobody writes while the size is compared
            _check_identity(connection, path)
            connection.execute("COMMIT")
    except BaseException as error:
        if connection is not None:
            connection.close()
        cause = error.__cause__
        if mode == "ro" and _code(cause, whole=True) == sqlite3.SQLITE_READONLY_ROLLBACK:
            raise _CutOffError from error
        raise
    return connection


def _take_back(path: Path) -> None:
    """Let SQLite undo the transaction that its writer did not live to finish."""
    with friendly(path), closing(connect(path, "rw")) as connection:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()


def _drop_leftover(path: Path) -> None:
    """Remove the journal of a writer that died before it touched the file itself.

    SQLite leaves such a journal lying until the next write. Whoever holds the write lock knows
    that no other process is using it, and that it is not needed to repair the file.
    """
    journal = path.with_name(f"{path.name}-journal")
    if not journal.exists():
        return
    with suppress(sqlite3.Error, OSError), closing(connect(path, "rw", 0)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        journal.unlink(missing_ok=True)
        connection.execute("ROLLBACK")


def _check_identity(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != schema.APPLICATION_ID:
        raise DamageError(_not_a_register(path))
    version = schema.version_of(connection)
    newer = version == schema.SCHEMA and schema.unknown_columns(connection)
    if version > schema.SCHEMA or newer:
        raise UserError(
            _("{path} was written by a newer version of ropa; update the program.").format(
                path=path
            )
        )
    if version < 1:
        raise DamageError(_not_a_register(path))
    _check_no_programs(connection, path)
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    page = connection.execute("PRAGMA page_size").fetchone()[0]
    if path.stat().st_size < pages * page:
        raise DamageError(_truncated(path) + newest_backup_hint(path))
    connection.execute("SELECT count(*) FROM register").fetchone()


def _check_no_programs(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that would do something of its own when it is read or written."""
    row = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view') LIMIT 1"
    ).fetchone()
    if row is not None:
        sentence = _(
            "{path} holds a trigger or view, “{name}”, which no register has: another program "
            "put it there. Take it out, or use a backup."
        )
        name = " ".join(str(row[0]).split())
        raise DamageError(sentence.format(path=path, name=name) + newest_backup_hint(path))


def _truncated(path: Path) -> str:
    return _("{path} is truncated: part of the file is missing.").format(path=path)


def _not_a_register(path: Path) -> str:
    sentence = _("{path} is not a register, or its beginning is damaged.").format(path=path)
    hint = newest_backup_hint(path)
    return sentence + (hint or " " + _("Choose another file, or a copy of this one."))


def newest_backup_hint(path: Path) -> str:
    """A second sentence that names the newest backup of the file; empty if there is none."""
    from ropa_app.register.backup import newest_for, newest_of_name

    newest, sentence = (
        newest_for(path),
        _("The newest backup is {backup}; bring it back with “ropa restore”."),
    )
    if newest is None:
        newest, sentence = (
            newest_of_name(path),
            _(
                "{backup} is a backup of a file of this name; if it is this register, bring it "
                "back with “ropa restore”."
            ),
        )
    return "" if newest is None else " " + sentence.format(backup=newest)


def _reason(error: Exception) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)


@contextmanager
def friendly(path: Path) -> Iterator[None]:
    """Turn what SQLite and the disk say into one plain sentence (UserError, DamageError)."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # a mistake of the program says nothing about the file
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise _explain(path, error) from error
    except OSError as error:
        if error.errno is None:
            raise
        raise UnreachableError(
            _("{path}: {reason}; nothing was changed.").format(path=path, reason=_reason(error))
        ) from error


def _code(error: BaseException | None, whole: bool = False) -> int:
    """SQLite's code of an error, 0 if it has none; `whole`: the extended code."""
    code = int(getattr(error, "sqlite_errorcode", 0) or 0)
    return code if whole else code & 0xFF


def _explain(path: Path, error: Exception) -> UserError:
    if _code(error, whole=True) == sqlite3.SQLITE_READONLY_DBMOVED:
        sentence = _("{path} was moved, deleted or replaced since it was opened; nothing was "
                     "changed. Open it again.")  # fmt: skip
        return UnreachableError(sentence.format(path=path))
    match _code(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            sentence = _("{path} is in use by another program; try again in a moment.")
            return InUseError(sentence.format(path=path))
        case sqlite3.SQLITE_FULL:
            sentence = _(
                "The disk is full; nothing was changed in {path}. Make room and try again."
            )
        case sqlite3.SQLITE_CANTOPEN if not path.absolute().parent.is_dir():
            sentence = _("The folder of {path} does not exist; make it first.")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            sentence = _("{path} or its folder is read-only; nothing was changed.")
        case sqlite3.SQLITE_IOERR:
            sentence = _("The disk does not let {path} be read or written; nothing was changed.")
        case sqlite3.SQLITE_NOTADB:
            return DamageError(_not_a_register(path))
        case _:
            return DamageError(_damage(path) + newest_backup_hint(path))
    return UnreachableError(sentence.format(path=path))


def _damage(path: Path) -> str:
    """Whether part of the file is missing, or what is there cannot be read.

    SQLite answers a file shorter than its header says with an error, unless it is told to look
    past that. It is asked, and the file not read: see `_check_there`.
    """
    if not _answers(path, lenient=False) and _answers(path, lenient=True):
        return _truncated(path)
    return _("{path} is damaged and cannot be read in full.").format(path=path)


def _answers(path: Path, lenient: bool) -> bool:
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            connection.execute(f"PRAGMA writable_schema = {int(lenient)}")
            connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.Error:
        return False
    return True


def create_file(path: Path, named: Path | None = None) -> sqlite3.Connection:
    """An empty register file with its tables. Raises UserError if it exists or cannot be made.

    `named`: the file that errors name, where the one made is to be renamed to it.
    """
    check_new(path)
    with friendly(named or path):
        connection = connect(path, "rwc")
        try:
            connection.execute("BEGIN IMMEDIATE")
            schema.create(connection)
            if connection.in_transaction:
                connection.execute("COMMIT")
        except BaseException:
            connection.close()
            path.unlink(missing_ok=True)
            raise
    return connection
