"""Which parts of a text are what somebody typed: for order and for marking."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

Span = tuple[int, int]
BEGINS, WORDS, INSIDE = range(3)  # how well a text fits, the best first


class _Plain(dict[int, str]):
    """Each letter by its number as one letter without case and accent, found when first met."""

    def __missing__(self, number: int) -> str:
        letter = chr(number)
        self[number] = unicodedata.normalize("NFD", letter)[0].casefold()[:1]
        return self[number]


_PLAIN = _Plain()


def folded(text: str) -> str:
    """A text without case and accents, letter for letter, so that places stay the same."""
    return text.lower() if text.isascii() else text.translate(_PLAIN)


def typed_words(text: str) -> list[str]:
    """The words somebody typed, folded."""
    return folded(text).split()


def fit(text: str, words: Sequence[str]) -> int | None:
    """How well a text fits the words typed: BEGINS, WORDS or INSIDE; None if it does not."""
    plain = folded(text)
    if any(word not in plain for word in words):
        return None
    if plain.startswith(" ".join(words)):
        return BEGINS
    return WORDS if all(_at_word(plain, word) >= 0 for word in words) else INSIDE


def spans(text: str, words: Sequence[str]) -> list[Span]:
    """Where the words stand in a text, each from its first letter to behind its last, in order.

    A word that begins there goes before one that only stands inside.
    """
    plain = folded(text)
    found: list[Span] = []
    for word in words:
        start = _at_word(plain, word)
        start = plain.find(word) if start < 0 else start
        if start >= 0:
            found.append((start, start + len(word)))
    merged: list[Span] = []
    for first, last in sorted(found):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def around(text: str, words: Sequence[str], before: int = 24, length: int = 140) -> str:
    """The part of a text around the first word found, in one line, with … where it is cut."""
    line = " ".join(text.split())
    found = spans(line, words)
    start = found[0][0] - before if found else 0
    if start <= 0:
        return line[:length]
    start = line.find(" ", start, start + before) + 1 or start
    return f"… {line[start : start + length]}"


def _at_word(plain: str, word: str) -> int:
    """Where a word of the text begins with these letters; -1 if none does."""
    start = plain.find(word)
    while start > 0 and plain[start - 1].isalnum():
        start = plain.find(word, start + 1)
    return start
