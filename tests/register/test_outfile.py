"""A file written is whole or not there, and never stands where a register was."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ropa_app.errors import UserError
from ropa_app.model.kinds import KINDS
from ropa_app.outfile import beside, is_register, written
from ropa_app.register import backup
from ropa_app.register.documents import attach, attach_bytes
from ropa_app.register.dump import dump, load
from ropa_app.register.entry import add, set_fields
from ropa_app.register.store import Register
from ropa_app.register.verify import verify


def write(target: Path, content: bytes, new: bool = False) -> None:
    with written(target, new) as file:
        file.write(content)


def test_a_file_is_written_and_written_over(tmp_path: Path) -> None:
    target = tmp_path / "out æøå.json"
    write(target, b"first")
    write(target, b"second")
    assert target.read_bytes() == b"second"
    assert list(tmp_path.iterdir()) == [target]


def test_what_a_killed_process_left_goes_with_the_next_file(tmp_path: Path) -> None:
    dead, alive = beside(tmp_path / "old.xlsx"), beside(tmp_path / "now.xlsx")
    mine = tmp_path / ".notes.part"
    for path in (dead, alive, mine):
        path.write_bytes(b"half")
    long_ago = time.time() - 7200
    for path in (dead, mine):
        os.utime(path, (long_ago, long_ago))
    write(tmp_path / "out.json", b"whole")
    assert set(tmp_path.iterdir()) == {alive, mine, tmp_path / "out.json"}


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    write(target, b"first")
    with pytest.raises(TypeError), written(target) as file:
        file.write(b"half" + None)  # type: ignore[operator]
    assert target.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_disk_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match=r"out\.json cannot be written: No space left"):
        write(tmp_path / "out.json", b"x")
    assert list(tmp_path.iterdir()) == []


def test_it_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.json"
    there: list[bool] = []
    real = os.fsync

    def watched(handle: int) -> None:
        there.append(target.exists())
        real(handle)

    monkeypatch.setattr(os, "fsync", watched)
    write(target, b"x")
    assert there[0] is False
    assert there[1:] == ([True] if os.name == "posix" else [])


def test_what_is_not_written_over(register_path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    whole = register_path.read_bytes()
    cut = tmp_path / "cut.ropa"
    cut.write_bytes(whole[:10_000])
    for target, words in (
        (folder, "is a folder"), (register_path, "is a register"), (cut, "is a register"),
        (tmp_path / "no" / "where.json", "does not exist"),
    ):  # fmt: skip
        with pytest.raises(UserError, match=words) as caught:
            write(target, b"x")
        assert "\n" not in str(caught.value)
    assert register_path.read_bytes() == whole
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.skipif(sys.platform == "win32", reason="devices and links of Unix")
def test_devices_and_links(register_path: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not a plain file"):
        write(Path(os.devnull), b"x")
    link = tmp_path / "link.json"
    link.symlink_to(register_path)
    with pytest.raises(UserError, match="is a register"):
        write(link, b"x")


def test_a_new_file_overwrites_nothing(tmp_path: Path) -> None:
    target = tmp_path / "there.txt"
    target.write_bytes(b"mine")
    with pytest.raises(UserError, match="exists already"):
        write(target, b"x", new=True)
    assert target.read_bytes() == b"mine"


def test_text_is_no_register(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    for content in (b"", b"hei", b"x" * 5000):
        path.write_bytes(content)
        assert not is_register(path)


def test_looking_at_a_register_keeps_the_locks_on_it(register: Register) -> None:
    """Another handle, opened and closed, would drop them on Unix."""
    with register.transaction():
        assert is_register(register.path)
        if sys.platform.startswith("linux"):
            inode = register.path.stat().st_ino
            assert f":{inode} " in Path("/proc/locks").read_text("ascii")


# The register itself as the file to write


@pytest.mark.parametrize("command", ["dump", "export", "extract"])
def test_a_command_does_not_write_over_the_register(
    register: Register, cli: Callable[..., Any], command: str
) -> None:
    set_fields(register, "O-001", {"note": "precious"})
    add(register, KINDS["document"], {"name": "Letter"})
    attach_bytes(register, "F-001", "a.txt", b"content")
    register.close()
    path = register.path
    content = path.read_bytes()
    arguments = {"dump": [], "export": ["record"], "extract": ["F-001"]}[command]
    answer = cli(command, path, *arguments, "--out", path)
    assert answer.status == 2
    assert answer.err.count("\n") == 1
    assert path.read_bytes() == content
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_dump_does_not_write_over_another_register(register: Register, tmp_path: Path) -> None:
    made = backup.make_of(register)
    assert made is not None
    content = made.read_bytes()
    with pytest.raises(UserError, match="is a register"):
        dump(register, made)
    assert made.read_bytes() == content


def test_what_lies_beside_is_left_alone(register: Register, tmp_path: Path) -> None:
    """A fixed name beside the target would be somebody's own file one day."""
    mine = [tmp_path / f".{name}.part" for name in ("out.json", "copy.ropa", "loaded.ropa")]
    for path in mine:
        path.write_text("mine", "utf-8")
    dump(register, tmp_path / "out.json")
    backup.copy(register.connection, tmp_path / "copy.ropa")
    load(tmp_path / "out.json", tmp_path / "loaded.ropa").close()
    assert [path.read_text("utf-8") for path in mine] == ["mine"] * 3


def test_the_register_is_not_attached_to_itself(register: Register) -> None:
    add(register, KINDS["document"], {"name": "Itself"})
    with pytest.raises(UserError, match="is the register itself"):
        attach(register, "F-001", register.path)
    assert verify(register) == []
