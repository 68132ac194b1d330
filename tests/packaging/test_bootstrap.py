"""packaging/bootstrap.py, as far as it can be tried without a network."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "packaging" / "bootstrap.py"


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module, at work in a folder of the test's own."""
    spec = importlib.util.spec_from_file_location("bootstrap", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    root = tmp_path / "mappe på disk"
    (root / "packaging").mkdir(parents=True)
    (root / "pyproject.toml").write_text("[project]\n", "utf-8")
    (root / "packaging" / "requirements.lock").write_text("click==8.5.1\n", "utf-8")
    monkeypatch.setattr(module, "ROOT", root)
    monkeypatch.setattr(module, "LOCK", root / "packaging" / "requirements.lock")
    monkeypatch.setattr(module, "VENV", root / ".venv")
    monkeypatch.setattr(module, "STAMP", root / ".venv" / "stamp")
    monkeypatch.setattr(module, "LOG", root / ".venv" / "log")
    monkeypatch.setattr(module, "TRIED", root / ".venv" / "tried")
    monkeypatch.setattr(module, "NAMES", root / ".venv" / "names")
    monkeypatch.setattr(module, "PYTHON", root / ".venv" / "python")
    monkeypatch.setattr(module, "apt_prefix", lambda: None)
    monkeypatch.setattr(module, "missing_libraries", list)
    monkeypatch.setattr(module, "SCREEN_TOOLS", {})
    return module


def test_unknown_task_is_one_sentence_and_status_2(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, SCRIPT, "dance"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "dance" in done.stderr


def test_nothing_is_done_where_the_stamp_fits(
    bootstrap: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    bootstrap.VENV.mkdir()
    bootstrap.PYTHON.touch()
    bootstrap.STAMP.write_text(bootstrap.fingerprint(), "ascii")
    assert bootstrap.main(["setup"]) == 0
    assert capsys.readouterr().out == ""


def test_stamp_follows_lock_and_metadata_but_not_line_ends(bootstrap: ModuleType) -> None:
    first = bootstrap.fingerprint()
    bootstrap.LOCK.write_bytes(b"click==8.5.1\r\n")
    assert bootstrap.fingerprint() == first
    bootstrap.LOCK.write_text("click==8.5.0\n", "utf-8")
    second = bootstrap.fingerprint()
    (bootstrap.ROOT / "pyproject.toml").write_text("[project]\nname = 'x'\n", "utf-8")
    assert len({first, second, bootstrap.fingerprint()}) == 3


def test_a_folder_that_is_no_environment_is_left_alone(
    bootstrap: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    bootstrap.VENV.mkdir()
    (bootstrap.VENV / "letter.txt").write_text("keep me", "utf-8")
    assert bootstrap.main(["setup"]) == 2
    assert "move it away" in capsys.readouterr().err
    assert (bootstrap.VENV / "letter.txt").read_text("utf-8") == "keep me"


def test_missing_ensurepip_names_the_command(
    bootstrap: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stays_missing(*_: object, **__: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess([], 1)

    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(bootstrap.subprocess, "run", stays_missing)
    assert bootstrap.main(["setup"]) == 2
    error = capsys.readouterr().err
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert f"sudo apt-get install python{version}-venv" in error
    assert len(error.splitlines()) == 1


def test_missing_libraries_are_named_but_not_fatal(
    bootstrap: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "missing_libraries", lambda: ["libEGL.so.1"])
    monkeypatch.setattr(bootstrap.shutil, "which", lambda *_, **__: "/usr/bin/apt-get")
    bootstrap.ensure_libraries()
    assert "sudo apt-get install libegl1" in capsys.readouterr().out


def test_missing_screen_tools_are_named_but_not_fatal(
    bootstrap: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "SCREEN_TOOLS", {"no-such-screen": "xvfb"})
    monkeypatch.setattr(bootstrap.sys, "platform", "linux")
    bootstrap.ensure_screen_tools()
    assert "sudo apt-get install xvfb" in capsys.readouterr().out


def test_what_could_not_be_installed_is_tried_once_and_named_each_time(
    bootstrap: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A try without a network takes minutes."""
    tries: list[list[str]] = []

    def fails(packages: list[str]) -> bool:
        tries.append(packages)
        return False

    bootstrap.VENV.mkdir()
    monkeypatch.setattr(bootstrap, "SCREEN_TOOLS", {"no-such-screen": "xvfb"})
    monkeypatch.setattr(bootstrap, "missing_libraries", lambda: ["libEGL.so.1"])
    monkeypatch.setattr(bootstrap.sys, "platform", "linux")
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name, **_: (
        None if name == "no-such-screen" else f"/usr/bin/{name}"
    ))  # fmt: skip
    monkeypatch.setattr(bootstrap, "apt_prefix", list)
    monkeypatch.setattr(bootstrap, "apt_install", fails)
    for _run in range(3):
        bootstrap.ensure_libraries()
        bootstrap.ensure_screen_tools()
        said = capsys.readouterr().out
        assert "sudo apt-get install libegl1" in said
        assert "sudo apt-get install xvfb" in said
    assert tries == [["libegl1"], ["xvfb"]]
    monkeypatch.setattr(bootstrap, "SCREEN_TOOLS", {"no-such-screen": "xvfb-run"})
    bootstrap.ensure_screen_tools()  # something else is missing now
    assert tries[2:] == [["xvfb-run"]]


def test_every_step_of_test_runs_and_the_first_failure_counts(
    bootstrap: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    statuses = iter([0, 3, 1])
    monkeypatch.setattr(bootstrap, "call", lambda *_, **__: next(statuses))
    assert bootstrap.task_test([]) == 3
    said = capsys.readouterr().out
    assert [line for line in said.splitlines() if line.startswith("Running")] == [
        "Running ruff.",
        "Running mypy.",
        "Running pytest.",
    ]
    assert "Failed: mypy, pytest." in said


def test_links_that_lead_elsewhere_are_made_anew(bootstrap: ModuleType, tmp_path: Path) -> None:
    """As in a project that was copied or moved together with its .venv."""
    bootstrap.NAMES.mkdir(parents=True)
    try:
        (bootstrap.NAMES / "ropa_ui").symlink_to(tmp_path / "moved")
    except OSError:
        pytest.skip("this system lets no links be made")
    assert bootstrap.name_folders()
    assert (bootstrap.NAMES / "ropa_ui").readlink() == bootstrap.ROOT / "ui"
    assert (bootstrap.NAMES / "ropa_resources").readlink() == bootstrap.ROOT / "resources"
