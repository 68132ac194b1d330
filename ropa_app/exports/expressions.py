"""What fills a column: named expressions and field paths, the same for workbooks and PDFs.

An expression takes a Row and Words and returns the items of the cell, one per line. Open
questions and “not applicable” are said in words; nothing is the empty list, and the writer says
“not stated”. A field path needs no expression of its own: ``activity.description``,
``organisation.name``, ``activity.data.subject`` (a column of a lines field).
"""

from __future__ import annotations

from collections.abc import Callable

from ropa_app.exports import fills_activity as activity
from ropa_app.exports import fills_assessments as assessments
from ropa_app.exports import fills_organisation as organisation
from ropa_app.exports import fills_parties as parties
from ropa_app.exports import fills_transfers as transfers
from ropa_app.exports.described import described_id
from ropa_app.exports.row import Row, column_items
from ropa_app.model.field import Field
from ropa_app.model.kinds import KINDS
from ropa_app.model.record import Record
from ropa_app.model.state import STATES
from ropa_app.model.words import Words

Expression = Callable[[Row, Words], list[str]]

EXPRESSIONS: dict[str, Expression] = {
    "organisation.contact": organisation.organisation_contact,
    "officer.contact": organisation.officer_contact,
    "officer.name": lambda row, words: organisation.officer_part(
        row, words, "dpo_name", "dpo_company"
    ),
    "officer.address": lambda row, words: organisation.officer_part(row, words, "dpo_address"),
    "officer.email": lambda row, words: organisation.officer_part(row, words, "dpo_email"),
    "officer.phone": lambda row, words: organisation.officer_part(row, words, "dpo_phone"),
    "representative.contact": organisation.representative_contact,
    "representative.name": lambda row, words: organisation.representative_part(row, words, "name"),
    "representative.address": lambda row, words: organisation.representative_part(
        row, words, "address"
    ),
    "representative.email": lambda row, words: organisation.representative_part(
        row, words, "email"
    ),
    "representative.phone": lambda row, words: organisation.representative_part(
        row, words, "phone"
    ),
    "joint_controllers": organisation.joint_controllers,
    "function": activity.function,
    "purposes": activity.purposes,
    "people": activity.people,
    "data": activity.data,
    "retention": activity.retention,
    "sources": activity.sources,
    "legal_bases": activity.legal_bases,
    "legitimate_interests": activity.legitimate_interests,
    "balancing_tests": activity.balancing_tests,
    "special_conditions": activity.special_conditions,
    "consent": activity.consent,
    "rights": activity.rights,
    "automated_decisions": activity.automated_decisions,
    "recipients": parties.recipients,
    "recipients_in_full": parties.recipients_in_full,
    "contracts": parties.contracts,
    "third_countries": transfers.third_countries,
    "exceptional_safeguards": transfers.exceptional_safeguards,
    "mechanisms": transfers.mechanisms,
    "security": assessments.security,
    "location": assessments.location,
    "dpia_progress": assessments.dpia_progress,
    "dpia_link": assessments.dpia_link,
    "breach_record": assessments.breach_record,
    "schedule_1_condition": assessments.schedule_1_condition,
    "schedule_1_basis": assessments.schedule_1_basis,
    "policy_document": assessments.policy_document,
    "kept_by_policy": assessments.kept_by_policy,
    "policy_departure": assessments.policy_departure,
    "controllers_served": assessments.controllers_served,
    "notices": assessments.notices,
}


def expression(name: str) -> Expression:
    """The expression of that name, or the one that reads a field path.

    Raises KeyError if there is neither.
    """
    found = EXPRESSIONS.get(name)
    if found is not None:
        return found
    kind, _dot, path = name.partition(".")
    if kind not in ("activity", "organisation") or not path:
        raise KeyError(name)
    key, _dot, column = path.partition(".")
    field = KINDS[kind].field(key)
    if column:
        field.column(column)
        if kind == "organisation":
            raise KeyError(name)
        return lambda row, words: column_items(row, words, key, column)
    return _of_activity(field) if kind == "activity" else _of_organisation(field)


def _of_activity(field: Field) -> Expression:
    return lambda row, words: _field(row, row.activity, field, words)


def _of_organisation(field: Field) -> Expression:
    return lambda row, words: (
        _field(row, row.organisation, field, words) if row.organisation else []
    )


def _field(row: Row, record: Record, field: Field, words: Words) -> list[str]:
    value = record.values.get(field.key)
    if field.kind in ("link", "links") and value is not None and not isinstance(value, STATES):
        items = value if isinstance(value, list) else [value]
        return [
            words.state(item) if isinstance(item, STATES) else described_id(row.view, item, words)
            for item in items
        ]
    return words.items(field, value, record.values)
