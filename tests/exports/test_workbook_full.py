"""The layout `full`: every field of every kind, in each of its five states, is in the workbook."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from openpyxl import load_workbook

from ropa_app.exports.sheet_look import GAP, QUIET
from ropa_app.exports.workbook import write_workbook
from ropa_app.model.field import Field, walk
from ropa_app.model.kinds import ALL_KINDS, KINDS
from ropa_app.model.record import Record
from ropa_app.model.state import AsTyped, NotApplicable, Open, Redacted
from ropa_app.register.view import Head, View
from ropa_app.rules.over import is_over

MOMENT = datetime(2026, 11, 22, 12, tzinfo=UTC)
TARGET = "00000000-0000-4000-8000-000000000001"
FIELDS = [(kind.key, field) for kind in ALL_KINDS for field in kind.fields]
STATES: dict[str, Any] = {
    "open": Open(""),
    "not-applicable": NotApplicable(""),
    "as-typed": AsTyped(""),
    "redacted": Redacted(),
}


def identifier(number: int) -> str:
    return str(UUID(int=number))


def view_of(*records: Record) -> View:
    return View(records, date(2026, 11, 22), Head(7, "f" * 64, "2026-11-22T10:00:00Z"), "r.ropa")


def cells_of(view: View, language: str = "en") -> dict[str, list[list[Any]]]:
    file = io.BytesIO()
    write_workbook(view, "full", language, file, MOMENT, app_version="1.2.3")
    book = load_workbook(file)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def value_of(field: Field, marker: str) -> tuple[Any, str]:
    """A value for a field, and the text by which it must be found in the workbook."""
    match field.kind:
        case "lines":
            pairs = {c.key: value_of(c, f"{marker} {c.key}") for c in field.columns}
            line = {"id": "l1", **{key: value for key, (value, _text) in pairs.items()}}
            # A link to a line of another field finds none here and shows its id.
            return [line], "\n".join(text for _value, text in pairs.values())
        case "period":
            return {"condition": marker, "ground": f"{marker} ground"}, f"{marker} ground"
        case "number":
            return 987654, "987654"
        case "date":
            return "2031-12-24", "24 Dec 2031"
        case "country":
            return "NZ", "New Zealand"
        case "countries":
            return ["NZ"], "New Zealand"
        case "link":
            return TARGET, "Linked record (P-900)"
        case "links":
            return [TARGET], "Linked record (P-900)"
        case "file":
            return {"sha256": "0" * 64, "size": 123, "name": marker, "media_type": ""}, marker
        case "terms" | "texts" | "line_links":
            return [marker], marker
    return marker, marker


def linked() -> Record:
    return Record("party", 900, TARGET, {"name": "Linked record"})


Rows = dict[str, list[Any]]


def rows_by_id(*records: Record) -> Rows:
    """The row of each record, by its id, in one workbook."""
    sheets = cells_of(view_of(linked(), *records))
    return {row[-1]: row for rows in sheets.values() for row in rows[1:] if len(row) > 7}


def numbered() -> Iterator[tuple[int, str, Field]]:
    """Every field of every kind with a number of its own."""
    for number, (kind, field) in enumerate(FIELDS, start=1000):
        yield number, kind, field


@pytest.fixture(scope="module")
def one_value_each() -> Rows:
    return rows_by_id(
        *(
            Record(kind, number, identifier(number), {field.key: value_of(field, "marker")[0]})
            for number, kind, field in numbered()
        )
    )


@pytest.fixture(scope="module")
def one_state_each() -> Rows:
    """A record for every kind and state, and for nothing, each field with a marker of its own."""
    records = []
    for number, kind in enumerate(ALL_KINDS, start=10):
        records.append(Record(kind.key, 9, identifier(number), {}))
        for offset, state in enumerate(STATES.values(), start=1):
            values = {field.key: marked(state, n) for n, field in enumerate(kind.fields)}
            records.append(Record(kind.key, offset, identifier(number + 100 * offset), values))
    return rows_by_id(*records)


def marked(state: Any, number: int) -> Any:
    if isinstance(state, Redacted):
        return state
    return type(state)(f"marker {number:03}")


@pytest.mark.parametrize(
    ("number", "field"),
    [(number, field) for number, _kind, field in numbered()],
    ids=[f"{kind}.{field.key}" for _number, kind, field in numbered()],
)
def test_every_value_is_found(one_value_each: Rows, number: int, field: Field) -> None:
    said = "\n".join(str(cell) for cell in one_value_each[identifier(number)][1:-1] if cell)
    for part in value_of(field, "marker")[1].split("\n"):
        assert part in said


@pytest.mark.parametrize("offset", range(1, len(STATES) + 1), ids=STATES)
@pytest.mark.parametrize("number", range(10, 10 + len(ALL_KINDS)), ids=KINDS)
def test_every_state_of_every_field_is_said(one_state_each: Rows, number: int, offset: int) -> None:
    """Each field bears a marker of its own, so that none can stand in for another."""
    row = one_state_each[identifier(number + 100 * offset)]
    said = [str(cell) for cell in row[1:-1] if cell]
    fields = ALL_KINDS[number - 10].fields
    if list(STATES)[offset - 1] == "redacted":
        assert said == ["(redacted)"] * len(fields)
        return
    assert len(said) == len(fields)
    for n, text in enumerate(said):
        assert f"marker {n:03}" in text


@pytest.mark.parametrize("number", range(10, 10 + len(ALL_KINDS)), ids=KINDS)
def test_nothing_is_a_gap_where_the_law_demands_the_field_and_empty_elsewhere(
    one_state_each: Rows, number: int
) -> None:
    said = [cell for cell in one_state_each[identifier(number)][1:-1] if cell]
    demanded = [field for field in ALL_KINDS[number - 10].fields if field.obligatory == "always"]
    assert said == ["not stated"] * len(demanded)


@pytest.mark.parametrize("language", ["en", "nb"])
def test_the_sheet_of_fields_names_the_place_of_every_stored_field(language: str) -> None:
    sheets = cells_of(view_of(), language)
    title = {"en": "Fields", "nb": "Felter"}[language]
    words = view_of().words(language)
    places = {(row[0], row[2]): (row[3], row[4], row[5]) for row in sheets[title][1:]}
    for kind in ALL_KINDS:
        # A rhythm (“every year”) counts time alone: nothing is kept, deleted or counted from.
        paths = [path for path, _field in walk(kind.fields)
                 if path.partition(".")[2] not in ("event", "ground", "fate")
                 or not kind.field(path.partition(".")[0]).repeats]  # fmt: skip
        for path in [*paths, "ref", "id", "deleted", "merged_into"]:
            sheet, letter, heading = places[words.kind(kind), path]
            position = 0
            for char in letter:
                position = position * 26 + ord(char) - ord("A") + 1
            assert sheets[sheet][0][position - 1] == heading


def test_headings_of_a_sheet_are_told_apart() -> None:
    for rows in list(cells_of(view_of()).values())[: len(ALL_KINDS)]:
        assert len(set(rows[0])) == len(rows[0])


def test_deleted_and_merged_records_are_there_and_marked() -> None:
    merged = Record(
        "party", 1, identifier(1), {"name": "Old"}, "2026-01-02T03:04:05.000Z", identifier(2)
    )
    sheets = cells_of(view_of(merged, Record("party", 2, identifier(2), {"name": "Kept"})))
    row = next(row for row in sheets["Processors and recipients"] if row[0] == "P-001")
    assert row[-4:] == ["2 Jan 2026, 04:04", "Kept (P-002)", None, identifier(1)]
    assert row[1] == "Old (deleted)"


def test_only_the_records_asked_for() -> None:
    view = view_of(*(Record("party", n, identifier(n), {"name": f"Party {n}"}) for n in (1, 2, 3)))
    file = io.BytesIO()
    result = write_workbook(view, "full", "en", file, MOMENT, refs=["P-002"])
    assert result.records == 1
    names = [row[1] for row in load_workbook(file)["Processors and recipients"].values]
    assert names == ["Legal name", "Party 2"]


def sheet_of(language: str, *records: Record) -> dict[str, dict[str, Any]]:
    """The rows of the first sheet of the kind of the records, by reference; cells by heading."""
    file = io.BytesIO()
    write_workbook(view_of(*records), "full", language, file, MOMENT, app_version="1.2.3")
    title = view_of().words(language).kind(records[0].kind, many=True)
    heads, *rows = load_workbook(file)[title].iter_rows()
    labels = [cell.value for cell in heads]
    return {str(row[0].value): dict(zip(labels, row, strict=True)) for row in rows}


def test_a_line_of_a_small_table_is_set_one_part_below_the_other() -> None:
    line = {"id": "l", "subject": "customers", "categories": ["name", "e-mail-address"],
            "detail": "Everything that is needed for the delivery of what was ordered in the shop",
            "sources": ["data-subject"], "special": "no", "criminal": "no"}  # fmt: skip
    short = {"id": "m", "subject": "employees", "special": "no"}
    activity = Record("activity", 1, identifier(1), {"name": "A", "data": [line, short]})
    said = str(sheet_of("en", activity)["A-001"]["People and data"].value)
    assert said.split("\n") == [
        "Customers",
        "– Data categories: Name, e-mail address",
        "– In detail: Everything that is needed for the delivery of what was ordered in the shop",
        "– Sources: From the person · Special categories: No · Criminal offences: No",
        "Employees · Special categories: No",
    ]


def test_a_table_of_two_columns_has_no_labels() -> None:
    steps = [{"id": "l", "on": "2026-06-30", "what": "Checked"}, {"id": "m", "what": "Sent"}]
    request = Record("request", 1, identifier(1), {"name": "R", "log": steps})
    assert sheet_of("nb", request)["RQ-001"]["Saksgang"].value == "30.06.2026: Checked\nSent"


@pytest.mark.parametrize(
    ("role", "gaps"), [("controller", True), ("processor", False), (None, False)]
)
def test_what_the_law_asks_of_an_activity_and_its_lines_is_said_to_be_missing(
    role: str | None, gaps: bool
) -> None:
    lines = [{"id": "l", "subject": "customers", "categories": ["name"]}]
    values = {"name": "A", "data": lines} | ({"role": role} if role else {})
    row = sheet_of("en", Record("activity", 1, identifier(1), values))["A-001"]
    assert row["Purposes"].value == ("not stated" if gaps else None)
    assert (row["Purposes"].fill.start_color.rgb == GAP) == gaps
    assert ("Kept for: not stated" in str(row["People and data"].value)) == gaps
    assert row["Controllers served"].value == ("not stated" if role == "processor" else None)
    assert row["Department"].value is None


def test_codes_of_the_program_stand_behind_their_words() -> None:
    values = {"name": "Number", "vocabulary": "data-category", "flags": ["special", "odd"]}
    term = Record("term", 1, identifier(1), values)
    own = sheet_of("nb", term)["V-001"]
    assert own["Begrepsliste"].value == "Kategorier av personopplysninger (data-category)"
    assert own["Merker"].value == "Særlige kategorier (special)\nodd"
    settings = Record("register", 1, identifier(2), {
        "name": "R", "language": "en", "time_zone": "America/Argentina/Buenos_Aires"})  # fmt: skip
    row = sheet_of("nb", settings)["REG-001"]
    assert row["Språk"].value == "Engelsk (en)"
    assert row["Tidssone"].value == "Buenos Aires (America/Argentina/Buenos_Aires)"


def test_an_instrument_bears_its_name_in_the_language_of_the_reader() -> None:
    line = {"id": "l", "regime": "eu", "mechanism": "scc",
            "instrument": "Implementing Decision (EU) 2021/914"}  # fmt: skip
    transfer = Record("transfer", 1, identifier(1), {"safeguards": [line]})
    said = str(sheet_of("nb", transfer)["T-001"]["Garantier for overføringen"].value)
    assert said.endswith(": Gjennomføringsbeslutning (EU) 2021/914")


OVER = [
    ("activity", {"ended": "2026-11-21"}, True), ("activity", {"ended": "2026-11-22"}, False),
    ("activity", {"status": "retired"}, True), ("agreement", {"terminated": "2026-11-22"}, True),
    ("agreement", {"terminated": "2026-11-23"}, False),
    ("agreement", {"expires": "2026-11-21"}, True), ("transfer", {"to": "2026-11-22"}, False),
    ("notice", {"replaced": "2026-01-01"}, True), ("document", {"valid_to": "2026-01-01"}, True),
    ("system", {"to": Open("When?")}, False), ("measure", {"status": "ended"}, True),
    ("assessment", {"status": "outdated"}, True), ("party", {}, False),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "values", "over"), OVER)
def test_a_record_of_what_is_over_is_seen_to_be(
    kind: str, values: dict[str, Any], over: bool
) -> None:
    record = Record(kind, 1, identifier(1), {"name": "N", **values})
    (row,) = sheet_of("en", record).values()
    (name,) = [cell for cell in row.values() if cell.value == "N"]
    assert (name.font.i, name.font.color.rgb == QUIET) == (over, over)
    assert is_over(record, date(2026, 11, 22)) == over


def test_a_column_is_no_wider_than_what_stands_in_it() -> None:
    file = io.BytesIO()
    write_workbook(
        view_of(Record("party", 1, identifier(1), {"name": "N", "email": "a@b.example"})),
        "full", "en", file, MOMENT,
    )  # fmt: skip
    sheet = load_workbook(file)["Processors and recipients"]
    widths = {c.value: sheet.column_dimensions[c.column_letter].width for c in sheet[1]}
    assert widths["Sub-processors"] < 20
    assert widths["E-mail"] < 20
    assert sheet.max_column == len(widths)


def test_the_notes_count_the_records_of_each_kind() -> None:
    view = view_of(*(Record("party", n, identifier(n), {"name": f"Party {n}"}) for n in (1, 2)))
    pairs = {row[0]: row[1] for row in cells_of(view)["Notes"]}
    counted = {"Records": "2", "Processors and recipients": "2", "Activities": "0"}
    assert {label: pairs[label] for label in counted} == counted


@pytest.mark.parametrize(
    ("line", "language", "said"),
    [
        ({"regime": "uk"}, "en", "UK adequacy regulations, UK GDPR Art. 45A"),
        ({"regime": "uk"}, "nb", "Britiske adekvansforskrifter, UK GDPR art. 45A"),
        ({"regime": "eu"}, "en", "Adequacy decision, Art. 45"),
        ({"regime": "uk", "to": "2026-02-04"}, "en", "UK adequacy regulations, UK GDPR Art. 45"),
        ({}, "en", "Adequacy decision, Art. 45"),
    ],
)
def test_a_mechanism_is_called_as_the_law_of_its_line_calls_it(
    line: dict[str, Any], language: str, said: str
) -> None:
    values = {"safeguards": [{"id": "l", "mechanism": "adequacy"} | line]}
    row = sheet_of(language, Record("transfer", 1, identifier(1), values))["T-001"]
    texts = [str(cell.value).replace("\u00a0", " ") for cell in row.values()]
    (text,) = [text for text in texts if said in text]
    assert re.search(re.escape(said) + r"(?!\w)", text)


@pytest.mark.parametrize(
    ("line", "transfer", "said"),
    [
        ({}, {}, "Status: Relied on"),
        ({"to": "2026-12-01"}, {}, "Status: Relied on"),
        ({"to": "2026-11-21"}, {}, "Status: Relied on until 21 Nov 2026 (ended)"),
        ({}, {"to": "2026-01-20"}, "Status: Relied on until 20 Jan 2026 (ended)"),
        ({"to": "2025-01-01"}, {"to": "2026-01-20"}, "Status: Relied on until 1 Jan 2025 (ended)"),
    ],
)
def test_a_safeguard_that_is_over_says_so(
    line: dict[str, Any], transfer: dict[str, Any], said: str
) -> None:
    lines = [{"id": "l", "regime": "eu", "mechanism": "scc", "reliance": "relied-on"} | line]
    row = sheet_of("en", Record("transfer", 1, identifier(1), {"safeguards": lines, **transfer}))
    text = str(row["T-001"]["Safeguards"].value).replace("\u00a0", " ")
    assert re.search(re.escape(said) + r"(?! until)", text)


@pytest.mark.parametrize(("effective", "over"), [("2026-01-01", True), ("2027-01-01", False)])
def test_an_agreement_is_over_once_the_next_one_is_in_force(effective: str, over: bool) -> None:
    old = Record("agreement", 1, identifier(1), {
        "name": "Old", "kind": "processor-agreement", "evidence": "seen", "signed": "2021-01-01",
        "superseded_by": identifier(2)})  # fmt: skip
    new = Record("agreement", 2, identifier(2), {
        "name": "New", "kind": "processor-agreement", "evidence": "seen", "signed": "2025-12-01",
        "effective": effective})  # fmt: skip
    rows = sheet_of("en", old, new)
    assert [bool(rows[ref]["Name"].font.i) for ref in ("D-001", "D-002")] == [over, False]
