"""Many numbers out of SQL at once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence


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
