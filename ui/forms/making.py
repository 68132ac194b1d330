"""What a pick list can make of a text: an own term, or a new record to link to."""

from __future__ import annotations

from ropa_app.i18n import _
from ropa_app.model.field import Field
from ropa_app.model.kinds import KINDS
from ropa_app.model.vocabulary import vocabulary
from ropa_app.model.words import lower_first
from ropa_ui.forms.editor import Context
from ropa_ui.forms.entries import Entry


def makers(of: Field, context: Context, text: str) -> list[Entry]:
    """The entries that make something new of this name, where the field takes that."""
    if of.kind in ("term", "terms"):
        return _own_term(of, context, text)
    if of.kind in ("link", "links"):
        return [_record(kind, context, text) for kind in of.links_to]
    return []


def _own_term(of: Field, context: Context, text: str) -> list[Entry]:
    """One's own term, unless the law gives the list or it holds that word already."""
    listed = vocabulary(of.vocabulary)
    if listed.closed or context.reader.terms.find(of.vocabulary, text):
        return []
    label = _("Add “{text}” as an own term").format(text=text)
    return [Entry(text, label, icon="plus", makes="term")]


def _record(kind: str, context: Context, text: str) -> Entry:
    name = lower_first(context.words.kind(KINDS[kind]))
    label = _("New {kind} “{name}”").format(kind=name, name=text)
    return Entry(text, label, icon="plus", makes=kind)


def make(entry: Entry, of: Field, context: Context) -> str:
    """Intend what an entry promises: it is written in one step with the field; its id."""
    if entry.makes == "term":
        return context.intend("term", name=entry.value, vocabulary=of.vocabulary)
    return context.intend(entry.makes, name=entry.value)
