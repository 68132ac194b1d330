"""What is said where no transfer is recorded although recipients have a place outside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ropa_app.exports.pdf_mechanism import LAW
from ropa_app.i18n import N_
from ropa_app.model.countries import country_name
from ropa_app.model.record import Record
from ropa_app.model.words import Words
from ropa_app.register.view import View
from ropa_app.rules.transfers import Destination, ended_serving, silent_destinations


def silence(
    view: View, activity: Record, regimes: Sequence[str], words: Words
) -> tuple[str, str]:
    """Two sentences, each empty if there is no such place: what is a gap, and what is none.

    A gap is a place for which no decision holds for every recipient; where one does, silence may
    be the answer, but the law under which the place is outside is named (Art. 30(1)(e), 45).
    """
    found = silent_destinations(view, activity, regimes)
    gaps = _places((one for one in found if not one.covered), words)
    covered = _places((one for one in found if one.covered), words)
    gap = N_("No transfer is recorded, but a recipient has a place outside this area: {places}.")
    if ended_serving(view, activity):
        gap = N_("No transfer is recorded to these places of recipients: {places}.")
    known = N_("Recipients have a place in a country recognised as adequate: {places}.")
    return (
        words.say(gap, places=gaps) if gaps else "",
        words.say(known, places=covered) if covered else "",
    )


def _places(found: Iterable[Destination], words: Words) -> str:
    """The countries, those under the same laws together: “India (under GDPR and UK GDPR)”."""
    laws: dict[str, list[str]] = {}
    for one in found:
        laws.setdefault(one.code, []).append(words.say(LAW[one.regime]))
    countries: dict[str, list[str]] = {}
    for code, names in laws.items():
        law = words.say(N_("{law} and {other_law}"), law=names[0], other_law=names[1]) \
            if len(names) == 2 else names[0]  # fmt: skip
        countries.setdefault(law, []).append(country_name(code, words.language))
    return "; ".join(
        words.say(N_("{countries} (under {law})"), countries=", ".join(names), law=law)
        for law, names in countries.items()
    )
