"""The wheel: what is in it, and that it lives beside anybody else's `ui` and `resources`."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import ropa_app

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = {"ropa_app": "ropa_app", "ui": "ropa_ui", "resources": "ropa_resources"}
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.py[cod]", ".*", "*.egg-info")


def run(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what a wheel is built from, in a folder with a space and a foreign letter."""
    copy = tmp_path_factory.mktemp("source") / "søk her"
    copy.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    for name in FOLDERS:
        shutil.copytree(ROOT / name, copy / name, ignore=LEFT_OUT)
    return copy


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", target, source)
    (built,) = target.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_top_level_names_are_ours_alone(names: set[str]) -> None:
    tops = {name.split("/")[0] for name in names}
    assert tops == {*FOLDERS.values(), f"ropa-{ropa_app.__version__}.dist-info"}


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_is_in_the_wheel(folder: str, source: Path, names: set[str]) -> None:
    expected = {
        f"{FOLDERS[folder]}/{path.relative_to(source / folder).as_posix()}"
        for path in (source / folder).rglob("*")
        if path.is_file()
    }
    missing = sorted(expected - names)
    assert not missing, (
        "add the package to [tool.setuptools] packages, or the ending to its package-data, "
        f"in pyproject.toml: {missing}"
    )


def test_fonts_are_in_the_wheel_with_their_licence(names: set[str]) -> None:
    assert {
        "ropa_resources/fonts/OpenSans-Regular.ttf",
        "ropa_resources/fonts/OpenSans-SemiBold.ttf",
        "ropa_resources/fonts/OpenSans-LICENSE.txt",
    } <= names


def test_command_is_declared(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        folder = f"ropa-{ropa_app.__version__}.dist-info"
        points = archive.read(f"{folder}/entry_points.txt").decode()
    assert "ropa = ropa_ui.launch:main" in points


def test_installed_beside_another_ui(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "packages"
    for name in ("ui", "resources"):
        (target / name).mkdir(parents=True)
        (target / name / "__init__.py").write_text("OWNER = 'somebody else'\n", "utf-8")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    run(*pip, "install", "--no-deps", "--no-index", "--target", target, wheel)
    script = f"""
import sys
sys.path.insert(0, {str(target)!r})
import ropa_app, ropa_resources, ropa_ui, ui, resources
from importlib.resources import files
from pathlib import Path
for module in (ropa_app, ropa_resources, ropa_ui):
    assert Path(module.__file__).is_relative_to({str(target)!r}), module.__file__
assert ui.OWNER == resources.OWNER == "somebody else"
assert files("ropa_resources").joinpath("fonts", "OpenSans-Regular.ttf").is_file()
print(ropa_app.__version__)
"""
    # -I and -S: neither this folder nor the development install may help.
    assert run(sys.executable, "-I", "-S", "-c", script).strip() == ropa_app.__version__


def test_lock_names_no_host_and_hashes_everything() -> None:
    text = (ROOT / "packaging" / "requirements.lock").read_text("utf-8")
    assert "://" not in text
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    requirements = lines.replace("\\\n", " ").strip().splitlines()
    assert len(requirements) > 20
    for requirement in requirements:
        assert re.fullmatch(
            r"[a-z0-9._-]+==\S+( ; [^\\]*?)?(\s+--hash=sha256:[0-9a-f]{64})+", requirement.strip()
        ), requirement


def test_lock_holds_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    locked = (ROOT / "packaging" / "requirements.lock").read_text("utf-8")
    for requirement in wanted:
        name = re.match(r"[A-Za-z0-9._-]+", requirement)
        assert name
        assert re.search(rf"^{re.escape(name[0].lower())}==", locked, re.MULTILINE), (
            f"{name[0]} is not locked; run `make lock`"
        )
