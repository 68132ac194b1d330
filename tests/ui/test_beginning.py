"""What a new record holds by itself: the only organisation of the register, in the same step."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from ropa_app.model.kinds import KINDS
from ropa_app.register.change import Create, new_id
from ropa_ui.models.beginning import beginning
from ropa_ui.models.session import Session
from ropa_ui.views.palette_rows import Row

FIELDS = {"activity": "organisations", "agreement": "organisation", "transfer": "exporter"}


@pytest.mark.parametrize(("kind", "field"), FIELDS.items())
def test_a_new_record_takes_the_only_organisation(window, kind: str, field: str) -> None:
    shown = window("smartgroup", kind)
    page = shown.records_page()
    assert page is not None
    (own,) = shown.session.view.of("organisation")
    head = shown.session.register.head().operation
    page.add()
    record = page.form.record
    assert record is not None
    assert record[field] == ([own.id] if KINDS[kind].field(field).many else own.id)
    assert shown.session.register.head().operation == head + 1
    shown.session.undo()
    assert record.id not in {each.id for each in shown.session.view.of(kind)}


@pytest.mark.parametrize("kind", ["agreement", "transfer"])
def test_one_made_from_the_palette_does_too(window, kind: str) -> None:
    from ropa_ui.views.palette import Palette

    shown = window("smartgroup", "party")
    party = shown.session.view.of("party")[0]
    (own,) = shown.session.view.of("organisation")
    before = {each.id for each in shown.session.view.of(kind)}
    palette = Palette(shown)
    palette._add_about(Row("do", "", "", "plus", "about", party.id, kind))
    palette.deleteLater()
    QApplication.processEvents()
    (made,) = (each for each in shown.session.view.of(kind) if each.id not in before)
    assert made[FIELDS[kind]] == own.id
    assert made["party" if kind == "agreement" else "importer"] == party.id


def test_of_several_organisations_none_is_taken(session: Session) -> None:
    assert session.apply([Create("organisation", new_id(), {"name": "Second AS"})], "{}")
    for kind, field in FIELDS.items():
        assert field not in beginning(session, kind)
