"""The dialog that makes a new register: questions, proposals, the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from ropa_app.i18n import LANGUAGES, _, set_language
from ropa_app.model.kinds import KINDS
from ropa_app.register.store import Register
from ropa_app.register.templates import BUSINESSES, Template, templates
from ropa_ui import theme
from ropa_ui.views.new_register import NewRegisterDialog
from ropa_ui.views.proposal_edit import ProposalEdit

KEY = Qt.Key


@pytest.fixture
def dialog(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> NewRegisterDialog:
    theme.apply(qapp)
    made = NewRegisterDialog(folder=tmp_path)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def names(dialog: NewRegisterDialog) -> list[str]:
    return [each.title("en") for each in dialog.proposals.chosen()]


def settle(dialog: NewRegisterDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not dialog._wait.isActive())


def choose(dialog: NewRegisterDialog, qtbot: QtBot, *kinds: str) -> None:
    for kind in kinds:
        dialog.questions.businesses[kind].setChecked(True)
    settle(dialog, qtbot)


def test_nothing_is_proposed_before_the_business_is_known(dialog: NewRegisterDialog) -> None:
    assert not names(dialog)
    assert not dialog.list.isVisible()


def test_several_kinds_of_business_add_up(dialog: NewRegisterDialog, qtbot: QtBot) -> None:
    choose(dialog, qtbot, "web-shop")
    shop = set(names(dialog))
    choose(dialog, qtbot, "employer")
    assert shop < set(names(dialog))
    assert "Payroll" in names(dialog)
    assert "Requests from data subjects" in names(dialog)


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_its_least_width_what_can_be_done_with_the_proposals_stands_in_one_line(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, language: str
) -> None:
    theme.apply(qapp)
    set_language(language)
    made = NewRegisterDialog(folder=tmp_path)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    choose(made, qtbot, "web-shop")
    made.resize(made.minimumSize())
    QApplication.processEvents()
    shown = [button for button in made.findChildren(QAbstractButton)
             if button.text() in (_("Tick all"), _("Tick none"), _("Edit…"))]  # fmt: skip
    assert len(shown) == 3
    assert len({button.y() for button in shown}) == 1
    assert all(button.width() >= button.sizeHint().width() for button in shown)
    set_language("en")


def test_the_country_proposes_the_law_until_the_user_decides(
    dialog: NewRegisterDialog, qtbot: QtBot
) -> None:
    regimes = dialog.questions.regimes
    assert (regimes["eu"].isChecked(), regimes["uk"].isChecked()) == (True, False)
    dialog.questions.country.set_key("GB")
    assert (regimes["eu"].isChecked(), regimes["uk"].isChecked()) == (False, True)
    assert dialog.questions.reasons["uk"].key() == "uk-3-1"
    regimes["eu"].click()
    dialog.questions.country.set_key("NO")
    assert regimes["uk"].isChecked()


def test_tab_goes_through_the_questions_as_one_reads(
    dialog: NewRegisterDialog, qtbot: QtBot
) -> None:
    heights = []
    while dialog.questions.isAncestorOf(focus := dialog.focusWidget()):
        heights.append(focus.mapTo(dialog.questions, focus.rect().topLeft()).y())
        dialog.focusNextChild()
    assert len(heights) >= 13
    assert heights == sorted(heights)


def test_enter_asks_for_the_business_then_makes_the_register(
    dialog: NewRegisterDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog.questions.name.setText("A")
    qtbot.keyClick(dialog.questions.name, KEY.Key_Return)
    assert dialog.focusWidget() is dialog.questions.businesses["web-shop"]
    assert not list(tmp_path.iterdir())
    choose(dialog, qtbot, "association")
    qtbot.keyClick(dialog.questions.businesses["association"], KEY.Key_Return)
    assert [path.name for path in tmp_path.iterdir()] == ["a.ropa"]


def test_space_drops_and_f2_renames(dialog: NewRegisterDialog, qtbot: QtBot) -> None:
    choose(dialog, qtbot, "web-shop")
    before = names(dialog)
    dialog.list.setFocus()
    dialog.list.setCurrentIndex(dialog.proposals.index(1))
    qtbot.keyClick(dialog.list, KEY.Key_Space)
    assert names(dialog) == before[1:]
    qtbot.keyClick(dialog.list, KEY.Key_Space)
    qtbot.keyClick(dialog.list, KEY.Key_F2)
    editor = dialog.list.findChild(QLineEdit)
    editor.setText("Net sales")
    qtbot.keyClick(editor, KEY.Key_Return)
    qtbot.waitUntil(lambda: names(dialog)[0] == "Net sales")


def test_names_and_ticks_outlive_other_answers(dialog: NewRegisterDialog, qtbot: QtBot) -> None:
    choose(dialog, qtbot, "web-shop")
    dialog.proposals.setData(dialog.proposals.index(1), "Net sales")
    box = Qt.ItemDataRole.CheckStateRole
    dialog.proposals.setData(dialog.proposals.index(2), Qt.CheckState.Unchecked, box)
    dialog.questions.country.set_key("SE")
    choose(dialog, qtbot, "association")
    assert names(dialog)[0] == "Net sales"
    assert "Payment" not in names(dialog)


def test_the_detail_says_basis_retention_and_what_to_confirm(
    dialog: NewRegisterDialog, qtbot: QtBot
) -> None:
    choose(dialog, qtbot, "web-shop")
    row = next(
        n for n in range(dialog.proposals.rowCount())
        if dialog.proposals.index(n).data() == "Withdrawal and returns"
    )  # fmt: skip
    dialog.list.setCurrentIndex(dialog.proposals.index(row))
    said = " ".join(
        child.accessibleName() for child in dialog.detail.children() if hasattr(child, "set_parts")
    )
    assert "Art. 6(1)(c)" in said
    assert "5 years" in said
    assert "angrerettloven" in said


def test_a_name_is_demanded(dialog: NewRegisterDialog, qtbot: QtBot, tmp_path: Path) -> None:
    dialog.make()
    assert not list(tmp_path.iterdir())
    assert dialog.isVisible()
    assert QApplication.focusWidget() in (dialog.questions.name, None)


def test_it_makes_the_register(dialog: NewRegisterDialog, qtbot: QtBot, tmp_path: Path) -> None:
    dialog.questions.name.setText("Blåbær & Sønn AS")
    dialog.questions.number.setText("999615147")
    dialog.questions.email.setText("post@example.no")
    choose(dialog, qtbot, "web-shop")
    dialog.language.set_value("nb")
    with qtbot.waitSignal(dialog.made) as told:
        qtbot.mouseClick(dialog.create_button, Qt.MouseButton.LeftButton)
    path = Path(told.args[0])
    assert path == tmp_path / "blabaer-sonn-as.ropa"
    with Register.open(path) as register:
        ours = register.get("O-001")
        assert ours["organisation_number"] == "999 615 147"
        assert ours["country"] == "NO"
        found = list(register.records(KINDS["activity"]))
        assert found[0]["name"] == "Salg i nettbutikken"
        assert all(each["organisations"] == [ours.id] for each in found)


def test_a_file_that_is_there_is_never_replaced(
    dialog: NewRegisterDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "a.ropa").write_text("mine", "utf-8")
    dialog.questions.name.setText("A")
    assert dialog.path().name == "a-2.ropa"
    dialog._path = tmp_path / "a.ropa"
    dialog.make()
    assert (tmp_path / "a.ropa").read_text("utf-8") == "mine"
    assert dialog.isVisible()


@pytest.mark.parametrize("language", ["en", "nb"])
def test_everything_has_a_name(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, language: str
) -> None:
    set_language(language)
    dialog = NewRegisterDialog(folder=tmp_path)
    qtbot.addWidget(dialog)
    fields = dialog.questions.findChildren(QLineEdit)
    assert all(field.accessibleName() for field in fields)
    assert dialog.list.accessibleName()


def test_tab_goes_from_the_questions_to_the_proposals_to_the_buttons(
    dialog: NewRegisterDialog, qtbot: QtBot
) -> None:
    choose(dialog, qtbot, "web-shop")
    boxes = list(dialog.questions.businesses.values())
    boxes[-1].setFocus()
    met = []
    for _step in range(8):
        qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Tab)
        met.append(QApplication.focusWidget())
    assert met == [
        dialog._all, dialog._none, dialog._edit, dialog.list, dialog._detail_area,
        dialog._choose, dialog._cancel, dialog.create_button,
    ]  # fmt: skip


def open_editor(dialog: NewRegisterDialog, qtbot: QtBot, title: str) -> ProposalEdit:
    """The editor of the proposal with that name, opened with Enter."""
    rows = range(dialog.proposals.rowCount())
    row = next(n for n in rows if dialog.proposals.index(n).data() == title)
    dialog.list.setCurrentIndex(dialog.proposals.index(row))
    qtbot.keyClick(dialog.list, KEY.Key_Return)
    # One that is closed is gone only when the event loop comes by.
    (editor,) = [each for each in dialog.findChildren(ProposalEdit) if each.isVisible()]
    qtbot.waitExposed(editor)
    return editor


def test_name_basis_and_time_of_a_proposal_can_be_edited(
    dialog: NewRegisterDialog, qtbot: QtBot
) -> None:
    dialog.questions.name.setText("Blåbær AS")
    choose(dialog, qtbot, "web-shop")
    editor = open_editor(dialog, qtbot, "Withdrawal and returns")
    editor.name.setText("Returns")
    boxes = editor.bases[0]
    assert boxes["6-1-c"].isChecked()
    boxes["6-1-c"].click()
    boxes["6-1-b"].click()
    (line,) = [edit for key, edit in editor.times.items() if key == "accounting"]
    line.setText("7 years")
    qtbot.keyClick(line, KEY.Key_Return)
    assert "Returns" in names(dialog)
    with qtbot.waitSignal(dialog.made) as told:
        dialog.make()
    with Register.open(Path(told.args[0])) as register:
        (ours,) = (a for a in register.records(KINDS["activity"]) if a["name"] == "Returns")
        purpose = ours["purposes"][0]
        assert purpose["legal_basis"] == ["6-1-b"]
        assert "national_law" not in purpose  # it went with the legal obligation
        kept = {each.id: each for each in register.records(KINDS["retention"])}
        periods = [kept[line["retention_rule"]]["period"] for line in ours["data"]]
        assert {"amount": 7, "unit": "years"} in periods


def test_a_time_of_keeping_goes_for_all_that_share_it_and_outlives_other_answers(
    dialog: NewRegisterDialog, qtbot: QtBot
) -> None:
    choose(dialog, qtbot, "web-shop")
    editor = open_editor(dialog, qtbot, "Bookkeeping")
    editor.times["accounting"].setText("10 years")
    editor.accept()
    choose(dialog, qtbot, "association")
    again = open_editor(dialog, qtbot, "Withdrawal and returns")
    assert again.times["accounting"].text() == "10 years"
    again.times["accounting"].setText("")  # nothing: as proposed
    again.accept()
    last = open_editor(dialog, qtbot, "Bookkeeping")
    assert last.times["accounting"].text().startswith("5 years")


def test_what_is_edited_and_cancelled_changes_nothing(
    dialog: NewRegisterDialog, qtbot: QtBot
) -> None:
    choose(dialog, qtbot, "web-shop")
    before = names(dialog)
    editor = open_editor(dialog, qtbot, before[0])
    editor.name.setText("Nothing of the kind")
    qtbot.keyClick(editor, KEY.Key_Escape)
    assert names(dialog) == before
    assert dialog.list.hasFocus()


@pytest.mark.parametrize("business", BUSINESSES)
@pytest.mark.parametrize("language", ["en", "nb"])
def test_an_editor_left_as_it_was_changes_nothing(
    dialog: NewRegisterDialog, business: str, language: str
) -> None:
    told: list[tuple[Template, object]] = []
    offered = [each for each in templates() if each.business == business]
    for template in offered:
        editor = ProposalEdit(template, language, dialog._organisation(), {}, dialog)
        editor.accepted_as.connect(lambda *given: told.append(given))
        editor.accept()
    assert told == [(template, {}) for template in offered]
    assert not any(template.own_bases for template, _periods in told)


@pytest.mark.parametrize("language", ["en", "nb"])
def test_the_editor_of_a_proposal_needs_no_more_width_than_it_has(
    dialog: NewRegisterDialog, language: str
) -> None:
    theme.set_scale(2.0)
    try:
        for template in templates()[::6]:
            editor = ProposalEdit(template, language, dialog._organisation(), {}, dialog)
            area = editor.findChild(QScrollArea)
            assert area.widget().minimumSizeHint().width() <= editor.minimumWidth() - 48
            editor.reject()
    finally:
        theme.set_scale(1.0)


def test_what_was_entered_is_dropped_only_when_asked_for_twice(
    dialog: NewRegisterDialog, qtbot: QtBot
) -> None:
    dialog.questions.name.setText("Blåbær AS")
    qtbot.keyClick(dialog, KEY.Key_Escape)
    assert dialog.isVisible()
    assert dialog._problem is not None
    qtbot.keyClick(dialog, KEY.Key_Escape)
    assert not dialog.isVisible()


def test_nothing_entered_is_closed_at_once(dialog: NewRegisterDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog, KEY.Key_Escape)
    assert not dialog.isVisible()
