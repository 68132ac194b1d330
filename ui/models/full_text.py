"""The search of an open register, and the list of its words, which is read beside the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ropa_app.i18n import _
from ropa_app.register.live import LiveView
from ropa_app.register.search import Search, WordList
from ropa_app.register.store import Register
from ropa_ui.models.beside import Beside

MANY = 40  # records whose words are read one by one


class FullText(QObject):
    """Finds words and their beginnings at once, parts inside words once `words_read` has told so.

    A list that could not be read is told of by `failed`, and asked for again at the next change.
    """

    words_read = Signal()
    failed = Signal(str)

    def __init__(self, path: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._path = path
        self._search: Search | None = None
        self._is_lacking = False
        self._beside = Beside(self)
        self._beside.answered.connect(self._take)
        self._beside.failed.connect(self._lack)

    def of(self, register: Register, past: bool) -> Search:
        """The search of the register as it stands, or of its past, which brings its words along."""
        if self._search is None:
            self._search = Search(register, None if past else WordList())
            if not past:
                self._ask()
        return self._search

    def _ask(self) -> None:
        self._is_lacking = False
        self._beside.ask(self._path, _read_words)

    def _take(self, words: WordList) -> None:
        if self._search is not None:
            self._search.take(words)
            self.words_read.emit()

    def _lack(self, reason: str) -> None:
        self._is_lacking = True
        sentence = _("For now a search finds only words and their beginnings. {reason}")
        self.failed.emit(sentence.format(reason=reason))

    def learn(self, ids: set[str], view: LiveView) -> None:
        """Know the words of what has changed; after an import all of them are read."""
        if self._search is None:
            return
        if self._is_lacking or len(ids) > MANY:
            self._ask()
        if len(ids) <= MANY:
            self._search.learn(record for each in ids if (record := view.records.get(each)))

    def forget(self) -> None:
        """Another state of the register is shown: begin anew when somebody searches."""
        self._search = None
        self._beside.forget()

    def wait(self) -> None:
        """Wait until nothing is read any more; before the register is closed."""
        self._beside.wait()


def _read_words(register: Register) -> WordList:
    return WordList.read(register.connection)
