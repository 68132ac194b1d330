"""Workbooks for authorities: right cells, text that stays text, nothing cut, the same bytes."""

from __future__ import annotations

import gc
import io
import sqlite3
import zipfile
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_DNS, uuid5

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from ropa_app.errors import UserError
from ropa_app.exports.reference import RowReference, read_reference
from ropa_app.exports.sheet_rows import MOST_LINES
from ropa_app.exports.text_lines import lines_needed, pieces
from ropa_app.exports.workbook import write_workbook
from ropa_app.exports.write import export
from ropa_app.i18n import set_language
from ropa_app.model.record import Record
from ropa_app.model.state import AsTyped, NotApplicable, Open
from ropa_app.register.view import Head, View

MOMENT = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = date(2026, 11, 22)
REFERENCE = {"ico-controller": 32, "protokoll": 11}
FIRST = {"ico-controller": 10, "protokoll": 9}


def some_id(name: str) -> str:
    return str(uuid5(NAMESPACE_DNS, name))


def record(kind: str, number: int, /, **values: Any) -> Record:
    return Record(kind, number, some_id(f"{kind} {number}"), values)


def view_of(*records: Record, day: date = DAY) -> View:
    return View(records, day, Head(17, "ab12cd34ef56" + "0" * 52, "2026-11-22T10:00:00Z"), "f.ropa")


ORGANISATION = record(
    "organisation", 1, name="Fjordlys Handel AS & Sønner", organisation_number="912345678",
    address="Havnegata 1\n5003 Bergen", email="post@fjordlys.example", phone="+47 55 00 00 00",
    dpo_status="not-appointed", dpo_reason="No large-scale monitoring.",
    representatives=[
        {"id": "r1", "regime": "uk", "name": "Example Rep Ltd", "address": "1 High Street"},
        {"id": "r2", "regime": "eu", "name": "Example Rep SARL", "email": "rep@example.fr"},
    ],
)  # fmt: skip
HOST = record("party", 1, name="Example Hosting GmbH", country="DE", sectors=["hosting"])
MAILER = record("party", 2, name="Example Mail Inc.", country="US")
SOCIAL = record(
    "party", 3, name="Social Example Ltd", country="IE", address="1 Dock Road",
    email="dpo@social.example", phone="+353 1 000",
)  # fmt: skip
PAPER = record(
    "document", 1, name="Processing terms", kind="data-processing-agreement", date="2025-02-03",
    file={"sha256": "0" * 64, "size": 20480, "name": "terms.pdf", "media_type": ""},
)  # fmt: skip
AGREEMENT = record(
    "agreement", 1, name="DPA with Example Hosting", organisation=ORGANISATION.id, party=HOST.id,
    kind="processor-agreement", signed="2025-02-03", evidence="seen", documents=[PAPER.id],
    expires="2026-10-31",
)  # fmt: skip
RULE = record("retention", 1, name="Books", period={"amount": 5, "unit": "years"}, law="Act § 13")
MEASURES = (
    record("measure", 1, name="Two-factor sign-in", status="in-place"),
    record("measure", 2, name="Locked cabinets", status="planned"),
)
ORDERS = record(
    "activity", 1, name="Orders", business_function="sales", organisations=[ORGANISATION.id],
    role="controller", status="approved",
    purposes=[
        {"id": "p1", "purpose": "process-orders", "legal_basis": ["6-1-b"]},
        {"id": "p2", "purpose": "bookkeeping", "legal_basis": ["6-1-c"],
         "national_law": "Act § 13"},
    ],
    data=[
        {"id": "d1", "subject": "customers", "categories": ["name"], "purposes": ["p1"],
         "special": "no", "criminal": "no", "retention": {"amount": 24, "unit": "months"}},
        {"id": "d2", "subject": "customers", "categories": ["invoices"], "purposes": ["p2"],
         "special": "no", "criminal": "no", "retention_rule": RULE.id},
    ],
    recipients=[
        {"id": "c1", "party": HOST.id, "role": "processor"},
        {"id": "c2", "category": "carriers", "role": "independent-controller"},
    ],
    measures=[m.id for m in MEASURES], breach="no", dpia_needed="no",
)  # fmt: skip
LETTERS = record(
    "activity", 2, name="Newsletter", organisations=[ORGANISATION.id], role="controller",
    status="draft", purposes=[{"id": "p1", "purpose": "send-newsletters"}],
    recipients=[{"id": "c1", "party": MAILER.id, "role": "processor"}],
    security_description=Open("Which measures does the supplier take?"),
    breach=NotApplicable("Nothing is stored"), dpia_needed=AsTyped("vet ikke"),
)  # fmt: skip
PAGE = record(
    "activity", 3, name="Page", organisations=[ORGANISATION.id], role="joint-controller",
    recipients=[{"id": "c1", "party": SOCIAL.id, "role": "joint-controller"}],
)  # fmt: skip
SERVICE = record("activity", 4, name="For others", role="processor")
MAIL_ABROAD = record(
    "transfer", 1, exporter=ORGANISATION.id, importer=MAILER.id, destination="US",
    activities=[LETTERS.id],
    safeguards=[{"id": "s1", "regime": "eu", "mechanism": "scc", "reliance": "relied-on"}],
)  # fmt: skip
MAIL_TO_NORWAY = record(
    "transfer", 2, exporter=ORGANISATION.id, importer=SOCIAL.id, destination="NO",
    activities=[LETTERS.id],
)  # fmt: skip
REGISTER = (
    ORGANISATION, HOST, MAILER, SOCIAL, PAPER, AGREEMENT, RULE, *MEASURES, ORDERS, LETTERS, PAGE,
    SERVICE, MAIL_ABROAD, MAIL_TO_NORWAY,
)  # fmt: skip


