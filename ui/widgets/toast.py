"""The notice at the foot of a page: what was done, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QEnterEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QWidget

from ropa_app.i18n import _
from ropa_ui.theme import colour, px, repaint_with_theme
from ropa_ui.widgets.buttons import Button
from ropa_ui.widgets.labels import ElidedLabel, IconLabel, Label

SHOWN_FOR: Final = 8000  # ms
_HEIGHT, _RADIUS, _OFF_FOOT = 46, 10, 16
_SHADOW, _DROP = 16, 6  # how far the shadow reaches, how far it falls


class _ToastButton(Button):
    """A button on the dark ground of the toast."""

    ring_role = "toast_accent"

    def __init__(self, text: str, kind: str = "text", icon: str | None = None) -> None:
        super().__init__(text, kind)
        self.setProperty("on_toast", True)
        if icon:
            self.set_icon(icon, "toast_quiet")


class _Key(Label):
    """A key cap: "Ctrl Z"."""

    def __init__(self) -> None:
        super().__init__("", "caption", "toast_quiet")
        self.setContentsMargins(7, 0, 7, 0)
        self.setFixedHeight(px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("toast_key"))
        painter.drawRoundedRect(QRectF(self.rect()), 3, 3)
        painter.end()
        super().paintEvent(event)


class Toast(QWidget):
    """Lies over the foot of its parent, one at a time; a new notice takes the place of the old.

    It goes after eight seconds, but never while the pointer or the keyboard is on it. Esc puts it
    away.
    """

    undo = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = parent
        self._act: Callable[[], None] | None = None
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_FOR)
        self._timer.timeout.connect(self.hide)
        self._make_parts()
        self._lay_out()
        self.hide()
        parent.installEventFilter(self)
        if isinstance(parent, QStackedWidget):
            # A page shown for the first time lies on top of everything.
            parent.currentChanged.connect(self.raise_)
        repaint_with_theme(self)

    def show_message(
        self, text: str, undo_text: str = "", key: str = "", icon: str = "check-circle-fill",
        act: Callable[[], None] | None = None,
    ) -> None:  # fmt: skip
        """Say what was done; with ``undo_text`` a button takes it back, ``key`` is its key.

        With ``act`` the button does that in place of undoing.
        """
        self._act = act
        self._icon.set_icon(icon, "toast_ok")
        self._undo.set_label(undo_text)
        self._undo.setVisible(bool(undo_text))
        self._key.setText(key.replace("+", " "))
        self._key.setVisible(bool(key and undo_text))
        self._present(text)
        self._timer.start()

    def text(self) -> str:
        """What is said now."""
        return self._words.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page:
            if event.type() == QEvent.Type.Resize and self.isVisible():
                self._place()
        elif event.type() == QEvent.Type.FocusIn:
            self._timer.stop()
        elif event.type() == QEvent.Type.FocusOut:
            self._count_again()
        return False

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._count_again()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        panel = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW - _DROP, -_SHADOW, -_SHADOW - _DROP)
        _paint_shadow(painter, panel)
        painter.setBrush(colour("toast"))
        painter.setPen(colour("toast_key"))  # an edge to be seen by where the page is dark too
        painter.drawRoundedRect(panel.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)

    def _make_parts(self) -> None:
        self._icon = IconLabel("check-circle-fill", "toast_ok")
        self._words = ElidedLabel("", "section", "toast_text")
        self._undo = _ToastButton("")
        self._key = _Key()
        self._close = _ToastButton("", "icon", "x")
        self._close.setAccessibleName(_("Close the notice"))
        self._close.setToolTip(_("Close the notice"))
        self._undo.clicked.connect(self._undone)
        self._close.clicked.connect(self.hide)
        for button in (self._undo, self._close):
            button.installEventFilter(self)

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(_SHADOW + 18, _SHADOW - _DROP, _SHADOW + 10, _SHADOW + _DROP)
        line.setSpacing(8)
        line.addWidget(self._icon)
        line.addWidget(self._words, 1)
        line.addSpacing(16)
        for part in (self._undo, self._key, self._close):
            line.addWidget(part)
        self.setFixedHeight(px(_HEIGHT) + 2 * _SHADOW)

    def _present(self, text: str) -> None:
        self._words.setText(text)
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _place(self) -> None:
        """In the middle of the foot, as wide as the text and never wider than the parent."""
        parent = self._page
        self.ensurePolished()
        if (layout := self.layout()) is not None:
            layout.activate()
        width = min(self.sizeHint().width(), parent.width())
        top = parent.height() - self.height() - _OFF_FOOT + _SHADOW
        self.setGeometry((parent.width() - width) // 2, top, width, self.height())

    def _count_again(self) -> None:
        focus = QApplication.focusWidget()
        held = focus is not None and self.isAncestorOf(focus)
        if self.isVisible() and not (self.underMouse() or held):
            self._timer.start()

    def _undone(self) -> None:
        act = self._act
        self.hide()
        self.undo.emit() if act is None else act()


def _paint_shadow(painter: QPainter, panel: QRectF) -> None:
    """A soft shadow: many faint layers, each a little larger, fallen a little down."""
    ink = QColor(colour("shadow"))
    ink.setAlphaF(ink.alphaF() / _SHADOW)
    painter.setBrush(ink)
    for reach in range(_SHADOW - _DROP):
        grown = panel.adjusted(-reach, -reach, reach, reach).translated(0, _DROP)
        painter.drawRoundedRect(grown, _RADIUS + reach, _RADIUS + reach)
