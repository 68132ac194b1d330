"""What a customer is told is not yet confirmed: recipients, and where they keep the data.

The questions themselves stay inside; only what they leave open is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ropa_app.exports.pdf_protection import standing_of
from ropa_app.model.record import Record, day_of
from ropa_app.model.state import Open, Value, is_value
from ropa_app.model.words import Words
from ropa_app.register.view import View
from ropa_app.rules.transfers import leaves, running


class Unsettled:
    """What is open about the recipients of activities under one regime.

    `told` are the transfers the page tells of already.
    """

    def __init__(
        self, view: View, words: Words, regime: str, activities: Sequence[Record],
        told: Sequence[Record],
    ) -> None:  # fmt: skip
        self.view = view
        self.words = words
        self.regime = regime
        self.activities = activities
        ids = {activity.id for activity in activities}
        about = [t for t in view.of("transfer") if not (named := set(t.items("activities")))
                 or not ids.isdisjoint(named)]  # fmt: skip
        self.told = {t.text(key) for t in [*told, *about] if leaves(view, t, (regime,))
                     for key in ("importer", "exporter")}  # fmt: skip

    def recipients(self) -> list[str]:
        """Recipients of whom it is not settled whether data leave the area, by name."""
        found: dict[str, str] = {}
        for activity in self.activities:
            for line in activity.lines("recipients"):
                party = self.view.get(str(line.get("party")))
                if party and not party.deleted and not self._settled(party):
                    found[party.id] = self._named(party)
        return list(found.values())

    def _settled(self, party: Record) -> bool:
        """True if a transfer to it or by it is recorded, or its places are and none is open.

        Where data went before a transfer ended is no open question. A place outside the area is
        settled where the country is recognised as a whole or a recorded transfer covers it.
        """
        if party.id in self.told:
            return True
        value = party["places"]
        if not isinstance(value, list) or not value:
            return False
        return all(isinstance(line, dict) and self._place_settled(party, line) for line in value)

    def _place_settled(self, party: Record, line: Mapping[str, Value]) -> bool:
        end = day_of(line.get("to"))
        if end and end < self.view.day:
            return True
        code = line.get("country")
        if not isinstance(code, str):
            return False
        known = standing_of(self.view, code, self.regime)
        if known and known.covered and not known.limited:
            return True
        near = {party.id, line.get("operator")}
        return any(t.text("destination") == code and running(self.view, t)
                   and near & {t.text("importer"), t.text("exporter")}
                   for t in self.view.of("transfer"))  # fmt: skip

    def _named(self, party: Record) -> str:
        name = self.view.title(party, self.words)
        country = self.words.value(party.kind.field("country"), party["country"])
        return f"{name} ({country})" if is_value(party["country"]) else name

    def purposes(self) -> list[str] | None:
        """The purposes for which somebody unknown receives data; None if all are known."""
        unknown = [a for a in self.activities if _open_recipients(a)]
        if not unknown:
            return None
        terms = [str(line["purpose"]) for a in unknown for line in a.lines("purposes")
                 if isinstance(line.get("purpose"), str)]  # fmt: skip
        return [self.words.term("purpose", term) for term in dict.fromkeys(terms)]


def _open_recipients(activity: Record) -> bool:
    """True if it is open who receives the data, as a whole or in one line."""
    value = activity["recipients"]
    items = value if isinstance(value, list) else [value]
    return any(isinstance(item, Open) or (isinstance(item, dict)
               and isinstance(item.get("party"), Open)) for item in items)  # fmt: skip
