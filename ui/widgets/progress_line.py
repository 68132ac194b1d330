"""Thin bars that tell how far work has come; readers get them as progress bars with a value."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QStyle, QWidget

from ropa_app.i18n import _
from ropa_ui.theme import colour, repaint_with_theme

_FULL: Final = 1000
_TICK: Final = 40  # ms
_STEP: Final = 0.02  # of the width
_RUNNER: Final = 0.25  # of the width


class ThinBar(QProgressBar):
    """A bar without text: a share from 0 to 1, or busy when nobody knows how long it takes."""

    def __init__(
        self,
        height: int,
        ink: str = "accent",
        ground: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ink = ink
        self._ground = ground
        self._at = 0.0
        self._timer = QTimer(self, interval=_TICK)
        self._timer.timeout.connect(self._run)
        self.setTextVisible(False)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Progress"))
        self.set_fraction(0.0)
        repaint_with_theme(self)

    def set_fraction(self, fraction: float | None) -> None:
        """Show this share of the work as done; None is busy."""
        self.setRange(0, 0 if fraction is None else _FULL)
        if fraction is not None:
            self.setValue(round(min(max(fraction, 0.0), 1.0) * _FULL))
        self._start_or_stop()
        self.update()

    def is_busy(self) -> bool:
        """Whether nobody knows how long it takes."""
        return self.maximum() == 0

    def sizeHint(self) -> QSize:
        return QSize(160, self.maximumHeight())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.maximumHeight())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._start_or_stop()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = self.height() / 2 if self.height() > 2 else 0
        if self._ground:
            painter.setBrush(colour(self._ground))
            painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        painter.setBrush(colour(self._ink))
        painter.drawRoundedRect(self._filled(), radius, radius)

    def _filled(self) -> QRectF:
        start, end = 0.0, self.value() / _FULL
        if self.is_busy():
            start, end = max(self._at - _RUNNER, 0.0), min(self._at, 1.0)
            if not self._moves():
                start, end = 0.0, 1.0
        if self.isRightToLeft():
            start, end = 1 - end, 1 - start
        return QRectF(start * self.width(), 0, (end - start) * self.width(), self.height())

    def _moves(self) -> bool:
        """Whether the desktop lets things move."""
        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        return self.style().styleHint(hint, None, self) > 0

    def _start_or_stop(self) -> None:
        if self.is_busy() and self.isVisible() and self._moves():
            self._timer.start()
        else:
            self._timer.stop()

    def _run(self) -> None:
        self._at = (self._at + _STEP) % (1 + _RUNNER)
        self.update()


class ProgressLine(ThinBar):
    """The 2 px line under the toolbar; it keeps its place when it shows nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(2, "accent", "", parent)

    def set_busy(self) -> None:
        """Work goes on, and nobody knows how long."""
        self.set_fraction(None)

    def stop(self) -> None:
        """Nothing is going on."""
        self.set_fraction(0.0)
