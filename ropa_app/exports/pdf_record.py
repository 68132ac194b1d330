"""The whole record as a PDF for an authority (Art. 30(4)): who we are, contents, the activities."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO

from ropa_app.exports import fills_organisation
from ropa_app.exports.layout import Layout
from ropa_app.exports.pdf_activity import ActivityPage
from ropa_app.exports.pdf_canvas import BODY_WIDTH
from ropa_app.exports.pdf_frame import Head, build
from ropa_app.exports.pdf_parts import INDENT, RIGHT, pair, rule, section, title
from ropa_app.exports.pdf_protection import regimes_of
from ropa_app.exports.pdf_rows import Band, Cell, Sheet
from ropa_app.exports.pdf_style import CAPTION, LEAD, POINT, TABLE
from ropa_app.exports.pdf_text import Typesetter
from ropa_app.exports.result import ExportResult
from ropa_app.exports.row import Row, acting, selected
from ropa_app.i18n import N_
from ropa_app.model.dates import long_date_words
from ropa_app.model.record import Record
from ropa_app.model.state import Value, is_value
from ropa_app.model.words import Words
from ropa_app.register.view import View

DIGITS = 12
NAME = 24


def write(
    view: View,
    layout: Layout,
    language: str,
    file: BinaryIO,
    moment: datetime,
    organisation: Record | None,
    refs: Sequence[str] | None,
    regime: str | None = None,
) -> ExportResult:
    """Write the record of the activities as a PDF (Art. 30(1), 30(2), 30(4)).

    `organisation` None means every organisation of the register; `refs` None every activity;
    `regime` ("eu", "uk") limits transfers to one set of rules. Raises UserError for a reference
    that is no activity.
    """
    words = view.words(language)
    ts = Typesetter()
    activities = selected(view, organisation, refs)
    sheets = [front(ts, view, words, organisation, activities, layout, moment)]
    for activity in activities:
        whose = acting(view, activity, organisation)
        regimes = (regime,) if regime else regimes_of(activity, whose)
        page = ActivityPage(ts, Row(view, activity, whose, None, regimes), words)
        sheets.append(Sheet(page.bands(), activity.ref))
    sheets[-1] = with_remarks(ts, words, sheets[-1])
    subject = words.say(N_("Record of processing activities, Art. 30"))
    head = head_of(ts, view, words, layout, organisation, moment, subject)
    pages = build(file, sheets, head, words)
    return result(ts, words, len(activities), pages)


def result(ts: Typesetter, words: Words, records: int, pages: int) -> ExportResult:
    """What was written, and what had to be replaced."""
    notes = tuple(remarks(ts, words))
    return ExportResult(records, pages=pages, replaced=ts.safe.replaced + ts.unprintable,
                        notes=notes)  # fmt: skip


def remarks(ts: Typesetter, words: Words) -> list[str]:
    """Sentences on characters that could not be printed as they stand."""
    found = []
    if ts.unprintable:
        found.append(words.say(
            N_("{n} characters that the typeface does not have are printed as their code, such "
               "as [U+1F600]."), n=ts.unprintable))  # fmt: skip
    if ts.safe.replaced:
        found.append(words.say(
            N_("{n} control characters were replaced."), n=ts.safe.replaced))  # fmt: skip
    return found


def with_remarks(ts: Typesetter, words: Words, sheet: Sheet) -> Sheet:
    """The last sheet with one small line on characters that were replaced, if any were."""
    found = " ".join(remarks(ts, words))
    if not found:
        return sheet
    line = Cell(0, BODY_WIDTH, ts.paragraphs(found, BODY_WIDTH, CAPTION))
    return Sheet([*sheet.bands, Band([line], above=10)], sheet.label, measured=True)


def names_of(view: View, organisation: Record | None) -> str:
    """The organisation, or all of the register."""
    found = [organisation] if organisation else view.of("organisation")
    names = [view.title(record, view.words("en")) for record in found]
    return ", ".join(names)


def short(name: str) -> str:
    """A file name short enough for the foot, so that what follows it is never cut off."""
    return name if len(name) <= NAME else f"{name[: NAME // 2]}…{name[-NAME // 2 :]}"


def head_of(
    ts: Typesetter, view: View, words: Words, layout: Layout, organisation: Record | None,
    moment: datetime, subject: str, law: str = "",
) -> Head:  # fmt: skip
    """Head and foot of every page of a document from this register."""
    language = words.language
    name = ts.clean(names_of(view, organisation) or words.say(N_("Organisation not stated")))
    facts = (
        words.say(N_("As at {date}"), date=long_date_words(view.day, language)),
        short(ts.clean(view.file_name)),
        words.say(N_("layout {name}"), name=layout.id),
        law,
        words.say(N_("log {operation}, {digits}"), operation=view.head.operation,
                  digits=view.head.hash[:DIGITS]) if view.head.hash else "",
    )  # fmt: skip
    foot = "  ·  ".join(fact for fact in facts if fact)
    return Head(name, subject, foot, f"{subject} – {name}", language, moment)


def front(
    ts: Typesetter, view: View, words: Words, organisation: Record | None,
    activities: Sequence[Record], layout: Layout, moment: datetime,
) -> Sheet:  # fmt: skip
    """The first page: whose record it is, what stands behind it, and the contents."""
    heading = words.say(N_("Record of processing activities"))
    bands = title(ts, heading, "", None)
    lead = words.say(
        N_("Kept under Art. 30 by {name}. As at {date}. Activities: {n}."),
        name=names_of(view, organisation) or words.say(N_("an organisation not yet stated")),
        date=long_date_words(view.day, words.language), n=len(activities),
    )  # fmt: skip
    bands.append(Band([Cell(0, BODY_WIDTH * 0.8, ts.paragraphs(lead, BODY_WIDTH * 0.8, LEAD))],
                      below=10, line="hair"))  # fmt: skip
    for record in [organisation] if organisation else view.of("organisation"):
        bands += _organisation(ts, view, words, record)
    bands += [section(ts, "", words.say(N_("Contents"))), *_contents(ts, view, words, activities)]
    bands += [rule(), *_provenance(ts, view, words, layout, moment)]
    return Sheet(bands)


def _organisation(ts: Typesetter, view: View, words: Words, record: Record) -> list[Band]:
    """Contact details, officer, representatives, law and authorities (Art. 30(1)(a))."""
    point = "30(1)(a)" if words.language == "en" else words.say(N_("para. 1 a"))
    bands = [section(ts, point, view.title(record, words))]
    placed = {"name", *_OFFICER, *_OTHER}
    row = Row(view, record, record)
    missing = words.say(N_("not stated"))
    for key in ("organisation_number", "address", "email", "phone"):
        bands.append(pair(ts, *_labelled(record, words, key, missing)))
    for field in record.kind.fields:
        shown = field.key in ("organisation_number", "address", "email", "phone")
        if field.section == "basics" and not shown and field.key not in placed:
            label, said = _labelled(record, words, field.key, "")
            bands += [pair(ts, label, said)] if said else []
    officer = fills_organisation.officer_contact(row, words)
    bands.append(pair(ts, words.say(N_("Data protection officer")), "\n".join(officer) or missing))
    for key in ("representatives", "regimes", "supervisory_authorities"):
        bands.append(pair(ts, *_labelled(record, words, key, missing)))
    return [*bands, rule()]


_OFFICER = ("dpo_status", "dpo_reason", "dpo_name", "dpo_company", "dpo_address", "dpo_email")
_OTHER = ("representatives", "regimes", "supervisory_authorities", "employees", "sectors")


def _labelled(record: Record, words: Words, key: str, missing: str) -> tuple[str, str]:
    field = record.kind.field(key)
    value: Value = record.values.get(key)
    if field.kind == "lines" and is_value(value):
        said = "\n".join(_line(words, record, key, line) for line in value)
    else:
        said = words.value(field, value, record.values)
    return words.label(field), said or missing


def _line(words: Words, record: Record, key: str, line: Value) -> str:
    """The columns of a line, one after another; their labels would only repeat what is plain."""
    field = record.kind.field(key)
    if not isinstance(line, dict):
        return words.state(line)
    said = (", ".join(words.items(column, line.get(column.key))) for column in field.columns)
    return ", ".join(text for text in said if text)


def _contents(
    ts: Typesetter, view: View, words: Words, activities: Sequence[Record]
) -> list[Band]:
    """Reference, name and page of every activity."""
    if not activities:
        none = words.say(N_("No activities are recorded."))
        return [Band([Cell(INDENT, RIGHT, ts.paragraphs(none, RIGHT, TABLE))])]
    bands = []
    for activity in activities:
        name = view.title(activity, words)
        bands.append(Band(
            [Cell(0, INDENT - 4, ts.paragraphs(activity.ref, INDENT, POINT)),
             Cell(INDENT, RIGHT - 40, ts.paragraphs(name, RIGHT - 40, TABLE))],
            above=2.5, below=2.5, number_of=activity.ref))  # fmt: skip
    return bands


def _provenance(
    ts: Typesetter, view: View, words: Words, layout: Layout, moment: datetime
) -> list[Band]:
    """Where the document comes from, so that it can be checked against the register."""
    from ropa_app import __version__

    made = long_date_words(moment.date(), words.language)
    said = words.say(
        N_("Made on {date} by ropa {version}, layout {layout} (source: {source}). Operation "
           "{operation} of the register's log, {digits}."),
        date=made, version=__version__, layout=layout.id, source=layout.source[words.language],
        operation=view.head.operation, digits=view.head.hash[:DIGITS],
    )  # fmt: skip
    return [Band([Cell(INDENT, RIGHT, ts.paragraphs(said, RIGHT, CAPTION))], above=8)]
