"""Findings grouped by what is wrong, for the page of checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from ropa_app.i18n import N_, _
from ropa_app.model.kinds import KINDS
from ropa_app.model.words import Words
from ropa_app.rules.findings import SEVERITIES
from ropa_ui.languages import number
from ropa_ui.models.checks import Row

#: What each rule finds wrong, as the heading over its findings.
TITLES = {
    "R-art28-01": N_("Processor without an agreement in force"),
    "R-art30-01": N_("Obligatory information is missing"),
    "R-art30-02": N_("A line lacks what Art. 30 asks for"),
    "R-art4-01": N_("The role of a recipient is not settled"),
    "R-law-01": N_("A correction to the law data is incomplete"),
    "R-link-01": N_("A link leads nowhere"),
    "R-open-01": N_("Open questions"),
    "R-request-01": N_("An extension goes beyond what Art. 12(3) allows"),
    "R-request-02": N_("An extension without a reason"),
    "R-request-03": N_("An extension told too late"),
    "R-text-01": N_("Text that could not be read"),
}
#: Rules that find the same wrong in many fields: those stand in groups by field.
_BY_FIELD = ("R-art30-01", "R-art30-02")
_COUNTS = {
    "error": (N_("1 error"), N_("{count} errors")),
    "warning": (N_("1 warning"), N_("{count} warnings")),
    "question": (N_("1 question"), N_("{count} questions")),
    "info": (N_("1 remark"), N_("{count} remarks")),
}
SEVERITY_LABELS = {
    "error": N_("Errors"),
    "warning": N_("Warnings"),
    "question": N_("Questions"),
    "info": N_("Remarks"),
}
Whereabouts = Mapping[str, tuple[str, int]]
_NOWHERE = ("register", 0)
_BITS = 40  # more than any number of a record needs


@dataclass(frozen=True, slots=True)
class Group:
    """What is wrong, how grave, and where: `key` stays the same when findings come and go."""

    key: tuple[str, str, str]
    severity: str
    title: str
    rows: tuple[Row, ...]


def grouped(rows: Iterable[Row], places: Whereabouts, words: Words) -> list[Group]:
    """The findings in groups, the gravest and largest first; rows by kind and number."""
    place = _places_in_order(rows := list(rows), places)
    labels: dict[tuple[str, str], str] = {}  # of the few fields that many findings name

    def field_of(row: Row) -> str:
        named = places.get(row.record, _NOWHERE)[0], row.field.partition(".")[0]
        if named not in labels:
            labels[named] = _label(*named, words)
        return labels[named]

    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        field = field_of(row) if row.rule in _BY_FIELD else ""
        found.setdefault((row.severity, row.rule, field), []).append(row)
    groups = [
        Group(key, key[0], _title(key, group), tuple(sorted(group, key=place)))
        for key, group in found.items()
    ]
    return sorted(groups, key=_gravity)


def _places_in_order(rows: Sequence[Row], places: Whereabouts) -> Callable[[Row], int]:
    """What rows are put in order by: kind, number and field in one number, quick to compare."""
    order = {key: number for number, key in enumerate(KINDS)}
    kind, number = _NOWHERE
    nowhere = order[kind] << _BITS | number
    records = {each: order[kind] << _BITS | number for each, (kind, number) in places.items()}
    names = sorted(set(map(attrgetter("field"), rows)))
    fields, many = {name: at for at, name in enumerate(names)}, len(names)
    return lambda row: records.get(row.record, nowhere) * many + fields[row.field]


def _gravity(group: Group) -> tuple[int, int, str]:
    return SEVERITIES.index(group.severity), -len(group.rows), group.title


def _label(kind_key: str, key: str, words: Words) -> str:
    kind = KINDS[kind_key]
    return words.label(kind.field(key)) if kind.has(key) else ""


def _title(key: tuple[str, str, str], rows: list[Row]) -> str:
    _severity, rule, field = key
    title = _(TITLES[rule]) if rule in TITLES else rows[0].sentence
    return f"{title}: {field}" if field else title


def count_words(rows: Iterable[Row]) -> str:
    """How many there are of each severity: “2 errors, 14 warnings, 6 questions”."""
    counts = Counter(map(attrgetter("severity"), rows))
    said = []
    for severity in SEVERITIES:
        count = counts[severity]
        if count:
            one, many = _COUNTS[severity]
            said.append(_(one) if count == 1 else _(many).format(count=number(count)))
    return ", ".join(said)
