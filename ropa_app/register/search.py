"""Full-text search: words, beginnings of words, and parts inside compounds.

FTS5 finds words and their beginnings; a part inside a word (*behandler* in *databehandler*) is
looked up among the distinct words of the register, which are read once per state of the file.
A record is also found by the name of a record it links to.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterator

from ropa_app.model.kinds import ALL_KINDS
from ropa_app.register.derived import split_search_row
from ropa_app.register.store import Register

_TOKEN = re.compile(r"[^\W_]+")
_MOST_WORDS = 200


class Search:
    """Searches one register; keeps its word list for as long as the file stands still."""

    def __init__(self, register: Register) -> None:
        self._connection = register.connection
        self._words: list[str] = []
        self._version: tuple[int, int] | None = None

    def ids(self, text: str, kind: str) -> list[int]:
        """The numbers of the records of a kind that match all words of a text, in order."""
        tokens = [fold(token) for token in _TOKEN.findall(text)]
        if not tokens:
            return []
        found = set.intersection(*(self._matching(token, kind) for token in tokens))
        return sorted(found)

    def _matching(self, token: str, kind: str) -> set[int]:
        ordinal = next(k.ordinal for k in ALL_KINDS if k.key == kind)
        query = self._query(token)
        low, high = ordinal << 40, (ordinal + 1) << 40
        direct = self._connection.execute(
            "SELECT rowid FROM search WHERE search MATCH ? AND rowid >= ? AND rowid < ?",
            (query, low, high),
        )
        found = {split_search_row(row[0])[1] for row in direct}
        return found | self._through_links(query, kind)

    def _through_links(self, query: str, kind: str) -> set[int]:
        """Records that link to a record whose name matches."""
        found: set[int] = set()
        for ordinal, numbers in self._named(query):
            target = next(k for k in ALL_KINDS if k.ordinal == ordinal)
            for start in range(0, len(numbers), 500):
                part = numbers[start : start + 500]
                marks = ", ".join("?" * len(part))
                found.update(
                    row[0]
                    for row in self._connection.execute(
                        f'SELECT s.number FROM "{target.key}" t JOIN link l ON l.target = t.id '
                        f'JOIN "{kind}" s ON s.id = l.source WHERE t.number IN ({marks})',
                        part,
                    )
                )
        return found

    def _named(self, query: str) -> Iterator[tuple[int, list[int]]]:
        rows = self._connection.execute(
            "SELECT rowid FROM search WHERE search MATCH ?", (f"{{title}} : ({query})",)
        )
        by_kind: dict[int, list[int]] = {}
        for row in rows:
            ordinal, number = split_search_row(row[0])
            by_kind.setdefault(ordinal, []).append(number)
        yield from by_kind.items()

    def _query(self, token: str) -> str:
        """The FTS5 expression for one word: its beginning, and words it stands inside."""
        inner = [word for word in self._vocabulary() if token in word and word[: len(token)] != token]
        parts = [f'"{token}"*', *(f'"{word}"' for word in inner[:_MOST_WORDS])]
        return " OR ".join(parts)

    def _vocabulary(self) -> list[str]:
        """The distinct words of the register, read again when the file has changed."""
        version = (
            self._connection.execute("PRAGMA data_version").fetchone()[0],
            self._connection.total_changes,
        )
        if version != self._version:
            self._words = _read_words(self._connection)
            self._version = version
        return self._words


def fold(token: str) -> str:
    """A word as the search table keeps it: small letters without diacritics."""
    parts = unicodedata.normalize("NFD", token.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def _read_words(connection: sqlite3.Connection) -> list[str]:
    connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab(main, search, row)"
    )
    return [row[0] for row in connection.execute("SELECT term FROM temp.words")]
