"""The summary of transfer safeguards a customer may ask for (Art. 13(1)(f), 15(2)) as a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO

from reportlab.platypus import Flowable

from ropa_app.exports.layout import Layout
from ropa_app.exports.pdf_canvas import BODY_WIDTH
from ropa_app.exports.pdf_frame import build
from ropa_app.exports.pdf_map import MapBox
from ropa_app.exports.pdf_parts import Columns
from ropa_app.exports.pdf_protection import MISSING, REGIMES, Protection, regimes_of
from ropa_app.exports.pdf_record import head_of, result, with_remarks
from ropa_app.exports.pdf_rows import PADDING, Band, Cell, Sheet
from ropa_app.exports.pdf_safeguard_facts import Facts, chosen
from ropa_app.exports.pdf_style import HEADING, LEAD, SMALL, TITLE
from ropa_app.exports.pdf_text import Typesetter
from ropa_app.exports.result import ExportResult
from ropa_app.i18n import N_
from ropa_app.model.dates import date_words, long_date_words
from ropa_app.model.record import Record
from ropa_app.model.state import is_value
from ropa_app.model.words import lower_first
from ropa_app.register.view import View
from ropa_app.rules.standing import checked

TITLES = {
    "eu": N_("How your data is protected when it leaves the EEA"),
    "uk": N_("How your data is protected when it leaves the UK"),
}
AREAS = {"eu": N_("the European Economic Area"), "uk": N_("the United Kingdom")}
READERS = {
    "eu": N_("Transfer safeguards for customers, EU and EEA"),
    "uk": N_("Transfer safeguards for customers, United Kingdom"),
}
PEOPLE = {"eu": N_("people in the EU and EEA"), "uk": N_("people in the United Kingdom")}
LAW = {"eu": N_("GDPR"), "uk": "UK GDPR"}
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
    words = view.words(language)
    ts = Typesetter()
    ours = [organisation] if organisation else view.of("organisation")
    applying = {r for record in ours for r in regimes_of(record)} or set(REGIMES)
    regimes = (regime,) if regime else tuple(r for r in REGIMES if r in applying)
    transfers, activities = chosen(view, organisation, refs)
    sheets = []
    told: set[str] = set()
    for one in regimes:
        facts = Facts(view, words, one, transfers, activities)
        told |= {transfer.id for transfer in facts.transfers}
        sheets.append(Sheet(Summary(ts, facts, ours, regimes).bands()))
    sheets[-1] = with_remarks(ts, words, sheets[-1])
    subject = words.say(READERS[regimes[0]]) if len(regimes) == 1 else words.say(
        N_("Transfer safeguards for customers"))  # fmt: skip
    law = words.say(N_("law data of {date}"), date=date_words(checked().isoformat(), language))
    head = head_of(ts, view, words, layout, organisation, moment, subject, law)
    pages = build(file, sheets, head, words)
    return result(ts, words, len(told), pages)


class Summary:
    """Sets the summary of one regime."""

    def __init__(
        self, ts: Typesetter, facts: Facts, ours: Sequence[Record], regimes: Sequence[str]
    ) -> None:
        self.ts = ts
        self.facts = facts
        self.words = facts.words
        self.ours = ours
        self.regime = facts.regime
        self.several = len(regimes) > 1

    def bands(self) -> list[Band]:
        """The whole summary from title to closing line."""
        return [
            self._opening(),
            *self._table(),
            *self._open_questions(),
            *self._copy_and_rights(),
            *self._what_else(),
            self._closing(),
        ]

    def _say(self, text: str, **parts: object) -> str:
        return self.words.say(text, **parts)

    def _opening(self) -> Band:
        """Title and lead on the left, the map on the right."""
        heading = self._say(TITLES[self.regime])
        left = [
            *self.ts.paragraphs(heading, TEXT_WIDTH, TITLE),
            *self.ts.paragraphs("\u00a0", TEXT_WIDTH, (5, 7)),
            *self.ts.paragraphs(self._lead(), TEXT_WIDTH, LEAD),
        ]
        home = next((r.text("country") for r in self.ours if r.text("country")), "")
        width = BODY_WIDTH - TEXT_WIDTH - 16
        box = MapBox(self.ts, self.words, self.facts.by_country(), home, width)
        cells = [Cell(0, TEXT_WIDTH, left), Cell(BODY_WIDTH - width, width, [box])]
        return Band(cells, below=8, mark=(f"summary-{self.regime}", heading))

    def _lead(self) -> str:
        """How many receivers there are; what the page tells; what it does not claim."""
        area = self._say(AREAS[self.regime])
        named, unnamed = self.facts.receivers()
        if not self.facts.transfers:
            return self._say(
                N_("No transfer of your data out of {area} is recorded on this day. What is not "
                   "yet confirmed is said below."), area=area)  # fmt: skip
        if named == 0:
            first = self._say(
                N_("Some of your data may go to receivers outside {area}."), area=area)
        elif named == 1:
            first = self._say(N_("One receiver gets some of your data outside {area}."), area=area)
        else:
            first = self._say(
                N_("{n} receivers get some of your data outside {area}."), n=self._number(named),
                area=area)  # fmt: skip
        sentences = [first]
        if unnamed:
            sentences.append(
                self._say(N_("Who receives it is not yet settled for every transfer."))
            )
        sentences.append(
            self._say(N_("This page says who they are, what they get and what protects it."))
        )
        return " ".join(sentences)

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
        rows = [table.row(self._row(transfer)) for transfer in self.facts.transfers]
        for row in rows:
            row.above, row.below = 4.5, 5.5
        return [table.head, *rows]

    def _row(self, transfer: Record) -> list[Sequence[Flowable]]:
        facts = self.facts
        name, question = facts.receiver(transfer)
        where = "\n".join(part for part in (question, facts.where(transfer)) if part)
        who = self._two(self.ts.strong(name), where)
        what = self.ts.paragraphs(facts.what(transfer), 150, ROW)
        return [[who], what, [self._protection(item) for item in facts.protection(transfer)]]

    def _two(self, first: str, second: str) -> Flowable:
        """Markup in the first line, quieter text after it."""
        quiet = self.ts.quiet(second)
        return self.ts.markup(f"{first}<br/>{quiet}" if second else first, ROW)

    def _protection(self, item: Protection) -> Flowable:
        if item.spare:
            return self.ts.markup(self.ts.quiet(item.name), ROW)
        name = item.name[:1].upper() + item.name[1:]
        head = self.ts.coloured(name, "bad-text") if item.state == MISSING else self.ts.strong(name)
        details = ". ".join(text[:1].upper() + text[1:] for text in item.details)
        return self._two(head, details)

    def _open_questions(self) -> list[Band]:
        """What is not known is said, never left to be understood."""
        lines = []
        if unsettled := self.facts.unsettled():
            lines.append(self._say(
                N_("For these receivers we have not yet confirmed whether your data stay inside "
                   "{area}: {names}."),
                area=self._say(AREAS[self.regime]), names=", ".join(unsettled)))  # fmt: skip
        lines += self.facts.open_recipients()
        if not lines:
            return []
        heading = self._heading(self._say(N_("Not yet confirmed")), 0, BODY_WIDTH)
        text = self.ts.paragraphs("\n".join(lines), BODY_WIDTH, NOTE)
        return [
            Band([heading], above=11, below=2, keep=True),
            *(Band([Cell(0, BODY_WIDTH, [part])]) for part in text),
        ]

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

    def _contact(self) -> str:
        """Where to write; empty if no address is recorded."""
        found = [r.text("privacy_email") or r.text("email") for r in self.ours]
        return ", ".join(dict.fromkeys(address for address in found if address))

    def _copy(self) -> str:
        """How to get the safeguards (SCC clause 8.2(c), 8.3; what may be blacked out)."""
        contact = self._contact()
        if not contact:
            sentences = [self._say(N_("Where to write is not stated."))]
        elif self.facts.uses_clauses():
            sentences = [self._say(
                N_("Write to {contact} and we send the clauses free of charge. We may black out "
                   "business secrets in the appendix; then we say so and explain why. The clauses "
                   "themselves are never secret."), contact=contact)]  # fmt: skip
        else:
            sentences = [self._say(
                N_("Write to {contact} and we tell you free of charge what protects your data and "
                   "where to read it."), contact=contact)]  # fmt: skip
        # A recorded way to a copy that only names the same address would say it twice.
        copies = [text for text in self.facts.copies() if not contact or contact not in text]
        ends = [text if text.endswith(".") else f"{text}." for text in copies]
        return " ".join([*sentences, *ends])

    def _rights(self) -> str:
        sentences = []
        if self.facts.uses_clauses():
            sentences.append(self._say(
                N_("You may rely on the clauses against us and against the receiver, and go to "
                   "court where you live.")))  # fmt: skip
        sentences.append(self._say(
            N_("You may ask us which data we hold and who received it, {law} Art. 15."),
            law=self._say(LAW[self.regime])))  # fmt: skip
        if authorities := self._authorities():
            sentences.append(self._say(N_("You may complain to {names}."), names=authorities))
        else:
            sentences.append(self._say(N_("You may complain to the supervisory authority.")))
        return " ".join(sentences)

    def _authorities(self) -> str:
        names = [str(line["authority"]) for record in self.ours
                 for line in record.lines("supervisory_authorities")
                 if line.get("regime") in (self.regime, None) and is_value(line.get("authority"))
                 ]  # fmt: skip
        return ", ".join(dict.fromkeys(names))

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

    def _closing(self) -> Band:
        names = "; ".join(self._ourselves(record) for record in self.ours)
        sentences = [f"{names or self._say(N_('Organisation not stated'))}."]
        sentences.append(self._say(
            N_("This summary answers {law} Art. 13(1)(f) and 15(2) for {people}, as at {date}."),
            law=self._say(LAW[self.regime]), people=self._say(PEOPLE[self.regime]),
            date=long_date_words(self.facts.view.day, self.words.language)))  # fmt: skip
        if self.several:
            other = "uk" if self.regime == "eu" else "eu"
            sentences.append(self._say(
                N_("A summary for {people} stands on another page."),
                people=self._say(PEOPLE[other])))  # fmt: skip
        closing = self.ts.paragraphs(" ".join(sentences), BODY_WIDTH, SMALL)
        return Band([Cell(0, BODY_WIDTH, closing)], above=9)

    def _ourselves(self, record: Record) -> str:
        parts = [self.facts.view.title(record, self.words), record.text("address")]
        contact = record.text("privacy_email") or record.text("email")
        parts.append(self._say(N_("contact {address}"), address=contact) if contact else "")
        return ", ".join(part for part in parts if part)
