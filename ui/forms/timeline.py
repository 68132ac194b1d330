"""Timelines at the head of the forms of agreements and transfers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ropa_app.exports.picture import Picture, scaled
from ropa_app.exports.picture_timeline import draw_timeline, scale_of
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
from ropa_ui.theme import font, px, repaint_with_theme
from ropa_ui.widgets.clearing import clear
from ropa_ui.widgets.labels import ElidedLabel, IconLabel, Label
from ropa_ui.widgets.picture_paint import paint_picture
from ropa_ui.widgets.running_text import RunningText

_WIDEST = 640


class TimelineBar(QWidget):
    """One line of days; readers hear the days in words."""

    def __init__(
        self, timeline: Timeline, scale: tuple[date, date] | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._timeline, self._scale = timeline, scale
        self._drawn: tuple[int, float, Picture] | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMaximumWidth(px(_WIDEST))
        self.setAccessibleName(_("Timeline"))
        self.setAccessibleDescription(timeline.says())
        repaint_with_theme(self)

    def picture(self, width: int) -> Picture:
        """The line at a width in px."""
        factor = px(100) / 100
        if self._drawn is None or self._drawn[:2] != (width, factor):
            made = draw_timeline(self._timeline, width / factor, _measure, self._scale)
            self._drawn = width, factor, scaled(made, factor)
        return self._drawn[2]

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self.picture(max(width, 1)).height)

    def sizeHint(self) -> QSize:
        return QSize(px(400), self.heightForWidth(px(400)))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_picture(QPainter(self), self.picture(self.width()))


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

    def _add_bars(self, timelines: Sequence[Timeline]) -> None:
        shown = [timeline for timeline in timelines if not timeline.empty]
        scale = scale_of(shown) if shown else None
        for timeline in timelines:
            if timeline.heading:
                self._column.addSpacing(6)
                self._column.addWidget(ElidedLabel(timeline.heading, "name"))
            if not timeline.empty:
                self._column.addWidget(TimelineBar(timeline, scale))
            else:
                self._column.addWidget(Label(_("No dates are stated."), "small", "text3"))


class AgreementTimeline(_Timelines):
    """Status of an agreement with its reason, and its days on a line."""

    def _fill(self, record: Record) -> None:
        view, words = self._session.view, self._session.words
        self._column.addWidget(_Head(agreement_standing(view, record, words)))
        timeline = agreement_timeline(view, record, words)
        if record.text("kind") != "none-needed" or not timeline.empty:
            self._column.addSpacing(6)
            self._add_bars([timeline])


class TransferTimeline(_Timelines):
    """How a transfer stands under each regime, and the days of each safeguard on a line."""

    def _fill(self, record: Record) -> None:
        view, words = self._session.view, self._session.words
        beside = QHBoxLayout()
        beside.setSpacing(28)
        for standing in transfer_standing(view, record, words):
            beside.addWidget(_Head(standing), 1)
        self._column.addLayout(beside)
        self._add_bars(transfer_timelines(view, record, words))
