"""Makes the frozen example of the schema of today; never run again for a schema once released.

    python tests/data/registers/make.py

writes schema-N.ropa, a register with a bit of everything, and schema-N.json, its dump.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ropa_app import clock
from ropa_app.model.kinds import ALL_KINDS, KINDS
from ropa_app.model.record import Record
from ropa_app.register import schema
from ropa_app.register.change import Create, label, new_id
from ropa_app.register.documents import attach_bytes
from ropa_app.register.dump import dump
from ropa_app.register.entry import add, set_deleted, set_fields
from ropa_app.register.merge import merge
from ropa_app.register.redact import redact
from ropa_app.register.store import Register

HERE = Path(__file__).parent
SECRET = "Verylongunmistakablesecret"  # noqa: S105 - what is redacted


def add_one(register: Register, kind: str, **fields: Any) -> Record:
    return add(register, KINDS[kind], fields)[0]


def make_rich(register: Register, move: Callable[[], None] = lambda: None) -> None:
    """Every kind, documents, history, deleted, merged and redacted records, undo and redo."""
    for kind in ALL_KINDS:
        if kind.key in ("organisation", "register"):
            continue
        fields: dict[str, Any] = {"name": f"First {kind.key} – æøå"}
        if kind.key == "term":
            fields["vocabulary"] = "data-category"
        add_one(register, kind.key, **fields)
        move()
    add_one(register, "party", name="Duplicate AS", country="NO", note="to be merged")
    add_one(register, "agreement", name="DPA", party="P-002", organisation="O-001", notice_days=30)
    move()
    set_fields(register, "O-001", {"employees": "12", "country": "NO", "dpo_name": SECRET})
    set_fields(register, "A-001", {
        "organisations": "O-001", "role": "controller", "introduced": "31.02.2026",
        "description": {"open": "What is it for?"}, "children": {"not_applicable": "Adults only"},
        "purposes": [{"purpose": "Customer support"}], "systems": "S-001",
    })  # fmt: skip
    move()
    merge(register, "P-001", "P-002", clock.stamp(register.now()))
    attach_bytes(register, "F-001", "avtale.txt", b"A short agreement.\n" * 20)
    attach_bytes(register, "D-001", "picture.bin", bytes(range(256)) * 4)
    move()
    set_deleted(register, "N-001", True, clock.stamp(register.now()))
    redact(register, "O-001", "dpo_name")
    move()
    set_fields(register, "S-001", {"location": "Oslo"})
    set_fields(register, "S-001", {"location": "Bergen"})
    register.undo()
    register.undo()
    register.redo()


def main() -> None:
    path = HERE / f"schema-{schema.SCHEMA}.ropa"
    moment = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)

    def now() -> datetime:
        return moment

    def move() -> None:
        nonlocal moment
        moment += timedelta(days=1)

    settings = {"name": "Frozen AS (fictitious)", "time_zone": "Europe/Oslo", "language": "nb"}
    with Register.create(path, settings, now=now, who="make") as register:
        organisation = Create("organisation", new_id(), {"name": "Frozen AS (fictitious)"})
        register.apply([organisation], label("add", kind="organisation", count=1))
        make_rich(register, move)
        dump(register, path.with_suffix(".json"))


if __name__ == "__main__":
    main()
