"""The last sheet of a workbook: where it comes from, as at when, and how it is to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from ropa_app.clock import zone_named
from ropa_app.exports import sheet_look as look
from ropa_app.exports.book import Book
from ropa_app.exports.layout import Layout
from ropa_app.exports.sheet_rows import MOST_LINES
from ropa_app.exports.text_lines import pieces
from ropa_app.i18n import N_
from ropa_app.model.dates import date_words, long_date_words
from ropa_app.model.sentences import begun
from ropa_app.model.words import Words
from ropa_app.register.view import View
from ropa_app.rules.articles import article_words

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HASH_DIGITS = 12
# Widths of the two columns of the sheet, in characters.
LEFT, RIGHT = 44, 90
LANGUAGE_NAMES = {"en": N_("English"), "nb": N_("Norwegian (bokmål)")}
CONFIRMED = {
    "True": N_("yes"),
    "False": N_("no; the headings were not compared with a file of the authority"),
    "recalled": N_("recalled, not compared with a file of the authority"),
    "second-hand": N_("no; taken from descriptions of the authority's file, which was not seen "
                      "itself"),
}
# What green and blue headings mean: in an authority's layout, and where each field has a column.
_OF_COLUMNS = (
    N_("Obligatory: the law asks for it."),
    N_("Voluntary: useful, but not demanded by the provision the layout serves."),
)
_OF_FIELDS = (
    N_("Obligatory: the law asks for it, by the provision that the sheet of fields names, or no "
       "record of this kind can do without it, such as its name."),
    N_("Not obligatory by itself. Where the sheet of fields names a provision, that one asks for "
       "it in some cases only, or other fields meet it too."),
)  # fmt: skip
NEEDED = {"yes": N_("obligatory"), "voluntary": N_("voluntary"), "no": ""}


@dataclass(frozen=True, slots=True)
class Provenance:
    """What every export says of itself; `moment` is when it was made."""

    view: View
    layout: Layout
    language: str
    moment: datetime
    app_version: str
    organisations: tuple[str, ...]
    counts: tuple[tuple[str, int], ...] = ()
    remarks: tuple[str, ...] = field(default=())


def head_words(view: View, words: Words) -> str:
    """Where the log stood, so that the export can be matched with the register later."""
    digits = view.head.hash[:HASH_DIGITS]
    return words.say(N_("operation {number}, {digits}"), number=view.head.operation, digits=digits)


def moment_words(moment: datetime, zone: str, words: Words) -> str:
    """Day and minute of a moment, by the clock of the register's time zone."""
    local = moment.astimezone(zone_named(zone))
    day = date_words(local.date().isoformat(), words.language)
    return words.say(N_("{day}, {hour}:{minute}"), day=day, hour=f"{local:%H}",
                     minute=f"{local:%M}")  # fmt: skip


def facts(about: Provenance, words: Words) -> list[tuple[str, str]]:
    """Label and text of everything an export says of itself."""
    layout, view, language = about.layout, about.view, about.language
    said = [
        (N_("Layout"), layout.title[language]),
        (N_("Id of the layout"), layout.id),
        (N_("About this layout"), layout.about[language]),
        (N_("Source of the headings"), begun(layout.source[language])),
        (N_("Headings confirmed"), begun(words.say(CONFIRMED[str(layout.confirmed)]))),
        (N_("Organisation"), "\n".join(about.organisations)),
        (N_("Register file"), view.file_name),
        (N_("As at"), long_date_words(view.day, language)),
        (N_("Made on"), moment_words(about.moment, view.zone, words)),
        (N_("Language"), words.say(LANGUAGE_NAMES[language])),
        (N_("Version of ropa"), about.app_version),
        (N_("State of the log"), head_words(view, words)),
    ]
    return [(words.say(label), text) for label, text in said if text]


def write_notes(book: Book, title: str, about: Provenance) -> None:
    """Add the sheet of notes; call it when all rows are written, for it counts them."""
    words, sheet = book.words, book.plain_sheet(title)
    sheet.column_dimensions["A"].width = LEFT
    sheet.column_dimensions["B"].width = RIGHT
    sheet.sheet_view.showGridLines = False
    book.text(sheet, 1, 1, about.layout.title[about.language], font=look.font(14, bold=True),
              alignment=look.top(wrap=False))  # fmt: skip
    row = _pairs(book, sheet, 3, facts(about, words))
    counts = [(label, str(number)) for label, number in about.counts]
    replaced = words.say(N_("Characters replaced"))
    counts.append((replaced, _replaced(book, words)))
    row = _pairs(book, sheet, row + 1, counts)
    noted = words.say(N_("Please note"))
    remarks = [(noted if not number else "", text) for number, text in enumerate(about.remarks)]
    row = _pairs(book, sheet, row, remarks)
    row = _pairs(book, sheet, row, _continued(book))
    row = _colours(book, sheet, row + 1, about.layout.row == "record")
    if about.layout.columns:
        row = _columns(book, sheet, row + 1, about)
    look.on_one_page(sheet, row)


