"""What is missing: obligatory fields that hold nothing, and lines that do not say enough."""

from __future__ import annotations

from collections.abc import Iterator

from ropa_app.i18n import N_
from ropa_app.model.field import Field
from ropa_app.model.record import Record
from ropa_app.register.view import View
from ropa_app.rules.findings import Found, rule
from ropa_app.rules.obligation import (
    approved,
    article_for,
    column_article,
    is_gap,
    needed_columns,
    obligatory_fields,
    says_nothing,
)
from ropa_app.rules.parts import Article, Fields, Part, Place

_WHERE_POSSIBLE = ("30(1)(f)", "30(1)(g)", "30(2)(d)")
_FILL_IN = N_("Fill it in, note what has to be found out, or say why it does not apply.")


def _missing(article: str) -> str:
    """The sentence for an empty place: what the provision does with what is missing."""
    if not article:
        return N_("{place} is empty; every {kind} needs it.")
    if article in _WHERE_POSSIBLE:
        return N_("{place} is empty; {article} demands it where possible.")
    if article.startswith("30("):
        return N_("{place} is empty; {article} demands it.")
    if article.startswith("4("):
        return N_("{place} is empty; which duties apply depends on it ({article}).")
    return N_("{place} is empty; without it nobody can show that {article} is met.")


@rule(id="R-art30-01", article="30(1)", severity="warning")
def obligatory_field_empty(record: Record, view: View) -> Iterator[Found]:
    """An obligatory field holds nothing; an error in an activity that has been approved.

    A field without a provision of its own (a name) is never an error. Which fields are
    obligatory stands in their declarations. Source: Art. 30(1) and (2), 30(1)(f) and (g) “where
    possible”; for other records the provision the field names, with Art. 5(2).
    """
    for field in obligatory_fields(record):
        if is_gap(field, record[field.key]):
            article = article_for(field.article, record)
            severity = "error" if article and approved(record) else "warning"
            yield _gap(field.key, Place(field), article, severity, record)


def _gap(path: str, place: Place, article: str, severity: str, record: Record) -> Found:
    parts: dict[str, Part] = {"place": place, "article": Article(article), "kind": record.kind}
    return Found(path, _missing(article), _FILL_IN, parts, article, severity)


@rule(id="R-art30-02", article="30(1)", severity="warning", kinds=("activity", "transfer"))
def line_incomplete(record: Record, view: View) -> Iterator[Found]:
    """A line does not say what it is there for: no purpose or legal basis, no data subjects, …

    An error where Art. 30 itself demands it and the activity has been approved; a legal basis
    (Art. 6(1)) that is merely not written down is a warning. Source: Art. 30(1)(b)–(d), (f),
    30(2)(a)–(b), 6(1), 44–46.
    """
    for field in obligatory_fields(record):
        for columns in needed_columns(field, record):
            yield from _lines_without(field, columns, record)


def _lines_without(field: Field, columns: tuple[Field, ...], record: Record) -> Iterator[Found]:
    article = column_article(columns, field)
    is_error = approved(record) and article.startswith("30(")
    severity = "error" if is_error else "warning"
    value = record[field.key]
    for number, line in enumerate(value if isinstance(value, list) else (), 1):
        if not isinstance(line, dict) or not says_nothing(columns, line):
            continue
        path = f"{field.key}.{line.get('id', number)}.{columns[0].key}"
        place = Place(columns[0], number, field)
        if len(columns) == 1:
            yield _gap(path, place, article, severity, record)
            continue
        parts: dict[str, Part] = {
            "line": number,
            "list": Place(field),
            "fields": Fields(columns),
            "article": Article(article),
        }
        yield Found(path, _none_of(article), _FILL_IN, parts, article, severity)


def _none_of(article: str) -> str:
    if article in _WHERE_POSSIBLE:
        return N_(
            "Line {line} of {list} has none of these: {fields}; "
            "one of them is needed under {article} where possible."
        )
    return N_(
        "Line {line} of {list} has none of these: {fields}; one of them is needed under {article}."
    )
