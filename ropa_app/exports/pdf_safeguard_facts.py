"""What a customer is told about transfers under one regime, out of the register (Art. 13(1)(f)).

Only what is recorded, and nothing that is meant for the organisation alone: no notes, no fields
marked confidential, no findings of an assessment.
"""

from __future__ import annotations

from collections.abc import Sequence

from ropa_app.errors import UserError
from ropa_app.exports.pdf_protection import (
    CLAUSES,
    CONFIRM,
    MISSING,
    STATED,
    Protection,
    Safeguards,
    leaves,
    regimes_of,
    running,
    standing_of,
)
from ropa_app.exports.row import acts, selected
from ropa_app.i18n import N_, _
from ropa_app.model.record import Record
from ropa_app.model.state import STATES, Open, is_value
from ropa_app.model.words import Words, lower_first
from ropa_app.register.view import View


def chosen(
    view: View, organisation: Record | None, refs: Sequence[str] | None
) -> tuple[list[Record], list[Record]]:
    """The transfers and the activities a summary is about.

    `refs` names activities or transfers. Raises UserError for any other reference.
    """
    listed = (t for t in view.of("transfer") if running(view, t))
    running_now = [transfer for transfer in listed if _ours(view, transfer, organisation)]
    if refs is None:
        return running_now, selected(view, organisation)
    named = {ref for ref in refs if _kind(view, ref) == "transfer"}
    activities = selected(view, organisation, [ref for ref in refs if ref not in named])
    ids = {activity.id for activity in activities}
    wanted = {record.id for ref in named if (record := view.by_ref(ref))}
    found = [t for t in running_now if t.id in wanted or ids & set(t.items("activities"))]
    return found, activities


def _kind(view: View, ref: str) -> str:
    record = view.by_ref(ref)
    if record is None or record.deleted or record.kind_key not in ("activity", "transfer"):
        message = _("{ref} is no activity or transfer of this register on this day.")
        raise UserError(message.format(ref=ref))
    return record.kind_key


def _ours(view: View, transfer: Record, organisation: Record | None) -> bool:
    """True if the organisation exports, or an activity of it is served by the transfer."""
    if organisation is None or transfer.text("exporter") == organisation.id:
        return True
    exporter = view.get(transfer.text("exporter"))
    if exporter and exporter.kind_key == "organisation":
        return False
    activities = view.linked(transfer, "activities")
    return not activities or any(acts(activity, organisation) for activity in activities)


