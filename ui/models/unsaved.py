"""What was typed and is not in the register yet: kept until it is saved or somebody decides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ropa_app.errors import ConflictError, UnreachableError, UserError
from ropa_app.i18n import _
from ropa_app.model.reading import read
from ropa_app.model.state import AsTyped, Value
from ropa_app.register.change import Edit
from ropa_app.register.entry import RegisterReader
from ropa_app.register.file import friendly

if TYPE_CHECKING:
    from ropa_ui.models.session import Session


#: Milliseconds to wait for another program that is writing: the window stands still meanwhile.
#: A look and a write may come together, and both stay below what is felt.
PATIENCE = 40


@dataclass(frozen=True, slots=True)
class Kept:
    """An edit that could not be written, and why."""

    edit: Edit
    error: UserError

    @property
    def comes_by_itself(self) -> bool:
        """True if the same can work in a moment: another program is writing, the disk is full."""
        return isinstance(self.error, UnreachableError)

    @property
    def clashes(self) -> bool:
        """True if the field was changed by somebody else meanwhile."""
        return isinstance(self.error, ConflictError)


class Unsaved(QObject):
    """Saves edits of a session, and keeps those that cannot be saved, one for each field.

    `changed` tells the record and the field.
    """

    changed = Signal(str, str)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._kept: dict[tuple[str, str], Kept] = {}
        self._hindrance: UnreachableError | None = None

    def __len__(self) -> int:
        return len(self._kept)

    def of(self, record: str, field: str) -> Kept | None:
        """What is kept for a field; None if it is saved."""
        return self._kept.get((record, field))

    def first(self) -> Edit | None:
        """The edit that has waited longest; None if everything is saved."""
        return next((kept.edit for kept in self._kept.values()), None)

    def value(self, record: str, field: str, stored: Value) -> Value:
        """The value to be shown in a field: the one kept, else the one stored."""
        kept = self.of(record, field)
        return kept.edit.new if kept else stored

    def waiting(self) -> list[Edit]:
        """The edits to be tried again, in the order in which they were made."""
        return [kept.edit for kept in self._kept.values() if kept.comes_by_itself]

    # Saving

    def save(self, edit: Edit) -> bool:
        """Write one field; what cannot be written is kept, and it is said why."""
        kept, first = self.of(edit.record, edit.field), not self.waiting()
        if kept is not None:
            edit = replace(edit, seen=kept.edit.seen)  # what was there when the typing began
        error = self._write(edit)
        if isinstance(error, UnreachableError):
            if first:
                known = _("What you typed is kept, and saved as soon as that is possible.")
                self._session.failed.emit(f"{known} {error}")
        elif error is not None and not isinstance(error, ConflictError):
            self._session.failed.emit(str(error))
        return error is None

    def _write(self, edit: Edit) -> UserError | None:
        session = self._session
        error = self._hindrance or self._stopped(edit)
        if error is None:
            self.settle(edit.record, edit.field)
            return None
        self._keep(edit, error)
        if isinstance(error, ConflictError):
            session.poll()
            session.clashed.emit(error)
        else:
            self.hinder(error)
        return error

    def _stopped(self, edit: Edit) -> UserError | None:
        """Write an edit; what stands in the way, be it only in that of reading its label."""
        session = self._session
        try:
            with friendly(session.path):
                label = session.label_of(edit)
        except UserError as problem:
            return problem
        return session.write([edit], label)

    def hinder(self, error: UserError) -> bool:
        """The file could not be reached: keep everything, and wait no more, until the next look.

        True if nothing was known of it before.
        """
        new = isinstance(error, UnreachableError) and self._hindrance is None
        if isinstance(error, UnreachableError):
            # Without its traceback: the frames of a painter would keep it painting.
            self._hindrance = type(error)(str(error))
            self._session.present.wait_at_most(0)
        return new

    def _unhinder(self) -> None:
        self._hindrance = None
        self._session.present.wait_at_most(PATIENCE)

    def try_again(self, record: str, field: str) -> None:
        """Try once more to save a field that is kept; a clash shows both values again."""
        kept = self.of(record, field)
        if kept is not None:
            self._unhinder()
            self.save(kept.edit)

    def try_all(self) -> None:
        """Write what is kept, in order, until something stands in the way again."""
        hindered = self._hindrance is not None
        self._unhinder()
        for edit in self.waiting():
            try:
                again = replace(edit, new=self._read_again(edit))
            except UnreachableError as error:
                self.hinder(error)
                break
            if self._write(again) is not None:
                break
        if hindered and self._hindrance is None:
            self._session.changed.emit(set())  # to be read where it could not be

    def _read_again(self, edit: Edit) -> Value:
        """The value; a text that could perhaps not be read because the file was in use is, now.

        Raises UnreachableError if the file is in use still.
        """
        if not isinstance(edit.new, AsTyped):
            return edit.new
        session = self._session
        try:
            with friendly(session.path):
                field = session.view.records[edit.record].kind.field(edit.field)
                return read(field, edit.new.text, RegisterReader(session.register))
        except UnreachableError:
            raise
        except UserError:
            return edit.new

    def decide(self, record: str, field: str, stored: Value, new: Value) -> None:
        """End a clash: of the two values `new` is to stand."""
        self.settle(record, field)
        if new != stored:
            self.save(Edit(record, field, stored, new))
        else:
            self._session.changed.emit({record})

    def _keep(self, edit: Edit, error: UserError) -> None:
        kept, key = Kept(edit, error), (edit.record, edit.field)
        if self._kept.get(key) != kept:
            self._kept[key] = kept
            self.changed.emit(edit.record, edit.field)

    def settle(self, record: str, field: str) -> None:
        """The value is saved, or given up."""
        if self._kept.pop((record, field), None) is not None:
            self.changed.emit(record, field)
