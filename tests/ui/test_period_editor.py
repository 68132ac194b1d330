"""The editor of a period: the line, its parts, and what the line leaves alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ropa_app.i18n import set_language
from ropa_app.model.field import Field
from ropa_app.model.kinds import KINDS
from ropa_app.model.state import AsTyped, Open, Value
from ropa_ui.forms.editor import Context
from ropa_ui.forms.period import PeriodEditor
from ropa_ui.forms.period_text import line_text, read_line, with_column, with_line
from ropa_ui.models.session import Session

KEPT = KINDS["retention"].field("period")
CYCLE = KINDS["activity"].field("review_cycle")
FIVE = {"amount": 5, "unit": "years"}
LAW = {"ground": "Bookkeeping Act", "fate": "deleted"}

Make = Callable[..., PeriodEditor]


@pytest.fixture
def context(session: Session) -> Context:
    return Context(session, session)


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> QWidget:
    made = QWidget()
    QVBoxLayout(made).setAlignment(Qt.AlignmentFlag.AlignTop)
    made.resize(700, 600)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    return made


@pytest.fixture
def make(page: QWidget, context: Context) -> Make:
    """Makes an editor that is loaded again with what it commits, as a form does."""

    def made(field: Field = KEPT, value: Value = None) -> PeriodEditor:
        editor = PeriodEditor(field, context, page)
        editor.name("Kept for", "How long.")
        page.layout().addWidget(editor)
        editor.heard = []  # type: ignore[attr-defined]
        editor.committed.connect(editor.heard.append)  # type: ignore[attr-defined]
        editor.committed.connect(editor.load)
        editor.load(value)
        editor.show()
        editor.setFocus()
        return editor

    return made


def heard(editor: PeriodEditor) -> list[Value]:
    return editor.heard  # type: ignore[attr-defined, no-any-return]


def enter(editor: PeriodEditor, text: str, qtbot: QtBot) -> None:
    editor.line.selectAll()
    editor.line.insert(text)
    editor.line.setModified(True)
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)


def beneath(editor: PeriodEditor) -> str:
    """What can be read under the line."""
    return " ".join(label.text() for label in editor.findChildren(QLabel) if label.isVisible())


# As text


@pytest.mark.parametrize(
    "period",
    [
        FIVE,
        {"amount": 1, "unit": "months"},
        {"amount": 12, "amount_to": 36, "unit": "months"},
        {"amount": 24, "unit": "months", "event": "last-login"},
        {"amount": 5, "unit": "years", "event": "end-of-accounting-year"},
        {"condition": "until unsubscribed"},
        {"condition": "until unsubscribed", "amount": 2, "unit": "years", "event": "last-contact"},
        {"condition": "unless a claim is open", "amount": 3, "unit": "years"},
    ],
)
@pytest.mark.parametrize("language", ["en", "nb"])
def test_a_period_in_words_reads_as_itself(
    context: Context, language: str, period: dict[str, Value]
) -> None:
    set_language(language)
    said = line_text(context.words, KEPT, period)
    assert read_line(KEPT, said, context.read, context.words) == period


@pytest.mark.parametrize("language", ["en", "nb"])
def test_a_rhythm_in_words_reads_as_itself(context: Context, language: str) -> None:
    set_language(language)
    for period in ({"amount": 1, "unit": "years"}, {"amount": 6, "unit": "months"}):
        said = line_text(context.words, CYCLE, period)
        assert read_line(CYCLE, said, context.read, context.words) == period


def test_a_line_replaces_only_what_it_can_say() -> None:
    before = {**FIVE, **LAW, "event": Open("From when?")}
    assert with_line(before, {"amount": 2, "unit": "weeks"}) == {
        **LAW,
        "event": Open("From when?"),
        "amount": 2,
        "unit": "weeks",
    }
    assert with_line(before, {"amount": 1, "event": "last-login"})["event"] == "last-login"
    assert with_line({**FIVE, **LAW}, None) == LAW
    assert with_line(FIVE, None) is None
    assert with_line(FIVE, AsTyped("long")) == AsTyped("long")
    assert with_line({**FIVE, **LAW}, AsTyped("long")) == {**LAW, "amount": AsTyped("long")}
    assert with_line(AsTyped("long"), FIVE) == FIVE


def test_a_column_alone() -> None:
    assert with_column(None, "unit", "years") == {"unit": "years"}
    assert with_column({"unit": "years"}, "unit", None) is None
    assert with_column(AsTyped("long"), "fate", "deleted") == {
        "amount": AsTyped("long"),
        "fate": "deleted",
    }


# As a widget


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (KEPT, "5 years", FIVE),
        (KEPT, "12–36 months", {"amount": 12, "amount_to": 36, "unit": "months"}),
        (KEPT, "until unsubscribed", {"condition": "until unsubscribed"}),
        (KEPT, "as the law says", AsTyped("as the law says")),
        (CYCLE, "every 2 years", {"amount": 2, "unit": "years"}),
    ],
)
def test_it_is_typed_as_people_say_it(
    make: Make, qtbot: QtBot, field: Field, typed: str, value: Value
) -> None:
    editor = make(field)
    enter(editor, typed, qtbot)
    assert heard(editor) == [value]


def test_ground_and_fate_stand_beneath_and_stay(make: Make, qtbot: QtBot) -> None:
    editor = make(value={**FIVE, **LAW})
    assert editor.line.text() == "5 years"
    assert "Bookkeeping Act" in beneath(editor)
    assert "deleted" in beneath(editor)
    enter(editor, "10 years", qtbot)
    assert heard(editor) == [{"amount": 10, "unit": "years", **LAW}]


def test_loading_and_leaving_commit_nothing(make: Make, page: QWidget) -> None:
    editor = make(value={**FIVE, **LAW, "condition": "then some"})
    editor.button.click()
    page.setFocus()
    editor.load(FIVE)
    editor.flush()
    assert heard(editor) == []


def test_escape_takes_back_and_a_draft_comes_back(make: Make, qtbot: QtBot) -> None:
    editor = make(value=FIVE)
    editor.line.selectAll()
    qtbot.keyClicks(editor.line, "6 y")
    assert editor.half_typed() == "6 y"
    qtbot.keyClick(editor.line, Qt.Key.Key_Escape)
    assert (editor.line.text(), editor.half_typed()) == ("5 years", "")
    editor.retype("6 years")
    editor.flush()
    assert heard(editor) == [{"amount": 6, "unit": "years"}]


def test_the_parts_unfold_and_go_with_the_line(make: Make, qtbot: QtBot) -> None:
    editor = make(value={**FIVE, **LAW})
    qtbot.keyClick(editor.button, Qt.Key.Key_Space)
    assert editor.parts is not None
    assert list(editor.parts.slots) == [column.key for column in KEPT.columns]
    ground = editor.parts.slots["ground"].editor.line  # type: ignore[union-attr]
    ground.setFocus()
    ground.selectAll()
    qtbot.keyClicks(ground, "Tax Act")
    qtbot.keyClick(ground, Qt.Key.Key_Return)
    assert heard(editor) == [{**FIVE, "ground": "Tax Act", "fate": "deleted"}]
    assert ground.hasFocus()
    enter(editor, "7 years", qtbot)
    assert editor.parts.slots["amount"].value == 7
    qtbot.keyClick(editor.button, Qt.Key.Key_Space)
    assert not editor.parts.isVisible()
    assert "Tax Act" in beneath(editor)


def test_what_is_half_typed_in_a_part_is_a_draft_too(make: Make, qtbot: QtBot) -> None:
    editor = make(value=FIVE)
    editor.button.click()
    assert editor.parts is not None
    qtbot.keyClicks(editor.parts.slots["ground"].editor.line, "Tax")  # type: ignore[union-attr]
    draft = editor.half_typed()
    other = make(value=FIVE)
    other.retype(draft)
    assert other.half_typed() == draft
    assert heard(other) == []
    other.flush()
    assert heard(other) == [{**FIVE, "ground": "Tax"}]


def test_read_only_can_be_unfolded_but_not_changed(make: Make, qtbot: QtBot) -> None:
    editor = make(value={**FIVE, **LAW})
    editor.set_read_only(True)
    editor.button.click()
    assert editor.parts is not None
    ground = editor.parts.slots["ground"].editor.line  # type: ignore[union-attr]
    qtbot.keyClicks(ground, "x")
    enter_before = editor.line.text()
    qtbot.keyClicks(editor.line, "x")
    assert (ground.text(), editor.line.text()) == ("Bookkeeping Act", enter_before)
    assert ground.isEnabled()


def test_names_for_readers(make: Make) -> None:
    editor = make()
    assert editor.line.accessibleName() == "Kept for"
    assert editor.line.accessibleDescription() == "How long."
    assert editor.button.accessibleName() == "Each part of: Kept for"
