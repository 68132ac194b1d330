"""What fills a column about security, assessments, breaches and the UK's own additions."""

from __future__ import annotations

import re
from functools import lru_cache

from ropa_app.exports.described import described, described_id
from ropa_app.exports.fills_activity import legal_bases, without, without_in
from ropa_app.exports.fills_organisation import fields_of
from ropa_app.exports.row import Row, column_items, unique
from ropa_app.i18n import N_
from ropa_app.model.record import Record
from ropa_app.model.state import Value
from ropa_app.model.vocabulary import vocabulary
from ropa_app.model.words import Words

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
# What may stand between the names of measures in a sentence that says nothing else.
_BETWEEN = re.compile(r"\b(?:and|og)\b|[\W_]")


def security(row: Row, words: Words) -> list[str]:
    """General description of the security measures, then the measures (30(1)(g), 32)."""
    measures = row.view.linked(row.activity, "measures")
    names = tuple(words.name_of(measure.id) for measure in measures)
    described = fields_of(row.activity, words, "security_description")
    found = [more for text in described if (more := beyond(text, names))]
    found += [_measure(measure, words) for measure in measures]
    if not measures:
        found += fields_of(row.activity, words, "measures")
    return found


@lru_cache(maxsize=512)
def beyond(description: str, names: tuple[str, ...]) -> str:
    """The sentences of a description that do more than list the measures by their names."""
    if not names:
        return description
    sentences = _SENTENCE.split(description)
    kept = [one for one in sentences if not _lists_only(one, names)]
    return description if len(kept) == len(sentences) else " ".join(kept)


def _lists_only(sentence: str, names: tuple[str, ...]) -> bool:
    left = sentence.casefold()
    for name in sorted(names, key=len, reverse=True):
        if name:
            left = left.replace(name.casefold(), " ")
    return not _BETWEEN.sub("", left)


def _measure(measure: Record, words: Words) -> str:
    name = words.name_of(measure.id)
    status = measure.values.get("status")
    if status is None or status == "in-place":
        return name
    return f"{name} ({', '.join(fields_of(measure, words, 'status')).lower()})"


def location(row: Row, words: Words) -> list[str]:
    """Where to look for the data: systems with their places (Art. 15)."""
    found = fields_of(row.activity, words, "location")
    systems = row.view.linked(row.activity, "systems")
    for system in systems:
        where = ", ".join(fields_of(system, words, "location", "countries"))
        name = words.name_of(system.id)
        found.append(f"{name} ({where})" if where else name)
    return found if systems else found + fields_of(row.activity, words, "systems")


def _assessments(row: Row, *kinds: str) -> list[Record]:
    linked = row.view.linked(row.activity, "assessments")
    pointing = [
        record
        for record in row.view.sources(row.activity.id, "assessment")
        if row.activity.id in record.items("activities")
    ]
    found = {record.id: record for record in [*linked, *pointing]}
    return [record for record in found.values() if record.values.get("kind") in kinds]


def _no_dpia(row: Row, words: Words) -> list[str]:
    if row.activity.values.get("dpia_needed") != "no":
        return []
    return [words.say(N_("Not applicable: no impact assessment is required"))]


def dpia_progress(row: Row, words: Words) -> list[str]:
    """How far the impact assessments have come (Art. 35)."""
    found = []
    for record in _assessments(row, "dpia"):
        facts = fields_of(record, words, "status", "done_on", "outcome")
        found += [", ".join(facts)] if facts else []
    return unique(found) or _no_dpia(row, words)


def dpia_link(row: Row, words: Words) -> list[str]:
    """The impact assessments, described (Art. 35(7))."""
    found = [described(row.view, record, words) for record in _assessments(row, "dpia")]
    return found or _no_dpia(row, words)


def breach_record(row: Row, words: Words) -> list[str]:
    """Where the breach is documented (Art. 33(5))."""
    found = fields_of(row.activity, words, "breach_record")
    breach = row.activity.values.get("breach")
    if not found and breach == "no":
        return [words.say(N_("Not applicable: no breach has occurred"))]
    if not found and breach is None:
        return [words.say(N_("No breach recorded"))]
    return found


def _uk(row: Row, words: Words, *keys: str) -> list[str]:
    """A field that DPA 2018 Sch. 1 asks for where special or criminal-offence data are used."""
    found = fields_of(row.activity, words, *keys)
    if not found and without(row, "special", "criminal"):
        message = N_("Not applicable: no special category or criminal offence data recorded")
        return [words.say(message)]
    if not found and without(row, "criminal") and _by_article_9_alone(row):
        needless = N_(
            "Not applicable: the condition of Art. 9(2) relied on needs no condition in Schedule 1"
        )
        return [words.say(needless)]
    return found


def _by_article_9_alone(row: Row) -> bool:
    """True if every line of special categories rests on conditions that DPA 2018 s. 10 leaves be.

    Employment, public interest, health, public health and research need a condition of Schedule 1
    as well (s. 10(2), (3)); explicit consent and the others do not.
    """
    lines = [line for line in row.proper_lines("data") if not without_in(row, line, "special")]
    return len(row.proper_lines("data")) == len(row.lines("data")) and all(
        _needs_no_more(line.get("special_condition")) for line in lines
    )


def _needs_no_more(conditions: Value) -> bool:
    known = vocabulary("special-category-condition").terms
    items = conditions if isinstance(conditions, list) else [conditions]
    return bool(items) and all(
        isinstance(item, str) and item in known and "schedule-1" not in known[item].flags
        for item in items
    )


def schedule_1_condition(row: Row, words: Words) -> list[str]:
    """The condition of DPA 2018 Sch. 1 relied on (para. 41)."""
    return _uk(row, words, "schedule_1_condition")


def schedule_1_basis(row: Row, words: Words) -> list[str]:
    """The Art. 6 basis for such data, own or the purpose's (DPA 2018 Sch. 1 para. 41)."""
    return _uk(row, words, "schedule_1_basis") or legal_bases(row, words)


def policy_document(row: Row, words: Words) -> list[str]:
    """The appropriate policy document, described (DPA 2018 Sch. 1 para. 39)."""
    value = row.activity.values.get("policy_document")
    if isinstance(value, str):
        return [described_id(row.view, value, words)]
    return _uk(row, words, "policy_document")


def kept_by_policy(row: Row, words: Words) -> list[str]:
    """Whether the data are kept and erased by the policy (DPA 2018 Sch. 1 para. 41)."""
    return _uk(row, words, "kept_by_policy")


def policy_departure(row: Row, words: Words) -> list[str]:
    """Why the policy was not followed (DPA 2018 Sch. 1 para. 41)."""
    if row.activity.values.get("kept_by_policy") == "yes" and not row.activity["policy_departure"]:
        return [words.say(N_("Not applicable: the policy is followed"))]
    return _uk(row, words, "policy_departure")


def controllers_served(row: Row, words: Words) -> list[str]:
    """The controllers on whose behalf processing is done, described (Art. 30(2)(a), (b))."""
    return column_items(row, words, "controllers_served", "controller")


def notices(row: Row, words: Words) -> list[str]:
    """The privacy notices that cover the activity, described (Art. 13, 14)."""
    linked = row.view.linked(row.activity, "notices")
    return [described(row.view, record, words) for record in linked] or fields_of(
        row.activity, words, "notices"
    )
