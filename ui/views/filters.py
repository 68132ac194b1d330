"""The panel of filters, and a filter in words."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ropa_app.i18n import N_, _
from ropa_app.model.field import Field, RecordKind
from ropa_app.model.words import Words
from ropa_app.register.conditions import FINDINGS, Filter, filter_fields, has_values
from ropa_ui.forms.editor import Context
from ropa_ui.forms.entries import Entry, entries_for, search
from ropa_ui.forms.entry_model import EntryModel
from ropa_ui.forms.pick_row import ENTRY, WholeRow
from ropa_ui.looks import SEVERITIES
from ropa_ui.models.check_groups import SEVERITY_LABELS
from ropa_ui.models.session import Session
from ropa_ui.theme import px
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
_WIDE = 440  # px
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
        self._fields = filter_fields(kind)
        self._path = ""
        self._values: dict[str, list[Entry]] = {}
        self._entries = _Entries(self)
        self.list.setModel(self._entries)
        self.list.setItemDelegate(WholeRow(self.list))
        self.resize(px(_WIDE), self.height())
        self._back = text_button(_("All fields"), "arrow-left", self)
        self._back.clicked.connect(self.back)
        self._none = Label(_("Nothing here is called that."), "small", "text3", self)
        self.column.insertWidget(1, self._back, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.insertWidget(2, self._none)
        self.search("")

    # What is shown

    def search(self, text: str) -> None:
        asked = text.strip()
        if self._path:
            known = self._choices(self._path)
        elif asked:
            known = [*self._field_rows(), *self._everything()]
        else:
            known = self._field_rows()
        found = search(known, asked) if asked else known
        self._entries.show(found, asked)
        self._back.setVisible(bool(self._path))
        self._none.setVisible(not found)
        self.point_at(0)

    def paths(self) -> list[str]:
        """What can be asked for: the findings, every field, the columns of lines with values."""
        return [FINDINGS, *self._fields]

    def _field_rows(self) -> list[Entry]:
        return [
            Entry(f"{path}\n\n", self._label(path), icon="caret-right") for path in self.paths()
        ]

    def _label(self, path: str) -> str:
        return path_words(self._session.words, self._fields, path)

    def _everything(self) -> list[Entry]:
        """Every value of every field, the field's name beside it; long lists are left out."""
        found = []
        for path in self.paths():
            values = [] if self._is_long(path) else self._values_of(path)
            if len(values) <= _MOST:
                label = self._label(path)
                found += [
                    Entry(each.value, each.label, aside=label, icon=each.icon, others=each.others)
                    for each in values
                ]
        return found

    def _is_long(self, path: str) -> bool:
        """True for links to very many records, which are not even read for a search of all."""
        links = self._fields[path][-1].links_to if path != FINDINGS else ()
        return sum(map(self._session.counts().__getitem__, links)) > _MOST

    def _choices(self, path: str) -> list[Entry]:
        """The values of a field and the states it can be in, as entries of filters."""
        states = [
            Entry(f"{path}\n\n{state}", _(text), icon=_SIGNS[state]) for state, text in _STATES
        ]
        return self._values_of(path) + (states if path != FINDINGS else [])

    def _values_of(self, path: str) -> list[Entry]:
        if path not in self._values:
            self._values[path] = self._read_values(path)
        return self._values[path]

    def _read_values(self, path: str) -> list[Entry]:
        if path == FINDINGS:
            return [
                Entry(f"{path}\n{severity}\n", _(label), icon=SEVERITIES[severity].icon)
                for severity, label in SEVERITY_LABELS.items()
            ]
        field = self._fields[path][-1]
        values = entries_for(field, self._context) if has_values(field) else []
        return [
            Entry(f"{path}\n{each.value}\n", each.label, aside=each.aside, others=each.others)
            for each in values
        ]

    # What is chosen

    def take(self, index: QModelIndex) -> None:
        key, value, state = index.data(ENTRY).value.split("\n")
        if value or state:
            self.filter_chosen.emit(Filter(key, value, state))
            self.close()
        else:
            self._go_into(key)

    def _go_into(self, path: str) -> None:
        self._path = path
        self.line.clear()
        prompt = _("Search fields and values")
        if path:
            prompt = _("Search in {field}").format(field=self._label(path))
        self.line.setPlaceholderText(prompt)
        self.line.setAccessibleName(prompt)
        self.search("")

    def back(self) -> bool:
        inside = bool(self._path)
        if inside:
            self._go_into("")
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        return inside

    def serve(self, event: QKeyEvent) -> bool:
        empty = not self.line.text()
        if event.key() == Qt.Key.Key_Left and empty:
            return self.back()
        if event.key() == Qt.Key.Key_Right and empty and not self._path:
            self.take(self.list.currentIndex())
            return True
        return super().serve(event)


def filter_menu(session: Session, kind: RecordKind, parent: QWidget) -> FilterMenu:
    """A panel of the filters of a kind, for one showing."""
    return FilterMenu(session, kind, parent)


def filter_words(session: Session, kind: RecordKind, asked: Filter) -> str:
    """A filter in words: “Role: Controller”, “Owner: nothing recorded”."""
    fields = filter_fields(kind)
    label = path_words(session.words, fields, asked.field)
    if asked.state:
        return f"{label}: {_(dict(_STATES)[asked.state])}"
    if asked.field == FINDINGS:
        return f"{label}: {_(SEVERITY_LABELS[asked.value])}"
    return f"{label}: {session.words.value(fields[asked.field][-1], asked.value)}"


def path_words(words: Words, fields: Mapping[str, tuple[Field, ...]], path: str) -> str:
    """What a filter asks about: “Owner”, “Recipients – Party”, “Findings”."""
    if path == FINDINGS:
        return _("Findings")
    return " – ".join(words.label(field) for field in fields[path])
