"""What the rules find, for every declared field and every state it can be in."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import Any

import pytest

from ropa_app.model.field import Field, RecordKind
from ropa_app.model.kinds import ALL_KINDS
from ropa_app.model.record import Record
from ropa_app.model.state import AsTyped, NotApplicable, Open
from ropa_app.model.vocabulary import vocabulary
from ropa_app.rules import findings as engine
from ropa_app.rules.findings import Finding, Found, rule, rules, run, summary, to_json
from ropa_app.rules.obligation import CONDITIONS, NEEDED_IN_LINES

STATES = {
    "open": Open("which one?"),
    "not applicable": NotApplicable("we have none"),
    "as typed": AsTyped("something {odd}"),
}
ROLES = ("controller", "joint-controller", "processor")
PLAIN = {
    "date": "2026-01-31", "number": 5, "country": "NO", "countries": ["NO"], "email": "a@b.no",
    "phone": "22 33 44 55", "url": "https://b.no", "organisation_number": "999 615 147",
    "texts": ["one"], "line_links": [], "file": None,
}  # fmt: skip


def filled(field: Field, desk: Any) -> Any:
    """A proper value of the field's kind; links lead to a new record of the first kind allowed."""
    if field.kind in ("term", "terms"):
        term = next(iter(vocabulary(field.vocabulary).terms))
        return [term] if field.many else term
    if field.kind in ("link", "links"):
        target = desk.add(field.links_to[0], name="Target").id
        return [target] if field.many else target
    if field.kind == "period":
        return {"amount": 3, "unit": "years"}
    if field.kind == "lines":
        line = {column.key: filled(column, desk) for column in field.columns}
        return [{"id": "line1", **{key: value for key, value in line.items() if value}}]
    return PLAIN.get(field.kind, "words")


def full(kind: RecordKind, desk: Any, /, **more: Any) -> Record:
    """A record of the kind with every field filled."""
    values = {field.key: filled(field, desk) for field in kind.fields} | more
    record: Record = desk.add(kind.key, **{k: v for k, v in values.items() if v is not None})
    return record


def of(desk: Any, record: Record) -> list[Finding]:
    """Findings of the record, those on agreements and on the law data left out."""
    apart = ("R-art28", "R-art4-", "R-law-")
    return [f for f in run(desk.view(), [record]) if not f.rule.startswith(apart)]


def roles_of(field: Field) -> tuple[str, ...]:
    """Roles under which the field is obligatory, by the three words a declaration may use."""
    return {"always": ROLES, "controller": ROLES[:2], "processor": ROLES[2:]}[field.obligatory]


OBLIGATORY = [
    pytest.param(kind, field, role, id=f"{kind.key}-{field.key}-{role}")
    for kind in ALL_KINDS
    for field in kind.fields
    if field.obligatory
    for role in (roles_of(field) if kind.has("role") else ("",))
]
EVERY_KIND = pytest.mark.parametrize("kind", ALL_KINDS, ids=lambda kind: kind.key)


def with_role(kind: RecordKind, role: str) -> dict[str, str]:
    return {"role": role, "status": "approved"} if role else {}


@EVERY_KIND
def test_a_full_record_is_without_findings(kind: RecordKind, desk: Any) -> None:
    assert of(desk, full(kind, desk)) == []


@pytest.mark.parametrize(("kind", "field", "role"), OBLIGATORY)
def test_an_empty_obligatory_field_is_found(
    kind: RecordKind, field: Field, role: str, desk: Any
) -> None:
    if field.key == "role":
        role = ""
    record = full(kind, desk, **{"status": "approved"} if kind.key == "activity" else {})
    values = {**record.values, **({"role": role} if role else {})}
    del values[field.key]
    record = Record(record.kind_key, record.number, record.id, values)
    (found,) = of(desk, record)
    assert (found.rule, found.record, found.field) == ("R-art30-01", record.id, field.key)
    is_error = kind.key == "activity" and bool(field.article)
    assert found.severity == ("error" if is_error else "warning")
    assert bool(found.article) == bool(field.article)
    words = desk.view().words("en")
    assert f"“{field.label}” is empty" in found.sentence(words)
    assert found.remedy_words(words)


