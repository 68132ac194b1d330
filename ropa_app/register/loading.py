"""Reading the whole register into a View, as it stands or as it stood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from ropa_app import clock
from ropa_app.errors import DamageError, UserError
from ropa_app.heap import collection_put_off
from ropa_app.i18n import _
from ropa_app.model.field import RecordKind
from ropa_app.model.kinds import ALL_KINDS, KINDS
from ropa_app.model.record import Record
from ropa_app.model.state import Cell, decode
from ropa_app.register import log, schema
from ropa_app.register.file import friendly
from ropa_app.register.log import Operation
from ropa_app.register.migrations import migrated
from ropa_app.register.store import Register
from ropa_app.register.view import Head, View

_STEP = 250  # records read at once: some ten milliseconds
_ATTEMPTS = 5


@collection_put_off()
def load_view(register: Register, as_at: str | None = None) -> View:
    """The register now, or as at a date or moment (ISO) in its own time zone.

    Read in one short transaction. Raises UserError for a date that cannot be read, lies before
    the register began or has not come yet.
    """
    with friendly(register.path):
        register.connection.execute("BEGIN")
        try:
            return _read(register, as_at)
        finally:
            register.connection.execute("COMMIT")


@collection_put_off()
def load_view_in_steps(register: Register) -> View:
    """The register now, read in many short steps between which others may write.

    What was written meanwhile is seen from the log and everything is read again; where there is
    never a pause, it is read at one go.
    """
    for _attempt in range(_ATTEMPTS):
        head = register.head()
        records = [record for kind in ALL_KINDS for record in _steps(register, kind)]
        if register.head() == head:
            day = clock.day_of(register.now(), register.zone)
            return View(records, day, head, register.path.name)
    return load_view(register)


def _steps(register: Register, kind: RecordKind) -> Iterator[Record]:
    after = -1
    while part := register.part(kind, after, _STEP):
        yield from part
        after = part[-1].number


def _records_now(register: Register) -> dict[str, Record]:
    return {
        record.id: record
        for kind in ALL_KINDS
        for record in register.records(kind, as_stored=True)
    }


def _read(register: Register, as_at: str | None) -> View:
    records = _records_now(register)
    head = register.head()
    zone = register.zone
    day = today = clock.day_of(register.now(), zone)
    if as_at is not None:
        cut, day = clock.end_of(as_at, zone)
        # What a clock that went ahead has written may be looked at as well.
        if day.isoformat() > max(today.isoformat(), clock.local(head.at, zone)[:10]):
            raise _not_come(as_at, today)
        head = head_at(register, cut, as_at)
        rewind(register, records, "op > ?", head.operation)
    number = register.schema_at(head)
    return View(
        (migrated(record, number) for record in records.values()), day, head, register.path.name
    )


def _not_come(text: str, today: date) -> UserError:
    sentence = _("{day} has not come yet; today is {today}. Choose today or an earlier day.")
    return UserError(sentence.format(day=text, today=today.isoformat()))


def head_at(register: Register, cut: str, text: str) -> Head:
    """The last operation at or before a moment of the log. Raises UserError if there is none."""
    row = register.connection.execute(
        "SELECT seq, hash, at FROM op WHERE at <= ? ORDER BY seq DESC LIMIT 1", (cut,)
    ).fetchone()
    if row is None:
        first = clock.local(register.operation(1).at, register.zone)[:10]
        raise UserError(
            _("The register did not exist on {day}; it begins on {first}.").format(
                day=text, first=first
            )
        )
    return Head(*row)


@collection_put_off()
def load_around(register: Register, number: int) -> tuple[View, View]:
    """The register right before and right after an operation, both on the day it was done.

    Read in one short transaction. Raises DamageError.
    """
    with friendly(register.path):
        register.connection.execute("BEGIN")
        try:
            operation = register.operation(number)
            records = _records_now(register)
            rewind(register, records, "op > ?", operation.seq)
            after = _view_of(register, records, operation, operation)
            rewind(register, records, "op = ?", operation.seq)
            return _view_of(register, records, _one_before(register, operation), operation), after
        finally:
            register.connection.execute("COMMIT")


def _one_before(register: Register, operation: Operation) -> Operation:
    """The operation before; of the first, an empty one that only bears its schema."""
    if operation.seq == 1:
        return replace(operation, seq=0, hash=log.GENESIS)
    return register.operation(operation.seq - 1)


def _view_of(
    register: Register, records: dict[str, Record], last: Operation, day_from: Operation
) -> View:
    """The records as they stood after `last`, seen on the day of another operation."""
    day = clock.end_of(day_from.at, register.zone)[1]
    migrated_records = [migrated(record, last.schema) for record in records.values()]
    return View(migrated_records, day, Head(last.seq, last.hash, last.at), register.path.name)


def rewind(register: Register, records: dict[str, Record], where: str, operation: int) -> None:
    """Lay the old values of rows of the log over the records, newest first.

    `where`: "op > ?" for all operations after the number, "op = ?" for that one. The records come,
    and stay, as the schema of their time holds them.
    """
    changed: dict[str, dict[str, Cell]] = {}
    for row in register.rows(where, (operation,), newest_first=True):
        if row.field == log.CREATED:
            records.pop(row.record, None)
            changed.pop(row.record, None)
        else:
            changed.setdefault(row.record, {})[row.field] = row.old
    for identifier, cells in changed.items():
        try:
            records[identifier] = _with(records[identifier], cells)
        except (KeyError, ValueError) as error:
            raise DamageError(
                _("The log of {path} is damaged; “ropa verify” says where.").format(
                    path=register.path
                )
            ) from error


def _with(record: Record, cells: dict[str, Cell]) -> Record:
    """The record with other cells."""
    values = dict(record.values)
    for key, cell in cells.items():
        values.pop(key, None)
        if cell is not None and key not in schema.SYSTEM_COLUMNS:
            values[key] = decode(cell)
    system = {"deleted": record.deleted, "merged_into": record.merged_into}
    for key in schema.SYSTEM_COLUMNS:
        if key in cells:
            system[key] = None if cells[key] is None else str(cells[key])
    return replace(
        record, values=values, deleted=system["deleted"], merged_into=system["merged_into"]
    )


def record_at_creation(row: log.LogRow) -> Record:
    """The record that a row of the log created, as it was then."""
    cells = log.unfold(row.new)
    kind = KINDS[str(cells.pop(log.KIND))]
    number = int(cells.pop("number") or 0)
    values = {key: decode(cell) for key, cell in cells.items() if cell is not None}
    return Record(kind.key, number, row.record, values)
