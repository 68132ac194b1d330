"""The pages say what is true: commands run, help is the real help, files and JSON keys exist."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from ropa_app.cli.main import ropa
from ropa_app.cli.speech import SpokenGroup
from ropa_app.rules.findings import Rule, rules

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
CLI_PAGE = (ROOT / "docs" / "cli.md").read_text("utf-8")
Cli = Callable[..., Any]


def sections() -> Iterator[tuple[str, str]]:
    """Command and section of each command in docs/cli.md; "" is the beginning."""
    first, *others = re.split(r"^### ropa ", CLI_PAGE, flags=re.MULTILINE)
    yield "", first
    for part in others:
        yield part.partition("\n")[0].strip(), part


SECTIONS = dict(sections())


def real_help(command: str) -> str:
    width = {"terminal_width": 80, "max_content_width": 80}
    context = ropa.context_class(
        ropa, info_name="ropa", help_option_names=["-h", "--help"], **width
    )
    found: click.Command = ropa
    for word in command.split():
        assert isinstance(found, SpokenGroup)
        inner = found.get_command(context, word)
        assert inner, command
        found = inner
        context = found.context_class(found, info_name=word, parent=context, **width)
    return found.get_help(context)


def test_every_command_has_its_section() -> None:
    assert set(ropa.list_commands(click.Context(ropa))) | {"", "term add"} == set(SECTIONS)  # type: ignore[attr-defined]


@pytest.mark.parametrize("command", SECTIONS)
def test_the_page_shows_the_real_help(command: str) -> None:
    shown = re.search(r"```text\n(.*?)\n```", SECTIONS[command], re.DOTALL)
    assert shown
    assert shown.group(1) == real_help(command)


def test_the_ten_lines_of_the_readme_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    monkeypatch.chdir(tmp_path)
    block = re.search(r"```sh\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert block
    lines = block.group(1).splitlines()
    assert len(lines) == 10
    for line in lines:
        program, *words = shlex.split(line)
        assert program == "ropa"
        answer = cli(*words)
        assert answer.status == 0, (line, answer)
        assert answer.err == ""
    assert (tmp_path / "s.xlsx").stat().st_size > 5000
    assert (tmp_path / "s.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("rule", [rule for rule in rules() if rule.article], ids=lambda r: r.id)
@pytest.mark.parametrize("page", ["README.md", "docs/cli.md"])
def test_what_check_covers_is_said(rule: Rule, page: str) -> None:
    said = (ROOT / page).read_text("utf-8") if page == "README.md" else real_help("check")
    number = rule.article.partition("(")[0]
    assert re.search(rf"(Art\.|Article) {number}\b", said), f"{page} does not say {rule.article}"


JSON_LINES = {
    "info": "info n.ropa", "verify": "verify n.ropa", "list": "list n.ropa agreement",
    "show": "show n.ropa A-001", "history": "history n.ropa",
    "diff": "diff n.ropa --from 2024-06-01", "check": "check n.ropa", "reference": "reference",
    "layouts": "layouts", "fields": "fields party",
}  # fmt: skip


@pytest.fixture(scope="module")
def nordlys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from ropa_app.register.sample import make_sample

    folder = tmp_path_factory.mktemp("nordlys")
    make_sample("nordlys", folder / "n.ropa").close()
    return folder


def test_every_command_with_json_is_tried() -> None:
    with_json = {
        name for name in SECTIONS if re.search(r"^ +--json +Answer in JSON", SECTIONS[name], re.M)
    }
    assert with_json == set(JSON_LINES)


@pytest.mark.parametrize("command", JSON_LINES)
def test_json_has_the_keys_of_the_page(
    command: str, nordlys: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(nordlys)
    listed = re.search(r"^Keys of `--json`: (.*)\.$", SECTIONS[command], re.MULTILINE)
    assert listed
    keys = re.findall(r"`(\w+)`", listed.group(1))
    answer = cli(*JSON_LINES[command].split(), "--json")
    assert answer.status in (0, 1)
    data = json.loads(answer.out)
    items = data if isinstance(data, list) else [data]
    assert items
    for item in items:
        assert list(item) == keys
    assert {key for found in _inner(items) for key in found} <= _named_on_the_page(command)


def _inner(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The objects inside whose keys are given by the program, not by fields or kinds."""
    for item in items:
        for key in ("problems", "changes", "findings", "rows", "linked_from"):
            yield from item.get(key, ())
        for key in ("summary", "status"):
            found = item.get(key)
            yield from [found] if isinstance(found, dict) else found or ()


def _named_on_the_page(command: str) -> set[str]:
    section = SECTIONS[command] + (SECTIONS["list"] if command == "show" else "")
    return set(re.findall(r"`(\w+)`", section))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_names_exists(page: Path) -> None:
    text = page.read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if "://" not in target:
            assert (page.parent / target).exists(), target
    new_in_exercises = {"resources/layouts/works-council.json", "ropa_app/rules/systems.py"}
    folders = "ropa_app|resources|tests|packaging|docs|ui"
    for name in re.findall(rf"`((?:{folders})/[\w./-]+)`", text):
        assert (ROOT / name).exists() or name in new_in_exercises, name
    commands = {*SECTIONS, "COMMAND"}
    for command in re.findall(r"`ropa ([\w-]+)", text):
        assert command in commands, command
    for task in re.findall(r"`make (\w+)", text):
        assert re.search(rf"^[\w ]*\b{task}\b[\w ]*:", (ROOT / "Makefile").read_text("utf-8"), re.M)
