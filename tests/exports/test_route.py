"""The route of a transfer in words: what is recorded, and what is not."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest

from ropa_app.exports.route import Route, route_of
from ropa_app.model.record import Record
from ropa_app.model.state import NotApplicable, Open
from ropa_app.register.view import Head, View

DAY = date(2026, 11, 24)


class Desk:
    """A register of one company and one importer, and the route of a transfer of it."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.company = self.add("organisation", name="Prøve AS", country="NO")
        self.party = self.add("party", name="Example Helpdesk", country="IE", sectors=["support"])

    def add(self, kind: str, /, **values: Any) -> Record:
        number = sum(record.kind_key == kind for record in self.records) + 1
        self.records.append(Record(kind, number, str(uuid.uuid4()), values))
        return self.records[-1]

    def activities(self, count: int) -> list[str]:
        return [self.add("activity", name=f"Work {n}").id for n in range(count)]

    def route(self, language: str = "en", /, **values: Any) -> Route:
        full = {"exporter": self.company.id, "importer": self.party.id, "destination": "IN"}
        transfer = self.add("transfer", **(full | values))
        view = View(self.records, DAY, Head(1, "0" * 64, "2026-11-24T12:00:00.000Z"))
        return route_of(view, transfer, view.words(language))


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_it_names_who_sends_how_who_receives_and_for_what(desk: Desk) -> None:
    [only] = desk.activities(1)
    route = desk.route(kinds=["remote-access", "support"], activities=[only])
    assert (route.exporter.name, route.exporter.detail) == ("Prøve AS", "Exporter  ·  Norway")
    assert (route.importer.name, route.importer.detail) == (
        "Example Helpdesk", "Importer  ·  India",
    )  # fmt: skip
    assert route.how == "remote access, support"
    assert (route.activities.name, route.activities.detail) == ("Work 0", "A-001")
    assert route.activities.records == (only,)


def test_the_destination_comes_before_where_the_importer_is_established(desk: Desk) -> None:
    assert desk.route(destination=None).importer.detail == "Importer  ·  Ireland"
    assert desk.route(destination="US").importer.detail == "Importer  ·  United States"


def test_a_question_stays_a_question(desk: Desk) -> None:
    route = desk.route(importer=Open("Who is it?"), destination=Open("Where to?"))
    assert route.importer.name == "Open question: Who is it?"
    assert route.importer.detail == "Importer  ·  Open question: Where to?"
    assert not route.importer.known
    assert not route.importer.records


@pytest.mark.parametrize(
    ("value", "name", "known"),
    [
        (None, "not stated", False),
        (Open("Which?"), "Open question: Which?", True),
        (NotApplicable("a test"), "Not applicable: a test", True),
    ],
)
def test_activities_that_are_not_named(desk: Desk, value: Any, name: str, known: bool) -> None:
    stage = desk.route(activities=value).activities
    assert (stage.name, stage.records, stage.known) == (name, (), known)


def test_many_activities_are_counted_and_none_is_lost(desk: Desk) -> None:
    ids = desk.activities(5)
    stage = desk.route("nb", activities=ids).activities
    assert stage.name == "5 behandlingsaktiviteter"
    assert stage.detail == "A-001, A-002, A-003 og 2 til"
    assert set(stage.records) == set(ids)


def test_readers_hear_the_whole_route(desk: Desk) -> None:
    said = desk.route(kinds=["storage"]).says()
    assert said == (
        "Prøve AS, Exporter  ·  Norway; storage; Example Helpdesk, Importer  ·  India; "
        "not stated, Activities"
    )
