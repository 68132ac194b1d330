"""Many numbers out of SQL at once, and questions that may take only so long."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import monotonic


def numbers_of(
    connection: sqlite3.Connection, selection: str, values: Sequence[object] = ()
) -> list[int]:
    """The numbers that a selection of one column named ``number`` finds.

    SQLite hands them over as one JSON text: three times as fast as row by row, and other threads
    of Python run meanwhile.
    """
    (text,) = connection.execute(
        f"SELECT json_group_array(number) FROM ({selection})", values
    ).fetchone()
    found: list[int] = json.loads(text)
    return found


_STEPS = 1000  # of SQLite between two looks at the clock: some 0.1 ms


@contextmanager
def at_most(connection: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """Ask no longer than this: what is not answered by then is broken off, and no error."""
    until = monotonic() + seconds
    connection.set_progress_handler(lambda: int(monotonic() > until), _STEPS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
    finally:
        connection.set_progress_handler(None, 0)
