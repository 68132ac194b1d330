"""The rows of a sheet, written one by one as they come: text only, never a formula.

A cell that needs more lines than the highest row can show continues in the next row, which bears
the same reference with its number; the parts put one after another are the text unchanged. A
further row says what it goes on with in the column of the name alone: anywhere else a reader would
take that for what the column is about.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace
from typing import IO
from xml.sax.saxutils import escape

from ropa_app.errors import UserError
from ropa_app.exports.reference import RowReference
from ropa_app.exports.safe_text import SafeText, looks_like_formula
from ropa_app.exports.text_lines import lines_needed, pieces
from ropa_app.i18n import _

# Height of a line of Calibri 10 where it is greatest (21 pixels of a screen at 125 %), and of the
# space above and below, in points. LibreOffice sets lines closer and shows some room below them.
LINE_HEIGHT = 12.6
SPACE = 3.0
#: The lines of text the highest row shows whole, and its height in points (a sheet allows 409).
MOST_LINES = 25
MOST_HEIGHT = MOST_LINES * LINE_HEIGHT + SPACE
LEAST_HEIGHT = 26.0
#: The last row a spreadsheet can hold.
LAST_ROW = 1_048_576
_IN_MEMORY = 8 << 20
_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class CellStyles:
    """Numbers of the cell styles in the workbook; `reference` is small, `quiet` grey.

    `over` is the text of a row about what is over or gone.
    """

    text: int
    formula_like: int
    gap: int
    reference: int
    quiet: int
    over: int
    over_formula_like: int


@dataclass(frozen=True, slots=True)
class BodyColumn:
    """A column of the rows: width in characters; what a gap says ("" leaves it empty).

    A `quiet` one has no gaps: what it says of nothing is an answer. The column that `names` the
    record says in further rows that they continue; one that is `repeated` stands there unchanged.
    One that `is_apart` holds a key for programs: small, and no row is higher for its sake.
    """

    width: int
    gap: str = ""
    is_reference: bool = False
    is_spacer: bool = False
    quiet: bool = False
    repeated: bool = False
    names: bool = False
    is_apart: bool = False


def letters(number: int) -> str:
    """The letters of a column by its number from 1: A, …, Z, AA."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def height_of(lines: int) -> float:
    """The height of a row with so many lines, in points."""
    return min(MOST_HEIGHT, lines * LINE_HEIGHT + SPACE)


def _literal(text: str) -> str:
    """Text as a sheet's XML takes it; “_x0041_” would be read as a letter there."""
    return escape(_CODED.sub("_x005F_", text))


class RowWriter:
    """Writes rows of texts from row `first` on; `rows` counts them."""

    def __init__(
        self, columns: Sequence[BodyColumn], styles: CellStyles, first: int, safe: SafeText,
        say_reference: Callable[[RowReference], str],
        say_continued: Callable[[str, RowReference], str],
    ) -> None:  # fmt: skip
        self.file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        self.columns = columns
        self.first = first
        self.rows = 0
        self._styles = styles
        self._safe = safe
        self._say = say_reference
        self._say_continued = say_continued
        # None of a column whose text makes no row higher.
        self._widths = [0 if column.is_apart else column.width for column in columns]
        self._named = next((n for n, column in enumerate(columns) if column.names), None)
        self._letters = [letters(number) for number in range(1, len(columns) + 1)]
        self._gaps = {
            over: [self._empty(column, over) for column in columns] for over in (False, True)
        }

    def close(self) -> None:
        """Give up the file of the rows."""
        self.file.close()

    @property
    def last(self) -> int:
        """The number of the last row written, at least the one above the first."""
        return self.first + self.rows - 1

    def add(
        self, texts: Sequence[str], reference: RowReference, over: bool = False,
        owed: Container[int] | None = None,
    ) -> None:  # fmt: skip
        """Write a record: one text per column, the reference column excepted (any text there).

        `over` marks the row as one about what is over or gone. Of the columns that have a gap,
        `owed` are those in which this record has one where it says nothing; None means all.

        Raises UserError if the sheet is full.
        """
        clean = self._safe.clean
        texts = [clean(text) if text else "" for text in texts]
        needed = [
            lines_needed(text, width) if text and width else 0
            for text, width in zip(texts, self._widths, strict=True)
        ]
        if max(needed) <= MOST_LINES:
            self._write(texts, reference, max(needed), over, owed)
            return
        split = [
            pieces(text, width, MOST_LINES) if lines > MOST_LINES else [text]
            for text, width, lines in zip(texts, self._widths, needed, strict=True)
        ]
        count = max(len(parts) for parts in split)
        for number in range(count):
            part = [self._part(column, parts, number) for column, parts in enumerate(split)]
            numbered = replace(reference, part=number + 1, parts=count)
            mark = self._mark(part, texts, numbered) if number else None
            lines = max(
                lines_needed(text.rstrip("\n"), width) if width else 0
                for text, width in zip(part, self._widths, strict=True)
            )
            self._write(part, numbered, lines, over, owed, mark)

    def _part(self, column: int, parts: Sequence[str], number: int) -> str:
        if number < len(parts):
            return parts[number]
        return parts[0] if self.columns[column].repeated and len(parts) == 1 else ""

    def _mark(
        self, part: list[str], texts: Sequence[str], reference: RowReference
    ) -> int | None:
        """Say in a further row what it goes on with; the column, None if it is not free for it."""
        named = self._named
        if named is None or part[named]:
            return None
        part[named] = self._say_continued(texts[named], reference)
        return named

    def _write(
        self, texts: Sequence[str], reference: RowReference, lines: int, over: bool,
        owed: Container[int] | None, mark: int | None = None,
    ) -> None:  # fmt: skip
        """Write a row; one that continues has no gaps, and at `mark` what it goes on with."""
        row = self.first + self.rows
        if row > LAST_ROW:
            raise UserError(
                _("The sheet is full at {rows} rows; export fewer activities with --ref.").format(
                    rows=LAST_ROW
                )
            )
        self.rows += 1
        height = max(LEAST_HEIGHT, height_of(lines))
        styles = self._styles
        plain = styles.over if over else styles.text
        like_formula = styles.over_formula_like if over else styles.formula_like
        cells = [f'<row r="{row}" ht="{height:.1f}">']
        for number, text in enumerate(texts):
            name = f"{self._letters[number]}{row}"
            column = self.columns[number]
            if column.is_reference:
                cells.append(_cell(name, styles.reference, self._say(reference)))
            elif text:
                style = styles.quiet if number == mark else plain
                style = styles.reference if column.is_apart else style
                cells.append(_cell(name, like_formula if looks_like_formula(text) else style, text))
            elif reference.part == 1 and (owed is None or number in owed):
                cells.append(self._gaps[over][number].replace("@", name, 1))
            elif not column.is_spacer:
                cells.append(f'<c r="{name}" s="{styles.text}"/>')
        cells.append("</row>")
        self.file.write("".join(cells).encode("utf-8"))

    def _empty(self, column: BodyColumn, over: bool) -> str:
        """An empty cell of a column, its place marked with @; `over` as in `add`."""
        if column.is_spacer:
            return ""
        if column.gap:
            # An answer looks like any other.
            answer = self._styles.over if over else self._styles.text
            style = answer if column.quiet else self._styles.gap
            return _cell("@", style, column.gap)
        return f'<c r="@" s="{self._styles.text}"/>'


def _cell(name: str, style: int, text: str) -> str:
    return (
        f'<c r="{name}" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
        f"{_literal(text)}</t></is></c>"
    )
