"""From an older schema to today's: pure functions, record in, record out.

STEPS[n] leads from schema n to n + 1. The same functions serve the rows of a file, records
rewound from the log and old dumps; rows of the log are never rewritten. A new field needs no
step: a column that is missing is added at the first write.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ropa_app.register.schema import SCHEMA

Step = Callable[[str, dict[str, Any]], dict[str, Any]]
STEPS: dict[int, Step] = {}


def migrate_values(kind: str, values: dict[str, Any], schema: int) -> dict[str, Any]:
    """The values of a record of that schema as today's schema holds them."""
    for number in range(schema, SCHEMA):
        values = STEPS[number](kind, values)
    return values
