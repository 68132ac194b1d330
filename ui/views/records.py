"""The page of one kind of record: its list, and the form of the record chosen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ropa_app.i18n import N_, _
from ropa_app.model.record import Record
from ropa_ui.kinds import EMPTY, NEW
from ropa_ui.models.beginning import beginning
from ropa_ui.models.checks import Checks
from ropa_ui.models.drafts import Drafts
from ropa_ui.models.record_model import RecordModel
from ropa_ui.models.session import Session
from ropa_ui.qt import kept_focus
from ropa_ui.theme import px
from ropa_ui.views import dropped_files, remembered
from ropa_ui.views.list_pane import ListPane
from ropa_ui.views.record_menu import chosen, record_menu
from ropa_ui.widgets.empty import EmptyState
from ropa_ui.widgets.marked_bar import MarkedBar

if TYPE_CHECKING:
    from ropa_ui.forms.form import RecordForm
    from ropa_ui.views.table import TablePane

BESIDE = 668  # a page narrower than this shows list and form in turns (window below 900 px)


class RecordsPage(QWidget):
    """List and form. `shown` tells which record is on the screen, for back and forward."""

    shown = Signal(str, str)
    record_asked = Signal(str)
    place_asked = Signal(str, str)
    deleted = Signal(list)
    bulk_asked = Signal(str, list)
    export_asked = Signal(list)
    merge_asked = Signal(list)
    field_history_asked = Signal(str, str)
    redact_asked = Signal(str, str)
    views_asked = Signal(QPoint)
    shows_records = True

    def __init__(
        self, session: Session, checks: Checks, drafts: Drafts, kind: str, parent: QWidget
    ) -> None:
        """The list begins at the record chosen last."""
        super().__init__(parent)
        self._session = session
        self.kind = kind
        self.model = RecordModel(session, checks, kind, self)
        self.pane = ListPane(session, self.model, self)
        self._checks, self.drafts = checks, drafts
        self._form: RecordForm | None = None
        self._nothing = EmptyState(
            _("Nothing chosen"), _("Choose a record at the left."), _(NEW[kind])
        )
        self._nothing.primary.connect(self.add)
        self._right = QStackedWidget(self)
        self._right.addWidget(self._nothing)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.addWidget(self.pane)
        self.splitter.addWidget(self._right)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([self.pane.wished_width(), 1000])
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.pane.setMinimumWidth(280)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)
        self._deleting = False
        self.setAcceptDrops(True)
        self._in_turns = False
        self.table: TablePane | None = None
        self._begin()
        self._connect()
        # The list first, then an empty form, then the record in it: keys are heard in between.
        self._is_empty = True  # the form has not yet been asked to show anything
        session.later(self._make_form)

    @property
    def form(self) -> RecordForm:
        """The form; it is built when it is first asked for and shows what is chosen."""
        form = self._form or self._make_form()
        if self._is_empty:
            self._is_empty = False
            self._show_chosen()
        return form

    def _make_form(self) -> RecordForm:
        if self._form is None:
            from ropa_ui.forms.form import RecordForm

            form = RecordForm(self._session, self._checks, self.drafts, self.kind, self._right)
            form.record_asked.connect(self.record_asked)
            form.place_asked.connect(self.place_asked)
            form.menu_asked.connect(self._menu)
            form.flow_shown.connect(self._give_way)
            form.history_asked.connect(self.field_history_asked)
            form.redact_asked.connect(self.redact_asked)
            self._right.addWidget(form)
            self._form = form
            self._follow_marks(form)
            self._session.later(self._show_chosen)
        return self._form

    def _follow_marks(self, form: RecordForm) -> None:
        """A line over the form while several records are marked in the list."""
        self.marked = MarkedBar(form)
        form.put_on_top(self.marked)
        self.marked.change_asked.connect(self._change_marked)
        self.marked.export_asked.connect(self._export_marked)
        self.marked.delete_asked.connect(self.delete_current)
        self.pane.list.selectionModel().selectionChanged.connect(self._say_marked)
        self.model.modelReset.connect(self._say_marked)
        self.model.layoutChanged.connect(self._say_marked)  # what went took its mark along
        self._session.reset.connect(self._say_marked)

    def _say_marked(self) -> None:
        count = 0 if self.model.query.deleted else self.pane.marked_count()
        self.marked.say(count, self.writable)

    def _change_marked(self) -> None:
        self.flush()
        self.bulk_asked.emit(self.kind, chosen(self))

    def _export_marked(self) -> None:
        self.export_asked.emit(chosen(self))

    def _begin(self) -> None:
        remembered.restore_order(self.model)
        remembered.restore_panes(self, self.kind)
        last = remembered.record_at(self.kind, self._session)
        record = self._session.view.records.get(last) if last else None
        if record is None or not self.pane.choose(record):
            self.pane.choose_first()

    def _show_chosen(self) -> None:
        if self.form.record is None:
            self._show(self.pane.current())

    def _connect(self) -> None:
        pane = self.pane
        pane.chosen.connect(self._show)
        pane.add_asked.connect(self.add)
        pane.paste_asked.connect(self.paste)
        pane.enter_asked.connect(self.enter_form)
        pane.delete_asked.connect(self.delete)
        pane.menu_asked.connect(self._list_menu)
        pane.views_asked.connect(self.views_asked)
        self._session.reset.connect(self._after_reset)
        self._session.changed.connect(self._after_change)

    @property
    def writable(self) -> bool:
        """False while the past is shown."""
        return self._session.writable

    # Showing

    def shown_record(self) -> Record | None:
        """The record on the screen, whether or not its form is built already."""
        return self.pane.current() if self._form is None or self._is_empty else self._form.record

    def _show(self, record: Record | None) -> None:
        if record is None:
            self.form.flush()
            self.form.record = None
            self._say_nothing()
            self._right.setCurrentWidget(self._nothing)
            return
        self._right.setCurrentWidget(self.form)
        self.form.show_record(record)
        self.shown.emit(self.kind, record.id)

    def _say_nothing(self) -> None:
        """Say what to do in a list without a record or with none found, else to choose one."""
        empty = not self.model.count() and not self.model.narrowed
        heading, sentence = N_("Nothing chosen"), N_("Choose a record at the left.")
        if empty:
            heading, sentence = EMPTY[self.kind]
        elif not self.model.count():
            heading = N_("Nothing found")
            sentence = N_("Type another search or take filters away to see more records.")
        self._nothing.set_texts(_(heading), _(sentence))
        if self._nothing.primary_button is not None:
            self._nothing.primary_button.setVisible(empty and self._session.writable)

    def go_to(self, record: Record, path: str = "") -> None:
        """Show a record, and the field of a path in it."""
        if not self.pane.choose(record):
            if record.deleted:
                self._show(record)
            else:
                self.pane.clear()
                self.pane.choose(record)
        self._turn(form=True)
        if path:
            self.form.focus_field(path)

    def take_focus(self) -> None:
        """Have the keyboard at the record shown: its row in the list, or its form alone."""
        shown = self.pane.list if self.pane.isVisibleTo(self) else self.form
        shown.setFocus(Qt.FocusReason.OtherFocusReason)
        if shown is self._form:
            self.form.focus_first()

    def _after_reset(self) -> None:
        kept = self.shown_record()
        fresh = self._session.view.records.get(kept.id) if kept else None
        if fresh is None or not self.pane.choose(fresh):
            self.pane.choose_first()

    def _after_change(self, ids: set[str]) -> None:
        """A record deleted elsewhere, or by undo, makes place for the first one.

        One that is being worked on stays in the form: after an edit that a filter does not let
        through, or deleted by another program. Where the one chosen could not be read, it is shown.
        Who is at the row for a new one stays there.
        """
        shown, current = self.shown_record(), self.pane.current()
        if self.model.is_new(self.pane.list.currentIndex().row()):
            return
        if not ids and current is not None and _is_other(shown, current):
            self._show(current)
            return
        gone = shown is None or self.model.row_of(shown) < 0
        back = shown is not None and not gone and shown.id in ids
        if shown is not None and back and (current is None or shown.id != current.id):
            self.pane.choose(shown)  # the list went on meanwhile
            return
        if not gone or self.model.query.text or current is not None:
            return
        fresh = self._session.view.records.get(shown.id) if shown else None
        if fresh is None or self._deleting or not self._is_worked_on():
            self.pane.choose_first()
        elif fresh.deleted:
            self._show(fresh)
            sentence = _("{record} was deleted meanwhile; bring it back to go on with it.")
            self._session.failed.emit(sentence.format(record=fresh.ref))

    def _is_worked_on(self) -> bool:
        """True while somebody is in the form, so that it must not go to another record."""
        form, focus = self._form, kept_focus(self)
        return form is not None and (
            form.half_typed() or (focus is not None and form.isAncestorOf(focus))
        )

    # What the user does

    def add(self) -> None:
        """Add a record, called “New …” until it has a name, and go to its first field."""
        if not self._session.writable:
            return
        self.form.flush()
        identifier = self._session.create(self.kind, beginning(self._session, self.kind))
        if identifier is None:
            return
        record = self._session.view.records[identifier]
        self.go_to(record)
        self.form.focus_first(select=True)

    def focus_search(self) -> None:
        """Go to the search field of the list, as Ctrl+F does."""
        self.pane.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.pane.field.selectAll()

    def paste(self) -> None:
        """Make the rows on the clipboard new records, after a preview."""
        from ropa_ui.views.pasting import paste_new
        from ropa_ui.views.table_columns import stored_columns

        paste_new(self._session, self.model, stored_columns(self.kind), self.window())

    def attach(self, record: str | None, file: Path) -> None:
        """Put a file into the register: as a document of a record, or by itself."""
        self._session.attach(record, file)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are taken wherever they are dropped on the page; why not is said at the drop."""
        if dropped_files.files_in(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        why_not = dropped_files.refusal(self)
        if why_not:
            self._session.failed.emit(why_not)
        else:
            dropped_files.take(self, dropped_files.files_in(event.mimeData()))

    def enter_form(self) -> None:
        """Go from the list into the form."""
        self.pane.settle()
        self._turn(form=True)
        self.form.focus_first()

    def delete(self, records: list[Record]) -> None:
        """Delete records; a notice with Undo tells of it.

        What is half typed is saved first: saved afterwards, it would be what Undo takes back.
        """
        self.flush()
        row = self.model.row_of(records[-1])
        self._deleting = True
        done = self._session.delete(records)
        self._deleting = False
        if done:
            self.deleted.emit(records)
            following = self.model.record(min(row, self.model.count() - 1))
            if following is None or not self.pane.choose(following):
                self.pane.choose_first()

    def duplicate(self, record: Record) -> None:
        """Add a copy of a record and show it; what is half typed belongs to it too."""
        self.form.flush()
        identifier = self._session.duplicate(self._session.view.records[record.id])
        if identifier:
            self.go_to(self._session.view.records[identifier])
            self.form.focus_field("name")

    def duplicate_current(self) -> None:
        """Add a copy of the record shown."""
        if self.form.record is not None and self._session.writable:
            self.duplicate(self.form.record)

    def delete_current(self) -> None:
        """Delete what is marked in the list."""
        if self.pane.selected() and self._session.writable:
            self.delete(self.pane.selected())

    def _menu(self, place: QPoint) -> None:
        record = self.form.record
        if record is not None:
            record_menu(self, [record], opens=False).popup(place)

    def _list_menu(self, place: QPoint) -> None:
        record_menu(self, self.pane.selected(), opens=True).popup(place)

    def bring_back(self, record: Record) -> None:
        """Bring a deleted record back and show it."""
        if self._session.delete([record], deleted=False):
            self._show(self._session.view.records[record.id])

    # Little room: list and form take turns

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        in_turns = self.width() < px(BESIDE)
        if in_turns != self._in_turns:
            self._in_turns = in_turns
            if self.table is None:
                self._make_room()

    def _make_room(self) -> None:
        """Where room ends, who is in the form stays there, at the field the cursor is in."""
        worked_on = self._is_worked_on()
        self._turn(form=worked_on or self._shows_flow)
        if worked_on:
            self.form.keep_in_sight()

    def show_table(self, table: TablePane | None) -> None:
        """Show the records in a table as wide as the page; as list and form again with None."""
        self.table = table
        self.model.offer_new(table is not None)
        self.pane.show_rows(table or self.pane.list)
        self.pane.setVisible(True)
        self._right.setVisible(table is None and not self._in_turns)
        if table is None:
            current = self.pane.current()
            fresh = self._session.view.records.get(current.id) if current else None
            self.pane.chosen.emit(fresh)  # the form has not followed what was edited

    def show_form(self) -> None:
        """Show the form of the record that is chosen, in place of a table too."""
        if self.table is not None:
            self.show_table(None)
        self._turn(form=True)

    @property
    def _shows_flow(self) -> bool:
        return self._form is not None and self._form.shows_flow

    def _give_way(self, flow: bool) -> None:
        """A flow takes the whole page; the list comes back with the fields."""
        self._turn(form=flow or self._right.isVisibleTo(self))

    def _turn(self, form: bool) -> None:
        """Show the list or the form, both where there is room for them; never the table.

        A flow has no list beside it.
        """
        if self.table is not None:
            self.show_table(None)
        alone = self._in_turns or self._shows_flow
        self.pane.setVisible(not (alone and form))
        self._right.setVisible(not self._in_turns or form)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.pane.list.hasFocus():
            self.form.show_flow(False)
            if self._in_turns:
                self._turn(form=False)
            self.pane.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def flush(self) -> None:
        """Save what is half typed, in a cell of the table too."""
        if self.table is not None:
            self.table.finish()
        if self._form is not None:
            self._form.flush()


def _is_other(shown: Record | None, current: Record) -> bool:
    """True unless the form shows the record chosen in the list, or a deleted one beside it."""
    return shown is None or (shown.id != current.id and not shown.deleted)
