"""What a filter of a list asks of the database, made from the declaration of its field."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ropa_app.model.field import Field, RecordKind
from ropa_app.model.state import encode, to_json

#: The states a filter can ask for, by the name they have in JSON.
STATE_NAMES = ("nothing", "open", "not_applicable", "as_typed")
#: In place of a field: what the rules have found, by severity.
FINDINGS = "findings"
# Keys inside JSON under which no value of the field stands.
_NO_VALUES = "('id', 'open', 'not_applicable', 'as_typed')"
_VALUE_KINDS = ("term", "terms", "link", "links", "country", "countries")

Condition = tuple[str, list[object]]
#: The ids of the records of which the rules have found something of a severity.
Found = Callable[[str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition: a field holds a value (term, record, country, text) or is in a state.

    `field` may be a column of lines (``recipients.party``): then one of the lines does. With
    FINDINGS the value is a severity.
    """

    field: str
    value: str = ""
    state: str = ""


def filter_fields(kind: RecordKind) -> dict[str, tuple[Field, ...]]:
    """What can be asked of a kind: each path with its field, or the lines and their column."""
    found: dict[str, tuple[Field, ...]] = {}
    for field in kind.fields:
        found[field.key] = (field,)
        if field.kind == "lines":
            found |= {f"{field.key}.{c.key}": (field, c) for c in field.columns if has_values(c)}
    return found


def has_values(field: Field) -> bool:
    """True if a field holds values out of a list: terms, records or countries."""
    return field.kind in _VALUE_KINDS


def condition(kind: RecordKind, asked: Filter, found: Found) -> Condition:
    """The condition of a filter in SQL, and what it is given."""
    if asked.field == FINDINGS:
        ids = json.dumps(list(found(asked.value)))
        return "id IN (SELECT value FROM json_each(?))", [ids]
    fields = filter_fields(kind)[asked.field]
    if len(fields) == 2:
        return _of_column(fields[0], fields[1], asked)
    return _of_field(fields[0], asked)


def _of_field(field: Field, asked: Filter) -> Condition:
    column = f'"{field.key}"'
    if asked.state == "nothing":
        return f"{column} IS NULL", []
    json_there = f"substr({column}, 1, 1) IN ('{{', '[')"
    if asked.state:
        # A state is JSON with this one key; inside a list it stands just so, too.
        held = "{" + f'"{asked.state}":'
        return f"({json_there} AND instr({column}, ?) > 0)", [held]
    # Inside JSON the value may also be a key, a line's id or the words of a state: those are none.
    within = (
        f"CASE WHEN {json_there} AND instr({column}, ?) > 0 THEN EXISTS (SELECT 1 FROM "
        f"json_tree({column}) WHERE type = 'text' AND atom = ? AND key NOT IN {_NO_VALUES}) END"
    )
    sql, values = f"{column} = ? OR {within}", [encode(asked.value), to_json(asked.value)]
    values.append(asked.value)
    if field.linking:
        sql += " OR id IN (SELECT source FROM link WHERE target = ? AND field = ?)"
        values += [asked.value, field.key]
    return f"({sql})", list(values)


def _of_column(lines: Field, column: Field, asked: Filter) -> Condition:
    """One of the lines has the value, or the state, in a column."""
    table, cell = f'"{lines.key}"', f"'$.\"{column.key}\"'"
    if asked.state == "nothing":
        sought, given = f"json_extract(line.value, {cell}) IS NULL", list[object]()
        # Where every line has the key, none of them need be read.
        key = to_json(column.key) + ":"
        kept = f"(length({table}) - length(replace({table}, ?, ''))) / {len(key)}"
        hint, hinted = f"json_array_length({table}) > {kept}", [key]
    elif asked.state:
        held = "{" + f'"{asked.state}":'
        sought = (
            f"json_type(line.value, {cell}) IN ('object', 'array') "
            f"AND instr(json_extract(line.value, {cell}), ?) > 0"
        )
        hint, given, hinted = f"instr({table}, ?) > 0", [held], [held]
    else:
        sought = f"json_extract(line.value, {cell}) = ?"
        if column.many:
            sought = (
                f"json_type(line.value, {cell}) = 'array' AND EXISTS "
                f"(SELECT 1 FROM json_each(line.value, {cell}) AS item WHERE item.value = ?)"
            )
        # Most records do not hold the value anywhere, which is seen without reading their lines.
        hint, given, hinted = f"instr({table}, ?) > 0", [asked.value], [to_json(asked.value)]
    there = f"substr({table}, 1, 1) = '[' AND {hint}"
    each = f"SELECT 1 FROM json_each({table}) AS line WHERE line.type = 'object' AND {sought}"
    return f"(CASE WHEN {there} THEN EXISTS ({each}) END)", [*hinted, *given]
