"""Timelines: which days stand on them, what is said above, and that no words overlap."""

from __future__ import annotations

import itertools
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa_app.exports.picture import Box, Dot, Picture, Text, about_width
from ropa_app.exports.picture_timeline import draw_timeline, scale_of
from ropa_app.exports.timeline import (
    STATUS_LOOKS,
    Mark,
    Timeline,
    agreement_standing,
    agreement_timeline,
    transfer_standing,
    transfer_timelines,
)
from ropa_app.model.record import Record
from ropa_app.model.state import Open
from ropa_app.model.vocabulary import vocabulary
from ropa_app.register.view import Head, View

DAY = date(2026, 11, 24)


def register(kind: str, **values: Any) -> tuple[View, Record]:
    record = Record(kind, 1, str(uuid.uuid4()), values)
    company = Record("organisation", 1, str(uuid.uuid4()), {
        "name": "Prøve AS", "country": "NO",
        "regimes": [{"id": "r1", "regime": "eu", "reason": "eu-3-1"},
                    {"id": "r2", "regime": "uk", "reason": "uk-3-2-a"}]})  # fmt: skip
    return View([company, record], DAY, Head(1, "0" * 64, "2026-11-24T12:00:00.000Z")), record


def agreement(**values: Any) -> Timeline:
    view, record = register("agreement", **values)
    return agreement_timeline(view, record, view.words("en"))


def test_every_status_of_an_agreement_has_a_look() -> None:
    assert set(vocabulary("agreement-status").terms) <= set(STATUS_LOOKS)


def test_the_days_of_an_agreement_stand_in_their_order() -> None:
    found = agreement(signed="2024-02-02", expires="2028-02-02", review="2027-08-01",
                      evidence="seen")  # fmt: skip
    assert [(mark.label, mark.date) for mark in found.marks] == [
        ("Signed", "2 Feb 2024"), ("Today", "24 Nov 2026"), ("Review", "1 Aug 2027"),
        ("Expires", "2 Feb 2028"),
    ]  # fmt: skip
    assert (found.start, found.until, found.role) == (date(2024, 2, 2), DAY, "ok")
    assert found.ends


def test_days_that_fall_together_share_a_mark() -> None:
    found = agreement(signed="2024-02-02", effective="2024-02-02", evidence="seen")
    assert [mark.label for mark in found.marks] == ["Signed, in force from", "Today"]
    assert not found.ends


def test_an_expired_agreement_is_coloured_up_to_its_end() -> None:
    found = agreement(signed="2020-01-01", expires="2024-01-01", evidence="seen")
    assert (found.until, found.role) == (date(2024, 1, 1), "bad")


def test_days_nobody_knows_leave_no_mark() -> None:
    found = agreement(signed=Open("When?"), evidence="claimed")
    assert found.empty
    assert found.start is None


def test_the_status_is_said_with_its_reason() -> None:
    view, record = register("agreement", signed="2024-02-02", evidence="seen")
    said = agreement_standing(view, record, view.words("nb"))
    assert (said.word, said.role) == ("Gjelder", "ok")
    assert "02.02.2024" in said.reason


def test_a_transfer_has_a_line_for_each_safeguard_by_regime() -> None:
    lines = [
        {"id": "1", "regime": "uk", "mechanism": "scc", "reliance": "relied-on",
         "from": "2025-01-01"},
        {"id": "2", "regime": "eu", "mechanism": "scc", "reliance": "fallback",
         "from": "2024-01-01"},
        {"id": "3", "regime": "eu", "mechanism": "scc", "reliance": "relied-on",
         "from": "2025-01-01", "to": "2027-01-01"},
    ]  # fmt: skip
    view, record = register("transfer", destination="IN", safeguards=lines)
    found = transfer_timelines(view, record, view.words("en"))
    assert [line.role for line in found] == ["ok", "nil", "bad"]
    assert found[0].heading.startswith("GDPR (EU/EEA)  ·  Standard contractual clauses")
    assert [mark.label for mark in found[0].marks] == ["From", "Today", "Until"]
    said = transfer_standing(view, record, view.words("en"))
    assert [one.word for one in said] == ["EU/EEA: safeguard recorded", "UK: safeguard missing"]


def test_a_transfer_that_has_ended_says_so() -> None:
    view, record = register("transfer", destination="IN", to="2025-03-31", safeguards=[])
    (said,) = transfer_standing(view, record, view.words("en"))
    assert said.word == "Ended"
    assert "31 Mar 2025" in said.reason


def spans(picture: Picture) -> list[tuple[float, float, float, float]]:
    found = []
    for item in picture.items:
        if isinstance(item, Text):
            width = about_width(item.text, item.size)
            left = item.x - {"start": 0, "middle": width / 2, "end": width}[item.anchor]
            found.append((left, item.y - item.size, left + width, item.y))
    return found


@given(
    days=st.lists(st.integers(0, 4000), min_size=1, max_size=7, unique=True),
    width=st.integers(220, 900),
)
def test_no_words_overlap_or_leave_the_picture(days: list[int], width: int) -> None:
    marks = tuple(
        Mark(date(2020, 1, 1) + timedelta(days=day), f"Mark {day}", "ok", f"{day} Nov 2026")
        for day in sorted(days)
    )
    line = Timeline("", marks, "ok", marks[0].day, marks[-1].day, True)
    picture = draw_timeline(line, float(width))
    placed = spans(picture)
    for left, top, right, bottom in placed:
        assert left >= -0.01
        assert right <= width + 0.01
        assert top >= 0
        assert bottom <= picture.height
    for one, other in itertools.combinations(placed, 2):
        beside = one[2] <= other[0] + 0.01 or other[2] <= one[0] + 0.01
        assert beside or one[3] <= other[1] or other[3] <= one[1]


def test_the_bar_is_six_high_and_dots_stand_where_their_days_are() -> None:
    found = agreement(signed="2024-11-24", expires="2028-11-24", evidence="seen")
    picture = draw_timeline(found, 400)
    bars = [item for item in picture.items if isinstance(item, Box)]
    dots = [item for item in picture.items if isinstance(item, Dot)]
    assert {bar.height for bar in bars} == {6}
    assert [round(dot.x) for dot in dots] == [6, 200, 394]


def test_lines_of_one_transfer_share_a_scale() -> None:
    early = agreement(signed="2020-01-01", expires="2030-01-01", evidence="seen")
    late = agreement(signed="2026-01-01", expires="2027-01-01", evidence="seen")
    assert scale_of([early, late]) == (date(2020, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize("ends", [True, False])
def test_one_day_alone_can_be_drawn(ends: bool) -> None:
    line = Timeline("", (Mark(DAY, "Today", "text", "24 Nov 2026"),), "ok", None, None, ends)
    assert draw_timeline(line, 300).height > 0
