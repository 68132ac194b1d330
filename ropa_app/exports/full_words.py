"""What stands in a cell of the layout `full`: every field of a record in words, for a reader.

A line of a small table begins with what it is about; what else it says stands below, short parts
together and each longer one on a line of its own, unless all of it fits on one. What the law asks
of a line and it does not say is said to be missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from ropa_app.exports.notes import LANGUAGE_NAMES
from ropa_app.exports.pdf_mechanism import named_in
from ropa_app.exports.text_lines import BELOW, lines_needed
from ropa_app.i18n import N_, in_language
from ropa_app.model.dates import date_words
from ropa_app.model.field import Field
from ropa_app.model.record import Record
from ropa_app.model.sentences import begun
from ropa_app.model.state import STATES, Value
from ropa_app.model.vocabulary import vocabulary, vocabulary_names
from ropa_app.model.words import Words
from ropa_app.rules.mechanisms import instrument_words
from ropa_app.rules.obligation import needed_columns, says_nothing
from ropa_app.rules.over import line_ended
from ropa_app.rules.transfers import last_day

# Between the parts of a line of a small table that fit on one line.
_BETWEEN = " · "


def cell_words(record: Record, field: Field, words: Words, width: float, day: date) -> str:
    """A field of a record in a column of that width, one item per line; nothing is empty.

    `day` is the one the workbook is as at: what is over by then is said to be.
    """
    value = record.values.get(field.key)
    if value is None:
        return ""
    if code := _CODES.get((record.kind_key, field.key)):
        return "\n".join(_said(value, field, words, code))
    if field.kind == "lines":
        return "\n".join(_lines(record, field, words, width, day))
    text = words.value(field, value, record.values)
    return begun(text) if isinstance(value, dict) and field.kind == "period" else text


def _said(
    value: Value, field: Field, words: Words, code: Callable[[str, Words], str]
) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        said = code(item, words) if isinstance(item, str) else words.value(field, item)
        yield f"{said} ({item})" if isinstance(item, str) and said != item else said


def _vocabulary(identifier: str, words: Words) -> str:
    known = identifier in vocabulary_names()
    return in_language(vocabulary(identifier).labels, words.language) if known else identifier


def _language(code: str, words: Words) -> str:
    return words.say(LANGUAGE_NAMES[code]) if code in LANGUAGE_NAMES else code


def _zone(name: str, _words: Words) -> str:
    """The place a time zone is called by: “Oslo” of “Europe/Oslo”."""
    return name.rpartition("/")[2].replace("_", " ")


_FLAGS: Mapping[str, str] = {
    "special": N_("Special categories"), "criminal": N_("Criminal offences"),
    "internal": N_("Internal"), "vulnerable": N_("Vulnerable people"),
}  # fmt: skip


def _flag(name: str, words: Words) -> str:
    return words.say(_FLAGS[name]) if name in _FLAGS else name


# Texts that hold a code of the program: what a reader calls it; the code stands behind.
_CODES: Mapping[tuple[str, str], Callable[[str, Words], str]] = {
    ("term", "vocabulary"): _vocabulary,
    ("term", "flags"): _flag,
    ("register", "language"): _language,
    ("register", "time_zone"): _zone,
}


def _lines(record: Record, field: Field, words: Words, width: float, day: date) -> Iterator[str]:
    value = record.values[field.key]
    for line in value if isinstance(value, list) else [value]:
        if isinstance(line, dict):
            yield _line(field, _parts(record, field, line, words, day), width)
        elif isinstance(line, STATES):
            yield words.state(line)


def _line(field: Field, parts: Sequence[tuple[str, str]], width: float) -> str:
    if len(field.columns) == 2:
        # A table of two columns needs no labels: “30 Jun 2026: Identity checked”.
        return ": ".join(text for _label, text in parts)
    said = [f"{label}: {text}" if label else text for label, text in parts]
    joined = _BETWEEN.join(said)
    if lines_needed(joined, width) <= 1:
        return joined
    return "\n".join([*said[:1], *(BELOW + text for text in _together(said[1:], width))])


def _together(parts: Sequence[str], width: float) -> list[str]:
    """The parts in their order, those that fit on one line together."""
    found: list[str] = []
    for part in parts:
        both = f"{found[-1]}{_BETWEEN}{part}" if found else part
        if found and lines_needed(BELOW + both, width) <= 1:
            found[-1] = both
        else:
            found.append(part)
    return found


def _parts(
    record: Record, field: Field, line: Mapping[str, Value], words: Words, day: date
) -> list[tuple[str, str]]:
    """Label and text of what a line says; the first column needs no label."""
    missing = [columns for columns in needed_columns(field, record)
               if says_nothing(columns, dict(line))]  # fmt: skip
    gap = words.say(N_("not stated"))
    parts = []
    for number, column in enumerate(field.columns):
        text = words.series(column, line.get(column.key), record.values)
        if column.key == "mechanism":
            text = named_in(words, line, last_day(record, day))
        elif column.key == "reliance" and text and (end := line_ended(record, line, day)):
            until = date_words(end.isoformat(), words.language)
            text = words.say(N_("{status} until {date} (ended)"), status=text, date=until)
        if isinstance(named := line.get(column.key), str) and column.key == "instrument":
            known = instrument_words(named, words.language)
            # What is no name of an instrument stays letter by letter.
            text = begun(known) if known != named else named
        if text:
            parts.append((words.label(column) if number else "", text))
        elif any(columns[0] is column for columns in missing):
            parts.append((words.label(column), gap))
    return parts
