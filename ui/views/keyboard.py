"""All keys of the window, made from the declarations of its actions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ropa_app.i18n import N_, _
from ropa_ui.actions import GROUPS, WITHIN, Command, key_words
from ropa_ui.theme import colour, font, px, repaint_with_theme
from ropa_ui.widgets.buttons import plain_button
from ropa_ui.widgets.dialog import Dialog
from ropa_ui.widgets.labels import Label
from ropa_ui.widgets.marked_text import keys_width, paint_keys
from ropa_ui.widgets.scroll_box import ScrollBox

_WIDE, _ROW, _GAP = 820, 28, 12
_SIGNS = {
    "Return": "Enter", "Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "Escape": "Esc",
    "Del": "Delete", "Space": N_("Space bar"),
}  # fmt: skip
_MARGINS = 60  # px beside the columns: of the dialog, and the scroll bar
_LEFT = 3  # groups in the left column


def groups(known: Iterable[str]) -> list[tuple[str, list[Command]]]:
    """What the page shows: every command that has a key and is among the known ones."""
    there = set(known)
    found = [(name, [c for c in group if c.keys and c.key in there]) for name, group in GROUPS]
    found += [(name, list(group)) for name, group in WITHIN]
    return [(name, group) for name, group in found if group]


def caps(command: Command) -> list[str]:
    """The keys of a command as they are printed on them, each once."""
    return list(dict.fromkeys(_caps(key) for key in command.keys))


def _caps(key: str) -> str:
    parts = key_words(key).replace("++", "+\0").split("+")
    signs = [_SIGNS.get(part, part) for part in parts]
    return "+".join(_(sign) if sign == _SIGNS["Space"] else sign for sign in signs)


class KeyRow(QWidget):
    """What a key does, and at the right the caps to press."""

    def __init__(self, words: str, keys: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._words, self._keys = words, list(keys)
        self.setAccessibleName(f"{words}: {', '.join(keys)}")
        self.setFixedHeight(px(_ROW))
        repaint_with_theme(self)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(font("body")).horizontalAdvance(self._words)
        return QSize(words + self._taken() + px(_GAP), px(_ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._taken() + px(80), px(_ROW))

    def _taken(self) -> int:
        return sum(keys_width(keys) + px(_GAP) for keys in self._keys)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, left = self.height() // 2, self.width() - self._taken() + px(_GAP)
        place = QRect(0, 0, left - px(_GAP), self.height())
        for keys in self._keys:
            paint_keys(painter, left, middle, keys)
            left += keys_width(keys) + px(_GAP)
        painter.setFont(font("body"))
        painter.setPen(colour("text"))
        shown = QFontMetrics(font("body")).elidedText(
            self._words, Qt.TextElideMode.ElideRight, place.width()
        )
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.setPen(colour("hair"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


class KeyboardDialog(Dialog):
    """Groups of keys in two columns, or one where texts are large; Esc closes it."""

    def __init__(self, known: Iterable[str], parent: QWidget) -> None:
        sentence = _("The palette (Ctrl+K) finds all of this, and shows the key beside it.")
        super().__init__(_("Keyboard"), sentence, parent, wide=_WIDE)
        inner = QWidget()
        columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inner)
        columns.setContentsMargins(10, 8, 14, 8)  # the focus ring stands around it
        columns.setSpacing(px(40))
        shown = groups(known)
        for part in (shown[:_LEFT], shown[_LEFT:]):
            columns.addLayout(self._column(part, inner), 1)
        scroll = ScrollBox(_("Keyboard"), self)
        if inner.minimumSizeHint().width() > self.minimumWidth() - _MARGINS:
            columns.setDirection(QBoxLayout.Direction.TopToBottom)
        scroll.setWidget(inner)
        room = parent.window().height() - px(220)
        scroll.setMinimumHeight(min(inner.sizeHint().height() + 4, max(room, 260)))
        self.body.addWidget(scroll, 1)
        close = self.add_button(plain_button(_("Close"), parent=self))
        close.clicked.connect(self.reject)
        self.set_first(scroll)

    def _column(self, part: Sequence[tuple[str, list[Command]]], inner: QWidget) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        for number, (name, commands) in enumerate(part):
            if number:
                column.addSpacing(px(18))
            column.addWidget(Label(_(name), "section", "text2", inner))
            column.addSpacing(px(4))
            for command in commands:
                column.addWidget(KeyRow(_(command.text), caps(command), inner))
        column.addStretch(1)
        return column
