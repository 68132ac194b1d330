"""Make resources/map/countries.json from Natural Earth by way of the npm package world-atlas.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python3 packaging/make_map.py package

Countries come from the 1:110m data as outlines, places too small for it from the 1:50m data as
points, and the few missing there from the table below. Everything is projected to Equal Earth
(Šavrič, Patterson and Jenny 2018), cut at 52° S and 79° N and rounded to a grid. Antarctica is
left out. The same input gives identical bytes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

from ropa_app.model.countries import countries, find_country

TARGET = Path(__file__).resolve().parent.parent / "resources" / "map" / "countries.json"
WIDTH = 2000
SOUTH, NORTH = -52.0, 79.0
LEFT_OUT = frozenset({"AQ", "TF", "HM"})

Point = tuple[float, float]

# Names in Natural Earth that no list of countries knows by themselves.
NAMES = {
    "W. Sahara": "EH", "Dem. Rep. Congo": "CD", "Congo": "CG", "Dominican Rep.": "DO",
    "Falkland Is.": "FK", "Fr. S. Antarctic Lands": "TF", "Central African Rep.": "CF",
    "Eq. Guinea": "GQ", "eSwatini": "SZ", "Solomon Is.": "SB", "N. Cyprus": "CY",
    "Somaliland": "SO", "Bosnia and Herz.": "BA", "Macedonia": "MK", "S. Sudan": "SS",
    "Antarctica": "AQ", "Antigua and Barb.": "AG", "Br. Indian Ocean Ter.": "IO",
    "British Virgin Is.": "VG", "Cayman Is.": "KY", "Cook Is.": "CK", "Faeroe Is.": "FO",
    "Fr. Polynesia": "PF", "Heard I. and McDonald Is.": "HM", "Indian Ocean Ter.": "CX",
    "Marshall Is.": "MH", "N. Mariana Is.": "MP", "Pitcairn Is.": "PN",
    "S. Geo. and the Is.": "GS", "St. Kitts and Nevis": "KN", "St. Pierre and Miquelon": "PM",
    "St. Vin. and Gren.": "VC", "St-Barthélemy": "BL", "St-Martin": "MF",
    "São Tomé and Principe": "ST", "Turks and Caicos Is.": "TC", "U.S. Virgin Is.": "VI",
    "Wallis and Futuna Is.": "WF", "Saint Helena": "SH", "Siachen Glacier": "",
    "Ashmore and Cartier Is.": "",
}  # fmt: skip

# Longitude and latitude of places that neither scale draws on their own.
PLACES = {
    "BQ": (-68.3, 12.2), "BV": (3.4, -54.4), "CC": (96.9, -12.2), "CX": (105.7, -10.5),
    "GF": (-53.1, 4.0), "GI": (-5.35, 36.14), "GP": (-61.55, 16.25), "MQ": (-61.02, 14.65),
    "RE": (55.54, -21.12), "SJ": (17.0, 78.2), "TK": (-171.8, -9.2), "TV": (179.2, -8.5),
    "UM": (166.6, 19.3), "YT": (45.17, -12.83),
}  # fmt: skip


def project(longitude: float, latitude: float) -> Point:
    """Degrees to Equal Earth, in units of the globe's radius, y to the north."""
    theta = asin(sqrt(3) / 2 * sin(radians(latitude)))
    square = theta * theta
    sixth = square**3
    slope = 1.340264 + 3 * -0.081106 * square + sixth * (7 * 0.000893 + 9 * 0.003796 * square)
    height = theta * (1.340264 - 0.081106 * square + sixth * (0.000893 + 0.003796 * square))
    return 2 * sqrt(3) * radians(longitude) * cos(theta) / (3 * slope), height


EDGE = project(180, 0)[0]
TOP, BOTTOM = project(0, NORTH)[1], project(0, SOUTH)[1]


def on_grid(longitude: float, latitude: float) -> Point:
    """Degrees to the grid of the picture: x from the left, y from the top."""
    x, y = project(longitude, latitude)
    scale = WIDTH / (2 * EDGE)
    return (x + EDGE) * scale, (TOP - y) * scale


HEIGHT = round(on_grid(0, SOUTH)[1])


def cut(ring: list[Point], limit: float, sign: int) -> list[Point]:
    """The part of a ring with sign × y at most sign × limit (Sutherland and Hodgman)."""
    kept: list[Point] = []
    for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
        inside, following = sign * y1 <= sign * limit, sign * y2 <= sign * limit
        if inside:
            kept.append((x1, y1))
        if inside != following:
            kept.append((x1 + (x2 - x1) * (limit - y1) / (y2 - y1), limit))
    return kept


