"""One door for all exports: the layout says who writes, and a failed export leaves no file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from ropa_app.errors import UserError
from ropa_app.exports.layout import WRITERS, Layout, language_for, layout
from ropa_app.exports.result import ExportResult
from ropa_app.i18n import _
from ropa_app.model.record import Record
from ropa_app.outfile import written
from ropa_app.register.view import View

#: Endings that tell a program, and a reader, what kind of file it is.
_OTHER_ENDINGS = {
    ".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".pdf", ".docx", ".doc", ".odt", ".rtf",
    ".pptx", ".txt", ".md", ".html", ".htm", ".json", ".xml", ".zip", ".svg", ".png", ".jpg",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written: a layout in a language, of which records, for which regime."""

    view: View
    layout: Layout
    language: str
    moment: datetime
    organisation: Record | None
    refs: list[str] | None
    regime: str | None


def export(
    view: View, layout_id: str, out: Path, language: str | None, organisation: str | None,
    refs: Sequence[str] | None, moment: datetime, regime: str | None = None,
) -> ExportResult:  # fmt: skip
    """Write the export beside its place and move it there when it is whole.

    `organisation` is a record id, a reference or a name; `regime` ("eu", "uk") chooses one for
    the summary of safeguards. Raises UserError for what does not exist, for a target that is a
    register or bears the ending of another kind of file, and where it cannot be written.
    """
    chosen = layout(layout_id)
    _check_ending(chosen, out)
    whose = find_organisation(view, organisation)
    spoken = language_for(chosen, language, str(view.setting("language", "en")))
    listed = None if refs is None else list(refs)
    order = Order(view, chosen, spoken, moment, whose, listed, regime)
    with written(out) as file:
        return _WRITERS[chosen.writer](order, file)


def _check_ending(chosen: Layout, out: Path) -> None:
    """Raises UserError if the name says that the file is of another kind; any other name will do.
    """
    right = f".{WRITERS[chosen.writer]}"
    if out.suffix.lower() in _OTHER_ENDINGS - {right}:
        sentence = _("“{layout}” is written as {right}, not {wrong}; name the file {name}.")
        name = out.with_suffix(right).name
        raise UserError(
            sentence.format(layout=chosen.id, right=right, wrong=out.suffix, name=name)
        )


def find_organisation(view: View, text: str | None) -> Record | None:
    """The organisation of that id, reference or name. Raises UserError if there is none."""
    if text is None:
        return None
    for record in view.of("organisation"):
        if text in (record.id, record.ref) or text.casefold() == record.text("name").casefold():
            return record
    known = ", ".join(record.ref for record in view.of("organisation"))
    if not known:
        raise UserError(_("There is no organisation in this register yet; add one first."))
    message = _("There is no organisation “{name}” in this register; there are {known}.")
    raise UserError(message.format(name=text, known=known))


def _workbook(order: Order, file: BinaryIO) -> ExportResult:
    from ropa_app.exports.workbook import write_workbook

    whose = order.organisation.id if order.organisation else None
    return write_workbook(
        order.view, order.layout.id, order.language, file, order.moment, whose, order.refs
    )


def _record(order: Order, file: BinaryIO) -> ExportResult:
    from ropa_app.exports import pdf_record

    return pdf_record.write(
        order.view, order.layout, order.language, file, order.moment, order.organisation,
        order.refs, order.regime,
    )  # fmt: skip


def _safeguards(order: Order, file: BinaryIO) -> ExportResult:
    from ropa_app.exports import pdf_safeguards

    return pdf_safeguards.write(
        order.view, order.layout, order.language, file, order.moment, order.organisation,
        order.refs, order.regime,
    )  # fmt: skip


# By what a layout says in `writer` (layout.WRITERS); each imports its libraries when it is used.
_WRITERS: dict[str, Callable[[Order, BinaryIO], ExportResult]] = {
    "workbook": _workbook,
    "record-pdf": _record,
    "safeguards-pdf": _safeguards,
}
