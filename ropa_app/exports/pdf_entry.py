"""What all parts of an activity's page share: its values in words, its gaps, its labelled lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportlab.platypus import Flowable

from ropa_app.exports.expressions import expression
from ropa_app.exports.pdf_organisation import line_words
from ropa_app.exports.pdf_parts import Content, inline, pair
from ropa_app.exports.pdf_rows import Band
from ropa_app.exports.pdf_text import Typesetter
from ropa_app.exports.row import Line, Row, told
from ropa_app.i18n import N_
from ropa_app.model.field import Field
from ropa_app.model.sentences import begun, run_on
from ropa_app.model.state import STATES, State, Value
from ropa_app.model.words import Words, lower_first

NOTHING = "–"

# Fields of an activity with a place of their own on the page; all others follow by themselves.
PLACED = frozenset({
    "name", "role", "business_function", "department", "status", "approved_on", "next_review",
    "organisations", "owner", "owner_email", "owner_phone", "purposes", "data", "recipients",
    "security_description", "measures", "systems", "location", "controllers_served", "source",
})  # fmt: skip
# Sections whose fields are printed with a point of Art. 30 of their own.
SECTIONS_OF_POINT = ("purposes", "data", "recipients", "security")


def in_a_row(field: Field, items: Sequence[str]) -> list[str]:
    """Items as they stand in one sentence: terms after the first begin with a small letter."""
    if field.kind not in ("term", "terms", "line_links"):
        return list(items)
    return [*items[:1], *(lower_first(item) for item in items[1:])]


def _unrepeated(label: str, item: str) -> str:
    """What is said of a linked record without its kind, where the label before it names that."""
    first, *more = item.split(", ")
    kept = [part for part in more if part.split(" (")[0].casefold() != label.casefold()]
    return ", ".join([first, *kept])


def says_anything(line: Line | State) -> bool:
    """Whether a line holds more than its id."""
    return isinstance(line, STATES) or any(
        value is not None for key, value in line.items() if key != "id"
    )


class Entry:
    """One activity; `row` says whose record it is in and which regimes apply."""

    def __init__(self, ts: Typesetter, row: Row, words: Words) -> None:
        self.ts = ts
        self.row = row
        self.words = words
        self.activity = row.activity
        self.processor = row.activity.values.get("role") == "processor"

    def said(self, key: str) -> str:
        """A field of the activity in words."""
        return self.words.value(self.activity.kind.field(key), self.activity.values.get(key))

    def missing(self) -> Sequence[Flowable]:
        """“Not stated” where the article asks for it."""
        said = self.words.say(N_("not stated"))
        return [self.ts.markup(self.ts.coloured(said, "bad-text"))]

    def gap(self) -> str | Sequence[Flowable]:
        """A gap where only a controller's record has to say something (Art. 30(1))."""
        return NOTHING if self.processor else self.missing()

    def listed(self, label: str, items: Sequence[str]) -> list[Band]:
        """A label and its items; nothing where there are none."""
        return [pair(self.ts, self.words.say(label), "\n".join(items))] if items else []

    def pair(self, label: str, content: Content) -> Band:
        """A label of the program and what it says, side by side."""
        return pair(self.ts, self.words.say(label), content)

    def column(self, field: Field, line: Line, key: str) -> str:
        """A column of a line in words, one item per line."""
        return "\n".join(self.words.items(field.column(key), line.get(key), self.activity.values))

    def series(self, field: Field, line: Line, key: str) -> str:
        """A column as one running text: “Name, e-mail address”."""
        column = field.column(key)
        items = self.words.items(column, line.get(key), self.activity.values)
        return ", ".join(in_a_row(column, items))

    def rest(self, field: Field, line: Line, *placed: str) -> str:
        """Every other column of a line that holds anything, with its label."""
        return "\n".join(
            told(self.words.label(column), self.series(field, line, column.key), line[column.key])
            for column in field.columns
            if column.key not in placed and line.get(column.key) not in (None, "no")
        )

    def others(self, section_key: str) -> list[Band]:
        """Fields of a section that have no place of their own, where they hold anything.

        Sections that belong to a point of Art. 30 print theirs there, the others beyond it.
        """
        bands = []
        for field in self.activity.kind.fields:
            if field.section == section_key and field.key not in PLACED and not field.confidential:
                label = self.words.label(field)
                items = [_unrepeated(label, item) for item in self._items(field)]
                # A line of a table may be several sentences.
                between = "\n" if field.kind == "lines" else "; "
                said = run_on(in_a_row(field, items), between)
                said = begun(said) if field.kind == "period" else said
                bands += [inline(self.ts, label, said)] if said else []
        if section_key == "source" and (said := self._source()):
            label = self.words.label(self.activity.kind.field("source"))
            bands.append(inline(self.ts, label, said))
        if bands and section_key in SECTIONS_OF_POINT:
            bands[0].above = 6
        return bands

    def _items(self, field: Field) -> list[str]:
        value = self.activity[field.key]
        if field.kind == "lines" and isinstance(value, list):
            return [line_words(self.words, field, line) for line in value]
        return expression(f"activity.{field.key}")(self.row, self.words)

    def _source(self) -> str:
        """Where the entry comes from; a linked record that is called the same is not repeated."""
        field = self.activity.kind.field("source")
        value = self.activity["source"]
        found = []
        for line in value if isinstance(value, list) else [value] if value is not None else []:
            if isinstance(line, STATES):
                found.append(self.words.state(line))
                continue
            texts = (self.series(field, line, column.key) for column in field.columns)
            found.append(", ".join(dict.fromkeys(text for text in texts if text)))
        return "; ".join(found)

    def states(self, values: Iterable[Value]) -> list[str]:
        """Open questions and the like among values, in words."""
        return [self.words.state(value) for value in values if isinstance(value, STATES)]
