"""The safeguards of a transfer, under the GDPR and the UK GDPR side by side."""

from __future__ import annotations

import secrets
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ropa_app.model.field import Field
from ropa_app.model.record import Record
from ropa_app.model.state import STATES, Value
from ropa_app.rules.obligation import needed_columns
from ropa_app.rules.regimes import REGIMES
from ropa_ui.forms.editor import Context
from ropa_ui.forms.holds_lines import HoldsLines
from ropa_ui.forms.line_findings import LineFindings
from ropa_ui.forms.line_list import with_value, worth_keeping
from ropa_ui.forms.safeguard_block import SafeguardBlock
from ropa_ui.forms.safeguard_column import SafeguardColumn
from ropa_ui.forms.safeguard_columns import why_not
from ropa_ui.forms.state_menu import StateLine
from ropa_ui.models.checks import Row
from ropa_ui.theme import px
from ropa_ui.widgets.clearing import clear
from ropa_ui.widgets.hairline import Hairline

ROOMY, NARROW = 700, 520  # px: below the first the columns are tight, below the other stacked
_GIVEN = frozenset({"id", "regime", "reliance"})
_FALLBACK = "fallback"


class SafeguardsEditor(HoldsLines):
    """Each regime has a column of its own; lines without a regime stand below both."""

    adds_lines = False

    def __init__(self, field: Field, context: Context, parent: QWidget) -> None:
        super().__init__(field, context, parent)
        self._items: list[Value] = []
        self._new: set[str] = set()
        self._of = ""
        self._shape: tuple[object, ...] = ()
        self._read_only = False
        self._stacked: bool | None = None
        self._tight = False
        self._rows: list[Row] = []
        self.blocks: dict[str, SafeguardBlock] = {}
        self._states: list[StateLine] = []
        words = context.words
        self.columns = {
            regime: SafeguardColumn(regime, words.term("regime", regime), self)
            for regime in REGIMES
        }
        self._between = Hairline(self, vertical=True)
        self._unsorted = QVBoxLayout()
        self.rest = LineFindings(field, words, self)
        self.rest.hide()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(22)
        self._grid.setVerticalSpacing(14)
        for column in self.columns.values():
            column.add_asked.connect(self.add_safeguard)
        self._lay_out(stacked=False)
        context.session.changed.connect(self._changed)

    def _lay_out(self, stacked: bool) -> None:
        """Side by side, or the one below the other where room is short."""
        if stacked == self._stacked:
            return
        self._stacked = stacked
        for item in (*self.columns.values(), self._between, self.rest):
            self._grid.removeWidget(item)
        self._grid.removeItem(self._unsorted)
        first, second = self.columns.values()
        self._grid.addWidget(first, 0, 0)
        self._grid.addWidget(second, *((1, 0) if stacked else (0, 2)))
        if not stacked:
            self._grid.addWidget(self._between, 0, 1)
        self._between.setVisible(not stacked)
        across = 1 if stacked else 3
        self._grid.addLayout(self._unsorted, 2, 0, 1, across)
        self._grid.addWidget(self.rest, 3, 0, 1, across)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(2, 0 if stacked else 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = event.size().width()
        self._lay_out(width < px(NARROW))
        self._tighten(px(NARROW) <= width < px(ROOMY))

    def _tighten(self, tight: bool) -> None:
        """Side by side in little room, labels stand above their fields."""
        if tight != self._tight:
            self._tight = tight
            for column in self.columns.values():
                column.set_tight(tight)
            for block in self.blocks.values():
                block.set_tight(tight)

    # Showing

    def load(self, value: Value) -> None:
        """Show safeguards; what is open stays open while it is the same record that is shown."""
        items = list(value) if isinstance(value, list) else []
        record = self.context.record
        of = record.id if record else ""
        if of != self._of:
            self._of, self._shape = of, ()
            self._new.clear()
            self._rows = []
        if items != self.value():
            self._items = items
        self._show()

    def value(self) -> list[Value]:
        """The lines as they would be committed: new ones only once a fact is entered."""
        return worth_keeping(self._items, self._new, _GIVEN)

    def _changed(self, ids: set[str]) -> None:
        record = self.context.record
        if record is not None and (record.id in ids or record.text("exporter") in ids):
            self._say_reasons()

    def _lines(self) -> list[dict[str, Value]]:
        return [item for item in self._items if isinstance(item, dict)]

    def _show(self) -> None:
        lines = self._lines()
        states = [item for item in self._items if isinstance(item, STATES)]
        places = [(str(line.get("id")), _regime(line), _is_fallback(line)) for line in lines]
        shape = (*places, *map(repr, states), self.context.words.language)
        if shape != self._shape:
            self._shape = shape
            self._build(places, states)
        for line in lines:
            self.blocks[str(line.get("id"))].load(line)
        self._say_reasons()
        self._show_findings()

    def _build(self, places: list[tuple[str, str, bool]], states: list[Value]) -> None:
        """Stand every block in its place anew; lines only filled in do not come here."""
        for column in self.columns.values():
            column.empty()
        clear(self._unsorted)
        self.blocks, self._states = {}, []
        for identifier, regime, fallback in places:
            known = regime in self.columns
            block = self._block(identifier, regime, fallback and known)
            if known:
                self.columns[regime].add(block, fallback)
            else:
                self._unsorted.addWidget(block)
        for number, state in enumerate(states):
            self._add_state(number, state)
        first = next(iter(self.columns.values()))
        self.setFocusProxy(next(iter(self.blocks.values()), first.add_button))

    def _block(self, identifier: str, regime: str, fallback: bool) -> SafeguardBlock:
        record = self.context.record
        needed = needed_columns(self.field, record) if record is not None else ()
        block = SafeguardBlock(self.field, needed, self.context, regime, fallback, self)
        block.set_read_only(self._read_only)
        block.set_tight(self._tight)
        block.committed.connect(partial(self._set, identifier))
        block.touched.connect(self.touched)
        block.rely_asked.connect(partial(self._rely, identifier))
        block.delete_asked.connect(partial(self._delete, identifier))
        block.cell_asked.connect(self.open_line)
        self.blocks[identifier] = block
        return block

    def _add_state(self, number: int, state: Value) -> None:
        line = StateLine(self)
        line.load(state, self.context.words.label(self.field))
        line.set_read_only(self._read_only)
        line.committed.connect(partial(self._take_state, number))
        line.touched.connect(self.touched)
        self._states.append(line)
        self._unsorted.addWidget(line)

    def _say_reasons(self) -> None:
        for regime, column in self.columns.items():
            column.show_state(self._why_not(regime), self._read_only)

    def _why_not(self, regime: str) -> str:
        record = self._record()
        if record is None or record.kind_key != "transfer":
            return ""
        return why_not(self.context.session.view, record, regime, self.context.words)

    def _record(self) -> Record | None:
        """The record as it is now; the form may not have read it again yet."""
        record = self.context.record
        return self.context.session.view.records.get(record.id, record) if record else None

    # Changing

    def _store(self, items: list[Value]) -> None:
        before = self.value()
        self._items = items
        after = self.value()
        if after != before:
            self._new -= {str(item.get("id")) for item in after if isinstance(item, dict)}
        self._show()
        if after != before:
            self.committed.emit(list(after) or None)

    def _set(self, line: str, key: str, value: Value) -> None:
        self._store(with_value(self.field, self._items, line, key, value))

    def add_safeguard(self, regime: str) -> None:
        """Begin a safeguard under a regime: relied on if it is the first, else a fallback."""
        if self._read_only:
            return
        relied = any(_regime(x) == regime and not _is_fallback(x) for x in self._lines())
        identifier = secrets.token_hex(5)
        self._new.add(identifier)
        reliance = _FALLBACK if relied else "relied-on"
        line = {"id": identifier, "regime": regime, "reliance": reliance}
        self._store([*self._items, line])
        self.open_line(identifier, "mechanism")

    def add_line(self) -> None:
        """Begin a safeguard under the first regime that applies."""
        self.add_safeguard(next((r for r in REGIMES if not self._why_not(r)), REGIMES[0]))

    def _rely(self, line: str) -> None:
        """Rely on this one; what was relied on under its regime becomes a fallback."""
        regime = next(_regime(each) for each in self._lines() if each.get("id") == line)
        items = list(self._items)
        for each in self._lines():
            if _regime(each) == regime and not _is_fallback(each):
                items = with_value(self.field, items, str(each["id"]), "reliance", _FALLBACK)
        self._store(with_value(self.field, items, line, "reliance", "relied-on"))
        self.open_line(line, "mechanism")

    def _delete(self, line: str) -> None:
        self._store([i for i in self._items if not (isinstance(i, dict) and i.get("id") == line)])
        self.setFocus()

    def _take_state(self, number: int, value: Value) -> None:
        places = [n for n, item in enumerate(self._items) if isinstance(item, STATES)]
        items = list(self._items)
        items[places[number] : places[number] + 1] = [] if value is None else [value]
        self._store(items)

    # Going about

    def open_line(self, line: str, column: str = "") -> None:
        """Put the cursor into a column of a safeguard."""
        if line in self.blocks:
            self.blocks[line].focus(column)

    def set_findings(self, rows: list[Row]) -> None:
        """Show each finding under the safeguard it concerns, the others at the end."""
        self._rows = rows
        self._show_findings()

    def _show_findings(self) -> None:
        by_line: dict[str, list[Row]] = {}
        for row in self._rows:
            by_line.setdefault([*row.field.split("."), ""][1], []).append(row)
        for identifier, block in self.blocks.items():
            block.set_findings(by_line.pop(identifier, []))
        rest = [row for group in by_line.values() for row in group]
        self.rest.show_rows(rest, self.context.words)
        self.rest.setVisible(bool(rest))

    # What every editor does

    def _parts(self) -> list[SafeguardBlock | StateLine]:
        return [*self.blocks.values(), *self._states]

    def flush(self) -> None:
        for part in self._parts():
            part.flush()

    def half_typed(self) -> str:
        return next((typed for part in self._parts() if (typed := part.half_typed())), "")

    def half_typed_at(self) -> str:
        typed = ((line, block.half_typed_in()) for line, block in self.blocks.items())
        return next((f"{line}.{column}" for line, column in typed if column), "")

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        for part in self._parts():
            part.set_read_only(read_only)
        self._say_reasons()

    def name(self, label: str, description: str) -> None:
        self.setAccessibleName(label)
        self.setAccessibleDescription(description)


def _regime(line: dict[str, Value]) -> str:
    """The regime of a line; empty for one that says none, or not for certain."""
    found = line.get("regime")
    return found if isinstance(found, str) and found in REGIMES else ""


def _is_fallback(line: dict[str, Value]) -> bool:
    return line.get("reliance") == _FALLBACK
