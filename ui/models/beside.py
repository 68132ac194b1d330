"""Questions to the register that are answered beside the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

from ropa_app.errors import UserError
from ropa_app.i18n import current_language, set_language
from ropa_app.register.store import Register

Question = Callable[[Register], object]


class Beside(QObject):
    """Answers with what a question found; only the last one asked is answered.

    A question is put to a connection of its own, in a thread: the window's belongs to the window.
    It begins when what is shown now has been painted, for Python runs one thread at a time.
    """

    answered = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._asked: Question | None = None

    def ask(self, path: Path, question: Question) -> None:
        """Put a question to the register of a path; what was asked before is forgotten."""
        self._asked = question
        self._pool.clear()
        QTimer.singleShot(0, self, partial(self._begin, path, question))

    def _begin(self, path: Path, question: Question) -> None:
        if question is self._asked:
            work = _Work(path, question, current_language())
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

    def _take(self, question: Question, answer: object) -> None:
        if question is self._asked:
            self._asked = None
            self.answered.emit(answer)


class _Signals(QObject):
    done = Signal(object, object)


class _Work(QRunnable):
    """One question, with a connection of its own."""

    def __init__(self, path: Path, question: Question, language: str) -> None:
        super().__init__()
        self.signals = _Signals()
        self._path, self._question, self._language = path, question, language

    def run(self) -> None:
        set_language(self._language)
        try:
            with Register.open(self._path) as register:
                answer = self._question(register)
        except UserError:
            return  # the window hears of it where it reads the file itself
        self.signals.done.emit(self._question, answer)
