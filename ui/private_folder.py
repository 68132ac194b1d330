"""The folder for files that pass: only this user can read it, and it goes when the program ends.

A program that is killed leaves its folder behind; one started later takes it away. The lock in it
tells whose it is and whether its owner still runs.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import stat
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QTemporaryDir

from ropa_ui.lock_files import Held, hold

_PREFIX = "ropa-"
_LOCK = "in-use.lock"


@lru_cache(maxsize=1)
def private_folder() -> Path:
    """The folder of this process, made when it is first asked for. Raises OSError."""
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    held = hold(folder / _LOCK)
    if held is None:  # a program that clears up has just come upon it
        return private_folder()
    atexit.register(_remove, folder, held)
    return folder


def passing_folder(name: str) -> QTemporaryDir:
    """A folder in it that goes with its object; not valid where nothing can be written."""
    try:
        return QTemporaryDir(str(private_folder() / f"{name}-XXXXXX"))
    except OSError:
        return QTemporaryDir()


def clear_left_folders() -> None:
    """Take away the folders of processes that are gone; of no other user, and through no link."""
    with contextlib.suppress(OSError):
        for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
            with contextlib.suppress(OSError):
                _clear(folder)


def _clear(folder: Path) -> None:
    if not _is_our_own(folder.lstat()):
        return
    held = hold(folder / _LOCK, make=False)
    if held is None:
        return
    if held.sure:
        _remove(folder, held)
    else:
        held.release(keep=True)  # nobody can tell whether its owner still runs


def _is_our_own(found: os.stat_result) -> bool:
    """True for a folder that only this user can enter; a link to one is none."""
    junction = getattr(found, "st_file_attributes", 0) & stat.FILE_ATTRIBUTE_REPARSE_POINT
    if junction or not stat.S_ISDIR(found.st_mode):
        return False
    # On Windows the place of passing files is the user's own.
    return sys.platform == "win32" or (
        found.st_uid == os.geteuid() and not found.st_mode & 0o077
    )


def _remove(folder: Path, held: Held) -> None:
    """Take it away; what another program has open stays where the system says so.

    The lock goes last: what stays is tried again at a later start.
    """
    for path in folder.glob("*"):
        if path != held.path:
            with contextlib.suppress(OSError):
                _remove_path(path)
    left = any(path != held.path for path in folder.glob("*"))
    held.release(keep=left)
    with contextlib.suppress(OSError):
        folder.rmdir()


def _remove_path(path: Path) -> None:
    """Take a file away, a link itself, or a folder with all that is in it."""
    if path.is_symlink() or not path.is_dir():
        path.unlink()
        return
    if sys.platform == "win32":  # which removes no read-only file
        for inside in path.rglob("*"):
            if inside.is_file() and not inside.is_symlink():
                inside.chmod(stat.S_IWRITE)
    shutil.rmtree(path)
