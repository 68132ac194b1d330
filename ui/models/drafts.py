"""What is half typed, kept outside the register until it is saved, and offered after a crash.

One private file per window in the folder for the program's state; written at most once a second,
gone when nothing is half typed. What windows left that are gone is taken over and offered.
"""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ropa_app.errors import UserError
from ropa_app.model.state import AsTyped, Value, encode
from ropa_app.register.file import friendly
from ropa_ui.models.draft_files import Draft, DraftFile, left_files

if TYPE_CHECKING:
    from ropa_ui.models.session import Session

EVERY = 1000  # milliseconds


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
    """The drafts of one window: those typed in it, and those of windows gone that it offers."""

    def __init__(self, register: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._register = register
        self._file = DraftFile(register)
        self._session: Session | None = None
        self._typed: dict[tuple[str, str], Draft] = {}
        self._offered: list[Draft] = []
        self._displaced = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.write)

    def all(self) -> list[Draft]:
        """Every draft there is."""
        return [*self._offered, *self._typed.values()]

    def offered(self) -> list[Draft]:
        """What windows left that are gone."""
        return list(self._offered)

    def gather(self) -> None:
        """Take over what windows of this register left that are gone; to be settled one by one.

        Their files go only once all of it lies in the file of this window.
        """
        for left in left_files(self._register, self._file):
            drafts = left.read()
            new = [draft for draft in drafts or () if draft not in self._offered]
            self._offered += new
            left.release(drafts is not None and (not new or self.write()))

    def settle(self, draft: Draft) -> None:
        """A draft that was offered has been put back or is not wanted."""
        self._offered.remove(draft)
        self.write()

    def note(
        self, record: str, field: str, text: str, seen: str, place: str = "", kind: str = ""
    ) -> None:
        """Keep what is half typed in a field; empty text when it is saved or taken back."""
        kept = self._kept(record, field) if not text else None
        draft = Draft(record, field, text, seen, place=place, kind=kind) if text else kept
        if draft is not None:
            self._typed[record, field] = replace(draft, displaced=self._displaced)
        elif self._typed.pop((record, field), None) is None:
            return
        if not self.all():
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
        before, self._register, self._file = self._file, register, DraftFile(register)
        self._displaced = True
        typed = self._typed.items()
        self._typed = {key: replace(draft, displaced=True) for key, draft in typed}
        self._offered = [replace(draft, displaced=True) for draft in self._offered]
        if self.write():
            with contextlib.suppress(OSError):
                before.write(())
        before.leave()

    def write(self) -> bool:
        """Write now; a folder that cannot be written to costs the drafts, never the work."""
        self._timer.stop()
        try:
            self._file.write(self.all())
        except OSError:
            return False
        return True

    def leave(self) -> None:
        """The window closes: what is not saved is for the next one to offer."""
        self.write()
        self._file.leave()
