"""The values one field has had, each with when, who, and the way back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ropa_app.i18n import _
from ropa_app.model.state import Value
from ropa_app.register.timeline import FieldValue, field_values
from ropa_ui.models.field_words import field_label, named, origin, said, same
from ropa_ui.models.restoring import why_not, write
from ropa_ui.models.session import Session
from ropa_ui.theme import px
from ropa_ui.widgets.buttons import plain_button, remedy_button
from ropa_ui.widgets.dialog import Dialog
from ropa_ui.widgets.diff_value import NewValue
from ropa_ui.widgets.hairline import Hairline
from ropa_ui.widgets.labels import Label
from ropa_ui.widgets.scroll_box import ScrollBox

MOST = 200


class FieldHistory(Dialog):
    """Newest first; what stands now is marked, all else can be brought back as a new edit.

    `redact_asked` asks to take all of it out of the register for good.
    """

    redact_asked = Signal(str, str)

    def __init__(self, session: Session, record_id: str, field_key: str, parent: QWidget) -> None:
        record = session.present.by_id(record_id)
        if record is None:
            raise KeyError(record_id)
        heading = _("History of “{field}”").format(field=field_label(session, record, field_key))
        super().__init__(heading, named(session, record), parent, wide=640)
        self._session, self._record, self._key = session, record, field_key
        self._seen = record[field_key]
        self._inner = QWidget()
        self._rows = QVBoxLayout(self._inner)
        self._rows.setContentsMargins(0, 0, 8, 0)
        self._rows.setSpacing(0)
        self._fill(field_values(session.present, record_id, field_key))
        scroll = ScrollBox(heading, self)
        scroll.setWidget(self._inner)
        scroll.setMinimumHeight(min(self._inner.sizeHint().height() + 8, px(460)))
        self.body.addWidget(scroll, 1)
        if session.writable:
            redact = self.add_button(plain_button(_("Redact for good…"), parent=self))
            redact.clicked.connect(self._redact)
        close = self.add_button(plain_button(_("Close"), parent=self))
        close.clicked.connect(self.reject)
        self.set_first(close)

    def _fill(self, values: list[FieldValue]) -> None:
        values = without_repeats(values)
        for number, each in enumerate(values[:MOST]):
            if number:
                self._rows.addWidget(Hairline(self._inner))
            self._rows.addLayout(self._row(each, number == 0))
        if len(values) > MOST:
            text = _("and {count} older values").format(count=len(values) - MOST)
            self._rows.addWidget(Label(text, "small", "text2", self._inner))
        self._rows.addStretch(1)

    def _row(self, each: FieldValue, newest: bool) -> QHBoxLayout:
        words = said(self._session, self._record, self._key, each.value)
        when = origin(self._session, each.operation)
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addWidget(Label(when, "small", "text2", self._inner, tabular=True))
        left.addWidget(NewValue(words, self._inner))
        line = QHBoxLayout()
        line.setContentsMargins(0, 10, 0, 10)
        line.setSpacing(16)
        line.addLayout(left, 1)
        top = Qt.AlignmentFlag.AlignTop
        if newest and same(each.value, self._seen):
            line.addWidget(Label(_("Value now"), "small", "text3", self._inner), 0, top)
            return line
        button = remedy_button(_("Restore this value"), self._inner)
        button.setAccessibleDescription(f"{when}: {words or _('empty')}")
        reason = why_not(self._session, self._record.id, self._key, each.value)
        button.setEnabled(not reason)
        button.setToolTip(reason)
        button.clicked.connect(partial(self._restore, each.value))
        line.addWidget(button, 0, top)
        return line

    def _redact(self) -> None:
        self.reject()
        self.redact_asked.emit(self._record.id, self._key)

    def _restore(self, value: Value) -> None:
        if write(self._session, self._record.id, self._key, self._seen, value):
            self.accept()


def without_repeats(values: list[FieldValue]) -> list[FieldValue]:
    """The values without those that a later operation left as they were."""
    kept: list[FieldValue] = []
    for older, each in zip([*values[1:], None], values, strict=True):
        if older is None or not same(older.value, each.value):
            kept.append(each)
    return kept
