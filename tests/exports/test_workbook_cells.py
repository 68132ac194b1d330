"""What single cells of a record say: questions shown, answers not called gaps, nothing left out."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import NAMESPACE_DNS, uuid5

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from ropa_app.exports.expressions import expression
from ropa_app.exports.layout import Column, layout
from ropa_app.exports.record_sheet import headings
from ropa_app.exports.row import Row, selected
from ropa_app.exports.safe_text import glued
from ropa_app.exports.sheet_look import QUIET
from ropa_app.exports.text_lines import MARGINS, UNIT, line_ends
from ropa_app.exports.workbook import write_workbook
from ropa_app.model.field import RecordKind
from ropa_app.model.kinds import ALL_KINDS
from ropa_app.model.record import Record
from ropa_app.model.state import AsTyped, NotApplicable, Open
from ropa_app.model.vocabulary import vocabulary
from ropa_app.register.view import Head, View

DAY = date(2026, 11, 22)
AMBER = "FFFFF6DC"
ABROAD = "Names of third countries or international organisations that personal data are transferred to (if applicable)"  # noqa: E501
SAFEGUARDS = "Safeguards for exceptional transfers of personal data to third countries or international organisations (if applicable)"  # noqa: E501
CONTRACTS = "Link to contract with processor"
JOINT = "Name and contact details of joint controller (if applicable)"
SECURITY = "General description of technical and organisational security measures (if possible)"


def record(kind: str, number: int, /, **values: Any) -> Record:
    return Record(kind, number, str(uuid5(NAMESPACE_DNS, f"{kind} {number}")), values)


def view_of(*records: Record) -> View:
    return View(records, DAY, Head(3, "ab" * 32, "2026-11-22T10:00:00Z"), "f.ropa")


def opened(view: View, layout: str = "ico-controller", language: str = "en") -> Workbook:
    file = io.BytesIO()
    write_workbook(view, layout, language, file, datetime(2026, 7, 1, 12, 58, tzinfo=UTC))
    return load_workbook(file)


def rows(sheet: Worksheet, heading_row: int = 9) -> list[dict[str, str]]:
    found = list(sheet.iter_rows(min_row=heading_row, values_only=True))
    return [dict(zip(found[0], row, strict=True)) for row in found[1:]]  # type: ignore[misc]


def ico(*records: Record) -> list[dict[str, str]]:
    return rows(opened(view_of(*records)).worksheets[0])


def notes(*records: Record, layout: str = "ico-controller") -> str:
    sheet = opened(view_of(*records), layout, "en")["Notes"]
    return "\n".join(str(cell) for row in sheet.values for cell in row if cell is not None)


def cell(sheet: Worksheet, heading: str, row: int = 10) -> Any:
    column = next(c.column for c in sheet[9] if c.value == heading)
    return sheet.cell(row, column)


OURS = record("organisation", 1, name="Fjord AS", country="NO")
OTHER = record("organisation", 2, name="Elv AS", country="NO")
MAIL = record("party", 1, name="Example Mail SAS", country="FR")


# Transfers


@pytest.mark.parametrize("activities", [None, [], Open("Which activities?"), [Open("Which?")]])
def test_a_transfer_not_tied_to_activities_is_a_question_in_each_of_its_exporter(
    activities: Any,
) -> None:
    transfer = record(
        "transfer", 1, name="Providers abroad", exporter=OURS.id, activities=activities,
        destination=Open("Which countries?"),
    )  # fmt: skip
    mine = record("activity", 1, name="A", organisations=[OURS.id])
    also = record("activity", 2, name="B", organisations=[OURS.id])
    theirs = record("activity", 3, name="C", organisations=[OTHER.id])
    book = opened(view_of(OURS, OTHER, mine, also, theirs, transfer))
    for row in rows(book["Fjord AS"]):
        assert row[ABROAD].startswith("To be confirmed for this activity: Providers abroad.")
        assert "Which countries?" in row[ABROAD]
        assert row[SAFEGUARDS].startswith("To be confirmed")
    assert rows(book["Elv AS"])[0][ABROAD] == "No transfer recorded"
    norwegian = rows(opened(view_of(OURS, mine, transfer), "protokoll", "nb").worksheets[0], 8)
    heading = "Overføringer til tredjestat eller internasjonal organisasjon"
    assert norwegian[0][heading].startswith("Ikke avklart for denne behandlingsaktiviteten")


def test_a_transfer_that_serves_some_activity_and_perhaps_more_says_both() -> None:
    first = record("activity", 1, name="A")
    second = record("activity", 2, name="B")
    transfer = record(
        "transfer", 1, name="Mail", destination="US", importer=MAIL.id,
        activities=[first.id, Open("Which others?")],
    )  # fmt: skip
    one, two = ico(OURS, MAIL, first, second, transfer)
    assert one[ABROAD] == "United States: Example Mail SAS"
    assert two[ABROAD] == (
        "To be confirmed for this activity: Mail (United States, Example Mail SAS). Which others?"
    )


def test_a_transfer_no_row_shows_is_named_on_the_notes() -> None:
    chained = record("transfer", 7, exporter=MAIL.id, destination="US")
    activity = record("activity", 1, name="A")
    told = "Transfers not tied to any activity of this record: T-007."
    assert told in notes(OURS, MAIL, activity, chained)
    receives = record("activity", 1, name="A", recipients=[{"id": "c", "party": MAIL.id}])
    assert told not in notes(OURS, MAIL, receives, chained)
    assert "To be confirmed" in ico(OURS, MAIL, receives, chained)[0][ABROAD]


@pytest.mark.parametrize(
    ("party", "said"),
    [
        ({"country": "GB"}, "No transfer recorded"),
        ({}, "No transfer recorded"),
        ({"country": "GB", "places": [{"id": "p", "country": "US", "to": "2020-01-01"}]},
         "No transfer recorded"),
        ({"country": "US"}, "not stated"),
        ({"country": "GB", "places": [{"id": "p", "country": "US"}]}, "not stated"),
        ({"country": "GB", "sub_processors": [{"id": "s", "countries": ["IN"]}]}, "not stated"),
    ],
)  # fmt: skip
def test_silence_on_transfers_is_a_gap_only_where_a_recipient_lies_outside(
    party: dict[str, Any], said: str
) -> None:
    recipient = record("party", 5, name="Example Ltd", **party)
    lines = [{"id": "c", "party": recipient.id, "role": "processor"}]
    activity = record("activity", 1, name="A", recipients=lines)
    sheet = opened(view_of(OURS, recipient, activity)).worksheets[0]
    for heading in (ABROAD, SAFEGUARDS):
        found = cell(sheet, heading)
        assert found.value == said
        assert (found.fill.start_color.rgb == AMBER) == (said == "not stated")


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ({"role": "processor"}, "Not applicable: the organisation is the only controller"),
        ({"role": Open("Is it a joint controller?")}, "No joint controller is recorded"),
        ({"role": "not-determined"}, "No joint controller is recorded"),
        ({}, "No joint controller is recorded"),
    ],
)
def test_no_joint_controller_is_claimed_only_where_every_role_is_settled(
    role: dict[str, Any], said: str
) -> None:
    lines = [{"id": "c", "party": MAIL.id, "role": "processor"}]
    lines.append({"id": "d", "party": MAIL.id} | role)
    activity = record("activity", 1, name="A", role="controller", recipients=lines)
    assert ico(OURS, MAIL, activity)[0][JOINT] == said


def test_organisations_that_act_side_by_side_are_not_called_the_only_controller() -> None:
    other = record("organisation", 7, name="Sister AS")
    lines = [{"id": "c", "party": MAIL.id, "role": "processor"}]
    shared = record("activity", 1, name="A", role="controller", recipients=lines,
                    organisations=[OURS.id, other.id])  # fmt: skip
    told = "Not applicable: each organisation is a controller of its own"
    assert ico(OURS, other, MAIL, shared)[0][JOINT] == told


def test_a_recipient_in_a_country_that_is_recognised_leaves_no_gap_but_is_named() -> None:
    here = record("party", 5, name="Example AS", country="NO")
    lines = [{"id": "c", "party": here.id, "role": "processor"}]
    activity = record("activity", 1, name="A", recipients=lines)
    found = ico(OURS, here, activity)[0]
    assert found[ABROAD] == (
        "No transfer recorded. Recipients have a place in a country recognised as adequate: "
        "Norway (under UK GDPR)."
    )
    assert found[SAFEGUARDS] == "No transfer recorded"


# Which law, and whose agreement


EU = {"id": "e", "regime": "eu", "reason": "eu-3-1"}
UK = {"id": "u", "regime": "uk", "reason": "uk-3-2-a"}
NOT_UK = {"id": "n", "regime": "uk", "reason": "does-not-apply"}


@pytest.mark.parametrize(
    ("own", "organisation", "kept"),
    [
        (None, None, True),
        ([EU, UK], None, True),
        ([EU], None, False),
        ([EU, NOT_UK], [EU, UK], False),
        (None, [EU], False),
        (None, [EU, UK], True),
        ([UK], [EU], True),
        (Open("Does it?"), [EU], True),
        ([EU, Open("Or the UK too?")], None, True),
        ([EU, {**UK, "reason": Open("Why?")}], None, True),
    ],
)
def test_ico_leaves_out_what_uk_law_is_recorded_not_to_apply_to(
    own: Any, organisation: Any, kept: bool
) -> None:
    whose = record("organisation", 1, name="Fjord AS", regimes=organisation)
    activity = record("activity", 1, name="Payroll", organisations=[whose.id], regimes=own)
    names = [row["Processing activity"] for row in ico(whose, activity)]
    assert names == (["Payroll"] if kept else [])
    said = "Left out: 1 activity to which, as the register records it, UK GDPR does not apply"
    assert (said in notes(whose, activity)) == (not kept)


def _shared(**agreement: Any) -> tuple[Record, ...]:
    contract = record(
        "agreement", 1, name="DPA", organisation=OURS.id, party=MAIL.id, signed="2025-01-01",
        kind="processor-agreement", evidence="seen", **agreement,
    )  # fmt: skip
    lines = [{"id": "c", "party": MAIL.id, "role": "processor"}]
    activity = record(
        "activity", 1, name="CRM", organisations=[OURS.id, OTHER.id], recipients=lines
    )
    return OURS, OTHER, MAIL, contract, activity


def test_of_a_shared_activity_each_organisation_has_its_own_agreement() -> None:
    book = opened(view_of(*_shared()))
    assert "agreement: in force" in rows(book["Fjord AS"])[0][CONTRACTS]
    assert rows(book["Elv AS"])[0][CONTRACTS] == "Example Mail SAS: agreement: missing"


def test_where_the_record_is_of_several_those_that_differ_are_named() -> None:
    view = view_of(*_shared())
    row = Row(view, view.of("activity")[0], OURS)
    (text,) = expression("contracts")(row, view.words("en"))
    assert "agreement of Fjord AS: in force" in text
    assert "agreement of Elv AS: missing" in text


@pytest.mark.parametrize("role", [Open("In which role?"), None, "not-determined"])
@pytest.mark.parametrize(
    ("evidence", "said"),
    [({"evidence": "claimed"}, "agreement: claimed, not seen"),
     ({"evidence": "seen", "signed": "2025-01-01"}, "agreement: in force")],
)  # fmt: skip
def test_a_linked_agreement_tells_its_state_where_the_role_is_open(
    role: Any, evidence: dict[str, str], said: str
) -> None:
    contract = record(
        "agreement", 1, name="DPA with Mail", organisation=OURS.id, party=MAIL.id,
        kind="processor-agreement", **evidence,
    )  # fmt: skip
    line = {"id": "c", "party": MAIL.id, "role": role, "agreement": contract.id}
    activity = record("activity", 1, name="A", recipients=[line])
    text = ico(OURS, MAIL, contract, activity)[0][CONTRACTS]
    assert "DPA with Mail" in text
    assert said in text


# Gaps and answers


SPECIAL = "Article 9 condition for processing special category data"
SCHEDULE = "Data Protection Act 2018 Schedule 1 Condition for processing"


@pytest.mark.parametrize(
    ("line", "condition", "schedule"),
    [
        ({"categories": ["name", "e-mail-address"]}, True, True),
        ({"categories": ["name"], "special": "no", "criminal": "no"}, True, True),
        ({"categories": ["health"]}, False, False),
        ({"categories": ["criminal-offences"]}, True, False),
        ({"categories": ["name"], "special": "yes"}, False, False),
        ({"categories": ["name"], "special": "unclear"}, False, False),
        ({"categories": ["name"], "criminal": "yes"}, True, False),
        ({"categories": Open("Which?")}, False, False),
        ({"categories": ["name", Open("More?")]}, False, False),
        ({}, False, False),
    ],
)
def test_columns_on_special_data_do_not_apply_where_none_are_recorded(
    line: dict[str, Any], condition: bool, schedule: bool
) -> None:
    sheet = opened(view_of(OURS, record("activity", 1, data=[{"id": "d", **line}]))).worksheets[0]
    for heading, settled in ((SPECIAL, condition), (SCHEDULE, schedule)):
        found = cell(sheet, heading)
        assert str(found.value).startswith("Not applicable") == settled
        assert (found.fill.start_color.rgb == AMBER) == (not settled)


def test_own_categories_count_by_their_flags_while_they_live() -> None:
    term = record("term", 1, name="Blood group", vocabulary="data-category", flags=["special"])
    plain = record("term", 2, name="Shoe size", vocabulary="data-category")
    gone = Record("term", 3, record("term", 3).id, dict(term.values), "2026-01-01T00:00:00.000Z")
    for own, settled in ((term, False), (plain, True), (gone, False)):
        activity = record("activity", 1, data=[{"id": "d", "categories": [own.id]}])
        assert ico(OURS, own, activity)[0][SPECIAL].startswith("Not applicable") == settled


@pytest.mark.parametrize(
    ("breach", "occurred", "kept"),
    [
        (None, "No breach recorded", "No breach recorded"),
        ("no", "No", "Not applicable: no breach has occurred"),
        ("yes", "Yes", "not stated"),
    ],
)
def test_breaches(breach: str | None, occurred: str, kept: str) -> None:
    values = {} if breach is None else {"breach": breach}
    sheet = opened(view_of(OURS, record("activity", 1, **values))).worksheets[0]
    answer = cell(sheet, "Has a personal data breach occurred?")
    where = cell(sheet, "Link to record of personal data breach")
    assert (answer.value, where.value) == (occurred, kept)
    assert answer.fill.start_color.rgb != AMBER
    assert (where.fill.start_color.rgb == AMBER) == (kept == "not stated")


# Lists in a sentence, and whose record an activity stands in


def test_lists_inside_a_sentence_read_the_same_in_every_layout() -> None:
    own = record("term", 1, name="Fjord club data", vocabulary="data-category")
    purposes = [{"id": "p", "purpose": "process-orders"}, {"id": "q", "purpose": "bookkeeping"},
                {"id": "r", "purpose": Open("Which?")}]  # fmt: skip
    line = {"id": "d", "subject": "customers", "categories": ["name", "e-mail-address", own.id],
            "purposes": ["p", "q", "r"]}  # fmt: skip
    activity = record("activity", 1, name="A", purposes=purposes, data=[line])
    view = view_of(OURS, own, activity)
    said = rows(opened(view, "full")["Activities"], 1)[0]["People and data"]
    assert "Name, e-mail address, Fjord club data" in said
    assert "Process orders, bookkeeping and accounting, Open question: Which?" in said
    short = rows(opened(view, "protokoll").worksheets[0], 8)[0]["Categories of personal data"]
    assert "Name, e-mail address, Fjord club data" in short


CONSENT = "Link to record of consent"
NO_CONSENT = "Not applicable: the purpose does not rest on consent"


@pytest.mark.parametrize(
    ("bases", "condition", "said"),
    [
        (["6-1-a"], None, "The consent log"),
        (["6-1-f", "6-1-a"], None, "The consent log"),
        (["6-1-f"], None, NO_CONSENT),
        (["6-1-b"], ["9-2-h"], NO_CONSENT),
        # Explicit consent to the use of special data is consent too.
        (["6-1-b"], ["9-2-a"], "The consent log"),
        (["6-1-b"], Open("Which condition?"), "The consent log"),
        ([Open("Which basis?")], None, "The consent log"),
    ],
)
def test_the_record_of_consent_stands_where_the_purpose_rests_on_consent(
    bases: list[Any], condition: Any, said: str
) -> None:
    line = {"id": "d", "subject": "customers", "categories": ["name"]}
    line |= {"special_condition": condition} if condition else {}
    purpose = {"id": "p", "purpose": "web-analytics", "legal_basis": bases}
    (row,) = ico(record("activity", 1, name="Shop", purposes=[purpose], data=[line],
                        consent_record="The consent log"))  # fmt: skip
    assert row[CONSENT] == said


@pytest.mark.parametrize("chosen", ["ico-controller", "protokoll"])
def test_every_question_of_a_retention_rule_stands_where_its_period_is(chosen: str) -> None:
    period = {"amount": 5, "unit": "years", "ground": "as required by law"}
    period |= {"event": Open("From which day?"), "fate": Open("What then?")}
    rule = record("retention", 1, name="Books", period=period, law=Open("Which act?"),
                  exceptions=Open("When longer?"), procedure=Open("Who deletes?"))  # fmt: skip
    data = [{"id": "d", "subject": "customers", "retention_rule": rule.id}]
    view = view_of(OURS, rule, record("activity", 1, name="Shop", data=data))
    (column,) = (one for one in layout(chosen).columns if one.fills == "retention")
    (row,) = (Row(view, one, None) for one in selected(view))
    said = "\n".join(expression(column.fills)(row, view.words("en")))
    questions = ("From which day?", "What then?", "Which act?", "When longer?", "Who deletes?")
    assert [said.count(question) for question in questions] == [1] * 5


def test_measures_that_the_description_lists_are_said_once() -> None:
    kept = "Keys are changed yearly."
    measures = [record("measure", n, name=name) for n, name in enumerate(("Backups", "Locks"), 1)]
    values = {"security_description": f"Backups and locks. {kept}"}
    values["measures"] = [one.id for one in measures]  # type: ignore[assignment]
    (row,) = ico(*measures, record("activity", 1, name="Shop", **values))
    assert row[SECURITY] == f"{kept}\nBackups\nLocks"


@pytest.mark.parametrize(
    ("detail", "said"),
    [
        ("of the card", "Name (of the card)"),
        ("No card details (§ 2).", "Name – No card details (§ 2)."),
        ("Which are they (all)?", "Name – Which are they (all)?"),
    ],
)
def test_no_bracket_stands_within_another(detail: str, said: str) -> None:
    data = [{"id": "d", "subject": "customers", "categories": ["name"], "detail": detail}]
    (row,) = ico(record("activity", 1, name="Shop", data=data))
    assert row["Categories of personal data"] == said


def test_a_question_about_a_linked_record_stands_without_a_label() -> None:
    notice = record("notice", 1, name="Cookies", version=Open("Which version applies?"))
    view = view_of(notice, record("activity", 1, name="Shop", notices=[notice.id]))
    (row,) = (Row(view, one, None) for one in selected(view))
    (said,) = expression("notices")(row, view.words("en"))
    assert said == "Cookies, open question: Which version applies?"


SCHEDULE_1 = (
    "Data Protection Act 2018 Schedule 1 Condition for processing",
    "GDPR Article 6 lawful basis for processing",
)
NEEDS_NONE = "Not applicable: the condition of Art. 9(2) relied on needs no condition in Schedule 1"


@pytest.mark.parametrize(
    ("line", "condition", "basis"),
    [
        ({"special": "yes", "special_condition": ["9-2-a"]}, NEEDS_NONE, NEEDS_NONE),
        ({"special": "yes", "special_condition": ["9-2-b"]}, "not stated",
         "Legitimate interests, Art. 6(1)(f)"),
        ({"special": "yes"}, "not stated", "Legitimate interests, Art. 6(1)(f)"),
        ({"special": "yes", "special_condition": ["9-2-a"], "criminal": "yes"}, "not stated",
         "Legitimate interests, Art. 6(1)(f)"),
    ],
)  # fmt: skip
def test_beside_schedule_1_stands_the_basis_that_is_recorded_for_the_purpose(
    line: dict[str, Any], condition: str, basis: str
) -> None:
    data = {"id": "d", "subject": "customers", "categories": ["name"], "criminal": "no", **line}
    purpose = {"id": "p", "purpose": "customer-support", "legal_basis": ["6-1-f"]}
    (row,) = ico(record("activity", 1, name="Support", purposes=[purpose], data=[data]))
    assert tuple(row[heading] for heading in SCHEDULE_1) == (condition, basis)


def test_an_activity_of_an_organisation_that_is_gone_is_missing_from_nobodys_record() -> None:
    here = record("organisation", 3, name="Gone AS")
    gone = replace(here, deleted="2026-01-01T00:00:00.000Z")
    activity = record("activity", 1, name="Left behind", organisations=[gone.id])
    view = view_of(OURS, OTHER, gone, activity)
    assert selected(view, OURS) == selected(view, OTHER) == [activity]


# Boxes, notes, rows


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"country": "NO"}, "Not applicable under the GDPR: established in the EEA"),
        ({"country": "NO", "representatives": Open("Who in the UK?")},
         "Not applicable under the GDPR: established in the EEA"),
        ({"regimes": [EU]}, "Not applicable under the GDPR: established in the EEA"),
        ({"country": "US"}, "not stated"),
        ({"country": "US", "representatives": Open("Who?")}, "Open question: Who?"),
        ({"country": "NO", "representatives": [{"id": "r", "regime": "eu", "name": "Rep SARL"}]},
         "Rep SARL"),
    ],
)  # fmt: skip
def test_the_representative_of_the_readers_regime(values: dict[str, Any], said: str) -> None:
    view = view_of(record("organisation", 1, name="Fjord AS", **values))
    sheet = opened(view, "protokoll", "en").worksheets[0]
    assert sheet["D1"].value == "Representative of the controller"
    assert sheet["E2"].value == said
    text = "\n".join(str(c) for row in sheet.values for c in row if c)
    assert "Who in the UK?" not in text


LONG = " ".join(f"word{number}" for number in range(9000))


def test_long_contact_details_go_on_in_the_notes_and_nothing_is_cut() -> None:
    organisation = record(
        "organisation", 1, name="Fjord AS", dpo_status="not-appointed", dpo_reason=LONG
    )
    book = opened(view_of(organisation))
    sheet, last = book.worksheets[0], book["Notes"]
    shown = str(sheet["E2"].value)
    assert shown.endswith("… (continued on the last sheet)")
    assert sheet.row_dimensions[2].height < 220
    first = next(c for c in last["A"] if str(c.value).startswith("Continued from the sheet"))
    parts = []
    for row in range(first.row, last.max_row + 1):
        if row > first.row and last.cell(row, 1).value:
            break
        parts.append(str(last.cell(row, 2).value or ""))
        assert (last.row_dimensions[row].height or 0) <= 409
    assert all(len(part) < 32_767 for part in parts)
    start = shown.removesuffix("… (continued on the last sheet)").removeprefix("Not appointed\n")
    assert start.startswith("word0 word1 ")
    assert start + "".join(parts) == LONG


def test_a_long_note_goes_on_in_the_cells_below() -> None:
    names = [record("organisation", n, name=f"Organisation {n} {'x' * 900}") for n in range(1, 60)]
    last = opened(view_of(*names))["Notes"]
    cells = [str(c.value) for c in last["B"] if c.value]
    assert all(len(text) < 32_767 for text in cells)
    for n in range(1, 60):
        assert f"Organisation {n} x" in "".join(cells)


def test_rows_that_continue_carry_the_name_and_are_as_high_as_their_text() -> None:
    activity = record("activity", 12, name="Customer support", security_description="line\n" * 27)
    sheet = opened(view_of(OURS, activity)).worksheets[0]
    first, second = rows(sheet)
    assert second["Reference (for re-import)"] == "A-012, 2 of 2"
    assert first["Processing activity"] == second["Processing activity"] == "Customer support"
    assert "Customer support" not in str(first["Purpose of processing"])
    assert sheet.row_dimensions[10].height > 300
    assert sheet.row_dimensions[11].height < 60


@pytest.mark.parametrize(
    ("chosen", "language", "row"),
    [("ico-controller", "en", 11), ("protokoll", "nb", 10), ("protokoll", "en", 10)],
)
def test_a_further_row_says_nothing_in_columns_that_are_about_something_else(
    chosen: str, language: str, row: int
) -> None:
    activity = record("activity", 12, name="Customer\nsupport", security_description="line\n" * 60)
    sheet = opened(view_of(OURS, activity), chosen, language).worksheets[0]
    said = [str(c.value) for c in sheet[row] if c.value]
    assert said == [
        "line\n" * 25, "A-012, 2 av 3" if language == "nb" else "A-012, 2 of 3",
        "Customer\nsupport",
    ]  # fmt: skip


def test_the_sheets_with_every_field_say_the_name_in_its_own_column() -> None:
    one = record("party", 1, name="N" * 300, note="line\n" * 30)
    two = record("party", 2, note="line\n" * 30)
    three = record("party", 3, name="=1+1", note="line\n" * 30)
    sheet = opened(view_of(one, two, three), "full")["Processors and recipients"]
    found = rows(sheet, 1)
    assert found[1]["Reference"] == "P-001, 2 of 2"
    assert found[1]["Legal name"] == "N" * 79 + "… (continued, 2\u00a0of\u00a02)"
    assert found[3]["Legal name"] == "(continued, 2\u00a0of\u00a02)"
    assert found[5]["Legal name"] == "=1+1 (continued, 2\u00a0of\u00a02)"
    assert sheet["B7"].quotePrefix
    notes = [row["Note"] for row in found]
    assert ["".join(notes[n : n + 2]) for n in (0, 2, 4)] == ["line\n" * 30] * 3


def test_a_layout_with_a_column_for_the_name_marks_that_one() -> None:
    column = Column(
        {"en": "Activity"}, "activity.name", "name", "", "", "no", "", True, editable=True
    )
    other = replace(column, heading={"en": "Function"}, fills="activity.business_function")
    chosen = replace(layout("protokoll"), columns=(other, column), frozen=1)
    names = [(h.text, h.names, h.repeated) for h in headings(chosen, view_of().words("en"))]
    assert names[:2] == [("Function", False, False), ("Activity", True, False)]
    assert not any(named for _text, named, _repeated in names[2:])


def test_rows_grow_when_somebody_edits_them() -> None:
    """A height that is called the user's own stays when the text no longer fits it."""
    file = io.BytesIO()
    view = view_of(OURS, record("activity", 1, name="A"))
    write_workbook(view, "protokoll", "en", file, datetime(2026, 7, 1, tzinfo=UTC))
    with zipfile.ZipFile(file) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    row = next(tag for tag in re.findall("<row [^>]*>", xml) if 'r="9"' in tag)
    assert "ht=" in row
    assert "customHeight" not in row


