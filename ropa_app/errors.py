"""Errors a user can meet: each is one plain sentence that says what to do next."""

from __future__ import annotations


class UserError(Exception):
    """Something the user can put right; its text is shown as it is, without a traceback."""


class ConflictError(UserError):
    """The stored value is not the one the writer saw; nothing was written.

    Attributes: record (id), field (key), seen, stored and wanted (values as in the model).
    """

    def __init__(
        self, message: str, record: str, field: str, seen: object, stored: object, wanted: object
    ) -> None:
        super().__init__(message)
        self.record = record
        self.field = field
        self.seen = seen
        self.stored = stored
        self.wanted = wanted


class UnreachableError(UserError):
    """The file is in use, the disk full, the folder read-only: the same may work in a moment."""


class InUseError(UnreachableError):
    """Another program has the file for itself: waiting helps."""


class DamageError(UserError):
    """A register file that cannot be read as one: not a register, truncated or damaged."""
