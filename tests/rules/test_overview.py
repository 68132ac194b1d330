"""The figures of the first page: each counts the right records, on the right day."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from ropa_app.model.state import Open
from ropa_app.model.vocabulary import vocabulary
from ropa_app.rules.findings import run
from ropa_app.rules.overview import overview
from ropa_app.rules.overview_agreements import ROLES
from ropa_app.rules.overview_due import answer_by

DAY = date(2026, 11, 24)
EU = [{"id": "r1", "regime": "eu", "reason": "eu-3-1"}]
BOTH = [*EU, {"id": "r2", "regime": "uk", "reason": "uk-3-2-a"}]


def figures(desk: Any, day: date = DAY) -> dict[str, Any]:
    view = desk.view(day)
    found: dict[str, Any] = overview(view, run(view))
    return found


def part(found: dict[str, Any], key: str) -> tuple[list[str], list[str]]:
    one = next(part for part in found["completeness"] if part["key"] == key)
    return one["done"], one["missing"]


def company(desk: Any, regimes: list[dict[str, str]] = EU, **values: Any) -> Any:
    return desk.add("organisation", name="Prøve AS", country="NO", regimes=regimes, **values)


def activity(desk: Any, organisation: Any, **values: Any) -> Any:
    """An activity that says all that Art. 30(1) asks of a controller."""
    full = {
        "name": "Newsletter",
        "role": "controller",
        "organisations": [organisation.id],
        "purposes": [{"id": "p1", "purpose": "marketing", "legal_basis": ["6-1-a"]}],
        "data": [
            {
                "id": "d1",
                "subject": "customers",
                "categories": ["contact-details"],
                "retention": {"amount": 2, "unit": "year"},
            }
        ],
        "recipients": [{"id": "q1", "category": "authorities"}],
        "security_description": "Access by role, encrypted in transit.",
    }
    return desk.add("activity", **(full | values))


def test_an_empty_register_has_no_figures(desk: Any) -> None:
    found = figures(desk)
    assert found["activities"] == 0
    assert found["day"] == "2026-11-24"
    assert all(part["done"] == part["missing"] == [] for part in found["completeness"])
    rest = set(found) - {"activities", "day", "completeness"}
    assert all(found[key] == [] for key in rest)


def test_figures_are_json(desk: Any) -> None:
    activity(desk, company(desk))
    found = figures(desk)
    assert json.loads(json.dumps(found)) == found


# Completeness


def test_a_full_activity_is_complete(desk: Any) -> None:
    one = activity(desk, company(desk))
    found = figures(desk)
    assert found["complete"] == [one.id]
    assert part(found, "retention") == ([one.id], [])


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("who", {"organisations": []}),
        ("purposes", {"purposes": []}),
        ("purposes", {"purposes": [{"id": "p1", "purpose": "marketing"}]}),
        ("people", {"data": [{"id": "d1", "categories": ["name"], "retention": {"amount": 1}}]}),
        ("recipients", {"recipients": None}),
        ("retention", {"data": [{"id": "d1", "subject": "customers", "categories": ["name"]}]}),
        ("security", {"security_description": None}),
    ],
)
def test_what_is_missing_is_told_at_its_point(desk: Any, key: str, values: dict[str, Any]) -> None:
    one = activity(desk, company(desk), **values)
    found = figures(desk)
    assert found["complete"] == []
    lacking = [part["key"] for part in found["completeness"] if part["missing"] == [one.id]]
    assert lacking == [key]


def test_without_data_lines_retention_is_missing_too(desk: Any) -> None:
    one = activity(desk, company(desk), data=[])
    found = figures(desk)
    assert part(found, "people") == part(found, "retention") == ([], [one.id])


def test_a_question_is_no_gap(desk: Any) -> None:
    one = activity(desk, company(desk), security_description=Open("Ask IT"))
    found = figures(desk)
    assert found["complete"] == [one.id]
    assert found["questions"] == [one.id]


def test_silence_about_the_role_proves_no_duty_but_is_missing(desk: Any) -> None:
    one = activity(desk, company(desk), role=None, purposes=[])
    found = figures(desk)
    assert part(found, "who") == ([], [one.id])
    assert part(found, "purposes") == ([], [])
    assert found["complete"] == []


def test_a_processor_owes_art_30_2(desk: Any) -> None:
    owner = company(desk)
    served = [{"id": "c1", "controller": owner.id, "processing": "Hosting"}]
    one = activity(
        desk,
        owner, role="processor", purposes=[], data=[], recipients=[], controllers_served=served,
    )  # fmt: skip
    found = figures(desk)
    assert found["complete"] == [one.id]
    assert part(found, "purposes") == ([one.id], [])
    assert part(found, "retention") == ([], [])


@pytest.mark.parametrize("gone", [{"status": "retired"}, {"ended": "2026-11-23"}])
def test_what_is_no_longer_in_use_does_not_count(desk: Any, gone: dict[str, str]) -> None:
    activity(desk, company(desk), **gone)
    assert figures(desk)["activities"] == 0


def test_third_countries_are_owed_where_a_transfer_serves(desk: Any) -> None:
    owner = company(desk)
    first, second, _third = (activity(desk, owner) for _ in range(3))
    desk.add("transfer", destination="US", exporter=owner.id, activities=[first.id])
    desk.add("transfer", exporter=owner.id, activities=[second.id])
    assert part(figures(desk), "transfers") == ([first.id], [second.id])


# Agreements


def test_every_status_has_its_place_and_colour() -> None:
    assert set(ROLES) == set(vocabulary("agreement-status").terms)


def processor(desk: Any, owner: Any, name: str, **dates: Any) -> Any:
    party = desk.add("party", name=name)
    if dates:
        desk.add(
            "agreement", party=party.id, organisation=owner.id, kind="processor-agreement", **dates
        )
    return party


def test_processors_stand_by_the_status_of_their_agreement(desk: Any) -> None:
    owner = company(desk)
    signed = {"signed": "2025-01-01", "evidence": "seen"}
    good = processor(desk, owner, "Good", **signed)
    ending = processor(desk, owner, "Ending", expires="2026-12-12", **signed)
    bare = processor(desk, owner, "Bare")
    free = processor(desk, owner, "Controller")
    lines = [{"id": p.id[:4], "party": p.id, "role": "processor"} for p in (bare, ending, good)]
    lines.append({"id": "free", "party": free.id, "role": "independent-controller"})
    activity(desk, owner, recipients=lines)
    found = [(one["status"], one["role"], one["parties"]) for one in figures(desk)["agreements"]]
    assert found == [
        ("in-force", "ok", [good.id]),
        ("expiring", "warn", [ending.id]),
        ("missing", "bad", [bare.id]),
    ]


# Transfers


def scc(**more: Any) -> dict[str, Any]:
    return {
        "id": "s1", "regime": "eu", "mechanism": "scc", "reliance": "relied-on", **more
    }  # fmt: skip


def worst(desk: Any, day: date = DAY) -> dict[str, str]:
    return {one["country"]: one["worst"] for one in figures(desk, day)["destinations"]}


@pytest.mark.parametrize(
    ("destination", "safeguards", "state"),
    [
        ("DE", None, "inside"),
        ("CH", None, "adequate"),
        ("JP", None, "open"),
        ("JP", [scc(mechanism="adequacy")], "recorded"),
        ("US", None, "missing"),
        ("IN", [scc()], "recorded"),
        ("IN", Open("Which?"), "open"),
        ("IN", [scc(mechanism=Open("Which?"))], "open"),
        ("IN", [scc(reliance=None)], "open"),
        ("IN", None, "missing"),
        ("IN", [scc(reliance="fallback")], "missing"),
        ("IN", [scc(regime="uk")], "missing"),
        ("IN", [scc(mechanism="adequacy")], "open"),
        ("IN", [scc(mechanism="scc-old")], "missing"),
        ("US", [scc(mechanism="adequacy")], "open"),
        (None, None, "missing"),
    ],
)
def test_what_is_recorded_for_a_destination(
    desk: Any, destination: str | None, safeguards: Any, state: str
) -> None:
    owner = company(desk)
    desk.add("transfer", destination=destination, exporter=owner.id, safeguards=safeguards)
    assert worst(desk) == {destination or "": state}


def test_a_listed_recipient_is_covered_by_a_decision_for_some(desk: Any) -> None:
    owner = company(desk)
    party = desk.add("party", name="Listed Inc.", dpf=[{"id": "l1", "state": "active"}])
    desk.add("transfer", destination="US", exporter=owner.id, importer=party.id)
    assert worst(desk) == {"US": "adequate"}


def test_the_worst_regime_and_the_worst_transfer_count(desk: Any) -> None:
    owner = company(desk, BOTH)
    desk.add("transfer", destination="IN", exporter=owner.id, safeguards=[scc()])
    found = figures(desk)
    assert [(one["mechanism"], one["regime"], one["states"]) for one in found["mechanisms"]] == [
        ("scc", "eu", ["recorded"]),
        ("", "uk", ["missing"]),
    ]
    assert worst(desk) == {"IN": "missing"}
    assert len(found["leaving"]) == 1


def test_the_regime_of_what_it_serves_counts(desk: Any) -> None:
    owner = company(desk, BOTH)
    one = activity(desk, owner, regimes=EU)
    desk.add(
        "transfer", destination="IN", exporter=owner.id, activities=[one.id], safeguards=[scc()]
    )
    assert worst(desk) == {"IN": "recorded"}


@pytest.mark.parametrize(
    ("days", "state"), [(-1, "missing"), (0, "recorded"), (30, "recorded"), (31, "missing")]
)
def test_a_safeguard_holds_on_its_days(desk: Any, days: int, state: str) -> None:
    owner = company(desk)
    line = scc(**{"from": DAY.isoformat(), "to": (DAY + timedelta(30)).isoformat()})
    desk.add(
        "transfer",
        destination="IN", exporter=owner.id, safeguards=[line], **{"from": "2026-01-01"},
    )  # fmt: skip
    assert worst(desk, DAY + timedelta(days)) == {"IN": state}


def test_a_transfer_that_has_ended_is_gone(desk: Any) -> None:
    desk.add("transfer", destination="IN", exporter=company(desk).id, to="2026-11-24")
    assert worst(desk) == {"IN": "missing"}
    assert worst(desk, DAY + timedelta(1)) == {}


def test_mechanisms_come_by_number_and_what_has_none_last(desk: Any) -> None:
    owner = company(desk)
    common = {"destination": "IN", "exporter": owner.id}
    for safeguards in ([scc(mechanism="bcr")], None, Open("?"), [scc()], [scc()], None, None):
        desk.add("transfer", safeguards=safeguards, **common)
    found = [(one["mechanism"], len(one["transfers"])) for one in figures(desk)["mechanisms"]]
    assert found == [("scc", 2), ("bcr", 1), ("open", 1), ("", 3)]


# What falls due


def due(desk: Any, day: date = DAY) -> list[tuple[str, str, int]]:
    return [(one["kind"], one["field"], one["days"]) for one in figures(desk, day)["due"]]


@pytest.mark.parametrize(
    ("received", "last"),
    [
        ("2026-10-26", date(2026, 11, 26)),
        ("2026-01-31", date(2026, 2, 28)),
        ("2028-01-30", date(2028, 2, 29)),
        ("2026-12-31", date(2027, 1, 31)),
    ],
)
def test_a_request_is_due_one_month_after_receipt(desk: Any, received: str, last: date) -> None:
    request = desk.add("request", name="Access", received=received)
    assert answer_by(request) == last


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_request_is_told_before_on_and_after_its_day(desk: Any, days: int) -> None:
    desk.add("request", name="Access", received="2026-10-26")
    day = date(2026, 11, 26) + timedelta(days)
    assert due(desk, day) == [("request-due", "received", -days)]


def test_an_extension_moves_the_day(desk: Any) -> None:
    desk.add("request", name="Access", received="2026-10-26", extended_until="2026-12-26")
    assert due(desk) == [("request-due", "extended_until", 32)]


@pytest.mark.parametrize(
    "closed",
    [
        {"status": "answered"},
        {"status": "refused"},
        {"status": "withdrawn"},
        {"answered": "2026-11-24"},
    ],
)
def test_a_closed_request_is_not_due(desk: Any, closed: dict[str, str]) -> None:
    desk.add("request", name="Access", received="2026-10-26", **closed)
    assert due(desk) == []


@pytest.mark.parametrize(("days", "told"), [(-61, False), (-60, True), (0, True), (1, True)])
def test_an_agreement_is_told_within_the_days_of_the_register(
    desk: Any, days: int, told: bool
) -> None:
    owner = company(desk)
    expires = date(2027, 3, 1)
    party = processor(
        desk, owner, "Mail", signed="2025-01-01", evidence="seen", expires=expires.isoformat()
    )
    activity(desk, owner, recipients=[{"id": "q1", "party": party.id, "role": "processor"}])
    found = due(desk, expires + timedelta(days))
    assert found == ([("agreement-expires", "expires", -days)] if told else [])


def test_the_register_may_want_to_know_earlier(desk: Any) -> None:
    desk.add("register", name="Prøve", expiring_days=90)
    desk.add("measure", name="Test", next_review=(DAY + timedelta(90)).isoformat())
    assert due(desk) == [("review", "next_review", 90)]


def test_an_old_agreement_does_not_matter_once_there_is_a_better(desk: Any) -> None:
    owner = company(desk)
    party = processor(
        desk, owner, "Mail", signed="2020-01-01", evidence="seen", expires="2025-01-01"
    )
    activity(desk, owner, recipients=[{"id": "q1", "party": party.id, "role": "processor"}])
    assert due(desk) == [("agreement-expires", "expires", -692)]
    desk.add(
        "agreement",
        party=party.id, organisation=owner.id, kind="processor-agreement", signed="2025-01-02",
        evidence="seen",
    )  # fmt: skip
    assert due(desk) == []


@pytest.mark.parametrize(("days", "told"), [(-1, True), (0, True), (1, False)])
def test_one_can_object_until_the_window_closes(desk: Any, days: int, told: bool) -> None:
    line = {"id": "s1", "objection_until": "2026-11-30"}
    desk.add("party", name="Mail", sub_processors=[line])
    found = due(desk, date(2026, 11, 30) + timedelta(days))
    assert found == (
        [("objection-window", "sub_processors.s1.objection_until", -days)] if told else []
    )


@pytest.mark.parametrize(("answer", "told"), [("not-answered", True), ("accepted", False)])
def test_a_window_that_was_answered_is_closed(desk: Any, answer: str, told: bool) -> None:
    line = {"id": "s1", "objection_until": "2026-11-30", "answer": answer}
    desk.add("party", name="Mail", sub_processors=[line])
    assert bool(due(desk)) is told


@pytest.mark.parametrize("days", [-1, 0, 1])
@pytest.mark.parametrize(
    ("kind", "field", "said"),
    [
        ("activity", "next_review", "review"),
        ("measure", "next_review", "review"),
        ("notice", "next_review", "review"),
        ("agreement", "review", "review"),
        ("assessment", "next_review", "assessment-review"),
    ],
)
def test_reviews_are_told_before_on_and_after_their_day(
    desk: Any, kind: str, field: str, said: str, days: int
) -> None:
    desk.add(kind, name="One", **{field: DAY.isoformat()})
    assert due(desk, DAY + timedelta(days)) == [(said, field, -days)]


@pytest.mark.parametrize(
    ("kind", "gone"),
    [
        ("activity", {"status": "retired"}),
        ("measure", {"status": "ended"}),
        ("notice", {"replaced": "2026-11-24"}),
    ],
)
def test_what_is_no_longer_used_needs_no_review(desk: Any, kind: str, gone: dict[str, str]) -> None:
    desk.add(kind, name="One", next_review="2026-11-20", **gone)
    assert due(desk) == []


def test_a_later_check_of_guarantees_answers_the_earlier(desk: Any) -> None:
    lines = [{"id": "g1", "next": "2025-11-20"}, {"id": "g2", "next": "2026-12-01"}]
    desk.add("party", name="Mail", guarantees=lines)
    assert due(desk) == [("review", "guarantees.g2.next", 7)]


@pytest.mark.parametrize(
    ("more", "told"),
    [({}, True), ({"to": "2026-12-01"}, False), ({"to": "2027-12-01"}, True)],
)
def test_a_safeguard_that_ends_before_the_transfer(desk: Any, more: Any, told: bool) -> None:
    desk.add("transfer", destination="IN", safeguards=[scc(to="2026-12-01")], **more)
    assert due(desk) == ([("safeguard-ends", "safeguards.s1.to", 7)] if told else [])


def test_what_falls_due_first_comes_first(desk: Any) -> None:
    desk.add("measure", name="Later", next_review="2026-12-10")
    desk.add("notice", name="Sooner", next_review="2026-12-01")
    desk.add("request", name="Overdue", received="2026-10-01")
    assert [days for _kind, _field, days in due(desk)] == [-23, 7, 16]
