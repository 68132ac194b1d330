"""Merging two records of one kind: links follow, nothing is lost, one undo step."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from ropa_app.errors import UserError
from ropa_app.i18n import _
from ropa_app.model.field import Field
from ropa_app.model.record import Record, items_of
from ropa_app.model.state import Value, is_value
from ropa_app.register.change import Changed, Edit, label
from ropa_app.register.entry import field_named
from ropa_app.register.store import Register


def merge(
    register: Register, kept_reference: str, other_reference: str, moment: str,
    theirs: Collection[str] = (),
) -> Changed:  # fmt: skip
    """Merge the second record into the first.

    Every link to the second leads to the first; what the first lacks is taken from the second,
    lists are joined, the second's names become former names, and its reference still resolves.
    Where both hold a value the first's stays, except in the fields `theirs`, and the second keeps
    its own in its deleted record.
    Raises UserError if the two are not live records of one kind, or for an unknown field.
    """
    kept, other = register.get(kept_reference), register.get(other_reference)
    _check(kept, other)
    for key in theirs:
        field_named(kept.kind, key)
    changes = [
        *filled(kept, other, theirs),
        *_relinked(register, kept, other),
        Edit(other.id, "merged_into", None, kept.id),
        Edit(other.id, "deleted", None, moment),
    ]
    return register.apply(changes, label("merge", ref=kept.ref, other=other.ref))


def _check(kept: Record, other: Record) -> None:
    if kept.id == other.id:
        raise UserError(_("{ref} cannot be merged with itself.").format(ref=kept.ref))
    if kept.kind_key != other.kind_key:
        raise UserError(
            _("{one} and {other} are not of one kind and cannot be merged.").format(
                one=kept.ref, other=other.ref
            )
        )
    if kept.kind_key == "register":
        raise UserError(_("The settings of the register cannot be merged."))
    if kept.kind_key == "term" and kept["vocabulary"] != other["vocabulary"]:
        raise UserError(
            _("{one} and {other} are terms of different vocabularies and cannot be merged.").format(
                one=kept.ref, other=other.ref
            )
        )
    for record in (kept, other):
        if record.deleted:
            raise UserError(_("{ref} is deleted; bring it back first.").format(ref=record.ref))


def filled(kept: Record, other: Record, theirs: Collection[str] = ()) -> Iterator[Edit]:
    """What the kept record takes over; links between the two are set straight."""
    other = with_own_line_ids(other, kept)
    for field in kept.kind.fields:
        mine = kept[field.key]
        if field.key == "former_names":
            wanted = _former_names(kept, other, other if "name" in theirs else kept)
        else:
            wanted = _straight(_wanted(field, kept, other, theirs), field, kept, other)
        if (wanted or None) != mine:
            yield Edit(kept.id, field.key, mine, wanted or None)


def _wanted(field: Field, kept: Record, other: Record, theirs: Collection[str]) -> Value:
    """What is to stand in a field once two records have become one."""
    mine, their = kept[field.key], other[field.key]
    if mine is None or (not is_value(mine) and is_value(their)):
        return their  # what is known answers a question
    if field.many and isinstance(mine, list) and isinstance(their, list):
        return [*mine, *(item for item in their if item not in mine)]
    return their if field.key in theirs and their is not None else mine


def differing(kept: Record, other: Record) -> list[str]:
    """The fields of which only one value can stand although both records hold one."""
    found = []
    for field in kept.kind.fields:
        mine, their = kept[field.key], other[field.key]
        mine, their = (_straight(each, field, kept, other) for each in (mine, their))
        both = mine not in (None, []) and their not in (None, []) and mine != their
        joined = field.many and isinstance(mine, list) and isinstance(their, list)
        if both and not joined and is_value(mine) == is_value(their):
            found.append(field.key)
    return found


def linking(register: Register, kept: Record, other: Record) -> int:
    """How many further records link to the one that goes; their links will lead to the other."""
    row = register.connection.execute(
        "SELECT count(DISTINCT source) FROM link WHERE target = ? AND source NOT IN (?, ?)",
        (other.id, kept.id, other.id),
    ).fetchone()
    return int(row[0])


def _straight(value: Value, field: Field, kept: Record, other: Record) -> Value:
    """A value without links from one of the two to the other, which are one now."""
    if field.kind in ("link", "links"):
        value = _without(value, kept.id, other.id)
    straight: Value = replaced(value, other.id, kept.id)
    return straight


def _former_names(kept: Record, other: Record, called: Record) -> Value:
    """The kept record's former names, then what both are and were called, but for the name now."""
    mine, theirs = kept["former_names"], other["former_names"]
    names = list(mine) if isinstance(mine, list) else items_of(mine)
    others = theirs if isinstance(theirs, list) else items_of(theirs)
    for name in [*items_of(other["name"]), *items_of(kept["name"]), *others]:
        if name not in names and name != called["name"]:
            names.append(name)
    return names or mine


def with_own_line_ids(other: Record, kept: Record) -> Record:
    """The other record with new ids for those of its lines whose id the kept one uses too.

    What points at such a line (the purposes a data line serves) follows.
    """
    values = dict(other.values)
    for field in other.kind.fields:
        if field.kind != "lines":
            continue
        taken = {line["id"]: line for line in kept.lines(field.key)}
        renamed = {
            line["id"]: secrets.token_hex(5)
            for line in other.lines(field.key)
            if line["id"] in taken and line != taken[line["id"]]
        }
        for holder in other.kind.fields if renamed else ():
            values[holder.key] = _renamed(holder, values.get(holder.key), field.key, renamed)
    held = {key: value for key, value in values.items() if value is not None}
    return replace(other, values=held)


def _renamed(holder: Field, value: Value, lines: str, renamed: dict[str, str]) -> Value:
    """A field with the new ids: of its own lines, and where its columns point at them."""
    if holder.kind != "lines" or not isinstance(value, list):
        return value
    pointing = [column.key for column in holder.columns if column.lines_of == lines]
    found = []
    for line in value:
        if isinstance(line, dict):
            line = dict(line)
            if holder.key == lines:
                line["id"] = renamed.get(line["id"], line["id"])
            for key in pointing:
                ids = line.get(key)
                if isinstance(ids, list):
                    line[key] = [renamed.get(i, i) if isinstance(i, str) else i for i in ids]
        found.append(line)
    return found


def _without(value: Value, *identifiers: str) -> Value:
    """A link or links without these: no record is its own parent once two have become one."""
    if isinstance(value, list):
        return [item for item in value if item not in identifiers]
    return None if value in identifiers else value


def _relinked(register: Register, kept: Record, other: Record) -> Iterator[Edit]:
    found = register.connection.execute(
        "SELECT DISTINCT source FROM link WHERE target = ? ORDER BY source", (other.id,)
    ).fetchall()
    for (source,) in found:
        record = register.find_exact(source)
        if record is None or record.id == kept.id:
            continue
        for field in record.kind.fields:
            value = record[field.key]
            wanted = replaced(value, other.id, kept.id)
            if wanted != value:
                yield Edit(record.id, field.key, value, wanted)


def replaced(value: Any, old: str, new: str) -> Any:
    """A value with one id put in the place of another, at any depth, once per list."""
    if isinstance(value, list):
        items = [replaced(item, old, new) for item in value]
        plain = [item for item in items if isinstance(item, str)]
        return list(dict.fromkeys(plain)) if len(plain) == len(items) and plain else items
    if isinstance(value, dict):
        return {key: replaced(item, old, new) for key, item in value.items()}
    return new if value == old else value
