"""The strip of days: how much was done on each of the last three months, and one of them chosen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ropa_app.i18n import _, current_language
from ropa_app.model.dates import date_words
from ropa_ui.theme import colour, font, px, repaint_with_theme

SHOWN = 92  # days
_BARS, _WORDS = 40, 24  # px: the bars, the words under them


class DayStrip(QWidget):
    """A bar for each day. A click or ← and → choose a day, Home and End the first and last."""

    day_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._last = date.today()
        self._counts: Mapping[date, int] = {}
        self._day: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Changes per day"))
        repaint_with_theme(self)

    def sizeHint(self) -> QSize:
        return QSize(px(300), px(_BARS + _WORDS))

    def show_days(self, last: date, counts: Mapping[date, int]) -> None:
        """Show the days up to this one with how many changes each had."""
        self._last, self._counts = last, counts
        self._describe()
        self.update()

    def choose(self, day: date | None) -> None:
        """Mark a day without telling of it."""
        self._day = day
        self._describe()
        self.update()

    def day(self) -> date | None:
        """The day marked."""
        return self._day

    def _first(self) -> date:
        return self._last - timedelta(days=SHOWN - 1)

    def words_of(self, day: date) -> str:
        """A day and how many changes it had, in words."""
        count = self._counts.get(day, 0)
        said = _("1 change") if count == 1 else _("{count} changes").format(count=count)
        return f"{date_words(day.isoformat(), current_language())}: {said}"

    def _describe(self) -> None:
        """What a reader hears: the day marked, or all that the bars show."""
        if self._day is not None:
            self.setAccessibleDescription(self.words_of(self._day))
        else:
            total = sum(self._counts.values())
            busy = sum(1 for count in self._counts.values() if count)
            said = _("{count} changes on {days} days of the last three months")
            self.setAccessibleDescription(said.format(count=total, days=busy))

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        start = self._day or self._last
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps:
            back = self.isRightToLeft()
            self._take(self._busy_from(start, -steps[Qt.Key(event.key())] if back
                                       else steps[Qt.Key(event.key())]))  # fmt: skip
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            at_end = event.key() == Qt.Key.Key_End
            edge = self._last + timedelta(days=1) if at_end else self._first() - timedelta(days=1)
            self._take(self._busy_from(edge, -1 if at_end else 1))
        else:
            super().keyPressEvent(event)

    def _busy_from(self, day: date, step: int) -> date | None:
        """The next day in a direction on which something was done."""
        day += timedelta(days=step)
        while self._first() <= day <= self._last:
            if self._counts.get(day):
                return day
            day += timedelta(days=step)
        return None

    def _take(self, day: date | None) -> None:
        if day is None:
            return
        self.choose(day)
        announced = QAccessibleAnnouncementEvent(self, self.words_of(day))
        QAccessible.updateAccessibility(announced)
        self.day_chosen.emit(day)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position())
        if self._counts.get(day):
            self._take(day)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            words = self.words_of(self._day_at(QPointF(event.pos())))
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def _day_at(self, point: QPointF) -> date:
        x = self.width() - point.x() if self.isRightToLeft() else point.x()
        number = int(x * SHOWN / max(self.width(), 1))
        return self._first() + timedelta(days=min(max(number, 0), SHOWN - 1))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max(self._counts.values(), default=1)
        pitch, foot = self.width() / SHOWN, px(_BARS)
        painter.setPen(QPen(colour("edge"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(0, foot, self.width(), foot)
        painter.setPen(Qt.PenStyle.NoPen)
        for number in range(SHOWN):
            day = self._first() + timedelta(days=number)
            count = self._counts.get(day, 0)
            if count:
                painter.setBrush(colour("accent" if day == self._day else "nil_fill"))
                # The root lets a quiet day be seen beside an import.
                tall = 5 + (foot - 9) * (count / most) ** 0.5
                bar = QRectF(number * pitch + 1, foot - tall, max(pitch - 3, 3), tall)
                painter.drawRoundedRect(self._mirrored(bar), 2, 2)
        self._paint_words(painter, pitch, foot)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _paint_words(self, painter: QPainter, pitch: float, foot: int) -> None:
        """The day chosen in the accent; about each month a date, where they do not touch."""
        taken: list[QRectF] = []
        marked = [self._day] if self._day and self._first() <= self._day <= self._last else []
        months = [self._first() + timedelta(days=n) for n in (0, 31, 61)]
        for day in [*marked, *months]:
            chosen = day == self._day
            used = font("caption")
            used.setWeight(used.Weight.DemiBold if chosen else used.Weight.Normal)
            text = date_words(day.isoformat(), current_language())
            wide = QFontMetrics(used).horizontalAdvance(text) + 2
            middle = ((day - self._first()).days + 0.5) * pitch
            left = min(max(middle - wide / 2, 0), self.width() - wide)
            place = self._mirrored(QRectF(left, foot + 4, wide, px(_WORDS) - 4))
            if any(place.adjusted(-8, 0, 8, 0).intersects(other) for other in taken):
                continue
            taken.append(place)
            painter.setFont(used)
            painter.setPen(colour("accent" if chosen else "text2"))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)

    def _mirrored(self, place: QRectF) -> QRectF:
        if self.isRightToLeft():
            place.moveLeft(self.width() - place.right())
        return place
