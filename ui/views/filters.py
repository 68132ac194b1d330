"""The panel of filters, and a filter in words."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ropa_app.i18n import N_, _
from ropa_app.model.field import Field, RecordKind
from ropa_app.register.listing import Filter
from ropa_ui.forms.editor import Context
from ropa_ui.forms.entries import Entry, entries_for, search
from ropa_ui.forms.entry_model import EntryModel
from ropa_ui.forms.pick_row import ENTRY, PickRow
from ropa_ui.models.session import Session
from ropa_ui.views.table_popup import SearchPopup
from ropa_ui.widgets.buttons import text_button
from ropa_ui.widgets.labels import Label

_STATES = (
    ("nothing", N_("nothing recorded")),
    ("open", N_("an open question")),
    ("not_applicable", N_("not applicable")),
    ("as_typed", N_("text that could not be read")),
)
_SIGNS = {
    "nothing": "circle", "open": "question-fill", "not_applicable": "minus-circle-fill",
    "as_typed": "warning-fill",
}  # fmt: skip
_VALUES = ("term", "terms", "link", "links", "country", "countries")
_MOST = 200  # values of one field that are searched with those of all others


class _Entries(EntryModel):
    """Filters: the field stands beside the value, on the screen as when spoken."""

    def label(self, entry: Entry) -> str:
        return ", ".join(filter(None, (entry.label, entry.aside)))

    spoken = label


class FilterMenu(SearchPopup):
    """Fields first; one of them chosen, its values and states. Typing searches all of them.

    Right or Enter goes into a field, Left or Backspace in the empty line back to the fields.
    """

    filter_chosen = Signal(object)

    def __init__(self, session: Session, kind: RecordKind, parent: QWidget) -> None:
        super().__init__(_("Search fields and values"), _("Filter"), parent)
        self._session = session
        self._context = Context(session, self)
        self._fields = [f for f in kind.fields if f.listed or f.kind in _VALUES]
        self._field: Field | None = None
        self._values: dict[str, list[Entry]] = {}
        self._entries = _Entries(self)
        self.list.setModel(self._entries)
        self.list.setItemDelegate(PickRow(self.list))
        self._back = text_button(_("All fields"), "arrow-left", self)
        self._back.clicked.connect(self.back)
        self._none = Label(_("Nothing here is called that."), "small", "text3", self)
        self.column.insertWidget(1, self._back, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.insertWidget(2, self._none)
        self.search("")

    # What is shown

    def search(self, text: str) -> None:
        asked = text.strip()
        if self._field is not None:
            known = self._choices(self._field)
        elif asked:
            known = [*self._field_rows(), *self._everything()]
        else:
            known = self._field_rows()
        found = search(known, asked) if asked else known
        self._entries.show(found, asked)
        self._back.setVisible(self._field is not None)
        self._none.setVisible(not found)
        self.point_at(0)

    def _field_rows(self) -> list[Entry]:
        words = self._session.words
        return [Entry(f"{f.key}\n\n", words.label(f), icon="caret-right") for f in self._fields]

    def _everything(self) -> list[Entry]:
        """Every value of every field, the field's name beside it; long lists are left out."""
        found = []
        for field in self._fields:
            values = self._choices(field)
            label = self._session.words.label(field)
            if len(values) <= _MOST:
                found += [
                    Entry(each.value, each.label, aside=label, icon=each.icon, others=each.others)
                    for each in values[: -len(_STATES)]
                ]
        return found

    def _choices(self, field: Field) -> list[Entry]:
        """The values of a field and the states it can be in, as entries of filters."""
        if field.key not in self._values:
            values = entries_for(field, self._context) if field.kind in _VALUES else []
            found = [
                Entry(f"{field.key}\n{each.value}\n", each.label, aside=each.aside,
                      others=each.others)
                for each in values
            ]  # fmt: skip
            found += [
                Entry(f"{field.key}\n\n{state}", _(text), icon=_SIGNS[state])
                for state, text in _STATES
            ]
            self._values[field.key] = found
        return self._values[field.key]

    # What is chosen

    def take(self, index: QModelIndex) -> None:
        key, value, state = index.data(ENTRY).value.split("\n")
        if value or state:
            self.filter_chosen.emit(Filter(key, value, state))
            self.close()
        else:
            self._go_into(next(field for field in self._fields if field.key == key))

    def _go_into(self, field: Field | None) -> None:
        self._field = field
        self.line.clear()
        prompt = _("Search fields and values")
        if field is not None:
            label = self._session.words.label(field)
            prompt = _("Search in {field}").format(field=label)
        self.line.setPlaceholderText(prompt)
        self.line.setAccessibleName(prompt)
        self.search("")

    def back(self) -> bool:
        inside = self._field is not None
        if inside:
            self._go_into(None)
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        return inside

    def serve(self, event: QKeyEvent) -> bool:
        empty = not self.line.text()
        if event.key() == Qt.Key.Key_Left and empty:
            return self.back()
        if event.key() == Qt.Key.Key_Right and empty and self._field is None:
            self.take(self.list.currentIndex())
            return True
        return super().serve(event)


def filter_menu(session: Session, kind: RecordKind, parent: QWidget) -> FilterMenu:
    """A panel of the filters of a kind, for one showing."""
    return FilterMenu(session, kind, parent)


def filter_words(session: Session, kind: RecordKind, asked: Filter) -> str:
    """A filter in words: “Role: Controller”, “Owner: nothing recorded”."""
    field = kind.field(asked.field)
    label = session.words.label(field)
    if asked.state:
        return f"{label}: {_(dict(_STATES)[asked.state])}"
    return f"{label}: {session.words.value(field, asked.value)}"
