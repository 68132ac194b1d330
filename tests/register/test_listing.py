"""Which records a list shows and in which order: for every kind and field of the declarations."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa_app.model.field import Field, RecordKind
from ropa_app.model.kinds import ALL_KINDS, KINDS
from ropa_app.model.record import Record, items_of
from ropa_app.model.state import STATES, AsTyped, NotApplicable, Open, Value
from ropa_app.register.change import Create, Edit, label, new_id
from ropa_app.register.conditions import FINDINGS, STATE_NAMES, Filter, filter_fields
from ropa_app.register.entry import add, set_deleted
from ropa_app.register.generate import records as generated_records
from ropa_app.register.listing import Query, numbers, sort_key
from ropa_app.register.live import LiveView
from ropa_app.register.store import Register

COUNTS = {kind.key: 30 for kind in ALL_KINDS if kind.key != "register"}
FIELDS = [(kind, field) for kind in ALL_KINDS for field in kind.fields if kind.key != "register"]
STATE_OF = {"open": Open, "not_applicable": NotApplicable, "as_typed": AsTyped}


@pytest.fixture(scope="module")
def full(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """Thirty records of every kind, half of all fields filled, in every state."""
    path = tmp_path_factory.mktemp("listing") / "full.ropa"
    path.write_bytes(template.read_bytes())
    with Register.open(path, writable=True, who="tester") as opened:
        opened.apply(generated_records(COUNTS, 7, full=0.5), label("add"))
        yield opened


@pytest.fixture
def listed(register: Register) -> Callable[..., list[str]]:
    """listed(kind, …) gives the names of the records that a query finds."""

    def run(kind: str, **query: Any) -> list[str]:
        view = LiveView(register)
        language = query.pop("language", "en")
        found = numbers(register, Query(kind, **query), view.words(language))
        by_number = {record.number: record for record in view.of_all(kind)}
        return [by_number[number].text("name") for number in found]

    return run


def identify(item: object) -> str:
    return getattr(item, "key", str(item))


def names(register: Register, *given_names: str, kind: str = "measure", **more: Any) -> None:
    add(register, KINDS[kind], [{"name": name, **more} for name in given_names])


# Order


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=identify)
@pytest.mark.parametrize("descending", [False, True])
def test_every_order_shows_each_record_once_and_values_first(
    full: Register, kind: RecordKind, field: Field, descending: bool
) -> None:
    view = LiveView(full)
    query = Query(kind.key, order=field.key, descending=descending)
    found = numbers(full, query, view.words("en"))
    held = {record.number: record for record in view.of(kind.key)}
    assert sorted(found) == sorted(held)
    ranks = [rank(held[number][field.key]) for number in found]
    if field.key != "name":
        assert ranks == sorted(ranks), "values, then states, then nothing"


def rank(value: Value) -> int:
    return 2 if value is None else int(isinstance(value, STATES))


@pytest.mark.parametrize("kind", [k for k in ALL_KINDS if k.key != "register"], ids=identify)
@pytest.mark.parametrize("language", ["en", "nb"])
def test_terms_and_links_stand_by_what_they_are_called(
    full: Register, kind: RecordKind, language: str
) -> None:
    view = LiveView(full)
    words = view.words(language)
    for field in kind.fields:
        if field.kind not in ("term", "terms", "link", "links", "country", "texts"):
            continue
        found = numbers(full, Query(kind.key, order=field.key), words)
        held = {record.number: record for record in view.of(kind.key)}
        values = [held[number][field.key] for number in found]
        shown = [words.value(field, value) for value in values if rank(value) == 0]
        assert shown == sorted(shown, key=sort_key), field.key


@pytest.mark.parametrize("language", ["en", "nb"])
def test_nordic_letters_come_after_z(
    register: Register, listed: Callable[..., list[str]], language: str
) -> None:
    rest = ["Ås", "zebra", "Ærlig", "Øy", "Alfa", "Éclair", "eple", "Ödla", "Ärlig"]
    names(register, *rest, unicodedata.normalize("NFD", "Åre"))
    found = listed("measure", order="name", language=language)
    assert [unicodedata.normalize("NFC", name) for name in found] == [
        "Alfa", "Éclair", "eple", "zebra", "Ærlig", "Ärlig", "Ödla", "Øy", "Åre", "Ås",
    ]  # fmt: skip


def test_numbers_in_names_stand_by_size(
    register: Register, listed: Callable[..., list[str]]
) -> None:
    huge = "Step 12345678901234567890"
    names(register, "Step 10", huge, "Step 9", "Step 0100", "Step 2b", "Step 2a", "Step 2")
    assert listed("measure", order="name") == [
        "Step 2", "Step 2a", "Step 2b", "Step 9", "Step 10", "Step 0100", huge,
    ]  # fmt: skip


def test_periods_stand_by_length(register: Register, listed: Callable[..., list[str]]) -> None:
    periods = {"c": "2 years", "a": "10 days", "d": "until the end", "b": "6 months"}
    for name, period in periods.items():
        names(register, name, kind="retention", period=period)
    names(register, "gap", kind="retention")
    assert listed("retention", order="period") == ["a", "b", "c", "d", "gap"]
    assert listed("retention", order="period", descending=True) == ["d", "c", "b", "a", "gap"]


def test_dates_stand_by_day_states_after_and_gaps_last(
    register: Register, listed: Callable[..., list[str]]
) -> None:
    dates = {"later": "2 Jan 2027", "open": {"open": "?"}, "gap": None, "soon": "24 Dec 2026"}
    for name, date in dates.items():
        names(register, name, kind="activity", next_review=date)
    assert listed("activity", order="next_review") == ["soon", "later", "open", "gap"]
    descending = listed("activity", order="next_review", descending=True)
    assert descending == ["later", "soon", "open", "gap"]


def test_other_alphabets_stand_before_questions(
    register: Register, listed: Callable[..., list[str]]
) -> None:
    names(register, "asked", note={"open": "?"})
    names(register, "Greek", note="Ωμέγα")
    names(register, "Latin", note="omega")
    assert listed("measure", order="note") == ["Latin", "Greek", "asked"]


def test_without_a_name_it_stands_by_what_it_is_called(
    register: Register, listed: Callable[..., list[str]]
) -> None:
    add(register, KINDS["party"], [{"name": "Zeta"}, {"name": "Beta"}])
    data = [{"party": "P-001"}, {"name": "Annex"}, {"party": "P-002"}, {"name": "Terms"}]
    add(register, KINDS["agreement"], data)
    found = numbers(register, Query("agreement", order="name"), LiveView(register).words("en"))
    assert found == [3, 1, 2, 4]  # Agreement – Beta, Agreement – Zeta, Annex, Terms


def test_by_reference_and_back(register: Register, listed: Callable[..., list[str]]) -> None:
    names(register, "b", "a", "c")
    assert listed("measure") == ["b", "a", "c"]
    assert listed("measure", descending=True) == ["c", "a", "b"]


def test_equal_ones_stay_by_number(register: Register) -> None:
    names(register, "a", "a", "b", "a")
    words = LiveView(register).words("en")
    assert numbers(register, Query("measure", order="name"), words) == [1, 2, 4, 3]
    query = Query("measure", order="name", descending=True)
    assert numbers(register, query, words) == [3, 1, 2, 4]


def test_a_derived_column_is_ordered_by_what_it_tells(register: Register) -> None:
    names(register, "a", "b", "c")
    told = {record.id: text for record, text in zip(
        register.records(KINDS["measure"]), ("two", "", "one"), strict=True)}  # fmt: skip
    words = LiveView(register).words("en")
    query = Query("measure", order="told")
    assert numbers(register, query, words, derived={"told": told.__getitem__}) == [3, 1, 2]


def test_no_order_loses_or_doubles_a_record(register: Register) -> None:
    fields = ("name", "status", "note", "systems", "documents")
    value = st.one_of(
        st.none(), st.text(max_size=8), st.text(max_size=4).map(Open), st.text().map(AsTyped)
    )

    @given(st.lists(st.fixed_dictionaries(dict.fromkeys(fields, value)), max_size=12),
           st.sampled_from(fields), st.booleans())  # fmt: skip
    def holds(items: list[dict[str, Value]], order: str, descending: bool) -> None:
        made = [Create("measure", new_id(), {k: v for k, v in each.items() if _storable(k, v)})
                for each in items]  # fmt: skip
        register.apply(made, label("add"))
        query = Query("measure", order=order, descending=descending)
        found = numbers(register, query, LiveView(register).words("en"))
        assert sorted(found) == [r.number for r in register.records(KINDS["measure"])]

    holds()


def _storable(key: str, value: Value) -> bool:
    return value is not None and (key in ("name", "note") or isinstance(value, STATES))


@given(st.text())
def test_a_key_is_the_same_however_letters_are_composed(text: str) -> None:
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(text) or not text.isprintable()


# Filters


def holders(view: LiveView, kind: str, meets: Callable[[Record], bool]) -> list[int]:
    return [record.number for record in view.of(kind) if meets(record)]


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=identify)
def test_each_state_is_found_where_it_stands(
    full: Register, kind: RecordKind, field: Field
) -> None:
    view = LiveView(full)
    for state in STATE_NAMES:
        expected = holders(view, kind.key, lambda r, s=state: _has_state(r[field.key], s))
        found = numbers(full, Query(kind.key, filters=(Filter(field.key, state=state),)),
                        view.words("en"))  # fmt: skip
        assert found == expected, state


def _has_state(value: Value, state: str) -> bool:
    if state == "nothing":
        return value is None
    if isinstance(value, list):
        return any(_has_state(item, state) for item in value)
    if isinstance(value, dict):
        return any(_has_state(item, state) for item in value.values() if item is not None)
    return isinstance(value, STATE_OF[state])


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=identify)
def test_each_value_finds_the_records_that_hold_it(
    full: Register, kind: RecordKind, field: Field
) -> None:
    if field.kind in ("lines", "period", "file", "line_links"):
        return
    view = LiveView(full)
    held = [item for record in view.of(kind.key) for item in record.items(field.key)]
    for value in Random(1).sample(held, min(5, len(held))):
        expected = holders(view, kind.key, lambda r, v=value: v in r.items(field.key))
        asked = Filter(field.key, str(value))
        assert numbers(full, Query(kind.key, filters=(asked,)), view.words("en")) == expected


COLUMNS = [
    (kind, path) for kind in ALL_KINDS if kind.key != "register"
    for path, fields in filter_fields(kind).items() if len(fields) == 2
]  # fmt: skip


class Within:
    """A column of lines of a kind: what each record holds there, and who is found by it."""

    def __init__(self, register: Register, kind: RecordKind, path: str) -> None:
        self.register, self.kind, self.path = register, kind.key, path
        self.lines, self.column = path.split(".")
        self.view = LiveView(register)

    def cells(self, record: Record) -> list[Value]:
        return [line.get(self.column) for line in record.lines(self.lines)]

    def holders(self, holds: Callable[[Value], bool]) -> list[int]:
        """The numbers of the records with such a cell, looked at one by one."""
        return holders(self.view, self.kind, lambda r: any(holds(c) for c in self.cells(r)))

    def found(self, asked: Filter) -> list[int]:
        return numbers(
            self.register, Query(self.kind, filters=(asked,)), self.view.words("en")
        )


@pytest.mark.parametrize(("kind", "path"), COLUMNS, ids=identify)
def test_each_value_within_lines_finds_the_records_with_such_a_line(
    full: Register, kind: RecordKind, path: str
) -> None:
    within = Within(full, kind, path)
    held = [item for record in within.view.of(kind.key) for cell in within.cells(record)
            for item in items_of(cell)]  # fmt: skip
    for value in Random(1).sample(held, min(5, len(held))):
        expected = within.holders(lambda cell, v=value: v in items_of(cell))
        assert within.found(Filter(path, str(value))) == expected


@pytest.mark.parametrize(("kind", "path"), COLUMNS, ids=identify)
def test_each_state_within_lines_is_found_in_its_column_alone(
    full: Register, kind: RecordKind, path: str
) -> None:
    within = Within(full, kind, path)
    for state in STATE_NAMES:
        expected = within.holders(lambda cell, s=state: _has_state(cell, s))
        assert within.found(Filter(path, state=state)) == expected, state


def test_what_the_rules_found_is_asked_of_whoever_knows(full: Register) -> None:
    view = LiveView(full)
    records = list(view.of("activity"))[:3]
    query = Query("activity", filters=(Filter(FINDINGS, "error"),))
    known = {"error": [record.id for record in records]}
    found = numbers(full, query, view.words("en"), findings=known.__getitem__)
    assert found == [record.number for record in records]
    assert numbers(full, query, view.words("en")) == []


@pytest.mark.parametrize("note", ['{"open": in braces', 'he said "x"', "plain", '"quoted"'])
def test_text_that_looks_like_json_is_text(
    register: Register, listed: Callable[..., list[str]], note: str
) -> None:
    names(register, "held", note=note)
    names(register, "longer", note=f"see {note}")
    assert listed("measure", filters=(Filter("note", note),)) == ["held"]
    assert listed("measure", filters=(Filter("note", state="open"),)) == []


def test_a_state_that_says_a_term_is_not_the_term(
    register: Register, listed: Callable[..., list[str]]
) -> None:
    asked = Filter("status", "open")
    for name, state in (("question", Open("open")), ("typed", AsTyped("open"))):
        made = Create("request", new_id(), {"name": name, "status": state})
        register.apply([made], label("add"))
    add(register, KINDS["request"], {"name": "real", "status": "new"})
    assert listed("request", filters=(asked,)) == []


def test_links_in_lines_and_own_terms_are_found(
    register: Register, listed: Callable[..., list[str]]
) -> None:
    add(register, KINDS["party"], [{"name": "Brevo"}, {"name": "Other"}])
    brevo = register.get("P-001").id
    names(register, "Newsletter", kind="activity", recipients=[{"party": "P-001"}])
    names(register, "Orders", kind="activity", recipients=[{"party": "P-002"}])
    (own,) = add(register, KINDS["term"], {"name": "Shoe size", "vocabulary": "data-category"})
    names(register, "Sizes", kind="activity", data=[{"categories": [own.id]}])
    assert listed("activity", filters=(Filter("recipients", brevo),)) == ["Newsletter"]
    assert listed("activity", filters=(Filter("data", own.id),)) == ["Sizes"]


def test_conditions_add_up(register: Register, listed: Callable[..., list[str]]) -> None:
    names(register, "both", kind="party", country="NO", note="x")
    names(register, "one", kind="party", country="NO")
    names(register, "other", kind="party", country="SE", note="x")
    both = (Filter("country", "NO"), Filter("note", "x"))
    assert listed("party", filters=both) == ["both"]
    assert Query("party", filters=both).without(both[0]).filters == both[1:]


def test_only_text_and_deleted(register: Register, listed: Callable[..., list[str]]) -> None:
    names(register, "Lager", "Lønn", "Lagring")
    kept = {register.get("M-001").id, register.get("M-002").id}
    assert listed("measure", only=frozenset(kept)) == ["Lager", "Lønn"]
    assert listed("measure", text="lag") == ["Lager", "Lagring"]
    assert listed("measure", text="lag", only=frozenset(kept)) == ["Lager"]
    assert listed("measure", only=frozenset()) == []
    set_deleted(register, "M-001", True, "2026-01-05T08:00:00.000Z")
    assert listed("measure") == ["Lønn", "Lagring"]
    assert listed("measure", deleted=True) == ["Lager"]


def test_an_edit_moves_a_record_at_once(
    register: Register, listed: Callable[..., list[str]]
) -> None:
    names(register, "a", "b")
    record = register.get("M-001")
    register.apply([Edit(record.id, "name", "a", "c")], label("set"))
    assert listed("measure", order="name") == ["b", "c"]
