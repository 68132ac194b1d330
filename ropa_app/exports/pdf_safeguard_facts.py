"""What a customer is told about transfers under one regime, out of the register (Art. 13(1)(f)).

Only what is recorded, and nothing that is meant for the organisation alone: no open questions, no
reasons, no findings of an assessment. Fields marked confidential are gone before (`public`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ropa_app.exports.pdf_protection import (
    STANDINGS,
    STATED,
    Protection,
    Safeguards,
    standing_of,
)
from ropa_app.exports.pdf_safeguard_audience import all_known, concerns_customers
from ropa_app.exports.pdf_safeguard_choice import (
    INSIDE,
    OTHER_LAW,
    OTHER_PEOPLE,
    RECOGNISED,
    UNRESTRICTED,
    Choice,
    LeftOut,
)
from ropa_app.exports.row import listed
from ropa_app.i18n import N_
from ropa_app.model.record import Record, items_of
from ropa_app.model.sentences import begun, ended
from ropa_app.model.words import Words, lower_first
from ropa_app.register.view import View
from ropa_app.rules.mechanisms import gives_rights
from ropa_app.rules.party_states import acting
from ropa_app.rules.regimes import concerns
from ropa_app.rules.transfers import leaves


@dataclass(frozen=True, slots=True)
class Group:
    """Transfers to one recipient in one country with the same protection: one row of the page."""

    transfers: tuple[Record, ...]
    protection: tuple[Protection, ...]

    @property
    def first(self) -> Record:
        """The one that stands for all where they agree."""
        return self.transfers[0]

    @property
    def state(self) -> str:
        """The worst of what is relied on."""
        return max((p.state for p in self.protection if not p.spare), key=STANDINGS.index)


class Facts:
    """The transfers of one regime in words for a customer.

    `ours` are the organisations it is from. What does not concern customers is left out of all
    but a selection; activities or transfers asked for by name are told in any case.
    """

    def __init__(
        self, view: View, words: Words, regime: str, choice: Choice, ours: Sequence[Record]
    ) -> None:
        self.view = view
        self.words = words
        self.regime = regime
        self.ours = ours
        self.homes = list(dict.fromkeys(code for one in ours if (code := one.text("country"))))
        self.selection = choice.selection
        self.activities = [a for a in choice.activities if not self._irrelevant(a)]
        self._safeguards = Safeguards(view, words, regime, full=False)
        reasons = [(transfer, self._reason(transfer)) for transfer in choice.transfers]
        self.transfers = [transfer for transfer, reason in reasons if not reason]
        left_out: dict[str, list[Record]] = {}
        for transfer, reason in reasons:
            if reason:
                left_out.setdefault(reason, []).append(transfer)
        self.left_out: LeftOut = {**choice.left_out, **left_out}
        self.groups = self._grouped()

    def _irrelevant(self, activity: Record, sent: Collection[str] = ()) -> str:
        """Why an activity is none of the reader's; empty if the law and the people are.

        `sent`: the categories of data that a transfer for it is known to be of.
        """
        bound: list[Record | None] = [*acting(activity, self.view, self.ours)] or [None]
        if not any(concerns((self.regime,), activity, one) for one in bound):
            return OTHER_LAW
        return "" if self.selection or concerns_customers(activity, sent) else OTHER_PEOPLE

    def _reason(self, transfer: Record) -> str:
        """Why a transfer is left out: told is one out of the area for an activity of the reader."""
        if not leaves(self.view, transfer, (self.regime,)):
            return INSIDE
        if self._recognised(transfer.text("destination")):
            return RECOGNISED
        if self._safeguards.unrestricted(transfer):
            return UNRESTRICTED
        serving = self.view.linked(transfer, "activities")
        categories = transfer["categories"]
        sent = categories if all_known(categories) else ()
        found = {self._irrelevant(activity, sent) for activity in serving}
        if not found or "" in found:
            return ""
        return OTHER_PEOPLE if OTHER_PEOPLE in found else OTHER_LAW

    @property
    def from_the_eea(self) -> bool:
        """True if people in the UK are served from the EEA alone, which UK law recognises."""
        return self.regime == "uk" and bool(self.homes) and all(
            self._eea(code) for code in self.homes)  # fmt: skip

    def _eea(self, code: str) -> bool:
        """True for an EEA country that is recognised under the UK GDPR (Art. 45A)."""
        inside = standing_of(self.view, code, "eu")
        approved = standing_of(self.view, code, "uk")
        return bool(inside and inside.domestic and approved and approved.covered)

    def _recognised(self, code: str) -> bool:
        """True for an EEA country on the page of the UK, where one sentence tells of them all."""
        return bool(code) and self.from_the_eea and self._eea(code)

    def _grouped(self) -> list[Group]:
        found: dict[object, list[Record]] = {}
        told: dict[object, tuple[Protection, ...]] = {}
        for transfer in self.transfers:
            protection = tuple(self._safeguards.of(transfer))
            importer, country = transfer.text("importer"), transfer.text("destination")
            key = (importer, country, self.said((transfer,), "destination_place"), protection)
            # Two recipients not yet known are not one.
            whole = key if importer and country else transfer.id
            found.setdefault(whole, []).append(transfer)
            told[whole] = protection
        return [Group(tuple(transfers), told[key]) for key, transfers in found.items()]

    def said(self, transfers: Sequence[Record], key: str) -> str:
        """A field of transfers in words, each item once; questions and reasons are left out."""
        between = "; " if transfers[0].kind.field(key).is_text else ", "
        return between.join(self._each(transfers, key))

    def _each(self, transfers: Sequence[Record], key: str) -> list[str]:
        """The items of the field; those after the first begin with a small letter."""
        items = [
            ended(item)
            for t in transfers
            for item in self.words.items(t.kind.field(key), items_of(t.values.get(key)))
        ]
        unique = list(dict.fromkeys(item for item in items if item))
        return [*unique[:1], *(lower_first(item) for item in unique[1:])]

    def recipient(self, group: Group) -> str:
        """Who receives the data, or that it is not yet confirmed."""
        found = self.view.get(group.first.text("importer"))
        if found:
            return self.words.name_of(found.id)
        return self.words.say(N_("Recipient not yet confirmed"))

    def where(self, group: Group) -> str:
        """Country and place, and who passes the data on where it is not the organisation."""
        transfers = group.transfers[:1]
        country = self.said(transfers, "destination")
        parts = [country or self.words.say(N_("Country not yet confirmed")),
                 self.said(transfers, "destination_place")]  # fmt: skip
        exporters = (self.view.get(t.text("exporter")) for t in group.transfers)
        names = [self.view.title(one, self.words) for one in exporters
                 if one and one.kind_key == "party"]  # fmt: skip
        if names:
            listed = self.listed(list(dict.fromkeys(names)))
            parts.append(self.words.say(N_("passed on by {name}"), name=listed))
        return "\n".join(part for part in parts if part)

    def listed(self, names: Sequence[str]) -> str:
        """Names as a running text, “and” before the last."""
        return listed(self.words, names)

    def what(self, group: Group) -> str:
        """Which data, why, how and how often (SCC Annex I.B)."""
        transfers = group.transfers
        parts = [self.said(transfers, key) for key in ("categories", "data_detail", "purpose")]
        if not any(parts[:2]):
            parts[0] = self.words.say(N_("We have not yet confirmed which data this is"))
        how = [self.listed(self._each(transfers, "kinds")), self.said(transfers, "frequency")]
        how = [lower_first(text) for text in how if text]
        starts = [t.day("from") for t in transfers]
        if all(start and start > self.view.day for start in starts):
            how.append(self.words.say(N_("from {date}"), date=self.said(transfers, "from")))
        return "\n".join(part for part in [*parts, begun(", ".join(how))] if part)

    def recipients(self) -> tuple[int, int]:
        """How many recipients are named, and how many transfers name none."""
        named = {t.text("importer") for t in self.transfers} - {""}
        return len(named), sum(not t.text("importer") for t in self.transfers)

    def by_country(self) -> dict[str, str]:
        """The worst state for each country a transfer goes to."""
        found: dict[str, str] = {}
        for group in self.groups:
            code = group.first.text("destination")
            if code:
                worst = max(found.get(code, STATED), group.state, key=STANDINGS.index)
                found[code] = worst
        return found

    def clauses(self) -> list[Record]:
        """The transfers that standard clauses protect, as stated, not in reserve."""
        return [t for group in self.groups for t in group.transfers
                if gives_rights(p.mechanism for p in group.protection
                                if p.state == STATED and not p.spare)]  # fmt: skip

    def copies(self) -> list[str]:
        """How to get a copy, as recorded where a safeguard is stated, each once.

        A text that points into a document of the organisation (§) is not for this reader.
        """
        found: list[str] = []
        for group in self.groups:
            for transfer in group.transfers if group.state == STATED else ():
                column = transfer.kind.field("safeguards").column("copy")
                for line in transfer.lines("safeguards"):
                    if line.get("regime") in (None, self.regime):
                        found += self.words.items(column, items_of(line.get("copy")))
        return [text for text in dict.fromkeys(found) if "§" not in text]

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