def most_terms(kind: RecordKind) -> int:
    """How many records show every term of each field of a kind."""
    sizes = (len(vocabulary(f.vocabulary).terms) for f in kind.fields if f.kind == "term")
    return max(sizes, default=0)


@pytest.mark.parametrize("language", ["en", "nb"])
def test_in_the_sheets_with_every_field_no_word_of_a_heading_or_term_is_broken(
    language: str,
) -> None:
    # A column is as wide as what stands in it: every term of a field stands somewhere.
    filled = [
        record(kind.key, number, **{
            field.key: [*vocabulary(field.vocabulary).terms][number % size]
            for field in kind.fields if field.kind == "term"
            if (size := len(vocabulary(field.vocabulary).terms))
        })
        for kind in ALL_KINDS for number in range(1, 1 + most_terms(kind))
    ]  # fmt: skip
    book = opened(view_of(*filled), "full", language)
    for kind, sheet in zip(ALL_KINDS, book.worksheets, strict=False):
        heads = {c.value: sheet.column_dimensions[c.column_letter].width for c in sheet[1]}
        for text, width in heads.items():
            # Letters are counted in 10 points; bold 11 takes a sixth more beside the margins.
            plain = (width - MARGINS / UNIT) / 1.166 + MARGINS / UNIT
            for word in str(text or "").split():
                assert len(line_ends(word, plain)) == 1, (sheet.title, word)
        labels = list(heads)[1:]
        for field, label in zip(kind.fields, labels, strict=False):
            terms = vocabulary(field.vocabulary).terms if field.kind == "term" else {}
            for term in terms.values():
                for word in term.label(language).split():
                    assert len(line_ends(word, heads[label])) == 1, (label, word)


