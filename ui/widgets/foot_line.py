"""A line at the foot of the navigation: an icon and what it says, or the icon alone."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ropa_ui import icons
from ropa_ui.theme import colour, font, px, repaint_with_theme
from ropa_ui.widgets.focus_ring import Ringed
from ropa_ui.widgets.labels import plain_tooltip
from ropa_ui.widgets.mirroring import mirrored

_HEIGHT, _ICON, _INDENT = 20, 14, 20


class FootLine(Ringed, QAbstractButton):
    """Says something about the register; `clicked` where there is more to it.

    Where only the icon stands, its words are in the tooltip and spoken all the same.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon, self._role = "check", "text3"
        self._narrow = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.set_leads_on(False)
        repaint_with_theme(self)

    def say(self, icon: str, role: str, words: str) -> None:
        """Show these words behind an icon, both in a role."""
        self._icon, self._role = icon, role
        self.setText(words)
        self.setAccessibleName(words)
        self._hint()
        self.update()

    def set_leads_on(self, leads: bool, where: str = "") -> None:
        """Let it be pressed; `where` says what that does."""
        self._leads = leads
        policy = Qt.FocusPolicy.StrongFocus if leads else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)
        self.setAccessibleDescription(where)

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon alone, or the words beside it."""
        self._narrow = narrow
        self._hint()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(_ICON), px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, place: QPoint) -> bool:
        return self._leads and super().hitButton(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        size = px(_ICON)
        left = (self.width() - size) // 2 if self._narrow else 0
        spot = QRect(left, (self.height() - size) // 2, size, size)
        icons.paint(painter, mirrored(painter, spot, self.rect()), self._icon, self._role)
        if self._narrow:
            return
        painter.setFont(font("caption"))
        painter.setPen(colour(self._role))
        place = mirrored(painter, self.rect().adjusted(px(_INDENT), 0, 0, 0), self.rect())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(place, int(flags | Qt.TextFlag.TextSingleLine), self._shown(place.width()))

    def _shown(self, room: int) -> str:
        metrics = QFontMetrics(font("caption"))
        return metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def _hint(self) -> None:
        """Say in the tooltip what stands in sight only in part."""
        cut = self._narrow or self._shown(self.width() - px(_INDENT)) != self.text()
        self.setToolTip(plain_tooltip(self.text()) if cut else "")
