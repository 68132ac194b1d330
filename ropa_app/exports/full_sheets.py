"""The layout `full`: every record and every field, made from the declarations alone.

One sheet per kind of record, one column per field, one line of a small table per line of the
cell; and a sheet that says for every field where it went.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from ropa_app.exports.book import Book, Heading, Sheet
from ropa_app.exports.layout import WIDTHS
from ropa_app.exports.notes import moment_words
from ropa_app.exports.reference import RowReference
from ropa_app.exports.sheet_look import HEADING_BOLD, HEADING_SIZE
from ropa_app.exports.sheet_rows import letters
from ropa_app.exports.text_lines import least_width
from ropa_app.i18n import N_
from ropa_app.model.field import ALWAYS, Field, RecordKind, walk
from ropa_app.model.kinds import ALL_KINDS
from ropa_app.model.record import Record
from ropa_app.model.words import Words
from ropa_app.register.view import View
from ropa_app.rules.articles import article_words

_KINDS_OF_WIDTH = {
    "text": "name", "long_text": "text", "date": "date", "term": "name", "number": "date",
    "country": "short", "phone": "short", "organisation_number": "short", "lines": "lines",
}  # fmt: skip
# Columns before and after those of the declared fields.
BEFORE = (N_("Reference"), N_("Id"))
AFTER = (N_("Deleted"), N_("Merged into"))


def words_with_references(view: View, language: str) -> Words:
    """Words that name a linked record with its reference, since names may occur twice."""
    plain = view.words(language)

    def name_of(identifier: str) -> str:
        record = view.records.get(identifier)
        name = plain.name_of(identifier)
        return f"{name} ({record.ref})" if record else f"{name} ({identifier})"

    return Words(language, view.terms, name_of)


def headings(kind: RecordKind, words: Words) -> list[Heading]:
    """The columns of the sheet of a kind."""
    gap = words.say(N_("not stated"))
    labels = [words.label(field) for field in kind.fields]
    found = [_ours(words, BEFORE[0], "reference"), _ours(words, BEFORE[1], "short")]
    for field, label in zip(kind.fields, labels, strict=True):
        text = label if labels.count(label) == 1 else f"{label} ({field.key})"
        found.append(
            Heading(
                text,
                _width(text, _KINDS_OF_WIDTH.get(field.kind, "list")),
                "yes" if field.obligatory else "voluntary",
                gap if field.obligatory == ALWAYS else "",
                names=field.key == "name",
            )
        )
    return [*found, _ours(words, AFTER[0], "short"), _ours(words, AFTER[1], "name")]


def _ours(words: Words, text: str, width: str) -> Heading:
    said = words.say(text)
    return Heading(said, _width(said, width), "no", is_reference=text == BEFORE[0])


def _width(heading: str, width: str) -> int:
    """The usual width, or more where a word of the heading would be broken."""
    return max(WIDTHS[width], least_width(heading, HEADING_SIZE, HEADING_BOLD))


def write_kind(book: Book, kind: RecordKind, records: Sequence[Record], zone: str) -> Sheet:
    """The sheet of a kind with all its records."""
    sheet = book.sheet(book.words.kind(kind, many=True), headings(kind, book.words), frozen=3)
    for record in records:
        sheet.rows.add(_texts(record, kind, book.words, zone), RowReference(record.ref))
    return sheet


def _texts(record: Record, kind: RecordKind, words: Words, zone: str) -> list[str]:
    texts = [record.ref, record.id]
    for field in kind.fields:
        value = record.values.get(field.key)
        texts.append("" if value is None else words.value(field, value, record.values))
    merged = words.name_of(record.merged_into) if record.merged_into else ""
    return [*texts, _moment(record.deleted, zone, words), merged]


def _moment(deleted: str | None, zone: str, words: Words) -> str:
    """When a record was deleted, by the clock of its register; odd text as it stands."""
    if not deleted:
        return ""
    try:
        return moment_words(datetime.fromisoformat(deleted), zone, words)
    except ValueError:
        return deleted


def write_fields(book: Book, title: str, sheets: Sequence[tuple[RecordKind, Sheet]]) -> None:
    """The sheet that says for every stored field in which sheet and column it stands."""
    words = book.words
    columns = (
        (N_("Record"), "name"), (N_("Field"), "list"), (N_("Name of the field"), "list"),
        (N_("Sheet"), "name"), (N_("Column"), "date"), (N_("Heading"), "list"),
        (N_("Provision"), "name"),
    )  # fmt: skip
    heads = [Heading(words.say(text), WIDTHS[width]) for text, width in columns]
    table = book.sheet(title, heads, frozen=2)
    for kind, sheet in sheets:
        for line in _places(kind, sheet, words):
            table.rows.add(line, RowReference(""))


def _places(kind: RecordKind, sheet: Sheet, words: Words) -> Iterator[list[str]]:
    """Record, field, path, sheet, column, heading and article of every field of a kind."""
    name, title = words.kind(kind), sheet.worksheet.title
    positions = {field.key: number for number, field in enumerate(kind.fields, len(BEFORE) + 1)}
    last = len(kind.fields) + len(BEFORE)
    fixed = (("ref", 1), ("id", 2), ("deleted", last + 1), ("merged_into", last + 2))

    def place(label: str, path: str, position: int, article: str = "") -> list[str]:
        heading = sheet.headings[position - 1].text
        return [
            name,
            label,
            path,
            title,
            letters(position),
            heading,
            article_words(article, words.language),
        ]

    for path, field in walk(kind.fields):
        top = path.partition(".")[0]
        yield place(_label(kind, path, field, words), path, positions[top], field.article)
    for key, position in fixed:
        yield place(sheet.headings[position - 1].text, key, position)


def _label(kind: RecordKind, path: str, field: Field, words: Words) -> str:
    first, _dot, rest = path.partition(".")
    label = words.label(field)
    return f"{words.label(kind.field(first))}: {label}" if rest else label


def records_of(
    view: View, kind: RecordKind, chosen: frozenset[str] | None, activities: frozenset[str] | None
) -> list[Record]:
    """The records of a kind, deleted ones included, as far as they were asked for (by id)."""
    found = view.of_all(kind.key)
    if chosen is not None:
        return [record for record in found if record.id in chosen]
    if activities is not None and kind.key == "activity":
        return [record for record in found if record.id in activities]
    return found


def write_full(
    book: Book, view: View, fields_title: str, chosen: frozenset[str] | None,
    activities: frozenset[str] | None,
) -> int:  # fmt: skip
    """All sheets of the layout; the number of records written."""
    sheets, count = [], 0
    for kind in ALL_KINDS:
        records = records_of(view, kind, chosen, activities)
        sheets.append((kind, write_kind(book, kind, records, view.zone)))
        count += len(records)
    write_fields(book, fields_title, sheets)
    return count
