"""Where a word that is wider than its column is broken: at a sensible place, never just anywhere.

Addresses break after their signs, compounds before a part that is a word of its own, other words
before the consonant of a syllable. Only what has no such place is cut where the line is full.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from reportlab.pdfbase.pdfmetrics import stringWidth

# The widest a letter is likely to be, in parts of the type size: shorter words are not measured.
_WIDEST = 0.66
# The fewest letters on either side of a hyphen.
_LEAST = 4
_SIGNS = "@./-_–,;:&?=)"
# Beginnings of words that stand last in long compounds, in bokmål and English.
_PARTS = (
    "abonne", "address", "administr", "adress", "aktivitet", "ansatt", "ansvar", "arbeid",
    "avtale", "behandl", "beskytt", "bestemm", "betal", "bruker", "control", "dataover", "deltak",
    "detalj", "dokument", "eksport", "forbered", "foretak", "forhold", "formål", "forordning",
    "forplikt", "forsendelse", "forskrift", "funksjon", "garanti", "godtgjør", "grunnlag",
    "gruppe", "handling", "henvendelse", "historikk", "håndter", "identif", "identifi",
    "informasjon", "innhent", "innsam", "innsyn", "interesse", "kategori", "klausul", "kommunika",
    "kontrakt", "kontroll", "kostnad", "kunde", "lagring", "lever", "logistikk", "løsning",
    "manage", "markedsfør", "medarbeid", "medlem", "mekanisme", "melding", "mottak", "myndighet",
    "number", "nummer", "oppbevar", "oppfølg", "opplysning", "organisasjon", "overfør", "person",
    "plikt", "process", "program", "protect", "protokoll", "provider", "register", "registre",
    "regnskap", "rettighet", "samtykke", "selskap", "service", "sikker", "sikring", "status",
    "system", "tilbyder", "tilgang", "tilsyn", "tiltak", "tjeneste", "transaksjon", "transfer",
    "utbetal", "utlever", "utsending", "varsling", "vilkår", "virksomhet", "vurdering", "øvelse",
)  # fmt: skip
# Endings of first parts: “behandlings-ansvar”, “nyhets-brev”, “informasjons-kapsel”.
_JOINTS = ("ings", "hets", "jons", "skaps", "ments")
_PART = re.compile(
    f"(?={'|'.join(_PARTS)})|{'|'.join(f'(?<={joint})' for joint in _JOINTS)}", re.IGNORECASE
)
_LETTERS = re.compile(r"[^\W\d_]{8,}")
_VOWELS = "aeiouyæøåäöéèêü"
_CONSONANT = rf"[^\W\d_{_VOWELS}]"
_PAIR = re.compile(rf"(?<={_CONSONANT})(?={_CONSONANT}[{_VOWELS}])", re.IGNORECASE)
# Two consonants that begin a syllable together.
_ONSET = re.compile(
    "bj|bl|br|dr|fj|fl|fr|gj|gl|gn|gr|hj|hv|kj|kl|kn|kr|kv|pl|pr|sj|sk|sl|sm|sn|sp|st|sv|tj|tr|tv"
    "|vr|ch|ph|sh|th|wh",
    re.IGNORECASE,
)


@lru_cache(maxsize=64)
def _long(letters: int) -> re.Pattern[str]:
    return re.compile(rf"\S{{{letters},}}")


def fitted(text: str, width: float, font: str, size: float) -> str:
    """The text, every word that is wider than the width (points) in pieces that are not."""
    least = int(width / (size * _WIDEST)) + 1
    if len(text) < least:
        return text
    return _long(least).sub(lambda found: _broken(found.group(), width, font, size), text)


def _broken(word: str, width: float, font: str, size: float) -> str:
    """The word in pieces with a space between, each the longest that fits the width."""
    if stringWidth(word, font, size) <= width:
        return word
    ends = [0.0]
    for letter in word:
        ends.append(ends[-1] + stringWidth(letter, font, size))
    hyphen = stringWidth("-", font, size)
    good, fair = dict(_good(word)), dict(_fair(word))
    pieces, start = [], 0
    while ends[-1] - ends[start] > width:
        end, sign = start, ""
        for places in (good, fair):
            if end == start:
                end, sign = _furthest(places, ends, start, width, hyphen)
        if end == start:
            end = _full(ends, start, width)
        pieces.append(word[start:end] + sign)
        start = end
    return " ".join([*pieces, word[start:]])


def _furthest(
    places: dict[int, str], ends: list[float], start: int, width: float, hyphen: float
) -> tuple[int, str]:
    """The last place whose piece fits, and the sign it ends with; the start itself if none."""
    most = ends[start] + width
    fits = (
        (at, sign)
        for at, sign in places.items()
        if at > start and ends[at] + (hyphen if sign else 0) <= most
    )
    return max(fits, default=(start, ""))


def _full(ends: list[float], start: int, width: float) -> int:
    """The place where the line is full; at least one letter on."""
    end = start + 1
    while end + 1 < len(ends) and ends[end + 1] - ends[start] <= width:
        end += 1
    return end


def _good(word: str) -> Iterator[tuple[int, str]]:
    """Places after a sign, and before a part of a compound: those get a hyphen."""
    for found in _LETTERS.finditer(word):
        first, last = found.span()
        for place in _PART.finditer(word, first + _LEAST, last):
            if place.start() <= last - _LEAST:
                yield place.start(), "-"
    for number, letter in enumerate(word[:-1], 1):
        if letter in _SIGNS:
            yield number, ""


def _fair(word: str) -> Iterator[tuple[int, str]]:
    """Places before the consonant that a syllable begins with."""
    for found in _LETTERS.finditer(word):
        first, last = found.span()
        for place in _PAIR.finditer(word, first, last):
            at = place.start()
            together = _ONSET.match(word, at - 1)
            if first + _LEAST <= at <= last - _LEAST and not together:
                yield at, "-"