def test_provisions_are_found_as_they_are_typed() -> None:
    """Hard spaces would hide them from whoever searches or filters the sheet."""
    law, own = "As required by § 8", AsTyped("§ 9")
    activity = record("activity", 1, name="A", security_description=law, business_function=own)
    found = ico(OURS, activity)[0]
    assert "by § 8" in str(found[SECURITY])
    assert "§ 9" in str(found["Business function"])


def test_no_line_breaks_at_a_hard_space() -> None:
    assert len(line_ends("aaaa §\u00a0118", 8)) == 2
    assert "aaaa §\u00a0118"[: line_ends("aaaa §\u00a0118", 8)[0]] == "aaaa "


def test_paper() -> None:
    sheet = opened(view_of(OURS), "protokoll").worksheets[0]
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) == (8, 1)


@pytest.mark.parametrize(
    ("language", "notes_title", "expected"),
    [
        ("en", "Notes", {"Register file": "f.ropa", "Made on": "1 Jul 2026, 14:58"}),
        ("nb", "Merknader", {"Protokollfil": "f.ropa", "Laget": "01.07.2026 kl. 14.58",
                             "Loggstatus": "operasjon 3, abababababab"}),
    ],
)  # fmt: skip
def test_notes_in_the_readers_words(
    language: str, notes_title: str, expected: dict[str, str]
) -> None:
    sheet = opened(view_of(OURS), "protokoll", language)[notes_title]
    pairs = {row[0]: row[1] for row in sheet.iter_rows(max_col=2, values_only=True)}
    assert {label: pairs.get(label) for label in expected} == expected


