"""Names and places of the files the window makes; an existing file is never in the way."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices

_SPELT: Final[dict[str, str | int | None]] = {"ø": "o", "æ": "ae", "ß": "ss"}
_LONGEST = 60  # characters of a name: long enough to tell, short enough for every folder


def documents() -> Path:
    """The user's folder for documents; the home folder where there is none."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(place) if place else Path.home()
    return folder if folder.is_dir() else Path.home()


def stem_of(text: str, otherwise: str) -> str:
    """A text as the stem of a file name: plain letters, digits and hyphens, lower case."""
    plain = text.casefold().translate(str.maketrans(_SPELT))
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode("ascii")
    plain = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-")
    return plain or otherwise


def free_path(folder: Path, stem: str, suffix: str) -> Path:
    """The path of that name in the folder, with a number where one is there already."""
    path = folder / f"{stem}{suffix}"
    number = 2
    while path.exists():
        path = folder / f"{stem}-{number}{suffix}"
        number += 1
    return path


def short(path: Path) -> str:
    """A path as people say it: the home folder is ~."""
    try:
        within = path.relative_to(Path.home())
    except ValueError:
        return str(path)
    return str(Path("~", within)) if within.parts else str(path)


def show(path: Path) -> None:
    """Open a file or folder with what the desktop opens it with."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
