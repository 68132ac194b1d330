"""Odd names, places where nothing may be written, and full disks."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ropa_app.errors import UserError
from ropa_app.model.record import Record
from ropa_app.register import backup
from ropa_app.register.documents import attach_bytes
from ropa_app.register.dump import dump, load
from ropa_app.register.entry import set_fields
from ropa_app.register.restore import restore
from ropa_app.register.store import Register
from ropa_app.register.verify import verify

NAMES = (
    "with space.ropa", "æøå ÆØÅ.ropa", "a#b.ropa", "100%.ropa", "100%41.ropa", "what?.ropa",
    "what?mode=memory.ropa", "-leading.ropa", "--out.ropa", "it's.ropa", '"quoted".ropa',
    "no suffix", "a;b&c=d.ropa", "trailing .ropa", "~home.ropa", "日本語 😀.ropa", "a\\b.ropa",
    "file:x.ropa", "a~20260101T000000Z~1-abc.ropa",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_any_name_will_do(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a folder # 1 %" / name
    path.parent.mkdir()
    with Register.create(path, {"name": "Odd AS"}) as register:
        made = backup.make_of(register)
    with Register.open(path, writable=True) as register:
        set_fields(register, "REG-001", {"language": "nb"})
        assert verify(register) == []
        dump(register, path.with_name(f"{name}.json"))
        assert backup.newest_for(path) == made
    with load(path.with_name(f"{name}.json"), path.with_name(f"{name} again")) as again:
        assert verify(again) == []
    assert sorted(os.listdir(path.parent)) == sorted([name, f"{name}.json", f"{name} again"])  # noqa: PTH208


def test_a_name_with_a_leading_dash_on_the_command_line(
    tmp_path: Path, cli: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli("new", "--name", "Dash AS", "--", "-dash.ropa").status == 0
    assert cli("verify", "--", "-dash.ropa").status == 0
    assert (tmp_path / "-dash.ropa").is_file()


@pytest.mark.parametrize("name", ["a\x00b.ropa", "x" * 300 + ".ropa"])
def test_a_name_no_disk_takes(tmp_path: Path, name: str, cli: Callable[..., Any]) -> None:
    with pytest.raises(UserError):
        Register.open(tmp_path / name)
    with pytest.raises(UserError):
        Register.create(tmp_path / name, {"name": "Odd AS"})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "write",
    [
        lambda register, target: dump(register, target),
        lambda register, target: backup.copy(register.connection, target),
        lambda register, target: Register.create(target, {"name": "X"}),
        lambda register, target: restore(register.path, target),
    ],
    ids=["dump", "backup", "new", "restore"],
)
def test_a_missing_folder_is_named(
    register: Register, tmp_path: Path, write: Callable[[Register, Path], Any]
) -> None:
    target = tmp_path / "nowhere" / "file.ropa"
    with pytest.raises(UserError) as caught:
        write(register, target)
    assert "nowhere" in str(caught.value)
    assert "read-only" not in str(caught.value)
    assert not target.parent.exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_no_register_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.ropa")
    for writable in (False, True):
        with pytest.raises(UserError, match=r"pipe\.ropa is not a register"):
            Register.open(tmp_path / "pipe.ropa", writable=writable)


# Read-only places


@pytest.fixture
def as_nobody() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the command line as a user who may do only what everybody may, the owner included.

    Who is not root cannot become somebody else: there it is the owner, and the tests take away
    from everybody what nobody shall do.
    """
    setpriv = shutil.which("setpriv")
    if os.name != "posix":
        pytest.skip("permissions are those of Unix")
    if os.geteuid() == 0 and setpriv is None:
        pytest.skip("root may write everywhere, and there is no setpriv to be somebody else")
    prefix: list[str] = []
    if os.geteuid() == 0 and setpriv is not None:
        prefix = [setpriv, "--reuid=65534", "--regid=65534", "--clear-groups"]

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        code = "import sys; from ropa_app.cli import main; sys.exit(main())"
        return subprocess.run(
            [*prefix, sys.executable, "-c", code, *map(str, arguments)],
            check=False, capture_output=True, text=True, encoding="utf-8",
        )  # fmt: skip

    probe = run("--version")
    if probe.returncode != 0:
        pytest.skip(f"another user cannot run this program: {probe.stderr.strip()[-200:]}")
    return run


