"""Full-text search: words, beginnings of words, and parts inside compounds.

FTS5 finds words and their beginnings; a part inside a word (*behandler* in *databehandler*) is
looked up among the distinct words of the register.
A record is also found by the name of a record it links to.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from functools import lru_cache

from ropa_app.model.kinds import ALL_KINDS, KINDS
from ropa_app.model.record import Record
from ropa_app.register import schema
from ropa_app.register.column import at_most, numbers_of
from ropa_app.register.derived import search_row, split_search_row
from ropa_app.register.store import Register

_WORDS_AT_ONCE = 200  # a row costs as many steps as one expression has words
_READ_AT_ONCE = 5000  # words: some 20 ms
_MOST_NUMBER = (1 << 40) - 1
_LEAST_INNER = 3  # a shorter part stands inside almost every word
_KEYS = {kind.ordinal: kind.key for kind in ALL_KINDS}


class WordList:
    """The distinct words of a register, one text: looking through it costs next to nothing."""

    def __init__(self, text: str = "") -> None:
        self._text = f"\n{text}\n"
        self._added: dict[str, None] = {}

    @classmethod
    def read(cls, connection: sqlite3.Connection) -> WordList:
        """Read the words of a register, in steps: somebody may want to write meanwhile."""
        connection.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab(main, search, row)"
        )
        parts, last = list[str](), ""
        while True:
            part, last = connection.execute(
                "SELECT group_concat(term, char(10)), max(term) FROM "
                "(SELECT term FROM temp.words WHERE term > ? ORDER BY term LIMIT ?)",
                (last, _READ_AT_ONCE),
            ).fetchone()
            if part is None:
                return cls("\n".join(parts))
            parts.append(part)

    def add(self, words: Iterable[str]) -> None:
        """Know these words, too."""
        self._added.update(dict.fromkeys(words))

    def around(self, part: str) -> list[str]:
        """The words that a part stands inside, but not at their beginning."""
        text = self._text
        found = {w: None for w in self._added if part in w and not w.startswith(part)}
        at = text.find(part)
        while at >= 0:
            start, end = text.rfind("\n", 0, at) + 1, text.index("\n", at)
            if not text.startswith(part, start):
                found[text[start:end]] = None
            at = text.find(part, end)
        return list(found)


class Search:
    """Searches one register; reads its word list once, and again when asked to refresh."""

    def __init__(self, register: Register, words: WordList | None = None) -> None:
        """`words`: the word list, where another reads it and tells it by `take`."""
        self._connection = register.connection
        self.words = words
        self._learned: list[str] = []
        self._version: tuple[int, int] | None = None

    def take(self, words: WordList) -> None:
        """Go by this word list from now on, and by what was learned while it was read."""
        words.add(self._learned)
        self.words = words

    def learn(self, records: Iterable[Record]) -> None:
        """Know the words of records that were changed, as the search table holds them now."""
        for record in records:
            row = self._connection.execute(
                "SELECT title, body FROM search WHERE rowid = ?",
                (search_row(record.kind, record.number),),
            ).fetchone()
            words = words_of(" ".join(filter(None, row))) if row else ()
            self._learned += words
            if self.words is not None:
                self.words.add(words)

    def first(self, text: str, kind: str, most: int) -> list[int]:
        """The first page: numbers of at most so many records that hold all words of a text.

        Records that hold the words themselves come first, by number; those found only through
        a record they link to follow. Stops as soon as the page is full.
        """
        page = self._holding_all(text, kind, most)
        if len(page) < most:
            seen = set(page)
            page += [number for number in self.ids(text, kind) if number not in seen]
        return page[:most]

    def at_once(self, text: str, kind: str, most: int, seconds: float) -> tuple[list[int], bool]:
        """As much of the first page as is found in this time; True if that is all there is."""
        page, everything = list[int](), False
        with at_most(self._connection, seconds):
            page = self._holding_all(text, kind, most)
            if len(page) < most:
                page = self.ids(text, kind)
                everything = len(page) <= most
        return page[:most], everything

    def _holding_all(self, text: str, kind: str, most: int) -> list[int]:
        """Records that hold all words of a text themselves, by number, at most so many."""
        asked = [self._queries(token) for token in words_of(text)]
        if not asked:
            return []
        if all(len(queries) == 1 for queries in asked):
            query = " AND ".join(f"({queries[0]})" for queries in asked)
            return self._direct(query, kind, most)
        held = set.intersection(*(self._holding(queries, kind) for queries in asked))
        return sorted(held)[:most]

    def ids(self, text: str, kind: str) -> list[int]:
        """The numbers of all records of a kind that match all words of a text, by number."""
        tokens = words_of(text)
        if not tokens:
            return []
        found = set.intersection(*(self._matching(token, kind) for token in tokens))
        return sorted(found)

    def named(self, text: str, most: int) -> list[tuple[str, int]]:
        """Kind and number of records whose name holds all words of a text, over all kinds.

        Names that begin with the text come first, at most three of each kind; deleted records
        are among them. For a first look while somebody types: it never reads more than a page.
        """
        tokens = words_of(text)
        if not tokens:
            return []
        phrase = " + ".join(f'"{token}"' for token in tokens)
        found: dict[tuple[str, int], None] = {}
        after = 0
        while rows := self._after(f"{{title}} : ^ {phrase} *", after, 3):
            places = [split_search_row(row) for row in rows]
            key = _KEYS[places[0][0]]
            found.update({(key, number): None for kind, number in places if _KEYS[kind] == key})
            after = search_row(KINDS[key], _MOST_NUMBER)  # on to the next kind that has any
        found.update(dict.fromkeys(self._anywhere("title", tokens, most)))
        return list(found)[:most]

    def holding(self, text: str, most: int) -> list[tuple[str, int]]:
        """Kind and number of records that hold all words of a text outside their name.

        By kind and number, at most so many; deleted records are among them.
        """
        tokens = words_of(text)
        return self._anywhere("body", tokens, most) if tokens else []

    def linking(self, identifier: str, most: int) -> list[tuple[str, str]]:
        """Some links to a record, at most so many: id of the record that links, and its field."""
        rows = self._connection.execute(
            "SELECT source, field FROM link WHERE target = ? LIMIT ?", (identifier, most)
        )
        return [(source, field) for source, field in rows]

    def _anywhere(self, column: str, tokens: tuple[str, ...], most: int) -> list[tuple[str, int]]:
        query = " AND ".join(f"({self._queries(token)[0]})" for token in tokens)
        rows = self._after(f"{{{column}}} : ({query})", 0, most)
        places = (split_search_row(row) for row in rows)
        return [(_KEYS[ordinal], number) for ordinal, number in places]

    def refresh(self) -> None:
        """Read the word list again if the file has changed since."""
        version = (
            self._connection.execute("PRAGMA data_version").fetchone()[0],
            self._connection.total_changes,
        )
        if version != self._version or self.words is None:
            self.words = WordList.read(self._connection)
            self._version = version

    def _direct(self, query: str, kind: str, most: int = -1) -> list[int]:
        low = search_row(KINDS[kind], 0)
        return numbers_of(
            self._connection,
            "SELECT rowid - ? AS number FROM search WHERE search MATCH ? AND rowid > ? "
            "AND rowid <= ? ORDER BY rowid LIMIT ?",
            (low, query, low, low + _MOST_NUMBER, most),
        )

    def _after(self, query: str, after: int, most: int) -> list[int]:
        """At most so many rows of the search table after one, of whatever kind."""
        return numbers_of(
            self._connection,
            "SELECT rowid AS number FROM search WHERE search MATCH ? AND rowid > ? "
            "ORDER BY rowid LIMIT ?",
            (query, after, most),
        )

    def _matching(self, token: str, kind: str) -> set[int]:
        queries = self._queries(token)
        return self._holding(queries, kind) | self._through_links(queries, kind)

    def _holding(self, queries: list[str], kind: str) -> set[int]:
        """Records that hold what one of the expressions asks for."""
        return {number for query in queries for number in self._direct(query, kind)}

    def _through_links(self, queries: list[str], kind: str) -> set[int]:
        """Records that link to a record whose name matches."""
        found: set[int] = set()
        for ordinal, named in self._named(queries).items():
            found.update(
                numbers_of(
                    self._connection,
                    f'SELECT s.number FROM "{_KEYS[ordinal]}" t JOIN link l ON l.target = t.id '
                    f'JOIN "{kind}" s ON s.id = l.source '
                    "WHERE t.number IN (SELECT value FROM json_each(?))",
                    (json.dumps(sorted(named)),),
                )
            )
        return found

    def _named(self, queries: list[str]) -> dict[int, set[int]]:
        """Numbers of the records whose name matches, by ordinal of their kind."""
        by_kind: dict[int, set[int]] = {}
        for query in queries:
            rows = numbers_of(
                self._connection,
                "SELECT rowid AS number FROM search WHERE search MATCH ?",
                (f"{{title}} : ({query})",),
            )
            for row in rows:
                ordinal, number = split_search_row(row)
                by_kind.setdefault(ordinal, set()).add(number)
        return by_kind

    def _queries(self, token: str) -> list[str]:
        """FTS5 expressions for one word: its beginning, and the words it stands inside."""
        if self.words is None:
            self.refresh()
        inner = self.words.around(token) if self.words and len(token) >= _LEAST_INNER else ()
        parts = [f'"{token}"*', *(f'"{word}"' for word in inner)]
        starts = range(0, len(parts), _WORDS_AT_ONCE)
        return [" OR ".join(parts[start : start + _WORDS_AT_ONCE]) for start in starts]


@lru_cache(maxsize=64)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as the search table keeps them, each once.

    The table's own tokenizer tells them: Python folds ß, й or the Korean syllables another way.
    """
    clean = text.encode("utf-8", "replace").decode("utf-8")
    with closing(sqlite3.connect(":memory:")) as apart:
        apart.execute(schema.SEARCH)
        apart.execute("CREATE VIRTUAL TABLE word USING fts5vocab(search, instance)")
        apart.execute("INSERT INTO search (title) VALUES (?)", (clean,))
        return tuple(dict.fromkeys(r[0] for r in apart.execute("SELECT term FROM word")))
