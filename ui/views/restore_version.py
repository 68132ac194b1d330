"""Bringing a record back, all of its fields, to what a step of the history left of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ropa_app.errors import ConflictError
from ropa_app.i18n import _
from ropa_app.model.record import Record
from ropa_app.model.state import Redacted
from ropa_app.register.change import Edit, label
from ropa_app.register.schema import SCHEMA
from ropa_app.register.timeline import values_after
from ropa_ui.models.field_words import field_label, named, only_differing, said, same
from ropa_ui.models.session import Session
from ropa_ui.theme import px
from ropa_ui.widgets.buttons import plain_button, primary_button
from ropa_ui.widgets.clearing import clear
from ropa_ui.widgets.dialog import Dialog
from ropa_ui.widgets.diff_value import NewValue, OldValue
from ropa_ui.widgets.labels import Label
from ropa_ui.widgets.scroll_box import ScrollBox


def version_edits(session: Session, record: Record, operation: int) -> list[Edit]:
    """The edits that bring a record back to what an operation left of it.

    What was redacted since, and fields that are no more, stay as they are.
    """
    left = values_after(session.present, record.id, operation)
    return [
        Edit(record.id, key, record[key], value)
        for key, value in left.items()
        if record.kind.has(key) and not isinstance(value, Redacted)
        and not isinstance(record[key], Redacted) and not same(record[key], value)
    ]  # fmt: skip


def why_no_version(session: Session, record: Record, operation: int) -> str:
    """Why a record cannot be brought back to an operation, in words; empty if it can."""
    if not session.writable:
        return _("The past cannot be changed; go back to today first.")
    if record.deleted:
        return _("The record is deleted; bring it back first.")
    if session.present.operation(operation).schema != SCHEMA:
        return _("The register has had other fields since then; restore single fields.")
    if not version_edits(session, record, operation):
        return _("The record stands as it did then.")
    return ""


class VersionDialog(Dialog):
    """All fields that will change, now and as they were; what was edited later is not hidden."""

    def __init__(self, session: Session, record: Record, operation: int, parent: QWidget) -> None:
        heading = _("Restore {record} to this version?").format(record=named(session, record))
        super().__init__(heading, "", parent, 720)
        self._session, self._record, self._operation = session, record, operation
        self._edits: list[Edit] = []
        cancel = self.add_button(plain_button(_("Cancel"), parent=self))
        cancel.clicked.connect(self.reject)
        self.restore = self.add_button(primary_button(_("Restore this version"), self))
        self.restore.clicked.connect(self._write)
        self.set_first(self.restore)
        self._look()

    def _look(self) -> None:
        """Show what will change of the record as it stands now."""
        self._edits = version_edits(self._session, self._record, self._operation)
        count = len(self._edits)
        one = _(
            "1 field was changed later and will be put back, as one step that can be undone."
        )
        many = _(
            "{count} fields were changed later and will be put back, as one step that can be "
            "undone."
        )
        self.say(one if count == 1 else many.format(count=count))
        clear(self.body)
        self.body.addWidget(self._table())

    def _table(self) -> ScrollBox:
        """Field, value now, value to come; it scrolls where there are many."""
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for column, text in enumerate((_("Field"), _("Now"), _("As it was"))):
            grid.addWidget(Label(text, "column", "text2", inner), 0, column)
            grid.setColumnStretch(column, 2 + min(column, 1) * 2)
        top = Qt.AlignmentFlag.AlignTop
        for row, edit in enumerate(self._edits, 1):
            name = Label(field_label(self._session, self._record, edit.field), "body", "text2",
                         inner, wrap=True)  # fmt: skip
            grid.addWidget(name, row, 0, top)
            now, then = (said(self._session, self._record, edit.field, value)
                         for value in (edit.seen, edit.new))  # fmt: skip
            now, then, stay = only_differing(now, then)
            others = _("{count} others stay").format(count=stay) if stay else ""
            grid.addWidget(OldValue(now, inner, others), row, 1, top)
            grid.addWidget(NewValue(then, inner, others), row, 2, top)
        grid.setRowStretch(len(self._edits) + 1, 1)
        area = ScrollBox(_("What will change"), self)
        area.setWidget(inner)
        area.setMinimumHeight(px(min(60 + 52 * len(self._edits), 420)))
        return area

    def _write(self) -> None:
        fields = [edit.field for edit in self._edits]
        error = self._session.write(self._edits, label("set", ref=self._record.ref, fields=fields))
        if error is None:
            what = named(self._session, self._session.view.records[self._record.id])
            self._session.said.emit(_("Restored: {what}").format(what=what), True)
            self.accept()
            return
        if isinstance(error, ConflictError):
            self._session.poll()
            self._record = self._session.view.records[self._record.id]
            self._look()
        reason = why_no_version(self._session, self._record, self._operation)
        self.restore.setEnabled(not reason)
        self.failure.say(" ".join(filter(None, (str(error), reason))))
