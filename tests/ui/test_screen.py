"""Windows on small screens and with large letters: nothing that must be pressed is out of reach."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QScreen
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from ropa_app.i18n import LANGUAGES, set_language
from ropa_ui import text_size, theme
from ropa_ui.kinds import NAVIGATION
from ropa_ui.main_window import MainWindow
from ropa_ui.screen import fit
from ropa_ui.views.new_register import NewRegisterDialog
from ropa_ui.views.welcome import WelcomeWindow
from ropa_ui.widgets.navigation import WIDEST

SMALL = QRect(0, 0, 1280, 690)  # a laptop of 1280 × 720 with a panel, or of 1920 × 1080 at 150 %


@pytest.fixture
def small_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _screen: SMALL)


def buttons_in_sight(window: QWidget) -> bool:
    shown = [b for b in window.findChildren(QAbstractButton) if b.isVisibleTo(window) and b.text()]
    corners = [b.mapTo(window, b.rect().bottomRight()) for b in shown]
    return bool(shown) and all(window.rect().contains(corner) for corner in corners)


@pytest.mark.parametrize("make", [NewRegisterDialog, WelcomeWindow])
def test_a_window_fits_a_small_screen_with_all_its_buttons(
    make: Callable[[], QWidget], qtbot: QtBot, dressed: QApplication, small_screen: None,
    tmp_path: Path,
) -> None:  # fmt: skip
    window = make()
    qtbot.addWidget(window)
    window.show()
    QApplication.processEvents()
    assert window.width() < SMALL.width()
    assert window.height() < SMALL.height()
    assert window.minimumSizeHint().width() <= SMALL.width()
    if isinstance(window, NewRegisterDialog):
        assert buttons_in_sight(window)


def test_the_main_window_fits_a_small_screen(
    window: Callable[..., MainWindow], small_screen: None
) -> None:
    made = MainWindow()
    assert made.width() < SMALL.width()
    assert made.height() < SMALL.height()
    made.deleteLater()


def test_a_large_screen_gives_the_size_wanted(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _screen: QRect(0, 0, 2560, 1440))
    widget = QWidget()
    qtbot.addWidget(widget)
    fit(widget, QSize(1120, 760), QSize(880, 560))
    assert widget.size() == QSize(1120, 760)


@pytest.mark.parametrize("theme_name", ["light", "contrast-light"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_navigation_shows_the_page_it_is_on_whole(
    window: Callable[..., MainWindow], monkeypatch: pytest.MonkeyPatch, language: str,
    theme_name: str,
) -> None:  # fmt: skip
    set_language(language)
    theme.set_theme(theme_name)
    navigation = window().navigation
    keys = [key for group in NAVIGATION for key, _icon, _label in group]
    navigation.model.set_counts(dict.fromkeys(keys, 999), {})
    cut: set[str] = set()
    shorten = QFontMetrics.elidedText

    def noted(self: QFontMetrics, text: str, *rest: object) -> str:
        shown = shorten(self, text, *rest)  # type: ignore[call-overload]
        if shown != text:
            cut.add(text)
        return str(shown)

    monkeypatch.setattr(QFontMetrics, "elidedText", noted)
    for key in keys:
        navigation.show_page(key)
        navigation.pages.grab()
    assert not cut
    assert navigation.width() <= WIDEST


@pytest.mark.parametrize("percent", [100, 125, 150, 200])
def test_the_narrow_navigation_shows_whole_icons(
    window: Callable[..., MainWindow], percent: int
) -> None:
    text_size.choose(percent)
    opened = window()
    navigation = opened.navigation
    navigation.set_narrow(True)
    QApplication.processEvents()
    pages = navigation.pages
    assert not pages.horizontalScrollBar().isVisible()
    assert not pages.verticalScrollBar().isVisible()
    row = pages.visualRect(pages.model().index(0, 0))
    assert row.width() >= row.height()
    assert pages.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def marks(navigation: QWidget) -> dict[str, bool]:
    """The marks of more pages, by what they say, and whether they are seen."""
    found = navigation.findChildren(QAbstractButton)
    said = ("More pages above", "More pages below")
    return {b.accessibleName(): b.isVisible() for b in found if b.accessibleName() in said}


@pytest.mark.parametrize("size", [(900, 600), (1280, 720)])
def test_narrow_navigation_says_where_more_pages_are_and_shows_the_one_it_is_on(
    window: Callable[..., MainWindow], size: tuple[int, int]
) -> None:
    text_size.choose(200)
    opened = window("nordlys", "overview")
    opened.resize(*size)
    navigation = opened.navigation
    for key, above, below in (
        ("overview", False, True), ("assessment", True, True), ("checks", True, False),
    ):  # fmt: skip
        opened.open_page(key)
        opened.resize(1440, 900)
        opened.resize(*size)
        QApplication.processEvents()
        pages = navigation.pages
        assert pages.viewport().rect().contains(pages.visualRect(pages.currentIndex()))
        assert marks(navigation) == {"More pages above": above, "More pages below": below}


def test_the_marks_of_more_pages_show_them_when_pressed(
    window: Callable[..., MainWindow],
) -> None:
    text_size.choose(200)
    opened = window("nordlys", "overview")
    opened.resize(900, 600)
    QApplication.processEvents()
    for said, pressed in (("More pages below", True), ("More pages above", False)):
        each = next(b for b in opened.findChildren(QAbstractButton)
                    if b.accessibleName() == said)  # fmt: skip
        while each.isVisible():
            each.click()
        assert marks(opened.navigation)[said] is False
        assert (opened.navigation.pages.verticalScrollBar().value() > 0) == pressed


def test_where_all_pages_are_in_sight_no_mark_is(window: Callable[..., MainWindow]) -> None:
    opened = window("nordlys", "overview")
    for width in (1000, 1440):
        opened.resize(width, 900)
        QApplication.processEvents()
        assert not any(marks(opened.navigation).values())
