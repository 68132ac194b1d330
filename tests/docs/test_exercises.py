"""The three exercises of docs/how-to-add.md, carried out on a copy of the tree as written there."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "how-to-add.md").read_text("utf-8")
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def blocks(title: str) -> list[str]:
    """The code blocks of the section that begins so, in order."""
    section = re.split(r"^## ", PAGE, flags=re.MULTILINE)
    found = next(part for part in section if part.startswith(title))
    return re.findall(r"^```(?:python|json)\n(.*?)^```", found, flags=re.MULTILINE | re.DOTALL)


def touched(title: str) -> set[str]:
    """The files that the table of that section names."""
    section = next(p for p in re.split(r"^## ", PAGE, flags=re.MULTILINE) if p.startswith(title))
    return set(re.findall(r"^\| `([^`]+)` \|", section, flags=re.MULTILINE))


class Tree:
    """A copy of program, data and tests of the rules; `resources` as it is installed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        leave = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "ropa_app", folder / "ropa_app", ignore=leave)
        shutil.copytree(ROOT / "resources", folder / "ropa_resources", ignore=leave)
        shutil.copytree(ROOT / "tests" / "rules", folder / "tests" / "rules", ignore=leave)
        shutil.copy(ROOT / "tests" / "conftest.py", folder / "tests")
        self.before = self.content()

    def content(self) -> dict[str, bytes]:
        found = {}
        for path in self.folder.rglob("*"):
            if path.is_file() and path.suffix != ".pyc":
                name = path.relative_to(self.folder).as_posix()
                found[name.replace("ropa_resources", "resources")] = path.read_bytes()
        return found

    def changed(self) -> set[str]:
        now = self.content()
        return {name for name in now if self.before.get(name) != now[name]}

    def path(self, name: str) -> Path:
        return self.folder / name.replace("resources/", "ropa_resources/")

    def insert(self, name: str, after: str, text: str) -> None:
        """Put lines after the line that holds a text."""
        lines = self.path(name).read_text("utf-8").splitlines(keepends=True)
        at = next(number for number, line in enumerate(lines) if after in line) + 1
        self.path(name).write_text("".join([*lines[:at], text, *lines[at:]]), "utf-8")

    def test(self, name: str) -> subprocess.CompletedProcess[str]:
        """Run a file of the copied tests on the copied program."""
        return subprocess.run(
            [sys.executable, "-P", "-m", "pytest", "-q", "-p", "no:cacheprovider",
             "--import-mode=importlib", "--rootdir", str(self.folder), "-c", os.devnull, name],
            cwd=self.folder, capture_output=True, encoding="utf-8", check=False,
            env={**os.environ, "PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip

    def translate(self, name: str, text: str) -> None:
        """Put lines at the beginning of a catalogue."""
        self.insert(name, "{", text)


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path / "tree")


@pytest.fixture
def ropa(tree: Tree, tmp_path: Path) -> Run:
    """Runs the copied program in a folder of its own."""
    work = tmp_path / "work"
    work.mkdir()

    def run(
        *arguments: str, language: str = "en", given: str = ""
    ) -> subprocess.CompletedProcess[str]:
        environ = {**os.environ, "PYTHONPATH": str(tree.folder), "ROPA_LANGUAGE": language,
                   "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-P", "-m", "ropa_app", *arguments], input=given, cwd=work,
            capture_output=True, encoding="utf-8", env=environ, check=False,
        )  # fmt: skip
        assert done.returncode in (0, 1), done.stderr
        return done

    return run


def sheet(path: Path, name: str) -> list[list[object]]:
    from openpyxl import load_workbook

    return [list(row) for row in load_workbook(path)[name].iter_rows(values_only=True)]


def test_a_field_is_one_line(tree: Tree, ropa: Run, tmp_path: Path, register_path: Path) -> None:
    shutil.copy(register_path, tmp_path / "work" / "r.ropa")  # made without the field
    line, catalogue = blocks("A field")
    assert len(line.splitlines()) == 1
    assert len(catalogue.splitlines()) == 2
    tree.insert("ropa_app/model/supporting.py", '"What the system is called."', line)
    tree.translate("resources/i18n/nb/model.json", catalogue)
    assert tree.changed() == touched("A field")

    ropa("add", "r.ropa", "system", "--json", "-", given='{"name": "Web shop", "seats": 4711}')
    assert "Seats: 4711" in ropa("show", "r.ropa", "S-001").stdout
    assert "Brukerplasser: 4711" in ropa("show", "r.ropa", "S-001", language="nb").stdout
    listed = ropa("list", "r.ropa", "system", "--search", "4711").stdout
    assert "Seats" in listed
    assert "Web shop" in listed
    ropa("dump", "r.ropa", "--out", "d.json")
    assert '"seats":4711' in (tmp_path / "work" / "d.json").read_text("utf-8")
    ropa("export", "r.ropa", "full", "--out", "f.xlsx")
    rows = sheet(tmp_path / "work" / "f.xlsx", "Systems")
    assert any("Seats" in row for row in rows)
    assert any("4711" in map(str, row) for row in rows)
    assert any("Seats" in row for row in sheet(tmp_path / "work" / "f.xlsx", "Fields"))
    ropa("set", "r.ropa", "S-001", "--clear", "seats")
    assert "Seats" in ropa("check", "r.ropa").stdout
    assert "Seats" in ropa("history", "r.ropa", "S-001").stdout
    assert ropa("verify", "r.ropa").returncode == 0


def test_a_layout_is_one_file(tree: Tree, ropa: Run, tmp_path: Path) -> None:
    (layout,) = blocks("A layout")
    tree.path("resources/layouts/works-council.json").write_text(layout, "utf-8")
    assert tree.changed() == touched("A layout")

    known = {each["id"] for each in json.loads(ropa("layouts", "--json").stdout)}
    assert "works-council" in known
    ropa("sample", "smartgroup", "s.ropa")
    ropa("export", "s.ropa", "works-council", "--out", "w.xlsx", "--lang", "nb")
    rows = sheet(tmp_path / "work" / "w.xlsx", "Aktiviteter")
    assert any("Behandlingsaktivitet" in row and "Formål" in row for row in rows)
    activities = json.loads(ropa("list", "s.ropa", "activity", "--json").stdout)
    names = {each["fields"]["name"] for each in activities}
    assert names <= {cell for row in rows for cell in row}


def test_a_rule_is_one_function(
    tree: Tree, ropa: Run, tmp_path: Path, register_path: Path
) -> None:
    module, catalogue, example = blocks("A rule")
    shutil.copy(register_path, tmp_path / "work" / "r.ropa")
    tree.path("ropa_app/rules/systems.py").write_text(module, "utf-8")
    tree.translate("resources/i18n/nb/rules.json", catalogue)
    tree.insert("tests/rules/test_findings.py", "in which every rule has something to say", example)
    assert tree.changed() == touched("A rule")

    systems = '[{"name": "A"}, {"name": "B", "owner": "IT"}]'
    ropa("add", "r.ropa", "system", "--json", "-", given=systems)
    found = json.loads(ropa("check", "r.ropa", "--json").stdout)["findings"]
    mine = [(each["ref"], each["article"]) for each in found if each["rule"] == "R-system-01"]
    assert mine == [("S-001", "Art. 32")]
    assert "Ingen svarer for dette systemet." in ropa("check", "r.ropa", language="nb").stdout
    tried = tree.test("tests/rules/test_findings.py")
    assert tried.returncode == 0, tried.stdout[-3000:]