def written(view: View, layout: str = "ico-controller", language: str = "en", **how: Any) -> bytes:
    file = io.BytesIO()
    write_workbook(view, layout, language, file, MOMENT, app_version="1.2.3", **how)
    return file.getvalue()


def opened(
    view: View, layout: str = "ico-controller", language: str = "en", **how: Any
) -> Workbook:
    return load_workbook(io.BytesIO(written(view, layout, language, **how)))


def table(sheet: Worksheet, heading_row: int) -> list[dict[str, str]]:
    rows = list(sheet.iter_rows(min_row=heading_row, values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]  # type: ignore[misc]


def ico(view: View, **how: Any) -> list[dict[str, str]]:
    return table(opened(view, **how)["Template"], 9)


def protokoll(view: View, **how: Any) -> list[dict[str, str]]:
    return table(opened(view, "protokoll", "nb", **how)["Protokoll"], 8)


def text_of(sheet: Worksheet) -> str:
    return "\n".join(str(cell) for row in sheet.values for cell in row if cell is not None)


def test_ico_rows_are_activity_by_purpose_with_their_own_data() -> None:
    first, second, *_ = ico(view_of(*REGISTER))
    assert first["Processing activity"] == second["Processing activity"] == "Orders"
    assert [first["Purpose of processing"], second["Purpose of processing"]] == [
        "Process orders", "Bookkeeping and accounting",
    ]  # fmt: skip
    assert first["Categories of personal data"] == "Name"
    assert second["Categories of personal data"] == "Invoices and receipts"
    assert first["Retention schedule (if possible)"] == "24 months"
    assert second["Retention schedule (if possible)"] == "5 years. Reason: Act § 13"
    basis = "Article 6 lawful basis for processing personal data"
    assert second[basis] == "Legal obligation, Art. 6(1)(c) (Act § 13)"
    assert first["Reference (for re-import)"] == "A-001 purposes:p1"


def test_a_linked_document_is_described_and_the_agreement_has_its_state_on_the_day() -> None:
    cell = ico(view_of(*REGISTER))[0]["Link to contract with processor"]
    for part in (
        "DPA with Example Hosting",
        "Processing terms",
        "3 Feb 2025",
        "terms.pdf",
        "expired",
    ):
        assert part in cell
    earlier = ico(view_of(*REGISTER, day=date(2026, 1, 1)))[0]["Link to contract with processor"]
    assert "in force" in earlier


def test_third_countries_are_those_outside_the_readers_own_area() -> None:
    heading = (
        "Names of third countries or international organisations that personal data are "
        "transferred to (if applicable)"
    )
    assert ico(view_of(*REGISTER))[2][heading].splitlines() == [
        "United States: Example Mail Inc.", "Norway: Social Example Ltd",
    ]  # fmt: skip
    norwegian = "Overføringer til tredjestat eller internasjonal organisasjon"
    assert protokoll(view_of(*REGISTER))[1][norwegian] == "USA: Example Mail Inc."


@pytest.mark.parametrize("mechanism", ["scc", "adequacy", "49-1-a"])
def test_safeguards_are_not_asked_for_unless_compelling_interests_are_relied_on(
    mechanism: str,
) -> None:
    heading = "Dokumentasjon på nødvendige garantier (art. 49 nr. 1 annet ledd)"
    assert protokoll(_abroad(mechanism))[0][heading].startswith("Ikke aktuelt")


def test_safeguards_of_compelling_interests_are_printed() -> None:
    heading = "Dokumentasjon på nødvendige garantier (art. 49 nr. 1 annet ledd)"
    assert protokoll(_abroad("49-1-second"))[0][heading] == "USA, Example Mail Inc.: Pseudonymised"


def _abroad(mechanism: str) -> View:
    line = {
        "id": "s1", "regime": "eu", "mechanism": mechanism,
        "compelling_documentation": "Pseudonymised",
    }  # fmt: skip
    transfer = record(
        "transfer", 1, importer=MAILER.id, destination="US", activities=[LETTERS.id],
        safeguards=[line],
    )  # fmt: skip
    return view_of(ORGANISATION, MAILER, LETTERS, transfer)


def test_joint_controllers_with_contact_details() -> None:
    rows = protokoll(view_of(*REGISTER))
    assert rows[2]["Felles behandlingsansvarlig"] == (
        "Social Example Ltd, 1 Dock Road, Irland, dpo@social.example, +353 1 000"
    )


def test_states_are_said_in_words_and_nothing_is_a_gap_on_amber() -> None:
    view = view_of(*REGISTER)
    row = ico(view)[2]
    security = "General description of technical and organisational security measures (if possible)"
    assert row[security] == "Open question: Which measures does the supplier take?"
    breach = "Has a personal data breach occurred?"
    assert row[breach] == "Not applicable: Nothing is stored"
    dpia = "Data Protection Impact Assessment required?"
    assert row[dpia] == "vet ikke (as typed, could not be read)"
    sheet = opened(view)["Template"]
    gap = sheet.cell(12, 1)
    assert (gap.value, gap.fill.start_color.rgb) == ("not stated", "FFFFF6DC")


def test_contact_block_of_the_readers_regime() -> None:
    sheet = opened(view_of(*REGISTER))["Template"]
    block = [[cell.value for cell in row] for row in sheet["A1:H6"]]
    assert block[0][0::3] == [
        "Name and contact details", "Data Protection Officer (if applicable)",
        "Representative (if applicable)",
    ]  # fmt: skip
    assert [row[1] for row in block[1:5]] == [
        "Fjordlys Handel AS & Sønner", "Havnegata 1\n5003 Bergen", "post@fjordlys.example",
        "+47 55 00 00 00",
    ]  # fmt: skip
    assert block[1][4] == "Not appointed\nNo large-scale monitoring."
    assert block[1][7] == "Example Rep Ltd"
    norwegian = text_of(opened(view_of(*REGISTER), "protokoll", "nb")["Protokoll"])
    assert "Example Rep SARL" in norwegian
    assert "Example Rep Ltd" not in norwegian


def test_what_is_done_as_a_processor_is_left_out_and_counted() -> None:
    book = opened(view_of(*REGISTER))
    assert "A-004" not in text_of(book["Template"])
    assert "Left out: 1 activity carried out as a processor" in text_of(book["Notes"])
    other = record("activity", 5, name="Also for others", role="processor")
    notes = text_of(opened(view_of(*REGISTER, other))["Notes"])
    assert "Left out: 2 activities carried out as a processor" in notes


def test_one_organisation_of_several() -> None:
    other = record("organisation", 2, name="Fjordlys UK Ltd")
    theirs = record("activity", 9, name="UK shop", organisations=[other.id])
    view = view_of(*REGISTER, other, theirs)
    alone = protokoll(view, organisation=other.id)
    assert [row["Referanse (for ny import)"] for row in alone] == ["A-009"]


def test_each_organisation_has_a_sheet_with_its_own_contact_details() -> None:
    other = record("organisation", 2, name="Fjordlys UK Ltd", email="post@uk.example")
    third = record("organisation", 3, name="Fjordlys Hvile AS")
    theirs = record("activity", 9, name="UK shop", organisations=[other.id], status="draft")
    shared = record("activity", 10, name="CRM", organisations=[ORGANISATION.id, other.id])
    nobody = record("activity", 11, name="Unclear", role="controller")
    view = view_of(*REGISTER, other, theirs, shared)
    book = opened(view, "protokoll", "en")
    assert book.sheetnames == ["Fjordlys Handel AS & Sønner", "Fjordlys UK Ltd", "Notes"]
    first, second = book.worksheets[:2]
    assert (first["B2"].value, first["B5"].value) == (
        "Fjordlys Handel AS & Sønner", "post@fjordlys.example",
    )  # fmt: skip
    assert (second["B2"].value, second["B5"].value) == ("Fjordlys UK Ltd", "post@uk.example")
    assert "Fjordlys UK Ltd" in second.oddFooter.left.text
    names = [row["Processing activity"] for row in table(second, 8)]
    assert names == ["UK shop", "CRM"]
    assert "UK shop" not in text_of(first)
    assert "one sheet for each" in text_of(book["Notes"])
    notes = text_of(opened(view_of(*REGISTER, other, third, theirs, nobody), "protokoll")["Notes"])
    assert "A-011; they stand on the sheet of each" in notes
    notes = text_of(opened(view_of(*REGISTER, other, third, theirs), "protokoll", "en")["Notes"])
    assert "A-004" in notes  # names no organisation, and is left out of each
    result = write_workbook(view, "protokoll", "en", io.BytesIO(), MOMENT)
    assert result.records == 5


def test_notes_carry_the_provenance() -> None:
    notes = text_of(opened(view_of(*REGISTER), "protokoll", "en")["Notes"])
    for part in (
        "protokoll", "not an official template", "22 November 2026", "English", "1.2.3", "f.ropa",
        "operation 17, ab12cd34ef56", "obligatory", "A-002",
    ):  # fmt: skip
        assert part in notes
    assert opened(view_of(*REGISTER), "protokoll", "en").sheetnames == ["Record", "Notes"]


def test_look_of_the_sheet() -> None:
    sheet = opened(view_of(*REGISTER))["Template"]
    assert sheet.freeze_panes == "C10"
    assert sheet.auto_filter.ref == "A9:AG13"
    assert sheet.print_title_rows == "$8:$9"
    assert sheet.page_setup.orientation == "landscape"
    # Thirty columns go over three pages side by side, the first two columns on each of them, and
    # none of them ends within a group: that of Art. 30 is on the first page, those on consent and
    # requests end the second.
    assert [one.id for one in sheet.col_breaks.brk] == [11, 20]
    assert all(sheet.cell(8, one.id + 1).value for one in sheet.col_breaks.brk)
    assert sheet.print_title_cols == "$A:$B"
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage
    assert 45 <= sheet.page_setup.scale <= 70
    assert "Fjordlys Handel AS && Sønner" in sheet.oddFooter.left.text
    assert "22 November 2026" in sheet.oddFooter.center.text
    heading, body, group = sheet["B9"], sheet["B10"], sheet["A8"]
    assert (heading.font.name, heading.font.b, heading.fill.start_color.rgb) == (
        "Calibri", True, "FFCFE8D5",
    )  # fmt: skip
    assert sheet["A9"].fill.start_color.rgb == "FFD3E3F5"
    assert group.fill.start_color.rgb == "FFE8EBEF"
    assert 48 <= sheet.row_dimensions[9].height <= 80
    assert (body.font.name, body.font.sz, body.alignment.wrap_text) == ("Calibri", 10, True)
    assert body.border.left.color.rgb == "FFC9CED6"
    assert sheet.column_dimensions["K"].width == 48


NASTY = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "=HYPERLINK(\"http://x\")", "<b>&amp;</b>",
         "]]>", "\u202eabc", "😀"]  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_text_stays_text(text: str) -> None:
    activity = record("activity", 1, name="A", business_function=AsTyped("x"), breach=AsTyped("y"),
                      security_description=text)  # fmt: skip
    organisation = record("organisation", 1, name=text, email=text)
    view = view_of(organisation, activity, record("party", 1, name=text))
    for layout in ("ico-controller", "protokoll", "full"):
        book = opened(view, layout)
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
        assert {cell.data_type for cell in cells} == {"s"}
        assert any(cell.value == text for cell in cells)


