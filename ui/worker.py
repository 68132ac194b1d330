"""Long work in a process of its own, which can be ended at any time.

It writes to an open register only as another program would: in one transaction, and the window
hears of it from the log.

Started as ``python -m ropa_ui.worker`` with one JSON object in a line on standard input; answers
in JSON lines on standard output. It works as long as its standard input stays open: when that is
closed, or whoever started it dies, it stops and takes half-written files away. A process keeps the
window fluid (Python runs one thread at a time) and gives the memory of a large register back. It
imports no Qt.
"""

from __future__ import annotations

import _thread
import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from ropa_app.errors import UserError
from ropa_app.i18n import set_language
from ropa_app.register.live import LiveView
from ropa_app.register.loading import load_around, load_view, load_view_in_steps
from ropa_app.register.store import Register
from ropa_app.register.view import View

if TYPE_CHECKING:
    from ropa_app.exports.result import ExportResult
    from ropa_app.model.words import Words
    from ropa_app.rules.findings import Finding

_AT_ONCE = 400  # findings in a line: what the window takes in without a pause
_SOON = 0.15  # seconds after which what was found so far is told
_PAGE = 100  # changes found that are told at once

Say = Callable[[dict[str, Any]], None]


def _view(asked: dict[str, Any]) -> View:
    """The register asked about; while it is read, the window can write."""
    as_at = asked.get("as_at")
    with Register.open(Path(asked["path"])) as register:
        return load_view(register, as_at) if as_at else load_view_in_steps(register)


def _row(found: Finding, words: Words) -> list[str]:
    """A finding in words, as ropa_ui.models.checks.Row takes it."""
    return [
        found.record, found.field, found.severity, found.rule, found.article,
        found.sentence(words), found.remedy_words(words),
    ]  # fmt: skip


def check(asked: dict[str, Any], say: Say) -> None:
    """All findings of a register, as rows, and then the figures of the overview."""
    from ropa_app.rules.findings import run
    from ropa_app.rules.overview import overview

    view = _view(asked)
    words = view.words(asked["language"])
    found = run(view)
    rows = [_row(one, words) for one in found]
    for start in range(0, len(rows), _AT_ONCE):
        say({"findings": rows[start : start + _AT_ONCE]})
    say({"overview": overview(view, found), "operation": view.head.operation})


def export(asked: dict[str, Any], say: Say) -> None:
    """Write a document; says how many records went into it."""
    result = _write(_view(asked), asked, asked.get("refs"))
    say({"written": str(asked["out"]), "records": result.records, "notes": list(result.notes)})


def preview(asked: dict[str, Any], say: Say) -> None:
    """Write a document to a private place and say what it looks like."""
    from ropa_app.exports.layout import layout
    from ropa_app.exports.preview import part_of, read_back

    view, chosen = _view(asked), layout(asked["layout"])
    asked_for = asked.get("refs")
    references = asked_for or [record.ref for record in view.of("activity")]
    part = part_of(chosen, references)
    result = _write(view, asked, part or asked_for)
    say({
        "records": result.records, "notes": list(result.notes), "day": view.day.isoformat(),
        "part": len(part or ()), "all": len(references), "operation": view.head.operation,
        "hash": view.head.hash[:12], **read_back(Path(asked["out"]), chosen),
    })  # fmt: skip


def _write(view: View, asked: dict[str, Any], refs: list[str] | None) -> ExportResult:
    """Write what is asked for; it is written in a language of its own."""
    from ropa_app import clock
    from ropa_app.exports.write import export as write

    return write(
        view, asked["layout"], Path(asked["out"]), asked.get("written_in"),
        asked.get("organisation"), refs, clock.export_moment(), asked.get("regime"),
    )  # fmt: skip


def verify(asked: dict[str, Any], say: Say) -> None:
    """Whether the register is whole; says one sentence for each problem."""
    from ropa_app.register.verify import verify as prove

    with Register.open(Path(asked["path"])) as register:
        say({"problems": [problem.sentence for problem in prove(register)]})


def backup(asked: dict[str, Any], say: Say) -> None:
    """The backup of the day, if one is due; says where it lies."""
    from ropa_app.register import backup as backups

    with Register.open(Path(asked["path"])) as register:
        wanted = asked.get("now") or backups.due(register)
        made = backups.make_of(register) if wanted else None
    say({"backup": str(made) if made else ""})


def upkeep(asked: dict[str, Any], say: Say) -> None:
    """What an opened register needs: the backup of the day, then search words of this version."""
    backup(asked, say)
    from ropa_app.register.upkeep import renew_derived

    with Register.open(Path(asked["path"]), writable=True) as register:
        renew_derived(register)


