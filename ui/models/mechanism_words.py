"""Mechanisms and regimes in few words, for narrow columns and charts."""

from __future__ import annotations

from typing import Final

from ropa_app.i18n import N_, _, current_language
from ropa_app.model.words import Words
from ropa_app.rules.articles import article_words

# Short names for a narrow column; the whole name is in the tooltip.
_SHORT: Final = {
    "": N_("None recorded"),
    "open": N_("To be confirmed"),
    "adequacy": N_("Adequacy decision"),
    "scc": N_("EU SCC"),
    "scc-old": N_("SCC before 2021"),
    "idta": N_("UK IDTA"),
    "uk-addendum": N_("SCC + UK Addendum"),
    "bcr": N_("Binding rules (BCR)"),
    "code-of-conduct": N_("Code of conduct"),
    "certification": N_("Certification"),
    "ad-hoc-clauses": N_("Own clauses"),
    "authority-clauses": N_("Authority's clauses"),
    "public-body-instrument": N_("Public bodies"),
    "administrative-arrangement": N_("Arrangement"),
    "not-restricted": N_("No tool needed"),
}

_REGIMES: Final = {"eu": N_("EU"), "uk": N_("UK")}
_BESIDE_LAW: Final = {
    "adequacy": N_("adequacy"),
    "scc": "SCC",
    "idta": "IDTA",
    "uk-addendum": N_("Addendum"),
    "bcr": "BCR",
}


def short_mechanism(mechanism: str, words: Words) -> str:
    """The mechanism in few words."""
    if mechanism.startswith("49-"):
        return _derogation(mechanism)
    known = _SHORT.get(mechanism)
    return _(known) if known else words.term("mechanism", mechanism)


def short_regime(regime: str) -> str:
    """A regime in one short word."""
    return _(_REGIMES[regime])


def mechanism_in_regime(mechanism: str, words: Words) -> str:
    """The mechanism in still fewer words, where its law is named beside it."""
    known = _BESIDE_LAW.get(mechanism)
    return _(known) if known else short_mechanism(mechanism, words)


def full_mechanism(mechanism: str, words: Words) -> str:
    """The mechanism by its whole name."""
    return _(_SHORT[mechanism]) if mechanism in ("", "open") else words.term("mechanism", mechanism)


def _derogation(mechanism: str) -> str:
    """“Art. 49(1)(a)” from the id of a term such as 49-1-a."""
    point = mechanism.rsplit("-", 1)[-1]
    article = "49(1)" if point == "second" else f"49(1)({point})"
    return article_words(article, current_language())
