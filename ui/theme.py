"""The theme in use: its colours by role, and the signal when another is chosen.

Nothing else in the application names a colour; it asks ``colour("text2")``. ``theme.changed`` tells
painted widgets to paint again; widgets dressed by the palette or the style sheet follow by
themselves.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from ropa_ui import style
from ropa_ui.colours import CHOICES, ROLES, STATUSES, THEMES
from ropa_ui.fonts import font, line_height, px, take_system_size, use_scale

__all__ = [
    "CHOICES",
    "ROLES",
    "STATUSES",
    "THEMES",
    "apply",
    "colour",
    "font",
    "is_dark",
    "line_height",
    "px",
    "repaint_with_theme",
    "set_scale",
    "set_theme",
    "theme",
    "theme_choice",
    "theme_name",
]


class Theme(QObject):
    """Tells when colours or sizes are other than before; paint again then."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choice = "light"
        self.name = "light"
        self.colours = _colours("light")
        self.app: QApplication | None = None

    def wear(self, name: str) -> None:
        """Use the table of this name from now on."""
        self.name = name
        self.colours = _colours(name)
        self.dress()

    def dress(self) -> None:
        """Give the application palette, font and style sheet anew, and tell everybody."""
        if self.app is not None:
            self.app.setFont(font("body"))
            self.app.setPalette(style.palette(colour))
            self.app.setStyleSheet(style.style_sheet(colour, px, self.name))
        self.changed.emit()

    def follow_system(self) -> None:
        """The desktop went light or dark: go along if that was asked for."""
        if self.choice == "system" and (wanted := _system_theme()) != self.name:
            self.wear(wanted)


def _colours(name: str) -> dict[str, QColor]:
    return {role: QColor(value) for role, value in THEMES[name].items()}


theme: Final = Theme()


def colour(role: str) -> QColor:
    """The colour of a role in the theme in use; a copy, the caller may change it.

    Raises KeyError for a role that look and tables do not know.
    """
    return QColor(theme.colours[role])


def theme_name() -> str:
    """The theme in use: a key of THEMES, never "system"."""
    return theme.name


def theme_choice() -> str:
    """What was chosen: one of CHOICES, "system" included."""
    return theme.choice


def is_dark() -> bool:
    """Whether the theme in use has light text on a dark ground."""
    return theme.colours["paper"].lightness() < 128


def set_theme(name: str) -> None:
    """Use a theme from CHOICES; "system" follows the desktop. Everything paints itself again.

    Raises ValueError for any other name.
    """
    if name not in CHOICES:
        raise ValueError(name)
    theme.choice = name
    if theme.app is not None:
        _tell_platform(name)
    theme.wear(_system_theme() if name == "system" else name)


def set_scale(factor: float) -> None:
    """Draw texts and what holds them at this multiple of the sizes of the look (1.0 = 13 px)."""
    before = px(1000)
    use_scale(factor)
    if px(1000) != before:
        theme.dress()


def apply(app: QApplication) -> None:
    """Dress the application: Fusion, palette, font and style sheet of the theme in use."""
    first = theme.app is not app
    theme.app = app
    if first:
        take_system_size()
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(theme.follow_system)
    _tell_platform(theme.choice)
    theme.wear(_system_theme() if theme.choice == "system" else theme.name)


def repaint_with_theme(widget: QWidget) -> None:
    """Have a painted widget paint itself again whenever the theme changes."""
    theme.changed.connect(widget.update)


def _tell_platform(choice: str) -> None:
    """Frames and native dialogs take the same side as we do."""
    schemes = {"system": Qt.ColorScheme.Unknown}
    dark = Qt.ColorScheme.Dark if choice.endswith("dark") else Qt.ColorScheme.Light
    QGuiApplication.styleHints().setColorScheme(schemes.get(choice, dark))


def _system_theme() -> str:
    """The theme nearest to what the desktop asks for; light where it does not say."""
    if QGuiApplication.instance() is None:
        return "light"
    hints = QGuiApplication.styleHints()
    side = "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"
    return f"contrast-{side}" if _wants_contrast() else side


def _wants_contrast() -> bool:
    """Whether the desktop asks for high contrast; Qt tells from 6.10 on."""
    hints = QGuiApplication.styleHints()
    if not hasattr(hints, "accessibility"):
        return False
    return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
