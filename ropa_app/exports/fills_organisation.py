"""What fills a column about the organisation itself, its officer and its representatives."""

from __future__ import annotations

from ropa_app.exports.fills_parties import roles_settled
from ropa_app.exports.row import Row, is_one_of, labelled
from ropa_app.i18n import N_
from ropa_app.model.field import Field
from ropa_app.model.record import Record
from ropa_app.model.state import STATES, NotApplicable, Value
from ropa_app.model.words import Words
from ropa_app.rules.regimes import established


def fields_of(record: Record, words: Words, *keys: str) -> list[str]:
    """Fields of a record in words, one after another."""
    found: list[str] = []
    for key in keys:
        found += words.items(record.kind.field(key), record.values.get(key), record.values)
    return found


def contact(record: Record, words: Words) -> list[str]:
    """Name and contact details of an organisation or party, those that there are."""
    return _running(record, words, "name", "address", "country", "email", "phone")


def _running(record: Record, words: Words, *keys: str) -> list[str]:
    """The fields as parts of a line: there, what does not apply is not worth its reason."""
    there = [key for key in keys if not isinstance(record.values.get(key), NotApplicable)]
    return fields_of(record, words, *there)


def organisation_contact(row: Row, words: Words) -> list[str]:
    """Name and contact details of the controller (Art. 30(1)(a))."""
    if row.organisation is None:
        return []
    keys = ("name", "organisation_number", "address", "email", "phone")
    return _running(row.organisation, words, *keys)


def officer_contact(row: Row, words: Words) -> list[str]:
    """The data protection officer, or that none is appointed and why (Art. 30(1)(a), 37)."""
    organisation = row.organisation
    if organisation is None:
        return []
    if organisation.values.get("dpo_status") == "not-appointed":
        return fields_of(organisation, words, "dpo_status", "dpo_reason")
    keys = ("dpo_name", "dpo_company", "dpo_address", "dpo_email", "dpo_phone")
    found = fields_of(organisation, words, *keys)
    return found or fields_of(organisation, words, "dpo_status")


def officer_part(row: Row, words: Words, *keys: str) -> list[str]:
    """Details of the officer; without one the name says so, and the rest does not apply."""
    organisation = row.organisation
    if organisation is None:
        return []
    if organisation.values.get("dpo_status") == "not-appointed":
        if "dpo_name" in keys:
            return fields_of(organisation, words, "dpo_status", "dpo_reason")
        return [words.say(N_("Not applicable"))]
    return fields_of(organisation, words, *keys)


def representative_part(row: Row, words: Words, key: str) -> list[str]:
    """One column of the representatives under the regimes of the reader (Art. 27)."""
    if row.organisation is None:
        return []
    field = row.organisation.kind.field("representatives")
    lines = _representatives(row)
    found: list[str] = []
    for line in lines:
        if isinstance(line, STATES):
            found += [words.state(line)] if key == "name" else []
        else:
            found += words.items(field.column(key), line.get(key))
    return found or ([] if lines else _not_needed(row, words, key))


def representative_contact(row: Row, words: Words) -> list[str]:
    """Name and contact details of the representatives (Art. 30(1)(a), 27)."""
    if row.organisation is None:
        return []
    field = row.organisation.kind.field("representatives")
    return [text for line in _representatives(row)
            if (text := _representative(field, line, words))]  # fmt: skip


def _representatives(row: Row) -> list[Value]:
    """The lines that concern the reader's regimes.

    What is open is left out where the organisation is established in the reader's own area: it
    can only be a question about another regime (Art. 27(1)).
    """
    if row.organisation is None:
        return []
    at_home = _at_home(row)
    found = []
    for line in _as_list(row.organisation.values.get("representatives")):
        regime = None if isinstance(line, STATES) else line.get("regime")
        if regime in row.regimes or (not isinstance(regime, str) and not at_home):
            found.append(line)
    return found


def _at_home(row: Row) -> bool:
    """True if the organisation is established in the area of each regime the reader asks about."""
    whose = row.organisation
    return whose is not None and all(established(row.view, whose, r) for r in row.regimes)


_AT_HOME: dict[tuple[str, ...], str] = {
    ("eu",): N_("Not applicable under the GDPR: established in the EEA"),
    ("uk",): N_("Not applicable under the UK GDPR: established in the United Kingdom"),
}


def _not_needed(row: Row, words: Words, key: str) -> list[str]:
    """The name says why there is none; the other columns only that."""
    if not _at_home(row):
        return []
    if key != "name":
        return [words.say(N_("Not applicable"))]
    both = N_("Not applicable: established in the EEA and in the United Kingdom")
    return [words.say(_AT_HOME.get(row.regimes, both))]


def _as_list(value: Value) -> list[Value]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _representative(field: Field, line: Value, words: Words) -> str:
    if isinstance(line, STATES):
        return words.state(line)
    regime = line.get("regime")
    keys = ("name", "address", "email", "phone")
    text = ", ".join(t for k in keys for t in words.items(field.column(k), line.get(k)))
    label = ", ".join(words.items(field.column("regime"), regime))
    return labelled(label, text) if label else text


def joint_controllers(row: Row, words: Words) -> list[str]:
    """Joint controllers with their contact details (Art. 30(1)(a), 26).

    That there is none is claimed only where no recipient may still turn out to be one.
    """
    found = [*_other_organisations(row, words), *_joint_parties(row, words)]
    if not found and row.activity.values.get("role") == "controller":
        if roles_settled(row):
            alone = N_("Not applicable: the organisation is the only controller")
            apart = N_("Not applicable: each organisation is a controller of its own")
            several = len(row.view.linked(row.activity, "organisations")) > 1
            return [words.say(apart if several else alone)]
        return [words.say(N_("No joint controller is recorded"))]
    return found


def _other_organisations(row: Row, words: Words) -> list[str]:
    if row.activity.values.get("role") != "joint-controller":
        return []
    others = row.view.linked(row.activity, "organisations")
    mine = row.organisation.id if row.organisation else ""
    return [", ".join(contact(other, words)) for other in others if other.id != mine]


def _joint_parties(row: Row, words: Words) -> list[str]:
    field = row.activity.kind.field("recipients")
    acting = row.view.linked(row.activity, "organisations")
    named = [*acting, row.organisation] if row.organisation else acting
    found = []
    for line in row.proper_lines("recipients"):
        if line.get("role") != "joint-controller":
            continue
        party = line.get("party")
        record = row.view.get(party) if isinstance(party, str) else None
        if record and is_one_of(record, named):
            continue
        if record:
            found.append(", ".join(contact(record, words)))
        else:
            found += words.items(field.column("party"), party) or words.items(
                field.column("category"), line.get("category")
            )
    return found
