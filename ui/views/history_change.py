"""The right of the history: one step, what it changed, and the way back for each field."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ropa_app.i18n import _
from ropa_app.model.record import Record
from ropa_app.model.state import Value
from ropa_app.register.history import Entry, FieldChange, value_words
from ropa_app.register.timeline import entry, rows_in
from ropa_ui.models.effects import Effects
from ropa_ui.models.field_words import only_differing
from ropa_ui.models.restoring import why_not
from ropa_ui.models.session import Session
from ropa_ui.theme import px
from ropa_ui.views.history_effect import EffectSection
from ropa_ui.views.history_model import HistoryModel, Step
from ropa_ui.views.restore_version import VersionDialog, why_no_version
from ropa_ui.views.restoring import restore
from ropa_ui.widgets.buttons import (
    Button,
    plain_button,
    primary_button,
    remedy_button,
    text_button,
)
from ropa_ui.widgets.clearing import clear
from ropa_ui.widgets.diff_value import NewValue, OldValue
from ropa_ui.widgets.hairline import Hairline
from ropa_ui.widgets.labels import ElidedLabel, IconLabel, Label
from ropa_ui.widgets.scroll_box import ScrollBox

_NARROW = 420  # px
MOST = 120  # rows of one step; an import has thousands, and nobody reads them here


class ChangePane(QWidget):
    """Shows a Step. `strip` is put between the head and what changed."""

    record_asked = Signal(str)
    restored = Signal()
    past_asked = Signal(str)

    def __init__(
        self, session: Session, model: HistoryModel, strip: QWidget, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._model = model
        self.step: Step | None = None
        self._whole: Record | None = None
        self._effects = Effects(session, self)
        self._build(strip)

    def _build(self, strip: QWidget) -> None:
        self._when = ElidedLabel("", "body", "text2", self, tabular=True)
        self._title = Label("", "title", "text", self, wrap=True)
        self.past = plain_button("", "calendar-blank", self)
        self.past.clicked.connect(self._ask_past)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._when, 1)
        top.addWidget(self.past)
        self.version = primary_button(_("Restore this version"), self)
        self.version.clicked.connect(self._restore_version)
        top.addWidget(self.version)
        self._inner = QWidget()
        self._parts = QVBoxLayout(self._inner)
        self._parts.setContentsMargins(28, 16, 28, 24)
        self._parts.setSpacing(0)
        scroll = ScrollBox(_("What changed"), self)
        scroll.setWidget(self._inner)
        head = QVBoxLayout()
        head.setContentsMargins(28, 14, 24, 12)
        head.setSpacing(4)
        head.addLayout(top)
        head.addWidget(self._title)
        head.addSpacing(10)
        head.addWidget(strip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Hairline(self))
        column.addWidget(scroll, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the button of the moment is its icon alone."""
        super().resizeEvent(event)
        words, narrow = _("See the register as at this moment"), self.width() < px(_NARROW)
        self.past.set_label("" if narrow else words)
        self.past.setToolTip(words if narrow else "")
        self.past.setAccessibleName(words)

    def show_step(self, step: Step | None) -> None:
        """Show one step; None where there is none."""
        self.step = step
        self.past.setVisible(step is not None)
        clear(self._parts)
        self._effects.stop()
        if step is None:
            self._when.setText("")
            self._title.setText(_("Nothing chosen"))
            self._offer_version(None)
            return
        day = self._model.day_words(step.day)
        self._when.setText(f"{day}, {step.time}  ·  {step.operation.who}")
        self._title.setText(step.words)
        register = self._session.present
        found = entry(register, self._model.view, step.operation, MOST, self._model.record)
        self._add_changes(found)
        self._add_created(found)
        more = rows_in(register, step.operation.seq) - len(found.changes) - len(found.created)
        self._offer_version(found if more == 0 else None)
        if more > 0:
            text = _("and {count} more changes").format(count=more)
            self._parts.addWidget(Label(text, "small", "text2", self._inner))
        self._parts.addSpacing(20)
        self._parts.addWidget(
            EffectSection(self._session, self._effects, step.operation.seq, self._inner)
        )
        self._parts.addSpacing(20)
        self._parts.addLayout(self._chain(step))
        self._parts.addStretch(1)

    def _ask_past(self) -> None:
        if self.step is not None:
            self.past_asked.emit(self.step.operation.at)

    # A whole record

    def _offer_version(self, found: Entry | None) -> None:
        """Offer to restore the record, where the step was about one record alone."""
        ids = {change.record for change in found.changes} if found else set()
        created = [self._model.view.by_ref(ref) for ref in found.created] if found else []
        ids |= {record.id for record in created if record is not None}
        record = self._session.view.records.get(ids.pop()) if len(ids) == 1 else None
        self._whole = record
        self.version.setVisible(record is not None)
        if record is not None and self.step is not None:
            reason = why_no_version(self._session, record, self.step.operation.seq)
            self.version.setEnabled(not reason)
            self.version.setToolTip(reason)

    def _restore_version(self) -> None:
        if self._whole is not None and self.step is not None:
            VersionDialog(self._session, self._whole, self.step.operation.seq, self).open()

    # What changed

    def _add_changes(self, found: Entry) -> None:
        if not found.changes:
            return
        count = len(found.changes)
        note = _("1 field") if count == 1 else _("{count} fields").format(count=count)
        self._parts.addLayout(self._section(_("What changed"), note))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        for column, stretch in enumerate((2, 4, 4, 0)):
            grid.setColumnStretch(column, stretch)
        for column, text in enumerate((_("Field"), _("Before"), _("After"))):
            head = Label(text, "column", "text2", self._inner)
            head.setFixedHeight(px(26))
            grid.addWidget(head, 0, column)
        several = len({change.record for change in found.changes}) > 1
        row, before = 1, ""
        for change in found.changes:
            grid.addWidget(Hairline(self._inner), row, 0, 1, 4)
            if several and change.record != before:
                before = change.record
                grid.addLayout(self._way_to(change.record), row + 1, 0, 1, 4)
            self._add_row(grid, row + 2, change)
            row += 3
        self._parts.addLayout(grid)
        self._parts.addWidget(Hairline(self._inner))
        if not several:
            self._parts.addSpacing(8)
            self._parts.addLayout(self._way_to(found.changes[0].record))

    def _add_row(self, grid: QGridLayout, row: int, change: FieldChange) -> None:
        label, old, new = value_words(change, self._model.view, self._model.words)
        old, new, stay = only_differing(old, new)
        nothing = _("{count} others stay").format(count=stay) if stay else ""
        top = Qt.AlignmentFlag.AlignTop
        name = QVBoxLayout()
        name.setContentsMargins(0, 10, 0, 10)
        name.addWidget(Label(label, "body", "text2", self._inner, wrap=True))
        name.addStretch(1)
        grid.addLayout(name, row, 0)
        values = (OldValue(old, self._inner, nothing), NewValue(new, self._inner, nothing))
        for column, value in enumerate(values, 1):
            holder = QVBoxLayout()
            holder.setContentsMargins(0, 10 - (column == 2) * 2, 0, 8)
            holder.addWidget(value)
            holder.addStretch(1)
            grid.addLayout(holder, row, column)
        button = self._restore_button(change, label)
        if button is not None:
            holder = QVBoxLayout()
            holder.setContentsMargins(0, 7, 2, 7)
            holder.addWidget(button, 0, top)
            grid.addLayout(holder, row, 3, top)

    def _restore_button(self, change: FieldChange, label: str) -> Button | None:
        """Brings the value before back; why it cannot is its tooltip."""
        if change.field == "merged_into":
            return None
        if change.field == "deleted":
            return self._bring_back_button(change)
        reason = why_not(self._session, change.record, change.field, change.old)
        button = remedy_button(_("Restore"), self._inner)
        words = _("Restore old value")
        button.setAccessibleDescription(f"{words}: {label}")
        button.setEnabled(not reason)
        button.setToolTip(reason or words)
        button.clicked.connect(
            partial(self._restore, change.record, change.field, change.old, change.new)
        )
        return button

    def _restore(self, record: str, key: str, value: Value, left: Value) -> None:
        restore(self._session, record, key, value, left, self)
        self.restored.emit()

    def _bring_back_button(self, change: FieldChange) -> Button | None:
        record = self._session.view.records.get(change.record)
        if record is None or not record.deleted or not self._session.writable:
            return None
        button = remedy_button(_("Bring back"), self._inner)
        button.clicked.connect(partial(self._bring_back, change.record))
        return button

    def _bring_back(self, identifier: str) -> None:
        record = self._session.view.records[identifier]
        if self._session.delete([record], deleted=False):
            self._session.said.emit(_("Brought back: {what}").format(what=record.ref), True)

    def _add_created(self, found: Entry) -> None:
        if not found.created:
            return
        count = str(len(found.created))
        self._parts.addLayout(self._section(_("Added"), count if len(found.created) > 1 else ""))
        for reference in found.created:
            record = self._model.view.by_ref(reference)
            if record is not None:
                self._parts.addLayout(self._way_to(record.id))

    # Parts

    def _section(self, title: str, note: str) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(0, 6, 0, 6)
        line.setSpacing(8)
        line.addWidget(Label(title, "section", "text", self._inner))
        line.addWidget(Label(note, "small", "text3", self._inner))
        line.addStretch(1)
        return line

    def _way_to(self, identifier: str) -> QHBoxLayout:
        """A button that opens a record."""
        record = self._model.view.records.get(identifier)
        line = QHBoxLayout()
        line.setContentsMargins(-10, 0, 0, 0)  # the words, not the button, stand at the edge
        if record is not None:
            title = " ".join(self._model.view.title(record, self._model.words).split())
            words = f"{record.ref} {title}"
            shown = words if len(words) <= 60 else f"{words[:58]} …"
            button = text_button(shown, parent=self._inner)
            button.setAccessibleName(_("Open {record}").format(record=words))
            button.setEnabled(identifier in self._session.view.records and not record.deleted)
            button.clicked.connect(partial(self.record_asked.emit, record.id))
            line.addWidget(button)
        line.addStretch(1)
        return line

    def _chain(self, step: Step) -> QHBoxLayout:
        """The place in the chain of hashes, and its head: what an auditor compares."""
        operation, head = step.operation, self._session.present.head()
        sentence = _("Entry {n} with hash {own}, chained to {before}.")
        if operation.seq == 1:
            sentence = _("Entry {n} with hash {own}, the first of the chain.")
        if operation.seq < head.operation:
            sentence += " " + _("The chain ends with entry {last}: {hash}")
        text = sentence.format(
            n=operation.seq, own=operation.hash[:12], before=operation.seq - 1,
            last=head.operation, hash=head.hash[:12],
        )  # fmt: skip
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(IconLabel("link", "text2", 14, self._inner))
        line.addWidget(ElidedLabel(text, "small", "text2", self._inner, tabular=True), 1)
        return line
