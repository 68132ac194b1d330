"""What is said: harmless to the console, in the days of the register, and true when things fail."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]
Process = Callable[..., "subprocess.CompletedProcess[bytes]"]
POSIX = pytest.mark.skipif(os.name == "nt", reason="pipes and devices of POSIX")
EVIL = "Evil \x1b]0;owned\x07\x9b31m\u202egnp.exe"


def add(cli: Cli, kind: str, **fields: Any) -> str:
    Path("given.json").write_text(json.dumps(fields), "utf-8")
    answer = cli("add", "s.ropa", kind, "--json", "given.json")
    assert answer.status == 0, answer.err
    said: str = answer.out.strip()
    return said


@pytest.mark.parametrize(
    "line",
    ["list s.ropa party", "show s.ropa {ref}", "history s.ropa", "diff s.ropa --from 2026-11-21",
     "show s.ropa {ref} --json", "list s.ropa party --json", "check s.ropa --lang nb"],
)  # fmt: skip
def test_no_text_commands_the_console(place: Path, cli: Cli, line: str) -> None:
    ref = add(cli, "party", name=EVIL, country=EVIL, note=EVIL)
    add(cli, "activity", name=EVIL, recipients=[{"party": ref}])
    cli("set", "s.ropa", ref, "parent=P-001")
    answer = cli(*line.format(ref=ref).split())
    assert "Evil" in answer.out
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", answer.out + answer.err)
    if line.startswith("show") and "--json" in line:
        assert json.loads(answer.out)["fields"]["name"] == EVIL


def test_an_error_does_not_command_the_console_either(place: Path, cli: Cli) -> None:
    answer = cli("show", "s.ropa", EVIL)
    assert answer.status == 2
    assert "Evil" in answer.err
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", answer.err)


@pytest.fixture
def at_night(place: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> str:
    """A party deleted when it was the tenth in London and the eleventh in Oslo."""
    monkeypatch.setenv("ROPA_NOW", "2030-06-10T22:30:00+00:00")
    ref = add(cli, "party", name="Night AS")
    cli("delete", "s.ropa", ref)
    return ref


def test_days_are_those_of_the_register(at_night: str, cli: Cli) -> None:
    assert "Deleted on 2030-06-11" in cli("show", "s.ropa", at_night).out
    history = cli("history", "s.ropa", at_night).out
    assert "2030-06-11 00:30" in history
    assert "2030-06-10" not in history
    assert "2030-06-11 00:30" in cli("info", "s.ropa").out
    assert "2030-06-11" in cli("list", "s.ropa", "party", "--deleted").out
    head = json.loads(cli("info", "s.ropa", "--json").out)["hash"]
    assert "2030-06-11 00:30" in cli("verify", "s.ropa", "--contains", head).out
    assert "2030-06-11 00:30" in cli("undo", "s.ropa").out


def test_the_deleted_are_listed_and_can_be_brought_back(at_night: str, cli: Cli) -> None:
    assert at_night not in cli("list", "s.ropa", "party").out
    listed = cli("list", "s.ropa", "party", "--deleted")
    assert listed.out.splitlines()[1].startswith(at_night)
    assert len(listed.out.splitlines()) == 3
    found = json.loads(cli("list", "s.ropa", "party", "--deleted", "--json").out)
    assert [item["ref"] for item in found] == [at_night]
    assert found[0]["deleted"] == "2030-06-10T22:30:00.000Z"
    cli("restore-record", "s.ropa", at_night)
    assert json.loads(cli("list", "s.ropa", "party", "--deleted", "--json").out) == []


def test_a_merged_record_says_what_it_became(place: Path, cli: Cli) -> None:
    assert cli("merge", "s.ropa", "P-001", "P-002").status == 0
    assert "→ P-001" in cli("list", "s.ropa", "party", "--deleted").out
    answer = cli("set", "s.ropa", "P-002", "note=Seen")
    assert answer.out.splitlines() == ["P-002 was merged into P-001.", "Changed P-001."]
    assert "P-002 Merged into: – → " in cli("history", "s.ropa", "P-002").out
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}", cli("history", "s.ropa", "P-002").out)


@pytest.mark.parametrize("text", ["20300610", "2030-06-10", "2030-W24-1"])
def test_a_date_is_the_end_of_its_day_however_it_is_written(
    place: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("ROPA_NOW", "2030-06-10T15:00:00+02:00")
    add(cli, "party", name="Late AS")
    assert cli("diff", "s.ropa", "--from", text).out == "No difference.\n"
    assert "Late AS" in cli("diff", "s.ropa", "--from", "2030-06-10T14:59").out


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("ROPA_NOW", "foo", "info s.ropa"),
        ("ROPA_NOW", "0001-01-01T00:00+14:00", "info s.ropa"),
        ("SOURCE_DATE_EPOCH", "abc", "export s.ropa full --out o.xlsx"),
        ("SOURCE_DATE_EPOCH", "9" * 30, "export s.ropa full --out o.xlsx"),
    ],
)
def test_a_wrong_clock_is_said(
    place: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch, name: str, value: str, line: str
) -> None:
    monkeypatch.setenv(name, value)
    answer = cli(*line.split())
    assert answer.status == 2
    assert answer.err.startswith(f"ropa: {name} is “{value}”")
    assert len(answer.err.splitlines()) == 1


@POSIX
@pytest.mark.parametrize("line", ["list s.ropa party", "info s.ropa --json", "--help"])
def test_a_full_disk_under_the_answer_is_said(place: Path, line: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "ropa_app", *line.split()],
            stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert b"could not be written" in done.stderr


@POSIX
@pytest.mark.parametrize(
    "line", ["check bad.ropa", "check bad.ropa --json", "diff bad.ropa s.ropa"]
)
def test_a_closed_pipe_keeps_the_status(place: Path, cli: Cli, line: str) -> None:
    cli("new", "bad.ropa", "--name", "Bad AS")
    Path("activity.json").write_text('{"name": "Payroll", "status": "Approved"}', "utf-8")
    cli("add", "bad.ropa", "activity", "--json", "activity.json")
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "ropa_app", *line.split()],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=place,
    ) as running:  # fmt: skip
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert running.stderr.read() == b""
        running.wait()
    assert running.returncode == 1


@pytest.mark.parametrize("depth", [60, 900, 90_000])
def test_json_nested_too_deeply_is_said(place: Path, cli: Cli, depth: int) -> None:
    Path("deep.json").write_text('{"name": ' + "[" * depth + "]" * depth + "}", "utf-8")
    answer = cli("add", "s.ropa", "party", "--json", "deep.json")
    assert answer.status == 2
    assert answer.err == "ropa: deep.json is not JSON that can be read.\n"


@pytest.mark.parametrize("label", ["nonsense", "[]", '{"do": ["x"]}', '{"do": "set", "fields": 5}'])
def test_the_history_bears_a_label_it_cannot_read(place: Path, cli: Cli, label: str) -> None:
    with closing(sqlite3.connect("s.ropa")) as other, other:
        other.execute("UPDATE op SET label = ? WHERE seq = 2", (label,))
    answer = cli("history", "s.ropa")
    assert answer.status == 0
    assert re.search(r"^ +2 .*Changed", answer.out, re.MULTILINE)


def test_what_is_wrong_inside_does_not_promise_that_nothing_was_done(
    place: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("ropa_app.cli.records._say_unread", fail)
    answer = cli("set", "s.ropa", "P-001", "name=Another")
    assert answer.status == 2
    assert "Look at the history" in answer.err
    assert "Another" in cli("history", "s.ropa", "P-001").out


@pytest.mark.parametrize("more", [[], ["--contains", "0" * 12]])
def test_verify_answers_in_json_whatever_the_file_is(
    place: Path, cli: Cli, more: list[str]
) -> None:
    answer = cli("verify", "cut.ropa", "--json", *more)
    assert answer.status == 1
    found = json.loads(answer.out)
    assert (found["operation"], found["hash"]) == (None, None)
    assert "cut.ropa" in found["problems"][0]["message"]


def test_an_own_term_belongs_to_one_open_vocabulary(place: Path, cli: Cli) -> None:
    ref = cli("term", "add", "s.ropa", "sector", "Drone delivery").out.strip()
    Path("term.json").write_text('{"name": "X", "vocabulary": "nonsense"}', "utf-8")
    answer = cli("add", "s.ropa", "term", "--json", "term.json")
    assert answer.status == 2
    assert "no vocabulary “nonsense”" in answer.err
    answer = cli("set", "s.ropa", ref, "vocabulary=legal-basis")
    assert answer.status == 2
    assert "given by the law" in answer.err


def test_an_own_term_of_another_vocabulary_is_not_read(place: Path, cli: Cli) -> None:
    ref = cli("term", "add", "s.ropa", "sector", "Drone delivery").out.strip()
    identifier = json.loads(cli("show", "s.ropa", ref, "--json").out)["id"]
    for text in (ref, identifier):
        assert "could not be read" in cli("set", "s.ropa", "A-001", f"status={text}").err
    party = add(cli, "party", name="Drones AS", sectors=[ref])
    assert "Drone delivery" in cli("show", "s.ropa", party).out
    both = [
        {"key": "mine", "name": "My sector", "vocabulary": "sector"},
        {"key": "flag", "name": "My data", "vocabulary": "data-category"},
    ]
    Path("terms.json").write_text(json.dumps(both), "utf-8")
    assert cli("add", "s.ropa", "term", "--json", "terms.json").status == 0


def test_a_deleted_own_term_still_names_what_old_records_hold(place: Path, cli: Cli) -> None:
    ref = cli("term", "add", "s.ropa", "sector", "Drone delivery", "--nb", "Droner").out.strip()
    party = add(cli, "party", name="Drones AS", sectors=[ref])
    cli("delete", "s.ropa", ref)
    assert "Drone delivery (deleted)" in cli("show", "s.ropa", party).out
    assert "could not be read" in cli("set", "s.ropa", party, f"sectors={ref}").err


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ({"row": "nowhere", "to": "2026-01-01"}, "no row “nowhere”"),
        ({"regime": "us", "code": "IN", "standing": "adequate", "from": "2026-01-01"}, "eu, uk"),
        ({"regime": "eu", "code": "IN", "standing": "good", "from": "2026-01-01"}, "“standing”"),
    ],
)
def test_a_wrong_correction_of_the_law_data_is_refused_when_it_is_set(
    place: Path, cli: Cli, line: dict[str, str], problem: str
) -> None:
    good = {"regime": "uk", "code": "IN", "standing": "adequate", "from": "2026-01-01"}
    Path("overlay.json").write_text(json.dumps([good, line]), "utf-8")
    answer = cli("set", "s.ropa", "REG-001", "reference_overlay=@overlay.json")
    assert answer.status == 2
    place_of_it = "ropa: Correction 2 to the law data in reference_overlay of REG-001: "
    assert answer.err.startswith(place_of_it)
    assert problem in answer.err
    assert "reference_overlay" not in cli("show", "s.ropa", "REG-001", "--json").out


@pytest.mark.parametrize("day", [{"open": "when?"}, "31.02.2026"])
def test_a_correction_without_its_day_corrects_nothing_yet(
    place: Path, cli: Cli, day: object
) -> None:
    Path("overlay.json").write_text(json.dumps([{"row": "eu-eea-AT", "to": day}]), "utf-8")
    answer = cli("set", "s.ropa", "REG-001", "reference_overlay=@overlay.json")
    assert answer.status == 0
    assert ("could not be read" in answer.err) is isinstance(day, str)
    assert cli("export", "s.ropa", "protokoll", "--out", "o.xlsx").status == 0


def test_an_agreement_says_its_status_and_why(place: Path, cli: Cli) -> None:
    line = ("kind=none-needed", "reason_none=It decides on its own.")
    cli("set", "s.ropa", "D-001", *line)
    shown = cli("show", "s.ropa", "D-001").out.splitlines()
    assert shown[1:3] == ["Not required", "No agreement is needed: It decides on its own."]


@pytest.mark.parametrize("text", ["first\nsecond", "long " * 10_000, "\n\n=x\r\n"])
def test_what_is_said_of_odd_input_is_one_line(text: str, place: Path, cli: Cli) -> None:
    wrong = (("P-001", f"country={text}"), (f"P-{text}", "note=x"), ("P-001", f"parent={text}"))
    for line in wrong:
        said = cli("set", "s.ropa", *line).err
        assert said.count("\n") == 1
        assert len(said) < 1200


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_search_keeps_all(blank: str, place: Path, cli: Cli) -> None:
    every = cli("list", "s.ropa", "party").out
    assert cli("list", "s.ropa", "party", "--search", blank).out == every
