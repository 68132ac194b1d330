"""Every text a user can read has its bokmål with the same gaps, and no entry is stray."""

from __future__ import annotations

import ast
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

PROJECT = Path(__file__).resolve().parents[1]
SOURCES = sorted(path for part in ("ropa_app", "ui") for path in (PROJECT / part).rglob("*.py"))
CATALOGUES = sorted((PROJECT / "resources" / "i18n" / "nb").glob("*.json"))
MARKS = ("N_", "_")

# The same in both languages, and why.
SAME = {
    "Status": "the same word in Norwegian",
    "System": "the same word in Norwegian",
    "{label}: {text}": "no words",
}


def marked(source: Path) -> Iterator[tuple[int, ast.expr]]:
    """Line and argument of every text marked for translation."""
    for node in ast.walk(ast.parse(source.read_text("utf-8"), source.name)):
        match node:
            case ast.Call(func=ast.Name(id=mark), args=[argument, *_]) if mark in MARKS:
                yield node.lineno, argument


def literals(source: Path) -> Iterator[tuple[int, str]]:
    for line, argument in marked(source):
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield line, argument.value


def entries() -> Iterator[tuple[str, str, str]]:
    """File, English and bokmål of every catalogue entry, repeated keys in one file included."""
    for file in CATALOGUES:
        pairs: list[tuple[str, str]] = json.loads(
            file.read_text("utf-8"), object_pairs_hook=lambda found: found
        )
        yield from ((file.name, english, bokmaal) for english, bokmaal in pairs)


def gaps(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def identify(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


ENTRIES = list(entries())
KNOWN = {english for _, english, _ in ENTRIES}
USED = {text for source in SOURCES for _, text in literals(source)}


def test_there_is_something_to_look_at() -> None:
    assert SOURCES
    assert "Legal basis" in USED
    assert CATALOGUES


@pytest.mark.parametrize("source", SOURCES, ids=identify)
def test_no_text_is_put_together_before_it_is_translated(source: Path) -> None:
    made = (ast.JoinedStr, ast.BinOp, ast.Call)
    assert not [line for line, argument in marked(source) if isinstance(argument, made)]


@pytest.mark.parametrize("source", SOURCES, ids=identify)
def test_every_text_has_its_bokmaal(source: Path) -> None:
    missing = [f"line {line}: {text}" for line, text in literals(source) if text not in KNOWN]
    assert not missing


@pytest.mark.parametrize("file", CATALOGUES, ids=identify)
def test_no_translation_is_empty_or_still_english(file: Path) -> None:
    mine = [(english, nb) for name, english, nb in ENTRIES if name == file.name]
    assert not [english for english, nb in mine if not nb.strip()]
    assert not [english for english, nb in mine if nb == english and english not in SAME]


@pytest.mark.parametrize("file", CATALOGUES, ids=identify)
def test_the_gaps_of_a_sentence_are_kept(file: Path) -> None:
    mine = [(english, nb) for name, english, nb in ENTRIES if name == file.name]
    assert not [english for english, nb in mine if gaps(english) != gaps(nb)]


@pytest.mark.parametrize("file", CATALOGUES, ids=identify)
def test_no_entry_is_stray(file: Path) -> None:
    mine = [english for name, english, _ in ENTRIES if name == file.name]
    assert not [english for english in mine if english not in USED]
    assert len(mine) == len(set(mine)), "an entry stands twice"


def test_one_english_text_has_one_bokmaal() -> None:
    """All catalogues are read into one, so two that differ would hide each other."""
    ways: dict[str, set[str]] = defaultdict(set)
    for _, english, bokmaal in ENTRIES:
        ways[english].add(bokmaal)
    assert not {english: found for english, found in ways.items() if len(found) > 1}
