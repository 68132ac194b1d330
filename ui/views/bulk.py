"""One field of many records at once, with what will change shown before it is written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDeadlineTimer, QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ropa_app.errors import ConflictError, UserError
from ropa_app.i18n import N_, _
from ropa_app.model.field import Field
from ropa_app.model.kinds import KINDS
from ropa_app.model.record import Record
from ropa_app.model.state import NotApplicable, Open, Value
from ropa_ui import reading_order
from ropa_ui.forms.editor import Context, Editor
from ropa_ui.forms.entries import Entry
from ropa_ui.forms.factory import make_editor
from ropa_ui.forms.picker import Picker
from ropa_ui.kinds import LABELS
from ropa_ui.models.cell_changes import ADD, REMOVE, REPLACE, Plan, plan_bulk
from ropa_ui.models.clipboard import pasteable
from ropa_ui.models.session import Session
from ropa_ui.qt import application
from ropa_ui.screen import fit
from ropa_ui.theme import px
from ropa_ui.views.table_preview import ChangeList
from ropa_ui.widgets.buttons import plain_button, primary_button
from ropa_ui.widgets.failure import Failure
from ropa_ui.widgets.hairline import Hairline
from ropa_ui.widgets.labels import Label
from ropa_ui.widgets.segmented import Segmented

_OPEN, _NOT_APPLICABLE, _EMPTY = "open", "not_applicable", "empty"
_WAYS = (
    (REPLACE, N_("A value"), "accent"),
    (_OPEN, N_("Open question"), "rev"),
    (_NOT_APPLICABLE, N_("Not applicable"), "nil"),
    (_EMPTY, N_("Nothing"), "nil"),
)
_LIST_WAYS = (
    (REPLACE, N_("Replace"), "accent"),
    (ADD, N_("Add"), "accent"),
    (REMOVE, N_("Take out"), "accent"),
    *_WAYS[1:],
)
_PROMPTS = {
    _OPEN: N_("What has to be found out?"), _NOT_APPLICABLE: N_("Why does it not apply?"),
}  # fmt: skip
_LABEL = 96


class BulkDialog(QDialog):
    """Choose a field, say what it shall hold; nothing is written before the button is pressed."""

    def __init__(
        self, session: Session, kind: str, records: Sequence[Record], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._kind = KINDS[kind]
        self._records = [session.view.records[each.id] for each in records]
        self._context = Context(session, self)
        self._field: Field | None = None
        self._value: Value = None
        self._ways: Segmented | None = None
        self.editor: Editor | None = None
        self.plan = Plan(kind)
        self._typing = False  # something is typed that is not in the plan
        self._looking = QDeadlineTimer(0)
        what = _(LABELS[kind]).lower()
        title = _("Change {count} {kind}").format(count=len(records), kind=what)
        self.setWindowTitle(title)
        fit(self, QSize(px(900), px(560)), QSize(480, 360))
        self._build(title)
        self._plan_anew()

    # Building

    def _build(self, title: str) -> None:
        self.field_line = QLineEdit(self)
        self.field_line.setPlaceholderText(_("Which field?"))
        self.field_line.setAccessibleName(_("Field"))
        self.picker = Picker(self.field_line, self._fields, _no_makers)
        self.picker.chosen.connect(self._field_chosen)
        self.state_line = QLineEdit(self)
        self.state_line.textEdited.connect(self._plan_anew)
        self.state_line.hide()
        self.summary = Label("", "heading", "text", self, wrap=True)
        self.changes = ChangeList(self._session, self)
        self.failure = Failure()
        self.write_button = primary_button("", self)
        # A press must not take the focus: what is half typed would be read, and the plan be
        # another one, before the press is heard of.
        self.write_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.write_button.clicked.connect(self._write)
        cancel = plain_button(_("Cancel"), parent=self)
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.write_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(Label(title, "pane", parent=self))
        column.addLayout(self._row(_("Field"), self.field_line))
        self._way_row = self._row(_("Becomes"), None)
        self._way_row.addStretch(1)
        column.addLayout(self._way_row)
        self._value_row = self._row("", self.state_line)
        column.addLayout(self._value_row)
        column.addSpacing(6)
        column.addWidget(self.summary)
        column.addWidget(self.changes, 1)
        column.addLayout(self.failure)
        column.addWidget(Hairline(self))
        column.addLayout(foot)

    def _row(self, text: str, widget: QWidget | None) -> QHBoxLayout:
        label = Label(text, "body", "text2", self)
        label.setFixedWidth(px(_LABEL))
        label.setContentsMargins(0, 5, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        if widget is not None:
            row.addWidget(widget, 1)
        return row

    def _fields(self) -> list[Entry]:
        words = self._session.words
        return [
            Entry(field.key, words.label(field), words.say(field.help))
            for field in self._kind.fields
            if pasteable(self._kind.key, field.key)
        ]

    # Field and value

    def _field_chosen(self, entry: Entry) -> None:
        self.choose_field(entry.value)

    def choose_field(self, key: str) -> None:
        """Change this field; the cursor goes to its value."""
        field = self._kind.field(key)
        self._field, self._value = field, None
        self.field_line.setText(self._session.words.label(field))
        self.picker.present = key
        self._offer_ways(_LIST_WAYS if field.many else _WAYS)
        self._make_editor(field)
        self._show_way(REPLACE)
        if self.editor is not None:
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_ways(self, ways: Sequence[tuple[str, str, str]]) -> None:
        if self._ways is not None:
            self._way_row.removeWidget(self._ways)
            self._ways.hide()
            self._ways.deleteLater()
        self._ways = Segmented([(key, _(text), role) for key, text, role in ways], self)
        self._ways.setAccessibleName(_("Becomes"))
        self._ways.set_value(REPLACE)
        self._ways.chosen.connect(self._way_chosen)
        self._way_row.insertWidget(1, self._ways)

    def _make_editor(self, field: Field) -> None:
        if self.editor is not None:
            self._value_row.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
        self.editor = make_editor(field, self._context, self)
        words = self._session.words
        self.editor.name(words.label(field), words.say(field.help))
        self.editor.load(None)
        self.editor.committed.connect(self._committed)
        self.editor.touched.connect(self._touched)
        self._value_row.addWidget(self.editor, 1)

    def _committed(self, value: Value) -> None:
        self._value = value
        if self.editor is not None and self._field is not None and self._field.many:
            self.editor.load(value)
        self._plan_anew()

    def _touched(self) -> None:
        """While a value is half typed the button reads what is there and shows it."""
        unread = bool(self.editor is not None and self.editor.half_typed())
        emptied = self._value is not None and self._field is not None and not self._field.many
        self._typing = unread or emptied
        self._say()

    def way(self) -> str:
        """How the field is changed: replace, add, remove, open, not_applicable or empty."""
        return (self._ways.value() if self._ways else "") or REPLACE

    def _way_chosen(self, way: str) -> None:
        self._show_way(way)
        target = self.state_line if way in _PROMPTS else self.editor
        if target is not None and way != _EMPTY:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_way(self, way: str) -> None:
        if self.editor is not None:
            self.editor.setVisible(way in (REPLACE, ADD, REMOVE))
        self.state_line.setVisible(way in _PROMPTS)
        if way in _PROMPTS:
            self.state_line.setPlaceholderText(_(_PROMPTS[way]))
            self.state_line.setAccessibleName(_(_PROMPTS[way]))
        self._plan_anew()

    # What will change

    def _plan_anew(self, _text: str = "") -> None:
        field, way = self._field, self.way()
        said = self.state_line.text().strip()
        self.plan = Plan(self._kind.key)
        self._typing = False
        if field is None:
            pass
        elif way == _EMPTY:
            self.plan = self._made(field, None)
        elif way in _PROMPTS and said:
            self.plan = self._made(field, Open(said) if way == _OPEN else NotApplicable(said))
        elif way not in _PROMPTS and self._value is not None:
            self.plan = self._made(field, self._value, way)
        self.changes.changes.show(self.plan)
        self._say()

    def _made(self, field: Field, value: Value, how: str = REPLACE) -> Plan:
        return plan_bulk(self._kind.key, self._records, field.key, value, how)

    def _say(self) -> None:
        count = len(self.plan.cells)
        what = _(LABELS[self._kind.key]).lower()
        if self._field is None:
            text = _("Choose the field to change.")
        elif self._typing:
            text = _("What is typed is not shown here yet.")
        elif count == 0:
            text = _("Nothing will change yet.")
        elif count == 1:
            text = _("1 record will change")
        else:
            text = _("{count} {kind} will change").format(count=count, kind=what)
        self.summary.setText(text)
        button = _("Change 1 record") if count == 1 else _("Change {count} records")
        if self._typing:
            button = _("Show what will change")
        self.write_button.set_label(button.format(count=count))
        self.write_button.setEnabled(count > 0 or self._typing)
        self.write_button.setToolTip("" if self.write_button.isEnabled() else text)

    def _read_typed(self) -> None:
        """Show what comes of what is typed; it is looked at before it is written.

        The second press of a double click is none that has seen it.
        """
        if self.editor is not None:
            self.editor.flush()
        self._plan_anew()
        self._looking.setRemainingTime(application().doubleClickInterval())

    def _write(self) -> None:
        if self._typing:
            self._read_typed()
            return
        count = len(self.plan.cells)
        if not count or not self._looking.hasExpired():
            return
        error = self.plan.write(self._session)
        if error is not None:
            self._say_failure(error)
            return
        self.accept()
        sentence = _("Changed 1 record") if count == 1 else _("Changed {count} records")
        self._session.said.emit(sentence.format(count=count), True)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab goes through the dialog as it is read."""
        return reading_order.step(self, forwards)

    def _say_failure(self, error: UserError) -> None:
        """Stay, with what was typed; what somebody else changed meanwhile is shown first."""
        if isinstance(error, ConflictError):
            self._session.poll()
            self._records = [self._session.view.records[each.id] for each in self._records]
            self._plan_anew()
        self.failure.say(str(error))


def _no_makers(_text: str) -> list[Entry]:
    return []
