"""Commands on records: list, show, add, set, delete, merge, their files, own terms, redact."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from ropa_app import clock
from ropa_app.cli.common import (
    JSON,
    OUT,
    REGISTER,
    now_stamp,
    put_table,
    reading,
    record_json,
    view_of,
    words_of,
    writing,
)
from ropa_app.cli.output import in_one_line, put, put_json
from ropa_app.cli.speech import FilePath, command
from ropa_app.errors import UserError
from ropa_app.i18n import N_, _
from ropa_app.model.field import RecordKind
from ropa_app.model.kinds import kind_named
from ropa_app.model.record import Record
from ropa_app.model.state import AsTyped, Value
from ropa_app.model.words import Words
from ropa_app.outfile import written
from ropa_app.register import documents, entry
from ropa_app.register.file import friendly
from ropa_app.register.view import View

REF = click.argument("ref")
_DEEPEST = 50


@command(
    "list",
    N_(
        "List the records of a kind, each with what matters most.\n\n"
        "KIND is organisation, activity, party, agreement, transfer, retention, measure, system, "
        "assessment, document, notice, request, term or register."
    ),
)
@REGISTER
@click.argument("kind")
@click.option(
    "--search", metavar="T", help=N_("Only records that hold all these words, or parts of words.")
)
@click.option(
    "--deleted", is_flag=True,
    help=N_("The deleted records instead; “ropa restore-record” brings one back."),
)  # fmt: skip
@JSON
def _list(register: Path, kind: str, search: str | None, deleted: bool, as_json: bool) -> None:
    from ropa_app.cli.status import Statuses
    from ropa_app.register.search import Search

    chosen = kind_named(kind)
    with reading(register) as opened:
        view = view_of(opened)
        records = [r for r in view.of_all(chosen.key) if bool(r.deleted) == deleted]
        if search is not None and search.strip():
            with friendly(register):
                found = set(Search(opened).ids(search, chosen.key))
            records = [record for record in records if record.number in found]
    words = words_of(view)
    if as_json:
        statuses = Statuses(view, words)
        put_json([record_json(r, view) | {"status": statuses.data(r)} for r in records])
        return
    _put_list(chosen, records, view, words, deleted)


def _put_list(
    kind: RecordKind, records: list[Record], view: View, words: Words, deleted: bool
) -> None:
    from ropa_app.cli.status import Statuses

    statuses = Statuses(view, words)
    shown = [field for field in kind.fields if field.listed]
    last = N_("Agreements") if kind.key == "party" else N_("Status")
    heads = [words.say(N_("Ref"))] + [words.label(field) for field in shown]
    rows = []
    for record in records:
        rows.append([record.ref] + [words.value(f, record[f.key], record.values) for f in shown])
        status = _gone(record, view) if deleted else statuses.words(record)
        if status is not None:
            rows[-1].append(status)
    if any(len(row) > len(heads) for row in rows):
        heads.append(words.say(N_("Deleted") if deleted else last))
    put_table(rows, heads)
    put(words.say(N_("{n} of the kind {kind}"), n=len(records), kind=words.kind(kind)))


def _gone(record: Record, view: View) -> str:
    """When a record was deleted, or into which it was merged."""
    day = clock.local(record.deleted or "", view.zone)[:10]
    target = view.get(record.id) if record.merged_into else None
    return f"{day} → {target.ref}" if target else day


@command("show", N_("Show everything a record holds, and what links to it."))
@REGISTER
@REF
@JSON
def _show(register: Path, ref: str, as_json: bool) -> None:
    with reading(register) as opened:
        if opened.find_exact(ref) is None:
            opened.get(ref)
        view = view_of(opened)
    record = view.by_ref(ref) or view.records[ref]
    merged = view.get(record.id) if record.merged_into else None
    words = words_of(view)
    if as_json:
        put_json(_shown_json(merged or record, view, words) | {"asked": record.ref})
        return
    if merged is not None:
        put(_("{ref} was merged into {other}.").format(ref=record.ref, other=merged.ref))
    _put_record(merged or record, view, words)


def _shown_json(record: Record, view: View, words: Words) -> dict[str, Any]:
    from ropa_app.cli.status import Statuses

    links = view.links_to(record.id)
    linked = sorted({(view.records[link.source].ref, link.field) for link in links})
    return record_json(record, view) | {
        "words": {
            field.key: words.value(field, record[field.key], record.values)
            for field in record.kind.fields
            if record[field.key] is not None
        },
        "status": Statuses(view, words).data(record),
        "linked_from": [{"ref": ref, "field": key} for ref, key in linked],
    }


def _put_record(record: Record, view: View, words: Words) -> None:
    from ropa_app.cli.status import Statuses

    put(f"{record.ref}  {view.title(record, words)}  [{words.kind(record.kind)}]")
    if record.deleted:
        put(words.say(N_("Deleted on {day}"), day=_gone(record, view)))
    statuses = Statuses(view, words)
    for line in filter(None, (statuses.words(record), statuses.reason(record))):
        put(line)
    for section, title in record.kind.sections:
        fields = [f for f in record.kind.fields if f.section == section]
        held = [field for field in fields if record[field.key] is not None]
        if held:
            put(f"\n{words.say(title)}")
        for field in held:
            text = words.value(field, record[field.key], record.values)
            first, *others = text.split("\n") or [""]
            put(f"  {words.label(field)}: {first}")
            for line in others:
                put(f"      {line}")
    linked = sorted({view.records[link.source].ref for link in view.links_to(record.id)})
    if linked:
        put(f"\n{words.say(N_('Linked from'))}: {', '.join(linked)}")


@command(
    "add",
    N_(
        "Add a record, or several, from JSON: an object of fields or a list of them.\n\n"
        'A field holds text as you would type it, a list, {"open": "question"} or '
        '{"not_applicable": "reason"}; links name references such as P-003. An object may have a '
        '"key" that others of the same file link to.'
    ),
)
@REGISTER
@click.argument("kind")
@click.option(
    "--json",
    "source",
    required=True,
    metavar="FILE|-",
    help=N_("The JSON file, or - for standard input."),
)
def _add(register: Path, kind: str, source: str) -> None:
    chosen = kind_named(kind)
    data = _read_json(source)
    with writing(register) as opened:
        added = entry.add(opened, chosen, data)
    for record in added:
        put(record.ref)
        _say_unread(record, record.values)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; a field named twice would silently lose its first value."""
    if len({key for key, _value in pairs}) < len(pairs):
        raise UserError(_("A field is given twice; say one thing of each."))
    return dict(pairs)


