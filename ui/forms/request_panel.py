"""The top of a request: until when it is to be answered, and the document that answers it."""

from __future__ import annotations

import secrets
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ropa_app.i18n import N_, _, current_language
from ropa_app.model.dates import date_words
from ropa_app.model.record import Record
from ropa_app.register.change import Edit
from ropa_app.rules.overview_due import (
    answer_by,
    first_month,
    is_answered,
    latest_extension,
    next_working_day,
)
from ropa_ui import files
from ropa_ui.forms.panels import Panel
from ropa_ui.models.jobs import Job
from ropa_ui.models.session import Session
from ropa_ui.theme import px
from ropa_ui.widgets.buttons import plain_button, text_button
from ropa_ui.widgets.labels import IconLabel, Label
from ropa_ui.widgets.save_dialog import SaveDialog

_NARROW = 620  # px: with less room the buttons stand below the words
SOON = 10  # days before the last one from which a request is shown in amber
#: What answers a kind of request: layout, words of the button.
_ANSWERS = {
    "authority-enquiry": ("record", N_("Make the record as a PDF…")),
    "safeguard-copy": ("safeguards", N_("Make the safeguards PDF…")),
    "access": ("safeguards", N_("Make the safeguards PDF…")),
}


class RequestPanel(Panel):
    """Says the last day to answer, extends it, and makes the PDF; each is a step to be undone."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._record: Record | None = None
        self._icon = IconLabel("hourglass-medium", "text2", 18)
        self._words = Label("", "heading", "text", self, wrap=True)
        self._rule = Label("", "small", "text2", self, wrap=True)
        self._make = plain_button("", "file-pdf", self)
        self._make.clicked.connect(self._write)
        self._extend = text_button(_("Extend by two months"), parent=self)
        self._extend.setToolTip(_("The reason is asked for next."))
        self._extend.clicked.connect(self._extend_it)
        said = QHBoxLayout()
        said.setSpacing(8)
        said.addWidget(self._icon)
        said.addWidget(self._words, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._extend)
        buttons.addWidget(self._make)
        buttons.addStretch(0)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(8)
        self._line.addLayout(said, 1)
        self._line.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 16)
        layout.setSpacing(2)
        layout.addLayout(self._line)
        layout.addWidget(self._rule)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        directions = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._line.setDirection(directions[self.width() < px(_NARROW)])

    def show_record(self, record: Record) -> None:
        """Show what this request asks for today."""
        self._record = record
        icon, role, words = self._state(record)
        self._icon.set_icon(icon, role)
        self._words.setText(words)
        self._words.set_role(role if role != "text2" else "text")
        self._rule.setText(
            _("One month after it came in, Art. 12(3); two more where that is needed, and the "
              "person is told why within the first month.")
        )  # fmt: skip
        answer = _ANSWERS.get(record.text("kind"))
        self._make.setVisible(answer is not None)
        if answer:
            self._make.set_label(_(answer[1]))
        last = latest_extension(record)
        open_still = not is_answered(record, self._session.view.day)
        can = last is not None and record["extended_until"] is None and open_still
        self._extend.setVisible(can and self._in_first_month(record) and self._session.writable)

    def _in_first_month(self, record: Record) -> bool:
        """True while the person can still be told of an extension in time. Source: Art. 12(3)."""
        first = first_month(record)
        return first is not None and self._session.view.day <= next_working_day(first)

    def _state(self, record: Record) -> tuple[str, str, str]:
        today, last = self._session.view.day, answer_by(record)
        if is_answered(record, today):
            return "check-circle-fill", "ok", _("Nothing more to do")
        if last is None:
            return "question-fill", "rev", _("When did it come in?")
        day, left = date_words(last.isoformat(), current_language()), (last - today).days
        if left < 0:
            words = _("Should have been answered by {day}").format(day=day)
            return "x-circle-fill", "bad", words
        if left == 0:
            return "warning-fill", "warn", _("To be answered today")
        sentence = _("To be answered by {day}, {count} days left")
        if left == 1:
            sentence = _("To be answered by {day}, tomorrow")
        words = sentence.format(day=day, count=left)
        if left <= SOON:
            return "warning-fill", "warn", words
        return "hourglass-medium", "text2", words

    def _extend_it(self) -> None:
        record = self._record
        last = latest_extension(record) if record else None
        if record and last:
            self._session.set_value(record.id, "extended_until", None, last.isoformat())
            self.field_asked.emit("extension_reason")  # Art. 12(3): the person is told it

    # The document

    def _write(self) -> None:
        record = self._record
        if record is None:
            return
        layout = _ANSWERS[record.text("kind")][0]
        proposed = files.free_path(self._session.path.parent, f"{record.ref}-{layout}", ".pdf")
        dialog = SaveDialog(_("Save the PDF"), "pdf", proposed, self)
        dialog.fileSelected.connect(self._write_named)
        dialog.open()

    def _write_named(self, path: str) -> None:
        self.write_to(Path(path))

    def write_to(self, path: Path) -> None:
        """Write the document in the background; the request then says that it was made."""
        record = self._record
        if record is None:
            return
        layout = _ANSWERS[record.text("kind")][0]
        asked: dict[str, Any] = {"layout": layout, "out": str(path)}
        if layout == "safeguards" and record.text("regime"):
            asked["regime"] = record.text("regime")
        if record.text("organisation"):
            asked["organisation"] = record.text("organisation")
        job = Job(self)
        job.failed.connect(self._session.failed)
        job.answered.connect(partial(self._note_made, record.id))
        job.start("export", path=str(self._session.path), **asked)

    def _note_made(self, request: str, answer: dict[str, Any]) -> None:
        """Put into the log of the request what was made for it; it is a step like any other.

        By then another request may be on the screen.
        """
        fresh = self._session.view.records[request]
        name = Path(answer["written"]).name
        line = {
            "id": secrets.token_hex(5),
            "on": self._session.view.day.isoformat(),
            "what": _("Made the document {name}").format(name=name),
        }
        before = fresh["log"]
        known = before if isinstance(before, list) else []
        edit = Edit(fresh.id, "log", before, [*known, line])
        if self._session.set_many([edit], "request"):
            words = _("Written: {path}").format(path=answer["written"])
            self._session.wrote.emit(words, answer["written"])
