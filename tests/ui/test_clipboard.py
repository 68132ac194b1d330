"""Cells as text for a spreadsheet and back, and what a pasted block would change."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from ropa_app.errors import ConflictError
from ropa_app.i18n import LANGUAGES, translate
from ropa_app.model.kinds import ALL_KINDS, KINDS
from ropa_app.model.record import Record
from ropa_app.model.state import AsTyped, NotApplicable, Open
from ropa_app.register.entry import add
from ropa_app.register.generate import records as generated_records
from ropa_app.register.store import Register
from ropa_ui.models.cell_changes import ADD, REMOVE, plan_bulk, plan_clear, plan_paste
from ropa_ui.models.clipboard import (
    NameReader,
    block_html,
    block_text,
    parse_block,
    pasteable,
    read_cell,
)
from ropa_ui.models.pasted_block import lay_by_headings, lay_in_place
from ropa_ui.models.session import Session

CELL = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.just("\n"))


@pytest.fixture
def session(register_path: Path, qtbot: QtBot) -> Iterator[Session]:
    with Register.open(register_path, writable=True, who="tester") as register:
        add(register, KINDS["party"], [{"name": "Brevo SAS"}, {"name": "Twin"}, {"name": "Twin"}])
        add(register, KINDS["activity"], [{"name": "Newsletter"}, {"name": "Orders"}])
    opened = Session.open(register_path)
    yield opened
    opened.close()


def shown(session: Session, record: Record, key: str) -> str:
    if not record.kind.has(key):
        return record.ref
    if key == "name":
        return session.title(record)
    return session.words.value(record.kind.field(key), record[key], record.values)


def paste(session: Session, kind: str, keys: list[str], text: str, *rows: str | None):
    found = [session.view.by_ref(ref) if ref else None for ref in rows]
    laid = lay_in_place(parse_block(text), keys)
    return plan_paste(session, kind, laid, found, lambda r, key: shown(session, r, key))


# Text


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=4))
def test_what_is_copied_comes_back(cells: list[list[str]]) -> None:
    safe = [[c if not c.startswith("'") else "x" for c in row] for row in cells]
    safe = [[c.replace("\ufffe", "").replace("\uffff", "") for c in row] for row in safe]
    assert parse_block(block_text(safe)) == safe


def test_excel_reads_the_quoting() -> None:
    cells = [["a", 'say "hi"', "two\nlines"], ['"all"', "tab\there", ""]]
    read = list(csv.reader(io.StringIO(block_text(cells), newline=""), "excel-tab"))
    assert read == cells


@pytest.mark.parametrize("text", ["=1+1", "+47 22", "-5", "@SUM(A1)", "=cmd|'/c calc'!A0"])
def test_a_formula_stays_text(text: str) -> None:
    assert block_text([[text]]) == f"'{text}\r\n"
    assert parse_block(block_text([[text]])) == [[text]]
    assert r"mso-number-format:'\@'" in block_html([[text]])


def test_a_page_for_excel_holds_no_markup_of_users() -> None:
    made = block_html([["<b>R&D</b>", "two\nlines"]])
    assert "&lt;b&gt;R&amp;D&lt;/b&gt;" in made
    assert 'two<br style="mso-data-placement:same-cell">lines' in made


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\tb\nc", [["a", "b"], ["c", ""]]),
        ("one", [["one"]]),
        ("", [[""]]),
        ('"x\r\ny"\tz', [["x\ny", "z"]]),
        ('"a ""b"" c"', [['a "b" c']]),
        ('"open quote\tb', [['"open quote', "b"]]),
        ('5" disk\tb', [['5" disk', "b"]]),
        ("a\n\nb\n", [["a"], [""], ["b"]]),
        ("\t\n", [["", ""]]),
    ],
)
def test_blocks_as_programs_write_them(text: str, cells: list[list[str]]) -> None:
    assert parse_block(text) == cells


# Values


@pytest.mark.parametrize(
    ("kind", "key", "text", "value"),
    [
        ("activity", "status", "In review", "in-review"),
        ("activity", "next_review", "24.11.2026", "2026-11-24"),
        ("activity", "next_review", "24 Nov 2026", "2026-11-24"),
        ("activity", "next_review", "open: who decides?", Open("who decides?")),
        ("activity", "next_review", "Open question: who?", Open("who?")),
        ("activity", "next_review", "Åpent spørsmål: hvem?", Open("hvem?")),
        ("activity", "next_review", "not applicable: no end", NotApplicable("no end")),
        ("activity", "next_review", "soon", AsTyped("soon")),
        ("activity", "next_review", "soon (as typed, could not be read)", AsTyped("soon")),
        ("activity", "next_review", " ", None),
        ("activity", "note", "Open: 9 to 17", "Open: 9 to 17"),
        ("party", "country", "Norge", "NO"),
        ("party", "former_names", "Old one\nOlder; one", ["Old one", "Older; one"]),
        ("party", "organisation_number", "123", AsTyped("123")),
        ("retention", "period", "2 years", {"amount": 2, "unit": "years"}),
    ],
)
def test_a_cell_is_read_for_its_field(
    session: Session, kind: str, key: str, text: str, value: object
) -> None:
    assert read_cell(KINDS[kind].field(key), text, NameReader(session)) == value


def test_links_are_read_by_name_or_reference(session: Session) -> None:
    reader = NameReader(session)
    party = KINDS["agreement"].field("party")
    brevo = session.view.by_ref("P-001")
    assert brevo is not None
    for text in ("Brevo SAS", "brevo  sas", "P-001", brevo.id):
        assert read_cell(party, text, reader) == brevo.id
    assert read_cell(party, "Twin", reader) == AsTyped("Twin"), "two are called that"
    assert read_cell(party, "Nobody", reader) == AsTyped("Nobody")
    systems = KINDS["assessment"].field("activities")
    orders = session.view.by_ref("A-002")
    assert orders is not None
    assert read_cell(systems, "Orders; Gone", reader) == [orders.id, AsTyped("Gone")]


def test_everything_pasted_where_it_came_from_changes_nothing(register_path: Path, qtbot) -> None:
    counts = {kind.key: 6 for kind in ALL_KINDS if kind.key != "register"}
    with Register.open(register_path, writable=True, who="tester") as register:
        register.apply(generated_records(counts, 5, full=0.7), "{}")
    session = Session.open(register_path)
    for kind in ALL_KINDS:
        keys = [field.key for field in kind.fields]
        rows: list[Record | None] = list(session.view.of(kind.key))
        block = [[shown(session, record, key) for key in keys] for record in rows if record]
        laid = lay_in_place(parse_block(block_text(block)), keys)
        plan = plan_paste(session, kind.key, laid, rows,
                          lambda record, key: shown(session, record, key))  # fmt: skip
        assert not plan.cells
    session.close()


@pytest.mark.parametrize("language", ["en", "nb"])
def test_words_of_a_cell_are_read_back(
    register_path: Path, qtbot: QtBot, language: str
) -> None:
    """What is copied from one record means the same in another."""
    counts = {kind.key: 8 for kind in ALL_KINDS if kind.key != "register"}
    with Register.open(register_path, writable=True, who="tester") as register:
        register.apply(generated_records(counts, 11, full=0.7), "{}")
    session = Session.open(register_path)
    words = session.view.words(language)
    reader = NameReader(session)
    for kind in ALL_KINDS:
        for field in kind.fields:
            if field.kind in ("lines", "file", "line_links", "period", "number"):
                continue
            for record in session.view.of(kind.key):
                held = record[field.key]
                if field.many and isinstance(held, AsTyped):
                    held = [held]
                if field.kind == "texts" and isinstance(held, list):  # any line is a text
                    held = [item.text if isinstance(item, AsTyped) else item for item in held]
                text = words.value(field, held)
                assert read_cell(field, text, reader) == held, (field.key, text)
    session.close()


# Pasting


def test_a_block_becomes_one_step(session: Session) -> None:
    text = "Mailing\tIn review\r\nOrders\tsometimes\r\nReturns\tIn review\r\n"
    plan = paste(session, "activity", ["name", "status"], text, "A-001", "A-002", None)
    found = [(c.record.ref if c.record else "", c.key, c.new, c.unread) for c in plan.cells]
    assert found == [
        ("A-001", "name", "Mailing", False), ("A-001", "status", "in-review", False),
        ("A-002", "status", AsTyped("sometimes"), True),
        ("", "name", "Returns", False), ("", "status", "in-review", False),
    ]  # fmt: skip
    assert plan.records() == 3
    head = session.register.head().operation
    assert plan.write(session) is None
    assert session.register.head().operation == head + 1
    assert [r.text("name") for r in session.view.of("activity")] == [
        "Mailing", "Orders", "Returns",
    ]  # fmt: skip
    session.undo()
    assert [r.text("name") for r in session.view.of("activity")] == ["Newsletter", "Orders"]


def test_what_is_not_read_can_be_left_out(session: Session) -> None:
    plan = paste(session, "activity", ["name", "status"], "New\tsometimes", "A-001")
    assert [c.key for c in plan.kept(unread=False)] == ["name"]
    assert plan.write(session, unread=False) is None
    record = session.view.by_ref("A-001")
    assert record is not None
    assert (record["name"], record["status"]) == ("New", None)


def test_columns_that_take_no_text_say_so(session: Session) -> None:
    text = "A-009\tcustomers"
    plan = paste(session, "activity", ["ref", "data"], text, "A-001")
    assert [c.problem for c in plan.cells] == [
        "The register gives each record its reference, and it stays the same.",
        "This is edited in the form.",
    ]
    assert not plan.changes()


def test_a_row_beyond_the_list_needs_a_name(session: Session) -> None:
    plan = paste(session, "activity", ["name", "status"], "\tIn review\n\t", None, None)
    assert [c.problem for c in plan.cells] == ["A new record needs a name."]
    assert not plan.changes()


def test_a_row_makes_a_record_without_a_name_where_none_is_needed(session: Session) -> None:
    plan = paste(session, "agreement", ["name", "party"], "\tBrevo SAS", None)
    assert plan.write(session) is None
    (made,) = session.view.of("agreement")
    assert made["party"] == session.view.by_ref("P-001").id


@pytest.mark.parametrize("kind", [k for k in ALL_KINDS if k.key != "register"], ids=lambda k: k.key)
@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_of_every_kind_are_known_in_every_language(kind, language: str) -> None:
    keys = [field.key for field in kind.fields][::-1]
    block = [[translate(kind.field(key).label, language) for key in keys], [""] * len(keys)]
    laid = lay_by_headings(block, kind.key)
    assert laid is not None
    same = [k for k, n in zip(laid.keys, keys, strict=True) if k == n]
    assert len(same) >= len(keys) - 2, "two fields may share a label"


@pytest.mark.parametrize("block", [
    [["Name", "Owner"]], [["Returns", "Kari"], ["Orders", "Ola"]], [["Name", "x"], ["y", "z"]],
    [["", ""], ["", ""]],
])  # fmt: skip
def test_what_is_no_row_of_headings_is_none(block: list[list[str]]) -> None:
    assert lay_by_headings(block, "activity") is None


def test_an_edit_meanwhile_is_not_overwritten(session: Session) -> None:
    plan = paste(session, "activity", ["name"], "Mine", "A-001")
    record = session.view.by_ref("A-001")
    assert record is not None
    session.set_value(record.id, "name", "Newsletter", "Theirs")
    assert isinstance(plan.write(session), ConflictError)
    assert session.view.records[record.id]["name"] == "Theirs"


# Emptying and bulk edits


def test_emptying_leaves_gaps_and_lines_alone(session: Session) -> None:
    record = session.view.by_ref("A-001")
    assert record is not None
    plan = plan_clear("activity", [(record, key) for key in ("name", "status", "ref", "data")])
    assert [(c.key, c.new) for c in plan.cells] == [("name", None)]
    assert not pasteable("activity", "data")


def test_items_are_added_and_taken_out(session: Session) -> None:
    def made(value: object) -> Record:
        return Record("party", 1, "x", {"sectors": value} if value else {})

    rows = [made(["hosting"]), made(None), made(Open("?")), made(["it-support", "hosting"])]
    added = plan_bulk("party", rows, "sectors", ["it-support"], ADD)
    both, one = ["hosting", "it-support"], ["it-support"]
    assert [c.new for c in added.cells] == [both, one, one]
    taken = plan_bulk("party", rows, "sectors", ["hosting"], REMOVE)
    assert [c.new for c in taken.cells] == [None, ["it-support"]]
    emptied = plan_bulk("party", rows, "sectors", None)
    assert len(emptied.cells) == 3
