"""Which activities say what Art. 30 demands of them, point by point.

What is missing is what the rules found; here it is only counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from ropa_app.i18n import N_
from ropa_app.model.record import Record
from ropa_app.register.view import View
from ropa_app.rules.findings import Finding
from ropa_app.rules.obligation import (
    CONDITIONS,
    article_for,
    column_article,
    needed_columns,
    obligatory_fields,
)
from ropa_app.rules.overview_transfers import Legs

_RULES = ("R-art30-01", "R-art30-02")
_TRANSFERS = "transfers"

#: The points in the order of Art. 30(1): key, label, and the provisions that belong to it. The
#: first takes what names no other: who acts and in which role decides what else is owed.
PARTS = (
    ("who", N_("Who acts, role"), ("30(1)(a)", "30(2)(a)")),
    ("purposes", N_("Purpose, basis"), ("30(1)(b)", "30(2)(b)", "6(1)")),
    ("people", N_("People, data"), ("30(1)(c)",)),
    ("recipients", N_("Recipients"), ("30(1)(d)",)),
    (_TRANSFERS, N_("Third countries"), ("30(1)(e)", "30(2)(c)")),
    ("retention", N_("Retention"), ("30(1)(f)",)),
    ("security", N_("Security"), ("30(1)(g)", "30(2)(d)")),
)
_BY_ARTICLE = {article: key for key, _label, articles in PARTS for article in articles}


def completeness(
    view: View, used: Sequence[Record], findings: Iterable[Finding], legs: Legs
) -> tuple[list[dict[str, Any]], list[str]]:
    """For each point the activities that owe it, done or missing; and those that lack nothing.

    An activity in the role of a processor owes what Art. 30(2) asks; third countries are owed
    where a transfer serves the activity. Source: Art. 30(1) and (2).
    """
    missing = _missing(view, {activity.id: activity for activity in used}, findings)
    owing = _owing(used, _served(view, legs))
    parts: list[dict[str, Any]] = []
    for key, label, _articles in PARTS:
        gaps = missing.get(key, set())
        done = [identifier for identifier in owing[key] if identifier not in gaps]
        lacks = [identifier for identifier in owing[key] if identifier in gaps]
        parts.append({"key": key, "label": label, "done": done, "missing": lacks})
    lacking = set().union(*missing.values())
    return parts, [activity.id for activity in used if activity.id not in lacking]


def _served(view: View, legs: Legs) -> set[str]:
    """The activities that a running transfer out of a regime's area names."""
    return {
        activity
        for transfer in legs.leaving
        for activity in view.records[transfer].items("activities")
    }


def _missing(
    view: View, used: dict[str, Record], findings: Iterable[Finding]
) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for finding in findings:
        if not _tells_of_a_gap(finding):
            continue
        activity = used.get(finding.record)
        if activity is not None:
            for part in _parts_of(finding, activity):
                found.setdefault(part, set()).add(activity.id)
        elif _part(finding.article) == _TRANSFERS:
            transfer = view.records[finding.record]
            served = transfer.items("activities") if transfer.kind.has("activities") else []
            found.setdefault(_TRANSFERS, set()).update(i for i in served if i in used)
    return found


def _tells_of_a_gap(finding: Finding) -> bool:
    """What the rules of Art. 30 found, and any error under it, such as an unread answer."""
    return finding.rule in _RULES or (
        finding.severity == "error" and finding.article.startswith("30(")
    )


def _parts_of(finding: Finding, activity: Record) -> set[str]:
    """The points a finding leaves unmet: of an empty list all that its lines would say."""
    parts = {_part(finding.article)}
    if "." not in finding.field and activity.kind.has(finding.field):
        field = activity.kind.field(finding.field)
        needed = needed_columns(field, activity)
        parts |= {_part(column_article(columns, field)) for columns in needed}
    return parts


@lru_cache(maxsize=256)
def _part(article: str) -> str:
    pieces = (piece.strip() for piece in article.split(","))
    return next((_BY_ARTICLE[piece] for piece in pieces if piece in _BY_ARTICLE), PARTS[0][0])


def _owing(used: Sequence[Record], served: set[str]) -> dict[str, list[str]]:
    """For each point the activities that owe it."""
    owing: dict[str, list[str]] = {key: [] for key, _label, _articles in PARTS}
    known: dict[tuple[bool, ...], frozenset[str]] = {}
    for activity in used:
        # To whom the same conditions apply, the same is owed: worked out once for all of them.
        case = tuple(holds(activity) for holds in CONDITIONS.values())
        if case not in known:
            known[case] = frozenset(_owed(activity)) - {_TRANSFERS}
        for key in known[case]:
            owing[key].append(activity.id)
        if activity.id in served:
            owing[_TRANSFERS].append(activity.id)
    return owing


def _owed(activity: Record) -> Iterator[str]:
    for field in obligatory_fields(activity):
        yield _part(article_for(field.article, activity))
        for columns in needed_columns(field, activity):
            yield _part(column_article(columns, field))
