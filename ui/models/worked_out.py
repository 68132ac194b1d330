"""Derived columns of the rows in sight, worked out beside the window where that takes long."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from ropa_app.i18n import current_language
from ropa_app.register.live import LiveView
from ropa_app.register.store import Register
from ropa_ui.kinds import DERIVED
from ropa_ui.models.beside import Beside
from ropa_ui.models.derived import derived_text
from ropa_ui.models.list_numbers import Apart
from ropa_ui.models.session import Session

FEW = 200  # activities that may all be asked while the window waits
_TOGETHER = 8  # records of one question, so that rows fill while they are looked at
_MOST = 60  # records that wait; those that were scrolled past are asked for when they come again
Texts = dict[tuple[str, str], str]


class WorkedOut(QObject):
    """What derived columns of one kind say of records; `renewed` tells that more is known.

    After a change a column says what it said before until it is known again.
    """

    renewed = Signal()

    def __init__(self, session: Session, kind: str, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._kind = kind
        self._texts: Texts = {}
        self._known: set[str] = set()  # records of which the texts are those of today
        self._wanted: dict[str, None] = {}
        self._asked: list[str] = []
        self._beside = Beside(self)
        self._beside.answered.connect(self._take)
        self._beside.failed.connect(self._lack)
        session.changed.connect(self._begin_anew)
        session.reset.connect(self._forget)

    def text(self, identifier: str, key: str) -> str | None:
        """What a column says of a record; None while it is not known, it is asked for then."""
        if not self._takes_long():
            return derived_text(self._session, identifier, key)
        if identifier not in self._known and identifier not in self._asked:
            self._wanted.pop(identifier, None)
            self._wanted[identifier] = None
            if not self._asked:
                self._session.later(self._ask)
        return self._texts.get((identifier, key))

    def _takes_long(self) -> bool:
        return self._session.writable and self._session.counts()["activity"] > FEW

    def _ask(self) -> None:
        """Ask for those wanted last: they are the ones in sight."""
        if self._asked or not self._wanted:
            return
        waiting = list(self._wanted)[-_MOST:]
        self._asked, rest = waiting[-_TOGETHER:], waiting[:-_TOGETHER]
        self._wanted = dict.fromkeys(rest)
        self._beside.ask(self._session.path, partial(_texts_of, self._kind, tuple(self._asked)))

    def _take(self, found: Texts) -> None:
        self._texts |= found
        self._settle()
        self.renewed.emit()
        self._ask()

    def _lack(self, reason: str) -> None:
        """They are asked for again after the next change."""
        self._settle()
        self._session.failed.emit(reason)

    def _settle(self) -> None:
        self._known.update(self._asked)
        self._asked = []

    def _begin_anew(self) -> None:
        self._beside.forget()
        self._known.clear()
        self._wanted.clear()
        self._asked = []

    def _forget(self) -> None:
        self._texts.clear()
        self._begin_anew()


def _texts_of(kind: str, records: tuple[str, ...], register: Register) -> Texts:
    """What each derived column says of each record, asked of a connection of its own."""
    view = LiveView(register)
    source = Apart(view, view.words(current_language()))
    return {
        (identifier, key): derived_text(source, identifier, key)
        for identifier in records
        for key in DERIVED[kind]
    }
