"""What this program is, which versions it runs on, and whose work is in it."""

from __future__ import annotations

import platform
import sqlite3
from importlib.metadata import PackageNotFoundError, version
from typing import Final

import PySide6
from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

import ropa_app
from ropa_app.i18n import N_, _, current_language
from ropa_app.model.dates import date_words
from ropa_app.rules.standing import checked
from ropa_ui.theme import px
from ropa_ui.widgets.buttons import Button, plain_button, primary_button
from ropa_ui.widgets.hairline import Hairline
from ropa_ui.widgets.labels import Label

_PACKAGES: Final = ("sqlite-utils", "openpyxl", "reportlab", "pypdfium2")
_LICENCES: Final = N_(
    "ropa is under the Apache License 2.0. It uses Qt for Python (LGPL 3), sqlite-utils "
    "(Apache 2.0), openpyxl (MIT), ReportLab (BSD), PDFium (BSD, Apache 2.0), the font Open Sans "
    "(Apache 2.0), Phosphor icons (MIT) and outlines from Natural Earth (public domain)."
)


class AboutDialog(QDialog):
    """Versions to read and to copy into a message."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("About ropa"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.copy: Button = plain_button(_("Copy"), "copy")
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 20, 28, 16)
        column.setSpacing(8)
        column.addWidget(Label("ropa", "title"))
        about = _("A record of processing activities, kept offline on your own computer.")
        column.addWidget(Label(about, "body", "text2", wrap=True))
        column.addSpacing(8)
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(2)
        for row, (name, text) in enumerate(facts()):
            value = Label(text, tabular=True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(Label(name, "body", "text2"), row, 0)
            grid.addWidget(value, row, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        column.addSpacing(8)
        column.addWidget(Hairline(self))
        column.addWidget(Label(_(_LICENCES), "small", "text2", wrap=True))
        column.addSpacing(8)
        column.addLayout(self._foot())
        self.setFixedWidth(px(520))

    def _foot(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.addWidget(self.copy)
        line.addStretch(1)
        close = primary_button(_("Close"))
        line.addWidget(close)
        self.copy.clicked.connect(self._copy)
        close.clicked.connect(self.accept)
        close.setFocus(Qt.FocusReason.OtherFocusReason)
        return line

    def _copy(self) -> None:
        text = "\n".join(f"{name}: {value}" for name, value in facts())
        QGuiApplication.clipboard().setText(text)
        self.copy.set_label(_("Copied"))


def facts() -> list[tuple[str, str]]:
    """What a helper wants to know: names and versions, nothing of the register."""
    found = [
        (_("Version"), ropa_app.__version__),
        (_("Law data"), date_words(checked().isoformat(), current_language())),
        ("Python", platform.python_version()),
        ("Qt", f"{qVersion()} (PySide6 {PySide6.__version__})"),
        ("SQLite", sqlite3.sqlite_version),
        *((name, _version(name)) for name in _PACKAGES),
        (_("Operating system"), platform.platform(terse=True)),
    ]
    return [(name, value) for name, value in found if value]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # one file without the names of its parts
        return ""
