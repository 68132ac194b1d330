"""The sample nordlys: complete, clearly fictitious, and kept over three years."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ropa_app.model.field import Field
from ropa_app.model.kinds import KINDS
from ropa_app.model.state import AsTyped, NotApplicable
from ropa_app.model.vocabulary import vocabulary
from ropa_app.paths import resources
from ropa_app.register.verify import verify
from ropa_app.rules.agreement_status import agreement_state

TODAY = date(2026, 11, 22)
TEXT = resources("samples", "nordlys.json").read_text(encoding="utf-8")
SAMPLE: dict[str, Any] = json.loads(TEXT)
STEPS: list[dict[str, Any]] = SAMPLE["steps"]
KIND_OF = {item["key"]: item["kind"] for step in STEPS for item in step.get("add", ())}


def test_the_register_made_from_it_is_sound(nordlys: Any) -> None:
    assert verify(nordlys.register) == []


def all_values(fields: tuple[Field, ...], values: Mapping[str, Any]) -> Iterator[tuple[Field, Any]]:
    """Every field that holds something, and its value; columns of lines and periods too."""
    for field in fields:
        value = values.get(field.key)
        if value is None:
            continue
        yield field, value
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict) and field.columns:
                yield from all_values(field.columns, item)


# --- the file ----------------------------------------------------------------------------------


def test_the_file_says_what_it_is_in_both_languages() -> None:
    assert (SAMPLE["id"], SAMPLE["language"]) == ("nordlys", "en")
    assert SAMPLE["name"] == "Nordlys Handel AS (fictitious)"
    assert SAMPLE["time_zone"] == "Europe/Oslo"
    assert "fictitious" in SAMPLE["about"]["en"]
    assert "oppdiktet" in SAMPLE["about"]["nb"]


def test_the_file_can_be_read_and_compared_line_by_line() -> None:
    assert TEXT.endswith("}\n")
    assert max(len(row) for row in TEXT.splitlines()) < 1000
    assert TEXT.count("\n") > 2000


def test_steps_run_in_order_over_three_years() -> None:
    moments = [datetime.fromisoformat(step["at"]) for step in STEPS]
    assert all(moment.tzinfo for moment in moments)
    assert all(earlier < later for earlier, later in pairwise(moments))
    assert moments[0].date() == date(2023, 11, 20)
    assert moments[-1].date() == date(2026, 11, 18)
    assert len(STEPS) >= 20


def test_every_step_gives_the_offset_of_oslo_on_its_day() -> None:
    for step in STEPS:
        moment = datetime.fromisoformat(step["at"])
        assert moment.utcoffset() == moment.astimezone(ZoneInfo("Europe/Oslo")).utcoffset()


def test_steps_hold_only_what_the_format_knows() -> None:
    for step in STEPS:
        assert set(step) <= {"at", "who", "add", "set", "delete", "attach"}
        assert len(step) > 2
        assert all(set(item) == {"kind", "key", "fields"} for item in step.get("add", ()))
        assert all(set(item) == {"record", "fields"} for item in step.get("set", ()))
        assert all(set(item) == {"record", "name", "text"} for item in step.get("attach", ()))


def test_no_step_sets_what_already_stands_there() -> None:
    seen: dict[str, dict[str, Any]] = {}
    for step in STEPS:
        for item in step.get("add", ()):
            seen[item["key"]] = dict(item["fields"])
        for item in step.get("set", ()):
            for name, value in item["fields"].items():
                assert seen[item["record"]].get(name) != value, (item["record"], name)
                seen[item["record"]][name] = value


@pytest.mark.parametrize("number", range(len(STEPS)))
def test_every_value_is_read_and_every_link_leads_to_a_record_that_stands(
    nordlys: Any, number: int
) -> None:
    view = nordlys.view_on(datetime.fromisoformat(STEPS[number]["at"]).date())
    standing = {found.id for found in view.records.values() if not found.deleted}
    for found in view.records.values():
        for reference in view.links_to(found.id):
            assert reference.target in standing, (nordlys.key_of[reference.source], reference.field)


def test_only_the_planted_text_is_held_as_typed(nordlys: Any) -> None:
    odd = [
        (nordlys.key_of[found.id], field.key, item.text)
        for found in nordlys.view_on(TODAY).records.values()
        for field, value in all_values(found.kind.fields, found.values)
        for item in (value if isinstance(value, list) else [value])
        if isinstance(item, AsTyped)
    ]
    assert odd == [("d-shop", "review", "31.02.2026")]


def test_lines_have_ids_of_their_own_once_per_field() -> None:
    for step in STEPS:
        for item in (*step.get("add", ()), *step.get("set", ())):
            kind = KINDS[KIND_OF[item.get("key") or item["record"]]]
            for name, value in item["fields"].items():
                if kind.field(name).kind == "lines" and isinstance(value, list):
                    ids = [row["id"] for row in value]
                    assert len(ids) == len(set(ids))
                    assert all(re.fullmatch(r"[a-z0-9-]{1,24}", row) for row in ids)


PAST = {
    "signed", "terminated", "requested", "sent", "done_on", "reviewed_on", "approved_on",
    "received", "answered", "published", "replaced", "notified_on", "checked_on", "ended", "on",
}  # fmt: skip
# Notice was given a month before; the day itself stood in the letter.
ANNOUNCED = {("d-helpdesk", "terminated")}


def test_nothing_is_recorded_before_it_happened() -> None:
    for step in STEPS:
        day = step["at"][:10]
        for item in (*step.get("add", ()), *step.get("set", ())):
            key = item.get("key") or item["record"]
            for field, value in all_values(KINDS[KIND_OF[key]].fields, item["fields"]):
                if (
                    field.key in PAST
                    and isinstance(value, str)
                    and (key, field.key) not in ANNOUNCED
                ):
                    assert value <= day, (step["at"], key, field.key)


# --- what it holds -----------------------------------------------------------------------------

LEAST = {
    "organisation": 2, "activity": 25, "party": 40, "agreement": 40, "transfer": 30,
    "retention": 10, "measure": 20, "system": 12, "assessment": 20, "document": 6, "notice": 6,
    "request": 6, "term": 3,
}  # fmt: skip


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "register"])
def test_there_is_enough_of_every_kind(nordlys: Any, kind: str) -> None:
    assert len(nordlys.held(kind)) >= LEAST[kind]


@pytest.mark.parametrize(
    ("kind", "field", "names"),
    [
        ("party", "sectors", "sector"),
        ("assessment", "kind", "assessment-kind"),
        ("agreement", "kind", "agreement-kind"),
        ("activity", "role", "role"),
        ("transfer", "kinds", "transfer-kind"),
        ("transfer", "frequency", "frequency"),
        ("transfer", "our_place", "transfer-role"),
        ("request", "kind", "request-kind"),
        ("notice", "kind", "notice-kind"),
    ],
)
def test_vocabularies_used_throughout(nordlys: Any, kind: str, field: str, names: str) -> None:
    left_out = {
        "request-kind": {"rectification", "restriction", "automated-decisions", "withdraw-consent"},
        "notice-kind": {"other"},
    }
    assert set(vocabulary(names).terms) - left_out.get(names, set()) <= nordlys.used(kind, field)


PURPOSES = (
    "process-orders", "manage-customer-accounts", "customer-support", "send-newsletters",
    "advertising-and-retargeting", "web-analytics", "consent-management", "fraud-prevention",
    "reviews", "competitions", "loyalty-programme", "bookkeeping", "payroll",
    "personnel-administration", "sick-leave-follow-up", "recruitment", "camera-surveillance",
    "access-control", "whistleblowing-channel", "it-operations", "security-monitoring",
    "answer-data-subject-requests", "supplier-management", "manage-customer-relations",
    "product-safety-recalls", "social-media-presence", "support-for-customers",
)  # fmt: skip


@pytest.mark.parametrize("purpose", PURPOSES)
def test_an_activity_serves_the_purpose(nordlys: Any, purpose: str) -> None:
    found = {row["purpose"] for item in nordlys.held("activity") for row in item.lines("purposes")}
    assert purpose in found


def test_activities_say_what_article_30_asks_for(nordlys: Any) -> None:
    for found in nordlys.held("activity"):
        assert found.text("name")
        assert found.items("organisations")
        assert found.lines("purposes")
        assert found.lines("data")
        assert found.lines("recipients")
        assert found.text("security_description")


# --- agreements --------------------------------------------------------------------------------

NOT_IN_FORCE = {
    "d-secops": "claimed",
    "d-vakt": "requested",
    "d-lojalitet": "negotiating",
    "d-recruit": "signed",
    "d-hr": "expiring",
    "d-recruit-2024": "expiring",
    "d-reviews": "expired",
    "d-host-2021": "superseded",
    "d-helpdesk": "terminated",
    "d-card": "not-required",
    "d-post": "not-required",
    "d-kreditt": "not-required",
    "d-inkasso": "not-required",
    "d-revisjon": "not-required",
    "d-bank": "not-required",
    "d-pensjon": "not-required",
    "d-forsikring": "not-required",
    "d-bht": "not-required",
    "d-renhold": "not-required",
    "d-advokat": "not-required",
    "d-tele": "not-required",
    "d-reiser": "not-required",
    "d-forening": "not-required",
}


@pytest.mark.parametrize("key", sorted(key for key, kind in KIND_OF.items() if kind == "agreement"))
def test_agreements_stand_as_expected(nordlys: Any, key: str) -> None:
    assert nordlys.status_of(key) == NOT_IN_FORCE.get(key, "in-force")


def test_a_processor_is_used_without_any_agreement(nordlys: Any) -> None:
    printer = nordlys.id_of("eksempel-trykkeri")
    state = agreement_state(
        nordlys.view_on(TODAY), printer, "processor", nordlys.id_of("nordlys"), TODAY
    )
    assert state.status == "missing"
    assert nordlys.view_on(TODAY).sources(printer, "agreement") == []


def test_every_status_occurs(nordlys: Any) -> None:
    found = {*NOT_IN_FORCE.values(), nordlys.status_of("d-shop"), "missing"}
    assert found == set(vocabulary("agreement-status").terms)


def test_where_no_agreement_is_needed_the_reason_is_given(nordlys: Any) -> None:
    none_needed = [
        found for found in nordlys.held("agreement") if found.text("kind") == "none-needed"
    ]
    assert none_needed
    assert all(found.text("reason_none") for found in none_needed)


@pytest.mark.parametrize(
    ("kind", "begins"),
    [
        ("processor-agreement", ("28", "authorisation", "notice", "deletion")),
        ("joint-arrangement", ("26",)),
        ("controller-to-controller", ("controller",)),
    ],
)
def test_checklists_of_signed_agreements_are_filled(
    nordlys: Any, kind: str, begins: tuple[str, ...]
) -> None:
    points = {term for term in vocabulary("checklist-point").terms if term.startswith(begins)}
    signed = [a for a in nordlys.held("agreement") if a.text("kind") == kind and a.text("signed")]
    assert signed
    for found in signed:
        rows = found.lines("checklist")
        assert {row["point"] for row in rows} == points
        assert all(row.get("clause") or row.get("remark") for row in rows)


# --- transfers ---------------------------------------------------------------------------------


def test_every_mechanism_occurs_and_every_module_is_relied_on(nordlys: Any) -> None:
    rows = [row for found in nordlys.held("transfer") for row in found.lines("safeguards")]
    mechanisms = {row["mechanism"] for row in rows if isinstance(row["mechanism"], str)}
    assert mechanisms == set(vocabulary("mechanism").terms)
    modules = {
        (row["mechanism"], module)
        for row in rows
        if row.get("reliance") == "relied-on"
        for module in row.get("modules", ())
    }
    assert {("scc", module) for module in vocabulary("scc-module").terms} <= modules


def test_transfers_go_far_and_under_both_regimes(nordlys: Any) -> None:
    assert len({found.text("destination") for found in nordlys.held("transfer")}) >= 25
    regimes = [
        {row["regime"] for row in found.lines("safeguards")} for found in nordlys.held("transfer")
    ]
    assert sum(found == {"eu", "uk"} for found in regimes) >= 30


# Until the end of 2020 the rules of the EU applied in the United Kingdom.
BEGAN = {"eu": date(2018, 5, 25), "uk": date(2021, 1, 1)}


def holds(row: Mapping[str, Any], day: date) -> bool:
    return bool(row.get("from", "") <= day.isoformat() <= row.get("to", "9999"))


@pytest.mark.parametrize("key", sorted(key for key, kind in KIND_OF.items() if kind == "transfer"))
def test_one_line_per_regime_is_relied_on_at_a_date(nordlys: Any, key: str) -> None:
    found = nordlys.record(key)
    rows = [row for row in found.lines("safeguards") if row.get("reliance") == "relied-on"]
    edges = [date.fromisoformat(row[end]) for row in rows for end in ("from", "to") if end in row]
    days = {edge + timedelta(days=step) for edge in edges for step in (-1, 0, 1)} | {TODAY}
    for regime in {row["regime"] for row in rows}:
        for day in days:
            relied_on = [row for row in rows if row["regime"] == regime and holds(row, day)]
            assert len(relied_on) <= 1, (regime, day)
            began = found.text("from") and day >= BEGAN[regime]
            if holds(found.values, day) and (began or day == TODAY):
                assert len(relied_on) == 1, (regime, day)


def test_fallbacks_stand_beside_what_is_relied_on(nordlys: Any) -> None:
    for found in nordlys.held("transfer"):
        # Of a mechanism that is not known nothing is relied on yet.
        rows = [row for row in found.lines("safeguards") if isinstance(row["mechanism"], str)]
        regimes = {row["regime"] for row in rows if row["reliance"] == "relied-on"}
        assert {row["regime"] for row in rows} == regimes
    fallbacks = [
        row.get("reliance")
        for found in nordlys.held("transfer")
        for row in found.lines("safeguards")
    ]
    assert fallbacks.count("fallback") >= 4


def test_sub_processors_go_three_levels_deep(nordlys: Any) -> None:
    graph = nordlys.chain()
    assert "example-mail-us" in graph["example-mail"]
    assert "example-cloud" in graph["example-mail-us"]
    assert "example-cloud-kr" in graph["example-cloud"]


def test_sub_processors_turn_back_on_themselves(nordlys: Any) -> None:
    graph = nordlys.chain()
    assert "example-backup" in graph["example-hosting"]
    assert "example-hosting" in graph["example-backup"]


# --- papers ------------------------------------------------------------------------------------


def test_documents_carry_short_texts_of_their_own() -> None:
    attached = [item for step in STEPS for item in step.get("attach", ())]
    assert len({item["record"] for item in attached}) >= 6
    for item in attached:
        assert KIND_OF[item["record"]] == "document"
        assert re.fullmatch(r"[a-z0-9-]+\.txt", item["name"])
        assert 40 < len(item["text"]) < 2000


def test_notices_follow_one_another(nordlys: Any) -> None:
    privacy = [f"n-privacy-{number}" for number in (1, 2, 3)]
    dates = [
        (nordlys.record(key).text("published"), nordlys.record(key).text("replaced"))
        for key in privacy
    ]
    assert dates == [
        ("2023-12-01", "2025-01-15"), ("2025-01-15", "2026-02-16"), ("2026-02-16", ""),
    ]  # fmt: skip
    shop = [
        nordlys.record("a-shop", date(year, 6, 30)).items("notices") for year in (2024, 2025, 2026)
    ]
    assert shop == [[nordlys.id_of(key)] for key in privacy]


@pytest.mark.parametrize(
    ("key", "field", "column"),
    [
        ("term-sizes", "data", "categories"),
        ("term-collect", "purposes", "purpose"),
        ("term-testers", "data", "subject"),
    ],
)
def test_own_terms_are_used(nordlys: Any, key: str, field: str, column: str) -> None:
    values = [row.get(column) for found in nordlys.held("activity") for row in found.lines(field)]
    flat = {i for value in values for i in (value if isinstance(value, list) else [value])}
    assert nordlys.id_of(key) in flat
    own = nordlys.record(key)
    assert own.text("name_nb")
    assert own.text("help_text")
    assert own.text("vocabulary") == KINDS["activity"].field(field).column(column).vocabulary


# --- nobody real -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "key", sorted(k for k, v in KIND_OF.items() if v in ("party", "organisation"))
)
def test_names_are_clearly_made_up(nordlys: Any, key: str) -> None:
    name = nordlys.record(key).text("name")
    assert re.search(r"\b(Example|Eksempel|Advokatfirmaet Eksempel)", name) or "fictitious" in name
    number = nordlys.record(key)["organisation_number"]
    assert number is None or isinstance(number, NotApplicable)


def test_addresses_on_the_net_end_in_example() -> None:
    mail = re.findall(r"[\w.+-]+@([\w.-]+\w)", TEXT)
    web = re.findall(r"(?:https?://|www\.)([\w.-]+\w)", TEXT)
    assert mail
    assert web
    assert {domain.rpartition(".")[2] for domain in (*mail, *web)} == {"example"}


def test_people_appear_only_as_roles(nordlys: Any) -> None:
    roles = {
        "privacy", "it", "hr", "finance", "support", "marketing", "sales", "warehouse", "post",
        "compliance", "dpo",
    }  # fmt: skip
    assert set(re.findall(r"([\w.+-]+)@", TEXT)) <= roles
    assert {step["who"] for step in STEPS} <= {f"{role}@nordlys.example" for role in roles}
    assert not re.search(r"\+\d{6,}|\b\d{3} \d{3} \d{3}\b|\b\d{9}\b", TEXT)
