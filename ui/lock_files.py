"""Files that tell whether their owner still runs: locked by the system, which lets go at any end.

No process numbers are compared: those of processes that have ended are given out again.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from pathlib import Path

_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)


class Held:
    """A lock file held open by this process; `sure` is False where the disk knows no locks."""

    def __init__(self, path: Path, handle: int, sure: bool) -> None:
        self.path, self.sure = path, sure
        self._handle = handle

    def release(self, keep: bool = False) -> None:
        """Let go, and take the file away unless it is to be kept."""
        # Windows removes no open file; elsewhere nobody may lock one that is about to go.
        early = not keep and sys.platform != "win32"
        if early:
            self._remove()
        os.close(self._handle)
        if not keep and not early:
            self._remove()

    def _remove(self) -> None:
        with contextlib.suppress(OSError):
            self.path.unlink()


def hold(path: Path, make: bool = True) -> Held | None:
    """Take the lock of a file; None while somebody else has it, or there is none to take.

    Raises OSError where the file can be neither opened nor made.
    """
    flags = os.O_RDWR | _NO_LINKS | (os.O_CREAT if make else 0)
    while True:
        try:
            handle = os.open(path, flags, 0o600)
        except FileNotFoundError:
            if make:
                raise
            return None
        locked = _lock(handle)
        if locked is False or not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            return None
        if _is_there(handle, path):
            return Held(path, handle, sure=bool(locked))
        os.close(handle)  # the one before has taken the file away in between


def _is_there(handle: int, path: Path) -> bool:
    """True if the path still leads to the open file; Windows lets nobody take that away."""
    try:
        return sys.platform == "win32" or os.path.samestat(path.lstat(), os.fstat(handle))
    except OSError:
        return False


def _lock(handle: int) -> bool | None:
    """Lock an open file without waiting: False if another has it, None where there are no locks."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return None
    return True