def test_lists_run_on_in_small_letters_but_names_keep_theirs() -> None:
    own = record("term", 1, name="Vipps number", vocabulary="data-category")
    lines = [{"id": "d", "categories": ["name", "e-mail-address", "ip-address", own.id]}]
    text = ico(OURS, own, record("activity", 1, data=lines))[0]["Categories of personal data"]
    assert text == "Name, e-mail address, IP address, Vipps number"


def test_contact_lines_hold_no_reasons_why_something_is_not_there() -> None:
    partner = record(
        "party", 9, name="Partner AS", phone=NotApplicable("Fictitious"), email="p@partner.example"
    )
    lines = [{"id": "c", "party": partner.id, "role": "joint-controller"}]
    activity = record("activity", 1, role="joint-controller", recipients=lines)
    heading = "Name and contact details of joint controller (if applicable)"
    assert ico(OURS, partner, activity)[0][heading] == "Partner AS, p@partner.example"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Art. 49(1), cl. 5.1 and para. 3", "Art.\u00a049(1), cl.\u00a05.1 and para.\u00a03"),
        ("art. 46 nr. 2 c og § 8", "art.\u00a046\u00a0nr.\u00a02\u00a0c og §\u00a08"),
        ("UK GDPR art. 3 nr. 2 a (§ 12)", "UK GDPR art.\u00a03\u00a0nr.\u00a02\u00a0a (§\u00a012)"),
        ("§ 3, nr. 2", "§\u00a03, nr.\u00a02"),
        ("nr. 2 og 3", "nr.\u00a02 og 3"),
        ("It is art. Then 5 more", "It is art. Then 5 more"),
    ],
)
def test_a_provision_stays_with_its_number(text: str, said: str) -> None:
    assert glued(text) == said
    assert glued(said) == said


