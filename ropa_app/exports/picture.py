"""A picture as a list of primitives, drawn alike on screen, on paper and as SVG.

Coordinates run from the left and from the top; colours are roles, not values, so that every
painter uses its own theme.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Path:
    """Closed outlines, each a flat sequence x, y, x, y …; filled even-odd, with an edge line.

    `hatched` draws thin lines across, so that a surface is told by more than its colour.
    """

    outlines: Sequence[Sequence[float]]
    fill: str
    edge: str = ""
    width: float = 0.0
    hatched: bool = False
    id: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A filled disc with a ring around it in another colour."""

    x: float
    y: float
    radius: float
    fill: str
    ring: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; `anchor` is "start", "middle" or "end" of its base line.

    Where `room` is more than 0, the text is cut with … to be no wider.
    """

    x: float
    y: float
    text: str
    size: float
    colour: str = "text"
    strong: bool = False
    anchor: str = "start"
    id: str = ""
    room: float = 0.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with round corners, filled, with an edge line; without `fill` it is hollow."""

    x: float
    y: float
    width: float
    height: float
    radius: float
    fill: str = ""
    edge: str = ""
    line: float = 1.0
    id: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """Closed outlines of straight lines and curves, filled even-odd, with an edge line.

    The first step of an outline is where it starts, x, y; each further one a line to x, y, or a
    cubic with both of its control points: x, y, x, y, x, y.
    """

    outlines: Sequence[Sequence[Sequence[float]]]
    fill: str
    edge: str = ""
    line: float = 1.0
    id: str = ""


Primitive = Path | Dot | Text | Box | Shape


@dataclass(frozen=True, slots=True)
class Picture:
    """The primitives of a picture in drawing order, and the size they are drawn for."""

    width: float
    height: float
    items: tuple[Primitive, ...]


def shortened(text: str, room: float, measure: Callable[[str], float]) -> str:
    """A text cut with … so that it is no wider than the room; whole where there is no limit."""
    if room <= 0 or measure(text) <= room:
        return text
    kept = len(text)
    while kept and measure(f"{text[:kept].rstrip()}…") > room:
        kept -= 1
    return f"{text[:kept].rstrip()}…"


def about_width(text: str, size: float) -> float:
    """About how wide a text is, rather too much than too little, where no font can be asked."""
    units = sum(_WIDE if c in "mwMW—…" or c.isupper() else _NARROW if c in _SLIM else _USUAL
                for c in text)  # fmt: skip
    return units * size


def in_lines(text: str, room: float, size: float) -> list[str]:
    """A text in lines about as wide as the room.

    A text without words is no line. Parted between words only: a long one is left whole.
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and about_width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


# Widths of letters in parts of the type size: a sans serif face, semibold.
_WIDE, _USUAL, _NARROW = 0.74, 0.6, 0.34
_SLIM = "fijltrI.,:;'’!|()[]- /"


def moved(item: Primitive, x: float, y: float) -> Primitive:
    """The primitive so much further to the right and down."""
    match item:
        case Path():
            by = (x, y)
            rings = [[n + by[place % 2] for place, n in enumerate(r)] for r in item.outlines]
            return replace(item, outlines=rings)
        case Shape():
            steps = [[[n + (x, y)[place % 2] for place, n in enumerate(step)] for step in ring]
                     for ring in item.outlines]  # fmt: skip
            return replace(item, outlines=steps)
        case Dot() | Text() | Box():
            return replace(item, x=item.x + x, y=item.y + y)


def mirrored(picture: Picture) -> Picture:
    """The picture for who reads from right to left: what is an icon or a text is not turned."""
    items = tuple(_mirrored(item, picture.width) for item in picture.items)
    return Picture(picture.width, picture.height, items)


_OTHER_END = {"start": "end", "middle": "middle", "end": "start"}


def _mirrored(item: Primitive, wide: float) -> Primitive:
    match item:
        case Path():
            rings = [[wide - n if place % 2 == 0 else n for place, n in enumerate(ring)]
                     for ring in item.outlines]  # fmt: skip
            return replace(item, outlines=rings)
        case Shape() if not item.edge:  # an icon: elsewhere, but as it is
            xs = [n for ring in item.outlines for step in ring for n in step[::2]]
            return moved(item, wide - max(xs) - min(xs), 0)
        case Shape():
            steps = [[[wide - n if place % 2 == 0 else n for place, n in enumerate(step)]
                      for step in ring] for ring in item.outlines]  # fmt: skip
            return replace(item, outlines=steps)
        case Box():
            return replace(item, x=wide - item.x - item.width)
        case Text():
            return replace(item, x=wide - item.x, anchor=_OTHER_END[item.anchor])
        case Dot():
            return replace(item, x=wide - item.x)


def scaled(picture: Picture, factor: float) -> Picture:
    """The picture with all its lengths multiplied."""
    items = tuple(_scaled(item, factor) for item in picture.items)
    return Picture(picture.width * factor, picture.height * factor, items)


def _scaled(item: Primitive, by: float) -> Primitive:
    match item:
        case Path():
            rings = [[number * by for number in ring] for ring in item.outlines]
            return replace(item, outlines=rings, width=item.width * by)
        case Dot():
            return replace(item, x=item.x * by, y=item.y * by, radius=item.radius * by)
        case Text():
            size, room = item.size * by, item.room * by
            return replace(item, x=item.x * by, y=item.y * by, size=size, room=room)
        case Box():
            bigger = replace(item, width=item.width * by, height=item.height * by)
            radius, line = item.radius * by, item.line * by
            return replace(bigger, x=item.x * by, y=item.y * by, radius=radius, line=line)
        case Shape():
            steps = [[[n * by for n in step] for step in ring] for ring in item.outlines]
            return replace(item, outlines=steps, line=item.line * by)
