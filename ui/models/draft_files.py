"""The files half-typed texts lie in: one for each window, with a lock that tells if it is open."""

from __future__ import annotations

import contextlib
import json
import os
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from ropa_app.model.state import Cell
from ropa_app.paths import state_folder
from ropa_ui.lock_files import Held, hold


@dataclass(frozen=True, slots=True)
class Draft:
    """Text half typed in a field of a record; `seen` is the field's value in words at the time.

    `finished`: the typing was done, and `cell` holds the value as the register would have stored
    it, lists included; only saving it was not possible. `displaced`: the file it was typed in was
    replaced or went away, and another was gone on with. `place`: line and column it was typed in,
    as a path, in a field of lines. `kind`: what the text was to begin a record of, where there was
    none yet.
    """

    record: str
    field: str
    text: str
    seen: str
    finished: bool = False
    cell: Cell = None
    displaced: bool = False
    place: str = ""
    kind: str = ""


def _stem(register: Path) -> str:
    """How the names of the files of a register begin."""
    return sha256(str(register.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:24]


class DraftFile:
    """The file of one window; there only while it holds a draft. Methods raise OSError."""

    def __init__(self, register: Path) -> None:
        self.path = state_folder() / "drafts" / f"{_stem(register)}-{uuid.uuid4().hex}.json"
        self._held: Held | None = None

    def write(self, drafts: Sequence[Draft]) -> None:
        """Let it hold these drafts and no others."""
        if not drafts:
            self._remove()
            return
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._held is None:  # first of all: without it the window would count as gone
            self._held = hold(self.path.with_suffix(".lock"))
        beside = self.path.with_suffix(".new")
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        with os.fdopen(os.open(beside, flags, 0o600), "w", encoding="utf-8") as file:
            file.write(json.dumps([asdict(draft) for draft in drafts]))
        beside.replace(self.path)

    def _remove(self) -> None:
        self.path.unlink(missing_ok=True)
        self.leave()

    def leave(self) -> None:
        """The window closes: what the file holds is for the next one."""
        if self._held is not None:
            self._held.release()
            self._held = None


class LeftFile:
    """A file of a window that is gone, taken over for as long as it is held."""

    def __init__(self, path: Path, held: Held) -> None:
        self._path, self._held = path, held

    def read(self) -> list[Draft] | None:
        """What it holds; None if that cannot be read, here and now or by this version."""
        try:
            data = json.loads(self._path.read_text(encoding="utf-8"))
            return [Draft(**item) for item in data]
        except FileNotFoundError:
            return []  # only begun, or settled by another window in between
        except (OSError, ValueError, TypeError):
            return None

    def release(self, settled: bool) -> None:
        """Let go of it; settled, it is not needed any more."""
        try:
            if settled:
                for suffix in (".json", ".new"):
                    self._path.with_suffix(suffix).unlink(missing_ok=True)
        finally:
            self._held.release()


def left_files(register: Path, own: DraftFile) -> Iterator[LeftFile]:
    """The files of a register whose windows are gone, the oldest first.

    Earlier versions had one for all windows, without a lock.
    """
    every = (state_folder() / "drafts").glob(f"{_stem(register)}*")
    found = {path.with_suffix(".json") for path in every if path.suffix in (".json", ".new")}
    for path in sorted(found - {own.path}, key=_age):
        with contextlib.suppress(OSError):  # where nothing can be written, nothing is taken over
            held = hold(path.with_suffix(".lock"))
            if held is not None:
                yield LeftFile(path, held)


def _age(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:  # settled by another window in between
        return 0
