"""The proposed activities of a new register: accept, edit or drop each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ropa_app.i18n import _, current_language, in_language
from ropa_app.model.state import Open, Value
from ropa_app.register.change import Create
from ropa_app.register.templates import (
    Template,
    businesses,
    records_of,
    retention_rules,
    templates,
)
from ropa_ui import icons
from ropa_ui.theme import colour, font, px, repaint_with_theme
from ropa_ui.widgets.delegate_focus import has_keyboard
from ropa_ui.widgets.ground import paint_ground
from ropa_ui.widgets.mirroring import mirrored

Index = QModelIndex | QPersistentModelIndex
HEAD = Qt.ItemDataRole.UserRole
ABOUT = Qt.ItemDataRole.UserRole + 1
QUESTIONS = Qt.ItemDataRole.UserRole + 2
TEMPLATE = Qt.ItemDataRole.UserRole + 3

_ROW, _GROUP = 46, 30
_CHECK = Qt.ItemDataRole.CheckStateRole


@dataclass
class _Row:
    """A proposal as it is to be made, or the head of a group where there is no template."""

    head: str
    template: Template | None = None
    name: str = ""
    taken: bool = True
    questions: int = 0


class Proposals(QAbstractListModel):
    """The proposals of the kinds of business chosen; names and ticks survive other answers."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._kept: dict[tuple[str, str], _Row] = {}
        #: The times of keeping given instead of the proposed, by the key of their rule.
        self.periods: dict[str, Value] = {}

    def propose(self, kinds: Sequence[str], language: str, organisation: Create) -> None:
        """Offer what fits these kinds of business, in the language of the register."""
        self.beginResetModel()
        self._rows = []
        labels = {each.id: in_language(each.label, current_language()) for each in businesses()}
        for kind in kinds:
            self._rows.append(_Row(labels[kind]))
            for template in templates():
                if template.business == kind:
                    self._rows.append(self._row(template, language, organisation))
        self.endResetModel()

    def _row(self, template: Template, language: str, organisation: Create) -> _Row:
        row = self._kept.setdefault((template.business, template.id), _Row("", template))
        before = row.template or template
        row.template = template.named(row.name).resting_on(before.own_bases)
        made = records_of([row.template], language, organisation, self.periods)
        row.questions = sum(_open_in(each.values) for each in made if each.kind != "measure")
        return row

    def edit(self, index: Index, template: Template, periods: Mapping[str, Value]) -> None:
        """Keep what was given for a proposal, and times of keeping for all that share them."""
        row = self._rows[index.row()]
        row.name, row.template = template.own_name, template
        used = retention_rules([template])
        others = {key: item for key, item in self.periods.items() if key not in used}
        self.periods = {**others, **periods}

    def chosen(self) -> list[Template]:
        """What is ticked, under the names given."""
        return [row.template for row in self._rows if row.template and row.taken]

    def edited(self) -> bool:
        """True if a proposal was edited or dropped."""
        rows = [row for row in self._rows if row.template is not None]
        return bool(self.periods) or any(
            not row.taken or row.name or (row.template and row.template.own_bases) for row in rows
        )

    def templates(self) -> int:
        """How many proposals there are."""
        return sum(row.template is not None for row in self._rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self._rows[index.row()].template is None:
            return Qt.ItemFlag.NoItemFlags
        flag = Qt.ItemFlag
        return (flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsEditable
                | flag.ItemIsUserCheckable)  # fmt: skip

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if row.template is None:
            return row.head if role in (HEAD, Qt.ItemDataRole.DisplayRole) else None
        return self._of_template(row, row.template, role)

    def _of_template(self, row: _Row, template: Template, role: int) -> Any:
        # The name is what it will be in the register; the sentence is for whoever reads it now.
        title = template.title(self._language)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return title
            case Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if row.taken else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{title}, {to_confirm(row.questions)}"
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return template.about(self._language)
        values = {HEAD: "", ABOUT: template.about(self._language), QUESTIONS: row.questions,
                  TEMPLATE: template}  # fmt: skip
        return values.get(Qt.ItemDataRole(role) if role in values else role)

    _language = "en"

    def set_language(self, language: str) -> None:
        """Show names and sentences in the language of the register."""
        self._language = language

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self._rows[index.row()]
        if row.template is None:
            return False
        if role == _CHECK:
            row.taken = Qt.CheckState(value) == Qt.CheckState.Checked
        else:
            proposed = in_language(row.template.name, self._language)
            row.name = "" if str(value).strip() == proposed else str(value).strip()
            row.template = row.template.named(row.name)
        self.dataChanged.emit(index, index)
        return True

    def take_all(self, taken: bool) -> None:
        """Tick every proposal, or none."""
        for row in self._rows:
            row.taken = taken
        self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))


def _open_in(value: Any) -> int:
    """How many open questions a value holds, at any depth."""
    if isinstance(value, Open):
        return 1
    if isinstance(value, Mapping):
        return sum(_open_in(item) for item in value.values())
    return sum(_open_in(item) for item in value) if isinstance(value, list) else 0


