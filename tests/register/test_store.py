"""The one door for writing: operations, conflicts, undo and redo, references, merging, files."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ropa_app import clock
from ropa_app.errors import ConflictError, UserError
from ropa_app.model.kinds import KINDS
from ropa_app.model.record import Record
from ropa_app.model.state import AsTyped, NotApplicable, Open
from ropa_app.register.change import Create, Edit, label, new_id
from ropa_app.register.documents import attach, attach_bytes, content_of
from ropa_app.register.entry import RegisterReader, add, set_deleted, set_fields
from ropa_app.register.history import entries, label_words
from ropa_app.register.loading import load_view
from ropa_app.register.merge import merge
from ropa_app.register.redact import redact
from ropa_app.register.store import Register
from ropa_app.register.verify import verify

Fill = Callable[..., Record]
Live = Callable[[Register], dict[str, Any]]
MOMENT = "2026-02-01T00:00:00.000Z"


def sentence_of(register: Register) -> str:
    """What the newest operation did, in words."""
    view = load_view(register)
    newest = next(entries(register, view))
    return label_words(newest.operation, view, view.words("en"))


# Writing


def test_a_new_register_holds_its_settings(tmp_path: Path) -> None:
    with Register.create(tmp_path / "new.ropa", {"name": "Ny AS"}) as register:
        (settings,) = register.records(KINDS["register"])
        assert settings["name"] == "Ny AS"
        assert register.head().operation == 1
        assert verify(register) == []


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "there.ropa"
    path.write_bytes(b"something")
    with pytest.raises(UserError, match="exists already"):
        Register.create(path, {"name": "Ny AS"})
    assert path.read_bytes() == b"something"


def test_a_failed_creation_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        Register.create(tmp_path / "x.ropa", {"name": object()})
    assert list(tmp_path.iterdir()) == []


def test_adding_several_is_one_operation(register: Register) -> None:
    before = register.head().operation
    made = add(register, KINDS["party"], [
        {"key": "mother", "name": "Mor AS"}, {"name": "Datter AS", "parent": "mother"},
    ])  # fmt: skip
    assert [record.ref for record in made] == ["P-001", "P-002"]
    assert made[1]["parent"] == made[0].id
    assert register.head().operation == before + 1


def test_the_five_states_are_stored_and_read_back(register: Register, fill: Fill) -> None:
    fill(
        register, "agreement", name="DPA", signed="2026-01-31", sent="31.02.2026",
        expires={"open": "When?"}, terminated={"not_applicable": "No end"},
    )  # fmt: skip
    record = register.get("D-001")
    assert record["signed"] == "2026-01-31"
    assert record["sent"] == AsTyped("31.02.2026")
    assert record["expires"] == Open("When?")
    assert record["terminated"] == NotApplicable("No end")
    assert record["effective"] is None


def test_a_number_stays_a_number_in_the_log(register: Register, fill: Fill) -> None:
    set_fields(register, "O-001", {"employees": "12"})
    set_fields(register, "O-001", {"employees": "13"})
    assert [row.new for row in register.rows("field = 'employees'")] == [12, 13]
    assert verify(register) == []
    register.undo()
    assert register.get("O-001")["employees"] == 12
    assert verify(register) == []


def test_nothing_differs_no_operation(register: Register) -> None:
    before = register.head()
    changed = set_fields(register, "O-001", {"name": "Prøve AS", "phone": None})
    assert changed.operation is None
    assert register.head() == before


def test_a_conflict_gives_both_values_and_writes_nothing(register: Register) -> None:
    seen = register.get("O-001")
    set_fields(register, "O-001", {"name": "Theirs"})
    head = register.head()
    with pytest.raises(ConflictError) as caught:
        register.apply(
            [
                Edit(seen.id, "phone", None, "+47 22 22 22 22"),
                Edit(seen.id, "name", seen["name"], "Mine"),
            ],
            label("set", ref="O-001", fields=["phone", "name"]),
        )  # fmt: skip
    assert (caught.value.record, caught.value.field) == (seen.id, "name")
    assert caught.value.seen == "Prøve AS"
    assert caught.value.stored == "Theirs"
    assert caught.value.wanted == "Mine"
    assert register.head() == head
    assert register.get("O-001")["phone"] is None


def test_a_link_to_nothing_is_refused(register: Register) -> None:
    head = register.head()
    with pytest.raises(UserError, match="does not exist"):
        register.apply(
            [Create("party", new_id(), {"name": "A", "parent": new_id()})], label("add")
        )
    assert register.head() == head
    assert list(register.records(KINDS["party"])) == []


def test_delete_and_restore(register: Register, fill: Fill) -> None:
    fill(register, "party", name="Bring")
    set_deleted(register, "P-001", True, MOMENT)
    assert register.get("P-001").deleted == MOMENT
    with pytest.raises(UserError, match="deleted already"):
        set_deleted(register, "P-001", True, MOMENT)
    set_deleted(register, "P-001", False, MOMENT)
    assert register.get("P-001").deleted is None
    with pytest.raises(UserError, match="not deleted"):
        set_deleted(register, "P-001", False, MOMENT)


def test_references_are_never_reused(register: Register, fill: Fill) -> None:
    fill(register, "party", name="One")
    fill(register, "party", name="Two")
    set_deleted(register, "P-002", True, MOMENT)
    assert fill(register, "party", name="Three").ref == "P-003"
    register.undo()
    assert fill(register, "party", name="Four").ref == "P-004"


def test_time_never_runs_backwards(register: Register, fake_clock: Any) -> None:
    fake_clock.set("2026-03-01T12:00:00")
    set_fields(register, "O-001", {"phone": "+47 11 11 11 11"})
    fake_clock.set("2020-01-01T00:00:00")
    set_fields(register, "O-001", {"phone": "+47 22 22 22 22"})
    fake_clock.set("2026-03-01T12:00:01")
    set_fields(register, "O-001", {"phone": "+47 33 33 33 33"})
    moments = [operation.at for operation in register.operations()]
    assert moments[-3:] == [
        "2026-03-01T12:00:00.000Z", "2026-03-01T12:00:00.000Z", "2026-03-01T12:00:01.000Z",
    ]  # fmt: skip
    assert verify(register) == []


# Undo and redo


OPERATIONS: dict[str, Callable[[Register], object]] = {
    "add": lambda r: add(r, KINDS["party"], {"name": "New", "parent": "P-001"}),
    "set": lambda r: set_fields(r, "P-001", {"name": "Other", "country": "SE", "note": "x"}),
    "clear": lambda r: set_fields(r, "P-001", {"note": None}),
    "delete": lambda r: set_deleted(r, "P-001", True, MOMENT),
    "restore-record": lambda r: set_deleted(r, "P-003", False, MOMENT),
    "merge": lambda r: merge(r, "P-001", "P-002", MOMENT),
    "attach": lambda r: attach_bytes(r, "D-001", "a.txt", b"a"),
    "own term": lambda r: add(r, KINDS["term"], {"name": "Gait", "vocabulary": "data-category"}),
    "settings": lambda r: set_fields(
        r, next(r.records(KINDS["register"])).id, {"expiring_days": "30"}
    ),
}


@pytest.fixture
def busy(register: Register, fill: Fill) -> Register:
    """A register with parties, one of them deleted, and an agreement."""
    fill(register, "party", name="One", note="keep")
    fill(register, "party", name="Two", country="NO")
    fill(register, "party", name="Gone")
    fill(register, "agreement", name="DPA", party="P-002", organisation="O-001")
    set_deleted(register, "P-003", True, MOMENT)
    return register


@pytest.mark.parametrize("name", OPERATIONS)
def test_undo_takes_an_operation_back_and_redo_does_it_again(
    busy: Register, live: Live, name: str
) -> None:
    before = live(busy)
    OPERATIONS[name](busy)
    after = live(busy)
    assert after != before
    for _round in range(2):
        busy.undo()
        assert live(busy) == before
        busy.redo()
        assert live(busy) == after
    assert verify(busy) == []


def test_everything_is_undone_and_done_again_across_reopening(
    busy: Register, live: Live
) -> None:
    states = [live(busy)]
    for name in ("add", "set", "merge", "attach", "own term", "settings", "restore-record"):
        OPERATIONS[name](busy)
        states.append(live(busy))
    busy.close()
    for expected in reversed(states[:-1]):
        with Register.open(busy.path, writable=True) as again:
            again.undo()
            assert live(again) == expected
    for expected in states[1:]:
        with Register.open(busy.path, writable=True) as again:
            again.redo()
            assert live(again) == expected
    with Register.open(busy.path, writable=True) as again:
        assert verify(again) == []
        with pytest.raises(UserError, match="nothing to redo"):
            again.redo()


def test_another_process_undoes_what_this_one_did(register: Register) -> None:
    set_fields(register, "O-001", {"name": "Changed"})
    done = subprocess.run(
        [sys.executable, "-m", "ropa_app", "undo", str(register.path)],
        check=False, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert register.get("O-001")["name"] == "Prøve AS"
    register.redo()
    assert register.get("O-001")["name"] == "Changed"


def test_redo_ends_at_the_next_edit(busy: Register) -> None:
    set_fields(busy, "P-001", {"note": "a"})
    busy.undo()
    set_fields(busy, "P-001", {"note": "b"})
    assert busy.next_redo() is None
    with pytest.raises(UserError, match="nothing to redo"):
        busy.redo()
    busy.undo()
    assert busy.get("P-001")["note"] == "keep"


def test_undo_ends_where_the_register_begins(register: Register, live: Live) -> None:
    register.undo()
    assert "O-001" not in live(register)
    with pytest.raises(UserError, match="nothing to undo"):
        register.undo()
    assert verify(register) == []


@pytest.mark.parametrize("barrier", ["migrate", "redact", "restore"])
def test_undo_never_passes(busy: Register, barrier: str) -> None:
    if barrier == "redact":
        redact(busy, "P-001", "note")
    else:
        busy.apply([], label(barrier), kind=barrier)
    assert busy.next_undo() is None
    stopped_by = busy.head().operation
    with pytest.raises(UserError, match=f"nothing to undo after operation {stopped_by}, which"):
        busy.undo()
    set_fields(busy, "P-002", {"note": "after"})
    busy.undo()
    assert busy.get("P-002")["note"] is None
    with pytest.raises(UserError, match="nothing to undo"):
        busy.undo()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("add", "Added 1 "),
        ("set", "Changed “Legal name”, “Country”, “Note” of P-001 Other"),
        ("delete", "Deleted P-001 One"),
        ("restore-record", "Brought back P-003 Gone"),
        ("merge", "Merged P-002 Two into P-001 One"),
        ("attach", "Attached a file to D-001 DPA"),
    ],
)
def test_an_operation_is_said_in_words(busy: Register, name: str, words: str) -> None:
    OPERATIONS[name](busy)
    said = sentence_of(busy)
    assert said.startswith(words)
    busy.undo()
    assert sentence_of(busy).startswith("Undone: ")
    busy.redo()
    assert sentence_of(busy).startswith("Done again: ")


def test_labels_hold_no_values(busy: Register) -> None:
    """So that a redacted name does not live on in the words of an operation."""
    for name in OPERATIONS:
        OPERATIONS[name](busy)
        busy.undo()
    labels = " ".join(operation.label for operation in busy.operations())
    assert "Other" not in labels
    assert "keep" not in labels


# Merging


def test_a_merged_reference_still_resolves(busy: Register, fill: Fill) -> None:
    merge(busy, "P-001", "P-002", MOMENT)
    assert busy.get("P-002").ref == "P-001"
    exact = busy.find_exact("P-002")
    assert exact is not None
    assert exact.deleted == MOMENT
    fill(busy, "party", name="Third")
    merge(busy, "P-004", "P-001", MOMENT)
    assert busy.get("P-002").ref == "P-004"
    assert load_view(busy).by_ref("P-002") is not None


def test_merging_joins_what_both_hold(register: Register, fill: Fill) -> None:
    fill(
        register, "party", name="Brevo", sectors=["e-mail-delivery"], country="FR",
        former_names=["Newsletter2Go"], contacts=[{"id": "a", "name": "Ada"}],
    )  # fmt: skip
    fill(
        register, "party", name="Sendinblue", country="DE", email="post@example.com",
        contacts=[{"id": "b", "name": "Bo"}],
    )  # fmt: skip
    merge(register, "P-001", "P-002", MOMENT)
    kept = register.get("P-001")
    assert kept["name"] == "Brevo"
    assert kept["country"] == "FR"
    assert kept["email"] == "post@example.com"
    assert [line["name"] for line in kept["contacts"]] == ["Ada", "Bo"]
    assert kept["former_names"] == ["Newsletter2Go", "Sendinblue"]


def test_merging_relinks_fields_lists_and_lines(register: Register, fill: Fill) -> None:
    fill(register, "party", name="Kept")
    fill(register, "party", name="Other")
    fill(register, "party", name="Customer of both", sub_processors=[{"party": "P-002"}])
    fill(register, "agreement", name="DPA", party="P-002")
    fill(register, "assessment", name="TIA", parties=["P-001", "P-002"])
    deleted = fill(register, "system", name="Old", supplier="P-002")
    set_deleted(register, deleted.ref, True, MOMENT)
    kept = register.get("P-001").id
    before = register.head().operation
    merge(register, "P-001", "P-002", MOMENT)
    assert register.head().operation == before + 1
    assert register.get("P-003")["sub_processors"][0]["party"] == kept
    assert register.get("D-001")["party"] == kept
    assert register.get("X-001")["parties"] == [kept]
    assert register.get("S-001")["supplier"] == kept
    assert verify(register) == []
    register.undo()
    assert register.get("D-001")["party"] == register.get("P-002").id
    assert len(register.get("X-001")["parties"]) == 2


def test_a_record_does_not_become_its_own_parent(register: Register, fill: Fill) -> None:
    fill(register, "party", name="Kept")
    fill(register, "party", name="Other", parent="P-001")
    set_fields(register, "P-001", {"parent": "P-002"})
    merge(register, "P-001", "P-002", MOMENT)
    assert register.get("P-001")["parent"] is None


@pytest.mark.parametrize(
    ("kept", "other", "words"),
    [
        ("P-001", "P-001", "with itself"),
        ("P-001", "D-001", "not of one kind"),
        ("P-001", "P-003", "is deleted"),
        ("P-001", "P-099", "no record"),
    ],
)
def test_what_cannot_be_merged(busy: Register, kept: str, other: str, words: str) -> None:
    head = busy.head()
    with pytest.raises(UserError, match=words):
        merge(busy, kept, other, MOMENT)
    assert busy.head() == head


# Files and own terms


def test_a_file_comes_out_as_it_went_in(register: Register, fill: Fill, tmp_path: Path) -> None:
    content = bytes(range(256)) * 100
    source = tmp_path / "avtale æøå.pdf"
    source.write_bytes(content)
    fill(register, "agreement", name="DPA")
    assert attach(register, "D-001", source) == "F-001"
    assert content_of(register, "F-001") == ("avtale æøå.pdf", content)
    assert register.get("D-001")["documents"] == [register.get("F-001").id]
    register.undo()
    assert register.get("D-001")["documents"] is None
    register.redo()
    assert content_of(register, "F-001")[1] == content


def test_the_same_file_is_stored_once(register: Register, fill: Fill) -> None:
    for number in (1, 2):
        fill(register, "document", name=f"Copy {number}")
        attach_bytes(register, f"F-00{number}", "same.txt", b"the same bytes")
    stored = register.connection.execute("SELECT count(*) FROM document_data").fetchone()
    assert stored == (1,)
    assert verify(register) == []


def test_files_that_cannot_be_attached(register: Register, fill: Fill, tmp_path: Path) -> None:
    fill(register, "document", name="Empty")
    with pytest.raises(UserError, match="nowhere"):
        attach(register, "F-001", tmp_path / "nowhere.pdf")
    empty = tmp_path / "empty.pdf"
    empty.touch()
    with pytest.raises(UserError, match="is empty; nothing was put into the register"):
        attach(register, "F-001", empty)
    with pytest.raises(UserError, match="takes no files"):
        attach_bytes(register, "O-001", "a.txt", b"a")
    with pytest.raises(UserError, match="holds no file"):
        content_of(register, "F-001")


def test_own_terms_are_used_as_any_other(register: Register, fill: Fill) -> None:
    term = fill(
        register, "term", name="Gait", name_nb="Ganglag", vocabulary="data-category",
        flags=["special"],
    )  # fmt: skip
    fill(register, "activity", name="Camera", data=[{"categories": ["Gait"]}])
    view = load_view(register)
    (activity,) = view.of("activity")
    (line,) = activity.lines("data")
    assert line["categories"] == [term.id]
    words = view.words("nb")
    column = activity.kind.field("data").column("categories")
    assert "Ganglag" in words.value(column, line["categories"])
    assert RegisterReader(register).terms.find("data-category", "ganglag") == term.id
    assert [link.source for link in view.links_to(term.id)] == [activity.id]


def test_who_and_when_are_in_the_log(register_path: Path, fake_clock: Any) -> None:
    fake_clock.set("2026-05-17T10:00:00")
    with Register.open(register_path, writable=True, now=fake_clock, who="ada") as register:
        set_fields(register, "O-001", {"phone": "+47 11 11 11 11"})
        operation = register.operation(register.head().operation)
    assert (operation.who, operation.at) == ("ada", clock.stamp(fake_clock()))
