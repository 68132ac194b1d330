"""The flow of data drawn: nodes in columns, bands as wide as the kinds of data they carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ropa_app.exports.flow import COMPANY, LOOKS, TROUBLED, Flow, Node
from ropa_app.exports.flow_build import activity_flow, party_flow
from ropa_app.exports.flow_layout import NODE_HEIGHT, Layout, Route, band_width, lay_out
from ropa_app.exports.flow_words import STATES
from ropa_app.exports.picture import Box, Picture, Primitive, Shape, Text, about_width, moved
from ropa_app.exports.picture_icons import icon
from ropa_app.i18n import N_
from ropa_app.model.words import Words

__all__ = ["activity_flow", "draw", "draw_to_give", "least_width", "legend", "party_flow"]

LEAST_NODE, MOST_NODE = 140.0, 204.0
LEAST_GAP = 28.0
_GAP_SHARE = 0.34  # of the width of a node
_HEAD = 36.0
_EDGE = 2.0  # around it all, so that outlines are whole
_RADIUS = 8.0
_ENDS = 42.0  # of the height of a node, for the ends of bands
_ICON = 16.0
# Room for icon and text in a node; the narrower ones save some.
_WIDE, _NARROW = (20.0, 36.0), (16.0, 29.0)

_Steps = list[list[float]]


def least_width(flow: Flow) -> float:
    """The least width at which the texts of the nodes can be read."""
    count = len(flow.headings)
    return count * LEAST_NODE + max(count - 1, 0) * LEAST_GAP + 2 * _EDGE


def draw(flow: Flow, width: float) -> Picture:
    """The flow at a width (at least `least_width`); as tall as its longest column needs."""
    grid = _grid(flow, max(width, least_width(flow)))
    layout = lay_out(flow)
    items: list[Primitive] = []
    for column, heading in enumerate(flow.headings):
        left = grid.left(column)
        items.append(Text(left, 15, heading, 12, "text2", strong=True, room=grid.node))
    ends = _Ends(layout)
    # The coloured ones lie on top.
    for route in sorted(layout.routes, key=lambda route: _rank(route.band.state)):
        items.append(_band(route, layout, grid, ends))
    for node in flow.nodes:
        items += _node(node, grid, _HEAD + layout.middles[node.id])
    return Picture(grid.width, _HEAD + layout.height + _EDGE, tuple(items))


def legend(flow: Flow, words: Words) -> list[tuple[str, str, str]]:
    """What the signs of the countries mean, those that occur: icon, colour and word."""
    there = {node.state for node in flow.nodes}
    return [(*look, words.say(STATES[state])) for state, look in LOOKS.items() if state in there]


def draw_to_give(flow: Flow, words: Words, width: float) -> Picture:
    """The flow with its title and legend, to stand in a document of its own."""
    picture = draw(flow, width)
    top = 34.0
    items: list[Primitive] = [Text(_EDGE, 17, flow.title, 15, strong=True, room=picture.width - 4)]
    items += [moved(item, 0, top) for item in picture.items]
    x, y = _EDGE, top + picture.height + 26
    told = [("", "", words.say(N_("Width of a band: kinds of data"))), *legend(flow, words)]
    for sign, role, word in told:
        needed = about_width(word, 12) + 44
        if x + needed > picture.width and x > _EDGE:
            x, y = _EDGE, y + 20
        if sign:
            items.append(icon(sign, x + 7, y - 4, 14, f"{role}-text"))
            x += 20
        items.append(Text(x, y, word, 12, "text2"))
        x += needed - 20
    return Picture(picture.width, y + 12, tuple(items))


def _rank(state: str) -> int:
    return list(LOOKS).index(state) + 1 if state else 0


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the columns stand."""

    width: float
    node: float
    gap: float
    column_of: Mapping[str, int]

    def left(self, column: int) -> float:
        return _EDGE + column * (self.node + self.gap)

    def right(self, column: int) -> float:
        return self.left(column) + self.node


def _grid(flow: Flow, width: float) -> _Grid:
    count = max(len(flow.headings), 1)
    room = width - 2 * _EDGE
    node = min(max(room / (count + (count - 1) * _GAP_SHARE), LEAST_NODE), MOST_NODE)
    gap = (room - count * node) / max(count - 1, 1)
    return _Grid(width, node, gap, {node.id: node.column for node in flow.nodes})


