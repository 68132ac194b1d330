"""Whether all that is blanked in a log was redacted: a blank by hand would else hide a deed."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ropa_app.i18n import _
from ropa_app.register import log
from ropa_app.register.log import LogRow, Operation
from ropa_app.register.problem import Problem, Replayed, reference_of

_REDACT = "redact"


class Redactions:
    """The redactions of a log, whose labels stand in its chain, and the blanks they explain."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, str], int] = {}
        # The operation of each blank, the earliest whose redaction explains it, record and field.
        self._blanks: list[tuple[int, int, str, str]] = []

    def see_operation(self, operation: Operation) -> None:
        """Take in what an operation redacted, if it did."""
        if operation.kind != _REDACT:
            return
        try:
            details = json.loads(operation.label)
            for field in details["fields"]:
                self._last[str(details["ref"]), str(field)] = operation.seq
        except (ValueError, KeyError, TypeError, RecursionError):
            return  # its label is reported as unreadable, and explains nothing

    def see_row(self, row: LogRow) -> None:
        """Take in what is blanked in a row of the log."""
        for field in _blanked(row):
            self._blanks.append((row.op, row.op + 1, row.record, field))
        if log.is_redacted(row.old):  # the redaction itself writes that, too
            self._blanks.append((row.op, row.op, row.record, row.field))

    def problems(self, replayed: Replayed) -> Iterator[Problem]:
        """The blanks that no later redaction of the log explains."""
        for seq, earliest, record, field in self._blanks:
            ref = reference_of(replayed[record]) if record in replayed else record
            if self._last.get((ref, field), 0) < earliest:
                sentence = _("Operation {n}: {ref} {field} was blanked without a redaction.")
                text = sentence.format(n=seq, ref=ref, field=field or _("a new record"))
                yield Problem("chain", text, ref, field)


def _blanked(row: LogRow) -> set[str]:
    """The fields of a row whose value or salt is blank, or whose digest nobody can check."""
    if row.field != log.CREATED:
        return {row.field} if row.salt is None or log.is_redacted(row.new) else set()
    try:
        cells = log.unfold(row.new)
        kept = json.loads(row.salt) if row.salt and row.salt.startswith("{") else {"digests": {}}
        unchecked = set(kept["digests"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return {log.CREATED}
    blank = {key for key, cell in cells.items() if log.is_redacted(cell)}
    # A value that stands there although only its digest is vouched for is as bad as a blank.
    return blank | unchecked if blank == unchecked else {log.CREATED}
