"""What is done with records from their pages: exported, merged, redacted, viewed, edited at once.

Each opens a page or a dialog, which is imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from ropa_app.i18n import _
from ropa_ui.views.pages import export

if TYPE_CHECKING:
    from ropa_app.model.record import Record
    from ropa_ui.main_window import MainWindow
    from ropa_ui.views.records import RecordsPage


def work(window: MainWindow) -> dict[str, Callable[[], None]]:
    """What commands do with the records of the page shown."""
    return {
        "new": partial(_with_page, window, "add"),
        "duplicate": partial(_with_page, window, "duplicate_current"),
        "delete": partial(_with_page, window, "delete_current"),
        "rename": partial(_rename, window),
        "export_records": partial(_with_chosen, window, export),
        "merge": partial(_with_chosen, window, merge),
        "redact": partial(_redact_shown, window),
        "save_view": partial(_save_view, window),
        "views": partial(_manage_views, window),
        "table": partial(_table, window),
    }


def connect(window: MainWindow, page: RecordsPage) -> None:
    """What a page of records asks of the window."""
    from ropa_ui.views.remembered import restore_table

    page.bulk_asked.connect(partial(_bulk, window))
    page.field_history_asked.connect(partial(_field_history, window))
    page.pane.table_asked.connect(partial(_table, window))
    page.export_asked.connect(partial(export, window))
    page.merge_asked.connect(partial(merge, window))
    page.redact_asked.connect(partial(redact, window))
    page.views_asked.connect(partial(_views, window))
    restore_table(page, window)


def _with_page(window: MainWindow, name: str) -> None:
    page = window.records_page()
    if page is not None:
        getattr(page, name)()


def _rename(window: MainWindow) -> None:
    page = window.records_page()
    if page is not None and page.form.record is not None:
        page.form.focus_field("name")


def _with_chosen(
    window: MainWindow, work: Callable[[MainWindow, list[Record]], None]
) -> None:
    """Do something with the records that are marked, or the one shown."""
    from ropa_ui.views.record_menu import chosen

    records = chosen(window.records_page())
    if records:
        work(window, records)


def merge(window: MainWindow, records: list[Record]) -> None:
    """Merge the two records, or the one with another to be chosen."""
    if not window.session.writable:
        window.session.failed.emit(_("The past cannot be changed; go back to today first."))
    elif len(records) > 2:
        window.session.failed.emit(_("Mark two records to merge them, or one."))
    else:
        from ropa_ui.views.merge import open_merge

        window.flush()
        dialog = open_merge(window.session, records, window)
        dialog.merged.connect(partial(_show_merged, window))


def _show_merged(window: MainWindow, kept: str, _other: str) -> None:
    window.go_to(kept)


def redact(window: MainWindow, record: str, field: str) -> None:
    from ropa_ui.views.redact import RedactDialog

    window.flush()
    RedactDialog(window.session, record, field, window).open()


def _redact_shown(window: MainWindow) -> None:
    """Redact a field of the record shown: the one that has the keyboard, or one to be chosen."""
    page = window.records_page()
    shown = page.shown_record() if page is not None else None
    if page is not None and shown is not None and window.session.writable:
        redact(window, shown.id, page.form.focused_field())


def _views(window: MainWindow, place: QPoint) -> None:
    page = window.records_page()
    if page is not None:
        from ropa_ui.views.saved_views import popup_views

        popup_views(page, window.session, place)


def show_view(window: MainWindow, kind: str, name: str) -> None:
    """Show a list as it was saved under a name."""
    window.open_page(kind)
    page = window.records_page()
    if page is not None:
        from ropa_ui.views.saved_views import show_named

        show_named(page, window.session, name)


def _save_view(window: MainWindow) -> None:
    page = window.records_page()
    if page is not None:
        from ropa_ui.views.saved_views import ask_name

        ask_name(page, window.session)


def _manage_views(window: MainWindow) -> None:
    page = window.records_page()
    if page is not None:
        from ropa_ui.views.saved_views import manage

        manage(page, window.session)


def _bulk(window: MainWindow, kind: str, records: list[Record]) -> None:
    from ropa_ui.views.bulk import BulkDialog

    BulkDialog(window.session, kind, records, window).open()


def _field_history(window: MainWindow, record: str, field: str) -> None:
    if field:
        from ropa_ui.forms.field_history import FieldHistory

        history = FieldHistory(window.session, record, field, window)
        history.redact_asked.connect(partial(redact, window))
        history.open()
        return
    page = window.open_page("history")
    page.show_record(record)  # type: ignore[attr-defined]


def _table(window: MainWindow) -> None:
    page = window.records_page()
    if page is not None:
        from ropa_ui.views.table import toggle_table

        toggle_table(page, window)
