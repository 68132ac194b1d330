"""Taking a field of a record out of the register for good: the one thing that is asked twice."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from ropa_app.i18n import _
from ropa_app.register.redact import redactable
from ropa_app.register.traces import Place
from ropa_ui import files
from ropa_ui.models.field_words import field_label, named, said
from ropa_ui.models.jobs import Job
from ropa_ui.models.session import Session
from ropa_ui.theme import px
from ropa_ui.views.work_dialog import WorkDialog
from ropa_ui.widgets.buttons import plain_button
from ropa_ui.widgets.clearing import clear
from ropa_ui.widgets.diff_value import OldValue
from ropa_ui.widgets.finding import FindingBar
from ropa_ui.widgets.labels import ElidedLabel, Label
from ropa_ui.widgets.option_combo import OptionCombo

_LABEL = 132
_MOST = 6  # backups or places named one by one


class RedactDialog(WorkDialog):
    """Says what is blanked and what still holds the value; a box must be ticked first.

    When it is done it says which backups are left to delete.
    """

    def __init__(self, session: Session, record_id: str, field: str, parent: QWidget) -> None:
        record = session.present.by_id(record_id)
        if record is None:
            raise KeyError(record_id)
        super().__init__(
            session, _("Redact a field for good"), named(session, record), _("Redact"), parent,
            wide=620,
        )  # fmt: skip
        self._record = record
        self._look: Job | None = None
        self.found: dict[str, Any] = {}
        self._held = redactable(session.present, record)
        keys = [field, *self._held] if field and field not in self._held else self._held
        options = [(key, field_label(session, record, key)) for key in keys]
        self.field = OptionCombo(_("Field"), options, self)
        self.field.set_key(field)
        self.field.chosen.connect(self._ask)
        self._build()
        self._ask()
        self.set_first(self.field if not field else self.sure)

    # Building

    def _build(self) -> None:
        self._value = QVBoxLayout()
        self._what = QVBoxLayout()
        self._what.setSpacing(8)
        self.sure = QCheckBox(_("I know that this cannot be undone"), self)
        self.sure.toggled.connect(self._allow)
        for text, part in ((_("Field"), self.field), (_("Value now"), self._value)):
            label = Label(text, "body", "text2", self)
            label.setFixedWidth(px(_LABEL))
            label.setContentsMargins(0, 5 if isinstance(part, QWidget) else 0, 0, 0)
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
            if isinstance(part, QWidget):
                row.addWidget(part, 1)
            else:
                row.addLayout(part, 1)
            self.body.addLayout(row)
        self.body.addLayout(self._what)
        self.body.addSpacing(4)
        self.body.addWidget(self.sure)
        self.add_foot()
        self._allow()

    # What will happen

    def _ask(self, _key: str = "") -> None:
        """Find out, beside the window, what would be blanked and what would be left."""
        self._drop_look()
        self.found = {}
        self.sure.setChecked(False)
        clear(self._value)
        clear(self._what)
        key = self.field.key()
        words = said(self._session, self._record, key, self._record[key]) if key else ""
        self._value.addWidget(OldValue(words, self))
        if key in self._held:
            self._start_looking(key)
        else:
            nothing = _("This field never held anything; there is nothing to redact.")
            self._what.addWidget(FindingBar("info", nothing))
        self._allow()
        self.fit()

    def _start_looking(self, key: str) -> None:
        self._look = Job(self)
        self._look.answered.connect(self._show_found)
        self._look.failed.connect(self._failed)
        self._look.ended.connect(self._looked)
        path = str(self._session.path)
        self._look.start("foresee", path=path, ref=self._record.ref, field=key)
        self._bar.set_fraction(None)
        self._bar.show()

    def _looked(self, _done: bool) -> None:
        self._look = None
        self._bar.hide()

    def _drop_look(self) -> None:
        if self._look is not None and self._look.running:
            look, self._look = self._look, None
            look.answered.disconnect(self._show_found)
            look.failed.disconnect(self._failed)
            look.ended.disconnect(self._looked)
            look.cancel()
            look.wait()

    def _show_found(self, found: dict[str, Any]) -> None:
        """First what is blanked and which backups hold it, then where else the text stands."""
        self.found |= found
        if "values" in found:
            self._say_blanked(found["values"])
            self._name_backups(found["backups"])
        if "elsewhere" in found:
            self._name_places(found["elsewhere"])
        self._allow()
        self.fit()

    def _say_blanked(self, count: int) -> None:
        blanked = _("The value is blanked")
        if count > 1:
            blanked = _("All {count} values the field has had are blanked").format(count=count)
        sentence = _("{what}: in the record, in the whole history, in the search and in files it "
                     "names. That it was there, when and by whom stays in the log.")  # fmt: skip
        self._what.addWidget(Label(sentence.format(what=blanked), wrap=True))
        warning = _("This cannot be undone, and steps before it can no longer be undone either.")
        self._what.addWidget(FindingBar("warning", warning))

    def _name_backups(self, paths: list[str]) -> None:
        backups = [Path(path) for path in paths]
        if backups:
            text = _("These backups still hold it; delete them yourself if it must be gone there:")
            self._list(text, [path.name for path in backups])
            button = plain_button(_("Show in folder"), "folder-open", self)
            button.clicked.connect(partial(files.show, backups[0].parent))
            self._what.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._what.addWidget(Label(_("No backup holds it."), "body", "text2", wrap=True))

    def _name_places(self, places: list[list[Any]]) -> None:
        if places:
            text = _("The same text still stands elsewhere in the register:")
            self._list(text, [self._place(Place(*place)) for place in places])

    def _list(self, text: str, names: list[str]) -> None:
        self._what.addWidget(Label(text, wrap=True))
        rows = QVBoxLayout()
        rows.setContentsMargins(12, 0, 0, 0)
        rows.setSpacing(2)
        more = len(names) - _MOST
        shown = [*names[:_MOST], *([_("and {count} more").format(count=more)] if more > 0 else [])]
        for name in shown:
            rows.addWidget(ElidedLabel(name, "small", "text2", self))
        self._what.addLayout(rows)

    def _place(self, place: Place) -> str:
        """A place as people call it: “A-002 Owner (in its past)”."""
        record = self._session.present.find_exact(place.ref)
        return place.words(field_label(self._session, record, place.field) if record else "")

    def _allow(self) -> None:
        """The button works once it is known what will happen and the box is ticked."""
        known = bool(self.found)
        self.sure.setEnabled(known)
        self.work_button.setEnabled(known and self.sure.isChecked())
        hint = "" if self.sure.isChecked() else _("Tick the box first.")
        self.work_button.setToolTip(hint)

    # Doing it

    def asked(self) -> tuple[str, dict[str, Any]]:
        self._drop_look()
        self.field.setEnabled(False)
        return "redact", {"ref": self._record.ref, "field": self.field.key()}

    def finished_with(self, answer: dict[str, Any]) -> None:
        label = field_label(self._session, self._record, self.field.key())
        what = f"{label}, {self._record.ref}"
        self._session.said.emit(_("Redacted for good: {what}").format(what=what), False)
        if not answer["backups"] and not answer["elsewhere"]:
            self.accept()
            return
        self.heading.setText(_("Redacted for good: {what}").format(what=what))
        clear(self._value)
        clear(self._what)
        self._name_backups(answer["backups"])
        self._name_places(answer["elsewhere"])
        self.sure.hide()
        self.work_button.hide()
        self.cancel.set_label(_("Close"))
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit()

    def _failed(self, sentence: str) -> None:
        super()._failed(sentence)
        self._bar.hide()
        self.field.setEnabled(True)

    def done(self, result: int) -> None:
        self._drop_look()
        super().done(result)
