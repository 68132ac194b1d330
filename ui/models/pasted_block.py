"""Which column of a table each column of a pasted block goes to. No widgets here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from ropa_app.i18n import LANGUAGES, N_, translate
from ropa_app.model.kinds import KINDS
from ropa_app.model.vocabulary import fold
from ropa_app.register.listing import REFERENCE
from ropa_ui.kinds import DERIVED
from ropa_ui.models.clipboard import Block


@dataclass(frozen=True, slots=True)
class Laid:
    """Rows of cells, and for each column the key it goes to, "" where there is none.

    `headings` is what the first row of the block said of the columns, where it was left out.
    """

    keys: list[str]
    rows: Block
    headings: list[str] = field(default_factory=list)


def lay_in_place(block: Block, keys: Sequence[str]) -> Laid:
    """Each column goes where it lies; `keys` end where the table does."""
    width = len(block[0])
    return Laid([*keys[:width], *[""] * (width - len(keys))], block)


def lay_by_headings(block: Block, kind: str) -> Laid | None:
    """Each column goes where its heading says; None if the first row says no headings.

    It does if more than half of its cells are headings of the kind, in any language, or if one
    of several that are is the name.
    """
    first = [" ".join(text.split()) for text in block[0]]
    known = _headings(kind)
    keys = [known.get(fold(text), "") if text else "" for text in first]
    keys = ["" if key in keys[:place] else key for place, key in enumerate(keys)]
    headings = sum(map(bool, keys))
    told = 2 * headings > sum(map(bool, first)) or (headings > 1 and "name" in keys)
    if len(block) < 2 or not told:
        return None
    return Laid(keys, block[1:], first)


@cache
def _headings(kind: str) -> dict[str, str]:
    """Every heading of a kind in every language, with its key; the keys themselves, too."""
    labels = {REFERENCE: N_("Reference"), **DERIVED.get(kind, {})}
    labels |= {each.key: each.label for each in KINDS[kind].fields}
    found = {fold(key): key for key in labels}
    for language in LANGUAGES:
        for key, label in labels.items():
            found.setdefault(fold(translate(label, language)), key)
    return found
