"""Palette and style sheet: fields, buttons, boxes, bars and menus; the rest is in delegates.

Which dress a button or a field wears is told by properties: ``kind`` of a button ("primary",
"text", "icon"), ``small`` of one 26 px high, ``state`` of a field ("warn", "bad").
"""

from __future__ import annotations

from collections.abc import Callable
from string import Template
from typing import Final

from PySide6.QtGui import QColor, QPalette

from ropa_ui.marks import marks

Colour = Callable[[str], QColor]
Length = Callable[[float], int]

_GROUPS: Final = QPalette.ColorGroup
_PALETTE: Final = {
    QPalette.ColorRole.Window: "paper",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "paper",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.Button: "paper",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "on",
    QPalette.ColorRole.Highlight: "sel",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.ToolTipBase: "paper",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Light: "paper",
    QPalette.ColorRole.Midlight: "hair",
    QPalette.ColorRole.Mid: "edge",
    QPalette.ColorRole.Dark: "ctl",
    QPalette.ColorRole.Shadow: "edge",
    QPalette.ColorRole.Accent: "accent",
}
_FAINT: Final = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)


def palette(colour: Colour) -> QPalette:
    """What Qt's own painting uses; a pane without focus shows its choice in ``selq``."""
    made = QPalette()
    for role, name in _PALETTE.items():
        made.setColor(role, colour(name))
    made.setColor(_GROUPS.Inactive, QPalette.ColorRole.Highlight, colour("selq"))
    for role in _FAINT:
        made.setColor(_GROUPS.Disabled, role, colour("dis"))
    return made


def style_sheet(colour: Colour, px: Length, theme: str) -> str:
    """The style sheet of the application in the colours of a theme, lengths by ``px``."""
    parts: dict[str, object] = {role: _css(colour(role)) for role in _USED}
    parts |= {f"px{length}": f"{px(length)}px" for length in _LENGTHS}
    parts |= marks(theme, colour, px)
    return Template(_SHEET).substitute(parts)


def _css(ink: QColor) -> str:
    return ink.name() if ink.alpha() else "transparent"


_USED: Final = (
    *("window", "list", "paper", "hover", "sel", "selq", "hair", "edge", "ctl"),
    *("text", "text2", "text3", "dis", "accent", "on", "apress", "asoft", "rim"),
    *("warn_fill", "bad_fill", "toast_accent", "toast_key"),
)
_LENGTHS: Final = (8, 10, 12, 14, 16, 22, 24, 26, 28, 30, 34)

