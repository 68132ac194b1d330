"""What a pick list offers: terms, countries, records or lines, and how typed text finds them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from ropa_app.heap import collection_put_off
from ropa_app.i18n import LANGUAGES, current_language, in_language
from ropa_app.model.countries import countries, country, country_name
from ropa_app.model.field import Field
from ropa_app.model.kinds import KINDS
from ropa_app.model.record import Record
from ropa_app.model.state import decode
from ropa_app.model.vocabulary import Term, vocabulary
from ropa_app.register.file import friendly
from ropa_app.register.live import LiveView
from ropa_app.register.store import Register
from ropa_ui.forms.editor import Context
from ropa_ui.kinds import ICONS
from ropa_ui.models.beside import Beside
from ropa_ui.models.session import Session

#: Letters that no decomposition takes apart, as they are typed where a keyboard lacks them.
_PLAIN = str.maketrans({"ø": "o", "æ": "ae", "ð": "d", "đ": "d", "ł": "l", "þ": "th"})
_AT_ONCE = 1000  # records in one query
_PLACES = ("country", "organisation", "place")


def plain(text: str) -> str:
    """A text as entries are compared: capitals and accents do not count."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    parts = unicodedata.normalize("NFKD", folded.translate(_PLAIN))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a pick list.

    `value` is what choosing it gives; `others` are further names it is found by. An entry that
    first makes something has `makes` instead: the kind of record.
    """

    value: str
    label: str
    detail: str = ""
    aside: str = ""
    icon: str = ""
    others: tuple[str, ...] = ()
    makes: str = ""
    key: str = field(init=False, compare=False)
    names: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", plain(self.label))
        object.__setattr__(self, "names", "\n".join((self.key, *map(plain, self.others))))


def renamed(entry: Entry, label: str) -> Entry:
    """The entry under another label; it is found by the one it had, too."""
    if label == entry.label:
        return entry
    return replace(entry, label=label, others=(*entry.others, entry.label))


def search(entries: Iterable[Entry], text: str) -> list[Entry]:
    """The entries that hold every word of a text, the best first, else in their own order."""
    asked = plain(text).split()
    whole = " ".join(asked)
    ranks: tuple[list[Entry], ...] = ([], [], [], [], [])
    for entry in entries:
        if all(word in entry.names for word in asked):
            ranks[_rank(entry.key, whole, asked)].append(entry)
    return [entry for rank in ranks for entry in rank]


def _rank(key: str, whole: str, asked: list[str]) -> int:
    """0: the label itself; 1: begins so; 2: a word of it does; 3: it holds it; 4: another name."""
    if key == whole:
        return 0
    if key.startswith(whole):
        return 1
    if f" {whole}" in key:
        return 2
    return 3 if all(word in key for word in asked) else 4


def exactly(entries: Iterable[Entry], text: str) -> Entry | None:
    """The one entry that a text names in full, by its label or else another name."""
    asked = " ".join(plain(text).split())
    if not asked:
        return None
    by_label: list[Entry] = []
    by_name: list[Entry] = []
    for entry in entries:
        if asked in entry.names:
            if entry.key == asked:
                by_label.append(entry)
            elif asked in entry.names.split("\n"):
                by_name.append(entry)
    found = by_label or by_name
    return found[0] if len(found) == 1 else None


def entries_for(of: Field, context: Context) -> list[Entry]:
    """Everything that a field can be given."""
    return _SOURCES[of.kind](of, context) if of.kind in _SOURCES else []


# Terms


def _terms(of: Field, context: Context) -> list[Entry]:
    own = context.session.view.of("term")
    mine = [record.id for record in own if record.text("vocabulary") == of.vocabulary]
    known = context.words.terms
    found = [term for i in mine if (term := known.term(of.vocabulary, i))]
    listed = [*vocabulary(of.vocabulary).terms.values(), *found]
    return [_term_entry(term) for term in listed]


def _term_entry(term: Term) -> Entry:
    language = current_language()
    label = term.label(language)
    others = {*term.labels.values(), *term.phrase.values(), term.id.replace("-", " ")} - {label}
    return Entry(term.id, label, in_language(term.help, language), others=tuple(sorted(others)))


# Countries


def _countries(_of: Field, _context: Context) -> list[Entry]:
    language = current_language()
    return [_country_entry(code, name, language) for code, name in countries(language, _PLACES)]


def _country_entry(code: str, name: str, language: str) -> Entry:
    found = country(code)
    aside = code if found.kind == "country" else ""
    if found.part_of:
        aside = country_name(found.part_of, language)
    further = (*(found.name(each) for each in LANGUAGES), *found.aliases, code)
    others = tuple(dict.fromkeys(text for text in further if text != name))
    return Entry(code, name, aside=aside, others=others)


# Records


class _Records(QObject):
    """The records of each kind as entries, kept until something changes."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._kept: dict[str, list[Entry]] = {}
        self._ahead = Beside(self)
        self._ahead.answered.connect(self._take)
        session.changed.connect(self._forget)
        session.reset.connect(self._forget)

    def _forget(self) -> None:
        self._kept.clear()
        self._ahead.forget()

    def ahead(self, kind: str) -> None:
        """Read the entries of a kind beside the window, to have them when they are asked for."""
        if kind not in self._kept and self._session.writable:
            self._ahead.ask(self._session.path, partial(_entries_beside, kind))

    def _take(self, found: tuple[str, list[Entry]]) -> None:
        self._kept.setdefault(*found)

    def of(self, kind: str) -> list[Entry]:
        """The entries of the records of a kind that are not deleted, by number."""
        if kind not in self._kept:
            session = self._session
            self._kept[kind] = _read_entries(session.register, kind, session.title)
        return self._kept[kind]