@pytest.mark.parametrize(("kind", "field", "role"), OBLIGATORY)
@pytest.mark.parametrize("state", STATES)
def test_an_obligatory_field_in_another_state(
    kind: RecordKind, field: Field, role: str, state: str, desk: Any
) -> None:
    more = {**with_role(kind, role), field.key: STATES[state]}
    found = [(f.rule, f.severity, f.field) for f in of(desk, full(kind, desk, **more))]
    serious = "error" if kind.key == "activity" and field.article else "warning"
    expected = {
        "open": [("R-open-01", "question", field.key)],
        "not applicable": [],
        "as typed": [("R-text-01", serious, field.key)],
    }
    assert found == expected[state]


#: Asked for once the time to answer is extended: test_requests.py.
EXTENSION = ("extension_reason", "extension_told")
VOLUNTARY = [
    pytest.param(kind, field, id=f"{kind.key}-{field.key}")
    for kind in ALL_KINDS
    for field in kind.fields
    if not field.obligatory and field.key not in EXTENSION
]


@pytest.mark.parametrize(("kind", "field"), VOLUNTARY)
def test_a_field_nobody_demands(kind: RecordKind, field: Field, desk: Any) -> None:
    record = full(kind, desk)
    seen = {}
    for state, value in {**STATES, "nothing": None}.items():
        changed = Record(kind.key, 1, record.id, {**record.values, field.key: value})
        seen[state] = [f.severity for f in of(desk, changed) if f.field == field.key]
    silent: list[str] = []
    assert seen.pop("open") == ["question"]
    assert seen.pop("as typed") == ["warning"]
    assert seen == {"not applicable": silent, "nothing": silent}


COLUMNS = [
    pytest.param(kind, field, column, id=f"{kind.key}-{field.key}-{column.key}")
    for kind in ALL_KINDS
    for field in kind.fields
    if field.kind == "lines"
    for column in field.columns
]


@pytest.mark.parametrize(("kind", "field", "column"), COLUMNS)
def test_states_in_a_column_are_found(
    kind: RecordKind, field: Field, column: Field, desk: Any
) -> None:
    record = full(kind, desk)
    for state, expected in {"open": "R-open-01", "as typed": "R-text-01"}.items():
        line = {**record.values[field.key][0], column.key: STATES[state]}
        changed = Record(kind.key, 1, record.id, {**record.values, field.key: [line]})
        path = f"{field.key}.line1.{column.key}"
        assert expected in [f.rule for f in of(desk, changed) if f.field == path]
        (found,) = [f for f in of(desk, changed) if f.rule == expected and f.field == path]
        assert "in line 1 of" in found.sentence(desk.view().words("en"))


WHO, WHAT = {"subject": "customers"}, {"categories": ["name"]}
KEPT, NO_END = {"retention": {"amount": 1}}, {"retention": {"fate": "deleted"}}
CONSENT = {"legal_basis": ["consent"]}


def controller_activity(desk: Any, **more: Any) -> Record:
    activity = next(kind for kind in ALL_KINDS if kind.key == "activity")
    return full(activity, desk, role="controller", **more)


