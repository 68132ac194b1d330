"""The navigation at the left: the register, its pages in groups, the saved state."""

from __future__ import annotations

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
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ropa_app.i18n import _
from ropa_ui import icons
from ropa_ui.kinds import NAVIGATION
from ropa_ui.languages import number
from ropa_ui.theme import colour, font, px, repaint_with_theme, theme
from ropa_ui.widgets.delegate_focus import has_keyboard
from ropa_ui.widgets.foot_line import FootLine
from ropa_ui.widgets.ground import paint_ground
from ropa_ui.widgets.hairline import Hairline
from ropa_ui.widgets.labels import plain_tooltip
from ropa_ui.widgets.mirroring import mirrored
from ropa_ui.widgets.page_list import PageList

Index = QModelIndex | QPersistentModelIndex
KEY = Qt.ItemDataRole.UserRole
ICON = Qt.ItemDataRole.UserRole + 1
COUNT = Qt.ItemDataRole.UserRole + 2
GAP = Qt.ItemDataRole.UserRole + 3

NARROW, WIDE, WIDEST = 56, 232, 272
_LABEL, _INSET = 36, 8  # px: where a label begins, around a row
_AFTER, _BESIDE = 6, 8  # px: after a count, and at least around it
_DIGITS = "000"  # the count that there is always room for


