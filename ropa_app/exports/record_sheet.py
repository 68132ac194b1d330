"""The sheet of a layout whose row is an activity, or a purpose of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ropa_app.exports import sheet_look as look
from ropa_app.exports.book import SPACER, Book, Heading, Sheet
from ropa_app.exports.expressions import expression
from ropa_app.exports.fills_activity import name_with_end
from ropa_app.exports.layout import WIDTHS, Block, Column, Layout
from ropa_app.exports.reference import RowReference
from ropa_app.exports.row import Row, activity_rows
from ropa_app.exports.sheet_rows import height_of
from ropa_app.exports.text_lines import lines_needed
from ropa_app.i18n import N_
from ropa_app.model.record import Record
from ropa_app.model.words import Words
from ropa_app.register.view import View
from ropa_app.rules.over import is_over

# Columns from the label of one box of contact details to that of the next.
_BOX_COLUMNS = 3
_NAME = "activity.name"


def headings(layout: Layout, words: Words) -> list[Heading]:
    """The authority's columns, then ours set apart: the reference and the activity's name.

    In further rows of an activity the layout's column of its name says what they go on with; where
    it has none, every cell of the authority's keeps to its own content, and ours name the activity.
    """
    titles = {group.id: group.title[words.language] for group in layout.groups}
    found, before, apart = [], "", _named_apart(layout)
    for column in layout.columns:
        title = titles.get(column.group, "") if column.group != before else ""
        before = column.group
        found.append(_heading(column, words, title))
    found += [
        Heading("", SPACER, "", is_spacer=True),
        Heading(words.say(N_("Reference (for re-import)")), WIDTHS["short"], "", is_reference=True),
    ]
    if apart:
        name, gap = words.say(N_("Processing activity")), words.say(N_("not stated"))
        found.append(Heading(name, WIDTHS["name"], "", gap, repeated=True, names=True))
    return found


def _heading(column: Column, words: Words, title: str) -> Heading:
    empty = column.empty.get(words.language, "")
    return Heading(
        column.heading[words.language], WIDTHS[column.width], column.obligatory,
        empty or words.say(N_("not stated")), title, quiet=bool(empty),
        names=column.fills == _NAME,
    )  # fmt: skip


def _named_apart(layout: Layout) -> bool:
    """True unless the layout has a column for the activity's name itself."""
    return all(column.fills != _NAME for column in layout.columns)


@dataclass(frozen=True, slots=True)
class Part:
    """The activities of one organisation, on a sheet of their own; None where there is none."""

    organisation: Record | None
    activities: Sequence[Record]


def write_record(book: Book, layout: Layout, view: View, part: Part, title: str) -> int:
    """A sheet with its boxes of contact details and all rows; how many rows of the record."""
    words = book.words
    owner = view.title(part.organisation, words) if part.organisation else ""
    sheet = book.sheet(title, headings(layout, words), layout.heading_row, layout.frozen, owner)
    if layout.group_row:
        book.groups(sheet, layout.group_row)
    if part.activities or part.organisation:
        _boxes(book, layout, sheet, view, part.organisation)
    return _rows(book, layout, sheet, view, part)


def _rows(book: Book, layout: Layout, sheet: Sheet, view: View, part: Part) -> int:
    words, count = book.words, 0
    fills = [expression(column.fills) for column in layout.columns]
    # The spacer and the reference hold no text of the record.
    ours = ["", ""]
    named_apart = _named_apart(layout)
    by_purpose = layout.row == "activity-purpose"
    rows = activity_rows(view, part.activities, part.organisation, layout.regimes, by_purpose)
    for row in rows:
        texts = ["\n".join(fill(row, words)) for fill in fills]
        if named_apart:
            name = words.value(row.activity.kind.field("name"), row.activity["name"])
            texts += [*ours, name_with_end(name, row.activity, words, view.day)]
        else:
            texts += ours
        sheet.rows.add(texts, reference_of(row), is_over(row.activity, view.day))
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
            worksheet, number, column, label[language], border=look.thin(),
            font=look.font(bold=True),
        )  # fmt: skip
        width = sheet.headings[column].width
        named = f"{block.title[language]}: {label[language]}"
        said = book.short(worksheet, named, text, width) or words.say(N_("not stated"))
        book.text(worksheet, number, column + 1, said, border=look.thin(), **gap)
        lines = max(1, lines_needed(said, width))
        usual = worksheet.row_dimensions[number].height or 0
        worksheet.row_dimensions[number].height = max(usual, height_of(lines))