@pytest.mark.parametrize("chosen", ["ico-controller", "protokoll"])
@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"processing_status": "ended"}, "SMS club (ended)"),
        ({"ended": "2025-12-31"}, "SMS club (ended 31 Dec 2025)"),
        ({"ended": "2026-11-21"}, "SMS club (ended 21 Nov 2026)"),
        ({"ended": "2026-11-22"}, "SMS club"),
        ({"ended": "2026-11-23"}, "SMS club"),
        ({"ended": "2026-11-22", "processing_status": "ended"}, "SMS club (ended 22 Nov 2026)"),
        ({"ended": "2026-11-23", "processing_status": "ended"}, "SMS club (ended)"),
        ({"ended": "2026-11-23", "status": "retired"}, "SMS club (retired)"),
        ({"status": "retired"}, "SMS club (retired)"),
        ({"processing_status": "live", "status": "approved"}, "SMS club"),
    ],
)
def test_an_activity_that_is_over_is_seen_to_be(
    chosen: str, values: dict[str, str], name: str
) -> None:
    view = view_of(OURS, record("activity", 1, name="SMS club", **values))
    sheet = opened(view, chosen, "en").worksheets[0]
    row = 10 if chosen == "ico-controller" else 9
    last = sheet.cell(row, sheet.max_column)
    assert last.value == name
    over = name != "SMS club"
    assert (bool(last.font.i), last.font.color.rgb == QUIET) == (over, over)


