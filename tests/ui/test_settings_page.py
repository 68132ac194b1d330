"""Settings take effect at once; about tells versions to copy."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ropa_app.register import backup
from ropa_app.register.store import Register
from ropa_ui import files, settings, text_size, theme
from ropa_ui.models.session import Session
from ropa_ui.views.about import AboutDialog
from ropa_ui.views.settings import SettingsPage
from ropa_ui.widgets.labels import Label


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot, register_path: Path) -> Iterator[SettingsPage]:
    theme.apply(qapp)
    theme.set_theme("light")
    text_size.wear()
    holder = QWidget()
    qtbot.addWidget(holder)
    session = Session.open(register_path, holder)
    yield SettingsPage(session, holder)
    session.close()
    theme.set_theme("light")
    text_size.choose(100)


def test_language_is_asked_of_the_application(page: SettingsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.language_asked) as told:
        page.language.chosen.emit("nb")
    assert told.args == ["nb"]


def test_there_is_always_a_language(page: SettingsPage, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(page.language_asked):
        page.language.chosen.emit("")
    assert page.language.value() == "en"


def test_theme_is_worn_and_remembered(page: SettingsPage) -> None:
    page.theme.chosen.emit("contrast-dark")
    assert theme.theme_name() == "contrast-dark"
    assert settings.text("theme") == "contrast-dark"


def test_text_size_grows_and_the_window_is_made_anew(page: SettingsPage, qtbot: QtBot) -> None:
    before = theme.font("body").pixelSize()
    with qtbot.waitSignal(page.language_asked):
        page.sizes.chosen.emit("200")
    assert theme.font("body").pixelSize() == 2 * before
    assert text_size.chosen() == 200


def test_settings_of_the_register_are_steps_that_can_be_undone(page: SettingsPage) -> None:
    page.days.setText("90")
    page.flush()
    assert page._session.view.expiring_days == 90
    page.exports.set_key("nb")
    page.exports.chosen.emit("nb")
    assert page._session.view.setting("language", "") == "nb"
    page._session.undo()
    assert page.exports.key() == "en"
    assert page.days.text() == "90"


@pytest.mark.parametrize("typed", ["", "many", "-3", "999999"])
def test_days_that_cannot_be_are_not_taken(page: SettingsPage, typed: str) -> None:
    known = page._session.view.expiring_days
    page.days.setText(typed)
    page.flush()
    assert page._session.view.expiring_days == known
    assert page.days.text() == str(known)


def test_nothing_is_written_where_nothing_changed(page: SettingsPage) -> None:
    before = page._session.register.head()
    page.flush()
    assert page._session.register.head() == before


def test_the_past_is_read_only(page: SettingsPage) -> None:
    page._session.show_past("2026-02-01")
    assert not page.days.isEnabled()
    assert page.days.toolTip()
    page._session.show_past(None)
    assert page.days.isEnabled()


def test_the_record_of_settings_opens(page: SettingsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.record_asked) as told:
        qtbot.mouseClick(page.more, Qt.MouseButton.LeftButton)
    assert told.args == [page._session.view.settings.id]


def test_the_newest_backup_is_told(page: SettingsPage, qtbot: QtBot, register_path: Path) -> None:
    with Register.open(register_path) as register:
        made = backup.make_of(register)
    again = SettingsPage(page._session, page.parentWidget())
    assert again._newest.text() != page._newest.text()
    assert str(made.parent.name) in again._place.text()


def test_the_newest_backup_is_told_by_the_clock_of_the_register(page: SettingsPage) -> None:
    with Register.open(page._session.path) as register:
        made = backup.make_of(register)
    os.utime(made, (1_780_000_000, 1_780_000_000))  # 2026-05-28 20:26:40 in UTC
    record = page._session.view.settings
    assert record is not None
    for zone, told in (("Asia/Tokyo", "29 May 2026, 05:26"), ("UTC", "28 May 2026, 20:26")):
        page._session.set_value(record.id, "time_zone", record["time_zone"], zone)
        record = page._session.view.settings
        assert record is not None
        assert page._newest.text() == told


@pytest.mark.parametrize("width", [620, 1010, 1400])
def test_the_paragraph_on_confidentiality_is_whole(
    page: SettingsPage, qtbot: QtBot, width: int
) -> None:
    page.resize(width, 400)
    page.parentWidget().show()
    page.show()
    QApplication.processEvents()
    words = next(each for each in page.findChildren(Label) if "ordinary file" in each.text())
    assert words.height() >= words.heightForWidth(words.width())


def test_a_folder_under_home_is_told_from_home_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: Path("/home/kari"))
    assert files.short(Path("/home/kari/Documents/x")) == str(Path("~/Documents/x"))
    assert files.short(Path("/srv/registers")) == str(Path("/srv/registers"))


def test_about_copies_versions(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp)
    dialog = AboutDialog()
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.copy.click()
    text = QApplication.clipboard().text()
    for name in ("Version", "Python", "Qt", "SQLite", "Law data"):
        assert f"{name}: " in text
