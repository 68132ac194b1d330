"""The type of the application: which family, how large, how heavy.

Sizes are those of the look at 13 px body text, times what the desktop's own text size asks for,
never below 11 px. ``px`` scales what holds text in the same way.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import Final, NamedTuple

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QGuiApplication

from ropa_app.paths import resources


class Style(NamedTuple):
    """Size and line in px at the usual text size, weight as in CSS, tracking in px."""

    size: int
    line: int
    weight: int
    tracking: float = 0.0


STYLES: Final = {
    "figure": Style(28, 34, 600),
    "title": Style(22, 28, 600, -0.3),
    "pane": Style(17, 24, 600),
    "input": Style(17, 24, 400),
    "heading": Style(15, 22, 600),
    "section": Style(13, 20, 600),
    "body": Style(13, 20, 400),
    "name": Style(13, 20, 500),
    "small": Style(12, 18, 400),
    "column": Style(12, 18, 500),
    "answer": Style(12, 18, 600),
    "caption": Style(11, 16, 400),
}
BODY: Final = 13
LEAST: Final = 11
TABULAR: Final = ("tnum", 1)

# The desktop's own font is taken where it was drawn for screens; then these, then our own.
_DESKTOP: Final = ("Inter", "Cantarell", "Noto Sans", "Ubuntu", "Adwaita Sans")
_NEXT: Final = ("Inter", "Noto Sans")
_OWN: Final = "Open Sans"
_OWN_FILES: Final = ("OpenSans-Regular.ttf", "OpenSans-SemiBold.ttf")


class _Scale:
    """How many times larger than in the look texts are drawn, and whether in our own family."""

    factor = 1.0
    own = False


def font(style: str, *, tabular: bool = False) -> QFont:
    """The font of a style of the look; ``tabular`` for numbers that stand under each other.

    Raises KeyError for an unknown style.
    """
    return QFont(_font(style, tabular, _Scale.factor))


def line_height(style: str) -> int:
    """Height of a line of this style in px, at the size in use."""
    return round(STYLES[style].line * _enlarged(STYLES[style].size) / STYLES[style].size)


def px(length: float) -> int:
    """A length of the look in px, grown with the text size; for what holds text."""
    return round(length * _Scale.factor)


def use_scale(factor: float) -> None:
    """Draw texts at this multiple of the look's sizes, between 0.85 and 3."""
    _Scale.factor = min(max(factor, LEAST / BODY), 3.0)


def take_system_size() -> None:
    """Take the text size from the desktop; call once, before fonts of our own are set."""
    if QGuiApplication.platformName() not in ("offscreen", "minimal"):  # those have no desktop
        use_scale(QFontInfo(QGuiApplication.font()).pixelSize() / BODY)


def use_own_family() -> None:
    """Set texts in our own family whatever the machine has, for pictures that must look alike."""
    _Scale.own = True
    family.cache_clear()
    _font.cache_clear()


@lru_cache(maxsize=1)
def family() -> str:
    """The family every text is set in; needs a QGuiApplication."""
    if _Scale.own:
        return _own_family()
    general = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    if sys.platform == "darwin":
        return general
    there = set(QFontDatabase.families())
    if sys.platform == "win32":
        wanted = ["Segoe UI Variable Text", "Segoe UI"]
    else:
        wanted = [general] if general in _DESKTOP else []
        wanted += _NEXT
    return next((name for name in wanted if name in there), None) or _own_family()


def _own_family() -> str:
    """Open Sans out of our own resources, so that screens look alike where nothing better is."""
    for name in _OWN_FILES:
        data = resources("fonts", name).read_bytes()
        if QFontDatabase.addApplicationFontFromData(QByteArray(data)) < 0:
            raise RuntimeError(name)
    return _OWN


def _enlarged(size: int) -> int:
    return max(round(size * _Scale.factor), LEAST)


@lru_cache(maxsize=64)
def _font(style: str, tabular: bool, factor: float) -> QFont:
    size, _, weight, tracking = STYLES[style]
    made = QFont(family())
    made.setPixelSize(_enlarged(size))
    made.setWeight(QFont.Weight(_weight(weight)))
    if tracking:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, tracking * factor)
    if tabular:
        made.setFeature(QFont.Tag(TABULAR[0]), TABULAR[1])
    return made


def _weight(weight: int) -> int:
    """Our own family has no medium cut: names are set semibold rather than lost in the text."""
    return 600 if weight == 500 and family() == _OWN else weight
