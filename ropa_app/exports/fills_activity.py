"""What fills a column about purposes, people, data and retention of an activity."""

from __future__ import annotations

from datetime import date

from ropa_app.exports.described import described_id
from ropa_app.exports.fills_organisation import fields_of
from ropa_app.exports.row import Line, Row, beside, column_items, labelled, told, unique
from ropa_app.i18n import N_
from ropa_app.model.period_words import joined_sentences
from ropa_app.model.record import Record
from ropa_app.model.state import STATES, Open, State, is_value
from ropa_app.model.vocabulary import vocabulary
from ropa_app.model.words import Words, lower_first
from ropa_app.rules.over import is_over

INTERESTS = ("6-1-f", "6-1-ea")


def _column(row: Row, words: Words, key: str, column: str, line: Line) -> list[str]:
    field = row.activity.kind.field(key).column(column)
    return words.items(field, line.get(column), row.activity.values)


def _series(row: Row, words: Words, key: str, column: str, line: Line) -> str:
    """A column of a line as one running text."""
    field = row.activity.kind.field(key).column(column)
    return words.series(field, line.get(column), row.activity.values)


def name_with_end(name: str, activity: Record, words: Words, day: date) -> str:
    """The activity's name, and that it has ended or is retired where that is so on the day."""
    if not is_over(activity, day):
        return name
    last = activity.day("ended")
    if last is not None and last <= day:
        ended = words.value(activity.kind.field("ended"), activity["ended"])
        said = words.say(N_("ended {date}"), date=ended)
    elif activity.text("processing_status") == "ended":
        said = lower_first(words.term("processing-status", "ended"))
    else:
        said = lower_first(words.term("activity-status", "retired"))
    return f"{name} ({said})".lstrip()


def function(row: Row, words: Words) -> list[str]:
    """Business function and department."""
    return fields_of(row.activity, words, "business_function", "department")


def purposes(row: Row, words: Words) -> list[str]:
    """The purposes, each with its detail and sub-purposes (Art. 30(1)(b))."""
    texts = (purpose_words(row, words, line) for line in row.lines("purposes"))
    return [text for text in texts if text]


def purpose_words(row: Row, words: Words, line: Line | State) -> str:
    """A purpose with its own words and finer purposes (30(1)(b))."""
    if isinstance(line, STATES):
        return words.state(line)
    head = ", ".join(_column(row, words, "purposes", "purpose", line))
    detail = ", ".join(_column(row, words, "purposes", "detail", line))
    finer = ", ".join(_column(row, words, "purposes", "sub_purposes", line))
    text = ": ".join(part for part in (head, detail) if part)
    return beside(text, finer) if finer else text


def people(row: Row, words: Words) -> list[str]:
    """Categories of individuals (Art. 30(1)(c))."""
    return column_items(row, words, "data", "subject")


def data(row: Row, words: Words) -> list[str]:
    """Categories of personal data; led by whom they are about where several are (30(1)(c))."""
    lines = row.lines("data")
    several = len(people(row, words)) > 1
    return unique([text for line in lines if (text := _data(row, words, line, several))])


def _data(row: Row, words: Words, line: Line | State, several: bool) -> str:
    if isinstance(line, STATES):
        return words.state(line)
    text = _categories(row, words, line)
    whom = ", ".join(_column(row, words, "data", "subject", line)) if several else ""
    if not text:
        return ""
    return labelled(whom, text) if whom else text


def _categories(row: Row, words: Words, line: Line) -> str:
    categories = _series(row, words, "data", "categories", line)
    detail = ", ".join(_column(row, words, "data", "detail", line))
    return beside(categories, detail) if categories and detail else categories or detail


def retention(row: Row, words: Words) -> list[str]:
    """Envisaged limits for erasure per line of data, own or by the linked rule (30(1)(f))."""
    lines = row.lines("data")
    kept = [period_words(row, words, line) for line in lines]
    if not any(kept):
        return []
    proper = row.proper_lines("data")
    if len(proper) == len(lines) == 1:
        return [kept[0]]
    return unique([_kept(row, words, line, text) for line, text in zip(lines, kept, strict=True)])


