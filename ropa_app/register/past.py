"""A register as it stood: a register of its own in memory, for reading with the same tools."""

from __future__ import annotations

import sqlite3
from datetime import datetime, time

from ropa_app.clock import zone_named
from ropa_app.heap import collection_put_off
from ropa_app.model.state import encode
from ropa_app.register import derived, schema
from ropa_app.register.loading import load_view
from ropa_app.register.search import Search
from ropa_app.register.store import Register


@collection_put_off()
def register_as_at(register: Register, as_at: str) -> Register:
    """The records as at a date or moment (ISO), without log and documents, closed by the caller.

    Its clock stands on that day, so that what goes by the day answers as it did then.

    Raises UserError for a date that cannot be read, lies before the register began or has not
    come yet.
    """
    view = load_view(register, as_at)
    noon = datetime.combine(view.day, time(12), zone_named(view.zone))
    # Made in one thread, perhaps, and handed to another.
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
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
    past = Register(register.path, connection, lambda: noon, register.who)
    Search(past).refresh()  # its list of words is a table, too, and must be made before
    connection.execute("PRAGMA query_only = ON")
    return past
