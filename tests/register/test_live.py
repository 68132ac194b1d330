"""A view that reads as it is asked answers as one that was read at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ropa_app.model.kinds import ALL_KINDS, KINDS
from ropa_app.model.record import Record
from ropa_app.register.change import Edit, label
from ropa_app.register.entry import add, set_deleted, set_fields
from ropa_app.register.generate import generated
from ropa_app.register.live import LiveView
from ropa_app.register.loading import load_view
from ropa_app.register.merge import merge
from ropa_app.register.sample import make_sample, sample_names
from ropa_app.register.store import Register
from ropa_app.register.view import View
from ropa_app.rules.findings import run

MADE = [*sample_names(), "generated"]


@pytest.fixture(scope="module", params=MADE)
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Register]:
    path: Path = tmp_path_factory.mktemp("live") / "made.ropa"
    if request.param == "generated":
        register = generated(path, 40, seed=3)
    else:
        register = make_sample(request.param, path)
    with register:
        yield register


def findings(view: View) -> list[object]:
    words = view.words("nb")
    return [(f.record, f.field, f.severity, f.rule, f.sentence(words)) for f in run(view)]


def assert_same(live: View, whole: View) -> None:
    """Everything that rules and words ask of a view is answered the same."""
    assert (live.day, live.head, live.file_name) == (whole.day, whole.head, whole.file_name)
    assert (live.zone, live.expiring_days, live.overlay) == (
        whole.zone, whole.expiring_days, whole.overlay,
    )  # fmt: skip
    assert live.settings == whole.settings
    assert dict(live.records) == dict(whole.records)
    for kind in ALL_KINDS:
        assert live.of(kind.key) == whole.of(kind.key)
        assert live.of_all(kind.key) == whole.of_all(kind.key)
    for identifier, record in whole.records.items():
        assert_same_links(live, whole, identifier)
        assert live.by_ref(record.ref) == record
        assert live.get(identifier) == whole.get(identifier)
        for field in record.kind.linking_fields:
            assert live.linked(record, field.key) == whole.linked(record, field.key)
    for term in whole.of_all("term"):
        for name in ("data-category", term.text("vocabulary")):
            assert live.terms.term(name, term.id) == whole.terms.term(name, term.id)


def assert_same_links(live: View, whole: View, identifier: str) -> None:
    assert live.links_to(identifier) == whole.links_to(identifier)
    for kind in ALL_KINDS:
        assert live.sources(identifier, kind.key) == whole.sources(identifier, kind.key)


def test_answers_as_the_whole_view_does(made: Register) -> None:
    assert_same(LiveView(made), load_view(made))


def test_who_links_is_told_without_reading_them(made: Register) -> None:
    live, whole = LiveView(made), load_view(made)
    some = list(whole.records)[:20]
    for identifier in some:
        links = {reference.source for reference in whole.links_to(identifier)}
        found = live.linking([identifier], 10_000)
        assert found is not None
        assert {each for each in found if not whole.records[each].deleted} == links
    every = live.linking(some, 10_000)
    assert every
    assert live.linking(some, len(every)) == every
    assert live.linking(some, len(every) - 1) is None


def test_rules_find_the_same(made: Register) -> None:
    whole = load_view(made)
    expected = findings(whole)
    assert expected
    assert findings(LiveView(made)) == expected


def test_one_record_is_judged_as_among_all(made: Register) -> None:
    live, whole = LiveView(made), load_view(made)
    for kind in ("activity", "party", "agreement", "transfer"):
        for record in whole.of(kind)[:5]:
            assert run(live, [live.records[record.id]]) == run(whole, [record])


def test_says_the_same(made: Register) -> None:
    live, whole = LiveView(made), load_view(made)
    said, expected = live.words("nb"), whole.words("nb")
    for record in whole.records.values():
        assert live.title(record, said) == whole.title(record, expected)
        for field in record.kind.fields:
            value = record[field.key]
            assert said.value(field, value, record.values) == expected.value(
                field, value, record.values
            )


Step = Callable[[Register, Callable[..., Record]], Any]


def _rename_term(register: Register, fill: Callable[..., Record]) -> None:
    (term,) = add(register, KINDS["term"], {"name": "Size", "vocabulary": "data-category"})
    fill(register, "activity", name="Fitting", data=[{"categories": [term.id]}])
    set_fields(register, term.ref, {"name": "Shoe size"})


def _merge(register: Register, fill: Callable[..., Record]) -> None:
    fill(register, "party", name="Kept")
    fill(register, "party", name="Other")
    fill(register, "agreement", name="DPA", party="P-002")
    merge(register, "P-001", "P-002", "2026-01-05T09:00:00.000Z")


def _delete(register: Register, fill: Callable[..., Record]) -> None:
    fill(register, "party", name="Gone")
    fill(register, "agreement", name="DPA", party="P-001")
    set_deleted(register, "P-001", True, "2026-01-05T09:00:00.000Z")


def _settings(register: Register, _fill: Callable[..., Record]) -> None:
    settings = next(register.records(KINDS["register"]))
    set_fields(register, settings.id, {"time_zone": "Asia/Tokyo", "expiring_days": 5})


def _undo(register: Register, fill: Callable[..., Record]) -> None:
    party = fill(register, "party", name="One")
    set_fields(register, party.ref, {"name": "Two"})
    register.undo()


STEPS = [_rename_term, _merge, _delete, _settings, _undo]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__.strip("_"))
@pytest.mark.parametrize("everything", [True, False])
def test_forgets_what_changed(
    register: Register, fill: Callable[..., Record], step: Step, everything: bool
) -> None:
    live = LiveView(register)
    assert_same(live, load_view(register))
    head = register.head().operation
    step(register, fill)
    live.forget(None if everything else register.changed_since(head))
    assert_same(live, load_view(register))


def test_holds_what_it_read_until_told(register: Register, fill: Callable[..., Record]) -> None:
    party = fill(register, "party", name="One")
    live = LiveView(register)
    assert live.records[party.id].text("name") == "One"
    register.apply([Edit(party.id, "name", "One", "Two")], label("set"))
    assert live.records[party.id].text("name") == "One"
    live.forget({party.id})
    assert live.records[party.id].text("name") == "Two"


def test_a_record_that_comes_later_is_found(
    register: Register, fill: Callable[..., Record]
) -> None:
    live = LiveView(register)
    head = register.head().operation
    party = fill(register, "party", name="New")
    assert live.get("00000000-0000-7000-8000-000000000000") is None
    live.forget(register.changed_since(head))
    assert live.get(party.id) == party
    assert party.id in live.records
    assert live.by_ref("nonsense") is None


def test_a_list_given_out_is_the_callers_own(
    register: Register, fill: Callable[..., Record]
) -> None:
    fill(register, "party", name="One")
    live = LiveView(register)
    live.of_all("party").clear()
    assert [record.text("name") for record in live.of("party")] == ["One"]


def test_the_day_can_be_given(register: Register) -> None:
    assert LiveView(register).day == date(2026, 1, 5)
    assert LiveView(register, date(2027, 2, 3)).day == date(2027, 2, 3)


def test_more_records_than_are_held(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ropa_app.register.live._MOST", 3)
    add(register, KINDS["party"], [{"name": f"Party {n}"} for n in range(10)])
    assert_same(LiveView(register), load_view(register))
