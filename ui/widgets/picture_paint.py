"""The primitives of ropa_app.exports.picture drawn by Qt, on the screen or as an image."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QByteArray, QMimeData, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from ropa_app.exports.picture import Box, Dot, Path, Picture, Primitive, Shape, Text, shortened
from ropa_app.exports.picture_colours import colour as paper_colour
from ropa_ui.theme import colour, font

Ink = Callable[[str], QColor]

# Pictures name what a surface means; on the screen surfaces and texts of a status differ.
_FILLS = {role: f"{role}_fill" for role in ("ok", "warn", "bad", "rev", "nil")}
_TEXTS = {f"{role}-text": role for role in ("ok", "warn", "bad", "rev", "nil")}
_HATCH_GAP = 5.0
_HATCH_SHARE = 0.6


def screen_ink(role: str) -> QColor:
    """The colour of a picture's role in the theme in use."""
    return colour(_FILLS.get(role) or _TEXTS.get(role, role))


def paper_ink(role: str) -> QColor:
    """The colour of a picture's role on paper, whatever the theme."""
    return QColor(paper_colour(role))


def paint_picture(painter: QPainter, picture: Picture, ink: Ink = screen_ink) -> None:
    """Draw a picture with its upper left corner at the origin of the painter, one unit a px."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for item in picture.items:
        match item:
            case Path():
                _paint_path(painter, item, ink)
            case Dot():
                _paint_dot(painter, item, ink)
            case Text():
                _paint_text(painter, item, ink)
            case Box() | Shape():
                _paint_surface(painter, item, ink)
    painter.restore()


def shape_of(item: Primitive) -> QPainterPath:
    """The surface of a primitive, for hit tests and outlines."""
    shape = QPainterPath()
    match item:
        case Path():
            shape.setFillRule(Qt.FillRule.OddEvenFill)
            for outline in item.outlines:
                pairs = zip(outline[::2], outline[1::2], strict=True)
                shape.addPolygon(QPolygonF([QPointF(x, y) for x, y in pairs]))
                shape.closeSubpath()
        case Dot():
            shape.addEllipse(QPointF(item.x, item.y), item.radius, item.radius)
        case Text():
            shape.addRect(_text_box(item))
        case Box():
            box = QRectF(item.x, item.y, item.width, item.height)
            shape.addRoundedRect(box, item.radius, item.radius)
        case Shape():
            for steps in item.outlines:
                _add_outline(shape, steps)
    return shape


def _add_outline(shape: QPainterPath, outline: Sequence[Sequence[float]]) -> None:
    shape.moveTo(*outline[0])
    for step in outline[1:]:
        if len(step) == 6:
            shape.cubicTo(*step)
        else:
            shape.lineTo(*step)
    shape.closeSubpath()


def _paint_surface(painter: QPainter, item: Box | Shape, ink: Ink) -> None:
    painter.setPen(QPen(ink(item.edge), item.line) if item.edge else Qt.PenStyle.NoPen)
    painter.setBrush(ink(item.fill) if item.fill else Qt.BrushStyle.NoBrush)
    painter.drawPath(shape_of(item))


def _paint_path(painter: QPainter, path: Path, ink: Ink) -> None:
    shape = shape_of(path)
    edge = QPen(ink(path.edge), path.width) if path.edge else Qt.PenStyle.NoPen
    painter.setPen(edge)
    painter.setBrush(ink(path.fill))
    painter.drawPath(shape)
    if path.hatched:
        hatch(painter, shape, ink("paper"))


def hatch(painter: QPainter, shape: QPainterPath, paper: QColor) -> None:
    """Thin slanting lines over a surface: red is told by more than its colour."""
    painter.save()
    painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    paper.setAlphaF(_HATCH_SHARE)
    painter.setPen(QPen(paper, 1))
    box = shape.boundingRect()
    x = box.left() - box.height()
    while x < box.right():
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
        x += _HATCH_GAP
    painter.restore()


def _paint_dot(painter: QPainter, dot: Dot, ink: Ink) -> None:
    painter.setPen(QPen(ink(dot.ring), dot.radius / 3) if dot.ring else Qt.PenStyle.NoPen)
    painter.setBrush(ink(dot.fill))
    painter.drawEllipse(QPointF(dot.x, dot.y), dot.radius, dot.radius)


def _paint_text(painter: QPainter, text: Text, ink: Ink) -> None:
    painter.setPen(ink(text.colour))
    painter.setFont(_font(text))
    painter.drawText(QPointF(_left(text), text.y), _shown(text))


def _font(text: Text) -> QFont:
    made = font("section" if text.strong else "body")
    made.setPixelSize(max(round(text.size), 1))
    return made


def _shown(text: Text) -> str:
    return shortened(text.text, text.room, QFontMetricsF(_font(text)).horizontalAdvance)


def _left(text: Text) -> float:
    width = QFontMetricsF(_font(text)).horizontalAdvance(_shown(text))
    return text.x - {"start": 0.0, "middle": width / 2, "end": width}[text.anchor]


def _text_box(text: Text) -> QRectF:
    metrics = QFontMetricsF(_font(text))
    width = metrics.horizontalAdvance(_shown(text))
    return QRectF(_left(text), text.y - metrics.ascent(), width, metrics.height())


def image_of(picture: Picture, ratio: float = 2.0) -> QImage:
    """The picture in the colours of paper, so many times its size."""
    size = QSize(round(picture.width * ratio), round(picture.height * ratio))
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(paper_ink("paper"))
    painter = QPainter(image)
    painter.scale(ratio, ratio)
    paint_picture(painter, picture, paper_ink)
    painter.end()
    return image


def clipboard_data(picture: Picture, title: str) -> QMimeData:
    """Image and SVG together: the other program takes what it can."""
    from ropa_app.exports.picture_svg import svg

    data = QMimeData()
    data.setImageData(image_of(picture))
    data.setData("image/svg+xml", QByteArray(svg(picture, title).encode("utf-8")))
    return data


class Parts:
    """The parts of a picture that can be pointed at, found by place and by id."""

    _NEAR = 4.0  # px around a dot that still mean it

    def __init__(self, picture: Picture, words: Mapping[str, str]) -> None:
        self.words = dict(words)
        self._shapes: dict[str, QPainterPath] = {}
        self._dots: dict[str, Dot] = {}
        for item in picture.items:
            if item.id in self.words:
                self._shapes.setdefault(item.id, QPainterPath()).addPath(shape_of(item))
                if isinstance(item, Dot):
                    self._dots[item.id] = item

    @property
    def ids(self) -> list[str]:
        """Those that the picture shows, in the order of the words."""
        return [identifier for identifier in self.words if identifier in self._shapes]

    def at(self, place: QPointF) -> str:
        """The id of the part at a place; empty if there is none. Dots lie on top."""
        for identifier, dot in self._dots.items():
            reach = dot.radius + self._NEAR
            if (place.x() - dot.x) ** 2 + (place.y() - dot.y) ** 2 <= reach**2:
                return identifier
        found = (i for i in self.ids if self._shapes[i].contains(place))
        return next(found, "")

    def shape(self, identifier: str) -> QPainterPath:
        """The surface of a part."""
        return self._shapes.get(identifier, QPainterPath())


def rendered(picture: Picture, widget: QWidget) -> QPixmap:
    """The picture as a pixmap as sharp as the screen of the widget."""
    ratio = widget.devicePixelRatioF()
    made = QPixmap(QSize(round(picture.width * ratio), round(picture.height * ratio)))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    paint_picture(painter, picture)
    painter.end()
    return made
