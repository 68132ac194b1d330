"""A finding beside what it concerns: a sentence, its article, and the button that mends it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ropa_app.i18n import _
from ropa_ui.looks import SEVERITIES, SEVERITY_WORDS
from ropa_ui.theme import px, repaint_with_theme
from ropa_ui.widgets.buttons import Button, remedy_button
from ropa_ui.widgets.ground import paint_ground
from ropa_ui.widgets.labels import IconLabel
from ropa_ui.widgets.running_text import RunningText


class FindingBar(QWidget):
    """34 px on the soft ground of its severity ("error", "warning", "info"), more if it wraps."""

    remedied = Signal()

    def __init__(
        self,
        severity: str,
        sentence: str,
        article: str = "",
        remedy_text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = SEVERITIES[severity]
        self._words = RunningText([(sentence, "text"), (article, "text2")])
        self.button: Button | None = remedy_button(remedy_text) if remedy_text else None
        self._name(severity, sentence, article)
        self._lay_out()
        repaint_with_theme(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, self.rect(), self._look.soft, 6)

    def _name(self, severity: str, sentence: str, article: str) -> None:
        """Readers hear severity, sentence and article, and again as they come to the remedy."""
        parts = [f"{_(SEVERITY_WORDS[severity])}: {sentence}", article]
        said = " ".join(part for part in parts if part)
        self.setAccessibleName(said)
        if self.button is not None:
            self.button.setAccessibleDescription(said)

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 4, 5, 4)
        line.setSpacing(10)
        line.addWidget(IconLabel(self._look.icon, self._look.role, 15))
        line.addWidget(self._words, 1)
        if self.button is not None:
            self.button.clicked.connect(self.remedied)
            line.addWidget(self.button)
        self.setMinimumHeight(px(34))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
