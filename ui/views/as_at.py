"""Choosing the day the register is shown as at."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QHBoxLayout,
    QLineEdit,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ropa_app.i18n import _, current_language
from ropa_app.model.dates import date_words, read_date
from ropa_app.register.timeline import days
from ropa_ui.icons import icon
from ropa_ui.languages import locale
from ropa_ui.models.session import Session
from ropa_ui.theme import colour, font, px
from ropa_ui.widgets.buttons import plain_button, text_button
from ropa_ui.widgets.hairline import Hairline
from ropa_ui.widgets.labels import Label

_DAYS = 31
_MOST = 6  # days with changes in the list; the others are marked in the calendar


class AsAtMenu(QWidget):
    """A popup: a date to type, a calendar, today, and the days on which something changed."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAccessibleName(_("Show the register as at a day"))
        self._session = session
        self._today = session.view.day
        zone = session.view.zone
        self._counts = days(session.present, zone, self._today - timedelta(days=_DAYS))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 14, 14, 14)
        row.setSpacing(14)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(self._typing())
        left.addWidget(self._make_calendar())
        row.addLayout(left)
        row.addWidget(Hairline(self, vertical=True))
        row.addLayout(self._choices())

    def open_below(self, widget: QWidget) -> None:
        """Show it under a widget, its right edge with the widget's where the screen ends."""
        self.adjustSize()
        corner = widget.mapToGlobal(QPoint(0, widget.height() + 4))
        edge = widget.screen().availableGeometry()
        corner.setX(max(min(corner.x(), edge.right() - self.width()), edge.left()))
        self.move(corner)
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    # Parts

    def _typing(self) -> QHBoxLayout:
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(date_words(self._today.isoformat(), current_language()))
        self.field.setAccessibleName(_("Day"))
        self.field.setAccessibleDescription(_("Write a date and press Enter"))
        self.field.textEdited.connect(self._typed)
        self.field.returnPressed.connect(self._take_typed)
        show = plain_button(_("Show"), parent=self)
        show.clicked.connect(self._take_typed)
        line = QHBoxLayout()
        line.addWidget(self.field, 1)
        line.addWidget(show)
        return line

    def _make_calendar(self) -> QCalendarWidget:
        self.calendar = QCalendarWidget(self)
        self.calendar.setLocale(locale())
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setMaximumDate(_qdate(self._today))
        shown = self._session.as_at
        self.calendar.setSelectedDate(QDate.fromString(shown[:10], Qt.DateFormat.ISODate)
                                      if shown else _qdate(self._today))  # fmt: skip
        self.calendar.setAccessibleName(_("Calendar"))
        self.calendar.setMinimumSize(px(300), px(230))
        self.calendar.clicked.connect(self._take_calendar)
        self.calendar.activated.connect(self._take_calendar)
        self._dress_calendar()
        return self.calendar

    def _dress_calendar(self) -> None:
        plain = _format("text")
        for weekday in Qt.DayOfWeek:
            self.calendar.setWeekdayTextFormat(weekday, plain)
        head = _format("text2")
        head.setFont(font("small"))
        self.calendar.setHeaderTextFormat(head)
        marked = _format("accent")
        marked.setFontWeight(600)
        for day in self._counts:
            self.calendar.setDateTextFormat(_qdate(day), marked)
        for name, glyph, words in (
            ("qt_calendar_prevmonth", "caret-left", _("Month before")),
            ("qt_calendar_nextmonth", "caret-right", _("Month after")),
        ):
            button = self.calendar.findChild(QToolButton, name)
            if isinstance(button, QToolButton):
                button.setIcon(icon(glyph, "text2"))
                button.setAccessibleName(words)
        for table in self.calendar.findChildren(QTableView):
            table.setAccessibleName(_("Calendar"))
        self.calendar.setStyleSheet(_sheet())

    def _choices(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        left = Qt.AlignmentFlag.AlignLeft
        today = text_button(_("Today"), "calendar-blank", self)
        today.clicked.connect(partial(self._take, None))
        column.addWidget(today, 0, left)
        column.addSpacing(6)
        column.addWidget(Label(_("Days with changes"), "column", "text2", self))
        for day in sorted(self._counts, reverse=True)[:_MOST]:
            words = date_words(day.isoformat(), current_language())
            count = self._counts[day]
            button = text_button(words, parent=self)
            said = _("1 change") if count == 1 else _("{count} changes").format(count=count)
            button.setAccessibleDescription(said)
            button.setToolTip(said)
            button.clicked.connect(partial(self._take, day))
            column.addWidget(button, 0, left)
        if not self._counts:
            none = Label(_("None in the last month"), "small", "text3", self, wrap=True)
            column.addWidget(none)
        column.addStretch(1)
        return column

    # Choosing

    def _typed(self) -> None:
        self.field.setProperty("state", "")
        self._restyle()

    def _restyle(self) -> None:
        self.field.style().unpolish(self.field)
        self.field.style().polish(self.field)

    def _take_typed(self) -> None:
        iso = read_date(self.field.text())
        if iso is None:
            self.field.setProperty("state", "bad")
            self.field.setToolTip(_("Write the date as 31.01.2026 or 2026-01-31."))
            self.field.setAccessibleDescription(self.field.toolTip())
            self._restyle()
            self.field.selectAll()
            return
        self._take(date.fromisoformat(iso))

    def _take_calendar(self, chosen: QDate) -> None:
        self._take(date(chosen.year(), chosen.month(), chosen.day()))

    def _take(self, day: date | None) -> None:
        self.close()
        self._session.going_back.go(None if day is None or day >= self._today else day.isoformat())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("edge"), 1))
        painter.setBrush(colour("paper"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 8, 8)


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _format(role: str) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(colour(role)))
    made.setBackground(colour("paper"))
    return made


def _sheet() -> str:
    """What the look of the application does not reach inside Qt's calendar."""
    return (
        f"QWidget {{ background: {colour('paper').name()}; color: {colour('text').name()}; }}"
        "QToolButton { border: none; border-radius: 6px; padding: 4px 8px; }"
        f"QToolButton:hover, QToolButton:focus {{ background: {colour('hover').name()}; }}"
        "QToolButton::menu-indicator { image: none; }"
        "QAbstractItemView { border: none; outline: none;"
        f" selection-background-color: {colour('sel').name()};"
        f" selection-color: {colour('text').name()}; }}"
        f"QAbstractItemView:disabled {{ color: {colour('dis').name()}; }}"
    )
