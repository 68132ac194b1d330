"""Where things lie: the program's own data and the user's folders."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

APPLICATION = "ropa"


def resources(*parts: str) -> Path:
    """A file or folder of the program's own data, by its path below resources/.

    Its files lie on the disk beside its module, also in the built program; importlib.resources
    would find them too, but costs a start more than all that is read through it.
    """
    return Path(import_module("ropa_resources").__path__[0], *parts)


def data_folder() -> Path:
    """The user's folder for backups; ROPA_HOME overrides it (portable use, tests)."""
    home = os.environ.get("ROPA_HOME")
    if home:
        return Path(home)
    import platformdirs

    return Path(platformdirs.user_data_dir(APPLICATION, appauthor=False))


def state_folder() -> Path:
    """The user's folder for what the window keeps: drafts, sizes, recent files."""
    home = os.environ.get("ROPA_HOME")
    if home:
        return Path(home) / "state"
    import platformdirs

    return Path(platformdirs.user_state_dir(APPLICATION, appauthor=False))
