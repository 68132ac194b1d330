"""What a page is made of: bands of cells one under another, and the sheet that holds them.

A sheet breaks over pages between bands. A table row that is taller than a page goes on inside
its cells; any other stays whole. A heading stays with what follows, and the column heads of a
table are repeated on its next page. One light flowable for all of it, since
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
    the band of column heads to repeat when a page begins with this one, `again` what stands there
    instead, such as the heading of a section that goes on with the heads under it. `mark` is a
    bookmark (key and title); `number_of` names the bookmark whose page number stands at the right
    edge.
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
    again: Band | None = None
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


# Rows of a table stay whole if a page can hold them; other text may break when it is this tall.
_TEXT = BODY_HEIGHT / 3
# No row is begun in less room than this at the foot of a page (points).
_ROOM = 60.0
# What goes over to the next page takes at least this much of it, where there is more to take.
_LINES = 40.0
# No sheet is begun under another in less room than this, one that fits on a page not unless most
# of the page would be left empty; and so far under it.
_BEGUN, _DIVIDED, _APART = BODY_HEIGHT * 0.3, BODY_HEIGHT * 0.6, 30.0
_ENDLESS = 1e6
# A last page with less than this on it is not worth a page; gaps may shrink to these parts for it,
# no more than it takes.
_FEW, _CLOSER = 160.0, (0.8, 0.55)
# Of longer sheets no page is saved that way.
_MANY = 6
# A paragraph taller than this is cut in halves first, since each cut lays out what is left.
_TALL = 200.0


def _breaks(band: Band) -> bool:
    """Whether a band may go on over to the next page."""
    most = BODY_HEIGHT - band.head.height if band.head else _TEXT
    return band.height > most


def _divided(band: Band, room: float) -> tuple[Band, Band] | None:
    """What of a band stands in the room (points) and what is left; None if nothing of it does."""
    cells = [_cut(cell, room - band.above) for cell in band.cells]
    if not any(first.content for first, _ in cells) or not any(rest.content for _, rest in cells):
        return None
    upper = replace(band, cells=[first for first, _ in cells], below=0.0, line="", keep=False,
                    number_of="", _height=0.0)  # fmt: skip
    lower = replace(band, cells=[rest for _, rest in cells], above=0.0, mark=None, _height=0.0)
    return upper, lower


def _cut(cell: Cell, room: float) -> tuple[Cell, Cell]:
    content = [part for item in cell.content for part in _halves(item, cell.width)]
    used, number = 0.0, 0
    while number < len(content) and used + _height(content[number], cell.width) <= room:
        used += _height(content[number], cell.width)
        number += 1
    first, rest = content[:number], content[number:]
    if rest and (parts := _parts(rest[0], cell.width, room - used)):
        first, rest = [*first, parts[0]], [*parts[1:], *rest[1:]]
    return replace(cell, content=first), replace(cell, content=rest)


def _halves(item: Flowable, width: float) -> list[Flowable]:
    height = _height(item, width)
    parts = _parts(item, width, height / 2) if height > _TALL else []
    return [part for one in parts for part in _halves(one, width)] if parts else [item]


def _parts(item: Flowable, width: float, room: float) -> list[Flowable]:
    """A paragraph in two, the first at most as tall as the room; empty if it does not break."""
    found = item.split(width, room) if room > 0 else []
    parts = found if len(found) == 2 else []
    # Breaking a paragraph takes its layout away, from the pieces as from one that stays whole.
    for one in parts or [item]:
        one.wrap(width, 1e6)
    return parts


class Sheet(Flowable):
    """Bands from the top of a page on, over as many pages as they need.

    `label` is what the foot of its pages says, such as the reference of an activity; `head` are
    the column heads a page begins with that goes on with a table. One that `follows` may begin on
    a page that another has gone over to, where that one ends: if it fits there whole, or if a good
    part of the page is free. One that is `snug` is set closer where that saves a last page with a
    few lines; under another sheet only if it is the `last`, since the next would fill that page.
    """

    def __init__(
        self, bands: Sequence[Band], label: str = "", head: Band | None = None,
        follows: bool = False, snug: bool = False,
    ) -> None:  # fmt: skip
        super().__init__()
        self.bands = list(bands)
        self.label = label
        self.head = head
        self.follows = follows
        self.snug = snug
        self.last = False

    def getSpaceBefore(self) -> float:  # noqa: N802 - reportlab's name
        """The gap to the sheet before it where both stand on one page (called by platypus)."""
        return _APART

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """The size of the sheet (called by platypus)."""
        self.width = available_width
        self.height = self._above() + sum(band.height for band in self.bands)
        if self._is_refused(available_height):
            return self.width, _ENDLESS
        if self.snug and (self.last or available_height > BODY_HEIGHT - 1):
            # Only here it is known where on a page it begins.
            self.bands, self.snug = _closer(self.bands, available_height), False
            self.height = self._above() + sum(band.height for band in self.bands)
        return self.width, self.height

    def _is_refused(self, available_height: float) -> bool:
        """Whether it may not begin here, under what stands on the page already."""
        canvas = getattr(self, "canv", None)
        if not self.follows or canvas is None or available_height > BODY_HEIGHT - 1:
            return False
        if not canvas.went_over:
            return True
        least = _BEGUN if self.height > BODY_HEIGHT else _DIVIDED
        return self.height > available_height and available_height < least

    def _above(self) -> float:
        return self.head.height if self.head else 0.0

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """What fits on this page and the rest (called by platypus); empty if nothing fits.

        On a page of its own something always fits, so that the rest grows less with every page.
        """
        bands, room = self.bands, available_height - self._above()
        fits, used = 0, 0.0
        while fits < len(bands) and used + bands[fits].height <= room:
            used += bands[fits].height
            fits += 1
        kept = fits
        while kept > 1 and 0 < sum(band.height for band in bands[kept:] if band.cells) < _LINES:
            kept -= 1
        while kept and bands[kept - 1].keep:
            kept -= 1
        fresh = available_height > BODY_HEIGHT - 1
        if self._is_refused(available_height):
            return []
        following = bands[fits] if fits < len(bands) else None
        alone = fresh and not kept
        if following and (alone or (_breaks(following) and room - used >= _ROOM)):
            parts = _divided(following, room - used)
            if parts:
                return self._pages([*bands[:fits], parts[0]], [parts[1], *bands[fits + 1 :]])
        if alone:
            kept = fits or 1
        return self._pages(bands[:kept], bands[kept:]) if kept else []

    def _pages(self, bands: list[Band], rest: list[Band]) -> list[Flowable]:
        """Two sheets; lines that would stand alone at the top of a page are left out."""
        start = 0
        while start < len(rest) and not rest[start].cells:
            start += 1
        rest = rest[start:]
        first = Sheet(bands, self.label, self.head)
        return [first, Sheet(rest, self.label, rest[0].again or rest[0].head)] if rest else [first]

    def draw(self) -> None:
        """Draw every band, from the top down (called by platypus)."""
        canvas = cast(PageCanvas, self.canv)
        canvas.about(self.label)
        top = self.height
        for band in [self.head, *self.bands] if self.head else self.bands:
            _draw(canvas, band, top, self.width)
            top -= band.height


def _closer(bands: list[Band], room: float) -> list[Band]:
    """The bands, with less between them if that saves a last page with a few lines.

    `room` is what is free of the page they begin on.
    """
    pages, left = _measured(Sheet(bands), room)
    if pages == 1 or left > _FEW:
        return bands
    for part in _CLOSER:
        closer = [replace(band, above=band.above * part, below=band.below * part, _height=0.0)
                  if not band.fill else band for band in bands]  # fmt: skip
        if _measured(Sheet(closer), room)[0] < pages:
            return closer
    return bands


def _measured(sheet: Sheet, room: float) -> tuple[int, float]:
    """How many pages a sheet takes from where it begins, and how much of the last (points)."""
    pages = 1
    while sheet.wrap(0, room)[1] > room:
        parts = sheet.split(0, room)
        if len(parts) < 2 and room > BODY_HEIGHT - 1:
            return pages, BODY_HEIGHT
        sheet = cast(Sheet, parts[1]) if len(parts) > 1 else sheet
        pages, room = pages + 1, BODY_HEIGHT
        if pages > _MANY:
            return pages, BODY_HEIGHT
    return pages, sheet.height


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
