"""Changes shown before they are written: which record, which field, old and new."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ropa_app.errors import ConflictError
from ropa_app.i18n import _
from ropa_app.model.kinds import KINDS
from ropa_app.model.state import Value
from ropa_ui.icons import paint
from ropa_ui.languages import number
from ropa_ui.models.cell_changes import CellChange, Plan
from ropa_ui.models.columns import column_label
from ropa_ui.models.session import Session
from ropa_ui.screen import fit
from ropa_ui.theme import colour, font, px
from ropa_ui.views.table_cells import PAD, ROW, SIGN, one_line
from ropa_ui.widgets.buttons import plain_button, primary_button
from ropa_ui.widgets.failure import Failure
from ropa_ui.widgets.ground import paint_ground
from ropa_ui.widgets.hairline import Hairline
from ropa_ui.widgets.labels import Label, plain_tooltip

Index = QModelIndex | QPersistentModelIndex
_CELL = Qt.ItemDataRole.UserRole
RECORD, FIELD, OLD, NEW = range(4)
_LEADING = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


class ChangeModel(QAbstractTableModel):
    """The cells of a plan, put into words as they are painted."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.plan = Plan("activity")
        self._made: dict[int, str] = {}

    def show(self, plan: Plan) -> None:
        """Show the changes of a plan."""
        self.beginResetModel()
        self.plan = plan
        named = (c for c in plan.cells if not c.record and c.key == "name" and c.new)
        self._made = {c.row: str(c.new) for c in named}
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.plan.cells)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("Record"), _("Field"), _("Now"), _("Then"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEADING
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self.plan.cells[index.row()]
        if role == _CELL:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(cell, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self._text(cell, index.column()))
        return None

    def _text(self, cell: CellChange, column: int) -> str:
        if column == RECORD:
            return self._title(cell)
        if column == FIELD:
            known = column_label(self._session, self.plan.kind, cell.key) if cell.key else ""
            return known or cell.heading or _("No column")
        if column == NEW and cell.problem:
            said = _("{text} – left out: {why}") if cell.typed.strip() else _("left out: {why}")
            return said.format(text=cell.typed, why=cell.problem)
        return self._value(cell, cell.old if column == OLD else cell.new)

    def _title(self, cell: CellChange) -> str:
        if cell.record is not None:
            return f"{cell.record.ref}  {self._session.title(cell.record)}"
        if cell.nameless:
            return _("Row {number}").format(number=number(cell.row + 1))
        name = self._made.get(cell.row, "")
        return _("New: {name}").format(name=name) if name else _("New")

    def _value(self, cell: CellChange, value: Value) -> str:
        if value is None or not KINDS[self.plan.kind].has(cell.key):
            return ""
        declared = KINDS[self.plan.kind].field(cell.key)
        record = cell.record.values if cell.record else None
        return one_line(self._session.words.value(declared, value, record))


class _Delegate(QStyledItemDelegate):
    """Old values struck through, new ones on their ground, with a sign where one was not read."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(100), px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRect(option.rect)
        cell, column = index.data(_CELL), index.column()
        painter.setPen(colour("hair"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(6 if column == NEW else 0, 0, -px(PAD), -1)
        text = str(index.data() or "")
        if column == OLD:
            used = font("small", tabular=True)
            used.setStrikeOut(bool(text))
            self._write(painter, inner, used, "text3", text or _("nothing"))
        elif column == NEW:
            self._new(painter, inner, cell, text)
        else:
            style = "body" if column == RECORD else "small"
            used = font(style, tabular=True)
            self._write(painter, inner, used, "text" if column == RECORD else "text2", text)
        painter.restore()

    def _new(self, painter: QPainter, inner: QRect, cell: CellChange, text: str) -> None:
        sign = "warning-fill" if cell.unread else ("minus-circle-fill" if cell.problem else "")
        role = "warn" if cell.unread else "nil"
        used = font("small" if cell.problem or not text else "name", tabular=True)
        wide = QFontMetrics(used).horizontalAdvance(text or _("nothing"))
        taken = px(SIGN) + 7 if sign else 0
        if not cell.problem:
            box = QRectF(inner).adjusted(-6, 5, 0, -5)
            box.setWidth(min(wide + taken + 13, inner.width() + 6))
            paint_ground(painter, box, "warn_soft" if cell.unread else "asoft", 5)
        if sign:
            spot = QRect(inner.left(), inner.center().y() - px(SIGN) // 2, px(SIGN), px(SIGN))
            paint(painter, spot, sign, role)
        place = inner.adjusted(taken, 0, 0, 0)
        ink = "text2" if cell.problem or not text else "text"
        self._write(painter, place, used, ink, text or _("nothing"))

    def _write(self, painter: QPainter, place: QRect, used: Any, role: str, text: str) -> None:
        painter.setFont(used)
        painter.setPen(colour(role))
        shown = QFontMetrics(used).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, int(_LEADING), shown)


class ChangeList(QTableView):
    """The changes of a plan, one a row."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.changes = ChangeModel(session, self)
        self.setModel(self.changes)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(_("What will change"))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(px(ROW))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setFont(font("column"))
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(True)
        for column, width in ((RECORD, 250), (FIELD, 150), (OLD, 200)):
            self.setColumnWidth(column, px(width))


class PreviewDialog(QDialog):
    """Says what will change; nothing is written before its button is pressed.

    `whole` gives the plan that takes the first row of a block for a record, where `plan` has
    taken it for headings. `written` tells the plan, and whether it was with what is not read.
    """

    written = Signal(object, bool)

    def __init__(
        self, session: Session, plan: Plan, title: str, parent: QWidget,
        whole: Callable[[], Plan] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        fit(self, QSize(px(980), px(540)), QSize(480, 360))
        self._session = session
        self._plan = plan
        self.changes = ChangeList(session, self)
        self.changes.changes.show(plan)
        self.failure = Failure()
        self.summary = Label("", "body", "text2", self, wrap=True)
        self.keep = QCheckBox(self)
        self.keep.setChecked(True)
        self.keep.toggled.connect(self._say)
        self._headed, self._whole = plan, whole
        self.headings = QCheckBox(_("Leave out the first row: it names the columns"), self)
        self.headings.setChecked(True)
        self.headings.setVisible(whole is not None)
        self.headings.toggled.connect(self._take_headings)
        self.write_button = primary_button("", self)
        self.write_button.setDefault(True)
        self.write_button.clicked.connect(self._write)
        cancel = plain_button(_("Cancel"), parent=self)
        cancel.clicked.connect(self.reject)
        self._lay_out(title, cancel)
        self._say()
        self.write_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_headings(self, named: bool) -> None:
        if self._whole is not None:
            self._plan = self._headed if named else self._whole()
            self.changes.changes.show(self._plan)
            self._say()

    def _lay_out(self, title: str, cancel: QWidget) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(Label(title, "pane", parent=self))
        column.addWidget(self.summary)
        column.addWidget(self.headings)
        column.addWidget(self.changes, 1)
        column.addLayout(self.failure)
        column.addWidget(Hairline(self))
        foot = QHBoxLayout()
        foot.addWidget(self.keep)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.write_button)
        column.addLayout(foot)

    def _say(self) -> None:
        self._say_unread()
        kept = len(self._plan.kept(self.keep.isChecked()))
        records, made = (
            self._plan.records(self.keep.isChecked()), self._plan.made(self.keep.isChecked())
        )  # fmt: skip
        self.summary.setText("  ·  ".join(filter(None, (
            cells_in_words(kept, records),
            _("{count} of them new").format(count=number(made)) if made else "",
            left_out_in_words(self._plan.left_out(self.keep.isChecked())),
            nameless_in_words(self._plan.nameless()),
            homeless_in_words(self._plan.homeless()),
        ))))  # fmt: skip
        button = _("Write 1 change") if kept == 1 else _("Write {count} changes")
        self.write_button.set_label(button.format(count=number(kept)))
        self.write_button.setEnabled(kept > 0)
        self.write_button.setToolTip("" if kept else _("There is nothing to write."))

    def _say_unread(self) -> None:
        unread = sum(cell.unread for cell in self._plan.cells)
        text = _("Keep {count} cells that could not be read as they were typed")
        if unread == 1:
            text = _("Keep 1 cell that could not be read as it was typed")
        self.keep.setText(text.format(count=number(unread)))
        self.keep.setVisible(unread > 0)

    def _write(self) -> None:
        plan, unread = self._plan, self.keep.isChecked()
        error = plan.write(self._session, unread)
        if error is not None and not isinstance(error, ConflictError):
            self.failure.say(str(error))
            return
        self.accept()
        if error is None:
            self.written.emit(plan, unread)
        else:
            self._session.tell(error)


def left_out_in_words(cells: int) -> str:
    """How many cells are not written; empty if each is."""
    if not cells:
        return ""
    text = _("1 cell left out") if cells == 1 else _("{count} cells left out")
    return text.format(count=number(cells))


def nameless_in_words(rows: int) -> str:
    """How many rows of a block make no record; empty if each does."""
    if not rows:
        return ""
    text = _("1 row without a name left out") if rows == 1 else (
        _("{count} rows without a name left out"))
    return text.format(count=number(rows))


def homeless_in_words(cells: int) -> str:
    """How many cells of a block no column takes; empty if each has one."""
    if not cells:
        return ""
    text = _("1 cell has no column") if cells == 1 else _("{count} cells have no column")
    return text.format(count=number(cells))


def cells_in_words(cells: int, records: int) -> str:
    """How much changes: “5 cells in 3 records”."""
    if cells == 1:
        return _("1 cell will change")
    if records == 1:
        return _("{cells} cells of 1 record will change").format(cells=number(cells))
    return _("{cells} cells of {records} records will change").format(
        cells=number(cells), records=number(records)
    )
