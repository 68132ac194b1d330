"""Small charts for a page: each row is a button that opens the list behind its number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ropa_ui.icons import paint
from ropa_ui.theme import colour, font, px, theme
from ropa_ui.widgets.labels import plain_tooltip
from ropa_ui.widgets.picture_paint import hatch, screen_ink
from ropa_ui.widgets.press_row import PAD, ROW, PressRow

_GAP: Final = 8
_BAR: Final = 6
_STACK: Final = 10
_BETWEEN: Final = 2
_RADIUS: Final = 2.5
COUNTABLE: Final = 30  # fewer are drawn as blocks that can be counted


def fill_block(painter: QPainter, box: QRectF, role: str) -> None:
    """A block in the fill of a status; red is hatched as well."""
    shape = QPainterPath()
    radius = min(_RADIUS, box.width() / 4, box.height() / 4)
    shape.addRoundedRect(box, radius, radius)
    painter.fillPath(shape, screen_ink(role))
    if role == "bad":
        hatch(painter, shape, colour("paper"))


class FigureButton(PressRow):
    """The one number of a block, in large type; a button, for every number opens its list."""

    def __init__(self, figure: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, 34, parent)
        self._figure = figure
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(font("figure", tabular=True))
        return QSize(metrics.horizontalAdvance(self._figure) + 2 * PAD + 2, px(34))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paint_row(self, painter: QPainter) -> None:
        painter.setFont(font("figure", tabular=True))
        painter.setPen(colour("text"))
        area = QRect(0, 0, self.inner, self.height())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), self._figure)


class ChartRow(PressRow):
    """Label, small chart and number in one line; `name` says it whole to readers.

    The label gets the room it needs before the chart does, down to `chart_least`.
    """

    chart_least = 0
    chart_most = 0

    def __init__(self, label: str, number: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, ROW, parent)
        self._label, self._number = label, number
        self.setToolTip(plain_tooltip(name))
        # Shared by the rows of a chart, so that their bars and numbers stand in line.
        self.label_width = 0
        self.number_width = 0

    def natural_widths(self) -> tuple[int, int]:
        """What label and number need."""
        label = QFontMetrics(font("body")).horizontalAdvance(self._label)
        number = QFontMetrics(font("body", tabular=True)).horizontalAdvance(self._number)
        return label + 2, number + 1

    def paint_row(self, painter: QPainter) -> None:
        left = self.lead(painter)
        label, number = self.natural_widths()
        number = max(self.number_width, number)
        wanted = self.inner - left - number - max(self.label_width, label) - 2 * px(_GAP)
        chart = min(max(wanted, px(self.chart_least)), px(self.chart_most))
        room = self.inner - left - number - (chart + 2 * px(_GAP) if chart else px(_GAP))
        self.write(painter, QRect(left, 0, room, self.height()), self._label)
        place = QRect(self.inner - number - px(_GAP) - chart, 0, chart, self.height())
        if chart:
            self.paint_chart(painter, QRectF(self.mirrored(place)))
        right = QRect(self.inner - number, 0, number, self.height())
        self.write(painter, right, self._number, end=True)

    def lead(self, painter: QPainter) -> int:
        """Draw what stands before the label; its width."""
        return 0

    def paint_chart(self, painter: QPainter, area: QRectF) -> None:
        """Draw the chart into its area."""


class ShareRow(ChartRow):
    """How many of how many, as a bar."""

    chart_least = 28
    chart_most = 64

    def __init__(
        self, label: str, done: int, total: int, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(label, f"{done}/{total}", name, parent)
        self._share = done / total if total else 0.0

    def paint_chart(self, painter: QPainter, area: QRectF) -> None:
        bar = QRectF(area.left(), area.center().y() - _BAR / 2, area.width(), _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        for role, share in (("hair", 1.0), ("accent", self._share)):
            part = QRectF(bar)
            part.setWidth(bar.width() * share)
            if self.isRightToLeft():
                part.moveRight(bar.right())
            if share:
                painter.setBrush(colour(role))
                painter.drawRoundedRect(part, _RADIUS, _RADIUS)


class StatusRow(ChartRow):
    """Icon and word of a status, and how many have it."""

    def __init__(
        self, icon: str, role: str, label: str, count: int, name: str,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(label, str(count), name, parent)
        self._icon, self._role = icon, role

    def lead(self, painter: QPainter) -> int:
        size = px(14)
        box = QRect(0, (self.height() - size) // 2, size, size)
        paint(painter, self.mirrored(box), self._icon, self._role)
        return size + px(9)


class BlocksRow(ChartRow):
    """One block for each, in the colour of its status; a bar where there are too many to count."""

    chart_least = 40
    chart_most = 66

    def __init__(
        self, label: str, roles: Sequence[str], most: int, name: str,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """`most` is the greatest number among the rows of the chart."""
        super().__init__(label, str(len(roles)), name, parent)
        self._roles, self._most = list(roles), most

    def paint_chart(self, painter: QPainter, area: QRectF) -> None:
        if self._most < COUNTABLE:
            self._blocks(painter, area)
        else:
            share = len(self._roles) / self._most
            bar = QRectF(area.left(), area.center().y() - _STACK / 2, area.width(), _STACK)
            bar.setWidth(max(bar.width() * share, _BETWEEN))
            stack(painter, bar, counted(self._roles))

    def _blocks(self, painter: QPainter, area: QRectF) -> None:
        size, columns = _grid(self._most, area.width())
        lines = -(-len(self._roles) // columns)
        top = area.center().y() - (lines * (size + _BETWEEN) - _BETWEEN) / 2
        for place, role in enumerate(self._roles):
            line, column = divmod(place, columns)
            x = column * (size + _BETWEEN)
            x = area.right() - x - size if self.isRightToLeft() else area.left() + x
            fill_block(painter, QRectF(x, top + line * (size + _BETWEEN), size, size), role)


def align(rows: Sequence[ChartRow]) -> None:
    """Let charts and numbers of these rows stand in line: each kind of row among its own."""
    for kind in {type(row) for row in rows}:
        alike = [row for row in rows if type(row) is kind]
        labels, numbers = zip(*(row.natural_widths() for row in alike), strict=True)
        for row in alike:
            row.label_width, row.number_width = max(labels), max(numbers)


def _grid(most: int, width: float) -> tuple[float, int]:
    """Size of a block and blocks in a line, so that the longest row fits in three lines."""
    for size, lines in ((9.0, 1), (7.0, 2), (5.0, 3), (4.0, 3)):
        columns = int((width + _BETWEEN) // (size + _BETWEEN))
        if columns * lines >= most:
            return size, max(columns, 1)
    return 4.0, max(-(-most // 3), 1)


def counted(roles: Sequence[str]) -> list[tuple[str, int]]:
    """How often each role comes, in the order in which they first do."""
    return [(role, roles.count(role)) for role in dict.fromkeys(roles)]


def stack(painter: QPainter, bar: QRectF, parts: Sequence[tuple[str, int]]) -> None:
    """Parts of a whole side by side, none narrower than can be seen."""
    total = sum(count for _role, count in parts)
    room = bar.width() - _BETWEEN * (len(parts) - 1)
    if parts and room <= 0:  # too narrow for all of them
        fill_block(painter, bar, parts[0][0])
        return
    least = min(5.0, room / max(len(parts), 1))
    widths = [max(room * count / total, least) for _role, count in parts] if total else []
    shrink = room / sum(widths) if widths else 1.0
    x = bar.left()
    for (role, _count), width in zip(parts, widths, strict=True):
        fill_block(painter, QRectF(x, bar.top(), width * shrink, bar.height()), role)
        x += width * shrink + _BETWEEN


class StackedBar(QWidget):
    """The parts of a whole as one bar; the rows under it name them."""

    def __init__(
        self, parts: Sequence[tuple[str, int]], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._parts = list(parts)
        self.setAccessibleName(name)
        self.setFixedHeight(px(ROW))
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = (self.height() - _STACK) / 2
        parts = self._parts[::-1] if self.isRightToLeft() else self._parts
        stack(painter, QRectF(PAD, top, self.width() - 2 * PAD, _STACK), parts)