class PagesModel(QAbstractListModel):
    """The pages with their counts."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = [
            (key, icon, label, number == 0 and group > 0)
            for group, entries in enumerate(NAVIGATION)
            for number, (key, icon, label) in enumerate(entries)
        ]
        self._counts: dict[str, int] = {}
        self._told: dict[str, str] = {}

    def set_counts(self, counts: dict[str, int], told: dict[str, str]) -> None:
        """Show these numbers; `told` says in words what some of them count."""
        self._counts, self._told = counts, told
        self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    def row_of(self, key: str) -> int:
        """The row of a page; -1 if it has none."""
        return next((n for n, row in enumerate(self._rows) if row[0] == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        key, icon, label, gap = self._rows[index.row()]
        count = self._counts.get(key)
        spoken = _(label) if count is None else f"{_(label)}, {self._told.get(key, count)}"
        tip = f"{_(label)}: {self._told[key]}" if key in self._told else _(label)
        found = {
            Qt.ItemDataRole.DisplayRole: _(label),
            Qt.ItemDataRole.ToolTipRole: tip,
            Qt.ItemDataRole.AccessibleTextRole: spoken,
            KEY: key,
            ICON: icon,
            COUNT: count,
            GAP: gap,
        }
        return found.get(role)


class _Delegate(QStyledItemDelegate):
    """A page: icon, label, count; the chosen one in the accent."""

    narrow = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        # As wide as the list, whatever its scroll bar takes: it never scrolls sideways.
        return QSize(0, px(30) + (px(14) if index.data(GAP) else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = QRect(option.rect)
        if index.data(GAP):
            row.setTop(row.top() + px(14))
        row.adjust(_INSET, 1, -_INSET, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        self._ground(painter, option, row, chosen)
        size = px(16)
        left = row.left() + (10 if not self.narrow else (row.width() - size) // 2)
        spot = QRect(left, row.center().y() - size // 2 + 1, size, size)
        name, role = index.data(ICON), "text2"
        if chosen:
            name, role = f"{name}-fill", "accent"
        icons.paint(painter, mirrored(painter, spot, row), name, role)
        if not self.narrow:
            self._words(painter, row, index, chosen)
        painter.restore()

    def _ground(
        self, painter: QPainter, option: QStyleOptionViewItem, row: QRect, chosen: bool
    ) -> None:
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if not chosen and not hovered:
            return
        focused = has_keyboard(option)
        paint_ground(painter, row, "sel" if chosen else "hover", 6)
        if chosen and focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = painter.pen()
            pen.setStyle(Qt.PenStyle.SolidLine)
            pen.setColor(colour("accent"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRoundedRect(QRectF(row).adjusted(1, 1, -1, -1), 5, 5)

    def _words(self, painter: QPainter, row: QRect, index: Index, chosen: bool) -> None:
        count = index.data(COUNT)
        taken = 0
        if count is not None:
            used = font("small", tabular=True)
            text = number(count)
            taken = QFontMetrics(used).horizontalAdvance(text) + _BESIDE
            painter.setFont(used)
            painter.setPen(colour("text3"))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(mirrored(painter, row.adjusted(0, 0, -_AFTER, 0), row), right, text)
        used = font("name" if chosen else "body")
        painter.setFont(used)
        painter.setPen(colour("text"))
        place = row.adjusted(_LABEL, 0, -taken, 0)
        label = QFontMetrics(used).elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, place.width()
        )
        painter.drawText(mirrored(painter, place, row), Qt.AlignmentFlag.AlignVCenter, label)


class _RegisterBlock(QAbstractButton):
    """Which register is open: a tile with its letter, its name, its file."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.narrow = False
        self._name = self._file = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        repaint_with_theme(self)

    def say(self, name: str, file: str) -> None:
        """Show this name and file."""
        self._name, self._file = name, file
        self.setToolTip(plain_tooltip(f"{name}\n{file}"))
        self.setAccessibleName(_("Register {name}, {file}; choose another").format(
            name=name, file=file))  # fmt: skip
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(56), px(60))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            pen = painter.pen()
            pen.setColor(colour("accent"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(7, 7, -7, -7), 6, 6)
        size = px(28)
        left = 16 if not self.narrow else (self.width() - size) // 2
        tile = QRect(left, (self.height() - size) // 2, size, size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent"))
        shown = mirrored(painter, tile, self.rect())
        painter.drawRoundedRect(QRectF(shown), 6, 6)
        painter.setPen(colour("on"))
        painter.setFont(font("section"))
        painter.drawText(shown, Qt.AlignmentFlag.AlignCenter, self._name[:1].upper())
        if not self.narrow:
            self._words(painter, tile)

    def _words(self, painter: QPainter, tile: QRect) -> None:
        left, wide = tile.right() + 11, self.width() - tile.right() - 40
        for style, role, top, text in (
            ("section", "text", tile.top() - 3, self._name),
            ("caption", "text2", tile.top() + px(15), self._file),
        ):
            used = font(style)
            painter.setFont(used)
            painter.setPen(colour(role))
            shown = QFontMetrics(used).elidedText(text, Qt.TextElideMode.ElideMiddle, wide)
            place = mirrored(painter, QRect(left, top, wide, px(17)), self.rect())
            painter.drawText(
                place, Qt.AlignmentFlag.AlignVCenter, shown
            )
        size = px(12)
        spot = QRect(self.width() - 24, tile.center().y() - size // 2, size, size)
        icons.paint(painter, mirrored(painter, spot, self.rect()), "caret-down", "text3")


class Navigation(QWidget):
    """Everything at the left. `page_chosen` tells the key of the page to show.

    `unsaved_asked` and `law_asked` tell that there is more to be known of what the foot says.
    """

    page_chosen = Signal(str)
    register_asked = Signal()
    unsaved_asked = Signal()
    law_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._marking = False
        self.block = _RegisterBlock(self)
        self.block.clicked.connect(self.register_asked)
        self.model = PagesModel(self)
        self.pages = PageList(self)
        self.pages.setObjectName("pages")
        self.pages.setAccessibleName(_("Pages"))
        self.pages.setModel(self.model)
        self._delegate = _Delegate(self.pages)
        self.pages.setItemDelegate(self._delegate)
        self.pages.setMouseTracking(True)
        self.pages.selectionModel().currentChanged.connect(self._chosen)
        self._saved, self._law = FootLine(self), FootLine(self)
        self._saved.clicked.connect(self.unsaved_asked)
        self._law.clicked.connect(self.law_asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 12)
        layout.setSpacing(0)
        layout.addWidget(self.block)
        layout.addWidget(self.pages, 1)
        self._foot = QVBoxLayout()
        self._foot.setSpacing(4)
        for line in (self._saved, self._law):
            self._foot.addWidget(line)
        self._over_foot = Hairline(self)
        layout.addWidget(self._over_foot)
        layout.addLayout(self._foot)
        self.set_narrow(False)
        theme.changed.connect(self.pages.doItemsLayout)

    def _chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and not self._marking:
            self.page_chosen.emit(current.data(KEY))

    def show_page(self, key: str) -> None:
        """Mark the page that is shown, without asking for it."""
        row = self.model.row_of(key)
        self._marking = True
        self.pages.setCurrentIndex(self.model.index(row) if row >= 0 else QModelIndex())
        self._marking = False

    def say_saved(self, words: str, *, good: bool) -> None:
        """Whether everything is saved, at the foot; in colour if it is not."""
        self._saved.say(*(("check", "text3") if good else ("warning-fill", "bad")), words)
        self._saved.set_leads_on(not good, "" if good else _("Goes to what is not saved"))

    def say_law(self, words: str) -> None:
        """How old the law data are, at the foot."""
        self._law.say("scales", "text3", words)
        self._law.set_leads_on(True, _("Shows the versions of program and data"))

    def _needed(self) -> int:
        """The width at which the longest label is whole, set as that of the chosen page is."""
        labels = (str(self.model.index(row).data()) for row in range(self.model.rowCount()))
        metrics = QFontMetrics(font("name"))
        longest = max(metrics.horizontalAdvance(label) for label in labels)
        count = QFontMetrics(font("small", tabular=True)).horizontalAdvance(_DIGITS)
        return longest + 1 + _LABEL + 2 * _INSET + count + _BESIDE

    def set_narrow(self, narrow: bool) -> None:
        """Show icons only, or everything."""
        self._delegate.narrow = self.block.narrow = narrow
        for line in (self._saved, self._law):
            line.set_narrow(narrow)
        self._foot.setContentsMargins(*((0, 8, 0, 0) if narrow else (18, 4, 12, 0)))
        self._over_foot.setVisible(narrow)  # icons over icons: what scrolls ends somewhere
        wanted = min(max(px(WIDE), self._needed()), px(WIDEST))
        self.setFixedWidth(px(NARROW) if narrow else wanted)
        self.pages.set_marked(narrow)  # between icons there is no room for a bar
        self.block.update()
