"""What an export will look like: the first rows of its sheet, or its first page, read back.

The export is written whole to a private file first, so that what is shown is what will be sent.
"""

from __future__ import annotations

import base64
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ropa_app.exports.layout import WRITERS, Layout
from ropa_app.exports.sheet_look import BORDER, GAP, TEXT

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

#: How many rows of the sheet, and columns of a very wide one, are shown.
ROWS, COLUMNS = 30, 60
#: From this many activities on, only the first of them are written for the preview.
MANY, SOME = 400, {"xlsx": 40, "pdf": 4}
_PAPER = "FFFFFFFF"
_SCALE = 1.6  # of 72 dots an inch: sharp enough to read on a screen of twice the density


def part_of(layout: Layout, references: list[str]) -> list[str] | None:
    """The references a preview is made of where there are too many to wait for; None for all."""
    if len(references) <= MANY:
        return None
    return references[: SOME[WRITERS[layout.writer]]]


def read_back(file: Path, layout: Layout) -> dict[str, Any]:
    """What to show of a written export, as JSON data: a table ("rows") or a page ("image")."""
    found = _page(file) if WRITERS[layout.writer] == "pdf" else _sheet(file, layout)
    return {"size": file.stat().st_size, **found}


def _page(file: Path) -> dict[str, Any]:
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(file)
    try:
        image = document[0].render(scale=_SCALE).to_pil()
        written = io.BytesIO()
        image.save(written, "png")
        data = base64.b64encode(written.getvalue()).decode("ascii")
        return {"image": data, "scale": _SCALE, "pages": len(document)}
    finally:
        document.close()


def _sheet(file: Path, layout: Layout) -> dict[str, Any]:
    from openpyxl import load_workbook

    book = load_workbook(file)
    try:
        start = layout.group_row or layout.heading_row
        filled = (each for each in book.worksheets if each.max_row > layout.heading_row)
        sheet: Worksheet = next(filled, book.worksheets[0])
        last = min(sheet.max_row, start + ROWS - 1)
        width = min(sheet.max_column, COLUMNS)
        return {
            "sheet": sheet.title, "sheets": len(book.sheetnames), "first": start,
            "rows": [list(_cells(sheet, row, width)) for row in range(start, last + 1)],
            "widths": _widths(sheet, width),
            "spans": _spans(sheet, start, last, width) + _titles(sheet, layout.group_row, width),
            "gaps": Counter(_gaps(book, layout)).most_common(),
            "ground": _rgb(_PAPER), "ink": _rgb(TEXT), "edge": _rgb(BORDER),
        }  # fmt: skip
    finally:
        book.close()


def _rgb(colour: str) -> str:
    """A colour of a workbook (alpha first) as screens write it."""
    return f"#{colour[-6:]}"


def _cells(sheet: Worksheet, row: int, width: int) -> Iterator[list[Any]]:
    """Text, fill or nothing, and whether it is bold, of each cell of a row."""
    for column in range(1, width + 1):
        cell = sheet.cell(row, column)
        filled = cell.fill.fill_type == "solid" and isinstance(cell.fill.start_color.rgb, str)
        text = "" if cell.value is None else str(cell.value)
        yield [text, _rgb(cell.fill.start_color.rgb) if filled else "", int(bool(cell.font.b))]


def _widths(sheet: Worksheet, width: int) -> list[float]:
    """Widths of the columns, in characters."""
    from openpyxl.utils import get_column_letter

    letters = (get_column_letter(column) for column in range(1, width + 1))
    return [float(sheet.column_dimensions[letter].width) for letter in letters]


def _spans(sheet: Worksheet, first: int, last: int, width: int) -> list[list[int]]:
    """Merged cells among the rows shown: row and column from 0, height and width."""
    found = []
    for area in sheet.merged_cells.ranges:
        if first <= area.min_row <= last and area.min_col <= width:
            high = min(area.max_row, last) - area.min_row + 1
            wide = min(area.max_col, width) - area.min_col + 1
            found.append([area.min_row - first, area.min_col - 1, high, wide])
    return sorted(found)


def _titles(sheet: Worksheet, row: int, width: int) -> list[list[int]]:
    """The titles over groups of columns run on over the empty cells beside them."""
    if not row:
        return []
    starts = [n for n in range(1, width + 1) if sheet.cell(row, n).value]
    ends = [*(n - 1 for n in starts[1:]), width]
    return [[0, start - 1, 1, end - start + 1] for start, end in zip(starts, ends, strict=False)]


def _gaps(book: Workbook, layout: Layout) -> Iterator[str]:
    """The heading of each obligatory cell that holds nothing, once for each such cell."""
    wanted = [n for n, column in enumerate(layout.columns, 1) if column.obligatory == "yes"]
    for sheet in book.worksheets[:-1] if wanted else ():
        headings = {n: str(sheet.cell(layout.heading_row, n).value) for n in wanted}
        for row in range(layout.heading_row + 1, sheet.max_row + 1):
            for column, heading in headings.items():
                if sheet.cell(row, column).fill.start_color.rgb == GAP:
                    yield heading
