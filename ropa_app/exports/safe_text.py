"""Text from a register made safe for a file: nothing in it can act, nothing in it is lost unseen.

Control characters become a space and lone halves of surrogate pairs U+FFFD, and both are
counted. Marks of direction, emoji and every other letter stay as they are.
"""

from __future__ import annotations

import re
from functools import lru_cache

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_IMPOSSIBLE = re.compile(r"[\ud800-\udfff\ufffe\uffff]")
_SUSPECT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


# What stands before the number of a provision or clause.
_ABBREVIATIONS = (
    "Art", "art", "Nr", "nr", "nrs", "No", "no", "nos", "Cl", "cl", "cls", "pkt", "Para", "para",
    "Sch", "ch", "kap",
)  # fmt: skip
# Begins with letters, not with a choice of them: so it is found at the speed of a plain search.
_NUMBERED = re.compile(r"\. (?=\d)")
_PARAGRAPH = re.compile(r"rt\.\u00a0\d+[a-z]? (?=nr\.)")
_POINT = re.compile(r"nr\.\u00a0\d+ (?=[a-z]\b)")


# Purposes of an activity say much the same, one row after the other.
@lru_cache(maxsize=512)
def glued(text: str) -> str:
    """The text as it is set in lines: a provision or clause stays with its number."""
    if "§" in text:
        text = text.replace("§ ", "§\u00a0")
    if ". " not in text:
        return text
    text = _NUMBERED.sub(_with_number, text)
    if "nr.\u00a0" not in text:
        return text
    text = _PARAGRAPH.sub(_bound, text)
    return _POINT.sub(_bound, text)


def _bound(found: re.Match[str]) -> str:
    """What was found, the space at its end a hard one."""
    return f"{found[0][:-1]}\u00a0"


def _with_number(found: re.Match[str]) -> str:
    """A hard space after an abbreviation; the end of a sentence stays as it is."""
    start = found.start()
    begun = start
    while begun and found.string[begun - 1].isalpha():
        begun -= 1
    return ".\u00a0" if found.string[begun:start] in _ABBREVIATIONS else found[0]


class SafeText:
    """Cleans texts and counts in `replaced` the characters that had to be replaced."""

    def __init__(self) -> None:
        self.replaced = 0

    def clean(self, text: str) -> str:
        """The text without characters that XML and PDF cannot hold; line ends become ``\\n``."""
        if not _SUSPECT.search(text):
            return text
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text, controls = _CONTROL.subn(" ", text)
        text, impossible = _IMPOSSIBLE.subn("\ufffd", text)
        self.replaced += controls + impossible
        return text


def looks_like_formula(text: str) -> bool:
    """True if a spreadsheet might take the text for a formula when somebody edits the cell."""
    return text.startswith(_FORMULA)
