"""What `make run` does on a machine without a display."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ropa_app import first_run
from ropa_app.register.store import Register

MADE = ["ico-controller.xlsx", "protokoll.xlsx", "record.pdf", "safeguards.pdf", "smartgroup.ropa"]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_it_makes_everything_and_says_so(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert first_run.main([]) == 0
    said = capsys.readouterr()
    assert sorted(path.name for path in (place / "out").iterdir()) == MADE
    assert said.err == ""
    for name in MADE:
        assert str(Path("out") / name) in said.out
    assert "not an official template" in said.out


def test_a_second_run_keeps_what_was_entered(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first_run.main([])
    register = place / "out" / "smartgroup.ropa"
    with Register.open(register, writable=True) as opened:
        from ropa_app.register.entry import set_fields

        set_fields(opened, "P-010", {"name": "Entered here"})
    before = register.read_bytes()
    (place / "out" / "record.pdf").write_bytes(b"old")
    capsys.readouterr()
    assert first_run.main([]) == 0
    assert "left as it is" in capsys.readouterr().out
    assert register.read_bytes() == before
    assert (place / "out" / "record.pdf").read_bytes().startswith(b"%PDF")


def test_it_speaks_bokmaal(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROPA_LANGUAGE", "nb")
    assert first_run.main([]) == 0
    said = capsys.readouterr().out
    assert "personvernerklæringen" in said
    assert "ikke en offisiell mal" in said


def test_a_place_that_cannot_be_written_is_said(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "out").write_text("a file where the folder should be", "utf-8")
    assert first_run.main([]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert "out" in said.err


def test_a_document_that_is_open_elsewhere_is_said(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "out" / "protokoll.xlsx").mkdir(parents=True)
    assert first_run.main([]) == 2
    said = capsys.readouterr()
    assert str(Path("out") / "protokoll.xlsx") in said.err
    assert len(said.err.splitlines()) == 1


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_read_only_folder_is_said(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "out").mkdir(mode=0o555)
    assert first_run.main([]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
