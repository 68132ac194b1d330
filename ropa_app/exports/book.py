"""A workbook in the making: sheets with a heading and streamed rows, notes, and the file itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING

from ropa_app.exports import sheet_look as look
from ropa_app.exports.archive import Body, FixedZip
from ropa_app.exports.reference import RowReference, continued_words, reference_words
from ropa_app.exports.safe_text import SafeText
from ropa_app.exports.sheet_rows import BodyColumn, RowWriter, height_of, letters
from ropa_app.exports.text_lines import lines_needed, pieces
from ropa_app.i18n import N_
from ropa_app.model.words import Words

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

# Width of the empty column that sets what is ours apart from what is the authority's.
SPACER = 3
# Lines a box above the columns may show: more would leave no room to scroll the rows under it.
BOX_LINES = 12


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a sheet: heading, width, obligatory ("yes", "voluntary", "no", "" for none).

    `gap` is what an empty cell says, `quiet` if that is an answer and not a gap; `group` the title
    that begins above this column; `repeated`, `names` and `is_apart` are those of a BodyColumn.
    """

    text: str
    width: int
    obligatory: str = "no"
    gap: str = ""
    group: str = ""
    is_reference: bool = False
    is_spacer: bool = False
    quiet: bool = False
    repeated: bool = False
    names: bool = False
    is_apart: bool = False


@dataclass(slots=True)
class Sheet:
    """A sheet with a heading row and rows below it."""

    worksheet: Worksheet
    headings: Sequence[Heading]
    rows: RowWriter
    heading_row: int