_SHEET: Final = """
QPushButton {
    background: $paper; color: $text; border: 1px solid $edge; border-radius: 6px;
    padding: 0 12px; min-height: $px28; max-height: $px28;
}
QPushButton[small="true"] { padding: 0 10px; min-height: $px24; max-height: $px24; }
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $selq; }
QPushButton:disabled { color: $dis; }
QPushButton::menu-indicator { image: $caret; subcontrol-position: right center; right: 9px; }
QPushButton[kind="primary"] {
    background: $accent; color: $on; border-color: $accent;
}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {
    background: $apress; border-color: $apress;
}
QPushButton[kind="primary"]:disabled { background: $selq; color: $dis; border-color: $selq; }
QPushButton[kind="text"] {
    background: transparent; color: $accent; border-color: transparent; padding: 0 4px;
}
QPushButton[kind="text"]:hover { background: $hover; }
QPushButton[kind="text"]:pressed { background: $selq; }
QPushButton[kind="text"]:disabled { color: $dis; }
QPushButton[kind="icon"] {
    background: transparent; border-color: transparent; padding: 0;
    min-width: $px26; max-width: $px26; min-height: $px26; max-height: $px26;
}
QPushButton[kind="icon"]:hover { background: $hover; }
QPushButton[kind="icon"]:pressed, QPushButton[kind="icon"]:checked { background: $selq; }
QPushButton[on_toast="true"] { color: $toast_accent; background: transparent; }
QPushButton[on_toast="true"]:hover, QPushButton[on_toast="true"]:pressed {
    background: $toast_key;
}

QAbstractScrollArea { border: none; }
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox {
    background: $paper; color: $text; border: 1px solid $ctl; border-radius: 6px;
    selection-background-color: $sel; selection-color: $text;
}
QLineEdit { placeholder-text-color: $text3; }
QPlainTextEdit, QTextEdit { placeholder-text-color: $text3; }
QLineEdit, QComboBox { padding: 0 9px; min-height: $px28; max-height: $px28; }
QComboBox { padding: 0 11px; }
QPlainTextEdit, QTextEdit { padding: 3px 8px; }
QLineEdit[state="warn"], QPlainTextEdit[state="warn"], QComboBox[state="warn"] {
    border-color: $warn_fill;
}
QLineEdit[state="bad"], QPlainTextEdit[state="bad"], QComboBox[state="bad"] {
    border-color: $bad_fill;
}
QLineEdit:focus, QComboBox:focus, QComboBox:on {
    border: 2px solid $accent; padding: 0 8px; min-height: $px26; max-height: $px26;
}
QComboBox:focus, QComboBox:on { padding: 0 10px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $accent; padding: 2px 7px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QComboBox:disabled {
    color: $dis; border-color: $edge;
}
QLineEdit:read-only, QPlainTextEdit:read-only { border-color: $edge; }
QComboBox QLineEdit, QComboBox QLineEdit:focus {
    border: none; padding: 0; background: transparent; min-height: 0; max-height: 10000px;
}
QComboBox::drop-down { border: none; width: $px22; }
QComboBox::down-arrow { image: $caret; width: 12px; height: 12px; }
QComboBox QAbstractItemView, QMenu {
    background: $paper; color: $text; border: 1px solid $edge; padding: 4px;
    selection-background-color: $sel; selection-color: $text; outline: none;
}
QMenu::item {
    padding: 0 24px 0 12px; min-height: $px28; border-radius: 6px; margin: 0;
    border: 1px solid transparent;
}
QMenu::item:selected { background: $sel; border-color: $rim; }
QMenu::item:disabled { color: $dis; }
QMenu::icon { padding-left: 10px; }
QMenu::separator { height: 1px; background: $hair; margin: 4px 8px; }
QToolTip {
    background: $paper; color: $text; border: 1px solid $edge; padding: 4px 6px;
}

QCheckBox, QRadioButton { spacing: 8px; background: transparent; min-height: $px22; }
QCheckBox:disabled, QRadioButton:disabled { color: $dis; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
    width: $px14; height: $px14; border: 1px solid $ctl; background: $paper; border-radius: 4px;
}
QRadioButton::indicator { border-radius: $pxhalf; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { background: $hover; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
    background: $accent; border-color: $accent; image: $check;
}
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate {
    background: $accent; border-color: $accent; image: $minus;
}
QRadioButton::indicator:checked { background: $accent; border-color: $accent; image: $dot; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {
    background: $hover; border-color: $edge;
}
QCheckBox:focus, QRadioButton:focus { border: 2px solid $accent; border-radius: 6px; }
QCheckBox, QRadioButton { border: 2px solid transparent; padding: 0 2px; }
QRadioButton[segment="true"] { border: none; padding: 0; min-height: 0; }

QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 4px; margin: 2px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $ctl; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $hair; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section {
    background: transparent; color: $text2; border: none; border-bottom: 1px solid $hair;
    padding: 0 8px 0 0; min-height: $px26; font-weight: 500;
}
QHeaderView::section:hover { background: $hover; }
QTableCornerButton::section { background: transparent; border: none; }

QWidget#navigation { background: $window; }
QWidget#listPane { background: $list; }
QListView#pages, QListView#records, QTableView#records {
    background: transparent; border: none; outline: none;
}
QTableView#records { selection-background-color: transparent; }
QTabBar { background: $paper; }
QTabBar::tab {
    background: transparent; color: $text2; border: none; border-bottom: 2px solid transparent;
    padding: 0 2px; margin: 0 8px; min-height: $px34; max-height: $px34;
}
QTabBar[tight="true"] { font-size: $px12; }
QTabBar[tight="true"]::tab { padding: 0 1px; margin: 0 4px; }
QTabBar::tab:first { margin-left: 28px; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; font-weight: 600; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected:focus { background: $hover; }
QTabBar::scroller { width: $px28; }
QTabBar QToolButton { background: $paper; border: 1px solid $edge; border-radius: 6px; }
"""
