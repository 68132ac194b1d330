"""The foot of the export page: the file, and the button; how far it has come; where it lies."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ropa_app.exports.layout import WRITERS, Layout
from ropa_app.i18n import _
from ropa_ui import files
from ropa_ui.theme import px
from ropa_ui.widgets.buttons import plain_button, primary_button
from ropa_ui.widgets.labels import ElidedLabel, IconLabel
from ropa_ui.widgets.progress_line import ThinBar


class ExportFoot(QWidget):
    """Tells what its buttons ask for."""

    export_asked = Signal()
    cancel_asked = Signal()
    folder_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._written: Path | None = None
        self._icon = IconLabel("table", "text2", 16, self)
        self._name = ElidedLabel("", "name", mode=Qt.TextElideMode.ElideMiddle)
        self._facts = ElidedLabel("", "small", "text2")
        self._bar = ThinBar(4, ground="hair", parent=self)
        self.open = plain_button(_("Open"), parent=self)
        self.show_folder = plain_button(_("Show in folder"), parent=self)
        self.folder = plain_button(_("Choose folder…"), parent=self)
        self.cancel = plain_button(_("Cancel"), parent=self)
        self.export = primary_button(_("Export"), self)
        self._lay_out()
        self.open.clicked.connect(self._open)
        self.show_folder.clicked.connect(self._show_folder)
        self.folder.clicked.connect(self.folder_asked)
        self.cancel.clicked.connect(self.cancel_asked)
        self.export.clicked.connect(self.export_asked)
        self.forget_written()
        self.show_idle()

    def say(self, path: Path, layout: Layout, facts: str) -> None:
        """Name the file that will be written, and what is known of it."""
        if self._written is None:
            name = "table" if WRITERS[layout.writer] == "xlsx" else "file-pdf"
            self._icon.set_icon(name, "text2")
            self._name.setText(path.name)
            where = files.short(path.parent)
            self._facts.setText("  ·  ".join(part for part in (facts, where) if part))

    def show_busy(self, words: str) -> None:
        """The file is being written."""
        self._written = None
        self._name.setText(words)
        self._bar.set_fraction(None)
        self._bar.setAccessibleName(words)
        for part in (self._bar, self.cancel):
            part.setVisible(True)
        for part in (self.folder, self.export, self.open, self.show_folder):
            part.setVisible(False)
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_idle(self) -> None:
        """Nothing is being written."""
        had_focus = self.cancel.hasFocus()
        for part in (self._bar, self.cancel):
            part.setVisible(False)
        self.export.setVisible(True)
        self.folder.setVisible(self._written is None)
        if had_focus:
            target = self.open if self._written is not None else self.export
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_written(self, path: Path) -> None:
        """The file is there: offer to open it."""
        self._written = path
        self._icon.set_icon("check-circle-fill", "ok")
        self._name.setText(_("Written: {path}").format(path=path.name))
        self._facts.setText(files.short(path.parent))
        self.folder.setVisible(False)
        for part in (self.open, self.show_folder):
            part.setVisible(True)

    def forget_written(self) -> None:
        """Speak of the next file again."""
        self._written = None
        self.folder.setVisible(not self.cancel.isVisible())
        for part in (self.open, self.show_folder):
            part.setVisible(False)

    def _open(self) -> None:
        if self._written is not None:
            files.show(self._written)

    def _show_folder(self) -> None:
        if self._written is not None:
            files.show(self._written.parent)

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(28, 10, 28, 10)
        line.setSpacing(8)
        line.addWidget(self._icon)
        words = QVBoxLayout()
        words.setContentsMargins(4, 0, 8, 0)
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._facts)
        line.addLayout(words, 1)
        self._bar.setFixedWidth(px(160))
        for part in (self._bar, self.open, self.show_folder, self.folder, self.cancel, self.export):
            line.addWidget(part)
        self.setFixedHeight(px(60))
