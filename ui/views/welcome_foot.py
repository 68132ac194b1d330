"""The foot of the welcome page: language, theme, age of the law data."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QWidget

from ropa_app.i18n import N_, _, current_language
from ropa_ui import icons, theme
from ropa_ui.languages import OWN_NAMES
from ropa_ui.theme import colour, font, px
from ropa_ui.widgets.focus_ring import Ringed
from ropa_ui.widgets.hairline import Hairline
from ropa_ui.widgets.labels import ElidedLabel, IconLabel

#: What the themes are called, in the order they are offered.
THEME_WORDS: Final = {
    "system": N_("Follow the system"),
    "light": N_("Light"),
    "dark": N_("Dark"),
    "contrast-light": N_("High contrast, light"),
    "contrast-dark": N_("High contrast, dark"),
}


class _Word(Ringed, QAbstractButton):
    """A quiet button: a word, with an icon perhaps; the one in use in the ink of names."""

    ring_radius = 5

    def __init__(self, text: str, parent: QWidget, *, chosen: bool = False) -> None:
        super().__init__(parent)
        self._chosen, self._icon = chosen, ""
        self.setText(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.theme.changed.connect(self.update)

    def set_icon(self, name: str) -> None:
        """Show an icon before the word."""
        self._icon = name
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        wide = QFontMetrics(self._font()).horizontalAdvance(self.text()) + px(13)
        return QSize(wide + (px(24) if self._icon else 0), px(28))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space press it; the arrows belong to the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        left = px(6)
        if self._icon:
            size = px(16)
            spot = QRect(left, (self.height() - size) // 2, size, size)
            icons.paint(painter, spot, self._icon, "text2")
            left += px(24)
        painter.setFont(self._font())
        painter.setPen(colour("text" if self._chosen or self.underMouse() else "text2"))
        area = self.rect().adjusted(left, 0, 0, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self.text())

    def _font(self) -> QFont:
        return font("section" if self._chosen else "body")


class WelcomeFoot(QWidget):
    """Tells which language or theme is asked for."""

    language_asked = Signal(str)
    theme_asked = Signal(str)

    def __init__(self, law: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.languages = {key: self._language(key) for key in OWN_NAMES}
        self.themes = _Word("", self)
        self._menu = QMenu(self)
        for key, text in THEME_WORDS.items():
            action = QAction(_(text), self._menu)
            action.triggered.connect(partial(self.theme_asked.emit, key))
            self._menu.addAction(action)
        self.themes.clicked.connect(self._show_themes)
        self._lay_out(law)
        self.say_theme()

    def say_theme(self) -> None:
        """Show which theme is chosen."""
        name = _(THEME_WORDS[theme.theme_choice()])
        self.themes.setText(name)
        self.themes.setAccessibleName(_("Theme: {name}").format(name=name))
        self.themes.set_icon("moon" if theme.is_dark() else "sun")

    def first(self) -> QWidget:
        """Where the arrows come to from above."""
        return next(iter(self.languages.values()))

    def go(self, focus: QWidget | None, across: int, down: int, above: QWidget) -> bool:
        """Go on from one of the buttons here; False if none has the focus."""
        row: list[QWidget] = [*self.languages.values(), self.themes]
        if focus not in row:
            return False
        if down < 0:
            above.setFocus(Qt.FocusReason.OtherFocusReason)
        elif across:
            at = (row.index(focus) + across) % len(row)
            row[at].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _language(self, key: str) -> _Word:
        chosen = key == current_language()
        made = _Word(OWN_NAMES[key], self, chosen=chosen)
        made.setAccessibleDescription(_("The language in use") if chosen else "")
        made.clicked.connect(partial(self.language_asked.emit, key))
        return made

    def _lay_out(self, law: str) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(36, 0, 36, 0)
        line.setSpacing(8)
        line.addWidget(IconLabel("translate", "text2", 16, self))
        for number, button in enumerate(self.languages.values()):
            if number:
                mark = Hairline(self, vertical=True)
                mark.setFixedHeight(px(14))
                line.addWidget(mark)
            line.addWidget(button)
        line.addSpacing(16)
        line.addWidget(self.themes)
        line.addStretch(1)
        line.addWidget(ElidedLabel(law, "small", "text2"))
        self.setFixedHeight(px(52))

    def _show_themes(self) -> None:
        corner = self.themes.mapToGlobal(self.themes.rect().topLeft())
        self._menu.popup(corner - QPoint(0, self._menu.sizeHint().height()))
