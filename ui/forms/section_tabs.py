"""The tabs of a form: one for each section, called as shortly as it can be."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTabBar, QWidget

from ropa_app.i18n import N_, _
from ropa_ui.theme import theme

# What a section is called where many stand in a row; its whole name is the tooltip.
_SHORT: Final = {
    "Purposes and legal bases": N_("Purposes"),
    "Activity": N_("Basics"),
    "People, data and retention": N_("Data held"),
    "Systems and security": N_("Security"),
    "Rights and information": N_("Rights"),
    "United Kingdom": N_("UK law"),
    "As a processor": N_("For others"),
    "Status and review": N_("Status"),
    "Source and notes": N_("Source"),
}


class SectionTabs(QTabBar):
    """One line of tabs, closer and smaller where there is little room; at last it scrolls."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._roomy = 0  # px that the tabs need as they are when there is room
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setAccessibleName(_("Sections"))
        self.setElideMode(Qt.TextElideMode.ElideNone)
        theme.changed.connect(self._measure)
        self._measure()

    def add_section(self, label: str) -> None:
        """Add a tab for a section by its label as declared."""
        short = _SHORT.get(label, label)
        place = self.addTab(_(short))
        if short != label:
            self.setTabToolTip(place, _(label))
            self.setAccessibleTabName(place, _(label))
        self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _measure(self) -> None:
        """Find out how wide the tabs are in the usual type; it may have changed."""
        self._dress(tight=False)
        self._roomy = self.sizeHint().width()
        self._fit()

    def _fit(self) -> None:
        tight = self.width() < self._roomy
        if tight != self.property("tight"):
            self._dress(tight)

    def _dress(self, tight: bool) -> None:
        self.setProperty("tight", tight)
        self.style().unpolish(self)
        self.style().polish(self)
