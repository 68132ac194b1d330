"""A dialog whose button starts work on the register that takes its time."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from ropa_app.i18n import _
from ropa_ui.models.jobs import Job
from ropa_ui.models.session import Session
from ropa_ui.widgets.buttons import plain_button, primary_button
from ropa_ui.widgets.dialog import Dialog
from ropa_ui.widgets.progress_line import ThinBar


class WorkDialog(Dialog):
    """Cancel and one button. While the work runs the dialog stays; what went wrong is said in it.

    The work is done in a process of its own; the window then hears of it from the log.
    """

    def __init__(
        self, session: Session, heading: str, sentence: str, button: str, parent: QWidget, wide: int
    ) -> None:
        super().__init__(heading, sentence, parent, wide)
        self._session = session
        self._job: Job | None = None
        self._bar = ThinBar(4, ground="hair", parent=self)
        self._bar.setAccessibleName(heading)
        self._bar.hide()
        self.cancel = plain_button(_("Cancel"), parent=self)
        self.cancel.clicked.connect(self.reject)
        self.work_button = primary_button(button, self)
        self.work_button.clicked.connect(self.begin)

    def add_foot(self) -> None:
        """Put bar and buttons below what the dialog holds."""
        self.body.addWidget(self._bar)
        self.add_button(self.cancel)
        self.add_button(self.work_button)

    def fit(self) -> None:
        """As high as everything needs, once what was added is there."""
        self._fit_now()
        QTimer.singleShot(0, self, self._fit_now)

    def _fit_now(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.activate()
            wide = self.minimumWidth()
            self.resize(wide, layout.totalHeightForWidth(wide))

    def asked(self) -> tuple[str, dict[str, Any]]:
        """The work of the worker, and what is asked of it."""
        raise NotImplementedError

    def done(self, result: int) -> None:
        """Close; not while the work runs."""
        if self._job is None:
            super().done(result)

    def finished_with(self, answer: dict[str, Any]) -> None:
        """The work is done and the window has heard of it."""
        raise NotImplementedError

    def begin(self) -> None:
        """Start the work."""
        self.failure.clear()
        work, what = self.asked()
        self._busy(True)
        self._job = Job(self)
        self._job.answered.connect(self._answered)
        self._job.failed.connect(self._failed)
        self._job.ended.connect(self._ended)
        self._job.start(work, path=str(self._session.path), **what)

    def _busy(self, busy: bool) -> None:
        self._bar.set_fraction(None if busy else 0.0)
        self._bar.setVisible(busy)
        for button in (self.cancel, self.work_button):
            button.setEnabled(not busy)

    _answer: dict[str, Any] | None = None

    def _answered(self, answer: dict[str, Any]) -> None:
        self._answer = answer

    def _failed(self, sentence: str) -> None:
        self.failure.say(sentence)

    def _ended(self, done: bool) -> None:
        self._job = None
        self._busy(False)
        if done and self._answer is not None:
            self._session.poll()
            self.finished_with(self._answer)
