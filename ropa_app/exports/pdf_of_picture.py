"""A picture as a PDF page of its own size."""

from __future__ import annotations

from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from ropa_app.exports.pdf_picture import paint
from ropa_app.exports.pdf_style import register_fonts
from ropa_app.exports.picture import Picture


def pdf(picture: Picture, title: str = "") -> bytes:
    """The picture as a PDF document of one page, a unit of the picture being a point."""
    register_fonts()
    out = BytesIO()
    canvas = Canvas(out, pagesize=(picture.width, picture.height), invariant=1)
    canvas.setTitle(title)
    paint(canvas, picture, 0, 0)
    canvas.save()
    return out.getvalue()
