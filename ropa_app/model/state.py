"""The five states of a field and how a value is written in a cell of the register.

A field holds a value, is *open* with a question, *not applicable* with a reason, *as typed*
(text that could not be read as its kind), or holds nothing (None). A value that was redacted
from the log reads as Redacted.

In a cell: nothing is NULL, a number is an integer, plain text is itself, everything else is JSON.
Plain text never begins with ``{``, ``[`` or ``"`` and holds no control character, so reading is
unambiguous and SQL can sort and filter the column as it stands.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

Value = Any
Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Open:
    """The value is not known; the question says what has to be found out."""

    question: str


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The field does not apply to this record; the reason says why."""

    reason: str


@dataclass(frozen=True, slots=True)
class AsTyped:
    """Text that could not be read as the field's kind and is kept as it was typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Redacted:
    """A value removed from the log for good; its digest is all that is left."""


State = Open | NotApplicable | AsTyped | Redacted
STATES = (Open, NotApplicable, AsTyped, Redacted)
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_NEEDS_JSON = re.compile(r'^[{\["]|[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]')


def is_value(value: Value) -> bool:
    """True if the field holds a value: neither nothing nor one of the other states."""
    return value is not None and not isinstance(value, STATES)


def to_plain(value: Value) -> Any:
    """A value as JSON data: states become ``{"open": …}`` and so on, at any depth."""
    match value:
        case Open():
            return {"open": value.question}
        case NotApplicable():
            return {"not_applicable": value.reason}
        case AsTyped():
            return {"as_typed": value.text}
        case Redacted():
            return {"redacted": True}
        case dict():
            return {key: to_plain(item) for key, item in value.items()}
        case list():
            return [to_plain(item) for item in value]
    return value


def from_plain(data: Any) -> Value:
    """The opposite of to_plain."""
    if isinstance(data, dict):
        if len(data) == 1:
            key, content = next(iter(data.items()))
            if key == "open":
                return Open(content)
            if key == "not_applicable":
                return NotApplicable(content)
            if key == "as_typed":
                return AsTyped(content)
            if key == "redacted":
                return Redacted()
        return {key: from_plain(item) for key, item in data.items()}
    if isinstance(data, list):
        return [from_plain(item) for item in data]
    return data


def to_json(data: Any) -> str:
    """JSON text: compact, readable letters, lone surrogates and control characters escaped."""
    text = _ENCODER.encode(data)
    if text.isascii():
        return text
    return re.sub(r"[\ud800-\udfff]", lambda found: f"\\u{ord(found.group()):04x}", text)


def encode(value: Value) -> Cell:
    """A value as one cell of the register."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, str) and not _NEEDS_JSON.search(value):
        return value
    return to_json(to_plain(value))


def decode(cell: Cell) -> Value:
    """The opposite of encode. Raises ValueError if a cell is not what encode writes."""
    if not (cell is None or isinstance(cell, (int, str))):
        raise ValueError(cell)
    if isinstance(cell, str) and cell[:1] in ("{", "[", '"'):
        try:
            return from_plain(json.loads(cell))
        except RecursionError:
            raise ValueError(cell[:40]) from None
    return cell
