"""What is typed or pasted into a field of one line, as one line."""

from __future__ import annotations

import re

#: The letters a line takes; Qt would cut a longer text off at 32,767 without a word.
LONGEST = 10_000_000
_BREAKS = re.compile(r"\s*[\n\r\t\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def one_line(text: str) -> str:
    """The text with breaks as spaces, and without signs that nobody sees.

    NUL and other control characters have no look; a mark that turns the direction of what follows
    can make one name read as another.
    """
    return _UNSEEN.sub("", _BREAKS.sub(" ", text))
