"""What a page is made of: bands of cells one under another, and the sheet that holds them.

A sheet breaks over pages between bands. A band that is taller than a page is taken apart into
the paragraphs of its cells; any other stays whole. A heading stays with what follows, and the
column heads of a table are repeated on its next page. One light flowable for all of it, since
the tables of platypus cost more than the paragraphs in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from reportlab.platypus import Flowable

from ropa_app.exports.pdf_canvas import BODY_HEIGHT, PageCanvas
from ropa_app.exports.pdf_style import TABLE, ink

PADDING = 9.0


@dataclass(slots=True)
class Cell:
    """Paragraphs one under another, at a distance from the left edge and of a width (points)."""

    x: float
    width: float
    content: Sequence[Flowable]

    def height(self) -> float:
        """The height of the content at this width."""
        return sum(_height(item, self.width) for item in self.content)


def _height(item: Flowable, width: float) -> float:
    """The height of an item; one that was laid out at this width before is not laid out again."""
    if getattr(item, "blPara", None) is None or item.width != width:
        item.wrap(width, 1e6)
    return float(item.height)


@dataclass(slots=True)
class Band:
    """One row of cells: the space around it, a line under it and how it breaks.

    `line` and `fill` are colour roles. `keep` holds it on the page of the next band; `head` is
    the band of column heads to repeat when a page begins with this one. `mark` is a bookmark
    (key and title); `number_of` names the bookmark whose page number stands at the right edge.
    """

    cells: Sequence[Cell]
    above: float = 0.0
    below: float = 0.0
    line: str = ""
    line_from: float = 0.0
    line_width: float = 0.5
    fill: str = ""
    keep: bool = False
    head: Band | None = None
    mark: tuple[str, str] | None = None
    number_of: str = ""
    _height: float = field(default=0.0, repr=False)

    @property
    def height(self) -> float:
        """The whole height in points, measured once."""
        if not self._height:
            tallest = max((cell.height() for cell in self.cells), default=0.0)
            self._height = self.above + tallest + self.below
        return self._height


def _apart(band: Band) -> list[Band]:
    """A band, or the bands it is taken apart into because no page can hold it."""
    if band.height <= BODY_HEIGHT * 0.6 or max(len(cell.content) for cell in band.cells) < 2:
        return [band]
    parts = []
    count = max(len(cell.content) for cell in band.cells)
    for number in range(count):
        cells = [replace(cell, content=cell.content[number : number + 1]) for cell in band.cells]
        first, last = number == 0, number == count - 1
        parts.append(
            replace(
                band,
                cells=cells,
                above=band.above if first else 0.0,
                below=band.below if last else 0.0,
                line=band.line if last else "",
                mark=band.mark if first else None,
                keep=band.keep and last,
                _height=0.0,
            )
        )
    return parts


class Sheet(Flowable):
    """Bands from the top of a page on, over as many pages as they need.

    `label` is what the foot of its pages says, such as the reference of an activity.
    """

    def __init__(self, bands: Sequence[Band], label: str = "", measured: bool = False) -> None:
        super().__init__()
        self.bands: list[Band] = (
            list(bands) if measured else [part for band in bands for part in _apart(band)]
        )
        self.label = label

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """The size of the sheet (called by platypus)."""
        self.width = available_width
        self.height = sum(band.height for band in self.bands)
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """What fits on this page and the rest (called by platypus); empty if nothing fits."""
        fits, used = 0, 0.0
        while fits < len(self.bands) and used + self.bands[fits].height <= available_height:
            used += self.bands[fits].height
            fits += 1
        kept = fits
        while kept and self.bands[kept - 1].keep:
            kept -= 1
        if not kept and available_height > BODY_HEIGHT - 1:
            kept = fits
        if not kept:
            return []
        rest = self.bands[kept:]
        if rest and rest[0].head is not None:
            rest = [rest[0].head, *rest]
        parts = [self.bands[:kept], rest]
        return [Sheet(part, self.label, measured=True) for part in parts if part]

    def draw(self) -> None:
        """Draw every band, from the top down (called by platypus)."""
        canvas = cast(PageCanvas, self.canv)
        canvas.label = self.label
        top = self.height
        for band in self.bands:
            _draw(canvas, band, top, self.width)
            top -= band.height


def _draw(canvas: PageCanvas, band: Band, top: float, width: float) -> None:
    bottom = top - band.height
    if band.mark:
        canvas.mark(*band.mark)
    if band.fill:
        canvas.setFillColor(ink(band.fill))
        high = band.height - band.above - band.below + 2 * PADDING
        canvas.roundRect(0, bottom + band.below - PADDING, width, high, 6, stroke=0, fill=1)
    for cell in band.cells:
        y = top - band.above
        for item in cell.content:
            y -= item.height
            item.drawOn(canvas, cell.x, y)
    if band.number_of:
        canvas.later(width, top - band.above - TABLE[0], band.number_of)
    if band.line:
        canvas.setStrokeColor(ink(band.line))
        canvas.setLineWidth(band.line_width)
        canvas.line(band.line_from, bottom, width, bottom)
