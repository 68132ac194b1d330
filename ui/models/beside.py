"""Questions to the register that are answered beside the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Lock

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

from ropa_app.errors import UserError
from ropa_app.i18n import _, current_language, set_language
from ropa_app.register.store import Register

Question = Callable[[Register], object]
_STEPS = 20_000  # of SQLite between two looks whether an answer is still wanted
PAINTED = 15  # milliseconds until what changed now is on the screen; Qt waits 5 before it paints


class Beside(QObject):
    """Answers with what a question found; only the last one asked is answered.

    A question is put to a connection of its own, in a thread: the window's belongs to the window.
    It begins when what is shown now has been painted, for Python runs one thread at a time. What
    is no longer asked for is broken off; work that writes is done to its end.
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
        self._latest: _Work | None = None

    def ask(
        self, path: Path, question: Question, writes: bool = False, pause: int = PAINTED
    ) -> None:
        """Put a question to the register of a path; what was asked before is forgotten.

        `writes`: the register is opened for writing. `pause`: the milliseconds until it begins,
        longer where another question may follow at once.
        """
        self.forget()
        self._asked = question
        work = self._coming = self._latest = _Work(path, question, current_language(), writes)
        work.signals.done.connect(self._take)
        work.signals.failed.connect(self._fail)
        QTimer.singleShot(pause, self, partial(self._begin, work))

    def _begin(self, work: _Work) -> None:
        if work is self._coming:
            self._coming = None
            self._pool.start(work)

    @property
    def is_asked(self) -> bool:
        """True while an answer is to come."""
        return self._asked is not None

    def forget(self) -> None:
        """Answer nothing that was asked so far."""
        self._asked = self._coming = None
        self._pool.clear()
        if self._latest is not None:
            self._latest.break_off()
            self._latest = None

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
        self._is_broken_off = False
        self._register: Register | None = None  # while it is open
        self._turn = Lock()

    def break_off(self) -> None:
        """End it before it is answered; nothing is heard of it. What writes goes on."""
        with self._turn:
            self._is_broken_off = not self._writes
            if self._is_broken_off and self._register is not None:
                self._register.connection.interrupt()

    def run(self) -> None:
        set_language(self._language)
        try:
            with Register.open(self._path, writable=self._writes) as register:
                answer = self._answer(register)
        except UserError as error:
            self._say(str(error))
            return
        except Exception:  # whoever waits for the end must hear of it
            if self._is_broken_off:
                return
            self._say(_("The work in the background ended unexpectedly; try again."))
            raise
        if not self._is_broken_off:
            self.signals.done.emit(self._question, answer)

    def _answer(self, register: Register) -> object:
        """What the question finds; from anywhere it can be broken off meanwhile."""
        stop = partial(getattr, self, "_is_broken_off")
        register.connection.set_progress_handler(stop, _STEPS)
        with self._turn:
            self._register = register
        try:
            return self._question(register)
        finally:
            with self._turn:
                self._register = None

    def _say(self, sentence: str) -> None:
        if not self._is_broken_off:
            self.signals.failed.emit(self._question, sentence)
