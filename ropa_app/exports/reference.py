"""The reference at the end of a row: which record, which line, and which part of how many.

``A-012``, ``A-012 purposes:3fa9c2`` and, where a record needs more than one row,
``A-012, 2 of 3``. The parts of a cell, put one after another, are its text without a change; the
one cell of a further row that says what it goes on with (continued_words) is none of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ropa_app.i18n import N_
from ropa_app.model.words import Words

_REFERENCE = re.compile(
    r"(?P<ref>[A-Za-z]{1,3}-\d+)(?: (?P<field>[a-z_]+):(?P<line>[A-Za-z0-9_-]+))?"
    r"(?:, (?P<part>\d+) [^\W\d]+ (?P<parts>\d+))?"
)

#: Of a longer name a further row says so many characters: enough to know it by.
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class RowReference:
    """A record's reference; the lines field and line id of its row; part `part` of `parts`."""

    ref: str
    field: str = ""
    line: str = ""
    part: int = 1
    parts: int = 1


def reference_words(reference: RowReference, words: Words) -> str:
    """The reference as it stands in the sheet."""
    text = reference.ref
    if reference.line:
        text = f"{text} {reference.field}:{reference.line}"
    if reference.parts > 1:
        number, count = reference.part, reference.parts
        text = words.say(N_("{ref}, {number} of {count}"), ref=text, number=number, count=count)
    return text


def continued_words(name: str, reference: RowReference, words: Words) -> str:
    """What a further row of a record says it goes on with: “Orders (continued, 2 of 3)”."""
    number, count = reference.part, reference.parts
    mark = words.say(N_("(continued, {number} of {count})"), number=number, count=count)
    # Which part it is stays in one line.
    head, comma, parts = mark.partition(", ")
    mark = head + comma + parts.replace(" ", "\u00a0")
    line = " ".join(name.split())
    short = line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1].rstrip()}…"
    return f"{short} {mark}".lstrip()


def read_reference(text: str) -> RowReference | None:
    """The opposite of reference_words, in any language; None if it is no reference."""
    found = _REFERENCE.fullmatch(text.strip())
    if found is None:
        return None
    part, parts = int(found["part"] or 1), int(found["parts"] or 1)
    return RowReference(found["ref"], found["field"] or "", found["line"] or "", part, parts)