@pytest.mark.parametrize(
    ("field", "line", "path", "article", "severity"),
    [
        ("purposes", CONSENT, "purpose", "30(1)(b)", "error"),
        ("purposes", {"purpose": "marketing"}, "legal_basis", "6(1)", "warning"),
        ("data", {**WHAT, **KEPT}, "subject", "30(1)(c)", "error"),
        ("data", {**WHO, **KEPT}, "categories", "30(1)(c)", "error"),
        ("data", {**WHO, **WHAT}, "retention", "30(1)(f)", "error"),
        ("data", {**WHO, **WHAT, **NO_END}, "retention", "30(1)(f)", "error"),
        ("recipients", {"role": "processor"}, "party", "30(1)(d)", "error"),
        ("recipients", {"party": NotApplicable("only by category")}, "party", "30(1)(d)", "error"),
    ],
)  # fmt: skip
def test_a_line_that_says_too_little(
    field: str, line: dict[str, Any], path: str, article: str, severity: str, desk: Any
) -> None:
    lines = [{"id": "ok"}, {"id": "thin", **line}]
    for status, expected in {"approved": severity, "draft": "warning"}.items():
        record = controller_activity(desk, status=status, **{field: lines})
        thin = [f for f in of(desk, record) if f.field.startswith(f"{field}.thin.")]
        seen = [(f.rule, f.field, f.article, f.severity) for f in thin]
        assert seen == [("R-art30-02", f"{field}.thin.{path}", article, expected)]
        sentence = thin[0].sentence(desk.view().words("en"))
        assert "line 2 of" in sentence.lower()


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ("purposes", {"detail": "in our own words", **CONSENT}),
        ("purposes", {"purpose": NotApplicable("none"), **CONSENT}),
        ("recipients", {"internal_function": "Accounts"}),
        ("recipients", {"category": "banks"}),
        ("data", {**WHO, **WHAT, "retention": {"condition": "until unsubscribed"}}),
        ("data", {**WHO, **WHAT, "retention": NotApplicable("kept for good")}),
        ("data", {**WHO, **WHAT, "retention_rule": Open("which rule?")}),
    ],
)
def test_a_line_that_says_enough(field: str, line: dict[str, Any], desk: Any) -> None:
    record = controller_activity(desk, status="approved", **{field: [{"id": "x", **line}]})
    assert "R-art30-02" not in [f.rule for f in of(desk, record)]


def test_safeguards_need_regime_and_mechanism(desk: Any) -> None:
    kind = next(kind for kind in ALL_KINDS if kind.key == "transfer")
    found = of(desk, full(kind, desk, safeguards=[{"id": "x"}]))
    assert [(f.field, f.article, f.severity) for f in found] == [
        ("safeguards.x.regime", "44–49", "warning"),
        ("safeguards.x.mechanism", "45, 46, 49", "warning"),
    ]


def test_a_processor_owes_what_art_30_2_demands(desk: Any) -> None:
    record = desk.add("activity", name="Payroll for others", role="processor", status="approved")
    found = {f.field: (f.article, f.severity) for f in of(desk, record)}
    assert found == {
        "organisations": ("30(2)(a)", "error"),
        "security_description": ("30(2)(d)", "error"),
        "controllers_served": ("30(2)", "error"),
    }


def test_without_a_role_only_what_every_role_owes(desk: Any) -> None:
    found = of(desk, desk.add("activity", name="New"))
    assert [f.field for f in found] == ["organisations", "role", "security_description"]
    assert {f.severity for f in found} == {"warning"}


def test_every_condition_of_a_declaration_is_known() -> None:
    assert {f.obligatory for k in ALL_KINDS for f in k.fields if f.obligatory} <= set(CONDITIONS)
    for (kind, field), columns in NEEDED_IN_LINES.items():
        declared = next(k for k in ALL_KINDS if k.key == kind).field(field)
        assert all(declared.column(key) for keys in columns for key in keys)


def test_text_in_a_list_beside_a_proper_value_is_a_warning(desk: Any) -> None:
    us = desk.add("organisation", name="Us").id
    record = controller_activity(desk, status="approved", organisations=[us, AsTyped("and Them")])
    assert [(f.rule, f.severity) for f in of(desk, record)] == [("R-text-01", "warning")]


def test_unread_text_where_a_line_must_say_it_is_an_error(desk: Any) -> None:
    line = {"id": "x", "purpose": AsTyped("Moro"), "legal_basis": ["consent"]}
    record = controller_activity(desk, status="approved", purposes=[line])
    assert [(f.rule, f.severity) for f in of(desk, record)] == [("R-text-01", "error")]
    line["detail"] = "Fun"
    assert [(f.rule, f.severity) for f in of(desk, record)] == [("R-text-01", "warning")]


def test_broken_links(desk: Any) -> None:
    gone = desk.add("party", name="Gone AS", deleted=True)
    term = desk.add("term", name="Special", vocabulary="sector", deleted=True)
    nowhere = "00000000-0000-7000-8000-000000000000"
    record = desk.add("party", name="Here", parent=gone.id, sectors=[term.id, "payment"],
                      places=[{"id": "p1", "operator": nowhere}])  # fmt: skip
    found = of(desk, record)
    assert [(f.rule, f.severity, f.field) for f in found] == [
        ("R-link-01", "warning", "sectors"),
        ("R-link-01", "warning", "parent"),
        ("R-link-01", "warning", "places.p1.operator"),
    ]
    words = desk.view().words("en")
    assert "leads to a record no longer in use: Gone AS" in found[1].sentence(words)
    assert "does not exist" in found[2].sentence(words)


