"""The organisation in a PDF: contact details, officer, representatives (Art. 30(1)(a), 27)."""

from __future__ import annotations

from collections.abc import Sequence

from ropa_app.exports.pdf_parts import Content, pair, rule, section
from ropa_app.exports.pdf_rows import Band
from ropa_app.exports.pdf_text import Typesetter
from ropa_app.exports.row import is_one_of, labelled, told
from ropa_app.i18n import N_
from ropa_app.model.field import Field
from ropa_app.model.period_words import joined_sentences
from ropa_app.model.record import Record
from ropa_app.model.sentences import begun, run_on
from ropa_app.model.state import STATES, NotApplicable, Value, is_value
from ropa_app.model.words import Words, lower_first
from ropa_app.register.view import View

CONTACT = ("organisation_number", "address", "email", "phone")
_OFFICER = ("dpo_name", "dpo_company", "dpo_address", "dpo_email", "dpo_phone")
_ELSEWHERE = ("employees", "sectors")
# Reasons why a regime applies that call for a representative there (Art. 3(2), 27).
_FROM_OUTSIDE = frozenset({"eu-3-2-a", "eu-3-2-b", "uk-3-2-a", "uk-3-2-b"})


def contact_line(record: Record, words: Words, *keys: str) -> str:
    """Fields of a record in one line; what does not apply is left out, questions stand below."""
    known, unknown = [], []
    for key in keys:
        value = record.values.get(key)
        if isinstance(value, STATES):
            unknown += [] if isinstance(value, NotApplicable) else [words.state(value)]
        else:
            known += words.items(record.kind.field(key), value, record.values)
    return "\n".join([", ".join(known), *unknown] if known else unknown)


def controller_line(record: Record, words: Words) -> str:
    """Name and contact details of an organisation (Art. 30(1)(a))."""
    return contact_line(record, words, "name", *CONTACT)


def controller_in_short(view: View, record: Record, words: Words) -> str:
    """Name and e-mail address of an organisation whose details stand elsewhere."""
    key = "email" if is_value(record["email"]) else "privacy_email"
    return ", ".join(t for t in (view.title(record, words), contact_line(record, words, key)) if t)


def officer_line(record: Record, words: Words) -> str:
    """The data protection officer, or that none is appointed and why (Art. 30(1)(a), 37)."""
    if record.values.get("dpo_status") == "not-appointed":
        said = [words.value(record.kind.field(key), record.values.get(key))
                for key in ("dpo_status", "dpo_reason")]  # fmt: skip
        return joined_sentences([text for text in said if text])
    return contact_line(record, words, *_OFFICER) or words.value(
        record.kind.field("dpo_status"), record.values.get("dpo_status")
    )


def representatives(ts: Typesetter, words: Words, record: Record) -> Content:
    """The representatives, and “not stated” where Art. 3(2) calls for one and none is named."""
    field = record.kind.field("representatives")
    value = record.values.get("representatives")
    if isinstance(value, STATES):
        return words.state(value)
    lines = value or []
    said = [line_words(words, field, line) for line in lines]
    named = {line.get("regime") for line in lines if isinstance(line, dict)}
    gaps = [regime for regime in _called_for(record) if regime not in named and None not in named]
    if not gaps or any(isinstance(line, STATES) for line in lines):
        return "\n".join(said)
    missing = ts.coloured(words.say(N_("not stated")), "bad-text")
    heads = (ts.plain(words.term("regime", regime)) for regime in gaps)
    return [ts.markup("<br/>".join([*map(ts.plain, said), *(f"{h}: {missing}" for h in heads)]))]


def _called_for(record: Record) -> list[str]:
    """The regimes that reach the organisation from outside their area (Art. 3(2), 27(1))."""
    return [str(line.get("regime")) for line in record.lines("regimes")
            if line.get("reason") in _FROM_OUTSIDE]  # fmt: skip


