"""The pages that are no lists of records, and the dialogs the window opens; made when asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ropa_app.i18n import _
from ropa_ui.actions import page_command
from ropa_ui.kinds import LABELS

if TYPE_CHECKING:
    from ropa_app.model.record import Record
    from ropa_ui.main_window import MainWindow


def make(key: str, window: MainWindow) -> QWidget:
    """A page by its key: overview, history, checks, export, settings."""
    from ropa_ui.views.remembered import restore_panes

    page = _PAGES[key](window)
    restore_panes(page, key)
    return page


def remember(window: MainWindow) -> None:
    """Remember how the page shown stands, before another is shown or the window closes."""
    page = window.stack.currentWidget()
    if page is not None and window.page_key:
        from ropa_ui.views.remembered import keep

        keep(page, window.page_key, window.session)


def _overview(window: MainWindow) -> QWidget:
    from ropa_ui.views.overview import OverviewPage

    page = OverviewPage(window.session)
    page.record_asked.connect(window.go_to)
    page.list_asked.connect(window.show_list)
    page.page_asked.connect(window.open_page)
    show = partial(_show_overview, page, window)
    window.checks.renewed.connect(show)
    window.stack.currentChanged.connect(show)
    return page


def _show_overview(page: Any, window: MainWindow, _index: int = 0) -> None:
    """Only where it is seen: a large register has many findings to be put in order."""
    seen = window.stack.currentWidget() is page
    if seen and window.checks.figures is not None:
        page.show_figures(window.checks.figures, window.checks.all())


def _history(window: MainWindow) -> QWidget:
    from ropa_ui.views.history import HistoryPage

    page = HistoryPage(window.session, window.stack)
    page.record_asked.connect(window.go_to)
    page.past_asked.connect(window.session.going_back.go)
    return page


def _checks(window: MainWindow) -> QWidget:
    from ropa_ui.views.checks import ChecksPage

    page = ChecksPage(window.session, window.checks, window.stack)
    page.record_asked.connect(window.go_to)
    return page


def _export(window: MainWindow) -> QWidget:
    from ropa_ui.views.export import ExportPage

    page = ExportPage(window.session, window.stack)
    page.said.connect(window.toast.show_message)
    return page


def _settings(window: MainWindow) -> QWidget:
    from ropa_ui.views.settings import SettingsPage

    page = SettingsPage(window.session, window.stack)
    page.record_asked.connect(window.go_to)
    page.language_asked.connect(window.language_asked)
    return page


_PAGES: dict[str, Callable[[MainWindow], QWidget]] = {
    "overview": _overview,
    "history": _history,
    "checks": _checks,
    "export": _export,
    "settings": _settings,
}


def work(window: MainWindow) -> dict[str, Callable[[], None]]:
    """What commands do that open a page or dialog made here."""
    return {
        "settings": partial(_open, window, "settings"),
        "about": partial(_about, window),
        "verify": partial(_verify, window),
        "backup": partial(_backup_now, window),
        "keyboard": partial(_keyboard, window),
        "export": partial(export, window),
        **{page_command(key): partial(go, window, key) for key in LABELS},
    }


def go(window: MainWindow, key: str) -> None:
    """Show a page and work in it."""
    page = window.open_page(key)
    records = window.records_page()
    (records.pane.list if records else page).setFocus(Qt.FocusReason.ShortcutFocusReason)


def export(window: MainWindow, records: Sequence[Record] = (), layout: str = "") -> None:
    """Show the export page, for these records alone or for everything; Enter writes there."""
    page: Any = window.open_page("export")
    page.begin(records, layout)
    page.layouts.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _keyboard(window: MainWindow) -> None:
    from ropa_ui.views.keyboard import KeyboardDialog

    KeyboardDialog(window.actions_by_key, window).open()


def _open(window: MainWindow, key: str) -> None:
    window.open_page(key)


def _about(window: MainWindow) -> None:
    from ropa_ui.views.about import AboutDialog

    AboutDialog(window).open()


def show_palette(window: MainWindow) -> None:
    """The palette over everything."""
    from ropa_ui.views.palette import Palette

    Palette(window).open_over(window)


def choose_date(window: MainWindow) -> None:
    """Ask as at which day to show the register."""
    from ropa_ui.views.as_at import AsAtMenu

    AsAtMenu(window.session, window).open_below(window.toolbar.date)


def show_registers(window: MainWindow) -> None:
    """The menu of registers: recent ones, open, new."""
    from ropa_ui.views.registers import RegistersMenu

    menu = RegistersMenu(window.session.path, window)
    menu.register_asked.connect(window.register_asked)
    menu.open_below(window.navigation.block)


def show_clash(window: MainWindow, error: Any) -> None:
    """Somebody else has changed the field meanwhile: both values, and which is to stand."""
    from ropa_ui.views.clash import ClashDialog

    ClashDialog(window.session, error, window).open_unasked()


def show_replaced(window: MainWindow) -> None:
    """Another file lies where the register was."""
    from ropa_ui.views.clash import ReplacedDialog

    dialog = ReplacedDialog(window.session, window)
    dialog.register_asked.connect(partial(_leave_for, window))
    dialog.open_unasked(dialog.safe)


def _leave_for(window: MainWindow, path: str) -> None:
    """Go on with another file; what is typed and not saved is offered there."""
    window.flush()
    window.drafts.hand_over(Path(path))
    window.register_asked.emit(path)


def offer_drafts(window: MainWindow) -> None:
    """Offer what was half typed in windows that are gone."""
    window.drafts.gather()
    if window.drafts.offered():
        from ropa_ui.views.drafts import DraftsDialog

        DraftsDialog(window.session, window.drafts, window).open()


def upkeep(window: MainWindow) -> None:
    """What an opened register needs, in the background; only a failure is told of."""
    from ropa_ui.models.jobs import Job

    job = Job(window)
    job.failed.connect(window.session.failed)
    job.start("upkeep", path=str(window.session.path))


def _backup_now(window: MainWindow) -> None:
    from ropa_ui.models.jobs import Job

    job = Job(window)
    job.failed.connect(window.session.failed)
    job.answered.connect(partial(_say_backup, window))
    job.start("backup", path=str(window.session.path), now=True)


def _say_backup(window: MainWindow, answer: dict[str, Any]) -> None:
    made = answer["backup"]
    nothing = _("The newest backup holds everything already.")
    window.toast.show_message(_("Backup made: {path}").format(path=made) if made else nothing)


def _verify(window: MainWindow) -> None:
    window.progress.set_busy()
    from ropa_ui.models.jobs import Job

    job = Job(window)
    job.failed.connect(window.session.failed)
    job.answered.connect(partial(_say_verified, window))
    job.ended.connect(partial(_stop_progress, window))
    job.start("verify", path=str(window.session.path))


def _stop_progress(window: MainWindow, _done: bool) -> None:
    window.progress.stop()


def _say_verified(window: MainWindow, answer: dict[str, Any]) -> None:
    problems = answer["problems"]
    if problems:
        window.session.failed.emit(" ".join(problems[:2]))
    else:
        window.toast.show_message(_("The register is whole; nothing was changed from outside."))


def stop(window: MainWindow) -> None:
    """End what runs in the background for the window, before the register is closed."""
    from ropa_ui.models.beside import Beside
    from ropa_ui.models.jobs import Job

    window.session.finish()
    for job in window.findChildren(Job):
        job.leave()
    for each in window.findChildren(Beside):
        each.wait()
