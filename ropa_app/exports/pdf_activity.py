"""One activity on a page: the points of Art. 30 on the left, what is recorded on the right."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from reportlab.platypus import Flowable

from ropa_app.exports import fills_activity, pdf_retention
from ropa_app.exports import pdf_organisation as about
from ropa_app.exports.pdf_entry import NOTHING, SECTIONS_OF_POINT, Entry, says_anything
from ropa_app.exports.pdf_parts import (
    GOES_ON,
    Columns,
    Content,
    goes_on,
    inline,
    rule,
    section,
    strip,
    text,
    title,
)
from ropa_app.exports.pdf_recipients import table_of_recipients
from ropa_app.exports.pdf_rows import Band
from ropa_app.exports.pdf_security import security
from ropa_app.exports.pdf_text import Typesetter
from ropa_app.exports.pdf_transfers import of_activity
from ropa_app.exports.row import Line, Row, labelled
from ropa_app.i18n import N_
from ropa_app.model.field import Field
from ropa_app.model.record import Record
from ropa_app.model.state import STATES, State
from ropa_app.model.words import Words
from ropa_app.rules.over import is_over

# A line this low (points) stays with what stands above it, unless that is as high as this.
_LINE, _SMALL = 40.0, 160.0


class ActivityPage(Entry):
    """Sets one activity.

    `told` are the ids of the organisations whose details stand at the front of the record;
    `loose` says whether the record has transfers that are tied to no activity.
    """

    def __init__(
        self, ts: Typesetter, row: Row, words: Words, told: Collection[str] = (),
        loose: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(ts, row, words)
        self.told = told
        self.loose = loose

    def bands(self) -> list[Band]:
        """The whole page from title to review."""
        name = self.row.view.title(self.activity, self.words)
        mark = (self.activity.ref, f"{self.activity.ref}  {self.ts.clean(name)}")
        bands = [*title(self.ts, name, self.activity.ref, mark), strip(self.ts, self._facts())]
        points = [*self._points(), *self._voluntary()]
        first = points[0][0]
        for point, name_of_point, content in points:
            name = self.words.say(name_of_point)
            heading = section(self.ts, point, name)
            goes_on(self.ts, point, self.words.say(GOES_ON, name=name), content)
            found = [heading, *_kept_together(content), rule()] if content else []
            if point == first:
                # What follows says what the activity is: who is responsible never stands alone.
                for band in found:
                    band.keep = True
            bands += found
        return bands

    def _points(self) -> list[tuple[str, str, list[Band]]]:
        """The points the article asks for: 30(1) of a controller, 30(2) of a processor."""
        transfers = of_activity(self, self.loose)
        if self.processor:
            points = [
                ("a", N_("Responsibility and contact"), self._responsible()),
                ("a, b", N_("Controllers and categories of processing"), self._served()),
                ("c", self._transfer_title(), transfers),
                ("d", N_("Security"), security(self)),
            ]
        else:
            points = [
                ("a", N_("Responsibility and contact"), self._responsible()),
                *self._main(),
                ("e", self._transfer_title(), transfers),
                ("g", N_("Security"), security(self)),
            ]
        article = 2 if self.processor else 1
        return [(self._point(article, point), name, content) for point, name, content in points]

    def _main(self) -> list[tuple[str, str, list[Band]]]:
        return [
            ("b", N_("Purposes and legal bases"), self._purposes()),
            ("c, f", N_("People, data and retention"), self._data()),
            ("d", N_("Recipients"), self._recipients()),
        ]

    def _voluntary(self) -> list[tuple[str, str, list[Band]]]:
        """What is recorded beyond what the article asks of this role."""
        beyond = self.words.say(N_("beyond Art. 30"))
        found = []
        if self.processor:
            found = [(beyond, name, content) for _point, name, content in self._main()]
        elif self.activity["controllers_served"] is not None:
            name = N_("Controllers and categories of processing")
            found.append((beyond, name, self._served()))
        further = [band for key, _ in self.activity.kind.sections if key not in SECTIONS_OF_POINT
                   for band in self.others(key)]  # fmt: skip
        return [*found, (beyond, N_("Further information"), further)]

    def _point(self, article: int, letters: str) -> str:
        """The point in the left column: ``30(1)(c), (f)``, in bokmål ``nr. 1 c, f``."""
        first, *more = letters.split(", ")
        if self.words.language == "en":
            return f"30({article})({first})" + "".join(f", ({letter})" for letter in more)
        return self.words.say(N_("para. {number} {points}"), number=article, points=letters)

    def _transfer_title(self) -> str:
        if self.row.regimes == ("eu",):
            return N_("Transfers out of the EEA")
        if self.row.regimes == ("uk",):
            return N_("Transfers out of the United Kingdom")
        return N_("Transfers out of the EEA or the United Kingdom")

    def _facts(self) -> list[tuple[str, str]]:
        status = self.said("status")
        approved = self.said("approved_on")
        dated = self.activity["status"] == "approved" or self.activity.state("approved_on")
        both = f"{status} {approved}" if approved and dated else ""
        function = ", ".join(fills_activity.function(self.row, self.words))
        facts = [(N_("Role"), self.said("role")), (N_("Business function"), function),
                 (N_("Status"), both or status)]  # fmt: skip
        # Nobody has to review what is over; until when it went on is what a reader asks.
        if not is_over(self.activity, self.row.day):
            facts.append((N_("Next review"), self.said("next_review")))
        elif ended := self.said("ended"):
            facts.append((N_("Ended"), ended))
        say = self.words.say
        return [(say(label), value or say(N_("not stated"))) for label, value in facts]

    def _responsible(self) -> list[Band]:
        row, words = self.row, self.words
        ours = [row.organisation] if row.organisation else []
        acting = row.view.linked(self.activity, "organisations") or ours
        names = [about.controller_in_short(row.view, one, words) if one.id in self.told
                 else about.controller_line(one, words) for one in acting]  # fmt: skip
        names += self.states([self.activity["organisations"]])
        label = N_("Processor") if self.processor else N_("Controller")
        bands = [self.pair(label, "\n".join(names) or self.missing())]
        if self.activity["role"] == "joint-controller":
            # Who is named above is not told of again.
            mine = [one.id for one in acting]
            joint = about.joint_controllers(row.view, words, self.activity, mine)
            if joint or len(acting) < 2:
                others = "\n".join(joint) or self.missing()
                bands.append(self.pair(N_("Joint controllers"), others))
        for one in ours:
            bands += [] if one.id in self.told else self._details(one)
        owner = [t for k in ("owner", "owner_email", "owner_phone") if (t := self.said(k))]
        bands += self.listed(N_("Owner"), [", ".join(owner)] if owner else [])
        if any(one.id in self.told for one in acting):
            bands.append(self.pair(N_("Further details"), self.words.say(
                N_("Address, data protection officer, representatives: see the front of this "
                   "record"))))  # fmt: skip
        return bands

    def _details(self, organisation: Record) -> list[Band]:
        """Officer and representatives of an organisation that is not described elsewhere."""
        officer = about.officer_line(organisation, self.words) or self.missing()
        bands = [self.pair(N_("Data protection officer"), officer)]
        found = about.representatives(self.ts, self.words, organisation)
        return bands + ([self.pair(N_("Representatives"), found)] if found else [])

    def _served(self) -> list[Band]:
        heads = (N_("Controller"), N_("Categories of processing"), N_("Agreement and others"))
        table = Columns(self.ts, [(self.words.say(head), 1) for head in heads])
        field = self.activity.kind.field("controllers_served")
        rows = []
        for line in self.row.lines("controllers_served"):
            if isinstance(line, STATES):
                rows.append(table.row([self.words.state(line), NOTHING, NOTHING]))
                continue
            rows.append(table.row([
                self._controller(field, line) or self.missing(),
                self.column(field, line, "processing") or self.missing(),
                self.rest(field, line, "controller", "processing"),
            ]))  # fmt: skip
        return table.table(rows) if rows else [text(self.ts, self.missing())]

    def _controller(self, field: Field, line: Line) -> str:
        linked = line.get("controller")
        record = self.row.view.get(linked) if isinstance(linked, str) else None
        if record is None:
            return self.column(field, line, "controller")
        keys = ("name", "address", "country", "email", "phone")
        return about.contact_line(record, self.words, *keys)

    def _purposes(self) -> list[Band]:
        say = self.words.say
        heads = ((N_("Purpose"), 10.0), (N_("Legal basis"), 11.0), (N_("About the basis"), 11.0))
        table = Columns(self.ts, [(say(head), share) for head, share in heads])
        cells = [self._purpose(line) for line in self._lines("purposes")]
        if self.processor and all(basis == more == NOTHING for _purpose, basis, more in cells):
            # The basis is the controller's to state: two columns of dashes would say nothing.
            shown = [text(self.ts, purpose) for purpose, _basis, _more in cells]
        else:
            shown = self._table(table, [table.row(contents) for contents in cells])
        return [*shown, *self.others("purposes")]

    def _purpose(self, line: Line | State) -> tuple[Content, Content, Content]:
        if isinstance(line, STATES):
            return self.words.state(line), NOTHING, NOTHING
        field = self.activity.kind.field("purposes")
        placed = ("purpose", "detail", "sub_purposes", "legal_basis")
        return (
            fills_activity.purpose_words(self.row, self.words, line) or self.gap(),
            self.column(field, line, "legal_basis") or self.gap(),
            self.rest(field, line, *placed) or NOTHING,
        )

    def _data(self) -> list[Band]:
        say = self.words.say
        heads = (N_("People"), N_("Data"), N_("Source"), N_("Kept for"))
        table = Columns(
            self.ts, [(say(h), w) for h, w in zip(heads, (6.5, 10.5, 7.5, 9.5), strict=True)]
        )
        lines = self._lines("data")
        rows = [table.row(self._data_line(line)) for line in lines]
        return [*self._table(table, rows), *self._questions(lines), *self.others("data")]

    def _questions(self, lines: Sequence[Line | State]) -> list[Band]:
        """What the retention rules of the lines leave open, of each rule once."""
        found = pdf_retention.asked(self.row.view, lines, self.words)
        return [inline(self.ts, label, said, above=0 if number else 6)
                for number, (label, said) in enumerate(found)]  # fmt: skip

    def _data_line(self, line: Line | State) -> list[str | Sequence[Flowable]]:
        if isinstance(line, STATES):
            return [self.words.state(line), NOTHING, NOTHING, NOTHING]
        field = self.activity.kind.field("data")
        data = "\n".join(t for t in (self.series(field, line, "categories"),
                                     self.column(field, line, "detail")) if t)  # fmt: skip
        placed = ("subject", "categories", "detail", "sources", "source_detail", "retention",
                  "retention_rule")  # fmt: skip
        more = self.rest(field, line, *placed)
        source = "\n".join(t for k in ("sources", "source_detail")
                           if (t := self.column(field, line, k)))  # fmt: skip
        content: Sequence[Flowable] | str = "\n".join(part for part in (data, more) if part)
        return [
            self.column(field, line, "subject") or self.gap(),
            content if data else [*self.missing(), *self.ts.paragraphs(more, 120)],
            source or NOTHING,
            self._kept(field, line) or self.gap(),
        ]

    def _kept(self, field: Field, line: Line) -> str:
        """How long the line is kept; a rule that is linked beside an own period is named too."""
        by_rule = pdf_retention.rule_of(self.row.view, line)
        if by_rule and (kept := pdf_retention.kept_in_short(by_rule, self.words)):
            return kept
        kept = fills_activity.period_words(self.row, self.words, line)
        rule = self.column(field, line, "retention_rule")
        if line.get("retention") is None or not rule:
            return kept
        label = self.words.label(field.column("retention_rule"))
        return "\n".join([kept, labelled(label, rule)])

    def _recipients(self) -> list[Band]:
        return [*(table_of_recipients(self) or self._no_table()), *self.others("recipients")]

    def _lines(self, key: str) -> list[Line | State]:
        """The lines of a field; of a processor's, which are voluntary, those that say anything."""
        lines = self.row.lines(key)
        return [line for line in lines if says_anything(line)] if self.processor else lines

    def _table(self, table: Columns, rows: list[Band]) -> list[Band]:
        return table.table(rows) if rows else self._no_table()

    def _no_table(self) -> list[Band]:
        """A gap where a controller has to say something, nothing where a processor may."""
        return [] if self.processor else [text(self.ts, self.missing())]


def _kept_together(content: list[Band]) -> list[Band]:
    """The content of a section, no line of it left alone at the foot or the top of a page.

    The first line stays with the second, the last with the one before, and what stands under a
    table with the last row of it.
    """
    if len(content) > 2 and content[0].head is None and content[0].height < _LINE:
        content[0].keep = True
    for above, below in pairwise(content):
        under = below is content[-1] or (above.head is not None and below.head is None)
        if under and below.height < _LINE and above.height < _SMALL:
            above.keep = True
    return content
