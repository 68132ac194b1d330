"""A screen of the tests' own, and the installed program on it, driven by keys alone.

Xvfb is the screen, xdotool the keyboard. There is no window manager: whoever needs the keyboard is
given it by name. Nothing here waits a fixed time; it waits for what must come to be.
"""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image

from ropa_app.register.sample import make_sample

WIDTH, HEIGHT = 1440, 900
LONGEST = 60  # seconds, on a machine with much else to do
Found = TypeVar("Found")
NEEDS = ("Xvfb", "xdotool")
PROGRAM = Path(sys.executable).parent / "ropa"
HOW = "sudo apt-get install xvfb xdotool"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without Xvfb and xdotool the tests say how to get them."""
    missing = [name for name in NEEDS if shutil.which(name) is None]
    for item in items:
        if missing and Path(__file__).parent in item.path.parents:
            reason = f"{' and '.join(missing)} not installed; run: {HOW}"
            item.add_marker(pytest.mark.skip(reason=reason))


def wait_for(condition: Callable[[], Found], what: str) -> Found:
    """What the condition answers once it is true."""
    deadline = time.monotonic() + LONGEST
    while not (found := condition()):
        assert time.monotonic() < deadline, f"never came: {what}"
        time.sleep(0.02)
    return found


@dataclass
class Screen:
    """An X display, its keyboard and its pixels."""

    display: str
    folder: Path
    pressed: int = 0

    wait = staticmethod(wait_for)

    def tell(self, *arguments: str) -> str:
        """What xdotool answers; empty where it finds no window."""
        done = subprocess.run(
            ["xdotool", *arguments], env={**os.environ, "DISPLAY": self.display},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        return done.stdout.strip()

    def focus(self, title: str) -> None:
        """Give the keyboard to the window of that title, as soon as it is there."""
        find = ("search", "--onlyvisible", "--name", title)
        window = wait_for(lambda: self.tell(*find), f"a window “{title}”").split()[-1]

        def has_it() -> bool:
            self.tell("windowfocus", window)
            return self.tell("getwindowfocus") == window

        wait_for(has_it, f"the keyboard for “{title}”")

    def press(self, *keys: str) -> None:
        self.pressed += len(keys)
        self.tell("key", "--delay", "1", *keys)

    def write(self, text: str) -> None:
        self.pressed += len(text)
        self.tell("type", "--delay", "1", "--", text)

    def picture(self) -> Image.Image:
        """What is on the screen, out of the file Xvfb keeps it in (X's window dump format)."""
        data = (self.folder / "Xvfb_screen0").read_bytes()
        header = struct.unpack(">25I", data[:100])
        start, stride = header[0] + header[19] * 12, header[12]
        return Image.frombuffer(
            "RGB", (WIDTH, HEIGHT), data[start : start + stride * HEIGHT], "raw", "BGRX", stride, 1
        )

    def pixels_of(self, colour: str) -> int:
        """How many pixels have exactly that colour."""
        wanted = tuple(bytes.fromhex(colour.removeprefix("#")))
        return sum(
            count for count, found in self.picture().getcolors(WIDTH * HEIGHT) if found == wanted
        )


@pytest.fixture(scope="session")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """Xvfb on a number that is free."""
    folder = tmp_path_factory.mktemp("screen")
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24"]
    command += ["-fbdir", str(folder), "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL) as server:
        os.close(write)
        with os.fdopen(read) as said:
            number = said.readline().strip()
        assert number, "Xvfb did not start"
        yield Screen(f":{number}", folder)
        server.terminate()


@dataclass
class Programme:
    """The installed program, running, with a home of its own."""

    process: subprocess.Popen[bytes]
    home: Path
    errors: Path

    @property
    def documents(self) -> Path:
        return self.home / "Documents"

    def said(self) -> str:
        """What it wrote on standard error."""
        return self.errors.read_text("utf-8", "replace")


@dataclass
class Desk:
    """A home with nothing in it, and what was started there."""

    screen: Screen
    home: Path
    started: list[Programme] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        """The home's alone: nothing of whoever runs the tests leads the program elsewhere."""
        ours = ("XDG_", "QT_", "ROPA_", "WAYLAND_", "DBUS_", "LC_", "LANG")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
        folders = {f"XDG_{name}_HOME": str(self.home / name.lower())
                   for name in ("STATE", "DATA", "CONFIG", "CACHE")}  # fmt: skip
        return {**kept, **folders, "HOME": str(self.home), "DISPLAY": self.screen.display,
                "QT_QPA_PLATFORM": "xcb", "LANG": "C.UTF-8"}  # fmt: skip

    def start(self, *arguments: str) -> Programme:
        errors = self.home / f"errors {len(self.started)}.txt"
        with errors.open("wb") as out:
            process = subprocess.Popen(
                [PROGRAM, *arguments], env=self.environment(), stdout=out, stderr=out, cwd=self.home
            )
        self.started.append(Programme(process, self.home, errors))
        return self.started[-1]


@pytest.fixture
def desk(screen: Screen, tmp_path: Path) -> Iterator[Desk]:
    """A home as on a new machine; what still runs afterwards is ended."""
    home = tmp_path / "home"
    (home / "Documents").mkdir(parents=True)
    made = Desk(screen, home)
    yield made
    for programme in made.started:
        if programme.process.poll() is None:
            screen.picture().save(tmp_path / "at the end.png")
            programme.process.kill()
            programme.process.wait()


@pytest.fixture
def running(desk: Desk) -> Programme:
    """The program on SmartGroup's register, with the keyboard."""
    path = desk.home / "Documents" / "smartgroup.ropa"
    make_sample("smartgroup", path).close()
    programme = desk.start("open", str(path))
    desk.screen.focus("SmartGroup AS – ropa")
    return programme
