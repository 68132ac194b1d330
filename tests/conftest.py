"""What every test gets: a home of its own, a fixed language, a clock it can move, a register."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from ropa_app.cli import main
from ropa_app.i18n import set_language
from ropa_app.register.change import Create, label, new_id
from ropa_app.register.store import Register

# The same examples every time and no time limits; the soak takes ever new ones.
_QUIET = {"deadline": None, "suppress_health_check": list(HealthCheck)}
settings.register_profile("suite", derandomize=True, database=None, **_QUIET)
settings.register_profile("soak", database=None, print_blob=True, **_QUIET)
settings.load_profile("suite")

SOAK_RESULTS = Path(__file__).parents[1] / "docs" / "soak.md"
BEGINNING = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


class FakeClock:
    """A moment that a test can move; calling it tells the time, as ropa_app.clock.now does."""

    def __init__(self, moment: datetime = BEGINNING) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def set(self, text: str) -> None:
        """Stand at an ISO moment; without a zone it is one of UTC."""
        moment = datetime.fromisoformat(text)
        self.moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    def move(self, **delta: float) -> None:
        """Go forward, or back, by days, hours, seconds …"""
        self.moment += timedelta(**delta)


@dataclass(frozen=True)
class Answer:
    """What a command said, and its exit status."""

    status: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def surroundings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home for backups, English, a fixed name, and the real clock; gives the home back."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("ROPA_HOME", str(home))
    monkeypatch.setenv("ROPA_LANGUAGE", "en")
    monkeypatch.setenv("ROPA_USER", "tester")
    for name in ("ROPA_NOW", "ROPA_DEBUG", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    set_language("en")
    return home


@pytest.fixture
def fake_clock() -> FakeClock:
    """A clock that stands at the moment the template register was made, until it is moved."""
    return FakeClock()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with its settings and one organisation, to be copied, never changed."""
    path = tmp_path_factory.mktemp("template") / "template.ropa"
    settings_of = {"name": "Prøve AS", "time_zone": "Europe/Oslo", "language": "en"}
    with Register.create(path, settings_of, now=FakeClock(), who="tester") as register:
        organisation = Create("organisation", new_id(), {"name": "Prøve AS"})
        register.apply([organisation], label("add", kind="organisation", count=1))
    return path


@pytest.fixture
def register_path(template: Path, tmp_path: Path) -> Path:
    """A small register file of the test's own: settings and O-001."""
    return Path(shutil.copy(template, tmp_path / "register.ropa"))


@pytest.fixture
def register(register_path: Path, fake_clock: FakeClock) -> Iterator[Register]:
    """That register, open for writing, its time told by fake_clock."""
    with Register.open(register_path, writable=True, now=fake_clock, who="tester") as opened:
        opened.connection.execute("PRAGMA synchronous = OFF")  # no power failure is tried here
        yield opened


@pytest.fixture
def cli(capfd: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Runs the command line in this process: cli("list", path, "activity")."""

    def run(*arguments: object) -> Answer:
        capfd.readouterr()
        status = main([str(argument) for argument in arguments])
        said = capfd.readouterr()
        return Answer(status, said.out, said.err)

    return run


def write_note(heading: str, text: str) -> None:
    """Put a result into docs/soak.md, in the place of an earlier one under that heading."""
    text_before = SOAK_RESULTS.read_text("utf-8") if SOAK_RESULTS.exists() else "# Long runs\n"
    parts = text_before.split("\n## ")
    kept = [part for part in parts if not part.startswith(f"{heading}\n")]
    SOAK_RESULTS.write_text(
        "\n## ".join([part.rstrip("\n") + "\n" for part in kept] + [f"{heading}\n\n{text}\n"]),
        "utf-8",
    )


@pytest.fixture
def note() -> Callable[[str, str], None]:
    """note(heading, text) keeps the result of a long run in docs/soak.md."""
    return write_note
