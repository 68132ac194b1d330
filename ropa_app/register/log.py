"""The log: every change, chained by hashes over salted digests.

A value enters the log with a random salt and the digest SHA-256(salt, value); the hash of an
operation covers the hash before it and the digests. So a value can be redacted (value and salt
blanked) without breaking the chain. A created record is one row holding it whole: the salt of
each of its fields is derived one way from the salt of the row, so that one field can be redacted
while the others can still be checked.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ropa_app.model.state import Cell, Redacted, decode, encode, to_json

GENESIS = "0" * 64
CREATED = ""  # the field name of a row that holds a whole new record
KIND = "#kind"  # the key of its kind in such a row; no field is called so
REDACTED_CELL = encode(Redacted())
_SALT = re.compile("[0-9a-f]{32}")

EDIT, UNDO, REDO = "edit", "undo", "redo"
BARRIERS = ("migrate", "redact", "restore")


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the log. at: UTC moment; target: the operation it undoes or redoes."""

    seq: int
    at: str
    who: str
    label: str
    kind: str
    target: int | None
    schema: int
    hash: str


@dataclass(frozen=True, slots=True)
class LogRow:
    """One changed field of one operation; `field` is "" for a created record.

    old, new: cells as stored. salt: hex, or JSON after a redaction inside a created record.
    """

    op: int
    record: str
    field: str
    old: Cell
    new: Cell
    salt: str | None
    digest: str


def _sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def _bytes_of(cell: Cell) -> bytes:
    """A cell with its type, so that 5 and "5" differ."""
    if cell is None:
        return b"n"
    return b"i%d" % cell if isinstance(cell, int) else b"t" + cell.encode("utf-8")


def digest_of(salt: bytes, cell: Cell) -> str:
    """SHA-256 over salt and value, in hex."""
    return _sha(salt, _bytes_of(cell)).hex()


def new_salt() -> str:
    """Sixteen random bytes in hex."""
    return secrets.token_hex(16)


def whole(cells: Mapping[str, Cell]) -> str:
    """The JSON text of a new record: field to value, cells that are JSON already put in as such."""
    parts = []
    for key, cell in cells.items():
        ready = isinstance(cell, str) and cell[:1] in ("{", "[", '"')
        parts.append(f"{to_json(key)}:{cell if ready else to_json(cell)}")
    return "{" + ",".join(parts) + "}"


def unfold(text: Cell) -> dict[str, Cell]:
    """The opposite of whole. Raises ValueError if it is not the JSON of a record."""
    try:
        data = json.loads(text) if isinstance(text, str) else None
    except RecursionError:
        data = None
    if not isinstance(data, dict):
        raise ValueError(text)
    return {key: _cell(item) for key, item in data.items()}


def _cell(item: Any) -> Cell:
    if isinstance(item, (dict, list)):
        return to_json(item)
    return encode(item)


def _field_salt(salt: bytes, field: str) -> bytes:
    return _sha(salt, field.encode("utf-8"))[:16]


def _combined(digests: Mapping[str, str]) -> str:
    lines = (f"{key}\x00{digests[key]}\n".encode() for key in sorted(digests))
    return _sha(*lines).hex()


def whole_digest(salt: str, cells: Mapping[str, Cell]) -> str:
    """The digest of a new record: over the digests of its fields."""
    return _combined(_field_digests(bytes.fromhex(salt), cells))


def _field_digests(salt: bytes, cells: Mapping[str, Cell]) -> dict[str, str]:
    return {key: digest_of(_field_salt(salt, key), cell) for key, cell in cells.items()}


def row_digest(row: LogRow) -> str | None:
    """The digest a row ought to have; None if its value was redacted and cannot be checked.

    Raises ValueError, KeyError or TypeError if value or salt are not, letter by letter, as this
    module writes them.
    """
    if row.field != CREATED:
        return None if row.salt is None else digest_of(_salt(row.salt), row.new)
    cells = unfold(row.new)
    if row.salt is None or whole(cells) != row.new:
        raise ValueError(row.salt)
    if not row.salt.startswith("{"):
        return _combined(_field_digests(_salt(row.salt), cells))
    kept = json.loads(row.salt)
    salts, digests = kept["salts"], kept["digests"]
    if to_json(kept) != row.salt or {*kept} != {"salts", "digests"}:
        raise ValueError(row.salt)
    if {*salts, *digests} != {*cells} or {*salts} & {*digests}:
        raise ValueError(row.salt)
    return _combined({key: digest_of(_salt(salts[key]), cells[key]) for key in salts} | digests)


def _salt(text: str) -> bytes:
    """A salt as new_salt writes it: other letters would give the same bytes. Raises ValueError."""
    if not _SALT.fullmatch(text):
        raise ValueError(text)
    return bytes.fromhex(text)


def redact_whole(row: LogRow, field: str) -> tuple[str, str]:
    """The new value and salt of a created row once one of its fields is redacted."""
    cells = unfold(row.new)
    if row.salt and row.salt.startswith("{"):
        kept = json.loads(row.salt)
    else:
        raw = bytes.fromhex(row.salt or "")
        kept = {"salts": {k: _field_salt(raw, k).hex() for k in cells}, "digests": {}}
    if field in cells and field in kept["salts"]:
        salt = bytes.fromhex(kept["salts"].pop(field))
        kept["digests"][field] = digest_of(salt, cells[field])
        cells[field] = REDACTED_CELL
    return whole(cells), to_json(kept)


def operation_hash(previous: str, operation: Operation, digests: Iterable[str]) -> str:
    """The hash of an operation: over the one before, its own head and its rows' digests."""
    head = [
        previous, operation.seq, operation.at, operation.who, operation.label, operation.kind,
        operation.target, operation.schema,
    ]  # fmt: skip
    total = hashlib.sha256(json.dumps(head).encode("utf-8"))
    for digest in digests:
        total.update(digest.encode("utf-8"))
    return total.hexdigest()


def link_of(record: str, field: str, digest: str) -> str:
    """What the hash of an operation takes in of one row."""
    return f"\n{record}\x00{field}\x00{digest}"


def make_row(op: int, record: str, field: str, old: Cell, new: Cell) -> LogRow:
    """A row for a changed field, salted and digested."""
    salt = new_salt()
    return LogRow(op, record, field, old, new, salt, digest_of(bytes.fromhex(salt), new))


def make_created_row(op: int, record: str, kind: str, cells: Mapping[str, Cell]) -> LogRow:
    """The one row of a new record; its kind stands under KIND."""
    everything: dict[str, Cell] = {KIND: kind, **cells}
    salt = new_salt()
    digest = whole_digest(salt, everything)
    return LogRow(op, record, CREATED, None, whole(everything), salt, digest)


def undoable(operations: Mapping[int, Operation], seq: int) -> int | None:
    """The operation that undo would take back, seen from `seq`; None if there is none."""
    while seq > 0:
        operation = operations[seq]
        if operation.kind in BARRIERS or operation.kind == "new":
            return None
        if operation.kind != UNDO:
            return seq
        seq = (operation.target or 1) - 1
    return None


def redoable(operations: Mapping[int, Operation], seq: int) -> int | None:
    """The undo that redo would take back, seen from `seq`; None if there is none."""
    while seq > 0:
        operation = operations[seq]
        if operation.kind == UNDO:
            return seq
        if operation.kind != REDO:
            return None
        seq = (operation.target or 1) - 1
    return None


def is_redacted(cell: Cell) -> bool:
    """True if a cell of the log was redacted."""
    return isinstance(cell, str) and isinstance(decode(cell), Redacted)
