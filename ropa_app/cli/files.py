"""Commands on whole registers: new, sample, info, dump, load, verify, backup, restore."""

from __future__ import annotations

from pathlib import Path

import click

from ropa_app.cli.common import JSON, REGISTER, make_backup, put_json, reading, view_of, words_of
from ropa_app.cli.main import FOUND
from ropa_app.errors import DamageError
from ropa_app.i18n import _
from ropa_app.model.kinds import ALL_KINDS
from ropa_app.register import backup as backups
from ropa_app.register.change import Create, label, new_id
from ropa_app.register.redact import register_id
from ropa_app.register.store import Register

_SHOWN = 50
PATH = click.Path(path_type=Path)


@click.command("new")
@REGISTER
@click.option("--name", required=True, help="Name of the organisation.")
@click.option("--lang", type=click.Choice(["en", "nb"]), default="en", help="Language of exports.")
def new_command(register: Path, name: str, lang: str) -> None:
    """Make a new register for an organisation."""
    settings = {"name": name, "time_zone": "Europe/Oslo", "language": lang}
    with Register.create(register, settings) as made:
        organisation = Create("organisation", new_id(), {"name": name})
        made.apply([organisation], label("add", kind="organisation", count=1))
    click.echo(_("Made {path} with {ref} {name}.").format(path=register, ref="O-001", name=name))


@click.command("sample")
@click.argument("name")
@REGISTER
@click.option("--activities", type=int, default=100, help="For “generated”: how many activities.")
@click.option("--seed", type=int, default=1, help="For “generated”: the seed.")
def sample_command(name: str, register: Path, activities: int, seed: int) -> None:
    """Make a register from a sample: smartgroup, nordlys, or generated of any size."""
    if name == "generated":
        from ropa_app.register.generate import generated

        made = generated(register, activities, seed)
    else:
        from ropa_app.register.sample import make_sample

        made = make_sample(name, register)
    with made:
        count = sum(len(view_of(made).of(kind.key)) for kind in ALL_KINDS)
    click.echo(_("Made {path} with {n} records.").format(path=register, n=count))


@click.command("info")
@REGISTER
@JSON
def info_command(register: Path, as_json: bool) -> None:
    """Say what a register holds and where its log stands."""
    with reading(register) as opened:
        view = view_of(opened)
        identifier = register_id(opened)
    words = words_of(view)
    counts = {kind.key: len(view.of(kind.key)) for kind in ALL_KINDS}
    kept = backups.backups_of(identifier)
    if as_json:
        put_json({
            "name": view.setting("name", ""), "path": str(register), "id": identifier,
            "day": view.day.isoformat(), "operation": view.head.operation,
            "hash": view.head.hash, "changed": view.head.at, "records": counts,
            "backups": [str(path) for path in kept],
        })  # fmt: skip
        return
    click.echo(f"{view.setting('name', '')}  ({register})")
    for kind in ALL_KINDS:
        if counts[kind.key] and kind.key != "register":
            click.echo(f"  {counts[kind.key]:>6}  {words.kind(kind, many=True)}")
    line = _("Log: operation {n}, {hash}, {at}")
    click.echo(line.format(n=view.head.operation, hash=view.head.hash[:12], at=view.head.at))
    newest = kept[-1] if kept else _("none yet")
    click.echo(_("Newest backup: {path}").format(path=newest))
    click.echo(_("The file is not encrypted; the disk's own encryption protects it."))


@click.command("dump")
@REGISTER
@click.option("--out", type=PATH, required=True, help="The JSON file to write.")
def dump_command(register: Path, out: Path) -> None:
    """Write the whole register as JSON: records, log, documents."""
    from ropa_app.register.dump import dump

    with reading(register) as opened:
        count = dump(opened, out)
    click.echo(_("Wrote {n} records to {path}.").format(n=count, path=out))


@click.command("load")
@click.argument("source", type=PATH)
@REGISTER
def load_command(source: Path, register: Path) -> None:
    """Make a new register from a dump."""
    from ropa_app.register.dump import load

    with load(source, register) as made:
        head = made.head()
    sentence = _("Made {path}; its log stands at operation {n}.")
    click.echo(sentence.format(path=register, n=head.operation))


@click.command("verify")
@REGISTER
@click.option("--contains", metavar="HASH", help="Whether the log once stood at this hash.")
@JSON
def verify_command(register: Path, contains: str | None, as_json: bool) -> int:
    """Prove that a register is whole and that nobody changed it outside the program."""
    from ropa_app.register import verify

    try:
        with reading(register) as opened:
            if contains:
                return _contains(opened, contains, as_json)
            problems = verify.verify(opened)
            head = opened.head()
    except DamageError as error:
        click.echo(f"ropa: {error}", err=True)
        return FOUND
    if as_json:
        put_json({
            "operation": head.operation, "hash": head.hash,
            "problems": [
                {"check": p.check, "message": p.sentence, "ref": p.ref, "field": p.field}
                for p in problems
            ],
        })  # fmt: skip
    else:
        for problem in problems[:_SHOWN]:
            click.echo(problem.sentence)
        if len(problems) > _SHOWN:
            click.echo(_("… and {n} more; --json names all.").format(n=len(problems) - _SHOWN))
        clean = _("The register is whole: {n} operations, head {hash}.")
        if not problems:
            click.echo(clean.format(n=head.operation, hash=head.hash[:12]))
    return FOUND if problems else 0


def _contains(register: Register, prefix: str, as_json: bool) -> int:
    from ropa_app.register import verify

    operation = verify.contains(register, prefix)
    if as_json:
        found = operation and {"operation": operation.seq, "at": operation.at, "hash": operation.hash}
        put_json({"found": found})
    elif operation:
        sentence = _("The register stood there at operation {n}, {at}.")
        click.echo(sentence.format(n=operation.seq, at=operation.at))
    else:
        click.echo(_("The log of this register never stood at {hash}.").format(hash=prefix))
    return 0 if operation else FOUND


@click.command("backup")
@REGISTER
@click.option("--out", type=PATH, help="Copy to this file instead of the backup folder.")
def backup_command(register: Path, out: Path | None) -> None:
    """Copy the register, whole as at one moment."""
    with reading(register) as opened:
        if out is not None:
            backups.copy(opened.connection, out)
            made: Path | None = out
        else:
            made = make_backup(opened)
            if made is None:
                newest = backups.backups_of(register_id(opened))[-1]
                sentence = _("Nothing has changed since the newest backup, {path}.")
                click.echo(sentence.format(path=newest))
                return
    click.echo(_("Backed up to {path}.").format(path=made))


@click.command("restore")
@click.argument("source", metavar="BACKUP", type=PATH)
@REGISTER
def restore_command(source: Path, register: Path) -> None:
    """Bring a backup back as a new register file."""
    from ropa_app.register.restore import restore

    restore(source, register)
    click.echo(_("Restored {path} from {backup}.").format(path=register, backup=source))
