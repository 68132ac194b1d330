"""What the window remembers between runs: language, theme, sizes, recent files. Losable."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

from ropa_app.paths import state_folder

_RECENT = 10


def store() -> QSettings:
    """The settings file; main thread only."""
    return _opened(str(state_folder() / "window.ini"))


@lru_cache(maxsize=1)
def _opened(path: str) -> QSettings:
    return QSettings(path, QSettings.Format.IniFormat)


def text(key: str, default: str = "") -> str:
    """A setting that is a text."""
    value = store().value(key, default)
    return value if isinstance(value, str) else default


def mapping(key: str) -> dict[str, Any]:
    """A setting that is an object of JSON; empty if there is none or it cannot be read."""
    try:
        found = json.loads(text(key, "{}"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def keep(key: str, value: str | QByteArray) -> None:
    """Remember a setting; the file is written only if it is another than before."""
    if store().value(key) != value:
        store().setValue(key, value)
        store().sync()


def state(key: str) -> QByteArray:
    """A state that a widget saved; empty if there is none."""
    value = store().value(key)
    return value if isinstance(value, QByteArray) else QByteArray()


def recent() -> list[Path]:
    """The registers opened last that are still there, the newest first."""
    value = store().value("recent", [])
    names = value if isinstance(value, list) else [value]
    return [Path(name) for name in names if isinstance(name, str) and Path(name).is_file()]


def remember(path: Path) -> None:
    """Put a register first among the recent ones."""
    name = str(path.resolve())
    names = [name, *(str(each) for each in recent() if str(each) != name)]
    store().setValue("recent", names[:_RECENT])
    store().sync()
