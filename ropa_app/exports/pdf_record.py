"""The whole record as a PDF for an authority (Art. 30(4)): who we are, contents, the activities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from ropa_app import __version__
from ropa_app.clock import day_of
from ropa_app.exports.fills_activity import name_with_end
from ropa_app.exports.layout import Layout
from ropa_app.exports.pdf_activity import ActivityPage
from ropa_app.exports.pdf_canvas import BODY_WIDTH
from ropa_app.exports.pdf_frame import Head, build
from ropa_app.exports.pdf_organisation import organisation as about
from ropa_app.exports.pdf_parts import INDENT, RIGHT, rule, section, title
from ropa_app.exports.pdf_rows import Band, Cell, Sheet
from ropa_app.exports.pdf_style import CAPTION, ENTRY, LEAD, SMALL, TABLE, Style
from ropa_app.exports.pdf_text import Typesetter
from ropa_app.exports.pdf_transfers import UNTIED, UNTIED_KEY, section_of_untied, untied
from ropa_app.exports.result import ExportResult
from ropa_app.exports.row import Row, acting, listed, selected
from ropa_app.i18n import N_, current_language
from ropa_app.model.dates import long_date_words
from ropa_app.model.record import Record
from ropa_app.model.words import Words
from ropa_app.register.view import View
from ropa_app.rules.party_states import acting as organisations
from ropa_app.rules.regimes import REGIMES, possible
from ropa_app.rules.standing import checked, sources_until

DIGITS = 12
NAME = 24
A_SELECTION = N_("{name} (selection)")


@dataclass(frozen=True, slots=True)
class Choice:
    """The activities of a record, of how many, whether somebody chose among them, and whether
    transfers that belong to none stand at the end."""

    activities: Sequence[Record]
    of: int
    selection: bool
    loose: bool


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
    asked = (regime,) if regime else REGIMES
    # Of a choice of activities nobody asked for transfers that belong to none.
    loose = untied(view, organisation, asked) if refs is None else []
    whole = selected(view, organisation)
    choice = Choice(activities, len(whole), refs is not None, bool(loose))
    sheets = [front(ts, view, words, organisation, choice, layout, moment),
              *_activity_sheets(ts, view, words, choice, organisation, regime)]  # fmt: skip
    if loose:
        ours = organisation.id if organisation else _only(view)
        refs = "–".join(dict.fromkeys([loose[0].ref, loose[-1].ref]))
        sheets.append(Sheet(section_of_untied(ts, words, view, asked, loose, ours), refs))
    for sheet in sheets[1:]:
        sheet.follows = True
    sheets[-1] = with_remarks(ts, words, sheets[-1])
    sheets[-1].last = True
    subject = words.say(N_("Record of processing activities, Art. 30"))
    subject = words.say(A_SELECTION, name=subject) if choice.selection else subject
    head = head_of(ts, view, words, _ours(view, organisation), moment, subject, layout.id)
    pages = build(file, sheets, head, words)
    return result(ts, view, len(activities), pages)


def _activity_sheets(
    ts: Typesetter, view: View, words: Words, choice: Choice, organisation: Record | None,
    regime: str | None,
) -> Iterator[Sheet]:  # fmt: skip
    """A sheet for each activity, under the regimes that may apply to it."""
    told = {record.id for record in _ours(view, organisation)}
    asked_for = [organisation] if organisation else []
    for activity in choice.activities:
        whose = acting(view, activity, organisation)
        bound = organisations(activity, view, asked_for)
        regimes = (regime,) if regime else possible(activity, bound)
        row = Row(view, activity, whose, None, regimes, organisation is not None)
        page = ActivityPage(ts, row, words, told, choice.loose)
        yield Sheet(page.bands(), activity.ref, snug=True)


def result(ts: Typesetter, view: View, records: int, pages: int) -> ExportResult:
    """What was written, and what had to be replaced; told in the language in use."""
    notes = tuple(remarks(ts, view.words(current_language())))
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
    if sheet.bands:
        sheet.bands[-1].keep = True
    bands = [*sheet.bands, Band([line], above=8)]
    return Sheet(bands, sheet.label, follows=sheet.follows, snug=sheet.snug)


def _ours(view: View, organisation: Record | None) -> list[Record]:
    return [organisation] if organisation else view.of("organisation")


def _only(view: View) -> str:
    """The id of the only organisation of the register; empty where there are several."""
    ours = view.of("organisation")
    return ours[0].id if len(ours) == 1 else ""


def names_of(view: View, organisations: Sequence[Record]) -> str:
    """The organisations a document is of."""
    return ", ".join(view.title(one, view.words("en")) for one in organisations)


def short(name: str) -> str:
    """A file name short enough for the foot, so that what follows it is never cut off."""
    return name if len(name) <= NAME else f"{name[: NAME // 2]}…{name[-NAME // 2 :]}"


def head_of(
    ts: Typesetter, view: View, words: Words, organisations: Sequence[Record], moment: datetime,
    subject: str, layout: str = "",
) -> Head:  # fmt: skip
    """Head and foot of every page of a document from this register; `layout` is an id."""
    language = words.language
    name = ts.clean(names_of(view, organisations) or words.say(N_("Organisation not stated")))
    facts = (
        words.say(N_("As at {date}"), date=long_date_words(view.day, language)),
        short(ts.clean(view.file_name)),
        f"ropa {__version__}",
        words.say(N_("log {operation}, {digits}"), operation=view.head.operation,
                  digits=view.head.hash[:DIGITS]) if view.head.hash else "",
    )  # fmt: skip
    foot = "  ·  ".join(fact for fact in facts if fact)
    return Head(name, subject, foot, f"{subject} – {name}", language, moment, layout=layout)


def front(
    ts: Typesetter, view: View, words: Words, organisation: Record | None,
    choice: Choice, layout: Layout, moment: datetime,
) -> Sheet:  # fmt: skip
    """The first page: whose record it is, what stands behind it, and the contents."""
    heading = words.say(N_("Record of processing activities"))
    bands = title(ts, heading, "", None)
    lead = words.say(
        N_("Kept under Art. 30 by {name}. As at {date}. A selection of activities: {n} of {all}.")
        if choice.selection else
        N_("Kept under Art. 30 by {name}. As at {date}. Activities: {n}."),
        name=listed(words, [view.title(one, words) for one in _ours(view, organisation)])
        or words.say(N_("an organisation not yet stated")),
        date=long_date_words(view.day, words.language), n=len(choice.activities),
        all=choice.of,
    )  # fmt: skip
    wide = BODY_WIDTH * 0.8
    opening = ts.paragraphs(lead, wide, LEAD)
    if view.setting("language", words.language) != words.language:
        said = words.say(N_("Free text stands in the language it was entered in."))
        opening += ts.paragraphs(said, wide, SMALL)
    bands.append(Band([Cell(0, wide, opening)], below=8, line="hair"))
    for record in _ours(view, organisation):
        bands += about(ts, view, words, record)
    bands += [section(ts, "", words.say(N_("Contents"))),
              *_contents(ts, view, words, choice)]  # fmt: skip
    bands[-1].keep = True
    return Sheet([*bands, *_provenance(ts, view, words, layout, moment)], snug=True)


def _contents(ts: Typesetter, view: View, words: Words, choice: Choice) -> list[Band]:
    """Reference, name and page of every activity, and of the transfers that belong to none."""
    entries = []
    for one in choice.activities:
        name = name_with_end(view.title(one, words), one, words, view.day)
        entries.append((one.ref, name, one.ref))
    entries += [("", words.say(UNTIED), UNTIED_KEY)] if choice.loose else []
    bands = [] if choice.activities else [_line(ts, words.say(_none(view, choice)))]
    for reference, name, key in entries:
        bands.append(Band(
            [Cell(0, INDENT - 4, ts.paragraphs(reference, INDENT, ENTRY)),
             Cell(INDENT, RIGHT - 40, ts.paragraphs(name, RIGHT - 40, TABLE))],
            above=1.75, below=1.75, number_of=key))  # fmt: skip
    return bands


def _none(view: View, choice: Choice) -> str:
    """That there is no activity: in the register, of the organisation or in the selection."""
    if choice.selection:
        return N_("No activities are in this selection.")
    if view.of("activity"):
        return N_("No activities of this organisation are recorded.")
    return N_("No activities are recorded.")


def _line(ts: Typesetter, said: str, how: Style = TABLE, above: float = 0) -> Band:
    return Band([Cell(INDENT, RIGHT, ts.paragraphs(said, RIGHT, how))], above=above)


def _provenance(
    ts: Typesetter, view: View, words: Words, layout: Layout, moment: datetime
) -> list[Band]:
    """Where the document comes from, so that it can be checked against the register."""
    made = long_date_words(day_of(moment, view.zone), words.language)
    said = words.say(
        N_("Made on {date} with ropa {version}, after {source}; law data of {checked}, "
           "with sources up to {until}."),
        date=made, version=__version__, source=layout.source[words.language],
        checked=long_date_words(checked(), words.language),
        until=long_date_words(sources_until(), words.language),
    )  # fmt: skip
    if view.head.hash:
        said += " " + words.say(
            N_("Operation {operation} is the last in the register's log; its fingerprint begins "
               "with {digits}."),
            operation=view.head.operation, digits=view.head.hash[:DIGITS])  # fmt: skip
    line = rule()
    line.keep = True
    return [line, _line(ts, said, SMALL, above=6)]
