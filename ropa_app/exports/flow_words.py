"""What stands in the nodes of a flow, and the sentences about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ropa_app.exports.flow import worst_of
from ropa_app.exports.flow_chain import BY_PARENT, BY_SUB, Step
from ropa_app.exports.flow_hops import Hop
from ropa_app.i18n import N_
from ropa_app.model.countries import country_name
from ropa_app.model.dates import date_words
from ropa_app.model.kinds import KINDS
from ropa_app.model.words import Words, lower_first
from ropa_app.rules.overview_transfers import (
    ADEQUATE,
    INSIDE,
    MISSING,
    OPEN,
    OPEN_MECHANISM,
    RECORDED,
)

STATES = {
    INSIDE: N_("inside the area"),
    ADEQUATE: N_("adequacy decision"),
    RECORDED: N_("safeguard recorded"),
    OPEN: N_("to be confirmed"),
    MISSING: N_("safeguard missing"),
}
_INSIDE = {"eu": N_("inside the EEA"), "uk": N_("inside the UK")}
_SHORT = {"eu": N_("EU/EEA"), "uk": "UK"}
_CATEGORIES = KINDS["activity"].field("recipients").column("categories")


def place(words: Words, code: str) -> str:
    """A country by its name, or that it is not stated."""
    return country_name(code, words.language) if code else words.say(N_("Not stated"))


def state_words(words: Words, regime: str, state: str) -> str:
    """How one leg stands, inside a sentence."""
    return words.say(_INSIDE[regime] if state == INSIDE else STATES[state])


def standing(words: Words, states: Mapping[str, str]) -> str:
    """How a country stands, in one line; where the regimes differ, the worse is named."""
    if not states:
        return words.say(STATES[OPEN])
    worst = worst_of(list(states.values()))
    worse = [regime for regime, state in states.items() if state == worst]
    inside = [regime for regime, state in states.items() if state == INSIDE]
    said = state_words(words, worse[0], worst)
    if len(worse) == len(states):
        return said
    if worst == ADEQUATE and inside:
        inner = state_words(words, inside[0], INSIDE)
        return words.say(N_("{inside}, {regime} adequacy"),
                         inside=inner, regime=short(words, worse[0]))  # fmt: skip
    return words.say(N_("{label}: {text}"), label=short(words, worse[0]), text=said)


def short(words: Words, regime: str) -> str:
    """A regime in a word."""
    return words.say(_SHORT[regime])


def legs(words: Words, hop: Hop) -> str:
    """How a hop stands under each regime, and by what, one sentence each."""
    parts = []
    for regime, state in hop.states.items():
        said = state_words(words, regime, state)
        mechanism = hop.mechanisms.get(regime, "")
        if mechanism and mechanism != OPEN_MECHANISM and state != INSIDE:
            name = lower_first(words.term("mechanism", mechanism))
            if not (state == ADEQUATE and mechanism == "adequacy"):
                only = N_("only {mechanism} is recorded")
                inner = words.say(only, mechanism=name) if state == MISSING else name
                said = f"{said} ({inner})"
        parts.append(words.say(N_("{label}: {text}"), label=short(words, regime), text=said))
    all_legs = f"{'; '.join(parts)}." if parts else ""
    return " ".join(part for part in (all_legs, _based(words, hop)) if part)


def _based(words: Words, hop: Hop) -> str:
    refs = ", ".join(transfer.ref for transfer in hop.transfers)
    if hop.settled:
        return words.say(N_("Recorded as {refs}."), refs=refs)
    if refs:
        return words.say(N_("Whether {refs} serves it is not settled."), refs=refs)
    if hop.state == OPEN:
        return words.say(N_("No transfer is recorded for it."))
    return ""


def data(words: Words, kinds: Iterable[str], whole: bool, unknown: bool) -> str:
    """Which data a recipient gets, in a line."""
    if unknown:
        return words.say(N_("data not stated"))
    if whole:
        return words.say(N_("all data"))
    found = list(kinds)
    return lower_first(words.series(_CATEGORIES, found)) if found else words.say(N_("no data line"))


def roles(words: Words, found: Iterable[str]) -> str:
    """The roles of a recipient."""
    said = [words.term("recipient-role", role) for role in dict.fromkeys(found)]
    return ", ".join([*said[:1], *(lower_first(text) for text in said[1:])])


def onward(words: Words, step: Step, today: date) -> tuple[str, str]:
    """Second line and colour of a party further down the chain."""
    if step.proposed and step.objected:
        return words.say(N_("proposed, objected to")), "warn-text"
    if step.proposed and step.accepted:
        return words.say(N_("proposed, accepted")), ""
    if step.proposed and step.until:
        day = date_words(step.until.isoformat(), words.language)
        open_still = N_("proposed, object until {day}")
        sentence = open_still if step.until >= today else N_("proposed, objections ended {day}")
        return words.say(sentence, day=day), "warn-text"
    if step.proposed:
        return words.say(N_("proposed")), "warn-text"
    if step.why == BY_SUB:
        return step.service or words.say(N_("service not stated")), ""
    if step.why == BY_PARENT:
        return words.say(N_("parent company, has access")), ""
    return words.say(N_("receives by transfer")), ""


def engaged(words: Words, steps: Sequence[tuple[str, Step]], today: date) -> str:
    """Who passes data on to a party, and for what, one sentence each."""
    said = []
    for name, step in steps:
        what = onward(words, step, today)[0]
        said.append(words.say(N_("From {party}: {what}."), party=name, what=what))
    return " ".join(said)