def test_every_page_bears_the_name_of_its_sheet() -> None:
    for chosen in ("full", "protokoll", "ico-controller"):
        for sheet in opened(view_of(OURS), chosen, "en").worksheets:
            assert sheet.oddHeader.left.text == "&A"


def test_text_stands_a_step_from_the_border_of_its_cell() -> None:
    for sheet in opened(view_of(OURS, record("activity", 1, name="A")), "full").worksheets:
        said = [cell for row in sheet for cell in row if cell.value]
        assert said
        assert {cell.alignment.indent for cell in said} == {1}


def test_the_titles_of_groups_stand_above_the_headings_of_every_page() -> None:
    sheet = opened(view_of(OURS), "ico-controller", "en").worksheets[0]
    assert sheet.print_title_rows == "$8:$9"
    assert opened(view_of(OURS), "protokoll", "en").worksheets[0].print_title_rows == "$8:$8"


def test_an_answer_where_nothing_is_recorded_looks_like_any_other() -> None:
    sheet = opened(view_of(OURS, record("activity", 1, name="A"))).worksheets[0]
    one = cell(sheet, "Has a personal data breach occurred?")
    other = cell(sheet, "Link to record of personal data breach")
    assert one.value == other.value == "No breach recorded"
    assert one.font.color.rgb == other.font.color.rgb


