"""Which layouts can be of single records: what is offered is what the writers accept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ropa_app.errors import UserError
from ropa_app.exports.layout import layouts, takes
from ropa_app.exports.write import export
from ropa_app.model.kinds import KINDS
from ropa_app.register.loading import load_view
from ropa_app.register.sample import make_sample
from ropa_app.register.view import View

MOMENT = datetime(2026, 11, 24, 12, tzinfo=UTC)
KEYS = [key for key in KINDS if key != "register"]


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    path = tmp_path_factory.mktemp("sample") / "nordlys.ropa"
    with make_sample("nordlys", path) as register:
        yield load_view(register)


@pytest.mark.parametrize("kind", KEYS)
@pytest.mark.parametrize("layout", layouts(), ids=lambda each: each.id)
def test_a_layout_takes_what_can_be_written_alone(layout, kind, view, tmp_path: Path) -> None:
    record = next(iter(view.of(kind)))
    out = tmp_path / f"one.{'pdf' if layout.writer.endswith('pdf') else 'xlsx'}"

    def write() -> int:
        return export(view, layout.id, out, None, None, [record.ref], MOMENT).records

    if takes(layout, kind):
        written = write()
        # The summary of safeguards counts transfers: an activity brings those that serve it.
        assert written >= 1 if layout.writer == "safeguards-pdf" else written == 1
    else:
        with pytest.raises(UserError):
            write()
        assert not out.exists()
