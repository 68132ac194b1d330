"""The summary for customers never claims more than is recorded, and never tells what is inside."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import pypdf
import pytest

from ropa_app import __version__
from ropa_app.exports import pdf_record, pdf_safeguards
from ropa_app.exports.layout import layout
from ropa_app.exports.pdf_protection import CONFIRM, EXCEPTION, MISSING, STATED, Safeguards
from ropa_app.model.field import Field
from ropa_app.model.kinds import KINDS
from ropa_app.model.record import Record
from ropa_app.model.state import from_plain
from ropa_app.register.view import Head, View
from ropa_app.rules.standing import rows

MOMENT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
DAY = date(2026, 11, 24)
HEAD = Head(412, "a1b2c3d4e5f6" + "0" * 52, "2026-11-24T08:00:00.000Z")
LANGUAGES = pytest.mark.parametrize("language", ["en", "nb"])
BOTH_RULES = [{"id": "1", "regime": "eu"}, {"id": "2", "regime": "uk"}]


def ident(reference: str) -> str:
    return str(uuid5(NAMESPACE_OID, reference))


def record(kind: str, number: int, **values: Any) -> Record:
    links = {"exporter", "importer", "party", "parent", "operator", "record"}

    def linked(key: str, value: Any) -> Any:
        if key in links and isinstance(value, str):
            return ident(value)
        if key in ("activities", "organisations") and isinstance(value, list):
            return [ident(item) for item in value]
        if isinstance(value, list):
            return [{k: linked(k, v) for k, v in item.items()} if isinstance(item, dict)
                    and "id" in item else item for item in value]  # fmt: skip
        return value

    plain = {key: linked(key, value) for key, value in values.items()}
    return Record(kind, number, ident(KINDS[kind].reference(number)), from_plain(plain))


def line(regime: str, mechanism: Any, **more: Any) -> dict[str, Any]:
    return {"id": f"{regime}-{mechanism}", "regime": regime, "mechanism": mechanism,
            "reliance": "relied-on"} | more  # fmt: skip


def organisation(number: int = 1, **more: Any) -> Record:
    values = {"name": "Shop AS", "country": "NO", "privacy_email": "post@shop.example",
              "regimes": BOTH_RULES} | more  # fmt: skip
    return record("organisation", number, **values)


def activity(number: int = 1, **more: Any) -> Record:
    values = {"name": "Orders", "organisations": ["O-001"], "role": "controller",
              "data": [{"id": "d", "subject": "customers"}]} | more  # fmt: skip
    return record("activity", number, **values)


def party(number: int = 1, **more: Any) -> Record:
    return record("party", number, **({"name": f"Example {number} Ltd"} | more))


def transfer(*safeguards: Any, number: int = 1, **more: Any) -> Record:
    values = {"exporter": "O-001", "importer": "P-001", "destination": "IN",
              "categories": ["name"], "activities": ["A-001"],
              "safeguards": list(safeguards)} | more  # fmt: skip
    return record("transfer", number, **values)


def view(*records: Record) -> View:
    given = {entry.id: entry for entry in (organisation(), activity(), party())}
    return View((given | {entry.id: entry for entry in records}).values(), DAY, HEAD, "shop.ropa")


def pdf(shown: View, regime: str | None = "eu", language: str = "en", **more: Any) -> bytes:
    file = io.BytesIO()
    options = {"organisation": None, "refs": None, "regime": regime} | more
    pdf_safeguards.write(shown, layout("safeguards"), language, file, MOMENT, **options)
    return file.getvalue()


def said(shown: View, regime: str | None = "eu", language: str = "en", **more: Any) -> str:
    reader = pypdf.PdfReader(io.BytesIO(pdf(shown, regime, language, **more)))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def states(item: Record, regime: str, full: bool = False) -> list[str]:
    shown = view(item)
    found = Safeguards(shown, shown.words("en"), regime, full).of(item)
    return [one.state for one in found if not one.spare]


# What counts as protection


@pytest.mark.parametrize("signed", ["no", "unclear", None, {"open": "Who signed?"}])
def test_eu_clauses_without_the_addendum_protect_nothing_under_uk_rules(signed: Any) -> None:
    item = transfer(line("uk", "scc", addendum_signed=signed))
    assert states(item, "uk") == states(item, "uk", full=True) == [MISSING]
    page = said(view(item), "uk")
    assert "No valid UK safeguard confirmed" in page
    assert "46(2)(c)" not in page
    assert "rely on them" not in page
    assert "Who signed?" not in page


def test_eu_clauses_with_the_signed_addendum_protect_under_uk_rules() -> None:
    item = transfer(line("uk", "scc", addendum_signed="yes"))
    assert states(item, "uk") == [STATED]
    assert "with the UK Addendum, UK GDPR Art. 46(2)(d)" in said(view(item), "uk")


def test_the_record_for_an_authority_says_it_too() -> None:
    file = io.BytesIO()
    shown = view(transfer(line("uk", "scc", addendum_signed="no")))
    pdf_record.write(shown, layout("record"), "en", file, MOMENT, None, None)
    page = " ".join(" ".join(p.extract_text() for p in pypdf.PdfReader(file).pages).split())
    assert "No valid UK safeguard confirmed" in page
    assert "UK Addendum signed: no" in page


@pytest.mark.parametrize(
    ("mechanism", "regime"), [("idta", "eu"), ("uk-addendum", "eu"), ("scc-old", "eu"),
                              ("scc-old", "uk")])  # fmt: skip
def test_an_instrument_of_another_regime_or_time_protects_nothing(
    mechanism: str, regime: str
) -> None:
    assert states(transfer(line(regime, mechanism)), regime) == [MISSING]


@pytest.mark.parametrize("reliance", [None, {"open": "§ 9 says such as: relied on by whom?"}])
@pytest.mark.parametrize(("regime", "mechanism"), [("eu", "scc"), ("uk", "uk-addendum")])
def test_what_may_only_be_relied_on_is_to_be_confirmed(
    regime: str, mechanism: str, reliance: Any
) -> None:
    item = transfer(line(regime, mechanism, reliance=reliance, copy="On request (§ 9)."))
    assert states(item, regime) == states(item, regime, full=True) == [CONFIRM]
    page = said(view(item), regime)
    assert "To be confirmed" in page
    for never in ("§", "relied on by whom", "rely on them", "get a copy of them", "✓"):
        assert never not in page


def test_a_privacy_notice_that_only_names_examples_is_called_that() -> None:
    item = transfer(line("eu", "scc", reliance={"open": "For whom?"}),
                    source=[{"id": "s", "record": "N-001"}])  # fmt: skip
    page = said(view(item, record("notice", 1, name="Notice")))
    assert "Our privacy notice names these as possible: standard contractual clauses" in page


@pytest.mark.parametrize(("regime", "law"), [("eu", "GDPR"), ("uk", "UK GDPR")])
def test_a_derogation_is_no_safeguard(regime: str, law: str) -> None:
    item = transfer(line(regime, "49-1-b", derogation_reason="SECRET"), frequency="one-off")
    assert states(item, regime) == [EXCEPTION]
    page = said(view(item), regime)
    assert "No special safeguard Permitted in a single case because a contract" in page
    assert f"requires it, {law} Art. 49(1)(b)" in page
    assert "safeguard stated below" not in page
    assert "SECRET" not in page


@pytest.mark.parametrize("term", ["49-1-a", "49-1-b", "49-1-c", "49-1-d", "49-1-e", "49-1-f",
                                  "49-1-g", "49-1-second"])  # fmt: skip
@LANGUAGES
def test_every_derogation_is_said_in_words(term: str, language: str) -> None:
    page = said(view(transfer(line("eu", term))), "eu", language)
    assert ("Permitted in individual cases" if language == "en" else "enkelttilfeller") in page


def test_what_needs_no_safeguard_is_left_out_and_not_counted() -> None:
    other = transfer(line("uk", "idta"), number=2, importer="P-002")
    page = said(view(transfer(line("uk", "not-restricted")), party(2), other), "uk")
    assert "Example 1 Ltd" not in page
    assert "One recipient" in page


def test_a_fallback_that_is_not_valid_is_not_offered() -> None:
    item = transfer(line("uk", "idta"), line("uk", "scc", reliance="fallback"))
    page = said(view(item), "uk")
    assert "Fallback" not in page
    assert "UK GDPR Art. 46(2)(d)" in page


def test_clauses_in_reserve_alone_give_no_rights_to_rely_on() -> None:
    spare = line("eu", "scc", reliance="fallback")
    item = transfer(line("eu", "bcr"), spare)
    page = said(view(item))
    assert "Fallback: standard contractual clauses" in page
    assert "rely on them" not in page
    assert "rely on them as a third party against us" in said(view(transfer(line("eu", "scc"))))
    chain = transfer(line("eu", "scc"), exporter="P-002")
    assert "against the one who sends the data" in said(view(chain, party(2)))


def test_the_summary_for_the_uk_speaks_of_its_own_instruments_and_courts() -> None:
    item = transfer(line("uk", "idta"))
    page = said(view(item), "uk")
    assert "Where an IDTA or the UK Addendum is named above" in page
    assert "go to court in the United Kingdom" in page
    assert "standard clauses are named" not in page
    assert "or to the data protection authority where you live or work" not in page


# What stays inside


def test_no_question_reason_or_measure_reaches_a_customer() -> None:
    asked = {"open": "SECRET question"}
    item = transfer(
        line("eu", "scc", supplementary_measures="SECRET", modules=asked, instrument=asked,
             assessment=asked, document=asked, copy=asked),
        asked, importer=asked, destination=asked, categories=asked, purpose=asked, kinds=asked,
        data_detail={"not_applicable": "SECRET reason"}, frequency=asked, destination_place=asked,
    )  # fmt: skip
    lines = [asked, {"id": "r", "party": asked}]
    for language in ("en", "nb"):
        page = said(view(item, activity(recipients=lines)), "eu", language)
        assert "SECRET" not in page
    assert "We have not yet confirmed which safeguard applies" in said(view(item))
    assert "We have not yet confirmed everybody who receives your data" in said(
        view(item, activity(recipients=lines)))  # fmt: skip


SHOWN = [("organisation", "address"), ("organisation", "privacy_email"), ("party", "name"),
         ("transfer", "purpose"), ("transfer", "data_detail"), ("transfer", "destination_place"),
         ("transfer", "safeguards.instrument"), ("transfer", "safeguards.copy"),
         ("organisation", "supervisory_authorities.authority")]  # fmt: skip


@pytest.mark.parametrize(("kind", "path"), SHOWN)
def test_a_field_that_becomes_confidential_is_gone(kind: str, path: str) -> None:
    word = "secret@word.example"
    change: dict[str, Any] = {path: word}
    if "." in path:
        whole, column = path.split(".")
        base = line("eu", "scc") if whole == "safeguards" else {"id": "a", "regime": "eu"}
        change = {whole: [base | {column: word}]}
    made = {"organisation": organisation, "party": party}
    changed = made[kind](**change) if kind in made else transfer(line("eu", "scc"), **change)
    shown = view(changed) if kind == "transfer" else view(transfer(line("eu", "scc")), changed)
    assert word in said(shown).lower()
    field: Field = KINDS[kind].field(path.split(".")[0])
    field = field.column(path.split(".")[1]) if "." in path else field
    object.__setattr__(field, "confidential", True)
    try:
        assert word not in said(shown).lower()
    finally:
        object.__setattr__(field, "confidential", False)


def test_the_foot_identifies_the_document_but_the_file_is_not_printed() -> None:
    data = pdf(view(transfer(line("eu", "scc"))))
    page = said(view(transfer(line("eu", "scc"))))
    assert "shop.ropa" not in page
    assert f"ropa {__version__} · log 412, a1b2c3d4e5f6" in page
    assert "412 a1b2c3d4e5f6" in str(pypdf.PdfReader(io.BytesIO(data)).metadata)


@LANGUAGES
def test_the_limits_of_a_decision_are_said_without_remarks_on_their_research(
    language: str,
) -> None:
    for row in rows():
        remarks = ["recalled", "not found", "hukommelse", "ikke funnet"]
        # What limits a decision is printed for customers.
        remarks += ["not confirmed", "ikke bekreftet"] if row.limited else []
        scope = row.scope[language].lower()
        assert not [remark for remark in remarks if remark in scope], row.id


# Who reads it


@pytest.mark.parametrize("subject", ["employees", "job-applicants", "supplier-contacts",
                                     "board-members", "next-of-kin"])  # fmt: skip
def test_what_concerns_others_alone_is_left_out(subject: str) -> None:
    inside = activity(2, data=[{"id": "d", "subject": subject}],
                      recipients=[{"id": "r", "party": "P-002"}])  # fmt: skip
    item = transfer(line("eu", "scc"), importer="P-002", activities=["A-002"])
    page = said(view(inside, item, party(2)))
    assert "Example 2 Ltd" not in page
    assert "No transfer of your data" in page
    both = activity(2, data=[{"id": "d", "subject": subject}, {"id": "e", "subject": "customers"}])
    assert "Example 2 Ltd" in said(view(both, item, party(2)))
    # What is asked for by name is told.
    assert "Example 2 Ltd" in said(view(inside, item, party(2)), refs=["A-002"])


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (["login-details"], False),
        (["login-details", "backups"], True),
        (["photo"], True),
        ([{"open": "Which?"}], True),
        (None, True),
    ],
)
def test_a_transfer_of_the_data_of_others_is_left_out(sent: list[Any] | None, told: bool) -> None:
    lines = [{"id": "d", "subject": "employees", "categories": ["name", "login-details"]},
             {"id": "e", "subject": "customers", "categories": ["backups"]}]  # fmt: skip
    item = transfer(line("eu", "scc"), importer="P-002", activities=["A-002"], categories=sent)
    page = said(view(activity(2, data=lines), item, party(2)))
    assert ("Example 2 Ltd" in page) is told


def test_work_done_for_others_is_left_out() -> None:
    page = said(view(activity(role="processor"), transfer(line("eu", "scc"))))
    assert "Example 1 Ltd" not in page


def test_the_same_recipient_country_and_safeguard_are_one_row() -> None:
    twin = transfer(line("eu", "scc", **{"from": "2024-01-01"}), number=2, exporter="P-002",
                    categories=["name", "e-mail-address"])  # fmt: skip
    page = said(view(transfer(line("eu", "scc")), twin, party(2)))
    assert page.count("Example 1 Ltd") == 1
    assert "Name, e-mail address" in page
    other = transfer(line("eu", "bcr"), number=2)
    assert said(view(transfer(line("eu", "scc")), other)).count("Example 1 Ltd") == 2


# What is not yet confirmed


def confirmed(shown: View, regime: str) -> bool:
    return "Example 1 Ltd" not in said(shown, regime)


PLACES = [{"id": "1", "country": "DE"}, {"id": "2", "country": "IN", "operator": "P-002"}]


@pytest.mark.parametrize("regime", ["eu", "uk"])
def test_recorded_places_that_are_covered_are_not_called_unconfirmed(regime: str) -> None:
    serving = activity(recipients=[{"id": "r", "party": "P-001"}])
    for places, known in (
        ([{"id": "1", "country": "NO"}], True),
        ([{"id": "1", "country": "CH"}], True),
        ([{"id": "1", "country": "IN", "to": "2025-01-01"}, {"id": "2", "country": "SE"}], True),
        ([{"id": "1", "country": "IN"}], False),
        (PLACES, False),
        ([], False),
        ({"open": "Where?"}, False),
    ):
        assert confirmed(view(serving, party(places=places)), regime) is known, places


@pytest.mark.parametrize("regime", ["eu", "uk"])
def test_an_outside_place_with_a_recorded_transfer_is_confirmed(regime: str) -> None:
    serving = activity(recipients=[{"id": "r", "party": "P-001"}])
    onward = transfer(line(regime, "bcr"), exporter="O-001", importer="P-002")
    assert confirmed(view(serving, party(places=PLACES), party(2), onward), regime)


def test_only_the_parties_of_one_organisation_are_named() -> None:
    theirs = organisation(2, name="Other AS")
    serving = activity(2, organisations=["O-002"], recipients=[{"id": "r", "party": "P-002"}])
    shown = view(theirs, serving, party(2), transfer(line("eu", "scc")))
    assert "Example 2 Ltd" in said(shown)
    assert "Example 2 Ltd" not in said(shown, organisation=organisation())


# The page for the United Kingdom, rights and words


def test_the_uk_page_begins_where_we_are() -> None:
    page = said(view(transfer(line("uk", "idta"))), "uk")
    assert "when we send it abroad" in page
    assert "We are in Norway. UK law recognises the countries of the European Economic" in page
    assert "Norway, where we are" in page
    home = said(view(organisation(country="GB"), transfer(line("uk", "idta"))), "uk")
    assert "when it leaves the UK" in home
    assert "UK law recognises" not in home


@LANGUAGES
def test_only_data_protection_authorities_are_named_for_complaints(language: str) -> None:
    bodies = [
        {"id": "1", "regime": "eu", "authority": "Forbrukertilsynet",
         "matter": "Electronic marketing"},
        {"id": "2", "regime": "eu", "authority": "Datatilsynet", "matter": "Personal data"},
        {"id": "3", "regime": "uk", "authority": "UK Information Commissioner's Office",
         "matter": "Complaints"},
    ]  # fmt: skip
    shown = view(organisation(supervisory_authorities=bodies))
    page = said(shown, "eu", language)
    assert "Datatilsynet" in page
    assert "Forbrukertilsynet" not in page
    english = said(shown, "uk")
    assert "complain to the UK Information Commissioner's Office." in english
    assert "Datatilsynet" not in english


def test_two_authorities_are_joined_in_the_language() -> None:
    bodies = [[{"id": "1", "regime": "eu", "authority": name}] for name in ("One", "Two")]
    shown = view(*(organisation(n, supervisory_authorities=body)
                   for n, body in enumerate(bodies, 1)))  # fmt: skip
    told = said(shown)
    assert "complain to One and Two, or to the data protection authority where you live" in told
    assert "klage til One og Two eller til tilsynsmyndigheten der du bor" in said(shown, "eu", "nb")


def test_no_mark_is_doubled() -> None:
    item = transfer(line("eu", "scc", instrument="Decision 1."), purpose="To send.",
                    data_detail="Names.")  # fmt: skip
    page = said(view(item, organisation(address="Street 1.", name="Shop Inc.")))
    assert ".." not in page
    assert ".," not in page.replace("Inc.,", "")


def test_the_legend_names_the_countries() -> None:
    page = said(view(transfer(line("eu", "scc"))))
    assert "safeguard stated below: India" in page
    assert "Norway, where we are" in page
    assert "where we are" not in said(view())


@pytest.mark.parametrize(
    ("language", "ended"),
    [("en", "for these purposes: process orders, bookkeeping and accounting."),
     ("nb", "for disse formålene: behandle bestillinger, bokføring og regnskap.")],
)  # fmt: skip
def test_purposes_after_a_colon_begin_with_a_small_letter(language: str, ended: str) -> None:
    lines = [{"id": "1", "purpose": "process-orders"}, {"id": "2", "purpose": "bookkeeping"}]
    asked = activity(purposes=lines, recipients={"open": "Who?"})
    assert ended in said(view(asked, transfer(line("eu", "scc"))), language=language)


# What has ended, and whom a part is for


@pytest.mark.parametrize("regime", ["eu", "uk"])
@pytest.mark.parametrize(
    "more",
    [
        {"to": "2026-01-20", "frequency": "one-off"},
        {"exporter": "P-001", "importer": "P-002"},
        {"exporter": "P-001", "importer": "P-002", "to": "2026-01-20"},
        {"activities": None, "to": "2026-01-20"},
    ],
)
def test_a_recipient_of_a_recorded_transfer_is_not_called_unconfirmed(
    regime: str, more: dict[str, Any]
) -> None:
    serving = activity(recipients=[{"id": "r", "party": "P-001"}])
    page = said(view(serving, party(2), transfer(line(regime, "scc"), **more)), regime)
    assert "whether your data stays inside" not in page


@pytest.mark.parametrize("more", [{"activities": ["A-009"]}, {"destination": "DE"}])
def test_a_transfer_of_other_data_or_inside_says_nothing_of_these(more: dict[str, Any]) -> None:
    serving = activity(recipients=[{"id": "r", "party": "P-001"}])
    elsewhere = activity(9, data=[{"id": "d", "subject": "employees"}])
    page = said(view(serving, elsewhere, transfer(line("eu", "scc"), **more)))
    assert "whether your data stays inside" in page


@pytest.mark.parametrize(
    ("language", "whom"),
    [
        ("en", ("For people in the EU and EEA", "For people in the United Kingdom")),
        ("nb", ("For personer i EU og EØS", "For personer i Storbritannia")),
    ],
)
def test_each_of_two_parts_begins_with_whom_it_is_for(language: str, whom: tuple[str, str]) -> None:
    shown = view(transfer(line("eu", "scc"), line("uk", "idta")))
    page = said(shown, None, language)
    eu, uk = (page.index(heading) for heading in whom)
    title = "How your data" if language == "en" else "Slik"
    assert eu < page.index(title) < uk < page.rindex(title)
    outline = [str(mark.title) for mark in pypdf.PdfReader(
        io.BytesIO(pdf(shown, None, language))).outline]  # type: ignore[union-attr]  # fmt: skip
    assert [mark.partition(":")[0] for mark in outline[:2]] == list(whom)
