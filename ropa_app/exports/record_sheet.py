"""The sheet of a layout whose row is an activity, or a purpose of one."""

from __future__ import annotations

from collections.abc import Sequence

from ropa_app.exports import sheet_look as look
from ropa_app.exports.book import SPACER, Book, Heading, Sheet
from ropa_app.exports.expressions import expression
from ropa_app.exports.layout import WIDTHS, Block, Layout
from ropa_app.exports.reference import RowReference
from ropa_app.exports.row import Row, activity_rows
from ropa_app.exports.sheet_rows import characters, height_of, lines_needed
from ropa_app.i18n import N_
from ropa_app.model.record import Record
from ropa_app.model.words import Words
from ropa_app.register.view import View

# Columns from the label of one box of contact details to that of the next.
_BOX_COLUMNS = 3


def headings(layout: Layout, words: Words, several: bool) -> list[Heading]:
    """The authority's columns, then ours set apart: the reference, and whose activity it is."""
    language, gap = words.language, words.say(N_("not stated"))
    titles = {group.id: group.title[language] for group in layout.groups}
    found, before = [], ""
    for column in layout.columns:
        title = titles.get(column.group, "") if column.group != before else ""
        before = column.group
        heading = column.heading[language]
        found.append(Heading(heading, WIDTHS[column.width], column.obligatory, gap, title))
    reference = words.say(N_("Reference (for re-import)"))
    found += [
        Heading("", SPACER, "", is_spacer=True),
        Heading(reference, WIDTHS["short"], "", is_reference=True),
    ]
    if several:
        found.append(Heading(words.say(N_("Organisations that act")), WIDTHS["name"], "", gap))
    return found


def write_record(
    book: Book, layout: Layout, view: View, activities: Sequence[Record],
    organisation: Record | None, several: bool,
) -> int:  # fmt: skip
    """The sheet with its boxes of contact details and all rows; how many rows of the record.

    `organisation` is whose boxes stand above; with `several` each row says whose it is.
    """
    words = book.words
    sheet = book.sheet(
        layout.sheets["record"][words.language], headings(layout, words, several),
        layout.heading_row, layout.frozen,
    )  # fmt: skip
    if layout.group_row:
        book.groups(sheet, layout.group_row)
    if activities or organisation:
        _boxes(book, layout, sheet, view, organisation)
    whose = None if several else organisation
    return _rows(book, layout, sheet, view, activities, whose, several)


def _rows(
    book: Book, layout: Layout, sheet: Sheet, view: View, activities: Sequence[Record],
    organisation: Record | None, several: bool,
) -> int:  # fmt: skip
    words, count = book.words, 0
    fills = [expression(column.fills) for column in layout.columns]
    acting = expression("activity.organisations")
    by_purpose = layout.row == "activity-purpose"
    ours = ["", ""]
    for row in activity_rows(view, activities, organisation, layout.regimes, by_purpose):
        texts = ["\n".join(fill(row, words)) for fill in fills]
        more = [*ours, ", ".join(acting(row, words))] if several else ours
        sheet.rows.add(texts + more, reference_of(row))
        count += 1
    return count


def reference_of(row: Row) -> RowReference:
    """The reference of a row: the activity, and the purpose line it is about."""
    if row.purpose is None:
        return RowReference(row.activity.ref)
    return RowReference(row.activity.ref, "purposes", str(row.purpose.get("id", "")))


def _boxes(
    book: Book, layout: Layout, sheet: Sheet, view: View, organisation: Record | None
) -> None:
    """The boxes of contact details side by side from the first row (Art. 30(1)(a))."""
    # What fills a box asks the organisation only; the record passed along is never read.
    subject = organisation or Record("organisation", 0, "", {})
    row = Row(view, subject, organisation, None, layout.regimes)
    for number, block in enumerate(layout.blocks):
        _box(book, sheet, block, 1 + number * _BOX_COLUMNS, row)


def _box(book: Book, sheet: Sheet, block: Block, column: int, row: Row) -> None:
    words, worksheet = book.words, sheet.worksheet
    language = words.language
    for offset in (0, 1):
        text = block.title[language] if not offset else ""
        book.text(
            worksheet, 1, column + offset, text, font=look.font(11, bold=True),
            fill=look.fill(look.GROUP), alignment=look.top(wrap=False),
        )  # fmt: skip
    worksheet.cell(1, column + 1).value = None
    for number, (label, fills) in enumerate(block.rows, start=2):
        text = "\n".join(expression(fills)(row, words))
        gap = {} if text else {"fill": look.fill(look.GAP)}
        book.text(
            worksheet,
            number,
            column,
            label[language],
            border=look.thin(),
            font=look.font(bold=True),
        )
        said = text or words.say(N_("not stated"))
        book.text(worksheet, number, column + 1, said, border=look.thin(), **gap)
        lines = max(1, lines_needed(said, characters(sheet.headings[column].width)))
        usual = worksheet.row_dimensions[number].height or 0
        worksheet.row_dimensions[number].height = max(usual, height_of(lines))
