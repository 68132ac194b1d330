"""What can be done with records: the same in the menus of list, table and form."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from ropa_app.i18n import _
from ropa_app.model.record import Record

if TYPE_CHECKING:
    from ropa_ui.views.records import RecordsPage


def new_menu(parent: QWidget) -> QMenu:
    """An empty menu that is gone when it is closed."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def record_menu(page: RecordsPage, records: Sequence[Record], opens: bool) -> QMenu:
    """The menu of records in a list, or of the one in the form, which is open already."""
    menu = new_menu(page)
    one = records[0] if len(records) == 1 else None
    if opens:
        menu.addAction(_("Open"), page.enter_form)
    if one is not None and one.deleted:
        if page.writable:
            menu.addAction(_("Bring back"), partial(page.bring_back, one))
    else:
        add_actions(menu, page, records)
    if one is not None:
        menu.addSeparator()
        history = partial(page.field_history_asked.emit, one.id, "")
        menu.addAction(_("History of this record"), history)
        if page.writable:
            redact = partial(page.redact_asked.emit, one.id, "")
            menu.addAction(_("Redact a field for good…"), redact)
    return menu


def add_actions(menu: QMenu, page: RecordsPage, records: Sequence[Record]) -> None:
    """What can be done with one or several records that are not deleted."""
    one = records[0] if len(records) == 1 else None
    if page.writable:
        if one is not None:
            menu.addAction(_("Duplicate"), partial(page.duplicate, one))
        else:
            text = _("Change {count} records…").format(count=len(records))
            menu.addAction(text, partial(page.bulk_asked.emit, page.kind, list(records)))
    if page.writable and len(records) <= 2:
        text = _("Merge with another…") if one is not None else _("Merge these two…")
        menu.addAction(text, partial(page.merge_asked.emit, list(records)))
    menu.addAction(export_words(len(records)), partial(page.export_asked.emit, list(records)))
    if page.writable:
        menu.addAction(_("Delete"), partial(page.delete, list(records)))


def export_words(count: int) -> str:
    """What the way to the export page is called for so many records."""
    if count == 1:
        return _("Export this record…")
    return _("Export {count} selected…").format(count=count)


def chosen(page: RecordsPage | None) -> list[Record]:
    """What is marked in the list or, where nothing is, what is shown; deleted ones left out."""
    if page is None:
        return []
    shown = page.shown_record()
    records = page.pane.selected() or ([shown] if shown else [])
    return [record for record in records if not record.deleted]
