"""The four kinds of button. Texts are shown as they stand: "&" is no shortcut mark."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ropa_ui.icons import icon as make_icon
from ropa_ui.theme import font, px, theme
from ropa_ui.widgets.focus_ring import Ringed
from ropa_ui.widgets.labels import plain_tooltip

_FONTS = {"primary": "section", "plain": "body", "text": "name", "icon": "body"}
_INK = {"primary": "on", "plain": "text2", "text": "accent", "icon": "text2"}


class Button(Ringed, QPushButton):
    """A push button of a kind of the look ("primary", "plain", "text", "icon").

    Enter presses it as Space does, in a page as in a dialog.
    """

    def __init__(
        self,
        text: str,
        kind: str = "plain",
        icon: str | None = None,
        parent: QWidget | None = None,
        *,
        small: bool = False,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._small = small
        self.setProperty("kind", kind)
        self.setProperty("small", small)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.set_label(text)
        if icon:
            self.set_icon(icon)
        self._dress()
        theme.changed.connect(self._dress)

    def set_label(self, text: str) -> None:
        """Show this text; it is the accessible name too."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)

    def set_icon(self, name: str, role: str | None = None) -> None:
        """Show an icon before the text, in the button's own ink or another role."""
        self.setIcon(make_icon(name, role or _INK[self._kind]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def _dress(self) -> None:
        self.setFont(font("small" if self._small else _FONTS[self._kind]))
        # Qt leaves 4 px between icon and text; a wider place for the icon makes it 7.
        beside = 0 if self._kind == "icon" else px(6)
        self.setIconSize(QSize(px(16) + beside, px(16)))


def primary_button(text: str, parent: QWidget | None = None) -> Button:
    """The one button of a screen that does what the screen is for."""
    return Button(text, "primary", parent=parent)


def plain_button(text: str, icon: str | None = None, parent: QWidget | None = None) -> Button:
    """An outlined button, 30 px."""
    return Button(text, "plain", icon, parent)


def remedy_button(text: str, parent: QWidget | None = None) -> Button:
    """The outlined button that puts a finding right, 26 px."""
    return Button(text, "plain", parent=parent, small=True)


def text_button(text: str, icon: str | None = None, parent: QWidget | None = None) -> Button:
    """A button without outline in the accent colour: "＋ Add …" with the icon "plus"."""
    return Button(text, "text", icon, parent)


def icon_button(icon: str, tooltip: str, parent: QWidget | None = None) -> Button:
    """A button of an icon alone, 28 px; what it does is its tooltip and its accessible name."""
    made = Button("", "icon", icon, parent)
    made.setToolTip(plain_tooltip(tooltip))
    made.setAccessibleName(tooltip)
    return made
