"""Questions to the register that are answered beside the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

from ropa_app.errors import UserError
from ropa_app.i18n import _, current_language, set_language
from ropa_app.register.store import Register

Question = Callable[[Register], object]


class Beside(QObject):
    """Answers with what a question found; only the last one asked is answered.

    A question is put to a connection of its own, in a thread: the window's belongs to the window.
    It begins when what is shown now has been painted, for Python runs one thread at a time.
    """

    answered = Signal(object)
    failed = Signal(str)
    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._asked: Question | None = None
        self._coming: _Work | None = None  # asked and not begun

    def ask(self, path: Path, question: Question, writes: bool = False) -> None:
        """Put a question to the register of a path; what was asked before is forgotten.

        `writes`: the register is opened for writing.
        """
        self._asked = question
        self._pool.clear()
        work = self._coming = _Work(path, question, current_language(), writes)
        work.signals.done.connect(self._take)
        work.signals.failed.connect(self._fail)
        QTimer.singleShot(0, self, partial(self._begin, work))

    def _begin(self, work: _Work) -> None:
        if work is self._coming:
            self._coming = None
            self._pool.start(work)

    def forget(self) -> None:
        """Answer nothing that was asked so far."""
        self._asked = self._coming = None
        self._pool.clear()

    def wait(self) -> None:
        """Wait until nothing runs any more; before the register is closed."""
        self.forget()
        self._pool.waitForDone()

    def finish(self) -> None:
        """Do what was asked to its end, begun or not; nothing is answered any more."""
        if self._coming is not None:
            self._begin(self._coming)
        self._pool.waitForDone()
        self.forget()

    def _take(self, question: Question, answer: object) -> None:
        if question is self._asked:
            self._asked = None
            self.answered.emit(answer)
            self.ended.emit()

    def _fail(self, question: Question, sentence: str) -> None:
        if question is self._asked:
            self._asked = None
            self.failed.emit(sentence)
            self.ended.emit()


class _Signals(QObject):
    done = Signal(object, object)
    failed = Signal(object, str)


class _Work(QRunnable):
    """One question, with a connection of its own."""

    def __init__(self, path: Path, question: Question, language: str, writes: bool) -> None:
        super().__init__()
        self.signals = _Signals()
        self._path, self._question, self._language = path, question, language
        self._writes = writes

    def run(self) -> None:
        set_language(self._language)
        try:
            with Register.open(self._path, writable=self._writes) as register:
                answer = self._question(register)
        except UserError as error:
            self.signals.failed.emit(self._question, str(error))
            return
        except Exception:  # whoever waits for the end must hear of it
            sentence = _("The work in the background ended unexpectedly; try again.")
            self.signals.failed.emit(self._question, sentence)
            raise
        self.signals.done.emit(self._question, answer)
