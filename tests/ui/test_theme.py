"""Every pair of colours can be read, and what wears the theme follows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ropa_ui import fonts, theme
from ropa_ui.widgets.ground import paint_ground
from ropa_ui.widgets.labels import Label

PROJECT = Path(__file__).resolve().parents[2]
STATUSES = ("ok", "warn", "bad", "rev", "nil")
TEXTS = ("text", "text2", "text3", "accent")
GROUNDS = ("paper", "list", "window", "sunken", "hover", "sel", "selq")


@pytest.fixture(autouse=True)
def light_again(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp)
    yield
    theme.set_scale(1.0)
    theme.set_theme("light")


def luminance(value: str) -> float:
    """Relative luminance by WCAG 2.2 of "#RRGGBB"."""
    parts = [int(value[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(name: str, first: str, second: str) -> float:
    table = theme.THEMES[name]
    lights = sorted((luminance(table[first]), luminance(table[second])), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def pairs() -> Iterator[tuple[str, str, float]]:
    """Ink, ground, and the contrast they need at least."""
    yield from ((ink, ground, 4.5) for ink in TEXTS for ground in GROUNDS)
    yield from (("ctl", ground, 3.0) for ground in ("paper", "list", "window", "sunken"))
    for status in STATUSES:
        yield status, "paper", 4.5
        yield status, f"{status}_soft", 4.5
        yield f"{status}_fill", "paper", 3.0
        yield from ((ink, f"{status}_soft", 4.5) for ink in ("text", "text2"))
    yield from (("on", "accent", 4.5), ("on", "apress", 4.5), ("text", "mark", 4.5))
    yield from (("text", "asoft", 4.5), ("text2", "asoft", 4.5), ("accent", "asoft", 4.5))
    yield from ((f"toast_{ink}", "toast", 4.5) for ink in ("text", "quiet", "accent"))
    yield from (("toast_quiet", "toast_key", 4.5), ("toast_ok", "toast", 3.0))
    yield from ((f"{status}_fill", "land", 3.0) for status in STATUSES if status != "nil")


def test_the_formula_gives_the_known_values() -> None:
    assert luminance("#FFFFFF") == pytest.approx(1.0)
    assert luminance("#000000") == 0.0
    assert luminance("#777777") == pytest.approx(0.1845, abs=0.0005)


@pytest.mark.parametrize("name", theme.THEMES)
def test_every_pair_can_be_read(name: str) -> None:
    found = {(ink, ground): (contrast(name, ink, ground), least) for ink, ground, least in pairs()}
    # The look itself puts amber bars on the map at 3.0, rounded.
    faint = {pair: value for pair, value in found.items() if value[0] < value[1] - 0.05}
    assert not faint


@pytest.mark.parametrize("name", ["contrast-light", "contrast-dark"])
@pytest.mark.parametrize("ink", ["text", "text2", "text3", *STATUSES])
def test_high_contrast_is_high(name: str, ink: str) -> None:
    assert min(contrast(name, ink, ground) for ground in GROUNDS) >= 7.0


CONTRASTS = ("contrast-light", "contrast-dark")


@pytest.mark.parametrize("name", CONTRASTS)
def test_in_high_contrast_what_is_disabled_can_be_read_and_still_told_apart(name: str) -> None:
    assert all(contrast(name, "dis", ground) >= 4.5 for ground in ("paper", "list", "window"))
    assert contrast(name, "dis", "text2") >= 1.5


@pytest.mark.parametrize("name", CONTRASTS)
def test_in_high_contrast_the_outlines_of_grounds_can_be_seen(name: str) -> None:
    inside = ("sel", "selq", "asoft", *(f"{status}_soft" for status in STATUSES))
    assert all(contrast(name, "rim", ground) >= 3 for ground in (*inside, "paper", "list"))


@pytest.mark.parametrize("role", ["sel", "selq", "nil_soft", "asoft", "warn_soft"])
@pytest.mark.parametrize("name", theme.THEMES)
def test_grounds_are_outlined_in_high_contrast_alone(
    qapp: QApplication, name: str, role: str
) -> None:
    theme.set_theme(name)
    image = QImage(60, 30, QImage.Format.Format_ARGB32)
    image.fill(theme.colour("paper"))
    painter = QPainter(image)
    paint_ground(painter, image.rect(), role, 5)
    painter.end()
    outline = theme.colour("rim") if name in CONTRASTS else theme.colour(role)
    assert image.pixelColor(30, 0) == outline
    assert image.pixelColor(30, 15) == theme.colour(role)


@pytest.mark.parametrize("name", theme.THEMES)
def test_every_theme_has_every_role(name: str) -> None:
    assert set(theme.THEMES[name]) == set(theme.ROLES)
    theme.set_theme(name)
    assert theme.theme_name() == name
    assert all(theme.colour(role).isValid() for role in theme.ROLES)


def test_an_unknown_role_or_theme_is_refused() -> None:
    with pytest.raises(KeyError):
        theme.colour("pink")
    with pytest.raises(ValueError, match="sepia"):
        theme.set_theme("sepia")


def test_who_changes_a_colour_changes_only_his_own() -> None:
    theme.colour("text").setAlpha(0)
    assert theme.colour("text").alpha() == 255


def test_choosing_a_theme_is_told_and_dresses_the_application(
    qtbot: QtBot, qapp: QApplication
) -> None:
    label = Label("Orders", "body", "text2")
    qtbot.addWidget(label)
    with qtbot.waitSignal(theme.theme.changed):
        theme.set_theme("dark")
    assert theme.is_dark()
    assert qapp.palette().text().color().name().upper() == theme.THEMES["dark"]["text"]
    assert label.palette().windowText().color().name().upper() == theme.THEMES["dark"]["text2"]


def test_the_system_theme_is_one_of_ours() -> None:
    theme.set_theme("system")
    assert theme.theme_choice() == "system"
    assert theme.theme_name() in theme.THEMES


@pytest.mark.parametrize("style", fonts.STYLES)
def test_texts_grow_with_the_system_and_never_below_eleven(style: str) -> None:
    usual = theme.font(style).pixelSize()
    line = theme.line_height(style)
    theme.set_scale(2.0)
    assert theme.font(style).pixelSize() == 2 * usual
    assert theme.line_height(style) == 2 * line
    theme.set_scale(0.5)
    assert 11 <= theme.font(style).pixelSize() <= usual


def test_numbers_under_each_other_have_figures_of_one_width(qapp: QApplication) -> None:
    metrics = fonts.QFontInfo(theme.font("body", tabular=True))
    assert metrics.family() == fonts.family()


def test_no_other_module_names_a_colour() -> None:
    literal = re.compile(r"\"#[0-9A-Fa-f]{6,8}\"|Qt\.GlobalColor\.(?!transparent)|QColor\(\d")
    named = [
        f"{source.relative_to(PROJECT)}:{number}"
        for source in sorted((PROJECT / "ui").rglob("*.py"))
        if source.name != "colours.py"
        for number, line in enumerate(source.read_text("utf-8").splitlines(), 1)
        if literal.search(line)
    ]
    assert not named
