"""Pictures as lists of primitives: the map of the world, and how it is painted on paper."""

from __future__ import annotations

import io

import pypdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from ropa_app.exports.pdf_picture import paint
from ropa_app.exports.pdf_style import register_fonts
from ropa_app.exports.picture import Dot, Path, Picture, Text
from ropa_app.exports.picture_colours import LIGHT, colour
from ropa_app.exports.picture_map import atlas, world
from ropa_app.model.countries import countries

WIDTH = 200.0
# Uninhabited, and south of the edge of the map.
OFF_THE_MAP = {"AQ", "BV", "GS", "HM", "TF"}


def items(picture: Picture, identifier: str) -> list[object]:
    return [item for item in picture.items if item.id == identifier]


def test_every_country_has_a_place_on_the_map() -> None:
    chart = atlas()
    missing = {code for code, _ in countries("en", ("country",))} - chart.points.keys()
    assert missing == OFF_THE_MAP


def test_the_map_lies_inside_its_frame() -> None:
    chart = atlas()
    for rings in chart.outlines.values():
        for ring in rings:
            assert len(ring) % 2 == 0
            assert 0 <= min(ring[::2]) <= max(ring[::2]) <= chart.width
            assert 0 <= min(ring[1::2]) <= max(ring[1::2]) <= chart.height


def test_no_outline_runs_across_the_whole_map() -> None:
    chart = atlas()
    widest = {code: max(max(r[::2]) - min(r[::2]) for r in rings)
              for code, rings in chart.outlines.items()}  # fmt: skip
    assert max(widest, key=widest.__getitem__) == "RU"
    assert max(widest.values()) < chart.width / 2


@pytest.mark.parametrize(
    ("west", "east", "north", "south"),
    [("US", "NO", "NO", "US"), ("BR", "IN", "IN", "AU"), ("IS", "JP", "GB", "ZA")],
)
def test_places_stand_where_they_are_on_the_globe(
    west: str, east: str, north: str, south: str
) -> None:
    points = atlas().points
    assert points[west][0] < points[east][0]
    assert points[north][1] < points[south][1]


def test_marked_countries_take_their_role_and_missing_ones_are_hatched() -> None:
    picture = world({"US": "ok", "IN": "bad"}, WIDTH)
    american = items(picture, "US")
    indian = items(picture, "IN")
    assert [(p.fill, p.hatched) for p in american if isinstance(p, Path)] == [("ok", False)]
    assert [(p.fill, p.hatched) for p in indian if isinstance(p, Path)] == [("bad", True)]


def test_small_places_are_dots_and_organisations_are_left_out() -> None:
    picture = world({"BM": "ok", "SG": "warn", "ORG-EPO": "ok"}, WIDTH)
    assert [type(item) for item in items(picture, "BM")] == [Dot]
    assert any(isinstance(item, Dot) for item in items(picture, "SG"))
    assert items(picture, "ORG-EPO") == []


def test_a_picture_is_painted_whatever_it_holds() -> None:
    register_fonts()
    square = ((10.0, 10.0, 30.0, 10.0, 30.0, 30.0),)
    picture = Picture(100, 50, (
        Path(square, "ok", "paper", 0.5), Path(square, "bad", hatched=True), Path((), "ok"),
        Dot(50, 20, 4, "accent", "paper"), Dot(60, 20, 4, "warn"),
        Text(50, 40, "Middle", 8, anchor="middle"), Text(100, 40, "End", 8, strong=True,
                                                         anchor="end"),
    ))  # fmt: skip
    file = io.BytesIO()
    canvas = Canvas(file, invariant=1)
    paint(canvas, picture, 10, 10)
    canvas.showPage()
    canvas.save()
    said = pypdf.PdfReader(io.BytesIO(file.getvalue())).pages[0].extract_text()
    assert "Middle" in said
    assert "End" in said


def test_colours_are_asked_for_by_role() -> None:
    assert all(len(value) == 7 and value.startswith("#") for value in LIGHT.values())
    with pytest.raises(KeyError):
        colour("#FF0000")
