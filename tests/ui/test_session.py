"""The open register: writing, undo, hearing of other programs, the past, drafts."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ropa_app.cli.main import main as cli_main
from ropa_app.model.state import Open
from ropa_app.register.change import Edit, label
from ropa_app.register.conditions import Filter
from ropa_app.register.listing import Query
from ropa_app.register.store import Register
from ropa_app.rules import findings
from ropa_app.rules.findings import run as rules_run
from ropa_ui.models import jobs
from ropa_ui.models.checks import AT_ONCE, Checks, Row
from ropa_ui.models.drafts import Drafts
from ropa_ui.models.record_model import FACTS, FINDINGS, RecordModel
from ropa_ui.models.session import Session


def name_of(path: Path, reference: str) -> object:
    with Register.open(path) as register:
        return register.get(reference)["name"]


def test_a_value_is_in_the_file_at_once_and_undone_again(qtbot: QtBot, session: Session) -> None:
    record = session.register.get("A-001")
    old = record["name"]
    with qtbot.waitSignal(session.changed) as told:
        assert session.set_value(record.id, "name", old, "Sale")
    assert told.args == [{record.id}]
    assert name_of(session.path, "A-001") == "Sale"
    assert "A-001" in session.undo_words()
    session.undo()
    assert name_of(session.path, "A-001") == old
    assert "A-001" in session.redo_words()
    session.redo()
    assert name_of(session.path, "A-001") == "Sale"


def test_undo_and_redo_say_what_was_done_in_the_first_place(session: Session) -> None:
    record = session.register.get("A-001")
    session.set_value(record.id, "department", record["department"], "Sales")
    what, said = session.undo_words(), list[str]()
    session.said.connect(lambda text, _undoable: said.append(text))
    for _time in range(2):
        session.undo()
        assert session.redo_words() == what
        session.redo()
        assert session.undo_words() == what
    assert said == [f"Undone: {what}", f"Done again: {what}"] * 2


def test_an_edit_of_another_program_is_heard_of(qtbot: QtBot, session: Session) -> None:
    record = session.register.get("A-002")
    with qtbot.waitSignal(session.changed, timeout=2000) as told:
        assert cli_main(["set", str(session.path), "A-002", "name=From elsewhere"]) == 0
    assert told.args == [{record.id}]
    assert session.view.records[record.id]["name"] == "From elsewhere"


def test_a_clash_shows_both_values_and_writes_neither(qtbot: QtBot, session: Session) -> None:
    record = session.register.get("A-002")
    with Register.open(session.path, writable=True) as other:
        edit = Edit(record.id, "name", record["name"], "Theirs")
        other.apply([edit], label("set", ref="A-002", fields=["name"]))
    with qtbot.waitSignal(session.clashed) as told:
        assert not session.set_value(record.id, "name", record["name"], "Ours")
    assert told.args is not None
    assert (told.args[0].stored, told.args[0].wanted) == ("Theirs", "Ours")
    assert name_of(session.path, "A-002") == "Theirs"


def test_another_file_in_its_place_is_noticed(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    other = tmp_path / "other.ropa"
    other.write_bytes(session.path.read_bytes())
    with qtbot.waitSignal(session.replaced, timeout=2000):
        other.replace(session.path)


def test_what_is_intended_is_written_with_the_first_change_that_names_it(session: Session) -> None:
    activity = session.register.get("A-001")
    wanted = session.intend("party", {"name": "Example Nova Ltd"})
    other = session.intend("party", {"name": "Never linked"})
    assert session.title(session.view.records[wanted]) == "Example Nova Ltd"
    assert session.set_value(activity.id, "department", activity["department"], "Sales")
    assert session.register.by_id(wanted) is None
    head = session.register.head().operation
    line = {"id": "l-new", "party": wanted}
    before = activity["recipients"]
    assert isinstance(before, list)
    assert session.set_value(activity.id, "recipients", before, [*before, line])
    assert session.register.head().operation == head + 1
    assert session.view.records[wanted].ref.startswith("P-")
    assert session.register.by_id(other) is None
    assert session.set_value(activity.id, "recipients", [*before, line], before)
    assert session.register.by_id(wanted) is not None  # added once, and stays


def test_the_past_is_shown_and_cannot_be_changed(qtbot: QtBot, session: Session) -> None:
    record = session.register.get("A-001")
    old = record["name"]
    moment = session.register.head().at
    session.set_value(record.id, "name", old, "Sale")
    with qtbot.waitSignal(session.reset):
        assert session.show_past(moment)
    assert session.view.records[record.id]["name"] == old
    with qtbot.waitSignal(session.failed):
        assert not session.set_value(record.id, "name", old, "Never")
    assert session.undo_words() == ""
    session.show_past(None)
    assert session.view.records[record.id]["name"] == "Sale"


def test_the_past_is_read_beside_the_window(qtbot: QtBot, session: Session) -> None:
    first, last = (f"{session.present.operation(seq).at}" for seq in (2, 1))
    busy: list[bool] = []
    session.busy.connect(busy.append)
    with qtbot.waitSignal(session.reset):
        session.going_back.go(first)
        session.going_back.go(last)  # the last one counts
        assert session.as_at is None
    assert session.as_at == last
    assert busy[-1] is False
    session.going_back.go(first)
    session.going_back.go(None)
    qtbot.wait(200)
    assert session.as_at is None
    assert busy[-1] is False


def test_a_day_before_the_register_began_is_refused_in_words(
    qtbot: QtBot, session: Session
) -> None:
    with qtbot.waitSignal(session.failed) as told:
        assert not session.show_past("1999-01-01")
    assert told.args is not None
    assert "1999" in told.args[0]
    assert session.writable


def test_deleting_and_bringing_back_are_steps(session: Session) -> None:
    records = [session.register.get("A-001"), session.register.get("A-002")]
    assert session.delete(records)
    assert len(session.view.of("activity")) == session.register.counts()["activity"]
    gone = [session.view.records[record.id] for record in records]
    assert all(record.deleted for record in gone)
    session.undo()
    assert not any(session.view.records[record.id].deleted for record in records)


def test_a_copy_has_a_name_of_its_own(session: Session) -> None:
    record = session.register.get("A-001")
    identifier = session.duplicate(record)
    assert identifier
    copy = session.view.records[identifier]
    assert copy["name"] == f"{record['name']} (copy)"
    assert copy["purposes"] == record["purposes"]


@pytest.fixture
def checks(session: Session) -> Iterator[Checks]:
    made = Checks(session)
    yield made
    made.stop()


def test_a_list_follows_edits_filters_and_search(session: Session, checks: Checks) -> None:
    model = RecordModel(session, checks, "activity", session)
    everything = model.rowCount()
    record = model.record(0)
    assert record
    assert record.ref in str(model.index(0, 0).data(FACTS))
    model.add_filter(Filter("name", state="open"))
    assert model.rowCount() == 0
    model.set_query(Query("activity"))
    model.search(str(record["name"]))
    assert 1 <= model.rowCount() < everything
    session.set_value(record.id, "name", record["name"], "Qwertz")
    model.search("Qwertz")
    assert [model.record(n) for n in range(model.rowCount())] == [session.register.get(record.ref)]
    session.delete([session.register.get(record.ref)])
    assert model.rowCount() == 0


def test_the_check_in_the_background_tells_findings_and_figures(
    qtbot: QtBot, session: Session, checks: Checks
) -> None:
    with qtbot.waitSignal(checks.overview_ready, timeout=20000):
        checks.start()
    record = session.register.get("A-001")
    assert checks.count() > 20
    assert checks.of(record.id) == checks.of_now(record.id)
    assert checks.figures
    model = RecordModel(session, checks, "activity", session)
    severity, count = model.index(0, 0).data(FINDINGS)
    assert (severity, count) == ("question", len(checks.of(record.id)))


def test_a_row_counts_the_gravest_and_speaks_of_all(session: Session, checks: Checks) -> None:
    record = session.register.get("A-001")
    rows = [Row(record.id, "name", each, "R", "", "Wrong.", "")
            for each in ("question", "warning", "question", "question")]  # fmt: skip
    checks._by_record = {record.id: rows}
    index = RecordModel(session, checks, "activity", session).index(0, 0)
    assert index.data(FINDINGS) == ("warning", 1)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).endswith("1 warning, 3 questions")
    assert checks.in_words() == "1 warning, 3 questions"


def test_findings_of_a_record_are_renewed_at_once(session: Session, checks: Checks) -> None:
    record = session.register.get("A-001")
    before = [row.rule for row in checks.of_now(record.id)]
    assert before.count("R-open-01") > 1
    session.set_value(record.id, "business_function", record["business_function"], None)
    after = [row.rule for row in checks.of(record.id)]
    assert after.count("R-open-01") == before.count("R-open-01") - 1
    checks.stop()


@pytest.fixture
def asked_by(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each time the rules are asked, whether the window waited for the answer."""
    found: list[bool] = []

    def run(*given: Any) -> Any:
        found.append(threading.get_ident() == threading.main_thread().ident)
        return rules_run(*given)

    monkeypatch.setattr(findings, "run", run)
    return found


