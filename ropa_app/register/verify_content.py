"""Proving what a register holds: ids, settings, tables, documents, links."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing

from ropa_app.i18n import _
from ropa_app.model.kinds import ALL_KINDS
from ropa_app.register import derived, schema
from ropa_app.register.change import is_id
from ropa_app.register.documents import named_files
from ropa_app.register.problem import Problem
from ropa_app.register.shape import links, repeated_line_id
from ropa_app.register.store import Register


def declared(register: Register) -> Iterator[Problem]:
    """Tables, columns and indexes that this program never makes; those still missing are none."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        schema.create(fresh)
        expected = _objects(fresh)
        retired = set(schema.unknown_columns(register.connection))
        for name, (kind, parts) in _objects(register.connection).items():
            known_kind, known = expected.get(name, ("", set()))
            extra = {part for part in parts - known if (name, part[0]) not in retired}
            if kind != known_kind or extra:
                sentence = _("“{name}” is not as this program makes it: another program did that.")
                yield Problem("tables", sentence.format(name=name))


def _objects(connection: sqlite3.Connection) -> dict[str, tuple[str, set[tuple[object, ...]]]]:
    """Everything a file declares, by name: its type, its columns with type, default and key."""
    found: dict[str, tuple[str, set[tuple[object, ...]]]] = {}
    rows = connection.execute("SELECT type, name FROM main.sqlite_schema").fetchall()
    for kind, name in rows:
        quoted = str(name).replace('"', '""')
        pragma = "table_xinfo" if kind == "table" else "index_xinfo"
        parts = connection.execute(f'PRAGMA main.{pragma}("{quoted}")').fetchall()
        # The place of a column in its table differs where it was added later.
        found[str(name)] = str(kind), {
            (part[1], *part[2:]) if kind == "table" else (part[2], *part[3:]) for part in parts
        }
    return found


def ids(register: Register) -> Iterator[Problem]:
    """One record of settings, and an id for every record: it names folders and links."""
    count = 0
    for kind in ALL_KINDS:
        for number, value in register.connection.execute(f'SELECT number, id FROM "{kind.key}"'):
            count += kind.key == "register"
            if not is_id(value):
                ref = kind.reference(number)
                yield Problem("ids", _("The id of {ref} is not one.").format(ref=ref), ref)
    if count != 1:
        sentence = _("A register has one record of settings; this one has {n}.")
        yield Problem("ids", sentence.format(n=count))


def files(register: Register) -> Iterator[Problem]:
    """The files kept in the register against all that its log names; it names no redacted one."""
    stored: set[str] = set()
    named = {digest: row.record for row in register.rows() for digest in named_files(row)}
    found = register.connection.execute("SELECT sha256, size, bytes FROM document_data")
    for digest, size, content in found:
        if content is None:
            continue
        stored.add(digest)
        short = str(digest)[:12]
        if hashlib.sha256(content).hexdigest() != digest or len(content) != size:
            sentence = _("The file {digest} was changed after it was attached.")
            yield Problem("documents", sentence.format(digest=short))
        if digest not in named:
            sentence = _("The file {digest} was never attached: another program put it there.")
            yield Problem("documents", sentence.format(digest=short))
    for digest, identifier in named.items():
        if digest not in stored:
            record = register.find_exact(identifier)
            ref = record.ref if record else identifier
            sentence = _("The file of {ref} is missing.").format(ref=ref)
            yield Problem("documents", sentence, ref, "file")


def links_and_lines(register: Register) -> Iterator[Problem]:
    """Links lead to records of a kind their field names; no line id stands twice in a field."""
    kinds = {
        row[0]: kind.key
        for kind in ALL_KINDS
        for row in register.connection.execute(f'SELECT id FROM "{kind.key}"')
    }
    for kind in ALL_KINDS:
        for _kind, number, _identifier, values in derived.stored_rows(register.connection, kind):
            ref = kind.reference(number)
            for link in links(kind.fields, values):
                if link.target not in kinds:
                    sentence = _("{ref} {field} names a record that does not exist.")
                elif kinds[link.target] not in link.kinds:
                    sentence = _("{ref} {field} names a record of a kind it cannot name.")
                else:
                    continue
                text = sentence.format(ref=ref, field=link.field)
                yield Problem("links", text, ref, link.field)
            for key, value in values.items():
                if repeated_line_id(value) is not None:
                    sentence = _("{ref} {field}: two lines have one id.")
                    yield Problem("links", sentence.format(ref=ref, field=key), ref, key)
    yield from _merges(register, kinds)


def _merges(register: Register, kinds: dict[str, str]) -> Iterator[Problem]:
    for kind in ALL_KINDS:
        for number, identifier, target in register.connection.execute(
            f'SELECT number, id, merged_into FROM "{kind.key}" WHERE merged_into IS NOT NULL'
        ):
            if target == identifier or kinds.get(target) != kind.key:
                ref = kind.reference(number)
                sentence = _("{ref} {field} names a record of a kind it cannot name.")
                text = sentence.format(ref=ref, field="merged_into")
                yield Problem("links", text, ref, "merged_into")
