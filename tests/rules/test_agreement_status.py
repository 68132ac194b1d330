"""The status of an agreement on the day before, on and after each of its dates."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa_app.model.record import Record
from ropa_app.model.state import AsTyped, NotApplicable, Open, Redacted
from ropa_app.model.vocabulary import OwnTerms
from ropa_app.model.words import Words
from ropa_app.register.view import Head, View
from ropa_app.rules.agreement_status import agreement_state, agreement_status
from ropa_app.rules.party_states import organisations_of, party_states

STATUSES = {
    "missing", "claimed", "requested", "negotiating", "signed", "in-force", "expiring", "expired",
    "superseded", "terminated", "not-required",
}  # fmt: skip
WORDS = {lang: Words(lang, OwnTerms(), lambda identifier: "X") for lang in ("en", "nb")}


def agreement(**values: Any) -> Record:
    return Record("agreement", 1, str(uuid.uuid4()), {"kind": "processor-agreement", **values})


def status_on(record: Record, day: str, expiring_days: int = 60, view: View | None = None) -> str:
    return agreement_status(record, date.fromisoformat(day), expiring_days, view).status


SEEN = {"evidence": "seen"}
RUN = {**SEEN, "signed": "2026-03-01", "expires": "2026-12-31"}


@pytest.mark.parametrize(
    ("values", "day", "expected"),
    [
        ({}, "2026-05-01", "missing"),
        ({"evidence": "none"}, "2026-05-01", "missing"),
        ({"requested": "2026-05-02"}, "2026-05-01", "missing"),
        ({"requested": "2026-05-02"}, "2026-05-02", "requested"),
        ({"requested": "2026-05-02"}, "2026-05-03", "requested"),
        ({"requested": "2026-05-02", "sent": "2026-06-01"}, "2026-05-31", "requested"),
        ({"requested": "2026-05-02", "sent": "2026-06-01"}, "2026-06-01", "negotiating"),
        ({"requested": "2026-05-02", "sent": "2026-06-01"}, "2026-06-02", "negotiating"),
        ({"requested": "2026-06-02", "sent": "2026-06-01"}, "2026-06-03", "negotiating"),
        ({**SEEN, "sent": "2026-06-01", "signed": "2026-07-01"}, "2026-06-30", "negotiating"),
        ({**SEEN, "sent": "2026-06-01", "signed": "2026-07-01"}, "2026-07-01", "in-force"),
        ({**SEEN, "sent": "2026-06-01", "signed": "2026-07-01"}, "2026-07-02", "in-force"),
        ({**SEEN, "signed": "2026-07-01"}, "2026-06-30", "missing"),
        ({**SEEN, "signed": "2026-07-01", "effective": "2026-08-01"}, "2026-06-30", "missing"),
        ({**SEEN, "signed": "2026-07-01", "effective": "2026-08-01"}, "2026-07-01", "signed"),
        ({**SEEN, "signed": "2026-07-01", "effective": "2026-08-01"}, "2026-07-31", "signed"),
        ({**SEEN, "signed": "2026-07-01", "effective": "2026-08-01"}, "2026-08-01", "in-force"),
        ({**SEEN, "signed": "2026-07-01", "effective": "2026-08-01"}, "2026-08-02", "in-force"),
        ({**SEEN, "signed": "2026-07-01", "effective": "2026-06-01"}, "2026-06-15", "missing"),
        ({**SEEN, "signed": "2026-07-01", "effective": "2026-06-01"}, "2026-07-01", "in-force"),
        ({**SEEN, "effective": "2026-08-01"}, "2026-07-31", "signed"),
        ({**SEEN, "effective": "2026-08-01"}, "2026-08-01", "in-force"),
        (RUN, "2026-10-31", "in-force"),
        (RUN, "2026-11-01", "expiring"),  # 60 days before the last day
        (RUN, "2026-11-02", "expiring"),
        (RUN, "2026-12-30", "expiring"),
        (RUN, "2026-12-31", "expiring"),
        (RUN, "2027-01-01", "expired"),
        (RUN, "2027-01-02", "expired"),
        ({**RUN, "terminated": "2026-10-01"}, "2026-07-31", "in-force"),
        ({**RUN, "terminated": "2026-10-01"}, "2026-09-30", "expiring"),
        ({**RUN, "terminated": "2026-10-01"}, "2026-10-01", "terminated"),
        ({**RUN, "terminated": "2026-10-01"}, "2026-10-02", "terminated"),
        ({"kind": "none-needed"}, "2026-05-01", "not-required"),
        ({"kind": "none-needed", **RUN}, "2026-05-01", "not-required"),
        ({"kind": "none-needed", **RUN}, "2027-05-01", "expired"),
        ({"kind": "none-needed", "terminated": "2026-05-01"}, "2026-05-01", "terminated"),
    ],
)  # fmt: skip
def test_status_by_day(values: dict[str, Any], day: str, expected: str) -> None:
    assert status_on(agreement(**values), day) == expected


def test_expiring_begins_so_many_days_before_the_last_day() -> None:
    record = agreement(**RUN)
    last = date(2026, 12, 31)
    for days in (0, 1, 30, 90):
        assert agreement_status(record, last - timedelta(days), days).status == "expiring"
        assert agreement_status(record, last - timedelta(days + 1), days).status == "in-force"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"evidence": "claimed"}, "claimed"),
        ({"evidence": "claimed", "signed": "2026-03-01"}, "claimed"),
        ({"evidence": "claimed", "effective": "2026-03-01"}, "claimed"),
        ({"evidence": "claimed", "requested": "2026-03-01", "sent": "2026-03-02"}, "claimed"),
        ({"evidence": "claimed", "sent": "2026-03-01", "signed": "2026-09-01"}, "negotiating"),
        ({"evidence": "none", "signed": "2026-03-01"}, "claimed"),
        ({"signed": "2026-03-01"}, "claimed"),
        ({"evidence": Open("where is it?"), "signed": "2026-03-01"}, "claimed"),
        ({"evidence": AsTyped("sett?"), "signed": "2026-03-01"}, "claimed"),
        ({"effective": "2026-03-01"}, "claimed"),
        ({"evidence": "seen"}, "claimed"),
        ({"evidence": "seen", "signed": Open("when?")}, "claimed"),
        ({"evidence": "seen", "signed": AsTyped("31.02.2026")}, "claimed"),
        ({"evidence": "seen", "sent": "2026-03-01", "signed": Open("when?")}, "negotiating"),
    ],
)
def test_only_a_text_that_was_seen_and_dated_binds(values: dict[str, Any], expected: str) -> None:
    assert status_on(agreement(**values), "2026-06-01") == expected


@pytest.mark.parametrize("state", [Open("?"), AsTyped("31.02.2026"), Redacted()])
def test_an_unknown_first_day_is_not_the_day_of_signature(state: object) -> None:
    record = agreement(evidence="seen", signed="2026-03-01", effective=state)
    assert status_on(record, "2026-06-01") == "signed"


def test_a_first_day_that_does_not_apply_means_from_signature() -> None:
    state = NotApplicable("from signature")
    record = agreement(evidence="seen", signed="2026-03-01", effective=state)
    assert status_on(record, "2026-06-01") == "in-force"


@pytest.mark.parametrize("key", ["expires", "terminated"])
@pytest.mark.parametrize("state", [Open("?"), AsTyped("31.02.2026"), NotApplicable("no end")])
def test_an_end_in_another_state_is_no_end(key: str, state: object) -> None:
    record = agreement(evidence="seen", signed="2026-03-01", **{key: state})
    assert status_on(record, "2036-06-01") == "in-force"


def test_since_and_until_and_reason() -> None:
    record = agreement(**SEEN, signed="2026-07-01", effective="2026-08-01", expires="2027-07-31")
    signed = agreement_status(record, date(2026, 7, 15), 60)
    assert (signed.since, signed.until) == (date(2026, 7, 1), date(2026, 7, 31))
    assert signed.reason_words(WORDS["en"]) == "It is signed and takes effect on 1 Aug 2026."
    running = agreement_status(record, date(2026, 9, 1), 60)
    assert (running.since, running.until) == (date(2026, 8, 1), date(2027, 7, 31))
    assert running.reason_words(WORDS["nb"]) == "Gjelder fra 01.08.2026 til og med 31.07.2027."
    claimed = agreement_status(agreement(signed="2026-07-01"), date(2026, 9, 1), 60)
    assert "no signed copy has been seen" in claimed.reason_words(WORDS["en"])
    none = agreement(kind="none-needed", reason_none="Posten {er} selv ansvarlig")
    reason = agreement_status(none, date(2026, 9, 1), 60).reason_words(WORDS["nb"])
    assert reason == "Avtale er ikke nødvendig: Posten {er} selv ansvarlig"


def test_superseded_only_once_the_next_is_in_force(desk: Any) -> None:
    new = desk.add("agreement", **SEEN, signed="2026-05-01", effective="2026-06-01")
    old = desk.add("agreement", **RUN, superseded_by=new.id)
    view = desk.view()
    assert status_on(old, "2026-05-31", view=view) == "in-force"
    assert status_on(old, "2026-06-01", view=view) == "superseded"
    found = agreement_status(old, date(2026, 6, 2), 60, view)
    assert (found.status, found.since) == ("superseded", date(2026, 6, 1))


@pytest.mark.parametrize(
    "flaw", [{"deleted": True}, {"evidence": "claimed"}, {"kind": "none-needed", "signed": None}]
)
def test_not_superseded_by_what_does_not_bind(desk: Any, flaw: dict[str, Any]) -> None:
    new = desk.add("agreement", **{**SEEN, "signed": "2026-05-01", **flaw})
    old = desk.add("agreement", **RUN, superseded_by=new.id)
    assert status_on(old, "2026-06-02", view=desk.view()) == "in-force"


def test_chains_and_circles_of_superseding_end(desk: Any) -> None:
    previous = desk.add("agreement", **SEEN, signed="2026-05-01")
    for _ in range(3000):
        previous = desk.add("agreement", kind="processor-agreement", superseded_by=previous.id)
    assert status_on(previous, "2026-06-01", view=desk.view()) == "superseded"
    itself = str(uuid.uuid4())
    one = Record("agreement", 9001, itself, {**RUN, "superseded_by": itself})
    view = View([one], date(2026, 6, 1), Head(1, "", ""))
    assert status_on(one, "2026-06-01", view=view) == "in-force"


def test_every_status_of_the_vocabulary_is_told_here() -> None:
    file = files("ropa_resources") / "vocabulary" / "agreement-status.json"
    data = json.loads(file.read_text("utf-8"))
    assert {term["id"] for term in data["terms"]} == STATUSES


_DATES = st.dates().map(date.isoformat)
_STATES = st.sampled_from([Open("?"), NotApplicable("no"), AsTyped("x"), Redacted(), None])
_ANY_DATE = st.one_of(_DATES, _STATES)
_VALUES = st.fixed_dictionaries(
    dict.fromkeys(("requested", "sent", "signed", "effective", "expires", "terminated"), _ANY_DATE)
    | {
        "evidence": st.one_of(st.sampled_from(["seen", "claimed", "none"]), _STATES),
        "kind": st.one_of(st.sampled_from(["processor-agreement", "none-needed"]), _STATES),
        "reason_none": st.one_of(st.text(), _STATES),
        "superseded_by": st.one_of(st.just("nowhere"), _STATES),
    }
)


@given(_VALUES, st.dates(), st.one_of(st.integers(-(2**63), 2**63), st.just(60)))
def test_never_raises_and_never_overstates(values: Any, day: date, expiring_days: int) -> None:
    record = Record("agreement", 1, "a", {k: v for k, v in values.items() if v is not None})
    view = View([record], day, Head(1, "", ""))
    found = agreement_status(record, day, expiring_days, view)
    assert found.status in STATUSES
    for words in WORDS.values():
        assert found.reason_words(words)
    if found.in_force:
        assert values["evidence"] == "seen"
        start = values["effective"] if isinstance(values["effective"], str) else values["signed"]
        assert start <= day.isoformat()
        assert not isinstance(values["expires"], str) or day.isoformat() <= values["expires"]
        assert not isinstance(values["terminated"], str) or day.isoformat() < values["terminated"]


@pytest.fixture
def company(desk: Any) -> Any:
    desk.us = desk.add("organisation", name="SmartGroup AS")
    desk.them = desk.add("party", name="Brevo")
    desk.line = {"id": "r1", "party": desk.them.id, "role": "processor"}
    return desk


def dpa(company: Any, **values: Any) -> Record:
    known = {
        "kind": "processor-agreement",
        "organisation": company.us.id,
        "party": company.them.id,
        **SEEN,
        "signed": "2026-01-01",
    }
    made: Record = company.add("agreement", **{**known, **values})
    return made


def state(company: Any, role: str = "processor", **more: Any) -> Any:
    view = company.view()
    return agreement_state(view, company.them.id, role, company.us.id, view.day, **more)


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("processor", "missing"), ("joint-controller", "missing"),
        ("independent-controller", "not-required"), ("public-authority", "not-required"),
        ("internal", "not-required"), ("not-determined", ""),
    ],
)  # fmt: skip
def test_without_any_agreement_the_role_decides(company: Any, role: str, expected: str) -> None:
    assert state(company, role).status == expected


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        ("processor", "processor-agreement"), ("joint-controller", "joint-arrangement"),
        ("independent-controller", "controller-to-controller"),
        ("public-authority", "controller-to-controller"),
        ("internal", "controller-to-controller"), ("not-determined", "processor-agreement"),
    ],
)  # fmt: skip
def test_an_agreement_of_the_right_kind_counts(company: Any, role: str, kind: str) -> None:
    record = dpa(company, kind=kind)
    assert (state(company, role).status, state(company, role).agreement) == ("in-force", record.id)


def test_an_agreement_of_another_kind_does_not_count(company: Any) -> None:
    dpa(company, kind="controller-to-controller")
    assert state(company, "processor").status == "missing"


def test_the_best_agreement_counts(company: Any) -> None:
    dpa(company, signed="2024-01-01", expires="2025-01-01")
    good = dpa(company)
    dpa(company, signed=None, requested="2026-02-01")
    found = state(company)
    assert (found.agreement, found.status, len(found.others)) == (good.id, "in-force", 2)


def test_an_agreement_covers_its_own_activities_and_organisation_only(company: Any) -> None:
    one, two = company.add("activity", name="One"), company.add("activity", name="Two")
    dpa(company, activities=[one.id])
    assert state(company, activity_id=one.id).status == "in-force"
    assert state(company, activity_id=two.id).status == "missing"
    sister = company.add("organisation", name="Sister AS")
    view = company.view()
    found = agreement_state(view, company.them.id, "processor", sister.id, view.day)
    assert found.status == "missing"


def test_an_agreement_without_our_organisation_counts_only_where_there_is_one(company: Any) -> None:
    dpa(company, organisation=None)
    assert state(company).status == "in-force"
    company.add("organisation", name="Sister AS")
    assert state(company).status == "missing"


@pytest.mark.parametrize("kind", ["processor-agreement", "none-needed"])
@pytest.mark.parametrize("unknown", [Open("which?"), AsTyped("the shop"), [Open("which others?")]])
def test_activities_that_are_not_settled_are_not_all(
    company: Any, unknown: object, kind: str
) -> None:
    one = company.add("activity", name="One")
    dpa(company, kind=kind, reason_none="Law", activities=unknown)
    found = state(company, activity_id=one.id)
    assert (found.status, found.found.doubtful) == ("claimed", True)
    assert "activities" in found.found.reason_words(WORDS["en"])
    assert "behandlingsaktiviteter" in found.found.reason_words(WORDS["nb"])


def test_a_named_activity_is_covered_whatever_else_is_open(company: Any) -> None:
    one = company.add("activity", name="One")
    dpa(company, activities=[one.id, Open("which others?")])
    assert state(company, activity_id=one.id).status == "in-force"


def test_no_limit_of_activities_is_no_question(company: Any) -> None:
    one = company.add("activity", name="One")
    dpa(company, activities=NotApplicable("a framework agreement"))
    assert state(company, activity_id=one.id).status == "in-force"


@pytest.mark.parametrize("several", [False, True])
@pytest.mark.parametrize("unknown", [Open("which?"), AsTyped("the group")])
def test_an_organisation_that_is_not_settled_is_not_ours(
    company: Any, unknown: object, several: bool
) -> None:
    if several:
        company.add("organisation", name="Sister AS")
    dpa(company, organisation=unknown)
    assert state(company).status == "claimed"
    assert "organisations" in state(company).found.reason_words(WORDS["en"])


def test_an_agreement_that_has_ended_stays_so_however_open_its_cover_is(company: Any) -> None:
    dpa(company, organisation=Open("which?"), terminated="2026-02-01")
    assert state(company).status == "terminated"


def test_an_agreement_in_force_goes_before_a_need_that_has_ended(company: Any) -> None:
    dpa(company, kind="none-needed", reason_none="Law", terminated="2026-02-01")
    assert state(company).status == "terminated"
    good = dpa(company, signed="2026-03-01", sent="2026-02-01")
    assert state(company).agreement == good.id


def test_the_services_of_an_agreement_are_named() -> None:
    record = agreement(**SEEN, signed="2026-03-01", services=["E-mail", "SMS"])
    found = agreement_status(record, date(2026, 6, 1), 60)
    assert found.services == ("E-mail", "SMS")
    assert found.reason_words(WORDS["en"]) == (
        "In force since 1 Mar 2026. Services covered: E-mail, SMS."
    )
    assert found.reason_words(WORDS["nb"]).endswith("Tjenester som omfattes: E-mail, SMS.")


def test_an_activity_of_nobody_is_everybodys(company: Any) -> None:
    sister = company.add("organisation", name="Sister AS")
    gone = company.add("organisation", name="Gone AS", deleted=True)
    ours = company.add("activity", name="Ours", organisations=[company.us.id])
    loose = company.add("activity", name="Loose", organisations=[gone.id])
    view = company.view()
    assert organisations_of(ours, view) == [company.us.id]
    assert organisations_of(loose, view) == [company.us.id, sister.id]


def test_an_agreement_named_for_the_case_counts_whoever_signed_it(company: Any) -> None:
    parent = company.add("party", name="Parent SA")
    record = dpa(company, party=parent.id)
    assert state(company).status == "missing"
    assert state(company, relied_on=record.id).status == "in-force"


def test_deleted_and_merged_records(company: Any) -> None:
    old = Record("party", 99, str(uuid.uuid4()), {"name": "Sendinblue"}, None, company.them.id)
    company.records.append(old)
    dpa(company)
    view = company.view()
    found = agreement_state(view, old.id, "processor", company.us.id, view.day)
    assert found.status == "in-force"
    company.records = company.records[:-1]
    dpa(company, deleted=True)
    assert state(company).status == "missing"


def test_party_states_lists_who_is_in_use(company: Any) -> None:
    both = {"organisations": [company.us.id], "recipients": [company.line]}
    one = company.add("activity", name="One", **both)
    two = company.add("activity", name="Two", **both)
    company.add("activity", name="Old", status="retired", **both)
    company.add("activity", name="Over", ended="2025-01-01", **both)
    unsure = {"id": "r2", "party": company.them.id, "role": Open("which?")}
    loose = company.add("activity", name="Loose", recipients=[unsure, AsTyped("somebody")])
    dpa(company, activities=[one.id])
    view = company.view()
    vague, clear = party_states(view, view.day)
    assert (clear.role, clear.organisation, clear.activities) == (
        "processor", company.us.id, (one.id, two.id)
    )  # fmt: skip
    assert clear.state.status == "missing"  # the second activity is not covered
    assert dict(clear.by_activity)[one.id].status == "in-force"
    # An activity that names no organisation is done by the only one there is.
    assert (vague.role, vague.organisation) == ("not-determined", company.us.id)
    assert vague.activities == (loose.id,)


def test_no_recipient_no_party_states(new_desk: Callable[[], Any]) -> None:
    view = new_desk().view()
    assert party_states(view, view.day) == []
