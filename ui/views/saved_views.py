"""Saving a view of a list under a name, going back to it, renaming and deleting it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from ropa_app.i18n import _
from ropa_app.register.listing import Query
from ropa_ui.models.saved_views import SavedView, keep_view, keep_views, same_name, saved_views
from ropa_ui.models.session import Session
from ropa_ui.views.record_menu import new_menu
from ropa_ui.views.records import RecordsPage
from ropa_ui.views.table import TablePane, show_table
from ropa_ui.views.table_columns import remember, stored_columns, stored_widths
from ropa_ui.widgets.buttons import icon_button, plain_button, primary_button
from ropa_ui.widgets.dialog import Dialog
from ropa_ui.widgets.labels import Label, plain_tooltip

_LONGEST = 60  # letters of a name


def shown_now(page: RecordsPage, name: str = "") -> SavedView:
    """The view as the page shows it."""
    query, table = page.model.query, page.table is not None
    columns = page.model.columns if table else stored_columns(page.kind)
    return SavedView(
        name, query.text, query.filters, query.order, query.descending, tuple(columns), table
    )


def show_view(page: RecordsPage, session: Session, view: SavedView) -> None:
    """Show a list as it was saved."""
    columns = list(view.columns)
    if columns:
        remember(page.kind, columns, stored_widths(page.kind))
    page.pane.show_query(view.query(page.kind))
    if view.table:
        table = show_table(page, session)
        table.set_columns(columns or page.model.columns)
        table.setFocus(Qt.FocusReason.OtherFocusReason)
        return
    known = page.findChild(TablePane)
    if known is not None and columns:
        known.set_columns(columns)
    if page.table is not None:
        page.show_table(None)
    page.pane.choose_first()
    page.pane.list.setFocus(Qt.FocusReason.OtherFocusReason)


def show_named(page: RecordsPage, session: Session, name: str) -> None:
    """Show the view of a name."""
    for view in saved_views(session, page.kind):
        if view.name == name:
            show_view(page, session, view)


def views_menu(page: RecordsPage, session: Session) -> QMenu:
    """The views of a kind, the one shown ticked, and what can be done with them."""
    menu = new_menu(page)
    views, now = saved_views(session, page.kind), shown_now(page)
    for view in views:
        text = view.name.replace("&", "&&")
        action = menu.addAction(text, partial(show_view, page, session, view))
        action.setCheckable(True)
        action.setChecked(replace(view, name="") == now)
    whole = Query(page.kind)
    everything = menu.addAction(_("Show everything"), partial(page.pane.show_query, whole))
    everything.setEnabled(page.model.query != whole)
    menu.addSeparator()
    menu.addAction(_("Save this view…"), partial(ask_name, page, session))
    if views:
        menu.addAction(_("Rename or delete views…"), partial(manage, page, session))
    return menu


def popup_views(page: RecordsPage, session: Session, place: QPoint) -> None:
    """Drop the menu from its button."""
    views_menu(page, session).popup(place)


def ask_name(page: RecordsPage, session: Session) -> None:
    """Ask what the view is to be called, and save it."""
    if page.model.query.only is not None:
        sentence = _("These records stand behind a number and are no view; use filters instead.")
        session.failed.emit(sentence)
        return
    NameDialog(page, session).open()


def manage(page: RecordsPage, session: Session) -> None:
    """Rename and delete views."""
    ViewsDialog(page, session).open()


class NameDialog(Dialog):
    """One line for the name; a view of that name is replaced, and that is said before."""

    def __init__(self, page: RecordsPage, session: Session) -> None:
        sentence = _("Search, filters, order and columns come back together, in this register.")
        super().__init__(_("Save this view"), sentence, page.window(), wide=460)
        self._page, self._session = page, session
        self._views = saved_views(session, page.kind)
        self.line = QLineEdit(self)
        self.line.setMaxLength(_LONGEST)
        self.line.setPlaceholderText(_("Name of the view"))
        self.line.setAccessibleName(_("Name of the view"))
        self.line.textChanged.connect(self._typed)
        self.line.returnPressed.connect(self._save)
        self.note = Label("", "small", "text2", self, wrap=True)
        self.body.addWidget(self.line)
        self.body.addWidget(self.note)
        cancel = self.add_button(plain_button(_("Cancel"), parent=self))
        cancel.clicked.connect(self.reject)
        self.save = self.add_button(primary_button(_("Save view"), self))
        self.save.clicked.connect(self._save)
        now = shown_now(page)
        known = next((view for view in self._views if replace(view, name="") == now), None)
        self.line.setText(known.name if known else "")
        self.line.selectAll()
        self._typed()
        self.set_first(self.line)

    def _view(self) -> SavedView:
        return shown_now(self._page, " ".join(self.line.text().split()))

    def _typed(self, _text: str = "") -> None:
        view = self._view()
        self.save.setEnabled(bool(view.name))
        self.save.setToolTip("" if view.name else _("Type a name first."))
        taken = view.name and any(same_name(each, view) for each in self._views)
        self.note.setText(_("The view of this name is replaced.") if taken else "")

    def _save(self) -> None:
        view = self._view()
        if view.name:
            keep_view(self._session, self._page.kind, view)
            self._session.said.emit(_("Saved as “{name}”").format(name=view.name), False)
            self.accept()


class ViewsDialog(Dialog):
    """A line for each view; nothing is renamed or deleted before the button is pressed."""

    def __init__(self, page: RecordsPage, session: Session) -> None:
        super().__init__(_("Saved views"), "", page.window(), wide=460)
        self._page, self._session = page, session
        self._views = saved_views(session, page.kind)
        self.rows: list[_ViewRow] = []
        lines = QVBoxLayout()
        lines.setSpacing(6)
        for view in self._views:
            row = _ViewRow(view, self)
            row.line.textChanged.connect(self._check)
            row.gone.clicked.connect(self._check)
            self.rows.append(row)
            lines.addWidget(row)
        self.note = Label("", "small", "warn", self, wrap=True)
        self.body.addLayout(lines)
        self.body.addWidget(self.note)
        cancel = self.add_button(plain_button(_("Cancel"), parent=self))
        cancel.clicked.connect(self.reject)
        self.save = self.add_button(primary_button(_("Save"), self))
        self.save.clicked.connect(self._save)
        if self.rows:
            self.set_first(self.rows[0].line)
        self._check()

    def _left(self) -> list[SavedView]:
        found = (row.view() for row in self.rows)
        return [view for view in found if view is not None]

    def _check(self, _state: object = None) -> None:
        problem = _problem(self._left())
        self.note.setText(problem)
        self.save.setEnabled(not problem)
        self.save.setToolTip(problem)

    def _save(self) -> None:
        keep_views(self._session, self._page.kind, self._left())
        self.accept()


class _ViewRow(QWidget):
    """The name of a view to be typed over, and a button that deletes it or puts it back."""

    def __init__(self, view: SavedView, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self._deleted = False
        self.line = QLineEdit(view.name, self)
        self.line.setMaxLength(_LONGEST)
        self.line.setAccessibleName(_("Name of the view"))
        self.gone = icon_button("trash-simple", "", self)
        self.gone.clicked.connect(self._toggle)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.gone)
        self._dress()

    def view(self) -> SavedView | None:
        """The view as it is to be called; None once it is to be deleted."""
        name = " ".join(self.line.text().split())
        return None if self._deleted else replace(self._view, name=name)

    def _toggle(self) -> None:
        self._deleted = not self._deleted
        self._dress()

    def _dress(self) -> None:
        used = self.line.font()
        used.setStrikeOut(self._deleted)
        self.line.setFont(used)
        self.line.setEnabled(not self._deleted)
        self.line.setToolTip(_("Deleted when you save.") if self._deleted else "")
        text = _("Keep “{name}”") if self._deleted else _("Delete “{name}”")
        words = text.format(name=self._view.name)
        self.gone.set_icon("arrow-counter-clockwise" if self._deleted else "trash-simple")
        self.gone.setToolTip(plain_tooltip(words))
        self.gone.setAccessibleName(words)


def _problem(views: Sequence[SavedView]) -> str:
    """What is wrong with the names, in words; empty if nothing."""
    names = [view.name.casefold() for view in views]
    if not all(names):
        return _("Every view needs a name.")
    return _("Two views have the same name.") if len(names) > len(set(names)) else ""
