"""Looking for words in the log, in the background; what was found is told as it is found."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from ropa_ui.models.jobs import Job
from ropa_ui.models.session import Session

Found = list[tuple[int, str]]


class ChangeSearch(QObject):
    """One search at a time. `found` tells operations, each with the change that was meant.

    The first `found` of a search comes also if there is nothing; `ended` tells that it was all.
    """

    found = Signal(list, bool)
    ended = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        self._told = False

    @property
    def running(self) -> bool:
        """True until everything was looked at."""
        return self._job is not None

    def start(self, text: str, record: str | None, before: int | None) -> None:
        """Look for a text among all changes, or those of one record, or below a number."""
        self.stop()
        self._told = False
        self._job = Job(self)
        self._job.answered.connect(self._take)
        self._job.failed.connect(self._session.failed)
        self._job.ended.connect(self._over)
        path = str(self._session.path)
        self._job.start("search", path=path, text=text, record=record, before=before)

    def stop(self) -> None:
        """Look no further."""
        if self._job is not None:
            job, self._job = self._job, None
            job.answered.disconnect(self._take)
            job.ended.disconnect(self._over)
            job.cancel()

    def _take(self, answer: dict[str, Any]) -> None:
        rows = [(int(seq), str(change)) for seq, change in answer["found"]]
        first, self._told = not self._told, True
        self.found.emit(rows, first)

    def _over(self, _done: bool) -> None:
        self._job = None
        self.ended.emit()
