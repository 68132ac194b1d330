"""One safeguard: the facts that matter for its mechanism, the others under “More”."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from ropa_app.exports.pdf_mechanism import named_in
from ropa_app.i18n import _
from ropa_app.model.field import Field
from ropa_app.model.state import Value
from ropa_app.rules.transfers import last_day
from ropa_ui.forms.editor import Context
from ropa_ui.forms.line_findings import LineFindings
from ropa_ui.forms.line_form import ColumnRow, Columns
from ropa_ui.forms.safeguard_columns import columns_that_matter
from ropa_ui.icons import icon
from ropa_ui.models.checks import Row
from ropa_ui.models.mechanism_words import short_mechanism
from ropa_ui.theme import font, px
from ropa_ui.widgets.buttons import icon_button, text_button
from ropa_ui.widgets.labels import Label, plain_tooltip
from ropa_ui.widgets.section import SectionHeader

LABEL = (96, 120)  # px of a label beside its field: least, and most; wider ones stand above
_ROUND_WORDS = 52  # px in the field of the mechanism that are not for its words
_PLACED = ("regime", "reliance")  # said by where the safeguard stands


class SafeguardBlock(QWidget):
    """`committed` comes with a column's key and its new value."""

    committed = Signal(str, object)
    touched = Signal()
    rely_asked = Signal()
    delete_asked = Signal()
    cell_asked = Signal(str, str)

    def __init__(
        self, field: Field, needed: tuple[Columns, ...], context: Context, regime: str,
        fallback: bool, parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._field, self._needed, self._context = field, needed, context
        self._regime = regime
        self._fallback = fallback
        self._read_only = False
        self._unfolded = False
        self._tight = False
        self.line: dict[str, Value] = {}
        self._said = ""  # the name of the mechanism as it is shown
        self.rows: dict[str, ColumnRow] = {}
        self.header: SectionHeader | None = None
        self._title = Label(_("What is relied on"), "column", "text2", self)
        self._body = QWidget(self)
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._whole = Label("", "small", "text2", self._body, wrap=True)
        self._whole.hide()
        self._more = text_button(_("More"), "caret-right", self._body)
        self._more.clicked.connect(self.toggle_more)
        self.findings = LineFindings(field, context.words, self, short=True)
        self.findings.hide()
        self.findings.cell_asked.connect(self.cell_asked)
        self._lay_out()

    def _lay_out(self) -> None:
        self._menu = icon_button("dots-three", _("What to do with this safeguard"), self)
        self._menu.clicked.connect(self.show_menu)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        if self._fallback:
            self._title.hide()
            self.header = SectionHeader(self._context.words.say("not stated"), "", "", self)
            self.header.folded.connect(self._body.setHidden)
            self.header.set_folded(True)
            head.addWidget(self.header, 1)
        else:
            head.addWidget(self._title, 1)
        head.addWidget(self._menu)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._body)
        layout.addWidget(self.findings)
        self._more_line = QWidget(self._body)
        self._below_fields = QHBoxLayout(self._more_line)
        self._below_fields.addWidget(self._more)
        self._below_fields.addStretch(1)
        self._below_fields.setContentsMargins(self._label_width(), 0, 0, 0)

    def set_tight(self, tight: bool) -> None:
        """Stand the labels above their fields, where the fields need all the width there is."""
        self._tight = tight
        wide = self._label_width()
        self._below_fields.setContentsMargins(wide, 0, 0, 0)
        for row in self.rows.values():
            row.put_label(wide, tight)
        self._say_whole()
        self._head()

    def _label_width(self) -> int:
        """Room for the longest word of the labels, in px; labels of several words wrap.

        0 where one word is so long that the fields beside it would be too narrow to read.
        """
        if self._tight:
            return 0
        metrics = QFontMetrics(font("body"))
        labels = (f"{self._context.words.label(column)} *" for column in self._field.columns)
        parts = (part for label in labels for part in label.replace(" *", "\u00a0*").split(" "))
        longest = max(metrics.horizontalAdvance(part) for part in parts) + 2
        return max(longest, px(LABEL[0])) if longest <= px(LABEL[1]) else 0

    # Showing

    def load(self, line: dict[str, Value]) -> None:
        """Show a safeguard; what is half typed in one of its columns stays."""
        self.line = line
        self._head()
        self._arrange()
        for key, row in self.rows.items():
            self._fill(key, row)
        self._say_whole()

    def _fill(self, key: str, row: ColumnRow) -> None:
        value = self.line.get(key)
        fresh = row.slot.editor is None and row.slot.state is None
        other = value != row.slot.value or (key == "mechanism" and self._says_other())
        if fresh or (other and not row.slot.half_typed()):
            row.slot.load(value)

    def _says_other(self) -> bool:
        """True if the mechanism goes by another name now: the Addendum was signed, or a day set."""
        before, self._said = self._said, self._named()
        return before != self._said

    def _named(self) -> str:
        return self._called(self.line.get("mechanism"))

    def _called(self, mechanism: Value) -> str:
        """A mechanism as it is cited under the regime, as exports say it too."""
        session, record = self._context.session, self._context.record
        day = last_day(record, session.view.day) if record is not None else session.view.day
        line = {**self.line, "mechanism": mechanism, "regime": self._regime or None}
        return named_in(self._context.words, line, day)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_whole()

    def _say_whole(self) -> None:
        """A mechanism whose name is longer than its field is said in whole below it."""
        name = self._named()
        beside = 0 if self._tight else self._label_width() + px(28)  # and the button of states
        room = self.width() - beside - px(_ROUND_WORDS)
        held = isinstance(self.line.get("mechanism"), str)
        self._whole.setText(name)
        left = self._label_width()
        self._whole.setContentsMargins(left + 4 if left else 0, 0, 0, 0)
        cut = QFontMetrics(font("body")).horizontalAdvance(name) > room
        self._whole.setVisible(held and cut)

    def _head(self) -> None:
        """A fallback folded in says its mechanism, in few words where room is short."""
        words, mechanism = self._context.words, self.line.get("mechanism")
        if self.header is None:
            return
        whole = self._named() or words.say("not stated")
        brief = self._tight and isinstance(mechanism, str)
        said = short_mechanism(str(mechanism), words) if brief else whole
        self.header.title.setText(said)
        self.header.title.setToolTip(plain_tooltip(whole) if brief else "")
        self.header.set_note("")

    def _arrange(self) -> None:
        """Stand the columns that matter above “More”, the others below while it is open."""
        matter = columns_that_matter(self._field, self.line, self._regime)
        hidden = {*matter, *_PLACED}
        others = [column.key for column in self._field.columns if column.key not in hidden]
        shown = [*matter, *(others if self._unfolded else ())]
        for key in shown:
            if key not in self.rows:
                self._add(key)
        for widget in (*self.rows.values(), self._whole, self._more_line):
            self._column.removeWidget(widget)
        for key in matter:
            self._column.addWidget(self.rows[key])
            if key == "mechanism":
                self._column.addWidget(self._whole)
        self._column.addWidget(self._more_line)
        for key in others if self._unfolded else ():
            self._column.addWidget(self.rows[key])
        for key, row in self.rows.items():
            row.setVisible(key in shown)
        self.setFocusProxy(self.rows["mechanism"].slot)
        self._say_more([key for key in others if self.line.get(key) is not None])

    def _say_more(self, held: list[str]) -> None:
        """What stands hidden is at least counted."""
        if self._unfolded:
            self._more.set_label(_("Less"))
        elif held:
            self._more.set_label(_("More, {count} filled in").format(count=len(held)))
        else:
            self._more.set_label(_("More"))
        self._more.set_icon("caret-down" if self._unfolded else "caret-right")

    def _add(self, key: str) -> None:
        column = self._field.column(key)
        group = next((each for each in self._needed if column in each), ())
        row = ColumnRow(column, group, self._context, self._body, self._label_width())
        row.put_label(self._label_width(), self._tight)
        if key == "mechanism":
            row.slot.call_values(self._called)
        row.slot.committed.connect(partial(self.committed.emit, key))
        row.slot.touched.connect(self.touched)
        row.set_read_only(self._read_only)
        self.rows[key] = row

    def toggle_more(self) -> None:
        """Show all columns, or only those that matter."""
        self._unfolded = not self._unfolded
        self.load(self.line)

    def set_findings(self, rows: list[Row]) -> None:
        """Show these below the safeguard."""
        self.findings.show_rows(rows, self._context.words)

    def set_read_only(self, read_only: bool) -> None:
        """Let the safeguard be read but not changed."""
        self._read_only = read_only
        self._menu.setVisible(not read_only)
        for row in self.rows.values():
            row.set_read_only(read_only)

    # What the user does

    def focus(self, column: str = "") -> None:
        """Put the cursor into a column, wherever it is hidden."""
        if self.header is not None:
            self.header.set_folded(False)
        known = any(each.key == column for each in self._field.columns)
        key = column if known and not (column == "regime" and self._regime) else "mechanism"
        if (key not in self.rows or self.rows[key].isHidden()) and not self._unfolded:
            self.toggle_more()
        self.rows[key].slot.setFocus(Qt.FocusReason.TabFocusReason)

    def show_menu(self) -> None:
        """Rely on it, make it a fallback, delete it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._fallback:
            menu.addAction(icon("arrow-right"), _("Rely on this one"), self.rely_asked.emit)
        elif self._regime:
            menu.addAction(icon("arrow-right"), _("Keep as a fallback"), self._to_fallback)
        menu.addAction(icon("trash-simple"), _("Delete safeguard"), self.delete_asked.emit)
        menu.popup(self._menu.mapToGlobal(self._menu.rect().bottomLeft()))

    def _to_fallback(self) -> None:
        self.committed.emit("reliance", "fallback")

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