def test_such_an_answer_is_grey_in_the_row_of_what_is_over() -> None:
    sheet = opened(view_of(OURS, record("activity", 1, name="A", status="retired"))).worksheets[0]
    answer = cell(sheet, "Link to record of personal data breach")
    assert (answer.value, answer.font.color.rgb) == ("No breach recorded", QUIET)


def test_a_law_is_not_told_as_that_of_one_of_several_bases() -> None:
    purpose = {"id": "p", "purpose": "process-orders", "legal_basis": ["6-1-c", "6-1-f"],
               "national_law": "GDPR Arts. 32–34"}  # fmt: skip
    sheet = opened(view_of(OURS, record("activity", 1, name="A", purposes=[purpose]))).worksheets[0]
    told = cell(sheet, "Article 6 lawful basis for processing personal data").value
    assert told == (
        "Legal obligation, Art. 6(1)(c)\nLegitimate interests, Art. 6(1)(f)\n"
        "EU or national law: GDPR Arts. 32–34"
    )


# What has ended, and Schedule 1


def ended(**more: Any) -> tuple[Record, Record, Record]:
    """A recipient abroad, the activity, and a transfer to it that is over."""
    vendor = record("party", 5, name="Example KK", country="JP")
    lines = [{"id": "c", "party": vendor.id, "role": "processor"}]
    activity = record("activity", 1, name="A", recipients=lines)
    line = {"id": "u", "regime": "uk", "mechanism": "adequacy", "reliance": "relied-on"} | more
    transfer = record(
        "transfer", 1, importer=vendor.id, destination="JP", to="2026-01-20",
        activities=[activity.id], safeguards=[line],
    )  # fmt: skip
    return vendor, activity, transfer


