"""What a summary for customers leaves out: counted with its reason, never named, never denied."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import pypdf
import pytest

from ropa_app.exports import pdf_safeguards
from ropa_app.exports.layout import layout
from ropa_app.exports.result import ExportResult
from ropa_app.model.kinds import KINDS
from ropa_app.model.record import Record
from ropa_app.model.state import from_plain
from ropa_app.register.view import Head, View

HEAD = Head(412, "a1b2c3d4e5f6" + "0" * 52, "2026-11-24T08:00:00.000Z")
BOTH = [{"id": "1", "regime": "eu"}, {"id": "2", "regime": "uk"}]
CUSTOMERS = [{"id": "d", "subject": "customers"}]
STAFF = [{"id": "d", "subject": "employees"}]
HEADING = "Not in this summary"


def ident(reference: str) -> str:
    return str(uuid5(NAMESPACE_OID, reference))


def record(kind: str, number: int, **values: Any) -> Record:
    return Record(kind, number, ident(KINDS[kind].reference(number)), from_plain(values))


def organisation(number: int = 1, **more: Any) -> Record:
    values = {"name": f"Shop {number} AS", "country": "NO", "regimes": BOTH} | more
    return record("organisation", number, **values)


def activity(number: int, *ours: str, data: Any = CUSTOMERS, **more: Any) -> Record:
    named = [ident(one) for one in ours or ("O-001",)]
    return record("activity", number, name=f"Work {number}", organisations=named, data=data, **more)


def transfer(number: int, mechanism: str = "scc", regime: str = "eu", **more: Any) -> Record:
    line = {"id": "s", "regime": regime, "mechanism": mechanism, "reliance": "relied-on"}
    values = {"name": f"Secret {number}", "exporter": ident("O-001"),
              "importer": ident("P-001"), "destination": "IN",
              "activities": [ident("A-001")], "safeguards": [line]}  # fmt: skip
    return record("transfer", number, **(values | more))


def summary(
    *records: Record, regime: str = "eu", language: str = "en", **more: Any
) -> tuple[str, ExportResult]:
    given = {one.id: one for one in
             (organisation(), activity(1), record("party", 1, name="Vendor Ltd"))}  # fmt: skip
    view = View((given | {one.id: one for one in records}).values(), date(2026, 11, 24), HEAD, "r")
    file = io.BytesIO()
    options = {"organisation": None, "refs": None} | more
    moment = datetime(2026, 11, 24, 9, tzinfo=UTC)
    result = pdf_safeguards.write(
        view, layout("safeguards"), language, file, moment, regime=regime, **options
    )
    pages = pypdf.PdfReader(file).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split()), result


REASONS: dict[str, tuple[list[Record], str]] = {
    "ended": ([transfer(2, to="2026-11-23")], "Ended before this day: 1"),
    "inside": ([transfer(2, destination="SE"), transfer(3, destination="NO")],
               "Inside the European Economic Area: 2"),
    "unrestricted": ([transfer(2, "not-restricted")],
                     "Recorded as no restricted transfer under GDPR: 1"),
    "regime": ([activity(2, regimes=BOTH[1:]), transfer(2, activities=[ident("A-002")])],
               "Only for work outside the scope of GDPR: 1"),
    "staff": ([activity(2, data=STAFF), transfer(2, activities=[ident("A-002")])],
              "About people other than customers, or on behalf of others: 1"),
    "processor": ([activity(2, role="processor"), transfer(2, activities=[ident("A-002")])],
                  "About people other than customers, or on behalf of others: 1"),
}  # fmt: skip


@pytest.mark.parametrize("reason", REASONS)
def test_what_is_left_out_is_counted_with_its_reason(reason: str) -> None:
    records, counted = REASONS[reason]
    page, result = summary(transfer(1), *records)
    assert HEADING in page
    assert page.count(counted) == 1
    # Nothing else of it reaches the reader; who makes the summary gets the references.
    assert "T-002" not in page
    assert "Secret" not in page
    assert any("T-002" in note for note in result.notes)


def test_a_transfer_without_a_destination_is_told_of_and_not_left_out() -> None:
    page, result = summary(transfer(1, destination=None))
    assert "Country not yet confirmed" in page
    assert HEADING not in page
    assert result.notes == ()


def test_a_transfer_is_counted_for_one_reason_only() -> None:
    page, _result = summary(transfer(1), transfer(2, "not-restricted", destination="SE",
                                                  to="2026-11-23"))  # fmt: skip
    section = page[page.index(HEADING) :]
    assert section.count(": 1") == 1


def test_the_other_page_leaves_out_what_uk_law_recognises_as_a_whole() -> None:
    page, _result = summary(transfer(1, regime="uk"), transfer(2, destination="SE"), regime="uk")
    assert "To countries of the EEA, as said above: 1" in page


def test_other_organisations_are_counted_but_not_named() -> None:
    theirs = transfer(2, exporter=ident("O-002"))
    shown = (organisation(2), transfer(1), theirs)
    page, _result = summary(*shown, organisation=organisation())
    assert "Sent by another company than the one named here: 1" in page
    assert "Shop 2 AS" not in page
    assert "another company" not in summary(*shown)[0]


def test_the_section_is_in_the_language_of_the_page() -> None:
    page, _result = summary(transfer(1), transfer(2, to="2026-11-23"), language="nb")
    assert "Ikke med i denne oversikten" in page
    assert "Avsluttet før denne datoen: 1" in page


def test_a_selection_says_so_and_denies_nothing() -> None:
    other = (transfer(1, activities=[ident("A-002")]), activity(2))
    page, result = summary(*other, refs=["A-001"])
    assert any(note.endswith("Not part of this selection: 1.") for note in result.notes)
    assert "(selection)" in page
    assert "a selection of our transfers, not all of them" in page
    assert "is among those selected here" in page
    assert "is recorded on this day" not in page
    assert "Not part of this selection: 1" in page
    page, _result = summary(*other)
    assert "selection" not in page


def test_the_law_of_every_organisation_that_acts_decides() -> None:
    only_uk = organisation(1, regimes=BOTH[1:])
    theirs = organisation(2, regimes=BOTH[:1])
    shown = (only_uk, theirs, activity(1, "O-001", "O-002"), transfer(1))
    # The second organisation brings the activity under the rules of the EU.
    assert "Vendor Ltd" in summary(*shown)[0]
    shown = (only_uk, theirs, activity(1, "O-001", "O-002"), transfer(1, exporter=None))
    assert "Vendor Ltd" in summary(*shown, organisation=theirs)[0]
    assert "Vendor Ltd" not in summary(*shown, organisation=only_uk)[0]
