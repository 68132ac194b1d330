"""A period as one line that is typed, and what of it has no place there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ropa_app.i18n import N_
from ropa_app.model.field import Field
from ropa_app.model.state import STATES, AsTyped, Value, is_value
from ropa_app.model.words import Words

#: The columns that a typed line can say.
IN_LINE = ("amount", "amount_to", "unit", "event", "condition")

Read = Callable[[Field, str], Value]


def columns_of(value: Value) -> dict[str, Value]:
    """The columns of a period in whichever state; text that could not be read is its amount."""
    if isinstance(value, AsTyped):
        return {"amount": value}
    return dict(value) if isinstance(value, Mapping) else {}


def line_text(words: Words, field: Field, value: Value) -> str:
    """What stands in the line: the time, its event and condition, as they can be typed again."""
    columns = columns_of(value)
    amount = columns.get("amount")
    if isinstance(amount, AsTyped):
        return amount.text
    said = {key: columns[key] for key in IN_LINE if is_value(columns.get(key))}
    return words.period(field, said, full=False) if said else ""


def beside_line(words: Words, field: Field, value: Value) -> str:
    """What the line does not say, in sentences: what happens then, the ground, questions."""
    rest = {key: item for key, item in columns_of(value).items() if not _typed(key, item)}
    text = words.period(field, rest) if rest else ""
    return text[:1].upper() + text[1:]


def read_line(field: Field, text: str, read: Read, words: Words) -> Value:
    """A typed line as columns; nothing for an empty one, as typed if it cannot be read."""
    value = read(field, text)
    whole = isinstance(value, AsTyped) or (isinstance(value, dict) and set(value) == {"condition"})
    return (_with_condition(field, text, read, words) if whole else None) or value


def _with_condition(field: Field, text: str, read: Read, words: Words) -> dict[str, Value] | None:
    """“Until …, then 2 years” and “2 years, unless …”: a time and a condition in one line."""
    between = words.say(N_("{condition}, then {period}"), condition="", period="")
    condition, found, time = text.partition(between)
    if not found:
        time, found, condition = text.partition(", ")
    period = read(field, time) if found and condition.strip() else None
    if not isinstance(period, dict) or "condition" in period:
        return None
    return {**period, "condition": condition.strip()}


def with_line(before: Value, typed: Value) -> Value:
    """The period with its line typed anew; what the line cannot say is kept."""
    kept = {key: item for key, item in columns_of(before).items() if not _typed(key, item)}
    if not kept and not isinstance(typed, Mapping):
        return typed
    said = columns_of(typed)
    return {**kept, **said} or None


def with_column(before: Value, key: str, value: Value) -> Value:
    """The period with one column set, or emptied."""
    columns: dict[str, Any] = {**columns_of(before), key: value}
    return {name: item for name, item in columns.items() if item is not None} or None


def _typed(key: str, item: Value) -> bool:
    """True if a typed line takes the place of it; a question stays until it is answered."""
    if key not in IN_LINE:
        return False
    return not isinstance(item, STATES) or (key == "amount" and isinstance(item, AsTyped))
