"""The safeguards of a transfer: two regimes side by side, the facts that matter first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ropa_app.exports.pdf_mechanism import named_in
from ropa_app.model.kinds import KINDS
from ropa_app.model.state import NotApplicable, Open, Value
from ropa_app.model.vocabulary import vocabulary
from ropa_app.rules.regimes import REGIMES
from ropa_ui.forms.editor import Context
from ropa_ui.forms.safeguard_block import SafeguardBlock
from ropa_ui.forms.safeguard_columns import columns_that_matter
from ropa_ui.forms.safeguards import SafeguardsEditor
from ropa_ui.models.checks import Row
from ropa_ui.models.session import Session
from ropa_ui.widgets.finding import FindingBar
from ropa_ui.widgets.labels import Label

FIELD = KINDS["transfer"].field("safeguards")
Made = tuple[SafeguardsEditor, list[Value]]
Make = Callable[..., Made]


@pytest.fixture
def session(dressed: QApplication, register_path: Path) -> Iterator[Session]:
    opened = Session.open(register_path)
    yield opened
    opened.close()
    opened.deleteLater()


@pytest.fixture
def make(qtbot: QtBot, session: Session) -> Make:
    windows: list[QWidget] = []  # qtbot alone does not keep them

    def build(value: Value = None, **transfer: Value) -> Made:
        context = Context(session, session)
        identifier = session.create("transfer", {"name": "T", "destination": "IN", **transfer})
        context.record = session.view.records[identifier or ""]
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        editor = SafeguardsEditor(FIELD, context, window)
        commits: list[Value] = []
        editor.committed.connect(commits.append)
        QVBoxLayout(window).addWidget(editor)
        editor.load(value)
        window.resize(900, 600)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return editor, commits

    return build


def line(name: str, regime: str, mechanism: str, fallback: bool = False) -> dict[str, Value]:
    reliance = "fallback" if fallback else "relied-on"
    return {"id": name, "regime": regime, "mechanism": mechanism, "reliance": reliance}


def shown(block: SafeguardBlock) -> list[str]:
    return [key for key, row in block.rows.items() if not row.isHidden()]


@pytest.mark.parametrize("mechanism", sorted(vocabulary("mechanism").terms))
@pytest.mark.parametrize("regime", ["eu", "uk", ""])
def test_what_matters_is_declared_and_begins_with_the_mechanism(
    mechanism: str, regime: str
) -> None:
    keys = columns_that_matter(FIELD, line("s", regime, mechanism), regime)
    assert keys[0] == "mechanism"
    assert set(keys) <= {column.key for column in FIELD.columns}
    assert len(keys) == len(set(keys))


def test_the_addendum_is_asked_for_under_the_uk_regime_only(make: Make) -> None:
    editor, _commits = make([line("a", "eu", "scc"), line("b", "uk", "scc")])
    assert "addendum_signed" not in shown(editor.blocks["a"])
    assert "addendum_signed" in shown(editor.blocks["b"])


def test_more_shows_every_other_column(make: Make) -> None:
    editor, _commits = make([line("a", "eu", "adequacy")])
    block = editor.blocks["a"]
    assert "modules" not in shown(block)
    block.toggle_more()
    placed = {"regime", "reliance"}
    assert set(shown(block)) == {column.key for column in FIELD.columns} - placed


def test_a_safeguard_stands_under_its_regime(make: Make) -> None:
    editor, _commits = make([line("a", "eu", "scc"), line("b", "uk", "idta", fallback=True)])
    for regime, name in (("eu", "a"), ("uk", "b")):
        assert editor.columns[regime].isAncestorOf(editor.blocks[name])
    assert editor.blocks["a"].header is None
    header = editor.blocks["b"].header
    assert header is not None
    assert header.title.accessibleDescription() == "Section is folded"


def test_a_new_safeguard_is_committed_with_its_first_fact(make: Make) -> None:
    editor, commits = make([line("a", "uk", "idta")])
    editor.columns["uk"].add_button.click()
    assert commits == []
    new = next(name for name in editor.blocks if name != "a")
    editor._set(new, "mechanism", "bcr")
    assert [(e["regime"], e["mechanism"], e["reliance"]) for e in commits[-1]] == [
        ("uk", "idta", "relied-on"), ("uk", "bcr", "fallback"),
    ]  # fmt: skip


def test_relying_on_a_fallback_makes_the_other_one_in_one_commit(make: Make) -> None:
    lines = [line("a", "eu", "adequacy"), line("b", "eu", "scc", True), line("c", "uk", "idta")]
    editor, commits = make(lines)
    editor.blocks["b"].rely_asked.emit()
    assert len(commits) == 1
    found = {each["id"]: each["reliance"] for each in commits[0]}
    assert found == {"a": "fallback", "b": "relied-on", "c": "relied-on"}


def test_a_column_is_written_and_kept(qtbot: QtBot, make: Make) -> None:
    editor, commits = make([line("a", "eu", "adequacy")])
    editor.open_line("a", "instrument")
    qtbot.keyClicks(QApplication.focusWidget(), "Decision (EU) 2023/1795")
    assert editor.half_typed()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert commits[-1][0]["instrument"] == "Decision (EU) 2023/1795"


def test_what_is_hidden_is_shown_when_it_is_asked_for(make: Make) -> None:
    editor, _commits = make([line("a", "eu", "scc", fallback=True)])
    editor.open_line("a", "derogation_reason")
    assert editor.blocks["a"].rows["derogation_reason"].isVisible()


def test_delete_takes_one_away(make: Make) -> None:
    editor, commits = make([line("a", "eu", "adequacy")])
    editor.blocks["a"].delete_asked.emit()
    assert commits == [None]


def test_nothing_without_a_regime_is_lost(make: Make) -> None:
    lines = [{"id": "x", "mechanism": "scc"}, Open("Which ground?")]
    editor, commits = make(lines)
    assert "regime" in shown(editor.blocks["x"])
    editor._set("x", "regime", "eu")
    assert commits[-1] == [{"id": "x", "regime": "eu", "mechanism": "scc"}, Open("Which ground?")]
    assert editor.columns["eu"].isAncestorOf(editor.blocks["x"])


def test_a_regime_that_does_not_apply_keeps_its_column_and_says_why(
    session: Session, make: Make
) -> None:
    ours = session.view.of("organisation")[0]
    regimes = [{"id": "r", "regime": "uk", "reason": "does-not-apply"}]
    session.set_value(ours.id, "regimes", None, [*regimes, {"id": "e", "regime": "eu",
                                                            "reason": "eu-3-1"}])  # fmt: skip
    editor, _commits = make(None, exporter=ours.id)
    assert "does not apply" in editor.columns["uk"].reason.text()
    assert editor.columns["uk"].isVisible()
    assert not editor.columns["uk"].add_button.isVisible()
    assert editor.columns["eu"].add_button.isVisible()


def test_a_destination_inside_the_area_needs_no_safeguard(make: Make) -> None:
    editor, _commits = make(None, destination="DE")
    assert "Germany" in editor.columns["eu"].reason.text()
    assert editor.columns["uk"].reason.text() == ""


def test_the_columns_stand_below_each_other_where_room_is_short(make: Make) -> None:
    editor, _commits = make([line("a", "eu", "adequacy")])
    first, second = editor.columns.values()
    assert first.y() == second.y()
    editor.window().resize(520, 600)
    QApplication.processEvents()
    assert second.y() > first.y()


def test_in_little_room_labels_go_above_before_columns_do(make: Make) -> None:
    editor, _commits = make([line("a", "eu", "scc"), line("b", "uk", "scc-old", fallback=True)])
    editor.window().resize(580, 600)
    QApplication.processEvents()
    first, second = editor.columns.values()
    assert first.y() == second.y()
    assert second.x() > first.x() + first.width()
    slot = editor.blocks["a"].rows["mechanism"].slot
    assert slot.width() > first.width() - 10, "the field has the whole column"
    said = [label.text() for label in editor.blocks["a"].findChildren(Label) if label.isVisible()]
    assert editor.blocks["a"]._named() in said, "too long for its field, so it is said below"
    button = first.add_button
    assert button.text() == ""
    assert button.accessibleName().startswith("Add safeguard, ")
    header = editor.blocks["b"].header
    assert header is not None
    assert header.title.text() == "SCC before 2021"
    editor.window().resize(1000, 600)
    QApplication.processEvents()
    assert button.text() == "Add safeguard"
    assert header.title.text() == editor.blocks["b"]._named()


def test_a_finding_stands_with_its_safeguard(make: Make) -> None:
    editor, _commits = make([line("a", "eu", "scc"), line("b", "uk", "scc")])
    editor.set_findings([Row("r", "safeguards.b.addendum_signed", "error", "x", "46", "S", "R")])
    assert editor.blocks["a"].findChild(FindingBar) is None
    bar = editor.blocks["b"].findChild(FindingBar)
    assert bar is not None
    assert bar.button is not None
    bar.button.click()
    slot = editor.blocks["b"].rows["addendum_signed"].slot
    assert slot.isAncestorOf(QApplication.focusWidget())


def test_a_state_in_a_column_is_shown_as_one(make: Make) -> None:
    held = {**line("a", "eu", "scc"), "assessment": NotApplicable("No access from there")}
    editor, commits = make([held])
    assert editor.blocks["a"].rows["assessment"].slot.state is not None
    assert commits == []


def test_read_only_safeguards_offer_nothing_to_do(make: Make) -> None:
    editor, _commits = make([line("a", "eu", "scc")])
    editor.set_read_only(True)
    assert not editor.columns["eu"].add_button.isVisible()


def cited(block: SafeguardBlock) -> str:
    """What the field of the mechanism says."""
    line_edit = block.rows["mechanism"].slot.findChild(QLineEdit)
    assert isinstance(line_edit, QLineEdit)
    return line_edit.text()


@pytest.mark.parametrize("mechanism", sorted(vocabulary("mechanism").terms))
@pytest.mark.parametrize("signed", [None, "yes"])
def test_a_mechanism_is_called_as_exports_call_it_under_its_regime(
    make: Make, mechanism: str, signed: str | None
) -> None:
    lines = [{**line(regime, regime, mechanism), "addendum_signed": signed} for regime in REGIMES]
    editor, _commits = make(lines)
    words, day = editor.context.words, editor.context.session.view.day
    for each in lines:
        block = editor.blocks[str(each["id"])]
        assert cited(block) == named_in(words, each, day)
        picker = block.rows["mechanism"].slot.editor.picker  # type: ignore[union-attr]
        for known in vocabulary("mechanism").terms:
            entry = picker.exact(named_in(words, {**each, "mechanism": known}, day))
            assert entry is None or entry.value == known


def test_adequacy_is_cited_by_the_uk_provision_under_the_uk_gdpr(make: Make) -> None:
    editor, commits = make([line("a", "eu", "adequacy"), line("b", "uk", "adequacy")])
    assert cited(editor.blocks["a"]).endswith("Art. 45")
    assert cited(editor.blocks["b"]).endswith("Art. 45A")
    for block in editor.blocks.values():  # what is only looked at is not written
        block.flush()
    assert not commits
    field = editor.blocks["b"].rows["mechanism"].slot.findChild(QLineEdit)
    for typed in ("International Data Transfer Agreement", "Adequacy decision, Art. 45"):
        field.selectAll()
        QTest.keyClicks(field, typed)
        QTest.keyClick(field, Qt.Key.Key_Return)
    stored = commits[-1]
    assert isinstance(stored, list)
    assert stored[1]["mechanism"] == "adequacy"
    assert cited(editor.blocks["b"]).endswith("Art. 45A")


def test_signing_the_addendum_renames_the_clauses(make: Make) -> None:
    editor, _commits = make([line("b", "uk", "scc")])
    before = cited(editor.blocks["b"])
    editor.blocks["b"].committed.emit("addendum_signed", "yes")
    assert cited(editor.blocks["b"]) != before
    assert "UK Addendum" in cited(editor.blocks["b"])