def _replaced(book: Book, words: Words) -> str:
    if not book.safe.replaced:
        return "0"
    return words.say(
        N_("{count}; characters that no workbook can hold were replaced by a space or by �"),
        count=book.safe.replaced,
    )


def _pairs(book: Book, sheet: Worksheet, row: int, pairs: Sequence[tuple[str, str]]) -> int:
    for label, text in pairs:
        row = _pair(book, sheet, row, label, text)
    return row


def _pair(book: Book, sheet: Worksheet, row: int, label: str, text: str, bold: bool = True) -> int:
    """A label and its text, which goes on in the cells below where one is too small; the row
    after it."""
    for part in pieces(book.safe.clean(text), RIGHT, MOST_LINES):
        book.text(sheet, row, 1, label, font=look.font(bold=bold))
        book.text(sheet, row, 2, part)
        book.fit(sheet, row, [(label, LEFT), (part.rstrip("\n"), RIGHT)])
        label, row = "", row + 1
    return row


def _continued(book: Book) -> list[tuple[str, str]]:
    """What did not fit into the boxes of contact details."""
    say = book.words.say
    return [
        (say(N_("Continued from the sheet “{sheet}”, {label}"), sheet=sheet, label=label), rest)
        for sheet, label, rest in book.continued
    ]


def _colours(book: Book, sheet: Worksheet, row: int, full: bool) -> int:
    """What the colours mean, each shown beside its words."""
    words = book.words
    obligatory, voluntary = _OF_FIELDS if full else _OF_COLUMNS
    meanings = (
        (words.say(N_("Heading")), look.HEADINGS["yes"], obligatory),
        (words.say(N_("Heading")), look.HEADINGS["voluntary"], voluntary),
        (words.say(N_("not stated")), look.GAP,
         N_("The field is obligatory for this record, and the register holds nothing."))
        if full else
        (words.say(N_("not stated")), look.GAP, N_("The register holds nothing here.")),
    )  # fmt: skip
    book.text(sheet, row, 1, words.say(N_("Colours")), font=look.font(11, bold=True))
    for label, colour, meaning in meanings:
        row += 1
        book.text(sheet, row, 1, label, fill=look.fill(colour), border=look.thin())
        book.text(sheet, row, 2, words.say(meaning))
        book.fit(sheet, row, [(words.say(meaning), RIGHT)])
    row += 1
    past = (
        N_("Ended, expired, replaced or deleted on the day of the sheets.")
        if full
        else N_("Ended or retired on the day of the sheets.")
    )
    book.text(sheet, row, 1, words.say(N_("Grey italics")), font=look.past(), border=look.thin())
    book.text(sheet, row, 2, words.say(past))
    book.fit(sheet, row, [(words.say(past), RIGHT)])
    row += 1
    if full:
        empty = N_("An empty cell holds nothing, and the field is not obligatory by itself for "
                   "that record.")
        row = _pair(book, sheet, row, words.say(N_("Cells left empty")), words.say(empty))
    continued = N_(
        "Where a cell is too long for one row, it continues in the next, which bears the same "
        "reference with its number and says the name again, and the id where there is one; the "
        "other cells that need no more room are empty."
    )
    return _pair(book, sheet, row, words.say(N_("Long cells")), words.say(continued))


def _columns(book: Book, sheet: Worksheet, row: int, about: Provenance) -> int:
    """Every column with its provision, whether it is obligatory, and whether it is read back; the
    row after them."""
    words, language = book.words, about.language
    book.text(sheet, row, 1, words.say(N_("Columns")), font=look.font(11, bold=True))
    row += 1
    for column in about.layout.columns:
        parts = [
            words.say(NEEDED[column.obligatory]),
            article_words(column.article, language),
            words.say(N_("read back on import") if column.editable else N_("for reading")),
        ]
        if column.confirmed != about.layout.confirmed:
            confirmed = words.say(CONFIRMED[str(column.confirmed)])
            parts.append(words.say(N_("heading confirmed: {answer}"), answer=confirmed))
        said = "  ·  ".join(part for part in parts if part)
        row = _pair(book, sheet, row, column.heading[language], said, bold=False)
    return row
