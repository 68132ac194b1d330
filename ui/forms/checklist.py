"""The checklist of an agreement: what its kind must settle, point by point."""

from __future__ import annotations

import secrets
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ropa_app.i18n import _
from ropa_app.model.field import Field
from ropa_app.model.record import Record
from ropa_app.model.state import STATES, Value
from ropa_ui.forms.checklist_points import POINTS
from ropa_ui.forms.checklist_row import ChecklistHead, ChecklistRow
from ropa_ui.forms.editor import Context
from ropa_ui.forms.holds_lines import HoldsLines
from ropa_ui.forms.line_findings import LineFindings
from ropa_ui.forms.state_menu import StateLine
from ropa_ui.models.checks import Row
from ropa_ui.widgets.clearing import clear
from ropa_ui.widgets.labels import Label

_SAYING = ("answer", "clause", "remark")


class ChecklistEditor(HoldsLines):
    """A row for each point that the kind of agreement demands, then what else was answered.

    Only points with an answer, a clause or a remark are lines of the record. `noted` tells in
    words how many are met.
    """

    adds_lines = False
    noted = Signal(str)

    def __init__(self, field: Field, context: Context, parent: QWidget) -> None:
        super().__init__(field, context, parent)
        self._items: list[Value] = []
        self._shape: tuple[str, ...] = ("",)
        self._read_only = False
        self.rows: list[ChecklistRow] = []
        self._states: list[StateLine] = []
        self._note = Label("", "small", "text3", self)
        self.rest = LineFindings(field, context.words, self)
        self.rest.hide()
        self._place = QVBoxLayout()
        self._place.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._note)
        layout.addLayout(self._place)
        layout.addWidget(self.rest)
        context.session.changed.connect(self._changed)

    # Showing

    def load(self, value: Value) -> None:
        """Show the answers; what is typed in a clause or remark stays while its line is shown."""
        self._items = list(value) if isinstance(value, list) else []
        self._show()

    def _record(self) -> Record | None:
        """The record as it is now; the form may not have read it again yet."""
        record = self.context.record
        return self.context.session.view.records.get(record.id, record) if record else None

    def _changed(self, ids: set[str]) -> None:
        record = self.context.record
        if record is not None and record.id in ids:
            self._show()

    def _kind(self) -> str:
        record = self._record()
        return record.text("kind") if record is not None and record.kind.has("kind") else ""

    def _show(self) -> None:
        kind = self._kind()
        points = POINTS.get(kind, ())
        of_point = {line["point"]: line for line in reversed(self._lines()) if _is_named(line)}
        mine = [of_point[point] for point in points if point in of_point]
        others = [line for line in self._lines() if not any(line is each for each in mine)]
        states = [item for item in self._items if isinstance(item, STATES)]
        record = self.context.record
        shape = (
            record.id if record else "", kind, self.context.words.language,
            *(str(line.get("id")) for line in others), *map(repr, states),
        )  # fmt: skip
        if shape != self._shape:
            self._shape = shape
            self._build(kind, points, others, states)
        for row in self.rows[: len(points)]:
            row.load(of_point.get(row.point, {}))
        for row, line in zip(self.rows[len(points) :], others, strict=True):
            row.load(line)
        self._count(len(points))

    def _lines(self) -> list[dict[str, Value]]:
        return [item for item in self._items if isinstance(item, dict)]

    def _build(
        self, kind: str, points: tuple[str, ...], others: list[dict[str, Value]],
        states: list[Value],
    ) -> None:  # fmt: skip
        clear(self._place)
        self.rows, self._states = [], []
        if not points:
            said = _("Where no agreement is needed, there is nothing to check.")
            if kind != "none-needed":
                said = _("Choose the kind of agreement, and its points stand here.")
            self._place.addWidget(Label(said, "body", "text3", self, wrap=True))
        for point in points:
            self._add_row(point)
        if points:
            self._place.insertWidget(0, ChecklistHead(self.rows[0].answer.sizeHint().width(), self))
        if others or states:
            heading = Label(_("Other points answered"), "column", "text2", self)
            heading.setContentsMargins(0, 12, 0, 4)
            self._place.addWidget(heading)
        for line in others:
            named = line.get("point")
            self._add_row(named if isinstance(named, str) else "", self._unnamed(line))
        for number, state in enumerate(states):
            self._add_state(number, state)
        if self.rows:
            self.setFocusProxy(self.rows[0].answer)

    def _unnamed(self, line: dict[str, Value]) -> str:
        """What a line is called whose point is not known."""
        if _is_named(line):
            return ""
        words = self.context.words
        return words.value(self.field.column("point"), line.get("point")) or words.say("not stated")

    def _add_row(self, point: str, called: str = "") -> None:
        row = ChecklistRow(self.field, self.context, point, self)
        if called:
            row.call(called)
        row.set_read_only(self._read_only)
        row.changed.connect(partial(self._take, row))
        row.touched.connect(self.touched)
        row.stepped.connect(partial(self._step, row))
        row.cell_asked.connect(self.open_line)
        self.rows.append(row)
        self._place.addWidget(row)

    def _add_state(self, number: int, state: Value) -> None:
        line = StateLine(self)
        line.load(state, self.context.words.label(self.field))
        line.set_read_only(self._read_only)
        line.committed.connect(partial(self._take_state, number))
        line.touched.connect(self.touched)
        self._states.append(line)
        self._place.addWidget(line)

    def _count(self, demanded: int) -> None:
        answers = [row.met for row in self.rows[:demanded]]
        counted = [met for met in answers if met is not None]
        said = _("{met} of {count} met").format(met=sum(counted), count=len(counted))
        self._note.setText(said if demanded else "")
        self._note.setVisible(bool(demanded))
        self.noted.emit(self._note.text())

    # Changing

    def _take(self, row: ChecklistRow, column: str, value: Value) -> None:
        """Give a column of a point a value; a point that says nothing is no line."""
        line = {**row.line, column: value}
        line = {key: held for key, held in line.items() if held not in (None, [])}
        says = any(key in line for key in _SAYING)
        old = next((n for n, item in enumerate(self._items) if item is row.line), -1)
        items = list(self._items)
        if old >= 0:
            items[old : old + 1] = [line] if says else []
        elif says:
            items.append({"id": secrets.token_hex(5), "point": row.point, **line})
        self._store(items)

    def _take_state(self, number: int, value: Value) -> None:
        places = [n for n, item in enumerate(self._items) if isinstance(item, STATES)]
        items = list(self._items)
        at = places[number]
        items[at : at + 1] = [] if value is None else [value]
        self._store(items)

    def _store(self, items: list[Value]) -> None:
        if items == self._items:
            return
        self._items = items
        self._show()
        self.committed.emit(list(items) or None)

    # Going about

    def _step(self, row: ChecklistRow, step: int) -> None:
        at = self.rows.index(row) + step
        if 0 <= at < len(self.rows):
            self.rows[at].focus("clause" if row.clause.hasFocus() else "answer")

    def open_line(self, line: str, column: str = "") -> None:
        """Put the cursor into a column of the point that a line is about."""
        found = [row for row in self.rows if row.line.get("id") == line]
        for row in found or self.rows[:1]:
            row.focus(column)

    def set_findings(self, rows: list[Row]) -> None:
        """Show each finding under the point it concerns, the others at the end."""
        by_line: dict[str, list[Row]] = {}
        for row in rows:
            by_line.setdefault([*row.field.split("."), ""][1], []).append(row)
        for point in self.rows:
            identifier = str(point.line.get("id", ""))
            point.set_findings(by_line.pop(identifier, []) if identifier else [])
        rest = [row for group in by_line.values() for row in group]
        self.rest.show_rows(rest, self.context.words)
        self.rest.setVisible(bool(rest))

    # What every editor does

    def _parts(self) -> list[ChecklistRow | StateLine]:
        return [*self.rows, *self._states]

    def flush(self) -> None:
        for part in self._parts():
            part.flush()

    def half_typed(self) -> str:
        return next((typed for part in self._parts() if (typed := part.half_typed())), "")

    def half_typed_at(self) -> str:
        """A point that has no line yet stands in place of one."""
        typed = ((str(r.line.get("id", r.point)), r.half_typed_in()) for r in self.rows)
        return next((f"{line}.{column}" for line, column in typed if column), "")

    def retype(self, text: str) -> None:
        """Put a text back that was half typed, into the clause of the first point."""
        if self.rows:
            self.rows[0].clause.retype(text)

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        for part in self._parts():
            part.set_read_only(read_only)

    def name(self, label: str, description: str) -> None:
        self.setAccessibleName(label)
        self.setAccessibleDescription(description)


def _is_named(line: dict[str, Value]) -> bool:
    return isinstance(line.get("point"), str)
