"""The summary of transfer safeguards a customer may ask for (Art. 13(1)(f), 15(2)) as a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import BinaryIO

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from ropa_app import __version__
from ropa_app.exports.layout import Layout
from ropa_app.exports.pdf_canvas import BODY_WIDTH
from ropa_app.exports.pdf_frame import Head, build
from ropa_app.exports.pdf_map import MapBox
from ropa_app.exports.pdf_mechanism import LAW
from ropa_app.exports.pdf_parts import Columns
from ropa_app.exports.pdf_protection import (
    CONFIRM,
    EXCEPTION,
    MISSING,
    Protection,
)
from ropa_app.exports.pdf_record import A_SELECTION, DIGITS, names_of, result, with_remarks
from ropa_app.exports.pdf_rows import PADDING, Band, Cell, Sheet
from ropa_app.exports.pdf_safeguard_audience import public
from ropa_app.exports.pdf_safeguard_choice import AREAS, chosen, counted, referenced
from ropa_app.exports.pdf_safeguard_contact import authorities, contact
from ropa_app.exports.pdf_safeguard_facts import Facts, Group
from ropa_app.exports.pdf_safeguard_rights import COMPLAINT, COPY, THIRD_PARTY
from ropa_app.exports.pdf_safeguard_unsettled import Unsettled
from ropa_app.exports.pdf_style import HEADING, LEAD, SMALL, STRONG, TITLE
from ropa_app.exports.pdf_text import Typesetter
from ropa_app.exports.result import ExportResult
from ropa_app.exports.row import labelled
from ropa_app.i18n import N_, current_language
from ropa_app.model.countries import country_name
from ropa_app.model.dates import long_date_words
from ropa_app.model.record import Record
from ropa_app.model.sentences import ended, joined
from ropa_app.model.words import Words, lower_first
from ropa_app.register.view import View
from ropa_app.rules.regimes import REGIMES, possible
from ropa_app.rules.standing import sources_until

TITLES = {
    "eu": N_("How your data is protected when it leaves the EEA"),
    "uk": N_("How your data is protected when it leaves the UK"),
}
# People in the United Kingdom whose data an organisation in the EEA holds: UK law lets data flow
# to the EEA, so what is told begins where they go on from there.
TITLE_ABROAD = N_("How your data is protected when we send it abroad")
AREA_ABROAD = N_("the European Economic Area and the United Kingdom")
READERS = {
    "eu": N_("Transfer safeguards for customers, EU and EEA"),
    "uk": N_("Transfer safeguards for customers, United Kingdom"),
}
PEOPLE = {"eu": N_("people in the EU and EEA"), "uk": N_("people in the United Kingdom")}
WHOM = {"eu": N_("For people in the EU and EEA"), "uk": N_("For people in the United Kingdom")}
COLOURS = {EXCEPTION: "text2", CONFIRM: "warn-text", MISSING: "bad-text"}
TITLE_WIDTH = 400.0
TEXT_WIDTH = 285.0
HALF = BODY_WIDTH / 2 - 12
ROW = (8.5, 11.3)
NOTE = (9.0, 12.6)


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
    """Write what protects the data that leave the area, in plain words, as a PDF.

    `regime` is "eu" or "uk"; None makes a section for each that applies to the organisation.
    `refs` limits it to activities or transfers. Raises UserError for any other reference.
    """
    view = public(view)
    organisation = view.get(organisation.id) if organisation else None
    words = view.words(language)
    ts = Typesetter()
    ours = [organisation] if organisation else view.of("organisation")
    applying = {r for record in ours for r in possible(record)} or set(REGIMES)
    regimes = (regime,) if regime else tuple(r for r in REGIMES if r in applying)
    choice = chosen(view, organisation, refs)
    sheets = []
    notes: list[str] = []
    told: set[str] = set()
    for one in regimes:
        facts = Facts(view, words, one, choice, ours)
        told |= {transfer.id for transfer in facts.transfers}
        notes += referenced(view.words(current_language()), one, facts.left_out)
        bound = [record for record in ours if one in possible(record)] or ours
        sheets.append(Sheet(Summary(ts, facts, bound, regimes).bands(), snug=True))
    sheets[-1] = with_remarks(ts, words, sheets[-1])
    whose = [one for one in ours if set(regimes) & set(possible(one))] or ours
    head = _head(ts, view, words, whose, moment, regimes, choice.selection)
    head = replace(head, layout=layout.id)
    pages = build(file, sheets, head, words)
    done = result(ts, view, len(told), pages)
    return replace(done, notes=(*notes, *done.notes))


def _head(
    ts: Typesetter, view: View, words: Words, ours: Sequence[Record],
    moment: datetime, regimes: Sequence[str], selection: bool,
) -> Head:  # fmt: skip
    """Head and foot for a reader outside: no file name, and last what identifies the document."""
    language = words.language
    several = N_("Transfer safeguards for customers")
    subject = words.say(READERS[regimes[0]] if len(regimes) == 1 else several)
    subject = words.say(A_SELECTION, name=subject) if selection else subject
    name = ts.clean(names_of(view, ours) or words.say(N_("Organisation not stated")))
    facts = (
        words.say(N_("As at {date}"), date=long_date_words(view.day, language)),
        words.say(N_("law data up to {date}"), date=long_date_words(sources_until(), language)),
        f"ropa {__version__}",
        words.say(N_("log {operation}, {digits}"), operation=view.head.operation,
                  digits=view.head.hash[:DIGITS]) if view.head.hash else "",
    )  # fmt: skip
    foot = "  ·  ".join(fact for fact in facts if fact)
    log = f"{view.head.operation} {view.head.hash[:DIGITS]}".strip()
    return Head(name, subject, foot, f"{subject} – {name}", language, moment, log)


class Summary:
    """Sets the summary of one regime."""

    def __init__(
        self, ts: Typesetter, facts: Facts, ours: Sequence[Record], regimes: Sequence[str]
    ) -> None:
        self.ts = ts
        self.facts = facts
        self.words = facts.words
        self.unsettled = Unsettled(
            facts.view, facts.words, facts.regime, facts.activities, facts.transfers
        )
        self.ours = ours
        self.regime = facts.regime
        self.several = len(regimes) > 1

    def bands(self) -> list[Band]:
        """The whole summary from title to closing line."""
        return [
            *self._opening(),
            *self._table(),
            *self._open_questions(),
            *self._copy_and_rights(),
            *self._what_else(),
            *self._left_out(),
            self._closing(),
        ]

    def _say(self, text: str, **parts: object) -> str:
        return self.words.say(text, **parts)

    def _opening(self) -> list[Band]:
        """Title and lead, the map on the right where there is anything to see on it."""
        heading = self._say(TITLE_ABROAD if self._abroad() else TITLES[self.regime])
        mark = (f"summary-{self.regime}", heading)
        title = self.ts.paragraphs(heading, TEXT_WIDTH, TITLE)
        if self.several:
            # Two parts with much the same title: whom each is for comes first.
            whom = self._say(WHOM[self.regime])
            mark = (f"summary-{self.regime}", labelled(whom, lower_first(heading)))
            title = [*self.ts.paragraphs(whom, TEXT_WIDTH, HEADING), *title]
        lead = self._lead()
        shown = self.facts.by_country()
        if not shown:
            text = self.ts.paragraphs(lead, BODY_WIDTH, LEAD)
            first = Cell(0, self._title_width(heading), title)
            return [
                Band([first], below=7, keep=True, mark=mark),
                Band([Cell(0, BODY_WIDTH, text)], below=8),
            ]
        left = [
            *title,
            *self.ts.paragraphs("\u00a0", TEXT_WIDTH, (5, 7)),
            *self.ts.paragraphs(lead, TEXT_WIDTH, LEAD),
        ]
        width = BODY_WIDTH - TEXT_WIDTH - 16
        home = next(iter(self.facts.homes), "")
        box = MapBox(self.ts, self.words, shown, home, width)
        cells = [Cell(0, TEXT_WIDTH, left), Cell(BODY_WIDTH - width, width, [box])]
        return [Band(cells, below=8, mark=mark)]

    def _title_width(self, heading: str) -> float:
        """The whole line if the title fits on it, else less, so that no word is left alone."""
        one_line = stringWidth(heading, STRONG, TITLE[0]) <= BODY_WIDTH - 4
        return BODY_WIDTH if one_line else TITLE_WIDTH

    def _abroad(self) -> bool:
        """True unless the organisation is, as far as recorded, in the United Kingdom itself."""
        return self.regime == "uk" and "GB" not in self.facts.homes

    def _area(self) -> str:
        return self._say(AREA_ABROAD if self.facts.from_the_eea else AREAS[self.regime])

    def _lead(self) -> str:
        """Where we are; how many recipients there are; what the page tells."""
        sentences = []
        if self.facts.from_the_eea:
            homes = [country_name(code, self.words.language) for code in self.facts.homes]
            sentences.append(self._say(
                N_("We are in {country}. UK law recognises the countries of the European Economic "
                   "Area (EEA) as giving your data adequate protection."),
                country=self.facts.listed(homes)))  # fmt: skip
        if self.facts.selection:
            chosen_here = N_("This summary is about a selection of our transfers, not all of them.")
            sentences.append(self._say(chosen_here))
        return " ".join([*sentences, *self._how_many()])

    def _how_many(self) -> list[str]:
        area = self._area()
        named, unnamed = self.facts.recipients()
        if not self.facts.transfers:
            return [self._say(self._none(), area=area)]
        if named == 0:
            first = self._say(
                N_("Some of your data may go to recipients outside {area}."), area=area
            )
        elif named == 1:
            first = self._say(N_("One recipient outside {area} gets some of your data."), area=area)
        else:
            first = self._say(
                N_("{n} recipients outside {area} get some of your data."), n=self._number(named),
                area=area)  # fmt: skip
        sentences = [first]
        if unnamed:
            sentences.append(
                self._say(N_("Who receives it is not yet settled for every transfer."))
            )
        sentences.append(self._say(
            N_("This summary says who they are, what they get and what protects it.")
            if named else N_("This summary says what we know so far.")))  # fmt: skip
        return sentences

    def _none(self) -> str:
        """That nothing is recorded; of a selection only that it holds nothing."""
        if self.facts.selection:
            return N_("No transfer of your data out of {area} is among those selected here.")
        if self._unconfirmed():
            return N_("No transfer of your data out of {area} is recorded on this day. What is "
                      "not yet confirmed is said below.")  # fmt: skip
        return N_("No transfer of your data out of {area} is recorded on this day.")

    def _number(self, number: int) -> str:
        words = (N_("Two"), N_("Three"), N_("Four"), N_("Five"), N_("Six"), N_("Seven"),
                 N_("Eight"), N_("Nine"), N_("Ten"))  # fmt: skip
        return self._say(words[number - 2]) if number - 2 < len(words) else str(number)

    def _table(self) -> list[Band]:
        if not self.facts.transfers:
            return []
        heads = ((N_("Who receives it, and where"), 9), (N_("What and why"), 9.5),
                 (N_("What protects it"), 13))  # fmt: skip
        table = Columns(self.ts, [(self._say(head), share) for head, share in heads], left=0)
        table.head.line, table.head.line_width = "ctl", 0.75
        rows = [table.row(self._row(group)) for group in self.facts.groups]
        for row in rows:
            row.above, row.below = 4.5, 5.5
        return [table.head, *rows]

    def _row(self, group: Group) -> list[Sequence[Flowable]]:
        facts = self.facts
        who = self._two(self.ts.strong(facts.recipient(group)), facts.where(group))
        what = self.ts.paragraphs(facts.what(group), 150, ROW)
        return [[who], what, [self._protection(item) for item in group.protection]]

    def _two(self, first: str, second: str) -> Flowable:
        """Markup in the first line, quieter text after it."""
        quiet = self.ts.quiet(second)
        return self.ts.markup(f"{first}<br/>{quiet}" if second else first, ROW)

    def _protection(self, item: Protection) -> Flowable:
        if item.spare:
            return self.ts.markup(self.ts.quiet(item.name), ROW)
        name = item.name[:1].upper() + item.name[1:]
        # What does not protect is never set like what does.
        colour = COLOURS.get(item.state)
        head = self.ts.coloured(name, colour) if colour else self.ts.strong(name)
        return self._two(head, joined(item.details))

    def _unconfirmed(self) -> list[str]:
        """What is not known, in plain words; the questions themselves stay inside."""
        lines = []
        if unsettled := self.unsettled.recipients():
            lines.append(self._say(
                N_("We have not yet confirmed whether your data stays inside {area} with these "
                   "recipients: {names}."), area=self._area(),
                names=", ".join([*unsettled[:-1], ended(unsettled[-1])])))  # fmt: skip
        purposes = self.unsettled.purposes()
        if purposes:
            listed = ", ".join(lower_first(text) for text in purposes)
            lines.append(self._say(
                N_("We have not yet confirmed everybody who receives your data for these "
                   "purposes: {names}."), names=ended(listed)))  # fmt: skip
        elif purposes is not None:
            lines.append(self._say(N_("We have not yet confirmed everybody who receives your "
                                      "data.")))  # fmt: skip
        return lines

    def _open_questions(self) -> list[Band]:
        """What is not known is said, never left to be understood."""
        lines = self._unconfirmed()
        if not lines:
            return []
        heading = self._heading(self._say(N_("Not yet confirmed")), 0, BODY_WIDTH)
        text = [part for line in lines for part in self.ts.paragraphs(line, BODY_WIDTH, NOTE)]
        return [
            Band([heading], above=11, below=2, keep=True),
            *(Band([Cell(0, BODY_WIDTH, [part])], above=4 if number else 0)
              for number, part in enumerate(text)),
        ]  # fmt: skip

    def _heading(self, text: str, x: float, width: float) -> Cell:
        return Cell(x, width, self.ts.paragraphs(text, width, HEADING))

    def _copy_and_rights(self) -> list[Band]:
        second = BODY_WIDTH - HALF
        body = NOTE
        copy = self.ts.paragraphs(self._copy(), HALF, body)
        rights = self.ts.paragraphs(self._rights(), HALF, body)
        return [
            Band([self._heading(self._say(N_("Get a copy")), 0, HALF),
                  self._heading(self._say(N_("Your rights")), second, HALF)],
                 above=11, below=2, keep=True),
            Band([Cell(0, HALF, copy), Cell(second, HALF, rights)]),
        ]  # fmt: skip

    def _copy(self) -> str:
        """How to get the safeguards (SCC clause 8.2(c), 8.3; what may be blacked out)."""
        address = contact(self.ours)
        if not address:
            return self._say(N_("Where to write is not stated."))
        sentences = [self._say(
            N_("Write to {contact} and we will tell you which safeguards apply and how to get a "
               "copy."),
            contact=address)]  # fmt: skip
        if self.facts.clauses():
            sentences.append(self._say(COPY[self.regime]))
        # A recorded way to a copy that only names the same address would say it twice.
        known = address.split(", ")
        copies = [text for text in self.facts.copies() if not any(one in text for one in known)]
        return " ".join([*sentences, *(f"{ended(text)}." for text in copies)])

    def _rights(self) -> str:
        sentences = []
        if clauses := self.facts.clauses():
            ids = {record.id for record in self.ours}
            by_us = all(transfer.text("exporter") in ids for transfer in clauses)
            sentences.append(self._say(THIRD_PARTY[self.regime, by_us]))
        sentences.append(self._say(
            N_("You may ask us which data we hold and who received it, {law} Art. 15."),
            law=self._say(LAW[self.regime])))  # fmt: skip
        if names := authorities(self.words, self.ours, self.regime):
            sentence = COMPLAINT[self.regime]
            sentences.append(self._say(sentence, names=self.facts.listed(names)))
        else:
            sentences.append(self._say(N_("You may complain to the data protection authority.")))
        return " ".join(sentences)

    def _what_else(self) -> list[Band]:
        """The kinds of security measures in place, in a note; nothing if none are recorded."""
        measures = self.facts.measures()
        if not measures:
            return []
        listed = ", ".join([measures[0], *(lower_first(text) for text in measures[1:])])
        label = self._say(N_("What else we do."))
        width = BODY_WIDTH - 2 * PADDING
        text = self.ts.labelled(label, f"{listed}.", width, NOTE)
        return [Band([Cell(PADDING, width, text)], above=10 + PADDING, below=PADDING,
                     fill="sunken")]  # fmt: skip

    def _left_out(self) -> list[Band]:
        """How many recorded transfers are not told of and why; none of them by name."""
        lines = list(counted(self.words, self.regime, self.facts.left_out))
        if not lines:
            return []
        heading = self._heading(self._say(N_("Not in this summary")), 0, BODY_WIDTH)
        lead = self._say(N_("Recorded transfers that are not described above, by reason:"))
        text = self.ts.paragraphs("\n".join([lead, *lines]), BODY_WIDTH, SMALL)
        return [
            Band([heading], above=11, below=2, keep=True),
            *(Band([Cell(0, BODY_WIDTH, [part])]) for part in text),
        ]

    def _closing(self) -> Band:
        names = "; ".join(self._ourselves(record) for record in self.ours)
        sentences = [f"{ended(names or self._say(N_('Organisation not stated')))}."]
        sentences.append(self._say(
            N_("This summary answers {law} Art. 13(1)(f) and 15(2) for {people}, as at {date}."),
            law=self._say(LAW[self.regime]), people=self._say(PEOPLE[self.regime]),
            date=long_date_words(self.facts.view.day, self.words.language)))  # fmt: skip
        if self.several:
            other = "uk" if self.regime == "eu" else "eu"
            sentences.append(self._say(
                N_("There is a separate summary for {people}."),
                people=self._say(PEOPLE[other])))  # fmt: skip
        closing = self.ts.paragraphs(" ".join(sentences), BODY_WIDTH, SMALL)
        return Band([Cell(0, BODY_WIDTH, closing)], above=9)

    def _ourselves(self, record: Record) -> str:
        address = contact([record])
        parts = [self.facts.view.title(record, self.words), ended(record.text("address"))]
        parts.append(self._say(N_("contact {address}"), address=address) if address else "")
        return ", ".join(part for part in parts if part)