def line_words(words: Words, field: Field, line: Value) -> str:
    """The columns of a line after one another, their labels only where they are needed.

    It is led by the law it is about. Terms are one sentence; a text with a full stop of its own
    begins another, and so does a reason or a date.
    """
    if not isinstance(line, dict):
        return words.state(line)
    head, text = "", ""
    for column in field.columns:
        value = line.get(column.key)
        said = _column_words(words, column, value)
        if not said:
            continue
        own = isinstance(value, STATES) or said.rstrip('"’”»').endswith((".", "?"))
        if column.key == "regime" and not text and not own:
            head = said
        elif column.key == "matter" and text:
            text = f"{text} ({lower_first(said)})"
        elif own or column.kind == "date" or column.key == "explanation":
            text = joined_sentences([text, begun(said)]) if text else begun(said)
        else:
            said = lower_first(said) if column.kind == "term" and (text or head) else said
            text = run_on([text, said])
    return labelled(head, text) if head and text else head or text


def _column_words(words: Words, column: Field, value: Value) -> str:
    """A column of a line; a date says whether it begins or ends something."""
    said = ", ".join(words.items(column, value))
    if column.kind != "date" or not said:
        return said
    if isinstance(value, STATES):
        return told(words.label(column), lower_first(said), value)
    span = {"from": N_("from {date}"), "to": N_("until {date}")}.get(column.key)
    return words.say(span, date=said) if span else labelled(words.label(column), said)


def organisation(ts: Typesetter, view: View, words: Words, record: Record) -> list[Band]:
    """Contact details, officer, representatives, law and authorities (Art. 30(1)(a))."""
    point = "30(1)(a)" if words.language == "en" else words.say(N_("para. 1 a"))
    bands = [section(ts, point, view.title(record, words))]
    missing = ts.coloured(words.say(N_("not stated")), "bad-text")
    for key in CONTACT:
        label, said = _labelled(record, words, key)
        optional = key in ("organisation_number", "phone")
        if said or not optional:
            bands.append(pair(ts, label, said or [ts.markup(missing)]))
    for field in record.kind.fields:
        if field.section == "basics" and field.key not in ("name", *CONTACT, *_ELSEWHERE):
            label, said = _labelled(record, words, field.key)
            bands += [pair(ts, label, said)] if said else []
    officer = officer_line(record, words) or [ts.markup(missing)]
    bands.append(pair(ts, words.say(N_("Data protection officer")), officer))
    found = representatives(ts, words, record)
    bands += [pair(ts, words.say(N_("Representatives")), found)] if found else []
    for key in ("regimes", "supervisory_authorities"):
        label, said = _labelled(record, words, key)
        bands.append(pair(ts, label, said or words.say(N_("not stated"))))
    return [*bands, rule()]


def _labelled(record: Record, words: Words, key: str) -> tuple[str, str]:
    field = record.kind.field(key)
    value: Value = record.values.get(key)
    if field.kind == "lines" and is_value(value):
        return words.label(field), "\n".join(line_words(words, field, line) for line in value)
    return words.label(field), words.value(field, value, record.values)


def joint_controllers(view: View, words: Words, activity: Record, mine: Sequence[str]) -> list[str]:
    """The other joint controllers with their contact details (Art. 26, 30(1)(a))."""
    keys = ("name", "address", "country", "email", "phone")
    acting = view.linked(activity, "organisations")
    others = [one for one in acting if one.id not in mine]
    found = [contact_line(one, words, *keys) for one in others]
    named = [*acting, *(one for i in mine if (one := view.get(i)))]
    field = activity.kind.field("recipients")
    for line in activity.lines("recipients"):
        if line.get("role") == "joint-controller":
            party = view.get(str(line.get("party")))
            if party and is_one_of(party, named):
                continue
            column = "category" if line.get("party") is None else "party"
            said = words.items(field.column(column), line.get(column))
            found += [contact_line(party, words, *keys)] if party else said
    return found
