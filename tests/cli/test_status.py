"""The exit status, and help in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from ropa_app.cli.main import ropa

Cli = Callable[..., Any]
COMMANDS = [*ropa.list_commands(None), "term add"]  # type: ignore[attr-defined,arg-type]


def test_without_a_command_it_helps(cli: Cli) -> None:
    assert cli().status == 0
    assert cli().out == cli("--help").out
    assert cli("term").out == cli("term", "--help").out


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize("command", COMMANDS)
def test_help_in_both_languages(
    command: str, language: str, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROPA_LANGUAGE", language)
    answer = cli(*command.split(), "--help")
    assert answer.status == 0
    assert answer.err == ""
    other = {"en": r"Bruk:|\b(og|ikke|eller|Vis)\b", "nb": r"Usage:|\b(the|and|or|Show)\b"}
    assert not re.search(other[language], answer.out)


def test_every_option_and_command_is_explained() -> None:
    context = click.Context(ropa)
    for name in ropa.list_commands(context):  # type: ignore[attr-defined]
        command = ropa.get_command(context, name)  # type: ignore[attr-defined]
        assert command.help
        for parameter in command.params:
            assert isinstance(parameter, click.Argument) or parameter.help


def test_check_is_1_with_errors_and_0_without(place: Path, cli: Cli) -> None:
    cli("new", "bare.ropa", "--name", "Bare AS")
    Path("activity.json").write_text('{"name": "Payroll", "status": "Approved"}', "utf-8")
    cli("add", "bare.ropa", "activity", "--json", "activity.json")
    answer = cli("check", "bare.ropa")
    assert answer.status == 1
    assert not re.search(r"Errors: 0", answer.out)
    assert cli("check", "s.ropa").status == 0


def test_diff_is_1_with_differences_and_0_without(place: Path, cli: Cli) -> None:
    assert cli("backup", "s.ropa", "--out", "old.ropa").status == 0
    assert cli("diff", "s.ropa", "old.ropa").status == 0
    cli("set", "s.ropa", "P-001", "name=Another")
    answer = cli("diff", "old.ropa", "s.ropa")
    assert answer.status == 1
    assert "P-001 Legal name: Visa → Another" in answer.out


def test_verify_is_1_with_damage_and_0_without(place: Path, cli: Cli) -> None:
    import sqlite3
    from contextlib import closing

    assert cli("verify", "s.ropa").status == 0
    with closing(sqlite3.connect("s.ropa")) as other, other:
        other.execute("UPDATE party SET name = 'Changed' WHERE number = 1")
    answer = cli("verify", "s.ropa")
    assert answer.status == 1
    assert "P-001 name was changed with another program" in answer.out
    hash_of_nothing = "0" * 12
    assert cli("verify", "s.ropa", "--contains", hash_of_nothing).status == 1
