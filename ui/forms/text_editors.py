"""Editors of what is typed: one line, many lines, dates, numbers, periods."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
    QWidgetAction,
)

from ropa_app.i18n import _
from ropa_app.model.field import Field
from ropa_app.model.state import AsTyped, Value
from ropa_ui.forms.editor import Context, Editor, outline
from ropa_ui.forms.one_line import LONGEST
from ropa_ui.languages import locale
from ropa_ui.theme import font, px
from ropa_ui.widgets.buttons import icon_button

# px, of fields whose texts are short: as a rule, and at least where there is little room.
_LEAST = 150
_WIDTHS = {"date": 116, "number": 96, "phone": 190, "organisation_number": 190, "period": 260}


class LineEditor(Editor):
    """One line of text, read as its kind of field when it is left or Enter is pressed."""

    shows_as_typed = True

    def __init__(self, field: Field, context: Context, parent: QWidget) -> None:
        super().__init__(field, context, parent)
        self.line = QLineEdit(self)
        self.line.setMaxLength(LONGEST)
        self.setFocusProxy(self.line)
        if field.kind in _WIDTHS:
            wide = px(_WIDTHS[field.kind])
            self.line.setMaximumWidth(wide)
            self.line.setMinimumWidth(min(wide, px(_LEAST)))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.line, 1000 if field.kind in _WIDTHS else 0)
        if field.kind in _WIDTHS:
            layout.addStretch(1)
        self._loaded = ""
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self.flush)
        self.line.installEventFilter(self)

    def load(self, value: Value) -> None:
        self._loaded = "" if value is None else self._words(value)
        self.line.setText(self._loaded)
        self.line.setCursorPosition(0)
        self.line.setModified(False)

    def _words(self, value: Value) -> str:
        if isinstance(value, AsTyped):
            return value.text
        if self.field.is_text:
            return str(value)
        return self.context.words.value(self.field, value)

    def flush(self) -> None:
        if self.half_typed() or (self.line.isModified() and self._loaded != self.line.text()):
            self.line.setModified(False)
            self._loaded = self.line.text()
            self.committed.emit(self.context.read(self.field, self.line.text()))

    def half_typed(self) -> str:
        changed = self.line.isModified() and self.line.text() != self._loaded
        return self.line.text() if changed else ""

    def retype(self, text: str) -> None:
        self.line.setText(text)
        self.line.setModified(True)
        self.touched.emit()

    def _typed(self, _text: str) -> None:
        self.touched.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Escape takes back what is typed here before it leads out of the form.
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.line.isModified()
            and self.line.text() != self._loaded
        ):
            self.line.setText(self._loaded)
            self.line.setModified(False)
            self.touched.emit()
            return True
        return super().eventFilter(watched, event)

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)

    def set_mark(self, state: str) -> None:
        outline(self.line, state)


class DateEditor(LineEditor):
    """A date, typed as people write it or chosen from a calendar."""

    def __init__(self, field: Field, context: Context, parent: QWidget) -> None:
        super().__init__(field, context, parent)
        self._button = icon_button("calendar-blank", _("Choose a date"), self)
        self._button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Alt+Down opens it from the field
        self._button.clicked.connect(self._open)
        layout = self.layout()
        if isinstance(layout, QHBoxLayout):
            layout.insertWidget(1, self._button)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if isinstance(event, QKeyEvent) and pressed and _opens(event):
            self._open()
            return True
        return super().eventFilter(watched, event)

    def _open(self) -> None:
        if self.line.isReadOnly():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget(menu)
        calendar.setGridVisible(False)
        calendar.setLocale(locale())
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        chosen = self.context.read(self.field, self.line.text())
        if isinstance(chosen, str):
            year, month, day = (int(part) for part in chosen.split("-"))
            from PySide6.QtCore import QDate

            calendar.setSelectedDate(QDate(year, month, day))
        calendar.activated.connect(self._picked)
        calendar.clicked.connect(self._picked)
        calendar.activated.connect(menu.close)
        calendar.clicked.connect(menu.close)
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        menu.popup(self.line.mapToGlobal(QPoint(0, self.line.height())))
        calendar.setFocus()

    def _picked(self, day: object) -> None:
        iso = day.toString(Qt.DateFormat.ISODate)  # type: ignore[attr-defined]
        self.retype(iso)
        self.flush()
        self.load(self.context.read(self.field, iso))
        self.line.setFocus()


def _opens(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Down and bool(
        event.modifiers() & Qt.KeyboardModifier.AltModifier
    )


class _Text(QPlainTextEdit):
    """A text that grows with what is in it, between two and twelve lines; Tab leaves it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(3)
        self.setFont(font("body"))
        self.textChanged.connect(self.fit)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.fit()

    def fit(self) -> None:
        """Take the height of the lines shown."""
        shown = min(max(int(self.document().size().height()), 2), 12)
        height = shown * self.fontMetrics().lineSpacing() + 16
        if height != self.height():
            self.setFixedHeight(height)


class TextEditor(Editor):
    """Text of many lines, committed when the focus leaves it or with Ctrl+Enter."""

    def __init__(self, field: Field, context: Context, parent: QWidget) -> None:
        super().__init__(field, context, parent)
        self.text = _Text(self)
        self.setFocusProxy(self.text)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.text)
        self._loaded = ""
        self._loading = False
        self.text.textChanged.connect(self._changed)
        self.text.installEventFilter(self)

    def load(self, value: Value) -> None:
        self._loaded = "" if value is None else str(value)
        self._loading = True
        self.text.setPlainText(self._loaded)
        self.text.document().setModified(False)
        self._loading = False
        self.text.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            if event.reason() not in (
                Qt.FocusReason.PopupFocusReason,
                Qt.FocusReason.ActiveWindowFocusReason,
            ):
                self.flush()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and self.half_typed():
                self.load(self._loaded)
                self.touched.emit()
                return True
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.flush()
                return True
        return super().eventFilter(watched, event)

    def flush(self) -> None:
        typed = self.text.toPlainText()
        if self.text.document().isModified() and typed != self._loaded:
            self.text.document().setModified(False)
            self._loaded = typed
            self.committed.emit(self.context.read(self.field, typed))

    def half_typed(self) -> str:
        typed = self.text.toPlainText()
        return typed if self.text.document().isModified() and typed != self._loaded else ""

    def retype(self, text: str) -> None:
        self.text.setPlainText(text)
        self.text.document().setModified(True)
        self.touched.emit()

    def _changed(self) -> None:
        if not self._loading:
            self.touched.emit()

    def set_read_only(self, read_only: bool) -> None:
        self.text.setReadOnly(read_only)

    def set_mark(self, state: str) -> None:
        outline(self.text, state)
