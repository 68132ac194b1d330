"""Set up everything the project needs, then run one of its tasks.

    python3 packaging/bootstrap.py [setup|run|test|soak|bench|lock|clean]

Needs Python 3.11 or later and nothing else. It makes the folder .venv, installs the packages of
packaging/requirements.lock into it (each checked against its hash) and the project itself, and on
Debian and Ubuntu the system libraries that Qt opens a window with. A second run finds all of it
in place and needs no network.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "requirements.lock"
VENV = ROOT / ".venv"
STAMP = VENV / "ropa-bootstrap.stamp"
LOG = VENV / "ropa-bootstrap.log"
TRIED = VENV / "ropa-bootstrap.tried"
NAMES = VENV / "names"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")

# What Qt's widgets, its offscreen platform and its X11 platform load from the system,
# and the Debian package that brings each.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}

# What the tests of tests/screen drive the program with, and its package.
SCREEN_TOOLS = {"Xvfb": "xvfb", "xdotool": "xdotool"}


class Stop(Exception):  # noqa: N818 (it ends the run, it is no fault of the program)
    """A sentence that says what went wrong and what to do."""


def say(sentence: str) -> None:
    print(sentence, flush=True)


# --- Debian's packages ---------------------------------------------------------------------


def apt_prefix() -> list[str] | None:
    """What to put before apt-get so that it may install, or None if it may not."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is not None:
        asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        if asked.returncode == 0:
            return ["sudo", "-n"]
    return None


def apt_command(packages: list[str]) -> str:
    return "sudo apt-get install " + " ".join(packages)


def apt_install(packages: list[str]) -> bool:
    """Install Debian packages if that is allowed here; say whether it worked."""
    prefix = apt_prefix()
    if prefix is None:
        return False
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    apt += ["-qq", "-y", "-o", "DPkg::Lock::Timeout=120"]
    install = [*apt, "install", "--no-install-recommends", *packages]
    # The lists may be absent or old: a refresh and a second try.
    for command in (install, [*apt, "update"], install):
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        if done.returncode == 0 and command is install:
            return True
    return False


def bring(packages: list[str], what: str) -> bool:
    """Install Debian packages, once for each .venv: without a network every try takes minutes."""
    wanted = " ".join(packages)
    tried = TRIED.read_text("utf-8").splitlines() if TRIED.exists() else []
    if wanted in tried or apt_prefix() is None:
        return False
    say(f"Installing {what}.")
    if apt_install(packages):
        return True
    TRIED.write_text("\n".join([*tried, wanted]), "utf-8")
    return False


