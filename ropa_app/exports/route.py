"""The route of a transfer: who sends, how, who receives where, and for which activities."""

from __future__ import annotations

from dataclasses import dataclass

from ropa_app.exports.flow_build import sector_icon
from ropa_app.i18n import N_
from ropa_app.model.countries import country_name
from ropa_app.model.record import Record
from ropa_app.model.state import STATES
from ropa_app.model.words import Words, lower_first
from ropa_app.register.view import View

_NOWHERE = N_("not stated")
_MOST = 3  # references named before the rest is counted


@dataclass(frozen=True, slots=True)
class Stage:
    """One place of the route: an icon, a name, and a second line.

    `records` are the ids it stands for; `known` is False where the register does not say.
    """

    icon: str
    name: str
    detail: str
    records: tuple[str, ...]
    known: bool


@dataclass(frozen=True, slots=True)
class Route:
    """Three stages, and what is said on the way between them."""

    exporter: Stage
    how: str
    importer: Stage
    activities: Stage

    def says(self) -> str:
        """The route in words, for readers."""
        stages = (self.exporter, self.importer, self.activities)
        told = [f"{stage.name}, {stage.detail}" if stage.detail else stage.name for stage in stages]
        return "; ".join([told[0], *([self.how] if self.how else []), *told[1:]])


def route_of(view: View, transfer: Record, words: Words) -> Route:
    """The route of a transfer as it is recorded (GDPR Art. 30(1)(e), 44)."""
    return Route(
        _party(view, transfer, "exporter", words.say(N_("Exporter")), "", words),
        lower_first(words.series(transfer.kind.field("kinds"), transfer["kinds"])),
        _party(view, transfer, "importer", words.say(N_("Importer")),
               words.value(transfer.kind.field("destination"), transfer["destination"]), words),
        _activities(view, transfer, words),
    )  # fmt: skip


def _party(
    view: View, transfer: Record, key: str, role: str, place: str, words: Words
) -> Stage:
    """Who stands at an end; where the place is not given, that of its own address."""
    record = view.get(transfer.text(key))
    if record is None:
        said = words.value(transfer.kind.field(key), transfer[key])
        return Stage("question", said or words.say(_NOWHERE), _facts(role, place), (), False)
    own = record.text("country")
    home = country_name(own, words.language) if own else ""
    icon = sector_icon(record) if record.kind_key == "party" else "house-simple"
    return Stage(icon, view.title(record, words), _facts(role, place or home), (record.id,), True)


def _facts(*facts: str) -> str:
    return "  ·  ".join(fact for fact in facts if fact)


def _activities(view: View, transfer: Record, words: Words) -> Stage:
    served = view.linked(transfer, "activities")
    value = transfer["activities"]
    if not served:
        said = words.value(transfer.kind.field("activities"), value)
        known = bool(said) and isinstance(value, STATES)
        return Stage("rows", said or words.say(_NOWHERE), words.say(N_("Activities")), (), known)
    if len(served) == 1:
        only = served[0]
        return Stage("rows", view.title(only, words), only.ref, (only.id,), True)
    refs = ", ".join(each.ref for each in served[:_MOST])
    if len(served) > _MOST:
        refs = words.say(N_("{shown} and {count} more"), shown=refs, count=len(served) - _MOST)
    name = words.say(N_("{count} activities"), count=len(served))
    return Stage("rows", name, refs, tuple(each.id for each in served), True)
