"""The four moments that matter, on a screen, with the installed program and a keyboard."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from ropa_app.model.kinds import KINDS
from ropa_ui.colours import LIGHT

Cli = Callable[..., Any]
WARNING = LIGHT["warn_soft"]


class Moment:
    """The program, the keyboard, and what the register says of it all."""

    def __init__(self, programme: Any, screen: Any, cli: Cli) -> None:
        self.programme, self.screen, self._cli = programme, screen, cli
        self.register = programme.documents / "smartgroup.ropa"

    def go(self, words: str, further: int = 0) -> None:
        """Through the palette: to its best guess, or so many rows further down."""
        self.screen.press("ctrl+k")
        self.screen.write(words)
        self.screen.press(*["Down"] * further, "Return")

    def ask(self, *command: str) -> Any:
        """What the command line says of the register, in JSON; None of what is not there."""
        first, *rest = command
        answer = self._cli(first, self.register, *rest, "--json")
        return json.loads(answer.out) if answer.out else None

    def field(self, reference: str, key: str) -> Any:
        record = self.ask("show", reference)
        return record and record["fields"].get(key)

    def findings(self, reference: str) -> set[str]:
        """The fields of a record that something is found about."""
        return {f["field"] for f in self.ask("check")["findings"] if f["ref"] == reference}

    def written(self, ending: str) -> Path:
        """The one document of that kind."""
        look = self.programme.documents.glob
        (found,) = self.screen.wait(lambda: list(look(f"*{ending}")), f"a {ending} file")
        return found

    def end(self) -> None:
        """Close it by key: it ends well, and never complained."""
        self.screen.press("ctrl+q")
        process = self.programme.process
        self.screen.wait(lambda: process.poll() is not None, "the end of the program")
        assert self.programme.said() == ""
        assert process.returncode == 0


@pytest.fixture
def moment(running: Any, screen: Any, cli: Cli) -> Moment:
    return Moment(running, screen, cli)


def test_an_authority_asks_for_the_record(moment: Moment) -> None:
    moment.screen.press("ctrl+e", "Return")
    workbook = load_workbook(moment.written(".xlsx"), read_only=True)
    text = [str(cell) for sheet in workbook for row in sheet.values for cell in row if cell]
    workbook.close()
    assert "SmartGroup AS" in text
    for activity in moment.ask("list", "activity"):
        assert any(activity["fields"]["name"] in each for each in text)
    moment.end()


def test_a_customer_asks_about_safeguards(moment: Moment) -> None:
    moment.go("Export: Safeguards for transfers")
    moment.screen.press("Return")
    text = "".join(page.extract_text() for page in PdfReader(moment.written(".pdf")).pages)
    assert "SmartGroup AS" in text
    assert "Brevo" in text
    moment.end()


def test_something_changed_a_processor_in_the_united_states(moment: Moment) -> None:
    """A vendor, its country, a transfer to it: what is wrong is said at once, and put right."""
    screen, party = moment.screen, KINDS["party"]
    moment.go("Processors")
    screen.press("ctrl+n")
    screen.write("Example Mail Inc.")
    keys = [field.key for field in party.fields]
    screen.press(*["Tab"] * keys.index("country"))
    screen.write("United States")
    screen.press("Return")
    screen.wait(lambda: moment.field("P-011", "country") == "US", "the country")
    assert moment.field("P-011", "name") == "Example Mail Inc."
    before = screen.pixels_of(WARNING)
    moment.go("Example Mail", further=2)  # past the party and an agreement with it
    screen.wait(lambda: moment.field("T-002", "importer") == "P-011", "the transfer")
    assert moment.findings("T-002") == {"destination", "safeguards"}
    screen.wait(lambda: screen.pixels_of(WARNING) > before + 2000, "findings shown")
    shown = screen.pixels_of(WARNING)
    screen.press("F8")
    screen.write("United States")
    screen.press("Return")
    screen.wait(lambda: "destination" not in moment.findings("T-002"), "the destination")
    screen.wait(lambda: screen.pixels_of(WARNING) < shown, "one finding less")
    moment.end()


def test_an_ordinary_tuesday(moment: Moment) -> None:
    """Find by typing, edit without a mouse, never save, undo and redo."""
    screen = moment.screen
    moment.go("Activities")
    screen.press("ctrl+f")
    screen.write("newsl")
    screen.press("Return", "Return", "End")
    screen.write(" in 2026")
    screen.press("Tab")
    (found,) = [each["ref"] for each in moment.ask("list", "activity", "--search", "newsl")]

    def has_name(name: str) -> bool:
        return bool(moment.field(found, "name") == name)

    screen.wait(lambda: has_name("Newsletters and e-mail marketing in 2026"), "the new name")
    screen.press("ctrl+z")
    screen.wait(lambda: has_name("Newsletters and e-mail marketing"), "the old name")
    screen.press("ctrl+shift+z")
    screen.wait(lambda: has_name("Newsletters and e-mail marketing in 2026"), "the name again")
    moment.end()
