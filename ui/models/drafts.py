"""What is half typed, kept outside the register until it is saved, and offered after a crash.

One private file per register in the folder for the program's state; written at most once a
second, gone when nothing is half typed.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from ropa_app.paths import state_folder

EVERY = 1000  # milliseconds


@dataclass(frozen=True, slots=True)
class Draft:
    """Text half typed in a field of a record; `seen` is the field's value in words at the time."""

    record: str
    field: str
    text: str
    seen: str


class Drafts(QObject):
    """The drafts of one register."""

    def __init__(self, register: Path, parent: QObject) -> None:
        super().__init__(parent)
        name = sha256(str(register.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:24]
        self._path = state_folder() / "drafts" / f"{name}.json"
        self._drafts = {(d.record, d.field): d for d in self._read()}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.write)

    def _read(self) -> list[Draft]:
        try:
            data = json.loads(self._path.read_text(encoding="utf-8"))
            return [Draft(**item) for item in data]
        except (OSError, ValueError, TypeError):
            return []

    def all(self) -> list[Draft]:
        """Every draft there is."""
        return list(self._drafts.values())

    def note(self, record: str, field: str, text: str, seen: str) -> None:
        """Keep what is half typed in a field; empty text when it is saved or taken back."""
        if text:
            self._drafts[record, field] = Draft(record, field, text, seen)
        elif self._drafts.pop((record, field), None) is None:
            return
        if not self._drafts:
            self.write()
        elif not self._timer.isActive():
            self._timer.start()

    def discard(self) -> None:
        """Forget them all."""
        self._drafts.clear()
        self.write()

    def write(self) -> None:
        """Write now; a folder that cannot be written to costs the drafts, never the work."""
        self._timer.stop()
        with contextlib.suppress(OSError):
            if not self._drafts:
                self._path.unlink(missing_ok=True)
                return
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            text = json.dumps([asdict(draft) for draft in self._drafts.values()])
            beside = self._path.with_suffix(".new")
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
            with os.fdopen(os.open(beside, flags, 0o600), "w", encoding="utf-8") as file:
                file.write(text)
            beside.replace(self._path)
