"""What puts right what is amiss with a part of a flow: a finding, or a transfer not recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ropa_app.exports.flow import COUNTRY, RECIPIENT, TROUBLED, Band, Flow, Node, Place
from ropa_app.i18n import _
from ropa_app.model.state import Value
from ropa_ui.looks import SEVERITIES
from ropa_ui.models.checks import Row, article_of
from ropa_ui.remedies import remedy_label

Findings = Callable[[str], list[Row]]
_GRAVE = ("error",)


@dataclass(frozen=True, slots=True)
class Remedy:
    """What the button says, and where it leads; with `transfer` a transfer is recorded first.

    `sentence`, `article`, `icon` and `role` tell the finding it answers, where there is one;
    `tip` says what would put it right.
    """

    label: str
    place: Place
    sentence: str = ""
    article: str = ""
    icon: str = ""
    role: str = "text2"
    tip: str = ""
    transfer: dict[str, Value] = field(default_factory=dict, hash=False)


def remedy_for(flow: Flow, shown: str, findings: Findings, activity: str) -> Remedy | None:
    """The remedy of a node or band; None if nothing is amiss with it.

    A grave finding goes first, then an answer of ours that is waited for, then any other finding,
    then a transfer that is not protected or not recorded. `activity`: the one the flow is of, "" if
    it is not of one.
    """
    part = flow.part(shown)
    if isinstance(part, Node) and part.kind == COUNTRY:
        part = flow.worst_into(part.id)
    if part is None:
        return None
    rows = list(_findings_at(part.places, findings))
    grave = [row for row in rows if row.severity in _GRAVE]
    if grave:
        return _of_finding(grave[0])
    if part.awaits is not None:
        return Remedy(_("Decide"), part.awaits)
    if rows:
        return _of_finding(min(rows, key=lambda row: list(SEVERITIES).index(row.severity)))
    if isinstance(part, Band) and part.state in TROUBLED and part.target.startswith(f"{COUNTRY}:"):
        return _of_transfer(flow, part, activity)
    return None


def _findings_at(places: tuple[Place, ...], findings: Findings) -> Iterator[Row]:
    """The findings of the records, or of the fields in them, that a part rests on."""
    for place in places:
        for row in findings(place.record):
            inside = row.field == place.path or row.field.startswith(f"{place.path}.")
            if not place.path or inside:
                yield row


def _of_finding(row: Row) -> Remedy:
    look = SEVERITIES[row.severity]
    return Remedy(
        remedy_label(row.rule), Place(row.record, row.field), row.sentence, article_of(row),
        look.icon, look.role, row.remedy,
    )  # fmt: skip


def _of_transfer(flow: Flow, band: Band, activity: str) -> Remedy | None:
    """To the safeguards of the transfer, to what is unsettled about it, or to a new one.

    Where the country is not known, it has to be found out first.
    """
    if band.places:
        known = band.places[0]
        if known.path:
            return Remedy(_("Settle"), known)
        return Remedy(_("See the safeguards"), Place(known.record, "safeguards"))
    values = transfer_values(flow, band, activity)
    importer = str(values.get("importer") or "")
    if "destination" not in values:
        return Remedy(_("State the country"), Place(importer, "country")) if importer else None
    return Remedy(_("Record the transfer"), Place("", "safeguards"), transfer=values)


def transfer_values(flow: Flow, band: Band, activity: str) -> dict[str, Value]:
    """What the flow tells of a transfer that is not recorded: who, to whom, where, for what."""
    node = flow.part(band.source)
    importer = node.record if isinstance(node, Node) and node.kind != COUNTRY else ""
    if isinstance(node, Node) and node.kind == RECIPIENT and importer == activity:
        importer = ""  # a recipient nobody has named stands for the activity
    senders = [flow.part(one.source) for one in flow.bands if one.target == band.source]
    exporters = {one.record for one in senders if isinstance(one, Node) and one.record}
    values: dict[str, Value] = {"destination": band.target.partition(":")[2] or None}
    values["importer"] = importer or None
    values["exporter"] = exporters.pop() if len(exporters) == 1 else None
    values["activities"] = [activity] if activity else None
    return {key: value for key, value in values.items() if value}