@collection_put_off()
def _read_entries(
    register: Register, kind: str, title_of: Callable[[Record], str]
) -> list[Entry]:
    """Straight from the table: reading whole records would take a hundred times as long."""
    declared = KINDS[kind]
    with friendly(register.path):
        rows = register.connection.execute(
            f'SELECT id, number, name, former_names FROM "{kind}" '  # noqa: S608 - declared kinds
            "WHERE deleted IS NULL AND merged_into IS NULL ORDER BY number"
        ).fetchall()
    nameless = [row[1] for row in rows if not _is_text(row[2])]
    records: dict[int, Record] = {}
    for start in range(0, len(nameless), _AT_ONCE):
        records |= register.batch(declared, nameless[start : start + _AT_ONCE])
    found = []
    for identifier, number, name, former in rows:
        title = title_of(records[number]) if number in records else name
        ref = declared.reference(number)
        others = (ref, *_texts(former)) if former else (ref,)
        found.append(Entry(identifier, title, "", ref, ICONS[kind], others))
    return found


def _entries_beside(kind: str, register: Register) -> tuple[str, list[Entry]]:
    view = LiveView(register)
    words = view.words(current_language())
    return kind, _read_entries(register, kind, partial(view.title, words=words))


def _is_text(cell: Any) -> bool:
    return isinstance(cell, str) and cell[:1] not in ("{", "[", '"', "")


def _texts(cell: Any) -> list[str]:
    value = decode(cell)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def record_entries(session: Session, kind: str) -> list[Entry]:
    """The records of a kind that are not deleted, by number."""
    return _entries_of(session).of(kind)


def read_ahead(session: Session, kind: str) -> None:
    """Have the records of a kind read beside the window: soon they are asked for."""
    _entries_of(session).ahead(kind)


def _entries_of(session: Session) -> _Records:
    return session.findChild(_Records) or _Records(session)


def _records(of: Field, context: Context) -> list[Entry]:
    return [entry for kind in of.links_to for entry in record_entries(context.session, kind)]


# Lines of the same record


def _lines(of: Field, context: Context) -> list[Entry]:
    record = context.record
    if record is None:
        return []
    said = [
        (str(line["id"]), context.words.value(of, [line["id"]], record.values))
        for line in record.lines(of.lines_of)
    ]
    return [Entry(identifier, label) for identifier, label in said]


_SOURCES: Mapping[str, Callable[[Field, Context], list[Entry]]] = {
    "term": _terms,
    "terms": _terms,
    "country": _countries,
    "countries": _countries,
    "link": _records,
    "links": _records,
    "line_links": _lines,
}
