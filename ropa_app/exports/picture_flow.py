"""The flow of data drawn: nodes in columns, bands as wide as the kinds of data they carry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ropa_app.exports.flow import COMPANY, LOOKS, TROUBLED, Flow, Node
from ropa_app.exports.flow_build import activity_flow, party_flow
from ropa_app.exports.flow_layout import NODE_HEIGHT, Layout, Route, band_width, lay_out
from ropa_app.exports.flow_words import STATES
from ropa_app.exports.picture import (
    Box,
    Picture,
    Primitive,
    Shape,
    Text,
    about_width,
    in_lines,
    moved,
)
from ropa_app.exports.picture_icons import icon
from ropa_app.i18n import N_
from ropa_app.model.words import Words

__all__ = ["activity_flow", "draw", "draw_to_give", "heads", "least_width", "legend", "party_flow"]

LEAST_NODE, USUAL_NODE, MOST_NODE = 140.0, 204.0, 300.0
LEAST_GAP = 28.0
_ROOMY_GAP = 44.0  # what nodes leave between them when long names make them wider
_GAP_SHARE = 0.34  # of the width of a node
_HEAD = 36.0
_EDGE = 2.0  # around it all, so that outlines are whole
_RADIUS = 8.0
_ENDS = 42.0  # of the height of a node, for the ends of bands
_ICON = 16.0
_NAME, _NOTE = 13.0, 12.0  # type sizes in a node
_NAME_LINE, _NOTE_LINE = 17.0, 16.0
_AFTER_TEXT = 9.0
# Room for icon and text in a node; the narrower ones save some.
_WIDE, _NARROW = (20.0, 36.0), (16.0, 29.0)

_Steps = list[list[float]]


def least_width(flow: Flow) -> float:
    """The least width at which the texts of the nodes can be read."""
    count = len(flow.headings)
    return count * _least_node(flow) + max(count - 1, 0) * LEAST_GAP + 2 * _EDGE


def _least_node(flow: Flow) -> float:
    """How wide nodes must be for their longest word, which is not parted."""
    longest = max(map(_longest_word, flow.nodes), default=0.0)
    return min(max(longest + _NARROW[1] + _AFTER_TEXT, LEAST_NODE), USUAL_NODE)


def draw(flow: Flow, width: float) -> Picture:
    """The flow at a width (at least `least_width`); as tall as its longest column needs.

    Long names and notes stand on as many lines as they need.
    """
    return _drawn(flow, _grid(flow, max(width, least_width(flow))))


def heads(flow: Flow, width: float) -> Picture:
    """What stands over the columns, at the width of the flow, to stay in sight above it."""
    grid = _grid(flow, max(width, least_width(flow)))
    return Picture(grid.width, _HEAD - 8, tuple(_heads(flow, grid)))


def _heads(flow: Flow, grid: _Grid) -> Iterator[Text]:
    for column, heading in enumerate(flow.headings):
        left = grid.left(column)
        yield Text(left, 15, heading, 12, "text2", strong=True, room=grid.node)


def _drawn(flow: Flow, grid: _Grid) -> Picture:
    """The flow on a grid."""
    written = {node.id: _written(node, grid) for node in flow.nodes}
    layout = lay_out(flow, {identifier: text.height for identifier, text in written.items()})
    items: list[Primitive] = [*_heads(flow, grid)]
    ends = _Ends(layout)
    # The coloured ones lie on top.
    for route in sorted(layout.routes, key=lambda route: _rank(route.band.state)):
        items.append(_band(route, layout, grid, ends))
    for node in flow.nodes:
        items += _node(node, grid, _HEAD + layout.middles[node.id], written[node.id])
    return Picture(grid.width, _HEAD + layout.height + _EDGE, tuple(items))


def legend(flow: Flow, words: Words) -> list[tuple[str, str, str]]:
    """What the signs of the countries mean, those that occur: icon, colour and word."""
    there = {node.state for node in flow.nodes}
    return [(*look, words.say(STATES[state])) for state, look in LOOKS.items() if state in there]


def draw_to_give(flow: Flow, words: Words, width: float) -> Picture:
    """The flow with its title and legend, to stand in a document of its own.

    There is no window to make larger: every text stands there whole.
    """
    grid = _grid(flow, max(width, least_width(flow), about_width(flow.title, 15) + 4), whole=True)
    picture = _drawn(flow, grid)
    top = 34.0
    items: list[Primitive] = [Text(_EDGE, 17, flow.title, 15, strong=True)]
    items += [moved(_uncut(item), 0, top) for item in picture.items]
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


def _uncut(item: Primitive) -> Primitive:
    return replace(item, room=0.0) if isinstance(item, Text) else item


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


def _grid(flow: Flow, width: float, whole: bool = False) -> _Grid:
    """Nodes as wide as their names need and the room allows; `whole`: as every word needs."""
    count = max(len(flow.headings), 1)
    room = width - 2 * _EDGE
    usual = min(max(room / (count + (count - 1) * _GAP_SHARE), _least_node(flow)), USUAL_NODE)
    roomy = (room - (count - 1) * _ROOMY_GAP) / count
    around = _WIDE[1] + _AFTER_TEXT
    needed = max((about_width(node.name, _NAME) for node in flow.nodes), default=0.0) + around
    node = max(usual, min(needed, roomy, MOST_NODE))
    if whole:
        node = max(node, *(_longest_word(each) + around for each in flow.nodes),
                   *(about_width(text, 12) for text in flow.headings))  # fmt: skip
        room = max(room, count * node + (count - 1) * LEAST_GAP)
    gap = (room - count * node) / max(count - 1, 1)
    return _Grid(room + 2 * _EDGE, node, gap, {node.id: node.column for node in flow.nodes})


def _longest_word(node: Node) -> float:
    words = [about_width(word, _NAME) for word in node.name.split()]
    return max([*words, *(about_width(word, _NOTE) for word in node.note.split())], default=0.0)


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


@dataclass(frozen=True, slots=True)
class _Written:
    """The lines of a node, and how high it is with them."""

    name: list[str]
    note: list[str]

    @property
    def height(self) -> float:
        further = (len(self.name) - 1) * _NAME_LINE + (max(len(self.note), 1) - 1) * _NOTE_LINE
        return NODE_HEIGHT + further


def _written(node: Node, grid: _Grid) -> _Written:
    room = grid.node - _sides(grid)[1] - _AFTER_TEXT
    return _Written(in_lines(node.name, room, _NAME), in_lines(node.note, room, _NOTE))


def _sides(grid: _Grid) -> tuple[float, float]:
    """Where the icon of a node has its middle, and where its text begins."""
    return _WIDE if grid.node > (LEAST_NODE + USUAL_NODE) / 2 else _NARROW


def _node(node: Node, grid: _Grid, middle: float, written: _Written) -> list[Primitive]:
    left, top = grid.left(node.column), middle - written.height / 2
    edge, line = _outline(node)
    at, indent = _sides(grid)
    sign, role = LOOKS[node.state] if node.state else (node.icon, "text2")
    if node.kind == COMPANY:
        role = "accent"
    text, room = left + indent, grid.node - indent - _AFTER_TEXT
    colour = node.tone or (f"{role}-text" if node.state in TROUBLED else "text2")
    items: list[Primitive] = [
        Box(left, top, grid.node, written.height, _RADIUS, "paper", edge, line, node.id),
        icon(sign, left + at, middle, _ICON, f"{role}-text" if node.state else role),
    ]
    y = top + 23
    for number, part in enumerate(written.name):
        items.append(Text(text, y + number * _NAME_LINE, part, _NAME, "text", True, room=room))
    y += (len(written.name) - 1) * _NAME_LINE + 18
    for number, part in enumerate(written.note):
        items.append(Text(text, y + number * _NOTE_LINE, part, _NOTE, colour, room=room))
    return items


def _outline(node: Node) -> tuple[str, float]:
    if node.kind == COMPANY:
        return "accent", 1.5
    if node.state in TROUBLED:
        return LOOKS[node.state][1], 1.5
    return "edge", 1.0
