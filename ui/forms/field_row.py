"""One field of a form: label, editor or state, help, findings."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from ropa_app.i18n import _, current_language
from ropa_app.model.field import Field
from ropa_app.model.long_help import long_help
from ropa_app.model.record import Record
from ropa_app.model.state import STATES, AsTyped, NotApplicable, Open, State, Value
from ropa_app.rules.articles import article_words
from ropa_app.rules.obligation import demanded
from ropa_ui.actions import pressed
from ropa_ui.forms.column_slot import ColumnSlot
from ropa_ui.forms.editor import Context, Editor
from ropa_ui.forms.factory import adds_lines, make_editor
from ropa_ui.forms.findings import FindingStack
from ropa_ui.forms.holds_lines import HoldsLines
from ropa_ui.forms.line_table import LineTable
from ropa_ui.forms.not_saved import NotSaved
from ropa_ui.forms.plain_help import plain_help
from ropa_ui.forms.state_menu import StateLine, StateMenu
from ropa_ui.models.checks import Row
from ropa_ui.models.unsaved import Kept
from ropa_ui.theme import px
from ropa_ui.widgets.buttons import icon_button
from ropa_ui.widgets.labels import Label
from ropa_ui.widgets.section import SectionHeader

LABEL_WIDTH, LABEL_LEAST = 148, 104
_NO_LIMIT = 16777215  # Qt's own greatest width
ROOMY = 460  # px: in a row narrower than this the label gives way to the field


class FieldRow(QWidget):
    """A field with everything that belongs to it.

    `committed` comes with the new value, in whichever state, once the user has settled it.
    """

    committed = Signal(object)
    history_asked = Signal()
    redact_asked = Signal()
    saving_asked = Signal()
    remedy_asked = Signal(object)

    def __init__(
        self, field: Field, context: Context, parent: QWidget, header: SectionHeader | None = None
    ) -> None:
        """`header`: that of the section, for a table that is all the section begins with."""
        super().__init__(parent)
        self.field = field
        self._header = header
        self._context = context
        self._value: Value = None
        self._shown: Value = None
        self._read_only = False
        self._found: list[Row] = []
        self.wide = field.kind == "lines"
        self.editor: Editor = make_editor(field, context, self)
        self.editor.committed.connect(self.committed)
        self.editor.touched.connect(self._touched)
        self._state: StateLine | None = None
        self._not_saved: NotSaved | None = None
        self._menu_button = icon_button("dots-three", _("Open question, not applicable, history"))
        self._menu_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+. opens it from the field
        self._menu_button.clicked.connect(self.show_menu)
        self._help = Label("", "small", "text3", self, wrap=True)
        self._whole = Label("", "small", "text2", self, wrap=True)
        self._whole.hide()
        self.findings = FindingStack(self)
        self.findings.remedied.connect(self.remedy_asked)
        self._build()
        self._say()

    def _build(self) -> None:
        self._place = QVBoxLayout()
        self._place.setContentsMargins(0, 0, 0, 0)
        self._place.setSpacing(3)
        self._place.addWidget(self.editor)
        self._place.addWidget(self._help)
        self._place.addWidget(self._whole)
        self._place.addWidget(self.findings)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 10)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        if self.wide:
            if self._header is None:
                add = _("Add") if adds_lines(self.field) else ""
                self._header = SectionHeader(self._words(self.field.label), "", add, self)
                self._header.folded.connect(self.editor.setHidden)
                grid.addWidget(self._header, 0, 0, 1, 2)
            self._header.action.connect(self._add_line)
            grid.addLayout(self._place, 1, 0, 1, 2)
            grid.addWidget(self._menu_button, 1, 2, Qt.AlignmentFlag.AlignTop)
        else:
            self._label = Label("", "body", "text2", self, wrap=True)
            self._label.setFixedWidth(px(LABEL_WIDTH))
            self._label.setContentsMargins(0, 5, 0, 0)
            grid.addWidget(self._label, 0, 0, Qt.AlignmentFlag.AlignTop)
            grid.addLayout(self._place, 0, 1)
            grid.addWidget(self._menu_button, 0, 2, Qt.AlignmentFlag.AlignTop)
        self._grid = grid

    def _give_room(self) -> None:
        """Little room goes whole to the question or reason of a state, below the label."""
        below = self._state is not None and self.width() < px(ROOMY) and not self.wide
        if below != self._is_below:
            self._is_below = below
            self._grid.removeItem(self._place)
            self._grid.removeWidget(self._label)
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(self._label, 0, 0, 1, 2 if below else 1, top)
            self._grid.addLayout(self._place, *((1, 0, 1, 2) if below else (0, 1)))
            self._size_label()

    def _size_label(self) -> None:
        """As wide as those of the other rows; over the whole width where it stands above."""
        wide = px(LABEL_WIDTH)
        if self.width() < px(ROOMY):
            wide = min(max(px(LABEL_LEAST), self._label_least), wide)
        self._label.setMinimumWidth(0 if self._is_below else wide)
        self._label.setMaximumWidth(_NO_LIMIT if self._is_below else wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.wide:
            self._size_label()
            self._give_room()

    def longest_word(self) -> int:
        """px of the longest word of a label beside its field: words are not parted."""
        return 0 if self.wide else self._label.longest_word()

    def stand_in_line(self, longest: int) -> None:
        """Begin the field where those of the other rows do, which have words this long."""
        self._label_least = longest

    def _words(self, text: str) -> str:
        return self._context.words.say(text)

    def _say(self) -> None:
        """Say label, obligation and help."""
        label, help_text = self._words(self.field.label), self._words(self.field.help)
        if self._header is not None:
            self._header.set_note(self._note)
        else:
            self._label.setText(f"{label} *" if self._needed else label)
            self._label.setToolTip(self._note)
        needed = self._note if self._needed and self._header is None else ""
        self._help.setText("  ".join(filter(None, (first_sentence(help_text), needed))))
        self._help.setVisible(bool(self._help.text()))
        spoken = ". ".join(filter(None, (self._note, help_text)))
        self.editor.name(label, spoken)

    _note = ""
    _needed = False
    _label_least = 0
    _is_below = False

    # Showing

    def load(self, record: Record) -> None:
        """Show the field of a record; what was half typed is dropped.

        What could not be saved yet is shown in place of what is stored.
        """
        self._value = record[self.field.key]
        self._shown = self._context.session.unsaved.value(record.id, self.field.key, self._value)
        self.say_saved(self._context.session.unsaved.of(record.id, self.field.key))
        self._fold_help()
        self._needed = demanded(self.field, record)
        article = article_words(self.field.article, current_language())
        said = _("Required by {article}") if self._needed else "{article}"
        self._note = said.format(article=article)
        self._note = self._note if article else (_("Required") if self._needed else "")
        self._show()
        self._say()

    def say_saved(self, kept: Kept | None) -> None:
        """Say that what is shown is not saved yet, and offer what can be done about it."""
        if kept is None and self._not_saved is not None:
            self._place.removeWidget(self._not_saved)
            self._not_saved.deleteLater()
            self._not_saved = None
        elif kept is not None:
            if self._not_saved is None:
                self._not_saved = NotSaved(self)
                self._not_saved.asked.connect(self.saving_asked)
                self._place.insertWidget(self._place.indexOf(self._help), self._not_saved)
            self._not_saved.say(kept)

    def settled(self, record: Record) -> None:
        """Show what is stored now; what is being typed stays, and is typed over that."""
        if self.half_typed() or self._shown == record[self.field.key]:
            self._value = record[self.field.key]
        else:
            self.load(record)

    def _show(self) -> None:
        value = self._shown
        kept = isinstance(value, AsTyped) and self.editor.shows_as_typed
        if isinstance(value, STATES) and not kept:
            self._show_state(value)
            return
        self._hide_state()
        self.editor.load(value)
        self.editor.set_mark("warn" if kept else "")

    def _show_state(self, value: State) -> None:
        if self._state is None:
            self._state = StateLine(self)
            self._state.committed.connect(self.committed)
            self._state.given_up.connect(self._back_to_value)
            self._state.touched.connect(self._touched)
            self._place.insertWidget(0, self._state)
        self._state.load(value, self._words(self.field.label))
        self._state.setVisible(True)
        self.editor.setVisible(False)
        self._give_room()

    def _hide_state(self) -> None:
        if self._state is not None:
            self._state.deleteLater()
            self._place.removeWidget(self._state)
            self._state = None
            self._give_room()
        self.editor.setVisible(True)

    @property
    def value(self) -> Value:
        """The value shown, as it was read from the register."""
        return self._value

    def set_read_only(self, read_only: bool) -> None:
        """Let the value be read but not changed."""
        self._read_only = read_only
        self.editor.set_read_only(read_only)
        self._menu_button.setVisible(not read_only)
        if self._header is not None and self._header.action_button is not None:
            self._header.action_button.setVisible(not read_only)

    def set_findings(self, rows: list[Row]) -> None:
        """Show what the rules say about this field, in lines beside the line."""
        self._found = rows
        if isinstance(self.editor, HoldsLines) and self.editor.isVisibleTo(self):
            self.editor.set_findings([row for row in rows if "." in row.field])
            rows = [row for row in rows if "." not in row.field]
        self.findings.show_rows([row for row in rows if not self._said_already(row)])
        if rows and rows[0].severity in ("error", "warning"):
            self.editor.set_mark("bad" if rows[0].severity == "error" else "warn")
        elif not isinstance(self._value, AsTyped):
            self.editor.set_mark("")

    def _said_already(self, row: Row) -> bool:
        """The question itself stands in the field: a finding would only repeat it."""
        open_here = isinstance(self._value, Open) and row.field == self.field.key
        return open_here and row.severity == "question"

    # What the user does

    def focus(self, rest: str = "") -> None:
        """Put the cursor here; `rest` of a path names line and column."""
        if rest and isinstance(self.editor, HoldsLines):
            line, _dot, column = rest.partition(".")
            self.editor.open_line(line, column)
        else:
            (self._state or self.editor).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def flush(self) -> None:
        """Commit what is half typed."""
        (self._state or self.editor).flush()

    def half_typed(self) -> str:
        """What is typed and not committed."""
        return (self._state or self.editor).half_typed()

    def half_typed_at(self) -> str:
        """Line and column of what is typed and not committed; empty where it is in no line."""
        return "" if self._state is not None else self.editor.half_typed_at()

    def _touched(self) -> None:
        self._context.draft.emit(self.field.key, self.half_typed())

    def _add_line(self) -> None:
        self.findings.show_rows([])
        if self._state is not None:
            self._hide_state()
            self.editor.load(None)
        if isinstance(self.editor, HoldsLines):
            self.editor.add_line()

    def show_menu(self) -> None:
        """The states this field can be in, and its history."""
        if self._read_only:
            return
        menu = StateMenu(self.field, self._value, self)
        menu.open_asked.connect(self._to_open)
        menu.not_applicable_asked.connect(self._to_not_applicable)
        menu.clear_asked.connect(self._clear)
        menu.addSeparator()
        menu.addAction(_("History of this field…"), self.history_asked.emit)
        menu.addAction(_("Redact for good…"), self.redact_asked.emit)
        menu.popup(self._menu_button.mapToGlobal(QPoint(0, self._menu_button.height())))

    def _to_open(self) -> None:
        self._to_state(Open(""))

    def _to_not_applicable(self) -> None:
        self._to_state(NotApplicable(""))

    def _to_state(self, state: State) -> None:
        """Let the question or reason be typed; it is committed like any text."""
        self._show_state(state)
        if self._state is not None:
            self._state.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _back_to_value(self) -> None:
        """A value is to be typed instead of the state; until then the state stays stored."""
        self._hide_state()
        held = isinstance(self._value, STATES)
        self.editor.load(None if held else self._value)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear(self) -> None:
        self.committed.emit(None)

    def event(self, event: QEvent) -> bool:
        for key, work in (
            ("field_menu", self.show_menu),
            ("field_help", self._turn_help),
            ("field_remedy", self._put_right),
        ):
            if pressed(key, event):
                if event.type() == QEvent.Type.ShortcutOverride:
                    event.accept()  # outside a field, F1 shows the keys
                    return True
                if event.type() == QEvent.Type.KeyPress:
                    work()
                    return True
        back = event.type() == QEvent.Type.KeyPress and pressed("form_back", event)
        if back and self._whole.isVisibleTo(self):
            self._fold_help()
            return True
        return super().event(event)

    def _put_right(self) -> None:
        """Take the remedy of the finding on the column the cursor is in, else of the gravest."""
        column = self._column()
        ending = f".{column.key}" if column is not None else ""
        here = [row for row in self._found if ending and row.field.endswith(ending)]
        for row in (here or self._found)[:1]:
            self.remedy_asked.emit(row)

    # The long help

    def _turn_help(self) -> None:
        """Fold the long help out under the field, or in again; screen readers hear it."""
        if self._whole.isVisibleTo(self):
            self._fold_help()
            return
        said = self._long_help()
        self._whole.setText(said)
        self._whole.show()
        focused = QApplication.focusWidget() or self
        announced = QAccessibleAnnouncementEvent(focused, said)
        QAccessible.updateAccessibility(announced)

    def _fold_help(self) -> None:
        self._whole.hide()

    def _long_help(self) -> str:
        """That of the column the cursor is in, or of the field; else what else can be said."""
        words, record = self._context.words, self._context.record
        kind = record.kind.key if record is not None else ""
        column = self._column()
        if column is not None:
            found = long_help(f"{kind}.{self.field.key}.{column.key}", words.language)
            return f"{words.label(column)}: {found or plain_help(column, words)}"
        found = long_help(f"{kind}.{self.field.key}", words.language)
        shown = first_sentence(self._words(self.field.help))
        return found or plain_help(self.field, words, shown)

    def _column(self) -> Field | None:
        """The column of a line that the cursor is in, if it is in one."""
        widget = QApplication.focusWidget()
        if isinstance(widget, LineTable):
            key = widget.column_key()
            return self.field.column(key) if key else None
        while widget is not None and widget is not self:
            if isinstance(widget, ColumnSlot):
                return widget.field
            widget = widget.parentWidget()
        return None


def first_sentence(text: str) -> str:
    """The first sentence of a help text."""
    head, stop, _rest = text.partition(". ")
    return f"{head}." if stop else text