def _kept(row: Row, words: Words, line: Line | State, text: str) -> str:
    if isinstance(line, STATES):
        return text
    whom = ", ".join(_column(row, words, "data", "subject", line))
    what = _series(row, words, "data", "categories", line)
    label = " – ".join(part for part in (whom, what) if part)
    text = text or words.say(N_("not stated"))
    return labelled(label, text) if label else text


def period_words(row: Row, words: Words, line: Line | State) -> str:
    """How long the data of a line are kept, by itself or by its rule (30(1)(f))."""
    if isinstance(line, STATES):
        return words.state(line)
    own = line.get("retention")
    if own is not None:
        return ", ".join(_column(row, words, "data", "retention", line))
    link = line.get("retention_rule")
    rule = row.view.get(link) if isinstance(link, str) else None
    if rule is None or rule.deleted:
        return ", ".join(_column(row, words, "data", "retention_rule", line))
    return rule_words(rule, words)


def rule_words(rule: Record, words: Words) -> str:
    """How long by a retention rule, for which reason, and what is kept otherwise.

    Of what else the rule holds only the questions are said that it leaves open.
    """
    texts = fields_of(rule, words, "period")
    law = ", ".join(fields_of(rule, words, "law"))
    exceptions = ", ".join(fields_of(rule, words, "exceptions"))
    if not texts:
        return words.name_of(rule.id)
    if law and (isinstance(rule["law"], Open) or not _has_ground(rule["period"])):
        stated = is_value(rule.values.get("law"))
        texts.append(words.say(N_("Reason: {text}"), text=law) if stated else law)
    if exceptions:
        stated = is_value(rule.values.get("exceptions"))
        texts.append(words.say(N_("Exceptions: {what}"), what=exceptions) if stated else exceptions)
    texts += further_questions(rule, words)
    return joined_sentences(texts)


def further_questions(rule: Record, words: Words) -> list[str]:
    """What a retention rule leaves open beside period, ground and exceptions."""
    return [
        words.state(value)
        for field in rule.kind.fields
        if field.key not in ("name", "period", "law", "exceptions") and not field.confidential
        and isinstance(value := rule.values.get(field.key), Open)
    ]  # fmt: skip


def _has_ground(period: object) -> bool:
    return isinstance(period, dict) and is_value(period.get("ground"))


def sources(row: Row, words: Words) -> list[str]:
    """Where the data come from (Art. 14(2)(f))."""
    found = []
    for line in row.lines("data"):
        if isinstance(line, STATES):
            found.append(words.state(line))
            continue
        texts = _column(row, words, "data", "sources", line)
        detail = ", ".join(_column(row, words, "data", "source_detail", line))
        if texts and detail:
            texts = [labelled(_series(row, words, "data", "sources", line), detail)]
        found += texts or ([detail] if detail else [])
    return unique(found)


def legal_bases(row: Row, words: Words) -> list[str]:
    """The points of Art. 6(1) relied on, with the national law behind them (Art. 6(3))."""
    found = []
    for line in row.lines("purposes"):
        if isinstance(line, STATES):
            found.append(words.state(line))
            continue
        texts = _column(row, words, "purposes", "legal_basis", line)
        column = row.activity.kind.field("purposes").column("national_law")
        law = ", ".join(_column(row, words, "purposes", "national_law", line))
        if law and len(texts) < 2:
            texts = [beside(texts[0], law) if texts else law]
        elif law:
            # Behind one of several it would seem to be the law of that one.
            texts.append(told(words.label(column), law, line["national_law"]))
        found += texts
    return unique(found)


def _bases(row: Row) -> set[str] | None:
    """The bases of all purposes of the row; None as long as one of them is not settled."""
    found: set[str] = set()
    for line in row.lines("purposes"):
        bases = line.get("legal_basis") if isinstance(line, dict) else None
        if not isinstance(bases, list) or not all(isinstance(b, str) for b in bases):
            return None
        found.update(bases)
    return found or None


