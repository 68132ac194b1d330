"""Security measures on an activity's page (Art. 30(1)(g), 32): each said once, in the language."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ropa_app.exports.expressions import expression
from ropa_app.exports.fills_assessments import beyond
from ropa_app.exports.pdf_entry import Entry
from ropa_app.exports.pdf_parts import text
from ropa_app.exports.pdf_rows import Band
from ropa_app.exports.row import beside
from ropa_app.i18n import LANGUAGES, N_
from ropa_app.model.record import Record
from ropa_app.model.state import STATES
from ropa_app.model.words import lower_first

_WORD = re.compile(r"\w{3,}")
# Words are compared by their beginning, so that “encrypted” is no more than “encryption”.
_STEM = 5
# Words of a name that tell nothing of the measure, in both languages, by their beginning.
_SAYING_NOTHING = frozenset({"and", "the", "for", "contr", "measu", "kontr", "tilta"})


def security(entry: Entry) -> list[Band]:
    """The description, the measures in one line, systems and places, and what else is recorded."""
    measures = entry.row.view.linked(entry.activity, "measures")
    names = [entry.words.name_of(measure.id) for measure in measures]
    said = [_measure(entry, measure) for measure in measures]
    running = ", ".join([*said[:1], *(lower_first(one) for one in said[1:])])
    state = entry.states([entry.activity["measures"]])
    parts = [beyond(entry.said("security_description"), tuple(names)), running, *state]
    found = "\n".join(part for part in parts if part)
    bands = [text(entry.ts, found or entry.missing())]
    location = expression("location")(entry.row, entry.words)
    return [
        *bands,
        *entry.listed(N_("Systems and places"), location),
        *entry.others("security"),
    ]


def _measure(entry: Entry, measure: Record) -> str:
    """The kind of measure, its own name where that says more, and its status unless in place."""
    words, name = entry.words, entry.words.name_of(measure.id)
    term, status = measure["measure"], measure["status"]
    notes = [name]
    if isinstance(term, str) and not isinstance(measure["name"], STATES):
        known = [entry.row.view.words(one).term("security-measure", term) for one in LANGUAGES]
        notes = [words.term("security-measure", term)]
        notes += [] if _covered(name, known) else [name]
    if status not in (None, "in-place"):
        field = measure.kind.field("status")
        notes.append(lower_first(words.value(field, status)))
    first, *more = notes
    return beside(first, "; ".join(more)) if more else first


def _stems(text: str) -> set[str]:
    return {word[:_STEM].casefold() for word in _WORD.findall(text)}


def _covered(name: str, labels: Sequence[str]) -> bool:
    """True if a name says no more than the name of its kind does, in whichever language."""
    stems = _stems(name) - _SAYING_NOTHING
    return any(_all_among(stems, _stems(label)) for label in labels)


def _all_among(stems: set[str], others: set[str]) -> bool:
    """True if each is among the others; “test” is no more than “tests”."""
    return all(any(one.startswith(stem) or stem.startswith(one) for one in others)
               for stem in stems)  # fmt: skip
