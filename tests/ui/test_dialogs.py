"""Clashes, replaced files, drafts after a crash, the as-at menu and the menu of registers."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from ropa_app.errors import ConflictError
from ropa_app.model.vocabulary import vocabulary
from ropa_app.register import backup
from ropa_app.register.change import Edit, label
from ropa_app.register.store import Register
from ropa_ui import settings
from ropa_ui.models.drafts import Drafts
from ropa_ui.models.session import Session
from ropa_ui.views.as_at import AsAtMenu
from ropa_ui.views.clash import ClashDialog, ReplacedDialog
from ropa_ui.views.drafts import DraftsDialog
from ropa_ui.views.registers import RegistersMenu
from ropa_ui.widgets.diff_value import NewValue
from ropa_ui.widgets.labels import Label

NextStart = Callable[[Drafts, Path], Drafts]


@pytest.fixture
def desk(session: Session, qtbot: QtBot) -> Iterator[QWidget]:
    """What dialogs lie over."""
    made = QWidget()
    made.resize(900, 600)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def edited_elsewhere(session: Session, value: str) -> str:
    """A-001 renamed by another program; its id."""
    record = session.register.get("A-001")
    with Register.open(session.path, writable=True, who="kari@example.com") as other:
        edit = Edit(record.id, "name", record["name"], value)
        other.apply([edit], label("set", ref=record.ref, fields=["name"]))
    return record.id


def texts(parent: QWidget) -> str:
    return "\n".join(each.text() for each in parent.findChildren(Label))


# A field changed meanwhile


@pytest.fixture
def clash(session: Session, desk: QWidget) -> ClashDialog:
    seen = session.register.get("A-001")["name"]
    record = edited_elsewhere(session, "Theirs")
    errors: list[ConflictError] = []
    session.clashed.connect(errors.append)
    session.set_value(record, "name", seen, "Mine")
    dialog = ClashDialog(session, errors[0], desk)
    dialog.open()
    QApplication.processEvents()
    return dialog


def test_both_values_are_shown_with_their_origin(clash: ClashDialog) -> None:
    said = texts(clash)
    assert "Theirs" in said
    assert "Mine" in said
    assert "kari@example.com" in clash.values._options[0].button.text()
    assert not clash.keep.isEnabled()
    assert clash.keep.toolTip()


@pytest.mark.parametrize(("choice", "stands"), [(0, "Theirs"), (1, "Mine")])
def test_the_chosen_value_stands(
    clash: ClashDialog, session: Session, choice: int, stands: str
) -> None:
    clash.values.choose(choice)
    clash.keep.click()
    assert session.register.get("A-001")["name"] == stands
    assert not clash.isVisible()


def test_only_one_value_is_chosen_at_a_time(clash: ClashDialog) -> None:
    focus = QApplication.focusWidget()
    assert focus is clash.values._options[0].button
    QTest.keyClick(focus, Qt.Key.Key_Space)
    assert clash.values.chosen() == 0
    QTest.keyClick(focus, Qt.Key.Key_Tab)
    other = QApplication.focusWidget()
    assert other is clash.values._options[1].button
    QTest.keyClick(other, Qt.Key.Key_Space)
    assert clash.values.chosen() == 1
    assert not clash.values._options[0].button.isChecked()


def test_esc_leaves_what_is_in_the_register(clash: ClashDialog, session: Session) -> None:
    QTest.keyClick(clash, Qt.Key.Key_Escape)
    assert not clash.isVisible()
    assert session.register.get("A-001")["name"] == "Theirs"


# Another file in the place of the register


def replace(session: Session, source: Path) -> None:
    beside = session.path.with_suffix(".other")
    shutil.copy(source, beside)
    beside.replace(session.path)


@pytest.fixture
def other_file(register_file: Callable[[str], Path]) -> Path:
    return register_file("nordlys")


def test_a_replaced_file_can_be_opened_and_mine_is_backed_up(
    session: Session, desk: QWidget, other_file: Path, qtbot: QtBot
) -> None:
    session.set_value(
        session.register.get("A-001").id, "name", session.register.get("A-001")["name"], "Mine"
    )
    replace(session, other_file)
    dialog = ReplacedDialog(session, desk)
    dialog.open()
    qtbot.waitUntil(lambda: bool(backup.backups_of(session.present.id)))
    newest = backup.backups_of(session.present.id)[-1]
    with Register.open(newest) as kept:
        assert kept.get("A-001")["name"] == "Mine"
    with qtbot.waitSignal(dialog.register_asked) as asked:
        dialog.main.click()
    assert asked.args == [str(session.path)]


def test_my_copy_is_saved_as_a_new_file(
    session: Session, desk: QWidget, other_file: Path, qtbot: QtBot, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    mine = session.register.get("A-001")["name"]
    replace(session, other_file)
    target = tmp_path / "mine.ropa"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(target), ""))
    dialog = ReplacedDialog(session, desk)
    dialog.open()
    with qtbot.waitSignal(dialog.register_asked) as asked:
        dialog.save.click()
    assert asked.args == [str(target)]
    with Register.open(target) as kept:
        assert kept.get("A-001")["name"] == mine


def test_a_file_that_is_gone_is_put_back(session: Session, desk: QWidget, qtbot: QtBot) -> None:
    session.path.unlink()
    dialog = ReplacedDialog(session, desk)
    dialog.open()
    assert dialog.compare is None
    with qtbot.waitSignal(dialog.register_asked) as asked:
        dialog.main.click()
    assert asked.args == [str(session.path)]
    with Register.open(session.path) as back:
        assert back.get("A-001").id == session.register.get("A-001").id


def test_both_files_are_compared_in_words(
    session: Session, desk: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    copied = Path(shutil.copy(session.path, tmp_path / "copied.ropa"))
    with Register.open(copied, writable=True) as other:
        record = other.get("A-001")
        edit = Edit(record.id, "name", record["name"], "Renamed there")
        other.apply([edit], label("set", ref=record.ref, fields=["name"]))
    replace(session, copied)
    dialog = ReplacedDialog(session, desk)
    dialog.open()
    assert dialog.compare
    dialog.compare.click()
    qtbot.waitUntil(lambda: bool(dialog.findChildren(NewValue)), timeout=20_000)
    assert "Renamed there" in texts(dialog)


def test_closing_while_comparing_ends_it(session: Session, desk: QWidget, other_file: Path) -> None:
    replace(session, other_file)
    dialog = ReplacedDialog(session, desk)
    dialog.open()
    assert dialog.compare
    dialog.compare.click()
    job = dialog._job
    assert job
    dialog.reject()
    assert not job.running


def test_closing_goes_on_with_what_is_open(
    session: Session, desk: QWidget, other_file: Path, qtbot: QtBot
) -> None:
    replace(session, other_file)
    with qtbot.waitSignal(session.replaced):
        session.poll()
    dialog = ReplacedDialog(session, desk)
    dialog.open()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    with qtbot.assertNotEmitted(session.replaced):
        session.poll()


# Half-typed texts


@pytest.fixture
def drafts(session: Session, desk: QWidget, next_start: NextStart) -> Drafts:
    record = session.register.get("A-001")
    made = Drafts(session.path, desk)
    made.note(record.id, "name", "Half a na", str(record["name"]))
    made.note(record.id, "description", "Half a tho", "something else before")
    made.note("gone", "name", "Of nobody", "")
    return next_start(made, session.path)


def open_drafts(session: Session, drafts: Drafts, desk: QWidget) -> DraftsDialog:
    dialog = DraftsDialog(session, drafts, desk)
    dialog.open()
    QApplication.processEvents()
    return dialog


def test_a_draft_is_put_back_as_a_value(session: Session, drafts: Drafts, desk: QWidget) -> None:
    dialog = open_drafts(session, drafts, desk)
    assert QApplication.focusWidget() is dialog.rows[0].put_back
    dialog.rows[0].put_back.click()
    assert session.register.get("A-001")["name"] == "Half a na"
    assert [draft.text for draft in drafts.all()] == ["Half a tho", "Of nobody"]


def test_texts_taken_along_to_another_file_say_so(
    session: Session, drafts: Drafts, desk: QWidget, tmp_path: Path, next_start: NextStart
) -> None:
    assert "The program ended" in open_drafts(session, drafts, desk).sentence.text()
    drafts.hand_over(tmp_path / "there.ropa")
    assert Drafts(session.path, desk).all() == []
    taken = next_start(drafts, tmp_path / "there.ropa")
    words = open_drafts(session, taken, desk).sentence.text()
    assert words.startswith("The register file was replaced or went away")
    assert [draft.text for draft in taken.all()] == [draft.text for draft in drafts.all()]


def test_what_the_field_holds_is_shown_beside_the_text(
    session: Session, drafts: Drafts, desk: QWidget
) -> None:
    dialog, record = open_drafts(session, drafts, desk), session.register.get("A-001")
    assert f"The field now holds: {record['name']}" in texts(dialog.rows[0])
    assert "meanwhile" not in texts(dialog.rows[0])
    assert f"Changed meanwhile; the field now holds: {record['description']}" in texts(
        dialog.rows[1]
    )


def test_of_several_texts_of_one_field_each_can_be_put_back(
    session: Session, desk: QWidget, next_start: NextStart
) -> None:
    record = session.register.get("A-001")
    for text in ("One text", "Another text"):
        window = Drafts(session.path, desk)
        window.note(record.id, "name", text, str(record["name"]))
        window.leave()
    dialog = open_drafts(session, next_start(Drafts(session.path, desk), session.path), desk)
    assert [row.draft.text for row in dialog.rows] == ["One text", "Another text"]
    dialog.rows[0].put_back.click()
    assert "the field now holds: One text" in texts(dialog.rows[0])
    dialog.rows[0].put_back.click()
    assert session.register.get("A-001")["name"] == "Another text"
    assert not dialog.isVisible()


def test_a_field_that_holds_the_text_already_says_nothing_more(
    session: Session, desk: QWidget, next_start: NextStart
) -> None:
    record = session.register.get("A-001")
    made = Drafts(session.path, desk)
    made.note(record.id, "name", str(record["name"]), "before")
    row = open_drafts(session, next_start(made, session.path), desk).rows[0]
    assert "now holds" not in texts(row)


def test_a_draft_of_nothing_can_be_copied_only(
    session: Session, drafts: Drafts, desk: QWidget
) -> None:
    row = open_drafts(session, drafts, desk).rows[2]
    assert not row.put_back.isEnabled()
    assert row.put_back.toolTip()
    row._copy()
    assert QApplication.clipboard().text() == "Of nobody"


def test_a_draft_never_replaces_a_list(
    session: Session, desk: QWidget, next_start: NextStart
) -> None:
    record = session.register.get("A-001")
    assert isinstance(record["purposes"], list)
    made = Drafts(session.path, desk)
    made.note(record.id, "purposes", "Half", "")
    row = open_drafts(session, next_start(made, session.path), desk).rows[0]
    assert not row.put_back.isEnabled()


@pytest.mark.parametrize("known", [True, False])
def test_a_draft_of_a_cell_says_its_line_and_column_and_goes_back_there(
    session: Session, desk: QWidget, known: bool, next_start: NextStart
) -> None:
    record = session.register.get("A-001")
    before = record.lines("purposes")
    made = Drafts(session.path, desk)
    seen = str(before[0].get("national_law", "")) if known else "another law"
    made.note(record.id, "purposes", "Half a thought", seen, f"{before[0]['id']}.national_law")
    made = next_start(made, session.path)
    dialog = open_drafts(session, made, desk)
    row = dialog.rows[0]
    assert "Purposes  ·  line 1 (" in texts(row)
    column = record.kind.field("purposes").column("national_law")
    assert f")  ·  {session.words.label(column)}" in texts(row)
    assert ("meanwhile" in texts(row)) != known
    row.put_back.click()
    after = session.register.get("A-001").lines("purposes")
    assert after == [{**before[0], "national_law": "Half a thought"}, *before[1:]]
    assert made.all() == []


@pytest.mark.parametrize(
    ("ref", "field", "place", "words"),
    [("A-001", "purposes", "gone.detail", "Purposes  ·  a new line  ·  In detail"),
     ("D-001", "checklist", "{point}.clause", "{label}  ·  Clause")],
)  # fmt: skip
def test_a_draft_of_a_line_that_was_never_saved_can_only_be_copied(
    session: Session, desk: QWidget, ref: str, field: str, place: str, words: str,
    next_start: NextStart,
) -> None:  # fmt: skip
    record = session.register.get(ref)
    column = record.kind.field(field).columns[0]
    terms = vocabulary(column.vocabulary).terms if column.kind == "term" else {"": None}
    held = {line.get(column.key) for line in record.lines(field)}
    point = next(term for term in terms if term not in held)
    made = Drafts(session.path, desk)
    made.note(record.id, field, "Half", "", place.format(point=point))
    row = open_drafts(session, next_start(made, session.path), desk).rows[0]
    label = session.words.term(column.vocabulary, point) if point else ""
    assert words.format(label=label) in texts(row)
    assert not row.put_back.isEnabled()
    row._copy()
    assert QApplication.clipboard().text() == "Half"


def test_later_keeps_and_discard_forgets(session: Session, drafts: Drafts, desk: QWidget) -> None:
    dialog = open_drafts(session, drafts, desk)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert len(drafts.all()) == 3
    dialog = open_drafts(session, drafts, desk)
    for row in list(dialog.rows):
        row.discard.click()
    assert drafts.all() == []
    assert not dialog.isVisible()


# As at a day


@pytest.fixture
def menu(session: Session, desk: QWidget) -> AsAtMenu:
    made = AsAtMenu(session, desk)
    made.open_below(desk)
    QApplication.processEvents()
    return made


def test_a_typed_date_shows_the_past(menu: AsAtMenu, session: Session) -> None:
    day = session.view.day - timedelta(days=1)
    shown: list[str | None] = []
    session.going_back.go = shown.append  # type: ignore[assignment, method-assign]
    menu.field.setText(f"{day.day}.{day.month}.{day.year}")
    QTest.keyClick(menu.field, Qt.Key.Key_Return)
    assert shown == [day.isoformat()]


def test_a_date_that_is_none_is_said(menu: AsAtMenu) -> None:
    menu.field.setText("31.02.2026")
    QTest.keyClick(menu.field, Qt.Key.Key_Return)
    assert menu.isVisible()
    assert menu.field.property("state") == "bad"
    assert menu.field.toolTip()


def test_the_calendar_and_today_choose(menu: AsAtMenu, session: Session) -> None:
    shown: list[str | None] = []
    session.going_back.go = shown.append  # type: ignore[assignment, method-assign]
    today = session.view.day
    before = today - timedelta(days=2)
    menu._take_calendar(QDate(before.year, before.month, before.day))
    menu._take_calendar(QDate(today.year, today.month, today.day))
    assert shown == [before.isoformat(), None]


# Registers


def test_the_menu_names_what_was_opened_last(
    session: Session, desk: QWidget, other_file: Path
) -> None:
    settings.remember(other_file)
    settings.remember(session.path)
    menu = RegistersMenu(session.path, desk)
    asked: list[str] = []
    menu.register_asked.connect(asked.append)
    actions = [action for action in menu.actions() if not action.isSeparator()]
    assert not actions[0].isEnabled()
    for action in actions[1:]:
        action.trigger()
    assert asked == [str(other_file), "?", ""]
    menu.close()


# Nobody asked for them


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_what_is_typed_when_it_opens_by_itself_chooses_nothing(
    session: Session, desk: QWidget, other_file: Path, key: Qt.Key
) -> None:
    replace(session, other_file)
    dialog = ReplacedDialog(session, desk)
    chosen: list[str] = []
    dialog.register_asked.connect(chosen.append)
    dialog.open_unasked(dialog.safe)
    QApplication.processEvents()
    assert QApplication.focusWidget() is dialog.compare
    QTest.keyClick(QApplication.focusWidget() or dialog, key)
    assert dialog.isVisible()
    assert chosen == []
    assert dialog.compare is not None
    assert not dialog.compare.isEnabled()  # the files are being compared, no more
    dialog.reject()


def test_where_the_file_is_gone_the_keyboard_is_on_what_asks_first(
    session: Session, desk: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.path.unlink()
    asked: list[str] = []
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_asked: (asked.append("where"), ("", ""))[1]
    )
    dialog = ReplacedDialog(session, desk)
    dialog.register_asked.connect(asked.append)
    dialog.open_unasked(dialog.safe)
    QApplication.processEvents()
    assert QApplication.focusWidget() is dialog.save
    QTest.keyClick(dialog.save, Qt.Key.Key_Return)
    assert asked == ["where"]
    assert not session.path.exists()
    assert dialog.isVisible()
    dialog.reject()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_clash_that_opens_by_itself_leaves_the_keys_to_tab(
    clash: ClashDialog, session: Session, key: Qt.Key
) -> None:
    clash.hide()
    clash.open_unasked()
    QApplication.processEvents()
    QTest.keyClick(QApplication.focusWidget() or clash, key)
    assert clash.isVisible()
    assert not clash.keep.isEnabled()
    QTest.keyClick(clash, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not clash
    clash.reject()
