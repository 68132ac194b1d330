"""The open register: one place through which the window reads, writes and hears of changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from ropa_app.errors import ConflictError, DamageError, UnreachableError, UserError
from ropa_app.i18n import _, current_language
from ropa_app.model.record import Record
from ropa_app.model.state import Value
from ropa_app.model.words import Words
from ropa_app.register.change import Change, Create, Edit, label, new_id
from ropa_app.register.file import friendly
from ropa_app.register.live import LiveView
from ropa_app.register.search import Search
from ropa_app.register.store import Register
from ropa_ui.models.beside import Question
from ropa_ui.models.full_text import FullText
from ropa_ui.models.going_back import GoingBack
from ropa_ui.models.intended import Intended
from ropa_ui.models.opened_file import OpenedFile
from ropa_ui.models.unsaved import PATIENCE, Unsaved
from ropa_ui.models.work_queue import WorkQueue

if TYPE_CHECKING:
    from ropa_app.rules.findings import Finding

Read = TypeVar("Read")
POLL = 700  # milliseconds between looks for an edit of another program


class Session(QObject):
    """A register that is open, as the window knows it.

    Everything is done through `apply` and what calls it; every change, whoever made it, is told by
    `changed` with the ids of the records. Errors never leave as exceptions: `failed` says them.
    A field that cannot be saved stays in `unsaved` and is tried again at each look at the file.
    `said` tells what was done and whether it can be undone, `wrote` what was written and where.
    `replaced` tells that another file lies where the register was, or none; `returned` that the
    register lies there again.
    """

    changed = Signal(set)
    reset = Signal()
    said = Signal(str, bool)
    wrote = Signal(str, str)
    failed = Signal(str)
    clashed = Signal(object)
    replaced = Signal()
    returned = Signal()
    saved = Signal()
    words_read = Signal()
    busy = Signal(bool)

    def __init__(self, register: Register, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = register
        self.register = register
        self.as_at: str | None = None
        self.is_open = True
        self._intended = Intended()
        self._full_text = FullText(register.path, self)
        self._full_text.words_read.connect(self.words_read)
        self._full_text.failed.connect(self.failed)
        self._queue = WorkQueue(self)
        self._queue.failed.connect(self.failed)
        self._queue.busy.connect(self._show_busy)
        self._told: set[str] = set()
        self.going_back = GoingBack(self)
        self.displaced = False
        self.unsaved = Unsaved(self)
        register.wait_at_most(PATIENCE)
        self._read_anew()
        self._file = OpenedFile(register)
        self._timer = QTimer(self)
        self._timer.setInterval(POLL)
        self._timer.timeout.connect(self.poll)
        self._timer.start()

    @classmethod
    def open(cls, path: Path, parent: QObject | None = None) -> Session:
        """Open a register for reading and writing.

        Raises UserError or DamageError; InUseError, soon, if another program has the file.
        """
        register = Register.open(path, writable=True, patience=PATIENCE / 1000)
        try:
            return cls(register, parent)
        except BaseException:
            register.close()
            raise

    def close(self) -> None:
        """Close the file; nothing is waiting to be written."""
        self._timer.stop()
        self.finish()
        self._full_text.wait()
        self.going_back.wait()
        self.is_open = False
        if self.register is not self._now:
            self.register.close()
        self._now.close()

    def finish(self) -> None:
        """Write what is still to be written beside the window; before the file is closed."""
        self._queue.finish()

    def later(self, work: Callable[[], object]) -> None:
        """Do something as soon as nothing else is to be done.

        Not if the file is closed by then, or the page or window gone that is to do it.
        """
        owner = getattr(work, "__self__", None)
        receiver = owner if isinstance(owner, QObject) else self
        # Not 0: Qt does such work in a row, before it looks at the keyboard again.
        QTimer.singleShot(1, receiver, partial(self._unless_closed, work))

    def _unless_closed(self, work: Callable[[], object]) -> None:
        if self.is_open:
            work()

    def _read_anew(self) -> None:
        self._counts: dict[str, int] | None = None
        self.view = LiveView(self.register)
        self.__dict__.pop("words", None)
        self._full_text.forget()

    @property
    def path(self) -> Path:
        """The file."""
        return self._now.path

    @cached_property
    def register_id(self) -> str:
        """The id of the register; empty if it is damaged."""
        try:
            return self._now.id
        except UserError:
            return ""

    @property
    def present(self) -> Register:
        """The register as it stands now, with its log, whatever day is shown."""
        return self._now

    @property
    def writable(self) -> bool:
        """False while the register is shown as it stood in the past."""
        return self.as_at is None

    @cached_property
    def words(self) -> Words:
        """What says values, in the language of the window."""
        return self.view.words(current_language())

    @property
    def search(self) -> Search:
        """Full-text search; parts inside words are found once `words_read` has told so."""
        return self._full_text.of(self.register, past=not self.writable)

    def counts(self) -> dict[str, int]:
        """How many records of each kind there are, counted once for each state of the register."""
        if self._counts is None:
            self._counts = self.register.counts()
        return self._counts

    def read(self, work: Callable[[], Read], otherwise: Read) -> Read:
        """What is asked for while something is painted, where nothing may go wrong.

        While the file cannot be read it is `otherwise`; `changed` tells when it can be again.
        """
        try:
            with friendly(self.path):
                return work()
        except UserError as error:
            self.hinder(error)
            return otherwise

    def title(self, record: Record) -> str:
        """The name of a record, or what stands for it."""
        return self.view.title(record, self.words)

    def name(self) -> str:
        """The name of the register."""
        settings = self.view.settings
        return settings.text("name") if settings else self.path.stem

    def get(self, identifier: str) -> Record | None:
        """The record of an id, following merges; None if there is none."""
        return self.view.get(identifier)

    # Reading the past

    def show_past(self, as_at: str | None) -> bool:
        """Show the register as at a date or moment (ISO), or as it stands now (None)."""
        from ropa_app.register.past import register_as_at

        try:
            past = register_as_at(self._now, as_at) if as_at else self._now
        except UserError as error:
            self.failed.emit(str(error))
            return False
        self.show_register(past, as_at)
        return True

    def show_register(self, register: Register, as_at: str | None) -> None:
        """Show this register, as at a moment, in place of the one shown."""
        if self.register is not self._now:
            self.register.close()
        self.register = register
        self.as_at = as_at
        self._read_anew()
        self.reset.emit()

    # Writing

    def apply(self, changes: Iterable[Change], label_text: str) -> bool:
        """Write changes as one step; True if they are in the register now.

        Records intended before are added in the same step as soon as a change links to them.
        """
        error = self.write(changes, label_text)
        if error is not None:
            self.tell(error)
        return error is None

    def tell(self, error: UserError) -> None:
        """Say what stood in the way of writing; a clash shows both values."""
        if isinstance(error, ConflictError):
            self.poll()
            self.clashed.emit(error)
        else:
            self.failed.emit(str(error))

    def write(self, changes: Iterable[Change], label_text: str) -> UserError | None:
        """Write changes as one step; give back what stands in the way, said to nobody yet."""
        error = self._refusal()
        if error is not None:
            return error
        try:
            asked = list(changes)
            done = self._now.apply([*self._intended.linked_by(asked), *asked], label_text)
        except UserError as problem:
            return problem
        if done.operation is not None:
            self._written(done.records)
            self._intended.settle(done.records)
        return None

    def _refusal(self) -> UserError | None:
        """Why nothing can be written as things stand."""
        if not self.writable:
            return UserError(_("The past cannot be changed; go back to today first."))
        if self.displaced:
            return UnreachableError(
                _("The register no longer lies at {path}; say first what to go on with.").format(
                    path=self.path
                )
            )
        return None

    def intend(self, kind: str, values: Mapping[str, Value]) -> str:
        """Have a record added with the first change that links to it; the id it will have.

        Until then it is only known by its name, and nothing is in the register.
        """
        identifier = self._intended.add(kind, values)
        self.view.expect(Record(kind, 0, identifier, values))
        if kind == "term":
            self.__dict__.pop("words", None)
        return identifier

    def set_value(self, record: str, field: str, seen: Value, new: Value) -> bool:
        """Give one field a new value; True if it is in the register now, else it is kept."""
        if not self.writable:
            return self.apply([], "")  # says why not
        return self.unsaved.save(Edit(record, field, seen, new))

    def label_of(self, edit: Edit) -> str:
        """What the log calls an edit: setting a field, or adding what it links to as well."""
        known, made = self.view.records[edit.record], self._intended.linked_by([edit])
        if not made:
            return label("set", ref=known.ref, fields=[edit.field])
        return label("make", kind=made[0].kind, ref=known.ref, fields=[edit.field], count=len(made))

    def set_many(self, edits: Sequence[Edit], kind: str) -> bool:
        """Give fields of several records of a kind new values as one step."""
        fields = list(dict.fromkeys(edit.field for edit in edits))
        count = len({edit.record for edit in edits})
        return self.apply(edits, label("bulk", kind=kind, fields=fields, count=count))

    def create(
        self, kind: str, values: Mapping[str, Value], identifier: str = ""
    ) -> str | None:
        """Add a record, with this id if it has one; its id, or None if it could not be written."""
        identifier = identifier or new_id()
        done = self.apply([Create(kind, identifier, values)], label("add", kind=kind, count=1))
        return identifier if done else None

    def delete(self, records: Sequence[Record], deleted: bool = True) -> bool:
        """Delete records, or bring deleted ones back, as one step."""
        from ropa_app import clock

        moment = clock.stamp(self._now.now())
        edits = [
            Edit(each.id, "deleted", each.deleted, moment if deleted else None)
            for each in records
            if bool(each.deleted) != deleted
        ]
        action = "delete" if deleted else "restore"
        refs = ", ".join(each.ref for each in records)
        return self.apply(edits, label(action, ref=refs))

    def duplicate(self, record: Record) -> str | None:
        """Add a copy of a record with a name of its own; its id."""
        values = dict(record.values)
        name = record["name"]
        if isinstance(name, str):
            values["name"] = _("{name} (copy)").format(name=name)
        values.pop("former_names", None)
        return self.create(record.kind_key, values)

    def attach(self, record: str | None, file: Path) -> None:
        """Put a file into the register, as one step, beside the window.

        It becomes the content of a document, a new document that another record links to, or
        with no record a new document by itself.
        """
        refusal = self._refusal()
        if refusal is not None:
            self.failed.emit(str(refusal))
            return
        reference = self.view.records[record].ref if record else None
        attached = partial(self._attached, file.name)
        self.work_beside(partial(_attach, reference, file), attached, writes=True)

    def _attached(self, name: str, _reference: object) -> None:
        self._look_at_log()
        self.said.emit(_("Attached: {file}").format(file=name), True)

    def work_beside(
        self, work: Question, done: Callable[[Any], None], writes: bool = False
    ) -> None:
        """Do with the register as it stands now what may take long; `done` takes what it gives.

        What was asked before comes first. `busy` tells when work begins and when all has ended;
        what goes wrong is told by `failed`.
        """
        self._queue.add(self.path, work, done, writes)

    @property
    def writes_beside(self) -> bool:
        """True while something is put into the register beside the window."""
        return self._queue.writes

    def _show_busy(self, busy: bool) -> None:
        if busy:
            self._timer.stop()  # looking at the file would wait for the one who writes
        elif self.is_open:
            self._timer.start()
        self.busy.emit(busy)

    # Undo

    def undo(self) -> None:
        """Take the newest step back and say in words what it was."""
        self._step(self._now.undo, _("Undone: {what}"))

    def redo(self) -> None:
        """Do again what was undone last."""
        self._step(self._now.redo, _("Done again: {what}"))

    def _step(self, step: Any, sentence: str) -> None:
        refusal = self._refusal()
        if refusal is not None:
            self.failed.emit(str(refusal))
            return
        try:
            operation = step()
        except UserError as error:
            self.failed.emit(str(error))
            return
        self._look_at_log()
        self.said.emit(sentence.format(what=self._words_of(operation)), False)

    def undo_words(self) -> str:
        """What undo would take back; empty if nothing."""
        return self._words_of(self._now.next_undo() if self.writable else None)

    def redo_words(self) -> str:
        """What redo would do again; empty if nothing."""
        return self._words_of(self._now.next_redo() if self.writable else None)

    def _words_of(self, operation: Any) -> str:
        if operation is None:
            return ""
        from ropa_app.register.told import first_done, told_words

        first = first_done(self._now, operation)
        return told_words(self.present, first, self.view, self.words)

    def hinder(self, error: UserError) -> None:
        """Something could not be read while it was painted, where nobody is there to hear of it.

        What may work in a moment is tried again; anything else is said once, not at each painting.
        """
        new, sentence = self.unsaved.hinder(error), str(error)
        if not isinstance(error, UnreachableError) and sentence not in self._told:
            self._told.add(sentence)
            new = True
        if new:
            self.later(partial(self.failed.emit, sentence))

    # Hearing of changes

    def poll(self) -> None:
        """See whether another program has changed the register, or put another in its place."""
        try:
            with friendly(self.path):
                self._look()
        except DamageError:
            self._displace()
        except UserError:
            return  # in use: the next look is in a moment

    def _displace(self) -> None:
        if not self.displaced:
            self.displaced = True
            self.replaced.emit()

    def _look(self) -> None:
        changed = self._file.has_changed()
        if not self._file.is_in_place(look_closely=changed or self.displaced):
            self._displace()
            return
        if self.displaced:
            self.displaced = False
            self.returned.emit()
        if changed:
            self._look_at_log()
        if self.writable:
            self.unsaved.try_all()

    def _look_at_log(self) -> None:
        self._written(self._file.changed_records())

    def _written(self, records: Iterable[str]) -> None:
        ids = set(records)
        self._file.note()
        self._counts = None
        if self.register is self._now:
            self.view.forget(ids)
            self._full_text.learn(ids, self.view)
            if any(i in self.view.records and self._is_term(i) for i in ids):
                self.__dict__.pop("words", None)
            self.changed.emit(ids)
        self.saved.emit()

    def _is_term(self, identifier: str) -> bool:
        return self.view.records[identifier].kind_key in ("term", "register")

    # Findings

    def findings(self, record: Record) -> list[Finding]:
        """What the rules have to say about one record, the gravest first."""
        from ropa_app.rules.findings import run

        return [] if record.deleted else run(self.view, [record])


def _attach(reference: str | None, file: Path, register: Register) -> str:
    from ropa_app.register import documents

    return documents.attach(register, reference, file)
