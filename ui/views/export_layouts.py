"""The list of layouts on the export page, by who reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ropa_app.exports.layout import WRITERS, Layout, layouts, takes
from ropa_app.i18n import N_, _, current_language, in_language
from ropa_ui import icons
from ropa_ui.languages import OWN_NAMES
from ropa_ui.theme import colour, font, px, repaint_with_theme
from ropa_ui.widgets.delegate_focus import has_keyboard
from ropa_ui.widgets.ground import paint_ground
from ropa_ui.widgets.mirroring import mirrored

Index = QModelIndex | QPersistentModelIndex
HEAD = Qt.ItemDataRole.UserRole
FACTS = Qt.ItemDataRole.UserRole + 1
LAYOUT = Qt.ItemDataRole.UserRole + 2

_READERS = (
    ("authority", N_("For an authority")),
    ("customer", N_("For a customer")),
    ("everything", N_("Everything")),
)
_FILES = {"xlsx": N_("Workbook"), "pdf": "PDF"}
_LEFT = 38  # px: where the words begin, after the icon
_WRAP = int(Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
_ICONS = {"xlsx": "table", "pdf": "file-pdf"}


def reader_of(layout: Layout) -> str:
    """Who reads what is written in this layout."""
    if layout.writer == "safeguards-pdf":
        return "customer"
    return "everything" if layout.row == "record" else "authority"


def facts_of(layout: Layout) -> str:
    """The kind of file, its languages and columns in a few words."""
    kind = _FILES[WRITERS[layout.writer]]
    languages = " / ".join(OWN_NAMES[language] for language in layout.languages)
    parts = [_(kind) if kind != "PDF" else kind, languages]
    if layout.columns:
        parts.append(_("{count} columns").format(count=len(layout.columns)))
    return "  ·  ".join(parts)


def why_not(layout: Layout, kind: str) -> str:
    """Why a layout cannot be of chosen records of a kind alone; empty if it can, or for all."""
    if not kind or takes(layout, kind):
        return ""
    if takes(layout, "transfer"):
        return _("Only activities and transfers")
    return _("Only activities")


@dataclass(frozen=True)
class _Row:
    head: str = ""
    layout: Layout | None = None


class LayoutsModel(QAbstractListModel):
    """Heads and layouts."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        found = layouts()
        for reader, head in _READERS:
            mine = [_Row(layout=each) for each in found if reader_of(each) == reader]
            self._rows += [_Row(head=_(head)), *mine] if mine else []
        self.kind = ""
        self._empty: dict[str, str] = {}

    def say_empty(self, reasons: dict[str, str]) -> None:
        """Say in their rows why these layouts, by id, would hold no activity."""
        if reasons != self._empty:
            self._empty = reasons
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def limit(self, kind: str) -> None:
        """Offer what can be of chosen records of a kind alone; everything with ""."""
        self.kind = kind
        self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def first_open(self) -> int:
        """The row of the first layout that is offered."""
        rows = enumerate(self._rows)
        return next(n for n, row in rows if row.layout and not why_not(row.layout, self.kind))

    def row_of(self, identifier: str) -> int:
        """The row of a layout; the first one's if there is none of that id."""
        ids = [row.layout.id if row.layout else "" for row in self._rows]
        return ids.index(identifier) if identifier and identifier in ids else 1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        layout = self._rows[index.row()].layout if index.isValid() else None
        if layout is None or why_not(layout, self.kind):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        layout = row.layout
        if layout is None:
            return row.head if role in (HEAD, Qt.ItemDataRole.DisplayRole) else None
        title = in_language(layout.title, current_language())
        reason = why_not(layout, self.kind)
        facts = reason or self._empty.get(layout.id) or facts_of(layout)
        hint = _("To use this layout, choose all records above the preview.") if reason else ""
        values: dict[int, Any] = {
            Qt.ItemDataRole.DisplayRole: title,
            Qt.ItemDataRole.ToolTipRole: "\n".join(filter(None, (title, facts, hint))),
            Qt.ItemDataRole.AccessibleTextRole: f"{title}, {facts}",
            FACTS: facts,
            LAYOUT: layout,
        }
        return values.get(role)


