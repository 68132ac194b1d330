"""The icons of pictures as shapes, the same on screen, on paper and as SVG."""

from __future__ import annotations

import json
from functools import lru_cache

from ropa_app.exports.picture import Shape
from ropa_app.paths import resources

GRID = 256.0  # the grid that the icons are drawn on (source: resources/fonts/outlines.json)


def icon(name: str, x: float, y: float, size: float, colour: str = "text2") -> Shape:
    """An icon with its middle at x, y, in the colour of a role. Raises KeyError for its name."""
    scale = size / GRID
    middle = (x, y) * 3
    placed = [
        [[n * scale + at for n, at in zip(step, middle, strict=False)] for step in outline]
        for outline in _outlines()[name]
    ]
    return Shape(placed, colour)


@lru_cache(maxsize=1)
def _outlines() -> dict[str, list[list[list[float]]]]:
    text = resources("fonts", "outlines.json").read_text(encoding="utf-8")
    found: dict[str, list[list[list[float]]]] = json.loads(text)
    return found
