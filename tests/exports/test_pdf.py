"""The PDFs: what a reader finds in them, whatever stands in the register."""

from __future__ import annotations

import builtins
import io
import json
import re
import socket
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import pypdf
import pytest

from ropa_app import __version__
from ropa_app.errors import UserError
from ropa_app.exports import pdf_record, pdf_safeguards
from ropa_app.exports.layout import layout
from ropa_app.exports.result import ExportResult
from ropa_app.i18n import set_language
from ropa_app.model.kinds import KINDS
from ropa_app.model.record import Record
from ropa_app.model.state import AsTyped, NotApplicable, Open, from_plain
from ropa_app.register.view import Head, View

SAMPLE = json.loads((Path(__file__).parent / "test_pdf_sample.json").read_text("utf-8"))
MOMENT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
DAY = date(2026, 11, 24)
HEAD = Head(412, "a1b2c3d4e5f6" + "0" * 52, "2026-11-24T08:00:00.000Z")
WRITERS = {"record": pdf_record.write, "safeguards": pdf_safeguards.write}
REFERENCE = re.compile(r"[A-Z]{1,3}-\d{3}")


def with_ids(data: Any) -> Any:
    """References stand for record ids in the sample."""
    if isinstance(data, dict):
        return {key: with_ids(value) for key, value in data.items()}
    if isinstance(data, list):
        return [with_ids(item) for item in data]
    if isinstance(data, str) and REFERENCE.fullmatch(data):
        return str(uuid5(NAMESPACE_OID, data))
    return data


def record(kind: str, number: int, values: Any) -> Record:
    reference = KINDS[kind].reference(number)
    return Record(kind, number, with_ids(reference), from_plain(with_ids(values)))


def sample(**changes: dict[str, Any]) -> View:
    """The sample register; `A_002={"name": …}` changes fields, a None takes the record away."""
    left = {key.replace("_", "-"): value for key, value in changes.items()}
    records = []
    for entry in SAMPLE:
        reference = KINDS[entry["kind"]].reference(entry["number"])
        change = left.pop(reference, {})
        if change is not None:
            values = {**entry["values"], **change}
            records.append(record(entry["kind"], entry["number"], values))
    assert not left
    return View(records, DAY, HEAD, "nordlys.ropa")


def only(*records: Record) -> View:
    return View(records, DAY, HEAD, "small.ropa")


def export(
    view: View, name: str = "record", language: str = "en", **options: Any
) -> tuple[bytes, ExportResult]:
    file = io.BytesIO()
    given = {"organisation": None, "refs": None, **options}
    result = WRITERS[name](view, layout(name), language, file, MOMENT, **given)
    return file.getvalue(), result


