"""What is half typed, kept outside the register until it is saved, and offered after a crash.

One private file per register in the folder for the program's state; written at most once a
second, gone when nothing is half typed.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ropa_app.errors import UserError
from ropa_app.model.state import AsTyped, Cell, Value, encode
from ropa_app.paths import state_folder
from ropa_app.register.file import friendly

if TYPE_CHECKING:
    from ropa_ui.models.session import Session

EVERY = 1000  # milliseconds


@dataclass(frozen=True, slots=True)
class Draft:
    """Text half typed in a field of a record; `seen` is the field's value in words at the time.

    `finished`: the typing was done, and `cell` holds the value as the register would have stored
    it, lists included; only saving it was not possible. `displaced`: the file it was typed in was
    replaced or went away, and another was gone on with. `place`: line and column it was typed in,
    as a path, in a field of lines. `kind`: what the text was to begin a record of, where there was
    none yet.
    """

    record: str
    field: str
    text: str
    seen: str
    finished: bool = False
    cell: Cell = None
    displaced: bool = False
    place: str = ""
    kind: str = ""


def _place(register: Path) -> Path:
    """Where the drafts of a register file lie."""
    name = sha256(str(register.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:24]
    return state_folder() / "drafts" / f"{name}.json"


def _in_words(session: Session, record: str, field: str, value: Value) -> str:
    """A value in words; as it stands while the names it links to cannot be read."""
    known = session.view.records[record].kind
    if isinstance(value, AsTyped):
        return value.text
    if value is None or (isinstance(value, str) and known.field(field).is_text):
        return value or ""
    try:
        with friendly(session.path):
            return session.words.value(known.field(field), value)
    except UserError:
        return str(encode(value))


class Drafts(QObject):
    """The drafts of one register."""

    def __init__(self, register: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._path = _place(register)
        self._session: Session | None = None
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

    def note(
        self, record: str, field: str, text: str, seen: str, place: str = "", kind: str = ""
    ) -> None:
        """Keep what is half typed in a field; empty text when it is saved or taken back."""
        kept = self._kept(record, field) if not text else None
        draft = Draft(record, field, text, seen, place=place, kind=kind) if text else kept
        if draft is not None:
            self._drafts[record, field] = draft
        elif self._drafts.pop((record, field), None) is None:
            return
        if not self._drafts:
            self.write()
        elif not self._timer.isActive():
            self._timer.start()

    def follow(self, session: Session) -> None:
        """Keep what the register could not take, until it has."""
        self._session = session
        session.unsaved.changed.connect(self._follow)

    def _follow(self, record: str, field: str) -> None:
        self.note(record, field, "", "")

    def _kept(self, record: str, field: str) -> Draft | None:
        """The draft of what is finished in a field and could not be saved."""
        session = self._session
        kept = session.unsaved.of(record, field) if session else None
        if session is None or kept is None:
            return None
        text = _in_words(session, record, field, kept.edit.new)
        seen = _in_words(session, record, field, kept.edit.seen)
        return Draft(record, field, text, seen, True, encode(kept.edit.new))

    def hand_over(self, register: Path) -> None:
        """Write them for the register file that takes the place of this one."""
        self._path = _place(register)
        moved = [replace(draft, displaced=True) for draft in self.all()]
        self._drafts = {(draft.record, draft.field): draft for draft in moved}
        self.write()

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
