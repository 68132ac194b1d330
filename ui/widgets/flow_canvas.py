"""The picture of a flow on the screen: to zoom, to point at, to copy."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QWidget

from ropa_app.exports.flow import Flow
from ropa_app.exports.picture import Picture, mirrored, scaled
from ropa_app.exports.picture_flow import draw, draw_to_give, heads, least_width
from ropa_app.i18n import _
from ropa_app.model.words import Words
from ropa_ui.theme import colour, px
from ropa_ui.widgets.picture_paint import paint_picture
from ropa_ui.widgets.zoomed_picture import ZoomedPicture

_WIDTH_TO_GIVE = 1160.0
_NOTHING = Flow("", (), (), ())


class FlowHeads(QWidget):
    """The heads of the columns, in sight above a flow that is scrolled up beneath them."""

    def __init__(self, canvas: FlowCanvas, area: QScrollArea) -> None:
        super().__init__(area.viewport())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._canvas, self._area = canvas, area
        for bar in (area.verticalScrollBar(), area.horizontalScrollBar()):
            bar.valueChanged.connect(self.follow)
        self.hide()

    def follow(self) -> None:
        """Lie above the flow where its own heads have gone out of sight."""
        picture = self._canvas.heads()
        self.setGeometry(0, 0, self._area.viewport().width(), ceil(picture.height) + 1)
        self.setVisible(self._area.verticalScrollBar().value() > 0)
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("paper"))
        painter.setPen(colour("hair"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.translate(self._canvas.mapTo(self._area.viewport(), QPoint(0, 0)).x(), 0)
        paint_picture(painter, self._canvas.heads())


class FlowCanvas(ZoomedPicture):
    """Draws a flow as wide as its room.

    Long pictures are painted piece by piece as they scroll, never held whole.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Flow of the data"), parent)
        self._flow = _NOTHING
        self._told: Words | None = None
        self._drawn: tuple[float, float, Picture] | None = None

    @property
    def flow(self) -> Flow:
        """What is shown."""
        return self._flow

    def show_flow(self, flow: Flow, words: Words) -> None:
        """Draw this flow; readers hear it as sentences."""
        self._flow, self._told = flow, words
        self._drawn = None
        self.set_words(flow.words(), "\n".join(flow.sentences()))

    def fit(self, room: int) -> None:
        """Take the size that the picture needs in a room of this width, px."""
        least = least_width(self._flow) * self._factor()
        width = round(max(room * max(self._zoom, 1.0), least))
        self.setFixedSize(width, max(self.heightForWidth(width), 1))

    def _factor(self) -> float:
        return self._zoom * px(100) / 100

    def picture_at(self, width: float) -> Picture:
        if self._drawn is None or self._drawn[:2] != (width, self._zoom):
            by = self._factor()
            made = scaled(draw(self._flow, width / by), by)
            self._drawn = width, self._zoom, self._as_read(made)
        return self._drawn[2]

    def heads(self) -> Picture:
        """What stands over the columns, at the size that is shown."""
        by = self._factor()
        return self._as_read(scaled(heads(self._flow, self.width() / by), by))

    def _as_read(self, picture: Picture) -> Picture:
        """From the side at which reading begins."""
        return mirrored(picture) if self.isRightToLeft() else picture

    def picture_to_give(self) -> Picture:
        if self._told is None:
            return super().picture_to_give()
        return draw_to_give(self._flow, self._told, _WIDTH_TO_GIVE)

    def title_to_give(self) -> str:
        return self._flow.title or super().title_to_give()

    def box_of(self, identifier: str) -> QRect:
        """Where a node or band is."""
        return self._parts.shape(identifier).boundingRect().toAlignedRect()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        paint_picture(painter, self.picture)
        if self.current:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour("accent"), 2))
            shape = self._parts.shape(self.current)
            if shape.intersects(QRectF(event.rect())):
                painter.drawPath(shape)
