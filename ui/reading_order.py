"""The order in which the Tab key goes through a window: the one in which it is read.

Qt goes by the order in which widgets were made, and fields, findings and states are made as they
are needed. Layouts know better: what stands first in them is read first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QLayout, QWidget


@runtime_checkable
class PlacesItsOwn(Protocol):
    """A widget that lays its children out without a layout, and knows their order."""

    def children_as_read(self) -> list[QWidget]:
        """Its children from top to bottom."""


def stops(box: QWidget) -> Iterator[QWidget]:
    """The visible widgets within a box that the Tab key stops at, in reading order."""
    for child in _children(box):
        if child.isHidden() or child.isWindow() or not child.isEnabled():
            continue
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.focusProxy() is None:
            yield child
        yield from stops(child)


def step(box: QWidget, forward: bool) -> bool:
    """Give the focus to what is read after (or before) what has it; False if there is nothing."""
    found = list(stops(box))
    if not found:
        return False
    now = QApplication.focusWidget()
    while now is not None and now not in found:
        now = now.parentWidget()  # inside of a widget that is one stop as a whole
    at = found.index(now) if now is not None else -1 if forward else 0
    reasons = Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.TabFocusReason
    found[(at + (1 if forward else -1)) % len(found)].setFocus(reasons[forward])
    return True


def _children(widget: QWidget) -> list[QWidget]:
    if isinstance(widget, PlacesItsOwn):
        return widget.children_as_read()
    layout = widget.layout()
    placed = list(_laid_out(layout)) if layout is not None else []
    every = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [*placed, *(child for child in every if child not in placed)]


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        positions = [layout.getItemPosition(place)[:2] for place in places]  # type: ignore[index]
        places.sort(key=positions.__getitem__)
    for place in places:
        item = layout.itemAt(place)
        inner = item.layout() if item is not None else None
        if inner is not None:
            yield from _laid_out(inner)
        elif item is not None and (widget := item.widget()) is not None:
            yield widget
