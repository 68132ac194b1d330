"""What every editor of a value has in common, whichever kind of field it is for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ropa_app.errors import UnreachableError, UserError
from ropa_app.model.field import Field
from ropa_app.model.reading import read
from ropa_app.model.record import Record
from ropa_app.model.state import AsTyped, Value
from ropa_app.model.words import Words
from ropa_app.register.entry import RegisterReader
from ropa_app.register.file import friendly
from ropa_ui.forms.one_line import one_line
from ropa_ui.models.session import Session


class Context(QObject):
    """What editors need to know of their surroundings: the register, and whose form they are in.

    `record_asked` asks for another record to be shown (its id); `create` makes one of a kind with
    a name and gives back its id; `draft` is told what is half typed: field path and text, "" when
    it is saved.
    """

    record_asked = Signal(str)
    draft = Signal(str, str)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self.session = session
        self.record: Record | None = None
        self.session.changed.connect(self._forget)
        self.session.reset.connect(self._forget)

    @property
    def words(self) -> Words:
        """What says values in the language of the window."""
        return self.session.words

    @cached_property
    def reader(self) -> RegisterReader:
        """Knows the records and terms that typed text may name."""
        return RegisterReader(self.session.register)

    def _forget(self) -> None:
        self.__dict__.pop("reader", None)

    def read(self, field: Field, text: str) -> Value:
        """The value of a typed text; what cannot be read stays as typed, nothing is lost.

        Where the file is in use by another program, the text is read again when it is saved.
        """
        if field.kind == "text":
            text = one_line(text)
        try:
            with friendly(self.session.path):
                return read(field, text, self.reader)
        except UnreachableError as error:
            self.session.unsaved.hinder(error)
            return AsTyped(text)
        except UserError:
            return AsTyped(text)

    def intend(self, kind: str, **values: Value) -> str:
        """Have a record of a kind added when the field that links to it is saved; its id."""
        return self.session.intend(kind, values)


class Editor(QWidget):
    """Shows and changes one value.

    `committed` comes with the new value when the user has finished with it (left the field, chose,
    pressed Enter), never while a value is loaded and never when nothing differs; `touched` comes
    at each keystroke. An editor never writes to the register itself.
    """

    committed = Signal(object)
    touched = Signal()
    #: True if `load` also takes an AsTyped and shows its text for mending.
    shows_as_typed = False

    def __init__(self, field: Field, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self.context = context

    def load(self, value: Value) -> None:
        """Show a value that holds (no state), or nothing; what was half typed is dropped."""
        raise NotImplementedError

    def flush(self) -> None:
        """Commit what is half typed, if anything is."""

    def half_typed(self) -> str:
        """What is typed and not committed; empty if nothing."""
        return ""

    def half_typed_at(self) -> str:
        """Line and column of what is half typed, as a path; empty where there are no lines."""
        return ""

    def retype(self, text: str) -> None:
        """Put text half typed earlier (from a draft) back, without committing it."""

    def set_read_only(self, read_only: bool) -> None:
        """Let the value be read and copied but not changed."""
        self.setEnabled(not read_only)

    def set_mark(self, state: str) -> None:
        """Outline the field: "" plain, "warn", "bad"."""

    def name(self, label: str, description: str) -> None:
        """Give the control that takes the focus its accessible name and description."""
        target = self.focusProxy() or self
        target.setAccessibleName(label)
        target.setAccessibleDescription(description)


EditorMaker = Callable[[Field, Context, QWidget], Editor]


def outline(widget: QWidget, state: str) -> None:
    """Outline a field as the style sheet does for "warn" and "bad"; "" is plain."""
    if (widget.property("state") or "") == state:
        return
    widget.setProperty("state", state)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
