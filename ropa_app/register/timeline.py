"""The log a page at a time, the newest first: for a window that must open at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from ropa_app import clock
from ropa_app.model.state import Value, decode
from ropa_app.register import log
from ropa_app.register.file import friendly
from ropa_app.register.history import Entry, entry_of
from ropa_app.register.loading import record_at_creation
from ropa_app.register.log import LogRow, Operation
from ropa_app.register.schema import SYSTEM_COLUMNS
from ropa_app.register.store import Register
from ropa_app.register.view import View


def operations_before(
    register: Register, before: int | None, most: int, record: str | None = None
) -> list[Operation]:
    """At most so many operations with a number below `before`, the newest first.

    `before`: None begins at the end of the log. `record`: those that touched the record of this
    id. Raises UserError.
    """
    limit = before if before is not None else register.head().operation + 1
    with friendly(register.path):
        if record is None:
            numbers = range(max(limit - most, 1), limit)
            found = register.operations(after=numbers.start - 1)
            return list(islice(found, len(numbers)))[::-1]
        rows = register.connection.execute(
            "SELECT DISTINCT op FROM change WHERE record = ? AND op < ? ORDER BY op DESC LIMIT ?",
            (record, limit, most),
        ).fetchall()
        return [register.operation(row[0]) for row in rows]


def entry(
    register: Register, view: View, operation: Operation, most: int, record: str | None = None
) -> Entry:
    """An operation with the first so many rows of what it changed, of one record if one is named.

    Raises UserError.
    """
    where = "op = ?" if record is None else "op = ? AND record = ?"
    values = (operation.seq,) if record is None else (operation.seq, record)
    with friendly(register.path):
        return entry_of(operation, list(islice(register.rows(where, values), most)), view)


def rows_in(register: Register, operation: int) -> int:
    """How many rows of the log an operation has: changed fields and created records."""
    with friendly(register.path):
        found = register.connection.execute(
            "SELECT count(*) FROM change WHERE op = ?", (operation,)
        )
        return int(found.fetchone()[0])


def days(register: Register, zone: str, since: date) -> Counter[date]:
    """How many operations there were on each day from one on, in a time zone. Raises UserError."""
    zone_of_days = clock.zone_named(zone)
    # A day earlier: the log is in UTC, and a day begins before or after that of UTC.
    start = (since - timedelta(days=1)).isoformat()
    with friendly(register.path):
        rows = register.connection.execute(
            "SELECT substr(at, 1, 16), count(*) FROM op WHERE at >= ? GROUP BY 1", (start,)
        ).fetchall()
    found: Counter[date] = Counter()
    for minute, count in rows:
        try:
            moment = datetime.fromisoformat(minute).replace(tzinfo=UTC)
            day = moment.astimezone(zone_of_days).date()
        except (ValueError, OverflowError):
            continue  # written by another program; the rest still counts
        if day >= since:
            found[day] += count
    return found


def after_day(register: Register, zone: str, day: date) -> int:
    """The number below which the operations up to the end of a day lie. Raises UserError."""
    end, _day = clock.end_of(day.isoformat(), zone)
    with friendly(register.path):
        found = register.connection.execute("SELECT max(seq) FROM op WHERE at <= ?", (end,))
        return int(found.fetchone()[0] or 0) + 1


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A value that a field had, and the operation that gave it."""

    operation: Operation
    value: Value


def field_values(register: Register, record: str, field: str) -> list[FieldValue]:
    """The values a field of a record has had over time, the newest first. Raises UserError."""
    with friendly(register.path):
        rows = register.rows("record = ? AND field IN (?, ?)", (record, field, log.CREATED))
        return [FieldValue(register.operation(row.op), _value_in(row, field)) for row in rows][::-1]


def values_after(register: Register, record: str, operation: int) -> dict[str, Value]:
    """Of a record the fields changed after an operation, each as the operation left it.

    Fields of the file itself, such as `deleted`, are left out. Raises UserError.
    """
    found: dict[str, Value] = {}
    with friendly(register.path):
        for row in register.rows("record = ? AND op > ?", (record, operation)):
            if row.field not in (log.CREATED, *SYSTEM_COLUMNS):
                found.setdefault(row.field, decode(row.old))
    return found


def _value_in(row: LogRow, field: str) -> Value:
    """What a row of the log gives a field; a created record brings its values along."""
    if row.field == field:
        return decode(row.new)
    return record_at_creation(row).values.get(field)
