"""Where to go in a form: into sight of a field, and from finding to finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QScrollArea, QWidget

from ropa_ui.forms.field_row import FieldRow
from ropa_ui.models.checks import Row
from ropa_ui.theme import px

_ABOVE = 64  # px kept free over a row that is scrolled to: the name of its section
_SPARE = 4  # px: nearer to the head, a row counts as hidden by it


def reveal(area: QScrollArea, inside: QWidget, row: FieldRow, focused: QWidget | None) -> None:
    """Scroll to where the cursor is in a row, with the name of its section if there is room.

    Nothing moves while it stands in sight and not at the foot.
    """
    within = focused is not None and row.isAncestorOf(focused)
    target = focused if focused is not None and within else row
    top, row_top = (each.mapTo(inside, QPoint(0, 0)).y() for each in (target, row))
    bar, seen = area.verticalScrollBar(), area.viewport().height()
    foot = top + min(target.height(), seen // 2)
    if bar.value() + px(_SPARE) <= top and foot <= bar.value() + seen - px(_ABOVE):
        return
    together = foot - row_top <= seen - 2 * px(_ABOVE)
    bar.setValue(max(0, (row_top if together else top) - px(_ABOVE)))


def finding_paths(rows: Mapping[str, FieldRow], findings: Mapping[str, Sequence[Row]]) -> list[str]:
    """Every field, line and column that a finding is about, in the order of the form."""
    found: list[str] = []
    for key, row in rows.items():
        value = row.value if isinstance(row.value, list) else []
        lines = [str(line.get("id")) for line in value if isinstance(line, dict)]
        about = {finding.field for finding in findings.get(key, [])}
        found += sorted(about, key=partial(_place_in, row, lines))
    return found


def next_path(
    paths: Sequence[str], order: Sequence[str], at: str, last: str, backwards: bool
) -> str:
    """The path after (or before) the one gone to last, if the cursor is still in its field.

    Else the first after (or before) the field `at`, by the `order` of fields; round and round.
    """
    if last in paths and _field_of(last) == at:
        step = paths.index(last) + (-1 if backwards else 1)
    else:
        place = order.index(at) if at in order else -1
        before = sum(order.index(_field_of(path)) < place for path in paths)
        here = sum(_field_of(path) == at for path in paths)
        step = before - 1 if backwards else before + here
    return paths[step % len(paths)]


def _field_of(path: str) -> str:
    return path.partition(".")[0]


def _place_in(row: FieldRow, lines: list[str], path: str) -> tuple[int, int]:
    """Where a path stands in its field: the line, then the column."""
    line, _dot, column = path.partition(".")[2].partition(".")
    columns = [each.key for each in row.field.columns]
    return (
        lines.index(line) if line in lines else -1,
        columns.index(column) if column in columns else -1,
    )
