"""Going about in the window with the keyboard: to a pane, a finding, the search."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from ropa_ui.main_window import MainWindow


class Searchable(Protocol):
    """A page with a search field of its own."""

    def focus_search(self) -> None:
        """Go to the search field, what stands in it marked."""


def work(window: MainWindow) -> dict[str, Callable[[], None]]:
    """What commands do that lead to another place on the page shown."""
    return {
        "find": partial(_find, window),
        "next_finding": partial(_finding, window, False),
        "previous_finding": partial(_finding, window, True),
        "next_pane": partial(_pane, window, 1),
        "previous_pane": partial(_pane, window, -1),
    }


def _find(window: MainWindow) -> None:
    shown = window.stack.currentWidget()
    if shown is not None and hasattr(shown, "focus_search"):
        cast(Searchable, shown).focus_search()
    else:
        window.show_palette()


def _finding(window: MainWindow, backwards: bool) -> None:
    page = window.records_page()
    if page is not None:
        page.show_form()
        page.form.next_finding(backwards)


def _pane(window: MainWindow, step: int) -> None:
    """Go to the next pane: navigation, list, form."""
    page = window.records_page()
    panes: list[QWidget] = [window.navigation.pages]
    shown = window.stack.currentWidget()
    panes += [page.pane.rows(), page.form] if page else [shown] if shown else []
    focus = QApplication.focusWidget()
    at = next((n for n, p in enumerate(panes) if p.hasFocus() or _inside(focus, p)), 0)
    target = panes[(at + step) % len(panes)]
    if page is not None and target is page.form:
        page.enter_form()
    else:
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _inside(widget: QWidget | None, outer: QWidget) -> bool:
    return widget is not None and outer.isAncestorOf(widget)
