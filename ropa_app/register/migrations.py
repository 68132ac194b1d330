"""From an older schema to today's: pure functions, record in, record out.

STEPS[n] leads from schema n to n + 1. The same functions serve the rows of a file, records
rewound from the log and old dumps; rows of the log are never rewritten. A new field needs no
step: a column that is missing is added at the first write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ropa_app.model.kinds import ALL_KINDS
from ropa_app.model.record import Record
from ropa_app.register import derived, schema
from ropa_app.register.change import Edit, label

if TYPE_CHECKING:
    from ropa_app.register.store import Register

Step = Callable[[str, dict[str, Any]], dict[str, Any]]
STEPS: dict[int, Step] = {}


def migrate_values(kind: str, values: dict[str, Any], number: int) -> dict[str, Any]:
    """The values of a record of that schema as today's schema holds them."""
    for step in range(number, schema.SCHEMA):
        values = STEPS[step](kind, values) if step in STEPS else values
    return values


def migrated(record: Record, number: int) -> Record:
    """A record of that schema as today's schema holds it."""
    if number >= schema.SCHEMA:
        return record
    return replace(record, values=migrate_values(record.kind_key, dict(record.values), number))


def bring_up_to_date(register: Register, with_backup: bool = True) -> None:
    """Bring a register open for writing to today's schema, as one operation of its log.

    A backup is made first. Does nothing to a register that is up to date, nor if another process
    brings it there meanwhile. Raises UserError; the file is unchanged then.
    """
    connection = register.connection
    if schema.version_of(connection) >= schema.SCHEMA:
        return
    if with_backup:
        from ropa_app.register import backup

        backup.make_of(register)
    with register.transaction():
        number = schema.version_of(connection)
        if number >= schema.SCHEMA:
            return
        edits = list(_edits(register, number))
        register.apply_inside(edits, label("migrate", schema=schema.SCHEMA), "migrate")
        for table, column in schema.unknown_columns(connection):
            connection.execute(f'ALTER TABLE "{table}" DROP COLUMN "{column}"')
        connection.execute(f"PRAGMA user_version = {schema.SCHEMA}")
        derived.rebuild(connection)


def _edits(register: Register, number: int) -> Iterator[Edit]:
    """Every field that the steps change, in every record, deleted ones too."""
    for kind in ALL_KINDS:
        for record in register.records(kind, as_stored=True):
            values = migrate_values(kind.key, dict(record.values), number)
            for key in {**record.values, **values}:
                if record.values.get(key) != values.get(key):
                    yield Edit(record.id, key, record.values.get(key), values.get(key))
