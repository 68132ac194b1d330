"""The tree of sub-processors: two lines for each, joined by lines; arrow keys and Enter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from ropa_app.exports.party_tree import Branch
from ropa_app.i18n import _
from ropa_ui.icons import paint
from ropa_ui.theme import colour, font, line_height, px, theme
from ropa_ui.widgets.ground import paint_ground
from ropa_ui.widgets.labels import plain_tooltip
from ropa_ui.widgets.mirroring import mirrored

_ROW, _INDENT, _ICON, _SIGN = 46, 22, 16, 13
_BRANCH = int(Qt.ItemDataRole.UserRole) + 1
Index = QModelIndex | QPersistentModelIndex


class BranchTree(QTreeView):
    """Shows branches as they come, as high as they need. `record_asked` tells whom to open."""

    record_asked = Signal(str)

    def __init__(self, branches: Sequence[Branch], parent: QWidget) -> None:
        super().__init__(parent)
        self._count = len(branches)
        self.setModel(_model(branches, self))
        self.setItemDelegate(_Rows(self))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(px(_INDENT))
        self.setUniformRowHeights(True)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(_("Sub-processors"))
        self.setAccessibleDescription("\n".join(branch.says for branch in branches))
        self.expandAll()
        self.clicked.connect(self._open)
        theme.changed.connect(self.viewport().update)

    def sizeHint(self) -> QSize:
        return QSize(px(260), self._count * px(_ROW) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), self._count * px(_ROW) + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        branch = index.data(_BRANCH)
        if isinstance(branch, Branch) and branch.record and index.parent().isValid():
            self.record_asked.emit(branch.record)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Lines from each party down to those it engages."""
        painter.save()
        painter.setPen(QPen(colour("ctl"), 1))
        if self.isRightToLeft():
            painter.translate(rect.left() + rect.right() + 1, 0)
            painter.scale(-1, 1)
        step, middle = self.indentation(), rect.top() + px(_ROW) / 2 - px(8)
        at: Index = index
        while at.parent().isValid():
            depth = _depth(at)
            x = rect.left() + (depth - 1) * step + px(_ICON) / 2 + 0.5
            more = at.sibling(at.row() + 1, at.column()).isValid()
            first = at == index
            if first or more:
                end = rect.bottom() + 1 if more else middle
                painter.drawLine(QPointF(x, rect.top()), QPointF(x, end))
            if first:
                painter.drawLine(QPointF(x, middle), QPointF(x + step - px(_ICON) / 2 - 3, middle))
            at = at.parent()
        painter.restore()


def _depth(index: Index) -> int:
    depth = 0
    while index.parent().isValid():
        index, depth = index.parent(), depth + 1
    return depth


def _model(branches: Sequence[Branch], parent: QWidget) -> QStandardItemModel:
    model = QStandardItemModel(parent)
    trail: list[QStandardItem] = [model.invisibleRootItem()]
    for branch in branches:
        item = QStandardItem(branch.name)
        item.setData(branch, _BRANCH)
        item.setData(branch.says, Qt.ItemDataRole.AccessibleTextRole)
        item.setToolTip(plain_tooltip(branch.says))
        del trail[branch.depth + 1 :]
        trail[-1].appendRow(item)
        trail.append(item)
    return model


class _Rows(QStyledItemDelegate):
    """Icon, name, and below it the sign and what it stands for."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(160), px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        branch = index.data(_BRANCH)
        area = QRect(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            focus = option.state & QStyle.StateFlag.State_HasFocus
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_ground(painter, area.adjusted(0, 1, 0, -3), "sel" if focus else "selq", 6)
        self._write(painter, area, branch)
        painter.restore()

    def _write(self, painter: QPainter, area: QRect, branch: Branch) -> None:
        icon = px(_ICON)
        top = area.top() + 2
        first = line_height("name")
        spot = QRect(area.left(), top + (first - icon) // 2, icon, icon)
        paint(painter, mirrored(painter, spot, area), branch.sector)
        left = area.left() + icon + px(6)
        above = QRect(left, top, area.right() - left, first)
        self._line(painter, mirrored(painter, above, area), branch.name, "name", "text")
        sign, second = px(_SIGN), line_height("small")
        under = top + first
        place = QRect(left, under + (second - sign) // 2, sign, sign)
        paint(painter, mirrored(painter, place, area), branch.icon, branch.role)
        left += sign + px(6)
        room = QRect(left, under, area.right() - left, second)
        role = "warn" if branch.role == "warn" else "text2"
        self._line(painter, mirrored(painter, room, area), branch.line, "small", role)

    def _line(self, painter: QPainter, area: QRect, text: str, style: str, role: str) -> None:
        painter.setFont(font(style))
        painter.setPen(colour(role))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), shown)
