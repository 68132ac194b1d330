"""The palette: what it offers, how it is driven, and that it never stands in the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QPlainTextEdit

from ropa_app.i18n import set_language
from ropa_app.model.matching import around, fit, spans
from ropa_ui.caret import caret_of, put_caret
from ropa_ui.main_window import MainWindow
from ropa_ui.views.palette import Palette
from ropa_ui.views.palette_rows import DO, GO, TEXT, Row

Windows = Callable[..., MainWindow]


def opened_over(window: MainWindow, text: str = "") -> Palette:
    window.actions_by_key["palette"].trigger()
    QApplication.processEvents()
    (palette,) = (each for each in window.findChildren(Palette) if each.isVisible())
    if text:
        QTest.keyClicks(palette.field, text)
    return palette


def offered(palette: Palette, group: str = "") -> list[Row]:
    found = [palette.model.row(n) for n in range(palette.model.rowCount())]
    return [row for row in found if row is not None and group in ("", row.group)]


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)
    QApplication.processEvents()


def test_the_best_guess_is_chosen_and_enter_goes_there(window: Windows) -> None:
    main = window("nordlys")
    palette = opened_over(main, "Example Parcel")
    best = palette.chosen()
    assert best
    assert best.text.startswith("Example Parcel")
    press(Qt.Key.Key_Return)
    page = main.records_page()
    assert page
    assert page.form.record
    assert page.form.record.id == best.target


@pytest.mark.parametrize("typed", ["P-003", "p003", "P 3"])
def test_a_reference_leads_to_its_record(window: Windows, typed: str) -> None:
    main = window("nordlys")
    best = opened_over(main, typed).chosen()
    assert best
    assert best.target == main.session.register.get("P-003").id


def test_pages_commands_exports_and_new_records_are_offered(window: Windows) -> None:
    main = window()
    palette = opened_over(main)
    acts = {row.act for row in offered(palette)}
    assert {"page", "command", "new", "export"} <= acts
    pages = [row.text for row in offered(palette, GO) if row.act == "page"]
    assert "Activities" in pages
    assert "Settings" in pages
    keys = {row.target: row.keys for row in offered(palette, DO) if row.act == "command"}
    assert keys["export"] == "Ctrl+E"
    assert "palette" not in keys


def test_commands_that_can_do_nothing_are_not_offered(window: Windows) -> None:
    main = window("smartgroup", "history")
    commands = {row.target for row in offered(opened_over(main)) if row.act == "command"}
    assert not commands & {"delete", "rename", "duplicate", "redo"}


def test_the_past_cannot_be_added_to(window: Windows) -> None:
    main = window("nordlys")
    assert main.session.show_past("2026-01-01")
    acts = {row.act for row in offered(opened_over(main))}
    assert not acts & {"new", "add"}


@pytest.mark.parametrize("typed", ["About", "about this"])
def test_what_is_named_so_goes_before_a_record_that_holds_the_word(
    window: Windows, typed: str
) -> None:
    main = window()
    main.session.create("request", {"name": "Complaint about this newsletter"})
    palette = opened_over(main, typed)
    best = palette.chosen()
    assert best
    assert (best.act, best.target) == ("command", "about")
    assert any(row.text == "Complaint about this newsletter" for row in offered(palette, GO))


def test_a_record_that_begins_with_the_word_goes_before_a_command(window: Windows) -> None:
    main = window()
    made = main.session.create("party", {"name": "Undo Ltd"})
    main.session.set_value(str(made), "country", None, "NO")
    palette = opened_over(main, "undo")
    best = palette.chosen()
    assert best
    assert best.target == made
    assert any(row.target == "undo" for row in offered(palette, DO))


def test_words_within_a_text_lead_to_its_field(window: Windows) -> None:
    main = window("nordlys")
    palette = opened_over(main, "receive goods")
    row = offered(palette, TEXT)[0]
    assert "receive goods" in row.text
    assert row.path == "description"


def test_more_than_sign_keeps_to_commands(window: Windows) -> None:
    rows = offered(opened_over(window("nordlys"), ">export"))
    assert rows
    assert {row.group for row in rows} == {DO}


def test_arrow_keys_go_round_and_skip_the_heads(window: Windows) -> None:
    palette = opened_over(window("nordlys"), "pay")
    rows = offered(palette)
    press(Qt.Key.Key_Up)
    assert palette.chosen() == rows[-1]
    press(Qt.Key.Key_Down)
    assert palette.chosen() == rows[0]
    for _row in rows[1:]:
        press(Qt.Key.Key_Down)
    assert palette.chosen() == rows[-1]


def test_esc_gives_the_focus_back(window: Windows) -> None:
    main = window()
    page = main.records_page()
    assert page
    page.pane.list.setFocus()
    opened_over(main)
    press(Qt.Key.Key_Escape)
    QApplication.sendPostedEvents(None, 52)  # deferred deletion
    assert QApplication.focusWidget() is page.pane.list
    assert main.findChild(Palette) is None


@pytest.mark.parametrize("marked", [(3, 3), (2, 5), (5, 2)])
@pytest.mark.parametrize("field", ["name", "description"])
def test_esc_gives_the_caret_back(window: Windows, field: str, marked: tuple[int, int]) -> None:
    main = window("nordlys")
    page = main.records_page()
    assert page
    page.form.focus_field(field)
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit | QPlainTextEdit)
    put_caret(focus, marked)
    opened_over(main)
    press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is focus
    assert caret_of(focus) == marked


@pytest.mark.parametrize(
    ("typed", "target"),
    [("History", "history"), ("Checks", "checks"), ("Activities", "activity")],
)
def test_going_to_a_page_leads_to_its_rows(window: Windows, typed: str, target: str) -> None:
    main = window("nordlys", "party")
    record = main.session.register.get("A-017")
    main.checks._by_record[record.id] = main.checks.of_now(record.id)
    main.checks._sort_again()
    best = opened_over(main, typed).chosen()
    assert best
    assert best.target == target
    press(Qt.Key.Key_Return)
    focus = QApplication.focusWidget()
    assert isinstance(focus, QAbstractItemView)
    page = main.stack.currentWidget()
    assert page
    assert page.isAncestorOf(focus)


def test_it_goes_when_the_focus_goes_elsewhere(window: Windows) -> None:
    main = window()
    palette = opened_over(main)
    page = main.records_page()
    assert page
    page.pane.field.setFocus()
    assert not palette.isVisible()
    assert QApplication.focusWidget() is page.pane.field


def test_the_key_that_opens_it_closes_it(window: Windows) -> None:
    main = window()
    palette = opened_over(main)
    main.show_palette()
    assert not palette.isVisible()


def test_ctrl_enter_opens_the_first_finding(
    window: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    main = window("nordlys")
    record = main.session.register.get("A-017")
    main.checks._by_record[record.id] = main.checks.of_now(record.id)
    went: list[tuple[str, str]] = []
    monkeypatch.setattr(main, "go_to", lambda *place: went.append(place))
    opened_over(main, "A-017")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert went == [(record.id, main.checks.of(record.id)[0].field)]
    assert went[0][1]


def test_a_new_record_and_an_export_are_one_enter_away(window: Windows) -> None:
    main = window("smartgroup", "overview")
    count = main.session.register.counts()["party"]
    opened_over(main, "new party")
    press(Qt.Key.Key_Return)
    QApplication.processEvents()
    assert main.session.register.counts()["party"] == count + 1
    opened_over(main, ">Export: ICO")
    press(Qt.Key.Key_Return)
    page = main.stack.currentWidget()
    assert page.layouts.chosen().id == "ico-controller"  # type: ignore[attr-defined]


def test_a_command_is_done_where_the_focus_was(window: Windows) -> None:
    main = window()
    page = main.records_page()
    assert page
    page.pane.list.setFocus()
    opened_over(main, ">search this list")
    press(Qt.Key.Key_Return)
    QApplication.processEvents()
    assert QApplication.focusWidget() is page.pane.field


def test_an_agreement_with_a_party_is_begun_from_here(window: Windows) -> None:
    main = window("nordlys")
    party = main.session.register.get("P-003")
    rows = offered(opened_over(main, "P-003"), DO)
    adding = next(row for row in rows if row.act == "add" and row.path == "agreement")
    assert adding.target == party.id
    count = main.session.register.counts()["agreement"]
    palette = main.findChild(Palette)
    assert isinstance(palette, Palette)
    while palette.chosen() != adding:
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    page = main.records_page()
    assert page
    assert page.form.record
    assert page.form.record["party"] == party.id
    assert main.session.register.counts()["agreement"] == count + 1


def test_rows_are_spoken_with_what_they_are(window: Windows) -> None:
    palette = opened_over(window("nordlys"), "pay")
    found = QAccessible.queryAccessibleInterface(palette.list)
    assert found.text(QAccessible.Text.Name)
    spoken = palette.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    chosen = palette.chosen()
    assert chosen
    assert chosen.text in spoken
    assert chosen.detail in spoken


def test_it_speaks_bokmaal(window: Windows) -> None:
    set_language("nb")
    palette = opened_over(window("nordlys"), "behandlingsakt")
    best = palette.chosen()
    assert best
    assert (best.act, best.target) == ("page", "activity")


def test_odd_typing_harms_nothing(window: Windows) -> None:
    palette = opened_over(window())
    for text in ('"', "* OR", "title : x", "'; --", "^", ">>", "\u0000", "🦊" * 40, " "):
        palette.field.setText(text)
        palette._show_rows(text)
    assert palette.isVisible()


def test_marks_stand_where_the_words_stand() -> None:
    assert spans("Ærlig håndtering", ["hand"]) == [(6, 10)]
    assert spans("abc abcd", ["abcd", "abc"]) == [(0, 3), (4, 8)]
    assert spans("overpay and pay", ["pay"]) == [(12, 15)]
    assert spans("nothing", ["x"]) == []


def test_how_well_a_text_fits() -> None:
    begins, at_words, inside = (
        fit("Payroll", ["pay"]),
        fit("Example Pay", ["pay"]),
        fit("repay", ["pay"]),
    )
    assert begins is not None
    assert at_words is not None
    assert inside is not None
    assert begins < at_words < inside
    assert fit("Payroll", ["pay", "x"]) is None


def test_a_long_text_is_cut_around_the_word() -> None:
    text = "word " * 60 + "needle " + "word " * 60
    shown = around(text, ["needle"])
    assert shown.startswith("…")
    assert "needle" in shown[:60]
    assert len(shown) < 200
