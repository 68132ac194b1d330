"""One door for all exports: the layout says who writes, and a failed export leaves no file."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from ropa_app.errors import UserError
from ropa_app.exports.layout import Layout, language_for, layout
from ropa_app.exports.result import ExportResult
from ropa_app.i18n import _
from ropa_app.model.record import Record
from ropa_app.register.view import View


def export(
    view: View, layout_id: str, out: Path, language: str | None, organisation: str | None,
    refs: Sequence[str] | None, moment: datetime, regime: str | None = None,
) -> ExportResult:  # fmt: skip
    """Write the export beside its place and move it there when it is whole.

    `organisation` is a record id, a reference or a name; `regime` ("eu", "uk") chooses one for
    the summary of safeguards. Raises UserError for what does not
    exist and where the file cannot be written.
    """
    chosen = layout(layout_id)
    whose = find_organisation(view, organisation)
    spoken = language_for(chosen, language, str(view.setting("language", "en")))
    beside = out.with_name(f".{out.name[:40]}.{secrets.token_hex(4)}.part")
    try:
        with beside.open("xb") as file:
            result = _write(view, chosen, spoken, file, moment, whose, refs, regime)
        beside.replace(out)
    except OSError as problem:
        raise _not_written(out, problem) from None
    finally:
        beside.unlink(missing_ok=True)
    return result


def find_organisation(view: View, text: str | None) -> Record | None:
    """The organisation of that id, reference or name. Raises UserError if there is none."""
    if text is None:
        return None
    for record in view.of("organisation"):
        if text in (record.id, record.ref) or text.casefold() == record.text("name").casefold():
            return record
    known = ", ".join(record.ref for record in view.of("organisation"))
    message = _("There is no organisation “{name}” in this register; there are {known}.")
    raise UserError(message.format(name=text, known=known or "–"))


def _write(
    view: View, chosen: Layout, language: str, file: BinaryIO, moment: datetime,
    organisation: Record | None, refs: Sequence[str] | None, regime: str | None,
) -> ExportResult:  # fmt: skip
    listed = None if refs is None else list(refs)
    if chosen.writer == "workbook":
        from ropa_app.exports.workbook import write_workbook

        whose = organisation.id if organisation else None
        return write_workbook(view, chosen.id, language, file, moment, whose, listed)
    if chosen.id == "record":
        from ropa_app.exports import pdf_record

        return pdf_record.write(view, chosen, language, file, moment, organisation, listed, regime)
    from ropa_app.exports import pdf_safeguards

    return pdf_safeguards.write(view, chosen, language, file, moment, organisation, listed, regime)


def _not_written(out: Path, problem: OSError) -> UserError:
    if isinstance(problem, FileNotFoundError):
        message = _("The folder {folder} does not exist; make it or choose another.")
    elif isinstance(problem, PermissionError):
        message = _("{file} cannot be written; close it in other programs or choose another name.")
    else:
        message = _("{file} could not be written: {problem}. Choose another place.")
    return UserError(message.format(file=out, folder=out.parent, problem=problem.strerror))
