"""How a text breaks into lines in a cell of a sheet, by the widths of the letters of Calibri.

A line too few would cut text off, so what is not known counts as wide: a letter Calibri lacks is
as wide as it is high, and lines break at spaces only, although a program may use hyphens too.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache

from ropa_app.paths import resources

# Of the text in the rows, in points; widths of letters are in thousandths of it.
SIZE = 10.0
# A unit of column width is a digit of Calibri 11, 7 pixels of 0.75 points; 5 pixels of the column
# are its margins. Text stands one step of indent from the border: three spaces of Calibri 11, some
# 10 pixels, one more allowed for. What is wider elsewhere (LibreOffice, a finer screen) only leaves
# more room.
UNIT, INDENT = 5.25, 8.25
MARGINS = 3.75 + INDENT
# Screens round the width of each letter to whole pixels, which makes a line up to 3 % longer.
ROUNDING = 0.97
_UNKNOWN, _LARGE = 1000, 1400
# No line breaks at a hard space.
_TOKEN = re.compile(r"(?:\S|\u00a0)+\s?|\s")
# Lines at the foot of a part that are not left empty for the sake of a whole paragraph.
_WORTH = 4
# Lines of a paragraph that go on in a part of their own.
_FEWEST = 2


class _Widths(dict[str, int]):
    """The width of each letter; one that the font lacks counts as wide."""

    def __missing__(self, letter: str) -> int:
        return _LARGE if letter > "\uffff" else _UNKNOWN


@lru_cache(maxsize=1)
def _widths() -> _Widths:
    text = resources("fonts", "calibri-widths.json").read_text(encoding="utf-8")
    data = json.loads(text)["widths"]
    return _Widths({letter: int(width) for width, letters in data.items() for letter in letters})


def room(width: float) -> float:
    """What a line of a column holds, in thousandths of the size of the letters.

    `width` is that of the column as the workbook states it, in digits.
    """
    return (width * UNIT - MARGINS) * ROUNDING / SIZE * 1000


def line_ends(paragraph: str, width: float) -> list[int]:
    """Where each line of a paragraph ends in a column of that width; the last at its end."""
    widths, space = _widths(), room(width)
    if sum(map(widths.__getitem__, paragraph)) <= space:
        return [len(paragraph)]
    ends: list[int] = []
    used = 0
    for found in _TOKEN.finditer(paragraph):
        token = found[0]
        size = sum(map(widths.__getitem__, token))
        # The space after a word may hang over the end of its line.
        word = size - widths[token[-1]] if len(token) > 1 and token[-1].isspace() else size
        if used and used + word > space:
            ends.append(found.start())
            used = 0
        if word <= space:
            used += size
            continue
        for place, letter in enumerate(token, found.start()):
            if used and used + widths[letter] > space:
                ends.append(place)
                used = 0
            used += widths[letter]
    return [*ends, len(paragraph)]


def least_width(text: str, size: float = SIZE, bold: float = 1.0) -> int:
    """The width of a column, in digits, in which no word of the text is broken.

    `size` is that of the letters in points; `bold` how much wider than the plain ones they are.
    """
    widths = _widths()
    longest = max((sum(map(widths.__getitem__, word)) for word in text.split()), default=0)
    points = longest / 1000 * size * bold / ROUNDING + MARGINS
    return int(-(-points // UNIT))


def width_of(text: str) -> int:
    """The width of a column, in digits, in which every paragraph of the text is one line."""
    widths = _widths()
    longest = max(sum(map(widths.__getitem__, part)) for part in text.split("\n"))
    return int(-(-(longest / 1000 * SIZE / ROUNDING + MARGINS) // UNIT))


# Most cells of a register say what others say too.
@lru_cache(maxsize=1 << 14)
def _lines_of_short(paragraph: str, width: float) -> int:
    return len(line_ends(paragraph, width))


def lines_needed(text: str, width: float) -> int:
    """How many lines a text takes in a column of that width; none if it is empty."""
    if not text:
        return 0
    return sum(
        _lines_of_short(part, width) if len(part) <= 200 else len(line_ends(part, width))
        for part in text.split("\n")
    )


def pieces(text: str, width: float, most: int) -> list[str]:
    """The text in parts of at most `most` lines each; joined they are the text.

    A paragraph stays whole where that leaves only few lines of a part empty; else, and where it is
    longer than a part, it fills what room there is.
    """
    found, current, used = [], "", 0
    for line in text.splitlines(keepends=True):
        ends, start = line_ends(line.rstrip("\n"), width), 0
        while used + len(ends) > most:
            free = min(most - used, max(0, len(ends) - _FEWEST)) if most > _FEWEST else most - used
            if free and (len(ends) > most or free >= _WORTH):
                cut = ends[free - 1]
                current, start, ends = current + line[start:cut], cut, ends[free:]
            found.append(current)
            current, used = "", 0
        current += line[start:]
        used += len(ends)
    return [*found, current]
