"""Proving a register: chain, log against tables, derived tables, documents, links, file.

Everything is read from a copy in memory or beside the file, so that verifying never writes.
"""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from ropa_app import clock
from ropa_app.errors import DamageError, UserError
from ropa_app.heap import collection_put_off
from ropa_app.i18n import _
from ropa_app.register import derived
from ropa_app.register.log import Operation
from ropa_app.register.problem import Problem
from ropa_app.register.store import Register
from ropa_app.register.verify_content import declared, files, ids, links_and_lines
from ropa_app.register.verify_log import chain_and_tables

__all__ = ["Problem", "contains", "notes", "verify"]

_IN_MEMORY = 300_000_000
_CLOCKS_DIFFER = timedelta(minutes=5)
_UNREADABLE = (
    sqlite3.DatabaseError, ValueError, KeyError, TypeError, AttributeError, OverflowError,
    RecursionError, DamageError,
)  # fmt: skip


@collection_put_off()
def verify(register: Register) -> list[Problem]:
    """Every check of the register; an empty list means it is whole and nobody tampered with it."""
    problems: list[Problem] = []
    checks = (_file, declared, ids, chain_and_tables, _derived, files, links_and_lines)
    for check in checks:
        try:
            problems += check(register)
        except _UNREADABLE as error:
            name = check.__name__.strip("_")
            sentence = _("The check “{check}” could not be finished: {reason}.")
            problems.append(Problem(name, sentence.format(check=name, reason=error)))
    # What stands in a damaged file may hold line breaks; a sentence is one line.
    return [replace(p, sentence=" ".join(p.sentence.split())) for p in problems]


def _file(register: Register) -> Iterator[Problem]:
    """What SQLite itself finds, and the journal mode a synced folder needs."""
    for (text,) in register.connection.execute("PRAGMA integrity_check(20)"):
        if text != "ok":
            yield Problem("file", _("The file is damaged: {text}.").format(text=text.rstrip(".")))
    mode = register.connection.execute("PRAGMA journal_mode").fetchone()[0]
    if mode != "delete":
        yield Problem("file", _("The file is in the journal mode {mode}.").format(mode=mode))


def _derived(register: Register) -> Iterator[Problem]:
    """Links and search text as stored against the same rebuilt.

    What an older version derived, with other words, is made anew at the next edit instead.
    """
    pages = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    size = register.connection.execute(pages).fetchone()[0]
    with tempfile.TemporaryDirectory() as place:
        target = ":memory:" if size < _IN_MEMORY else str(Path(place) / "copy.ropa")
        with closing(sqlite3.connect(target, isolation_level=None)) as copy:
            register.connection.backup(copy)
            stored = rebuilt = _derived_content(copy)
            broken = _index_broken(copy)
            if derived.is_current(copy):
                copy.execute("BEGIN")
                derived.rebuild(copy)
                copy.execute("COMMIT")
                rebuilt = _derived_content(copy)
    if stored["link"] != rebuilt["link"]:
        yield Problem("derived", _("The reverse links differ from the records."))
    if stored["search"] != rebuilt["search"] or broken:
        yield Problem("derived", _("The search index differs from the records."))


def _derived_content(connection: sqlite3.Connection) -> dict[str, str]:
    """A digest of each derived table."""
    queries = {
        "link": "SELECT target, source, field FROM link ORDER BY 1, 2, 3",
        "search": "SELECT rowid, title, body FROM search ORDER BY 1",
    }
    found = {}
    for name, query in queries.items():
        total = hashlib.sha256()
        for row in connection.execute(query):
            total.update(repr(row).encode("utf-8", "replace"))
        found[name] = total.hexdigest()
    return found


def _index_broken(copy: sqlite3.Connection) -> bool:
    try:
        copy.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError:
        return True
    return False


def notes(register: Register) -> list[str]:
    """What is no damage but good to know: a log that stands in the future."""
    at = str(register.head().at or "")  # a damaged log may hold anything
    if at <= clock.stamp(register.now() + _CLOCKS_DIFFER):
        return []
    with suppress(UserError):  # if the settings cannot be read, the moment stays one of UTC
        at = clock.local(at, register.zone)
    sentence = _(
        "The log stands at {at}, later than this computer's clock: a clock was or is wrong. "
        "What is done until then bears that moment."
    )
    return [sentence.format(at=at)]


def contains(register: Register, prefix: str) -> Operation | None:
    """The operation whose hash begins so: the register once stood there. None if there is none."""
    row = register.connection.execute(
        "SELECT seq FROM op WHERE substr(hash, 1, ?) = ? ORDER BY seq LIMIT 1",
        (len(prefix), prefix.lower()),
    ).fetchone()
    return register.operation(row[0]) if row else None


