"""What was half typed when the program ended, offered when the register is opened again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ropa_app.i18n import _
from ropa_app.model.field import Field
from ropa_app.model.kinds import KINDS
from ropa_app.model.record import Record
from ropa_app.model.state import AsTyped, Value, decode
from ropa_ui.forms.editor import Context
from ropa_ui.forms.line_list import row_of, with_value
from ropa_ui.kinds import NEW
from ropa_ui.languages import number
from ropa_ui.models.beginning import beginning
from ropa_ui.models.draft_files import Draft
from ropa_ui.models.drafts import Drafts
from ropa_ui.models.field_words import field_label, named, said_at
from ropa_ui.models.session import Session
from ropa_ui.theme import px
from ropa_ui.widgets.buttons import plain_button, remedy_button
from ropa_ui.widgets.dialog import Dialog
from ropa_ui.widgets.diff_value import NewValue
from ropa_ui.widgets.labels import Label
from ropa_ui.widgets.scroll_box import ScrollBox


class DraftsDialog(Dialog):
    """Each half-typed text, to put back or to discard; closing keeps them for later."""

    def __init__(self, session: Session, drafts: Drafts, parent: QWidget) -> None:
        super().__init__(_("Half-typed texts"), _why(drafts.offered()), parent, wide=620)
        self._session, self._drafts = session, drafts
        self._context = Context(session, self)
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 5, 8, 5)  # room for the focus ring
        self._column.setSpacing(16)
        self.rows: list[_Row] = []
        for draft in drafts.offered():
            self._add(draft)
        self._column.addStretch(1)
        scroll = ScrollBox(_("Half-typed texts"), self)
        scroll.setWidget(self._inner)
        scroll.setMinimumHeight(min(self._inner.sizeHint().height() + 8, px(420)))
        self.body.addWidget(scroll, 1)
        later = self.add_button(plain_button(_("Later"), parent=self))
        later.setToolTip(_("The texts are kept and offered again next time."))
        later.clicked.connect(self.reject)
        self.set_first(self.rows[0].put_back if self.rows else later)

    def _add(self, draft: Draft) -> None:
        row = _Row(self._session, draft, self._inner)
        row.put_back.clicked.connect(partial(self._put_back, row))
        row.discard.clicked.connect(partial(self._discard, row))
        self.rows.append(row)
        self._column.addWidget(row)

    def _put_back(self, row: _Row) -> None:
        draft = row.draft
        record = _record_of(self._session, draft)
        if record is None:
            return
        field = KINDS[record.kind_key].field(draft.field)
        value = decode(draft.cell) if draft.finished else AsTyped(draft.text)
        if isinstance(value, AsTyped):
            value = self._read(draft, field, record[draft.field])
        if self._written(record, draft.field, value):
            self._done(row)

    def _written(self, record: Record, key: str, value: Value) -> bool:
        """Save a value; a record that the text was to begin is made with it."""
        if record.number:
            return self._session.set_value(record.id, key, record[key], value)
        kind = record.kind_key
        values = {**beginning(self._session, kind), key: value}
        return self._session.create(kind, values, record.id) is not None

    def _read(self, draft: Draft, field: Field, now: Value) -> Value:
        """The value a text gives its field, or the lines with it in the cell it was typed in."""
        line, _dot, key = draft.place.partition(".")
        if isinstance(now, list) and row_of(now, line) >= 0:
            read = self._context.read(field.column(key), draft.text)
            return with_value(field, now, line, key, read)
        return self._context.read(field, draft.text)

    def _discard(self, row: _Row) -> None:
        self._done(row)

    def _done(self, row: _Row) -> None:
        """Forget the draft; with the last one the dialog is done."""
        self._drafts.settle(row.draft)
        self.rows.remove(row)
        for other in self.rows:
            other.say_held()  # of several texts of one field, one may have been put back
        row.hide()
        row.deleteLater()
        if self.rows:
            self.rows[0].put_back.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.accept()


def _why(drafts: Sequence[Draft]) -> str:
    """What kept these texts from being saved, and what can be done."""
    if drafts and all(draft.displaced for draft in drafts):
        return _("The register file was replaced or went away before these texts were saved. "
                 "Nothing is lost: put back what you want to keep.")  # fmt: skip
    return _("The program ended before these texts were saved. Nothing is lost: put back what "
             "you want to keep.")  # fmt: skip


class _Row(QWidget):
    """One text: whose, what was typed, and what the field holds if it is another value now."""

    def __init__(self, session: Session, draft: Draft, parent: QWidget) -> None:
        super().__init__(parent)
        self.draft = draft
        self._session = session
        self._held: Label | None = None
        self.record = _record_of(session, draft)
        self.put_back = remedy_button(_("Put back"), self)
        self.discard = remedy_button(_("Discard"), self)
        head, field = _("A record that is gone"), draft.field
        if self.record is not None:
            new = not self.record.number
            head = _(NEW[self.record.kind_key]) if new else named(session, self.record)
            label = field_label(session, self.record, draft.field)
            field = "  ·  ".join((label, *_place(session, self.record, draft)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._head(f"{head}  ·  {field}"))
        column.addWidget(NewValue(draft.text, self))
        if self.record is None:
            self._refuse(_("The field it was typed in is no longer there; copy the text first."))
            self._add_copying(column)
        elif self._takes_no_text():
            self._refuse(_("The field holds a list; copy the text and add it there."))
            self._add_copying(column)
        else:
            self._held = Label("", "small", "text2", self, wrap=True)
            column.addWidget(self._held)
            self.say_held()
            if not session.writable:
                self._refuse(_("The past cannot be changed; go back to today first."))

    def _head(self, words: str) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(Label(words, "small", "text2", self, wrap=True), 1)
        for button in (self.put_back, self.discard):
            button.setAccessibleDescription(f"{words}: {self.draft.text}")
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def say_held(self) -> None:
        """What the field holds, where that is another value, and if it was changed meanwhile."""
        draft = self.draft
        record = _record_of(self._session, draft)
        if self._held is None or record is None:
            return
        now = said_at(self._session, record, draft.field, record[draft.field], draft.place)
        changed = now != draft.seen
        words = _("Changed meanwhile; the field now holds: {value}") if changed else _(
            "The field now holds: {value}")  # fmt: skip
        told = record.number and now != draft.text
        text = words.format(value=now or _("empty")) if told else ""
        self._held.setText(text)
        self._held.set_role("warn" if changed else "text2")
        self._held.setHidden(not text)

    def _refuse(self, reason: str) -> None:
        self.put_back.setEnabled(False)
        self.put_back.setToolTip(reason)

    def _add_copying(self, column: QVBoxLayout) -> None:
        button = remedy_button(_("Copy the text"), self)
        button.clicked.connect(self._copy)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.draft.text)

    def _takes_no_text(self) -> bool:
        """True for a list that is there: a text put back would take the place of all its items.

        One typed into a line goes back there as long as there is that line.
        """
        if self.draft.finished or self.record is None:
            return False  # the value is known, not only its text
        now, (line, _dot, _key) = self.record[self.draft.field], self.draft.place.partition(".")
        if line:
            return not isinstance(now, list) or row_of(now, line) < 0
        return isinstance(now, (list, dict))


def _record_of(session: Session, draft: Draft) -> Record | None:
    """The record a text belongs to, or the one it was to begin; None if its field is gone."""
    record = session.view.records.get(draft.record)
    if record is None and draft.kind in KINDS:
        record = Record(draft.kind, 0, draft.record, {})
    return record if record is not None and record.kind.has(draft.field) else None


def _place(session: Session, record: Record, draft: Draft) -> list[str]:
    """Line and column of a text in words: “line 2 (Customers)”, “Source”."""
    line, _dot, key = draft.place.partition(".")
    field = record.kind.field(draft.field)
    if not line or all(column.key != key for column in field.columns):
        return []
    first, held = field.columns[0], record[draft.field]
    items = held if isinstance(held, list) else []
    row = row_of(items, line)
    if row >= 0:
        said = _("line {number}").format(number=number(row + 1))
        begins = session.words.series(first, items[row].get(first.key), record.values)
        where = f"{said} ({begins})" if begins else said
    else:
        known = first.kind == "term" and session.words.terms.term(first.vocabulary, line)
        where = session.words.term(first.vocabulary, line) if known else _("a new line")
    return [where, session.words.label(field.column(key))]
