"""The editor of a list: chips, and the field that adds to them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ropa_app.model.field import Field
from ropa_app.model.kinds import KINDS
from ropa_app.model.state import AsTyped, NotApplicable, Open, Value
from ropa_ui.forms.chips import ChipsEditor
from ropa_ui.forms.editor import Context
from ropa_ui.models.session import Session
from ropa_ui.widgets.chip import Chip

KEY = Qt.Key
DATA = KINDS["activity"].field("data")
CATEGORIES = DATA.column("categories")
PURPOSES = DATA.column("purposes")
NAMES = KINDS["party"].field("former_names")
COUNTRIES = KINDS["system"].field("countries")
ACTIVITIES = KINDS["transfer"].field("activities")

Make = Callable[..., ChipsEditor]


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> QWidget:
    made = QWidget()
    QVBoxLayout(made).setAlignment(Qt.AlignmentFlag.AlignTop)
    made.resize(900, 700)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    return made


@pytest.fixture
def context(session: Session, page: QWidget) -> Context:
    made = Context(session, page)
    made.record = next(a for a in session.view.of("activity") if len(a.lines("purposes")) > 1)
    return made


@pytest.fixture
def make(page: QWidget, context: Context) -> Make:
    """Makes an editor that is loaded again with what it commits, as a form does."""

    def made(field: Field, value: Value = None) -> ChipsEditor:
        editor = ChipsEditor(field, context, page)
        editor.name("The label", "The help.")
        page.layout().addWidget(editor)
        editor.heard = []  # type: ignore[attr-defined]
        editor.committed.connect(editor.heard.append)  # type: ignore[attr-defined]
        editor.committed.connect(editor.load)
        editor.load(value)
        editor.show()
        editor.setFocus()
        QApplication.processEvents()
        return editor

    return made


def heard(editor: ChipsEditor) -> list[Value]:
    return editor.heard  # type: ignore[attr-defined, no-any-return]


def texts(editor: ChipsEditor) -> list[str]:
    return [chip.label() for chip in editor.row.chips]


def press(qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def focused() -> str:
    widget = QApplication.focusWidget()
    return widget.label() if isinstance(widget, Chip) else "the field"


# Adding


def test_one_after_the_other_is_chosen_and_the_order_kept(make: Make, qtbot: QtBot) -> None:
    editor = make(COUNTRIES)
    for typed in ("swe", "norge", "DK"):
        qtbot.keyClicks(editor.add, typed)
        press(qtbot, KEY.Key_Return)
    assert heard(editor) == [["SE"], ["SE", "NO"], ["SE", "NO", "DK"]]
    assert texts(editor) == ["Sweden", "Norway", "Denmark"]
    assert editor.add.text() == ""
    assert focused() == "the field"


def test_what_is_there_is_neither_offered_nor_added_again(make: Make, qtbot: QtBot) -> None:
    editor = make(COUNTRIES, ["SE"])
    qtbot.keyClicks(editor.add, "sweden")
    opened = editor.picker.shown
    assert opened is not None
    assert "SE" not in [entry.value for entry in opened.entries]
    press(qtbot, KEY.Key_Escape, KEY.Key_Return)
    assert heard(editor) == []
    assert texts(editor) == ["Sweden"]
    assert editor.add.text() == ""


def test_a_paste_of_several_lines_adds_them_all(make: Make) -> None:
    editor = make(NAMES, ["First"])
    QGuiApplication.clipboard().setText("Second; still\r\nThird\n\n Fourth ")
    editor.add.paste()
    assert heard(editor) == [["First", "Second; still", "Third", "Fourth"]]


def test_countries_may_stand_between_semicolons(make: Make, page: QWidget, qtbot: QtBot) -> None:
    editor = make(COUNTRIES)
    qtbot.keyClicks(editor.add, "Norway; Sverige;Nowhereland")
    page.setFocus()
    assert heard(editor) == [["NO", "SE", AsTyped("Nowhereland")]]


@pytest.mark.parametrize("field", [CATEGORIES, COUNTRIES, ACTIVITIES, PURPOSES])
def test_what_matches_nothing_is_kept_as_typed(
    make: Make, page: QWidget, qtbot: QtBot, field: Field
) -> None:
    editor = make(field)
    qtbot.keyClicks(editor.add, "Zyxqwv")
    press(qtbot, KEY.Key_Escape)
    page.setFocus()
    assert heard(editor) == [[AsTyped("Zyxqwv")]]
    assert texts(editor) == ["Zyxqwv"]
    assert "as typed" in editor.row.chips[0].accessibleName()


def test_an_own_term_and_a_new_record_are_made(make: Make, session: Session, qtbot: QtBot) -> None:
    terms, activities = make(CATEGORIES), make(ACTIVITIES)
    for editor, kind in ((terms, "term"), (activities, "activity")):
        editor.setFocus()
        qtbot.keyClicks(editor.add, "Zyx qwv")
        press(qtbot, KEY.Key_Return)
        ((identifier,),) = heard(editor)
        made = session.view.records[identifier]
        assert (made.kind_key, made.text("name")) == (kind, "Zyx qwv")
        assert texts(editor) == ["Zyx qwv"]


def test_lines_of_the_record_are_offered_by_their_names(
    make: Make, context: Context, qtbot: QtBot
) -> None:
    assert context.record is not None
    lines = context.record.lines("purposes")
    editor = make(PURPOSES)
    press(qtbot, KEY.Key_F4)
    opened = editor.picker.shown
    assert opened is not None
    assert [entry.value for entry in opened.entries] == [line["id"] for line in lines]
    press(qtbot, KEY.Key_Down, KEY.Key_Down, KEY.Key_Return)
    assert heard(editor) == [[lines[1]["id"]]]
    assert texts(editor)[0] != lines[1]["id"]


# Half typed


def test_loading_and_leaving_commit_nothing(make: Make, page: QWidget) -> None:
    editor = make(COUNTRIES, ["NO", "SE"])
    page.setFocus()
    editor.load(["NO"])
    editor.flush()
    assert heard(editor) == []


def test_escape_takes_back_and_a_draft_comes_back(make: Make, qtbot: QtBot) -> None:
    editor = make(NAMES, ["One"])
    qtbot.keyClicks(editor.add, "Tw")
    assert editor.half_typed() == "Tw"
    press(qtbot, KEY.Key_Escape)
    assert editor.half_typed() == ""
    editor.retype("Two")
    assert editor.half_typed() == "Two"
    assert heard(editor) == []
    editor.flush()
    assert heard(editor) == [["One", "Two"]]


# Along the chips


def test_keys_lead_along_the_chips_and_back(make: Make, qtbot: QtBot) -> None:
    editor = make(COUNTRIES, ["NO", "SE", "DK"])
    been = []
    for key in (
        *(KEY.Key_Backspace, KEY.Key_Left, KEY.Key_Left, KEY.Key_Left, KEY.Key_Right),
        *(KEY.Key_End, KEY.Key_Left, KEY.Key_Home),
    ):
        press(qtbot, key)
        been.append(focused())
    assert been == [
        *("Denmark", "Sweden", "Norway", "Norway", "Sweden"),
        *("the field", "Denmark", "Norway"),
    ]
    assert heard(editor) == []


def test_del_removes_and_the_keyboard_stays_in_the_row(make: Make, qtbot: QtBot) -> None:
    editor = make(COUNTRIES, ["NO", "SE", "DK"])
    press(qtbot, KEY.Key_Left, KEY.Key_Left, KEY.Key_Delete)
    assert focused() == "Denmark"
    press(qtbot, KEY.Key_Delete)
    assert focused() == "the field"
    press(qtbot, KEY.Key_Backspace, KEY.Key_Backspace)
    assert heard(editor) == [["NO", "DK"], ["NO"], None]
    assert focused() == "the field"


def test_a_letter_on_a_chip_begins_the_next_item(make: Make, qtbot: QtBot) -> None:
    editor = make(COUNTRIES, ["NO"])
    press(qtbot, KEY.Key_Backspace)
    qtbot.keyClicks(QApplication.focusWidget(), "s")
    qtbot.keyClicks(QApplication.focusWidget(), "we")
    press(qtbot, KEY.Key_Return)
    assert heard(editor) == [["NO", "SE"]]


def test_states_among_the_items_keep_their_place(make: Make, qtbot: QtBot) -> None:
    items = ["NO", Open("Which one?"), NotApplicable("On paper"), AsTyped("Utlandia"), "SE"]
    editor = make(COUNTRIES, items)
    assert texts(editor) == [
        *("Norway", "Open question: Which one?", "Not applicable: On paper"),
        *("Utlandia", "Sweden"),
    ]
    qtbot.keyClicks(editor.add, "denmark")
    press(qtbot, KEY.Key_Return)
    assert heard(editor) == [[*items, "DK"]]


def test_a_text_is_mended_in_its_place(make: Make, qtbot: QtBot) -> None:
    editor = make(NAMES, ["One", "Tow", "Three"])
    press(qtbot, KEY.Key_Left, KEY.Key_Left, KEY.Key_Return)
    assert editor.add.text() == "Tow"
    assert editor.half_typed() == ""
    qtbot.keyClicks(editor.add, "Two")
    press(qtbot, KEY.Key_Return)
    assert heard(editor) == [["One", "Two", "Three"]]


def test_text_that_could_not_be_read_is_mended_to_a_value(make: Make, qtbot: QtBot) -> None:
    editor = make(COUNTRIES, ["NO", AsTyped("Swedn"), "DK"])
    press(qtbot, KEY.Key_Left, KEY.Key_Left, KEY.Key_Return)
    qtbot.keyClicks(editor.add, "Sweden")
    press(qtbot, KEY.Key_Return)
    assert heard(editor) == [["NO", "SE", "DK"]]


def test_a_whole_list_as_typed_can_be_mended(make: Make) -> None:
    editor = make(COUNTRIES, AsTyped("Somewhere"))
    assert texts(editor) == ["Somewhere"]
    editor.flush()
    assert heard(editor) == []


def test_enter_on_a_link_opens_it_in_a_read_only_form_too(
    make: Make, context: Context, session: Session, qtbot: QtBot
) -> None:
    ids = [record.id for record in session.view.of("activity")[:3]]
    asked: list[str] = []
    context.record_asked.connect(asked.append)
    editor = make(ACTIVITIES, ids)
    press(qtbot, KEY.Key_Left, KEY.Key_Return)
    editor.set_read_only(True)
    editor.setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, KEY.Key_Return, KEY.Key_Right, KEY.Key_Delete)
    assert asked == [ids[2], ids[0]]
    assert heard(editor) == []
    assert not editor.add.isVisible()


def test_the_row_is_one_stop_of_the_tab_key(make: Make, page: QWidget, qtbot: QtBot) -> None:
    first, second = make(COUNTRIES, ["NO", "SE"]), make(NAMES, ["One", "Two"])
    first.setFocus()
    press(qtbot, KEY.Key_Tab)
    assert QApplication.focusWidget() is second.add


def test_a_renamed_record_changes_its_chip(make: Make, session: Session) -> None:
    target = session.view.of("activity")[0]
    editor = make(ACTIVITIES, [target.id])
    session.set_value(target.id, "name", target["name"], "Renamed")
    assert texts(editor) == ["Renamed"]
    session.delete([session.view.records[target.id]])
    assert texts(editor) == ["Renamed (deleted)"]


def test_many_chips_wrap_and_go_without_a_trace(
    make: Make, page: QWidget, session: Session, qtbot: QtBot
) -> None:
    editor = make(ACTIVITIES, [record.id for record in session.view.of("activity")])
    assert editor.heightForWidth(500) > 100
    editor.load(None)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not editor.findChildren(Chip)
    assert editor.heightForWidth(500) < 40


def test_names_for_readers(make: Make) -> None:
    editor = make(COUNTRIES, ["NO"])
    assert QAccessible.queryAccessibleInterface(editor.add).text(QAccessible.Text.Name) == (
        "The label"
    )
    chip = editor.row.chips[0]
    assert chip.accessibleName() == "Norway"
    assert "Delete removes" in chip.accessibleDescription()
