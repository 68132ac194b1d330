"""Which records a list shows, in which order: asked of the window's register, or beside it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from ropa_app.i18n import current_language
from ropa_app.model.words import Words
from ropa_app.register import listing
from ropa_app.register.conditions import Found
from ropa_app.register.listing import Query
from ropa_app.register.live import LiveView
from ropa_app.register.search import Search, WordList
from ropa_app.register.store import Register
from ropa_ui.kinds import DERIVED

if TYPE_CHECKING:
    from ropa_ui.models.derived import Source


def numbers_of(
    register: Register, source: Source, search: Search, query: Query, findings: Found
) -> list[int]:
    """The numbers of the records a query asks for, ordered by any column that a list can show."""
    known: dict[str, listing.Derived] = {}
    if query.order in DERIVED.get(query.kind, {}):
        from ropa_ui.models.derived import derived_key

        known[query.order] = partial(derived_key, source, key=query.order)
    return listing.numbers(register, query, source.words, search, known, findings)


def numbers_beside(
    query: Query, words: WordList | None, found: dict[str, frozenset[str]], register: Register
) -> list[int]:
    """The same, asked of a connection that is not the window's."""
    view = LiveView(register)
    source = Apart(view, view.words(current_language()))
    return numbers_of(register, source, Search(register, words), query, found.__getitem__)


class Apart(NamedTuple):
    """What columns are worked out from, beside the window."""

    view: LiveView
    words: Words
