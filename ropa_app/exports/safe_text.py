"""Text from a register made safe for a file: nothing in it can act, nothing in it is lost unseen.

Control characters become a space and lone halves of surrogate pairs U+FFFD, and both are
counted. Marks of direction, emoji and every other letter stay as they are.
"""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_IMPOSSIBLE = re.compile(r"[\ud800-\udfff\ufffe\uffff]")
_SUSPECT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


# What stands before the number of a provision or clause, and the letter of a point after it.
_BEFORE_NUMBER = re.compile(
    r"\b((?:[Aa]rt|[Nn]rs?|[Nn]os?|[Cc]ls?|pkt|[Pp]ara|Sch|ch|kap)\.) (?=\d)"
)
_POINT = re.compile(r"(\bnr\.\u00a0\d+) (?=[a-z]\b)")


def glued(text: str) -> str:
    """The text as it is set in lines: a provision or clause stays with its number."""
    if "§" not in text and ". " not in text:
        return text
    return _POINT.sub("\\1\u00a0", _BEFORE_NUMBER.sub("\\1\u00a0", text).replace("§ ", "§\u00a0"))


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
