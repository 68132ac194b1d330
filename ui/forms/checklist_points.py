"""Which points an agreement of each kind must settle, and how a point is written."""

from __future__ import annotations

from ropa_app.i18n import in_language
from ropa_app.model.words import Words

#: The points of Art. 28(2), (3), (4) and (9), of Art. 26(1) and (2), and what controllers who
#: pass data to each other settle, by kind of agreement.
POINTS: dict[str, tuple[str, ...]] = {
    "processor-agreement": (
        "28-3-opening", "28-3-a", "28-3-b", "28-3-c", "28-3-d", "28-3-e", "28-3-f", "28-3-g",
        "28-3-h", "28-2", "28-4", "28-9", "authorisation", "notice-of-changes",
        "deletion-or-return",
    ),
    "joint-arrangement": ("26-duties", "26-contact-point", "26-essence"),
    "controller-to-controller": ("controller-purpose", "controller-security"),
}  # fmt: skip
_LETTER = "28-3-"


def point_words(words: Words, point: str) -> tuple[str, str]:
    """Citation and text of a point: ("(a)", "Documented instructions only")."""
    label = words.term("checklist-point", point)
    cited, colon, text = label.partition(": ")
    if not colon:
        return "", label
    text = text[:1].upper() + text[1:]
    if point.startswith(_LETTER) and len(point) == len(_LETTER) + 1:
        letter = point[-1]
        return (letter if words.language == "nb" else f"({letter})"), text
    return cited.partition(" ")[2] or cited, text


def point_help(words: Words, point: str) -> str:
    """What the law demands under a point; empty for one nobody knows."""
    term = words.terms.term("checklist-point", point)
    return in_language(term.help, words.language) if term else ""
