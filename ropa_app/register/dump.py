"""A register as one JSON file and back: records, deleted ones, log, documents, nothing left out.

`load` makes the same register again: verify is clean, undo still works, and a second dump has
identical bytes.
"""

from __future__ import annotations

import base64
import io
import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from ropa_app import clock
from ropa_app.errors import UserError
from ropa_app.heap import collection_put_off
from ropa_app.i18n import _
from ropa_app.model.field import RecordKind
from ropa_app.model.kinds import ALL_KINDS, KINDS
from ropa_app.model.state import encode, from_plain, to_json, to_plain
from ropa_app.outfile import beside, written
from ropa_app.register import derived, schema
from ropa_app.register.file import check_new, create_file, friendly
from ropa_app.register.migrations import bring_up_to_date
from ropa_app.register.store import Register
from ropa_app.register.verify import verify

# What reading data of a wrong shape can raise; binascii.Error is a ValueError.
_MISSHAPEN = (
    KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError
)  # fmt: skip
FORMAT = "ropa-dump"
VERSION = 1
_OPERATION = ("seq", "at", "who", "label", "kind", "target", "schema", "hash")
_ROW = ("op", "record", "field", "old", "new", "salt", "digest")


def dump(register: Register, out: Path) -> int:
    """Write the whole register as JSON, beside and then renamed; gives back the record count.

    Raises UserError if the file cannot be written or is a register; none is left then.
    """
    with friendly(register.path):
        register.connection.execute("BEGIN")
        try:
            with written(out) as file:
                text = io.TextIOWrapper(file, encoding="utf-8", newline="\n")
                count = _write(register, text)
                text.detach()  # writes what is left; the file itself stays open
        finally:
            register.connection.execute("COMMIT")
    return count


def _write(register: Register, file: IO[str]) -> int:
    """One line per record, operation, row and document, so that no list is held in memory."""
    number = schema.version_of(register.connection)
    head = {"format": FORMAT, "version": VERSION, "schema": number}
    file.write(to_json(head)[:-1])
    count = _section(file, "records", _records(register))
    execute = register.connection.execute
    operations = execute(f"SELECT {', '.join(_OPERATION)} FROM op ORDER BY seq")
    _section(file, "operations", (list(row) for row in operations))
    rows = execute(f"SELECT {', '.join(_ROW)} FROM change ORDER BY id")
    _section(file, "changes", (list(row) for row in rows))
    _section(file, "documents", _documents(register))
    file.write("\n}\n")
    return count


def _section(file: IO[str], name: str, items: Iterator[Any]) -> int:
    file.write(f',\n"{name}":[')
    count = 0
    for count, item in enumerate(items, 1):
        file.write("\n" if count == 1 else ",\n")
        file.write(to_json(item))
    file.write("]")
    return count


def _records(register: Register) -> Iterator[dict[str, Any]]:
    for kind in ALL_KINDS:
        declared = [field.key for field in kind.fields]
        for record in register.records(kind, as_stored=True):
            yield {
                "kind": kind.key,
                "ref": record.ref,
                "id": record.id,
                "deleted": record.deleted,
                "merged_into": record.merged_into,
                "fields": {
                    key: to_plain(record.values[key])
                    for key in dict.fromkeys([*declared, *record.values])
                    if key in record.values
                },
            }


def _documents(register: Register) -> Iterator[dict[str, Any]]:
    found = register.connection.execute("SELECT sha256, size, bytes FROM document_data ORDER BY 1")
    for digest, size, content in found:
        text = None if content is None else base64.b64encode(content).decode("ascii")
        yield {"sha256": digest, "size": size, "base64": text}


@collection_put_off()
def load(source: Path, target: Path, now: clock.Clock = clock.now) -> Register:
    """Make a new register from a dump and prove it. The register is open when it comes back.

    Raises UserError if the file is no dump, was written by a newer version or was changed, or if
    the target exists already; no file is left then.
    """
    data = _read(source)
    check_new(target)
    partial = beside(target)
    register = Register(target, create_file(partial, named=target), now, None)
    try:
        _fill_and_prove(register, data, source)
    except _MISSHAPEN as error:
        _discard(register, partial)
        raise UserError(
            _("{path} is not a whole dump of a register: {reason}.").format(
                path=source, reason=error
            )
        ) from error
    except BaseException:
        _discard(register, partial)
        raise
    register.close()
    _name(partial, target)
    return Register.open(target, writable=True, now=now)


def _fill_and_prove(register: Register, data: dict[str, Any], source: Path) -> None:
    """Put everything of a dump into a new register. Raises UserError if it does not verify."""
    with register.transaction():
        _fill(register, data)
        derived.rebuild(register.connection)
        register.connection.execute(f"PRAGMA user_version = {data['schema']}")
    problems = verify(register)
    if problems:
        raise UserError(
            _("{path} was changed after it was written: {problem}").format(
                path=source, problem=problems[0].sentence
            )
        )
    bring_up_to_date(register, with_backup=False)


def _name(partial: Path, target: Path) -> None:
    """Give the whole file its name, unless somebody made one of that name meanwhile."""
    try:
        check_new(target)
        with friendly(target):
            partial.rename(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _discard(register: Register, partial: Path) -> None:
    register.close()
    partial.unlink(missing_ok=True)


def _read(source: Path) -> dict[str, Any]:
    with friendly(source):
        text = source.read_bytes()
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise UserError(
            _("{path} is not a dump of a register; make one with “ropa dump”.").format(path=source)
        )
    version, number = data.get("version"), data.get("schema")
    if version != VERSION or not isinstance(number, int) or number > schema.SCHEMA:
        raise UserError(
            _("{path} was written by a newer version of ropa; update the program.").format(
                path=source
            )
        )
    return data


def _fill(register: Register, data: dict[str, Any]) -> None:
    connection = register.connection
    for item in data["records"]:
        kind = KINDS[item["kind"]]
        number = int(item["ref"].rpartition("-")[2])
        cells = {key: encode(from_plain(v)) for key, v in item["fields"].items()}
        for key in cells:
            _make_room(connection, kind, key, data["schema"])
        names = ["number", "id", *schema.SYSTEM_COLUMNS, *cells]
        values = [number, item["id"], item["deleted"], item["merged_into"], *cells.values()]
        columns = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" * len(names))
        connection.execute(f'INSERT INTO "{kind.key}" ({columns}) VALUES ({marks})', values)
    connection.executemany(_insert("op", _OPERATION), data["operations"])
    connection.executemany(_insert("change", _ROW), data["changes"])
    for item in data["documents"]:
        content = None if item["base64"] is None else base64.b64decode(item["base64"])
        connection.execute(
            "INSERT INTO document_data VALUES (?, ?, ?)", (item["sha256"], item["size"], content)
        )


def _make_room(connection: sqlite3.Connection, kind: RecordKind, key: str, number: int) -> None:
    """Add the column of a field that only an older schema has. Raises KeyError for any other."""
    if kind.has(key):
        return
    if number >= schema.SCHEMA or not re.fullmatch(r"[a-z][a-z0-9_]*", key):
        raise KeyError(key)
    if key not in schema.columns_of(connection, kind.key):
        schema.add_column(connection, kind.key, key)


def _insert(table: str, names: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
