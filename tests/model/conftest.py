"""A register worked on through the command line, as its user would."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ropa_app.register.loading import load_view
from ropa_app.register.store import Register
from ropa_app.register.view import View


class Desk:
    """Adds records from JSON and reads them back as `ropa show --json` and in words."""

    def __init__(self, path: Path, cli: Callable[..., Any]) -> None:
        self.path = path
        self._cli = cli

    def run(self, command: str, *arguments: str) -> str:
        answer = self._cli(command, self.path, *arguments)
        assert answer.status == 0, answer.err
        said: str = answer.out
        return said

    def add(self, kind: str, /, **fields: Any) -> str:
        """Add a record from JSON data; its reference."""
        file = self.path.with_suffix(".json")
        file.write_text(json.dumps(fields), "utf-8")
        return self.run("add", kind, "--json", str(file)).strip()

    def set(self, reference: str, *arguments: str) -> None:
        self.run("set", reference, *arguments)

    def fields(self, reference: str) -> Any:
        """What the record holds, without the ids of its lines."""
        return without_ids(json.loads(self.run("show", reference, "--json"))["fields"])

    def view(self) -> View:
        with Register.open(self.path) as register:
            return load_view(register)

    def words(self, reference: str, key: str, language: str) -> str:
        """One field in words."""
        view = self.view()
        record = view.by_ref(reference)
        assert record is not None
        words = view.words(language)
        return words.value(record.kind.field(key), record[key], record.values)


def without_ids(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: without_ids(item) for key, item in data.items() if key != "id"}
    return [without_ids(item) for item in data] if isinstance(data, list) else data


@pytest.fixture
def desk(register_path: Path, cli: Callable[..., Any]) -> Desk:
    return Desk(register_path, cli)
