"""Bringing an old value of a field back where something else stands there now."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ropa_app.i18n import _
from ropa_app.model.state import Value
from ropa_ui.models.field_words import field_label, last_origin, named, said, same
from ropa_ui.models.restoring import write
from ropa_ui.models.session import Session
from ropa_ui.widgets.buttons import plain_button, primary_button
from ropa_ui.widgets.dialog import Dialog
from ropa_ui.widgets.two_values import TwoValues


def restore(
    session: Session, record_id: str, key: str, value: Value, left: Value, parent: QWidget
) -> None:
    """Bring a value back. `left` is what the change being looked at left in the field.

    Where something else stands there now, both values are shown first.
    """
    record = session.view.records[record_id]
    if same(record[key], left):
        write(session, record_id, key, record[key], value)
    else:
        RestoreDialog(session, record_id, key, value, parent).open()


class RestoreDialog(Dialog):
    """Another edit stands between: the value now, and the one to bring back."""

    def __init__(
        self, session: Session, record_id: str, key: str, value: Value, parent: QWidget
    ) -> None:
        record = session.view.records[record_id]
        heading = _("Restore “{field}”?").format(field=field_label(session, record, key))
        sentence = _("The field of {record} was changed again later.").format(
            record=named(session, record)
        )
        super().__init__(heading, sentence, parent)
        self._session, self._record, self._key = session, record_id, key
        self._seen, self._value = record[key], value
        now = _("As it is now ({origin})").format(origin=last_origin(session, record_id, key))
        self.values = TwoValues(
            [(now, said(session, record, key, self._seen)),
             (_("The old value"), said(session, record, key, value))],
            self,
        )  # fmt: skip
        self.values.choose(1)
        self.body.addWidget(self.values)
        cancel = self.add_button(plain_button(_("Cancel"), parent=self))
        cancel.clicked.connect(self.reject)
        self.keep = self.add_button(primary_button(_("Let the chosen value stand"), self))
        self.keep.clicked.connect(self._write)
        self.set_first(self.values)

    def _write(self) -> None:
        if self.values.chosen() == 1:
            write(self._session, self._record, self._key, self._seen, self._value)
        self.accept()