class _Ends:
    """Where bands leave and reach nodes: side by side in the order of where they go.

    Where all of them are wider than the node is high, they get narrower towards it.
    """

    def __init__(self, layout: Layout) -> None:
        self._out: dict[tuple[str, str], tuple[float, float]] = {}
        self._in: dict[tuple[str, str], tuple[float, float]] = {}
        leaving: dict[str, list[tuple[float, Route]]] = {}
        reaching: dict[str, list[tuple[float, Route]]] = {}
        for route in layout.routes:
            first, last = layout.middles[route.stops[1]], layout.middles[route.stops[-2]]
            leaving.setdefault(route.stops[0], []).append((first, route))
            reaching.setdefault(route.stops[-1], []).append((last, route))
        for found, places in ((self._out, leaving), (self._in, reaching)):
            for node, routes in places.items():
                routes.sort(key=lambda item: item[0])
                found.update(_shared(node, layout.middles[node], [route for _y, route in routes]))

    def leaving(self, route: Route) -> tuple[float, float]:
        """Middle and width of a band where it leaves."""
        return self._out[route.stops[0], route.band.id]

    def reaching(self, route: Route) -> tuple[float, float]:
        """Middle and width of a band where it ends."""
        return self._in[route.stops[-1], route.band.id]


def _shared(
    node: str, middle: float, routes: Sequence[Route]
) -> dict[tuple[str, str], tuple[float, float]]:
    widths = [band_width(route.band.kinds) for route in routes]
    total = sum(widths)
    shrink = min(1.0, _ENDS / total) if total else 1.0
    spare = (_ENDS - total * shrink) / (len(routes) + 1)
    at = middle - _ENDS / 2
    found = {}
    for route, width in zip(routes, widths, strict=True):
        at += spare
        found[node, route.band.id] = at + width * shrink / 2, width * shrink
        at += width * shrink
    return found


def _band(route: Route, layout: Layout, grid: _Grid, ends: _Ends) -> Shape:
    """A band from node to node, straight through the slots on its way."""
    column = grid.column_of[route.band.source]
    width = band_width(route.band.kinds)
    places = [(grid.right(column), *ends.leaving(route))]
    for number, slot in enumerate(route.stops[1:-1], 1):
        middle = layout.middles[slot]
        places += [(grid.left(column + number), middle, width),
                   (grid.right(column + number), middle, width)]  # fmt: skip
    last = grid.column_of[route.band.target]
    places.append((grid.left(last), *ends.reaching(route)))
    upper = [(x, y - w / 2 + _HEAD) for x, y, w in places]
    lower = [(x, y + w / 2 + _HEAD) for x, y, w in places][::-1]
    outline: _Steps = [list(upper[0]), *_curves(upper), list(lower[0]), *_curves(lower)]
    fill, edge = _ink(route.band.state)
    return Shape((outline,), fill, edge, 1.0, route.band.id)


def _curves(points: Sequence[tuple[float, float]]) -> _Steps:
    """One cubic between each two, level at both ends."""
    found = []
    for (x, y), (to_x, to_y) in pairwise(points):
        middle = (x + to_x) / 2
        level = abs(y - to_y) < 0.01
        found.append([to_x, to_y] if level else [middle, y, middle, to_y, to_x, to_y])
    return found


def _ink(state: str) -> tuple[str, str]:
    """Fill and edge of a band."""
    role = LOOKS[state][1] if state else "nil"
    return (f"{role}_soft", "edge" if role == "nil" else role)


def _node(node: Node, grid: _Grid, middle: float) -> list[Primitive]:
    left, top = grid.left(node.column), middle - NODE_HEIGHT / 2
    edge, line = _outline(node)
    at, indent = _WIDE if grid.node > (LEAST_NODE + MOST_NODE) / 2 else _NARROW
    sign, role = LOOKS[node.state] if node.state else (node.icon, "text2")
    if node.kind == COMPANY:
        role = "accent"
    text, room = left + indent, grid.node - indent - 9
    colour = node.tone or (f"{role}-text" if node.state in TROUBLED else "text2")
    return [
        Box(left, top, grid.node, NODE_HEIGHT, _RADIUS, "paper", edge, line, node.id),
        icon(sign, left + at, middle, _ICON, f"{role}-text" if node.state else role),
        Text(text, middle - 4, node.name, 13, "text", strong=True, room=room),
        Text(text, middle + 14, node.note, 12, colour, room=room),
    ]


def _outline(node: Node) -> tuple[str, float]:
    if node.kind == COMPANY:
        return "accent", 1.5
    if node.state in TROUBLED:
        return LOOKS[node.state][1], 1.5
    return "edge", 1.0