def unrolled(ring: list[Point]) -> Iterable[list[Point]]:
    """A ring cut where it crosses 180°: its parts, each between -180° and 180°."""
    whole = [ring[0]]
    for longitude, latitude in ring[1:]:
        turns = round((longitude - whole[-1][0]) / 360)
        whole.append((longitude - 360 * turns, latitude))
    for shift in (-360, 0, 360):
        # `cut` works on the second of the two numbers, so they change places.
        turned = [(latitude, longitude + shift) for longitude, latitude in whole]
        turned = cut(turned, 180, 1)
        turned = cut(turned, -180, -1) if turned else []
        if turned:
            yield [(longitude, latitude) for latitude, longitude in turned]


def outlines_of(ring: list[Point]) -> Iterable[list[int]]:
    """A ring in degrees as outlines on the grid, none of them empty."""
    return filter(None, map(outline, unrolled(ring)))


def outline(ring: Iterable[Point]) -> list[int]:
    """A ring in degrees as x, y, x, y … on the grid; empty if nothing of it is left."""
    points = cut([on_grid(*point) for point in ring], HEIGHT, 1)
    points = cut(points, 0, -1) if points else []
    rounded = [(round(x), round(y)) for x, y in points]
    slim = [p for p, q in zip(rounded, rounded[1:] + rounded[:1], strict=True) if p != q]
    return [number for point in slim for number in point] if len(set(slim)) > 2 else []


class Atlas:
    """A TopoJSON file of countries: the rings of each in degrees."""

    def __init__(self, file: Path) -> None:
        self.data: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        (sx, sy), (tx, ty) = (self.data["transform"][key] for key in ("scale", "translate"))
        self.arcs: list[list[Point]] = []
        for arc in self.data["arcs"]:
            x = y = 0
            points = []
            for dx, dy in arc:
                x, y = x + dx, y + dy
                points.append((x * sx + tx, y * sy + ty))
            self.arcs.append(points)

    def ring(self, numbers: list[int]) -> list[Point]:
        """The points of a ring from its arcs; a negative number is an arc backwards."""
        points: list[Point] = []
        for number in numbers:
            arc = self.arcs[number] if number >= 0 else self.arcs[~number][::-1]
            points += arc[1:] if points else arc
        return points[:-1]

    def rings(self) -> Iterable[tuple[str, list[list[Point]]]]:
        """The code of every country and its rings, holes included."""
        for shape in self.data["objects"]["countries"]["geometries"]:
            name = shape["properties"]["name"]
            code = NAMES[name] if name in NAMES else find_country(name)
            if code is None:
                raise SystemExit(f"No code for {name}: add it to NAMES.")
            polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
            if code and code not in LEFT_OUT:
                yield code, [self.ring(ring) for polygon in polygons for ring in polygon]


def middle(rings: list[list[Point]]) -> list[int]:
    """The middle of the largest ring, on the grid."""
    largest = max(rings, key=lambda ring: _area(ring))
    xs, ys = [x for x, _ in largest], [y for _, y in largest]
    x, y = on_grid((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    return [round(x), round(y)]


def _area(ring: list[Point]) -> float:
    total = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]))
    return abs(total) / 2


def main() -> None:
    """Read the two scales and write the one file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path, help="the unpacked world-atlas package")
    folder: Path = parser.parse_args().package
    outlines: dict[str, list[list[int]]] = {}
    for code, rings in Atlas(folder / "countries-110m.json").rings():
        shown = outlines.setdefault(code, [])
        shown.extend(part for ring in rings for part in outlines_of(ring))
    points: dict[str, list[int]] = {}
    for code, rings in Atlas(folder / "countries-50m.json").rings():
        points[code] = middle([part for ring in rings for part in unrolled(ring)])
    for code, (longitude, latitude) in PLACES.items():
        points[code] = [round(number) for number in on_grid(longitude, latitude)]
    points = {code: point for code, point in points.items() if 0 <= point[1] <= HEIGHT}
    missing = {code for code, _ in countries("en", ("country",))} - outlines.keys() - points.keys()
    print("without a place on the map:", ", ".join(sorted(missing - LEFT_OUT)) or "none")
    data = {
        "source": "Natural Earth, 1:110m and 1:50m (public domain), by world-atlas 2.0.2 (ISC)",
        "projection": "Equal Earth, 52° S to 79° N; x from the left, y from the top",
        "width": WIDTH,
        "height": HEIGHT,
        "outlines": dict(sorted(outlines.items())),
        "points": dict(sorted(points.items())),
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    TARGET.write_text(text.replace('"outlines"', '\n"outlines"') + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(outlines)} outlines, {len(points)} points, {len(text)} bytes")


if __name__ == "__main__":
    main()
