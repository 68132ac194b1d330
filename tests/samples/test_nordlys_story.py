"""The sample nordlys: the cases a register must carry, three years, and the planted gaps."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from ropa_app.model.kinds import KINDS
from ropa_app.model.state import AsTyped, Open
from ropa_app.paths import resources

TODAY = date(2026, 11, 22)
SAMPLE: dict[str, Any] = json.loads(
    resources("samples", "nordlys.json").read_text(encoding="utf-8")
)
GAPS: list[dict[str, Any]] = SAMPLE["gaps"]
KIND_OF = {item["key"]: item["kind"] for step in SAMPLE["steps"] for item in step.get("add", ())}


# --- the cases a register must carry -----------------------------------------------------------


def test_the_payment_company_has_two_roles(nordlys: Any) -> None:
    rows = nordlys.recipients("a-shop", "example-pay")
    assert [(row["role"], nordlys.key_of[row["agreement"]]) for row in rows] == [
        ("independent-controller", "d-pay-own"),
        ("processor", "d-pay-checkout"),
    ]


def test_the_french_e_mail_tool_and_its_american_sub_processor(nordlys: Any) -> None:
    assert nordlys.record("example-mail").text("country") == "FR"
    [listing] = nordlys.record("example-mail-us").lines("dpf")
    assert (listing["state"], listing["uk_extension"]) == ("active", "yes")
    transfer = nordlys.record("t-mail-us")
    assert transfer.text("exporter") == nordlys.id_of("example-mail")
    assert nordlys.safeguards("t-mail-us") == [
        ("eu", "adequacy", "relied-on", ()),
        ("eu", "scc", "fallback", ("module-3",)),
        ("uk", "adequacy", "relied-on", ()),
        ("uk", "uk-addendum", "fallback", ("module-3",)),
    ]


def test_the_page_on_social_media(nordlys: Any) -> None:
    page = nordlys.record("a-social")
    assert page.text("role") == "joint-controller"
    [row] = nordlys.recipients("a-social", "example-social")
    assert row["role"] == "joint-controller"
    transfer = nordlys.record("t-social-us")
    assert transfer.text("exporter") == nordlys.id_of("example-social")
    assert nordlys.record("example-social").text("name") == "Example Social Ireland Ltd"
    assert (nordlys.record("example-social").text("country"), transfer.text("destination")) == (
        "IE",
        "US",
    )


def test_payroll_with_a_british_parent_that_has_no_access(nordlys: Any) -> None:
    payroll = nordlys.record("eksempel-lonn")
    parent = nordlys.record("example-payroll-group")
    assert payroll.text("parent") == parent.id
    assert (parent.text("country"), payroll.text("parent_access")) == ("GB", "no")
    importers = {found.text("importer") for found in nordlys.held("transfer")}
    assert not {parent.id, payroll.id} & importers


def test_the_log_of_cookie_choices(nordlys: Any) -> None:
    kept = nordlys.line("a-cookies", "data", "d1")["retention"]
    assert (kept["amount"], kept["amount_to"], kept["unit"]) == (12, 24, "months")


def test_cameras_and_the_police_only_on_request(nordlys: Any) -> None:
    kept = nordlys.line("a-camera", "data", "d1")["retention"]
    assert (kept["amount"], kept["unit"], kept["event"]) == (7, "days", "recording-made")
    [police] = nordlys.recipients("a-camera", "example-police")
    assert police["role"] == "public-authority"
    assert "only on request" in police["purpose"].casefold()


def test_the_two_companies_share_a_crm(nordlys: Any) -> None:
    both = [nordlys.id_of("nordlys"), nordlys.id_of("logistikk")]
    assert nordlys.record("a-crm").items("organisations") == both
    assert nordlys.record("a-crm").text("role") == "joint-controller"


def test_recipients_named_only_by_category(nordlys: Any) -> None:
    rows = [row for found in nordlys.held("activity") for row in found.lines("recipients")]
    assert sum("category" in row and "party" not in row for row in rows) >= 10


def test_one_activity_is_done_for_another_controller(nordlys: Any) -> None:
    processing = [found for found in nordlys.held("activity") if found.text("role") == "processor"]
    assert [nordlys.key_of[found.id] for found in processing] == ["a-client"]
    [served] = processing[0].lines("controllers_served")
    assert served["controller"] == nordlys.id_of("example-outfitters")
    assert nordlys.key_of[served["agreement"]] == "d-client"


# --- three years -------------------------------------------------------------------------------


def test_a_vendor_was_replaced(nordlys: Any) -> None:
    before, after = date(2025, 3, 2), date(2025, 3, 3)
    assert nordlys.recipients("a-support", "example-helpdesk", before)
    assert "example-desk" not in {
        nordlys.key_of[found.id] for found in nordlys.view_on(before).of("party")
    }
    assert not nordlys.recipients("a-support", "example-helpdesk", after)
    assert nordlys.recipients("a-support", "example-desk", after)


def test_a_new_sub_processor_was_notified_and_answered(nordlys: Any) -> None:
    rows = [
        nordlys.line("example-desk", "sub_processors", "u1", date(2025, 5, day)) for day in (10, 28)
    ]
    assert [row["answer"] for row in rows] == ["not-answered", "accepted"]
    assert {row["objection_until"] for row in rows} == {"2025-06-01"}


@pytest.mark.parametrize(
    ("key", "changed", "before", "after"),
    [
        ("r-camera", date(2024, 10, 14), (30, "days"), (7, "days")),
        ("r-account", date(2025, 10, 6), (60, "months"), (36, "months")),
    ],
)
def test_periods_were_shortened(
    nordlys: Any, key: str, changed: date, before: tuple[int, str], after: tuple[int, str]
) -> None:
    periods = [nordlys.record(key, day)["period"] for day in (changed - timedelta(days=1), changed)]
    assert [(period["amount"], period["unit"]) for period in periods] == [before, after]


def test_an_impact_assessment_was_completed(nordlys: Any) -> None:
    days = (date(2024, 9, 1), date(2024, 9, 2))
    assert [nordlys.record("x-dpia-fraud", day).text("status") for day in days] == [
        "under-way",
        "completed",
    ]


def test_an_agreement_was_superseded(nordlys: Any) -> None:
    days = (date(2025, 12, 14), date(2025, 12, 15))
    assert [nordlys.status_of("d-host-2021", day) for day in days] == ["in-force", "superseded"]


def test_an_activity_was_retired_and_a_duplicate_deleted(nordlys: Any) -> None:
    assert nordlys.record("a-sms").text("status") == "retired"
    assert nordlys.record("example-helpdesk-copy").deleted
    assert not nordlys.record("example-helpdesk-copy", date(2026, 1, 11)).deleted


def test_the_addendum_took_the_place_of_the_old_clauses_in_time(nordlys: Any) -> None:
    uk = [
        row for row in nordlys.record("t-helpdesk-us").lines("safeguards") if row["regime"] == "uk"
    ]
    assert [(row["mechanism"], row.get("to", "")) for row in uk] == [
        ("scc-old", "2024-03-14"),
        ("uk-addendum", "2025-03-31"),
    ]


# --- gaps planted on purpose -------------------------------------------------------------------


def _open_in(rows: list[dict[str, Any]], column: str) -> bool:
    return any(isinstance(row.get(column), Open) for row in rows)


TRUE: dict[tuple[str, str], Callable[[Any], bool]] = {
    ("a-catalogue", "recipients"): lambda n: (
        [
            (row["role"], "agreement" in row)
            for row in n.recipients("a-catalogue", "eksempel-trykkeri")
        ]
        == [("processor", False)]
    ),
    ("t-support-in", "safeguards"): lambda n: (
        [
            (row["mechanism"], row["addendum_signed"])
            for row in n.record("t-support-in").lines("safeguards")
            if row["regime"] == "uk"
        ]
        == [("scc", "no")]
    ),
    ("a-competitions", "data"): lambda n: "retention" not in n.line("a-competitions", "data", "d1"),
    ("x-dpia-loyalty", "status"): lambda n: (
        n.record("x-dpia-loyalty").text("status") == "planned"
        and n.record("a-loyalty").text("processing_status") == "live"
        and n.record("a-loyalty").text("dpia_needed") == "yes"
    ),
    ("x-dpia-whistle", "next_review"): lambda n: (
        n.record("x-dpia-whistle").text("next_review") == "2026-05-20"
    ),
    ("a-analytics", "recipients"): lambda n: _open_in(
        n.record("a-analytics").lines("recipients"), "role"
    ),
    ("d-shop", "review"): lambda n: n.record("d-shop")["review"] == AsTyped("31.02.2026"),
    ("d-crm-group", "essence_published"): lambda n: (
        n.record("d-crm-group")["essence_published"] is None
        and n.answer_to("d-crm-group", "26-essence") == "no"
    ),
    ("d-reviews", "expires"): lambda n: (
        n.status_of("d-reviews") == "expired"
        and n.recipients("a-reviews", "example-reviews")[0]["role"] == "processor"
    ),
    ("a-b2b", "purposes"): lambda n: all(
        "assessment" not in row and "6-1-f" in row["legal_basis"]
        for row in n.record("a-b2b").lines("purposes")
    ),
    ("nordlys", "representatives"): lambda n: (
        n.record("nordlys")["representatives"] is None
        and "uk-3-2-a" in {row["reason"] for row in n.record("nordlys").lines("regimes")}
        and "GB" not in {row["country"] for row in n.record("nordlys").lines("establishments")}
    ),
    ("t-prepress-vn", "safeguards"): lambda n: _open_in(
        n.record("t-prepress-vn").lines("safeguards"), "mechanism"
    ),
    ("t-trust-id", "safeguards"): lambda n: _open_in(
        n.record("t-trust-id").lines("safeguards"), "authority_informed"
    ),
    ("t-prizes-gi", "safeguards"): lambda n: (
        [
            row["mechanism"]
            for row in n.record("t-prizes-gi").lines("safeguards")
            if row["regime"] == "eu" and "assessment" not in row
        ]
        == ["scc"]
    ),
    ("d-secops", "evidence"): lambda n: n.record("d-secops").text("evidence") == "claimed",
    ("d-vakt", "signed"): lambda n: (
        n.record("d-vakt")["signed"] is None and bool(n.recipients("a-camera", "eksempel-vakt"))
    ),
    ("d-lojalitet", "signed"): lambda n: (
        n.record("d-lojalitet")["signed"] is None
        and n.record("a-loyalty").text("processing_status") == "live"
    ),
    ("example-mail", "sub_processors"): lambda n: (
        [
            row["objection_until"] < TODAY.isoformat()
            for row in n.record("example-mail").lines("sub_processors")
            if row["answer"] == "not-answered"
        ]
        == [True]
    ),
    ("q-late", "answered"): lambda n: (
        n.record("q-late").text("received") == "2026-09-28"
        and n.record("q-late")["answered"] is None
        and n.record("q-late")["extended_until"] is None
    ),
    ("a-whistle", "data"): lambda n: (
        [
            "criminal_basis" in row
            for row in n.record("a-whistle").lines("data")
            if row.get("criminal") == "yes"
        ]
        == [False]
    ),
    ("r-packing", "period"): lambda n: n.record("r-packing")["period"]["amount"] == 2,
    ("d-arrangement", "checklist"): lambda n: n.answer_to("d-arrangement", "28-3-f") == "no",
}


def test_every_gap_is_known_here_and_once() -> None:
    named = [(gap["record"], gap["field"]) for gap in GAPS]
    assert sorted(named) == sorted(TRUE)
    assert len(named) >= 12


@pytest.mark.parametrize("gap", GAPS, ids=lambda gap: f"{gap['record']}.{gap['field']}")
def test_gaps_name_a_record_a_field_and_an_article(nordlys: Any, gap: dict[str, Any]) -> None:
    assert set(gap) == {"record", "field", "article", "gap"}
    assert not nordlys.record(gap["record"]).deleted
    assert KINDS[KIND_OF[gap["record"]]].has(gap["field"])
    assert re.search(r"\d", gap["article"])
    assert gap["gap"]["en"][-1] in ".?"
    assert gap["gap"]["nb"][-1] in ".?"
    assert gap["gap"]["en"] != gap["gap"]["nb"]


@pytest.mark.parametrize("place", sorted(TRUE), ids=".".join)
def test_gaps_are_really_there(nordlys: Any, place: tuple[str, str]) -> None:
    assert TRUE[place](nordlys)
