"""Commands on records: list, show, add, set, delete, restore-record, merge, files, terms, redact."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from ropa_app.cli.common import (
    JSON,
    REGISTER,
    now_stamp,
    put_json,
    put_table,
    reading,
    record_json,
    view_of,
    words_of,
    writing,
)
from ropa_app.errors import UserError
from ropa_app.i18n import N_, _
from ropa_app.model.field import RecordKind
from ropa_app.model.kinds import KINDS, kind_named
from ropa_app.model.record import Record
from ropa_app.model.vocabulary import vocabulary, vocabulary_names
from ropa_app.model.words import Words
from ropa_app.register import documents, entry
from ropa_app.register.change import Create, label, new_id
from ropa_app.register.file import friendly
from ropa_app.register.view import View

REF = click.argument("ref")


@click.command("list")
@REGISTER
@click.argument("kind")
@click.option("--search", metavar="T", help="Only records that hold all these words.")
@JSON
def list_command(register: Path, kind: str, search: str | None, as_json: bool) -> None:
    """List the records of a kind, each with what matters most."""
    from ropa_app.cli.status import Statuses
    from ropa_app.register.search import Search

    chosen = kind_named(kind)
    with reading(register) as opened:
        view = view_of(opened)
        records = view.of(chosen.key)
        if search is not None:
            with friendly(register):
                found = set(Search(opened).ids(search, chosen.key))
            records = [record for record in records if record.number in found]
    words = words_of(view)
    if as_json:
        statuses = Statuses(view, words)
        put_json([record_json(r, view) | {"status": statuses.data(r)} for r in records])
        return
    _put_list(chosen, records, view, words)


def _put_list(kind: RecordKind, records: list[Record], view: View, words: Words) -> None:
    from ropa_app.cli.status import Statuses

    statuses = Statuses(view, words)
    shown = [field for field in kind.fields if field.listed]
    heads = [words.say(N_("Ref"))] + [words.label(field) for field in shown]
    rows = []
    for record in records:
        rows.append([record.ref] + [words.value(f, record[f.key], record.values) for f in shown])
        status = statuses.words(record)
        if status is not None:
            rows[-1].append(status)
    if any(len(row) > len(heads) for row in rows):
        heads.append(words.say(N_("Agreements")) if kind.key == "party" else words.say(N_("Status")))
    put_table(rows, heads)
    click.echo(words.say(N_("{n} of the kind {kind}"), n=len(records), kind=words.kind(kind)))


@click.command("show")
@REGISTER
@REF
@JSON
def show_command(register: Path, ref: str, as_json: bool) -> None:
    """Show everything a record holds, and what links to it."""
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
        click.echo(_("{ref} was merged into {other}.").format(ref=record.ref, other=merged.ref))
    _put_record(merged or record, view, words)


def _shown_json(record: Record, view: View, words: Words) -> dict[str, Any]:
    from ropa_app.cli.status import Statuses

    linked = sorted({(view.records[link.source].ref, link.field) for link in view.links_to(record.id)})
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

    click.echo(f"{record.ref}  {view.title(record, words)}  [{words.kind(record.kind)}]")
    if record.deleted:
        click.echo(words.say(N_("Deleted on {day}"), day=record.deleted[:10]))
    status = Statuses(view, words).words(record)
    if status:
        click.echo(status)
    for section, title in record.kind.sections:
        fields = [f for f in record.kind.fields if f.section == section]
        held = [field for field in fields if record[field.key] is not None]
        if held:
            click.echo(f"\n{words.say(title)}")
        for field in held:
            text = words.value(field, record[field.key], record.values)
            first, *others = text.split("\n") or [""]
            click.echo(f"  {words.label(field)}: {first}")
            for line in others:
                click.echo(f"      {line}")
    linked = sorted({view.records[link.source].ref for link in view.links_to(record.id)})
    if linked:
        click.echo(f"\n{words.say(N_('Linked from'))}: {', '.join(linked)}")


@click.command("add")
@REGISTER
@click.argument("kind")
@click.option("--json", "source", required=True, metavar="FILE|-", help="JSON with the fields.")
def add_command(register: Path, kind: str, source: str) -> None:
    """Add a record, or several, from JSON: an object of fields or a list of them."""
    chosen = kind_named(kind)
    data = _read_json(source)
    with writing(register) as opened:
        added = entry.add(opened, chosen, data)
    click.echo("\n".join(record.ref for record in added))


def _read_json(source: str) -> Any:
    name = _("standard input") if source == "-" else source
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8-sig")
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UserError(
            _("{path} is not JSON: {reason}.").format(path=name, reason=error)
        ) from error
    except OSError as error:
        raise UserError(
            _("{path} cannot be read: {reason}.").format(path=name, reason=error.strerror)
        ) from error


@click.command("set")
@REGISTER
@REF
@click.argument("assignments", nargs=-1, metavar="FIELD=VALUE|FIELD=@FILE.json ...")
@click.option("--open", "questions", multiple=True, metavar="FIELD=QUESTION", help="Leave it open, with a question.")
@click.option("--not-applicable", multiple=True, metavar="FIELD=REASON", help="Say why it does not apply.")
@click.option("--clear", multiple=True, metavar="FIELD", help="Empty it.")
def set_command(
    register: Path, ref: str, assignments: tuple[str, ...], questions: tuple[str, ...],
    not_applicable: tuple[str, ...], clear: tuple[str, ...],
) -> None:  # fmt: skip
    """Set fields of a record. FIELD=@@text sets text that begins with @."""
    data: dict[str, Any] = {}
    for text in assignments:
        key, value = _split(text)
        data[key] = _value(value)
    data |= {key: {"open": text} for key, text in map(_split, questions)}
    data |= {key: {"not_applicable": text} for key, text in map(_split, not_applicable)}
    data |= dict.fromkeys(clear)
    if not data:
        raise UserError(_("Say what to set: FIELD=VALUE."))
    with writing(register) as opened:
        changed = entry.set_fields(opened, ref, data)
    done = _("Changed {ref}.") if changed.operation else _("{ref} holds that already.")
    click.echo(done.format(ref=ref))


def _split(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals:
        raise UserError(_("“{text}” says no value; write FIELD=VALUE.").format(text=text))
    return key.strip(), value


def _value(text: str) -> Any:
    if text.startswith("@@"):
        return text[1:]
    return _read_json(text[1:]) if text.startswith("@") else text


@click.command("delete")
@REGISTER
@REF
def delete_command(register: Path, ref: str) -> None:
    """Delete a record; `restore-record` or `undo` brings it back."""
    with writing(register) as opened:
        record = entry.set_deleted(opened, ref, True, now_stamp())
        count = len(view_of(opened).links_to(record.id))
    click.echo(_("Deleted {ref}.").format(ref=record.ref))
    if count:
        click.echo(_("{n} links still lead to it; “ropa check” names them.").format(n=count))


@click.command("restore-record")
@REGISTER
@REF
def restore_record_command(register: Path, ref: str) -> None:
    """Bring a deleted record back."""
    with writing(register) as opened:
        record = entry.set_deleted(opened, ref, False, now_stamp())
    click.echo(_("Brought back {ref}.").format(ref=record.ref))


@click.command("merge")
@REGISTER
@click.argument("kept")
@click.argument("other")
def merge_command(register: Path, kept: str, other: str) -> None:
    """Merge the second record into the first; its links and its reference follow."""
    from ropa_app.register.merge import merge

    with writing(register) as opened:
        changed = merge(opened, kept, other, now_stamp())
    sentence = _("Merged {other} into {ref}; {n} records changed.")
    click.echo(sentence.format(other=other, ref=kept, n=len(changed.records)))


@click.command("attach")
@REGISTER
@REF
@click.argument("file", type=click.Path(path_type=Path))
def attach_command(register: Path, ref: str, file: Path) -> None:
    """Put a file into the register, as the content of a document or as a new one."""
    with writing(register) as opened:
        reference = documents.attach(opened, ref, file)
    click.echo(_("{file} is in the register as {ref}.").format(file=file.name, ref=reference))


@click.command("extract")
@REGISTER
@REF
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write.")
def extract_command(register: Path, ref: str, out: Path) -> None:
    """Write the file of a document out of the register."""
    with reading(register) as opened:
        _name, content = documents.content_of(opened, ref)
    try:
        with out.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise UserError(_("{path} exists already; choose another name.").format(path=out)) from None
    except OSError as error:
        raise UserError(
            _("{path} cannot be written: {reason}.").format(path=out, reason=error.strerror)
        ) from error
    click.echo(_("Wrote {path}.").format(path=out))


@click.group("term")
def term_command() -> None:
    """Terms of your own for the vocabularies."""


@term_command.command("add")
@REGISTER
@click.argument("vocabulary_id", metavar="VOCABULARY")
@click.argument("term_label", metavar="LABEL")
@click.option("--nb", help="The label in bokmål.")
@click.option("--help-text", help="One sentence of help.")
@click.option("--flag", "flags", multiple=True, help="special, criminal, vulnerable, internal …")
def term_add(
    register: Path, vocabulary_id: str, term_label: str, nb: str | None, help_text: str | None,
    flags: tuple[str, ...],
) -> None:  # fmt: skip
    """Add a term of your own to a vocabulary."""
    if vocabulary_id not in vocabulary_names():
        known = ", ".join(name for name in vocabulary_names() if not vocabulary(name).closed)
        raise UserError(
            _("There is no vocabulary “{name}”; you can add to {known}.").format(
                name=vocabulary_id, known=known
            )
        )
    if vocabulary(vocabulary_id).closed:
        raise UserError(
            _("The vocabulary “{name}” is given by the law and takes no further terms.").format(
                name=vocabulary_id
            )
        )
    values = {
        "name": term_label, "name_nb": nb, "vocabulary": vocabulary_id, "help_text": help_text,
        "flags": list(flags) or None,
    }  # fmt: skip
    with writing(register) as opened:
        known_terms = entry.RegisterReader(opened).terms
        if known_terms.find(vocabulary_id, term_label):
            raise UserError(_("“{label}” is in that vocabulary already.").format(label=term_label))
        identifier = new_id()
        filled = {key: value for key, value in values.items() if value is not None}
        change = Create(KINDS["term"].key, identifier, filled)
        opened.apply([change], label("term", vocabulary=vocabulary_id))
        click.echo(opened.get(identifier).ref)


@click.command("redact")
@REGISTER
@REF
@click.argument("field")
@click.option("--yes", is_flag=True, help="Do not ask.")
def redact_command(register: Path, ref: str, field: str, yes: bool) -> None:
    """Take the value of a field out of the register and all its past, for good."""
    from ropa_app.register.redact import redact

    if not yes:
        question = _("This cannot be undone. Blank {field} of {ref} in the register and its past?")
        click.confirm(question.format(field=field, ref=ref), abort=True, err=True)
    with writing(register) as opened:
        done = redact(opened, ref, field)
    click.echo(_("Redacted {field} of {ref}.").format(field=field, ref=ref))
    for path in done.backups:
        click.echo(_("This backup still holds it: {path}").format(path=path))
    for place in done.elsewhere:
        click.echo(_("The same text still stands in {place}.").format(place=place))
