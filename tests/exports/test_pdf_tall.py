"""Texts longer than pages: the PDFs end, lose nothing, and leave no empty pages behind."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pypdf
import pytest

from ropa_app.exports import pdf_record, pdf_safeguards
from ropa_app.exports.layout import layout
from ropa_app.exports.pdf_breaks import fitted
from ropa_app.exports.pdf_canvas import BODY_HEIGHT
from ropa_app.exports.pdf_frame import Head as PageHead
from ropa_app.exports.pdf_frame import build
from ropa_app.exports.pdf_parts import Columns, rule, text
from ropa_app.exports.pdf_rows import Band, Sheet
from ropa_app.exports.pdf_style import register_fonts
from ropa_app.exports.pdf_text import Typesetter
from ropa_app.model.field import Field
from ropa_app.model.kinds import KINDS
from ropa_app.model.record import Record
from ropa_app.model.state import from_plain
from ropa_app.register.view import Head, View

MOMENT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
WRITERS = {"record": pdf_record.write, "safeguards": pdf_safeguards.write}
TEXTS = ("text", "long_text", "texts")
LENGTH = 100_000


def long_text(key: str) -> str:
    """Words that begin with the key, so that each is known where it stands."""
    word = f"{key[:10].replace('_', '')}xyz "
    return (word * (LENGTH // len(word) + 1))[:LENGTH].strip()


def filled(fields: Sequence[Field]) -> dict[str, Any]:
    texts = {field.key: long_text(field.key) for field in fields if field.kind in TEXTS}
    return {f.key: [texts[f.key]] if f.kind == "texts" else texts[f.key]
            for f in fields if f.key in texts}  # fmt: skip


def register(transfer: dict[str, Any], party: dict[str, Any]) -> View:
    """One activity with a recipient and a transfer to it, in which texts are to be put."""
    known = [
        ("organisation", {"name": "Shop AS", "regimes": [{"id": "r", "regime": "eu"}]}),
        ("activity", {"name": "Orders", "role": "joint-controller",
                      "recipients": [{"id": "1", "party": "party", "role": "joint-controller"}]}),
        ("party", party),
        ("transfer", {"exporter": "organisation", "importer": "party", "destination": "IN",
                      "activities": ["activity"], **transfer}),
    ]  # fmt: skip
    records = [Record(kind, 1, kind, from_plain(values)) for kind, values in known]
    return View(records, date(2026, 11, 24), Head(1, "a" * 64, "2026-11-24T08:00:00.000Z"))


def printed(view: View, name: str) -> list[str]:
    file = io.BytesIO()
    WRITERS[name](view, layout(name), "en", file, MOMENT, None, None, "eu")
    return [page.extract_text() for page in pypdf.PdfReader(file).pages]


KIND = KINDS["transfer"]
SAFEGUARD = {"id": "s", "regime": "eu", "mechanism": "scc", "reliance": "relied-on"}
LONG = {
    "transfer": ({**filled(KIND.fields), "safeguards": [SAFEGUARD]}, {"name": "Vendor"}),
    "safeguard": (
        {"safeguards": [SAFEGUARD | filled(KIND.field("safeguards").columns)]}, {"name": "Vendor"},
    ),
    "party": ({"safeguards": [SAFEGUARD]}, filled(KINDS["party"].fields)),
}  # fmt: skip


@pytest.mark.parametrize("where", LONG)
@pytest.mark.parametrize("name", WRITERS)
def test_texts_of_a_hundred_thousand_characters_end_and_all_print(name: str, where: str) -> None:
    transfer, party = LONG[where]
    found = printed(register(transfer, party), name)
    said = "".join("".join(found).split()).casefold()
    shown = SHOWN[name, where]
    for key in shown:
        word = long_text(key).split()[0]
        assert said.count(word) >= long_text(key).count(f"{word} "), key
    # A column is at least 14 letters wide and a page 50 lines high.
    assert len(found) < 10 + sum(LENGTH / (14 * 50) for _ in shown) * 2


SHOWN = {
    ("record", "transfer"): ("destination_place", "data_detail"),
    ("record", "safeguard"): ("instrument", "derogation_reason", "supplementary_measures", "copy"),
    ("record", "party"): ("name", "address"),
    ("safeguards", "transfer"): ("destination_place", "data_detail", "purpose"),
    ("safeguards", "safeguard"): ("instrument",),
    ("safeguards", "party"): ("name",),
}


def sheets(bands: Sequence[Band]) -> list[Sheet]:
    """The pages a sheet falls into."""
    found: list[Any] = [Sheet(bands)]
    while found[-1].wrap(0, BODY_HEIGHT)[1] > BODY_HEIGHT:
        last = found.pop()
        parts = last.split(0, BODY_HEIGHT)
        found += parts
        assert parts
        assert len(found) < 100
        if len(parts) == 1:
            break
    return found


def rows_of(height: float) -> list[Band]:
    """Paragraphs that fill that height to the point."""
    ts = Typesetter()
    band = text(ts, "One line")
    bands: list[Band] = []
    while sum(one.height for one in bands) + band.height <= height:
        bands.append(text(ts, "One line"))
    bands[-1].below = height - sum(one.height for one in bands)
    bands[-1]._height = 0.0
    return bands


def test_a_line_that_finds_no_room_makes_no_page() -> None:
    assert len(sheets([*rows_of(BODY_HEIGHT - 1), rule()])) == 1


def test_a_page_does_not_begin_with_the_line_of_the_page_before() -> None:
    _first, second = sheets([*rows_of(BODY_HEIGHT - 1), rule(), *rows_of(100)])
    assert all(band.cells for band in second.bands)


def test_a_row_stays_whole_if_a_page_holds_it_and_breaks_if_none_does() -> None:
    ts = Typesetter()
    table = Columns(ts, [("Name", 1), ("Text", 3)])
    fits = table.table([table.row(["a", "word " * 900])])
    assert fits[1].height < BODY_HEIGHT - table.head.height
    kept = sheets([*rows_of(BODY_HEIGHT / 2), *fits])
    assert [len(page.bands) for page in kept][-1] == 2
    table = Columns(ts, [("Name", 1), ("Text", 3)])
    long = table.table([table.row(["a", "word " * 5000])])
    pages = sheets([*rows_of(BODY_HEIGHT / 2), *long])
    assert len(pages) > 3
    assert all(page.head is table.head for page in pages[1:])
    heights = [page.wrap(0, BODY_HEIGHT)[1] for page in pages]
    assert all(height > BODY_HEIGHT * 0.8 for height in heights[:-1])


def test_one_paragraph_taller_than_many_pages_is_broken() -> None:
    ts = Typesetter()
    words = " ".join(f"w{number}" for number in range(9000))
    pages = sheets([text(ts, [ts.markup(words)])])
    items: Any = [item for page in pages for band in page.bands for cell in band.cells
                  for item in cell.content]  # fmt: skip
    shown = [word for item in items for part in item.frags
             for word in getattr(part, "words", None) or [part.text]]  # fmt: skip
    assert len(pages) > 5
    assert " ".join(shown).split() == words.split()


@pytest.mark.parametrize(
    ("word", "pieces"),
    [("Betalingskortopplysninger", "Betalingskort- opplysninger"),
     ("Konkurransedeltakere", "Konkurranse- deltakere"),
     ("Behandlingsansvarlig", "Behandlings- ansvarlig"),
     ("privacy@nordlys.example", "privacy@ nordlys. example"),
     ("cookie-policy-smartgroup-as", "cookie-policy- smartgroup-as"),
     ("Kunde", "Kunde"), ("x" * 30, f"{'x' * 14} {'x' * 14} xx")],
)  # fmt: skip
def test_a_word_wider_than_its_column_breaks_at_a_sensible_place(word: str, pieces: str) -> None:
    register_fonts()
    assert fitted(word, 60, "OpenSans-Regular", 8) == pieces


# Sheets that begin where the one before ends


def laid_out(*heights: float) -> list[str]:
    """The feet of the pages of sheets of those heights (in parts of a page), one after another."""
    found = [
        Sheet(rows_of(BODY_HEIGHT * height), f"A-{n:03}") for n, height in enumerate(heights, 1)
    ]
    for sheet in found[1:]:
        sheet.follows = True
    file = io.BytesIO()
    head = PageHead("Shop", "Record", "foot", "Record", "en", MOMENT)
    build(file, found, head, View([], MOMENT.date(), Head(0, "", ""), "r").words("en"))
    texts = (page.extract_text() for page in pypdf.PdfReader(file).pages)
    return [re.findall(r"A-00\d(?:, A-00\d)*", text)[-1] for text in texts]


@pytest.mark.parametrize(
    ("heights", "feet"),
    [
        # One that fits on a page is not divided, unless most of a page would be left empty.
        ((0.4, 0.4), ["A-001", "A-002"]),
        ((0.5, 1.2), ["A-001", "A-002", "A-002"]),
        ((1.3, 0.4), ["A-001", "A-001, A-002"]),
        ((1.5, 0.9), ["A-001", "A-001", "A-002"]),
        ((1.1, 0.9, 0.5), ["A-001", "A-001, A-002", "A-002, A-003"]),
        # One that needs more begins where a tall one ends, if a third of that page is free.
        ((1.3, 1.2), ["A-001", "A-001, A-002", "A-002"]),
        ((1.8, 1.2), ["A-001", "A-001", "A-002", "A-002"]),
    ],
)
def test_what_needs_more_than_a_page_begins_where_the_one_before_ends(
    heights: tuple[float, ...], feet: list[str]
) -> None:
    assert laid_out(*heights) == feet


def test_a_page_does_not_hold_one_line_of_what_came_before() -> None:
    bands = rows_of(BODY_HEIGHT + 5)
    _first, second = sheets(bands)
    assert sum(band.height for band in second.bands) >= 40


@pytest.mark.parametrize(("gap", "least"), [(1.5, 0.8), (2.0, 0.55)])
def test_gaps_close_only_where_that_saves_a_page_and_no_more_than_it_takes(
    gap: float, least: float
) -> None:
    bands = rows_of(BODY_HEIGHT * 0.9)
    for band in bands:
        band._height, band.above, band.below = 0.0, gap, 0.0
    loose, tight = Sheet(bands), Sheet(bands, snug=True)
    height = loose.wrap(0, BODY_HEIGHT)[1]
    gaps = gap * len(bands)
    assert tight.wrap(0, BODY_HEIGHT)[1] == pytest.approx(height - gaps * (1 - least))
    assert tight.height <= BODY_HEIGHT < height
    # One that begins under another is not set closer: it would save nothing there.
    assert Sheet(bands, snug=True).wrap(0, BODY_HEIGHT / 2)[1] == height


def test_a_sheet_that_saves_no_page_stays_as_it_is() -> None:
    bands = rows_of(BODY_HEIGHT * 1.5)
    assert Sheet(bands, snug=True).wrap(0, BODY_HEIGHT) == Sheet(bands).wrap(0, BODY_HEIGHT)
