"""Blocks of cells to and from a spreadsheet: tabs between cells, line ends between rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence


def read_block(text: str) -> list[list[str]]:
    """The rows of a block as copied from a spreadsheet; rows without any text are left out.

    A cell with line ends or quotation marks in it comes in quotation marks.
    """
    rows = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter="\t")
    return [row for row in rows if any(cell.strip() for cell in row)]


def write_block(rows: Sequence[Sequence[str]]) -> str:
    """Rows as a spreadsheet takes them."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    return out.getvalue()


def without_head(rows: list[list[str]], heads: Sequence[str]) -> list[list[str]]:
    """The rows without the first, if that repeats the headings of the table."""
    known = {head.casefold() for head in heads if head}
    first = [cell.strip().casefold() for cell in rows[0]] if rows else []
    return rows[1:] if first and all(cell in known for cell in first) else rows
