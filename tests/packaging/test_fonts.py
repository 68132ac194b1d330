"""The fonts go into PDFs and have the letters that the texts need."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
TEXTS = (
    "Behandlingsansvarlig: Ærlig Øystein Ås – æøå § 8 «sitat» €£$",
    "Láhkateaksta: đ ŋ š ŧ ž č, Łódź, Kadıköy, Ştefan, Őrség, Việt Nam",
    "Αρχή Προστασίας Δεδομένων ΆΈΉΊΌΎΏ",
    "Обработка персональных данных ЂЃЄЇҐ",
    "Norway → USA ← ↑ ↓ ↔ ✓ ✗ ≤ ≥ ≠ … • ‰ № ™ “quoted” ‘so’",
)


@pytest.mark.parametrize("name", ["OpenSans-Regular", "OpenSans-SemiBold"])
def test_font_embeds_and_reads_back(name: str) -> None:
    path = FONTS / f"{name}.ttf"
    assert path.stat().st_size < 200_000
    font = TTFont(name, str(path))
    lacking = {c for text in TEXTS for c in text if ord(c) not in font.face.charToGlyph}
    assert not lacking

    pdfmetrics.registerFont(font)
    made = io.BytesIO()
    canvas = Canvas(made)
    canvas.setFont(name, 12)
    for line, text in enumerate(TEXTS):
        canvas.drawString(40, 700 - 20 * line, text)
    canvas.save()
    assert b"/FontFile2" in made.getvalue()
    read = pypdf.PdfReader(made).pages[0].extract_text()
    assert [line.strip() for line in read.splitlines() if line.strip()] == list(TEXTS)


def test_hyphen_and_space_that_do_not_break() -> None:
    """Open Sans itself lacks most of them."""
    font = TTFont("check", str(FONTS / "OpenSans-Regular.ttf"))
    assert {0x00A0, 0x2010, 0x2011, 0x202F} <= font.face.charToGlyph.keys()
