"""Hostile and odd text in every text field of every record: it stays text in every export."""

from __future__ import annotations

import builtins
import io
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from ropa_app.exports.layout import layouts
from ropa_app.model.field import Field
from ropa_app.model.kinds import ALL_KINDS
from ropa_app.register import entry
from ropa_app.register.change import label
from ropa_app.register.store import Register

STARTS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://evil.example")']
MARKUP = (
    '<b>bold</b> & <img src="file:///etc/passwd"> <a href="http://evil.example">x</a> &amp; %(x)s'
)
ODD = "nul\x00 vt\x0b lone\ud800 emoji😀 rtl\u202eabc\u200f _x0041_ "
LAYOUTS = [(layout, lang) for layout in layouts() for lang in layout.languages]


def nasty(number: int) -> str:
    """A text that begins like a formula and holds markup and characters no file can hold."""
    return f"{STARTS[number % len(STARTS)]} {MARKUP} {ODD}"


def filled(fields: tuple[Field, ...], counter: Iterator[int]) -> dict[str, Any]:
    """Values with nasty text wherever text can stand."""
    values: dict[str, Any] = {}
    for declared in fields:
        if declared.kind in ("text", "long_text"):
            values[declared.key] = nasty(next(counter))
        elif declared.kind == "texts":
            values[declared.key] = [nasty(next(counter))]
        elif declared.kind == "lines":
            values[declared.key] = [{"id": "n", **filled(declared.columns, counter)}]
        elif declared.kind == "period":
            values[declared.key] = filled(declared.columns, counter)
        elif declared.kind in ("link", "links", "file"):
            continue
        else:
            states = ("open", "not_applicable", "as_typed")
            number = next(counter)
            values[declared.key] = {states[number % 3]: nasty(number)}
    return values


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register in which every text is nasty, linked so that every layout prints it."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.ropa"
    counter = iter(range(1_000_000))
    items = []
    for kind in ALL_KINDS:
        if kind.key != "register":
            fields = filled(kind.fields, counter)
            if kind.key == "term":
                fields["vocabulary"] = "purpose"
            items.append({"kind": kind.key, "key": kind.key, "fields": fields})
    by_kind: dict[str, Any] = {str(item["kind"]): item["fields"] for item in items}
    by_kind["activity"] |= {"organisations": ["organisation"], "role": "controller"}
    by_kind["activity"]["recipients"][0] |= {"party": "party", "role": "processor"}
    by_kind["transfer"] |= {"exporter": "organisation", "importer": "party", "destination": "IN",
                           "activities": ["activity"]}  # fmt: skip
    with Register.create(path, {"name": nasty(0)}, who="tester") as register:
        changes = entry.creations(register, items, {})
        register.apply(changes, label("add", kind="activity", count=len(changes)))
    return path


@pytest.fixture
def shut(monkeypatch: pytest.MonkeyPatch) -> None:
    """No network, and no file that a text names."""
    real = io.open

    def guarded(file: Any, *arguments: Any, **named: Any) -> Any:
        assert "passwd" not in str(file), file
        return real(file, *arguments, **named)

    def refused(*_arguments: Any, **_named: Any) -> Any:
        raise AssertionError("the network was used")

    monkeypatch.setattr(builtins, "open", guarded)
    monkeypatch.setattr(io, "open", guarded)
    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "create_connection", refused)


@pytest.mark.usefixtures("shut")
@pytest.mark.parametrize(("layout", "language"), LAYOUTS, ids=lambda x: getattr(x, "id", x))
def test_nasty_text_stays_text(
    layout: Any, language: str, hostile: Path, tmp_path: Path, cli: Callable[..., Any]
) -> None:
    out = tmp_path / ("out.xlsx" if layout.writer == "workbook" else "out.pdf")
    answer = cli("export", hostile, layout.id, "--out", out, "--lang", language)
    assert answer.status == 0, answer.err
    assert "were replaced" in answer.out
    said = texts_of_workbook(out) if layout.writer == "workbook" else text_of_pdf(out)
    assert "<b>bold</b> & <img" in said
    assert "&amp;" in said
    assert "\x00" not in said


def texts_of_workbook(path: Path) -> str:
    """All texts of a workbook; fails at a formula or a hyperlink."""
    book = load_workbook(path)
    found = []
    sheet: Any
    for sheet in book:
        assert not sheet._hyperlinks
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "inlineStr", "n"), cell.coordinate
                if isinstance(cell.value, str):
                    found.append(cell.value)
    return "\n".join(found)


def text_of_pdf(path: Path) -> str:
    """The text of a PDF on one line; fails at a link that is no e-mail address."""
    reader = PdfReader(path)
    for page in reader.pages:
        for annotation in page.get("/Annots") or ():
            action = annotation.get_object().get("/A", {})
            assert str(action.get("/URI", "mailto:")).startswith("mailto:"), action
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())
