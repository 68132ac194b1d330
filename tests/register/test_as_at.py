"""The register as it stood: days in its own time zone, moments, and before it began."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from ropa_app.errors import UserError
from ropa_app.model.kinds import KINDS
from ropa_app.model.record import Record
from ropa_app.register.diff import differences
from ropa_app.register.entry import set_deleted, set_fields
from ropa_app.register.loading import load_view
from ropa_app.register.merge import merge
from ropa_app.register.past import register_as_at
from ropa_app.register.store import Register

Fill = Callable[..., Record]


def note_at(register: Register, as_at: str | None) -> object:
    organisation = load_view(register, as_at).by_ref("O-001")
    assert organisation is not None
    return organisation["note"]


def set_note(register: Register, fake_clock: Any, moment: str, text: str) -> None:
    fake_clock.set(moment)
    set_fields(register, "O-001", {"note": text})


def test_the_day_before_on_and_after(register: Register, fake_clock: Any) -> None:
    set_note(register, fake_clock, "2026-02-10T10:00:00", "first")
    set_note(register, fake_clock, "2026-02-20T10:00:00", "second")
    expected = {
        "2026-02-09": None, "2026-02-10": "first", "2026-02-11": "first",
        "2026-02-19": "first", "2026-02-20": "second", "2026-02-21": "second",
    }  # fmt: skip
    fake_clock.set("2026-02-21T10:00:00")
    assert {day: note_at(register, day) for day in expected} == expected
    assert note_at(register, None) == "second"


@pytest.mark.parametrize(
    ("before", "after", "day"),
    [
        # Midnight in Oslo is 23:00 UTC in winter and 22:00 UTC in summer.
        ("2026-02-10T22:59:59.999", "2026-02-10T23:00:00.000", "2026-02-10"),
        ("2026-07-10T21:59:59.999", "2026-07-10T22:00:00.000", "2026-07-10"),
        # The night to 29 March loses an hour, the one to 25 October has one twice.
        ("2026-03-28T22:59:59.999", "2026-03-28T23:00:00.000", "2026-03-28"),
        ("2026-03-29T21:59:59.999", "2026-03-29T22:00:00.000", "2026-03-29"),
        ("2026-10-24T21:59:59.999", "2026-10-24T22:00:00.000", "2026-10-24"),
        ("2026-10-25T22:59:59.999", "2026-10-25T23:00:00.000", "2026-10-25"),
    ],
)
def test_a_day_ends_at_midnight_in_oslo(
    register: Register, fake_clock: Any, before: str, after: str, day: str
) -> None:
    set_note(register, fake_clock, before, "that day")
    set_note(register, fake_clock, after, "the next day")
    view = load_view(register, day)
    assert note_at(register, day) == "that day"
    assert view.day == date.fromisoformat(day)
    assert note_at(register, None) == "the next day"


def test_another_time_zone(register: Register, fake_clock: Any) -> None:
    settings = next(register.records(KINDS["register"]))
    set_fields(register, settings.id, {"time_zone": "Asia/Tokyo"})
    set_note(register, fake_clock, "2026-02-10T14:59:00", "the tenth in Tokyo")
    set_note(register, fake_clock, "2026-02-10T15:01:00", "the eleventh in Tokyo")
    assert note_at(register, "2026-02-10") == "the tenth in Tokyo"
    assert note_at(register, "2026-02-11") == "the eleventh in Tokyo"


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-02-10T09:59:59Z", None),
        ("2026-02-10T10:00:00Z", "first"),
        ("2026-02-10T10:59:59+01:00", None),
        ("2026-02-10T11:00:00+01:00", "first"),
        ("2026-02-10T10:59", None),
        ("2026-02-10T11:00", "first"),
        ("2026-02-10 11:30", "second"),
    ],
)
def test_a_moment_without_a_zone_is_one_of_the_register(
    register: Register, fake_clock: Any, moment: str, expected: str | None
) -> None:
    set_note(register, fake_clock, "2026-02-10T10:00:00", "first")
    set_note(register, fake_clock, "2026-02-10T10:30:00", "second")
    assert note_at(register, moment) == expected


@pytest.mark.parametrize("as_at", ["2026-01-04", "2025-12-31", "2026-01-05T08:59", "0001-01-01"])
def test_before_the_register_began(register: Register, as_at: str) -> None:
    with pytest.raises(UserError) as caught:
        load_view(register, as_at)
    assert str(caught.value) == (
        f"The register did not exist on {as_at}; it begins on 2026-01-05."
    )


@pytest.mark.parametrize("as_at", ["yesterday", "2026-13-01", "31.01.2026", "", "2026-02-30", "9"])
def test_what_is_no_date(register: Register, as_at: str) -> None:
    with pytest.raises(UserError, match="is not a date"):
        load_view(register, as_at)


@pytest.mark.parametrize("as_at", ["2026-02-11", "2026-02-11T00:00", "2027-01-01", "2999-12-31"])
@pytest.mark.parametrize("read", [load_view, register_as_at])
def test_a_day_that_has_not_come(
    register: Register, fake_clock: Any, as_at: str, read: Callable[[Register, str], Any]
) -> None:
    fake_clock.set("2026-02-10T22:30:00")  # half past eleven in Oslo
    with pytest.raises(UserError) as caught:
        read(register, as_at)
    assert str(caught.value) == (
        f"{as_at} has not come yet; today is 2026-02-10. Choose today or an earlier day."
    )


def test_today_can_be_named(register: Register, fake_clock: Any) -> None:
    fake_clock.set("2026-02-10T23:30:00")  # the next day in Oslo
    view = load_view(register, "2026-02-11")
    assert view.day == date(2026, 2, 11)
    assert view.head == register.head()


def test_what_a_clock_that_went_ahead_has_written_can_be_looked_at(
    register: Register, fake_clock: Any
) -> None:
    set_note(register, fake_clock, "2026-03-01T10:00:00", "too early")
    fake_clock.set("2026-02-01T10:00:00")
    assert note_at(register, "2026-03-01") == "too early"
    with pytest.raises(UserError, match="today is 2026-02-01"):
        load_view(register, "2026-03-02")


def test_created_deleted_and_merged_records_go_back_too(
    register: Register, fill: Fill, fake_clock: Any
) -> None:
    fake_clock.set("2026-02-01T10:00:00")
    fill(register, "party", name="Kept")
    fill(register, "party", name="Other")
    fill(register, "agreement", name="DPA", party="P-002")
    other = register.get("P-002").id
    fake_clock.set("2026-02-02T10:00:00")
    merge(register, "P-001", "P-002", "2026-02-02T10:00:00.000Z")
    fake_clock.set("2026-02-03T10:00:00")
    set_deleted(register, "D-001", True, "2026-02-03T10:00:00.000Z")

    def state(day: str) -> tuple[int, int, bool]:
        view = load_view(register, day)
        agreements = view.of("agreement")
        linked = bool(agreements) and agreements[0]["party"] == other
        return len(view.of("party")), len(agreements), linked

    assert state("2026-01-31") == (0, 0, False)
    assert state("2026-02-01") == (2, 1, True)
    assert state("2026-02-02") == (1, 1, False)
    assert state("2026-02-03") == (1, 0, False)
    assert load_view(register, "2026-02-01").links_to(other)


def test_several_edits_of_one_field_in_one_day(register: Register, fake_clock: Any) -> None:
    for hour, text in ((8, "a"), (9, "b"), (10, "c")):
        set_note(register, fake_clock, f"2026-02-10T{hour:02}:00:00", text)
    register.undo()
    assert note_at(register, "2026-02-10") == "b"
    assert note_at(register, "2026-02-09") is None


def test_the_head_is_that_of_the_day(register: Register, fake_clock: Any) -> None:
    set_note(register, fake_clock, "2026-02-10T10:00:00", "first")
    head = register.head()
    set_note(register, fake_clock, "2026-02-11T10:00:00", "second")
    assert load_view(register, "2026-02-10").head == head


def test_yesterday_from_today_is_what_it_was(
    register: Register, fill: Fill, fake_clock: Any
) -> None:
    fill(register, "party", name="One", country="NO")
    yesterday = load_view(register)
    fake_clock.move(days=1)
    set_fields(register, "P-001", {"country": "SE", "note": "moved"})
    fill(register, "party", name="Two")
    again = load_view(register, "2026-01-05")
    assert again.records == yesterday.records
    assert again.head == yesterday.head
    found = [(d.what, d.record.ref, d.field) for d in differences(again, load_view(register))]
    assert found == [
        ("changed", "P-001", "country"), ("changed", "P-001", "note"), ("added", "P-002", ""),
    ]  # fmt: skip
