"""Cells as text for a spreadsheet, and text from one as changes of records. No widgets here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from html import escape

from ropa_app.errors import UserError
from ropa_app.exports.safe_text import SafeText
from ropa_app.i18n import LANGUAGES, N_, translate
from ropa_app.model.field import Field
from ropa_app.model.kinds import KINDS
from ropa_app.model.reading import read
from ropa_app.model.state import AsTyped, NotApplicable, Open, State, Value
from ropa_app.model.vocabulary import OwnTerms, fold
from ropa_app.register.entry import RegisterReader
from ropa_ui.models.session import Session

Block = list[list[str]]

_FORMULA = ("=", "+", "-", "@")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=\t|\r\n|\n|\r|\Z)')
_CELL = re.compile(r"[^\t\r\n]*")
_CELL_STYLE = r"mso-number-format:'\@';white-space:pre-wrap"
_LINE_BREAK = '<br style="mso-data-placement:same-cell">'


# Out: for a spreadsheet


def block_text(cells: Block) -> str:
    """Cells as tab-separated text, quoted as Excel does; what looks like a formula stays text."""
    return "".join("\t".join(map(_plain_cell, row)) + "\r\n" for row in cells)


def _plain_cell(text: str) -> str:
    text = SafeText().clean(text)
    if text.startswith(_FORMULA):
        text = f"'{text}"
    if text.startswith('"') or re.search(r"[\t\r\n]", text):
        doubled = text.replace('"', '""')
        return f'"{doubled}"'
    return text


def block_html(cells: Block) -> str:
    """Cells as a table, every one marked as text; Excel and Writer take this rather than text."""
    rows = "".join(f"<tr>{''.join(map(_html_cell, row))}</tr>" for row in cells)
    return f'<meta charset="utf-8"><table>{rows}</table>'


def _html_cell(text: str) -> str:
    inside = escape(SafeText().clean(text)).replace("\n", _LINE_BREAK)
    return f'<td style="{_CELL_STYLE}">{inside}</td>'


# In: from a spreadsheet


def parse_block(text: str) -> Block:
    """The cells of tab-separated text as Excel puts it on the clipboard; rows equally long."""
    rows: Block = [[]]
    at = 0
    while True:
        quoted = _QUOTED.match(text, at)
        found = quoted or _CELL.match(text, at)
        if found is None:  # never: a cell may be empty
            break
        cell = quoted.group(1).replace('""', '"') if quoted else found.group()
        rows[-1].append(_as_meant(cell.replace("\r\n", "\n").replace("\r", "\n")))
        at = found.end()
        if at >= len(text):
            break
        if text[at] != "\t":
            rows.append([])
        at += 2 if text.startswith("\r\n", at) else 1
    if len(rows) > 1 and rows[-1] == [""]:
        rows.pop()  # the line end after the last row
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _as_meant(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from reading a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA) else cell


class NameReader:
    """Knows records by reference, id or name, and terms by their labels in any language."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._register = RegisterReader(session.register)
        self.terms: OwnTerms = self._register.terms
        self._names: dict[str, dict[str, list[str]]] = {}

    def find_record(self, text: str, kinds: tuple[str, ...]) -> str | None:
        """The id of the record so called; None if there is none, or more than one."""
        known = self._register.find_record(text, kinds)
        if known:
            return known
        found = [i for kind in kinds for i in self._of(kind).get(fold(text), ())]
        return found[0] if len(found) == 1 else None

    def _of(self, kind: str) -> dict[str, list[str]]:
        if kind not in self._names:
            names: dict[str, list[str]] = {}
            rows = self._session.register.connection.execute(
                f'SELECT id, name FROM "{kind}" '  # noqa: S608 - kinds are declared
                "WHERE deleted IS NULL AND merged_into IS NULL"
            )
            for identifier, name in rows.fetchall():
                names.setdefault(fold(self._title(identifier, name)), []).append(identifier)
            self._names[kind] = names
        return self._names[kind]

    def _title(self, identifier: str, name: object) -> str:
        if isinstance(name, str) and name[:1] not in ("{", "[", '"'):
            return name
        return self._session.title(self._session.view.records[identifier])


def read_cell(field: Field, text: str, reader: NameReader) -> Value:
    """The value that the text of a cell means; what cannot be read stays as typed.

    A state is written as the exports write it ("Open question: …"), or short ("open: …").
    """
    text = text.strip(" \n") if not field.is_text else text
    if not text.strip():
        return None
    state = _state_in(text)
    if state is not None:
        return state
    if not field.many:
        return _read_one(field, _as_typed_text(text), reader)
    items = [_read_one(field, text, reader)]
    if _is_unread(items[0]) or field.kind == "texts":
        items = [_read_item(field, part, reader) for part in _parts(field, text)]
    return [item for item in items if item is not None] or None


def _parts(field: Field, text: str) -> list[str]:
    """One item per line, but for lines of text also between semicolons, as read does it."""
    mark = r"\n" if field.kind == "texts" else r"\n|;"
    return [part.strip() for part in re.split(mark, text) if part.strip()]


def _read_item(field: Field, text: str, reader: NameReader) -> Value:
    state = _state_in(text)
    return _read_one(field, _as_typed_text(text), reader) if state is None else state


def _read_one(field: Field, text: str, reader: NameReader) -> Value:
    """One item; a list is taken out of the list that reading gives."""
    try:
        value = read(field, [text] if field.many else text, reader)
    except UserError:
        return AsTyped(text)
    return value[0] if field.many and isinstance(value, list) else value


def is_unread(value: Value) -> bool:
    """True if something in a value could not be read and stays as typed."""
    return any(map(_is_unread, value)) if isinstance(value, list) else _is_unread(value)


def _is_unread(value: Value) -> bool:
    return isinstance(value, AsTyped)


_SHORT: dict[str, type[Open] | type[NotApplicable]] = {
    "open": Open, "åpent": Open, "not applicable": NotApplicable, "ikke aktuelt": NotApplicable,
}  # fmt: skip
_LONG: tuple[tuple[str, type[Open] | type[NotApplicable]], ...] = (
    (N_("Open question: {text}"), Open),
    (N_("Not applicable: {text}"), NotApplicable),
)
_AS_TYPED = N_("{text} (as typed, could not be read)")


@cache
def _state_words() -> Sequence[tuple[re.Pattern[str], type[Open] | type[NotApplicable]]]:
    found = [
        (re.compile(re.escape(word) + r":\s*(.+)", re.DOTALL), state)
        for word, state in _SHORT.items()
    ]
    for sentence, state in _LONG:
        for language in LANGUAGES:
            said = re.escape(translate(sentence, language)).replace(r"\{text\}", "(.+)")
            found.append((re.compile(said, re.DOTALL | re.IGNORECASE), state))
    return found


def _state_in(text: str) -> State | None:
    """The state that a text says, in the words of any language; None if it says a value."""
    for pattern, state in _state_words():
        found = pattern.fullmatch(text.strip())
        if found:
            return state(found.group(1))
    return None


def _as_typed_text(text: str) -> str:
    """What was typed, of a text that an export has marked as not read."""
    for language in LANGUAGES:
        mark = translate(_AS_TYPED, language).partition("{text}")[2]
        if text.endswith(mark):
            return text.removesuffix(mark)
    return text


def pasteable(kind: str, key: str) -> bool:
    """True if a column takes text: a field, and neither lines nor a file."""
    return KINDS[kind].has(key) and KINDS[kind].field(key).kind not in ("lines", "file")
