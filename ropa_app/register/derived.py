"""What is derived from the records and can be rebuilt at will: reverse links and search text."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from operator import attrgetter, itemgetter
from typing import Any

from ropa_app.i18n import LANGUAGES
from ropa_app.model.countries import countries, country_name
from ropa_app.model.dates import date_words
from ropa_app.model.field import Field, RecordKind, walk
from ropa_app.model.kinds import ALL_KINDS
from ropa_app.model.state import AsTyped, NotApplicable, Open, Value, decode
from ropa_app.model.vocabulary import OwnTerms, vocabulary_names
from ropa_app.model.words import Words
from ropa_app.paths import resources
from ropa_app.register import schema
from ropa_app.register.view import Reference, linked_ids

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
_WORDS = [Words(language, OwnTerms(), lambda identifier: "") for language in LANGUAGES]
_SHIFT = 40
_BETWEEN_DIGITS = re.compile(r"[\s()./+-]+")
_STEP = 100  # records made anew at a time: some 50 ms
_MANNER = 2  # one more whenever other words are taken from the same values


def search_row(kind: RecordKind, number: int) -> int:
    """The row of a record in the search table."""
    return kind.ordinal << _SHIFT | number


def split_search_row(row: int) -> tuple[int, int]:
    """The ordinal of the kind and the number of the record of a search row."""
    return row >> _SHIFT, row & (1 << _SHIFT) - 1


def _texts(field: Field, value: Value) -> Iterator[str]:
    """Everything of a value that a search may find, in every language; links left out."""
    match value:
        case None:
            return
        case Open():
            yield value.question
        case NotApplicable():
            yield value.reason
        case AsTyped():
            yield value.text
        case list():
            for item in value:
                yield from _texts(field, item)
        case dict():
            yield from _texts_of_columns(field, value)
        case int():
            yield str(value)
        case str():
            yield from _texts_of_text(field, value)


def _texts_of_columns(field: Field, value: dict[str, Value]) -> Iterator[str]:
    if field.kind == "file":
        yield str(value.get("name", ""))
        return
    for column in field.columns:
        yield from _texts(column, value.get(column.key))
    if field.kind == "period":
        yield from (words.period(field, value, full=False) for words in _WORDS)


def _texts_of_text(field: Field, value: str) -> Iterator[str]:
    if field.kind in ("term", "terms"):
        yield from dict.fromkeys(words.term(field.vocabulary, value) for words in _WORDS)
    elif field.kind in ("country", "countries"):
        yield from dict.fromkeys(country_name(value, language) for language in LANGUAGES)
        yield value
    elif field.kind == "date":
        yield value
        yield from (date_words(value, language) for language in LANGUAGES)
    elif field.kind in ("organisation_number", "phone"):
        # However it is grouped, it is found typed without blanks too.
        yield from dict.fromkeys((value, _BETWEEN_DIGITS.sub("", value)))
    elif field.kind not in ("link", "links", "line_links"):
        yield value


def search_text(kind: RecordKind, number: int, values: dict[str, Value]) -> tuple[str, str]:
    """Title and body under which a record is found."""
    title: list[str] = []
    body = [kind.reference(number)]
    for field in kind.fields:
        found = title if field.key in ("name", "name_nb", "former_names", "product_names") else body
        found.extend(_texts(field, values.get(field.key)))
    return (
        _UNPRINTABLE.sub(" ", "\n".join(title)),
        _UNPRINTABLE.sub(" ", "\n".join(body)),
    )


DerivedRow = tuple[RecordKind, int, str, dict[str, Value]]


def write(connection: sqlite3.Connection, rows: Iterable[DerivedRow], new: bool) -> None:
    """Write links and search text of records (kind, number, id, values); `new` ones have none."""
    links: list[Reference] = []
    texts: list[tuple[int, str, str]] = []
    old: list[tuple[int, str]] = []
    for kind, number, identifier, values in rows:
        targets = dict.fromkeys(linked_ids(kind.linking_fields, values))
        links.extend(Reference(identifier, key, target) for key, target in targets)
        row = search_row(kind, number)
        texts.append((row, *search_text(kind, number, values)))
        old.append((row, identifier))
    # FTS5 writes its index out each time a row number is lower than the one before.
    texts.sort(key=itemgetter(0))
    if not new:
        old.sort()
        connection.executemany("DELETE FROM link WHERE source = ?", [(i,) for _row, i in old])
        connection.executemany("DELETE FROM search WHERE rowid = ?", [(row,) for row, _i in old])
    # In the order of the table: a large import would otherwise jump about in it.
    links.sort(key=attrgetter("target"))
    connection.executemany(
        "INSERT INTO link VALUES (?, ?, ?)", [(x.target, x.source, x.field) for x in links]
    )
    connection.executemany("INSERT INTO search (rowid, title, body) VALUES (?, ?, ?)", texts)


def stored_rows(
    connection: sqlite3.Connection, kind: RecordKind, after: int = 0
) -> Iterator[DerivedRow]:
    """Every record of a kind as it is stored, deleted ones too, with its decoded values.

    `after`: only those with a higher number.
    """
    present = schema.columns_of(connection, kind.key)
    keys = [field.key for field in kind.fields if field.key in present]
    columns = "".join(f', "{key}"' for key in keys)
    cursor = connection.execute(
        f'SELECT number, id{columns} FROM "{kind.key}" WHERE number > ? ORDER BY number', (after,)
    )
    for row in cursor:
        values: dict[str, Any] = {
            key: decode(cell) for key, cell in zip(keys, row[2:], strict=True) if cell is not None
        }
        yield kind, row[0], row[1], values


def rebuild(connection: sqlite3.Connection) -> None:
    """Make both derived tables anew from the records. Called inside a write transaction."""
    schema.drop_derived(connection)
    schema.create_derived(connection)
    connection.execute("INSERT INTO derived_from VALUES (?)", (words_in_use(),))
    for kind in ALL_KINDS:
        write(connection, stored_rows(connection, kind), new=True)


def renew(connection: sqlite3.Connection, kind: RecordKind, after: int) -> int | None:
    """Make links and search text of the next records of a kind anew; the number of the last.

    None if those were the last of the kind. Called inside a write transaction.
    """
    rows = list(islice(stored_rows(connection, kind, after), _STEP))
    write(connection, rows, new=False)
    return rows[-1][1] if len(rows) == _STEP else None


def note_words(connection: sqlite3.Connection) -> None:
    """Note that everything is made with the words of this version."""
    connection.execute("UPDATE derived_from SET words = ?", (words_in_use(),))


def words_of(connection: sqlite3.Connection) -> str | None:
    """The digest that what is derived was made with; None if nothing was made yet."""
    if not schema.columns_of(connection, "derived_from"):
        return None
    row = connection.execute("SELECT words FROM derived_from").fetchone()
    return str(row[0]) if row else None


@cache
def words_in_use() -> str:
    """A digest of all that search text is made with besides the records: fields and labels."""
    total = hashlib.sha256(bytes([_MANNER]))
    for kind in ALL_KINDS:
        total.update(repr([(path, field.kind) for path, field in walk(kind.fields)]).encode())
    for language in LANGUAGES:
        total.update(repr(countries(language)).encode())
    for name in vocabulary_names():
        total.update(resources("vocabulary", f"{name}.json").read_bytes())
    return total.hexdigest()


def is_current(connection: sqlite3.Connection) -> bool:
    """True if the derived tables were made with the fields and labels of this version."""
    return words_of(connection) == words_in_use()