def test_cells_like_formulas_stay_text_when_edited() -> None:
    view = view_of(record("activity", 1, name="A", security_description="=1+1"))
    sheet = opened(view)["Template"]
    cell = next(cell for cell in sheet[10] if cell.value == "=1+1")
    assert cell.quotePrefix


def test_characters_no_workbook_can_hold_are_replaced_and_counted() -> None:
    view = view_of(record("activity", 1, name="A", security_description="a\x00b\x0bc\ud800d"))
    book = opened(view)
    assert "a b c\ufffdd" in text_of(book["Template"])
    assert "3; characters" in text_of(book["Notes"])
    result = write_workbook(view, "ico-controller", "en", io.BytesIO(), MOMENT)
    assert result.replaced == 3


LONG = " ".join(f"word{number}" for number in range(11_500))[:100_000]


@pytest.mark.parametrize(
    "text", [LONG, "x" * 100_000, "line\n" * 60 + "end", "😀" * 40_000, "\n" * 100],
    ids=["words", "one-word", "lines", "emoji", "empty-lines"],
)  # fmt: skip
def test_a_long_field_continues_and_nothing_is_cut(text: str) -> None:
    sheet = opened(view_of(record("activity", 12, name="A", security_description=text)))["Template"]
    heading = [cell.value for cell in sheet[9]]
    column = heading.index(
        "General description of technical and organisational security measures (if possible)"
    )
    rows = list(sheet.iter_rows(min_row=10, values_only=True))
    references = [read_reference(str(row[REFERENCE["ico-controller"] - 1])) for row in rows]
    assert references == [
        RowReference("A-012", part=number, parts=len(rows)) for number in range(1, len(rows) + 1)
    ]
    assert "".join(str(row[column]) for row in rows) == text
    assert all(len(str(row[column]).encode("utf-16-le")) <= 64_000 for row in rows)
    heights = [sheet.row_dimensions[number].height for number in range(10, sheet.max_row + 1)]
    assert all(height is not None and height <= 409 for height in heights)


