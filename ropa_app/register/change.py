"""What a writer asks of the register, and what it gets back."""

from __future__ import annotations

import os
import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ropa_app.model.state import Value, to_json

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def new_id(milliseconds: int | None = None) -> str:
    """A new record id: UUID version 7, in order of time."""
    at = time.time_ns() // 1_000_000 if milliseconds is None else milliseconds
    value = at << 80 | 7 << 76 | secrets.randbits(12) << 64 | 2 << 62 | secrets.randbits(62)
    text = f"{value & (1 << 128) - 1:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def is_id(value: object) -> bool:
    """True if a value is the id of a record, as new_id writes it."""
    return isinstance(value, str) and bool(_ID.fullmatch(value))


@dataclass(frozen=True, slots=True)
class Create:
    """A new record with the values of the fields that hold anything."""

    kind: str
    id: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Edit:
    """A new value for one field; `seen` is the value the writer saw."""

    record: str
    field: str
    seen: Value
    new: Value


Change = Create | Edit


@dataclass(frozen=True, slots=True)
class Changed:
    """What an operation changed: its number (None if nothing differed) and the records."""

    operation: int | None
    records: tuple[str, ...]


def label(action: str, **details: Any) -> str:
    """The label of an operation: what was done, by references and field keys, never by values.

    Names are looked up when it is shown, so that a redacted name does not live on in a label.
    """
    return to_json({"do": action, **details})


def login_name() -> str:
    """Who works here, as the operating system knows them."""
    import getpass

    try:
        return os.environ.get("ROPA_USER") or getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
