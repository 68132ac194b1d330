"""Which facts of a safeguard matter for its mechanism and regime, and whether a regime applies."""

from __future__ import annotations

from ropa_app.i18n import N_
from ropa_app.model.countries import country_name
from ropa_app.model.field import Field
from ropa_app.model.record import Record
from ropa_app.model.state import Value
from ropa_app.model.words import Words
from ropa_app.register.view import View
from ropa_app.rules.mechanisms import NONE_NEEDED, is_derogation
from ropa_app.rules.regimes import concerns
from ropa_app.rules.transfers import is_outside

_CLAUSES = ("modules", "annexes_complete")
_ASSESSED = ("assessment", "supplementary_measures", "copy", "document")
#: What tells whether a mechanism holds, beside when it runs and when to look at it again.
_MATTERS: dict[str, tuple[str, ...]] = {
    "adequacy": ("instrument",),
    "scc": (*_CLAUSES, *_ASSESSED),
    "scc-old": (*_CLAUSES, *_ASSESSED),
    "uk-addendum": (*_CLAUSES, "addendum_signed", *_ASSESSED),
    "idta": ("annexes_complete", *_ASSESSED),
    "bcr": ("instrument", *_ASSESSED),
    "not-restricted": ("instrument",),
}
_OTHER = ("instrument", *_ASSESSED)
_COMPELLING = ("derogation_reason", "compelling_documentation", "authority_informed")
_EU_CLAUSES = ("scc", "scc-old")


def columns_that_matter(field: Field, line: dict[str, Value], regime: str) -> list[str]:
    """The columns to show at once, in the order of the declaration but the mechanism first."""
    mechanism = line.get("mechanism")
    wanted = {"mechanism"}
    if isinstance(mechanism, str):
        wanted |= {"from", *_facts(mechanism)}
        wanted |= {"review"} if mechanism != NONE_NEEDED else set()
        if mechanism in _EU_CLAUSES and regime == "uk":  # UK law counts them with the Addendum
            wanted.add("addendum_signed")
    if not regime:
        wanted |= {"regime", "reliance"}
    if not isinstance(line.get("reliance"), str | None):  # else its place says it
        wanted.add("reliance")
    order = [column.key for column in field.columns]
    return sorted(wanted, key=lambda key: (key != "mechanism", key != "regime", _place(order, key)))


def _place(order: list[str], key: str) -> int:
    """When it began stands after what it is."""
    return order.index("derogation_reason") if key == "from" else order.index(key)


def _facts(mechanism: str) -> tuple[str, ...]:
    if is_derogation(mechanism):
        return _COMPELLING if mechanism == "49-1-second" else ("derogation_reason",)
    return _MATTERS.get(mechanism, _OTHER)


def why_not(view: View, transfer: Record, regime: str, words: Words) -> str:
    """Why a regime asks for no safeguard here, in one sentence; empty where it may (Art. 3, 44)."""
    exporter = view.get(transfer.text("exporter"))
    name = words.term("regime", regime)
    if exporter is not None and exporter.kind_key == "organisation":
        served = view.linked(transfer, "activities") or [exporter]
        if not any(concerns((regime,), each, exporter) for each in served):
            said = N_("{regime} does not apply: see the regimes of {organisation}.")
            return words.say(said, regime=name, organisation=view.title(exporter, words))
    code = transfer.text("destination")
    if code and not is_outside(view, code, (regime,)):
        said = N_("{country} lies inside the area of {regime}, so no safeguard is needed.")
        return words.say(said, country=country_name(code, words.language), regime=name)
    return ""