def test_a_hundred_recipients_are_all_there() -> None:
    parties = [record("party", n, name=f"Recipient {n:03} Ltd") for n in range(100)]
    lines = [{"id": f"c{n}", "party": party.id} for n, party in enumerate(parties)]
    rows = protokoll(view_of(*parties, record("activity", 1, name="A", recipients=lines)))
    heading = "Kategoriene av mottakere (også i tredjestater / internasjonale organisasjoner)"
    text = "".join(row[heading] for row in rows)
    assert text.splitlines() == [f"Recipient {n:03} Ltd" for n in range(100)]
    assert rows[1]["Referanse (for ny import)"] == f"A-001, 2 av {len(rows)}"


@pytest.mark.parametrize("text", [LONG[:5000], "a\n" * 50, "x" * 999, "", "one"])
@pytest.mark.parametrize("width", [9, 48])
def test_pieces_are_the_text_and_each_fits(text: str, width: int) -> None:
    found = pieces(text, width, MOST_LINES)
    assert "".join(found) == text
    assert all(lines_needed(piece.rstrip("\n"), width) <= MOST_LINES for piece in found)


@pytest.mark.parametrize("layout", ["ico-controller", "protokoll", "full"])
def test_the_same_view_and_moment_give_the_same_bytes(layout: str) -> None:
    first, second = (written(view_of(*REGISTER), layout) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2026, 11, 22, 12, 0, 0)}
        assert b"2026-11-22T12:00:00Z" in archive.read("docProps/core.xml")
        assert archive.testzip() is None


