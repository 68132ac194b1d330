"""The pseudo-language: English with accents, 1.4 times as long, made when it is asked for.

It stands in for a language nobody has translated into yet. What is still plain English has not
gone through a catalogue, and what does not fit has no room for another language either.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import ceil
from typing import Final

GROWTH: Final = 1.4
#: What is kept as it stands: gaps, and the patterns of files behind the name of their kind.
_KEPT: Final = re.compile(r"(\{[^{}]*\}|%[a-z\d]|\s?\(\*[^()]*\)|;;)")
_ACCENTS: Final = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "åƀçðéƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ",
)
_FILLING: Final = "öñé ţŵö ţĥŕéé ƒöûŕ ƒîṽé šîẋ "


@lru_cache(maxsize=8192)
def pseudo(text: str) -> str:
    """The text in the pseudo-language, between brackets that show where it was cut off."""
    return ";;".join(_one(part) for part in text.split(";;"))


def _one(text: str) -> str:
    pieces = _KEPT.split(text)
    worded = [number for number, piece in enumerate(pieces) if re.search(r"[A-Za-z]", piece)]
    worded = [number for number in worded if number % 2 == 0]
    if not worded:
        return text
    letters = sum(len(pieces[number]) for number in worded)
    for number in worded:
        pieces[number] = pieces[number].translate(_ACCENTS)
    pieces[worded[0]] = f"[{pieces[worded[0]]}"
    pieces[worded[-1]] = f"{pieces[worded[-1]]}{_filled(ceil(letters * GROWTH) - letters - 2)}]"
    return "".join(pieces)


def _filled(length: int) -> str:
    """So many letters more, in words that may be wrapped."""
    if length <= 0:
        return ""
    words = _FILLING * (length // len(_FILLING) + 1)
    return f" {words[: length - 1]}".rstrip() if length > 1 else "é"
