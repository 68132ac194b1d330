"""The look of a workbook: fonts, fills, borders, and how a sheet is set up for screen and paper."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ropa_app.exports.sheet_rows import CellStyles
from ropa_app.exports.text_lines import UNIT, least_width

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

FONT = "Calibri"
TEXT, QUIET = "FF1A1E23", "FF525A65"
GROUP, BORDER, GAP = "FFE8EBEF", "FFC9CED6", "FFFFF6DC"
#: The colour of a heading by whether its column is obligatory.
HEADINGS = {"yes": "FFCFE8D5", "voluntary": "FFD3E3F5", "no": GROUP}
# A heading is higher than a line and never hides a word; in points.
HEADING_LEAST, HEADING_MOST, HEADING_LINE = 48.0, 80.0, 15.0
# The lines of the highest heading, and what the indent takes of a column, in digits.
HEADING_LINES, INDENT_DIGITS = 4, 2
# Points of the letters of a heading, and how much wider bold ones are than the plain.
HEADING_SIZE, HEADING_BOLD = 11.0, 1.06
# Characters of width that can still be read on a page of A4 or A3, at a little over half size.
A4_CHARACTERS, A3_CHARACTERS = 260, 380
A3, A4 = 8, 9
# In points: of paper that lies on its side, and of rows between the margins of its page; the
# margins at the sides in inches, and how much of it is used: LibreOffice sets columns wider than
# Excel.
A3_WIDTH, A4_HEIGHT, SIDE, SLACK = 1190.0, 505.0, 0.4, 0.93
# How much more than a page is made smaller to fit on one.
MOST_FITTED = 1.3


def font(
    size: int = 10, bold: bool = False, colour: str = TEXT, italic: bool = False
) -> Any:
    """A font of the workbook."""
    from openpyxl.styles import Font

    return Font(name=FONT, size=size, bold=bold, color=colour, italic=italic)


def fill(colour: str) -> Any:
    """A plain fill."""
    from openpyxl.styles import PatternFill

    return PatternFill("solid", start_color=colour, end_color=colour)


def top(wrap: bool = True) -> Any:
    """Text at the top of its cell, wrapped, a step away from the border."""
    from openpyxl.styles import Alignment

    return Alignment(horizontal="left", vertical="top", wrap_text=wrap, indent=1)


def thin() -> Any:
    """The thin border around the cells of a table."""
    from openpyxl.styles import Border, Side

    side = Side(style="thin", color=BORDER)
    return Border(left=side, right=side, top=side, bottom=side)


def put(sheet: Worksheet, row: int, column: int, text: str, **look: Any) -> Cell:
    """Put a text into a cell, as text whatever it begins with."""
    cell: Cell = sheet.cell(row, column)  # type: ignore[assignment]
    cell.value = text
    cell.data_type = "s"
    for name, value in {"font": font(), "alignment": top(), **look}.items():
        setattr(cell, name, value)
    return cell


def cell_styles(scratch: Worksheet) -> CellStyles:
    """Make the styles of the rows known to the workbook, on a sheet that is then removed."""

    def style(row: int, **look: Any) -> int:
        return int(put(scratch, row, 1, "", border=thin(), **look).style_id)

    return CellStyles(
        text=style(1),
        # Keeps the text a text when somebody edits the cell and presses Enter.
        formula_like=style(2, quotePrefix=True),
        gap=style(3, fill=fill(GAP)),
        reference=style(4, font=font(9, colour=QUIET)),
        quiet=style(5, font=font(colour=QUIET)),
        over=style(6, font=past()),
        over_formula_like=style(7, font=past(), quotePrefix=True),
    )


def past() -> Any:
    """The font of what is over or gone: grey and slanting."""
    return font(colour=QUIET, italic=True)


def heading_height(headings: list[tuple[str, int]]) -> float:
    """The height of the heading row for (heading, width in characters) of each column."""
    lines = max((_heading_lines(text, width) for text, width in headings), default=1)
    return max(HEADING_LEAST, min(HEADING_MOST, lines * HEADING_LINE + 6))


def _heading_lines(text: str, width: int) -> int:
    """Bold 11 takes about a fifth more room than the body; words do not break."""
    room = max(1, width - INDENT_DIGITS)
    return -(-len(text) * 6 // (room * 5))


def narrow_width(text: str) -> int:
    """The width of a column with nothing in it: its heading stays whole."""
    width = least_width(text, HEADING_SIZE, HEADING_BOLD)
    while _heading_lines(text, width) > HEADING_LINES:
        width += 1
    return width


def set_up(
    sheet: Worksheet, heading_row: int, frozen: int, widths: list[int], starts: list[int]
) -> None:
    """Frozen panes, paper and repeated headings; `widths` of the columns in characters.

    A sheet that would be too small to read on one page goes over several, side by side; `starts`
    are the columns at which groups with a title begin; without any, a page may end at any column.
    """
    from ropa_app.exports.sheet_rows import letters

    sheet.freeze_panes = f"{letters(frozen + 1)}{heading_row + 1}"
    sheet.sheet_view.showGridLines = False
    sheet.print_title_rows = f"{heading_row}:{heading_row}"
    pages = -(-sum(widths) // A3_CHARACTERS)
    paper(sheet, A3 if sum(widths) > A4_CHARACTERS else A4, pages)
    if pages > 1:
        sheet.print_title_cols = f"A:{letters(frozen)}"
        _parted(sheet, frozen, widths, starts or list(range(1, len(widths) + 1)))


def paper(sheet: Worksheet, size: int = A4, pages: int = 1) -> None:
    """Landscape, fitted to so many pages in width."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = size
    sheet.page_setup.fitToWidth = pages
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    margins = (("left", SIDE), ("right", SIDE), ("top", 0.6), ("bottom", 0.75), ("footer", 0.35),
               ("header", 0.3))  # fmt: skip
    for side, inches in margins:
        setattr(sheet.page_margins, side, inches)