@pytest.mark.parametrize("layout", ["ico-controller", "protokoll", "full"])
def test_an_empty_register(layout: str) -> None:
    assert written(view_of(), layout)


def test_only_the_activities_asked_for() -> None:
    rows = protokoll(view_of(*REGISTER), refs=["A-002"])
    assert [row["Referanse (for ny import)"] for row in rows] == ["A-002"]
    with pytest.raises(UserError, match="A-099"):
        protokoll(view_of(*REGISTER), refs=["A-099"])


def test_of_several_organisations_only_those_that_carry_out_what_is_asked_for_are_there() -> None:
    other = record("organisation", 2, name="Fjordlys UK Ltd")
    view = view_of(*REGISTER, other)
    book = opened(view, "protokoll", "en", refs=["A-002"])
    assert book.sheetnames == ["Fjordlys Handel AS & Sønner", "Notes"]
    assert [row["Processing activity"] for row in table(book.worksheets[0], 8)] == ["Newsletter"]
    with pytest.raises(UserError, match="A-002 is not carried out by O-002"):
        opened(view, "protokoll", "en", refs=["A-002"], organisation=other.id)


def test_who_exports_is_told_in_their_own_language_and_the_reader_in_that_of_the_file() -> None:
    set_language("nb")
    try:
        file = io.BytesIO()
        result = write_workbook(view_of(*REGISTER), "protokoll", "en", file, MOMENT)
    finally:
        set_language("en")
    assert any(note.startswith("Utelatt: 1") for note in result.notes)
    assert "Left out: 1 activity" in text_of(load_workbook(file)["Notes"])


