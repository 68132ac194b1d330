"""What an operation did, in words: by its label, or by its rows where that is a sample's."""

from __future__ import annotations

from dataclasses import replace

from ropa_app.model.kinds import split_reference
from ropa_app.model.words import Words
from ropa_app.register import log
from ropa_app.register.change import label
from ropa_app.register.history import Entry, entry_of, label_details, label_words
from ropa_app.register.log import Operation
from ropa_app.register.store import Register
from ropa_app.register.view import View

_NAMED = 3  # fields that a sentence names; with more it says only that there was a change


def told_words(register: Register, operation: Operation, view: View, words: Words) -> str:
    """What an operation did; a step of a sample is told as if it had been done in the window."""
    if label_details(operation).get("do") == "sample":
        taken_back = operation.kind in (log.UNDO, log.REDO) and operation.target
        rows = list(register.rows("op = ?", (taken_back or operation.seq,)))
        said = _label_of(entry_of(operation, rows, view))
        operation = replace(operation, label=said or operation.label)
    return label_words(operation, view, words)


def first_done(register: Register, operation: Operation) -> Operation:
    """What an operation did or took back in the first place, through all undoing and redoing."""
    while operation.kind in (log.UNDO, log.REDO) and operation.target:
        operation = register.operation(operation.target)
    return operation


def _label_of(entry: Entry) -> str:
    """The label that would tell this; empty where nothing is left to tell of."""
    if entry.created:
        kind = _common_kind(entry.created)
        do = "add" if kind else "add_several"
        return label(do, kind=kind, count=len(entry.created))
    refs = tuple(dict.fromkeys(change.ref for change in entry.changes))
    fields = list(dict.fromkeys(change.field for change in entry.changes))
    if len(refs) == 1 and fields == ["deleted"]:
        return label("delete", ref=refs[0])
    if len(refs) == 1:
        do = "set" if len(fields) <= _NAMED else "set_whole"
        return label(do, ref=refs[0], fields=fields)
    kind = _common_kind(refs)
    if kind and len(fields) <= _NAMED:
        return label("bulk", kind=kind, fields=fields, count=len(refs))
    return label("set_several", count=len(refs)) if refs else ""


def _common_kind(refs: tuple[str, ...]) -> str:
    """The kind that all these references are of; empty if they are of several."""
    kinds = {found[0].key if (found := split_reference(ref)) else "" for ref in refs}
    return kinds.pop() if len(kinds) == 1 else ""
