"""Kind and number of every record by its id, without reading the records themselves."""

from __future__ import annotations

import json
from itertools import repeat

from ropa_app.model.kinds import KINDS
from ropa_app.register.file import friendly
from ropa_app.register.store import Register


def whereabouts(register: Register) -> dict[str, tuple[str, int]]:
    """Kind and number of every record that is not deleted, by id. Raises UserError."""
    found: dict[str, tuple[str, int]] = {}
    with friendly(register.path):
        for key in KINDS:
            # An index answers both questions; no record is read.
            ids, numbers = register.connection.execute(
                f'SELECT json_group_array(id), json_group_array(number) FROM "{key}"'
            ).fetchone()
            found.update(zip(json.loads(ids), zip(repeat(key), json.loads(numbers)), strict=False))
            gone = register.connection.execute(
                f'SELECT id FROM "{key}" WHERE deleted IS NOT NULL'
            )
            for (identifier,) in gone:
                del found[identifier]
    return found
