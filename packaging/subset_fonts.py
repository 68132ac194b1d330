"""Make the fonts in resources/fonts from Debian's package fonts-open-sans (Open Sans 1.10).

    apt-get install fonts-open-sans && pip install fonttools
    python3 packaging/subset_fonts.py /usr/share/fonts/truetype/open-sans

Kept are Latin with its extensions, Greek, Cyrillic, punctuation, currency and the symbols the
font has. Hinting and signature go: a PDF does not use them. Open Sans has no arrows, ticks or
non-breaking hyphen, so a few plain ones are drawn here. The same input gives identical bytes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from fontTools import subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

TARGET = Path(__file__).resolve().parent.parent / "resources" / "fonts"

# Source file, target file, name of the weight, thickness of drawn strokes in font units.
FONTS = (
    ("OpenSans-Regular.ttf", "OpenSans-Regular.ttf", "Regular", 130),
    ("OpenSans-Semibold.ttf", "OpenSans-SemiBold.ttf", "SemiBold", 200),
)

BLOCKS = (
    (0x0020, 0x007E),  # Latin
    (0x00A0, 0x024F),  # Latin-1, Latin Extended-A and -B
    (0x0250, 0x036F),  # phonetic letters, spacing and combining marks
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x052F),  # Cyrillic
    (0x1E00, 0x1EFF),  # Latin Extended Additional
    (0x2000, 0x206F),  # punctuation
    (0x2070, 0x20CF),  # superscripts, currency
    (0x2100, 0x22FF),  # letterlike, fractions, arrows, mathematics
    (0x25A0, 0x27BF),  # shapes, ticks
    (0xFB00, 0xFB06),  # ligatures
    (0xFFFD, 0xFFFD),  # the sign for a character that could not be read
)

# Characters shown with the glyph of another.
ALIASES = {0x2010: 0x002D, 0x2011: 0x002D, 0x202F: 0x2009, 0x02BC: 0x2019}

Point = tuple[float, float]


def stroke(start: Point, end: Point, width: float) -> list[Point]:
    """A line with square ends as a polygon, clockwise as TrueType wants it."""
    (x1, y1), (x2, y2) = start, end
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    dx, dy = (x2 - x1) / length * width / 2, (y2 - y1) / length * width / 2
    return [
        (x1 - dx - dy, y1 - dy + dx),
        (x2 + dx - dy, y2 + dy + dx),
        (x2 + dx + dy, y2 + dy - dx),
        (x1 - dx + dy, y1 - dy - dx),
    ]


def drawn(width: float) -> dict[int, list[tuple[Point, Point]]]:
    """The strokes of the characters Open Sans lacks, on a field 1700 wide."""
    left, right, low, high, middle = (200, 720), (1500, 720), (850, 70), (850, 1370), 400
    heads = {
        "left": [((200 + middle, 720 + middle), left), (left, (200 + middle, 720 - middle))],
        "right": [((1500 - middle, 720 + middle), right), (right, (1500 - middle, 720 - middle))],
        "up": [((850 - middle, 1370 - middle), high), (high, (850 + middle, 1370 - middle))],
        "down": [((850 - middle, 70 + middle), low), (low, (850 + middle, 70 + middle))],
    }
    across, upright = [(left, right)], [(low, high)]
    return {
        0x2190: across + heads["left"],
        0x2191: upright + heads["up"],
        0x2192: across + heads["right"],
        0x2193: upright + heads["down"],
        0x2194: across + heads["left"] + heads["right"],
        0x2713: [((300, 620), (680, 240)), ((680, 240), (1400, 1260))],
        0x2717: [((350, 220), (1350, 1220)), ((350, 1220), (1350, 220))],
    }


def draw(font: TTFont, width: int) -> None:
    """Add the drawn characters to the font."""
    glyphs, metrics = font["glyf"], font["hmtx"]
    for code, strokes in drawn(width).items():
        if code in font.getBestCmap():
            continue
        pen = TTGlyphPen(None)
        for start, end in strokes:
            first, *rest = [(round(x), round(y)) for x, y in stroke(start, end, width)]
            pen.moveTo(first)
            for point in rest:
                pen.lineTo(point)
            pen.closePath()
        name = f"uni{code:04X}"
        glyph = pen.glyph()
        glyph.recalcBounds(glyphs)
        # Strokes overlap on purpose; the flag has every renderer fill the union.
        glyph.flags[0] |= 0x40
        glyphs[name] = glyph
        metrics[name] = (1700, glyph.xMin)
        add_to_cmap(font, code, name)


def add_to_cmap(font: TTFont, code: int, name: str) -> None:
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = name


def make(source: Path, target: Path, weight: str, width: int) -> None:
    font = TTFont(source, recalcTimestamp=False)
    for tag in ("DSIG", "kern"):
        del font[tag]
    draw(font, width)
    for code, other in ALIASES.items():
        if code not in font.getBestCmap():
            add_to_cmap(font, code, font.getBestCmap()[other])

    names = font["name"]
    family = "Open Sans" if weight == "Regular" else f"Open Sans {weight}"
    for platform in ((3, 1, 0x409), (1, 0, 0)):
        names.setName(family, 1, *platform)
        names.setName("Regular", 2, *platform)
        names.setName("Open Sans", 16, *platform)
        names.setName(weight, 17, *platform)

    options = subset.Options()
    options.hinting = False
    options.glyph_names = False
    options.name_IDs = ["*"]
    options.layout_features = ["ccmp", "kern", "locl", "mark", "mkmk"]
    options.notdef_outline = True
    options.recalc_timestamp = False
    subsetter = subset.Subsetter(options)
    codes = {code for first, last in BLOCKS for code in range(first, last + 1)}
    subsetter.populate(unicodes=codes & set(font.getBestCmap()))
    subsetter.subset(font)
    font.save(target)


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the fonts in resources/fonts.")
    parser.add_argument("folder", type=Path, help="where the fonts of fonts-open-sans lie")
    folder = parser.parse_args().folder
    TARGET.mkdir(parents=True, exist_ok=True)
    for source, target, weight, width in FONTS:
        make(folder / source, TARGET / target, weight, width)
        print(f"{target}: {(TARGET / target).stat().st_size} bytes")


if __name__ == "__main__":
    main()
