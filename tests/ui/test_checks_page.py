"""The page of checks: groups, chips, counts in words, and the way to the field."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ropa_app.rules.findings import rules
from ropa_ui.models.check_groups import TITLES, count_words, grouped
from ropa_ui.models.check_tree import ITEM
from ropa_ui.models.checks import Checks, Row
from ropa_ui.models.session import Session
from ropa_ui.views import checks as checks_page
from ropa_ui.views.checks import ChecksPage
from ropa_ui.widgets.toggle_chip import ToggleChip


def finding(record: str, rule: str, severity: str, field: str = "name") -> Row:
    return Row(record, field, severity, rule, "30(1)", f"{rule} is wrong.", "Put it right.")


def take(checks: Checks, rows: list[Row]) -> None:
    """As if the background had found them."""
    checks._by_record = {}
    for row in rows:
        checks._by_record.setdefault(row.record, []).append(row)
    checks.figures, checks.checked_at = {}, "2026-11-22T08:05:00.000Z"
    checks.renewed.emit()
    checks.overview_ready.emit({})


@pytest.fixture
def checks(session: Session) -> Iterator[Checks]:
    made = Checks(session)
    yield made
    made.stop()


@pytest.fixture
def page(session: Session, checks: Checks, qtbot: QtBot) -> ChecksPage:
    made = ChecksPage(session, checks, None)
    made.resize(1200, 800)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def rows(session: Session) -> list[Row]:
    one, two = (session.register.get(ref).id for ref in ("A-001", "A-002"))
    party = session.register.get("P-001").id
    return [
        finding(one, "R-open-01", "question"),
        finding(two, "R-open-01", "question", "owner"),
        finding(party, "R-text-01", "warning"),
        finding(two, "R-art28-01", "error", "recipients.r1.agreement"),
    ]


def titles(page: ChecksPage) -> list[str]:
    return [group.title for group in page.model.groups]


def chip(page: ChecksPage, begins: str) -> ToggleChip:
    found = [c for c in page.findChildren(ToggleChip) if not c.isHidden()]
    return next(c for c in found if c.text().startswith(begins))


def test_the_gravest_stands_first(page: ChecksPage, checks: Checks, rows: list[Row]) -> None:
    take(checks, rows)
    assert [group.severity for group in page.model.groups] == ["error", "warning", "question"]
    assert [len(group.rows) for group in page.model.groups] == [1, 1, 2]
    assert page._count.text() == "1 error, 1 warning, 2 questions"


def test_enter_leads_to_the_field(
    page: ChecksPage, checks: Checks, rows: list[Row], qtbot: QtBot
) -> None:
    take(checks, rows)
    first = page.model.index(0, 0, page.model.index(0, 0))
    page.view.setCurrentIndex(first)
    with qtbot.waitSignal(page.record_asked) as asked:
        QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert asked.args == [rows[3].record, "recipients.r1.agreement"]


def test_a_click_leads_there_too(
    page: ChecksPage, checks: Checks, rows: list[Row], qtbot: QtBot
) -> None:
    take(checks, rows)
    QApplication.processEvents()
    first = page.model.index(0, 0, page.model.index(0, 0))
    place = page.view.visualRect(first).center()
    with qtbot.waitSignal(page.record_asked):
        QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_groups_fold_and_stay_folded(page: ChecksPage, checks: Checks, rows: list[Row]) -> None:
    take(checks, rows)
    head = page.model.index(2, 0)
    page.view.setCurrentIndex(head)
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert not page.view.isExpanded(head)
    take(checks, rows[:3])
    assert [page.view.isExpanded(page.model.index(n, 0)) for n in range(2)] == [True, False]


def test_a_group_that_nobody_reads_through_begins_folded(
    page: ChecksPage, checks: Checks, rows: list[Row]
) -> None:
    one = rows[0].record
    many = [finding(one, "R-open-01", "question", f"lines.{number}") for number in range(501)]
    take(checks, [*many, *rows[2:]])
    heads = [page.model.index(row, 0) for row in range(len(page.model.groups))]
    large = [len(group.rows) > 500 for group in page.model.groups]
    assert [page.view.isExpanded(head) for head in heads] == [not each for each in large]
    page.view.setCurrentIndex(heads[large.index(True)])
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    take(checks, [*many, *rows[2:]])
    assert all(page.view.isExpanded(page.model.index(row, 0)) for row in range(len(heads)))


def test_chips_narrow_by_severity_and_kind(
    page: ChecksPage, checks: Checks, rows: list[Row]
) -> None:
    take(checks, rows)
    chip(page, "Questions").click()
    assert [group.severity for group in page.model.groups] == ["question"]
    chip(page, "Processors").click()
    assert page.model.groups == []
    assert page._stack.currentWidget() is page._empty
    page._show_everything()
    assert len(page.model.groups) == 3
    QTest.keyClick(chip(page, "Processors"), Qt.Key.Key_Return)
    assert [group.severity for group in page.model.groups] == ["warning"]


def test_the_place_in_the_list_stays(page: ChecksPage, checks: Checks, rows: list[Row]) -> None:
    take(checks, rows)
    page.view.setCurrentIndex(page.model.index(1, 0, page.model.index(2, 0)))
    kept = page.view.currentIndex().data(ITEM)
    take(checks, rows[:2])
    assert page.view.currentIndex().data(ITEM) == kept


def test_nothing_found_says_what_was_checked(page: ChecksPage, checks: Checks) -> None:
    assert page._empty.heading.text() == "Checking"
    take(checks, [])
    assert page._empty.heading.text() == "Nothing found"
    sentence = page._empty.sentence.text()
    assert "activities" in sentence
    assert sentence.endswith("Checked at 09:05")


def test_a_hidden_page_waits(page: ChecksPage, checks: Checks, rows: list[Row]) -> None:
    page.hide()
    take(checks, rows)
    assert page.model.groups == []
    page.show()
    assert len(page.model.groups) == 3


def test_ten_thousand_rows_are_no_widgets(
    page: ChecksPage, checks: Checks, session: Session
) -> None:
    record = session.register.get("A-001").id
    before = len(page.findChildren(object))
    take(checks, [finding(record, "R-open-01", "question", f"f{n}") for n in range(10_000)])
    assert page.model.rowCount(page.model.index(0, 0)) == 10_000
    assert len(page.findChildren(object)) < before + 20
    page.view.scrollToBottom()
    assert page._count.text() == "10,000 questions"


def test_a_great_many_rows_follow_a_moment_after_their_count(
    page: ChecksPage, checks: Checks, session: Session, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(checks_page, "_IN_STEPS", 10)
    record = session.register.get("A-001").id
    take(checks, [finding(record, "R-open-01", "question", f"f{n:02}") for n in range(20)])
    assert page._count.text() == "20 questions"
    qtbot.waitUntil(lambda: len(page.model.groups) == 1)
    first = page.model.index(0, 0, page.model.index(0, 0))
    page.view.setCurrentIndex(first)
    take(checks, [finding(record, "R-open-01", "question", f"f{n:02}") for n in range(30)])
    qtbot.waitUntil(lambda: page.model.rowCount(page.model.index(0, 0)) == 30)
    assert page.view.currentIndex().data(ITEM).field == "f00"


def test_rows_are_spoken_whole(page: ChecksPage, checks: Checks, rows: list[Row]) -> None:
    take(checks, rows)
    index: QModelIndex = page.model.index(0, 0, page.model.index(0, 0))
    spoken = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    for part in ("A-002", "R-art28-01 is wrong", "Art. 30(1)", "Put it right"):
        assert part in spoken


def test_missing_information_is_grouped_by_field(session: Session) -> None:
    record = session.register.get("A-001")
    places = {record.id: ("activity", 1)}
    rows = [
        finding(record.id, "R-art30-01", "warning", key) for key in ("owner", "review", "owner")
    ]
    groups = grouped(rows, places, session.words)
    assert [len(group.rows) for group in groups] == [2, 1]
    assert session.words.label(record.kind.field("owner")) in groups[0].title


def test_every_rule_has_a_heading() -> None:
    assert {rule.id for rule in rules()} == set(TITLES)


def test_counts_in_words() -> None:
    assert count_words([]) == ""
    rows = [finding("x", "r", "info"), finding("x", "r", "error"), finding("x", "r", "error")]
    assert count_words(rows) == "2 errors, 1 remark"
