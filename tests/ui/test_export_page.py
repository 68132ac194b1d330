"""The export page: the preview is what is written, and nothing is ever replaced."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ropa_app.exports.layout import layouts
from ropa_app.i18n import set_language
from ropa_app.model.record import Record
from ropa_app.register.change import Edit, new_id
from ropa_app.register.sample import make_sample
from ropa_ui import settings, theme
from ropa_ui.models.layout_fit import why_empty
from ropa_ui.models.session import Session
from ropa_ui.views.export import ExportPage
from ropa_ui.views.export_layouts import LAYOUT
from ropa_ui.views.export_words import provenance

SLOW = 30_000  # ms: another Python has to start


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "nordlys.ropa"
    make_sample("nordlys", path).close()
    return path


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot, sample: Path, tmp_path: Path) -> Iterator[ExportPage]:
    theme.apply(qapp)
    settings.keep("export/folder", str(tmp_path))
    holder = QWidget()
    qtbot.addWidget(holder)
    session = Session.open(sample, holder)
    made = ExportPage(session, holder)
    made.resize(1100, 800)
    yield made
    made.stop()
    session.close()


def preview(page: ExportPage, qtbot: QtBot, layout: str) -> None:
    page.shown.found = {}
    page.layouts.choose(layout)
    page.parentWidget().show()
    page.show()
    qtbot.waitUntil(lambda: bool(page.shown.found), timeout=SLOW)


def export(page: ExportPage, qtbot: QtBot) -> str:
    page.foot.export.click()
    qtbot.waitUntil(lambda: page._export is None, timeout=SLOW)
    return page.foot._name.text()


def test_what_was_written_is_said_once(page: ExportPage, qtbot: QtBot) -> None:
    said: list[str] = []
    page.said.connect(said.append)
    preview(page, qtbot, "protokoll")
    assert export(page, qtbot).startswith("Written: ")
    assert not said, "the foot says it where it can be seen"
    page.parentWidget().hide()
    page.export()
    qtbot.waitUntil(lambda: page._export is None, timeout=SLOW)
    assert len(said) == 1
    assert said[0].startswith("Written: ")


def test_the_sheet_shown_is_the_sheet_written(
    page: ExportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    preview(page, qtbot, "ico-controller")
    out = page.path()
    assert "Written" in export(page, qtbot)
    sheet = load_workbook(out).worksheets[0]
    found = page.shown.found
    for down, row in enumerate(found["rows"]):
        written = [sheet.cell(found["first"] + down, n + 1).value or "" for n in range(len(row))]
        assert [cell[0] for cell in row] == written
    assert found["sheet"] == sheet.title


def test_the_first_page_of_a_pdf_is_shown(page: ExportPage, qtbot: QtBot) -> None:
    preview(page, qtbot, "safeguards")
    assert page.shown.found["pages"] > 1
    assert not page.shown.page._page.isNull()
    assert page.choices.regime.isVisible()


def test_nothing_private_is_left_behind(page: ExportPage, qtbot: QtBot) -> None:
    preview(page, qtbot, "protokoll")
    qtbot.waitUntil(lambda: page._preview is None, timeout=SLOW)
    assert page._private is None


def test_the_file_is_named_after_register_layout_and_day(page: ExportPage) -> None:
    page.layouts.choose("safeguards")
    page.choices.day.setText("31.12.2025")
    page.choices.regime.set_key("uk")
    assert page.path().name == "nordlys-handel-as-fictitious-safeguards-uk-2025-12-31.pdf"


def test_the_day_in_the_name_is_that_of_the_register(
    page: ExportPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROPA_NOW", "2026-11-26T23:30:00+00:00")
    settings_of = page._session.view.of("register")[0]
    assert settings_of["time_zone"] == "Europe/Oslo"
    page.layouts.choose("record")
    assert page.path().stem.endswith("-2026-11-27")


def test_notices_are_in_the_language_of_the_window(page: ExportPage, qtbot: QtBot) -> None:
    set_language("nb")
    try:
        page.layouts.choose("ico-controller")
        page.choices.language.set_key("en")
        preview(page, qtbot, "ico-controller")
        notes = page.shown.found["notes"]
        assert notes
        assert notes[0].startswith("Protokollen omfatter flere virksomheter")
        sheet = " ".join(cell[0] for row in page.shown.found["rows"] for cell in row)
        assert "Business function" in sheet
    finally:
        set_language("en")


def test_a_file_that_is_there_stays(page: ExportPage, qtbot: QtBot) -> None:
    page.layouts.choose("protokoll")
    first = page.path()
    first.write_text("mine", "utf-8")
    export(page, qtbot)
    assert first.read_text("utf-8") == "mine"
    assert first.with_stem(f"{first.stem}-2").is_file()
    assert not page.foot.open.isHidden()


def test_a_day_that_is_none_is_said_and_nothing_is_written(
    page: ExportPage, tmp_path: Path
) -> None:
    page.choices.day.setText("31.02.2026")
    page.export()
    assert page._export is None
    assert not list(tmp_path.glob("*.xlsx"))


def test_the_past_can_be_exported(page: ExportPage, qtbot: QtBot) -> None:
    page.choices.day.setText("2024-06-01")
    preview(page, qtbot, "protokoll")
    assert page.shown.found["day"] == "2024-06-01"


def test_cancelling_leaves_no_file(page: ExportPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.layouts.choose("record")
    out = page.path()
    page.export()
    with qtbot.waitSignal(page.said):
        page.foot.cancel.click()
    qtbot.waitUntil(lambda: page._export is None, timeout=SLOW)
    assert not out.exists()
    assert not page.foot.export.isHidden()


def test_a_folder_that_is_gone_is_said(page: ExportPage, qtbot: QtBot, tmp_path: Path) -> None:
    page._folder = tmp_path / "gone" / "away"
    page.export()
    qtbot.waitUntil(lambda: page._export is None, timeout=SLOW)
    assert page.shown._notes.count() == 1


def test_choices_are_remembered(page: ExportPage, qtbot: QtBot) -> None:
    page.layouts.choose("protokoll")
    page.choices.language.set_key("nb")
    export(page, qtbot)
    again = ExportPage(page._session, page.parentWidget())
    assert again.layouts.chosen().id == "protokoll"
    assert again.choices.language.key() == "nb"


@pytest.mark.parametrize("layout", layouts(), ids=lambda each: each.id)
def test_what_is_not_confirmed_is_never_shown_as_official(layout) -> None:
    said = " ".join(text for text, _role in provenance(layout, {}))
    assert layout.source["en"] in said
    assert ("ot confirmed" in said or "Not an official" in said) == (layout.confirmed is not True)


# Chosen records


def records(page: ExportPage, kind: str, count: int) -> list[Record]:
    return page._session.view.of(kind)[:count]


def test_chosen_records_alone_are_shown_and_written(
    page: ExportPage, qtbot: QtBot
) -> None:
    chosen = records(page, "activity", 2)
    page.begin(chosen)
    preview(page, qtbot, "protokoll")
    assert page.choices.records.isVisible()
    assert page.choices.records.currentText() == "2 selected activities"
    assert page.shown.found["records"] == 2
    out = page.path()
    assert out.name.endswith(f"-{chosen[0].ref}-{chosen[1].ref}-{page.shown.found['day']}.xlsx")
    export(page, qtbot)
    sheet = load_workbook(out).worksheets[0]
    written = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    named = [str(record["name"]) in written for record in records(page, "activity", 4)]
    assert named == [True, True, False, False]


def test_from_chosen_records_back_to_all_and_again(page: ExportPage) -> None:
    page.begin(records(page, "activity", 1))
    layout = page.layouts.chosen()
    assert page.choices.asked(layout)["refs"] == ["A-001"]
    page.choices.records.set_key("")
    page.choices.records.chosen.emit("")
    assert page.choices.asked(layout)["refs"] is None
    assert page.choices.records.count() == 2
    page.begin()
    assert page.choices.asked(layout)["refs"] is None, "Export alone always means everything"


@pytest.mark.parametrize(("kind", "offered"), [
    ("activity", {"full", "ico-controller", "protokoll", "record", "safeguards"}),
    ("transfer", {"full", "safeguards"}), ("party", {"full"}),
])  # fmt: skip
def test_only_layouts_that_can_hold_the_choice_are_offered(
    page: ExportPage, kind: str, offered: set[str]
) -> None:
    page.layouts.choose("protokoll")
    page.begin(records(page, kind, 3))
    model = page.layouts.model()
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        layout = index.data(LAYOUT)
        if layout is not None:
            enabled = bool(index.flags() & Qt.ItemFlag.ItemIsEnabled)
            assert enabled == (layout.id in offered)
            assert enabled or "Only activities" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert page.layouts.chosen().id in offered
    page.begin()
    assert page.layouts.chosen().id == "protokoll", "the choice for everything is kept"


def test_the_sheet_with_the_chosen_records_is_the_one_shown(page: ExportPage, qtbot: QtBot) -> None:
    page.begin(records(page, "party", 1))
    preview(page, qtbot, "full")
    assert len(page.shown.found["rows"]) > 1
    assert page.shown.found["rows"][1][0][0] == "P-001"


def _move(session: Session, country: str, regimes: list[str]) -> None:
    (own,) = session.view.of("organisation")
    lines = [{"id": new_id(), "regime": each, "reason": f"{each}-3-1"} for each in regimes]
    edits = [Edit(own.id, "country", own["country"], country),
             Edit(own.id, "regimes", own["regimes"], lines)]  # fmt: skip
    assert session.apply(edits, "{}")


@pytest.mark.parametrize(("country", "regimes", "layout"), [
    ("NO", ["eu"], "protokoll"), ("GB", ["uk"], "ico-controller"),
    ("NO", ["eu", "uk"], "protokoll"), ("US", ["eu"], "protokoll"),
    ("US", ["uk"], "ico-controller"),
])  # fmt: skip
def test_the_layout_that_fits_comes_first_and_the_one_chosen_stays(
    session: Session, qtbot: QtBot, country: str, regimes: list[str], layout: str
) -> None:
    _move(session, country, regimes)
    holder = QWidget()
    qtbot.addWidget(holder)
    page = ExportPage(session, holder)
    assert page.layouts.chosen().id == layout
    page.layouts.choose("record")
    again = ExportPage(session, holder)
    assert again.layouts.chosen().id == "record"


def test_a_layout_that_would_be_empty_says_why(session: Session) -> None:
    found = {each.id: each for each in layouts()}
    _move(session, "NO", ["eu"])
    assert why_empty(session, found["ico-controller"]) == (
        "Would be empty: UK GDPR applies to no activity"
    )
    assert not any(why_empty(session, found[i]) for i in found if i != "ico-controller")
    activity = session.view.of("activity")[0]
    lines = [{"id": new_id(), "regime": "uk", "reason": "uk-3-2-a"}]
    assert session.set_value(activity.id, "regimes", activity["regimes"], lines)
    assert not why_empty(session, found["ico-controller"])
