"""Writes a workbook in the layout of an authority, or one with everything in the register."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

from ropa_app import __version__
from ropa_app.errors import UserError
from ropa_app.exports.book import Book
from ropa_app.exports.full_sheets import words_with_references, write_full
from ropa_app.exports.layout import Layout, language_for, layout
from ropa_app.exports.notes import Provenance, write_notes
from ropa_app.exports.record_sheet import write_record
from ropa_app.exports.result import ExportResult
from ropa_app.exports.row import selected
from ropa_app.exports.scope import Scope, remarks
from ropa_app.i18n import N_, _, current_language
from ropa_app.model.dates import long_date_words
from ropa_app.model.record import Record
from ropa_app.model.words import Words
from ropa_app.register.view import View


def write_workbook(
    view: View, layout_id: str, language: str | None, target: Path | BinaryIO, moment: datetime,
    organisation: str | None = None, refs: Sequence[str] | None = None,
    app_version: str = __version__,
) -> ExportResult:  # fmt: skip
    """Write the workbook of a layout; `organisation` is a record id, `refs` are references.

    The same view, moment and version give the same bytes. Raises UserError for a layout,
    language, organisation or reference that does not exist.
    """
    chosen = layout(layout_id)
    if chosen.writer != "workbook":
        raise UserError(_("The layout “{name}” is not a workbook.").format(name=layout_id))
    spoken = language_for(chosen, language, str(view.setting("language", "en")))
    whose = _organisation(view, organisation)
    with _opened(target) as file:
        return _write(view, chosen, spoken, file, moment, whose, refs, app_version)


@contextmanager
def _opened(target: Path | BinaryIO) -> Iterator[BinaryIO]:
    if isinstance(target, Path):
        with target.open("wb") as file:
            yield file
    else:
        yield target


def _organisation(view: View, identifier: str | None) -> Record | None:
    if identifier is None:
        return None
    record = view.get(identifier)
    if record is None or record.kind_key != "organisation" or record.deleted:
        raise UserError(_("There is no such organisation in this register on this day."))
    return record


def _write(
    view: View, chosen: Layout, language: str, file: BinaryIO, moment: datetime,
    organisation: Record | None, refs: Sequence[str] | None, app_version: str,
) -> ExportResult:  # fmt: skip
    full = chosen.row == "record"
    words = words_with_references(view, language) if full else view.words(language)
    named = [organisation] if organisation else view.of("organisation")
    names = tuple(view.title(record, words) for record in named)
    as_at = words.say(N_("As at {day}"), day=long_date_words(view.day, language))
    book = Book(words, (", ".join(names), as_at))
    try:
        write = _full if full else _record
        counts, say = write(book, view, chosen, organisation, refs)
        notes = tuple(say(words))
        about = Provenance(view, chosen, language, moment, app_version, names, counts, notes)
        rows = sum(sheet.rows.rows for sheet in book.sheets)
        write_notes(book, chosen.sheets["notes"][language], about)
        book.save(file, moment, chosen.title[language])
    finally:
        book.close()
    own = tuple(say(view.words(current_language())))
    return ExportResult(counts[0][1], rows=rows, replaced=book.safe.replaced, notes=own)


# What was counted, and the remarks in the words of a language: for the file, and whoever exports.
Counted = tuple[tuple[tuple[str, int], ...], Callable[[Words], Iterable[str]]]


def _full(
    book: Book, view: View, chosen: Layout, organisation: Record | None,
    refs: Sequence[str] | None,
) -> Counted:  # fmt: skip
    words, notes = book.words, list[str]()
    asked = None if refs is None else frozenset(_known(view, ref).id for ref in refs)
    activities = None
    if organisation is not None:
        activities = frozenset(record.id for record in selected(view, organisation))
        notes.append(N_("Of the activities only those of this organisation."))
    title = chosen.sheets["fields"][words.language]
    counts = write_full(book, view, title, asked, activities)
    total = (words.say(N_("Records")), sum(count for _kind, count in counts))
    return (total, *counts), lambda said: map(said.say, notes)


def _known(view: View, ref: str) -> Record:
    record = view.by_ref(ref)
    if record is None:
        message = _("There is no record {ref} in this register on this day; check the list.")
        raise UserError(message.format(ref=ref))
    return record


def _record(
    book: Book, view: View, chosen: Layout, organisation: Record | None,
    refs: Sequence[str] | None,
) -> Counted:  # fmt: skip
    scope = Scope(view, chosen, organisation, refs)
    words, rows = book.words, 0
    for part in scope.parts:
        whose = part.organisation if scope.several else None
        title = view.title(whose, words) if whose else chosen.sheets["record"][words.language]
        rows += write_record(book, chosen, view, part, title)
    counts = (
        (words.say(N_("Activities")), len(scope.activities)),
        (words.say(N_("Entries of the record")), rows),
    )
    return counts, partial(remarks, scope)