def _read_json(source: str) -> Any:
    name = _("standard input") if source == "-" else source
    if not source:
        raise UserError(_("Name a file after the @; text that begins with @ is written @@."))
    try:
        stream = getattr(sys.stdin, "buffer", sys.stdin)
        content = stream.read() if source == "-" else Path(source).read_bytes()
        text = content if isinstance(content, str) else content.decode("utf-8-sig")
        return _not_too_deep(json.loads(text, object_pairs_hook=_once_each))
    except UnicodeDecodeError:
        sentence = _("{path} is not UTF-8 text; save it as UTF-8.")
        raise UserError(sentence.format(path=name)) from None
    except json.JSONDecodeError as error:
        sentence = _("{path} is not JSON: look at line {line}, character {column}.")
        raise UserError(sentence.format(path=name, line=error.lineno, column=error.colno)) from None
    except (ValueError, RecursionError):
        raise UserError(_("{path} is not JSON that can be read.").format(path=name)) from None
    except OSError as error:
        raise UserError(
            _("{path} cannot be read: {reason}.").format(path=name, reason=error.strerror)
        ) from error


def _not_too_deep(data: Any) -> Any:
    """The data. Raises ValueError if they are nested far deeper than any field is."""
    layer = [data]
    for _depth in range(_DEEPEST):
        layer = [
            inner
            for item in layer
            if isinstance(item, list | dict)
            for inner in (item.values() if isinstance(item, dict) else item)
        ]
        if not layer:
            return data
    raise ValueError(_DEEPEST)


@command(
    "set",
    N_(
        "Set fields of a record.\n\n"
        "FIELD=VALUE sets text as you would type it. Several terms, countries or references stand "
        "one per line or between semicolons, several texts one per line. FIELD=@FILE.json reads "
        "the value from a JSON file; FIELD=@@text sets text that begins with @. “ropa fields "
        "KIND” lists the fields."
    ),
)
@REGISTER
@REF
@click.argument("assignments", nargs=-1, metavar="FIELD=VALUE|FIELD=@FILE.json ...")
@click.option(
    "--open",
    "questions",
    multiple=True,
    metavar="FIELD=QUESTION",
    help=N_("Leave it open, with a question."),
)
@click.option(
    "--not-applicable",
    multiple=True,
    metavar="FIELD=REASON",
    help=N_("Say why it does not apply."),
)
@click.option("--clear", multiple=True, metavar="FIELD", help=N_("Empty it."))
def _set(
    register: Path, ref: str, assignments: tuple[str, ...], questions: tuple[str, ...],
    not_applicable: tuple[str, ...], clear: tuple[str, ...],
) -> None:  # fmt: skip
    data: dict[str, Any] = {}
    for text in assignments:
        key, value = _split(text)
        data[key] = _value(value)
    data |= {key: {"open": text} for key, text in map(_said, questions)}
    data |= {key: {"not_applicable": text} for key, text in map(_said, not_applicable)}
    data |= dict.fromkeys(clear)
    if not data:
        raise UserError(_("Say what to set: FIELD=VALUE."))
    given = len(assignments) + len(questions) + len(not_applicable) + len(clear)
    if given != len(data):
        raise UserError(_("A field is given twice; say one thing of each."))
    with writing(register) as opened:
        changed = entry.set_fields(opened, ref, data)
        asked, record = opened.find_exact(ref), opened.get(ref)
    _say_unread(record, data)
    if asked is not None and asked.id != record.id:
        put(_("{ref} was merged into {other}.").format(ref=asked.ref, other=record.ref))
    done = _("Changed {ref}.") if changed.operation else _("{ref} holds that already.")
    put(done.format(ref=record.ref))


