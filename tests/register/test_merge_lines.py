"""Merging records whose lines bear the same ids: both lines stay, and what points at them."""

from __future__ import annotations

from ropa_app.model.kinds import KINDS
from ropa_app.register import entry
from ropa_app.register.merge import merge
from ropa_app.register.store import Register


def test_lines_with_the_same_id_stay_apart(register: Register) -> None:
    for name, purpose, subject in (
        ("Kept", "process-orders", "customers"), ("Other", "payroll", "employees"),
    ):  # fmt: skip
        fields = {
            "name": name,
            "purposes": [{"id": "p1", "purpose": purpose}],
            "data": [{"id": "d1", "subject": subject, "purposes": ["p1"]}],
        }
        entry.add(register, KINDS["activity"], fields)
    merge(register, "A-001", "A-002", "2026-01-06T00:00:00.000Z")
    kept = register.get("A-001")
    purposes = {line["id"]: line["purpose"] for line in kept.lines("purposes")}
    assert sorted(purposes.values()) == ["payroll", "process-orders"]
    serves = {line["subject"]: purposes[line["purposes"][0]] for line in kept.lines("data")}
    assert serves == {"customers": "process-orders", "employees": "payroll"}
    assert len({line["id"] for line in kept.lines("data")}) == 2
