"""Every export says by which layout it was made (design: layout id, version, log head)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from ropa_app.exports.layout import layouts
from ropa_app.exports.sheet_rows import height_of
from ropa_app.exports.text_lines import lines_needed
from ropa_app.register.sample import make_sample

ONE_LINE = 15.0  # points of a row that has no height of its own


@pytest.mark.parametrize(
    ("identifier", "language"),
    [(one.id, each) for one in layouts() for each in one.languages],
)
def test_the_id_of_the_layout_is_in_what_it_makes(
    identifier: str, language: str, tmp_path: Path, cli: Callable[..., Any]
) -> None:
    path = tmp_path / "s.ropa"
    make_sample("smartgroup", path).close()
    ending = "pdf" if identifier in ("record", "safeguards") else "xlsx"
    out = tmp_path / f"out.{ending}"
    answer = cli("export", path, identifier, "--lang", language, "--out", out)
    assert answer.status == 0, answer.err
    if ending == "pdf":
        assert identifier in (PdfReader(out).metadata or {})["/Keywords"]
        return
    book = load_workbook(out)
    cells = [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value]
    assert identifier in cells


@pytest.mark.parametrize(
    ("identifier", "language"),
    [
        (one.id, each)
        for one in layouts()
        for each in one.languages
        if one.id not in ("record", "safeguards")
    ],
)
def test_every_row_of_the_notes_is_as_high_as_its_text(
    identifier: str, language: str, tmp_path: Path, cli: Callable[..., Any]
) -> None:
    path, out = tmp_path / "s.ropa", tmp_path / "out.xlsx"
    make_sample("smartgroup", path).close()
    assert cli("export", path, identifier, "--lang", language, "--out", out).status == 0
    notes = load_workbook(out).worksheets[-1]
    for row in notes.iter_rows(min_row=2):
        text = str(row[1].value or "")
        lines = lines_needed(text, notes.column_dimensions["B"].width)
        height = notes.row_dimensions[row[0].row].height or ONE_LINE
        assert lines <= 1 or height >= height_of(lines), text
