"""Two values of one field with where each comes from; one of them is to stand."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from ropa_app.i18n import _
from ropa_ui.theme import colour, repaint_with_theme
from ropa_ui.widgets.labels import Label

_LONGEST = 900


class _Option(QWidget):
    """A value to choose: its origin beside the button, the value itself below."""

    def __init__(self, origin: str, value: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.button = QRadioButton(origin.replace("&", "&&"), self)
        shown = value if len(value) <= _LONGEST else f"{value[:_LONGEST]} …"
        self.button.setAccessibleName(origin)
        self.button.setAccessibleDescription(value or _("empty"))
        self.button.toggled.connect(self.update)
        style, role = ("name", "text") if value else ("body", "text3")
        words = Label(shown or _("empty"), style, role, self, wrap=True)
        words.setContentsMargins(28, 0, 4, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 12, 10)
        column.setSpacing(2)
        column.addWidget(self.button)
        column.addWidget(words)
        repaint_with_theme(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.button.setChecked(True)
        self.button.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.button.isChecked()
        painter.setPen(QPen(colour("accent" if chosen else "edge"), 1))
        painter.setBrush(colour("asoft" if chosen else "paper"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


class TwoValues(QWidget):
    """Options (origin, value), each as words; `decided` tells that one was chosen."""

    decided = Signal()

    def __init__(
        self, options: list[tuple[str, str]], parent: QWidget, beside: bool = False
    ) -> None:
        """`beside`: one beside the other, not below it."""
        super().__init__(parent)
        self._options = [_Option(origin, value, self) for origin, value in options]
        column = QHBoxLayout(self) if beside else QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for option in self._options:
            column.addWidget(option, 1 if beside else 0)
            option.button.clicked.connect(self.decided)
            option.button.toggled.connect(self._untick)
        self.setFocusProxy(self._options[0].button)

    def chosen(self) -> int | None:
        """Which option was chosen, from 0; None while none is."""
        for number, option in enumerate(self._options):
            if option.button.isChecked():
                return number
        return None

    def choose(self, number: int) -> None:
        """Choose an option."""
        self._options[number].button.setChecked(True)
        self.decided.emit()

    def _untick(self, on: bool) -> None:
        """Each button has its own parent, so Qt does not keep them exclusive."""
        if on:
            for option in self._options:
                if option.button is not self.sender():
                    option.button.setAutoExclusive(False)
                    option.button.setChecked(False)
                    option.button.setAutoExclusive(True)
            self.decided.emit()
