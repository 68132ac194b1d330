"""Making a register from a sample file: steps in time, each one operation of the log."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ropa_app.errors import UserError
from ropa_app.i18n import _
from ropa_app.paths import resources
from ropa_app.register.change import Changed, Create, Edit, label
from ropa_app.register.documents import attach_bytes
from ropa_app.register.entry import creations, edits
from ropa_app.register.store import Register


def sample_names() -> list[str]:
    """The names of the samples there are, sorted."""
    names = (entry.name for entry in resources("samples").iterdir())
    return sorted(name.removesuffix(".json") for name in names if name.endswith(".json"))


def read_sample(name: str) -> dict[str, Any]:
    """The sample of that name as JSON data. Raises UserError if there is none."""
    if name not in sample_names():
        known = ", ".join(sample_names())
        raise UserError(
            _("There is no sample “{name}”; the samples are {known}.").format(
                name=name, known=known
            )
        )
    text = resources("samples", f"{name}.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


def make_sample(name: str, path: Path) -> Register:
    """Make a new register from a sample; it is open for writing when it comes back."""
    return build(read_sample(name), path)


def build(data: Mapping[str, Any], path: Path) -> Register:
    """Make a new register from steps in the format of resources/samples. Raises UserError."""
    clock = _Clock()
    clock.set(data["steps"][0]["at"])
    settings = {key: data[key] for key in ("name", "time_zone", "language") if key in data}
    register = Register.create(path, settings, now=clock, who=data["steps"][0]["who"])
    keys: dict[str, tuple[str, str]] = {}
    try:
        for number, step in enumerate(data["steps"], 1):
            clock.set(step["at"])
            register.who = step["who"]
            _take(register, step, number, keys)
    except BaseException:
        register.close()
        path.unlink(missing_ok=True)
        raise
    return register


class _Clock:
    """A clock that stands at the moment of the step."""

    def __init__(self) -> None:
        self._moment = datetime.min.replace(tzinfo=UTC)

    def set(self, text: str) -> None:
        self._moment = datetime.fromisoformat(text)

    def __call__(self) -> datetime:
        return self._moment


def _take(
    register: Register, step: Mapping[str, Any], number: int, keys: dict[str, tuple[str, str]]
) -> Changed | None:
    created = creations(register, step.get("add", ()), keys)
    changed = None
    if created:
        changed = register.apply(created, label("sample", count=number))
    changes = list(_changes(register, step, keys))
    if changes:
        changed = register.apply(changes, label("sample", count=number))
    for item in step.get("attach", ()):
        reference = keys[item["record"]][1]
        attach_bytes(register, reference, item["name"], item["text"].encode("utf-8"))
    return changed


def _changes(
    register: Register, step: Mapping[str, Any], keys: Mapping[str, tuple[str, str]]
) -> Iterator[Create | Edit]:
    for item in step.get("set", ()):
        record = register.get(keys[item["record"]][1])
        yield from edits(register, record, item["fields"], keys)
    for key in step.get("delete", ()):
        record = register.get(keys[key][1])
        moment = datetime.fromisoformat(step["at"]).isoformat()
        yield Edit(record.id, "deleted", None, moment)
