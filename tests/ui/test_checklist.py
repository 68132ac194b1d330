"""The checklist of an agreement: points by kind, answers by keyboard, only what is said is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ropa_app.i18n import set_language
from ropa_app.model.kinds import KINDS
from ropa_app.model.state import NotApplicable, Open, Value
from ropa_app.model.vocabulary import vocabulary
from ropa_ui.forms.checklist import ChecklistEditor
from ropa_ui.forms.checklist_points import POINTS
from ropa_ui.forms.editor import Context
from ropa_ui.models.checks import Row
from ropa_ui.models.session import Session
from ropa_ui.widgets.finding import FindingBar

FIELD = KINDS["agreement"].field("checklist")
Make = Callable[..., tuple[ChecklistEditor, list[Value]]]


@pytest.fixture
def session(dressed: QApplication, register_path: Path) -> Iterator[Session]:
    opened = Session.open(register_path)
    yield opened
    opened.close()
    opened.deleteLater()


@pytest.fixture
def make(qtbot: QtBot, session: Session) -> Make:
    windows: list[QWidget] = []  # qtbot alone does not keep them

    def build(kind: str, value: Value = None) -> tuple[ChecklistEditor, list[Value]]:
        context = Context(session, session)
        values: dict[str, Value] = {"name": "DPA", "kind": kind} if kind else {"name": "DPA"}
        identifier = session.create("agreement", values)
        context.record = session.view.records[identifier or ""]
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        editor = ChecklistEditor(FIELD, context, window)
        commits: list[Value] = []
        editor.committed.connect(commits.append)
        QVBoxLayout(window).addWidget(editor)
        editor.load(value)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return editor, commits

    return build


def noted(editor: ChecklistEditor) -> str:
    return editor._note.text()


def line(point: str, **more: Value) -> dict[str, Value]:
    return {"id": f"k-{point}", "point": point, **more}


def test_every_point_the_law_knows_belongs_to_one_kind() -> None:
    listed = [point for points in POINTS.values() for point in points]
    assert sorted(listed) == sorted(vocabulary("checklist-point").terms)
    assert set(POINTS) < set(vocabulary("agreement-kind").terms)


@pytest.mark.parametrize("kind", POINTS)
def test_the_rows_are_the_points_of_the_kind(make: Make, kind: str) -> None:
    editor, commits = make(kind)
    assert [row.point for row in editor.rows] == list(POINTS[kind])
    assert commits == []


@pytest.mark.parametrize(
    ("language", "keys"), [("en", {"Y": "yes", "N": "no", "U": "unclear"}),
                           ("nb", {"J": "yes", "N": "no", "U": "unclear"})],
)  # fmt: skip
def test_one_key_answers_a_point(
    qtbot: QtBot, make: Make, language: str, keys: dict[str, str]
) -> None:
    set_language(language)
    editor, commits = make("joint-arrangement")
    for key, answer in keys.items():
        editor.rows[0].focus()
        qtbot.keyClicks(QApplication.focusWidget(), key.lower())
        assert [(each["point"], each["answer"]) for each in commits[-1]] == [
            ("26-duties", answer)
        ]
    assert len({each[0]["id"] for each in commits}) == 1


def test_down_goes_to_the_next_point(qtbot: QtBot, make: Make) -> None:
    editor, _commits = make("joint-arrangement")
    editor.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert editor.rows[1].answer.isAncestorOf(QApplication.focusWidget())


def test_a_point_that_says_nothing_is_no_line(qtbot: QtBot, make: Make) -> None:
    editor, commits = make("joint-arrangement", [line("26-duties", answer="yes")])
    editor.rows[0].focus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    assert commits == [None]


def test_a_clause_is_kept_without_an_answer(qtbot: QtBot, make: Make) -> None:
    editor, commits = make("joint-arrangement")
    editor.rows[2].focus("clause")
    qtbot.keyClicks(QApplication.focusWidget(), "§ 7")
    assert editor.half_typed() == "§ 7"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert [(each["point"], each["clause"]) for each in commits[-1]] == [("26-essence", "§ 7")]


def test_a_remark_is_asked_for_where_something_is_missing(qtbot: QtBot, make: Make) -> None:
    editor, commits = make("joint-arrangement")
    assert editor.rows[0].remark is None
    editor.rows[0].focus()
    qtbot.keyClicks(QApplication.focusWidget(), "n")
    editor.rows[0].focus("remark")
    qtbot.keyClicks(QApplication.focusWidget(), "No contact named")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert commits[-1][0]["remark"] == "No contact named"


def test_the_note_counts_what_applies(make: Make) -> None:
    editor, _commits = make(
        "joint-arrangement",
        [line("26-duties", answer="yes"), line("26-essence", answer=NotApplicable("Internal"))],
    )
    assert noted(editor) == "1 of 2 met"


def test_answers_to_points_of_another_kind_stay_below(make: Make) -> None:
    others = [line("28-9", answer="yes"), {"id": "own", "answer": "no"}]
    editor, commits = make("joint-arrangement", [*others, Open("Which annex?")])
    assert [row.point for row in editor.rows[3:]] == ["28-9", ""]
    editor.rows[0]._take_answer("yes")
    assert commits[-1][:3] == [*others, Open("Which annex?")]


def test_another_kind_shows_its_points_at_once(make: Make) -> None:
    editor, _commits = make("")
    assert editor.rows == []
    record = editor.context.record
    assert record is not None
    session = editor.context.session
    session.set_value(record.id, "kind", None, "controller-to-controller")
    assert [row.point for row in editor.rows] == list(POINTS["controller-to-controller"])


def test_an_answer_can_be_an_open_question(qtbot: QtBot, make: Make) -> None:
    editor, commits = make("joint-arrangement")
    editor.rows[1]._to_open()
    qtbot.keyClicks(QApplication.focusWidget(), "Who?")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert commits[-1][0]["answer"] == Open("Who?")


def test_a_finding_stands_with_its_point(make: Make) -> None:
    editor, _commits = make("joint-arrangement", [line("26-essence", answer="no")])
    editor.set_findings([Row("r", "checklist.k-26-essence.answer", "warning", "x", "", "S", "R")])
    assert editor.rows[2].findChild(FindingBar) is not None
    assert editor.rows[1].findChild(FindingBar) is None


def test_read_only_answers_cannot_be_changed(qtbot: QtBot, make: Make) -> None:
    editor, commits = make("joint-arrangement", [line("26-duties", answer="yes")])
    editor.set_read_only(True)
    assert not editor.rows[0].answer.isEnabled()
    assert commits == []