def legitimate_interests(row: Row, words: Words) -> list[str]:
    """The legitimate interests pursued (Art. 13(1)(d))."""
    found = column_items(row, words, "purposes", "legitimate_interest")
    bases = _bases(row)
    if not found and bases and not bases.intersection(INTERESTS):
        return [words.say(N_("Not applicable: the purpose does not rest on legitimate interests"))]
    return found


def balancing_tests(row: Row, words: Words) -> list[str]:
    """The legitimate interests assessments, described (Art. 6(1)(f))."""
    found = []
    field = row.activity.kind.field("purposes").column("assessment")
    for line in row.proper_lines("purposes"):
        value = line.get("assessment")
        if isinstance(value, str):
            found.append(described_id(row.view, value, words))
        else:
            found += words.items(field, value)
    bases = _bases(row)
    if not found and bases and not bases.intersection(INTERESTS):
        return [words.say(N_("Not applicable: the purpose does not rest on legitimate interests"))]
    return unique(found)


def consent(row: Row, words: Words) -> list[str]:
    """Where consent is proved (Art. 7(1)); of no concern where the row rests on none."""
    bases = _bases(row)
    if bases and "6-1-a" not in bases and not _consent_to_special_data(row):
        return [words.say(N_("Not applicable: the purpose does not rest on consent"))]
    found = fields_of(row.activity, words, "consent_record")
    document = row.activity.values.get("consent_document")
    if isinstance(document, str):
        found.append(described_id(row.view, document, words))
    else:
        found += fields_of(row.activity, words, "consent_document")
    return found


def _consent_to_special_data(row: Row) -> bool:
    """True if data of the row rest, or may rest, on explicit consent (Art. 9(2)(a))."""
    values = (line.get("special_condition") for line in row.proper_lines("data"))
    return any("9-2-a" in value if isinstance(value, list) else isinstance(value, STATES)
               for value in values)  # fmt: skip


def without(row: Row, *flags: str) -> bool:
    """True if the data lines leave nothing to find out about these flags ("special", "criminal").

    Each line says no, or says nothing and names categories none of which bears the flag.
    """
    lines = row.lines("data")
    return bool(lines) and all(
        isinstance(line, dict) and all(without_in(row, line, flag) for flag in flags)
        for line in lines
    )


def without_in(row: Row, line: Line, flag: str) -> bool:
    """The same of one line and one flag."""
    said = line.get(flag)
    if said is not None:
        return bool(said == "no")
    categories = line.get("categories")
    if not isinstance(categories, list) or not categories:
        return False
    return all(isinstance(c, str) and _is_free_of(row, c, flag) for c in categories)


def _is_free_of(row: Row, category: str, flag: str) -> bool:
    """True if the category is known, a live one, and does not bear the flag."""
    terms = row.view.terms
    ours = category in vocabulary("data-category").terms
    found = terms.term("data-category", category)
    live = ours or terms.belongs("data-category", category)
    return live and found is not None and flag not in found.flags


def special_conditions(row: Row, words: Words) -> list[str]:
    """The conditions of Art. 9(2) relied on, with the law behind them."""
    found = []
    for line in row.proper_lines("data"):
        texts = _column(row, words, "data", "special_condition", line)
        law = ", ".join(_column(row, words, "data", "special_law", line))
        named = _series(row, words, "data", "special_condition", line)
        found += [beside(named, law) if texts else law] if law else texts
    if not found and without(row, "special"):
        return [words.say(N_("Not applicable: no special categories of personal data recorded"))]
    return unique(found)


def rights(row: Row, words: Words) -> list[str]:
    """The rights people have, and how to use them (Art. 13(2)(b))."""
    return fields_of(row.activity, words, "rights", "rights_note")


def automated_decisions(row: Row, words: Words) -> list[str]:
    """Automated decisions and profiling, with logic and consequences (Art. 13(2)(f), 22)."""
    return fields_of(row.activity, words, "automated_decisions", "automated_logic")
