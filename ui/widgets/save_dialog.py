"""Asks where a file of one kind is to go."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


class SaveDialog(QFileDialog):
    """`fileSelected` tells the file; whatever name was typed, it ends as its kind does.

    The ending comes first, so that the usual question before a file is replaced is about that one.
    """

    def __init__(self, title: str, kind: str, proposed: Path, parent: QWidget) -> None:
        """`kind` is how a name of this kind ends, without the dot; `proposed` is the file."""
        super().__init__(parent, title)
        self._ending = f".{kind}"
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.setNameFilters([f"{kind.upper()} (*{self._ending})"])
        self.setDefaultSuffix(kind)
        self.setDirectory(str(proposed.parent))
        self.selectFile(proposed.name)

    def accept(self) -> None:
        for named in self.selectedFiles()[:1]:
            if not named.casefold().endswith(self._ending) and not Path(named).is_dir():
                self.selectFile(f"{named}{self._ending}")
        super().accept()
