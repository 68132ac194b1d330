"""The overview: what needs somebody today, how the register stands, where the data go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from sqlite3 import OperationalError
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from ropa_app.errors import UserError
from ropa_app.i18n import _, current_language
from ropa_app.model.dates import long_date_words
from ropa_app.rules.regimes import DOES_NOT_APPLY, REGIMES
from ropa_ui.models.checks import Row
from ropa_ui.models.session import Session
from ropa_ui.theme import px, theme
from ropa_ui.views import overview_map
from ropa_ui.views.overview_changes import this_week, weekday
from ropa_ui.views.overview_needs import BETWEEN, as_rows, needs
from ropa_ui.views.overview_page import Page, clear, note
from ropa_ui.views.overview_parts import ActionRow, ChangeRow
from ropa_ui.views.overview_state import blocks
from ropa_ui.widgets.empty import EmptyState

_AGAIN = 1000  # milliseconds until a register that could not be read is read again
_MEASURE = 1000  # px by which a change of the text size is told
_KINDS = ("activity", "party", "agreement", "transfer", "request")


class OverviewPage(QScrollArea):
    """The first page. `show_figures` fills it; until then quiet bars stand in the places.

    `record_asked` tells a record and the path of a field in it, `list_asked` a kind of record,
    ids and a title, `page_asked` the key of a page.
    """

    record_asked = Signal(str, str)
    list_asked = Signal(str, list, str)
    page_asked = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: tuple[Any, ...] = ()
        self._stale = True
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN)
        self._again.timeout.connect(self._fill_again)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Overview"))
        self._build()
        session.changed.connect(self._after_change)
        session.reset.connect(self._after_reset)
        theme.changed.connect(self._after_theme)

    # Building

    def _build(self) -> None:
        """Make the page anew, in the language of the window and without figures."""
        self._stack = QStackedWidget()
        self._page = Page(self)
        self._stack.addWidget(self._page)
        self._empty = EmptyState(
            _("Nothing is recorded yet"),
            _("Begin with one activity: what you do with personal data, about whom and why."),
            _("Go to activities"),
        )
        self._empty.primary.connect(self._to_activities)
        self._stack.addWidget(self._empty)
        self.setWidget(self._stack)
        self._page.needs_head.linked.connect(self._to_checks)
        self._page.map_head.linked.connect(self._to_transfers)
        self._page.changes_head.linked.connect(self._to_history)
        self._page.map.activated.connect(self._ask_country)
        self._page.map.legend_pressed.connect(self._ask_state)
        self._page.map.failed.connect(self._session.failed)
        self._page.map.saved.connect(self._session.wrote)
        self._page.map.map.folder = self._session.path.parent
        self._destinations: Sequence[Mapping[str, Any]] = ()
        self._shown = ()
        self._stale = True
        self._scale = px(_MEASURE)
        if self.isVisible():  # else it is arranged when it is given a size
            self._page.arrange(self.viewport().width())

    def _choose_side(self) -> None:
        counts = self._session.counts()
        is_empty = not any(counts[kind] for kind in _KINDS)
        self._stack.setCurrentWidget(self._empty if is_empty else self._page)

    # Filling

    def show_figures(self, figures: Mapping[str, Any], findings: Sequence[Any]) -> None:
        """Show the figures of `overview` and the findings, as rows or lists of seven texts."""
        shown = (dict(figures), as_rows(findings))
        if shown == self._shown:
            return
        self._shown = shown
        self._stale = True
        if self.isVisible():
            self._fill()

    def _fill(self) -> None:
        """Make anew what hangs on figures and log; once more soon where they cannot be read."""
        try:
            self._fill_all()
        except (UserError, OperationalError):
            self._again.start()  # another program has the file; the grey bars stay until then
        else:
            self._stale = False

    def _fill_again(self) -> None:
        if self._stale and self._session.is_open and self.isVisible():
            self._fill()

    def _fill_all(self) -> None:
        self._page.subtitle.setText(subtitle(self._session))
        self._choose_side()
        if not self._shown:
            self._show_changes()
            return
        figures, rows = self._shown
        focused = self._focused_name()
        self._show_needs(figures, rows)
        self._page.show_state(blocks(self._session, figures, self.list_asked.emit))
        self._show_map(figures)
        self._show_changes()
        self._give_focus(focused)

    def _show_needs(self, figures: Mapping[str, Any], rows: Sequence[Row]) -> None:
        found, pressing = needs(self._session, figures, rows)
        self._page.needs_head.set_count(pressing)
        clear(self._page.needs)
        for need in found:
            row = ActionRow(need)
            row.asked.connect(self.record_asked)
            self._page.needs.addWidget(row)
        if not found:
            self._page.needs.addWidget(note(_("Nothing needs you today.")))

    def _show_map(self, figures: Mapping[str, Any]) -> None:
        home, self._destinations = figures["home"], figures["destinations"]
        entries = overview_map.legend(home, self._destinations)
        self._page.map.show_map(
            overview_map.marked(home, self._destinations),
            overview_map.words(home, self._destinations),
            entries,
        )
        self._page.no_transfers.setVisible(not self._destinations)

    def _show_changes(self) -> None:
        changes, count = this_week(self._session)
        self._page.changes_head.set_count(count)
        clear(self._page.changes)
        for change in changes:
            row = ChangeRow(change)
            row.clicked.connect(self._open_change)
            self._page.changes.addWidget(row)
        if not changes:
            self._page.changes.addWidget(note(_("Nothing was changed in the last seven days.")))

    def _focused_name(self) -> str:
        """What has the keyboard on this page, by what readers call it."""
        focused: QWidget | None = self.focusWidget()  # None until something had it
        inside = focused is not None and self.isAncestorOf(focused)
        return focused.accessibleName() if focused is not None and inside else ""

    def _give_focus(self, name: str) -> None:
        """Give the keyboard back to what bears the name, after its widget was made anew."""
        if not name or not self.isActiveWindow():
            return
        found = (w for w in self.findChildren(QWidget) if w.accessibleName() == name)
        widget = next((w for w in found if w.focusPolicy() != Qt.FocusPolicy.NoFocus), None)
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    # Hearing

    def _after_change(self, _ids: set[str]) -> None:
        if not self.isVisible():
            self._stale = True
            return
        self._choose_side()
        self._show_changes()

    def _after_reset(self) -> None:
        self._build()
        if self.isVisible():
            self._fill()

    def _after_theme(self) -> None:
        """Colours change by themselves; with the size of texts everything finds a new place."""
        if px(_MEASURE) != self._scale:
            shown = self._shown
            self._build()
            self._shown = shown
            if self.isVisible():
                self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._page.arrange(event.size().width())

    # Asking

    def _to_checks(self) -> None:
        self.page_asked.emit("checks")

    def _to_transfers(self) -> None:
        self.page_asked.emit("transfer")

    def _to_history(self) -> None:
        self.page_asked.emit("history")

    def _to_activities(self) -> None:
        self.page_asked.emit("activity")

    def _open_change(self) -> None:
        row = self.sender()
        if isinstance(row, ChangeRow) and row.record:
            self.record_asked.emit(row.record, "")
        else:
            self.page_asked.emit("history")

    def _ask_country(self, code: str) -> None:
        ids = overview_map.transfers_by_country(self._destinations).get(code, [])
        if ids:
            said = overview_map.words((), self._destinations).get(code, code)
            self.list_asked.emit("transfer", list(dict.fromkeys(ids)), said)

    def _ask_state(self, key: str) -> None:
        ids = overview_map.transfers_by_state(self._destinations).get(key, [])
        entries = overview_map.legend((), self._destinations)
        title = next((f"{e.word}: {e.all_countries}" for e in entries if e.key == key), "")
        if ids:
            self.list_asked.emit("transfer", list(dict.fromkeys(ids)), title)
        else:
            self.page_asked.emit("organisation")


def subtitle(session: Session) -> str:
    """The day, our organisations and the law that applies to them."""
    day = session.view.day
    words = f"{weekday(day)} {long_date_words(day, current_language())}"
    organisations = session.view.of("organisation")
    if not organisations:
        return words
    name = session.title(organisations[0])
    if len(organisations) > 1:
        name = _("{name} and {count} more").format(name=name, count=len(organisations) - 1)
    law = " · ".join(_regimes(session))
    return f"{words}{BETWEEN}{name}{', ' + law if law else ''}"


def _regimes(session: Session) -> list[str]:
    """The regimes that are recorded to apply to one of our organisations."""
    recorded = {
        line.get("regime")
        for organisation in session.view.of("organisation")
        for line in organisation.lines("regimes")
        if line.get("reason") != DOES_NOT_APPLY
    }
    return [session.words.term("regime", regime) for regime in REGIMES if regime in recorded]
