"""One point of the checklist: what the contract must contain, where it says so, and the answer."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ropa_app.i18n import _
from ropa_app.model.field import Field
from ropa_app.model.state import STATES, NotApplicable, Open, Value, is_value
from ropa_ui.forms.checklist_points import point_help, point_words
from ropa_ui.forms.column_slot import ColumnSlot
from ropa_ui.forms.editor import Context
from ropa_ui.forms.line_findings import LineFindings
from ropa_ui.forms.state_menu import StateLine, StateMenu
from ropa_ui.models.checks import Row
from ropa_ui.theme import colour, px, repaint_with_theme
from ropa_ui.widgets.labels import ElidedLabel, Label, plain_tooltip
from ropa_ui.widgets.segmented import Segmented

HEIGHT, POINT, CLAUSE, LEAST = 33, 54, 104, 170
ROLES = {"yes": "ok", "no": "bad", "unclear": "rev"}
_ASKING = ("no", "unclear")


class ChecklistRow(QWidget):
    """33 px; a remark has a line of its own below where something is missing or unclear.

    `changed` tells which column has which value now.
    """

    changed = Signal(str, object)
    touched = Signal()
    stepped = Signal(int)
    cell_asked = Signal(str, str)

    def __init__(self, field: Field, context: Context, point: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._field = field
        self._context = context
        self._read_only = False
        self.line: Mapping[str, Value] = {}
        self.point = point
        cited, text = point_words(context.words, point)
        self._cited = Label(cited, "body", "text2", self, tabular=True)
        self._cited.setFixedWidth(px(POINT))
        self._text = Label(text, "body", "text", self, wrap=True)
        self.setToolTip(plain_tooltip(point_help(context.words, point)))
        self._said = " ".join(filter(None, (cited, text)))
        self.clause = ColumnSlot(field.column("clause"), context, self)
        self.clause.setFixedWidth(px(CLAUSE))
        self.clause.setStyleSheet("QLineEdit:!focus:!hover { border-color: transparent; }")
        words = context.words
        answers = [(key, words.term("yes-no-unclear", key), role) for key, role in ROLES.items()]
        self.answer = Segmented(answers, self)
        self.answer.setAccessibleName(self._said)
        self.state: StateLine | None = None
        self.remark: ColumnSlot | None = None
        self.findings = LineFindings(field, words, self)
        self.findings.hide()
        self._lay_out()
        self._connect()
        repaint_with_theme(self)

    def _lay_out(self) -> None:
        self._line = line = QHBoxLayout()
        line.setSpacing(10)
        line.setContentsMargins(0, 1, 0, 2)
        self._text.setMinimumHeight(px(HEIGHT) - 3)
        line.addWidget(self._cited)
        line.addWidget(self._text, 1)
        self._under = QHBoxLayout()  # where the answers stand if there is little room
        self._under.setSpacing(10)
        self._under.addSpacing(px(POINT) + 10)
        self._under.addStretch(1)
        for part in (self.clause, self.answer):
            line.addWidget(part)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(line)
        self._column.addLayout(self._under)
        self._column.addWidget(self.findings)

    def minimumSizeHint(self) -> QSize:
        under = px(POINT) + self.clause.width() + self.answer.sizeHint().width() + 20
        return QSize(under, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= room_beside(self.answer.sizeHint().width())
        wanted = self._line if beside else self._under
        if wanted.indexOf(self.answer) < 0:
            for part in (self.clause, self.answer):
                wanted.addWidget(part)
            self.updateGeometry()

    def _connect(self) -> None:
        self.clause.committed.connect(self._take_clause)
        self.clause.touched.connect(self.touched)
        self.answer.chosen.connect(self._take_answer)
        self.findings.cell_asked.connect(self.cell_asked)

    def load(self, line: Mapping[str, Value]) -> None:
        """Show a line; an empty one has no answer yet."""
        self.line = line
        answer = line.get("answer")
        self.answer.set_value(answer if isinstance(answer, str) else "")
        if not self.clause.half_typed():
            self.clause.load(line.get("clause"))
            _prompt(self.clause, "—")
            self._name(self.clause)
        self._show_state(answer)
        self._show_remark(answer, line.get("remark"))

    def call(self, text: str) -> None:
        """Call the point so, where it is none that the law knows."""
        self._text.setText(text)
        self._said = text
        self.answer.setAccessibleName(text)

    @property
    def met(self) -> bool | None:
        """Whether the agreement says it; None where the point does not apply."""
        if isinstance(self.line.get("answer"), NotApplicable):
            return None
        return bool(self.line.get("answer") == "yes")

    def _show_state(self, answer: Value) -> None:
        if not isinstance(answer, STATES):
            if self.state is not None:
                if self.state.line.hasFocus():
                    self.answer.setFocus(Qt.FocusReason.OtherFocusReason)
                self._column.removeWidget(self.state)
                self.state.hide()
                self.state.deleteLater()
                self.state = None
            return
        if self.state is None:
            self.state = StateLine(self)
            self.state.setContentsMargins(px(POINT) + 10, 0, 0, 4)
            self.state.committed.connect(self._take_state)
            self.state.given_up.connect(self._give_up)
            self.state.touched.connect(self.touched)
            self._column.insertWidget(1, self.state)
        self.state.load(answer, self._said)
        self.state.set_read_only(self._read_only)
        self.state.show()

    def _show_remark(self, answer: Value, remark: Value) -> None:
        if remark is None and answer not in _ASKING:
            if self.remark is not None and not self.remark.half_typed():
                self._column.removeWidget(self.remark)
                self.remark.hide()
                self.remark.deleteLater()
                self.remark = None
            return
        if self.remark is None:
            self.remark = ColumnSlot(self._field.column("remark"), self._context, self)
            self.remark.setContentsMargins(px(POINT) + 10, 0, 0, 5)
            self.remark.committed.connect(self._take_remark)
            self.remark.touched.connect(self.touched)
            self._column.insertWidget(self._column.count() - 1, self.remark)
        if not self.remark.half_typed():
            self.remark.load(remark)
        self.remark.set_read_only(self._read_only)
        self._name(self.remark)
        _prompt(self.remark, self._context.words.say(self.remark.field.help))
        self.remark.show()

    def _name(self, slot: ColumnSlot) -> None:
        """Readers hear which point a clause or remark belongs to."""
        words = self._context.words
        if slot.editor is not None:
            label = f"{words.label(slot.field)}, {self._said}"
            slot.editor.name(label, words.say(slot.field.help))

    def set_findings(self, rows: list[Row]) -> None:
        """Show these below the point."""
        self.findings.show_rows(rows, self._context.words)

    def set_read_only(self, read_only: bool) -> None:
        """Let the point be read but not changed."""
        self._read_only = read_only
        self.answer.setEnabled(not read_only)
        for part in (self.clause, self.remark, self.state):
            if part is not None:
                part.set_read_only(read_only)

    def focus(self, column: str = "answer") -> None:
        """Put the cursor into a column."""
        places = {"clause": self.clause, "remark": self.remark}
        target = places.get(column) or self.state or self.answer
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def flush(self) -> None:
        """Commit what is half typed."""
        for part in (self.clause, self.remark, self.state):
            if part is not None:
                part.flush()

    def half_typed(self) -> str:
        """What is typed and not committed."""
        parts = (self.clause, self.remark, self.state)
        return next((t for p in parts if p is not None and (t := p.half_typed())), "")

    def half_typed_in(self) -> str:
        """The column of what is typed and not committed; empty if nothing is."""
        parts = (("clause", self.clause), ("remark", self.remark), ("answer", self.state))
        return next((key for key, part in parts if part is not None and part.half_typed()), "")

    # What the user does

    def _take_answer(self, key: str) -> None:
        self.changed.emit("answer", key or None)

    def _take_clause(self, value: Value) -> None:
        self.changed.emit("clause", value)

    def _take_remark(self, value: Value) -> None:
        self.changed.emit("remark", value)

    def _take_state(self, value: Value) -> None:
        self.changed.emit("answer", value)

    def _give_up(self) -> None:
        self._show_state(self.line.get("answer") if not is_value(self.line.get("answer")) else None)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() == Qt.Key.Key_Period and control and not self._read_only:
                self.show_menu()
                return True
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers():
                self.stepped.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
                return True
        return super().event(event)

    def show_menu(self) -> None:
        """The states the answer can be in."""
        menu = StateMenu(self._field.column("answer"), self.line.get("answer"), self)
        menu.open_asked.connect(self._to_open)
        menu.not_applicable_asked.connect(self._to_not_applicable)
        menu.clear_asked.connect(self._clear)
        menu.popup(self.answer.mapToGlobal(self.answer.rect().bottomLeft()))

    def _to_open(self) -> None:
        self._to_state(Open(""))

    def _to_not_applicable(self) -> None:
        self._to_state(NotApplicable(""))

    def _to_state(self, state: Open | NotApplicable) -> None:
        self._show_state(state)
        if self.state is not None:
            self.state.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _clear(self) -> None:
        self.changed.emit("answer", None)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(colour("hair"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


def _prompt(slot: ColumnSlot, text: str) -> None:
    """Show this where nothing is written."""
    line = slot.editor.focusProxy() if slot.editor is not None else None
    if isinstance(line, QLineEdit):
        line.setPlaceholderText(text)


def room_beside(answers: int) -> int:
    """How wide a row must be to have its answers beside the text and not under it."""
    return px(POINT) + px(CLAUSE) + px(LEAST) + answers + 30


class ChecklistHead(QWidget):
    """The heads of the columns of the checklist."""

    def __init__(self, width: int, parent: QWidget) -> None:
        """`width`: of the answers, in px."""
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        heads = (
            (_("Point"), POINT), (_("The contract must contain"), 0),
            (_("Clause"), CLAUSE), (_("Met"), 0),
        )  # fmt: skip
        labels = [ElidedLabel(text, "column", "text2", self) for text, _wide in heads]
        for label, (_text, wide) in zip(labels, heads, strict=True):
            if wide:
                label.setFixedWidth(px(wide))
            line.addWidget(label, 0 if wide else 1)
        labels[2].setContentsMargins(10, 0, 0, 0)  # where the text of the fields below begins
        labels[-1].setFixedWidth(width)
        line.setStretch(3, 0)
        self._beside = (labels[2], labels[3], room_beside(width))
        self.setFixedHeight(px(26))
        repaint_with_theme(self)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, px(26))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        clause, met, room = self._beside
        for label in (clause, met):
            label.setVisible(self.width() >= room)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(colour("hair"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
