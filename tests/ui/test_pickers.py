"""The editor of one term, country or record, and the list under it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ropa_app.i18n import set_language
from ropa_app.model.field import Field
from ropa_app.model.kinds import KINDS
from ropa_app.model.state import AsTyped
from ropa_ui import theme
from ropa_ui.forms.editor import Context
from ropa_ui.forms.entries import Entry, exactly, plain, search
from ropa_ui.forms.pick_list import PickList
from ropa_ui.forms.pick_row import hits
from ropa_ui.forms.pickers import PickEditor
from ropa_ui.models.session import Session

KEY = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
PURPOSE = KINDS["activity"].field("purposes").column("purpose")
COUNTRY = KINDS["transfer"].field("destination")
PARTY = KINDS["agreement"].field("party")
IMPORTER = KINDS["transfer"].field("importer")
STATUS = KINDS["activity"].field("status")

Make = Callable[[Field], PickEditor]


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> QWidget:
    """A page large enough for a list, with something else that can take the focus."""
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
    return Context(session, page)


@pytest.fixture
def make(page: QWidget, context: Context) -> Make:
    def made(field: Field) -> PickEditor:
        editor = PickEditor(field, context, page)
        editor.name("The label", "The help.")
        page.layout().addWidget(editor)
        editor.heard = []  # type: ignore[attr-defined]
        editor.committed.connect(editor.heard.append)  # type: ignore[attr-defined]
        editor.load(None)
        editor.show()
        editor.setFocus()
        return editor

    return made


def heard(editor: PickEditor) -> list[object]:
    return editor.heard  # type: ignore[attr-defined, no-any-return]


def shown(editor: PickEditor) -> PickList:
    opened = editor.picker.shown
    assert opened is not None
    assert opened.isVisible()
    return opened


def labels(editor: PickEditor) -> list[str]:
    return [entry.label for entry in shown(editor).entries]


# Searching


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("nor", ["Norway", "Northern Ireland"]),
        ("IRELAND", ["Ireland", "Northern Ireland"]),
        ("norge", ["Norway"]),
        ("aland", ["Åland Islands"]),
        ("isl", ["Åland Islands"]),
        ("land nor", ["Northern Ireland"]),
        ("xyz", []),
    ],
)
def test_search_finds_part_words_other_names_and_letters_without_accents(
    typed: str, found: list[str]
) -> None:
    entries = [
        Entry("NO", "Norway", others=("Norge", "Noreg")),
        Entry("GB-NIR", "Northern Ireland"),
        Entry("IE", "Ireland", others=("Irland",)),
        Entry("AX", "Åland Islands"),
    ]
    assert [entry.label for entry in search(entries, typed)] == found


def test_a_label_in_full_goes_before_another_name() -> None:
    entries = [Entry("1", "Payment", others=("Order",)), Entry("2", "Order")]
    assert exactly(entries, " order ") == entries[1]
    assert exactly([entries[0]], "ORDER") == entries[0]
    assert exactly([Entry("1", "Same"), Entry("2", "same")], "same") is None


def test_hits_fall_on_the_letters_that_are_shown() -> None:
    assert hits("Ærlig Ørsted", plain("ors").split()) == [(6, 9)]
    assert hits("Ærlig Ørsted", plain("aer").split()) == [(0, 2)]
    assert hits("Direct marketing", ["mark", "di"]) == [(0, 2), (7, 11)]


# Choosing


def test_typing_narrows_and_enter_takes_the_best(make: Make, qtbot: QtBot) -> None:
    editor = make(COUNTRY)
    qtbot.keyClicks(editor.line, "swe")
    assert labels(editor) == ["Sweden"]
    qtbot.keyClick(editor.line, KEY.Key_Return)
    assert heard(editor) == ["SE"]
    assert editor.line.text() == "Sweden"
    assert editor.picker.shown is None


def test_the_other_language_finds_too(make: Make, qtbot: QtBot) -> None:
    editor = make(COUNTRY)
    qtbot.keyClicks(editor.line, "tyskl")
    qtbot.keyClick(editor.line, KEY.Key_Tab)
    assert heard(editor) == ["DE"]


def test_in_bokmaal_the_labels_are_in_bokmaal(make: Make, qtbot: QtBot) -> None:
    set_language("nb")
    editor = make(COUNTRY)
    qtbot.keyClicks(editor.line, "sweden")
    assert labels(editor) == ["Sverige"]


@pytest.mark.parametrize(("key", "modifier"), [(KEY.Key_F4, None), (KEY.Key_Down, ALT)])
def test_everything_opens_without_typing(
    make: Make, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier | None
) -> None:
    editor = make(STATUS)
    editor.load("approved")
    qtbot.keyClick(editor.line, key, modifier or Qt.KeyboardModifier.NoModifier)
    assert labels(editor) == ["Draft", "In review", "Approved", "Retired"]
    assert shown(editor).current().label == "Approved"  # type: ignore[union-attr]
    qtbot.keyClick(editor.line, KEY.Key_Up)
    qtbot.keyClick(editor.line, KEY.Key_Return)
    assert heard(editor) == ["in-review"]


def test_arrows_go_round(make: Make, qtbot: QtBot) -> None:
    editor = make(STATUS)
    qtbot.keyClick(editor.line, KEY.Key_F4)
    assert shown(editor).current() is None
    said = []
    for key in (KEY.Key_Up, KEY.Key_Down, KEY.Key_PageDown):
        qtbot.keyClick(editor.line, key)
        said.append(shown(editor).current().label)  # type: ignore[union-attr]
    assert said == ["Retired", "Draft", "Retired"]


def test_a_click_chooses_and_the_cursor_stays(make: Make, qtbot: QtBot) -> None:
    editor = make(STATUS)
    editor.picker.toggle()
    rows = shown(editor).findChildren(QListView)[0]
    place = rows.visualRect(rows.model().index(1, 0)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard(editor) == ["in-review"]
    assert editor.line.hasFocus()


def test_choosing_what_is_there_already_commits_nothing(make: Make, qtbot: QtBot) -> None:
    editor = make(STATUS)
    editor.load("draft")
    editor.line.selectAll()
    qtbot.keyClicks(editor.line, "draf")
    qtbot.keyClick(editor.line, KEY.Key_Return)
    assert heard(editor) == []
    assert editor.line.text() == "Draft"
    assert editor.half_typed() == ""


def test_a_click_elsewhere_puts_the_list_away(make: Make, page: QWidget, qtbot: QtBot) -> None:
    editor = make(STATUS)
    qtbot.keyClicks(editor.line, "re")
    qtbot.mouseClick(page, Qt.MouseButton.LeftButton, pos=QPoint(880, 690))
    assert editor.picker.shown is None


def test_the_list_lies_within_the_window(make: Make, page: QWidget, qtbot: QtBot) -> None:
    editor = make(COUNTRY)
    page.layout().setAlignment(Qt.AlignmentFlag.AlignBottom)
    page.layout().activate()
    qtbot.keyClick(editor.line, KEY.Key_F4)
    panel = shown(editor).panel()
    assert page.rect().contains(panel)
    assert panel.bottom() < editor.y()
    assert panel.height() > 250


# Typing without choosing


def test_what_is_left_in_full_is_taken(make: Make, page: QWidget, qtbot: QtBot) -> None:
    editor = make(COUNTRY)
    qtbot.keyClicks(editor.line, "norge")
    qtbot.keyClick(editor.line, KEY.Key_Escape)
    page.setFocus()
    assert heard(editor) == ["NO"]
    assert editor.line.text() == "Norway"


@pytest.mark.parametrize("field", [COUNTRY, PURPOSE, PARTY, STATUS])
def test_what_matches_nothing_is_kept_as_typed(
    make: Make, page: QWidget, qtbot: QtBot, field: Field
) -> None:
    editor = make(field)
    qtbot.keyClicks(editor.line, "Zyx, qwv")
    page.setFocus()
    assert heard(editor) == [AsTyped("Zyx, qwv")]
    assert editor.line.text() == "Zyx, qwv"
    editor.flush()
    assert len(heard(editor)) == 1


def test_emptying_commits_nothing_held(make: Make, qtbot: QtBot) -> None:
    editor = make(COUNTRY)
    editor.load("NO")
    editor.line.selectAll()
    qtbot.keyClick(editor.line, KEY.Key_Delete)
    qtbot.keyClick(editor.line, KEY.Key_Return)
    assert heard(editor) == [None]


def test_loading_commits_nothing(make: Make, page: QWidget) -> None:
    editor = make(COUNTRY)
    editor.load("NO")
    page.setFocus()
    editor.load("SE")
    editor.flush()
    assert heard(editor) == []


def test_escape_closes_the_list_and_then_takes_back(make: Make, qtbot: QtBot) -> None:
    editor = make(COUNTRY)
    editor.load("NO")
    editor.line.selectAll()
    qtbot.keyClicks(editor.line, "swe")
    qtbot.keyClick(editor.line, KEY.Key_Escape)
    assert editor.picker.shown is None
    assert editor.half_typed() == "swe"
    qtbot.keyClick(editor.line, KEY.Key_Escape)
    assert editor.line.text() == "Norway"
    assert editor.half_typed() == ""
    assert heard(editor) == []


def test_a_draft_comes_back_without_being_committed(make: Make, qtbot: QtBot) -> None:
    editor = make(COUNTRY)
    with qtbot.waitSignal(editor.touched):
        editor.retype("swed")
    assert editor.half_typed() == "swed"
    assert heard(editor) == []


# Making something new


def test_an_own_term_is_made_from_the_last_row(make: Make, session: Session, qtbot: QtBot) -> None:
    editor = make(PURPOSE)
    qtbot.keyClicks(editor.line, "Prize draw in May")
    assert labels(editor) == ["Add “Prize draw in May” as an own term"]
    qtbot.keyClick(editor.line, KEY.Key_Return)
    (identifier,) = heard(editor)
    made = session.view.records[str(identifier)]
    assert (made.text("name"), made.text("vocabulary")) == ("Prize draw in May", "purpose")
    assert editor.line.text() == "Prize draw in May"
    assert session.register.by_id(made.id) is None  # only with the field that names it


def test_a_list_given_by_law_takes_no_own_terms(make: Make, qtbot: QtBot) -> None:
    editor = make(STATUS)
    qtbot.keyClicks(editor.line, "Forgotten")
    assert labels(editor) == []


def test_a_word_that_is_there_is_not_offered_as_new(make: Make, qtbot: QtBot) -> None:
    editor = make(PURPOSE)
    qtbot.keyClicks(editor.line, "direct marketing")
    assert not any(entry.makes for entry in shown(editor).entries)


def test_a_new_record_for_each_kind_it_may_be(make: Make, session: Session, qtbot: QtBot) -> None:
    editor = make(IMPORTER)
    qtbot.keyClicks(editor.line, "Example Nova Ltd")
    makers = [entry for entry in shown(editor).entries if entry.makes]
    assert [entry.makes for entry in makers] == list(IMPORTER.links_to)
    qtbot.keyClick(editor.line, KEY.Key_Up)
    while shown(editor).current().makes != "party":  # type: ignore[union-attr]
        qtbot.keyClick(editor.line, KEY.Key_Up)
    qtbot.keyClick(editor.line, KEY.Key_Return)
    (identifier,) = heard(editor)
    made = session.view.records[str(identifier)]
    assert (made.kind_key, made.text("name")) == ("party", "Example Nova Ltd")
    assert session.register.by_id(made.id) is None


def test_tab_makes_nothing(make: Make, session: Session, qtbot: QtBot) -> None:
    before = len(session.view.of("party"))
    editor = make(PARTY)
    qtbot.keyClicks(editor.line, "Example Nova Ltd")
    qtbot.keyClick(editor.line, KEY.Key_Tab)
    editor.flush()
    assert len(session.view.of("party")) == before
    assert heard(editor) == [AsTyped("Example Nova Ltd")]


# Linked records


def test_records_are_found_by_name_and_reference(
    make: Make, session: Session, qtbot: QtBot
) -> None:
    target = session.view.of("party")[2]
    editor = make(PARTY)
    qtbot.keyClicks(editor.line, target.ref)
    qtbot.keyClick(editor.line, KEY.Key_Return)
    assert heard(editor) == [target.id]
    assert editor.line.text() == target.text("name")


def test_the_arrow_and_ctrl_enter_open_the_record(
    make: Make, context: Context, session: Session, qtbot: QtBot
) -> None:
    target = session.view.of("party")[0]
    asked: list[str] = []
    context.record_asked.connect(asked.append)
    editor = make(PARTY)
    assert not editor.open_button.isVisible()
    editor.load(target.id)
    editor.set_read_only(True)
    qtbot.mouseClick(editor.open_button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(editor.line, KEY.Key_Return, CTRL)
    assert asked == [target.id, target.id]
    assert heard(editor) == []


def test_read_only_text_is_there_to_copy_and_no_list_opens(make: Make, qtbot: QtBot) -> None:
    editor = make(STATUS)
    editor.load("draft")
    editor.set_read_only(True)
    qtbot.keyClick(editor.line, KEY.Key_F4)
    qtbot.keyClicks(editor.line, "x")
    assert editor.picker.shown is None
    assert editor.line.text() == "Draft"
    assert editor.line.isEnabled()


def test_a_deleted_record_says_so_and_is_not_offered(
    make: Make, session: Session, qtbot: QtBot
) -> None:
    target = session.view.of("party")[0]
    name = target.text("name")
    editor = make(PARTY)
    editor.load(target.id)
    session.delete([target])
    assert editor.line.text() == f"{name} (deleted)"
    other = make(PARTY)
    qtbot.keyClicks(other.line, target.ref)
    assert target.id not in [entry.value for entry in shown(other).entries]


def test_a_renamed_record_is_shown_and_found_by_its_new_name(
    make: Make, session: Session, qtbot: QtBot
) -> None:
    target = session.view.of("party")[0]
    editor = make(PARTY)
    qtbot.keyClick(editor.line, KEY.Key_F4)
    editor.load(target.id)
    session.set_value(target.id, "name", target["name"], "Example Renamed AS")
    assert editor.line.text() == "Example Renamed AS"
    other = make(PARTY)
    qtbot.keyClicks(other.line, "renamed")
    assert target.id in [entry.value for entry in shown(other).entries]


def test_the_line_is_named_and_marked(make: Make) -> None:
    editor = make(PARTY)
    assert editor.line.accessibleName() == "The label"
    assert editor.line.accessibleDescription() == "The help."
    assert editor.open_button.accessibleName() == "Open: The label"
    editor.set_mark("bad")
    assert editor.line.property("state") == "bad"


def test_the_list_goes_with_its_field(make: Make, page: QWidget, qtbot: QtBot) -> None:
    editor = make(STATUS)
    qtbot.keyClick(editor.line, KEY.Key_F4)
    opened = shown(editor)
    with qtbot.waitSignal(opened.destroyed):
        editor.hide()
    assert not page.findChildren(PickList)


@pytest.mark.parametrize("name", ["light", "dark", "contrast-light", "contrast-dark"])
def test_it_paints_in_every_theme(make: Make, page: QWidget, qtbot: QtBot, name: str) -> None:
    theme.set_theme(name)
    editor = make(PURPOSE)
    qtbot.keyClicks(editor.line, "mark")
    picture = page.grab().toImage()
    panel = shown(editor).panel()
    inks = {
        picture.pixelColor(x, panel.top() + 16).rgb() for x in range(panel.left(), panel.right())
    }
    assert theme.colour("mark").rgb() in inks
    assert theme.colour("sel").rgb() in inks
