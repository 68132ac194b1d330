"""The form of one kind of record, built from its declarations and filled with a record."""

from __future__ import annotations

from functools import partial
from time import monotonic

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget

from ropa_app.i18n import _
from ropa_app.model.kinds import KINDS
from ropa_app.model.record import Record
from ropa_app.model.state import Value
from ropa_ui.forms.body import FormBody
from ropa_ui.forms.editor import Context
from ropa_ui.forms.factory import adds_lines
from ropa_ui.forms.field_row import FieldRow
from ropa_ui.forms.findings import FindingStack
from ropa_ui.forms.flow import flow_for
from ropa_ui.forms.going_about import finding_paths, next_path, reveal
from ropa_ui.forms.head import FormHead
from ropa_ui.forms.links import LinkedFrom
from ropa_ui.forms.panels import beside_for, panel_for
from ropa_ui.forms.section_tabs import SectionTabs
from ropa_ui.models.checks import Checks, Row
from ropa_ui.models.drafts import Drafts
from ropa_ui.models.field_words import said_at
from ropa_ui.models.session import Session
from ropa_ui.qt import kept_focus, lay_out
from ropa_ui.widgets.hairline import Hairline
from ropa_ui.widgets.section import SectionHeader

FIRST = 9  # rows loaded at once: what the tallest screen shows of a form
_SETTLED = 60  # milliseconds until the rows of a form just filled have found their heights
SLICE = 0.008  # seconds of loading between two looks at what the user does


