"""The long help of fields: what belongs there, an example, what the law asks, where people go wrong.

It stands in resources/help/fields.json by the path of the field, beside the one sentence of help
that its declaration holds. A field without a long help has its sentence alone.
"""

from __future__ import annotations

import json
from functools import lru_cache

from ropa_app.paths import resources


def long_help(path: str, language: str) -> str:
    """The long help of `kind.field` or `kind.field.column`; empty if there is none."""
    texts = all_of_it().get(path, {})
    return texts.get(language) or texts.get("en", "")


@lru_cache(maxsize=1)
def all_of_it() -> dict[str, dict[str, str]]:
    """Every long help by path and language."""
    text = resources("help", "fields.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = json.loads(text)
    return found