def test_a_line_that_names_a_line_that_is_gone(desk: Any) -> None:
    data = {"id": "d", "subject": "customers", "categories": ["name"], "retention": {"amount": 1}}
    purpose = {"id": "p", "purpose": "marketing", "legal_basis": ["consent"]}
    lines = [{**data, "purposes": ["p", "lost"]}]
    record = controller_activity(desk, purposes=[purpose], data=lines)
    assert [(f.rule, f.field) for f in of(desk, record)] == [("R-link-01", "data.d.purposes")]


def test_a_merged_record_is_not_a_broken_link(desk: Any) -> None:
    kept = desk.add("party", name="Kept")
    merged = Record("party", 77, "11111111-1111-7111-8111-111111111111", {}, "2026", kept.id)
    desk.records.append(merged)
    assert of(desk, desk.add("party", name="Child", parent=merged.id)) == []


SIGNED = {"evidence": "seen", "signed": "2026-01-01"}


@pytest.mark.parametrize("several", [False, True])
def test_an_agreement_whose_cover_is_open_is_a_warning_that_says_so(
    desk: Any, several: bool
) -> None:
    us = desk.add("organisation", name="Us AS")
    ours = [us, desk.add("organisation", name="Sister AS")] if several else [us]
    brevo = desk.add("party", name="Brevo")
    line = {"id": "r1", "party": brevo.id, "role": "processor"}
    ids = [each.id for each in ours]
    record = desk.add("activity", name="Post", organisations=ids, recipients=[line])
    for each in ids:
        desk.add("agreement", kind="processor-agreement", organisation=each, party=brevo.id,
                 evidence="seen", signed="2026-01-01", activities=Open("which?"))  # fmt: skip
    found = [f for f in run(desk.view(), [record]) if f.rule == "R-art28-01"]
    assert [f.severity for f in found] == ["warning"] * len(ours)
    for each in found:
        said = each.sentence(desk.view().words("en"))
        assert "Which activities the agreement covers is not settled." in said
        assert ("for " in said) is several
        assert "what the agreement with Brevo covers" in each.remedy_words(desk.view().words("en"))


def test_only_the_id_of_a_record_can_be_a_broken_own_term(desk: Any) -> None:
    odd = "an-odd-term-with-four-hyphens-in-it-"
    assert len(odd) == 36
    gone = "00000000-0000-7000-8000-000000000000"
    record = desk.add("party", name="Brevo", sectors=["hosting", gone, odd[:-6] + "xxxxxx"])
    found = [f for f in run(desk.view(), [record]) if f.rule == "R-link-01"]
    assert len(found) == 1



@pytest.mark.parametrize(
    ("agreement", "activity", "expected"),
    [
        (None, {}, ["warning"]),
        (SIGNED, {}, []),
        ({**SIGNED, "expires": "2026-12-01"}, {}, []),
        ({**SIGNED, "expires": "2026-06-01"}, {}, ["error"]),
        ({**SIGNED, "terminated": "2026-06-01"}, {}, ["error"]),
        ({**SIGNED, "effective": "2027-01-01"}, {}, ["warning"]),
        ({"evidence": "none"}, {}, ["error"]),
        ({"evidence": "none", "requested": "2026-06-01"}, {}, ["error"]),
        ({"requested": "2026-06-01"}, {}, ["warning"]),
        ({"sent": "2026-06-01"}, {}, ["warning"]),
        ({}, {}, ["warning"]),
        ({"evidence": Open("who has it?")}, {}, ["warning"]),
        ({"evidence": "claimed"}, {}, ["warning"]),
        ({"evidence": "claimed", "signed": "2026-06-01"}, {}, ["warning"]),
        ({"kind": "none-needed"}, {}, ["warning"]),
        ({"kind": "none-needed", "reason_none": "Bound by statute"}, {}, []),
        ({"evidence": "none"}, {"processing_status": "planned"}, ["warning"]),
        ({"evidence": "none"}, {"processing_status": "ended"}, []),
        ({"evidence": "none"}, {"status": "retired"}, []),
    ],
)
def test_a_processor_needs_an_agreement_in_force(
    agreement: dict[str, Any] | None, activity: dict[str, Any], expected: list[str], desk: Any
) -> None:
    us = desk.add("organisation", name="SmartGroup AS")
    them = desk.add("party", name="Brevo")
    line = {"id": "r", "party": them.id, "role": "processor"}
    record = desk.add("activity", organisations=[us.id], recipients=[line], **activity)
    if agreement is not None:
        known = {"kind": "processor-agreement", "organisation": us.id, "party": them.id}
        desk.add("agreement", **{**known, **agreement})
    found = [f for f in run(desk.view(), [record]) if f.rule == "R-art28-01"]
    assert [f.severity for f in found] == expected
    for each in found:
        assert (each.article, each.field) == ("28(3)", "recipients.r.agreement")
        assert "Brevo is a processor here" in each.sentence(desk.view().words("en"))


