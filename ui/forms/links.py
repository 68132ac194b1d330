"""Which records name the one a form shows."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ropa_app.i18n import _
from ropa_app.model.record import Record
from ropa_ui.kinds import ICONS
from ropa_ui.models.session import Session
from ropa_ui.widgets.buttons import text_button
from ropa_ui.widgets.chip import Chip
from ropa_ui.widgets.clearing import clear
from ropa_ui.widgets.flow_layout import FlowLayout
from ropa_ui.widgets.section import SectionHeader

_MOST = 30


class LinkedFrom(QWidget):
    """“Used by”: a chip for each record that links here, by kind; Enter opens it."""

    record_asked = Signal(str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: tuple[str, ...] = ()
        self._header = SectionHeader(_("Used by"), parent=self)
        self._box = QWidget(self)
        self._flow = FlowLayout(self._box)
        self._header.folded.connect(self._box.setHidden)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._header)
        layout.addWidget(self._box)

    def show_record(self, record: Record) -> None:
        """Show what links to a record; nothing is built anew if that is the same as before."""
        sources = dict.fromkeys(r.source for r in self._session.view.links_to(record.id))
        found = [self._session.view.records[source] for source in sources]
        titles = tuple(f"{each.id} {self._session.title(each)}" for each in found)
        if titles == self._shown:
            return
        self._shown = titles
        clear(self._flow)
        for each in found[:_MOST]:
            chip = Chip(f"{each.ref}  {self._session.title(each)}", ICONS[each.kind_key])
            chip.opened.connect(partial(self.record_asked.emit, each.id))
            self._flow.addWidget(chip)
        if len(found) > _MOST:
            rest = _("{count} more").format(count=len(found) - _MOST)
            more = text_button(rest, parent=self._box)
            more.setEnabled(False)
            more.setToolTip(_("Search a list for this name to see all of them."))
            self._flow.addWidget(more)
        self._header.set_note(str(len(found)))
        self.setVisible(bool(found))
