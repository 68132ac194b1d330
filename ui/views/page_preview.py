"""The first page of a PDF as it will be."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ropa_app.i18n import _
from ropa_ui.theme import colour, px, repaint_with_theme

_MARGIN = 16
_WIDEST = 720  # px: wide enough to read every line


class PagePreview(QWidget):
    """The page, as large as there is room for, on the ground of the window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = QPixmap()
        self.setMinimumHeight(px(260))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("Preview of the first page"))
        repaint_with_theme(self)

    def show_page(self, data: bytes, words: str) -> None:
        """Show a page given as PNG; `words` say of it what people hear who do not see it."""
        self._page = QPixmap()
        self._page.loadFromData(data)
        self.setAccessibleDescription(words)
        self._fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as the page is at this width; what holds it scrolls."""
        self.setMinimumHeight(self._height(self.width()))

    def _height(self, width: int) -> int:
        if self._page.isNull():
            return px(260)
        wide = min(width - 2 * _MARGIN, px(_WIDEST))
        return 2 * _MARGIN + round(wide * self._page.height() / self._page.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("window"))
        if self._page.isNull():
            return
        room = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        room.setWidth(min(room.width(), px(_WIDEST)))
        size = self._page.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left = (self.width() - size.width()) // 2
        area = QRect(left, room.top(), size.width(), size.height())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(area, self._page)
        painter.setPen(QPen(colour("edge"), 1))
        painter.drawRect(area.adjusted(0, 0, -1, -1))
