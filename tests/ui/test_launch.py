"""Starting the program: a file named alone is opened, as a double click asks for it."""

from __future__ import annotations

import pytest

from ropa_ui import launch


@pytest.mark.parametrize(
    ("arguments", "understood"),
    [
        (["smartgroup.ropa"], ["open", "smartgroup.ropa"]),
        (["/home/k/Our Register.ROPA"], ["open", "/home/k/Our Register.ROPA"]),
        (["--help"], ["--help"]),
        (["info", "smartgroup.ropa"], ["info", "smartgroup.ropa"]),
        ([], []),
    ],
)
def test_a_register_named_alone_is_opened(arguments: list[str], understood: list[str]) -> None:
    assert launch.given(arguments) == understood


def test_the_window_gets_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str | None] = []

    def open_window(register: str | None) -> int:
        opened.append(register)
        return 0

    monkeypatch.setattr(launch, "open_window", open_window)
    monkeypatch.setattr("sys.argv", ["ropa", "smartgroup.ropa"])
    assert launch.main() == 0
    assert opened == ["smartgroup.ropa"]
