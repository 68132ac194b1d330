"""The page all PDFs share: margins, head and foot, document properties, the same bytes twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO

from reportlab import rl_config
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate

from ropa_app.exports.pdf_canvas import (
    BODY_BOTTOM,
    BODY_HEIGHT,
    BODY_WIDTH,
    FOOT,
    HEIGHT,
    MARGIN,
    WIDTH,
    PageCanvas,
)
from ropa_app.exports.pdf_rows import Sheet
from ropa_app.exports.pdf_style import CAPTION, REGULAR, STRONG, ink, register_fonts
from ropa_app.i18n import N_
from ropa_app.model.words import Words

HEAD_SIZE = 8.0
_DOTS = "…"


@dataclass(frozen=True, slots=True)
class Head:
    """What stands on every page and in the document's properties; all of it already clean."""

    organisation: str
    document: str
    foot: str
    title: str
    language: str
    moment: datetime
    # For the properties only, where a program looks for them: where the log stood, the layout's id.
    log: str = ""
    layout: str = ""


def fit(text: str, font: str, size: float, width: float) -> str:
    """One line of text, shortened with an ellipsis where it is wider than the space (points)."""
    text = text.replace("\n", " ")
    if len(text) < 400 and stringWidth(text, font, size) <= width:
        return text
    text = text[:400]
    while text and stringWidth(text + _DOTS, font, size) > width:
        text = text[:-1]
    return text.rstrip() + _DOTS


def build(file: BinaryIO, sheets: Sequence[Sheet], head: Head, words: Words) -> int:
    """Lay the sheets out into the file, each from a new page unless it follows; pages in all."""
    register_fonts()
    # Compressed pages stay binary: written as text they would be a quarter larger, and slower.
    rl_config.useA85 = 0
    document = BaseDocTemplate(
        file,
        pagesize=(WIDTH, HEIGHT),
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        title=head.title,
        author=head.organisation,
        subject=head.document,
        keywords=[word for word in (head.layout, head.log) if word],
        creator="ropa",
        lang={"nb": "nb-NO", "en": "en-GB"}.get(head.language, head.language),
        invariant=1,
        pageCompression=1,
    )
    frame = Frame(MARGIN, BODY_BOTTOM, BODY_WIDTH, BODY_HEIGHT, 0, 0, 0, 0)
    room = BODY_WIDTH - (132 if any(sheet.label for sheet in sheets) else 62)
    page = PageTemplate("page", [frame], lambda canvas, _: _begin(canvas, head, room))
    document.addPageTemplates([page])
    story: list[Any] = []
    for sheet in sheets:
        story += [sheet] if sheet.follows or not story else [PageBreak(), sheet]

    def canvas_for(*arguments: Any, **options: Any) -> PageCanvas:
        canvas = PageCanvas(*arguments, **options)
        canvas.foot = lambda label, number, count: _foot(words, label, number, count)
        stamp = head.moment.astimezone(UTC).strftime("D:%Y%m%d%H%M%S+00'00'")
        canvas.setDateFormatter(lambda *_: stamp)
        canvas.setViewerPreference("DisplayDocTitle", "true")
        return canvas

    document.build(story, canvasmaker=canvas_for)
    return int(document.page)


def _foot(words: Words, label: str, number: int, count: int) -> str:
    page = words.say(N_("page {number} of {count}"), number=number, count=count)
    return f"{label}  ·  {page}" if label else page


def _begin(canvas: Canvas, head: Head, room: float) -> None:
    """Head and the left part of the foot; the right part is known only at the end."""
    canvas.saveState()
    canvas.setStrokeColor(ink("hair"))
    canvas.setLineWidth(0.5)
    for y in (HEIGHT - 50, 46):
        canvas.line(MARGIN, y, WIDTH - MARGIN, y)
    canvas.setFont(STRONG, HEAD_SIZE)
    canvas.setFillColor(ink("text"))
    name = fit(head.organisation, STRONG, HEAD_SIZE, BODY_WIDTH * 0.5)
    canvas.drawString(MARGIN, HEIGHT - 41, name)
    canvas.setFont(REGULAR, HEAD_SIZE)
    canvas.setFillColor(ink("text2"))
    title = fit(head.document, REGULAR, HEAD_SIZE, BODY_WIDTH * 0.48)
    canvas.drawRightString(WIDTH - MARGIN, HEIGHT - 41, title)
    canvas.setFont(REGULAR, CAPTION[0])
    canvas.drawString(MARGIN, FOOT, fit(head.foot, REGULAR, CAPTION[0], room))
    canvas.restoreState()