class Facts:
    """The transfers of one regime in words for a customer."""

    def __init__(
        self, view: View, words: Words, regime: str, transfers: Sequence[Record],
        activities: Sequence[Record],
    ) -> None:  # fmt: skip
        self.view = view
        self.words = words
        self.regime = regime
        self.activities = [a for a in activities if regime in regimes_of(a, _first(view, a))]
        self.transfers = [
            t for t in transfers if leaves(view, t, regime) and self._concerned(t, activities)
        ]
        self._safeguards = Safeguards(view, words, regime, full=False)
        self.protections = {t.id: self._safeguards.of(t) for t in self.transfers}

    def _concerned(self, transfer: Record, activities: Sequence[Record]) -> bool:
        """False if all the activities it serves are known to be outside this regime."""
        served = set(transfer.items("activities"))
        known = [activity for activity in activities if activity.id in served]
        return not known or any(activity in self.activities for activity in known)

    def said(self, transfer: Record, key: str) -> str:
        """A field of a transfer in words; lists as one running text."""
        items = self.words.items(transfer.kind.field(key), transfer.values.get(key))
        return ", ".join([*items[:1], *(lower_first(item) for item in items[1:])])

    def receiver(self, transfer: Record) -> tuple[str, str]:
        """Who receives the data, or that it is open, and the question."""
        value = transfer.values.get("importer")
        if isinstance(value, Open):
            return self.words.say(N_("Receiver to be confirmed")), value.question
        return self.said(transfer, "importer") or self.words.say(N_("Receiver not stated")), ""

    def where(self, transfer: Record) -> str:
        """Country and place, and who passes the data on where it is not the organisation."""
        value = transfer.values.get("destination")
        country = self.said(transfer, "destination") or self.words.say(N_("Country not stated"))
        if isinstance(value, Open):
            country = self.words.say(N_("Country to be confirmed: {text}"), text=value.question)
        parts = [country, self.said(transfer, "destination_place")]
        exporter = self.view.get(transfer.text("exporter"))
        if exporter and exporter.kind_key == "party":
            name = self.view.title(exporter, self.words)
            parts.append(self.words.say(N_("passed on by {name}"), name=name))
        return "\n".join(part for part in parts if part)

    def what(self, transfer: Record) -> str:
        """Which data, why, how and how often (SCC Annex I.B)."""
        parts = [self.said(transfer, key) for key in ("categories", "data_detail", "purpose")]
        if not any(parts):
            parts = [self.words.say(N_("Which data and why: not stated"))]
        how = [lower_first(t) for key in ("kinds", "frequency") if (t := self.said(transfer, key))]
        start = transfer.day("from")
        if start and start > self.view.day:
            how.append(self.words.say(N_("from {date}"), date=self.said(transfer, "from")))
        text = ", ".join(how)
        return "\n".join(part for part in [*parts, text[:1].upper() + text[1:]] if part)

    def protection(self, transfer: Record) -> list[Protection]:
        """The safeguards relied on, then those in reserve."""
        return self.protections[transfer.id]

    def state(self, transfer: Record) -> str:
        """The worst of what is relied on: stated, to be confirmed or missing."""
        states = {item.state for item in self.protection(transfer) if not item.spare}
        return next(state for state in (MISSING, CONFIRM, STATED) if state in states)

    def receivers(self) -> tuple[int, int]:
        """How many receivers are named, and how many transfers name none."""
        named = {t.text("importer") for t in self.transfers} - {""}
        return len(named), sum(not t.text("importer") for t in self.transfers)

    def by_country(self) -> dict[str, str]:
        """The worst state for each country a transfer goes to."""
        found: dict[str, str] = {}
        order = (STATED, CONFIRM, MISSING)
        for transfer in self.transfers:
            code = transfer.text("destination")
            if code:
                worst = max(found.get(code, STATED), self.state(transfer), key=order.index)
                found[code] = worst
        return found

    def uses_clauses(self) -> bool:
        """True if standard clauses are relied on or held in reserve anywhere."""
        return any(p.mechanism in CLAUSES for ps in self.protections.values() for p in ps)

    def copies(self) -> list[str]:
        """How to get a copy, as recorded with the safeguards, each once."""
        found = []
        for transfer in self.transfers:
            column = transfer.kind.field("safeguards").column("copy")
            for line in transfer.lines("safeguards"):
                if line.get("regime") in (None, self.regime):
                    found += self.words.items(column, line.get("copy"))
        return list(dict.fromkeys(found))

    def unsettled(self) -> list[str]:
        """Recipients of whom no place is recorded and no transfer either, by name."""
        covered = {t.text("importer") for t in self.transfers}
        found: dict[str, str] = {}
        for activity in self.activities:
            for line in activity.lines("recipients"):
                party = self.view.get(str(line.get("party")))
                if party is None or party.deleted or party.id in covered:
                    continue
                if self._unplaced(party):
                    found[party.id] = self._named(party)
        return list(found.values())

    def _unplaced(self, party: Record) -> bool:
        """True unless the places of the party are recorded and all lie inside the area."""
        codes = [line.get("country") for line in party.lines("places")]
        known = [standing_of(self.view, c, self.regime) for c in codes if isinstance(c, str)]
        return not known or not all(place and place.domestic for place in known)

    def _named(self, party: Record) -> str:
        name = self.view.title(party, self.words)
        country = self.words.value(party.kind.field("country"), party["country"])
        return f"{name} ({country})" if is_value(party["country"]) else name

    def open_recipients(self) -> list[str]:
        """Open questions about who receives the data at all."""
        found = []
        for activity in self.activities:
            value = activity["recipients"]
            items = value if isinstance(value, list) else [value]
            found += [self.words.state(item) for item in items if isinstance(item, STATES)]
        return list(dict.fromkeys(found))

    def measures(self) -> list[str]:
        """The kinds of security measures in place for these activities, never their details."""
        found: dict[str, str] = {}
        ids = {i for t in self.transfers for i in t.items("activities")}
        for activity in self.activities:
            for measure in self.view.linked(activity, "measures") if activity.id in ids else ():
                term = measure.text("measure")
                if term and measure["status"] in ("in-place", None):
                    found[term] = self.words.term("security-measure", term)
        return list(found.values())


def _first(view: View, activity: Record) -> Record | None:
    return next(iter([*view.linked(activity, "organisations"), *view.of("organisation")]), None)
