"""The history reads the log once, however long it is."""

from __future__ import annotations

from typing import Any

from ropa_app.model.kinds import KINDS
from ropa_app.register.entry import add, set_fields
from ropa_app.register.history import entries
from ropa_app.register.loading import load_view
from ropa_app.register.store import Register


def test_the_history_is_read_in_one_pass(register: Register) -> None:
    one, two = add(register, KINDS["party"], [{"name": "One"}, {"name": "Two"}])
    for number in range(20):
        set_fields(register, one.ref, {"name": f"One {number}", "note": "x" * number})
        set_fields(register, two.ref, {"name": f"Two {number}"})
    view = load_view(register)
    asked: list[str] = []
    register.connection.set_trace_callback(asked.append)
    found = list(entries(register, view))
    mine = list(entries(register, view, two))
    register.connection.set_trace_callback(None)
    assert len(asked) < 8
    assert [entry.operation.seq for entry in found] == list(range(register.head().operation, 0, -1))
    assert [c.field for c in found[1].changes] == ["name", "note"]
    assert [values(entry) for entry in mine] == [
        *([f"Two {n}"] for n in range(19, -1, -1)), []
    ]  # fmt: skip
    assert mine[-1].created == (two.ref,)


def values(entry: Any) -> list[Any]:
    return [change.new for change in entry.changes]
