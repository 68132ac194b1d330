"""From an empty machine to the first workbook: as few clicks as docs/first-five-minutes.md says."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ropa_ui import files, settings
from ropa_ui.app import Application
from ropa_ui.main_window import MainWindow
from ropa_ui.views.new_register import NewRegisterDialog
from ropa_ui.views.welcome import WelcomeWindow

PAGE = Path(__file__).parents[2] / "docs" / "first-five-minutes.md"
SLOW = 60_000
PERSON = (2.0, 0.4)  # seconds an unhurried newcomer takes for a click, and for a letter


@dataclass
class Step:
    """What the newcomer does, and what it costs."""

    words: str
    clicks: int = 0
    letters: int = 0

    def click(self, widget: QWidget) -> None:
        self.clicks += 1
        middle = widget.rect().center()
        place = QPoint(10, middle.y()) if isinstance(widget, QCheckBox) else middle
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)
        QApplication.processEvents()

    def write(self, field: QLineEdit, text: str) -> None:
        """Into a field that has the keyboard already or is clicked first."""
        if not (field.hasFocus() or field.window().focusWidget() is field):
            self.click(field)
        self.letters += len(text)
        QTest.keyClicks(field, text)


def welcome(step: Step, application: Application) -> NewRegisterDialog:
    application.welcome()
    (page,) = (each for each in QApplication.topLevelWidgets() if isinstance(each, WelcomeWindow))
    step.click(page.columns[0][0])
    dialog = page.findChild(NewRegisterDialog)
    assert isinstance(dialog, NewRegisterDialog)
    return dialog


def answer(step: Step, dialog: NewRegisterDialog) -> None:
    asked = dialog.questions
    step.write(asked.name, "Fjellbutikken AS")
    step.write(asked.number, "999615147")
    step.write(asked.address, "Storgata 1, 0155 Oslo")
    step.write(asked.email, "post@example.no")


def export(step: Step, window: MainWindow, qtbot: QtBot, folder: Path) -> Path:
    step.click(window.toolbar.export)
    page = window.stack.currentWidget()
    qtbot.waitUntil(lambda: bool(page.shown.found), timeout=SLOW)  # type: ignore[union-attr]
    step.click(page.foot.export)  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: bool(list(folder.glob("*.xlsx"))), timeout=SLOW)
    qtbot.waitUntil(lambda: page._export is None, timeout=SLOW)  # type: ignore[union-attr]
    return next(folder.glob("*.xlsx"))


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Documents with nothing in it, and a program that remembers nothing."""
    monkeypatch.setattr(files, "documents", lambda: tmp_path)
    assert settings.recent() == []
    return tmp_path


def test_the_first_workbook_takes_the_clicks_the_page_names(
    dressed: QApplication, machine: Path, qtbot: QtBot
) -> None:
    application = Application(dressed)
    began = time.monotonic()
    first = Step("Choose **New register**")
    dialog = welcome(first, application)
    who = Step("Type the organisation's name, number, address and e-mail address; Norway and the "
               "GDPR are proposed")  # fmt: skip
    answer(who, dialog)
    business = Step("Tick **Web shop** and **Employer**: 33 activities are proposed, all ticked")
    for kind in ("web-shop", "employer"):
        business.click(dialog.questions.businesses[kind])
    accept = Step("Choose **Create with 33 activities**")
    qtbot.waitUntil(lambda: "33" in dialog.create_button.text(), timeout=SLOW)
    accept.click(dialog.create_button)
    window = application.window
    assert window is not None
    qtbot.waitUntil(lambda: window.checks.figures is not None, timeout=SLOW)
    last = Step("Choose **Export**, look at the preview, choose **Export** again")
    path = export(last, window, qtbot, machine)
    seconds = time.monotonic() - began
    window.close()

    book = load_workbook(path, read_only=True)
    cells = [str(cell) for row in book.worksheets[0].values for cell in row if cell is not None]
    book.close()
    assert any("Storgata 1, 0155 Oslo" in cell for cell in cells)
    assert {f"A-{number:03}" for number in range(1, 34)} <= {cell.split(",")[0] for cell in cells}
    assert "not stated" not in cells[cells.index("Joint controller"):]
    steps = [first, who, business, accept, last]
    assert table(steps) in PAGE.read_text("utf-8"), table(steps)
    a_click, a_letter = PERSON
    person = sum(step.clicks * a_click + step.letters * a_letter for step in steps)
    named = re.search(r"some (\d+) seconds", PAGE.read_text("utf-8"))
    assert named
    assert int(named.group(1)) == round(person)
    assert person + seconds < 300


def table(steps: list[Step]) -> str:
    """The table of the page."""
    lines = ["| | What you do | Clicks | Letters |", "|---|---|---|---|"]
    lines += [f"| {number} | {step.words} | {step.clicks} | {step.letters} |"
              for number, step in enumerate(steps, 1)]  # fmt: skip
    clicks, letters = sum(step.clicks for step in steps), sum(step.letters for step in steps)
    lines.append(f"| | **Together** | **{clicks}** | **{letters}** |")
    return "\n".join(lines)
