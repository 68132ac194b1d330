"""Where the nodes of a flow stand: columns, order with few crossings, heights.

A band that skips a column takes an empty slot there, so that nothing passes behind a node.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ropa_app.exports.flow import Band, Flow

NODE_HEIGHT = 54.0
_GAP, _SLOT_GAP = 24.0, 12.0
_ORDERINGS = 2
_SETTLINGS = 6


def band_width(kinds: int) -> float:
    """2 px for each kind of data, from 4 to 26; 4 where it is not known."""
    return min(max(2.0 * kinds, 4.0), 26.0)


@dataclass(frozen=True, slots=True)
class Stop:
    """A node or a slot in its column: how high it is, and how far from the next it keeps."""

    id: str
    height: float
    slot: bool


@dataclass(frozen=True, slots=True)
class Route:
    """A band and the stops it goes through, from its source to its target."""

    band: Band
    stops: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The middle of each stop from the top, the routes of the bands, and the whole height."""

    middles: Mapping[str, float]
    routes: tuple[Route, ...]
    height: float


def lay_out(flow: Flow, heights: Mapping[str, float]) -> Layout:
    """Order the columns and settle the heights; `heights` of the nodes, by id."""
    columns: list[list[Stop]] = [[] for _heading in flow.headings]
    column_of = {node.id: node.column for node in flow.nodes}
    for node in flow.nodes:
        columns[node.column].append(Stop(node.id, heights[node.id], False))
    routes = []
    for band in flow.bands:
        passed = range(column_of[band.source] + 1, column_of[band.target])
        slots = [Stop(f"{band.id}|{column}", band_width(band.kinds), True) for column in passed]
        for column, slot in zip(passed, slots, strict=True):
            columns[column].append(slot)
        stops = (band.source, *(slot.id for slot in slots), band.target)
        routes.append(Route(band, stops))
    left, right = _neighbours(routes)
    _order(columns, left, right)
    middles = _settle(columns, left, right)
    return _from_top(columns, middles, tuple(routes))


_Links = dict[str, list[str]]


def _neighbours(routes: Sequence[Route]) -> tuple[_Links, _Links]:
    """What each stop is joined to on its left, and on its right."""
    left: _Links = {}
    right: _Links = {}
    for route in routes:
        for one, other in pairwise(route.stops):
            right.setdefault(one, []).append(other)
            left.setdefault(other, []).append(one)
    return left, right


def _order(columns: list[list[Stop]], left: _Links, right: _Links) -> None:
    """Sort each column by the mean place of its neighbours: to the right, then to the left."""
    for _pass in range(_ORDERINGS):
        for number in range(1, len(columns)):
            _sort(columns[number], columns[number - 1], left)
        for number in range(len(columns) - 2, -1, -1):
            _sort(columns[number], columns[number + 1], right)


def _sort(column: list[Stop], beside: Sequence[Stop], links: _Links) -> None:
    place = {stop.id: float(number) for number, stop in enumerate(beside)}
    own = {stop.id: number * len(beside) / max(len(column), 1)
           for number, stop in enumerate(column)}  # fmt: skip
    mean = {stop.id: _mean([place[i] for i in links.get(stop.id, ()) if i in place], own[stop.id])
            for stop in column}  # fmt: skip
    column.sort(key=lambda stop: mean[stop.id])


def _mean(numbers: Sequence[float], otherwise: float) -> float:
    return sum(numbers) / len(numbers) if numbers else otherwise


def _settle(columns: Sequence[Sequence[Stop]], left: _Links, right: _Links) -> dict[str, float]:
    """Middles as near to those of the neighbours as the order of each column allows."""
    middles: dict[str, float] = {}
    for column in columns:
        middles |= _spread(column, {})
    for turn in range(_SETTLINGS):
        forward = turn % 2 == 0
        links = left if forward else right
        for column in columns if forward else list(columns)[::-1]:
            wanted = {stop.id: _mean([middles[i] for i in links.get(stop.id, ())], middles[stop.id])
                      for stop in column}  # fmt: skip
            middles |= _spread(column, wanted)
    return middles


def _spread(column: Sequence[Stop], wanted: Mapping[str, float]) -> dict[str, float]:
    """The middles nearest to the wanted ones that keep order and distance (least squares).

    Pool adjacent violators: neighbours that would overlap move together as one block.
    """
    offsets: list[float] = []
    for number, stop in enumerate(column):
        before = column[number - 1] if number else None
        offsets.append(offsets[-1] + _distance(before, stop) if before else 0.0)
    if not wanted:
        half = offsets[-1] / 2 if offsets else 0.0
        return {stop.id: offset - half for stop, offset in zip(column, offsets, strict=True)}
    blocks: list[tuple[float, int]] = []
    for stop, offset in zip(column, offsets, strict=True):
        total, count = wanted[stop.id] - offset, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / count:
            more, further = blocks.pop()
            total, count = total + more, count + further
        blocks.append((total, count))
    starts = [total / count for total, count in blocks for _stop in range(count)]
    return {stop.id: start + offset
            for stop, start, offset in zip(column, starts, offsets, strict=True)}  # fmt: skip


def _distance(one: Stop, other: Stop) -> float:
    gap = _SLOT_GAP if one.slot or other.slot else _GAP
    return (one.height + other.height) / 2 + gap


def _from_top(
    columns: Sequence[Sequence[Stop]], middles: Mapping[str, float], routes: tuple[Route, ...]
) -> Layout:
    heights = {stop.id: stop.height for column in columns for stop in column}
    top = min((middles[i] - height / 2 for i, height in heights.items()), default=0.0)
    bottom = max((middles[i] + height / 2 for i, height in heights.items()), default=0.0)
    return Layout({i: middle - top for i, middle in middles.items()}, routes, bottom - top)
