"""A picture as SVG, in the colours of paper: for documents and for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from ropa_app.exports.picture import Box, Dot, Path, Picture, Shape, Text, about_width, shortened
from ropa_app.exports.picture_colours import colour

_FONTS = "Open Sans, Segoe UI, Helvetica, Arial, sans-serif"
_HATCH = (
    '<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="5" stroke="{paper}" '
    'stroke-width="2" stroke-opacity="0.6"/></pattern></defs>'
)


def svg(picture: Picture, title: str = "") -> str:
    """The picture as an SVG document; `title` is what a screen reader says of it."""
    size = f'width="{_n(picture.width)}" height="{_n(picture.height)}"'
    box = f"0 0 {_n(picture.width)} {_n(picture.height)}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="{box}" role="img">'
    parts = [head, f"<title>{escape(title)}</title>" if title else ""]
    parts.append(_HATCH.format(paper=colour("paper")))
    for item in picture.items:
        match item:
            case Path():
                parts += _path(item)
            case Dot():
                parts.append(_dot(item))
            case Text():
                parts.append(_text(item))
            case Box():
                parts.append(_box(item))
            case Shape():
                parts.append(_shape(item))
    return "\n".join([part for part in parts if part] + ["</svg>\n"])


def _n(number: float) -> str:
    """A number as SVG writes it, to a hundredth."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _id(identifier: str) -> str:
    return f' data-id="{escape(identifier)}"' if identifier else ""


def _path(path: Path) -> Iterator[str]:
    if not path.outlines:
        return
    data = " ".join(_outline(outline) for outline in path.outlines)
    edge = f' stroke="{colour(path.edge)}" stroke-width="{_n(path.width)}"' if path.edge else ""
    shape = f'<path d="{data}" fill-rule="evenodd"'
    yield f'{shape} fill="{colour(path.fill)}"{edge}{_id(path.id)}/>'
    if path.hatched:
        yield f'{shape} fill="url(#hatch)"/>'


def _outline(outline: Sequence[float]) -> str:
    numbers = [_n(number) for number in outline]
    points = [f"{x},{y}" for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
    return f"M{' '.join(points)}Z"


def _dot(dot: Dot) -> str:
    width = _n(dot.radius / 4)
    ring = f' stroke="{colour(dot.ring)}" stroke-width="{width}"' if dot.ring else ""
    place = f'cx="{_n(dot.x)}" cy="{_n(dot.y)}" r="{_n(dot.radius)}"'
    return f'<circle {place} fill="{colour(dot.fill)}"{ring}{_id(dot.id)}/>'


def _edge(role: str, line: float) -> str:
    return f' stroke="{colour(role)}" stroke-width="{_n(line)}"' if role else ""


def _box(box: Box) -> str:
    corner = f'x="{_n(box.x)}" y="{_n(box.y)}" rx="{_n(box.radius)}"'
    sides = f'width="{_n(box.width)}" height="{_n(box.height)}"'
    fill = colour(box.fill) if box.fill else "none"
    return f'<rect {corner} {sides} fill="{fill}"{_edge(box.edge, box.line)}{_id(box.id)}/>'


def _shape(shape: Shape) -> str:
    data = " ".join(f"{_steps(outline)}Z" for outline in shape.outlines)
    edge = _edge(shape.edge, shape.line)
    fill = colour(shape.fill)
    return f'<path d="{data}" fill-rule="evenodd" fill="{fill}"{edge}{_id(shape.id)}/>'


def _steps(outline: Sequence[Sequence[float]]) -> str:
    """Start, lines and cubics as path data."""
    letters = {0: "M"} | {place: "C" for place, step in enumerate(outline) if len(step) == 6}
    return " ".join(
        letters.get(place, "L") + " ".join(_n(number) for number in step)
        for place, step in enumerate(outline)
    )


def _text(text: Text) -> str:
    shown = shortened(text.text, text.room, lambda part: about_width(part, text.size))
    whole = f"<title>{escape(text.text)}</title>" if shown != text.text else ""
    weight = ' font-weight="600"' if text.strong else ""
    return (
        f'<text x="{_n(text.x)}" y="{_n(text.y)}" font-family="{_FONTS}" '
        f'font-size="{_n(text.size)}"{weight} fill="{colour(text.colour)}" '
        f'text-anchor="{text.anchor}"{_id(text.id)}>{whole}{escape(shown)}</text>'
    )
