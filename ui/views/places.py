"""Where the user has been: back and forward, as in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, cast

from PySide6.QtCore import QObject

_MOST = 100


class _Window(Protocol):
    def open_page(self, key: str) -> object: ...

    def go_to(self, identifier: str, path: str = "") -> None: ...


class Places(QObject):
    """The pages and records shown, oldest first, and the one shown now."""

    def __init__(self, window: QObject) -> None:
        super().__init__(window)
        self._window = cast(_Window, window)
        self._places: list[tuple[str, str]] = []
        self._at = -1
        self._going = False

    def note(self, page: str, record: str) -> None:
        """A page, or a record on it, is shown now."""
        place = (page, record)
        if self._going or (self._places and self._places[self._at] == place):
            return
        kept = self._places[: self._at + 1]
        if kept and kept[-1] == (page, ""):
            kept.pop()  # a page that has only now found its record
        self._places = [*kept, place][-_MOST:]
        self._at = len(self._places) - 1

    def recent(self) -> list[tuple[str, str]]:
        """The places shown, each once, the newest first: page and record, "" for a page alone."""
        return list(dict.fromkeys(reversed(self._places)))

    def trail(self) -> list[tuple[str, str]]:
        """The places up to the one shown now, the oldest first."""
        return self._places[: self._at + 1]

    def follow(self, trail: list[tuple[str, str]]) -> None:
        """Have been at these places, the last of them now."""
        self._places, self._at = list(trail), len(trail) - 1

    @contextmanager
    def on_the_way(self) -> Iterator[None]:
        """What is shown inside is passed through only and not come back to."""
        before, self._going = self._going, True
        try:
            yield
        finally:
            self._going = before

    def back(self) -> None:
        """Show what was shown before."""
        self._go(-1)

    def forward(self) -> None:
        """Show what was left by going back."""
        self._go(1)

    def _go(self, step: int) -> None:
        if not 0 <= self._at + step < len(self._places):
            return
        self._at += step
        page, record = self._places[self._at]
        with self.on_the_way():
            if record:
                self._window.go_to(record)
            else:
                self._window.open_page(page)
