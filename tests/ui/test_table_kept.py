"""What is typed in a cell of the table is kept, however the window ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ropa_app.model.state import NotApplicable
from ropa_app.register.store import Register
from ropa_ui.main_window import MainWindow
from ropa_ui.models.draft_files import Draft, DraftFile
from ropa_ui.models.drafts import Drafts
from ropa_ui.views.drafts import DraftsDialog
from ropa_ui.views.records import RecordsPage
from ropa_ui.views.table import TablePane, toggle_table
from ropa_ui.widgets.labels import Label

Windows = Callable[..., MainWindow]
KEY = Qt.Key


def typed(window: MainWindow, row: int, key: str, text: str) -> TablePane:
    """Half typed in a cell: the editor is open and holds the text; row -1 is the one after all."""
    page = window.records_page()
    assert isinstance(page, RecordsPage)
    window.activateWindow()
    toggle_table(page, window)
    QApplication.processEvents()
    pane = page.table
    assert pane is not None
    pane.set_columns(["name", "ref", "owner", "department", "purposes"])
    place = row if row >= 0 else pane.model.count()
    pane.table.go_to(place, pane.model.columns.index(key))
    press(KEY.Key_F2)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)
    return pane


def press(key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)
    QApplication.processEvents()


def on_disk(path: Path) -> list[Draft]:
    """What a window of that register would offer if this one were gone."""
    own = DraftFile(path).path
    every = own.parent.glob(f"{own.name.partition('-')[0]}*.json")
    return [Draft(**item) for file in every for item in json.loads(file.read_text("utf-8"))]


def stored(path: Path, ref: str, key: str) -> object:
    with Register.open(path) as register:
        return register.get(ref)[key]


@pytest.mark.parametrize("key", ["name", "department"])
def test_closing_saves_the_cell_as_it_saves_a_field(window: Windows, key: str) -> None:
    shown = window()
    path = shown.session.path
    typed(shown, 0, key, "Typed last")
    shown.close()
    QApplication.processEvents()
    assert stored(path, "A-001", key) == "Typed last"
    assert on_disk(path) == []


def test_closing_saves_a_record_begun_in_the_last_row(window: Windows) -> None:
    shown = window()
    path = shown.session.path
    typed(shown, -1, "name", "Returns")
    shown.close()
    assert stored(path, "A-010", "name") == "Returns"
    assert on_disk(path) == []


def test_closing_while_the_file_is_in_use_keeps_the_cell_for_the_next_time(
    window: Windows, in_use: Callable[[Path], AbstractContextManager[None]]
) -> None:
    shown = window()
    path, record = shown.session.path, shown.session.register.get("A-001")
    typed(shown, 0, "name", "Typed last")
    with in_use(path):
        shown.close()
        QApplication.processEvents()
    assert [(draft.record, draft.field, draft.text) for draft in on_disk(path)] == [
        (record.id, "name", "Typed last"),
    ]  # fmt: skip


def test_another_page_saves_the_cell(window: Windows) -> None:
    shown = window()
    typed(shown, 0, "name", "Typed last")
    shown.open_page("overview")
    assert stored(shown.session.path, "A-001", "name") == "Typed last"


def test_half_typed_it_is_a_draft_until_it_is_saved_or_given_up(window: Windows) -> None:
    shown = window()
    path, record = shown.session.path, shown.session.register.get("A-001")
    pane = typed(shown, 0, "name", "Half a na")
    shown.drafts.write()  # as it does by itself every second
    assert on_disk(path) == [Draft(record.id, "name", "Half a na", str(record["name"]))]
    press(KEY.Key_Escape)
    assert on_disk(path) == []
    pane.edit(pane.table.currentIndex(), "H")
    shown.drafts.write()
    assert [draft.text for draft in on_disk(path)] == ["H"]
    press(KEY.Key_Return)
    assert on_disk(path) == []
    assert stored(path, "A-001", "name") == "H"


def test_what_is_typed_into_an_answer_is_a_draft_too(window: Windows) -> None:
    shown = window()
    record = shown.session.register.get("A-001")
    shown.session.set_value(record.id, "owner", record["owner"], NotApplicable("Nobody"))
    typed(shown, 0, "owner", " yet")
    assert [(draft.field, draft.seen) for draft in shown.drafts.all()] == [
        ("owner", "Not applicable: Nobody"),
    ]  # fmt: skip
    press(KEY.Key_Return)
    assert shown.drafts.all() == []


def offered(window: MainWindow) -> DraftsDialog:
    window.drafts.leave()
    drafts = Drafts(window.session.path, window)
    drafts.gather()
    dialog = DraftsDialog(window.session, drafts, window)
    dialog.open()
    QApplication.processEvents()
    return dialog


def said(dialog: DraftsDialog) -> str:
    return "\n".join(label.text() for label in dialog.rows[0].findChildren(Label))


def test_after_a_kill_it_is_offered_with_record_and_field(window: Windows) -> None:
    shown = window()
    typed(shown, 0, "department", "Half")
    shown.drafts.write()
    dialog = offered(shown)
    assert said(dialog).startswith("A-001 ")
    assert "·  Department" in said(dialog)
    assert "meanwhile" not in said(dialog)
    dialog.rows[0].put_back.click()
    assert stored(shown.session.path, "A-001", "department") == "Half"


@pytest.mark.parametrize(("key", "text"), [("name", "Returns"), ("department", "Shop")])
def test_after_a_kill_a_record_only_begun_is_offered_and_made(
    window: Windows, key: str, text: str
) -> None:
    shown = window()
    count = shown.session.counts()["activity"]
    typed(shown, -1, key, text)
    shown.drafts.write()
    dialog = offered(shown)
    label = shown.session.words.label(shown.session.register.get("A-001").kind.field(key))
    assert said(dialog).startswith(f"New activity  ·  {label}")
    press_on = dialog.rows[0].put_back
    assert press_on.isEnabled()
    press_on.click()
    assert shown.session.counts()["activity"] == count + 1
    made = shown.session.view.of("activity")[-1]
    assert made[key] == text
    assert made["name"] == (text if key == "name" else "New activity")


def test_a_record_that_cannot_be_made_stays_as_a_draft(
    window: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = window()
    typed(shown, -1, "name", "Returns")
    monkeypatch.setattr(shown.session, "create", lambda *_what: None)
    press(KEY.Key_Return)
    assert [(draft.kind, draft.text) for draft in shown.drafts.all()] == [("activity", "Returns")]