class LayoutList(QListView):
    """`layout_chosen` tells the layout under the cursor; `taken` that Enter was pressed on it."""

    layout_chosen = Signal(object)
    taken = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = LayoutsModel(self)
        self.setModel(self._model)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setObjectName("records")
        self.setAccessibleName(_("Layouts"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._tell)
        repaint_with_theme(self.viewport())

    def choose(self, identifier: str) -> None:
        """Put the cursor on a layout."""
        self.setCurrentIndex(self._model.index(self._model.row_of(identifier)))

    def limit(self, kind: str) -> None:
        """Offer only what can be of chosen records of a kind; everything with ""."""
        self._model.limit(kind)
        if not self.currentIndex().flags() & Qt.ItemFlag.ItemIsEnabled:
            self.setCurrentIndex(self._model.index(self._model.first_open()))

    def say_empty(self, reasons: dict[str, str]) -> None:
        """Say in their rows why these layouts, by id, would hold no activity."""
        self._model.say_empty(reasons)

    def chosen(self) -> Layout:
        """The layout under the cursor."""
        found: Layout = self.currentIndex().data(LAYOUT)
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the layout; `activated` would come with a single click on some desktops."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        else:
            super().keyPressEvent(event)

    def _tell(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.data(LAYOUT) is not None:
            self.layout_chosen.emit(current.data(LAYOUT))


def parted(title: str, room: int) -> str:
    """The title with places to break in words that are wider than a line (large text)."""
    metrics, words = QFontMetrics(font("name")), []
    for word in title.split(" "):
        line, shown = "", ""
        for letter in word:
            if line and metrics.horizontalAdvance(line + letter) > room:
                line, shown = "", f"{shown}\u200b"
            line, shown = line + letter, shown + letter
        words.append(shown)
    return " ".join(words)


class _Delegate(QStyledItemDelegate):
    """A layout: icon, title, facts; heads in small type."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if index.data(HEAD):
            return QSize(px(120), px(34))
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListView) else px(280)
        return QSize(px(120), self._title_height(str(index.data()), width) + px(29))

    def _title_height(self, title: str, width: int) -> int:
        """Of the title in as many lines as it needs."""
        room = QRect(0, 0, width - px(_LEFT + 8), 10_000)
        shown = parted(title, room.width())
        return max(QFontMetrics(font("name")).boundingRect(room, _WRAP, shown).height(), px(19))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = option.rect
        if head := index.data(HEAD):
            painter.setFont(font("column"))
            painter.setPen(colour("text2"))
            spot = row.adjusted(px(10), 0, -px(10), -px(5))
            painter.drawText(spot, Qt.AlignmentFlag.AlignBottom, str(head))
        else:
            self._row(painter, option, index)
        painter.restore()

    def _row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, chosen = option.rect, bool(option.state & QStyle.StateFlag.State_Selected)
        focused = has_keyboard(option)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        ground = ("sel" if focused else "selq") if chosen else "hover" if hovered else ""
        if ground:
            paint_ground(painter, QRectF(row).adjusted(0, 0, 0, -1), ground, 6)
        size = px(16)
        icon = QRect(row.left() + px(10), row.top() + (row.height() - size) // 2, size, size)
        name = _ICONS[WRITERS[index.data(LAYOUT).writer]]
        offered = bool(option.state & QStyle.StateFlag.State_Enabled)
        shown_icon = mirrored(painter, icon, row)
        role = "accent" if chosen else "text2" if offered else "dis"
        icons.paint(painter, shown_icon, name, role)
        title = str(index.data())
        high = self._title_height(title, row.width())
        inner = QRect(row.left() + px(_LEFT), row.top() + px(5), row.width() - px(_LEFT + 8), high)
        painter.setFont(font("name"))
        painter.setPen(colour("text" if offered else "dis"))
        painter.drawText(mirrored(painter, inner, row), _WRAP, parted(title, inner.width()))
        below = QRect(inner.left(), inner.top() + high, inner.width(), px(19))
        used = font("small")
        painter.setFont(used)
        painter.setPen(colour("text2"))
        shown = QFontMetrics(used).elidedText(
            index.data(FACTS), Qt.TextElideMode.ElideRight, below.width()
        )
        place = mirrored(painter, below, row)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