def test_each_of_our_organisations_needs_its_own_agreement(desk: Any) -> None:
    one, two = (desk.add("organisation", name=name) for name in ("One AS", "Two AS"))
    them = desk.add("party", name="CRM Ltd")
    line = {"id": "r", "party": them.id, "role": "processor"}
    desk.add("activity", role="processor", organisations=[one.id, two.id], recipients=[line])
    desk.add("agreement", kind="processor-agreement", organisation=one.id, party=them.id, **SIGNED)
    (found,) = [f for f in run(desk.view()) if f.rule == "R-art28-01"]
    assert "for Two AS" in found.sentence(desk.view().words("en"))
    assert found.article == "28(4)"  # we are a processor ourselves


@pytest.mark.parametrize(
    ("role", "rules_found"),
    [
        (None, ["R-art4-01"]), ("not-determined", ["R-art4-01"]), (Open("who?"), ["R-open-01"]),
        (AsTyped("leverandør"), ["R-text-01"]), ("independent-controller", []),
        (NotApplicable("not yet"), []), ("public-authority", []),
    ],
)  # fmt: skip
def test_a_role_that_is_not_settled_is_a_question(
    role: Any, rules_found: list[str], desk: Any
) -> None:
    them = desk.add("party", name="Klarna")
    line = {"id": "r", "party": them.id, **({} if role is None else {"role": role})}
    record = desk.add("activity", recipients=[line])
    found = [f for f in run(desk.view(), [record]) if f.field.startswith("recipients")]
    assert [f.rule for f in found] == rules_found


def test_a_category_without_a_role_is_no_question(desk: Any) -> None:
    record = desk.add("activity", recipients=[{"id": "r", "category": "banks"}])
    assert [f for f in run(desk.view(), [record]) if f.field.startswith("recipients")] == []


def test_rules_have_ids_and_sources() -> None:
    found = rules()
    assert len({each.id for each in found}) == len(found) >= 7
    for each in found:
        assert re.fullmatch(r"R-[a-z]+\d*-\d\d", each.id)
        assert "Source:" in each.source


def test_two_rules_cannot_share_an_id() -> None:
    with pytest.raises(ValueError, match="R-open-01"):
        rule(id="R-open-01", article="", severity="info")(lambda record, view: iter(()))
    with pytest.raises(ValueError, match="grave"):
        rule(id="R-x-01", article="", severity="grave")


