"""Proving a register: chain, log against tables, derived tables, documents, links, file.

Everything is read from a copy in memory or beside the file, so that verifying never writes.
"""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from ropa_app.i18n import _
from ropa_app.model.kinds import ALL_KINDS, KINDS
from ropa_app.model.state import Cell
from ropa_app.register import derived, log, schema
from ropa_app.register.log import LogRow, Operation
from ropa_app.register.store import Register
from ropa_app.register.view import linked_ids

_IN_MEMORY = 300_000_000
Cells = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be: what was checked, a sentence, and where."""

    check: str
    sentence: str
    ref: str = ""
    field: str = ""


def verify(register: Register) -> list[Problem]:
    """Every check of the register; an empty list means it is whole and nobody tampered with it."""
    problems: list[Problem] = []
    for check in (_file, _chain_and_tables, _derived, _documents, _links):
        try:
            problems += check(register)
        except (sqlite3.DatabaseError, ValueError, KeyError, TypeError, OverflowError) as error:
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


def _chain_and_tables(register: Register) -> Iterator[Problem]:
    replayed: dict[str, tuple[str, Cells]] = {}
    previous, last_at, expected = log.GENESIS, "", 1
    rows = _Rows(register)
    for operation in register.operations():
        mine = rows.of(operation.seq)
        yield from _check_operation(operation, mine, previous, last_at, expected)
        for row in mine:
            yield from _replay(row, replayed)
        previous, last_at, expected = operation.hash, operation.at, operation.seq + 1
    if rows.left():
        yield Problem("chain", _("The log holds rows that belong to no operation."))
    yield from _compare(register, replayed)


class _Rows:
    """The rows of the log, handed out operation by operation."""

    def __init__(self, register: Register) -> None:
        self._rows = register.rows()
        self._next = next(self._rows, None)

    def of(self, seq: int) -> list[LogRow]:
        found = []
        while self._next is not None and self._next.op == seq:
            found.append(self._next)
            self._next = next(self._rows, None)
        return found

    def left(self) -> bool:
        return self._next is not None


def _check_operation(
    operation: Operation, rows: list[LogRow], previous: str, last_at: str, expected: int
) -> Iterator[Problem]:
    number = str(operation.seq)
    if operation.seq != expected or operation.at < last_at:
        yield Problem("chain", _("Operation {n} is out of order.").format(n=number))
    for row in rows:
        try:
            digest = log.row_digest(row)
        except (ValueError, KeyError, TypeError):
            digest = ""
        blanked = digest is None and not log.is_redacted(row.new)
        if blanked or (digest is not None and digest != row.digest):
            sentence = _("Operation {n}: the logged value of {field} was changed afterwards.")
            field = row.field or _("a new record")
            yield Problem("chain", sentence.format(n=number, field=field), row.record, row.field)
    links = (log.link_of(row.record, row.field, row.digest) for row in rows)
    if log.operation_hash(previous, operation, links) != operation.hash:
        sentence = _("Operation {n} of the log was changed afterwards: its hash does not fit.")
        yield Problem("chain", sentence.format(n=number))


def _replay(row: LogRow, replayed: dict[str, tuple[str, Cells]]) -> Iterator[Problem]:
    if row.field == log.CREATED:
        cells = log.unfold(row.new)
        replayed[row.record] = (str(cells.pop(log.KIND)), cells)
        return
    if row.record not in replayed:
        yield Problem("log", _("The log changes a record it never made."), row.record, row.field)
        return
    cells = replayed[row.record][1]
    if cells.get(row.field) != row.old:
        sentence = _("Operation {n}: the old value of {field} is not the one logged before.")
        yield Problem("log", sentence.format(n=row.op, field=row.field), row.record, row.field)
    cells[row.field] = row.new


def _compare(register: Register, replayed: dict[str, tuple[str, Cells]]) -> Iterator[Problem]:
    """The log replayed against the tables as they stand."""
    left = dict(replayed)
    for kind in ALL_KINDS:
        names = schema.columns_of(register.connection, kind.key)
        for row in register.connection.execute(f'SELECT * FROM "{kind.key}" ORDER BY number'):
            cells = dict(zip(names, row, strict=True))
            ref = kind.reference(cells["number"])
            found = left.pop(cells.pop("id"), None)
            if found is None or found[0] != kind.key:
                sentence = _("{ref} stands in the register but not in the log.").format(ref=ref)
                yield Problem("tables", sentence, ref)
                continue
            for name in sorted({*cells, *found[1]}):
                if cells.get(name) != found[1].get(name):
                    sentence = _("{ref} {field} was changed with another program.")
                    yield Problem("tables", sentence.format(ref=ref, field=name), ref, name)
    for _identifier, (kind_key, cells) in left.items():
        ref = KINDS[kind_key].reference(int(cells.get("number") or 0))
        sentence = _("{ref} stands in the log but is gone from the register.").format(ref=ref)
        yield Problem("tables", sentence, ref)


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


def _documents(register: Register) -> Iterator[Problem]:
    stored: set[str] = set()
    found = register.connection.execute("SELECT sha256, size, bytes FROM document_data")
    for digest, size, content in found:
        if content is None:
            continue
        stored.add(digest)
        if hashlib.sha256(content).hexdigest() != digest or len(content) != size:
            sentence = _("The file {digest} was changed after it was attached.")
            yield Problem("documents", sentence.format(digest=str(digest)[:12]))
    for record in register.records(KINDS["document"]):
        value = record["file"]
        if isinstance(value, dict) and value["sha256"] not in stored:
            sentence = _("The file of {ref} is missing.").format(ref=record.ref)
            yield Problem("documents", sentence, record.ref, "file")


def _links(register: Register) -> Iterator[Problem]:
    known = {
        row[0]
        for kind in ALL_KINDS
        for row in register.connection.execute(f'SELECT id FROM "{kind.key}"')
    }
    for kind in ALL_KINDS:
        for _kind, number, _identifier, values in derived.stored_rows(register.connection, kind):
            for key, target in linked_ids(kind.fields, values):
                if target not in known:
                    ref = kind.reference(number)
                    sentence = _("{ref} {field} names a record that does not exist.")
                    yield Problem("links", sentence.format(ref=ref, field=key), ref, key)


def contains(register: Register, prefix: str) -> Operation | None:
    """The operation whose hash begins so: the register once stood there. None if there is none."""
    row = register.connection.execute(
        "SELECT seq FROM op WHERE substr(hash, 1, ?) = ? ORDER BY seq LIMIT 1",
        (len(prefix), prefix.lower()),
    ).fetchone()
    return register.operation(row[0]) if row else None