def test_a_transfer_that_has_ended_is_named_and_not_called_unknown() -> None:
    found = ico(OURS, *ended())[0]
    assert found[ABROAD] == "Japan: Example KK (ended 20 Jan 2026)"
    assert found[SAFEGUARDS].startswith("Not applicable: no transfer rests on Art. 49(1)")


def test_an_ended_transfer_on_compelling_interests_is_not_denied() -> None:
    found = ico(OURS, *ended(mechanism="49-1-second", compelling_documentation="Note of May"))[0]
    assert found[SAFEGUARDS] == "Japan, Example KK (ended 20 Jan 2026): Note of May"


def test_a_place_without_any_transfer_is_named_beside_the_ended_one() -> None:
    vendor, activity, transfer = ended()
    other = record("party", 6, name="Example Inc", country="IN")
    lines = [*activity.lines("recipients"), {"id": "d", "party": other.id, "role": "processor"}]
    wider = record("activity", 1, name="A", recipients=lines)
    found = ico(OURS, vendor, other, wider, transfer)[0][ABROAD]
    assert "Example KK (ended 20 Jan 2026)" in found
    assert "No transfer is recorded to these places of recipients: India (under UK GDPR)." in found


@pytest.mark.parametrize(
    ("more", "settled"),
    [
        ({"special_condition": "9-2-a"}, True), ({"special_condition": "9-2-f"}, True),
        ({"special_condition": "9-2-b"}, False), ({"special_condition": "9-2-g"}, False),
        ({"special_condition": "9-2-h"}, False), ({"special_condition": "9-2-i"}, False),
        ({"special_condition": "9-2-j"}, False), ({}, False),
        ({"special_condition": Open("Which?")}, False),
        ({"special_condition": "9-2-a", "criminal": "yes"}, False),
    ],
)  # fmt: skip
def test_schedule_1_is_asked_for_only_by_the_conditions_that_need_it(
    more: dict[str, Any], settled: bool
) -> None:
    """DPA 2018 s. 10(2), (3): Art. 9(2)(b), (g), (h), (i), (j); s. 10(5): criminal offences."""
    lines = [{"id": "d", "categories": ["health"], "special": "yes", "criminal": "no"} | more,
             {"id": "n", "categories": ["name"], "special": "no", "criminal": "no"}]  # fmt: skip
    sheet = opened(view_of(OURS, record("activity", 1, data=lines))).worksheets[0]
    found = cell(sheet, SCHEDULE)
    assert str(found.value).startswith("Not applicable: the condition of") == settled
    assert (found.fill.start_color.rgb == AMBER) == (not settled)
