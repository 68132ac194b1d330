"""The register as it stood on a day, read beside the window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ropa_app.register.store import Register
from ropa_ui.models.beside import Beside

if TYPE_CHECKING:
    from ropa_ui.models.session import Session

Past = tuple[Register, str]


class GoingBack(QObject):
    """Reads what is to be shown of the past; the day asked for last counts, and today ends it.

    `begun` tells which day is being read, `over` that none is any more.
    """

    begun = Signal(str)
    over = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.asked: str | None = None
        self._beside = Beside(self)
        self._beside.answered.connect(self._take)
        self._beside.failed.connect(session.failed)
        self._beside.ended.connect(self._end)

    def go(self, as_at: str | None) -> None:
        """Show the register as at a date or moment (ISO) as soon as it is read, or as it is now.

        The session's `busy` tells when the reading begins and ends.
        """
        if as_at is None:
            self.cancel()
            self._session.show_past(None)
            return
        self.asked = as_at
        self._session.busy.emit(True)
        self._beside.ask(self._session.path, partial(_past, as_at))
        self.begun.emit(as_at)

    def cancel(self) -> None:
        """Read nothing any more; what is shown stays."""
        self._beside.forget()
        self._end()

    def wait(self) -> None:
        """Wait until nothing is read any more; before the register is closed."""
        self._beside.wait()

    def _take(self, found: Past) -> None:
        self._session.show_register(*found)

    def _end(self) -> None:
        self.asked = None
        self.over.emit()
        self._session.busy.emit(False)


def _past(as_at: str, register: Register) -> Past:
    from ropa_app.register.past import register_as_at

    return register_as_at(register, as_at), as_at
