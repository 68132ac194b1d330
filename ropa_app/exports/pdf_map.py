"""The small map of a summary with its legend: colour, sign and word say the same."""

from __future__ import annotations

from collections.abc import Mapping

from reportlab.lib.utils import simpleSplit
from reportlab.platypus import Flowable

from ropa_app.exports.pdf_picture import paint
from ropa_app.exports.pdf_protection import CONFIRM, EXCEPTION, MISSING, STANDINGS, STATED
from ropa_app.exports.pdf_style import CAPTION, REGULAR
from ropa_app.exports.pdf_text import Typesetter
from ropa_app.exports.picture import Dot, Picture, Primitive, Text
from ropa_app.exports.picture_map import world
from ropa_app.i18n import N_
from ropa_app.model.countries import country_name
from ropa_app.model.words import Words

ROLES = {STATED: "ok", EXCEPTION: "ctl", CONFIRM: "warn", MISSING: "bad"}
SIGNS = {STATED: "✓", EXCEPTION: "–", CONFIRM: "?", MISSING: "×"}
WORDS = {
    STATED: N_("safeguard stated below: {countries}"),
    EXCEPTION: N_("no special safeguard: {countries}"),
    CONFIRM: N_("to be confirmed: {countries}"),
    MISSING: N_("no safeguard confirmed: {countries}"),
}
# From one colour to the next, and from line to line of its words, in points.
LINE = 12.0
LEADING = 9.5


class MapBox(Flowable):
    """The world with the home country and the destinations, and the legend under it."""

    def __init__(
        self, ts: Typesetter, words: Words, states: Mapping[str, str], home: str, width: float
    ) -> None:
        super().__init__()
        marked = {code: ROLES[state] for code, state in states.items()}
        if home:
            marked = {home: "accent"} | marked
        self.chart = world(marked, width)
        self.legend = legend(ts, words, states, home, width)

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """The size of map and legend (called by platypus)."""
        self.width = self.chart.width
        self.height = self.chart.height + self.legend.height
        return self.width, self.height

    def draw(self) -> None:
        """Draw the map and its legend (called by platypus)."""
        paint(self.canv, self.chart, 0, self.legend.height)
        paint(self.canv, self.legend, 0, 0)


def legend(
    ts: Typesetter, words: Words, states: Mapping[str, str], home: str, width: float
) -> Picture:
    """What the colours of the map mean and where they stand, only those that occur."""
    language = words.language
    entries = []
    if home:
        name = words.say(N_("{country}, where we are"), country=country_name(home, language))
        entries.append(("accent", "", name))
    for state in STANDINGS:
        names = [country_name(code, language) for code, one in states.items() if one == state]
        if names:
            listed = ", ".join(sorted(names, key=str.casefold))
            text = words.say(WORDS[state], countries=listed)
            entries.append((ROLES[state], SIGNS[state], text))
    items: list[Primitive] = []
    y = LINE
    for role, sign, text in entries:
        items.append(Dot(5, y, 4, role))
        items.append(Text(5, y + 2.4, sign, 6.5, "paper", strong=True, anchor="middle"))
        for part in simpleSplit(ts.clean(text), REGULAR, CAPTION[0], width - 13):
            items.append(Text(13, y + 2.6, part, CAPTION[0], "text2"))
            y += LEADING
        y += LINE - LEADING
    return Picture(width, y - LINE / 2, tuple(items))
