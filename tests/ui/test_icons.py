"""Icons exist under the names used, and take the colour of the theme as they are painted."""

from __future__ import annotations

import ast
import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter
from PySide6.QtWidgets import QApplication

from ropa_ui import icons, theme

PROJECT = Path(__file__).resolve().parents[2]
SOURCES = sorted((PROJECT / "ui").rglob("*.py"))
# Where the name of an icon stands among the arguments of what shows one.
PLACES = {
    "icon": 0,
    "pixmap": 0,
    "paint": 2,
    "paint_in": 2,
    "IconLabel": 0,
    "Look": 0,
    "icon_button": 0,
    "plain_button": 1,
    "text_button": 1,
    "set_icon": 0,
    "Chip": 1,
}


@pytest.fixture(autouse=True)
def light_again(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp)
    theme.set_theme("light")
    yield
    theme.set_theme("light")


def called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def used() -> Iterator[tuple[str, str]]:
    """Place and name of every icon a source names where one is shown."""
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or called(node) not in PLACES:
                continue
            at = PLACES[called(node)]
            given = node.args[at : at + 1] + [k.value for k in node.keywords if k.arg == "icon"]
            for argument in given:
                for part in ast.walk(argument):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield f"{source.name}:{node.lineno}", part.value


def ink(image: QImage) -> QColor:
    """The colour of the most solid pixel."""
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(pixels, key=QColor.alpha)


def box(image: QImage) -> tuple[int, int, int, int]:
    """Left, top, and the free room right and below what is painted."""
    solid = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 0
    ]
    xs, ys = [x for x, _ in solid], [y for _, y in solid]
    return min(xs), min(ys), image.width() - 1 - max(xs), image.height() - 1 - max(ys)


def test_icons_are_found_in_the_sources() -> None:
    assert "chip.py" in {place.split(":")[0] for place, _ in used()}
    assert len(list(used())) > 10


def test_every_icon_used_exists() -> None:
    assert not [(place, name) for place, name in used() if name not in icons.names()]


@pytest.mark.parametrize("name", sorted(icons.names()))
def test_every_icon_has_a_shape(name: str) -> None:
    assert not icons.glyph(name).isEmpty()


def test_an_unknown_icon_is_refused() -> None:
    with pytest.raises(KeyError):
        icons.icon("no-such-icon")


def test_an_icon_takes_the_colour_of_the_theme_without_being_made_anew() -> None:
    made = icons.icon("circle-fill", "accent")
    gc.collect()
    before = ink(made.pixmap(QSize(16, 16)).toImage())
    theme.set_theme("dark")
    after = ink(made.pixmap(QSize(16, 16)).toImage())
    assert before == theme.QColor(theme.THEMES["light"]["accent"])
    assert after == theme.QColor(theme.THEMES["dark"]["accent"])


def test_a_disabled_icon_is_grey() -> None:
    made = icons.icon("circle-fill", "accent").pixmap(QSize(16, 16), QIcon.Mode.Disabled)
    assert ink(made.toImage()) == theme.colour("dis")


def test_a_copied_icon_outlives_the_first() -> None:
    first = icons.icon("circle-fill", "ok")
    second = QIcon(first)
    second.setIsMask(True)  # makes Qt copy the engine
    del first
    gc.collect()
    assert not second.pixmap(QSize(16, 16)).isNull()


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_a_pixmap_is_as_sharp_as_the_screen(ratio: float) -> None:
    made = icons.pixmap("rows", "text2", 16, ratio)
    assert made.width() == round(16 * ratio)
    assert made.devicePixelRatio() == ratio
    assert made.cacheKey() == icons.pixmap("rows", "text2", 16, ratio).cacheKey()


@pytest.mark.parametrize("name", ["caret-right", "circle-fill", "warning-fill", "plus"])
def test_a_glyph_is_painted_in_the_middle(name: str) -> None:
    image = QImage(64, 64, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    icons.paint(painter, QRectF(0, 0, 64, 64), name)
    painter.end()
    left, top, right, bottom = box(image)
    assert abs(left - right) <= 1
    assert abs(top - bottom) <= 1
