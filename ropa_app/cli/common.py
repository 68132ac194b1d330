"""What the commands share: opening a register, JSON out, values with references."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from ropa_app import clock
from ropa_app.cli.output import put
from ropa_app.cli.speech import FilePath, OneOf
from ropa_app.errors import UserError
from ropa_app.i18n import LANGUAGES, N_, _, current_language
from ropa_app.model.field import Field
from ropa_app.model.record import Record
from ropa_app.model.state import STATES, Value, to_plain
from ropa_app.model.words import Words
from ropa_app.register import backup
from ropa_app.register.loading import load_view
from ropa_app.register.store import Register
from ropa_app.register.upkeep import renew_derived
from ropa_app.register.view import View

REGISTER = click.argument("register", type=FilePath())
JSON = click.option("--json", "as_json", is_flag=True, help=N_("Answer in JSON."))
AS_AT = click.option(
    "--as-at", metavar="D", help=N_("As the register stood on this date (2026-01-31) or moment.")
)
OUT = click.option(
    "--out", type=FilePath(), required=True, help=N_("The file to write.")
)
LANGUAGE = click.option("--lang", type=OneOf(LANGUAGES), help=N_("Language of the answer."))


@contextmanager
def reading(path: Path) -> Iterator[Register]:
    """The register, open for reading."""
    with Register.open(path) as register:
        yield register


@contextmanager
def writing(path: Path, backed_up: bool = True) -> Iterator[Register]:
    """The register, open for writing, with a backup made before the first edit of a day.

    Not `backed_up` for a redaction: the backup would hold what is to be taken out.
    """
    with Register.open(path, writable=True) as register:
        if backed_up:
            daily_backup(register)
        renew_derived(register)
        yield register


def daily_backup(register: Register) -> None:
    """Back the register up unless that was done today; a failure is said but stops nothing."""
    try:
        if backup.due(register):
            backup.make_of(register)
    except (UserError, OSError) as error:
        put(_("No backup could be made: {reason}").format(reason=error), err=True)


def view_of(register: Register, as_at: str | None = None) -> View:
    """The register as a view."""
    return load_view(register, as_at)


def words_of(view: View, language: str | None = None) -> Words:
    """What says the values of a view, in the language asked for or that of the session."""
    return view.words(language or current_language())


def put_table(rows: list[list[str]], heads: list[str]) -> None:
    """Write rows as columns wide enough for their longest cell, line breaks as spaces."""
    flat = [[" ".join(cell.split()) for cell in row] for row in [heads, *rows]]
    widths = [min(60, max(len(row[n]) for row in flat)) for n in range(len(heads))]
    for row in flat:
        cells = [
            (cell if len(cell) <= width else cell[: width - 1] + "…").ljust(width)
            for cell, width in zip(row, widths, strict=True)
        ]
        put("  ".join(cells).rstrip())


def with_references(field: Field, value: Value, view: View) -> Any:
    """A value as JSON data in which records stand by their reference, as `ropa add` takes it."""
    if value is None or isinstance(value, STATES):
        return to_plain(value)
    if isinstance(value, list):
        return [with_references(field, item, view) for item in value]
    if isinstance(value, dict) and field.columns:
        known = {column.key: column for column in field.columns}
        return {
            key: with_references(known[key], item, view) if key in known else item
            for key, item in value.items()
        }
    if field.kind in ("link", "links", "term", "terms"):
        record = view.records.get(value)
        return record.ref if record else value
    return value


def record_json(record: Record, view: View) -> dict[str, Any]:
    """A record as JSON data with stable keys."""
    target = view.records.get(record.merged_into) if record.merged_into else None
    return {
        "ref": record.ref,
        "kind": record.kind_key,
        "id": record.id,
        "deleted": record.deleted,
        "merged_into": target.ref if target else None,
        "fields": {
            field.key: with_references(field, record[field.key], view)
            for field in record.kind.fields
            if record[field.key] is not None
        },
    }


def now_stamp() -> str:
    """This moment as the log writes it."""
    return clock.stamp(clock.now())
