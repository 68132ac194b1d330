"""A canvas that can print on a page what is only known at the end: page numbers and their count.

Every page draws a form of its own, which is filled when all pages are known; so nothing is laid
out twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ropa_app.exports.pdf_style import CAPTION, REGULAR, TABLE, ink

MARGIN = 51.0
WIDTH, HEIGHT = A4
BODY_WIDTH = WIDTH - 2 * MARGIN
BODY_TOP = HEIGHT - 70.0
BODY_BOTTOM = 55.0
BODY_HEIGHT = BODY_TOP - BODY_BOTTOM
FOOT = 34.0


@dataclass(slots=True)
class _Page:
    labels: list[str] = field(default_factory=list)
    numbers: list[tuple[float, float, str]] = field(default_factory=list)


class PageCanvas(Canvas):
    """`foot` puts into words what a page is about and its number."""

    foot: Callable[[str, int, int], str]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._pages: list[_Page] = []
        self._page = _Page()
        self._page_of: dict[str, int] = {}

    def about(self, label: str) -> None:
        """What the foot of this page says beside the page number; several stand side by side."""
        if label and label not in self._page.labels:
            self._page.labels.append(label)

    @property
    def went_over(self) -> bool:
        """Whether what this page begins with began on an earlier one."""
        before, now = (self._pages[-1].labels if self._pages else []), self._page.labels
        return bool(before and now) and before[-1] == now[0]

    def mark(self, key: str, title: str) -> None:
        """Bookmark this page in the outline and remember its number by the key."""
        self._page_of[key] = self.getPageNumber()
        self.bookmarkPage(key)
        self.addOutlineEntry(title, key, level=0)

    def later(self, x: float, y: float, key: str) -> None:
        """Print the page number of a bookmark, right-aligned at this place, once it is known."""
        self._page.numbers.append((*self.absolutePosition(x, y), key))

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        """End the page; what it prints later is a form."""
        self._pages.append(self._page)
        self.doForm(f"late{len(self._pages)}")
        self._page = _Page()
        super().showPage()

    def save(self) -> None:
        """Fill the forms and finish the file."""
        for number, page in enumerate(self._pages, start=1):
            self.beginForm(f"late{number}", 0, 0, WIDTH, HEIGHT)
            self.setFont(REGULAR, CAPTION[0])
            self.setFillColor(ink("text2"))
            text = self.foot(", ".join(page.labels), number, len(self._pages))
            self.drawRightString(WIDTH - MARGIN, FOOT, text)
            self.setFont(REGULAR, TABLE[0])
            self.setFillColor(ink("text"))
            for x, y, key in page.numbers:
                self.drawRightString(x, y, str(self._page_of[key]))
            self.endForm()
        super().save()