def missing_libraries() -> list[str]:
    """The libraries in QT_LIBRARIES that this system lacks; none where nobody can tell."""
    if not sys.platform.startswith("linux"):
        return []
    ldconfig = shutil.which("ldconfig", path="/sbin:/usr/sbin:" + os.environ.get("PATH", ""))
    if ldconfig is None:
        return []
    listed = subprocess.run([ldconfig, "-p"], capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        return []
    present = {line.split()[0] for line in listed.stdout.splitlines() if "=>" in line}
    return [name for name in QT_LIBRARIES if name not in present]


def ensure_libraries() -> None:
    missing = missing_libraries()
    if not missing:
        return
    if shutil.which("apt-get") is None:
        say(f"Qt may not open a window: install {', '.join(missing)} with your package manager.")
        return
    packages = [QT_LIBRARIES[name] for name in missing]
    if not bring(packages, f"{len(packages)} system libraries for Qt"):
        say(f"Qt may not open a window until you run: {apt_command(packages)}")


def ensure_screen_tools() -> None:
    """A screen without a monitor and a keyboard without hands, for the tests on a real screen."""
    missing = [SCREEN_TOOLS[name] for name in SCREEN_TOOLS if shutil.which(name) is None]
    if not missing or not sys.platform.startswith("linux"):
        return
    if not bring(missing, f"{' and '.join(missing)} for the tests on a screen"):
        say(f"The tests on a screen are left out until you run: {apt_command(missing)}")


# --- The environment in .venv --------------------------------------------------------------


def clean_environ() -> dict[str, str]:
    """The environment for pip and the tasks, without what would lead them out of .venv."""
    environ = {k: v for k, v in os.environ.items() if k not in ("PYTHONHOME", "PYTHONPATH")}
    environ["VIRTUAL_ENV"] = str(VENV)
    environ["PATH"] = os.pathsep.join([str(PYTHON.parent), environ.get("PATH", os.defpath)])
    environ["PIP_USER"] = "0"
    environ["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    return environ


def fingerprint() -> str:
    """What .venv was made from: the lock, the metadata, this Python and this folder."""
    digest = hashlib.sha256()
    for path in (LOCK, ROOT / "pyproject.toml"):
        digest.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    for text in (sys.version, platform.machine(), str(ROOT)):
        digest.update(text.encode("utf-8", "surrogateescape") + b"\0")
    return digest.hexdigest()


def ensure_ensurepip() -> None:
    if importlib.util.find_spec("ensurepip") is not None:
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if apt_prefix() is not None:
        say(f"Installing {package}, which this Python needs to make its own folder of packages.")
        apt_install([package])
    found = subprocess.run([sys.executable, "-c", "import ensurepip"], capture_output=True)
    if found.returncode != 0:
        raise Stop(
            f"Python's ensurepip is missing; run this, then try again: {apt_command([package])}"
        )


def make_venv() -> None:
    """Make .venv anew unless one made by this very Python is there."""
    config = VENV / "pyvenv.cfg"
    if VENV.exists() and not config.exists() and any(VENV.iterdir()):
        raise Stop(f"{VENV} is not a Python environment; move it away, then try again.")
    if config.exists() and PYTHON.exists():
        probe = "import pip, sys; print(sys.version)"
        asked = subprocess.run([PYTHON, "-c", probe], capture_output=True, text=True, check=False)
        if asked.returncode == 0 and asked.stdout.strip() == sys.version.strip():
            return
    ensure_ensurepip()
    say("Making the folder .venv.")
    base = getattr(sys, "_base_executable", None) or sys.executable
    made = subprocess.run([base, "-m", "venv", "--clear", VENV], capture_output=True, check=False)
    if made.returncode != 0:
        raise Stop(
            f"Could not make {VENV}; delete it, check that the disk has 1 GB free, then try again."
        )


def pip_install(*arguments: str | Path) -> bool:
    """Run pip install, its words into the log."""
    command = [PYTHON, "-m", "pip", "install", "--no-input", "--progress-bar", "off", *arguments]
    with LOG.open("ab") as log:
        done = subprocess.run(
            command, cwd=ROOT, env=clean_environ(), stdout=log, stderr=log, check=False
        )
    return done.returncode == 0


def setup() -> None:
    """Bring .venv to what the lock file says; at once where it already is."""
    wanted = fingerprint()
    if not (PYTHON.exists() and STAMP.exists() and STAMP.read_text("ascii") == wanted):
        STAMP.unlink(missing_ok=True)
        make_venv()
        LOG.unlink(missing_ok=True)
        say("Installing the packages of packaging/requirements.lock (some 150 MB the first time).")
        if not pip_install("--require-hashes", "-r", LOCK):
            raise Stop(
                f"The packages could not be installed; check the network, then try again "
                f"(details in {LOG})."
            )
        say("Installing the project itself.")
        if not pip_install("--no-deps", "--no-build-isolation", "--editable", ROOT):
            raise Stop(f"The project could not be installed; {LOG} says why.")
        STAMP.write_text(wanted, "ascii")
        say("Everything is installed.")
    ensure_libraries()


# --- The tasks -----------------------------------------------------------------------------


def call(*command: str | Path, offscreen: bool = False) -> int:
    environ = clean_environ()
    if offscreen:
        environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode


def name_folders() -> bool:
    """Let mypy find the folder ui under the name it is installed with; say whether that worked.

    It follows no import hook of an editable install, so links stand in a folder of their own
    (named in pyproject.toml). Windows lets only some people make links: there ropa_ui is not
    checked, as it is on every other system.
    """
    NAMES.mkdir(parents=True, exist_ok=True)
    for name, folder in (("ropa_ui", "ui"), ("ropa_resources", "resources")):
        link, target = NAMES / name, ROOT / folder
        if link.is_symlink() and link.readlink() == target:
            continue
        try:
            link.unlink(missing_ok=True)  # it leads to where the project was before
            link.symlink_to(target, target_is_directory=True)
        except OSError:
            say("The types of the folder ui are not checked: this system lets no links be made.")
            return False
    return True


def task_run(arguments: list[str]) -> int:
    return call(PYTHON, "-P", "-m", "ropa_ui.first_run", *arguments)


def task_test(arguments: list[str]) -> int:
    """Run every step, also after a failure; the first failure gives the exit status."""
    window = ("-p", "ropa_ui") if name_folders() else ()
    steps: dict[str, list[str | Path]] = {
        "ruff": [PYTHON, "-m", "ruff", "check", "."],
        "mypy": [PYTHON, "-m", "mypy", "-p", "ropa_app", *window],
        # -P keeps the folder itself off the path: the tests see the project as installed.
        "pytest": [PYTHON, "-P", "-m", "pytest", "-n", "2", *arguments],
    }
    ensure_screen_tools()
    failed: dict[str, int] = {}
    for name, command in steps.items():
        say(f"Running {name}.")
        status = call(*command, offscreen=True)
        if status != 0:
            failed[name] = status
    if failed:
        say(f"Failed: {', '.join(failed)}.")
    return next(iter(failed.values()), 0)


def task_soak(arguments: list[str]) -> int:
    status = call(PYTHON, "-P", "-m", "pytest", "-m", "soak", *arguments, offscreen=True)
    if status == 5:  # pytest's word for "no test matched"
        say("There is no soak test yet.")
        return 0
    return status


def task_bench(arguments: list[str]) -> int:
    script = ROOT / "tests" / "bench" / "run.py"
    if not script.exists():
        raise Stop("There is nothing to measure yet: tests/bench/run.py does not exist.")
    return call(PYTHON, "-P", script, *arguments, offscreen=True)


def task_lock(arguments: list[str]) -> int:
    """Write the lock file anew: newest versions of all, or pass --keep to change least."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "requirements.lock"
        if "--keep" in arguments:
            shutil.copyfile(LOCK, made)
        tools = Path(folder) / "tools"
        target = ["--target", tools]
        if not pip_install("--quiet", *target, "uv>=0.5"):
            raise Stop(f"uv, which makes the lock file, could not be installed; see {LOG}.")
        uv = tools / ("bin/uv.exe" if WINDOWS else "bin/uv")
        status = call(
            *(uv, "--no-config", "pip", "compile", "pyproject.toml", "--extra", "dev"),
            *("--universal", "--python-version", "3.11", "--generate-hashes", "--quiet"),
            *("--no-emit-index-url", "--no-emit-find-links", "--no-annotate"),
            *("--custom-compile-command", "make lock", "--output-file", made),
        )
        if status != 0:
            raise Stop("The lock file could not be made; uv says why above.")
        text = made.read_text("utf-8")
        if "://" in text:
            raise Stop("The new lock file names a host; the old one was kept.")
        LOCK.write_text(text, "utf-8", newline="\n")
    say("packaging/requirements.lock is written.")
    setup()
    return 0


def task_clean(arguments: list[str]) -> int:
    """Remove what the tasks made, the folder out excepted."""
    for pattern in (".venv", "build", "dist", "*.egg-info", ".*_cache", ".hypothesis"):
        for path in ROOT.glob(pattern):
            shutil.rmtree(path)
    for top in ("ropa_app", "ui", "resources", "tests", "packaging"):
        for path in (ROOT / top).rglob("__pycache__"):
            shutil.rmtree(path)
    say("Removed .venv and everything built or cached.")
    return 0


TASKS = {
    "setup": None,
    "run": task_run,
    "test": task_test,
    "soak": task_soak,
    "bench": task_bench,
    "lock": task_lock,
    "clean": task_clean,
}


def main(arguments: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    name = arguments[0] if arguments else "setup"
    if name not in TASKS:
        print(f"Unknown task {name!r}; give one of {', '.join(TASKS)}.", file=sys.stderr)
        return 2
    try:
        if sys.version_info < (3, 11):  # noqa: UP036 (this file may meet an older Python)
            raise Stop(
                f"This is Python {platform.python_version()}; install Python 3.11 or later "
                f"and run it with that."
            )
        if name != "clean":
            setup()
        task = TASKS[name]
        return 0 if task is None else task(arguments[1:])
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{error}; put that right, then try again.", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
