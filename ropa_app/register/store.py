"""The register: one door for reading single records and for every write."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from ropa_app import clock
from ropa_app.errors import DamageError, UserError
from ropa_app.heap import collection_put_off
from ropa_app.i18n import _
from ropa_app.model.field import RecordKind
from ropa_app.model.kinds import ALL_KINDS, KINDS, split_reference
from ropa_app.model.record import Record
from ropa_app.model.state import Cell, decode
from ropa_app.register import derived, log, schema
from ropa_app.register.change import (
    Change,
    Changed,
    Create,
    Edit,
    is_id,
    label,
    login_name,
    new_id,
)
from ropa_app.register.file import BUSY_SECONDS, create_file, friendly, open_checked
from ropa_app.register.log import LogRow, Operation
from ropa_app.register.view import DEFAULT_ZONE, Head
from ropa_app.register.work import Work

_OPERATION = "seq, at, who, label, kind, target, schema, hash"
_ROW = "op, record, field, old, new, salt, digest"


class Register:
    """An open register. Use it as a context manager; it closes the file."""

    def __init__(
        self, path: Path, connection: sqlite3.Connection, now: clock.Clock, who: str | None
    ) -> None:
        self.path = path
        self.connection = connection
        self.now = now
        self.who = who or login_name()

    @classmethod
    def open(
        cls, path: Path, writable: bool = False, now: clock.Clock = clock.now,
        who: str | None = None, patience: float = BUSY_SECONDS,
    ) -> Register:  # fmt: skip
        """Open an existing register; one of an older schema is brought up to date for writing.

        `patience`: the seconds to wait for another program that has the file for itself.
        Raises UserError or DamageError with a plain sentence.
        """
        from ropa_app.register.migrations import bring_up_to_date

        register = cls(path, open_checked(path, writable, patience), now, who)
        if writable:
            try:
                bring_up_to_date(register)
            except BaseException:
                register.close()
                raise
        return register

    @classmethod
    def create(
        cls, path: Path, settings: Mapping[str, Any], now: clock.Clock = clock.now,
        who: str | None = None,
    ) -> Register:  # fmt: skip
        """Make a new register file whose settings record holds these values.

        Raises UserError if the path exists already or cannot be written.
        """
        register = cls(path, create_file(path), now, who)
        try:
            change = Create("register", new_id(), settings)
            register.apply([change], label("new"), kind="new")
        except BaseException:
            register.close()
            path.unlink(missing_ok=True)
            raise
        return register

    def wait_at_most(self, milliseconds: int) -> None:
        """Wait no longer than this for another program that is writing; UnreachableError then."""
        self.connection.execute(f"PRAGMA busy_timeout = {milliseconds:d}")

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def __enter__(self) -> Register:
        return self

    def __exit__(self, *_details: object) -> None:
        self.close()

    # Reading

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Nobody else writes meanwhile, and nobody takes the file for themselves.

        Raises InUseError if somebody has it. Nothing can be written inside.
        """
        with friendly(self.path):
            self.connection.execute("BEGIN")
            try:
                self.connection.execute("SELECT count(*) FROM register").fetchone()
            except BaseException:
                self.connection.execute("ROLLBACK")
                raise
        try:
            yield
        finally:
            self.connection.execute("COMMIT")

    @property
    def id(self) -> str:
        """The id of the register: that of its settings record; it names the folder of backups.

        Raises DamageError unless there is exactly one and it is an id.
        """
        with friendly(self.path):
            rows = self.connection.execute("SELECT id FROM register LIMIT 2").fetchall()
        if len(rows) != 1 or not is_id(rows[0][0]):
            raise DamageError(
                _("{path} is damaged: its id cannot be read; “ropa verify” says more.").format(
                    path=self.path
                )
            )
        return str(rows[0][0])

    @property
    def zone(self) -> str:
        """The time zone of the register, an IANA name."""
        with friendly(self.path):
            settings = next(self.records(KINDS["register"]), None)
        return (settings and settings.text("time_zone")) or DEFAULT_ZONE

    def head(self) -> Head:
        """Where the log stands."""
        with friendly(self.path):
            row = self.connection.execute(
                "SELECT seq, hash, at FROM op ORDER BY seq DESC LIMIT 1"
            ).fetchone()
        return Head(*row) if row else Head(0, log.GENESIS, "")

    def find(self, text: str, kinds: Iterable[str] = KINDS) -> Record | None:
        """The record of a reference or id, following merges; None if there is none."""
        with friendly(self.path):
            found = self._find(text, kinds)
            for _step in range(100):
                if found is None or not found.merged_into:
                    return found
                found = self._find(found.merged_into, KINDS)
        return found

    def find_exact(self, text: str) -> Record | None:
        """The record of a reference or id itself, even if it was merged into another."""
        with friendly(self.path):
            return self._find(text, KINDS)

    def by_id(self, identifier: str) -> Record | None:
        """The record of an id itself, deleted and merged ones too; None if there is none."""
        with friendly(self.path):
            found = (self._read(kind, "id = ?", identifier) for kind in ALL_KINDS)
            return next((record for record in found if record), None)

    def by_ids(self, identifiers: Iterable[str]) -> dict[str, Record]:
        """The records of these ids, by id; those there are, read kind by kind."""
        found: dict[str, Record] = {}
        left = set(identifiers)
        with friendly(self.path):
            for kind in ALL_KINDS if left else ():
                condition = "id IN (SELECT value FROM json_each(?))"
                read = self._select(kind, condition, (json.dumps(list(left)),))
                found.update({record.id: record for record in read})
                left -= found.keys()
                if not left:
                    break
        return found

    def batch(
        self, kind: RecordKind, numbers: Sequence[int], keys: Sequence[str] | None = None
    ) -> dict[int, Record]:
        """The records of a kind with these numbers, by number; those there are.

        `keys`: only these fields of them, which is enough for a list and much less to read.
        """
        marks = ", ".join("?" * len(numbers))
        with friendly(self.path):
            found = self._select(kind, f"number IN ({marks})", tuple(numbers), keys)
            return {record.number: record for record in found}

    def part(self, kind: RecordKind, after: int, most: int) -> list[Record]:
        """At most so many records of a kind, in whole, after a number, deleted ones too."""
        with friendly(self.path):
            return list(self._select(kind, "number > ? ORDER BY number LIMIT ?", (after, most)))

    def _find(self, text: str, kinds: Iterable[str]) -> Record | None:
        reference = split_reference(text)
        if reference:
            kind, number = reference
            if kind.key not in kinds or number >= 2**63:
                return None
            return self._read(kind, "number = ?", number)
        if "-" not in text or not text.isascii():
            return None
        found = (self._read(KINDS[key], "id = ?", text) for key in kinds)
        return next((record for record in found if record), None)

    def get(self, reference: str) -> Record:
        """The record of a reference or id. Raises UserError if there is none."""
        record = self.find(reference)
        if record is None:
            raise UserError(
                _("There is no record {ref}; “ropa list” shows what there is.").format(
                    ref=reference
                )
            )
        return record

    def _read(self, kind: RecordKind, condition: str, value: object) -> Record | None:
        return next(self._select(kind, condition, (value,)), None)

    def _select(
        self, kind: RecordKind, condition: str, values: tuple[object, ...],
        keys: Sequence[str] | None = None,
    ) -> Iterator[Record]:  # fmt: skip
        from ropa_app.register.migrations import migrated

        number = schema.version_of(self.connection)
        columns = "*"
        if keys is not None and number == schema.SCHEMA:  # else a field may come from others
            wanted = dict.fromkeys(("number", "id", *schema.SYSTEM_COLUMNS, *keys))
            columns = ", ".join(f'"{key}"' for key in wanted)
        found = self.connection.execute(
            f'SELECT {columns} FROM "{kind.key}" WHERE {condition}', values
        )
        names = [item[0] for item in found.description]
        for row in found.fetchall():
            yield migrated(self._record(kind, dict(zip(names, row, strict=True))), number)

    def records(self, kind: RecordKind, as_stored: bool = False) -> Iterator[Record]:
        """All records of a kind by number, deleted ones too.

        `as_stored`: as the schema of the file holds them, fields retired since included.
        """
        from ropa_app.register.migrations import migrated

        with friendly(self.path):
            found = self.connection.execute(f'SELECT * FROM "{kind.key}" ORDER BY number')
            number = schema.SCHEMA if as_stored else schema.version_of(self.connection)
        names = [item[0] for item in found.description]
        for row in found:
            yield migrated(self._record(kind, dict(zip(names, row, strict=True))), number)

    def _record(self, kind: RecordKind, cells: Mapping[str, Cell]) -> Record:
        try:
            return record_of(kind, cells)
        except ValueError as error:
            ref = kind.reference(int(cells["number"] or 0))
            raise DamageError(
                _("{path} is damaged: {ref} cannot be read; “ropa verify” says more.").format(
                    path=self.path, ref=ref
                )
            ) from error

    def schema_at(self, head: Head) -> int:
        """The number of the schema that the records had at that place of the log."""
        return self.operation(head.operation).schema if head.operation else schema.SCHEMA

    def operation(self, seq: int) -> Operation:
        """One operation of the log. Raises KeyError if there is none of that number."""
        with friendly(self.path):
            row = self.connection.execute(
                f"SELECT {_OPERATION} FROM op WHERE seq = ?", (seq,)
            ).fetchone()
        if row is None:
            raise KeyError(seq)
        return Operation(*row)

    def operations(self, after: int = 0) -> Iterator[Operation]:
        """The operations after a number, oldest first."""
        with friendly(self.path):
            found = self.connection.execute(
                f"SELECT {_OPERATION} FROM op WHERE seq > ? ORDER BY seq", (after,)
            )
        return (Operation(*row) for row in found)

    def rows(
        self, where: str = "1", values: tuple[object, ...] = (), newest_first: bool = False
    ) -> Iterator[LogRow]:
        """Rows of the log that meet a condition of this program's own, in order."""
        order = "DESC" if newest_first else "ASC"
        with friendly(self.path):
            found = self.connection.execute(
                f"SELECT {_ROW} FROM change WHERE {where} ORDER BY id {order}", values
            )
        return (LogRow(*row) for row in found)

    def counts(self) -> dict[str, int]:
        """How many records of each kind there are, deleted ones left out."""
        with friendly(self.path):
            return {
                key: self._count(f'"{key}"') - self._count(f'"{key}" WHERE deleted IS NOT NULL')
                for key in KINDS
            }

    def _count(self, what: str) -> int:
        return int(self.connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0])

    def data_version(self) -> int:
        """A number that is another one after somebody else has written to the file."""
        with friendly(self.path):
            return int(self.connection.execute("PRAGMA data_version").fetchone()[0])

    def changed_since(self, operation: int) -> set[str]:
        """The ids of the records that operations after this one touched."""
        with friendly(self.path):
            rows = self.connection.execute(
                "SELECT DISTINCT record FROM change WHERE op > ?", (operation,)
            )
            return {row[0] for row in rows}

    # Writing

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A write transaction: all or nothing, errors said plainly."""
        with friendly(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                schema.add_missing(self.connection)
                if derived.words_of(self.connection) is None:
                    derived.rebuild(self.connection)
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    @collection_put_off()
    def apply(
        self, changes: Iterable[Change], label_text: str, kind: str = log.EDIT,
        target: int | None = None,
    ) -> Changed:  # fmt: skip
        """Write changes as one operation of the log; only what differs is written.

        Raises ConflictError, with both values, if a stored value is not the one the writer saw;
        nothing is written then. Raises UserError for a link to a record that does not exist.
        """
        with self.transaction():
            return self.apply_inside(changes, label_text, kind, target)

    def apply_inside(
        self, changes: Iterable[Change], label_text: str, kind: str = log.EDIT,
        target: int | None = None,
    ) -> Changed:  # fmt: skip
        """Like apply, inside a transaction that is already open."""
        head = self.head()
        work = Work(self.connection, head.operation + 1)
        for change in changes:
            work.take(change)
        if not work.rows and kind == log.EDIT:
            return Changed(None, ())
        work.flush()
        operation = Operation(
            head.operation + 1, max(clock.stamp(self.now()), head.at), self.who, label_text, kind,
            target, schema.SCHEMA, "",
        )  # fmt: skip
        self.append(head.hash, operation, work.rows)
        return Changed(operation.seq, tuple(dict.fromkeys(row.record for row in work.rows)))

    def append(self, previous: str, operation: Operation, rows: list[LogRow]) -> None:
        """Write an operation and its rows to the log, hashed onto the one before."""
        links = (log.link_of(row.record, row.field, row.digest) for row in rows)
        hashed = replace(operation, hash=log.operation_hash(previous, operation, links))
        self.connection.execute(
            f"INSERT INTO op ({_OPERATION}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            tuple(getattr(hashed, name) for name in _OPERATION.split(", ")),
        )
        self.connection.executemany(
            f"INSERT INTO change ({_ROW}) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(r.op, r.record, r.field, r.old, r.new, r.salt, r.digest) for r in rows],
        )

    def undo(self) -> Operation:
        """Take back the newest operation that can be. Raises UserError if there is none."""
        barrier = self._newest_barrier()
        sentence = _("There is nothing to undo.")
        if barrier:
            sentence = _(
                "There is nothing to undo after operation {n}, which cannot be taken back."
            )
        return self._step_back(log.undoable, log.UNDO, sentence.format(n=barrier))

    def redo(self) -> Operation:
        """Do again what was undone last. Raises UserError if there is none."""
        nothing = _("There is nothing to redo.")
        return self._step_back(log.redoable, log.REDO, nothing)

    def next_undo(self) -> Operation | None:
        """The operation that undo would take back."""
        seq = log.undoable(_Operations(self.operation), self.head().operation)
        return self.operation(seq) if seq else None

    def next_redo(self) -> Operation | None:
        """The undo that redo would take back."""
        seq = log.redoable(_Operations(self.operation), self.head().operation)
        return self.operation(seq) if seq else None

    def _newest_barrier(self) -> int | None:
        """The newest operation that undo never passes; None if there is none."""
        marks = ", ".join("?" * len(log.BARRIERS))
        with friendly(self.path):
            found = self.connection.execute(
                f"SELECT max(seq) FROM op WHERE kind IN ({marks})", log.BARRIERS
            ).fetchone()
        return None if found[0] is None else int(found[0])

    def _step_back(
        self, choose: Callable[[Mapping[int, Operation], int], int | None], kind: str, nothing: str
    ) -> Operation:
        with self.transaction():
            seq = choose(_Operations(self.operation), self.head().operation)
            if seq is None:
                raise UserError(nothing)
            operation = self.operation(seq)
            moment = clock.stamp(self.now())
            rows = self.rows("op = ?", (seq,), newest_first=True)
            changes = [_inverse(row, moment) for row in rows]
            self.apply_inside(changes, operation.label, kind, seq)
        return operation


class _Operations(dict[int, Operation]):
    """Operations read as they are asked for."""

    def __init__(self, read: Callable[[int], Operation]) -> None:
        super().__init__()
        self._get = read

    def __missing__(self, seq: int) -> Operation:
        self[seq] = self._get(seq)
        return self[seq]


def _inverse(row: LogRow, moment: str) -> Edit:
    """The edit that takes a row back; a created record becomes a deleted one."""
    if row.field == log.CREATED:
        return Edit(row.record, "deleted", None, moment)
    return Edit(row.record, row.field, decode(row.new), decode(row.old))


def record_of(kind: RecordKind, cells: Mapping[str, Cell]) -> Record:
    """The record of a row of its table."""
    special = ("number", "id", *schema.SYSTEM_COLUMNS)
    return Record(
        kind.key, int(cells["number"] or 0), str(cells["id"]),
        {k: decode(cell) for k, cell in cells.items() if cell is not None and k not in special},
        *(str(cells[name]) if cells.get(name) else None for name in schema.SYSTEM_COLUMNS),
    )  # fmt: skip