def _say_unread(record: Record, fields: Iterable[str]) -> None:
    """Name the fields whose text could not be read as what they hold; it is kept as typed."""
    sentence = _("{ref} {field}: “{text}” could not be read and is kept as typed.")
    for key in fields:
        for text in _unread(record[key]):
            shown = in_one_line(text, 80)
            put(sentence.format(ref=record.ref, field=key, text=shown), err=True)


def _unread(value: Value) -> Iterator[str]:
    if isinstance(value, AsTyped):
        yield value.text
    if isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _unread(item)


def _said(text: str) -> tuple[str, str]:
    """The field and the question or reason, which must not be empty."""
    key, said = _split(text)
    if not said.strip():
        raise UserError(_("“{field}” needs a question or reason after the =.").format(field=key))
    return key, said


def _split(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals:
        raise UserError(_("“{text}” says no value; write FIELD=VALUE.").format(text=text))
    return key.strip(), value


def _value(text: str) -> Any:
    if text.startswith("@@"):
        return text[1:]
    return _read_json(text[1:]) if text.startswith("@") else text


@command("delete", N_("Delete a record; `restore-record` or `undo` brings it back."))
@REGISTER
@REF
def _delete(register: Path, ref: str) -> None:
    with writing(register) as opened:
        record = entry.set_deleted(opened, ref, True, now_stamp())
        count = len(view_of(opened).links_to(record.id))
    put(_("Deleted {ref}.").format(ref=record.ref))
    if count:
        put(_("Links that still lead to it: {n}; “ropa check” names them.").format(n=count))


@command("restore-record", N_("Bring a deleted record back."))
@REGISTER
@REF
def _restore_record(register: Path, ref: str) -> None:
    with writing(register) as opened:
        record = entry.set_deleted(opened, ref, False, now_stamp())
    put(_("Brought back {ref}.").format(ref=record.ref))


@command(
    "merge",
    N_(
        "Merge OTHER into KEPT: its links, names and reference follow.\n\n"
        "Where both hold a value, that of KEPT stays unless --take says otherwise. `ropa undo` "
        "takes the merge back."
    ),
)
@REGISTER
@click.argument("kept")
@click.argument("other")
@click.option(
    "--take", "theirs", multiple=True, metavar="FIELD",
    help=N_("Let the value of OTHER stand in this field; may be given several times."),
)
def _merge(register: Path, kept: str, other: str, theirs: tuple[str, ...]) -> None:
    from ropa_app.register.merge import merge

    with writing(register) as opened:
        changed = merge(opened, kept, other, now_stamp(), theirs)
    sentence = _("Merged {other} into {ref}; records changed: {n}.")
    put(sentence.format(other=other, ref=kept, n=len(changed.records)))


@command(
    "attach",
    N_(
        "Put a file into the register.\n\n"
        "REF is the document record that is to hold it, or an agreement, a measure, an assessment "
        "or a request, which then gets a new document with it."
    ),
)
@REGISTER
@REF
@click.argument("file", type=FilePath(there=True))
def _attach(register: Path, ref: str, file: Path) -> None:
    with writing(register) as opened:
        reference = documents.attach(opened, ref, file)
    put(_("{file} is in the register as {ref}.").format(file=file.name, ref=reference))


@command("extract", N_("Write the file that a document record holds."))
@REGISTER
@REF
@OUT
def _extract(register: Path, ref: str, out: Path) -> None:
    with reading(register) as opened:
        _name, content = documents.content_of(opened, ref)
    with written(out, new=True) as file:
        file.write(content)
    put(_("Wrote {path}.").format(path=out))


@command(
    "redact",
    N_(
        "Take the value of a field out of the register and all its past, for good.\n\n"
        "Backups that still hold it are named; delete them yourself."
    ),
)
@REGISTER
@REF
@click.argument("field")
@click.option("--yes", is_flag=True, help=N_("Do not ask."))
def _redact(register: Path, ref: str, field: str, yes: bool) -> None:
    from ropa_app.register.redact import redact, to_redact

    with reading(register) as opened:
        to_redact(opened, ref, field)
    if not yes:
        question = _("This cannot be undone. Blank {field} of {ref} in the register and its past?")
        click.confirm(question.format(field=field, ref=ref), abort=True, err=True)
    with writing(register, backed_up=False) as opened:
        done = redact(opened, ref, field)
    put(_("Redacted {field} of {ref}.").format(field=field, ref=ref))
    for path in done.backups:
        put(_("This backup still holds it: {path}").format(path=path))
    for place in done.elsewhere:
        put(_("The same text still stands in {place}.").format(place=place.words()))
