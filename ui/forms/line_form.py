"""A whole line folded out below its row: every column with its label, in two columns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ropa_app.i18n import _, current_language
from ropa_app.model.field import Field
from ropa_app.model.state import Value
from ropa_app.rules.articles import article_words
from ropa_ui.forms.column_slot import ColumnSlot
from ropa_ui.forms.editor import Context
from ropa_ui.theme import px, repaint_with_theme
from ropa_ui.widgets.buttons import icon_button
from ropa_ui.widgets.ground import paint_ground
from ropa_ui.widgets.labels import Label, plain_tooltip

NARROW = 560
_NO_LIMIT = 16777215  # Qt's own greatest width
Columns = tuple[Field, ...]
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ColumnRow(QWidget):
    """A column with its label above, or beside it, and the button of its states."""

    def __init__(
        self, column: Field, needed: Columns, context: Context, parent: QWidget, beside: int = 0
    ) -> None:
        """`needed`: the columns of which the law demands one, this among them; or none.

        `beside` is the width of a label that stands beside the field, in px; 0 puts it above.
        """
        super().__init__(parent)
        self.slot = ColumnSlot(column, context, self)
        words = context.words
        text = f"{words.label(column)}\u00a0*" if needed else words.label(column)
        self._label = Label(text, "small", "text2", self)
        self._label.setToolTip(plain_tooltip(_hint(column, needed, context)))
        self._menu = icon_button("dots-three", _("Open question, not applicable, clear"), self)
        self._menu.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+. opens it from the field
        self._menu.clicked.connect(self.slot.show_menu)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(1)
        self._grid.setColumnStretch(1, 1)
        self._placed: tuple[int, bool] | None = None
        self.put_label(beside)

    def put_label(self, beside: int, whole: bool = False) -> None:
        """Stand the label beside the field in a width in px, or above it with 0.

        `whole`: the field gets the whole width, and the button stands beside the label above it.
        """
        if (beside, whole) == self._placed:
            return
        self._placed = beside, whole
        for part in (self._label, self.slot, self._menu):
            self._grid.removeWidget(part)
        self._label.set_style("body" if beside else "small")
        self._label.setWordWrap(bool(beside))
        self._label.setContentsMargins(0, 5 if beside else 0, 0, 0)
        self._label.setMinimumWidth(beside)
        self._label.setMaximumWidth(beside or _NO_LIMIT)
        top = Qt.AlignmentFlag.AlignTop
        label = (0, 0, 1, 1, top) if beside else (0, 0, 1, 2 if whole else 3)
        field = (0, 1) if beside else (1, 0, 1, 3 if whole else 2)
        self._grid.addWidget(self._label, *label)
        self._grid.addWidget(self.slot, *field)
        self._grid.addWidget(self._menu, 1 if not beside and not whole else 0, 2, top)
        self._grid.setRowStretch(2, 0 if beside else 1)

    def set_read_only(self, read_only: bool) -> None:
        """Let the value be read and copied but not changed."""
        self.slot.set_read_only(read_only)
        self._menu.setVisible(not read_only)


class LineForm(QWidget):
    """All columns of one line; each is committed by itself, with its key."""

    committed = Signal(str, object)
    touched = Signal()
    left = Signal()
    add_asked = Signal()

    def __init__(
        self, columns: Columns, needed: tuple[Columns, ...], context: Context, parent: QWidget
    ) -> None:
        """`needed`: for each thing the law demands, the columns that can say it."""
        super().__init__(parent)
        self.rows: dict[str, ColumnRow] = {}
        self._across = 0
        self.setObjectName("lineForm")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(14, 10, 10, 12)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(8)
        for column in columns:
            group = next((each for each in needed if column in each), ())
            row = ColumnRow(column, group, context, self)
            row.slot.committed.connect(partial(self.committed.emit, column.key))
            row.slot.touched.connect(self.touched)
            self.rows[column.key] = row
        self._lay_out(2)
        repaint_with_theme(self)

    def load(self, line: Mapping[str, Value]) -> None:
        """Show a line; what is half typed in one of its columns stays."""
        for key, row in self.rows.items():
            value = line.get(key)
            fresh = row.slot.editor is None and row.slot.state is None
            if fresh or (value != row.slot.value and not row.slot.half_typed()):
                row.slot.load(value)

    def flush(self) -> None:
        """Commit what is half typed."""
        for row in self.rows.values():
            row.slot.flush()

    def half_typed(self) -> str:
        """What is typed and not committed."""
        column = self.half_typed_in()
        return self.rows[column].slot.half_typed() if column else ""

    def half_typed_in(self) -> str:
        """The column of what is typed and not committed; empty if nothing is."""
        return next((key for key, row in self.rows.items() if row.slot.half_typed()), "")

    def focus(self, key: str = "") -> None:
        """Put the cursor into a column, or into the first."""
        row = self.rows.get(key) or next(iter(self.rows.values()))
        row.slot.setFocus(Qt.FocusReason.TabFocusReason)

    def set_read_only(self, read_only: bool) -> None:
        """Let the line be read and copied but not changed."""
        for row in self.rows.values():
            row.set_read_only(read_only)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out(1 if event.size().width() < px(NARROW) else 2)

    def _lay_out(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for row in self.rows.values():
            self._grid.removeWidget(row)
        for number, row in enumerate(self.rows.values()):
            self._grid.addWidget(row, number // across, number % across)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
            self._grid.setColumnMinimumWidth(column, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.add_asked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, self.rect().adjusted(0, 4, 0, 0), "sunken", 8)


def _hint(column: Field, needed: Columns, context: Context) -> str:
    """Help, and the provision that demands the column, or one of some."""
    words = context.words
    said = [words.say(column.help)]
    article = article_words(next((each.article for each in needed if each.article), ""),
                            current_language())  # fmt: skip
    if needed and article:
        said.append(_("Required by {article}").format(article=article))
    if len(needed) > 1:
        names = ", ".join(words.label(each) for each in needed)
        said.append(_("One of these is enough: {columns}").format(columns=names))
    return "\n".join(filter(None, said))
