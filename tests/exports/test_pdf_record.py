"""The record as an authority reads it: nothing said twice, nothing left out, nothing made worse."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, cast
from uuid import NAMESPACE_OID, uuid5

import pypdf
import pytest
from reportlab.platypus import Paragraph

from ropa_app.exports import pdf_record
from ropa_app.exports.layout import layout
from ropa_app.exports.pdf_activity import ActivityPage
from ropa_app.exports.pdf_canvas import BODY_HEIGHT, BODY_WIDTH
from ropa_app.exports.pdf_rows import Sheet
from ropa_app.exports.pdf_text import Typesetter
from ropa_app.exports.row import Row
from ropa_app.model.kinds import KINDS
from ropa_app.model.record import Record
from ropa_app.model.state import from_plain
from ropa_app.register.view import Head, View

HEAD = Head(412, "a1b2c3d4e5f6" + "0" * 52, "2026-11-24T08:00:00.000Z")
DAY = date(2026, 11, 24)
MOMENT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
OPEN = {"open": "Which?"}
GAP = "not stated"


def ident(reference: str) -> str:
    return str(uuid5(NAMESPACE_OID, reference))


def record(kind: str, number: int, /, **values: Any) -> Record:
    """A record; its id is that of its reference, as `ident` gives it."""
    return Record(kind, number, ident(KINDS[kind].reference(number)), from_plain(values))


def organisation(number: int = 1, **more: Any) -> Record:
    values = {"name": f"Shop {number} AS", "address": f"Street {number}", "dpo_status":
              "not-appointed", "email": f"post@shop{number}.example"} | more  # fmt: skip
    return record("organisation", number, **values)


def activity(number: int = 1, **more: Any) -> Record:
    values = {"name": f"Activity {number}", "role": "controller", "organisations": [ident("O-001")]}
    return record("activity", number, **(values | more))


def party(number: int, name: str, **more: Any) -> Record:
    return record("party", number, name=name, **more)


def pages(
    *records: Record, language: str = "en", moment: datetime = MOMENT, **options: Any
) -> list[str]:
    """The text of every page; a line break counts as a space."""
    file = io.BytesIO()
    given = {"organisation": None, "refs": None, **options}
    view = View(records, DAY, HEAD, "shop.ropa")
    pdf_record.write(view, layout("record"), language, file, moment, **given)
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(file).pages]


# Who it is


def test_an_activity_names_the_controller_and_how_to_reach_it_the_rest_stands_in_front() -> None:
    front, page = pages(organisation(), activity())
    assert "Street 1" in front
    assert "Shop 1 AS, post@shop1.example" in page
    assert "see the front of this record" in page
    assert "Street 1" not in page


def test_an_organisation_that_is_not_in_front_is_told_of_in_full() -> None:
    joint = activity(organisations=[ident("O-001"), ident("O-002")])
    one, two = organisation(), organisation(2)
    page = pages(one, two, joint, organisation=one)[1]
    assert "Shop 2 AS, Street 2, post@shop2.example" in page


def test_what_does_not_apply_stands_in_no_address() -> None:
    two = organisation(2, phone={"not_applicable": "no telephone"}, address=OPEN)
    joint = activity(organisations=[ident("O-001"), ident("O-002")])
    page = pages(organisation(), two, joint, organisation=organisation())[1]
    assert "Shop 2 AS, post@shop2.example Open question: Which?" in page
    assert "no telephone" not in page


@pytest.mark.parametrize(
    ("reason", "named", "gap"),
    [("uk-3-2-a", False, True), ("uk-3-2-b", False, True), ("uk-3-2-a", True, False),
     ("uk-3-1", False, False), (None, False, False), ("does-not-apply", False, False)],
)  # fmt: skip
def test_a_representative_is_missing_only_where_one_is_called_for(
    reason: str | None, named: bool, gap: bool
) -> None:
    line = {"id": "1", "regime": "uk", "name": "Example Rep Ltd"}
    one = organisation(
        organisation_number="1", phone="2", supervisory_authorities=[{"id": "a", "authority": "A"}],
        regimes=[{"id": "r", "regime": "uk", "reason": reason}],
        representatives=[line] if named else None,
    )  # fmt: skip
    front = pages(one)[0]
    assert (f"Representatives UK GDPR: {GAP}" in front) is gap
    assert ("Example Rep Ltd" in front) is named
    assert ("Representatives" in front) is (gap or named)


# Transfers


def transfer(number: int = 1, **more: Any) -> Record:
    values = {"importer": ident("P-001"), "destination": "IN", "exporter": ident("O-001")} | more
    return record("transfer", number, **values)


VENDOR = party(1, "Vendor Ltd")


@pytest.mark.parametrize("served", [None, OPEN, [OPEN], {"not_applicable": "none of ours"}])
def test_a_transfer_tied_to_no_activity_stands_last_with_its_questions(served: Any) -> None:
    loose = transfer(activities=served, frequency={"open": "How often?"})
    front, page, last = pages(organisation(), activity(), VENDOR, loose)
    assert "Transfers not yet tied to an activity" in front
    # On the page of the activity it is named where that is open, and what is asked stands once.
    settled = isinstance(served, dict) and "not_applicable" in served
    named = "To be confirmed for this activity" in page and "T-001" in page
    assert named is not settled
    assert "How often?" not in page
    assert "stand last in this record" in page
    for said in ("30(1)(e)", "India", "Vendor Ltd", "T-001", "How often?"):
        assert said in last
    assert last.endswith("T-001 · page 3 of 3")
    if served is not None:
        assert ("Which?" in last) or ("none of ours" in last)


def test_what_a_transfer_tied_to_no_activity_holds_beside_is_told_in_sentences() -> None:
    loose = transfer(name="Vendors outside", activities=OPEN, our_place="exporter",
                     frequency={"open": "How often?"})  # fmt: skip
    last = pages(organisation(), activity(), VENDOR, loose)[-1]
    assert "T-001 Vendors outside Our place in it: we export. Open question: Which?" in last
    assert "Open question: How often?" in last
    assert "T-001 Name" not in last
    assert ": open question" not in last.lower()


def test_transfers_of_activities_of_others_or_ended_are_not_among_them() -> None:
    tied = transfer(1, activities=[ident("A-001")])
    ended = transfer(2, to="2026-11-23")
    inside = transfer(3, destination="SE")
    other = transfer(4, exporter=ident("O-002"))
    records = (organisation(), organisation(2), activity(), VENDOR, tied, ended, inside, other)
    found = pages(*records, organisation=records[0], regime="eu")
    assert len(found) == 2
    assert "not yet tied" not in " ".join(found)
    assert "T-001" in found[1]
    # Of a choice of activities nobody asked for transfers that belong to none.
    assert "not yet tied" not in " ".join(pages(*records, refs=["A-001"]))


@pytest.mark.parametrize(
    ("places", "gap", "known"),
    [
        (["NO"], "", "Norway (under UK GDPR)"),
        (["NO", "GB"], "", "United Kingdom (under GDPR); Norway (under UK GDPR)"),
        (["IN"], "India (under GDPR and UK GDPR)", ""),
        (["BR"], "Brazil (under UK GDPR)", "Brazil (under GDPR)"),
        # A decision for some recipients only does not settle that it holds for this one.
        (["US"], "United States (under GDPR and UK GDPR)", ""),
        (["IN", "NO"], "India (under GDPR and UK GDPR)", "Norway (under UK GDPR)"),
    ],
)
def test_of_a_place_outside_the_law_is_named_under_which_it_is(
    places: list[str], gap: str, known: str
) -> None:
    lines = [{"id": code, "country": code} for code in places]
    vendor = party(1, "Vendor Ltd", places=lines)
    one = activity(recipients=[{"id": "1", "party": ident("P-001"), "role": "processor"}])
    page = pages(organisation(), one, vendor)[1]
    assert "Transfers out of the EEA or the United Kingdom" in page
    assert ("Not stated. No transfer is recorded" in page) is bool(gap)
    assert ("No transfer is recorded for this activity." in page) is not bool(gap)
    if gap:
        assert f"has a place outside this area: {gap}." in page
    assert ("recognised as adequate" in page) is bool(known)
    if known:
        assert f"Recipients have a place in a country recognised as adequate: {known}." in page


@pytest.mark.parametrize(("country", "gap"), [("SE", False), ("IN", True)])
def test_no_transfer_is_a_gap_only_where_a_recipient_lies_outside(country: str, gap: bool) -> None:
    vendor = party(1, "Vendor Ltd", places=[{"id": "1", "country": country}])
    one = activity(recipients=[{"id": "1", "party": ident("P-001"), "role": "processor"}])
    page = pages(organisation(), one, vendor, regime="eu")[1]
    assert ("a recipient has a place outside this area" in page) is gap
    assert ("No transfer is recorded for this activity." in page) is not gap


def test_how_to_get_a_copy_is_said_once() -> None:
    lines = [{"id": r, "regime": r, "mechanism": "scc", "reliance": "relied-on",
              "copy": "Write to us for a copy"} for r in ("eu", "uk")]  # fmt: skip
    tied = [transfer(n, activities=[ident("A-001")], safeguards=lines) for n in (1, 2, 3)]
    page = pages(organisation(), activity(), VENDOR, *tied)[1]
    assert page.count("Write to us for a copy") == 1


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Implementing Decision (EU) 2021/914", "Gjennomføringsbeslutning (EU) 2021/914"),
        ("Clauses of our own", "Clauses of our own"),
    ],
)
def test_instruments_are_called_what_they_are_called_in_the_language(
    written: str, said: str
) -> None:
    line = {"id": "1", "regime": "eu", "mechanism": "scc", "reliance": "relied-on",
            "instrument": written}  # fmt: skip
    tied = transfer(activities=[ident("A-001")], safeguards=[line])
    assert said in pages(organisation(), activity(), VENDOR, tied, language="nb")[1]
    assert written in pages(organisation(), activity(), VENDOR, tied)[1]


# Retention


def test_what_a_retention_rule_leaves_open_is_asked_once_and_what_is_known_stands_in_each_line(
) -> None:
    period = {"amount": 5, "unit": "years", "ground": "the law of books"}
    period |= {"event": {"open": "From which day?"}, "fate": {"open": "What then?"}}
    rule = record("retention", 1, name="Books", period=period,
                  exceptions={"open": "When longer?"}, law={"open": "Which act?"},
                  procedure={"open": "Who deletes?"})  # fmt: skip
    blank = record("retention", 2, name="Logs", period={"open": "How long?"})
    refs = ("R-001", "R-001", "R-002", "R-001")
    lines = [{"id": str(number), "subject": "customers", "retention_rule": ident(ref)}
             for number, ref in enumerate(refs)]  # fmt: skip
    page = pages(organisation(), activity(data=lines), rule, blank)[1]
    assert page.count("5 years. Reason: the law of books") == 3
    assert page.count("see R-001 below") == 3
    for question in ("From which day?", "What then?", "When longer?", "How long?"):
        assert page.count(question) == 1
    # Also where the period names a ground: which law that is, is open all the same.
    assert page.count("Which act?") == 1
    assert page.count("Who deletes?") == 1
    assert "R-001 Books Open question: From which day? Open question: What then?" in page
    assert "R-002 Logs Open question: How long?" in page


def test_a_rule_that_leaves_nothing_open_is_said_in_the_line_alone() -> None:
    rule = record("retention", 1, name="Books", period={"amount": 5, "unit": "years"})
    line = {"id": "1", "subject": "customers", "retention_rule": ident("R-001")}
    page = pages(organisation(), activity(data=[line]), rule)[1]
    assert "5 years" in page
    assert "below" not in page


# Where a page begins and a line breaks


def test_who_is_responsible_never_stands_alone_at_the_foot_of_a_page() -> None:
    line = {"id": "1", "purpose": "process-orders", "legal_basis": ["6-1-b"]}
    first, ours = activity(purposes=[line]), organisation()
    shown = View([ours, first], DAY, HEAD, "shop.ropa")
    row = Row(shown, first, ours)
    bands = ActivityPage(Typesetter(), row, shown.words("en"), {ours.id}).bands()
    whole = Sheet(bands)
    begun = set()
    for room in range(20, int(whole.wrap(BODY_WIDTH, BODY_HEIGHT)[1]), 4):
        parts = whole.split(BODY_WIDTH, room)
        if parts:
            upper = cast(Sheet, parts[0]).bands
            said = " ".join(item.getPlainText() for band in upper for cell in band.cells
                            for item in cast(Sequence[Paragraph], cell.content))  # fmt: skip
            assert "Process orders" in said, room
        begun.add(bool(parts))
    assert begun == {False, True}


@pytest.mark.parametrize("text", ["Act § 13 and § 14-2", "Lov §§ 1–5, § 8"])
def test_a_section_sign_stays_with_its_number(text: str) -> None:
    assert Typesetter().clean(text) == text.replace("§ ", "§\u00a0")


# Recipients


def asked(name: str) -> dict[str, Any]:
    return {"role": {"open": f"§ 8: is {name} a processor?"}, "purpose": "Payment"}


def test_recipients_of_whom_the_same_is_asked_share_a_row() -> None:
    names = ("Visa", "Klarna", "PayPal")
    lines = [{"id": name, "party": ident(f"P-00{n}"), **asked(name)}
             for n, name in enumerate(names, 1)]  # fmt: skip
    lines.append({"id": "x", "party": ident("P-004"), "role": {"open": "Something else?"}})
    parties = [party(n, name) for n, name in enumerate((*names, "Other"), 1)]
    page = pages(organisation(), activity(recipients=lines), *parties)[1]
    assert "Visa, Klarna, PayPal" in page
    # The question may be in another language than the page: no word of the page is put into it.
    assert page.count("is […] a processor?") == 1
    assert page.count("Payment") == 1
    assert "Other Open question: Something else?" in page


def test_one_recipient_alone_is_asked_about_by_name() -> None:
    lines = [{"id": "1", "party": ident("P-001"), **asked("Visa")}]
    page = pages(organisation(), activity(recipients=lines), party(1, "Visa"))[1]
    assert "is Visa a processor?" in page


def test_a_linked_agreement_says_how_it_stands_also_where_the_role_is_open() -> None:
    lines = [{"id": "1", "party": ident("P-001"), "role": OPEN, "agreement": ident("D-001")}]
    sides = {"party": ident("P-001"), "organisation": ident("O-001")}
    paper = record(
        "agreement", 1, name="DPA with Vendor", kind="processor-agreement", evidence="claimed",
        **sides,
    )  # fmt: skip
    page = pages(organisation(), activity(recipients=lines), VENDOR, paper)[1]
    assert "Claimed, not seen DPA with Vendor" in page


# Security


def measure(number: int, name: str, term: str | None, **more: Any) -> Record:
    return record("measure", number, name=name, measure=term, **more)


MEASURES = [ident("M-001"), ident("M-002")]


def secured(description: str | None, *measures: Record, language: str = "en") -> str:
    one = activity(security_description=description, measures=MEASURES)
    return pages(organisation(), one, *measures, language=language)[1]


def test_measures_are_said_once_by_what_they_are_and_by_name_where_that_says_more() -> None:
    page = secured(
        "TLS everywhere and backups. Keys are changed yearly.",
        measure(1, "TLS everywhere", "encryption-in-transit"), measure(2, "Backups", "backups"),
    )  # fmt: skip
    assert "Keys are changed yearly. Encryption in transit (TLS everywhere), backups" in page
    assert page.count("TLS everywhere") == 1
    assert page.lower().count("backups") == 1


def test_a_measure_is_not_said_twice_in_other_words_nor_in_brackets_within_brackets() -> None:
    page = secured(
        None, measure(1, "Encrypted connections (HTTPS)", "encryption-in-transit"),
        measure(2, "Backup measures", "backups"),
    )  # fmt: skip
    assert "Encryption in transit – Encrypted connections (HTTPS), backups" in page
    assert "measures" not in page.partition("HTTPS")[2]


def test_measures_are_said_in_the_language_and_with_their_status() -> None:
    page = secured(None, measure(1, "Encrypted transit", "encryption-in-transit"),
                   measure(2, "Only typed", None, status="planned"), language="nb")  # fmt: skip
    assert "Kryptering under overføring, only typed (planlagt)" in page


# Processors


def test_a_processor_has_no_tables_of_dashes() -> None:
    one = activity(role="processor", purposes=[{"id": "1", "purpose": "customer-support"}],
                   data=[{"id": "1"}], recipients=[{"id": "1"}])  # fmt: skip
    page = pages(organisation(), one)[1]
    assert "Purposes and legal bases Customer support" in page
    assert "–" not in page
    assert "People, data and retention" not in page
    assert "Recipients" not in page


# The front


@pytest.mark.parametrize(
    ("register", "export", "said"),
    [("en", "nb", "Fritekst står på det språket den er ført på."), ("nb", "nb", ""),
     ("nb", "en", "Free text stands in the language it was entered in."), (None, "en", "")],
)  # fmt: skip
def test_a_foreign_language_of_the_entries_is_told_of(
    register: str | None, export: str, said: str
) -> None:
    settings = record("register", 1, name="R", language=register)
    front = pages(settings, organisation(), language=export)[0]
    assert said in front
    assert bool(said) is ("Fritekst" in front or "Free text" in front)


def test_the_day_it_was_made_is_that_of_the_register() -> None:
    late = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    assert "Made on 25 November 2026" in pages(organisation(), moment=late)[0]
    settings = record("register", 1, name="R", time_zone="America/New_York")
    assert "Made on 24 November 2026" in pages(settings, organisation(), moment=late)[0]


def test_a_source_is_named_once() -> None:
    notice = record("notice", 1, name="Privacy policy")
    line = {"id": "1", "document": "Privacy policy", "section": "§ 3", "record": ident("N-001")}
    page = pages(organisation(), activity(source=[line]), notice)[1]
    assert "Source Privacy policy, § 3 A-001" in page


# A selection, transfers that may belong here, and who has which agreement


def test_a_selection_says_so_and_an_empty_one_denies_no_activity() -> None:
    shown = (organisation(), activity(1), activity(2))
    front = pages(*shown, refs=["A-002"])[0]
    assert "A selection of activities: 1 of 2." in front
    assert "(selection)" in front
    empty = pages(*shown, refs=[])[0]
    assert "No activities are in this selection." in empty
    assert "No activities are recorded." not in empty
    other = organisation(2)
    theirs = pages(*shown, other, organisation=other)[0]
    assert "No activities of this organisation are recorded." in theirs
    assert "selection" not in pages(*shown)[0]
    assert "No activities are recorded." in pages(organisation())[0]


def test_transfers_that_may_serve_an_activity_are_named_once_up_to_ten() -> None:
    loose = [transfer(n, name=f"Flow {n:02}") for n in range(1, 13)]
    tied = transfer(13, name="Flow 13", activities=[ident("A-001")])
    page = " ".join(pages(organisation(), activity(), VENDOR, tied, *loose)[1:3])
    page = page[: page.index("stand last in this record")]
    assert "To be confirmed for this activity T-001 Flow 01 (India, Vendor Ltd)" in page
    assert [page.count(f"Flow {n:02}") for n in range(1, 13)] == [1] * 10 + [0] * 2
    assert "and 2 more" in page


def test_a_transfer_of_another_organisation_is_no_question_here() -> None:
    theirs = transfer(1, exporter=ident("O-002"))
    page = pages(organisation(), organisation(2), activity(), VENDOR, theirs)[1]
    assert "T-001" not in " ".join(page.split("Transfers out of")[1:])


def agreement(number: int, ours: str, signed: str = "2025-01-01") -> Record:
    return record(
        "agreement", number, name=f"DPA {number}", kind="processor-agreement", evidence="seen",
        signed=signed, party=ident("P-001"), organisation=ident(ours),
    )  # fmt: skip


def test_each_organisation_is_named_with_its_own_agreement() -> None:
    lines = [{"id": "1", "party": ident("P-001"), "role": "processor"}]
    ours = [organisation(n) for n in (1, 2, 3, 4)]
    one = activity(recipients=lines, organisations=[ident(f"O-00{n}") for n in (1, 2, 3, 4)])
    shown = (*ours, one, VENDOR, agreement(1, "O-001"), agreement(2, "O-003"))
    page = next(page for page in pages(*shown) if "Recipient Role" in page)
    assert "Shop 1 AS: in force DPA 1" in page
    assert "Shop 3 AS: in force DPA 2" in page
    assert "Shop 2 AS, Shop 4 AS: missing" in page
    # In the record of one of them the others are nobody's business.
    alone = " ".join(pages(*shown, organisation=ours[2]))
    assert "In force DPA 2" in alone
    assert "DPA 1" not in alone


def test_what_all_have_alike_is_said_once_without_names() -> None:
    lines = [{"id": "1", "party": ident("P-001"), "role": "processor"}]
    one = activity(recipients=lines, organisations=[ident("O-001"), ident("O-002")])
    page = " ".join(pages(organisation(1), organisation(2), one, VENDOR)[1:])
    table = page[page.index("Recipient Role") : page.index("Transfers out of")]
    assert "Missing" in table
    assert "Shop" not in table


def test_the_kind_of_a_document_is_not_said_after_a_label_that_says_it() -> None:
    paper = record("document", 1, name="Policy on fraud data", kind="appropriate-policy-document")
    page = pages(organisation(), activity(policy_document=ident("F-001")), paper)[1]
    assert page.count("ppropriate policy document") == 1
    assert "Policy on fraud data" in page


def test_a_joint_controller_that_stands_at_the_front_is_named_once() -> None:
    both = [ident("O-001"), ident("O-002")]
    joint = activity(role="joint-controller", organisations=both)
    page = pages(organisation(1), organisation(2), joint)[1]
    page = page[page.index("Responsibility and contact") :]
    assert page.count("Shop 2 AS") == 1
    assert "Joint controllers" not in page
    # In the record of one of them the other is told of in full, once.
    alone = pages(organisation(1), organisation(2), joint, organisation=organisation(1))[1]
    assert "Shop 2 AS, Street 2" in alone
    assert alone.count("Shop 2 AS") == 1
    single = activity(role="joint-controller")
    assert f"Joint controllers {GAP}" in pages(organisation(1), single)[1]


def test_an_organisation_entered_as_a_party_too_is_one_joint_controller() -> None:
    twin = party(9, "Shop 2 AS", country="NO")
    joint = activity(role="joint-controller", organisations=[ident("O-001"), ident("O-002")],
                     recipients=[{"id": "1", "party": ident("P-009"),
                                  "role": "joint-controller"}])  # fmt: skip
    said = pages(organisation(), organisation(2), twin, joint)[-1]
    assert "Joint controllers" not in said
    alone = pages(organisation(), organisation(2), twin, joint, organisation=organisation(2))[-1]
    assert "Shop 1 AS, Street 1, post@shop1.example" in alone
    assert "Shop 2 AS, Norway" not in alone
    # In its own record the recipient is the other of the two.
    assert "Shop 1 AS Joint controller" in alone
    assert "Shop 2 AS (Norway)" in said
    assert "Shop 2 AS (Norway)" not in alone


@pytest.mark.parametrize("language", ["en", "nb"])
def test_no_mark_is_doubled_where_questions_follow_one_another(language: str) -> None:
    line = {"id": "1", "regime": "eu", "mechanism": "scc", "modules": OPEN, "document": OPEN}
    notice = record("notice", 1, name="Notice", kind="privacy-policy", version=OPEN, published=OPEN,
                    url="https://shop.example")  # fmt: skip
    asked = transfer(activities=[ident("A-001")], safeguards=[line], kinds=OPEN, categories=OPEN)
    said = " ".join(pages(organisation(), activity(notices=[ident("N-001")]), VENDOR, asked, notice,
                          language=language))  # fmt: skip
    assert said.count("Which?") >= 6
    for mark in ("?,", "?;", "?.", "..", ".;", ",,"):
        assert mark not in said


def test_a_law_leads_what_is_said_of_it() -> None:
    ours = organisation(
        regimes=[{"id": "1", "regime": "eu", "reason": "eu-3-1", "explanation": "Office in Oslo",
                  "from": "2018-07-20"}],
        supervisory_authorities=[{"id": "1", "regime": "eu", "authority": "Datatilsynet",
                                  "matter": "Personal data"}],
    )  # fmt: skip
    front = pages(ours)[0]
    assert ("GDPR (EU/EEA): established in the EU/EEA, Art. 3(1). Office in Oslo. From 20 Jul 2018"
            in front)  # fmt: skip
    assert "GDPR (EU/EEA): Datatilsynet (personal data)" in front


def test_a_completed_assessment_is_said_by_its_day() -> None:
    done = record("assessment", 1, name="Screening", kind="dpia-screening", status="completed",
                  done_on="2024-06-14")  # fmt: skip
    said = pages(organisation(), activity(assessments=[ident("X-001")]), done)[1]
    assert "completed on 14 Jun 2024" in said
    assert "completed, completed" not in said


@pytest.mark.parametrize(
    ("values", "heading"),
    [
        ({"purposes": [{"id": str(n), "detail": f"Purpose {n} " * 9} for n in range(60)]},
         "30(1)(b) Purposes and legal bases (continued) Purpose Legal basis"),
        # A text without a table too, and one that is cut in two.
        ({"description": "One sentence of many. " * 400},
         "beyond Art. 30 Further information (continued)"),
    ],
)  # fmt: skip
def test_a_page_that_goes_on_with_a_section_says_which(
    values: dict[str, Any], heading: str
) -> None:
    _front, first, *further = pages(organisation(), activity(**values))
    assert "(continued)" not in first
    assert heading in further[0]


def test_the_last_line_of_a_section_does_not_begin_a_page() -> None:
    data = [{"id": str(n), "subject": "customers", "detail": "line\n" * 9} for n in range(6)]
    for number in range(4):
        extra = [{"id": f"p{n}", "purpose": "orders"} for n in range(number)]
        for page in pages(organisation(), activity(data=data, purposes=extra, children="no",
                                             data_combination="With orders"))[1:]:  # fmt: skip
            start = page.split("log 412, a1b2c3d4e5f6")[-1].strip()
            assert not start.startswith(("Children", "Combination"))


@pytest.mark.parametrize(
    ("role", "agreement"),
    [
        ("independent-controller", "–"), ("not-determined", GAP), ("processor", GAP),
        (OPEN, GAP), (None, GAP),
    ],
)  # fmt: skip
def test_an_agreement_nobody_speaks_of_is_a_gap_unless_the_role_needs_none(
    role: Any, agreement: str
) -> None:
    line = {"id": "1", "category": "carriers", "categories": ["name"]} | (
        {"role": role} if role else {}
    )
    said = pages(organisation(), activity(recipients=[line]))[1]
    row = said.partition("Agreement")[2].partition("Transfers out")[0].split("30(1)(e)")[0]
    assert row.rstrip().endswith(agreement)


def test_what_a_recipient_gets_is_told_from_what_it_is_for() -> None:
    line = {"id": "1", "category": "carriers", "role": "processor", "categories": ["name"],
            "purpose": "Delivery", "access": "Two people"}  # fmt: skip
    said = pages(organisation(), activity(recipients=[line]))[1]
    assert "What for: Delivery" in said
    assert "Who has access: Two people" in said


# What has ended


def ended_transfer(**more: Any) -> Record:
    lines = [{"id": r, "regime": r, "mechanism": "adequacy", "reliance": "relied-on"}
             for r in ("eu", "uk")]  # fmt: skip
    return transfer(**({"activities": [ident("A-001")], "to": "2026-01-20", "safeguards": lines,
                        "importer": ident("P-001")} | more))  # fmt: skip


ABROAD = {"recipients": [{"id": "1", "party": ident("P-001"), "role": "processor"}]}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("No transfer is under way on 24 Nov 2026.",
                "Ended transfer T-001 India, Vendor Ltd (ended 20 Jan 2026): Adequacy decision, "
                "Art. 45 (GDPR); UK adequacy regulations, UK GDPR Art. 45.")),
        ("nb", ("Ingen overføring pågår per 24.11.2026.",
                "Avsluttet overføring T-001 India, Vendor Ltd (avsluttet 20.01.2026)")),
    ],
)  # fmt: skip
def test_a_transfer_that_has_ended_is_named_with_its_end_and_is_no_gap(
    language: str, said: tuple[str, ...]
) -> None:
    vendor = party(1, "Vendor Ltd", country="IN")
    page = pages(organisation(), activity(**ABROAD), vendor, ended_transfer(), language=language)[1]
    for text in said:
        assert text in page
    assert "Not stated." not in page
    assert "Ikke oppgitt." not in page


def test_other_places_of_recipients_are_still_a_gap() -> None:
    lines = [{"id": "1", "country": "US"}]
    vendor = party(1, "Vendor Ltd", country="IN", places=lines)
    page = pages(organisation(), activity(**ABROAD), vendor, ended_transfer(), regime="eu")[1]
    gap = "Not stated. No transfer is recorded to these places of recipients: United States"
    assert gap in page
    assert "India (under" not in page


def test_a_transfer_replaced_by_one_to_the_same_place_is_not_told_of() -> None:
    now = transfer(2, activities=[ident("A-001")], importer=ident("P-001"))
    page = pages(organisation(), activity(), party(1, "Vendor Ltd"), ended_transfer(), now)[1]
    assert "T-002" in page
    assert "Ended transfer" not in page


def test_compelling_interests_stay_documented_after_the_transfer() -> None:
    line = {"id": "e", "regime": "eu", "mechanism": "49-1-second", "reliance": "relied-on",
            "compelling_documentation": "Assessment of 3 May"}  # fmt: skip
    shown = ended_transfer(safeguards=[line])
    assert "Assessment of 3 May" in pages(organisation(), activity(), party(1, "V"), shown)[1]


@pytest.mark.parametrize(
    ("more", "shown", "listed"),
    [
        ({}, True, "Activity 1 "),
        ({"ended": "2026-06-13"}, False, "Activity 1 (ended 13 Jun 2026)"),
        ({"processing_status": "ended"}, False, "Activity 1 (ended)"),
        ({"status": "retired"}, False, "Activity 1 (retired)"),
    ],
)
def test_what_is_over_has_no_next_review_and_is_marked_in_the_contents(
    more: dict[str, Any], shown: bool, listed: str
) -> None:
    front, page = pages(organisation(), activity(next_review="2027-06-13", **more))
    assert ("Next review" in page) is shown
    assert listed in front


def test_a_role_that_does_not_apply_needs_no_agreement() -> None:
    line = {"id": "1", "category": "carriers", "role": {"not_applicable": "Open to anyone"}}
    said = pages(organisation(), activity(recipients=[line]))[1]
    row = said.partition("Agreement")[2].split("30(1)(e)")[0]
    assert row.rstrip().endswith("–")


def test_an_own_agreement_comes_before_the_one_relied_on_of_another_organisation() -> None:
    lines = [{"id": "1", "party": ident("P-001"), "role": "processor",
              "agreement": ident("D-001")}]  # fmt: skip
    ours = [organisation(1), organisation(2)]
    one = activity(recipients=lines, organisations=[ident("O-001"), ident("O-002")])
    newer = agreement(1, "O-001", "2025-06-01")
    shown = (*ours, one, VENDOR, newer, agreement(2, "O-002"))
    page = next(page for page in pages(*shown) if "Recipient Role" in page)
    assert "Shop 1 AS: in force DPA 1" in page
    assert "Shop 2 AS: in force DPA 2" in page
