"""From an empty machine to the first workbook on a real screen, by keyboard alone."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

PAGE = Path(__file__).parents[2] / "docs" / "first-five-minutes.md"
TYPED = ("Fjellbutikken AS", "999615147", "Storgata 1, 0155 Oslo", "post@example.no")


def test_the_first_workbook_by_keyboard(desk: Any, screen: Any) -> None:
    began, before = time.monotonic(), screen.pressed
    programme = desk.start()
    screen.focus("^ropa$")
    screen.press("Return")
    screen.focus("New register")
    name, number, address, email = TYPED
    screen.write(name)
    screen.press("Tab")
    screen.write(number)
    screen.press("Tab", "Tab")
    screen.write(address)
    screen.press("Tab")
    screen.write(email)
    # Past the language, the GDPR with its reason, and the UK GDPR, to the kinds of business.
    screen.press("Tab", "Tab", "Tab", "Tab", "Tab", "space", "Tab", "space", "Return")
    screen.focus("Fjellbutikken AS – ropa")
    screen.press("ctrl+e", "Return")
    look = programme.documents.glob
    (path,) = screen.wait(lambda: list(look("*.xlsx")), "the workbook")
    seconds = time.monotonic() - began
    pressed = screen.pressed - before - sum(len(text) for text in TYPED)
    book = load_workbook(path, read_only=True)
    cells = [str(cell) for row in book.worksheets[0].values for cell in row if cell is not None]
    book.close()
    assert name in cells
    assert any(cell.startswith("A-033") for cell in cells)
    screen.press("ctrl+q")
    screen.wait(lambda: programme.process.poll() is not None, "the end of the program")
    assert (programme.process.returncode, programme.said()) == (0, "")
    assert seconds < 300
    named = re.search(r"(\d+) keys beside", PAGE.read_text("utf-8"))
    assert named
    assert int(named.group(1)) == pressed
