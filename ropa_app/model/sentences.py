"""Pieces of text put together so that they read as if somebody had written them."""

from __future__ import annotations

from collections.abc import Iterable

from ropa_app.model.period_words import joined_sentences

# After these another sentence begins; a full stop may belong to an abbreviation.
_ASKED = ("?", "!")
# What is in a word that is no word: an address on the web or of a person.
_ADDRESS = ("/", "@", ".")


def begun(text: str) -> str:
    """The text with a large letter at its beginning, unless that is an address."""
    first = text.partition(" ")[0].rstrip(".,;:?!")
    if any(mark in first for mark in _ADDRESS):
        return text
    return text[:1].upper() + text[1:]


def ended(text: str) -> str:
    """A text without the mark at its end, to be joined to others."""
    return text.strip().rstrip(".,;: ")


def closed(text: str) -> str:
    """A text with a full stop, unless it ends with a mark of its own."""
    return joined_sentences([text, ""]).rstrip()


def joined(texts: Iterable[str]) -> str:
    """Texts as sentences, each begun with a large letter and no mark doubled; the last is open."""
    return joined_sentences([begun(text) for text in map(ended, texts) if text])


def run_on(parts: Iterable[str], between: str = ", ") -> str:
    """The parts that say anything in one line; what stands after a question begins anew."""
    text = ""
    for part in parts:
        if not part:
            continue
        if text.endswith(_ASKED):
            text = f"{text} {begun(part)}"
        else:
            text = f"{text}{between}{part}" if text else part
    return text
