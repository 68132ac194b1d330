"""Long work on the register beside the window, one piece after the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from ropa_ui.models.beside import Beside, Question


class _Piece(NamedTuple):
    beside: Beside
    begin: Callable[[], None]
    writes: bool


class WorkQueue(QObject):
    """Pieces of work in the order in which they were asked for: two that write would fight.

    `busy` tells when the first begins and the last has ended; what goes wrong is told by `failed`.
    """

    busy = Signal(bool)
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pieces: deque[_Piece] = deque()  # the first is under way

    def add(
        self, path: Path, work: Question, done: Callable[[Any], None], writes: bool = False
    ) -> None:
        """Do this with the register of a path once what was asked before is done."""
        beside = Beside(self)
        beside.answered.connect(done)
        beside.failed.connect(self.failed)
        beside.ended.connect(self._next)
        beside.ended.connect(beside.deleteLater)
        self._pieces.append(_Piece(beside, partial(beside.ask, path, work, writes), writes))
        if len(self._pieces) == 1:
            self.busy.emit(True)
            self._pieces[0].begin()

    @property
    def writes(self) -> bool:
        """True while something is written or waits to be."""
        return any(piece.writes for piece in self._pieces)

    def _next(self) -> None:
        self._pieces.popleft()
        if self._pieces:
            self._pieces[0].begin()
        else:
            self.busy.emit(False)

    def finish(self) -> None:
        """Write what was asked to be written, and leave the rest; before the register is closed."""
        for piece in list(self._pieces)[1:]:
            piece.begin()
        while self._pieces:
            beside, _begin, writes = self._pieces.popleft()
            if writes:
                beside.finish()
            else:
                beside.wait()
