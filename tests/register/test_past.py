"""A register as it stood: record for record what the view of that day holds, and only to read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ropa_app.errors import UserError
from ropa_app.model.kinds import ALL_KINDS, KINDS
from ropa_app.model.record import Record
from ropa_app.register.change import Edit, label
from ropa_app.register.entry import add, set_deleted, set_fields
from ropa_app.register.listing import Query, numbers
from ropa_app.register.live import LiveView
from ropa_app.register.loading import load_view
from ropa_app.register.past import register_as_at
from ropa_app.register.sample import make_sample, read_sample, sample_names
from ropa_app.register.search import Search
from ropa_app.register.store import Register
from ropa_app.rules.findings import run

OLD = Path(__file__).parents[1] / "data" / "registers" / "schema-1.ropa"


@pytest.mark.parametrize("sample", sample_names())
def test_every_step_of_a_sample(sample: str, tmp_path: Path) -> None:
    with make_sample(sample, tmp_path / "made.ropa") as register:
        for step in read_sample(sample)["steps"]:
            day = step["at"][:10]
            view = load_view(register, day)
            with register_as_at(register, day) as past:
                held = {r.id: r for kind in ALL_KINDS for r in past.records(kind)}
                assert held == view.records
                live = LiveView(past)
                assert live.day == view.day
                assert run(live) == run(view)
                for identifier in view.records:
                    assert live.links_to(identifier) == view.links_to(identifier)


def test_several_states_of_one_field(
    register: Register, fill: Callable[..., Record], fake_clock: Any
) -> None:
    fake_clock.set("2026-02-01T10:00:00")
    fill(register, "party", name="Brevo", country="FR", note={"open": "which?"})
    fake_clock.set("2026-02-02T10:00:00")
    set_fields(register, "P-001", {"country": "DE", "note": None})
    fake_clock.set("2026-02-03T10:00:00")
    set_deleted(register, "P-001", True, "2026-02-03T10:00:00.000Z")
    for day in ("2026-01-31", "2026-02-01", "2026-02-02", "2026-02-03", "2026-02-01T12:00"):
        with register_as_at(register, day) as past:
            assert LiveView(past).of_all("party") == load_view(register, day).of_all("party")


def test_can_be_listed_and_searched(register: Register, fake_clock: Any) -> None:
    fake_clock.set("2026-02-01T10:00:00")
    add(register, KINDS["measure"], [{"name": "Zebra"}, {"name": "Lageradgang"}])
    fake_clock.set("2026-02-02T10:00:00")
    set_fields(register, "M-002", {"name": "Adgang"})
    with register_as_at(register, "2026-02-01") as past:
        words = LiveView(past).words("nb")
        assert numbers(past, Query("measure", order="name"), words) == [2, 1]
        assert numbers(past, Query("measure", text="lager"), words) == [2]
        assert Search(past).ids("adgang", "measure") == [2]  # a part inside a word, too
        assert past.counts()["measure"] == 2


def test_cannot_be_written(register: Register, fill: Callable[..., Record]) -> None:
    party = fill(register, "party", name="Brevo")
    before = register.head()
    with register_as_at(register, "2026-01-05") as past:
        with pytest.raises(UserError):
            past.apply([Edit(party.id, "name", "Brevo", "Other")], label("set"))
        with pytest.raises(UserError):
            past.undo()
        assert past.get("P-001") == party
    assert register.head() == before
    assert register.get("P-001") == party


def test_the_register_goes_on_beside_it(register: Register, fill: Callable[..., Record]) -> None:
    party = fill(register, "party", name="Brevo")
    with register_as_at(register, "2026-01-05") as past:
        set_fields(register, "P-001", {"name": "Other"})
        assert past.get("P-001") == party


def test_own_terms_and_merged_records_are_there(rich: Register) -> None:
    today = load_view(rich)
    with register_as_at(rich, today.day.isoformat()) as past:
        live = LiveView(past)
        assert dict(live.records) == dict(today.records)
        for term in today.of("term"):
            assert live.terms.term(term.text("vocabulary"), term.id) is not None


@pytest.mark.parametrize("as_at", ["2026-01-04", "yesterday", ""])
def test_no_such_day(register: Register, as_at: str) -> None:
    with pytest.raises(UserError):
        register_as_at(register, as_at)
