"""Long work, started in a process of its own, heard of through signals."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QProcessEnvironment, QTimer, Signal

from ropa_app.i18n import _, current_language

# Work that leaves files where people see them: it is asked to stop, so that it can tidy up.
_WRITERS = ("export", "sample", "restore", "backup", "upkeep")
_PATIENCE = 3000  # milliseconds it may take over that


class Job(QObject):
    """One piece of work under way. `answered` comes for each answer, `ended` once: True if done."""

    answered = Signal(dict)
    failed = Signal(str)
    ended = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._process = QProcess(self)
        self._process.setProcessEnvironment(_environment())
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._not_started)
        self._rest = b""
        self._work = ""
        self._cancelled = False
        self._said_why = False

    def start(self, work: str, **asked: Any) -> None:
        """Begin; what is asked is JSON. The work goes on while its standard input is open."""
        self._work = work
        program, *arguments = worker_command()
        self._process.start(program, arguments)
        text = json.dumps({"work": work, "language": current_language(), **asked})
        self._process.write(f"{text}\n".encode())

    def cancel(self) -> None:
        """End it; nothing more is heard but `ended`, and no half-written file stays behind."""
        self._cancelled = True
        if self._work in _WRITERS:
            self._process.closeWriteChannel()
            QTimer.singleShot(_PATIENCE, self._process, self._process.kill)
        else:
            self._process.kill()

    def leave(self) -> None:
        """End it without waiting, for whoever asked is going: nothing is heard of it any more."""
        if self.running:
            self.blockSignals(True)
            self.setParent(QCoreApplication.instance())
            self.cancel()

    @property
    def running(self) -> bool:
        """True until it has ended."""
        return self._process.state() != QProcess.ProcessState.NotRunning

    def wait(self, milliseconds: int = 5000) -> bool:
        """Wait for the end, for tests and for closing."""
        if self._process.waitForFinished(milliseconds) or not self.running:
            return True
        self._process.kill()
        return self._process.waitForFinished(milliseconds)

    def _read(self) -> None:
        new = bytes(self._process.readAllStandardOutput().data())
        *lines, self._rest = (self._rest + new).split(b"\n")
        if self._cancelled:
            return
        for line in lines:
            answer = json.loads(line)
            if "error" in answer:
                self._said_why = True
                self.failed.emit(answer["error"])
            else:
                self.answered.emit(answer)

    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        done = code == 0 and status == QProcess.ExitStatus.NormalExit and not self._cancelled
        if not done and not self._cancelled and not self._said_why:
            self.failed.emit(_("The work in the background ended unexpectedly; try again."))
        self.ended.emit(done)
        self.deleteLater()

    def _not_started(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self.failed.emit(_("The work in the background could not be started; try again."))
            self.ended.emit(False)
            self.deleteLater()


def see_off() -> None:
    """Give the work that was left the time to tidy up, once no window is open any more."""
    application = QCoreApplication.instance()
    for job in application.findChildren(Job) if application else ():
        job.wait(_PATIENCE)


def worker_command() -> list[str]:
    """The command that runs the worker: this Python, or this program where it is one file."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--worker"]
    return [sys.executable, "-P", "-m", "ropa_ui.worker"]


def _environment() -> QProcessEnvironment:
    environment = QProcessEnvironment.systemEnvironment()
    environment.insert("PYTHONIOENCODING", "utf-8")
    for name in ("ROPA_HOME", "ROPA_NOW"):
        if name in os.environ:
            environment.insert(name, os.environ[name])
    return environment