def pages(data: bytes) -> list[str]:
    """The text of every page; a line break counts as a space."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def text_of(view: View, name: str = "record", language: str = "en", **options: Any) -> str:
    return " ".join(pages(export(view, name, language, **options)[0]))


def solid(text: str) -> str:
    return "".join(text.split())


BOTH = pytest.mark.parametrize("name", ["record", "safeguards"])
LANGUAGES = pytest.mark.parametrize("language", ["en", "nb"])


# The record


def test_the_record_names_organisation_officer_representative_and_authorities() -> None:
    first = pages(export(sample())[0])[0]
    for said in ("Nordlys Handel AS", "999 615 147", "Eksempelveien 1, 0001 Oslo",
                 "post@nordlys.example", "Not appointed", "Small customer base",
                 "Example Rep Ltd", "Datatilsynet", "Information Commissioner's Office",
                 "24 November 2026", "Operation 412", "a1b2c3d4e5f6"):  # fmt: skip
        assert said in first


def test_the_contents_name_every_activity_with_the_page_it_begins_on() -> None:
    data, _ = export(sample())
    found = pages(data)
    for reference, name in (("A-001", "Orders, payment and delivery"), ("A-003", "Newsletter"),
                            ("A-004", "Gift cards printed for other shops")):  # fmt: skip
        start = next(n for n, page in enumerate(found, 1)
                     if n > 1 and f"{reference} {name}" in page)  # fmt: skip
        assert f"{reference} {name}" in found[0]
        # The numbers are set at the right edge, so they follow in order of the lines.
        assert re.search(rf"\b{start}\b", found[0])


def test_every_activity_has_a_bookmark_to_its_first_page() -> None:
    data, _ = export(sample())
    reader = pypdf.PdfReader(io.BytesIO(data))
    outline = {item.title: reader.get_destination_page_number(item) for item in reader.outline}
    assert [" ".join(title.split()) for title in outline] == [
        "A-001 Orders, payment and delivery", "A-002 Customer service", "A-003 Newsletter",
        "A-004 Gift cards printed for other shops",
    ]  # fmt: skip
    found = pages(data)
    for title, page in outline.items():
        assert " ".join(title.split()) in found[page]


@LANGUAGES
def test_every_page_says_which_of_how_many_it_is(language: str) -> None:
    found = pages(export(sample(), language=language)[0])
    word, of = ("page", "of") if language == "en" else ("side", "av")
    for number, page in enumerate(found, 1):
        assert f"{word} {number} {of} {len(found)}" in page
        assert "nordlys.ropa" in page
        assert "412" in page
        assert "a1b2c3d4e5f6" in page
        assert "Nordlys Handel AS (fictitious)" in page


def test_an_activity_shows_the_points_of_the_article_in_order() -> None:
    said = text_of(sample(), refs=["A-001"])
    points = ["30(1)(a)", "30(1)(b)", "30(1)(c), (f)", "30(1)(d)", "30(1)(e)", "30(1)(g)"]
    places = [said.rindex(point) for point in points]
    assert places == sorted(places)
    for part in ("Bookkeeping Act section 13", "Legitimate interests, Art. 6(1)(f)",
                 "Keeping the shop free of fraud", "5 years after the end of the accounting year",
                 "12 to 24 months after the order was completed", "Eksempel Frakt AS (Norway)",
                 "Independent controller", "Under negotiation", "Finance",
                 "Klarna acts both as controller and as processor",
                 "Switzerland", "Decision 2000/518/EC", "Dublin region", "TLS everywhere",
                 "Privacy notice for customers", "None of the criteria of Art. 35(3) is met.",
                 "Customers order in the shop"):  # fmt: skip
        assert part in said, part


def test_a_processor_shows_the_points_of_the_second_paragraph() -> None:
    said = text_of(sample(), refs=["A-004"])
    for part in ("30(2)(a), (b)", "30(2)(c)", "30(2)(d)", "Gaver & Glede AS",
                 "Storgata 2, 5003 Bergen", "Printing and sending gift cards",
                 "Kari Nordmann, dpo@gaver.example", "Open question: The second shop"):  # fmt: skip
        assert part in said, part
    assert "30(1)(b)" not in said


def test_transfers_are_told_apart_by_regime() -> None:
    said = text_of(sample(), refs=["A-002"])
    assert "Under the rules of the EU and EEA" in said
    assert "Under the rules of the UK" in said
    assert "Standard contractual clauses (SCC), Art. 46(2)(c)" in said
    assert "Module 2" in said
    assert "With an assessment of 10 Mar 2025 (TIA India)" in said
    only_eu = text_of(sample(), refs=["A-002"], regime="eu")
    assert "Under the rules of the UK" not in only_eu


VALUES = {
    "text": "Zebra", "long_text": "Zebra", "texts": ["Zebra"], "email": "zebra@example.org",
    "phone": "+47 99 88 77 66", "url": "https://zebra.example", "number": 987654,
    "date": "2024-05-06", "country": "UY",
}  # fmt: skip
SAID = VALUES | {"texts": "Zebra", "number": "987654", "date": "6 May 2024", "country": "Uruguay"}
PRINTED = [f for f in KINDS["activity"].fields if f.kind in VALUES and not f.confidential]
ELSEWHERE = ("name", "role", "controllers_served")
STATEFUL = [f for f in KINDS["activity"].fields if not f.confidential and f.key not in ELSEWHERE]
LINES = [f for f in KINDS["activity"].fields if f.kind == "lines"]


def value_of(kind: str, key: str) -> tuple[Any, str]:
    """A value of a kind and how it is printed; texts are told apart by the key of the field."""
    if kind in ("text", "long_text"):
        return f"Zebra {key}.", f"Zebra {key}."
    return VALUES[kind], SAID[kind]


@pytest.mark.parametrize("role", ["controller", "processor"])
def test_every_plain_field_of_an_activity_is_printed(role: str) -> None:
    given = {field.key: value_of(field.kind, field.key) for field in PRINTED}
    values = {"role": role, "status": "approved"} | {k: value for k, (value, _) in given.items()}
    said = text_of(only(record("activity", 1, values)))
    assert not [key for key, (_, printed) in given.items() if printed not in said]


@pytest.mark.parametrize("state", [Open, NotApplicable, AsTyped])
@pytest.mark.parametrize("role", ["controller", "joint-controller"])
def test_every_state_of_every_field_is_said_in_words(state: Any, role: str) -> None:
    values = {"name": "One", "role": role}
    values |= {field.key: state(f"Zebra {field.key}.") for field in STATEFUL}
    said = text_of(only(Record("activity", 1, "x", values)))
    assert not [field.key for field in STATEFUL if f"Zebra {field.key}." not in said]


@pytest.mark.parametrize("field", LINES, ids=lambda field: field.key)
@pytest.mark.parametrize("role", ["controller", "processor"])
def test_every_column_of_every_line_is_printed(field: Any, role: str) -> None:
    plain = {c.key: value_of(c.kind, c.key) for c in field.columns if c.kind in VALUES}
    other = [c.key for c in field.columns if c.kind not in VALUES]
    line = {"id": "l1"} | {key: value for key, (value, _) in plain.items()}
    line |= {key: {"open": f"Zebra {key}."} for key in other}
    said = text_of(only(record("activity", 1, {"name": "One", "role": role, field.key: [line]})))
    assert not [key for key, (_, printed) in plain.items() if printed not in said]
    assert not [key for key in other if f"Zebra {key}." not in said]


@pytest.mark.parametrize("field", LINES, ids=lambda field: field.key)
def test_a_line_that_is_open_is_said_in_words(field: Any) -> None:
    values = {"name": "One", "role": "processor", field.key: [{"open": "Which zebra?"}]}
    assert "Open question: Which zebra?" in text_of(only(record("activity", 1, values)))


def test_gaps_are_said_in_words() -> None:
    said = text_of(only(record("activity", 1, {"name": "One", "role": "controller"})))
    assert said.count("not stated") >= 5
    assert "No transfer is recorded for this activity." in said


def test_a_register_without_anything_still_prints() -> None:
    said = text_of(only())
    assert "No activities are recorded." in said
    assert "page 1 of 1" in said
    assert "Organisation not stated" in text_of(only(), "safeguards")


def test_an_unknown_reference_is_refused_in_one_sentence() -> None:
    for name in WRITERS:
        with pytest.raises(UserError, match="A-099"):
            export(sample(), name, refs=["A-099"])


def test_internal_notes_stay_inside() -> None:
    assert "INTERNAL-NOTE" not in text_of(sample())


# The summary for customers


def test_the_summary_has_a_section_for_each_regime_that_applies() -> None:
    said = text_of(sample(), "safeguards")
    assert "when it leaves the EEA" in said
    assert "when we send it abroad" in said
    one = text_of(sample(), "safeguards", regime="uk")
    assert "when it leaves the EEA" not in one
    norwegian = {"regimes": [{"id": "1", "regime": "eu"},
                             {"id": "2", "regime": "uk", "reason": "does-not-apply"}]}  # fmt: skip
    assert "abroad" not in text_of(sample(O_001=norwegian), "safeguards")


def test_the_summary_says_who_what_where_and_which_safeguard() -> None:
    said = text_of(sample(), "safeguards", regime="eu")
    for part in ("Four recipients outside the European Economic Area",
                 "Example Mail Inc. United States",
                 "To send receipts and the newsletter you asked for", "Adequacy decision, Art. 45",
                 "decision (EU) 2023/1795", "Listing active, seen 18 Nov 2026",
                 "Example Helpdesk Pvt Ltd India", "Module 2", "With an assessment of 10 Mar 2025",
                 "Write to privacy@nordlys.example",
                 "never secret", "complain to Datatilsynet", "Encryption in transit",
                 "GDPR Art. 13(1)(f) and 15(2)", "law data up to 31 August 2026"):  # fmt: skip
        assert part in said, part


def test_what_is_open_is_said_and_nothing_is_invented() -> None:
    said = text_of(sample(), "safeguards", regime="eu")
    assert "Recipient not yet confirmed" in said
    assert "Which sub-processors of Example Mail receive the data" not in said
    assert "Not stated" in said
    assert "not yet confirmed whether your data stays inside" in said
    assert "Klarna Bank AB (Sweden)" in said


def test_a_country_inside_the_area_is_no_transfer() -> None:
    assert "Example Relay Ltd" in text_of(sample(), "safeguards", regime="eu")
    assert "Example Relay Ltd" not in text_of(sample(), "safeguards", regime="uk")


def adequacy(country: str, regime: str = "eu") -> View:
    line = {"id": "g", "regime": regime, "mechanism": "adequacy", "reliance": "relied-on"}
    importer = record("party", 1, {"name": "Example Ltd"})
    transfer = {"importer": "P-001", "destination": country, "safeguards": [line]}
    return only(importer, record("transfer", 1, transfer))


@pytest.mark.parametrize(
    ("country", "regime", "confirmed"),
    [("IN", "eu", False), ("CH", "eu", True), ("BR", "eu", True), ("BR", "uk", False),
     ("GI", "uk", True), ("GI", "eu", False), ("US", "eu", False)],
)  # fmt: skip
def test_adequacy_counts_only_where_a_decision_bears_it_out(
    country: str, regime: str, confirmed: bool
) -> None:
    said = text_of(adequacy(country, regime), "safeguards", regime=regime)
    assert ("To be confirmed" in said) is not confirmed


def test_a_decision_the_user_has_ended_no_longer_counts() -> None:
    overlay = {"name": "R", "reference_overlay": [
        {"id": "1", "row": "eu-ch", "to": "2026-11-20", "reason": "struck down"}]}  # fmt: skip
    from ropa_app.rules.standing import standing

    row = standing("CH", "eu", DAY).row_id
    overlay["reference_overlay"][0]["row"] = row  # type: ignore[index]
    view = adequacy("CH")
    changed = only(*view.records.values(), record("register", 1, overlay))
    assert "To be confirmed" in text_of(changed, "safeguards", regime="eu")


def test_nothing_confidential_reaches_a_customer() -> None:
    for language in ("en", "nb"):
        assert "INTERNAL" not in text_of(sample(), "safeguards", language)


CONFIDENTIAL = [(kind, field) for kind in KINDS.values() for field in kind.fields
                if field.confidential and field.is_text]  # fmt: skip


@pytest.mark.parametrize(("kind", "field"), CONFIDENTIAL, ids=lambda item: item.key)
def test_no_field_marked_confidential_is_printed_for_customers(kind: Any, field: Any) -> None:
    reference = f"{kind.prefix}-001".replace("-", "_")
    known = {entry["kind"] for entry in SAMPLE}
    if kind.key not in known:
        view = only(*sample().records.values(), record(kind.key, 1, {field.key: "SECRET-WORD"}))
    else:
        view = sample(**{reference: {field.key: "SECRET-WORD"}})
    assert "SECRET-WORD" not in text_of(view, "safeguards")


def test_ended_and_deleted_transfers_are_left_out() -> None:
    view = sample(T_004={"to": "2026-11-23"})
    assert "Example Vault AG Switzerland" not in text_of(view, "safeguards", regime="eu")
    gone = [Record(r.kind_key, r.number, r.id, r.values, "2026-11-01T00:00:00.000Z")
            if r.ref == "T-004" else r for r in sample().records.values()]  # fmt: skip
    assert "Example Vault AG Switzerland" not in text_of(only(*gone), "safeguards", regime="eu")


def test_the_summary_may_be_about_some_activities_or_transfers() -> None:
    said = text_of(sample(), "safeguards", regime="eu", refs=["T-002"])
    assert "Example Helpdesk" in said
    assert "Example Relay" not in said
    assert "Example Relay" in text_of(sample(), "safeguards", regime="eu", refs=["A-003"])


def test_a_register_whose_policy_leaves_all_open_says_so() -> None:
    view = only(
        record("organisation", 1, {"name": "Shop AS", "privacy_email": "post@shop.example"}),
        record("activity", 1, {"name": "Orders", "organisations": ["O-001"], "recipients": [
            {"id": "1", "party": "P-001", "role": {"open": "Role not stated"}}]}),
        record("party", 1, {"name": "Postal Company"}),
        record("transfer", 1, {
            "exporter": "O-001", "importer": {"open": "Some providers; which is not stated"},
            "destination": {"open": "outside the EEA and the UK"},
            "safeguards": [{"id": "a", "regime": "eu", "mechanism": "scc"}]}),
    )  # fmt: skip
    said = text_of(view, "safeguards", regime="eu")
    for part in ("Some of your data may go to recipients outside", "Recipient not yet confirmed",
                 "Country not yet confirmed", "To be confirmed",
                 "standard contractual clauses (SCC)", "Postal Company",
                 "Write to post@shop.example"):  # fmt: skip
        assert part in said, part


# Text from people


NASTY = '<b>bold</b> & <img src="/etc/passwd"/> <a href="file:///x">x</a> &amp; <br/> </para> ]]>'


@BOTH
def test_markup_prints_as_it_was_typed(name: str) -> None:
    change = {"name": NASTY, "address": NASTY}
    view = sample(O_001=change, P_001={"name": NASTY}, A_002={"name": NASTY, "description": NASTY},
                  T_001={"purpose": NASTY})  # fmt: skip
    said = solid(text_of(view, name))
    assert said.count(solid(NASTY)) >= 3


@BOTH
def test_nothing_but_fonts_and_resources_is_read(name: str, monkeypatch: Any) -> None:
    view = sample(A_002={"name": NASTY, "description": NASTY}, P_001={"name": NASTY})
    export(view, name)
    real = builtins.open

    def guarded(file: Any, *rest: Any, **options: Any) -> Any:
        if "resources" not in str(file):
            raise AssertionError(f"{file} was opened")
        return real(file, *rest, **options)

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(builtins, "open", guarded)
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr("urllib.request.urlopen", refuse)
    assert solid(NASTY) in solid(text_of(view, name))


def test_links_lead_to_e_mail_addresses_only() -> None:
    name = 'See https://evil.example or write a?bcc=all@x.example, "q"@y.example now'
    for layout_name in WRITERS:
        data, _ = export(sample(P_001={"name": name}, A_002={"description": name}), layout_name)
        for page in pypdf.PdfReader(io.BytesIO(data)).pages:
            for note in page.get("/Annots") or ():
                target = note.get_object()["/A"]["/URI"]
                assert re.fullmatch(r"mailto:[\w.+%-]+@[\w.%-]+", target), target


@BOTH
def test_letters_of_three_alphabets_are_printed(name: str) -> None:
    names = "Ærøy Ångström Łódź Ελληνικά Українська"
    assert solid(names) in solid(text_of(sample(P_001={"name": names}), name))


@BOTH
@LANGUAGES
def test_a_letter_without_a_glyph_is_its_code_point_and_is_counted(
    name: str, language: str
) -> None:
    view = sample(P_005={"name": "Vault \U0001f600 \u4e2d\u200f AG"})
    data, result = export(view, name, language)
    found = pages(data)
    assert "Vault [U+1F600] [U+4E2D] AG" in " ".join(found)
    assert result.replaced > 0
    assert "[U+1F600]" in found[-1]
    assert any("[U+1F600]" in note for note in result.notes)


def test_control_characters_are_replaced_and_counted() -> None:
    data, result = export(sample(A_002={"description": "one\x00two\x0bthree\ud800four"}))
    assert "one two three\ufffdfour" in " ".join(pages(data))
    assert result.replaced == 3
    assert "3 control characters were replaced." in pages(data)[-1]


def test_who_exports_is_told_of_replaced_characters_in_their_own_language() -> None:
    set_language("nb")
    try:
        data, result = export(sample(A_002={"description": "one\x00two"}))
    finally:
        set_language("en")
    assert result.notes == ("1 styretegn er erstattet.",)
    assert "1 control characters were replaced." in pages(data)[-1]


def test_a_clean_register_has_no_such_line() -> None:
    data, result = export(sample())
    assert result.replaced == 0
    assert result.notes == ()
    assert "replaced" not in pages(data)[-1]


def test_a_hundred_recipients_all_print() -> None:
    lines = [{"id": f"c{n}", "internal_function": f"Function number {n:03}"} for n in range(100)]
    data, result = export(sample(A_001={"recipients": lines}), refs=["A-001"])
    found = pages(data)
    said = " ".join(found)
    assert all(f"Function number {n:03}" in said for n in range(100))
    assert result.pages == len(found)
    # Each page of the table begins with its heads again.
    for page in found:
        if "Function number" in page:
            assert "Recipient Role Gets Agreement" in page


@pytest.mark.parametrize(
    ("reference", "field"), [("A_001", "description"), ("A_001", "name"), ("A_001", "rights_note")]
)
def test_a_hundred_thousand_characters_all_print(reference: str, field: str) -> None:
    words = " ".join(f"w{n:05}" for n in range(14_300))
    said = solid(text_of(sample(**{reference: {field: words}}), refs=["A-001"]))
    assert solid(words) in re.sub(FRAME, "", said)


FRAME = re.compile(
    r"NordlysHandelAS\(fictitious\)Recordofprocessingactivities,Art\.30\(selection\)"
    rf"|Asat24November2026·nordlys\.ropa·ropa{re.escape(__version__)}·log412,a1b2c3d4e5f6"
    r"|A-001·page\d+of\d+"
    # The heading of a section on each page it goes on to.
    r"|beyondArt\.30Furtherinformation\(continued\)"
)


def test_a_hundred_thousand_characters_in_a_narrow_column_all_print() -> None:
    words = " ".join(f"w{n:05}" for n in range(14_300))
    lines = [{"id": "c1", "internal_function": "Finance", "purpose": words}]
    said = text_of(sample(A_001={"recipients": lines}), refs=["A-001"])
    assert set(words.split()) <= set(said.split())


@BOTH
def test_a_long_word_is_broken_and_stays_on_the_page(name: str) -> None:
    word = "x" * 300
    view = sample(P_001={"name": word}, A_003={"name": word}, T_001={"purpose": word})
    data, _ = export(view, name)
    reader = pypdf.PdfReader(io.BytesIO(data))
    edges: list[float] = []

    def visit(text: str, _: Any, matrix: Any, __: Any, size: float) -> None:
        if set(text.strip()) == {"x"}:
            edges.append(matrix[4] + len(text.strip()) * size * 0.55)

    for page in reader.pages:
        page.extract_text(visitor_text=visit)
    assert solid(text_of(view, name)).count(word) >= 1
    assert edges
    assert max(edges) < 595


# The file


@BOTH
@LANGUAGES
def test_the_same_register_gives_the_same_bytes(name: str, language: str) -> None:
    assert export(sample(), name, language)[0] == export(sample(), name, language)[0]


@BOTH
@LANGUAGES
def test_the_document_says_title_author_language_and_moment(name: str, language: str) -> None:
    reader = pypdf.PdfReader(io.BytesIO(export(sample(), name, language)[0]))
    assert reader.metadata is not None
    assert "Nordlys Handel AS" in str(reader.metadata.author)
    assert "Nordlys Handel AS" in str(reader.metadata.title)
    assert reader.metadata.creation_date == MOMENT
    assert reader.trailer["/Root"]["/Lang"] == {"en": "en-GB", "nb": "nb-NO"}[language]


ENGLISH = ("not stated", "Open question", " page ", "Controller", "Recipients", "receives",
           "adequacy decision", "Your rights", "Contents")  # fmt: skip


@BOTH
def test_in_bokmaal_no_words_of_the_program_are_english(name: str) -> None:
    said = text_of(sample(), name, "nb")
    assert not [word for word in ENGLISH if word in said]
    assert "ikke oppgitt" in said.lower()


@BOTH
def test_all_text_is_set_in_the_embedded_fonts(name: str) -> None:
    reader = pypdf.PdfReader(io.BytesIO(export(sample(), name)[0]))
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert any("OpenSans" in font for font in fonts)


def test_the_work_grows_with_the_activities(monkeypatch: Any) -> None:
    """Every paragraph is laid out once: twice the activities, twice the paragraphs wrapped."""
    from reportlab.platypus import Paragraph

    counts = []
    wrap: Callable[..., Any] = Paragraph.wrap
    for many in (5, 10):
        made = [0]

        def counted(self: Any, *size: Any, made: list[int] = made) -> Any:
            made[0] += 1
            return wrap(self, *size)

        monkeypatch.setattr(Paragraph, "wrap", counted)
        activities = [record("activity", n, {"name": "One", "description": "Two"})
                      for n in range(1, many + 1)]  # fmt: skip
        export(only(*activities))
        counts.append(made[0])
    assert counts[1] < 2 * counts[0]
