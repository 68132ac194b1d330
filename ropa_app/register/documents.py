"""Files kept inside the register: attached once, never changed, found by their SHA-256."""

from __future__ import annotations

import hashlib
import mimetypes
from pathlib import Path

from ropa_app.errors import UserError
from ropa_app.i18n import _
from ropa_app.model.state import AsTyped, Open, Value, decode
from ropa_app.register import log
from ropa_app.register.change import Create, Edit, label, new_id
from ropa_app.register.file import friendly
from ropa_app.register.log import LogRow
from ropa_app.register.store import Register

MOST_BYTES = 500_000_000  # SQLite takes up to 1 GB in one value; half of it leaves room for a dump


def attach(register: Register, reference: str | None, file: Path) -> str:
    """Put a file into the register and give back the reference of its document.

    On a document record the file becomes its content; on any other a new document is made and
    linked, where the record has a field for documents. Without a reference it is a new document
    that nothing links to yet. Raises UserError.
    """
    with friendly(file):
        # Not even read: closing it would drop the locks held on the register (see file.py).
        if file.samefile(register.path):
            sentence = _("{path} is the register itself; choose another file to put into it.")
            raise UserError(sentence.format(path=file))
        if file.stat().st_size > MOST_BYTES:
            raise UserError(
                _("{path} is larger than 500 MB; keep it elsewhere and enter its link.").format(
                    path=file
                )
            )
        content = file.read_bytes()
    if not content:
        raise UserError(
            _("{path} is empty; nothing was put into the register. Save the file once more, or "
              "choose another.").format(path=file)
        )  # fmt: skip
    return attach_bytes(register, reference, file.name, content)


def attach_bytes(register: Register, reference: str | None, name: str, content: bytes) -> str:
    """Like attach, with the content itself."""
    record = register.get(reference) if reference else None
    digest = hashlib.sha256(content).hexdigest()
    value = {
        "sha256": digest,
        "size": len(content),
        "name": name,
        "media_type": mimetypes.guess_type(name)[0] or "application/octet-stream",
    }
    document = new_id()
    changes: list[Create | Edit] = [Create("document", document, {"name": name, "file": value})]
    said = label("attach", ref=record.ref) if record else label("add", kind="document", count=1)
    if record is not None and record.kind_key == "document":
        changes = [Edit(record.id, "file", record["file"], value)]
    elif record is not None:
        key = next((f.key for f in record.kind.fields if f.key == "documents"), None)
        if key is None:
            raise UserError(
                _("{ref} takes no files; attach the file to a document record.").format(
                    ref=record.ref
                )
            )
        changes.append(Edit(record.id, key, record[key], [*_kept(record[key]), document]))
    with register.transaction():
        register.connection.execute(
            "INSERT INTO document_data VALUES (?, ?, ?) "
            "ON CONFLICT (sha256) DO UPDATE SET bytes = excluded.bytes WHERE bytes IS NULL",
            (digest, len(content), content),
        )
        register.apply_inside(changes, said)
    if record is not None and record.kind_key == "document":
        return record.ref
    return register.get(document).ref


def _kept(value: Value) -> list[Value]:
    """What a field of documents goes on holding, questions and texts as typed included."""
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, (Open, AsTyped)) else []


def named_files(row: LogRow) -> set[str]:
    """The SHA-256 of every file that a row of the log names, before or after."""
    found = set()
    for cell in (row.old, row.new):
        if isinstance(cell, str) and '"sha256"' in cell:  # few rows do; the others are not read
            values = log.unfold(cell).values() if row.field == log.CREATED else [cell]
            for value in map(decode, values):
                if isinstance(value, dict) and isinstance(value.get("sha256"), str):
                    found.add(value["sha256"])
    return found


def content_of(register: Register, reference: str) -> tuple[str, bytes]:
    """The name and content of a document's file. Raises UserError if there is none."""
    record = register.get(reference)
    value = record["file"] if record.kind.has("file") else None
    if not isinstance(value, dict):
        raise UserError(_("{ref} holds no file.").format(ref=record.ref))
    return str(value["name"]), bytes_of(register, record.ref, str(value["sha256"]))


def bytes_of(register: Register, reference: str, digest: str) -> bytes:
    """The content of a file that a record holds or held. Raises UserError if it is gone."""
    with friendly(register.path):
        row = register.connection.execute(
            "SELECT bytes FROM document_data WHERE sha256 = ?", (digest,)
        ).fetchone()
    if row is None or row[0] is None:
        raise UserError(_("The file of {ref} is no longer in the register.").format(ref=reference))
    return bytes(row[0])