def test_a_new_rule_is_one_function(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_RULES", dict(engine._RULES))

    @rule(id="R-zz-01", article="5(2)", severity="info", scope="register")
    def empty_register(view: Any) -> Any:
        """A register without activities. Source: Art. 30(1)."""
        if not view.of("activity"):
            yield Found("", "No activities.", "Add one.", {})

    (found,) = run(desk.view())
    assert (found.rule, found.severity, found.article) == ("R-zz-01", "info", "5(2)")
    assert found.record == ""
    assert to_json(found, desk.view(), "en")["ref"] == ""
    assert run(desk.view(), []) == []


def messy(desk: Any) -> Any:
    """A register in which every rule has something to say."""
    us, two = desk.add("organisation", name="Us {x}"), desk.add("organisation")
    them = desk.add("party", name="Them {0}", email=AsTyped("her {da}"), phone=AsTyped("x"),
                    country=AsTyped("Norge?"), website=Open("which {site}?"))  # fmt: skip
    gone = desk.add("party", name="Gone", deleted=True)
    both = [us.id, two.id]
    line = {"party": them.id, "role": "processor"}
    desk.add(
        "activity", role="controller", status="approved", organisations=both,
        recipients=[{"id": "a", **line}, {"id": "b", "party": them.id}, {"id": "c"}],
        data=[{"id": "d", "purposes": ["zz"]}, AsTyped("also")], purposes=[{"id": "e"}],
        introduced=AsTyped("i fjor"), systems=["gone"],
    )  # fmt: skip
    desk.add("activity", recipients=[{"id": "a", **line}], organisations=[us.id])
    desk.add("activity", role="processor", notices=[gone.id])
    desk.add("transfer", importer=gone.id, safeguards=[{"id": "f"}])
    desk.add("agreement", party=them.id, organisation=us.id)
    desk.add("retention", period={"amount": AsTyped("mange")})
    desk.add("request", received="2026-01-31", extended_until="2026-12-24")
    desk.add("register", name="R", reference_overlay=[{"id": "g", "row": "eu-eea-AT"}])
    return desk.view()


@pytest.mark.parametrize("language", ["en", "nb"])
def test_every_rule_speaks_without_leftover_gaps(language: str, desk: Any) -> None:
    view = messy(desk)
    found = run(view)
    assert {each.rule for each in found} == {each.id for each in rules()}
    words = view.words(language)
    catalogue = json.loads(
        (files("ropa_resources") / "i18n" / "nb" / "rules.json").read_text("utf-8")
    )
    users = ("{x}", "{0}", "{da}", "{site}")
    for each in found:
        for text in (each.sentence(words), each.remedy_words(words)):
            for own in users:
                text = text.replace(own, "")
            assert text
            assert not re.search(r"[{}]", text)
        assert each.message in catalogue
        assert each.remedy in catalogue


def test_sentences_as_a_reader_meets_them(desk: Any) -> None:
    record = desk.add("activity", name="Orders", role="controller", status="approved")
    view = desk.view()
    found = next(f for f in run(view, [record]) if f.field == "purposes")
    assert to_json(found, view, "en") == {
        "rule": "R-art30-01",
        "severity": "error",
        "article": "Art. 30(1)(b)",
        "ref": "A-001",
        "field": "purposes",
        "message": "“Purposes” is empty; Art. 30(1)(b) demands it.",
        "remedy": "Fill it in, note what has to be found out, or say why it does not apply.",
    }
    said = to_json(found, view, "nb")
    assert said["article"] == "art. 30 nr. 1 b"
    assert said["message"].endswith("er ikke fylt ut, men kreves etter art. 30 nr. 1 b.")


def test_findings_come_in_a_stable_order(desk: Any) -> None:
    view = messy(desk)
    found = run(view)
    severities = [each.severity for each in found]
    assert severities == sorted(severities, key=["error", "warning", "question", "info"].index)
    for severity in ("error", "warning", "question"):
        group = [view.records[each.record] for each in found if each.severity == severity]
        places = [(record.kind.ordinal, record.number) for record in group]
        assert places == sorted(places)
    assert run(view) == found
    assert summary(found) == {
        name: severities.count(name) for name in ("error", "warning", "question", "info")
    }


def test_deleted_records_are_left_alone(desk: Any) -> None:
    gone = desk.add("activity", deleted=True)
    assert run(desk.view()) == []
    assert run(desk.view(), [gone]) == []


def test_a_correction_that_corrects_nothing_is_told(desk: Any) -> None:
    lines = [
        {"id": "a", "row": "eu-eea-AT", "to": "2026-01-01"},
        {"id": "b", "row": "eu-eea-AT", "to": Open("when?")},
        {"id": "c", "row": "eu-eea-AT"},
        {"id": "d"},
    ]
    record = desk.add("register", name="R", reference_overlay=lines)
    found = [f for f in run(desk.view(), [record]) if f.rule == "R-law-01"]
    assert [f.field for f in found] == [f"reference_overlay.{key}" for key in "bcd"]
    assert found[0].severity == "warning"