class RecordForm(QWidget):
    """Shows one record of a kind; every field is saved when it is left.

    Built once per kind and loaded again for each record: loading never saves.
    """

    record_asked = Signal(str)
    place_asked = Signal(str, str)
    menu_asked = Signal(QPoint)
    history_asked = Signal(str, str)
    redact_asked = Signal(str, str)
    flow_shown = Signal(bool)

    def __init__(
        self, session: Session, checks: Checks, drafts: Drafts, kind: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._checks = checks
        self._drafts = drafts
        self.kind = KINDS[kind]
        self.record: Record | None = None
        self.context = Context(session, self)
        self.context.record_asked.connect(self.record_asked)
        self.context.draft.connect(self._draft)
        self._rows: dict[str, FieldRow] = {}
        self._waiting: list[FieldRow] = []
        self._loading = False  # until all that is shown is of the record
        self._by_field: dict[str, list[Row]] = {}
        self._slices = QTimer(self)
        self._slices.setInterval(0)
        self._slices.timeout.connect(self._load_slice)
        self._sections: dict[str, QWidget] = {}
        self._scrolling = False
        self._found = ""  # the path of the finding gone to last
        self._build()
        session.changed.connect(self._changed)
        session.unsaved.changed.connect(self._say_saved)
        checks.renewed.connect(self._show_findings)

    # Building

    def _build(self) -> None:
        self.setObjectName("form")
        self._flow = flow_for(self.kind.key, self._session, self._checks, self)
        self._head = FormHead(self._session, self, self._flow is not None)
        self._head.flow_asked.connect(self.show_flow)
        self._head.menu_asked.connect(self.menu_asked)
        self._tabs = SectionTabs(self)
        self._tabs.tabBarClicked.connect(self._to_section)
        self._tabs.currentChanged.connect(self._tab_moved)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.verticalScrollBar().valueChanged.connect(self._follow)
        self._inside = FormBody()
        self._inside.parted.connect(self.keep_in_sight)
        self._area.setWidget(self._inside)  # empty still: Qt dresses whatever changes its parent
        self._fill(self._inside)
        layout = self._column = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(self._tabs)
        layout.addWidget(Hairline(self))
        layout.addWidget(self._area, 1)
        if self._flow is not None:
            self._flow.hide()
            self._flow.record_asked.connect(self.record_asked)
            self._flow.place_asked.connect(self.place_asked)
            layout.addWidget(self._flow, 1)

    def _fill(self, body: FormBody) -> None:
        self._whole = FindingStack(body)
        self._whole.remedied.connect(self.remedy)
        body.head.addWidget(self._whole)
        above = panel_for(self.kind.key, self._session, body)
        beside = beside_for(self.kind.key, self._session, body)
        if above is not None:
            body.head.addWidget(above)
        if beside is not None:
            body.set_beside(beside)
        self._panels = [panel for panel in (above, beside) if panel is not None]
        for panel in self._panels:
            panel.record_asked.connect(self.record_asked)
            panel.field_asked.connect(self.focus_field)
        for key, label in self.kind.sections:
            self._section(key, label, body)
        longest = max(row.longest_word() for row in self._rows.values())
        for row in self._rows.values():
            row.stand_in_line(longest)
        self.linked_from = LinkedFrom(self._session, body)
        self.linked_from.record_asked.connect(self.record_asked)
        body.fields.addWidget(self.linked_from)
        body.fields.addStretch(1)

    def _section(self, key: str, label: str, body: FormBody) -> None:
        fields = [field for field in self.kind.fields if field.section == key]
        if not fields:
            return
        box = QWidget(body)
        inside = QVBoxLayout(box)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        begins_with_table = fields[0].kind == "lines"
        header = SectionHeader(_(label), "", _("Add") if adds_lines(fields[0]) else "", body)
        header.folded.connect(box.setHidden)
        for field in fields:
            shared = header if begins_with_table and field is fields[0] else None
            row = FieldRow(field, self.context, box, shared)
            row.committed.connect(partial(self._commit, field.key))
            row.history_asked.connect(partial(self._ask_history, field.key))
            row.redact_asked.connect(partial(self._ask_redaction, field.key))
            row.remedy_asked.connect(self.remedy)
            row.saving_asked.connect(partial(self._save_again, field.key))
            self._rows[field.key] = row
            inside.addWidget(row)
        body.fields.addWidget(header)
        body.fields.addWidget(box)
        body.fields.addSpacing(14)
        self._sections[key] = header
        self._tabs.add_section(label)

    # Showing

    def show_record(self, record: Record) -> None:
        """Load a record; what was half typed in the one before is saved first."""
        self.flush()
        other = self.record is None or self.record.id != record.id
        self._load(record)
        if other:
            self._area.verticalScrollBar().setValue(0)

    def _load(self, record: Record) -> None:
        """Load what is seen at once and the rest in slices: arrow keys run through a list."""
        self.record = self.context.record = record
        # First, for what cannot be read now is loaded later: no row stays with another record.
        self._waiting = list(self._rows.values())
        self._loading = True
        self._slices.start()
        self._head.show_record(record)
        for panel in self._panels:
            panel.show_record(record)
        if self._flow is not None:
            self._flow.show_record(record)
        self._sort_findings()
        for _row in range(min(FIRST, len(self._waiting))):
            self._load_next()

    def _load_row(self, row: FieldRow) -> None:
        record = self.record
        if record is not None:
            row.load(record)
            row.set_read_only(not self._session.writable or bool(record.deleted))
            row.set_findings(self._by_field.get(row.field.key, []))

    def _load_next(self) -> None:
        row = self._waiting[0]
        self._load_row(row)
        if row in self._waiting:  # it leaves once it is loaded; `rows` may have asked meanwhile
            self._waiting.remove(row)

    def _load_slice(self) -> None:
        if not self._session.is_open or not self._session.read(self._loaded_slice, False):
            self._slices.stop()  # until it can be read again

    def _loaded_slice(self) -> bool:
        began = monotonic()
        while self._waiting and monotonic() - began < SLICE:
            self._load_next()
        if not self._waiting:
            self._finish()
        return True

    def _finish(self) -> None:
        """Load what still waits: nobody may read or type into a row of another record."""
        while self._waiting:
            self._load_next()
        if self.record is not None:
            self.linked_from.show_record(self.record)
        self._slices.stop()
        self._loading = False

    @property
    def rows(self) -> dict[str, FieldRow]:
        """The rows by field key, all of them loaded."""
        if self._loading:
            self._finish()
        return self._rows

    def _show_beside(self, record: Record) -> None:
        """What depends on more than one field, or on other records."""
        if self._flow is not None:
            self._flow.show_record(record)
        for panel in self._panels:
            panel.show_record(record)
        self.linked_from.show_record(record)
        self._show_findings()

    def _changed(self, ids: set[str]) -> None:
        """Show what another edit, perhaps another program's, has made of the record."""
        if self.record is None or not self.isVisibleTo(self.window()):
            return
        fresh = self._session.view.records.get(self.record.id)
        if fresh is None:
            return
        if self._loading:
            self._finish()
        before, self.record = self.record, fresh
        self.context.record = fresh
        self._head.show_record(fresh)
        if self.record.id in ids:
            self._renew(before, fresh)
        self._show_beside(fresh)

    def _renew(self, before: Record, fresh: Record) -> None:
        if before.deleted and not fresh.deleted:
            self._load(fresh)  # it can be written in again
            return
        for key, row in self._rows.items():
            if before[key] != fresh[key] or row.value != fresh[key]:
                if row.half_typed():
                    continue  # nothing typed is lost: saving it will show both values
                row.load(fresh)
            elif row.field.kind == "line_links" or row.field.obligatory:
                row.load(fresh)

    def _sort_findings(self) -> None:
        """Put the findings of the record to the fields they concern."""
        self._by_field = {}
        if self.record is None:
            return
        for row in self._checks.of_now(self.record.id):
            self._by_field.setdefault(row.field.partition(".")[0], []).append(row)
        elsewhere = [key for key in self._by_field if key not in self._rows]
        self._whole.show_rows([row for key in elsewhere for row in self._by_field[key]])

    def _show_findings(self) -> None:
        if self.record is None or self._loading:
            return
        self._sort_findings()
        for key, field_row in self._rows.items():
            field_row.set_findings(self._by_field.get(key, []))

    # Saving

    def _commit(self, key: str, value: Value) -> None:
        """Save one field; where it cannot be, what was typed stays."""
        record, row = self.record, self._rows[key]
        if record is None:
            return
        if value == row.value:
            self._session.unsaved.settle(record.id, key)
            row.load(record)
            self._draft_done(record.id, key)
        elif self._session.set_value(record.id, key, row.value, value):
            self._draft_done(record.id, key)
            fresh = self._session.view.records[record.id]
            # Others hear of it first, and may have led the form to another record.
            if self.record is not None and self.record.id == fresh.id:
                self.record = self.context.record = fresh
                row.load(fresh)

    def _save_again(self, key: str) -> None:
        if self.record is not None:
            self._session.unsaved.try_again(self.record.id, key)

    def _say_saved(self, record: str, key: str) -> None:
        """Show whether a field is saved; what is typed in it meanwhile stays, as a draft too."""
        if self.record is None or record != self.record.id or key not in self._rows:
            return
        row = self._rows[key]
        kept = self._session.unsaved.of(record, key)
        row.say_saved(kept)
        if kept is None:
            row.settled(self._session.view.records[record])
            if typed := row.half_typed():
                self._draft(key, typed)

    def flush(self) -> None:
        """Save what is half typed."""
        if self.record is not None and self._session.writable:
            for row in self._rows.values():
                row.flush()

    def half_typed(self) -> bool:
        """True if anything is typed and not saved."""
        return any(row.half_typed() for row in self._rows.values())

    def _draft(self, key: str, text: str) -> None:
        if self.record is not None and key in self._rows:
            row = self._rows[key]
            place = row.half_typed_at()
            seen = said_at(self._session, self.record, key, row.value, place)
            self._drafts.note(self.record.id, key, text, seen, place)

    def _draft_done(self, record: str, key: str) -> None:
        self._drafts.note(record, key, "", "")

    # Going about

    @property
    def shows_flow(self) -> bool:
        """True while the flow stands in place of the fields."""
        return self._flow is not None and self._flow.isVisibleTo(self)

    def show_flow(self, shown: bool) -> None:
        """Show where the data flow instead of the fields, or the fields again."""
        if self._flow is None or self._flow.isVisibleTo(self) == shown:
            return
        self.flush()
        self._head.flow.setChecked(shown)
        self._head.show_facts(not shown)
        self._flow.setVisible(shown)
        self._area.setVisible(not shown)
        self._tabs.setVisible(not shown)
        self.flow_shown.emit(shown)

    def focus_field(self, path: str) -> None:
        """Put the cursor into a field, or the line and column of one; show it."""
        self.show_flow(False)
        key, _dot, rest = path.partition(".")
        row = self.rows.get(key)
        if row is None:
            self.focus_first()
            return
        header = self._sections.get(row.field.section)
        if isinstance(header, SectionHeader):
            header.set_folded(False)
        lay_out()  # a form just shown has no positions to scroll to
        self._reveal(row)
        row.focus(rest)
        self._reveal_settled(row)

    def keep_in_sight(self) -> None:
        """Show where the cursor is, after the form was given another width."""
        row = self._rows.get(self._focused())
        if row is not None:
            self._reveal_settled(row)

    def _reveal_settled(self, row: FieldRow) -> None:
        """Texts that wrap find their height only once they are painted, and rows move."""
        QTimer.singleShot(0, self, partial(self._reveal, row))
        QTimer.singleShot(_SETTLED, self, partial(self._reveal, row))

    def _reveal(self, row: FieldRow) -> None:
        reveal(self._area, self._inside, row, self.focusWidget())

    def focus_first(self, select: bool = False) -> None:
        """Put the cursor into the first field; `select` its text, to be typed over."""
        first = next(iter(self.rows.values()), None)
        if first is None:
            return
        first.focus()
        line = first.editor.focusProxy()
        if select and isinstance(line, QLineEdit):
            line.selectAll()

    def remedy(self, row: Row) -> None:
        """Lead to where a finding is put right."""
        self.focus_field(row.field)

    def put_on_top(self, widget: QWidget) -> None:
        """Have a widget stand over the head."""
        self._column.insertWidget(0, widget)

    def next_finding(self, backwards: bool = False) -> None:
        """Go to the next place that has a finding, from where the cursor is; round and round."""
        paths = finding_paths(self.rows, self._by_field)
        if self.record is not None and not self._by_field:
            self._session.said.emit(_("No findings in this record."), False)
        elif paths:
            order = list(self.rows)
            self._found = next_path(paths, order, self._focused(), self._found, backwards)
            self.focus_field(self._found)

    def _focused(self) -> str:
        widget = kept_focus(self)
        while widget is not None and not isinstance(widget, FieldRow):
            widget = widget.parentWidget()
        return widget.field.key if widget is not None else ""

    def _ask_history(self, key: str) -> None:
        if self.record is not None:
            self.history_asked.emit(self.record.id, key)

    def _ask_redaction(self, key: str) -> None:
        self.flush()  # what is half typed belongs to what is taken out
        if self.record is not None:
            self.redact_asked.emit(self.record.id, key)

    def focused_field(self) -> str:
        """The field that has the keyboard; empty if none has."""
        return self._focused()

    # Tabs and scrolling go together

    def _to_section(self, index: int) -> None:
        if index < 0:
            return
        if self._loading:
            self._finish()
            lay_out()  # rows just filled have no heights yet
        header = list(self._sections.values())[index]
        self._scrolling = True
        self._area.verticalScrollBar().setValue(max(0, header.y() - 8))
        QTimer.singleShot(0, self._arrived)

    def _arrived(self) -> None:
        self._scrolling = False

    def _tab_moved(self, index: int) -> None:
        if self._tabs.hasFocus():
            self._to_section(index)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        if self._loading:
            self._finish()
        return super().focusNextPrevChild(forwards)

    def _follow(self, value: int) -> None:
        if value and self._loading:
            self._finish()
        if self._scrolling:
            return
        tops = [header.y() for header in self._sections.values()]
        reached = [number for number, top in enumerate(tops) if top <= value + 40]
        self._tabs.blockSignals(True)
        self._tabs.setCurrentIndex(reached[-1] if reached else 0)
        self._tabs.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F8:
            self.next_finding(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)
