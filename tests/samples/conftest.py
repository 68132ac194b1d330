"""The sample nordlys as a register, asked by the keys of its file and by day."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from ropa_app.model.kinds import KINDS
from ropa_app.model.record import Record
from ropa_app.paths import resources
from ropa_app.register.loading import load_view
from ropa_app.register.sample import make_sample
from ropa_app.register.store import Register
from ropa_app.register.view import View
from ropa_app.rules.agreement_status import agreement_status

TODAY = date(2026, 11, 22)


class Nordlys:
    """A register made from the sample; a record of a kind has the number of its turn."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.views: dict[date, View] = {}
        data = json.loads(resources("samples", "nordlys.json").read_text(encoding="utf-8"))
        turns: dict[str, int] = defaultdict(int)
        self.key_of: dict[str, str] = {}
        for item in (item for step in data["steps"] for item in step.get("add", ())):
            turns[item["kind"]] += 1
            reference = KINDS[item["kind"]].reference(turns[item["kind"]])
            found = self.view_on(TODAY).by_ref(reference)
            assert found is not None, item["key"]
            self.key_of[found.id] = item["key"]
        self._ids = {key: identifier for identifier, key in self.key_of.items()}

    def view_on(self, day: date) -> View:
        if day not in self.views:
            self.views[day] = load_view(self.register, day.isoformat())
        return self.views[day]

    def id_of(self, key: str) -> str:
        return self._ids[key]

    def record(self, key: str, day: date = TODAY) -> Record:
        return self.view_on(day).records[self.id_of(key)]

    def line(self, key: str, field: str, line_id: str, day: date = TODAY) -> dict[str, Any]:
        rows = self.record(key, day).lines(field)
        return next(item for item in rows if item["id"] == line_id)

    def held(self, kind: str) -> list[Record]:
        return self.view_on(TODAY).of(kind)

    def used(self, kind: str, field: str) -> set[str]:
        return {item for found in self.held(kind) for item in found.items(field)}

    def status_of(self, key: str, day: date = TODAY) -> str:
        view = self.view_on(day)
        return agreement_status(self.record(key, day), day, view.expiring_days, view).status

    def chain(self) -> dict[str, set[str]]:
        return {
            self.key_of[found.id]: {
                self.key_of[row["party"]] for row in found.lines("sub_processors")
            }
            for found in self.held("party")
        }

    def recipients(self, key: str, party: str, day: date = TODAY) -> list[dict[str, Any]]:
        rows = self.record(key, day).lines("recipients")
        return [row for row in rows if row.get("party") == self.id_of(party)]

    def safeguards(self, key: str) -> list[tuple[str, str, str, tuple[str, ...]]]:
        return [
            (row["regime"], row["mechanism"], row["reliance"], tuple(row.get("modules", ())))
            for row in self.record(key).lines("safeguards")
        ]

    def answer_to(self, key: str, point: str) -> str:
        rows = self.record(key).lines("checklist")
        return next(str(row["answer"]) for row in rows if row["point"] == point)


@pytest.fixture(scope="session")
def nordlys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nordlys]:
    path = tmp_path_factory.mktemp("nordlys") / "nordlys.ropa"
    make_sample("nordlys", path).close()
    noon = datetime.combine(TODAY, time(12), UTC)
    with Register.open(path, now=lambda: noon) as register:
        yield Nordlys(register)
