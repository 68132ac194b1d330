"""Python's search for cyclic garbage, put off while many records are made at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_inside: list[bool] = []  # one entry per caller inside; the first holds what to go back to


@contextmanager
def collection_put_off() -> Iterator[None]:
    """No search for cyclic garbage inside; nested and from several threads.

    Records, findings and log rows hold no cycles, but every few thousand of them made Python walk
    all that were there before: 40 % of loading or checking a large register.
    """
    with _lock:
        _inside.append(_inside[0] if _inside else gc.isenabled())
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            before = _inside.pop()
            if before and not _inside:
                gc.enable()
