"""Commands on whole registers: new, sample, info, dump, load, verify, backup, restore."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ropa_app import clock
from ropa_app.cli.common import JSON, REGISTER, reading, view_of, words_of
from ropa_app.cli.main import FOUND
from ropa_app.cli.output import answering, put, put_json
from ropa_app.cli.speech import FilePath, OneOf, command
from ropa_app.errors import DamageError, UserError
from ropa_app.i18n import LANGUAGES, N_, _
from ropa_app.model.kinds import ALL_KINDS
from ropa_app.register import backup as backups
from ropa_app.register.change import Create, label, new_id
from ropa_app.register.store import Register

if TYPE_CHECKING:
    from ropa_app.register.problem import Problem
    from ropa_app.register.view import Head

_SHOWN = 50
#: The sample that is made from a seed and not from a file.
GENERATED = "generated"
_HASH = re.compile(r"[0-9a-fA-F]{8,64}")


@command("new", N_(
    "Make a new register for an organisation.\n\n"
    "REGISTER is the file to make; by custom its name ends in .ropa."
))
@REGISTER
@click.option("--name", required=True, help=N_("Name of the organisation."))
@click.option("--lang", type=OneOf(LANGUAGES), default="en",
    help=N_("Language of the exports, unless another is asked for; English if left out."),
)
def _new(register: Path, name: str, lang: str) -> None:
    if not name.strip():
        raise UserError(_("Give the name of the organisation with --name."))
    settings = {"name": name, "time_zone": "Europe/Oslo", "language": lang}
    with Register.create(register, settings) as made:
        organisation = Create("organisation", new_id(), {"name": name})
        made.apply([organisation], label("add", kind="organisation", count=1))
    put(_("Made {path} with {ref} {name}.").format(path=register, ref="O-001", name=name))


@command("sample", N_(
    "Make a register from a sample: smartgroup, nordlys or generated.\n\n"
    "smartgroup holds what one published privacy policy says, nordlys is a fictitious web shop, "
    "generated makes a register of any size from a seed."
))
@click.argument("name")
@REGISTER
@click.option(
    "--activities", type=int, help=N_("For “generated”: how many activities; 100.")
)
@click.option("--seed", type=int, help=N_("For “generated”: the seed; 1."))
def _sample(name: str, register: Path, activities: int | None, seed: int | None) -> None:
    if name == GENERATED:
        from ropa_app.register.generate import generated

        if activities is not None and activities < 1:
            raise UserError(_("--activities must be 1 or more."))
        made = generated(register, activities or 100, 1 if seed is None else seed)
    else:
        from ropa_app.register.sample import make_sample

        _check_sample(name, {"--activities": activities, "--seed": seed})
        made = make_sample(name, register)
    with made:
        count = len(view_of(made).records)  # deleted ones, too, as everywhere records are counted
    put(_("Made {path}; records: {n}.").format(path=register, n=count))


def _check_sample(name: str, options: dict[str, int | None]) -> None:
    """Raises UserError if there is no such sample, or an option is given that it does not take."""
    from ropa_app.register.sample import sample_names

    if name not in sample_names():
        known = ", ".join([*sample_names(), GENERATED])
        sentence = _("There is no sample “{name}”; the samples are {known}.")
        raise UserError(sentence.format(name=name, known=known))
    for option, given in options.items():
        if given is not None:
            sentence = _("{option} is for the sample “{generated}” only; leave it out.")
            raise UserError(sentence.format(option=option, generated=GENERATED))


@command("info", N_("Say what a register holds and where its log stands."))
@REGISTER
@JSON
def _info(register: Path, as_json: bool) -> None:
    from ropa_app.register.verify import notes

    with reading(register) as opened:
        view = view_of(opened)
        identifier, remarks = opened.id, notes(opened)
    words = words_of(view)
    counts = {kind.key: len(view.of(kind.key)) for kind in ALL_KINDS}
    kept = backups.backups_of(identifier)
    if as_json:
        put_json({
            "name": view.setting("name", ""), "path": str(register), "id": identifier,
            "day": view.day.isoformat(), "operation": view.head.operation,
            "hash": view.head.hash, "changed": view.head.at, "records": counts,
            "backups": [str(path) for path in kept], "notes": remarks,
        })  # fmt: skip
        return
    put(f"{view.setting('name', '')}  ({register})")
    for kind in ALL_KINDS:
        if counts[kind.key] and kind.key != "register":
            put(f"  {counts[kind.key]:>6}  {words.kind(kind, many=True)}")
    line = _("Log: operation {n}, {hash}, {at}")
    at = clock.local(view.head.at, view.zone)
    put(line.format(n=view.head.operation, hash=view.head.hash[:12], at=at))
    newest = kept[-1] if kept else _("none yet")
    put(_("Newest backup: {path}").format(path=newest))
    for remark in remarks:
        put(remark)
    put(_("The file is not encrypted; the disk's own encryption protects it."))


@command("dump", N_(
    "Write the whole register as JSON: records, log and documents.\n\n"
    "`ropa load` makes the same register from it again, history included."
))
@REGISTER
@click.option("--out", type=FilePath(), required=True, help=N_("The JSON file to write."))
def _dump(register: Path, out: Path) -> None:
    from ropa_app.register.dump import dump

    with reading(register) as opened:
        count = dump(opened, out)
    put(_("Wrote {path}; records: {n}.").format(n=count, path=out))


@command("load", N_("Make a new register from a file that `ropa dump` wrote."))
@click.argument("source", metavar="DUMP", type=FilePath(there=True))
@REGISTER
def _load(source: Path, register: Path) -> None:
    from ropa_app.register.dump import load

    with load(source, register) as made:
        head = made.head()
    sentence = _("Made {path}; its log stands at operation {n}.")
    put(sentence.format(path=register, n=head.operation))


@command("verify", N_(
    "Prove that a register is whole and that nobody changed it outside the program.\n\n"
    "Exit status 1 if something is wrong."
))
@REGISTER
@click.option("--contains", metavar="HASH",
    help=N_("Only say whether the register once stood at this hash, as printed on an export."),
)
@JSON
def _verify(register: Path, contains: str | None, as_json: bool) -> int:
    from ropa_app.register import verify
    from ropa_app.register.problem import Problem

    if contains is not None and not _HASH.fullmatch(contains):
        raise UserError(_("“{text}” is not a hash: 8 to 64 of 0–9 and a–f.").format(text=contains))
    try:
        with reading(register) as opened:
            if contains is not None:
                return _contains(opened, contains, as_json)
            problems = verify.verify(opened)
            head, remarks = opened.head(), verify.notes(opened)
    except DamageError as error:
        with answering(FOUND):
            if as_json:
                put_json(_verified_json(None, [Problem("file", str(error))], []))
            put(f"ropa: {error}", err=True)
        return FOUND
    status = FOUND if problems else 0
    with answering(status):
        if as_json:
            put_json(_verified_json(head, problems, remarks))
        else:
            _put_verified(head, problems)
            for remark in remarks:
                put(remark)
    return status


def _verified_json(
    head: Head | None, problems: list[Problem], remarks: list[str]
) -> dict[str, Any]:
    return {
        "operation": head.operation if head else None, "hash": head.hash if head else None,
        "problems": [
            {"check": p.check, "message": p.sentence, "ref": p.ref, "field": p.field}
            for p in problems
        ],
        "notes": remarks,
    }  # fmt: skip


def _put_verified(head: Head, problems: list[Problem]) -> None:
    for problem in problems[:_SHOWN]:
        put(problem.sentence)
    if len(problems) > _SHOWN:
        put(_("… and {n} more; --json names all.").format(n=len(problems) - _SHOWN))
    clean = _("The register is whole: {n} operations, head {hash}.")
    if not problems:
        put(clean.format(n=head.operation, hash=head.hash[:12]))


def _contains(register: Register, prefix: str, as_json: bool) -> int:
    from ropa_app.register import verify

    operation = verify.contains(register, prefix)
    if as_json:
        there = operation and {
            "operation": operation.seq, "at": operation.at, "hash": operation.hash
        }  # fmt: skip
        put_json({"found": there})
    elif operation:
        sentence = _("The register stood there at operation {n}, {at}.")
        at = clock.local(operation.at, register.zone)
        put(sentence.format(n=operation.seq, at=at))
    else:
        put(_("The log of this register never stood at {hash}.").format(hash=prefix))
    return 0 if operation else FOUND


@command("backup", N_(
    "Copy the register, whole as at one moment.\n\n"
    "Without --out the copy goes to the backup folder, where 7 daily, 4 weekly and 12 monthly "
    "copies are kept. One is also made before the first change of a day."
))
@REGISTER
@click.option("--out", type=FilePath(), help=N_("Copy to this file instead of the backup folder."))
def _backup(register: Path, out: Path | None) -> None:
    with reading(register) as opened:
        if out is not None:
            backups.copy(opened.connection, out)
            made: Path | None = out
        else:
            made = backups.make_of(opened)
            if made is None:
                newest = backups.backups_of(opened.id)[-1]
                sentence = _("Nothing has changed since the newest backup, {path}.")
                put(sentence.format(path=newest))
                return
    put(_("Backed up to {path}.").format(path=made))


@command("restore", N_(
    "Bring a backup back as a new register file.\n\n"
    "The backup is checked first; an existing file is never overwritten."
))
@click.argument("source", metavar="BACKUP", type=FilePath(there=True))
@REGISTER
def _restore(source: Path, register: Path) -> None:
    from ropa_app.register.restore import restore

    restore(source, register)
    put(_("Restored {path} from {backup}.").format(path=register, backup=source))
