"""The form: every field is saved when it is left, nothing typed is lost, states are as easy."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ropa_app.model.kinds import ALL_KINDS
from ropa_app.model.record import Record
from ropa_app.model.state import AsTyped, NotApplicable, Open
from ropa_ui.forms.form import RecordForm
from ropa_ui.main_window import MainWindow
from ropa_ui.widgets.labels import ElidedLabel

Windows = Callable[..., MainWindow]


def form_of(window: MainWindow) -> RecordForm:
    page = window.records_page()
    assert page
    return page.form


def shown(window: MainWindow) -> Record:
    record = form_of(window).record
    assert record
    return record


def line(form: RecordForm, key: str) -> QLineEdit:
    found = form.rows[key].editor.focusProxy()
    assert isinstance(found, QLineEdit)
    return found


def stored(window: MainWindow, key: str) -> object:
    return window.session.register.get(shown(window).ref)[key]


@pytest.mark.parametrize("kind", [kind.key for kind in ALL_KINDS if kind.key != "register"])
def test_every_kind_has_a_page_and_a_row_for_every_field(window: Windows, kind: str) -> None:
    opened = window("nordlys", kind)
    form = form_of(opened)
    assert form.record is not None
    assert list(form.rows) == [f.key for s in form.kind.sections for f in form.kind.fields
                               if f.section == s[0]]  # fmt: skip
    head = opened.session.register.head()
    for _row in range(3):  # looking at records writes nothing
        opened.records_page().pane.choose_first()  # type: ignore[union-attr]
    opened.flush()
    assert opened.session.register.head() == head


def test_a_field_that_is_gone_to_stands_in_the_upper_half(
    window: Windows, qtbot: QtBot
) -> None:
    opened = window()
    form = form_of(opened)
    bar = form._area.verticalScrollBar()
    for key in ("next_review", "recipients", "data", "name"):
        form.focus_field(key)

        def stands_high(key: str = key) -> None:
            top = form.rows[key].mapTo(form, QPoint(0, 0)).y()
            lowest = form.height() if bar.value() == bar.maximum() else form.height() * 0.6
            assert 0 < top < lowest, key

        qtbot.waitUntil(stands_high)


def test_leaving_a_field_saves_it(window: Windows) -> None:
    opened = window()
    form = form_of(opened)
    form.focus_field("department")
    QTest.keyClicks(line(form, "department"), "Sales")
    assert stored(opened, "department") is None
    QTest.keyClick(line(form, "department"), Qt.Key.Key_Tab)
    assert stored(opened, "department") == "Sales"
    assert "Department" in opened.session.undo_words()


def test_enter_saves_and_escape_takes_back(window: Windows) -> None:
    opened = window()
    form = form_of(opened)
    field = line(form, "department")
    field.setFocus()
    QTest.keyClicks(field, "Sales")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    QTest.keyClicks(field, "Buying")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert stored(opened, "department") == "Buying"


def test_switching_record_saves_what_was_half_typed(window: Windows) -> None:
    opened = window()
    form, first = form_of(opened), shown(opened)
    QTest.keyClicks(line(form, "department"), "Sales")
    page = opened.records_page()
    assert page
    following = page.model.record(1)
    assert following
    page.pane.choose(following)
    assert opened.session.register.get(first.ref)["department"] == "Sales"
    assert shown(opened).id == following.id
    assert line(form, "department").text() == ""


def test_closing_saves_what_was_half_typed(window: Windows) -> None:
    from ropa_app.register.store import Register

    opened = window()
    ref, path = shown(opened).ref, opened.session.path
    QTest.keyClicks(line(form_of(opened), "department"), "Sales")
    opened.close()
    with Register.open(path) as register:
        assert register.get(ref)["department"] == "Sales"


def test_what_cannot_be_read_stays_as_typed(window: Windows) -> None:
    opened = window()
    form = form_of(opened)
    field = line(form, "introduced")
    field.setFocus()
    QTest.keyClicks(field, "31.02.2026")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert stored(opened, "introduced") == AsTyped("31.02.2026")
    assert field.text() == "31.02.2026"
    assert form.rows["introduced"].findings.isVisibleTo(form)
    field.selectAll()
    QTest.keyClicks(field, "28.2.2026")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert stored(opened, "introduced") == "2026-02-28"
    assert not form.rows["introduced"].findings.isVisibleTo(form)


@pytest.mark.parametrize(
    ("choose", "state"),
    [("_to_open", Open("why so?")), ("_to_not_applicable", NotApplicable("why so?"))],
)
def test_a_state_is_set_by_typing_its_words(
    window: Windows, choose: str, state: object
) -> None:
    opened = window()
    row = form_of(opened).rows["department"]
    getattr(row, choose)()
    QApplication.processEvents()
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    QTest.keyClicks(focus, "why so?")
    QTest.keyClick(focus, Qt.Key.Key_Return)
    assert stored(opened, "department") == state
    row.committed.emit(None)
    assert stored(opened, "department") is None


def test_an_edit_of_another_program_is_shown_but_not_over_typing(
    qtbot: QtBot, window: Windows
) -> None:
    from ropa_app.cli.main import main

    opened = window()
    form, record = form_of(opened), shown(opened)
    QTest.keyClicks(line(form, "department"), "Mine")
    with qtbot.waitSignal(opened.session.changed, timeout=2000):
        main(["set", str(opened.session.path), record.ref, "owner=Them", "department=Theirs"])
    assert line(form, "owner").text() == "Them"
    assert line(form, "department").text() == "Mine"
    with qtbot.waitSignal(opened.session.clashed):
        form.flush()
    assert stored(opened, "department") == "Theirs"


@pytest.mark.parametrize(
    ("kind", "key", "makes"),
    [
        ("agreement", "party", "party"),
        ("activity", "systems", "system"),
        ("activity", "business_function", "term"),
    ],
)
def test_a_record_made_in_a_field_is_one_step_with_its_link(
    window: Windows, kind: str, key: str, makes: str
) -> None:
    opened = window("smartgroup", kind)
    form, session = form_of(opened), opened.session
    before, head = stored(opened, key), session.register.head().operation
    form.focus_field(key)
    field = line(form, key)
    field.selectAll()
    QTest.keyClicks(field, "Something quite new")
    while form.rows[key].editor.picker.shown.current().makes != makes:  # type: ignore[attr-defined]
        QTest.keyClick(field, Qt.Key.Key_Up)
    QTest.keyClick(field, Qt.Key.Key_Return)
    made = session.view.of(makes)[-1]
    assert made.text("name") == "Something quite new"
    assert made.id in str(stored(opened, key))
    assert session.register.head().operation == head + 1
    assert session.words.kind(made.kind).lower() in session.undo_words().lower()
    session.undo()
    assert stored(opened, key) == before
    assert session.register.get(made.id).deleted
    session.redo()
    assert made.id in str(stored(opened, key))
    assert not session.register.get(made.id).deleted


def test_undo_in_a_field_comes_before_undo_of_the_register(window: Windows) -> None:
    opened = window()
    form = form_of(opened)
    field = line(form, "department")
    field.setFocus()
    QTest.keyClicks(field, "Sales")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClicks(field, "x")
    opened.undo()
    assert field.text() == "Sales"
    opened.undo()
    assert stored(opened, "department") is None
    assert field.text() == ""


def test_what_is_half_typed_lies_in_the_drafts_until_it_is_saved(window: Windows) -> None:
    opened = window()
    form = form_of(opened)
    QTest.keyClicks(line(form, "department"), "Sal")
    assert [draft.text for draft in opened.drafts.all()] == ["Sal"]
    form.flush()
    assert opened.drafts.all() == []


@pytest.mark.parametrize(
    ("page", "field", "column"),
    [("activity", "purposes", "national_law"), ("activity", "data", "detail"),
     ("activity", "recipients", "purpose"), ("transfer", "safeguards", "instrument"),
     ("agreement", "checklist", "clause"), ("party", "places", "source")],
)  # fmt: skip
def test_what_is_half_typed_in_a_line_is_kept_with_its_line_and_column(
    window: Windows, page: str, field: str, column: str
) -> None:
    opened = window("nordlys", page)
    form = form_of(opened)
    record = next(r for r in opened.session.view.of(page) if r.lines(field))
    opened.go_to(record.id)
    last = str(record.lines(field)[-1]["id"])
    opened.activateWindow()
    form.focus_field(f"{field}.{last}.{column}")
    typed_into = QApplication.focusWidget()
    assert typed_into is not None
    QTest.keyClicks(typed_into, "Half")
    (draft,) = opened.drafts.all()
    assert (draft.record, draft.field, draft.place) == (record.id, field, f"{last}.{column}")
    assert "Half" in draft.text
    assert not form.rows["name"].half_typed_at()
    form.flush()
    assert opened.drafts.all() == []


def test_findings_stand_under_their_field(window: Windows) -> None:
    form = form_of(window())
    assert [key for key, row in form.rows.items() if row.findings.isVisibleTo(form)]


@pytest.mark.parametrize(
    ("name", "ref"),
    [("smartgroup", "A-002"), ("smartgroup", "A-003"), ("smartgroup", "P-001"),
     ("nordlys", "A-017"), ("nordlys", "D-002")],
)  # fmt: skip
def test_every_finding_is_reached_by_key_and_stands_in_sight(
    window: Windows, qtbot: QtBot, name: str, ref: str
) -> None:
    opened = window(name)
    record = opened.session.view.by_ref(ref)
    assert record
    opened.go_to(record.id)
    form = form_of(opened)
    wanted = {row.field for row in opened.checks.of_now(record.id)}
    assert wanted
    form.focus_first()
    reached = []
    for _step in wanted:
        form.next_finding()
        reached.append(form._found)
        assert form._focused() == form._found.partition(".")[0]
        qtbot.waitUntil(partial(cursor_in_sight, form))
    assert set(reached) == wanted
    form.next_finding(backwards=True)
    assert form._found == reached[-2 % len(reached)]


def test_where_nothing_is_found_the_key_says_so(window: Windows) -> None:
    opened = window("nordlys", "party")
    whole = next(r for r in opened.session.view.of("party") if not opened.checks.of_now(r.id))
    opened.go_to(whole.id)
    opened.actions_by_key["next_finding"].trigger()
    assert opened.toast.text() == "No findings in this record."


def test_several_terms_in_the_head_and_the_list_have_commas(window: Windows) -> None:
    opened = window("nordlys", "party")
    party = next(r for r in opened.session.view.of("party") if len(r["sectors"] or ()) > 1)
    words = opened.session.words.series(party.kind.field("sectors"), party["sectors"])
    assert ", " in words
    opened.go_to(party.id)
    head = form_of(opened)._head
    assert words in [label.text() for label in head.findChildren(ElidedLabel)]
    page = opened.records_page()
    assert page
    assert ", " in page.model._fact(party, "sectors")


def cursor_in_sight(form: RecordForm) -> None:
    inner = form.focusWidget()
    assert inner
    top = inner.mapTo(form._area, QPoint(0, 0)).y()
    assert 0 <= top < form._area.height() - 20


def test_the_past_can_be_read_but_not_typed_into(window: Windows) -> None:
    opened = window()
    opened.session.show_past(opened.session.register.head().at)
    form = form_of(opened)
    field = line(form, "department")
    QTest.keyClicks(field, "Sales")
    assert field.text() == ""
    assert opened.past.isVisible()
    opened.session.show_past(None)
    assert not opened.past.isVisible()


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("Sale\nof goods", "Sale of goods"),
        ("Sale\r\nof\tgoods", "Sale of goods"),
        ("Sale\u2028of goods", "Sale of goods"),
        ("Sale\x00 of\x07 goods", "Sale of goods"),
        ("Sale \u202eof goods", "Sale of goods"),
        ("Salg av løpesko \U0001f45f", "Salg av løpesko \U0001f45f"),
    ],
)
def test_a_name_is_one_line_that_can_be_seen(window: Windows, pasted: str, kept: str) -> None:
    opened = window()
    form = form_of(opened)
    form.focus_field("name")
    line(form, "name").selectAll()
    line(form, "name").insert(pasted)
    line(form, "name").setModified(True)
    form.flush()
    assert stored(opened, "name") == kept
    assert line(form, "name").text() == kept
