"""Which columns a table has, how wide and in which order; remembered by kind."""

from __future__ import annotations

import json

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QWidget

from ropa_app.i18n import _
from ropa_ui import settings
from ropa_ui.forms.entries import plain
from ropa_ui.models.columns import all_columns, column_label, default_columns
from ropa_ui.models.session import Session
from ropa_ui.theme import px
from ropa_ui.views.table_popup import SearchPopup
from ropa_ui.widgets.buttons import text_button

_KEY = Qt.ItemDataRole.UserRole
NARROW, USUAL, WIDE = 110, 170, 280
_NARROW_KINDS = ("ref", "date", "number", "country")


def stored_columns(kind: str) -> list[str]:
    """The columns chosen last, those that still exist; the usual ones if none were."""
    known = all_columns(kind)
    stored = _stored(kind).get("columns")
    kept = [key for key in stored if key in known] if isinstance(stored, list) else []
    if "name" not in kept:
        return default_columns(kind)
    return ["name", *(key for key in dict.fromkeys(kept) if key != "name")]


def stored_widths(kind: str) -> dict[str, int]:
    """The widths given to columns, in px."""
    stored = _stored(kind).get("widths")
    items = stored.items() if isinstance(stored, dict) else ()
    return {key: width for key, width in items if isinstance(width, int) and 20 < width < 4000}


def remember(kind: str, columns: list[str], widths: dict[str, int]) -> None:
    """Keep columns, in their order, and widths for the next time."""
    settings.keep(f"table/{kind}", json.dumps({"columns": columns, "widths": widths}))


def usual_width(kind: str, key: str, field_kind: str) -> int:
    """The width of a column nobody has sized, in px."""
    if key == "name":
        return px(WIDE)
    return px(NARROW if key == "ref" or field_kind in _NARROW_KINDS else USUAL)


def _stored(kind: str) -> dict[str, object]:
    return settings.mapping(f"table/{kind}")


class ColumnChooser(SearchPopup):
    """All columns of a kind with a box each; Enter or a click shows or hides one."""

    chosen = Signal(list)

    def __init__(self, session: Session, kind: str, shown: list[str], parent: QWidget) -> None:
        super().__init__(_("Search columns"), _("Columns"), parent)
        self._kind = kind
        self._shown = list(shown)
        self._items = QStandardItemModel(self)
        self._labels = {key: column_label(session, kind, key) for key in all_columns(kind)}
        self.list.setModel(self._items)
        usual = text_button(_("Usual columns"), "arrow-counter-clockwise", self)
        usual.clicked.connect(self._reset)
        self.column.addWidget(usual, 0, Qt.AlignmentFlag.AlignLeft)
        self.search("")

    def search(self, text: str) -> None:
        self._items.clear()
        words = plain(text).split()
        for key, text_of in self._labels.items():
            if all(word in plain(text_of) for word in words):
                item = QStandardItem(text_of)
                item.setData(key, _KEY)
                item.setSizeHint(QSize(0, px(28)))
                item.setCheckable(True)
                item.setEnabled(key != "name")
                item.setCheckState(_mark(key in self._shown))
                self._items.appendRow(item)
        self.point_at(0)

    def take(self, index: QModelIndex) -> None:
        key = index.data(_KEY)
        if key == "name":
            return
        if key in self._shown:
            self._shown.remove(key)
        else:
            self._shown.append(key)
        self._items.itemFromIndex(index).setCheckState(_mark(key in self._shown))
        self.chosen.emit(list(self._shown))

    def serve(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Space and not self.line.text():
            self.take(self.list.currentIndex())
            return True
        return super().serve(event)

    def _reset(self) -> None:
        self._shown = default_columns(self._kind)
        self.search(self.line.text())
        self.chosen.emit(list(self._shown))


def _mark(shown: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked
