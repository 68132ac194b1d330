"""Whether the list that a row is painted for has the keyboard."""

from __future__ import annotations

from PySide6.QtWidgets import QStyleOptionViewItem, QWidget


def has_keyboard(option: QStyleOptionViewItem) -> bool:
    """True if the view of a row has the focus; a row painted for no view has none."""
    view: QWidget | None = option.widget  # None while Qt only measures
    return view is not None and view.hasFocus()
