"""Parts of a page: titles, sections, tables and labelled values, made into bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Spacer

from ropa_app.exports.pdf_canvas import BODY_WIDTH
from ropa_app.exports.pdf_rows import Band, Cell
from ropa_app.exports.pdf_style import (
    BODY,
    POINT,
    SECTION,
    SMALL,
    STRONG,
    TABLE,
    TABLE_HEAD,
    TITLE,
    Style,
)
from ropa_app.exports.pdf_text import Typesetter
from ropa_app.i18n import N_

# Where the right column begins; the left one carries the point of the article.
INDENT = 64.0
RIGHT = BODY_WIDTH - INDENT
LABEL = 118.0
GAP = 10.0
# The heading of a section at the top of the page it goes on to.
GOES_ON = N_("{name} (continued)")
FACT: Style = (8.5, 12.0, "text", True)

Content = str | Sequence[Flowable]


def title(ts: Typesetter, name: str, above: str, mark: tuple[str, str] | None) -> list[Band]:
    """The name of a page in large type with its reference over it."""
    bands = []
    if above:
        small = Cell(0, BODY_WIDTH, ts.paragraphs(above, BODY_WIDTH, (9.0, 13.0, "text2", True)))
        bands.append(Band([small], keep=True, mark=mark))
        mark = None
    large = Cell(0, BODY_WIDTH, ts.paragraphs(name, BODY_WIDTH, TITLE))
    return [*bands, Band([large], below=4, keep=True, mark=mark)]


def strip(ts: Typesetter, facts: Sequence[tuple[str, str]]) -> Band:
    """Short facts side by side, each with its label over it, and a hairline under all.

    One that is no short fact, such as an open question, gets twice the room and no weight.
    """
    even = BODY_WIDTH / len(facts)
    long = [stringWidth(value, STRONG, FACT[0]) > even - GAP for _label, value in facts]
    share = BODY_WIDTH / (len(facts) + sum(long))
    cells, x = [], 0.0
    for (label, value), is_long in zip(facts, long, strict=True):
        width = share * 2 if is_long else share
        content = [
            *ts.paragraphs(label, width - GAP, SMALL),
            *ts.paragraphs(value, width - GAP, BODY if is_long else FACT),
        ]
        cells.append(Cell(x, width - GAP, content))
        x += width
    return Band(cells, below=8, line="hair", keep=True)


def section(ts: Typesetter, point: str, name: str) -> Band:
    """The heading of a section with the point of the article in the left column."""
    return Band(
        [
            Cell(0, INDENT - 4, ts.paragraphs(point, INDENT - 4, POINT)),
            Cell(INDENT, RIGHT, ts.paragraphs(name, RIGHT, SECTION)),
        ],
        above=6,
        below=2,
        keep=True,
    )


def goes_on(ts: Typesetter, point: str, name: str, content: Sequence[Band]) -> None:
    """Let a page that begins within the content of a section begin with its heading."""
    heading = section(ts, point, name)
    heading.above = 0
    over: dict[int, Band] = {}
    for band in content:
        head = band.head
        if head and id(head) not in over:
            over[id(head)] = _one_over_the_other(heading, head)
        band.again = over[id(head)] if head else heading


def _one_over_the_other(heading: Band, head: Band) -> Band:
    """The heading of a section and under it the heads of columns, as one band."""
    lower = Spacer(0, heading.height + head.above)
    cells = [replace(cell, content=[lower, *cell.content]) for cell in head.cells]
    return replace(head, cells=[*heading.cells, *cells], above=0.0, _height=0.0)


def rule() -> Band:
    """The hairline that ends a section."""
    return Band([], above=5.5, line="hair")


def text(ts: Typesetter, content: Content, how: Style = BODY, above: float = 0) -> Band:
    """A paragraph in the right column."""
    return Band([Cell(INDENT, RIGHT, flow(ts, content, RIGHT, how))], above=above)


def pair(ts: Typesetter, label: str, value: Content) -> Band:
    """A label and what it says, side by side in the right column."""
    width = RIGHT - LABEL
    return Band(
        [
            Cell(INDENT, LABEL - GAP, ts.paragraphs(label, LABEL - GAP, (8.0, 11.0, "text2"))),
            Cell(INDENT + LABEL, width, flow(ts, value, width, BODY)),
        ],
        above=1.5,
        below=1.5,
    )


def inline(ts: Typesetter, label: str, value: str, above: float = 0) -> Band:
    """A label in semibold and after it, in the same line, what it says."""
    return Band([Cell(INDENT, RIGHT, ts.labelled(label, value, RIGHT))], above=above, below=1.5)


def flow(ts: Typesetter, content: Content, width: float, how: Style) -> Sequence[Flowable]:
    """Text set in a style; paragraphs as they are."""
    return ts.paragraphs(content, width, how) if isinstance(content, str) else content


class Columns:
    """The columns of a table: their heads and widths, given as shares of the whole."""

    def __init__(
        self, ts: Typesetter, heads: Sequence[tuple[str, float]], left: float = INDENT
    ) -> None:
        self.ts = ts
        self.left = left
        whole = sum(share for _, share in heads)
        self.widths = [(BODY_WIDTH - left) * share / whole for _, share in heads]
        self.head = self._band([ts.paragraphs(h, w, TABLE_HEAD)
                                for (h, _), w in zip(heads, self.widths, strict=True)])  # fmt: skip
        self.head.below = 3.5
        self.head.keep = True

    def row(self, contents: Sequence[Content]) -> Band:
        """One row; it repeats the column heads where a page begins with it."""
        cells = [flow(self.ts, content, width - GAP, TABLE)
                 for content, width in zip(contents, self.widths, strict=True)]  # fmt: skip
        band = self._band(cells)
        band.head = self.head
        return band

    def _band(self, contents: Sequence[Sequence[Flowable]]) -> Band:
        cells, x = [], self.left
        for content, width in zip(contents, self.widths, strict=True):
            cells.append(Cell(x, width - GAP, content))
            x += width
        return Band(cells, above=2.5, below=2.5, line="hair", line_from=self.left)

    def table(self, rows: Sequence[Band]) -> list[Band]:
        """Head and rows; the last row has no line, since a section ends with one."""
        if rows:
            rows[-1].line = ""
            rows[-1].below = 0
        return [self.head, *rows]
