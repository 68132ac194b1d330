"""The text size the user chose, on top of what the desktop asks for."""

from __future__ import annotations

from typing import Final

from ropa_ui import fonts, settings, theme

#: What can be chosen, in per cent.
SIZES: Final = (100, 110, 125, 150, 175, 200)
_KEY: Final = "text_size"


class _Desktop:
    """The size the desktop asks for, as it was before anybody chose another."""

    factor = 0.0


def chosen() -> int:
    """The size chosen, in per cent of the desktop's."""
    text = settings.text(_KEY, "100")
    return int(text) if text.isdecimal() and int(text) in SIZES else SIZES[0]


def choose(percent: int) -> None:
    """Use this size from now on; what is open is drawn anew, what is laid out is made anew."""
    settings.keep(_KEY, str(percent))
    wear()


def wear() -> None:
    """Draw at the size chosen; call once the theme is applied."""
    if not _Desktop.factor:
        _Desktop.factor = fonts.px(1000) / 1000
    theme.set_scale(_Desktop.factor * chosen() / 100)