def to_confirm(count: int) -> str:
    """How many points are to be confirmed, in words."""
    return _("1 to confirm") if count == 1 else _("{count} to confirm").format(count=count)


class _Delegate(QStyledItemDelegate):
    """A row: box, name over sentence, what is to be confirmed at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(200), px(_GROUP if index.data(HEAD) else _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = option.rect
        if head := index.data(HEAD):
            painter.setFont(font("section"))
            painter.setPen(colour("text2"))
            spot = row.adjusted(px(10), 0, -px(10), -px(4))
            painter.drawText(spot, Qt.AlignmentFlag.AlignBottom, str(head))
        else:
            self._ground(painter, option)
            taken = index.data(_CHECK) == Qt.CheckState.Checked
            _paint_box(painter, mirrored(painter, box_of(row), row), taken)
            self._words(painter, row, index, taken)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        role = ""
        if option.state & QStyle.StateFlag.State_Selected:
            focused = has_keyboard(option)
            role = "sel" if focused else "selq"
        elif option.state & QStyle.StateFlag.State_MouseOver:
            role = "hover"
        if role:
            paint_ground(painter, QRectF(option.rect).adjusted(0, 1, 0, -1), role, 6)

    def _words(self, painter: QPainter, row: QRect, index: Index, taken: bool) -> None:
        left = box_of(row).right() + px(12)
        inner = QRect(left, row.top() + px(4), row.right() - left - px(12), px(20))
        used = 0
        if count := index.data(QUESTIONS):
            used = self._questions(painter, row, inner, to_confirm(count))
        name = mirrored(painter, inner.adjusted(0, 0, -used, 0), row)
        _line(painter, name, "name", "text" if taken else "text3", str(index.data()))
        about = mirrored(painter, inner.translated(0, px(19)), row)
        _line(painter, about, "small", "text2" if taken else "text3", str(index.data(ABOUT)))

    def _questions(self, painter: QPainter, row: QRect, inner: QRect, text: str) -> int:
        used = font("small", tabular=True)
        wide = QFontMetrics(used).horizontalAdvance(text) + 2
        size = px(14)
        spot = QRect(inner.right() - wide, inner.top(), wide, inner.height())
        painter.setFont(used)
        painter.setPen(colour("text2"))
        painter.drawText(mirrored(painter, spot, row), Qt.AlignmentFlag.AlignVCenter, text)
        icon = QRect(spot.left() - size - 5, inner.top() + (inner.height() - size) // 2, size, size)
        icons.paint(painter, mirrored(painter, icon, row), "question-fill", "rev")
        return wide + size + px(16)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName(_("Name of the activity"))
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        row = option.rect
        left = box_of(row).right() + px(2)
        high = editor.sizeHint().height()
        place = QRect(left, row.top() + (row.height() - high) // 2, row.right() - left, high)
        editor.setGeometry(QStyle.visualRect(option.direction, row, place))

    def editorEvent(self, event: QEvent, model: Any, option: Any, index: Index) -> bool:
        """A click on the box ticks; Space does too, but in the view, wherever the row is."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            box = QStyle.visualRect(option.direction, option.rect, box_of(option.rect))
            hit = box.adjusted(-px(8), -px(12), px(8), px(12))
            if hit.contains(event.position().toPoint()) and index.data(_CHECK) is not None:
                _tick(index)
                return True
        return False


class ProposalList(QListView):
    """The rows; Space ticks, F2 renames, and Enter or a double click asks for `edited`."""

    edited = Signal(QModelIndex)

    def __init__(self, model: Proposals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.doubleClicked.connect(self.edited)
        self.setAccessibleName(_("Proposed activities"))
        repaint_with_theme(self.viewport())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if self.state() == QAbstractItemView.State.EditingState:
            event.accept()  # an Enter that ends the editing comes by here too
        elif event.key() == Qt.Key.Key_Space and index.isValid():
            _tick(index)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.edited.emit(index)
        else:
            super().keyPressEvent(event)


def box_of(row: QRect) -> QRect:
    """Where the box of a row stands; on the other side where text runs right to left."""
    size = px(16)
    return QRect(row.left() + px(10), row.top() + (row.height() - size) // 2, size, size)


def _tick(index: Index) -> None:
    taken = index.data(_CHECK) == Qt.CheckState.Checked
    model = index.model()
    assert isinstance(model, Proposals)  # noqa: S101 - for the type checker
    model.setData(index, Qt.CheckState.Unchecked if taken else Qt.CheckState.Checked, _CHECK)


def _paint_box(painter: QPainter, box: QRect, taken: bool) -> None:
    painter.setPen(colour("accent" if taken else "ctl"))
    painter.setBrush(colour("accent" if taken else "paper"))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    if taken:
        icons.paint(painter, box.adjusted(2, 2, -2, -2), "check-bold", "on")


def _line(painter: QPainter, place: QRect, style: str, role: str, text: str) -> None:
    used = font(style)
    painter.setFont(used)
    painter.setPen(colour(role))
    shown = QFontMetrics(used).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
