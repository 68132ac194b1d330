"""Fonts, colours and paragraph styles of the PDFs: one family, few sizes, hairlines."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from ropa_app.exports.picture_colours import colour
from ropa_app.paths import resources

REGULAR = "OpenSans-Regular"
STRONG = "OpenSans-SemiBold"


@lru_cache(maxsize=1)
def register_fonts() -> frozenset[int]:
    """Make the fonts known to reportlab; the code points that both weights have."""
    held = []
    for name in (REGULAR, STRONG):
        data = resources("fonts", f"{name}.ttf").read_bytes()
        font = TTFont(name, BytesIO(data))
        pdfmetrics.registerFont(font)
        held.append(frozenset(font.face.charToGlyph))
    # Paragraph markup <b> finds the semibold weight by this family.
    pdfmetrics.registerFontFamily(REGULAR, REGULAR, STRONG, REGULAR, STRONG)
    return held[0] & held[1]


@lru_cache(maxsize=32)
def ink(role: str) -> Color:
    """The colour of a role for reportlab."""
    return HexColor(colour(role))


@lru_cache(maxsize=64)
def style(
    size: float, leading: float, role: str = "text", strong: bool = False, right: bool = False
) -> ParagraphStyle:
    """A paragraph style in points; long words break, lines never stick out."""
    register_fonts()
    return ParagraphStyle(
        f"s{size}-{leading}-{role}-{strong}-{right}",
        fontName=STRONG if strong else REGULAR,
        fontSize=size,
        leading=leading,
        textColor=ink(role),
        alignment=2 if right else 0,
        splitLongWords=1,
        uriWasteReduce=0,
    )


Style = (
    tuple[float, float]
    | tuple[float, float, str]
    | tuple[float, float, str, bool]
    | tuple[float, float, str, bool, bool]
)

TITLE: Style = (20.0, 25.0, "text", True)
LEAD: Style = (9.5, 14.5)
HEADING: Style = (10.5, 14.5, "text", True)
SECTION: Style = (9.5, 13.0, "text", True)
BODY: Style = (8.0, 10.8)
TABLE: Style = (8.0, 10.5)
TABLE_HEAD: Style = (7.5, 10.5, "text2", True)
POINT: Style = (8.0, 13.0, "accent", True)
ENTRY: Style = (8.0, 10.5, "accent", True)
SMALL: Style = (7.5, 11.0, "text2")
CAPTION: Style = (7.0, 10.0, "text2")
