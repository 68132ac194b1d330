"""The route at the head of a transfer's form: it leads to whom it names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from ropa_ui.forms.route import StageBox, TransferPanel
from ropa_ui.models.session import Session


@pytest.fixture
def panel(
    dressed: QApplication, qtbot: QtBot, register_file: Callable[[str], Path]
) -> Iterator[TransferPanel]:
    session = Session.open(register_file("nordlys"))
    made = TransferPanel(session, None)
    qtbot.addWidget(made)
    made.resize(800, 400)
    made.show()
    yield made
    session.close()


def boxes(panel: TransferPanel, ref: str) -> list[StageBox]:
    record = panel._session.view.by_ref(ref)
    assert record is not None
    panel.show_record(record)
    QApplication.processEvents()
    return [b for b in panel.findChildren(StageBox) if not b.isHidden()]


def test_enter_on_a_stage_opens_its_record(panel: TransferPanel, qtbot: QtBot) -> None:
    view = panel._session.view
    transfer = view.by_ref("T-001")
    exporter, importer, _activities = boxes(panel, "T-001")
    for box, key in ((exporter, "exporter"), (importer, "importer")):
        with qtbot.waitSignal(panel.record_asked) as told:
            qtbot.keyClick(box, Qt.Key.Key_Return)
        assert told.args == [transfer.text(key)]


def test_of_several_activities_a_menu_asks_which(panel: TransferPanel, qtbot: QtBot) -> None:
    view = panel._session.view
    several = next(t for t in view.of("transfer") if len(view.linked(t, "activities")) > 1)
    box = boxes(panel, several.ref)[2]
    box.click()
    [menu] = [m for m in panel.findChildren(QMenu) if m.isVisible()]
    entries = menu.actions()
    assert len(entries) == len(view.linked(several, "activities"))
    with qtbot.waitSignal(panel.record_asked) as told:
        entries[0].trigger()
    assert told.args == [view.linked(several, "activities")[0].id]
    menu.close()


def test_readers_hear_the_route(panel: TransferPanel) -> None:
    boxes(panel, "T-001")
    assert "Example Mail Delivery Inc." in panel.accessibleDescription()
