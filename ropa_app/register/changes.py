"""Searching the log: by record, field, old or new value, or who did it, as people read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ropa_app.model.matching import around, folded, typed_words
from ropa_app.model.words import Words
from ropa_app.register import log
from ropa_app.register.file import friendly
from ropa_app.register.history import FieldChange, entry_of, value_words
from ropa_app.register.loading import record_at_creation
from ropa_app.register.log import LogRow, Operation
from ropa_app.register.store import Register
from ropa_app.register.timeline import operations_before
from ropa_app.register.told import told_words
from ropa_app.register.view import View

_OPERATIONS, _ROWS = 200, 500  # read at once; nobody waits long to write meanwhile


@dataclass(frozen=True, slots=True)
class Hit:
    """An operation that was found, and the change in it that was meant; "" if its label says it."""

    operation: int
    change: str


def search_changes(
    register: Register,
    view: View,
    words: Words,
    text: str,
    record: str | None = None,
    before: int | None = None,
) -> Iterator[Hit]:
    """The operations of which one change holds all words of a text, the newest first.

    A change is found by reference and name of its record, the label of its field, what it held
    before and after, by what the operation did and who did it. `record`, `before`: as in
    `operations_before`. Raises UserError.
    """
    asked = typed_words(text)
    seeker = _Seeker(register, view, words, asked)
    while asked:
        page = operations_before(register, before, _OPERATIONS, record)
        for operation in page:
            found = seeker.look_in(operation, record)
            if found is not None:
                yield Hit(operation.seq, found)
        if len(page) < _OPERATIONS:
            return
        before = page[-1].seq


class _Seeker:
    """Looks for the words in one operation after the other; names are looked up once."""

    def __init__(self, register: Register, view: View, words: Words, asked: Sequence[str]) -> None:
        self._register, self._view, self._words = register, view, words
        self._asked = asked
        self._names: dict[str, str] = {}

    def look_in(self, operation: Operation, record: str | None) -> str | None:
        """The change that holds what the label does not hold yet; None if there is none."""
        told = told_words(self._register, operation, self._view, self._words)
        label = folded(f"{told} {operation.who}")
        left = [word for word in self._asked if word not in label]
        if not left:
            return ""
        for row in self._rows(operation, record):
            said = self._say(operation, row)
            plain = folded(f"{self._name(row.record)} {said}")
            if all(word in plain for word in left):
                return around(said, left)
        return None

    def _rows(self, operation: Operation, record: str | None) -> Iterator[LogRow]:
        with friendly(self._register.path):
            first, last = self._register.connection.execute(
                "SELECT min(id), max(id) FROM change WHERE op = ?", (operation.seq,)
            ).fetchone()
        for start in range(first or 0, (last or -1) + 1, _ROWS):
            with friendly(self._register.path):
                part = list(
                    self._register.rows(
                        "op = ? AND id >= ? AND id < ? AND (? IS NULL OR record = ?)",
                        (operation.seq, start, start + _ROWS, record, record),
                    )
                )
            yield from part

    def _say(self, operation: Operation, row: LogRow) -> str:
        """A changed field with both values; of a new record all it came with."""
        if row.field == log.CREATED:
            return self._say_created(row)
        change: FieldChange = entry_of(operation, [row], self._view).changes[0]
        label, old, new = value_words(change, self._view, self._words)
        return f"{label}: {old} → {new}" if old else f"{label}: {new}"

    def _say_created(self, row: LogRow) -> str:
        made = record_at_creation(row)
        said = [
            self._words.value(made.kind.field(key), value, made.values)
            for key, value in made.values.items()
            if made.kind.has(key)
        ]
        return f"{made.ref}  ·  {'; '.join(said)}"

    def _name(self, identifier: str) -> str:
        if identifier not in self._names:
            record = self._view.records.get(identifier)
            title = self._view.title(record, self._words) if record else ""
            self._names[identifier] = f"{record.ref} {title}" if record else ""
        return self._names[identifier]
