"""A folder with what a command may be pointed at by mistake."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ropa_app.register.sample import make_sample


@pytest.fixture(scope="session")
def smartgroup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The SmartGroup sample with one document, to be copied, never changed."""
    path = tmp_path_factory.mktemp("sample") / "s.ropa"
    make_sample("smartgroup", path).close()
    return path


@pytest.fixture
def place(tmp_path: Path, smartgroup: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder: s.ropa, and files that are no registers, no JSON, no dumps."""
    content = smartgroup.read_bytes()
    (tmp_path / "s.ropa").write_bytes(content)
    (tmp_path / "cut.ropa").write_bytes(content[: len(content) // 2])
    (tmp_path / "text.txt").write_text("hello", "utf-8")
    (tmp_path / "empty").touch()
    (tmp_path / "folder").mkdir()
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE x (y)")
    (tmp_path / "broken.json").write_text('{"name":', "utf-8")
    (tmp_path / "number.json").write_text("5", "utf-8")
    (tmp_path / "latin.json").write_bytes(b'{"name": "\xe6"}')
    (tmp_path / "two.json").write_text(
        json.dumps([{"name": "Right"}, {"name": "Wrong", "nope": 1}]), "utf-8"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def process(place: Path) -> Run:
    """Runs `ropa` as a process of its own, its answer as bytes."""

    def run(
        *arguments: str | bytes, env: dict[str, str] | None = None, given: bytes = b""
    ) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-P", "-m", "ropa_app", *arguments]
        environ = {**os.environ, **(env or {})}
        return subprocess.run(
            command, input=given, capture_output=True, env=environ, cwd=place, check=False
        )

    return run