@pytest.fixture
def public(tmp_path: Path, rich_template: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that everybody can reach, with a register in it."""
    place = Path("/tmp") / f"ropa-public-{os.getpid()}-{tmp_path.name}"  # noqa: S108 - to be public
    place.mkdir()
    shutil.copy(rich_template, place / "r.ropa")
    monkeypatch.setenv("ROPA_HOME", str(place / "home"))
    (place / "home").mkdir()
    (place / "home").chmod(0o777)
    yield place
    place.chmod(0o755)
    shutil.rmtree(place)


@pytest.mark.parametrize(
    ("file_mode", "folder_mode"), [(0o444, 0o755), (0o666, 0o555), (0o444, 0o777)]
)
def test_a_read_only_register_is_read_but_not_changed(
    public: Path, as_nobody: Callable[..., subprocess.CompletedProcess[str]], file_mode: int,
    folder_mode: int,
) -> None:  # fmt: skip
    path = public / "r.ropa"
    path.chmod(file_mode)
    public.chmod(folder_mode)
    before = path.read_bytes()
    for arguments in (("list", path, "party"), ("verify", path), ("history", path)):
        answer = as_nobody(*arguments)
        assert (answer.returncode, answer.stderr) == (0, "")
    for arguments in (("set", path, "O-001", "note=x"), ("undo", path), ("delete", path, "P-001")):
        answer = as_nobody(*arguments)
        assert answer.returncode == 2
        assert "is read-only; nothing was changed" in answer.stderr
        assert answer.stderr.count("\n") == 1
    assert path.read_bytes() == before
    assert sorted(entry.name for entry in public.iterdir()) == ["home", "r.ropa"]


def test_a_register_nobody_may_read(
    public: Path, as_nobody: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    (public / "r.ropa").chmod(0o000)
    answer = as_nobody("list", public / "r.ropa", "party")
    assert answer.returncode == 2
    assert "cannot be read: Permission denied" in answer.stderr


def test_nothing_is_left_where_nothing_may_be_written(
    public: Path, as_nobody: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    path = public / "r.ropa"
    path.chmod(0o644)
    public.chmod(0o555)
    for arguments in (
        ("dump", path, "--out", public / "d.json"), ("backup", path, "--out", public / "b.ropa"),
        ("export", path, "full", "--out", public / "f.xlsx"),
        ("new", public / "n.ropa", "--name", "N"), ("restore", path, public / "t.ropa"),
        ("extract", path, "F-001", "--out", public / "e.txt"),
    ):  # fmt: skip
        answer = as_nobody(*arguments)
        assert answer.returncode == 2, arguments
        assert answer.stderr.count("\n") == 1, arguments
        assert "other programs" not in answer.stderr, arguments
        named = f"Nothing may be written in the folder {public};"
        assert named in answer.stderr or "or its folder is read-only" in answer.stderr, arguments
    assert sorted(entry.name for entry in public.iterdir()) == ["home", "r.ropa"]


# Full disks


def test_a_full_disk_changes_nothing(register: Register, fill: Callable[..., Record]) -> None:
    fill(register, "document", name="D")
    head = register.head()
    pages = register.connection.execute("PRAGMA page_count").fetchone()[0]
    register.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    writes: tuple[Callable[[], Any], ...] = (
        lambda: set_fields(register, "O-001", {"note": "x" * 100_000}),
        lambda: attach_bytes(register, "F-001", "big.bin", bytes(100_000)),
    )
    for write in writes:
        with pytest.raises(UserError, match="The disk is full; nothing was changed"):
            write()
    assert register.head() == head
    assert verify(register) == []
    register.connection.execute("PRAGMA max_page_count = 1000000")
    set_fields(register, "O-001", {"note": "room again"})
    assert verify(register) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 512 kB; only root can make one."""
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(place)],
        check=False, capture_output=True,
    ) if shutil.which("mount") else None  # fmt: skip
    if mounted is None or mounted.returncode != 0:
        pytest.skip("a small disk cannot be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_keeps_the_register_and_no_half_file(
    small_disk: Path, tmp_path: Path, rich_template: Path
) -> None:
    path = Path(shutil.copy(rich_template, small_disk / "r.ropa"))
    with (small_disk / "filler").open("wb", buffering=0) as filler:
        try:
            while filler.write(bytes(4096)):
                pass
        except OSError:
            pass
    with Register.open(path, writable=True) as register:
        dump(register, tmp_path / "d.json")
        head = register.head()
        writes: tuple[tuple[str, Callable[[], Any]], ...] = (
            ("r.ropa", lambda: set_fields(register, "O-001", {"note": "x" * 50_000})),
            ("d.json", lambda: dump(register, small_disk / "d.json")),
            ("b.ropa", lambda: backup.copy(register.connection, small_disk / "b.ropa")),
            ("t.ropa", lambda: restore(path, small_disk / "t.ropa")),
            ("l.ropa", lambda: load(tmp_path / "d.json", small_disk / "l.ropa")),
            ("n.ropa", lambda: Register.create(small_disk / "n.ropa", {"name": "N"})),
        )
        for name, write in writes:
            with pytest.raises(UserError) as caught:
                write()
            assert "\n" not in str(caught.value)
            assert str(small_disk / name) in str(caught.value)
        assert register.head() == head
        assert verify(register) == []
    assert sorted(entry.name for entry in small_disk.iterdir()) == ["filler", "r.ropa"]


def test_a_register_in_use_is_said_so(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    other = sqlite3.connect(register.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    register.connection.execute("PRAGMA busy_timeout = 50")
    with pytest.raises(UserError, match="in use by another program"):
        set_fields(register, "O-001", {"note": "x"})
    other.execute("ROLLBACK")
    other.close()
    set_fields(register, "O-001", {"note": "x"})
