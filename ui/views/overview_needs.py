"""What needs somebody today: the gravest findings and the nearest dates, as rows to act on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice
from typing import Any

from ropa_app.i18n import N_, _, current_language
from ropa_app.model.dates import date_words
from ropa_app.rules.articles import article_words
from ropa_app.rules.overview_due import ENQUIRY
from ropa_ui.languages import number
from ropa_ui.looks import SEVERITIES
from ropa_ui.models.check_groups import count_words
from ropa_ui.models.checks import Row
from ropa_ui.models.session import Session
from ropa_ui.remedies import remedy_label

MOST = 5
SOON = 7  # days within which a request to be answered counts as grave
BETWEEN = "  ·  "


@dataclass(frozen=True, slots=True)
class _Date:
    """How a kind of date is told: before its day, after it, its article, what the button says."""

    coming: str
    past: str
    article: str
    remedy: str


DATES = {
    "request-due": _Date(
        N_("“{title}” must be answered by {day}"),
        N_("“{title}” should have been answered by {day}"), "12(3)", N_("Open request"),
    ),
    "objection-window": _Date(
        N_("{title} takes on {sub} as a sub-processor"),
        N_("{title} takes on {sub} as a sub-processor"), "28(2)", N_("Decide"),
    ),
    "agreement-expires": _Date(
        N_("“{title}” runs out on {day}"), N_("“{title}” ran out on {day}"), "28(3)", N_("Renew"),
    ),
    "safeguard-ends": _Date(
        N_("A safeguard of “{title}” ends on {day}"),
        N_("A safeguard of “{title}” ended on {day}"), "46", N_("Renew"),
    ),
    "review": _Date(
        N_("“{title}” is to be looked over on {day}"),
        N_("“{title}” was to be looked over on {day}"), "", N_("Look over"),
    ),
    "assessment-review": _Date(
        N_("“{title}” is to be reviewed on {day}"),
        N_("“{title}” was to be reviewed on {day}"), "35(11)", N_("Look over"),
    ),
}  # fmt: skip

# Breaches of these are fined higher (Art. 83(5)(a)–(c)); all other provisions come after them.
_HIGHER = {*range(5, 8), 9, *range(12, 23), *range(44, 50)}
_LOWER = {8, 11, *range(25, 40), 42, 43}  # Art. 83(4)(a)
# Where a sentence may be parted: after a full stop that ends one (not that of “Art.”), or a colon.
_END = re.compile(r"(?<![Aa]rt)(?<!nr)\. (?=[A-ZÆØÅ“«])|: ")
_SHORTEST = 12
_FIRST_NUMBER = re.compile(r"(\d+)[A-Z]?(?:\(|,|–|$)")

# Grave things first, then dates, then what is probably wrong, then what is not known.
_TIERS = {"error": 0, "warning": 2, "question": 3}
_DATES_TIER = 1


@dataclass(frozen=True, slots=True)
class Need:
    """One row: icon and colour, a sentence, facts, what the button says and where it leads."""

    icon: str
    role: str
    sentence: str
    facts: tuple[str, ...]
    remedy: str
    remedy_words: str
    record: str
    field: str


_Candidate = tuple[tuple[int, int, int], Callable[[], Need | None]]


@lru_cache(maxsize=512)
def legal_weight(article: str) -> int:
    """0 for a provision whose breach is fined higher, 1 for one fined lower, 2 for any other.

    Source: Art. 83(4) and (5).
    """
    found = _FIRST_NUMBER.search(article.replace("UK GDPR", "").replace("Art.", "").strip())
    number = int(found[1]) if found and "DPA" not in article else 0
    return 0 if number in _HIGHER else 1 if number in _LOWER else 2


def needs(
    session: Session, figures: Mapping[str, Any], rows: Iterable[Row]
) -> tuple[list[Need], str]:
    """What needs somebody, the most pressing first, and in words how many errors and dates.

    One row for each record and date; only those shown are put into words.
    """
    by_severity: dict[str, dict[str, list[Row]]] = {severity: {} for severity in _TIERS}
    for row in rows:
        if row.severity in by_severity:
            by_severity[row.severity].setdefault(row.record, []).append(row)
    found = list(_of_dates(session, figures.get("due", ())))
    errors = [row for group in by_severity["error"].values() for row in group]
    pressing = BETWEEN.join(filter(None, (count_words(errors), _dates_in_words(len(found)))))
    told: set[str] = set()
    for severity, groups in by_severity.items():
        if severity == "error" or len(found) < MOST:  # what only fills up is weighed if needed
            of_others = {record: group for record, group in groups.items() if record not in told}
            found += _of_findings(session, severity, of_others)
            told.update(groups)
    found.sort(key=lambda candidate: candidate[0])
    said = (say() for _rank, say in found)
    return list(islice((need for need in said if need), MOST)), pressing


def _dates_in_words(count: int) -> str:
    if not count:
        return ""
    return _("1 date") if count == 1 else _("{count} dates").format(count=number(count))


def _of_findings(
    session: Session, severity: str, groups: Mapping[str, Sequence[Row]]
) -> Iterator[_Candidate]:
    """The weightiest finding of each record, with how many more it has of the severity."""
    for place, of_record in enumerate(groups.values()):
        worst = min(of_record, key=lambda row: legal_weight(row.article))
        rank = (_TIERS[severity], legal_weight(worst.article), place)
        yield rank, partial(_finding, session, worst, len(of_record) - 1)


def _finding(session: Session, row: Row, more: int) -> Need:
    look = SEVERITIES[row.severity]
    record = session.get(row.record)
    title = session.title(record) if record else ""
    head, rest = split_sentence(row.sentence)
    facts = [title, article_words(row.article, current_language()), record.ref if record else ""]
    facts += [_("{count} more in it").format(count=more) if more else "", rest]
    return Need(
        look.icon, look.role, head, tuple(filter(None, facts)),
        remedy_label(row.rule), row.remedy, row.record, row.field,
    )  # fmt: skip


def split_sentence(sentence: str) -> tuple[str, str]:
    """What comes first, for a heading of one line, and what it goes on to say."""
    found = _END.search(sentence, _SHORTEST)
    if found is None:
        return sentence.rstrip("."), ""
    return sentence[: found.start()], sentence[found.end() :].rstrip(".")


def _of_dates(session: Session, due: Iterable[Mapping[str, Any]]) -> Iterator[_Candidate]:
    for place, item in enumerate(due):
        weight = legal_weight(DATES[item["kind"]].article) if _is_grave(item) else 0
        tier = 0 if _is_grave(item) else _DATES_TIER
        yield (tier, weight, place), partial(_date, session, item)


def _is_grave(item: Mapping[str, Any]) -> bool:
    """True for a request that must be answered within days, or should have been (Art. 12(3))."""
    return bool(item["kind"] == "request-due" and item["days"] <= SOON)


def _date(session: Session, item: Mapping[str, Any]) -> Need | None:
    record = session.get(item["record"])
    if record is None or record.deleted:
        return None
    known, days = DATES[item["kind"]], item["days"]
    missed = days < 0 and bool(known.article)
    look = SEVERITIES["error" if missed or _is_grave(item) else "warning"]
    day = date_words(item["day"], current_language())
    sentence = _(known.past if days < 0 else known.coming).format(
        title=session.title(record), day=day, sub=_sub_processor(session, record, item["field"])
    )
    facts = [in_days(days), article_words(_article(record, known), current_language()), record.ref]
    if item["kind"] == "objection-window":
        facts.insert(0, _("Objection possible until {day}").format(day=day))
    return Need(
        look.icon, look.role, sentence, tuple(filter(None, facts)),
        _(known.remedy), sentence, record.id, item["field"],
    )  # fmt: skip


def _article(record: Any, known: _Date) -> str:
    """What is owed under another article, or under none, as the enquiry of an authority is."""
    if record.kind_key == "request" and record.text("kind") == ENQUIRY:
        return ""
    is_joint = record.kind_key == "agreement" and record.text("kind") == "joint-arrangement"
    return "26(1)" if is_joint else known.article


def _sub_processor(session: Session, record: Any, path: str) -> str:
    """The name of the sub-processor in the line of a path, or what stands for it."""
    key, _dot, rest = path.partition(".")
    if key != "sub_processors":
        return ""
    for line in record.lines(key):
        if line.get("id") == rest.split(".")[0]:
            party = session.get(line["party"]) if isinstance(line.get("party"), str) else None
            service = line.get("service")
            if party:
                return session.title(party)
            return service if isinstance(service, str) else _("somebody new")
    return _("somebody new")


def in_days(days: int) -> str:
    """How far off a day is: “in 6 days”."""
    match days:
        case 0:
            return _("today")
        case 1:
            return _("tomorrow")
        case -1:
            return _("1 day overdue")
    if days < 0:
        return _("{count} days overdue").format(count=-days)
    return _("in {count} days").format(count=days)


def as_rows(findings: Iterable[Row | Sequence[str]]) -> list[Row]:
    """Findings as rows, whether they come as rows or as lists of seven texts."""
    return [found if isinstance(found, Row) else Row(*found) for found in findings]
