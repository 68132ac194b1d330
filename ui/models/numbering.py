"""Asking which records a list shows, beside the window where that takes its time."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from ropa_app.errors import UserError
from ropa_app.i18n import current_language, set_language
from ropa_app.register import listing
from ropa_app.register.listing import Query
from ropa_app.register.live import LiveView
from ropa_app.register.search import Search
from ropa_app.register.store import Register


class Numbering(QObject):
    """Answers with the numbers of a query; only the last one asked is answered."""

    ready = Signal(object, list)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._asked: Query | None = None

    def ask(self, path: Path, query: Query) -> None:
        """Begin; what was asked before is forgotten."""
        self._asked = query
        self._pool.clear()
        work = _Work(path, query, current_language())
        work.signals.done.connect(self._take)
        self._pool.start(work)

    def forget(self) -> None:
        """Answer nothing that was asked so far."""
        self._asked = None
        self._pool.clear()

    def wait(self) -> None:
        """Wait until nothing runs any more; before the register is closed."""
        self.forget()
        self._pool.waitForDone()

    def _take(self, query: Query, numbers: list[int]) -> None:
        if query is self._asked:
            self._asked = None
            self.ready.emit(query, numbers)


class _Signals(QObject):
    done = Signal(object, list)


class _Work(QRunnable):
    """Reads with a connection of its own: the window's belongs to the window's thread."""

    def __init__(self, path: Path, query: Query, language: str) -> None:
        super().__init__()
        self.signals = _Signals()
        self._path, self._query, self._language = path, query, language

    def run(self) -> None:
        set_language(self._language)
        try:
            with Register.open(self._path) as register:
                words = LiveView(register).words(self._language)
                found = listing.numbers(register, self._query, words, Search(register))
        except UserError:
            return  # the window hears of it where it reads the file itself
        self.signals.done.emit(self._query, found)
