"""Bringing a backup back as a new file, checked before it is trusted."""

from __future__ import annotations

from pathlib import Path

from ropa_app import clock
from ropa_app.errors import UserError
from ropa_app.i18n import _
from ropa_app.register import backup
from ropa_app.register.change import label
from ropa_app.register.store import Register
from ropa_app.register.verify import verify


def restore(source: Path, target: Path, now: clock.Clock = clock.now) -> int:
    """Write a backup to a new file, prove it and note the restore in its log.

    Gives back the number of the operation. Raises UserError if the backup is damaged or the
    target exists; no file is left then.
    """
    with Register.open(source, now=now) as original:
        problems = verify(original)
        if problems:
            raise UserError(
                _("The backup {path} is damaged: {problem}").format(
                    path=source, problem=problems[0].sentence
                )
            )
        backup.copy(original.connection, target)
    try:
        with Register.open(target, writable=True, now=now) as register:
            changed = register.apply([], label("restored"), kind="restore")
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return changed.operation or 0
