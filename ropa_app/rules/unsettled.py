"""What stands in a field but settles nothing: open questions, unread text, broken links."""

from __future__ import annotations

from collections.abc import Iterator

from ropa_app.i18n import N_
from ropa_app.model.corrections import says_enough
from ropa_app.model.field import Field, names_record
from ropa_app.model.record import Record, items_of
from ropa_app.model.state import AsTyped, Open
from ropa_app.register.view import View
from ropa_app.rules.entries import Entry, entries_of, links_in
from ropa_app.rules.findings import Found, rule
from ropa_app.rules.obligation import approved, demanded, needed_columns
from ropa_app.rules.parts import Named, Part, Phrase, Place

# What a text should have been, by kind of field; every other kind takes any text.
_EXPECTED = {
    "date": N_("a date"),
    "number": N_("a whole number"),
    "email": N_("an e-mail address"),
    "phone": N_("a telephone number"),
    "url": N_("a web address"),
    "organisation_number": N_("an organisation number"),
    "country": N_("a country"),
    "countries": N_("a country"),
    "term": N_("a term of its list"),
    "terms": N_("a term of its list"),
    "period": N_("a period"),
    "link": N_("a record of this register"),
    "links": N_("a record of this register"),
    "lines": N_("a line with columns"),
}
_ANYTHING = N_("what the field asks for")


@rule(id="R-open-01", article="", severity="question")
def open_question(record: Record, view: View) -> Iterator[Found]:
    """A field, column or list item is open: the question recorded there, as it stands.

    Source: the provision the field names; accountability, Art. 5(2).
    """
    for entry in entries_of(Open, record):
        parts: dict[str, Part] = {"place": entry.place, "question": entry.value.question}
        yield Found(
            entry.path,
            N_("{place} is an open question: {question}"),
            N_("Find out and record the answer, or say why it does not apply."),
            parts,
            entry.article(record),
        )


@rule(id="R-text-01", article="", severity="warning")
def as_typed(record: Record, view: View) -> Iterator[Found]:
    """A text could not be read as what its field holds; it counts as no answer.

    An error where a provision demands the field, nothing else stands in it and the activity has
    been approved. Source: the provision the field names; Art. 30(1) and (2).
    """
    for entry in entries_of(AsTyped, record):
        expected = _EXPECTED.get(entry.field.kind, _ANYTHING)
        article = entry.article(record)
        parts: dict[str, Part] = {
            "place": entry.place,
            "typed": entry.value.text,
            "expected": Phrase(expected),
        }
        yield Found(
            entry.path,
            N_("“{typed}” in {place} could not be read as {expected}."),
            N_("Write it as {expected}, or record it as an open question."),
            parts,
            article,
            "error" if article and _leaves_a_gap(entry, record) else "warning",
        )


def _leaves_a_gap(entry: Entry, record: Record) -> bool:
    """True if an approved activity lacks a demanded answer because of this text."""
    if not approved(record) or not demanded(entry.top, record):
        return False
    if entry.path.split(".")[0] == entry.path:
        return not items_of(record[entry.top.key])
    value = record[entry.top.key]
    line = value[entry.line - 1] if isinstance(value, list) and entry.line else None
    if not isinstance(line, dict):
        return False
    return any(
        entry.field in columns
        and entry.article(record).startswith("30(")
        and not any(items_of(line.get(column.key)) for column in columns)
        for columns in needed_columns(entry.top, record)
    )


@rule(id="R-link-01", article="", severity="warning")
def broken_link(record: Record, view: View) -> Iterator[Found]:
    """A link leads to a record or line that was deleted or never was.

    Own terms count: a term that was deleted says nothing any more. Source: accuracy of the
    record, Art. 5(2) with Art. 30.
    """
    for entry in links_in(record):
        if entry.field.kind == "line_links":
            if entry.value not in _line_ids(record, entry.field):
                yield _broken(entry, record, N_("{place} names a line that does not exist."))
        elif names_record(entry.field, entry.value):
            target = view.get(entry.value)
            if target is None:
                yield _broken(entry, record, N_("{place} leads to a record that does not exist."))
            elif target.deleted:
                message = N_("{place} leads to a record no longer in use: {target}")
                yield _broken(entry, record, message, target.id)


@rule(id="R-law-01", article="", severity="warning", kinds=("register",))
def correction_without_effect(record: Record, view: View) -> Iterator[Found]:
    """A correction to the law data does not say enough to correct anything.

    Source: none; whoever entered it counts on it (accuracy of the record, Art. 5(2)).
    """
    value = record["reference_overlay"]
    lines = value if isinstance(value, list) else []
    for number, line in enumerate(lines, 1):
        if isinstance(line, dict) and not says_enough(line):
            field = record.kind.field("reference_overlay")
            yield Found(
                f"{field.key}.{line.get('id', number)}",
                N_("Line {line} of {list} corrects nothing yet."),
                N_(
                    "Give it the id of a row and its last day, or regime, country, standing and "
                    "first day of a row of your own."
                ),
                {"line": number, "list": Place(field)},
            )


def _broken(entry: Entry, record: Record, message: str, target: str = "") -> Found:
    remedy = N_("Choose another or empty the field; a deleted record can also be restored.")
    parts: dict[str, Part] = {"place": entry.place}
    if target:
        parts["target"] = Named(target)
    return Found(entry.path, message, remedy, parts, entry.article(record))


def _line_ids(record: Record, field: Field) -> set[str]:
    return {str(line.get("id")) for line in record.lines(field.lines_of)}
