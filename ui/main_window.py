"""The window of one open register: navigation, toolbar, pages.

It is shown before the register is read and before most of the program is imported: what is needed
for that is imported here, everything else where it is used.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import delete

from ropa_app.i18n import _, current_language
from ropa_ui import reading_order, settings
from ropa_ui.actions import key_words, make_actions
from ropa_ui.files_over_text import FilesOverText
from ropa_ui.screen import fit
from ropa_ui.text_undo import TextUndo, within_text
from ropa_ui.theme import px
from ropa_ui.views import going, pages, record_work, saving
from ropa_ui.views.places import Places
from ropa_ui.widgets.hairline import Hairline
from ropa_ui.widgets.navigation import Navigation
from ropa_ui.widgets.past import PastStrip
from ropa_ui.widgets.progress_line import ProgressLine
from ropa_ui.widgets.strip import Strip
from ropa_ui.widgets.toolbar import Toolbar

if TYPE_CHECKING:
    from ropa_app.model.record import Record
    from ropa_ui.models.checks import Checks
    from ropa_ui.models.drafts import Drafts
    from ropa_ui.models.session import Session
    from ropa_ui.views.records import RecordsPage
    from ropa_ui.views.remembered import Seen
    from ropa_ui.widgets.toast import Toast

LEAST = 900  # px: below, the toolbar shows icons only
NARROW = 1180  # px: below, the navigation shows icons only


class Page(Protocol):
    """What every page can do; most do nothing on flush."""

    def flush(self) -> None:
        """Save what is half typed."""


class MainWindow(QMainWindow):
    """Everything of one register. `register_asked` asks the application for another one.

    `language_asked` asks it for another language.
    """

    register_asked = Signal(str)
    language_asked = Signal(str)

    session: Session
    checks: Checks
    drafts: Drafts

    def __init__(self, session: Session | None = None) -> None:
        super().__init__()
        self.places = Places(self)
        self._pages: dict[str, QWidget] = {}
        self._page = ""
        self.seen: dict[str, Seen] = {}
        self.closed = False
        self._build()
        fit(self, QSize(1440, 900), QSize(900, 600))
        self.restoreGeometry(settings.state("geometry"))
        if session is not None:
            self.attach(session)

    def attach(self, session: Session) -> None:
        """Show a register in a window that has none yet; the window closes it."""
        from ropa_ui.models.checks import Checks
        from ropa_ui.models.drafts import Drafts

        self.session = session
        session.setParent(self)
        self.checks = Checks(session)
        self.drafts = Drafts(session.path, self)
        self.drafts.follow(session)
        self._connect()
        self.actions_by_key = make_actions(self, self._work())
        TextUndo(self)
        self.winId()
        FilesOverText(self, self.windowHandle())
        self._say_name()
        session.later(self._say_all)  # the list takes keys before
        key = settings.text("page", "overview")
        self.open_page(key if self.navigation.model.row_of(key) >= 0 else "overview")

    @property
    def attached(self) -> bool:
        """True once the window shows a register."""
        return hasattr(self, "session")

    # Building

    def _build(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        centre = QWidget(self)
        self.navigation = Navigation(centre)
        self.toolbar = Toolbar(centre)
        self.progress = ProgressLine(centre)
        self.past = PastStrip(centre)
        self.displaced = Strip(_("What to do…"), "bad_soft", centre)
        self.stack = QStackedWidget(centre)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        for part in (self.toolbar, Hairline(centre), self.progress, self.past, self.displaced):
            right.addWidget(part)
        right.addWidget(self.stack, 1)
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addWidget(Hairline(centre, vertical=True))
        row.addLayout(right, 1)
        self.setCentralWidget(centre)

    @cached_property
    def toast(self) -> Toast:
        """The notice at the foot of the page; made when there is something to say."""
        from ropa_ui.widgets.toast import Toast

        toast = Toast(self.stack)
        toast.undo.connect(self.undo)
        return toast

    def _connect(self) -> None:
        session = self.session
        session.changed.connect(self._after_change)
        session.reset.connect(self._after_reset)
        session.said.connect(self._say)
        session.failed.connect(self._say_failure)
        session.wrote.connect(self._say_written)
        session.clashed.connect(partial(pages.show_clash, self))
        session.replaced.connect(partial(pages.show_replaced, self))
        session.busy.connect(self._show_busy)
        session.going_back.begun.connect(self._say_reading)
        self.displaced.asked.connect(partial(pages.show_replaced, self))
        saving.follow(self)
        self.checks.renewed.connect(self._say_counts)
        self.navigation.page_chosen.connect(self.open_page)
        self.navigation.register_asked.connect(self._show_registers)
        self.navigation.law_asked.connect(lambda: self.actions_by_key["about"].trigger())
        self.toolbar.palette_asked.connect(self.show_palette)
        self.toolbar.undo_asked.connect(self.undo)
        self.toolbar.redo_asked.connect(self.redo)
        self.toolbar.date_asked.connect(self.choose_date)
        self.toolbar.export_asked.connect(partial(pages.export, self))
        self.past.back_asked.connect(partial(session.going_back.go, None))

    def _work(self) -> dict[str, Callable[[], None]]:
        return {
            "palette": self.show_palette,
            "undo": self.undo,
            "redo": self.redo,
            "as_at": self.choose_date,
            "back": self.places.back,
            "forward": self.places.forward,
            "open": partial(self.register_asked.emit, "?"),
            "welcome": partial(self.register_asked.emit, ""),
            "check": self.checks.start,
            "close": self._close,
            **pages.work(self),
            **record_work.work(self),
            **going.work(self),
        }

    def start(self) -> None:
        """What waits until the window is on the screen: checks, upkeep of the file, drafts."""
        page = self.records_page()
        (page.pane.list if page else self.navigation.pages).setFocus()
        self.checks.start()
        pages.upkeep(self)
        pages.offer_drafts(self)

    # Pages

    @property
    def page_key(self) -> str:
        """Which page is shown, as the navigation names it."""
        return self._page

    def open_page(self, key: str) -> QWidget:
        """Show a page of the navigation; it is made when it is first asked for."""
        self.flush()
        pages.remember(self)
        if key not in self._pages:
            self._pages[key] = self._whole_page(key)
            self.stack.addWidget(self._pages[key])
            self._see_again(key)
        page = self._pages[key]
        self._page = key
        self.stack.setCurrentWidget(page)
        self.navigation.show_page(key)
        records = self.records_page()
        if records is None:
            self.places.note(key, "")
        elif (shown := records.shown_record()) is not None:
            self.places.note(key, shown.id)
        return page

    def _whole_page(self, key: str) -> QWidget:
        """A page that is made to its end, or none: a half-made one would listen and answer."""
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        before = set(self.stack.findChildren(QWidget, options=direct))
        try:
            return self._make_page(key)
        except Exception:
            for part in set(self.stack.findChildren(QWidget, options=direct)) - before:
                delete(part)
            self.navigation.show_page(self._page)
            raise

    def _see_again(self, key: str) -> None:
        """Show a page that has just been made as it was seen in the window before this one."""
        if key in self.seen:
            from ropa_ui.views.remembered import see

            see(cast("RecordsPage", self._pages[key]), self.seen.pop(key), self)

    def _make_page(self, key: str) -> QWidget:
        from ropa_app.model.kinds import KINDS

        if key not in KINDS:
            return pages.make(key, self)
        from ropa_ui.views.records import RecordsPage

        page = RecordsPage(self.session, self.checks, self.drafts, key, self.stack)
        page.shown.connect(self.places.note)
        page.record_asked.connect(self.go_to)
        page.place_asked.connect(self.go_to)
        page.deleted.connect(self._say_deleted)
        record_work.connect(self, page)
        return page

    def pages_of_records(self) -> list[RecordsPage]:
        """Every page of records opened so far."""
        made = [page for page in self._pages.values() if getattr(page, "shows_records", False)]
        return cast("list[RecordsPage]", made)

    def records_page(self) -> RecordsPage | None:
        """The page on the screen if it is one of records."""
        page = self.stack.currentWidget()
        # Told by a mark: the class itself would bring in all that forms are made of.
        return cast("RecordsPage", page) if getattr(page, "shows_records", False) else None

    def go_to(self, identifier: str, path: str = "") -> None:
        """Show a record, whichever its kind, and the field of a path in it."""
        record = self.session.get(identifier)
        if record is None:
            self._say_failure(_("That record is not in this register."))
            return
        with self.places.on_the_way():
            self.open_page(record.kind_key)
            page = self.records_page()
            if page is not None:
                page.go_to(record, path)
                if not path:
                    page.take_focus()
        self.places.note(record.kind_key, record.id)

    def show_list(self, kind: str, ids: list[str], title: str) -> None:
        """Show the records behind a number."""
        with self.places.on_the_way():
            self.open_page(kind)
            page = self.records_page()
            if page is not None:
                page.pane.show_only(frozenset(ids), title)
                page.take_focus()
        shown = page.shown_record() if page is not None else None
        self.places.note(kind, shown.id if shown is not None else "")

    def flush(self) -> None:
        """Save what is half typed on the page shown."""
        page = self.stack.currentWidget()
        if page is not None and hasattr(page, "flush"):
            cast(Page, page).flush()

    def keep_typed(self) -> None:
        """Save what is half typed; what cannot be saved is written down beside the register."""
        self.flush()
        self.drafts.write()

    # Actions

    def undo(self) -> None:
        """Take back typing in the field with the focus, else the newest step of the register."""
        if not within_text("undo"):
            self.flush()
            self.session.undo()

    def redo(self) -> None:
        """Do again what was undone."""
        if not within_text("redo"):
            self.session.redo()

    def show_palette(self) -> None:
        """Open the palette."""
        pages.show_palette(self)

    def choose_date(self) -> None:
        """Ask as at which day the register is to be shown."""
        self.flush()
        pages.choose_date(self)

    def _close(self) -> None:
        self.close()

    def _show_registers(self) -> None:
        pages.show_registers(self)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab goes through the window as it is read."""
        return reading_order.step(self, forwards)

    # Saying

    def _after_change(self, _ids: set[str]) -> None:
        self._say_all()

    def _after_reset(self) -> None:
        self._say_all()
        as_at = self.session.as_at
        self.past.say(as_at or "")
        self.toolbar.say_date(_("In the past") if as_at else _("As at today"))

    def _say_name(self) -> None:
        name = self.session.name()
        self.setWindowTitle(f"{name} – ropa")
        self.navigation.block.say(name, self.session.path.name)

    def _say_all(self) -> None:
        from ropa_app.model.dates import date_words
        from ropa_app.rules.standing import checked

        if not self.session.is_open:
            return
        self._say_name()
        self.toolbar.say_undo(self.session.undo_words(), self.session.redo_words())
        law = date_words(checked().isoformat(), current_language())
        self.navigation.say_law(_("Law data of {day}").format(day=law))
        saving.say(self)
        self._say_counts()

    def _say_counts(self) -> None:
        counts, told = dict(self.session.counts()), dict[str, str]()
        if self.checks.figures is not None or self.checks.count():
            counts["checks"] = self.checks.count()
            told["checks"] = self.checks.in_words()
        self.navigation.model.set_counts(counts, told)

    def _show_busy(self, busy: bool) -> None:
        self.progress.set_busy() if busy else self.progress.stop()

    def _say_reading(self, as_at: str) -> None:
        from ropa_ui.views.waiting import say_reading_the_past

        say_reading_the_past(self, as_at)

    def _say(self, text: str, undoable: bool) -> None:
        undo = (_("Undo"), key_words("Ctrl+Z")) if undoable else ("", "")
        self.toast.show_message(text, *undo)

    def _say_written(self, text: str, path: str) -> None:
        from ropa_ui import files

        self.toast.show_message(text, _("Open"), act=partial(files.show, Path(path)))

    def _say_failure(self, text: str) -> None:
        self.toast.show_message(text, icon="warning-fill")

    def _say_deleted(self, records: list[Record]) -> None:
        from ropa_ui.views.deleting import deleted_words

        self._say(deleted_words(self.session, records), True)

    # The window itself

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.navigation.set_narrow(self.width() < px(NARROW))
        self.toolbar.set_narrow(self.width() < px(LEAST))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        woken = event.type() == QEvent.Type.ActivationChange and self.isActiveWindow()
        if woken and self.attached:
            self.session.later(self.session.poll)

    def closeEvent(self, event: QCloseEvent) -> None:
        settings.keep("geometry", self.saveGeometry())
        if self.attached and self.session.is_open and self.session.writes_beside:
            from ropa_ui.views.waiting import close_when_written

            event.ignore()
            close_when_written(self)
            return
        self.closed = True
        if self.attached and self.session.is_open:
            self.flush()
            self.drafts.leave()
            settings.keep("page", self._page)
            pages.remember(self)
            self.checks.stop()
            pages.stop(self)
            self.session.close()
        super().closeEvent(event)