def compare(asked: dict[str, Any], say: Say) -> None:
    """What differs between two files: rows of record, field, and both values in words."""
    from ropa_app.register.diff import differences

    with Register.open(Path(asked["path"])) as one, Register.open(Path(asked["other"])) as other:
        before, after = load_view(one), load_view(other)
    old, new = before.words(asked["language"]), after.words(asked["language"])
    rows, count = [], 0
    for found in differences(before, after):
        count += 1
        if count <= _AT_ONCE:
            title = f"{found.record.ref} {after.title(found.record, new)}"
            field = found.record.kind.field(found.field) if found.field else None
            label, left, right = "", "", ""
            if field is not None:
                label = new.label(field)
                left, right = old.value(field, found.old), new.value(field, found.new)
            rows.append([found.what, title, label, left, right])
    say({"differences": rows, "count": count})


def search(asked: dict[str, Any], say: Say) -> None:
    """The changes that hold what was typed, the newest first, told as they are found."""
    from ropa_app.register.changes import search_changes

    with Register.open(Path(asked["path"])) as register:
        view = LiveView(register)
        hits = search_changes(
            register, view, view.words(asked["language"]), asked["text"], asked["record"],
            asked["before"],
        )  # fmt: skip
        part: list[tuple[int, str]] = []
        told = monotonic()
        for hit in hits:
            part.append((hit.operation, hit.change))
            if len(part) == _PAGE or monotonic() - told > _SOON:
                say({"found": part})
                part, told = [], monotonic()
    say({"found": part, "all": True})


def effect(asked: dict[str, Any], say: Say) -> None:
    """The findings that a step of the history brought and took away, in words."""
    from ropa_app.rules.effect import effect as effect_of

    with Register.open(Path(asked["path"])) as register:
        before, after = load_around(register, asked["operation"])
    found = effect_of(before, after)
    most = int(asked["most"])
    say({
        "came": [_row(f, after.words(asked["language"])) for f in found.came[:most]],
        "went": [_row(f, before.words(asked["language"])) for f in found.went[:most]],
        "counts": [len(found.came), len(found.went)],
    })  # fmt: skip


def sample(asked: dict[str, Any], say: Say) -> None:
    """Make a new register from a sample."""
    from ropa_app.register.sample import make_sample

    make_sample(asked["sample"], Path(asked["out"])).close()
    say({"made": asked["out"]})


def restore(asked: dict[str, Any], say: Say) -> None:
    """Bring a backup back as a new register."""
    from ropa_app.register.restore import restore as bring_back

    bring_back(Path(asked["backup"]), Path(asked["out"]))
    say({"made": asked["out"]})


def merge(asked: dict[str, Any], say: Say) -> None:
    """Merge two records as one step."""
    from ropa_app import clock
    from ropa_app.register.merge import merge as join

    with Register.open(Path(asked["path"]), writable=True) as register:
        moment = clock.stamp(register.now())
        done = join(register, asked["kept"], asked["other"], moment, asked["theirs"])
    say({"changed": len(done.records)})


def foresee(asked: dict[str, Any], say: Say) -> None:
    """What a redaction would blank, and then where the value would still stand."""
    from ropa_app.register.redact import foresee as look

    with Register.open(Path(asked["path"])) as register:
        found = look(register, asked["ref"], asked["field"])
        say({"values": found.values, "backups": [str(path) for path in found.backups]})
        say({"elsewhere": list(found.elsewhere)})


def redact(asked: dict[str, Any], say: Say) -> None:
    """Take a value out of the register for good."""
    from ropa_app.register.redact import redact as blank

    with Register.open(Path(asked["path"]), writable=True) as register:
        done = blank(register, asked["ref"], asked["field"])
    backups = [str(path) for path in done.backups]
    say({"backups": backups, "elsewhere": list(done.elsewhere)})


WORK: dict[str, Callable[[dict[str, Any], Say], None]] = {
    "check": check,
    "export": export,
    "preview": preview,
    "verify": verify,
    "compare": compare,
    "search": search,
    "effect": effect,
    "backup": backup,
    "sample": sample,
    "restore": restore,
    "upkeep": upkeep,
    "merge": merge,
    "foresee": foresee,
    "redact": redact,
}


def _stop_with_the_asker() -> None:
    """Interrupt the work when standard input ends: what it was writing is then taken away."""
    while os.read(0, 1024):
        pass
    _thread.interrupt_main()


def main() -> int:
    """Do what standard input asks; 0 if it was done, 1 with a line "error" if not, 2 if stopped."""
    try:
        return _main()
    except KeyboardInterrupt:
        return 2


def _main() -> int:
    # A program started in the background may have been told to ignore interruptions.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    asked = json.loads(sys.stdin.readline())
    threading.Thread(target=_stop_with_the_asker, daemon=True).start()

    def say(answer: dict[str, Any]) -> None:
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()

    try:
        set_language(asked["language"])
        WORK[asked["work"]](asked, say)
    except UserError as error:
        say({"error": str(error)})
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