def test_findings_of_many_records_are_renewed_beside_the_window(
    qtbot: QtBot, session: Session, checks: Checks, asked_by: list[bool]
) -> None:
    changed = [*session.view.of("party"), *session.view.of("activity")]
    assert len(changed) > AT_ONCE
    edits = [Edit(each.id, "note", each["note"], Open("What of it?")) for each in changed]
    assert session.set_many(edits, "party")
    qtbot.waitUntil(lambda: all(
        any("What of it?" in row.sentence for row in checks.of(each.id)) for each in changed
    ))  # fmt: skip
    assert not any(asked_by)
    linking = {one.source for each in changed for one in session.view.links_to(each.id)}
    assert len(asked_by) >= len(linking | {each.id for each in changed})
    assert all(checks.of(each) == checks.of_now(each) for each in linking)


def test_one_record_that_many_link_to_is_renewed_at_once_the_others_beside(
    qtbot: QtBot, session: Session, checks: Checks, asked_by: list[bool]
) -> None:
    organisation = session.register.get("O-001")
    linking = {one.source for one in session.view.links_to(organisation.id)}
    assert len(linking) > AT_ONCE
    assert session.set_value(organisation.id, "country", organisation["country"], Open("Where?"))
    assert any("Where?" in row.sentence for row in checks.of(organisation.id))
    assert asked_by == [True]
    qtbot.waitUntil(lambda: len(asked_by) == 1 + len(linking))
    assert asked_by.count(True) == 1


def test_a_check_that_fails_is_said(
    qtbot: QtBot, session: Session, checks: Checks, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = [sys.executable, "-c", "raise SystemExit(3)"]
    monkeypatch.setattr(jobs, "worker_command", lambda: failing)
    with qtbot.waitSignal(session.failed, timeout=20_000) as told:
        checks.start()
    assert told.args is not None
    assert "try again" in told.args[0]


def test_drafts_outlive_the_program_and_go_when_settled(
    session: Session, next_start: Callable[[Drafts, Path], Drafts]
) -> None:
    drafts = Drafts(session.path, session)
    drafts.note("some-id", "name", "half ty", "Before")
    again = next_start(drafts, session.path)
    assert [(d.record, d.field, d.text, d.seen) for d in again.all()] == [
        ("some-id", "name", "half ty", "Before")
    ]
    again.settle(again.offered()[0])
    assert next_start(again, session.path).all() == []
