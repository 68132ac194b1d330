"""The rows of a sheet, written one by one as they come: text only, never a formula.

A cell that needs more lines than the highest row can show continues in the next row, which bears
the same reference with its number; the parts put one after another are the text unchanged.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import IO
from xml.sax.saxutils import escape

from ropa_app.errors import UserError
from ropa_app.exports.reference import RowReference
from ropa_app.exports.safe_text import SafeText, looks_like_formula
from ropa_app.i18n import _

# Height of a line of Calibri 10 and of the space above and below, in points.
LINE_HEIGHT = 12.9
SPACE = 4.0
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
    """Numbers of the cell styles in the workbook; `reference` is small, `quiet` no gap."""

    text: int
    formula_like: int
    gap: int
    reference: int
    quiet: int


@dataclass(frozen=True, slots=True)
class BodyColumn:
    """A column of the rows: width in characters; what a gap says ("" leaves it empty).

    A `quiet` one has no gaps: what it says of nothing is an answer. A column that is `repeated`
    stands in the further rows of a record too.
    """

    width: int
    gap: str = ""
    is_reference: bool = False
    is_spacer: bool = False
    quiet: bool = False
    repeated: bool = False


def letters(number: int) -> str:
    """The letters of a column by its number from 1: A, …, Z, AA."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def characters(width: int) -> int:
    """About how many characters of the body fit on a line of a column of that width.

    A width counts digits of Calibri 11; the letters of Calibri 10 are narrower, and lines break
    between words.
    """
    return width * 6 // 5


def height_of(lines: int) -> float:
    """The height of a row with so many lines, in points."""
    return min(MOST_HEIGHT, lines * LINE_HEIGHT + SPACE)


def lines_needed(text: str, width: int) -> int:
    """How many lines a text takes, `width` characters on each."""
    if "\n" not in text:
        return 1 + (len(text) - 1) // width if text else 0
    return sum(1 + max(len(part) - 1, 0) // width for part in text.split("\n"))


def pieces(text: str, width: int, most: int = MOST_LINES) -> list[str]:
    """The text in parts of at most `most` lines each; joined they are the text.

    A paragraph stays whole unless it is longer than a part: then it fills what room there is.
    """
    found, current, used = [], "", 0
    for line in text.splitlines(keepends=True) if "\n" in text else [text]:
        rest = line
        while used + (needed := max(1, lines_needed(rest.rstrip("\n"), width))) > most:
            if needed > most and used < most:
                cut = _cut(rest, width * (most - used))
                current, rest = current + rest[:cut], rest[cut:]
            found.append(current)
            current, used = "", 0
        current += rest
        used += needed
    return [*found, current]


def _cut(line: str, most: int) -> int:
    """Where to break a line of more than `most` characters: between words where it can."""
    return line.rfind(" ", most // 2, most) + 1 or most


def _literal(text: str) -> str:
    """Text as a sheet's XML takes it; “_x0041_” would be read as a letter there."""
    return escape(_CODED.sub("_x005F_", text))


class RowWriter:
    """Writes rows of texts from row `first` on; `rows` counts them."""

    def __init__(
        self, columns: Sequence[BodyColumn], styles: CellStyles, first: int, safe: SafeText,
        say_reference: Callable[[RowReference], str],
    ) -> None:  # fmt: skip
        self.file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        self.columns = columns
        self.first = first
        self.rows = 0
        self._styles = styles
        self._safe = safe
        self._say = say_reference
        self._widths = [characters(column.width) for column in columns]
        self._letters = [letters(number) for number in range(1, len(columns) + 1)]
        self._gaps = [self._empty(column) for column in columns]

    def close(self) -> None:
        """Give up the file of the rows."""
        self.file.close()

    @property
    def last(self) -> int:
        """The number of the last row written, at least the one above the first."""
        return self.first + self.rows - 1

    def add(self, texts: Sequence[str], reference: RowReference) -> None:
        """Write a record: one text per column, the reference column excepted (any text there).

        Raises UserError if the sheet is full.
        """
        clean = self._safe.clean
        texts = [clean(text) if text else "" for text in texts]
        needed = [
            lines_needed(text, width) if text else 0
            for text, width in zip(texts, self._widths, strict=True)
        ]
        if max(needed) <= MOST_LINES:
            self._write(texts, reference, max(needed), whole=True)
            return
        split = [
            pieces(text, width) if lines > MOST_LINES else [text]
            for text, width, lines in zip(texts, self._widths, needed, strict=True)
        ]
        count = max(len(parts) for parts in split)
        for number in range(count):
            part = [self._part(column, parts, number) for column, parts in enumerate(split)]
            lines = max(
                lines_needed(text.rstrip("\n"), width)
                for text, width in zip(part, self._widths, strict=True)
            )
            numbered = replace(reference, part=number + 1, parts=count)
            self._write(part, numbered, lines, whole=not number)

    def _part(self, column: int, parts: Sequence[str], number: int) -> str:
        if number < len(parts):
            return parts[number]
        return parts[0] if self.columns[column].repeated and len(parts) == 1 else ""

    def _write(
        self, texts: Sequence[str], reference: RowReference, lines: int, whole: bool
    ) -> None:
        row = self.first + self.rows
        if row > LAST_ROW:
            raise UserError(
                _("The sheet is full at {rows} rows; export fewer activities with --ref.").format(
                    rows=LAST_ROW
                )
            )
        self.rows += 1
        height = max(LEAST_HEIGHT, height_of(lines))
        cells = [f'<row r="{row}" ht="{height:.1f}" customHeight="1">']
        for number, text in enumerate(texts):
            name = f"{self._letters[number]}{row}"
            if self.columns[number].is_reference:
                cells.append(_cell(name, self._styles.reference, self._say(reference)))
            elif text:
                like = looks_like_formula(text)
                style = self._styles.formula_like if like else self._styles.text
                cells.append(_cell(name, style, text))
            elif whole:
                cells.append(self._gaps[number].replace("@", name, 1))
            elif not self.columns[number].is_spacer:
                cells.append(f'<c r="{name}" s="{self._styles.text}"/>')
        cells.append("</row>")
        self.file.write("".join(cells).encode("utf-8"))

    def _empty(self, column: BodyColumn) -> str:
        """An empty cell of a column, its place marked with @."""
        if column.is_spacer:
            return ""
        if column.gap:
            style = self._styles.quiet if column.quiet else self._styles.gap
            return _cell("@", style, column.gap)
        return f'<c r="@" s="{self._styles.text}"/>'


def _cell(name: str, style: int, text: str) -> str:
    return (
        f'<c r="{name}" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
        f"{_literal(text)}</t></is></c>"
    )
