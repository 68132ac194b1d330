"""The command that tells which fields a kind of record has, and what each of them takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from ropa_app.cli.common import JSON, put_table
from ropa_app.cli.output import put, put_json
from ropa_app.cli.speech import command
from ropa_app.i18n import N_, _, current_language
from ropa_app.model.field import Field, RecordKind, walk
from ropa_app.model.kinds import kind_named
from ropa_app.model.vocabulary import vocabulary
from ropa_app.register.entry import field_named
from ropa_app.rules.articles import article_words

HOLDS = {
    "text": N_("text"), "long_text": N_("text"), "email": N_("e-mail address"),
    "phone": N_("phone number"), "url": N_("web address"),
    "organisation_number": N_("organisation number"), "number": N_("whole number"),
    "date": N_("date"), "term": N_("a term"), "terms": N_("terms"), "country": N_("a country"),
    "countries": N_("countries"), "link": N_("a reference"), "links": N_("references"),
    "texts": N_("several texts"), "line_links": N_("ids of lines"), "period": N_("a period"),
    "lines": N_("lines"), "file": N_("a file; see “ropa attach”"),
}  # fmt: skip


@command("fields", N_(
    "List the fields of a kind of record, or tell what one of them takes.\n\n"
    "KIND is a kind of record as in “ropa list”. What stands after a dot is a column of a field of "
    "lines or of a period; it is given in JSON, by “ropa add” or FIELD=@FILE.json."
))
@click.argument("kind")
@click.argument("field", required=False)
@JSON
def _fields(kind: str, field: str | None, as_json: bool) -> None:
    chosen = kind_named(kind)
    found = list(walk((_field(chosen, field),) if field else chosen.fields))
    if as_json:
        put_json([_field_json(path, one) for path, one in found])
        return
    language = current_language()
    rows = [
        [path, _(one.label), _holds(one), article_words(one.article, language)]
        for path, one in found
    ]
    put_table(rows, [_("Field"), _("Label"), _("Holds"), _("Article")])
    if field:
        for path, one in found:
            _put_help(path, one)
    else:
        sentence = _("“ropa fields {kind} FIELD” tells what one of them takes.")
        put(sentence.format(kind=chosen.key))


def _field(kind: RecordKind, path: str) -> Field:
    """The field of that name; a column leads to the field it is part of."""
    return field_named(kind, path.partition(".")[0])


def _holds(field: Field) -> str:
    word = _(HOLDS[field.kind])
    among = field.vocabulary or ", ".join(field.links_to)
    return f"{word}: {among}" if among else word


def _put_help(path: str, field: Field) -> None:
    put(f"\n{path}: {_(field.help)}")
    for word, label in _takes(field):
        put(f"    {word}" if word == label else f"    {word}  ({label})")


def _takes(field: Field) -> Sequence[tuple[str, str]]:
    """The words a field takes, each with its label; empty if it takes any text of its kind."""
    if not field.vocabulary:
        return [(word, word) for word in field.choices]
    terms = vocabulary(field.vocabulary).terms.values()
    return [(term.id, term.label(current_language())) for term in terms]


def _field_json(path: str, field: Field) -> dict[str, Any]:
    return {
        "field": path, "label": _(field.label), "help": _(field.help), "kind": field.kind,
        "article": field.article, "vocabulary": field.vocabulary or None,
        "links_to": list(field.links_to), "takes": [word for word, _label in _takes(field)],
    }  # fmt: skip
