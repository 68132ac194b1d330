"""Backups: when they are made, which are kept, and that only a whole one comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ropa_app.errors import UserError
from ropa_app.model.record import Record
from ropa_app.register import backup
from ropa_app.register.backup import Backup, outdated
from ropa_app.register.entry import set_fields
from ropa_app.register.restore import restore
from ropa_app.register.store import Register
from ropa_app.register.verify import verify

NEWEST = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)  # a Wednesday


def backups(moments: list[datetime], size: int = 1000) -> list[Backup]:
    return [Backup(Path(f"{m:%Y%m%dT%H%M%S}.ropa"), "r", m, "1-a", size) for m in moments]


def kept_days(moments: list[datetime], most_bytes: int = 10**9) -> list[str]:
    everything = backups(moments)
    dropped = {item.path for item in outdated(everything, most_bytes)}
    kept = [item for item in everything if item.path not in dropped]
    return sorted((f"{item.moment:%Y-%m-%d}" for item in kept), reverse=True)


def test_seven_days_four_weeks_twelve_months_are_kept() -> None:
    moments = [NEWEST - timedelta(days=n) for n in range(500)]
    assert kept_days(moments) == [
        "2026-11-25", "2026-11-24", "2026-11-23", "2026-11-22", "2026-11-21", "2026-11-20",
        "2026-11-19",  # seven days
        "2026-11-15", "2026-11-08",  # the newest of four weeks, two of them among the days
        "2026-10-31", "2026-09-30", "2026-08-31", "2026-07-31", "2026-06-30", "2026-05-31",
        "2026-04-30", "2026-03-31", "2026-02-28", "2026-01-31", "2025-12-31",
    ]  # fmt: skip


def test_the_newest_of_a_day_is_kept() -> None:
    moments = [NEWEST - timedelta(hours=n) for n in range(3)]
    dropped = outdated(backups(moments))
    assert {item.moment for item in dropped} == set(moments[1:])


def test_kept_step_by_step_as_all_at_once() -> None:
    """Dropping a little every day keeps as much as the rule promises."""
    kept: list[Backup] = []
    for number in range(500):
        kept += backups([NEWEST + timedelta(days=number)])
        dropped = outdated(kept)
        kept = [item for item in kept if item not in dropped]
    months = {f"{item.moment:%Y-%m}" for item in kept}
    assert len(months) == 12
    assert len(kept) <= backup.DAILY + backup.WEEKLY + backup.MONTHLY


def test_the_oldest_give_way_when_there_is_too_much() -> None:
    moments = [NEWEST - timedelta(days=n) for n in range(7)]
    assert kept_days(moments, most_bytes=3500) == ["2026-11-25", "2026-11-24", "2026-11-23"]


def test_the_newest_is_kept_whatever_its_size() -> None:
    assert kept_days([NEWEST, NEWEST - timedelta(days=1)], most_bytes=10) == ["2026-11-25"]


def test_there_may_be_none() -> None:
    assert outdated([]) == []


# Making


def test_a_backup_is_due_once_a_day(register: Register, fake_clock: Any) -> None:
    assert backup.due(register)
    backup.make_of(register)
    assert not backup.due(register)
    fake_clock.move(hours=3)
    assert not backup.due(register)
    fake_clock.move(days=1)
    assert backup.due(register)


def test_a_day_is_one_of_the_registers_zone(register: Register, fake_clock: Any) -> None:
    """In Oslo, half past midnight on 6 January is still 5 January in UTC."""
    backup.make_of(register)
    fake_clock.set("2026-01-05T22:30:00")
    assert not backup.due(register)
    fake_clock.set("2026-01-05T23:30:00")
    assert backup.due(register)


def test_the_days_that_are_kept_are_those_of_the_zone() -> None:
    moments = [datetime(2026, 1, 5, 22, 30, tzinfo=UTC), datetime(2026, 1, 5, 23, 30, tzinfo=UTC)]
    assert outdated(backups(moments), zone="Europe/Oslo") == []
    assert len(outdated(backups(moments), zone="Europe/London")) == 1


def test_the_backup_of_another_register_is_not_offered_as_its_own(
    register: Register, tmp_path: Path
) -> None:
    made = backup.make_of(register)
    other = tmp_path / "elsewhere" / register.path.name
    other.parent.mkdir()
    other.write_bytes(bytes(5000))
    assert backup.newest_for(register.path) == made
    assert backup.newest_for(other) is None
    with pytest.raises(UserError, match="backup of a file of this name") as caught:
        Register.open(other)
    assert str(made) in str(caught.value)
    assert "newest backup is" not in str(caught.value)


def test_a_moved_register_is_known_by_its_new_place(register: Register, tmp_path: Path) -> None:
    backup.make_of(register)
    register.close()
    moved = tmp_path / "moved" / register.path.name
    moved.parent.mkdir()
    register.path.rename(moved)
    assert backup.newest_for(moved) is None
    with Register.open(moved) as again:
        backup.make_of(again)
    assert backup.newest_for(moved) is not None


def test_none_is_made_while_the_log_stands_still(register: Register, fake_clock: Any) -> None:
    first = backup.make_of(register)
    assert first is not None
    fake_clock.move(days=1)
    assert backup.make_of(register) is None
    set_fields(register, "O-001", {"note": "changed"})
    second = backup.make_of(register)
    assert backup.backups_of(register.id) == [first, second]
    assert backup.newest_for(register.path) == second


def test_a_backup_is_whole_and_alone(register: Register, surroundings: Path) -> None:
    made = backup.make_of(register)
    assert made is not None
    assert made.is_relative_to(surroundings)
    found = [path for path in surroundings.rglob("*") if path.is_file()]
    assert [path for path in found if path.name != "places.json"] == [made]
    with Register.open(made) as copy:
        assert verify(copy) == []
        assert copy.head() == register.head()


def test_old_backups_are_dropped_as_new_ones_are_made(register: Register, fake_clock: Any) -> None:
    for day in range(40):
        fake_clock.move(days=1)
        set_fields(register, "O-001", {"note": f"day {day}"})
        backup.make_of(register)
    kept = backup.backups_of(register.id)
    assert 9 <= len(kept) <= 13


def test_the_command_line_backs_up_before_the_first_edit_of_a_day(
    register_path: Path, cli: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def edit_at(moment: str, note: str) -> int:
        monkeypatch.setenv("ROPA_NOW", moment)
        assert cli("set", register_path, "O-001", f"note={note}").status == 0
        with Register.open(register_path) as register:
            return len(backup.backups_of(register.id))

    assert edit_at("2026-02-01T10:00:00+00:00", "a") == 1
    assert edit_at("2026-02-01T15:00:00+00:00", "b") == 1
    assert edit_at("2026-02-02T10:00:00+00:00", "c") == 2


def test_a_failing_backup_stops_no_edit(
    register_path: Path, cli: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be", "utf-8")
    monkeypatch.setenv("ROPA_HOME", str(blocked))
    answer = cli("set", register_path, "O-001", "note=still saved")
    assert answer.status == 0
    assert "No backup could be made" in answer.err
    with Register.open(register_path) as register:
        assert register.get("O-001")["note"] == "still saved"


# Restoring


def test_a_restored_register_is_whole_and_not_undone_past_it(
    register: Register, fill: Callable[..., Record], tmp_path: Path
) -> None:
    fill(register, "party", name="One")
    made = backup.make_of(register)
    assert made is not None
    content = made.read_bytes()
    set_fields(register, "P-001", {"name": "Later"})
    target = tmp_path / "restored.ropa"
    number = restore(made, target)
    with Register.open(target, writable=True) as restored:
        assert verify(restored) == []
        assert restored.get("P-001")["name"] == "One"
        assert restored.operation(number).kind == "restore"
        assert restored.id == register.id
        with pytest.raises(UserError, match="nothing to undo"):
            restored.undo()
    assert made.read_bytes() == content


def test_a_damaged_backup_is_refused(register: Register, tmp_path: Path) -> None:
    made = backup.make_of(register)
    assert made is not None
    content = bytearray(made.read_bytes())
    place = content.index("Prøve AS".encode())
    content[place] ^= 1
    made.write_bytes(content)
    target = tmp_path / "restored.ropa"
    with pytest.raises(UserError, match="is damaged"):
        restore(made, target)
    made.write_bytes(content[: len(content) // 2])
    with pytest.raises(UserError, match="is truncated"):
        restore(made, target)
    assert not target.exists()
    assert not list(tmp_path.glob(".*"))


def test_nothing_is_overwritten(register: Register, tmp_path: Path) -> None:
    made = backup.make_of(register)
    assert made is not None
    target = tmp_path / "there.ropa"
    target.write_text("mine", "utf-8")
    with pytest.raises(UserError, match="exists already"):
        restore(made, target)
    with pytest.raises(UserError, match="exists already"):
        backup.copy(register.connection, target)
    assert target.read_text("utf-8") == "mine"
