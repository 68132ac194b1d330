"""A picture drawn on a page by reportlab."""

from __future__ import annotations

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from ropa_app.exports.pdf_style import REGULAR, STRONG, ink
from ropa_app.exports.picture import Box, Dot, Path, Picture, Shape, Text, shortened

HATCH_GAP = 3.0


def paint(canvas: Canvas, picture: Picture, left: float, bottom: float) -> None:
    """Draw the picture with its lower left corner at a place of the page, in points."""
    for item in picture.items:
        canvas.saveState()
        match item:
            case Path():
                _path(canvas, item, left, bottom + picture.height)
            case Dot():
                _dot(canvas, item, left, bottom + picture.height)
            case Text():
                _text(canvas, item, left, bottom + picture.height)
            case Box():
                _box(canvas, item, left, bottom + picture.height)
            case Shape():
                _shape(canvas, item, left, bottom + picture.height)
        canvas.restoreState()


def _path(canvas: Canvas, path: Path, left: float, top: float) -> None:
    shape = canvas.beginPath()
    for outline in path.outlines:
        pairs = list(zip(outline[::2], outline[1::2], strict=True))
        shape.moveTo(left + pairs[0][0], top - pairs[0][1])
        for x, y in pairs[1:]:
            shape.lineTo(left + x, top - y)
        shape.close()
    canvas.setFillColor(ink(path.fill))
    if path.edge:
        canvas.setStrokeColor(ink(path.edge))
        canvas.setLineWidth(path.width)
    canvas.drawPath(shape, stroke=1 if path.edge else 0, fill=1, fillMode=0)
    if path.hatched and path.outlines:
        canvas.clipPath(shape, stroke=0, fill=0, fillMode=0)
        _hatch(canvas, path, left, top)


def _hatch(canvas: Canvas, path: Path, left: float, top: float) -> None:
    """Thin slanting lines over the box of a path; the caller has clipped to its shape."""
    xs = [x for outline in path.outlines for x in outline[::2]]
    ys = [y for outline in path.outlines for y in outline[1::2]]
    height = max(ys) - min(ys)
    canvas.setStrokeColor(ink("paper"), alpha=0.6)
    canvas.setLineWidth(0.6)
    x = min(xs) - height
    while x < max(xs):
        canvas.line(left + x, top - max(ys), left + x + height, top - min(ys))
        x += HATCH_GAP


def _dot(canvas: Canvas, dot: Dot, left: float, top: float) -> None:
    canvas.setFillColor(ink(dot.fill))
    if dot.ring:
        canvas.setStrokeColor(ink(dot.ring))
        canvas.setLineWidth(dot.radius / 4)
    canvas.circle(left + dot.x, top - dot.y, dot.radius, stroke=1 if dot.ring else 0, fill=1)


def _dress(canvas: Canvas, fill: str, edge: str, line: float) -> None:
    if fill:
        canvas.setFillColor(ink(fill))
    if edge:
        canvas.setStrokeColor(ink(edge))
        canvas.setLineWidth(line)


def _box(canvas: Canvas, box: Box, left: float, top: float) -> None:
    _dress(canvas, box.fill, box.edge, box.line)
    corner = left + box.x, top - box.y - box.height
    stroke, fill = int(bool(box.edge)), int(bool(box.fill))
    radius = min(box.radius, box.width / 2, box.height / 2)
    canvas.roundRect(*corner, box.width, box.height, radius, stroke=stroke, fill=fill)


def _shape(canvas: Canvas, shape: Shape, left: float, top: float) -> None:
    outline = canvas.beginPath()
    for steps in shape.outlines:
        for place, step in enumerate(steps):
            at = [left + n if even else top - n
                  for n, even in zip(step, (True, False) * 3, strict=False)]  # fmt: skip
            if place == 0:
                outline.moveTo(*at)
            elif len(step) == 6:
                outline.curveTo(*at)
            else:
                outline.lineTo(*at)
        outline.close()
    _dress(canvas, shape.fill, shape.edge, shape.line)
    canvas.drawPath(outline, stroke=int(bool(shape.edge)), fill=1, fillMode=0)


def _text(canvas: Canvas, text: Text, left: float, top: float) -> None:
    font = STRONG if text.strong else REGULAR
    canvas.setFont(font, text.size)
    canvas.setFillColor(ink(text.colour))
    draw = {
        "start": canvas.drawString,
        "middle": canvas.drawCentredString,
        "end": canvas.drawRightString,
    }[text.anchor]
    shown = shortened(text.text, text.room, lambda part: stringWidth(part, font, text.size))
    draw(left + text.x, top - text.y, shown)
