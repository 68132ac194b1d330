"""Somebody else was quicker: a field that was changed meanwhile, a file that was replaced."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QTemporaryDir, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from ropa_app.errors import ConflictError, UserError
from ropa_app.i18n import N_, _
from ropa_app.register import backup
from ropa_ui.models.field_words import field_label, last_origin, named, said
from ropa_ui.models.jobs import Job
from ropa_ui.models.session import Session
from ropa_ui.private_folder import passing_folder
from ropa_ui.theme import px
from ropa_ui.widgets.buttons import Button, plain_button, primary_button
from ropa_ui.widgets.clearing import clear
from ropa_ui.widgets.dialog import Dialog
from ropa_ui.widgets.diff_value import NewValue, OldValue
from ropa_ui.widgets.labels import Label
from ropa_ui.widgets.scroll_box import ScrollBox
from ropa_ui.widgets.two_values import TwoValues

_MOST = 40  # differences shown
_WHAT = {"added": N_("only in the file there now"), "removed": N_("only in the copy open here")}


class ClashDialog(Dialog):
    """Both values of a field with where each comes from; the one chosen is written."""

    def __init__(self, session: Session, error: ConflictError, parent: QWidget) -> None:
        record = session.view.records[error.record]
        heading = _("“{field}” was changed meanwhile").format(
            field=field_label(session, record, error.field)
        )
        sentence = _("{record}: somebody else saved another value while you were typing. Which "
                     "one is to stand?").format(record=named(session, record))  # fmt: skip
        super().__init__(heading, sentence, parent)
        self._session, self._error = session, error
        origin = last_origin(session, error.record, error.field)
        theirs = _("In the register ({origin})").format(origin=origin)
        self.values = TwoValues(
            [(theirs, said(session, record, error.field, error.stored)),
             (_("What you typed"), said(session, record, error.field, error.wanted))],
            self,
        )  # fmt: skip
        self.body.addWidget(self.values)
        later = self.add_button(plain_button(_("Decide later"), parent=self))
        later.setToolTip(_("The register keeps its value; yours stays in the field, not saved."))
        later.clicked.connect(self.reject)
        self.keep = self.add_button(primary_button(_("Let the chosen value stand"), self))
        self.keep.setEnabled(False)
        self.keep.setToolTip(_("Choose one of the two values first."))
        self.keep.clicked.connect(self._write)
        self.values.decided.connect(partial(self.keep.setEnabled, True))
        self.set_first(self.values)

    def _write(self) -> None:
        error = self._error
        self.accept()
        chosen = error.wanted if self.values.chosen() == 1 else error.stored
        self._session.unsaved.decide(error.record, error.field, error.stored, chosen)


class ReplacedDialog(Dialog):
    """Another file lies where the register was, or none: nothing of what was typed is lost.

    `register_asked` tells the path of the file to go on with.
    """

    register_asked = Signal(str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        self._gone = not session.path.exists()
        heading = _("The register file is gone") if self._gone else _("The file was replaced")
        where = _("{path} was deleted, moved or renamed.") if self._gone else _(
            "Another file lies at {path} now; a synchronised folder or another program put it "
            "there.")  # fmt: skip
        super().__init__(heading, where.format(path=session.path), parent, wide=620)
        self._session = session
        self._folder: QTemporaryDir | None = None
        self._job: Job | None = None
        kept = _("Everything you have saved is still open here, and a backup of it is made now. "
                 "Choose what to go on with.")  # fmt: skip
        self._note = Label(kept, "body", "text", self, wrap=True)
        self.body.addWidget(self._note)
        self._make_list()
        self._add_choices()
        session.later(self._back_up)

    def _make_list(self) -> None:
        """Where differences are shown once they are asked for."""
        inner = QWidget()
        self._found = QVBoxLayout(inner)
        self._found.setContentsMargins(0, 0, 8, 0)
        self._found.setSpacing(4)
        self._scroll = ScrollBox(_("Differences"), self)
        self._scroll.setWidget(inner)
        self._scroll.setMinimumHeight(px(240))
        self._scroll.hide()
        self.body.addWidget(self._scroll, 1)

    def _add_choices(self) -> None:
        if not self._gone:
            compare = self.add_button(plain_button(_("Compare"), parent=self))
            compare.clicked.connect(self._compare)
            self.compare: Button | None = compare
        else:
            self.compare = None
        self.save = self.add_button(plain_button(_("Save my copy as a new file…"), parent=self))
        self.save.clicked.connect(self._save_as)
        words = _("Put the file back") if self._gone else _("Open the file there now")
        self.main = self.add_button(primary_button(words, self))
        self.main.clicked.connect(self._put_back if self._gone else self._reopen)
        self.set_first(self.main)
        self.safe: Button = self.compare or self.save  # one looks only, the other asks where first
        self._session.returned.connect(self.reject)  # the register lies there again

    def _back_up(self) -> None:
        try:
            backup.make_of(self._session.present)
        except UserError as error:
            self._say(str(error))

    def _say(self, sentence: str) -> None:
        self._note.set_role("bad")
        self._note.setText(sentence)

    # Choices

    def _reopen(self) -> None:
        self._go_on(self._session.path)

    def _put_back(self) -> None:
        self._copy_to(self._session.path)

    def _save_as(self) -> None:
        path = self._session.path
        proposed = path.with_name(_("{name} (my copy)").format(name=path.stem) + path.suffix)
        title, kinds = _("Save my copy as a new file"), _("Registers (*.ropa)")
        chosen, _kind = QFileDialog.getSaveFileName(self, title, str(proposed), kinds)
        if chosen:
            self._copy_to(Path(chosen).with_suffix(".ropa"))

    def _copy_to(self, target: Path) -> None:
        try:
            backup.copy(self._session.present.connection, target)
        except UserError as error:
            self._say(str(error))
            return
        self._go_on(target)

    def _go_on(self, path: Path) -> None:
        self.accept()
        self.register_asked.emit(str(path))

    # Comparing

    def _compare(self) -> None:
        """Both files are read in the background, the open one from a copy."""
        self._folder = passing_folder("compare")
        mine = Path(self._folder.filePath("mine.ropa"))
        try:
            backup.copy(self._session.present.connection, mine)
        except UserError as error:
            self._say(str(error))
            return
        if self.compare is not None:
            self.compare.setEnabled(False)
            self.compare.setToolTip(_("The files are being compared."))
        self._job = Job(self)
        self._job.answered.connect(self._show_differences)
        self._job.failed.connect(self._say)
        self._job.ended.connect(self._compared)
        self._job.start("compare", path=str(mine), other=str(self._session.path))

    def _compared(self, _done: bool) -> None:
        self._job = None

    def done(self, result: int) -> None:
        """Close; what is still being compared is of no use any more."""
        if self._job is not None:
            self._job.cancel()
            self._job.wait()
        super().done(result)

    def _show_differences(self, answer: dict[str, object]) -> None:
        clear(self._found)
        self._scroll.show()
        rows, count = answer["differences"], answer["count"]
        if not isinstance(rows, list) or not rows:
            same = _("Both files hold the same records with the same values.")
            self._found.addWidget(Label(same, "body", "text", self, wrap=True))
            self._found.addStretch(1)
            return
        for what, title, field, old, new in rows[:_MOST]:
            self._found.addWidget(Label(
                f"{title}  ·  {field}" if field else f"{title}  ·  {_(_WHAT[what])}",
                "small", "text2", self, wrap=True,
            ))  # fmt: skip
            if field:
                self._found.addWidget(OldValue(old, self))
                self._found.addWidget(NewValue(new, self))
            self._found.addSpacing(8)
        if isinstance(count, int) and count > _MOST:
            text = _("and {count} more differences").format(count=count - _MOST)
            self._found.addWidget(Label(text, "small", "text2", self))
        self._found.addStretch(1)
