"""What a register needs once another version of the program has been at it."""

from __future__ import annotations

import time

from ropa_app.model.kinds import ALL_KINDS
from ropa_app.register import derived
from ropa_app.register.file import friendly
from ropa_app.register.store import Register

_BREATH = 0.02  # seconds in which others can begin to write


def renew_derived(register: Register) -> bool:
    """Make anew what is derived, if another version of the program made it; True if so.

    In short steps: others read and write between them, and find by the words of either. Raises
    UserError; what is not made anew yet still serves then.
    """
    with friendly(register.path):
        if derived.is_current(register.connection):
            return False
    for kind in ALL_KINDS:
        last: int | None = 0
        while last is not None:
            with register.transaction():
                last = derived.renew(register.connection, kind, last)
            if last is not None:
                time.sleep(_BREATH)
    with register.transaction():
        derived.note_words(register.connection)
    return True
