"""The welcome page: what it offers, and that the keyboard reaches all of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from ropa_app.i18n import current_language, set_language
from ropa_app.register.store import Register
from ropa_ui import settings, theme
from ropa_ui.views.new_register import NewRegisterDialog
from ropa_ui.views.welcome import WelcomeWindow

KEY = Qt.Key


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp)
    theme.set_theme("light")
    yield
    theme.set_theme("light")
    set_language("en")


@pytest.fixture
def page(qtbot: QtBot, register_path: Path) -> WelcomeWindow:
    settings.remember(register_path)
    made = WelcomeWindow()
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is made.columns[0][0])
    return made


def press(qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def focused() -> str:
    return QApplication.focusWidget().accessibleName()


def test_it_starts_on_new_register(page: WelcomeWindow) -> None:
    assert focused() == "New register"


def test_arrows_reach_everything(page: WelcomeWindow, qtbot: QtBot) -> None:
    press(qtbot, KEY.Key_Down)
    assert focused() == "Open a register"
    press(qtbot, KEY.Key_Up, KEY.Key_Right)
    assert focused() == "register.ropa"
    press(qtbot, KEY.Key_Down)
    assert focused() == "SmartGroup AS"
    press(qtbot, KEY.Key_Down, KEY.Key_Down)
    assert focused() == "Norsk bokmål"
    press(qtbot, KEY.Key_Right, KEY.Key_Right)
    assert focused() == "Theme: Light"
    press(qtbot, KEY.Key_Up)
    assert focused() == "Restore a backup"


def test_enter_opens_a_recent_register(
    page: WelcomeWindow, qtbot: QtBot, register_path: Path
) -> None:
    press(qtbot, KEY.Key_Right)
    with qtbot.waitSignal(page.register_asked) as told:
        press(qtbot, KEY.Key_Return)
    assert Path(told.args[0]) == register_path


def test_opening_asks_for_a_file(page: WelcomeWindow, qtbot: QtBot) -> None:
    press(qtbot, KEY.Key_Down)
    with qtbot.waitSignal(page.register_asked) as told:
        press(qtbot, KEY.Key_Return)
    assert told.args == ["?"]


def test_a_sample_is_made_where_the_user_says(
    page: WelcomeWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed = []

    def answer(_parent: object, _title: str, place: str, *_more: object, **_options: object):
        proposed.append(Path(place).name)
        return str(tmp_path / "mine.ropa"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    with qtbot.waitSignal(page.register_asked, timeout=20_000) as told:
        page.columns[1][1].click()
    assert Path(told.args[0]) == tmp_path / "mine.ropa"
    assert proposed == ["smartgroup.ropa"]
    with Register.open(tmp_path / "mine.ropa") as register:
        assert register.find("A-001") is not None
    qtbot.waitUntil(lambda: page._job is None)


def test_what_went_wrong_is_said_on_the_page(
    page: WelcomeWindow, qtbot: QtBot, register_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = register_path.read_bytes()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(register_path), ""))
    page.ask_sample("smartgroup")
    qtbot.waitUntil(lambda: page._job is None, timeout=20_000)
    assert page._notice.count() == 1
    assert register_path.read_bytes() == before


def test_a_backup_comes_back_as_a_new_file(
    page: WelcomeWindow, qtbot: QtBot, register_path: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    out = tmp_path / "back.ropa"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(register_path), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(out), ""))
    with qtbot.waitSignal(page.register_asked, timeout=20_000):
        page.ask_restore()
    assert out.is_file()
    qtbot.waitUntil(lambda: page._job is None)


def test_new_register_opens_the_questions(page: WelcomeWindow, qtbot: QtBot) -> None:
    press(qtbot, KEY.Key_Return)
    (dialog,) = page.findChildren(NewRegisterDialog)
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()


def test_another_language_is_spoken_at_once(page: WelcomeWindow, qtbot: QtBot) -> None:
    page.foot.languages["nb"].click()
    assert current_language() == "nb"
    assert settings.text("language") == "nb"
    assert page.columns[0][0].text() == "Ny protokoll"


def test_another_theme_is_worn_at_once(page: WelcomeWindow) -> None:
    page.foot.theme_asked.emit("dark")
    assert theme.theme_name() == "dark"
    assert settings.text("theme") == "dark"
    assert page.foot.themes.text() == "Dark"


def test_closing_is_told(page: WelcomeWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.closed):
        page.close()
