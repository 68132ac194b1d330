"""A register as it stood: a register of its own in memory, for reading with the same tools."""

from __future__ import annotations

import sqlite3

from ropa_app.heap import collection_put_off
from ropa_app.model.state import encode
from ropa_app.register import derived, schema
from ropa_app.register.loading import load_view
from ropa_app.register.store import Register


@collection_put_off()
def register_as_at(register: Register, as_at: str) -> Register:
    """The records as at a date or moment (ISO), without log and documents, closed by the caller.

    Raises UserError for a date that cannot be read or lies before the register began.
    """
    view = load_view(register, as_at)
    connection = sqlite3.connect(":memory:", isolation_level=None)
    schema.create(connection)
    connection.execute("BEGIN")
    for record in view.records.values():
        cells = {
            "number": record.number, "id": record.id, "deleted": record.deleted,
            "merged_into": record.merged_into,
            **{key: encode(value) for key, value in record.values.items()},
        }  # fmt: skip
        names = ", ".join(f'"{name}"' for name in cells)
        marks = ", ".join("?" * len(cells))
        connection.execute(
            f'INSERT INTO "{record.kind_key}" ({names}) VALUES ({marks})', tuple(cells.values())
        )
    derived.rebuild(connection)
    connection.execute("COMMIT")
    connection.execute("PRAGMA query_only = ON")
    return Register(register.path, connection, register.now, register.who)
