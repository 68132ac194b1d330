"""Measurements of exports, each in a process of its own so that memory can be read."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from measure import Result
from registers import register_of

_EXPORT = """
import json, sys, time
from pathlib import Path
from ropa_app import clock
from ropa_app.exports.write import export
from ropa_app.register.loading import load_view
from ropa_app.register.store import Register
def peak():  # of this process alone; ru_maxrss would begin with the parent's
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
path, layout, out = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
with Register.open(path) as register:
    view = load_view(register)
before = peak()
start = time.perf_counter()
result = export(view, layout, out, "en", None, None, clock.export_moment())
print(json.dumps({"seconds": time.perf_counter() - start, "pages": result.pages,
    "view": before, "memory": peak()}))
"""

# The same cells with the same styles through openpyxl's own streaming writer.
_BARE_WORKBOOK = """
import json, sys, time
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
source = load_workbook(sys.argv[1], read_only=True)
sheets = [[[c.value for c in row] for row in s.iter_rows()] for s in source.worksheets[:-1]]
start = time.perf_counter()
book = Workbook(write_only=True)
sheet = book.create_sheet("Template")
side = Side(style="thin", color="FFC9CED6")
pattern = WriteOnlyCell(sheet, "")
pattern.font = Font(name="Calibri", size=10)
pattern.alignment = Alignment(vertical="top", wrap_text=True)
pattern.border = Border(left=side, right=side, top=side, bottom=side)
for number, rows in enumerate(sheets):
    sheet = sheet if number == 0 else book.create_sheet()
    for row in rows:
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value)
            cell._style = pattern._style
            cells.append(cell)
        sheet.append(cells)
book.save(sys.argv[2])
print(json.dumps({"seconds": time.perf_counter() - start}))
"""

# The texts of the pages that were printed, set again as plain paragraphs by reportlab alone.
_BARE_PDF = """
import json, sys, time
from xml.sax.saxutils import escape
from pypdf import PdfReader
pages = [page.extract_text().splitlines() for page in PdfReader(sys.argv[1]).pages]
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate
pdfmetrics.registerFont(TTFont("Bare", sys.argv[3]))
start = time.perf_counter()
style = ParagraphStyle("bare", fontName="Bare", fontSize=8, leading=11)
story = [Paragraph(escape(line), style) for page in pages for line in page if line.strip()]
SimpleDocTemplate(sys.argv[2], pagesize=A4).build(story)
print(json.dumps({"seconds": time.perf_counter() - start}))
"""


def _run(code: str, *arguments: object) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, *map(str, arguments)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def exports(place: Path) -> Iterator[Result]:
    """The workbooks and PDFs that have a budget."""
    font = Path(__file__).resolve().parents[2] / "resources" / "fonts" / "OpenSans-Regular.ttf"
    small, large = register_of(place, 1000), register_of(place, 10_000)
    found = _run(_EXPORT, small, "full", place / "full.xlsx")
    yield Result(
        "`full` workbook with all linked records", "1,000 activities", found["seconds"],
        budget="≤ 5 s", note=_memory(found),
    )  # fmt: skip
    found = _run(_EXPORT, large, "ico-controller", place / "ico.xlsx")
    bare = _run(_BARE_WORKBOOK, place / "ico.xlsx", place / "bare.xlsx")
    yield Result(
        "ICO workbook", "10,000 activities", found["seconds"], bare["seconds"],
        "openpyxl, same cells", "≤ 1.3 ×, ≤ 300 MB", _memory(found),
    )  # fmt: skip
    found = _run(_EXPORT, small, "record", place / "record.pdf")
    bare = _run(_BARE_PDF, place / "record.pdf", place / "bare.pdf", font)
    yield Result(
        "PDF record", f"1,000 activities, {found['pages']:.0f} pages", found["seconds"],
        bare["seconds"], "reportlab, same paragraphs", "≤ 1.5 ×", _memory(found),
    )  # fmt: skip
    found = _run(_EXPORT, small, "safeguards", place / "safeguards.pdf")
    yield Result("PDF safeguards", "1,000 activities", found["seconds"], note=_memory(found))


def _memory(found: dict[str, float]) -> str:
    return f"{found['memory']:.0f} MB at most, of which {found['view']:.0f} MB is the view"
