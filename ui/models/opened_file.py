"""The file of an open register: whether it has changed, and whether it still lies in its place."""

from __future__ import annotations

from pathlib import Path

from ropa_app.errors import DamageError
from ropa_app.register.store import Register


class OpenedFile:
    """Knows the file that was opened, and its log as it was last noted."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._identity = _identity(register.path)
        self.note()

    def note(self) -> None:
        """Everything that stands in the log by now is known."""
        self._head = self._register.head()
        self._version = self._register.data_version()

    def has_changed(self) -> bool:
        """True if another program has written since the log was noted."""
        return self._register.data_version() != self._version

    def changed_records(self) -> list[str]:
        """The ids of the records changed since the log was noted."""
        return list(self._register.changed_since(self._head.operation))

    def is_in_place(self, look_closely: bool) -> bool:
        """True if the file at the path is the one that was opened, with the log it had.

        `look_closely`: at the log, too; it costs a reading of the file.
        """
        if _identity(self._register.path) != self._identity:
            return False
        if not look_closely:
            return True
        try:
            return self._register.operation(self._head.operation).hash == self._head.hash
        except (KeyError, DamageError):
            return False


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells this file from another of the same name; None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
