"""Retention in the table of data: what is known in the cell, a rule's questions once below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ropa_app.exports import fills_activity
from ropa_app.exports.row import Line
from ropa_app.i18n import N_
from ropa_app.model.record import Record
from ropa_app.model.state import Open, State, Value, is_value
from ropa_app.model.words import Words
from ropa_app.register.view import View


def rule_of(view: View, line: Line | State) -> Record | None:
    """The retention rule a line goes by: linked, not deleted, and no period of its own beside."""
    if not isinstance(line, dict) or line.get("retention") is not None:
        return None
    linked = line.get("retention_rule")
    rule = view.get(linked) if isinstance(linked, str) else None
    return None if rule is None or rule.deleted else rule


def kept_in_short(rule: Record, words: Words) -> str:
    """How long by a rule, its open questions only pointed to; empty if it leaves none open."""
    if not questions(rule, words):
        return ""
    known = {key: _known(value) for key, value in rule.values.items()}
    pointer = words.say(N_("Open questions: see {ref} below"), ref=rule.ref)
    if not any(is_value(known.get(key)) for key in ("period", "law", "exceptions")):
        return pointer
    return f"{fills_activity.rule_words(replace(rule, values=known), words)}\n{pointer}"


def questions(rule: Record, words: Words) -> list[str]:
    """What a rule leaves open, in words: period, ground and exceptions first (Art. 30(1)(f))."""
    period = rule["period"]
    values: list[Value] = [*period.values()] if isinstance(period, dict) else [period]
    values += [rule["law"], rule["exceptions"]]
    asked = [words.state(value) for value in values if isinstance(value, Open)]
    return [*asked, *fills_activity.further_questions(rule, words)]


def asked(view: View, lines: Iterable[Line | State], words: Words) -> list[tuple[str, str]]:
    """Reference and name of each rule of the lines that leaves something open, and what."""
    rules = {rule.id: rule for line in lines if (rule := rule_of(view, line))}
    return [
        (f"{rule.ref}  {words.name_of(rule.id)}", " ".join(found))
        for rule in rules.values()
        if (found := questions(rule, words))
    ]


def _known(value: Value) -> Value:
    if isinstance(value, Mapping):
        return {key: one for key, one in value.items() if not isinstance(one, Open)}
    return None if isinstance(value, Open) else value
