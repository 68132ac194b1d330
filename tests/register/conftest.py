"""What the tests of the register share: adding records, and a register with a bit of everything."""

from __future__ import annotations

import importlib.util
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ropa_app.model.kinds import ALL_KINDS
from ropa_app.model.record import Record
from ropa_app.register.store import Register

MAKE = Path(__file__).parents[1] / "data" / "registers" / "make.py"


def _load_make() -> ModuleType:
    specification = importlib.util.spec_from_file_location("make_registers", MAKE)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


make = _load_make()


def live_records(register: Register) -> dict[str, tuple[Any, ...]]:
    """Every record that is not deleted, by reference, with its values as stored."""
    return {
        record.ref: (record.id, dict(record.values), record.merged_into)
        for kind in ALL_KINDS
        for record in register.records(kind)
        if not record.deleted
    }


@pytest.fixture(scope="session")
def rich_template(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(template, tmp_path_factory.mktemp("rich") / "rich.ropa"))
    with Register.open(path, writable=True, who="tester") as register:
        make.make_rich(register)
    return path


@pytest.fixture
def rich_path(rich_template: Path, tmp_path: Path) -> Path:
    """A register file with a bit of everything, of the test's own."""
    return Path(shutil.copy(rich_template, tmp_path / "rich.ropa"))


@pytest.fixture
def rich(rich_path: Path) -> Iterator[Register]:
    with Register.open(rich_path, writable=True, who="tester") as register:
        yield register


@pytest.fixture
def fill() -> Callable[..., Record]:
    """fill(register, kind, field=value …) adds one record."""
    found: Callable[..., Record] = make.add_one
    return found


@pytest.fixture
def live() -> Callable[[Register], dict[str, tuple[Any, ...]]]:
    return live_records


@pytest.fixture
def outside(register_path: Path) -> Callable[..., None]:
    """Changes the register file as another SQLite tool would."""

    def change(statement: str, *values: object) -> None:
        connection = sqlite3.connect(register_path)
        with connection:
            connection.execute(statement, values)
        connection.close()

    return change


@pytest.fixture
def secret() -> str:
    return str(make.SECRET)
