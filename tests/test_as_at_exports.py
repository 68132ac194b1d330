"""What an export gave yesterday, it gives today with --as-at yesterday, byte for byte."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ropa_app.cli import main
from ropa_app.exports.layout import WRITERS, layouts

CASES = [
    (layout.id, WRITERS[layout.writer], lang) for layout in layouts() for lang in layout.languages
]


@pytest.fixture(scope="module")
def two_days(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A register exported on one day, then changed on the next: (exports of day one, register)."""
    place = tmp_path_factory.mktemp("two days")
    register = place / "nordlys.ropa"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROPA_HOME", str(place / "home"))
        patch.setenv("SOURCE_DATE_EPOCH", "1795300000")
        patch.setenv("ROPA_NOW", "2026-11-21T18:00:00+01:00")
        assert main(["sample", "nordlys", str(register)]) == 0
        for layout, suffix, lang in CASES:
            out = place / f"{layout}-{lang}.{suffix}"
            assert main(["export", str(register), layout, "--out", str(out), "--lang", lang]) == 0
        patch.setenv("ROPA_NOW", "2026-11-22T09:00:00+01:00")
        for command in (
            ["set", str(register), "O-001", "name=Another name AS", "address=Elsewhere 1"],
            ["set", str(register), "A-001", "name=Renamed today"],
            ["set", str(register), "P-001", "name=Renamed party", "country=India"],
            ["delete", str(register), "A-003"],
            ["delete", str(register), "T-001"],
            ["merge", str(register), "P-002", "P-004"],
            ["undo", str(register)],
            ["term", "add", str(register), "purpose", "A purpose of today"],
        ):
            assert main(command) == 0, command
    return place, register


@pytest.mark.parametrize(("layout", "suffix", "lang"), CASES)
def test_the_export_of_yesterday_comes_again(
    two_days: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    layout: str, suffix: str, lang: str,
) -> None:  # fmt: skip
    place, register = two_days
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795300000")
    monkeypatch.setenv("ROPA_NOW", "2026-11-22T10:00:00+01:00")
    arguments = ["export", str(register), layout, "--lang", lang, "--out"]
    again, today = tmp_path / f"again.{suffix}", tmp_path / f"today.{suffix}"
    assert main([*arguments, str(again), "--as-at", "2026-11-21"]) == 0
    assert main([*arguments, str(today)]) == 0
    then = place / f"{layout}-{lang}.{suffix}"
    assert again.read_bytes() == then.read_bytes()
    assert today.read_bytes() != then.read_bytes()


def test_reading_and_exporting_leave_the_register_as_it_is(
    two_days: tuple[Path, Path], tmp_path: Path
) -> None:
    copy = tmp_path / "copy.ropa"
    shutil.copyfile(two_days[1], copy)
    before = copy.read_bytes()
    for command in (
        ["export", str(copy), "full", "--out", str(tmp_path / "full.xlsx")],
        ["check", str(copy)], ["list", str(copy), "activity"], ["verify", str(copy)],
        ["history", str(copy)], ["info", str(copy)], ["show", str(copy), "A-001"],
    ):  # fmt: skip
        assert main(command) in (0, 1), command
    assert copy.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.ropa", "full.xlsx"]
