"""What a second look found: selections that denied transfers, and input that lost something."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

Cli = Callable[..., Any]


@pytest.fixture
def smartgroup(tmp_path: Path, cli: Cli) -> Path:
    path = tmp_path / "s.ropa"
    assert cli("sample", "smartgroup", path).status == 0
    return path


def test_an_open_transfer_is_not_denied_for_one_activity(
    smartgroup: Path, tmp_path: Path, cli: Cli
) -> None:
    out = tmp_path / "s.pdf"
    assert cli("export", smartgroup, "safeguards", "--ref", "A-001", "--out", out).status == 0
    text = " ".join(page.extract_text() for page in PdfReader(out).pages)
    assert "is recorded on this day" not in text
    assert "Recipient not yet confirmed" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["safeguards", "--ref", "T-038"], "T-038 has ended"),
        (["record", "--organisation", "O-002", "--ref", "A-001"], "not carried out by O-002"),
        (["ico-controller", "--organisation", "O-002", "--ref", "A-001"], "not carried out by"),
    ],
)
def test_a_selection_that_leaves_nothing_is_refused(
    arguments: list[str], said: str, tmp_path: Path, cli: Cli
) -> None:
    register, out = tmp_path / "n.ropa", tmp_path / "n.out"
    assert cli("sample", "nordlys", register).status == 0
    answer = cli("export", register, *arguments, "--out", out)
    assert answer.status == 2
    assert said in answer.err
    assert not out.exists()


def test_a_field_twice_in_json_is_refused(smartgroup: Path, tmp_path: Path, cli: Cli) -> None:
    source = tmp_path / "twice.json"
    source.write_text('{"name": "One", "name": "Two"}', encoding="utf-8")
    answer = cli("add", smartgroup, "party", "--json", source)
    assert answer.status == 2
    assert "given twice" in answer.err


@pytest.mark.parametrize("option", ["--open", "--not-applicable"])
def test_a_state_without_words_is_refused(option: str, smartgroup: Path, cli: Cli) -> None:
    answer = cli("set", smartgroup, "P-001", option, "address=")
    assert answer.status == 2
    assert "address" in answer.err
    shown = json.loads(cli("show", smartgroup, "P-001", "--json").out)
    assert "address" not in shown["fields"] or shown["fields"]["address"] != {"open": ""}
