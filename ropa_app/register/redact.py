"""Taking a value out of the register for good, log, search, document and free pages included.

The digest of the value stays, so that the chain of the log still holds (GDPR Art. 17, 5(1)(e)).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ropa_app import clock
from ropa_app.errors import UserError
from ropa_app.i18n import _
from ropa_app.model.field import Field
from ropa_app.model.record import Record
from ropa_app.model.state import Cell
from ropa_app.register import derived, log, schema
from ropa_app.register.backup import backups_of
from ropa_app.register.change import label
from ropa_app.register.documents import named_files
from ropa_app.register.entry import field_named
from ropa_app.register.file import friendly
from ropa_app.register.log import Operation
from ropa_app.register.store import Register
from ropa_app.register.traces import Place, held_fields, holds, needles, places, values_of

_SETTINGS = ("name", "time_zone")  # of the register: it could not be read without them


@dataclass(frozen=True, slots=True)
class Redaction:
    """What a redaction leaves behind: backups that still hold the value, and other places.

    elsewhere: the fields that hold the same text, today or in their past.
    """

    operation: int
    backups: tuple[Path, ...]
    elsewhere: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a redaction would find: how many values, backups that hold one, and other places.

    elsewhere: as in Redaction; to be asked for last, for it reads the register and all its past.
    """

    values: int
    backups: tuple[Path, ...]
    elsewhere: Iterator[Place]


def redactable(register: Register, record: Record) -> list[str]:
    """The fields of a record that hold something or ever did, as they are declared."""
    held = held_fields(register.connection, record.id)
    if record.kind_key == "register":
        held -= set(_SETTINGS)
    return [field.key for field in record.kind.fields if field.key in held]


def foresee(register: Register, reference: str, key: str) -> Foreseen:
    """What redacting a field would blank and would leave; nothing is written.

    Raises UserError as `redact` does.
    """
    record, field, values = to_redact(register, reference, key)
    found = places(register, needles(field, values))
    elsewhere = (each for each in found if (each.ref, each.field) != (record.ref, key))
    return Foreseen(len(values), _holding(register, record, key, values), elsewhere)


def redact(register: Register, reference: str, key: str) -> Redaction:
    """Blank one field of one record in the register and all its past; it cannot be undone.

    Raises UserError for an unknown record or field, or one that never held anything.
    """
    with friendly(register.path):
        register.connection.execute("PRAGMA secure_delete = ON")
    with register.transaction():
        record, field, values = to_redact(register, reference, key)
        _blank_rows(register, record.id, key)
        _blank_record(register, record.kind_key, record.id, key)
        seq = _note(register, record.id, record.ref, key, record[key] is not None)
        _drop_files(register)
        derived.rebuild(register.connection)
        elsewhere = tuple(places(register, needles(field, values)))
    _vacuum(register)
    return Redaction(seq, _holding(register, record, key, values), elsewhere)


def to_redact(register: Register, reference: str, key: str) -> tuple[Record, Field, set[Cell]]:
    """The record, the field and the values a redaction would take out.

    Raises UserError for an unknown record or field, or one that never held anything, so that
    nobody is asked to confirm what cannot be done.
    """
    record = register.find_exact(reference)
    if record is None:
        raise UserError(_("There is no record {ref}.").format(ref=reference))
    field = field_named(record.kind, key)
    if record.kind_key == "register" and key in _SETTINGS:
        raise UserError(_("The settings of the register cannot be redacted."))
    values = values_of(register.connection, record.id, key)
    if not values:
        raise UserError(
            _("{ref} {field} never held anything.").format(ref=record.ref, field=field.key)
        )
    return record, field, values


def _holding(
    register: Register, record: Record, key: str, values: set[Cell]
) -> tuple[Path, ...]:
    """The backups that still hold one of the values."""
    backups = backups_of(register.id)
    return tuple(path for path in backups if holds(path, record.id, key, values))


def _vacuum(register: Register) -> None:
    """Write the file anew, so that nothing of the value is left in pages no longer used."""
    try:
        with friendly(register.path):
            register.connection.execute("VACUUM")
    except UserError as error:
        raise UserError(
            _(
                "The value is redacted, but the file could not be written anew: {reason} "
                "Make a redaction of another field, or dump and load the register, to do so later."
            ).format(reason=error)
        ) from error


def _blank_rows(register: Register, identifier: str, key: str) -> None:
    execute = register.connection.execute
    for column in ("old", "new"):
        salt = ", salt = NULL" if column == "new" else ""
        execute(
            f"UPDATE change SET {column} = ?{salt} "
            f"WHERE record = ? AND field = ? AND {column} IS NOT NULL",
            (log.REDACTED_CELL, identifier, key),
        )
    for row in list(register.rows("record = ? AND field = ''", (identifier,))):
        if key in log.unfold(row.new):
            new, salt = log.redact_whole(row, key)
            execute(
                "UPDATE change SET new = ?, salt = ? WHERE op = ? AND record = ? AND field = ''",
                (new, salt, row.op, identifier),
            )


def _blank_record(register: Register, kind: str, identifier: str, key: str) -> None:
    register.connection.execute(
        f'UPDATE "{kind}" SET "{key}" = NULL WHERE id = ?', (identifier,)
    )


def _note(register: Register, identifier: str, ref: str, key: str, held: bool) -> int:
    """Write the redaction itself into the log."""
    head = register.head()
    seq = head.operation + 1
    rows = [log.make_row(seq, identifier, key, log.REDACTED_CELL, None)] if held else []
    operation = Operation(
        seq, max(clock.stamp(register.now()), head.at), register.who,
        label("redact", ref=ref, fields=[key]), "redact", None, schema.SCHEMA, "",
    )  # fmt: skip
    register.append(head.hash, operation, rows)
    return seq


def _drop_files(register: Register) -> None:
    """Blank the files that the log names no more; one that another record held stays."""
    named = {digest for row in register.rows() for digest in named_files(row)}
    stored = register.connection.execute("SELECT sha256 FROM document_data").fetchall()
    register.connection.executemany(
        "UPDATE document_data SET bytes = NULL WHERE sha256 = ?",
        [(digest,) for (digest,) in stored if digest not in named],
    )
