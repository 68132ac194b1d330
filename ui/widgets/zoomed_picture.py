"""A picture that can be drawn larger and smaller: by keys, by the wheel and from its menu."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from ropa_app.i18n import _
from ropa_ui.icons import icon
from ropa_ui.widgets.picture_view import PictureView

LEAST_ZOOM, MOST_ZOOM = 0.5, 2.5
_STEP = 1.25


class ZoomedPicture(PictureView):
    """`zoomed` tells that it needs another size.

    Ctrl and the wheel, Ctrl++ and Ctrl+- zoom, Ctrl+0 goes back.
    """

    zoomed = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._zoom = 1.0
        larger = QAction(icon("plus"), _("Larger"), self)
        larger.triggered.connect(self.larger)
        smaller = QAction(icon("minus"), _("Smaller"), self)
        smaller.triggered.connect(self.smaller)
        self.addActions([larger, smaller])

    @property
    def zoom(self) -> float:
        """How many times larger than usual it is drawn."""
        return self._zoom

    def set_zoom(self, factor: float) -> None:
        """Draw it so many times larger than usual, within bounds."""
        factor = min(max(factor, LEAST_ZOOM), MOST_ZOOM)
        if factor != self._zoom:
            self._zoom = factor
            self.zoomed.emit()

    def larger(self) -> None:
        """One step larger."""
        self.set_zoom(self._zoom * _STEP)

    def smaller(self) -> None:
        """One step smaller."""
        self.set_zoom(self._zoom / _STEP)

    def usual_size(self) -> None:
        """As large as texts are elsewhere."""
        self.set_zoom(1.0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = event.angleDelta().y() / 120
            self.set_zoom(self._zoom * _STEP**steps)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {
            Qt.Key.Key_Plus: self.larger,
            Qt.Key.Key_Equal: self.larger,
            Qt.Key.Key_Minus: self.smaller,
            Qt.Key.Key_0: self.usual_size,
        }
        done = keys.get(Qt.Key(event.key()))
        if done and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            done()
        else:
            super().keyPressEvent(event)
