"""Which transfers concern an activity on a day: those that name it, and those that may serve it.

Lists, exports and rules ask here, so that no page says of a transfer what another page denies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ropa_app.model.record import Record, day_of
from ropa_app.model.state import STATES, NotApplicable
from ropa_app.register.view import View
from ropa_app.rules.party_states import organisations_of, recipients
from ropa_app.rules.standing import standing

# Of every transfer of a register it is asked for each activity whether it may serve it.
_UNSETTLED = "transfers.unsettled"
_UNKNOWN = ""
_ByExporter = dict[str, list[tuple[Record, frozenset[str]]]]
_BY_EXPORTER = "transfers.by-exporter"


def running(view: View, transfer: Record) -> bool:
    """True unless the transfer has ended before the day of the view."""
    ended = transfer.day("to")
    return ended is None or ended >= view.day


def last_day(transfer: Record, day: date) -> date:
    """The day a transfer is told of as at: its last one where it has ended, else the day given."""
    ended = transfer.day("to")
    return min(ended, day) if ended else day


def is_outside(view: View, code: str, regimes: Sequence[str]) -> bool:
    """True if a country lies outside the own area of one of the regimes (Art. 44).

    A code the reference data do not know counts as outside: shown rather than hidden.
    """
    try:
        return any(not standing(code, r, view.day, view.overlay).domestic for r in regimes)
    except KeyError:
        return True


def leaves(view: View, transfer: Record, regimes: Sequence[str]) -> bool:
    """True unless the destination is known to lie inside the area of each of the regimes."""
    code = transfer.text("destination")
    return not code or is_outside(view, code, regimes)


def of_organisation(view: View, transfer: Record, organisation: Record | None) -> bool:
    """True if the organisation exports, or an activity of it is served by the transfer.

    One that another organisation of the register exports is that one's; one of which neither is
    known may be of each. True for all without an organisation.
    """
    if organisation is None or transfer.text("exporter") == organisation.id:
        return True
    exporter = view.get(transfer.text("exporter"))
    if exporter and exporter.kind_key == "organisation":
        return exporter.id == organisation.id
    activities = view.linked(transfer, "activities")
    return not activities or any(
        organisation.id in organisations_of(activity, view) for activity in activities
    )


def serving(view: View, activity: Record) -> list[Record]:
    """The running transfers that name the activity (Art. 30(1)(e))."""
    found = view.sources(activity.id, "transfer")
    return [t for t in found if activity.id in t.items("activities") and running(view, t)]


def ended_serving(view: View, activity: Record) -> list[Record]:
    """The transfers that named the activity and have ended, with none to the same place since.

    What was sent may still lie there, and the register does not deny that it was (Art. 30(1)(e)).
    """
    found = view.sources(activity.id, "transfer")
    now = {_to(transfer) for transfer in serving(view, activity)}
    return [t for t in found if activity.id in t.items("activities")
            and not running(view, t) and _to(t) not in now]  # fmt: skip


def _to(transfer: Record) -> tuple[str, str]:
    return transfer.text("destination"), transfer.text("importer")


def perhaps_serving(view: View, activity: Record, regimes: Sequence[str]) -> list[Record]:
    """The running transfers out of the regimes' area of which it is open if they serve it.

    They name no activity, or leave open whether there are more; and they are exported by nobody
    knows whom, by an organisation that acts here, or by a party that receives the data.
    """
    by_exporter = _by_exporter(view, tuple(regimes))
    exporters = [_UNKNOWN, *organisations_of(activity, view)]
    exporters += [recipient.party for recipient in recipients(activity, view)]
    return [
        transfer
        for exporter in dict.fromkeys(exporters)
        for transfer, named in by_exporter.get(exporter or _UNKNOWN, ())
        if activity.id not in named
    ]


def _by_exporter(view: View, regimes: tuple[str, ...]) -> _ByExporter:
    """The unsettled transfers that leave, by exporter: asked for each activity, built once."""
    known: dict[tuple[str, ...], _ByExporter] = view.worked_out.setdefault(_BY_EXPORTER, {})
    if regimes not in known:
        found: _ByExporter = {}
        for transfer in unsettled(view):
            if leaves(view, transfer, regimes):
                exporter = view.get(transfer.text("exporter"))
                key = exporter.id if exporter else _UNKNOWN
                named = frozenset(transfer.items("activities"))
                found.setdefault(key, []).append((transfer, named))
        known[regimes] = found
    return known[regimes]


def unsettled(view: View) -> list[Record]:
    """The running transfers that do not say, or not for certain, which activities they serve."""
    found: list[Record] | None = view.worked_out.get(_UNSETTLED)
    if found is None:
        listed = (t for t in view.of("transfer") if running(view, t))
        found = view.worked_out[_UNSETTLED] = [t for t in listed if _is_unsettled(view, t)]
    return found


def _is_unsettled(view: View, transfer: Record) -> bool:
    value = transfer["activities"]
    if isinstance(value, NotApplicable):
        return False
    items = value if isinstance(value, list) else [value]
    return any(isinstance(i, STATES) for i in items) or not view.linked(transfer, "activities")


@dataclass(frozen=True, slots=True)
class Destination:
    """A country outside the area of a regime; `covered` if a decision holds for all of it."""

    regime: str
    code: str
    covered: bool


def silent_destinations(
    view: View, activity: Record, regimes: Sequence[str]
) -> list[Destination]:
    """Where named recipients sit or work outside the area of each regime, each place once.

    Silence about transfers is a gap where a place is not covered, not an answer (Art. 30(1)(e),
    44). A decision for some recipients or some data only leaves open if it holds for these. A
    place to which a transfer is recorded, be it ended, is none about which nothing is said.
    """
    told = {
        (party.id, transfer.text("destination"))
        for transfer in ended_serving(view, activity)
        for key in ("importer", "exporter")
        if (party := view.get(transfer.text(key)))
    }
    codes = dict.fromkeys(
        code
        for recipient in recipients(activity, view)
        for code in _places(view, view.get(recipient.party))
        if (recipient.party, code) not in told
    )
    return [
        Destination(regime, code, _is_covered(view, code, regime))
        for regime in regimes
        for code in codes
        if is_outside(view, code, (regime,))
    ]


def _is_covered(view: View, code: str, regime: str) -> bool:
    try:
        known = standing(code, regime, view.day, view.overlay)
    except KeyError:
        return False
    return known.covered and not known.limited


def _places(view: View, party: Record | None) -> Iterator[str]:
    """Where a party is established, works on the day and has its sub-processors."""
    if party is None:
        return
    yield from party.items("country")
    for key, column in (("places", "country"), ("sub_processors", "countries")):
        for line in party.lines(key):
            start, end = day_of(line.get("from")), day_of(line.get("to"))
            if (start is None or start <= view.day) and (end is None or end >= view.day):
                value = line.get(column)
                items = value if isinstance(value, list) else [value]
                yield from (item for item in items if isinstance(item, str))
