"""A drop-down of options, each a key and what people read."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from ropa_ui.theme import px
from ropa_ui.widgets.labels import plain_tooltip


class OptionCombo(QComboBox):
    """Options (key, text); ``chosen`` tells the key the user took, set_key says nothing."""

    chosen = Signal(str)

    def __init__(
        self, name: str, options: Iterable[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMaxVisibleItems(14)
        self.setMinimumWidth(px(90))
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.set_options(options)
        self.activated.connect(self._tell)

    def set_options(self, options: Iterable[tuple[str, str]]) -> None:
        """Offer these instead; what was chosen stays chosen if it is among them."""
        before = self.key()
        self.clear()
        for key, text in options:
            self.addItem(text, key)
            self.setItemData(self.count() - 1, plain_tooltip(text), Qt.ItemDataRole.ToolTipRole)
        self.set_key(before)

    def key(self) -> str:
        """The key of the option shown; empty if there is none."""
        return str(self.currentData() or "")

    def set_key(self, key: str) -> None:
        """Show this option, the first if there is no such one."""
        self.setCurrentIndex(max(self.findData(key), 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        """As Qt paints it, but a text too long ends in …; it stands whole in the list."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option,
            QStyle.SubControl.SC_ComboBoxEditField, self,
        )  # fmt: skip
        option.currentText = option.fontMetrics.elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, room.width() - 4
        )
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def _tell(self, row: int) -> None:
        self.chosen.emit(str(self.itemData(row) or ""))
