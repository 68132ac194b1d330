"""Timelines at the head of the forms of agreements and transfers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainterPath
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ropa_app.exports.picture import Dot, Picture, scaled
from ropa_app.exports.picture_timeline import draw_timelines, draw_to_give, part_of
from ropa_app.exports.timeline import (
    Standing,
    Timeline,
    agreement_standing,
    agreement_timeline,
    transfer_standing,
    transfer_timelines,
)
from ropa_app.i18n import _
from ropa_app.model.record import Record
from ropa_ui.forms.panels import Panel
from ropa_ui.models.session import Session
from ropa_ui.theme import font, px
from ropa_ui.widgets.buttons import Button, icon_button
from ropa_ui.widgets.clearing import clear
from ropa_ui.widgets.labels import IconLabel, Label
from ropa_ui.widgets.running_text import RunningText
from ropa_ui.widgets.zoomed_picture import ZoomedPicture

_WIDEST = 640
_TO_GIVE = 724.0  # units of the picture that leaves the window, with its edges


class TimelineBar(ZoomedPicture):
    """The days of a record, line below line; a day leads to the field that holds it.

    `field_asked` tells that field. Readers hear the days in words.
    """

    field_asked = Signal(str)

    def __init__(
        self, session: Session, record: Record, timelines: Sequence[Timeline],
        standings: Sequence[Standing], parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """`standings`: how it stands, to be told beside the days where they leave the window."""
        super().__init__(_("Timeline"), parent)
        self._told, self.timelines, self._standings = session.words, timelines, standings
        self._called = f"{record.ref}  {session.title(record)}"
        self._drawn: tuple[int, float, Picture] | None = None
        self._fields = {
            part_of(number, mark): mark
            for number, line in enumerate(timelines) for mark in line.marks if mark.field
        }  # fmt: skip
        self.folder = session.path.parent
        self.failed.connect(session.failed)
        self.saved.connect(session.wrote)
        copied = _("The picture is on the clipboard.")
        self.copied.connect(partial(session.said.emit, copied, False))
        self.activated.connect(self._open)
        self.zoomed.connect(self._resize)
        self._resize()

    def _resize(self) -> None:
        self.setMaximumWidth(round(px(_WIDEST) * max(self.zoom, 1.0)))
        words = {part: mark.says() for part, mark in self._fields.items()}
        self.set_words(words, "\n".join(line.says() for line in self.timelines))

    def _open(self, part: str) -> None:
        self.field_asked.emit(self._fields[part].field)

    def picture_at(self, width: float) -> Picture:
        factor = self.zoom * px(100) / 100
        if self._drawn is None or self._drawn[:2] != (width, factor):
            made = draw_timelines(self.timelines, self._told, width / factor, _measure)
            self._drawn = round(width), factor, scaled(made, factor)
        return self._drawn[2]

    def picture_to_give(self) -> Picture:
        return draw_to_give(self.timelines, self._called, self._standings, self._told, _TO_GIVE)

    def title_to_give(self) -> str:
        return self._called

    def outline_of(self, part: str) -> QPainterPath:
        """The dot alone: its words stand too near to others to be framed."""
        path = QPainterPath()
        for item in self.picture.items:
            if isinstance(item, Dot) and item.id == part:
                path.addEllipse(QPointF(item.x, item.y), item.radius - 0.75, item.radius - 0.75)
        return path

    def sizeHint(self) -> QSize:
        return QSize(px(400), self.heightForWidth(px(400)))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), 1)


def menu_button(bar: TimelineBar) -> Button:
    """The button of what can be done with a timeline."""
    button = icon_button("dots-three", _("What to do with this timeline"))

    def show() -> None:
        bar.show_menu(button.mapToGlobal(button.rect().bottomLeft()))

    button.clicked.connect(show)
    return button


def _measure(text: str, strong: bool) -> float:
    """Width of a text at the 12 units that pictures of lines are lettered in."""
    made = font("section" if strong else "body")
    made.setPixelSize(12)
    return QFontMetricsF(made).horizontalAdvance(text)


class _Head(QWidget):
    """Icon and word, and below them why."""

    def __init__(self, standing: Standing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(standing.word)
        self.setAccessibleDescription(standing.reason)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(IconLabel(standing.icon, standing.role, 20))
        top.addWidget(Label(standing.word, "heading", wrap=True), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(RunningText([(standing.reason, "text2")]))
        column.addStretch(1)


class _Timelines(Panel):
    """What both have in common: made anew for each record shown."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 14)
        self._column.setSpacing(4)

    def show_record(self, record: Record) -> None:
        """Show how this record stands on the day; to be shown again after each change."""
        clear(self._column)
        self._fill(record)

    def _fill(self, record: Record) -> None:
        raise NotImplementedError

    def _bar(
        self, record: Record, timelines: Sequence[Timeline], standings: Sequence[Standing]
    ) -> TimelineBar:
        bar = TimelineBar(self._session, record, timelines, standings, self)
        bar.field_asked.connect(self.field_asked)
        return bar


class AgreementTimeline(_Timelines):
    """Status of an agreement with its reason, and its days on a line."""

    def _fill(self, record: Record) -> None:
        view, words = self._session.view, self._session.words
        standing = agreement_standing(view, record, words)
        timeline = agreement_timeline(view, record, words)
        if not timeline.empty:
            bar = self._bar(record, [timeline], [standing])
            self._column.addLayout(_heads([standing], bar))
            self._column.addSpacing(6)
            self._column.addWidget(bar)
            return
        self._column.addLayout(_heads([standing], None))
        if record.text("kind") != "none-needed":
            self._column.addSpacing(6)
            self._column.addWidget(Label(_("No dates are stated."), "small", "text3"))


class TransferTimeline(_Timelines):
    """How a transfer stands under each regime, and the days of each safeguard on a line."""

    def _fill(self, record: Record) -> None:
        view, words = self._session.view, self._session.words
        standings = transfer_standing(view, record, words)
        timelines = transfer_timelines(view, record, words)
        bar = self._bar(record, timelines, standings) if timelines else None
        self._column.addLayout(_heads(standings, bar))
        if bar is not None:
            self._column.addSpacing(6)
            self._column.addWidget(bar)


def _heads(standings: Sequence[Standing], bar: TimelineBar | None) -> QHBoxLayout:
    """How it stands, one beside the other, and what can be done with the days below."""
    beside = QHBoxLayout()
    beside.setSpacing(28)
    for standing in standings:
        beside.addWidget(_Head(standing), 1)
    if bar is not None:
        beside.addWidget(menu_button(bar), 0, Qt.AlignmentFlag.AlignTop)
    return beside
