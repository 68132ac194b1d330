"""The head of a form: reference, status, menu, name, and at most five properties."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ropa_app.i18n import _
from ropa_app.model.record import Record
from ropa_ui.kinds import DERIVED, HEADS
from ropa_ui.models.columns import column_label, fact_keys
from ropa_ui.models.derived import derived_text, none_words
from ropa_ui.models.session import Session
from ropa_ui.widgets.buttons import icon_button, plain_button
from ropa_ui.widgets.chip import Chip
from ropa_ui.widgets.clearing import clear
from ropa_ui.widgets.labels import ElidedLabel, Label

_MOST = 5


class FormHead(QWidget):
    """Says which record the form shows. `menu_asked` tells where its menu is to open."""

    menu_asked = Signal(QPoint)
    flow_asked = Signal(bool)

    def __init__(self, session: Session, parent: QWidget, has_flow: bool = False) -> None:
        """`has_flow`: with the button that shows the flow instead of the fields."""
        super().__init__(parent)
        self._session = session
        self._reference = Label("", "body", "text2", self)
        self._chip_place = QHBoxLayout()
        self._more = icon_button("dots-three", _("More"), self)
        self._more.clicked.connect(self._menu)
        self.flow = plain_button(_("Flow"), "tree-structure", self)
        self.flow.setCheckable(True)
        self.flow.setVisible(has_flow)
        self.flow.toggled.connect(self.flow_asked)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.addWidget(self._reference)
        top.addStretch(1)
        top.addLayout(self._chip_place)
        top.addSpacing(6)
        top.addWidget(self.flow)
        top.addWidget(self._more)
        self._title = ElidedLabel("", "title", "text", self)
        self._facts = QWidget(self)
        self._strip = QHBoxLayout(self._facts)
        self._strip.setContentsMargins(0, 8, 0, 0)
        self._strip.setSpacing(28)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 12, 24, 10)
        layout.setSpacing(2)
        layout.addLayout(top)
        layout.addWidget(self._title)
        layout.addWidget(self._facts)

    def show_facts(self, shown: bool) -> None:
        """Show the properties below the name, or leave their room to what stands below."""
        self._facts.setVisible(shown)

    def show_record(self, record: Record) -> None:
        """Say what this record is."""
        self._reference.setText(record.ref)
        self._title.setText(self._session.title(record))
        self._chip(record)
        clear(self._strip)
        shown = 0
        usual = (*DERIVED.get(record.kind_key, {}), *fact_keys(record.kind_key))
        for key in HEADS.get(record.kind_key, usual):
            if shown == _MOST:
                break
            if key != "status":
                self._strip.addLayout(self._property(record, key), 1)
                shown += 1

    def _chip(self, record: Record) -> None:
        clear(self._chip_place)
        if record.deleted:
            self._chip_place.addWidget(Chip(_("Deleted"), "trash-simple"))
        elif record.kind.has("status") and record["status"] is not None:
            field = record.kind.field("status")
            words = self._session.words.value(field, record["status"])
            self._chip_place.addWidget(Chip(words, "pencil-simple"))

    def _property(self, record: Record, key: str) -> QVBoxLayout:
        label = ElidedLabel(column_label(self._session, record.kind_key, key), "small", "text2")
        text = self._words(record, key)
        if not text and not record.kind.has(key):
            nothing = none_words(self._session, record, key)
        else:
            nothing = _("not stated")
        value = ElidedLabel(text or nothing, "name", "text" if text else "text3")
        column = QVBoxLayout()
        column.setSpacing(1)
        column.addWidget(label)
        column.addWidget(value)
        return column

    def _words(self, record: Record, key: str) -> str:
        if not record.kind.has(key):
            return derived_text(self._session, record.id, key)
        value = record[key]
        field = record.kind.field(key)
        words = "" if value is None else self._session.words.series(field, value, record.values)
        return " ".join(words.split())

    def _menu(self) -> None:
        self.menu_asked.emit(self._more.mapToGlobal(QPoint(0, self._more.height())))

