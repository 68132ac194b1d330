"""A picture as a list of primitives, drawn alike on screen, on paper and as SVG.

Coordinates run from the left and from the top; colours are roles, not values, so that every
painter uses its own theme.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


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
    """One line of text; `anchor` is "start", "middle" or "end" of its base line."""

    x: float
    y: float
    text: str
    size: float
    colour: str = "text"
    strong: bool = False
    anchor: str = "start"
    id: str = ""


Primitive = Path | Dot | Text


@dataclass(frozen=True, slots=True)
class Picture:
    """The primitives of a picture in drawing order, and the size they are drawn for."""

    width: float
    height: float
    items: tuple[Primitive, ...]
