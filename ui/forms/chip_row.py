"""Chips in a row that the arrow keys go along, with one place in the tab order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ropa_ui.widgets.chip import Chip
from ropa_ui.widgets.flow_layout import FlowLayout

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_FREE = ~Qt.KeyboardModifier.KeypadModifier


class Look(NamedTuple):
    """What a chip shows: its text and its icon, "" for none; what readers say if it is more."""

    text: str
    icon: str = ""
    spoken: str = ""


class ChipRow(QWidget):
    """Chips in lines, and after them perhaps a field to add another.

    Left and Right go along; past the last chip comes the field. `opened` and `removed` tell the
    place of a chip; `typed` what was typed on a chip and belongs into the field.
    """

    opened = Signal(int)
    removed = Signal(int)
    typed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        self._flow.setContentsMargins(0, 4, 0, 4)
        self._chips: list[Chip] = []
        self._looks: list[Look] = []
        self._field: QWidget | None = None
        self._removable = True

    @property
    def chips(self) -> Sequence[Chip]:
        """The chips, in order."""
        return self._chips

    def end_with(self, field: QWidget) -> None:
        """Have a field stand after the last chip."""
        self._field = field
        self._flow.addWidget(field)

    def show_chips(self, looks: list[Look], removable: bool) -> None:
        """Show these chips; the keyboard stays at its place in the row."""
        if looks == self._looks and removable == self._removable:
            return
        at = self.place()
        self._looks, self._removable = looks, removable
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(look) for look in looks]
        if self._field is not None:  # it goes to the end again
            self._flow.removeWidget(self._field)
            self._flow.addWidget(self._field)
        for number, chip in enumerate(self._chips):
            chip.opened.connect(partial(self.opened.emit, number))
            chip.removed.connect(partial(self.removed.emit, number))
        self._set_tab_stop()
        self.updateGeometry()
        if at >= 0:
            self.go_to(at)

    def _chip(self, look: Look) -> Chip:
        chip = Chip(look.text, look.icon or None, removable=self._removable, parent=self)
        if look.spoken:
            chip.setAccessibleName(look.spoken)
        chip.installEventFilter(self)
        self._flow.addWidget(chip)
        chip.show()
        return chip

    def _set_tab_stop(self) -> None:
        """One place in the tab order: the field, or the first chip where there is none."""
        alone = self._field is None or self._field.isHidden()
        for number, chip in enumerate(self._chips):
            first = alone and number == 0
            policy = Qt.FocusPolicy.StrongFocus if first else Qt.FocusPolicy.ClickFocus
            chip.setFocusPolicy(policy)

    def place(self) -> int:
        """Which chip has the keyboard; -1 if none."""
        return next((n for n, chip in enumerate(self._chips) if chip.hasFocus()), -1)

    def go_to(self, place: int) -> None:
        """Give the keyboard to a chip, or past the last one to the field."""
        if 0 <= place < len(self._chips):
            self._chips[place].setFocus(Qt.FocusReason.TabFocusReason)
        elif place >= len(self._chips):
            field = self._field
            if field is not None and not field.isHidden():
                field.setFocus(Qt.FocusReason.TabFocusReason)
            elif self._chips:
                self._chips[-1].setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return watched in self._chips and self._key(event, self._chips.index(watched))
        return False

    def _key(self, event: QKeyEvent, place: int) -> bool:
        if event.modifiers() & _FREE & ~Qt.KeyboardModifier.ShiftModifier:
            return False
        key = event.key()
        if key in _STEPS:
            step = _STEPS[Qt.Key(key)]
            self.go_to(max(0, place - step if self.isRightToLeft() else place + step))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to(0 if key == Qt.Key.Key_Home else len(self._chips))
        elif self._removable and event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
        else:
            return False
        return True
