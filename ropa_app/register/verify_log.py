"""Proving the log: its chain, its labels, what was blanked in it, and the tables against it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ropa_app.i18n import _
from ropa_app.model.kinds import ALL_KINDS
from ropa_app.register import log, schema
from ropa_app.register.log import LogRow, Operation
from ropa_app.register.problem import Problem, Replayed, reference_of
from ropa_app.register.redacted import Redactions
from ropa_app.register.store import Register


def chain_and_tables(register: Register) -> Iterator[Problem]:
    """The chain of the log, and the log replayed against the tables as they stand."""
    replayed: Replayed = {}
    redactions = Redactions()
    previous, last_at, expected = log.GENESIS, "", 1
    rows = _Rows(register)
    for operation in register.operations():
        mine = rows.of(operation.seq)
        yield from _check_operation(operation, mine, previous, last_at, expected)
        yield from _check_label(operation)
        for row in mine:
            yield from _replay(row, replayed)
            redactions.see_row(row)
        redactions.see_operation(operation)
        previous, last_at, expected = operation.hash, operation.at, operation.seq + 1
    if rows.left():
        yield Problem("chain", _("The log holds rows that belong to no operation."))
    yield from redactions.problems(replayed)
    yield from _compare(register, replayed)


class _Rows:
    """The rows of the log, handed out operation by operation."""

    def __init__(self, register: Register) -> None:
        self._rows = register.rows()
        self._next = next(self._rows, None)

    def of(self, seq: int) -> list[LogRow]:
        found = []
        while self._next is not None and self._next.op == seq:
            found.append(self._next)
            self._next = next(self._rows, None)
        return found

    def left(self) -> bool:
        return self._next is not None


def _check_operation(
    operation: Operation, rows: list[LogRow], previous: str, last_at: str, expected: int
) -> Iterator[Problem]:
    number = str(operation.seq)
    if (operation.kind == "new") != (expected == 1):
        yield Problem("chain", _("The log does not begin with the making of the register."))
    if operation.seq != expected or operation.at < last_at:
        yield Problem("chain", _("Operation {n} is out of order.").format(n=number))
    for row in rows:
        try:
            digest = log.row_digest(row)
        except (ValueError, KeyError, TypeError, RecursionError):
            digest = ""
        blanked = digest is None and not log.is_redacted(row.new)
        if blanked or (digest is not None and digest != row.digest):
            sentence = _("Operation {n}: the logged value of {field} was changed afterwards.")
            field = row.field or _("a new record")
            yield Problem("chain", sentence.format(n=number, field=field), row.record, row.field)
    links = (log.link_of(row.record, row.field, row.digest) for row in rows)
    if log.operation_hash(previous, operation, links) != operation.hash:
        sentence = _("Operation {n} of the log was changed afterwards: its hash does not fit.")
        yield Problem("chain", sentence.format(n=number))


def _check_label(operation: Operation) -> Iterator[Problem]:
    """A label that history cannot read, whoever wrote it."""
    try:
        details = json.loads(operation.label)
        fields = details.get("fields", [])
        fine = isinstance(details["do"], str) and all(isinstance(name, str) for name in fields)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        fine = False
    if not fine:
        sentence = _("Operation {n}: its label cannot be read.")
        yield Problem("chain", sentence.format(n=operation.seq))


def _replay(row: LogRow, replayed: Replayed) -> Iterator[Problem]:
    if row.field == log.CREATED:
        cells = log.unfold(row.new)
        replayed[row.record] = (str(cells.pop(log.KIND)), cells)
        return
    if row.record not in replayed:
        yield Problem("log", _("The log changes a record it never made."), row.record, row.field)
        return
    cells = replayed[row.record][1]
    if cells.get(row.field) != row.old:
        sentence = _("Operation {n}: the old value of {field} is not the one logged before.")
        yield Problem("log", sentence.format(n=row.op, field=row.field), row.record, row.field)
    cells[row.field] = row.new


def _compare(register: Register, replayed: Replayed) -> Iterator[Problem]:
    """The log replayed against the tables as they stand."""
    left = dict(replayed)
    for kind in ALL_KINDS:
        names = schema.columns_of(register.connection, kind.key)
        for row in register.connection.execute(f'SELECT * FROM "{kind.key}" ORDER BY number'):
            cells = dict(zip(names, row, strict=True))
            ref = kind.reference(cells["number"])
            found = left.pop(cells.pop("id"), None)
            if found is None or found[0] != kind.key:
                sentence = _("{ref} stands in the register but not in the log.").format(ref=ref)
                yield Problem("tables", sentence, ref)
                continue
            for name in sorted({*cells, *found[1]}):
                if cells.get(name) != found[1].get(name):
                    sentence = _("{ref} {field} was changed with another program.")
                    yield Problem("tables", sentence.format(ref=ref, field=name), ref, name)
    for made in left.values():
        ref = reference_of(made)
        sentence = _("{ref} stands in the log but is gone from the register.").format(ref=ref)
        yield Problem("tables", sentence, ref)
