"""What steps of the history did to the findings, worked out in the background when looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from ropa_ui.models.checks import Row
from ropa_ui.models.jobs import Job
from ropa_ui.models.session import Session

PAUSE = 250  # milliseconds a step is looked at before anything is worked out
MOST = 40  # findings of a kind that are told one by one


@dataclass(frozen=True, slots=True)
class StepEffect:
    """Findings that came and went, the gravest first, and how many there are of each."""

    came: tuple[Row, ...]
    went: tuple[Row, ...]
    came_count: int
    went_count: int


class Effects(QObject):
    """Asked for the effect of one step at a time; `told` comes with its number once it is known."""

    told = Signal(int, object)
    failed = Signal(int, str)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._known: dict[int, StepEffect] = {}
        self._asked = 0
        self._job: Job | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._start)
        # A redaction, a law of one's own or another language may change what was known.
        session.changed.connect(self._forget)
        session.reset.connect(self._forget)

    def known(self, operation: int) -> StepEffect | None:
        """The effect of a step if it was worked out before."""
        return self._known.get(operation)

    def ask(self, operation: int) -> None:
        """Work out the effect of this step, and of no other any more."""
        self.stop()
        self._asked = operation
        self._pause.start()

    def stop(self) -> None:
        """Work out nothing."""
        self._pause.stop()
        if self._job is not None:
            job, self._job = self._job, None
            job.answered.disconnect(self._take)
            job.failed.disconnect(self._say_failure)
            job.cancel()

    def _start(self) -> None:
        self._job = Job(self)
        self._job.answered.connect(self._take)
        self._job.failed.connect(self._say_failure)
        path = str(self._session.path)
        self._job.start("effect", path=path, operation=self._asked, most=MOST)

    def _take(self, answer: dict[str, Any]) -> None:
        self._job = None
        came, went = (tuple(Row(*row) for row in answer[key]) for key in ("came", "went"))
        self._known[self._asked] = StepEffect(came, went, *answer["counts"])
        self.told.emit(self._asked, self._known[self._asked])

    def _say_failure(self, sentence: str) -> None:
        self._job = None
        self.failed.emit(self._asked, sentence)

    def _forget(self, _ids: object = None) -> None:
        self._known.clear()
        if self._job is not None:
            self.ask(self._asked)  # what is being worked out is of the state before
