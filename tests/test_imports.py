"""Imports run one way: model, register, rules, exports and imports, cli. Qt is never among them.

In the window, what is known and what is drawn knows nothing of the pages that show it.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "ropa_app"

# Used by all, using only each other.
SMALL = {"errors", "outfile", "paths", "i18n", "pseudo", "settings", "clock", "jobs", "heap"}

# A part may import itself, the small modules and the parts named before its own line.
ORDER = [
    {"model"},
    {"register"},
    {"rules"},
    {"exports", "imports"},
    {"cli"},
    {"__main__", "first_run"},
]
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names}

SOURCES = sorted(PACKAGE.rglob("*.py"))

WINDOW = PACKAGE.parent / "ui"
PAGES = ("ropa_ui.views", "ropa_ui.main_window", "ropa_ui.app")
# By folder of the window: what it may not know of. Pages show forms, forms show widgets.
ABOVE = {"models": ("ropa_ui.forms", *PAGES), "widgets": ("ropa_ui.forms", *PAGES), "forms": PAGES}
BELOW_PAGES = [source for folder in ABOVE for source in sorted(WINDOW.glob(f"{folder}/*.py"))]


def imported(source: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything that a source file imports, also inside functions."""
    relative = source.relative_to(PACKAGE.parent).with_suffix("").parts
    package = relative[:-1]
    for node in ast.walk(ast.parse(source.read_text("utf-8"), source.name)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package[: len(package) - node.level + 1]
                base = ".".join([*above, *filter(None, [node.module])])
            yield node.lineno, base
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def part_of(name: str) -> str | None:
    """The part of ropa_app that a full name lies in: ropa_app.rules.transfers is in rules."""
    pieces = name.split(".")
    if pieces[0] != "ropa_app" or len(pieces) < 2:
        return None
    part = pieces[1]
    exists = (PACKAGE / part).is_dir() or (PACKAGE / f"{part}.py").is_file()
    return part if exists else None


def own_part(source: Path) -> str | None:
    relative = source.relative_to(PACKAGE)
    part = relative.with_suffix("").parts[0]
    return None if part == "__init__" else part


def identify(source: Path) -> str:
    return source.relative_to(PACKAGE.parent).as_posix()


def test_there_is_something_to_look_at() -> None:
    assert SOURCES


@pytest.mark.parametrize("source", SOURCES, ids=identify)
def test_every_part_has_its_place(source: Path) -> None:
    part = own_part(source)
    assert part is None or part in SMALL or part in RANK, (
        f"say in ORDER or SMALL where {part} belongs"
    )


@pytest.mark.parametrize("source", SOURCES, ids=identify)
def test_no_qt_and_no_application(source: Path) -> None:
    foreign = {"PySide6", "shiboken6", "ropa_ui", "ui", "resources"}
    found = [
        f"line {line}: {name}" for line, name in imported(source) if name.split(".")[0] in foreign
    ]
    assert not found


@pytest.mark.parametrize("source", SOURCES, ids=identify)
def test_nothing_imports_upwards(source: Path) -> None:
    part = own_part(source)
    found = []
    for line, name in imported(source):
        target = part_of(name)
        if target is None or target == part or target in SMALL:
            continue
        if part is None or part in SMALL or RANK[target] > RANK[part]:
            found.append(f"line {line}: {name}")
    assert not found


@pytest.mark.parametrize("source", BELOW_PAGES, ids=identify)
def test_what_pages_are_made_of_knows_no_page(source: Path) -> None:
    above = ABOVE[source.parent.name]
    found = [
        f"line {line}: {name}" for line, name in imported(source)
        if any(name == each or name.startswith(f"{each}.") for each in above)
    ]  # fmt: skip
    assert not found


def test_no_circle_between_parts() -> None:
    uses: dict[str, set[str]] = {}
    for source in SOURCES:
        part = own_part(source)
        if part is not None:
            targets = {part_of(name) for _, name in imported(source)}
            uses.setdefault(part, set()).update(t for t in targets if t and t != part)
    left = dict(uses)
    while True:
        free = [part for part, targets in left.items() if not targets & left.keys()]
        if not free:
            break
        for part in free:
            del left[part]
    assert not left, f"these import each other: {sorted(left)}"


def test_heavy_libraries_wait_until_they_are_used() -> None:
    script = """
import importlib, json, pkgutil, sys
import ropa_app
names = [m.name for m in pkgutil.walk_packages(ropa_app.__path__, "ropa_app.")]
for name in names:
    # The PDF modules build on reportlab's classes and are imported only when a PDF is written.
    if not name.endswith("__main__") and ".exports.pdf_" not in name:
        importlib.import_module(name)
heavy = {"PySide6", "shiboken6", "openpyxl", "reportlab", "ropa_ui"}
print(json.dumps({"names": names, "heavy": sorted(heavy & set(sys.modules))}))
"""
    done = subprocess.run(
        [sys.executable, "-I", "-c", script],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["heavy"] == []
