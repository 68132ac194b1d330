"""The tables of a register, made from the declarations.

One table per record kind, one column per field, short kinds first; the log (`op`, `change`), the
documents, and two derived tables, `link` and `search`, that can be rebuilt at will.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from ropa_app.model.field import Field, RecordKind
from ropa_app.model.kinds import ALL_KINDS
from ropa_app.outfile import REGISTER_MARK

APPLICATION_ID = REGISTER_MARK
SCHEMA = 1
SYSTEM_COLUMNS = ("deleted", "merged_into")
_LONG = ("long_text", "texts", "terms", "countries", "links", "lines", "period", "file")
SEARCH = (
    "CREATE VIRTUAL TABLE search USING fts5("
    "title, body, prefix='1 2 3', tokenize='unicode61 remove_diacritics 2')"
)


def ordered(kind: RecordKind) -> list[Field]:
    """The fields of a kind in column order: what a list shows first, long values last."""
    return sorted(kind.fields, key=lambda field: field.kind in _LONG)


def create(connection: sqlite3.Connection) -> None:
    """Make all tables of an empty database and mark it as a register."""
    from sqlite_utils import Database

    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA}")
    database = Database(connection, execute_plugins=False)
    for kind in ALL_KINDS:
        _create_kind(database, kind)
    database.table("op").create(
        {"seq": int, "at": str, "who": str, "label": str, "kind": str, "target": int,
         "schema": int, "hash": str}, pk="seq",
    )  # fmt: skip
    database.table("change").create(
        # Values are declared as bytes: SQLite then keeps 5 a number and "5" a text.
        {"id": int, "op": int, "record": str, "field": str, "old": bytes, "new": bytes,
         "salt": str, "digest": str}, pk="id", foreign_keys=[("op", "op", "seq")],
    )  # fmt: skip
    database.table("change").create_index(["op"])
    database.table("change").create_index(["record"])
    database.table("document_data").create(
        {"sha256": str, "size": int, "bytes": bytes}, pk="sha256"
    )
    create_derived(connection)


def _create_kind(database: Any, kind: RecordKind) -> None:
    columns: dict[str, Any] = {"number": int, "id": str, "deleted": str, "merged_into": str}
    columns |= {field.key: _column_type(field) for field in ordered(kind)}
    database.table(kind.key).create(columns, pk="number", not_null={"id"})
    database.table(kind.key).create_index(["id"], unique=True)
    _index_deleted(database.conn, kind)


def _index_deleted(connection: sqlite3.Connection, kind: RecordKind) -> None:
    """An index of the deleted records alone: counting the others then reads no record."""
    connection.execute(
        f'CREATE INDEX IF NOT EXISTS "{kind.key}_deleted" ON "{kind.key}" (deleted) '
        "WHERE deleted IS NOT NULL"
    )


def _column_type(field: Field) -> type:
    return int if field.kind == "number" else str


def create_derived(connection: sqlite3.Connection) -> None:
    """Make the tables that are derived from the records, empty.

    `derived_from` names the words they are made with: vocabularies change between versions.
    """
    connection.execute("CREATE TABLE derived_from (words TEXT)")
    connection.execute(
        "CREATE TABLE link (target TEXT, source TEXT, field TEXT, "
        "PRIMARY KEY (target, source, field)) WITHOUT ROWID"
    )
    connection.execute("CREATE INDEX link_source ON link (source)")
    connection.execute(SEARCH)


def drop_derived(connection: sqlite3.Connection) -> None:
    """Remove the derived tables."""
    connection.execute("DROP TABLE IF EXISTS derived_from")
    connection.execute("DROP TABLE IF EXISTS link")
    connection.execute("DROP TABLE IF EXISTS search")


def columns_of(connection: sqlite3.Connection, table: str) -> list[str]:
    """The column names of a table as the file has them; empty if there is no such table."""
    return [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]


def add_missing(connection: sqlite3.Connection) -> None:
    """Add the tables and columns that this version declares and the file lacks.

    Called inside a write transaction; does nothing to a file that has them all.
    """
    for kind in ALL_KINDS:
        present = columns_of(connection, kind.key)
        if not present:
            from sqlite_utils import Database

            _create_kind(Database(connection, execute_plugins=False), kind)
            continue
        _index_deleted(connection, kind)
        for field in kind.fields:
            if field.key not in present:
                add_column(connection, kind.key, field.key, field.kind == "number")


def add_stand_ins(connection: sqlite3.Connection) -> None:
    """Give a reader empty tables, of its own, for the kinds that an older file does not know."""
    for kind in ALL_KINDS:
        if not columns_of(connection, kind.key):
            connection.execute(
                f'CREATE TEMP TABLE "{kind.key}" '
                "(number INTEGER PRIMARY KEY, id TEXT, deleted TEXT, merged_into TEXT)"
            )


def add_column(
    connection: sqlite3.Connection, table: str, name: str, number: bool = False
) -> None:
    """Add one column to the table of a kind; `number`: it holds whole numbers."""
    column = "INTEGER" if number else "TEXT"
    connection.execute(f'ALTER TABLE "{table}" ADD COLUMN "{name}" {column}')


def version_of(connection: sqlite3.Connection) -> int:
    """The number of the schema that a file was last written with."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def unknown_columns(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Columns, as (table, name), of the record tables that this version does not declare.

    In a file of this schema they come from a newer version, in an older file they are retired.
    """
    unknown = []
    for kind in ALL_KINDS:
        known = {"number", "id", *SYSTEM_COLUMNS} | {field.key for field in kind.fields}
        present = columns_of(connection, kind.key)
        unknown += [(kind.key, name) for name in present if name not in known]
    return unknown
