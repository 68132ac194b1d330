"""The route of a transfer at the head of its form: who sends, how, to whom, for what."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from ropa_app.exports.route import Stage, route_of
from ropa_app.i18n import _
from ropa_app.model.record import Record
from ropa_ui.forms.panels import Panel
from ropa_ui.forms.timeline import TransferTimeline
from ropa_ui.icons import paint
from ropa_ui.models.session import Session
from ropa_ui.theme import colour, font, px, repaint_with_theme
from ropa_ui.widgets.clearing import clear
from ropa_ui.widgets.ground import paint_ground
from ropa_ui.widgets.labels import plain_tooltip
from ropa_ui.widgets.press_row import PressRow

_HEIGHT, _ICON, _INDENT, _RADIUS = 52, 16, 25, 8
_LEAST, _MOST, _HEAD = 64, 150, 5
_LOW = 30  # px: an arrow that leads down
_NARROW = 620  # px: with less room the stages stand one below the other


class StageBox(PressRow):
    """A stage of the route on its own ground; pressing it opens what it stands for."""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        name = f"{stage.name}, {stage.detail}" if stage.detail else stage.name
        super().__init__(name, _HEIGHT, parent)
        self._stage = stage
        self.setEnabled(bool(stage.records))
        self.setToolTip(plain_tooltip(name))

    def sizeHint(self) -> QSize:
        return QSize(px(170), px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, self.rect(), "sunken", _RADIUS)
        painter.end()
        super().paintEvent(event)

    def paint_row(self, painter: QPainter) -> None:
        size, left = px(_ICON), px(8)
        box = QRect(left, (self.height() - size) // 2, size, size)
        paint(painter, self.mirrored(box), self._stage.icon)
        place = QRect(left + px(_INDENT), px(6), self.inner - left - px(_INDENT), px(20))
        role = "text" if self._stage.known else "text3"
        self.write(painter, place, self._stage.name, "name", role)
        self.write(painter, place.translated(0, px(20)), self._stage.detail, "small", "text2")


class _Arrow(QWidget):
    """From one stage to the next; what happens on the way stands over the line."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._down = False
        self.point(down=False)
        self.setToolTip(plain_tooltip(words))
        self.setAccessibleName(words)
        repaint_with_theme(self)

    def point(self, down: bool) -> None:
        """Lead to the stage beside, or to the one below."""
        self._down = down
        wide = QSizePolicy.Policy.Preferred if down else QSizePolicy.Policy.Maximum
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(px(_LOW if down else _HEIGHT))
        self.update()

    def sizeHint(self) -> QSize:
        wide = QFontMetrics(font("small")).horizontalAdvance(self._words) + px(16)
        return QSize(min(max(wide, px(_LEAST)), px(_MOST)), px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(_LEAST), px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isRightToLeft():
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        if self._down:
            self._paint_down(painter)
            return
        line, end, head = self.height() * 0.56, self.width() - px(6), px(_HEAD)
        painter.setPen(QPen(colour("text2"), 1.2))
        painter.drawLine(px(6), round(line), end, round(line))
        for side in (-head, head):
            painter.drawLine(end, round(line), end - head, round(line) + side)
        painter.resetTransform()
        painter.setFont(font("small"))
        painter.setPen(colour("text2"))
        room = QRect(px(6), 0, self.width() - px(12), round(line) - px(3))
        mode = Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(self._words, mode, room.width())
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
        painter.drawText(room, int(flags | Qt.TextFlag.TextSingleLine), shown)


    def _paint_down(self, painter: QPainter) -> None:
        middle, end, head = px(8) + px(_ICON) // 2, self.height() - px(5), px(_HEAD)
        painter.setPen(QPen(colour("text2"), 1.2))
        painter.drawLine(middle, px(5), middle, end)
        for side in (-head, head):
            painter.drawLine(middle, end, middle + side, end - head)
        painter.resetTransform()
        painter.setFont(font("small"))
        left = px(8) + px(_INDENT)
        room = QRect(0 if self.isRightToLeft() else left, 0, self.width() - left, self.height())
        flags = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, int(flags), self._words)


class TransferPanel(Panel):
    """The route, and below it how the transfer stands under each regime.

    The boxes stand `PAD` further out than their ground needs; `record_asked` tells whom to open.
    """

    record_asked = Signal(str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._route = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._route.setSpacing(px(4))
        self._standing = TransferTimeline(session, self)
        self._standing.field_asked.connect(self.field_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(18))
        column.addLayout(self._route)
        column.addWidget(self._standing)

    def show_record(self, record: Record) -> None:
        """Show the route of this transfer; to be shown again after each change."""
        clear(self._route)
        route = route_of(self._session.view, record, self._session.words)
        self.setAccessibleName(_("Route"))
        self.setAccessibleDescription(route.says())
        self._add_stage(route.exporter)
        self._route.addWidget(_Arrow(route.how))
        self._add_stage(route.importer)
        self._route.addWidget(_Arrow(_("serves")))
        self._add_stage(route.activities)
        self._lay_out()
        self._standing.show_record(record)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """One stage beside the other, or below it where room is short."""
        down = self.width() < px(_NARROW)
        directions = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._route.setDirection(directions[down])
        for arrow in self.findChildren(_Arrow):
            arrow.point(down)

    def _add_stage(self, stage: Stage) -> None:
        box = StageBox(stage, self)
        box.clicked.connect(partial(self._open, box, stage))
        self._route.addWidget(box, 1)

    def _open(self, box: StageBox, stage: Stage) -> None:
        """Open the one record it stands for; of several, ask which."""
        if len(stage.records) == 1:
            self.record_asked.emit(stage.records[0])
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for identifier in stage.records:
            record = self._session.get(identifier)
            if record is not None:
                title = f"{record.ref}  {self._session.title(record)}"
                entry = menu.addAction(title.replace("&", "&&"))
                entry.triggered.connect(partial(self.record_asked.emit, identifier))
        menu.popup(box.mapToGlobal(QPoint(0, box.height())))
