"""Where the data goes: which countries the map marks, and what the legend says of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cmp_to_key
from typing import Any

from PySide6.QtCore import QCollator

from ropa_app.i18n import _, current_language
from ropa_app.model.countries import country, country_name, is_country
from ropa_ui.languages import locale
from ropa_ui.views.overview_words import HOME, INSIDE, STATES, State
from ropa_ui.widgets.map_view import LegendEntry

HOME_KEY = "home"
INSIDE_KEY = "inside"
MOST_NAMED = 20  # countries an entry of the legend names; the tooltip names all

Destinations = Sequence[Mapping[str, Any]]


def transfers_by_country(destinations: Destinations) -> dict[str, list[str]]:
    """The transfers behind each country of the map; a place stands for the country it is in."""
    found: dict[str, list[str]] = {}
    for one in destinations:
        found.setdefault(_on_map(one["country"]), []).extend(one["transfers"])
    return found


def transfers_by_state(destinations: Destinations) -> dict[str, list[str]]:
    """The transfers behind each entry of the legend."""
    found: dict[str, list[str]] = {}
    for one in destinations:
        found.setdefault(one["worst"], []).extend(one["transfers"])
    return found


def marked(home: Sequence[str], destinations: Destinations) -> dict[str, str]:
    """The colour of each country: the worst of its transfers; ours in the accent colour.

    Inside the own area a country stays as it is.
    """
    worst = _worst_on_map(destinations)
    found = {code: STATES[state].role for code, state in worst.items() if state in STATES}
    return found | {_on_map(code): "accent" for code in home}


def words(home: Sequence[str], destinations: Destinations) -> dict[str, str]:
    """What a country that can be pointed at says: its name, state and number of transfers."""
    counts = transfers_by_country(destinations)
    found = {
        code: _("{country}: {state}, transfers: {count}").format(
            country=country_name(code, current_language()),
            state=_(STATES[state].word).lower(),
            count=len(set(counts[code])),
        )
        for code, state in _worst_on_map(destinations).items()
        if code and state in STATES
    }
    order = in_order(found.values())
    named = sorted(found.items(), key=lambda item: order.index(item[1]))
    here = {_on_map(code): country_name(code, current_language()) for code in home}
    ours = {code: f"{name}: {_(HOME.word).lower()}" for code, name in here.items()}
    return ours | {code: text for code, text in named if code not in ours}


def legend(home: Sequence[str], destinations: Destinations) -> list[LegendEntry]:
    """The meanings that occur, from our own country to the worst; what stays inside last."""
    entries = [_entry(HOME_KEY, HOME, "accent", home)] if home else []
    for key, state in {**STATES, INSIDE_KEY: INSIDE}.items():
        codes = [one["country"] for one in destinations if one["worst"] == key]
        if codes:
            entries.append(_entry(key, state, "" if key == INSIDE_KEY else state.role, codes))
    return entries


def _entry(key: str, state: State, fill: str, codes: Sequence[str]) -> LegendEntry:
    names = in_order(country_name(code, current_language()) for code in codes if code)
    if "" in codes:
        names.append(_("destination not stated"))
    some = ", ".join(names[:MOST_NAMED])
    if (more := len(names) - MOST_NAMED) > 0:
        some = _("{names} and {count} more").format(names=some, count=more)
    return LegendEntry(key, state.icon, state.role, fill, _(state.word), some, ", ".join(names))


def in_order(names: Iterable[str]) -> list[str]:
    """Names in the alphabetical order of the language of the window."""
    return sorted(names, key=cmp_to_key(QCollator(locale()).compare))


def _worst_on_map(destinations: Destinations) -> dict[str, str]:
    order = [INSIDE_KEY, *STATES]
    found: dict[str, str] = {}
    for one in destinations:
        code = _on_map(one["country"])
        found[code] = max(found.get(code, INSIDE_KEY), one["worst"], key=order.index)
    return found


def _on_map(code: str) -> str:
    """The country that the map draws for a place in it."""
    entry = country(code) if is_country(code) else None
    return entry.part_of if entry and entry.part_of else code
