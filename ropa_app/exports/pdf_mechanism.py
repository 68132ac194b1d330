"""What a transfer mechanism is called under a regime, in words for a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from ropa_app.i18n import N_
from ropa_app.model.record import day_of
from ropa_app.model.state import STATES, Value
from ropa_app.model.words import Words, lower_first
from ropa_app.rules.articles import article_words
from ropa_app.rules.mechanisms import counts, row_of

#: Why a transfer may take place without a safeguard (Art. 49(1)), in words for the reader.
DEROGATIONS: Mapping[str, str] = {
    "49-1-a": N_("the person concerned has expressly agreed to it"),
    "49-1-b": N_("a contract with the person concerned requires it"),
    "49-1-c": N_("a contract in the interest of the person concerned requires it"),
    "49-1-d": N_("important reasons of public interest require it"),
    "49-1-e": N_("a legal claim requires it"),
    "49-1-f": N_("it protects someone's life or health"),
    "49-1-g": N_("the data come from a public register"),
    "49-1-second": N_("there is a compelling legitimate interest in it"),
}
LAW = {"eu": N_("GDPR"), "uk": "UK GDPR"}
_INVALID = {
    "eu": N_("No valid EU safeguard confirmed"),
    "uk": N_("No valid UK safeguard confirmed"),
}
_UK_APPROVAL = N_("UK adequacy regulations, UK GDPR {article}")
_SCC_WITH_ADDENDUM = N_(
    "Standard contractual clauses (SCC) with the UK Addendum, UK GDPR Art. 46(2)(d)"
)
_ARTICLE = re.compile(r"\b(?=[Aa]rt\. )")


def named(words: Words, mechanism: str, regime: str, day: date, addendum: bool) -> str:
    """The name of a mechanism with its article, as it is cited under the regime on the day.

    `addendum` says whether the UK Addendum is signed (UK GDPR Art. 46(2)(d)).
    """
    label = words.term("mechanism", mechanism)
    if regime != "uk":
        return label
    row = row_of(mechanism, regime, day)
    if mechanism == "adequacy" and row:
        return words.say(_UK_APPROVAL, article=article_words(row.article, words.language))
    if mechanism == "scc" and addendum:
        return words.say(_SCC_WITH_ADDENDUM)
    # What has no place in UK law is cited by no article of it.
    foreign = LAW["uk"] in label or not counts(mechanism, regime, day, addendum)
    return label if foreign else _ARTICLE.sub(f"{LAW['uk']} ", label, count=1)


def named_in(words: Words, line: Mapping[str, Value], day: date) -> str:
    """The mechanism of a safeguard line as it is cited under the regime of the line.

    One that is over is cited as on its last day; what is no mechanism is said in words as it is.
    """
    mechanism, regime, end = line.get("mechanism"), line.get("regime"), day_of(line.get("to"))
    if not isinstance(mechanism, str):
        return words.state(mechanism) if isinstance(mechanism, STATES) else ""
    if not isinstance(regime, str):
        return words.term("mechanism", mechanism)
    signed = line.get("addendum_signed") == "yes"
    return named(words, mechanism, regime, min(day, end) if end else day, signed)


def not_valid(words: Words, regime: str) -> str:
    """That no safeguard of this regime is confirmed."""
    return words.say(_INVALID[regime])


def exception(words: Words, mechanism: str, regime: str, once: bool) -> str:
    """Why the transfer is permitted although nothing special protects it (Art. 49(1))."""
    point = article_of(words.term("mechanism", mechanism))
    sentence = (
        N_("Permitted in a single case because {reason}, {law} {point}")
        if once
        else N_("Permitted in individual cases because {reason}, {law} {point}")
    )
    reason = words.say(DEROGATIONS[mechanism])
    return words.say(sentence, reason=reason, law=words.say(LAW[regime]), point=point)


def article_of(label: str) -> str:
    """The article at the end of a label: “Art. 49(1)(b)”."""
    found = _ARTICLE.search(label)
    return label[found.start() :] if found else lower_first(label)
