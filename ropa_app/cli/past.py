"""Commands on the past: history, diff, undo, redo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ropa_app import clock
from ropa_app.cli.common import JSON, REGISTER, reading, view_of, words_of, writing
from ropa_app.cli.main import FOUND
from ropa_app.cli.output import answering, in_one_line, put, put_json
from ropa_app.cli.speech import FilePath, command
from ropa_app.errors import UserError
from ropa_app.i18n import N_, _
from ropa_app.model.state import to_plain
from ropa_app.model.words import Words
from ropa_app.register import diff, history
from ropa_app.register.store import Register
from ropa_app.register.told import first_done, told_words
from ropa_app.register.view import View


@command("history", N_("Say what was done and by whom, newest first; with REF, to that record."))
@REGISTER
@click.argument("ref", required=False)
@JSON
def _history(register: Path, ref: str | None, as_json: bool) -> None:
    with reading(register) as opened:
        view = view_of(opened)
        words = words_of(view)
        record = None
        if ref is not None:
            record = opened.find_exact(ref)
            if record is None:
                raise UserError(_("There is no record {ref}.").format(ref=ref))
        found = history.entries(opened, view, record)
        if as_json:
            put_json([_entry_json(opened, entry, view, words) for entry in found])
            return
        for entry in found:
            _put_entry(opened, entry, view, words)


def _entry_json(
    register: Register, entry: history.Entry, view: View, words: Words
) -> dict[str, Any]:
    operation = entry.operation
    return {
        "operation": operation.seq, "at": operation.at, "who": operation.who,
        "kind": operation.kind, "target": operation.target, "hash": operation.hash,
        "label": told_words(register, operation, view, words),
        "created": list(entry.created),
        "changes": [
            {"ref": change.ref, "field": change.field, "old": to_plain(change.old),
             "new": to_plain(change.new)}
            for change in entry.changes
        ],
    }  # fmt: skip


def _put_entry(register: Register, entry: history.Entry, view: View, words: Words) -> None:
    operation = entry.operation
    text = told_words(register, operation, view, words)
    at = clock.local(operation.at, view.zone)
    put(f"{operation.seq:>5}  {at}  {operation.who}  {text}")
    if entry.created:
        put("       + " + ", ".join(entry.created))
    for change in entry.changes:
        name, old, new = history.value_words(change, view, words)
        put(f"       {change.ref} {name}: {_short(old)} → {_short(new)}")


def _short(text: str) -> str:
    return in_one_line(text, 80) or "–"


@command("diff", N_(
    "Say what differs between two days, or between two register files.\n\n"
    "Exit status 1 if anything differs."
))
@REGISTER
@click.argument("other", required=False, type=FilePath())
@click.option("--from", "start", metavar="D", help=N_("Compare from this date or moment …"))
@click.option("--to", "end", metavar="D", help=N_("… to this one; today if it is left out."))
@JSON
def _diff(
    register: Path, other: Path | None, start: str | None, end: str | None, as_json: bool
) -> int:
    if other is None and start is None:
        raise UserError(_("Name a second register, or a date with --from."))
    with reading(register) as opened:
        before = view_of(opened, start)
        if other is None:
            after = view_of(opened, end)
        else:
            with reading(other) as second:
                after = view_of(second, end)
    found = list(diff.differences(before, after))
    words = words_of(after)
    status = FOUND if found else 0
    with answering(status):
        if as_json:
            put_json([
                {"ref": d.record.ref, "id": d.record.id, "change": d.what,
                 "field": d.field or None, "old": to_plain(d.old), "new": to_plain(d.new)}
                for d in found
            ])  # fmt: skip
            return status
        for difference in found:
            put(_difference(difference, before, after, words))
        if not found:
            put(_("No difference."))
    return status


def _difference(found: diff.Difference, before: View, after: View, words: Words) -> str:
    record = found.record
    if found.what != diff.CHANGED:
        sign = "+" if found.what == diff.ADDED else "−"
        view = after if found.what == diff.ADDED else before
        return f"{sign} {record.ref} {view.title(record, words)}"
    field = record.kind.field(found.field)
    old = before.words(words.language).value(field, found.old, record.values)
    new = words.value(field, found.new, record.values)
    return f"  {record.ref} {words.label(field)}: {_short(old)} → {_short(new)}"


@command("undo", N_("Take back the newest change, whoever made it."))
@REGISTER
def _undo(register: Path) -> None:
    with writing(register) as opened:
        _say(opened, opened.undo().seq, _("Undone: {what}"))


@command("redo", N_("Do again what was undone last."))
@REGISTER
def _redo(register: Path) -> None:
    with writing(register) as opened:
        _say(opened, opened.redo().seq, _("Done again: {what}"))


def _say(register: Register, seq: int, sentence: str) -> None:
    view = view_of(register)
    operation = first_done(register, register.operation(seq))
    what = told_words(register, operation, view, words_of(view))
    put(f"{sentence.format(what=what)} ({clock.local(operation.at, view.zone)})")
