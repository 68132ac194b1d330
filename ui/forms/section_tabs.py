"""The tabs of a form: one for each section, called as shortly as it can be."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar, QWidget

from ropa_app.i18n import N_, _

# What a section is called where many stand in a row; its whole name is the tooltip.
_SHORT: Final = {
    "Purposes and legal bases": N_("Purposes"),
    "Activity": N_("Basics"),
    "People, data and retention": N_("People, data"),
    "Systems and security": N_("Security"),
    "Rights and information": N_("Rights"),
    "United Kingdom": N_("UK"),
    "As a processor": N_("Processor"),
    "Status and review": N_("Review"),
    "Source and notes": N_("Source"),
}


class SectionTabs(QTabBar):
    """One line of tabs; where they do not fit, it scrolls."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setAccessibleName(_("Sections"))
        self.setElideMode(Qt.TextElideMode.ElideNone)

    def add_section(self, label: str) -> None:
        """Add a tab for a section by its label as declared."""
        short = _SHORT.get(label, label)
        place = self.addTab(_(short))
        if short != label:
            self.setTabToolTip(place, _(label))
            self.setAccessibleTabName(place, _(label))
