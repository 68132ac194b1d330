"""The concepts that the layouts of the authorities ask for, each with its home in the model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ropa_app.cli import main
from ropa_app.model.field import walk
from ropa_app.model.kinds import ALL_KINDS

FILE = Path(__file__).resolve().parents[1] / "data" / "concepts.json"
CONCEPTS: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8"))
PATHS = {f"{kind.key}.{path}" for kind in ALL_KINDS for path, _field in walk(kind.fields)}
ARTICLES = {
    f"{kind.key}.{path}": field.article for kind in ALL_KINDS for path, field in walk(kind.fields)
}
LOG = ("reference", "created", "last_updated")


def named(concept: dict[str, Any]) -> str:
    return f"{concept['number']} {concept['concept']}"


def test_all_concepts_are_there_once() -> None:
    assert [concept["number"] for concept in CONCEPTS] == list(range(1, 68))
    assert len({concept["concept"] for concept in CONCEPTS}) == 67


@pytest.mark.parametrize("concept", CONCEPTS, ids=named)
def test_every_concept_has_a_home(concept: dict[str, Any]) -> None:
    fields = concept.get("fields", [])
    assert set(fields) <= PATHS
    assert len(fields) == len(set(fields))
    assert fields or concept["log"] in LOG


@pytest.mark.parametrize(
    "point", [f"30(1)({letter})" for letter in "abcdefg"] + ["30(2)(a)", "30(2)(b)"]
)
def test_every_point_of_art_30_stands_at_a_field(point: str) -> None:
    marked = [path for path, article in ARTICLES.items() if point in article.split(", ")]
    assert marked


@pytest.fixture
def logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> dict[str, str]:
    """What the commands of the log concepts say of an activity added and changed later."""
    monkeypatch.setenv("ROPA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ROPA_LANGUAGE", "en")
    register, data = str(tmp_path / "r.ropa"), tmp_path / "a.json"
    data.write_text('{"name": "Orders"}', "utf-8")
    steps = (
        ("2026-01-05T10:00:00+00:00", ["new", register, "--name", "Trial"]),
        ("2026-02-10T10:00:00+00:00", ["add", register, "activity", "--json", str(data)]),
        ("2026-03-15T10:00:00+00:00", ["set", register, "A-001", "owner=Kari"]),
    )
    for moment, arguments in steps:
        monkeypatch.setenv("ROPA_NOW", moment)
        assert main(arguments) == 0
    capsys.readouterr()
    said = {}
    for concept in CONCEPTS:
        if "log" in concept:
            arguments = concept["command"].replace("REGISTER", register).split()
            assert main([*arguments[1:], "--json"]) == 0
            said[concept["log"]] = capsys.readouterr().out
    return said


def test_what_the_log_knows_is_shown_by_its_command(logged: dict[str, str]) -> None:
    assert set(logged) == set(LOG)
    assert '"ref":"A-001"' in logged["reference"]
    assert "2026-02-10" in logged["created"]
    assert "2026-03-15" in logged["last_updated"]
    assert "2026-01-05" not in logged["last_updated"]
