"""What one step of the history did to the findings: which it brought, and which it took away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from ropa_app.model.field import Field
from ropa_app.register.view import View
from ropa_app.rules.findings import Finding, run
from ropa_app.rules.parts import Named


@dataclass(frozen=True, slots=True)
class Effect:
    """The findings that came and those that went, each from the gravest to the mildest."""

    came: tuple[Finding, ...]
    went: tuple[Finding, ...]


def effect(before: View, after: View) -> Effect:
    """What changed between two states of one register, as the rules see them.

    Both views should stand on one day, so that time passing is not taken for the work of somebody.
    """
    old, new = run(before), run(after)
    return Effect(tuple(_missing_from(old, new)), tuple(_missing_from(new, old)))


def _missing_from(these: list[Finding], others: list[Finding]) -> Iterator[Finding]:
    """Of the others, those that are not among these, as often as they are not."""
    left = Counter(map(_identity, these))
    for finding in others:
        identity = _identity(finding)
        if left[identity]:
            left[identity] -= 1
        else:
            yield finding


def _identity(finding: Finding) -> Hashable:
    """What makes two findings one: the duty, where, and about whom; not how it is said.

    A status, a count or the number of a line may differ while the same thing is amiss.
    """
    about = {(k, v) for k, v in finding.parts.items() if isinstance(v, (Named, Field, str))}
    place = (finding.rule, finding.severity, finding.article, finding.record, finding.field)
    return place, frozenset(about)
