"""Kind and number of every record by its id, without reading the records themselves."""

from __future__ import annotations

from ropa_app.model.kinds import KINDS
from ropa_app.register.file import friendly
from ropa_app.register.store import Register


def whereabouts(register: Register) -> dict[str, tuple[str, int]]:
    """Kind and number of every record that is not deleted, by id. Raises UserError."""
    found: dict[str, tuple[str, int]] = {}
    with friendly(register.path):
        for key in KINDS:
            rows = register.connection.execute(
                f'SELECT id, number FROM "{key}" WHERE deleted IS NULL'
            )
            found.update((identifier, (key, number)) for identifier, number in rows)
    return found
