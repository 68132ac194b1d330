"""A register made by hand, record by record, without a file."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from ropa_app.model.record import Record
from ropa_app.register.view import Head, View

TODAY = date(2026, 11, 24)


class Desk:
    """Adds records, numbered by kind, and makes the View of them."""

    def __init__(self) -> None:
        self.records: list[Record] = []

    def add(self, kind: str, /, deleted: bool = False, **values: Any) -> Record:
        number = sum(record.kind_key == kind for record in self.records) + 1
        moment = "2026-01-01T00:00:00.000Z" if deleted else None
        record = Record(kind, number, str(uuid.uuid4()), values, moment)
        self.records.append(record)
        return record

    def view(self, day: date = TODAY) -> View:
        return View(self.records, day, Head(1, "0" * 64, "2026-11-24T12:00:00.000Z"))


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def new_desk() -> Callable[[], Desk]:
    """For tests that need a fresh register for every example."""
    return Desk
