"""Findings, the rules that make them, and running all rules over a register.

A rule is one function in a module of this package, marked with `rule`; every module is imported
before the first run, so there is no list of rules to keep.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as data_field
from functools import lru_cache
from inspect import getdoc
from typing import Any

import ropa_app.rules
from ropa_app.heap import collection_put_off
from ropa_app.model.field import Field
from ropa_app.model.kinds import ALL_KINDS
from ropa_app.model.record import Record
from ropa_app.model.state import Value
from ropa_app.model.words import Words
from ropa_app.register.view import View
from ropa_app.rules.articles import article_words
from ropa_app.rules.parts import Part, say

#: From the gravest to the mildest; findings come in this order.
SEVERITIES = ("error", "warning", "question", "info")


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule saw: where, the sentence, the remedy, and what fills their gaps.

    `field` is the key of a field, or with a line and column ``purposes.ab12.legal_basis``.
    `record` is set by rules over the whole register only. `article` and `severity` replace
    those of the rule where the single case differs.
    """

    field: str
    message: str
    remedy: str
    parts: Mapping[str, Part]
    article: str | None = None
    severity: str | None = None
    record: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule has to say about a record: `record` is its id, `field` the path in it.

    `message` and `remedy` are English templates; `sentence` and `remedy_words` say them.
    """

    rule: str
    severity: str
    article: str
    record: str
    field: str
    message: str
    remedy: str
    parts: Mapping[str, Part] = data_field(hash=False)

    def sentence(self, words: Words) -> str:
        """What is wrong or unknown, in the language of `words`."""
        return say(words, self.message, self.parts)

    def remedy_words(self, words: Words) -> str:
        """What would put it right, in the language of `words`."""
        return say(words, self.remedy, self.parts)


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered rule; `check` takes (record, view), or (view) if the scope is "register"."""

    id: str
    article: str
    severity: str
    scope: str
    kinds: tuple[str, ...]
    check: Callable[..., Iterator[Found]] = data_field(hash=False)

    @property
    def source(self) -> str:
        """What the rule says and the law it rests on."""
        return getdoc(self.check) or ""

    def applies_to(self, record: Record) -> bool:
        """True if the rule looks at single records of this kind."""
        return self.scope == "record" and (not self.kinds or record.kind_key in self.kinds)

    def findings(self, view: View, record: Record | None = None) -> Iterator[Finding]:
        """The findings for one record, or for the register if the rule looks at all of it."""
        seen = self.check(view) if record is None else self.check(record, view)
        for found in seen:
            yield Finding(
                self.id,
                found.severity or self.severity,
                self.article if found.article is None else found.article,
                found.record if record is None else record.id,
                found.field,
                found.message,
                found.remedy,
                found.parts,
            )


_RULES: dict[str, Rule] = {}
Check = Callable[..., Iterator[Found]]


def rule(
    *,
    id: str,  # noqa: A002 - what every other place calls it
    article: str,
    severity: str,
    scope: str = "record",
    kinds: tuple[str, ...] = (),
) -> Callable[[Check], Check]:
    """Register a function as a rule; its docstring names the law it rests on.

    `scope` is "record", called with (record, view) for records of `kinds` (all if empty), or
    "register", called with (view). Raises ValueError for an id or word that does not fit.
    """
    if severity not in SEVERITIES or scope not in ("record", "register"):
        raise ValueError(f"{id}: {severity}, {scope}")

    def register(check: Check) -> Check:
        if id in _RULES:
            raise ValueError(f"two rules are called {id}")
        _RULES[id] = Rule(id, article, severity, scope, kinds, check)
        return check

    return register


@lru_cache(maxsize=1)
def _load() -> None:
    for module in pkgutil.iter_modules(ropa_app.rules.__path__):
        importlib.import_module(f"{ropa_app.rules.__name__}.{module.name}")


def rules() -> tuple[Rule, ...]:
    """All rules, by id."""
    _load()
    return tuple(_RULES[key] for key in sorted(_RULES))


@collection_put_off()
def run(view: View, records: Iterable[Record] | None = None) -> list[Finding]:
    """The findings of a register, or of some of its records only, in a stable order.

    Order: severity, kind of record, number, field, line, column, rule. With `records` only the
    rules for single records run: those over the whole register say nothing about a part of it.
    """
    some = records is not None
    chosen = records or () if some else (record for k in ALL_KINDS for record in view.of(k.key))
    by_kind: dict[str, list[Rule]] = {}
    found: list[Finding] = []
    for record in chosen:
        if record.deleted:
            continue
        if record.kind_key not in by_kind:
            by_kind[record.kind_key] = [each for each in rules() if each.applies_to(record)]
        for each in by_kind[record.kind_key]:
            found.extend(each.findings(view, record))
    if not some:
        for each in rules():
            if each.scope == "register":
                found.extend(each.findings(view))
    return sorted(found, key=lambda finding: _order(finding, view))


def _order(finding: Finding, view: View) -> tuple[Any, ...]:
    severity = SEVERITIES.index(finding.severity)
    record = view.records.get(finding.record)
    if record is None:
        return severity, 0, 0, (), finding.rule
    key, *inside = finding.field.split(".")
    field, value = record.kind.by_key.get(key), record.values.get(key)
    if field is None:
        return severity, record.kind.ordinal, record.number, (), finding.rule
    place = (record.kind.positions[key], *_position(inside, field, value))
    return severity, record.kind.ordinal, record.number, place, finding.rule


def _position(path: list[str], field: Field, value: Value) -> Iterator[int]:
    """Where a path inside a field stands: the number of the line, then of the column."""
    if path and field.kind == "lines" and isinstance(value, list):
        ids = [line.get("id") if isinstance(line, dict) else None for line in value]
        line = ids.index(path[0]) if path[0] in ids else len(ids)
        yield line
        value = value[line] if line < len(ids) else None
        path = path[1:]
    if path and path[0] in field.positions:
        yield field.positions[path[0]]
        inside = value.get(path[0]) if isinstance(value, dict) else None
        yield from _position(path[1:], field.column(path[0]), inside)


def summary(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings there are of each severity, those of which there are none included."""
    counts = dict.fromkeys(SEVERITIES, 0)
    for finding in findings:
        counts[finding.severity] += 1
    return counts


def to_json(finding: Finding, view: View, language: str) -> dict[str, str]:
    """A finding as JSON data: keys and severity stay the same, the texts are in the language.

    `ref` is the readable reference of the record, empty for a finding about the register.
    """
    words = view.words(language)
    record = view.records.get(finding.record)
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "article": article_words(finding.article, language),
        "ref": record.ref if record else "",
        "field": finding.field,
        "message": finding.sentence(words),
        "remedy": finding.remedy_words(words),
    }
