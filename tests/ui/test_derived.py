"""Columns that are worked out: what transfers rely on, and how parties stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from ropa_app.model.vocabulary import vocabulary
from ropa_app.register.change import Create, new_id
from ropa_ui.forms.head import FormHead
from ropa_ui.models import worked_out
from ropa_ui.models.checks import Checks
from ropa_ui.models.derived import derived_text, none_words
from ropa_ui.models.record_model import RecordModel
from ropa_ui.models.session import Session
from ropa_ui.widgets.labels import ElidedLabel

SCC = {"regime": "eu", "mechanism": "scc", "reliance": "relied-on"}
ADDENDUM = {"regime": "uk", "mechanism": "uk-addendum", "reliance": "relied-on"}


@pytest.fixture
def head(session: Session, qtbot) -> Iterator[FormHead]:
    from PySide6.QtWidgets import QWidget

    owner = QWidget()
    qtbot.addWidget(owner)
    yield FormHead(session, owner)  # noqa: PT022 - the owner lives as long as the test


def made(session: Session, kind: str, /, **values: object) -> str:
    identifier = new_id()
    assert session.apply([Create(kind, identifier, values)], "{}")  # type: ignore[arg-type]
    return identifier


@pytest.mark.parametrize(("lines", "words"), [
    ([SCC, ADDENDUM], "EU: SCC, UK: Addendum"),
    ([ADDENDUM, SCC], "EU: SCC, UK: Addendum"),
    ([SCC | {"reliance": "fallback"}, ADDENDUM], "UK: Addendum"),
    ([SCC | {"to": "2020-01-01"}], ""),
    ([SCC | {"from": "2999-01-01"}], ""),
    ([SCC | {"mechanism": "adequacy"}], "EU: adequacy"),
    ([], ""),
])  # fmt: skip
def test_a_transfer_says_what_is_relied_on_under_each_law(
    session: Session, lines: list[dict[str, str]], words: str
) -> None:
    safeguards = [{"id": new_id(), **line} for line in lines]
    transfer = made(session, "transfer", safeguards=safeguards)
    assert derived_text(session, transfer, "relied_on") == words


def said_by(head: FormHead) -> list[str]:
    return [label.text() for label in head.findChildren(ElidedLabel)]


def test_the_head_of_a_transfer_does_not_repeat_its_route(
    session: Session, head: FormHead
) -> None:
    transfer = made(session, "transfer", safeguards=[{"id": new_id(), **SCC}], destination="US")
    head.show_record(session.view.records[transfer])
    assert "EU: SCC" in said_by(head)
    assert not {"Importer", "Destination", "United States"} & set(said_by(head))


def test_a_party_nobody_uses_has_no_agreement_or_its_own(session: Session) -> None:
    alone = made(session, "party", name="Alone AS")
    assert derived_text(session, alone, "party_agreements") == ""
    assert none_words(session, session.view.records[alone], "party_agreements") == "none"
    made(session, "agreement", party=alone, signed="2020-01-01", kind="processor-agreement")
    session.view.worked_out.clear()
    assert derived_text(session, alone, "party_agreements")


@pytest.mark.parametrize("role", vocabulary("recipient-role").terms)
def test_a_role_that_needs_no_agreement_says_so(
    session: Session, head: FormHead, role: str
) -> None:
    (own,) = session.view.of("organisation")
    party = made(session, "party", name="Other AS")
    made(session, "activity", name="Sale", role="controller", organisations=[own.id],
         recipients=[{"id": new_id(), "role": role, "party": party}])  # fmt: skip
    head.show_record(session.view.records[party])
    said = said_by(head)
    assert said[said.index("Agreements") + 1] not in ("not stated", "none", "")


def test_a_list_that_takes_its_time_is_put_in_order_beside_the_window(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    checks = Checks(session)
    at_once, beside = (RecordModel(session, checks, "party", session) for _each in range(2))
    query = replace(at_once.query, order="party_agreements")
    at_once.set_query(query)
    shown = [at_once.record(row) for row in range(at_once.count())]
    before = [beside.record(row) for row in range(beside.count())]
    assert shown != before
    monkeypatch.setattr("ropa_ui.models.record_model.SOME", 1)
    beside.set_query(query)
    assert [beside.record(row) for row in range(beside.count())] == before
    qtbot.waitUntil(lambda: [beside.record(row) for row in range(beside.count())] == shown)
    checks.stop()


def test_what_parties_are_here_follows_beside_the_window(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = RecordModel(session, Checks(session), "party", session)
    parties = [model.part(row) for row in range(model.count())]
    at_once = [model.facts(party) for party in parties if party]
    monkeypatch.setattr(worked_out, "FEW", 0)
    assert [model.facts(party) for party in parties if party] == [
        party.ref for party in parties if party
    ]

    def shown() -> list[str]:
        return [model.facts(party) for party in parties if party]

    qtbot.waitUntil(lambda: shown() == at_once)
    role = parties[0] and session.view.sources(parties[0].id, "activity")[0]
    assert role
    assert session.delete([role])
    assert shown() == at_once  # until it is known again
    monkeypatch.setattr(worked_out, "FEW", 10_000)
    now = shown()
    monkeypatch.setattr(worked_out, "FEW", 0)
    qtbot.waitUntil(lambda: shown() == now != at_once)