def test_what_is_asked_for_but_stands_in_no_such_record_is_refused_with_the_reason() -> None:
    other = record("organisation", 2, name="Fjordlys UK Ltd")
    for register in (REGISTER, (*REGISTER, other)):
        with pytest.raises(UserError, match=r"A-004 is carried out as a processor .* Art\. 30"):
            protokoll(view_of(*register), refs=["A-004"])
    lines = [{"id": "u", "regime": "uk", "reason": "does-not-apply"}]
    payroll = record("activity", 9, name="Payroll", role="controller", regimes=lines)
    with pytest.raises(UserError, match="does not apply to A-009"):
        ico(view_of(*REGISTER, payroll), refs=["A-009"])
    book = opened(view_of(*REGISTER), "protokoll", "en", refs=["A-002", "A-004"])
    assert "Left out: 1 activity carried out as a processor" in text_of(book["Notes"])


def test_export_writes_beside_and_leaves_nothing_when_it_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "record.xlsx"
    export(view_of(*REGISTER), "protokoll", out, "nb", "O-001", None, MOMENT)
    assert [path.name for path in tmp_path.iterdir()] == ["record.xlsx"]
    before = out.read_bytes()

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("interrupted")

    monkeypatch.setattr("ropa_app.exports.workbook.write_notes", fail)
    with pytest.raises(RuntimeError):
        export(view_of(*REGISTER), "protokoll", out, "nb", None, None, MOMENT)
    assert [path.name for path in tmp_path.iterdir()] == ["record.xlsx"]
    assert out.read_bytes() == before


@pytest.mark.parametrize("name", ["fjord.ropa", "record.xlsx"])
def test_no_export_is_written_over_a_register(tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    with closing(sqlite3.connect(out)) as connection:
        connection.execute(f"PRAGMA application_id = {0x524F5041}")
        connection.execute("CREATE TABLE activity (id)")
        connection.commit()
    before = out.read_bytes()
    with pytest.raises(UserError, match="register"):
        export(view_of(*REGISTER), "protokoll", out, "nb", None, None, MOMENT)
    assert out.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_export_says_what_is_wrong(tmp_path: Path) -> None:
    view = view_of(*REGISTER)
    with pytest.raises(UserError, match="folder"):
        export(view, "protokoll", tmp_path / "none" / "a.xlsx", "nb", None, None, MOMENT)
    with pytest.raises(UserError, match="O-001"):
        export(view, "protokoll", tmp_path / "a.xlsx", "nb", "Nobody", None, MOMENT)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A-012", RowReference("A-012")),
        ("A-012, 2 of 3", RowReference("A-012", part=2, parts=3)),
        ("A-012 purposes:p_1, 2 av 3", RowReference("A-012", "purposes", "p_1", 2, 3)),
        ("Sales", None),
        ("", None),
    ],
)
def test_references_are_read_back(text: str, expected: RowReference | None) -> None:
    assert read_reference(text) == expected


class _FullDisk(io.BytesIO):
    """Takes some of a workbook, then no more."""

    def write(self, content: Any, /) -> int:
        if self.tell() > 1000:
            raise OSError(28, "No space left on device")
        return super().write(content)


def test_a_full_disk_leaves_no_archive_that_complains_later() -> None:
    file = _FullDisk()
    with pytest.raises(OSError, match="No space left"):
        write_workbook(view_of(ORGANISATION), "ico-controller", "en", file, MOMENT)
    file.close()
    gc.collect()  # what Python says of a file it cannot finish fails the test
