"""Pictures of all small widgets in every theme, for looking at: gallery.py FOLDER."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ropa_ui import fonts, theme
from ropa_ui.icons import names
from ropa_ui.looks import VERDICTS
from ropa_ui.widgets.buttons import (
    icon_button,
    plain_button,
    primary_button,
    remedy_button,
    text_button,
)
from ropa_ui.widgets.chip import Chip
from ropa_ui.widgets.empty import EmptyState
from ropa_ui.widgets.finding import FindingBar
from ropa_ui.widgets.flow_layout import FlowLayout
from ropa_ui.widgets.hairline import Hairline
from ropa_ui.widgets.labels import ElidedLabel, IconLabel, Label
from ropa_ui.widgets.progress_line import ProgressLine
from ropa_ui.widgets.section import SectionHeader
from ropa_ui.widgets.segmented import Segmented
from ropa_ui.widgets.toast import Toast

ANSWERS = [("yes", "Yes", "ok"), ("no", "No", "bad"), ("unclear", "Unclear", "rev")]
SENTENCE = (
    "The processor has not confirmed the list of sub-processors since February, and the "
    "window for objections to Example Scan Pte Ltd closes on 30 November 2026."
)


def row(*widgets: QWidget, gap: int = 8) -> QWidget:
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(gap)
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch(1)
    return holder


def texts() -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    for style in fonts.STYLES:
        column.addWidget(Label(f"{style} Orders, payments 1,234", style))
    for role in ("text", "text2", "text3", "dis", "accent", *theme.STATUSES):
        column.addWidget(Label(f"{role} <b>plain</b> & simple", "body", role))
    cut = ElidedLabel("A name far longer than the room there is for it on this page", "name")
    cut.setFixedWidth(200)
    column.addWidget(cut)
    verdicts = [IconLabel(look.icon, look.role, 20) for look in VERDICTS.values()]
    column.addWidget(row(*verdicts))
    return holder


def chips() -> QWidget:
    holder = QWidget()
    flow = FlowLayout(holder)
    for name in ("Visa", "Mastercard", "Klarna", "American Express", "PayPal"):
        flow.addWidget(Chip(name))
    flow.addWidget(Chip("dpa-mail-2024.pdf", "paperclip"))
    flow.addWidget(Chip("A-012 Newsletter", "rows", removable=True))
    flow.addWidget(Chip("A very long name of a recipient " * 4, "buildings", removable=True))
    return holder


def fields() -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    warned = QLineEdit()
    warned.setPlaceholderText("Name the law")
    warned.setProperty("state", "warn")
    wrong, off, pick = QLineEdit("not a date"), QLineEdit("disabled"), QComboBox()
    wrong.setProperty("state", "bad")
    off.setEnabled(False)
    pick.addItems(["Controller", "Processor"])
    ticked, part, chosen = QCheckBox("Ticked"), QCheckBox("Partly"), QRadioButton("Chosen")
    ticked.setChecked(True)
    part.setCheckState(Qt.CheckState.PartiallyChecked)
    chosen.setChecked(True)
    for field in (QLineEdit("Text"), warned, wrong, off, pick):
        column.addWidget(field)
    column.addWidget(row(QCheckBox("Open"), ticked, part, chosen, QRadioButton("Other")))
    column.addWidget(QPlainTextEdit("Longer text\nin two lines"))
    return holder


def findings() -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.addWidget(SectionHeader("Purposes and legal bases", "3", "Add purpose"))
    column.addWidget(Hairline())
    law = FindingBar("warning", "The law is not named.", "Art. 6(3)", "Pick a law")
    column.addWidget(law)
    column.addWidget(FindingBar("error", "Point (h) is not met.", "Art. 28(3)(h)", "Draft it"))
    column.addWidget(FindingBar("info", "Looks complete.", "Art. 30(1)"))
    column.addWidget(FindingBar("error", SENTENCE, "Art. 28(2)", "Object…"))
    folded = SectionHeader("Recipients", "10", "Add recipient")
    folded.set_folded(True)
    column.addWidget(folded)
    column.addWidget(chips())
    for key in ("yes", "no", "unclear", ""):
        answer = Segmented(ANSWERS)
        answer.set_value(key)
        column.addWidget(answer)
    column.addStretch(1)
    return holder


def buttons() -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    off, dead = primary_button("Disabled"), plain_button("Disabled", "export")
    off.setEnabled(False)
    dead.setEnabled(False)
    first = primary_button("Attach the Addendum")
    column.addWidget(row(first, plain_button("Export", "export")))
    column.addWidget(row(off, dead))
    column.addWidget(row(text_button("Add purpose", "plus"), remedy_button("Pick a law")))
    column.addWidget(row(icon_button("arrow-u-up-left", "Undo"), icon_button("x", "Close")))
    line = ProgressLine()
    line.set_fraction(0.4)
    column.addWidget(line)
    column.addWidget(
        EmptyState(
            "No transfers yet",
            "A transfer is added when data go to a recipient outside the EEA or the UK.",
            "Add a transfer",
            "What counts as a transfer?",
        )
    )
    return holder


def icons() -> QWidget:
    holder = QWidget()
    flow = FlowLayout(holder, 8, 8)
    for name in names():
        flow.addWidget(IconLabel(name))
    return holder


def page() -> QWidget:
    made = QWidget()
    made.resize(1240, 900)
    grid = QGridLayout(made)
    grid.addWidget(texts(), 0, 0)
    grid.addWidget(findings(), 0, 1)
    grid.addWidget(buttons(), 0, 2)
    grid.addWidget(fields(), 1, 0)
    grid.addWidget(icons(), 1, 1, 1, 2)
    grid.setColumnStretch(1, 1)
    grid.setRowStretch(2, 1)
    return made


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv)
    theme.apply(app)
    for name in theme.THEMES:
        theme.set_theme(name)
        made = page()
        made.show()
        toast = Toast(made)
        toast.show_message("Restored: retention of A-012 Newsletter", "Undo", "Ctrl+Z")
        made.findChild(QLineEdit).setFocus()
        app.processEvents()
        made.grab().save(str(folder / f"{name}.png"))
        toast.show_message("The register is whole; nothing was changed from outside.")
        for kind in (Segmented, Chip):
            made.findChild(kind).setFocus()
            app.processEvents()
            made.grab().save(str(folder / f"{name}-{kind.__name__}.png"))
        made.close()
        made.deleteLater()


if __name__ == "__main__":
    main()
