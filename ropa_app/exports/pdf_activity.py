"""One activity on a page: the points of Art. 30 on the left, what is recorded on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportlab.platypus import Flowable

from ropa_app.exports import fills_activity, fills_organisation, fills_parties
from ropa_app.exports.expressions import expression
from ropa_app.exports.fills_transfers import transfers
from ropa_app.exports.pdf_parts import Columns, inline, pair, rule, section, strip, text, title
from ropa_app.exports.pdf_protection import MISSING, Protection, Safeguards, leaves
from ropa_app.exports.pdf_rows import Band
from ropa_app.exports.pdf_text import Typesetter
from ropa_app.exports.row import Line, Row, labelled
from ropa_app.i18n import N_
from ropa_app.model.field import Field
from ropa_app.model.record import Record
from ropa_app.model.state import STATES, State
from ropa_app.model.words import Words, lower_first

NOTHING = "–"

# Fields of an activity with a place of their own on the page; all others follow by themselves.
PLACED = frozenset({
    "name", "role", "business_function", "department", "status", "approved_on", "next_review",
    "organisations", "owner", "owner_email", "owner_phone", "purposes", "data", "recipients",
    "security_description", "measures", "systems", "location", "controllers_served",
})  # fmt: skip
# Sections whose fields are printed with a point of Art. 30 of their own.
SECTIONS_OF_POINT = ("purposes", "data", "recipients", "security")


class ActivityPage:
    """Sets one activity; `row` says whose record it is and which regimes apply."""

    def __init__(self, ts: Typesetter, row: Row, words: Words) -> None:
        self.ts = ts
        self.row = row
        self.words = words
        self.activity = row.activity
        self.processor = row.activity.values.get("role") == "processor"

    def bands(self) -> list[Band]:
        """The whole page from title to review."""
        name = self.row.view.title(self.activity, self.words)
        mark = (self.activity.ref, f"{self.activity.ref}  {self.ts.clean(name)}")
        bands = [*title(self.ts, name, self.activity.ref, mark), strip(self.ts, self._facts())]
        article = 2 if self.processor else 1
        points = [("a", N_("Responsibility and contact"), self._responsible())]
        if self.processor:
            points.append(("a, b", N_("Controllers and categories of processing"), self._served()))
        main = [
            ("b", N_("Purposes and legal bases"), self._purposes()),
            ("c, f", N_("People, data and retention"), self._data()),
            ("d", N_("Recipients"), self._recipients()),
        ]
        points += [] if self.processor else main
        points.append(("c" if self.processor else "e", self._transfer_title(), self._transfers()))
        points.append(("d" if self.processor else "g", N_("Security"), self._security()))
        for point, name_of_point, content in points:
            bands += self._section(self._point(article, point), name_of_point, content)
        if self.processor:
            for _point, name_of_point, content in main:
                if self._held(name_of_point):
                    bands += self._section(self._beyond(), name_of_point, content)
        elif self.activity["controllers_served"] is not None:
            name_of_point = N_("Controllers and categories of processing")
            bands += self._section(self._beyond(), name_of_point, self._served())
        further = [band for key, _ in self.activity.kind.sections if key not in SECTIONS_OF_POINT
                   for band in self._others(key)]  # fmt: skip
        return bands + (self._section(self._beyond(), N_("Further information"), further)
                        if further else [])  # fmt: skip

    def _beyond(self) -> str:
        return self.words.say(N_("beyond Art. 30"))

    def _held(self, name_of_point: str) -> bool:
        """Whether a processor recorded anything where only a controller has to."""
        key = {"Purposes and legal bases": "purposes", "Recipients": "recipients"}
        section_key = key.get(name_of_point, "data")
        return any(self.activity[field.key] is not None for field in self.activity.kind.fields
                   if field.section == section_key)  # fmt: skip

    def _point(self, article: int, letters: str) -> str:
        """The point in the left column: ``30(1)(c), (f)``, in bokmål ``nr. 1 c, f``."""
        first, *more = letters.split(", ")
        if self.words.language == "en":
            return f"30({article})({first})" + "".join(f", ({letter})" for letter in more)
        return self.words.say(N_("para. {number} {points}"), number=article, points=letters)

    def _section(self, point: str, name: str, content: Sequence[Band]) -> list[Band]:
        return [section(self.ts, point, self.words.say(name)), *content, rule()]

    def _transfer_title(self) -> str:
        if self.row.regimes == ("eu",):
            return N_("Transfers out of the EEA")
        if self.row.regimes == ("uk",):
            return N_("Transfers out of the United Kingdom")
        return N_("Transfers out of the EEA and the United Kingdom")

    def _facts(self) -> list[tuple[str, str]]:
        status = self._said("status")
        approved = self._said("approved_on")
        dated = self.activity["status"] == "approved" or self.activity.state("approved_on")
        both = f"{status} {approved}" if approved and dated else ""
        function = ", ".join(fills_activity.function(self.row, self.words))
        values = (self._said("role"), function, both or status, self._said("next_review"))
        labels = (N_("Role"), N_("Function"), N_("Status"), N_("Next review"))
        say = self.words.say
        return [(say(label), value or say(N_("not stated")))
                for label, value in zip(labels, values, strict=True)]  # fmt: skip

    def _said(self, key: str) -> str:
        return self.words.value(self.activity.kind.field(key), self.activity.values.get(key))

    def _missing(self) -> Sequence[Flowable]:
        """“Not stated” where the article asks for it."""
        said = self.words.say(N_("not stated"))
        return [self.ts.markup(self.ts.coloured(said, "bad-text"))]

    def _gap(self) -> str | Sequence[Flowable]:
        """A gap where only a controller's record has to say something (Art. 30(1))."""
        return NOTHING if self.processor else self._missing()

    def _listed(self, label: str, items: Sequence[str]) -> list[Band]:
        """A label and its items; nothing where there are none."""
        return [pair(self.ts, self.words.say(label), "\n".join(items))] if items else []

    def _responsible(self) -> list[Band]:
        row, words = self.row, self.words
        ours = [row.organisation] if row.organisation else []
        acting = row.view.linked(self.activity, "organisations") or ours
        contact = fills_organisation.organisation_contact
        names = [", ".join(contact(replace(row, organisation=one), words)) for one in acting]
        state = self.activity.state("organisations")
        names += [words.state(state)] if state else []
        label = N_("Processor") if self.processor else N_("Controller")
        bands = [pair(self.ts, words.say(label), "\n".join(names) or self._missing())]
        if self.activity["role"] == "joint-controller":
            joint = fills_organisation.joint_controllers(row, words)
            content = "\n".join(joint) or self._missing()
            bands.append(pair(self.ts, words.say(N_("Joint controllers")), content))
        officer = fills_organisation.officer_contact(row, words)
        absent = any(one["dpo_status"] == "not-appointed" for one in ours)
        said = (". " if absent else ", ").join(officer)
        bands.append(
            pair(self.ts, words.say(N_("Data protection officer")), said or self._missing())
        )
        bands += self._listed(
            N_("Representatives"), fills_organisation.representative_contact(row, words)
        )
        owner = [t for k in ("owner", "owner_email", "owner_phone") if (t := self._said(k))]
        return bands + self._listed(N_("Owner"), [", ".join(owner)] if owner else [])

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
                self._controller(field, line) or self._missing(),
                self._column(field, line, "processing") or self._missing(),
                self._rest(field, line, "controller", "processing"),
            ]))  # fmt: skip
        return table.table(rows) if rows else [text(self.ts, self._missing())]

    def _controller(self, field: Field, line: Line) -> str:
        linked = line.get("controller")
        record = self.row.view.get(linked) if isinstance(linked, str) else None
        if record is None:
            return self._column(field, line, "controller")
        return "\n".join(fills_organisation.contact(record, self.words))

    def _column(self, field: Field, line: Line, key: str) -> str:
        column = field.column(key)
        return "\n".join(self.words.items(column, line.get(key), self.activity.values))

    def _series(self, field: Field, line: Line, key: str) -> str:
        """A list as one running text: “Name, e-mail address”."""
        items = self.words.items(field.column(key), line.get(key), self.activity.values)
        return ", ".join([*items[:1], *(lower_first(item) for item in items[1:])])

    def _rest(self, field: Field, line: Line, *placed: str) -> str:
        """Every other column of a line that holds anything, with its label."""
        found = []
        for column in field.columns:
            if column.key in placed or line.get(column.key) in (None, "no"):
                continue
            said = ", ".join(self._column(field, line, column.key).split("\n"))
            label = self.words.label(column)
            found.append(labelled(label, said))
        return "\n".join(found)

    def _purposes(self) -> list[Band]:
        say = self.words.say
        heads = ((N_("Purpose"), 10.0), (N_("Legal basis"), 11.0), (N_("About the basis"), 11.0))
        table = Columns(self.ts, [(say(head), share) for head, share in heads])
        field = self.activity.kind.field("purposes")
        rows = []
        for line in self.row.lines("purposes"):
            if isinstance(line, STATES):
                rows.append(table.row([self.words.state(line), NOTHING, NOTHING]))
                continue
            placed = ("purpose", "detail", "sub_purposes", "legal_basis")
            rows.append(table.row([
                fills_activity.purpose_words(self.row, self.words, line) or self._gap(),
                self._column(field, line, "legal_basis") or self._gap(),
                self._rest(field, line, *placed) or NOTHING,
            ]))  # fmt: skip
        bands = table.table(rows) if rows else [text(self.ts, self._gap())]
        return bands + self._others("purposes")

    def _data(self) -> list[Band]:
        say = self.words.say
        heads = (N_("People"), N_("Data"), N_("Source"), N_("Kept for"))
        table = Columns(self.ts, [(say(h), w) for h, w in zip(heads, (6, 11, 8, 9), strict=True)])
        rows = [table.row(self._data_line(line)) for line in self.row.lines("data")]
        bands = table.table(rows) if rows else [text(self.ts, self._gap())]
        return bands + self._others("data")

    def _data_line(self, line: Line | State) -> list[str | Sequence[Flowable]]:
        if isinstance(line, STATES):
            return [self.words.state(line), NOTHING, NOTHING, NOTHING]
        field = self.activity.kind.field("data")
        data = "\n".join(t for t in (self._series(field, line, "categories"),
                                     self._column(field, line, "detail")) if t)  # fmt: skip
        placed = ("subject", "categories", "detail", "sources", "source_detail", "retention",
                  "retention_rule")  # fmt: skip
        more = self._rest(field, line, *placed)
        source = "\n".join(t for k in ("sources", "source_detail")
                           if (t := self._column(field, line, k)))  # fmt: skip
        content: Sequence[Flowable] | str = "\n".join(part for part in (data, more) if part)
        return [
            self._column(field, line, "subject") or self._gap(),
            content if data else [*self._missing(), *self.ts.paragraphs(more, 120)],
            source or NOTHING,
            self._kept(field, line) or self._gap(),
        ]

    def _kept(self, field: Field, line: Line) -> str:
        """How long the line is kept; a rule that is linked beside an own period is named too."""
        kept = fills_activity.period_words(self.row, self.words, line)
        rule = self._column(field, line, "retention_rule")
        if line.get("retention") is None or not rule:
            return kept
        label = self.words.label(field.column("retention_rule"))
        return "\n".join([kept, labelled(label, rule)])

    def _recipients(self) -> list[Band]:
        say = self.words.say
        heads = (N_("Recipient"), N_("Role"), N_("Gets"), N_("Agreement"))
        shares = (10, 8.5, 8.5, 9.5)
        table = Columns(self.ts, [(say(h), w) for h, w in zip(heads, shares, strict=True)])
        rows = [table.row(self._recipient(line)) for line in self.row.lines("recipients")]
        bands = table.table(rows) if rows else [text(self.ts, self._gap())]
        return bands + self._others("recipients")

    def _recipient(self, line: Line | State) -> list[str | Sequence[Flowable]]:
        if isinstance(line, STATES):
            return [self.words.state(line), NOTHING, NOTHING, NOTHING]
        field = self.activity.kind.field("recipients")
        gets = self._series(field, line, "categories")
        purpose = self._column(field, line, "purpose")
        access = self._column(field, line, "access")
        placed = ("party", "category", "internal_function", "role", "categories", "purpose",
                  "agreement", "access")  # fmt: skip
        # No categories means all data of the activity (the help of the field says so).
        gets = gets or self.words.say(N_("all data of the activity"))
        parts = (gets, purpose, access, self._rest(field, line, *placed))
        return [
            fills_parties.who(self.row, self.words, line) or self._gap(),
            self._column(field, line, "role") or self._gap(),
            "\n".join(part for part in parts if part),
            self._agreement(line),
        ]

    def _agreement(self, line: Line) -> str | Sequence[Flowable]:
        """How the agreement with a recipient stands on the day, and which one it is."""
        if isinstance(line.get("agreement"), STATES):
            return self.words.state(line["agreement"])
        state = fills_parties.agreement_of(self.row, line)
        if state is None or not state.status:
            field = self.activity.kind.field("recipients")
            return self._column(field, line, "agreement") or NOTHING
        label = self.words.term("agreement-status", state.status)
        if state.status == "missing":
            return [self.ts.markup(self.ts.coloured(label, "bad-text"))]
        agreement = self.row.view.get(state.agreement) if state.agreement else None
        if agreement is None:
            return label
        facts = [self.words.name_of(agreement.id)]
        for key, sentence in (("signed", N_("signed {date}")), ("expires", N_("until {date}"))):
            said = self.words.value(agreement.kind.field(key), agreement.values.get(key))
            facts += [self.words.say(sentence, date=said)] if said else []
        return [self.ts.markup(f"{self.ts.strong(label)}<br/>{self.ts.plain(', '.join(facts))}")]

    def _transfers(self) -> list[Band]:
        found = transfers(self.row)
        if not found:
            message = N_("Not stated: no transfer is recorded for this activity.")
            return [text(self.ts, self.words.say(message))]
        heads = [(self.words.say(N_("To")), 9.5)]
        for regime in self.row.regimes:
            heads.append((self.words.say(_UNDER[regime]), 12.0))
        table = Columns(self.ts, heads)
        return table.table([table.row(self._transfer(transfer)) for transfer in found])

    def _transfer(self, transfer: Record) -> list[str | Sequence[Flowable]]:
        cells: list[str | Sequence[Flowable]] = [self._destination(transfer)]
        for regime in self.row.regimes:
            if leaves(self.row.view, transfer, regime):
                says = Safeguards(self.row.view, self.words, regime, full=True)
                cells.append([self._protection(item) for item in says.of(transfer)])
            else:
                cells.append(self.words.say(N_("Not a transfer: inside the area of these rules")))
        return cells

    def _destination(self, transfer: Record) -> Sequence[Flowable]:
        def said(key: str) -> str:
            return self.words.value(transfer.kind.field(key), transfer.values.get(key))

        head = said("destination")
        where = self.ts.strong(head) if head else self.ts.coloured(
            self.words.say(N_("destination not stated")), "bad-text")  # fmt: skip
        rest = [said("destination_place"), said("importer")]
        exporter = transfer.text("exporter")
        ours = self.row.organisation.id if self.row.organisation else ""
        if exporter != ours and (name := said("exporter")):
            rest.append(self.words.say(N_("from {name}"), name=name))
        what = [lower_first(item) for key in ("kinds", "categories")
                for item in said(key).split("\n") if item]  # fmt: skip
        rest += [", ".join(what), said("data_detail"), transfer.ref]
        lines = [where, *(self.ts.plain(part) for part in rest if part)]
        return [self.ts.markup("<br/>".join(lines))]

    def _protection(self, item: Protection) -> Flowable:
        name = f"{item.name}." if item.details else item.name
        head = self.ts.coloured(name, "bad-text") if item.state == MISSING else self.ts.strong(name)
        return self.ts.markup(f"{head} {self.ts.plain('; '.join(item.details))}".strip())

    def _security(self) -> list[Band]:
        security = expression("security")(self.row, self.words)
        bands = [text(self.ts, "\n".join(security) or self._missing())]
        location = expression("location")(self.row, self.words)
        bands += self._listed(N_("Systems and places"), location)
        return bands + self._others("security")

    def _others(self, section_key: str) -> list[Band]:
        """Fields of a section that have no place of their own, where they hold anything.

        Sections that belong to a point of Art. 30 print theirs there, the others beyond it.
        """
        bands = []
        for field in self.activity.kind.fields:
            if field.section == section_key and field.key not in PLACED and not field.confidential:
                items = expression(f"activity.{field.key}")(self.row, self.words)
                said = "; ".join([*items[:1], *(lower_first(item) for item in items[1:])])
                bands += [inline(self.ts, self.words.label(field), said)] if said else []
        if bands and section_key in SECTIONS_OF_POINT:
            bands[0].above = 6
        return bands


_UNDER = {"eu": N_("Under the rules of the EU and EEA"), "uk": N_("Under the rules of the UK")}