class Book:
    """The workbook: its sheets in order, the words it speaks and what it has replaced."""

    def __init__(self, words: Words, foot: tuple[str, str]) -> None:
        from openpyxl import Workbook

        self.words = words
        self.safe = SafeText()
        self.sheets: list[Sheet] = []
        #: What did not fit where it belongs: (sheet, label, the rest), for the sheet of notes.
        self.continued: list[tuple[str, str, str]] = []
        self._foot_texts = foot
        self._book = Workbook()
        scratch: Worksheet = self._book.create_sheet("styles")
        self._styles = look.cell_styles(scratch)
        for sheet in list(self._book.worksheets):
            self._book.remove(sheet)

    def text(self, sheet: Worksheet, row: int, column: int, text: str, **how: object) -> None:
        """Put a text into a cell outside the rows."""
        look.put(sheet, row, column, self.safe.clean(text), **how)

    def short(self, sheet: Worksheet, label: str, text: str, width: int) -> str:
        """The text as far as a box of contact details can show it; the rest goes to the notes."""
        # Cleaned already here: what is replaced may not be counted twice.
        first, *rest = pieces(self.safe.clean(text), width, BOX_LINES)
        if not rest:
            return first
        self.continued.append((sheet.title, label, "".join(rest)))
        return f"{first.rstrip()} … {self.words.say(N_('(continued on the last sheet)'))}"

    def fit(self, sheet: Worksheet, row: int, texts: Sequence[tuple[str, float]]) -> None:
        """Make a row outside the rows as high as its (text, width) need, if higher than usual."""
        lines = max(lines_needed(text, width) for text, width in texts)
        if lines > 1:
            sheet.row_dimensions[row].height = height_of(lines)

    def plain_sheet(self, title: str, owner: str = "") -> Worksheet:
        """A further sheet without rows of its own; `owner` stands at its foot instead of all."""
        sheet: Worksheet = self._book.create_sheet(self._title(title))
        look.paper(sheet)
        look.header(sheet)
        self._foot(sheet, owner)
        return sheet

    def sheet(
        self, title: str, headings: Sequence[Heading], heading_row: int = 1, frozen: int = 1,
        owner: str = "",
    ) -> Sheet:  # fmt: skip
        """A further sheet with headings, ready for rows."""
        worksheet = self.plain_sheet(title, owner)
        starts = [number for number, h in enumerate(headings, start=1) if h.group]
        look.set_up(worksheet, heading_row, frozen, [h.width for h in headings], starts)
        for number, heading in enumerate(headings, start=1):
            self._heading(worksheet, heading_row, number, heading)
        named = [(h.text, h.width) for h in headings]
        worksheet.row_dimensions[heading_row].height = look.heading_height(named)
        columns = [
            BodyColumn(
                h.width, h.gap, h.is_reference, h.is_spacer, h.quiet, h.repeated, h.names,
                h.is_apart,
            )
            for h in headings
        ]
        rows = RowWriter(
            columns, self._styles, heading_row + 1, self.safe, self._reference, self._continued
        )
        self.sheets.append(Sheet(worksheet, headings, rows, heading_row))
        return self.sheets[-1]

    def groups(self, sheet: Sheet, row: int) -> None:
        """The row of group titles, each over its columns; columns of ours stay without.

        They stand above the headings on every page.
        """
        sheet.worksheet.print_title_rows = f"{row}:{sheet.heading_row}"
        for number, heading in enumerate(sheet.headings, start=1):
            if heading.obligatory:
                title = {"font": look.font(11, bold=True), "alignment": look.top(wrap=False)}
                filled = {"fill": look.fill(look.GROUP)}
                self.text(sheet.worksheet, row, number, heading.group, **title, **filled)
                if not heading.group:
                    sheet.worksheet.cell(row, number).value = None

    def save(self, file: IO[bytes], moment: datetime, title: str) -> None:
        """Write the workbook; the same content and moment give the same bytes."""
        from openpyxl.writer.excel import ExcelWriter

        properties = self._book.properties
        naive = moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        properties.created = properties.modified = naive
        properties.creator, properties.title = "ropa", title
        properties.language = self.words.language
        packed = FixedZip(file, moment, self._bodies())
        try:
            ExcelWriter(self._book, packed).save()
        except BaseException:
            packed.give_up()
            raise

    def close(self) -> None:
        """Give up the temporary files of the rows."""
        for sheet in self.sheets:
            sheet.rows.close()

    def _bodies(self) -> Mapping[str, Body]:
        bodies = {}
        for sheet in self.sheets:
            number = self._book.index(sheet.worksheet) + 1
            end = f"{letters(len(sheet.headings))}{max(sheet.rows.last, sheet.heading_row)}"
            sheet.worksheet.auto_filter.ref = f"A{sheet.heading_row}:{end}"
            path = f"xl/worksheets/sheet{number}.xml"
            bodies[path] = Body(sheet.rows.file, f"A1:{end}")
        return bodies

    def _heading(self, worksheet: Worksheet, row: int, number: int, heading: Heading) -> None:
        worksheet.column_dimensions[letters(number)].width = heading.width
        if heading.is_spacer:
            return
        colour = look.HEADINGS[heading.obligatory or "no"]
        self.text(
            worksheet, row, number, heading.text,
            font=look.font(11, bold=True), fill=look.fill(colour), border=look.thin(),
        )  # fmt: skip

    def _foot(self, sheet: Worksheet, owner: str) -> None:
        page = self.words.say(N_("Page {page} of {pages}"), page="{page}", pages="{pages}")
        names, as_at = self._foot_texts
        left, middle = (self.safe.clean(text) for text in (owner or names, as_at))
        look.footer(sheet, left, middle, page)

    def _reference(self, reference: RowReference) -> str:
        return reference_words(reference, self.words)

    def _continued(self, name: str, reference: RowReference) -> str:
        return continued_words(name, reference, self.words)

    def _title(self, title: str) -> str:
        """A sheet title as a spreadsheet allows it: 31 characters, none of []:*?/\\, no twin."""
        # The same text stands in a cell, where its characters are counted.
        clean = SafeText().clean(title)
        allowed = "".join(" " if char in "[]:*?/\\" else char for char in clean)
        allowed = " ".join(allowed.split()).strip("'") or "–"
        allowed = allowed if len(allowed) <= 31 else f"{allowed[:30].rstrip()}…"
        taken = {name.lower() for name in self._book.sheetnames}
        number, found = 2, allowed
        while found.lower() in taken:
            found, number = f"{allowed[:27]} {number}", number + 1
        return found
