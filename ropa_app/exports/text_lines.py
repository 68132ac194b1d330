"""How a text breaks into lines in a cell of a sheet, by the widths of the letters of Calibri.

A line too few would cut text off, so what is not known counts as wide: a letter Calibri lacks is
as wide as it is high, and lines break at spaces only, although a program may use hyphens too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

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
# What begins a paragraph that belongs to the one above it.
BELOW = "– "
# The end of a sentence; an abbreviation (“§ 3 c. 2”, “art. 6”) is followed by no capital.
_SENTENCE = re.compile(r"(?<=\w[.?!…])[)”»’]*\s+(?=[A-ZÆØÅ§“«(])")
# Lines at the foot of a part that are not left empty for the sake of a whole paragraph.
_WORTH = 4
# Lines of a paragraph that go on in a part of their own.
_FEWEST = 2
# The letters of a paragraph that others are likely to hold too.
_SHORT = 200


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
    return list(_ends(paragraph, 0, space))


def _ends(paragraph: str, start: int, space: float) -> Iterator[int]:
    """The same one by one from a place on, for lines that hold so much."""
    widths, used = _widths(), 0
    for found in _TOKEN.finditer(paragraph, start):
        token = found[0]
        size = sum(map(widths.__getitem__, token))
        # The space after a word may hang over the end of its line.
        word = size - widths[token[-1]] if len(token) > 1 and token[-1].isspace() else size
        if used and used + word > space:
            yield found.start()
            used = 0
        if word <= space:
            used += size
            continue
        for place, letter in enumerate(token, found.start()):
            if used and used + widths[letter] > space:
                yield place
                used = 0
            used += widths[letter]
    yield len(paragraph)


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
def _ends_of_short(paragraph: str, width: float) -> Sequence[int]:
    return line_ends(paragraph, width)


def lines_needed(text: str, width: float) -> int:
    """How many lines a text takes in a column of that width; none if it is empty."""
    if not text:
        return 0
    return sum(
        len(_ends_of_short(part, width) if len(part) <= _SHORT else line_ends(part, width))
        for part in text.split("\n")
    )


def pieces(text: str, width: float, most: int) -> list[str]:
    """The text in parts of at most `most` lines each; joined they are the text.

    A paragraph stays whole where that leaves only few lines of a part empty; else, and where it is
    longer than a part, it fills what room there is, up to the end of a sentence where one stands in
    the last quarter of the part. What stands below a line (BELOW) stays with it in one part.
    """
    parts = _Parts(width, most)
    for item in _items(text):
        parts.add(item)
    return [*parts.done, parts.current]


def _items(text: str) -> Iterator[list[str]]:
    """The paragraphs of a text, each with those that stand below it."""
    item: list[str] = []
    for paragraph in text.splitlines(keepends=True):
        if item and not paragraph.startswith(BELOW):
            yield item
            item = []
        item.append(paragraph)
    if item:
        yield item


class _Parts:
    """The parts of a text of at most `most` lines: those that are done, and the current one."""

    def __init__(self, width: float, most: int) -> None:
        self.done: list[str] = []
        self.current = ""
        self._width, self._most, self._used = width, most, 0

    def add(self, item: Sequence[str]) -> None:
        """An item, in a part of its own rather than torn, as long as it fits into one."""
        if len(item) > 1 and self._used:
            total = sum(lines_needed(one.rstrip("\n"), self._width) or 1 for one in item)
            # Of one that fits into none, more than its first line stands at the foot of a part.
            if self._used + (total if total <= self._most else 2 * _WORTH) > self._most:
                self._finish()
        for paragraph in item:
            self._paragraph(paragraph)

    def _finish(self) -> None:
        self.done.append(self.current)
        self.current, self._used = "", 0

    def _paragraph(self, line: str) -> None:
        text, most, start = line.rstrip("\n"), self._most, 0
        ends = self._next(text, start)
        while self._used + len(ends) > most:
            free = most - self._used
            if most > _FEWEST:
                free = min(free, max(0, len(ends) - _FEWEST))
            if free and (len(ends) > most or free >= _WORTH):
                cut = _sentence_end(text, start, ends[:free], most)
                self.current += line[start:cut]
                start, ends = cut, self._next(text, cut)
            self._finish()
        self.current += line[start:]
        self._used += len(ends)

    def _next(self, text: str, start: int) -> Sequence[int]:
        """Where the next lines end: as many as tell whether the rest fits into a part."""
        if start == 0 and len(text) <= _SHORT:
            return _ends_of_short(text, self._width)
        return list(islice(_ends(text, start, room(self._width)), self._most + _FEWEST + 1))


def _sentence_end(text: str, start: int, ends: Sequence[int], most: int) -> int:
    """Where the last sentence ends that does so in the last quarter of a part; else the last line.

    `ends` are those of the lines from `start` on that fit into the part.
    """
    before = len(ends) - 1 - most // 4
    found = _SENTENCE.finditer(text, ends[before] if before >= 0 else start, ends[-1])
    return max((one.end() for one in found), default=ends[-1])
