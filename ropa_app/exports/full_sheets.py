"""The layout `full`: every record and every field, made from the declarations alone.

One sheet per kind of record and one column per field; and a sheet that says for every field where
it went. What only programs read, the record's id, stands last and set apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from ropa_app.exports.book import SPACER, Book, Heading, Sheet
from ropa_app.exports.full_words import cell_words
from ropa_app.exports.layout import WIDTHS
from ropa_app.exports.notes import moment_words
from ropa_app.exports.reference import RowReference
from ropa_app.exports.sheet_look import narrow_width
from ropa_app.exports.sheet_rows import letters
from ropa_app.exports.text_lines import width_of
from ropa_app.i18n import N_
from ropa_app.model.field import Field, RecordKind, walk
from ropa_app.model.kinds import ALL_KINDS
from ropa_app.model.record import Record
from ropa_app.model.words import Words
from ropa_app.register.view import View
from ropa_app.rules.articles import article_words
from ropa_app.rules.obligation import demanded
from ropa_app.rules.over import is_over

_KINDS_OF_WIDTH = {
    "text": "name", "long_text": "text", "date": "date", "term": "name", "number": "date",
    "country": "short", "phone": "short", "organisation_number": "short", "lines": "lines",
}  # fmt: skip
# Columns before and after those of the declared fields; the id follows an empty one.
BEFORE = N_("Reference")
AFTER = (N_("Deleted"), N_("Merged into"))
ID = N_("Id (for re-import)")
# An id takes two lines of small letters, which the lowest row has room for.
ID_WIDTH = 22


def words_with_references(view: View, language: str) -> Words:
    """Words that name a linked record with its reference, since names may occur twice."""
    plain = view.words(language)

    def name_of(identifier: str) -> str:
        record = view.records.get(identifier)
        name = plain.name_of(identifier)
        return f"{name} ({record.ref})" if record else f"{name} ({identifier})"

    return Words(language, view.terms, name_of)


def headings(kind: RecordKind, words: Words, rows: Sequence[Sequence[str]]) -> list[Heading]:
    """The columns of the sheet of a kind, none wider than what `rows` say in it asks for."""
    gap = words.say(N_("not stated"))
    labels = [words.label(field) for field in kind.fields]
    found = [Heading(words.say(BEFORE), _usual(kind)[0], is_reference=True)]
    for field, label in zip(kind.fields, labels, strict=True):
        text = label if labels.count(label) == 1 else f"{label} ({field.key})"
        obligatory = "yes" if field.obligatory else "voluntary"
        said = gap if field.obligatory else ""
        found.append(Heading(text, 0, obligatory, said, names=field.key == "name"))
    found += [Heading(words.say(text), 0) for text in AFTER]
    columns = zip(*rows, strict=True) if rows else ((),) * (len(found) + 2)
    fitted = [
        replace(heading, width=_width(heading, usual, texts))
        for heading, usual, texts in zip(found, _usual(kind), columns, strict=False)
    ]
    spacer = Heading("", SPACER, "", is_spacer=True)
    return [*fitted, spacer, Heading(words.say(ID), ID_WIDTH, "", is_apart=True, repeated=True)]


def _usual(kind: RecordKind) -> list[int]:
    """The greatest width of each column up to the last of those of the fields and ours."""
    fields = [_KINDS_OF_WIDTH.get(field.kind, "list") for field in kind.fields]
    return [WIDTHS[width] for width in ("reference", *fields, "short", "name")]


def _width(heading: Heading, usual: int, texts: Sequence[str]) -> int:
    """What the longest line of a column takes, at most the usual; no word of its heading breaks.

    No further text is measured once the usual width is reached.
    """
    least = narrow_width(heading.text)
    found = max(least, width_of(heading.gap)) if heading.gap else least
    for text in texts:
        if found >= usual:
            break
        found = max(found, min(usual, width_of(text)))
    return found


def write_kind(book: Book, kind: RecordKind, records: Sequence[Record], view: View) -> Sheet:
    """The sheet of a kind with all its records; those of what is over are seen to be."""
    words = book.words
    rows = [_texts(record, words, view) for record in records]
    sheet = book.sheet(words.kind(kind, many=True), headings(kind, words, rows), frozen=2)
    # The reference stands before the fields.
    obligatory = [number for number, field in enumerate(kind.fields, 1) if field.obligatory]
    for record, texts in zip(records, rows, strict=True):
        owed = [number for number in obligatory if demanded(kind.fields[number - 1], record)]
        sheet.rows.add(texts, RowReference(record.ref), is_over(record, view.day, view), owed)
    return sheet


def _texts(record: Record, words: Words, view: View) -> list[str]:
    texts = [record.ref]
    for field, width in zip(record.kind.fields, _usual(record.kind)[1:], strict=False):
        text = cell_words(record, field, words, width, view.day)
        if record.deleted and field.key == "name" and text:
            text = words.say(N_("{name} (deleted)"), name=text)
        texts.append(text)
    merged = words.name_of(record.merged_into) if record.merged_into else ""
    return [*texts, _moment(record.deleted, view.zone, words), merged, "", record.id]


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
    positions = {field.key: number for number, field in enumerate(kind.fields, 2)}
    last = len(kind.fields) + 1
    fixed = (("ref", 1), ("deleted", last + 1), ("merged_into", last + 2), ("id", last + 4))

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
) -> list[tuple[str, int]]:  # fmt: skip
    """All sheets of the layout; the name of each kind and how many records of it were written."""
    sheets, counts = [], []
    for kind in ALL_KINDS:
        records = records_of(view, kind, chosen, activities)
        sheets.append((kind, write_kind(book, kind, records, view)))
        counts.append((book.words.kind(kind, many=True), len(records)))
    write_fields(book, fields_title, sheets)
    return counts