def on_one_page(sheet: Worksheet, last: int) -> None:
    """Fit a sheet of A4 on one page, where its rows up to `last` let it; it lies as others do."""
    height = sum(sheet.row_dimensions[row].height or HEADING_LINE for row in range(1, last + 1))
    if height < A4_HEIGHT * MOST_FITTED:
        sheet.page_setup.fitToHeight = 1


def _parted(sheet: Worksheet, frozen: int, widths: list[int], starts: list[int]) -> None:
    """Pages that end where a group of columns does, so that none of its titles is torn apart.

    A sheet that is fitted to pages knows no breaks of its own, so it is given a scale instead.
    """
    from openpyxl.worksheet.pagebreak import Break

    ends = page_ends(widths, frozen, starts)
    for end in ends:
        sheet.col_breaks.append(Break(id=end))
    lead = sum(widths[:frozen])
    spans = zip([0, *ends], [*ends, len(widths)], strict=True)
    widest = max(sum(widths[first:last]) + (lead if first else 0) for first, last in spans)
    room = A3_WIDTH - 2 * SIDE * 72
    sheet.page_setup.scale = max(10, min(100, int(room / (widest * UNIT) * 100 * SLACK)))
    sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = None
    sheet.sheet_properties.pageSetUpPr.fitToPage = False  # type: ignore[union-attr]


def page_ends(widths: list[int], frozen: int, starts: list[int]) -> list[int]:
    """The columns (from 1) after which a page ends: as many whole groups on each as can be read.

    `starts` are the columns at which groups begin; the first `frozen` stand on every page.
    """
    found: list[int] = []
    lead = sum(widths[:frozen])
    for start, following in pairwise([*starts, len(widths) + 1]):
        first = found[-1] if found else 0
        used = sum(widths[first : following - 1]) + (lead if first else 0)
        if used > A3_CHARACTERS and start - 1 > max(first, frozen):
            found.append(start - 1)
    return found


def footer(sheet: Worksheet, left: str, middle: str, page: str) -> None:
    """The foot of every printed page; `page` has the gaps {page} and {pages}."""
    numbered = page.format(page="&P", pages="&N")
    texts = {"left": _footed(left), "center": _footed(middle), "right": numbered}
    for place, text in texts.items():
        part = getattr(sheet.oddFooter, place)
        part.text, part.size = text, 8


def header(sheet: Worksheet) -> None:
    """The head of every printed page: the name of the sheet (&A)."""
    part = sheet.oddHeader.left  # type: ignore[union-attr]
    part.text, part.size, part.font = "&A", 11, f"{FONT},Bold"


def _footed(text: str) -> str:
    """A text as a footer takes it: & doubled, on one line, short enough for all three parts."""
    line = " ".join(text.split())
    short = line if len(line) <= 70 else f"{line[:69]}…"
    return short.replace("&", "&&")
