"""The map of the world with some countries marked (Natural Earth, Equal Earth projection)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ropa_app.exports.picture import Dot, Path, Picture, Primitive
from ropa_app.paths import resources

# The least size, in units of the finished picture, at which an outline can be seen.
SEEN = 6.0
DOT = 4.5
COAST = 0.7


@dataclass(frozen=True, slots=True)
class Atlas:
    """The outlines of countries and a point for each, on a grid of width × height."""

    width: int
    height: int
    outlines: Mapping[str, list[list[int]]]
    points: Mapping[str, list[int]]


@lru_cache(maxsize=1)
def atlas() -> Atlas:
    """The map as it lies in resources/map."""
    text = resources("map", "countries.json").read_text(encoding="utf-8")
    data = json.loads(text)
    return Atlas(data["width"], data["height"], data["outlines"], data["points"])


def world(marked: Mapping[str, str], width: float) -> Picture:
    """The world at a width, countries coloured by role; what is too small gets a dot.

    `marked` gives the colour role of each country code; a code with no place on the map (an
    international organisation) is left out. The role "bad" is hatched as well. `width` also sets
    the units of the picture.
    """
    chart = atlas()
    scale = width / chart.width
    plain = [ring for code, rings in chart.outlines.items() if code not in marked for ring in rings]
    items: list[Primitive] = [
        Path(_scaled(plain, scale), "land", "paper", COAST * min(1.0, width / 600))
    ]
    dots: list[Primitive] = []
    for code, role in marked.items():
        rings = _scaled(chart.outlines.get(code, []), scale)
        if rings:
            edge = COAST * min(1.0, width / 600)
            items.append(Path(rings, role, "paper", edge, role == "bad", code))
        if code in chart.points and _extent(rings) < SEEN:
            x, y = chart.points[code]
            radius = DOT * min(1.0, max(0.5, width / 600))
            dots.append(Dot(x * scale, y * scale, radius, role, "paper", code))
    return Picture(width, chart.height * scale, (*items, *dots))


def _scaled(rings: list[list[int]], scale: float) -> list[list[float]]:
    return [[number * scale for number in ring] for ring in rings]


def _extent(rings: list[list[float]]) -> float:
    """The larger side of the largest outline."""
    sides = [max(max(r[::2]) - min(r[::2]), max(r[1::2]) - min(r[1::2])) for r in rings]
    return max(sides, default=0.0)
