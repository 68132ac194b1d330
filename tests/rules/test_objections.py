"""New sub-processors: until when we may object, and what follows from each authorisation."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from ropa_app.model.state import Open
from ropa_app.rules.objections import (
    ACCEPTED,
    DISREGARDED,
    LAPSED,
    OBJECTED,
    OPEN,
    REFUSED,
    Proposal,
    answered,
    is_proposed,
    proposals,
)
from ropa_app.rules.overview_due import due
from ropa_app.rules.parts import say

LAST = date(2026, 11, 30)
BEFORE, AFTER = LAST - timedelta(days=1), LAST + timedelta(days=1)


def told(desk: Any, day: date, authorisation: str = "general", **line: Any) -> list[Proposal]:
    """What a party with one sub-processor line calls for on a day."""
    desk.records.clear()
    ours = desk.add("organisation", name="We")
    known = {"id": "l1", "objection_until": LAST.isoformat(), **line}
    party = desk.add("party", name="Mail Inc.", sub_processors=[known])
    if authorisation:
        desk.add(
            "agreement", name="DPA", party=party.id, organisation=ours.id,
            kind="processor-agreement", signed="2025-01-01", effective="2025-01-01",
            evidence="yes", authorisation=authorisation,
        )  # fmt: skip
    return proposals(desk.view(day), party)


def sentence(desk: Any, found: Proposal, day: date, language: str = "en") -> str:
    return say(desk.view(day).words(language), found.message, found.parts)


@pytest.mark.parametrize(
    ("day", "stage", "part"),
    [
        (BEFORE, OPEN, "We may object until 30 Nov 2026. If we do not"),
        (LAST, OPEN, "We may object until 30 Nov 2026; that is today. If we do not"),
        (AFTER, LAPSED, "ended on 30 Nov 2026 without an answer, so our general authorisation"),
    ],
)
def test_the_window_before_on_and_after_its_last_day(
    desk: Any, day: date, stage: str, part: str
) -> None:
    (found,) = told(desk, day)
    assert found.stage == stage
    assert part in sentence(desk, found, day)


@pytest.mark.parametrize("day", [BEFORE, LAST, AFTER])
@pytest.mark.parametrize("authorisation", ["general", "specific", ""])
@pytest.mark.parametrize("language", ["en", "nb"])
def test_what_silence_means_depends_on_the_authorisation(
    desk: Any, day: date, authorisation: str, language: str
) -> None:
    (found,) = told(desk, day, authorisation)
    assert found.authorisation == authorisation
    said = sentence(desk, found, day, language)
    assert "{" not in said
    words = {"general": "general", "specific": "specific", "": "not recorded"}
    if language == "en":
        assert words[authorisation] in said


def test_silence_authorises_nobody_under_a_specific_authorisation(desk: Any) -> None:
    (found,) = told(desk, AFTER, "specific")
    assert "may not engage it" in sentence(desk, found, AFTER)


@pytest.mark.parametrize("day", [BEFORE, LAST, AFTER])
def test_what_is_accepted_calls_for_nothing(desk: Any, day: date) -> None:
    assert told(desk, day, answer="accepted") == []


@pytest.mark.parametrize(
    ("start", "stage"),
    [(None, REFUSED), (AFTER.isoformat(), REFUSED), (LAST.isoformat(), DISREGARDED)],
)
def test_an_objection_stays_in_sight(desk: Any, start: str | None, stage: str) -> None:
    more = {"from": start} if start else {}
    (found,) = told(desk, LAST, answer="objected", **more)
    assert found.stage == stage


@pytest.mark.parametrize("answer", [None, "not-answered", Open("who decides?")])
def test_no_answer_is_no_answer_however_it_is_said(desk: Any, answer: Any) -> None:
    more = {"answer": answer} if answer else {}
    assert [found.stage for found in told(desk, BEFORE, **more)] == [OPEN]


def test_what_has_begun_or_ended_after_its_window_is_not_asked_for(desk: Any) -> None:
    assert told(desk, AFTER, **{"from": LAST.isoformat()}) == []
    assert told(desk, AFTER, **{"to": LAST.isoformat()}) == []


def test_a_proposal_without_a_last_day_is_told_as_such(desk: Any) -> None:
    (found,) = told(desk, LAST, objection_until=None, **{"from": AFTER.isoformat()})
    assert found.stage == OPEN
    assert "not recorded" in sentence(desk, found, LAST)
    assert told(desk, LAST, objection_until=None) == []


def test_agreements_that_differ_tell_nothing(desk: Any) -> None:
    told(desk, BEFORE, "general")
    party = next(record for record in desk.records if record.kind_key == "party")
    desk.add(
        "agreement", name="Old", party=party.id, kind="processor-agreement",
        signed="2024-01-01", effective="2024-01-01", evidence="yes", authorisation="specific",
    )  # fmt: skip
    (found,) = proposals(desk.view(BEFORE), party)
    assert found.authorisation == ""


def test_an_agreement_that_is_over_does_not_count(desk: Any) -> None:
    told(desk, BEFORE, "general")
    party = next(record for record in desk.records if record.kind_key == "party")
    desk.add(
        "agreement", name="Old", party=party.id, kind="processor-agreement", signed="2020-01-01",
        effective="2020-01-01", expires="2021-01-01", evidence="yes", authorisation="specific",
    )  # fmt: skip
    (found,) = proposals(desk.view(BEFORE), party)
    assert found.authorisation == "general"


@pytest.mark.parametrize("day", [BEFORE, LAST, AFTER])
def test_the_dates_of_the_overview_end_with_the_window(desk: Any, day: date) -> None:
    told(desk, day)
    kinds = [one["kind"] for one in due(desk.view(day))]
    assert ("objection-window" in kinds) == (day <= LAST)


def test_a_later_beginning_is_a_proposal_whatever_the_window(desk: Any) -> None:
    assert is_proposed({"from": AFTER.isoformat()}, LAST)
    assert not is_proposed({"from": LAST.isoformat()}, LAST)
    assert is_proposed({"objection_until": LAST.isoformat()}, LAST)
    assert not is_proposed({"objection_until": LAST.isoformat()}, AFTER)
    assert not is_proposed({}, LAST)


@pytest.mark.parametrize("answer", [ACCEPTED, OBJECTED])
def test_an_answer_touches_one_line_and_bears_its_day(answer: str) -> None:
    lines = [{"id": "a", "service": "one"}, Open("whom else?"), {"id": "b", "answer": "objected"}]
    given = answered(lines, "a", answer, LAST)
    assert given[0] == {
        "id": "a", "service": "one", "answer": answer, "answered_on": LAST.isoformat()
    }  # fmt: skip
    assert given[1:] == lines[1:]
