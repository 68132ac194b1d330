"""Half-typed texts of several windows on one register: each keeps its own, none loses another's."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from ropa_app.paths import state_folder
from ropa_ui.main_window import MainWindow
from ropa_ui.models.draft_files import Draft, DraftFile
from ropa_ui.models.drafts import Drafts
from ropa_ui.models.session import Session
from ropa_ui.views import pages
from ropa_ui.views.drafts import DraftsDialog

# A window of another process: it keeps a text and says so, then waits to be killed.
OTHER_WINDOW = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QObject
from ropa_ui.models.drafts import Drafts
owner = QObject()
drafts = Drafts(Path(sys.argv[1]), owner)
drafts.gather()
drafts.note("a-record", "name", sys.argv[2], "before")
drafts.write()
print(len(drafts.offered()), flush=True)
time.sleep(600)
"""


@contextmanager
def other_window(register: Path, text: str) -> Iterator[int]:
    """Runs until the end of the block and is killed there; how many texts it was offered."""
    with subprocess.Popen(
        [sys.executable, "-P", "-c", OTHER_WINDOW, str(register), text],
        stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        try:
            assert process.stdout
            yield int(process.stdout.readline())
        finally:
            process.kill()


@pytest.fixture
def opened(qapp: QObject, tmp_path: Path) -> Iterator[Callable[[], Drafts]]:
    """Opens one window after another on a register: what each is offered it knows at once."""
    owner, made = QObject(), list[Drafts]()

    def open_one() -> Drafts:
        drafts = Drafts(tmp_path / "register.ropa", owner)
        drafts.gather()
        made.append(drafts)
        return drafts

    yield open_one
    for each in made:
        each.leave()


def words(drafts: list[Draft]) -> list[str]:
    return [draft.text for draft in drafts]


def left_on_disk() -> list[Path]:
    return list((state_folder() / "drafts").iterdir())


def test_a_window_that_is_killed_loses_nothing_to_one_that_saved_meanwhile(
    opened: Callable[[], Drafts], tmp_path: Path
) -> None:
    with other_window(tmp_path / "register.ropa", "Theirs"):
        mine = opened()
        assert mine.offered() == []  # the other one still runs
        mine.note("a-record", "name", "Mine", "before")
        mine.write()
        mine.note("a-record", "name", "", "")
        assert mine.all() == []
    assert words(opened().offered()) == ["Theirs"]


def test_the_texts_of_all_windows_gone_are_offered(
    opened: Callable[[], Drafts], tmp_path: Path
) -> None:
    with other_window(tmp_path / "register.ropa", "One") as first:
        with other_window(tmp_path / "register.ropa", "Two") as second:
            assert (first, second) == (0, 0)
        after = opened()
        assert words(after.offered()) == ["Two"]
    after.leave()
    again = opened()
    assert sorted(words(again.offered())) == ["One", "Two"]
    assert opened().offered() == []  # offered by one window only, as long as it is open


def test_what_was_taken_over_outlives_another_kill(
    opened: Callable[[], Drafts], tmp_path: Path
) -> None:
    with other_window(tmp_path / "register.ropa", "One"):
        pass
    with other_window(tmp_path / "register.ropa", "Two") as offered:
        assert offered == 1
    assert sorted(words(opened().offered())) == ["One", "Two"]


def test_typing_in_a_field_leaves_the_text_offered_for_it(opened: Callable[[], Drafts]) -> None:
    before = opened()
    before.note("a-record", "name", "Before", "")
    before.leave()
    now = opened()
    now.note("a-record", "name", "Now", "")
    now.note("a-record", "name", "", "")
    now.leave()
    assert words(opened().offered()) == ["Before"]


def test_nothing_stays_once_all_is_settled(opened: Callable[[], Drafts]) -> None:
    before = opened()
    before.note("a-record", "name", "Before", "")
    before.leave()
    now = opened()
    now.settle(now.offered()[0])
    now.leave()
    assert left_on_disk() == []


def test_drafts_of_an_earlier_version_are_offered(
    opened: Callable[[], Drafts], tmp_path: Path
) -> None:
    name = DraftFile(tmp_path / "register.ropa").path.name.partition("-")[0]
    old = state_folder() / "drafts" / f"{name}.json"
    old.parent.mkdir(parents=True)
    old.write_text(json.dumps([asdict(Draft("a-record", "name", "Earlier", "before"))]), "utf-8")
    assert words(opened().offered()) == ["Earlier"]
    assert not old.exists()


def test_what_this_version_cannot_read_is_left_alone(
    opened: Callable[[], Drafts], tmp_path: Path
) -> None:
    later = DraftFile(tmp_path / "register.ropa").path
    later.parent.mkdir(parents=True)
    later.write_text('[{"of": "a later version"}]', "utf-8")
    assert opened().offered() == []
    assert later.exists()


def test_a_window_offers_nothing_while_the_other_one_is_open(
    window: Callable[..., MainWindow],
) -> None:
    first = window()
    record = first.session.register.get("A-001")
    first.drafts.note(record.id, "department", "Half a tho", "")
    first.drafts.write()
    second = MainWindow(Session.open(first.session.path))
    pages.offer_drafts(second)
    assert second.findChildren(DraftsDialog) == []
    first.close()
    pages.offer_drafts(second)
    (dialog,) = second.findChildren(DraftsDialog)
    assert words([row.draft for row in dialog.rows]) == ["Half a tho"]
    dialog.rows[0].put_back.click()
    assert second.session.register.get("A-001")["department"] == "Half a tho"
    second.close()
    assert left_on_disk() == []
