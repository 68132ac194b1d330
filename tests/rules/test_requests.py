"""Extending the time to answer: two further months, a reason, told within the first month."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ropa_app.rules.findings import run
from ropa_app.rules.overview_due import answer_by, next_working_day


def found(desk: Any, **values: object) -> dict[str, str]:
    """Severity by rule, of the rules on requests."""
    record = desk.add("request", **{"name": "Access", "kind": "access", **values})
    return {f.rule: f.severity for f in run(desk.view(), [record]) if "request" in f.rule}


TOLD = {"extension_reason": "Many requests", "extension_told": "2026-11-20"}


@pytest.mark.parametrize(
    ("received", "until", "severity"),
    [
        ("2026-11-02", "2027-02-01", None),
        ("2026-11-02", "2027-02-02", None),  # a Tuesday: the last day
        ("2026-11-02", "2027-02-03", "warning"),  # in time if the day before is a holiday
        ("2026-11-02", "2027-02-09", "warning"),
        ("2026-11-02", "2027-02-10", "error"),
        ("2026-11-02", "2029-11-01", "error"),
        ("2026-10-31", "2027-01-31", None),  # a Sunday
        ("2026-10-31", "2027-02-01", None),  # and the Monday after it
        ("2026-10-31", "2027-02-02", "warning"),
        ("2026-11-30", "2027-03-01", None),  # 28 February is a Sunday: no 30 February
    ],
)
def test_how_far_a_request_can_be_extended(
    desk: Any, received: str, until: str, severity: str | None
) -> None:
    rules = found(desk, received=received, extended_until=until, **TOLD)
    assert rules.get("R-request-01") == severity


@pytest.mark.parametrize(
    ("told", "severity"),
    [
        ("2026-12-01", None),
        ("2026-12-02", None),  # the last day of the first month
        ("2026-12-03", "warning"),
        ("2026-12-10", "error"),
        (None, "question"),
    ],
)
def test_the_person_is_told_within_the_first_month(
    desk: Any, told: str | None, severity: str | None
) -> None:
    values = {"extension_reason": "Complex", "extension_told": told}
    rules = found(desk, received="2026-11-02", extended_until="2027-02-02", **values)
    assert rules == ({"R-request-03": severity} if severity else {})


def test_an_extension_needs_a_reason(desk: Any) -> None:
    values = {**TOLD, "extension_reason": None}
    rules = found(desk, received="2026-11-02", extended_until="2027-02-02", **values)
    assert rules == {"R-request-02": "warning"}


def test_an_authority_sets_its_own_time(desk: Any) -> None:
    late = {"received": "2026-11-02", "extended_until": "2029-11-01"}
    assert found(desk, kind="authority-enquiry", **late) == {}
    assert answer_by(desk.add("request", kind="authority-enquiry", **late)) == date(2029, 11, 1)


def test_what_kind_of_request_it_is_decides_an_error(desk: Any) -> None:
    values = {**TOLD, "received": "2026-11-02", "extended_until": "2029-11-01"}
    assert found(desk, kind=None, **values) == {"R-request-01": "warning"}


def test_a_request_that_was_not_extended_is_left_alone(desk: Any) -> None:
    assert found(desk, received="2026-11-02") == {}


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("2027-01-15", date(2027, 1, 15)),
        ("2027-02-02", date(2027, 2, 2)),
        ("2029-11-01", date(2027, 2, 2)),
    ],
)
def test_the_day_to_answer_by_never_lies_beyond_the_law(desk: Any, until: str, last: date) -> None:
    request = desk.add("request", name="Access", received="2026-11-02", extended_until=until)
    assert answer_by(request) == last


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2027, 2, 26), date(2027, 2, 26)),  # a Friday
        (date(2027, 2, 27), date(2027, 3, 1)),
        (date(2027, 2, 28), date(2027, 3, 1)),
        (date(2027, 3, 1), date(2027, 3, 1)),
    ],
)
def test_a_weekend_ends_with_the_monday(day: date, working: date) -> None:
    assert next_working_day(day) == working
