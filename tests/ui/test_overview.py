"""The overview: what it puts first, that every number opens its list, and the map by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ropa_app.exports.picture import Dot, Picture, Text
from ropa_app.exports.picture import Path as Outline
from ropa_app.exports.picture_svg import svg
from ropa_app.i18n import set_language
from ropa_app.register.loading import load_view
from ropa_app.register.store import Register
from ropa_app.rules.findings import run
from ropa_app.rules.overview import overview
from ropa_ui import theme
from ropa_ui.models.checks import Row
from ropa_ui.models.session import Session
from ropa_ui.reading_order import stops
from ropa_ui.views import overview_map, overview_state
from ropa_ui.views.overview import OverviewPage
from ropa_ui.views.overview_needs import legal_weight, needs, split_sentence
from ropa_ui.views.overview_page import TWO_COLUMNS, Page
from ropa_ui.views.overview_parts import ActionRow, ChangeRow, SectionHead, Skeleton
from ropa_ui.widgets.bars import BlocksRow, FigureButton, StackedBar
from ropa_ui.widgets.empty import EmptyState
from ropa_ui.widgets.map_view import LegendEntry, MapView, WorldMap
from ropa_ui.widgets.picture_paint import Parts, image_of
from ropa_ui.widgets.press_row import PressRow

TODAY = "2026-11-24T12:00"
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROPA_NOW", TODAY)


@pytest.fixture
def nordlys(
    dressed: QApplication, register_file: Callable[[str], Path]
) -> Iterator[Session]:
    opened = Session.open(register_file("nordlys"))
    yield opened
    opened.close()


def findings(session: Session, language: str = "en") -> tuple[dict[str, Any], list[list[str]]]:
    """The figures and findings as the background brings them."""
    view = load_view(session.register)
    found, words = run(view), view.words(language)
    rows = [
        [f.record, f.field, f.severity, f.rule, f.article, f.sentence(words), f.remedy_words(words)]
        for f in found
    ]
    return overview(view, found), rows


def shown(session: Session, qtbot: QtBot, width: int = 1208, language: str = "en") -> OverviewPage:
    page = OverviewPage(session)
    qtbot.addWidget(page)
    page.resize(width, 848)
    page.show()
    page.show_figures(*findings(session, language))
    for _turn in range(5):  # a scroll bar that appears makes everything find its place again
        settle()
    return page


def rows_of(page: QWidget, kind: type[QWidget] = PressRow) -> dict[str, Any]:
    """The rows on the page by what readers hear."""
    return {row.accessibleName(): row for row in page.findChildren(kind) if row.isVisible()}


def row_with(page: QWidget, text: str) -> Any:
    return next(row for name, row in rows_of(page).items() if text in name)


def settle() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


# The page


def test_before_the_figures_come_quiet_bars_stand_there(nordlys: Session, qtbot: QtBot) -> None:
    page = OverviewPage(nordlys)
    qtbot.addWidget(page)
    page.show()
    assert page.findChildren(Skeleton)
    assert not page.findChildren(FigureButton)
    page.show_figures(*findings(nordlys))
    settle()
    assert not page.findChildren(Skeleton)
    assert len(page.findChildren(FigureButton)) == 3


def test_a_hidden_page_is_filled_when_it_is_shown(nordlys: Session, qtbot: QtBot) -> None:
    page = OverviewPage(nordlys)
    qtbot.addWidget(page)
    page.show_figures(*findings(nordlys))
    assert not page.findChildren(FigureButton)
    page.show()
    assert len(page.findChildren(FigureButton)) == 3


def test_an_empty_register_says_what_to_do_first(
    dressed: QApplication, register_path: Path, qtbot: QtBot
) -> None:
    session = Session.open(register_path)
    page = shown(session, qtbot)
    empty = page.findChild(EmptyState)
    assert empty.isVisible()
    with qtbot.waitSignal(page.page_asked) as asked:
        empty.primary_button.click()
    assert asked.args == ["activity"]
    session.create("activity", {"name": "First"})
    assert not empty.isVisible()
    session.close()


@pytest.mark.parametrize("name", ["nordlys", "smartgroup"])
@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize("width", [844, 1048, 1208, 1900])
def test_nothing_sticks_out_at_any_width(
    name: str, language: str, width: int, dressed: QApplication, qtbot: QtBot,
    register_file: Callable[[str], Path],
) -> None:  # fmt: skip
    set_language(language)
    session = Session.open(register_file(name))
    page = shown(session, qtbot, width, language)
    inside = page.viewport().rect()
    for widget in page.widget().findChildren(QWidget):
        if widget.isVisible() and widget.width():
            left = widget.mapTo(page.viewport(), widget.rect().topLeft()).x()
            assert left >= 0
            assert left + widget.width() <= inside.width()
    session.close()


def test_one_column_where_there_is_no_room_for_two(nordlys: Session, qtbot: QtBot) -> None:
    page = shown(nordlys, qtbot, TWO_COLUMNS - 60)
    needs_head, map_head = (
        next(h for h in page.findChildren(SectionHead) if h.findChildren(QWidget)[0].text() == text)
        for text in ("Needs you today", "Where the data goes")
    )
    place = map_head.mapTo(page.widget(), map_head.rect().topLeft())
    assert place.y() > needs_head.mapTo(page.widget(), needs_head.rect().bottomLeft()).y() + 300
    page.resize(1208, 848)
    QApplication.processEvents()
    assert map_head.mapTo(page.widget(), map_head.rect().topLeft()).x() > 600


def test_it_speaks_the_language_of_the_window(nordlys: Session, qtbot: QtBot) -> None:
    set_language("nb")
    page = shown(nordlys, qtbot, language="nb")
    assert row_with(page, "Mangler garanti: India")
    assert not [name for name in rows_of(page) if "Safeguard" in name]


def test_rows_grow_with_the_text(nordlys: Session, qtbot: QtBot) -> None:
    page = shown(nordlys, qtbot)
    before = page.findChildren(ActionRow)[0].height()
    theme.set_scale(1.5)
    try:
        settle()
        rows = page.findChildren(ActionRow)
        assert len(rows) == 5
        assert rows[0].height() == round(before * 1.5)
    finally:
        theme.set_scale(1.0)


def test_links_lead_to_their_pages(nordlys: Session, qtbot: QtBot) -> None:
    page = shown(nordlys, qtbot)
    asked: list[str] = []
    page.page_asked.connect(asked.append)
    for head in page.findChildren(SectionHead):
        head.linked.emit()
    assert [key for key in asked if key] == ["checks", "transfer", "history"]


# Needs you today


def test_errors_by_weight_then_dates_at_most_five(nordlys: Session, qtbot: QtBot) -> None:
    page = shown(nordlys, qtbot)
    rows = page.findChildren(ActionRow)
    assert len(rows) == 5
    names = [row.button.accessibleName() for row in rows]
    assert "should have been answered by 28 Oct 2026" in names[0]
    assert "must be answered by 30 Nov 2026" in names[1]
    told = [row.button.accessibleDescription() for row in rows]
    assert "Art. 12(3)" in told[0]
    assert "Art. 12(3)" not in told[1]  # the enquiry of an authority, which sets its own time


def test_the_remedy_opens_the_record_at_the_field(nordlys: Session, qtbot: QtBot) -> None:
    page = shown(nordlys, qtbot)
    row = page.findChildren(ActionRow)[0]
    with qtbot.waitSignal(page.record_asked) as asked:
        qtbot.keyClick(row.button, Qt.Key.Key_Return)
    assert nordlys.get(asked.args[0]).ref == "RQ-007"
    assert asked.args[1] == "received"


def test_a_sheet_of_questions_when_nothing_presses(session: Session, qtbot: QtBot) -> None:
    page = shown(session, qtbot)
    names = [row.button.accessibleName() for row in page.findChildren(ActionRow)]
    assert len(names) == 5
    assert all(name.startswith("Answer: ") for name in names)


def test_one_row_for_each_record(session: Session) -> None:
    activity = session.view.of("activity")[0]
    rows = [
        Row(activity.id, "name", "error", "R-x", "30(1)(b)", "Lower. More to it.", "Do it."),
        Row(activity.id, "role", "error", "R-x", "6(1)", "Higher", "Do it."),
        Row(activity.id, "role", "warning", "R-x", "6(1)", "Mild", "Do it."),
    ]
    found, pressing = needs(session, {"due": []}, rows)
    assert [(need.sentence, need.field) for need in found] == [("Higher", "role")]
    assert "1 more in it" in found[0].facts
    assert pressing == "2 errors", "as the checks count them"
    due = [{"kind": "review", "record": activity.id, "day": "2026-11-30", "days": 4, "field": ""}]
    assert needs(session, {"due": due}, rows)[1] == "2 errors  ·  1 date"


@pytest.mark.parametrize(
    ("article", "weight"),
    [("46", 0), ("6(1)", 0), ("UK GDPR Art. 46", 0), ("12(3)", 0), ("28(3)", 1), ("30(1)(b)", 1),
     ("35(11)", 1), ("11", 1), ("DPA 2018 Sch. 1 para. 39", 2), ("", 2)],
)  # fmt: skip
def test_provisions_weigh_as_art_83_has_them(article: str, weight: int) -> None:
    assert legal_weight(article) == weight


@pytest.mark.parametrize(
    ("sentence", "head", "rest"),
    [
        ("X is a processor, and Art. 28(3) demands one. Status: none.",
         "X is a processor, and Art. 28(3) demands one", "Status: none"),
        ("«Vilkår i art. 9 nr. 2» er et åpent spørsmål: hvilket?",
         "«Vilkår i art. 9 nr. 2» er et åpent spørsmål", "hvilket?"),
        ("Nothing more to it.", "Nothing more to it", ""),
    ],
)  # fmt: skip
def test_a_sentence_is_parted_where_it_ends(sentence: str, head: str, rest: str) -> None:
    assert split_sentence(sentence) == (head, rest)


# State of the register


def asked_lists(page: OverviewPage) -> list[tuple[str, list[str], str]]:
    found: list[tuple[str, list[str], str]] = []
    page.list_asked.connect(lambda kind, ids, title: found.append((kind, ids, title)))
    return found


def test_every_number_opens_as_many_records(nordlys: Session, qtbot: QtBot) -> None:
    page = shown(nordlys, qtbot)
    asked = asked_lists(page)
    blocks = page.findChildren(overview_state.StateBlock)
    for block in blocks:
        for row in block.findChildren(PressRow):
            if not row.isEnabled():
                continue
            asked.clear()
            row.click()
            (kind, ids, title) = asked[0]
            assert title
            assert all(nordlys.get(i).kind_key == kind for i in ids)
            assert str(len(ids)) in row.accessibleName() or "%" in row.accessibleName()


def test_what_is_missing_is_opened_first(nordlys: Session, qtbot: QtBot) -> None:
    page = shown(nordlys, qtbot)
    asked = asked_lists(page)
    row_with(page, "Retention: missing in 1 of 31").click()
    assert len(asked[0][1]) == 1


def test_a_mechanism_counts_a_transfer_once_by_its_worst_state() -> None:
    groups = [
        {"mechanism": "", "regime": "eu", "transfers": ["x", "y"], "states": ["missing"] * 2},
        {"mechanism": "scc", "regime": "eu", "transfers": ["a", "b"], "states": ["recorded"] * 2},
        {"mechanism": "scc", "regime": "uk", "transfers": ["a"], "states": ["missing"]},
    ]
    assert overview_state.by_mechanism(groups) == [
        ("scc", {"b": "recorded", "a": "missing"}),
        ("", {"x": "missing", "y": "missing"}),
    ]


@pytest.mark.parametrize("count", [1, 6, 17, 29, 30, 4000])
def test_blocks_stay_in_their_row(count: int, dressed: QApplication, qtbot: QtBot) -> None:
    row = BlocksRow("Adequacy decision", ["ok", "bad"] * (count // 2) + ["rev"], count, "x")
    qtbot.addWidget(row)
    row.resize(190, 25)
    ground = theme.colour("paper").rgb()
    image = row.grab().toImage()
    top = {image.pixel(x, 0) for x in range(60, 170)}
    assert len(top) == 1, "nothing is painted on the edge"
    assert ground is not None


def test_a_bar_says_what_it_shows(nordlys: Session, qtbot: QtBot) -> None:
    page = shown(nordlys, qtbot)
    bar = page.findChild(StackedBar)
    assert "In force: 20" in bar.accessibleName()
    assert "Missing: 1" in bar.accessibleName()


# By keyboard


def test_tab_goes_in_the_order_of_reading(nordlys: Session, qtbot: QtBot) -> None:
    page = shown(nordlys, qtbot)
    names = [widget.accessibleName() for widget in stops(page)]
    places = [
        next(place for place, name in enumerate(names) if text in name)
        for text in ("Open request", "without a gap", "processors need one", "leave the EEA",
                     "Map of where", "Safeguard missing: India", "Changed 3")
    ]  # fmt: skip
    assert places == sorted(places)
    assert all(names)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_rows_are_pressed_by_key(nordlys: Session, qtbot: QtBot, key: Qt.Key) -> None:
    page = shown(nordlys, qtbot)
    row = row_with(page, "Expiring soon")
    with qtbot.waitSignal(page.list_asked) as asked:
        qtbot.keyClick(row, key)
    assert asked.args[0] == "party"


# What changed


def test_the_newest_changes_of_the_week_stand_there(session: Session, qtbot: QtBot) -> None:
    page = shown(session, qtbot)
    activity = session.view.of("activity")[0]
    session.set_value(activity.id, "department", None, "Shop")
    settle()
    rows = [row for row in page.findChildren(ChangeRow) if row.isVisible()]
    assert "Changed “Department”" in rows[0].accessibleName()
    assert "now Shop" in rows[0].accessibleName()
    assert "Today" in rows[0].accessibleName()
    with qtbot.waitSignal(page.record_asked) as asked:
        rows[0].click()
    assert asked.args == [activity.id, ""]


def test_older_changes_are_left_out(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROPA_NOW", "2027-06-01T12:00")
    session.view.forget()
    page = shown(session, qtbot)
    assert not page.findChildren(ChangeRow)


# The map

ENTRIES = [
    LegendEntry("missing", "x-circle-fill", "bad", "bad", "Missing", "India", "India"),
    LegendEntry("adequate", "check-circle-fill", "ok", "ok", "Adequate", "Malta", "Malta"),
]


@pytest.fixture
def world(dressed: QApplication, qtbot: QtBot) -> WorldMap:
    made = WorldMap()
    qtbot.addWidget(made)
    made.resize(400, 167)
    made.show()
    made.show_map({"IN": "bad", "MT": "ok"}, {"IN": "India: missing", "MT": "Malta"}, ENTRIES)
    return made


def test_arrow_keys_go_from_country_to_country(world: WorldMap, qtbot: QtBot) -> None:
    seen = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(world, key)
        seen.append(world.current)
    assert seen == ["IN", "MT", "IN", "MT"]
    with qtbot.waitSignal(world.activated) as asked:
        qtbot.keyClick(world, Qt.Key.Key_Return)
    assert asked.args == ["MT"]


def test_readers_hear_the_country_and_the_legend(world: WorldMap, qtbot: QtBot) -> None:
    assert world.accessibleDescription() == "Missing: India\nAdequate: Malta"
    qtbot.keyClick(world, Qt.Key.Key_Right)
    assert world.accessibleDescription().startswith("India: missing\n")


def test_a_small_country_has_a_dot_that_can_be_hit(world: WorldMap, qtbot: QtBot) -> None:
    dot = next(item for item in world.picture.items if isinstance(item, Dot))
    assert dot.id == "MT"
    assert dot.radius == 4.5
    with qtbot.waitSignal(world.activated) as asked:
        qtbot.mouseClick(world, LEFT, pos=QPointF(dot.x + 6, dot.y).toPoint())
    assert asked.args == ["MT"]


def test_only_red_is_hatched(world: WorldMap) -> None:
    outlines = [item for item in world.picture.items if isinstance(item, Outline)]
    hatched = {item.id for item in outlines if item.hatched}
    assert hatched == {"IN"}


def test_the_map_is_copied_as_image_and_svg(world: WorldMap) -> None:
    world.copy()
    data = QGuiApplication.clipboard().mimeData()
    assert data.imageData().width() == 2 * 960
    text = bytes(data.data("image/svg+xml")).decode("utf-8")
    assert text.startswith("<svg")
    assert "Missing: India" in text


@pytest.mark.parametrize(
    ("name", "start"), [("m.svg", b"<svg"), ("m.png", b"\x89PNG"), ("m.PDF", b"%PDF")]
)
def test_the_map_is_saved_as_its_name_asks(
    world: WorldMap, tmp_path: Path, name: str, start: bytes
) -> None:
    world.save(str(tmp_path / name))
    assert (tmp_path / name).read_bytes().startswith(start)


def test_another_ending_and_a_register_are_refused(
    world: WorldMap, register_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(world.failed) as said:
        world.save("map.docx")
    assert "SVG, PNG or PDF" in said.args[0]
    copy = register_path.with_suffix(".svg")
    copy.write_bytes(register_path.read_bytes())
    with qtbot.waitSignal(world.failed):
        world.save(str(copy))
    assert Register.open(copy).close() is None


def test_a_saved_map_is_told_of(nordlys: Session, qtbot: QtBot, tmp_path: Path) -> None:
    page, file = shown(nordlys, qtbot), tmp_path / "map.svg"
    with qtbot.waitSignal(nordlys.wrote) as told:
        page._page.map.map.save(str(file))
    assert told.args == ["Saved as map.svg", str(file)]


def test_a_legend_entry_opens_its_list(nordlys: Session, qtbot: QtBot) -> None:
    page = shown(nordlys, qtbot)
    with qtbot.waitSignal(page.list_asked) as asked:
        row_with(page, "Safeguard missing: India").click()
    kind, ids, title = asked.args
    assert kind == "transfer"
    assert title == "Safeguard missing: India"
    assert {nordlys.get(i).text("destination") for i in ids} == {"IN"}


def test_a_country_opens_its_transfers(nordlys: Session, qtbot: QtBot) -> None:
    page = shown(nordlys, qtbot)
    with qtbot.waitSignal(page.list_asked) as asked:
        page.findChild(MapView).activated.emit("IN")
    assert {nordlys.get(i).text("destination") for i in asked.args[1]} == {"IN"}


def test_the_worst_state_of_a_country_and_of_its_parts_colours_it(dressed: QApplication) -> None:
    destinations = [
        {"country": "GB", "transfers": ["a"], "worst": "adequate"},
        {"country": "GB-NIR", "transfers": ["b"], "worst": "missing"},
        {"country": "DE", "transfers": ["c"], "worst": "inside"},
        {"country": "", "transfers": ["d"], "worst": "open"},
    ]
    assert overview_map.marked(["NO"], destinations) == {"GB": "bad", "": "rev", "NO": "accent"}
    assert overview_map.transfers_by_country(destinations)["GB"] == ["a", "b"]
    said = {entry.key: entry.all_countries for entry in overview_map.legend(["NO"], destinations)}
    assert said["open"] == "destination not stated"
    assert said["inside"] == "Germany"


def test_no_word_says_that_a_transfer_is_lawful(nordlys: Session, qtbot: QtBot) -> None:
    names: Sequence[str] = [*rows_of(shown(nordlys, qtbot))]
    assert not [name for name in names if "awful" in name]


# Pictures

PICTURE = Picture(
    100,
    50,
    (
        Outline([[0, 0, 20, 0, 20, 20, 0, 20]], "bad", "paper", 1.0, True, "sq"),
        Dot(60, 25, 10, "ok", "paper", "dot"),
        Text(5, 45, "R&D <b>", 8, "text", strong=True),
    ),
)


def test_parts_are_found_by_place() -> None:
    parts = Parts(PICTURE, {"dot": "A dot", "sq": "A square"})
    assert parts.ids == ["dot", "sq"]
    assert parts.at(QPointF(10, 10)) == "sq"
    assert parts.at(QPointF(73, 25)) == "dot"
    assert parts.at(QPointF(40, 40)) == ""


def test_an_image_is_painted_in_the_colours_of_paper(dressed: QApplication) -> None:
    theme.set_theme("dark")
    image = image_of(PICTURE)
    assert (image.width(), image.height()) == (200, 100)
    assert image.pixelColor(120, 50).name() == "#0e6f5c"
    assert image.pixelColor(198, 2).name() == "#ffffff"


def test_svg_takes_no_text_for_markup() -> None:
    text = svg(PICTURE, "A <title>")
    assert "R&amp;D &lt;b&gt;" in text
    assert "<title>A &lt;title&gt;</title>" in text
    assert text.count("url(#hatch)") == 1
    assert svg(PICTURE, "A <title>") == text


def test_blocks_that_are_read_before_the_page_has_a_size_are_shown(dressed: QApplication) -> None:
    holder = QWidget()
    page = Page(holder)
    block = QWidget()
    page.show_state([block])
    page.arrange(900)
    assert page.isAncestorOf(block)
    holder.deleteLater()
