"""What a cell of a small table says: its first line, its second, its icon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ropa_app.i18n import N_
from ropa_app.model.field import Field
from ropa_app.model.state import STATES, AsTyped, State, Value, is_value
from ropa_app.model.words import Words
from ropa_ui.forms.line_columns import SPECIAL, Shown
from ropa_ui.forms.state_menu import LOOKS, state_text

BETWEEN = "  ·  "
_PLAIN = ("text", "long_text", "texts", "email", "phone", "url")


@dataclass(frozen=True, slots=True)
class Cell:
    """`key` is the column it stands for; `role` colours the first line, the icon has its own.

    `second_icon` stands before the second line.
    """

    key: str
    main: str
    second: str = ""
    icon: str = ""
    icon_role: str = "text2"
    role: str = "text"
    second_icon: str = ""

    @property
    def spoken(self) -> str:
        """The cell as a screen reader says it."""
        return ", ".join(part for part in (self.main, self.second) if part)


class CellWords:
    """Says the cells of the lines of one field; `record` tells what its line links name."""

    def __init__(self, field: Field, words: Words, record: Mapping[str, Value]) -> None:
        self._field = field
        self._words = words
        self._record = record

    def cell(self, line: Mapping[str, Value], shown: Shown) -> Cell:
        """One cell of a line."""
        held = [key for key in shown.keys if line.get(key) not in (None, [])]
        if not held:
            gap = Cell(shown.keys[0], self._words.say(N_("not stated")), role="text3")
            return self._marked(gap, line)
        first = self._first(held[0], line[held[0]])
        others = [self._other(key, line[key]) for key in held[1:]]
        second = BETWEEN.join(part for part in (first.second, *others) if part)
        return self._marked(replace(first, second=second), line)

    def state(self, state: State) -> Cell:
        """A state where a value would stand."""
        name, role, word = LOOKS[type(state)]
        said = self._words.say(word)
        if isinstance(state, AsTyped):
            return Cell("", state.text, self._words.say(word), name, role)
        return Cell("", said, state_text(state), name, role, "text2")

    def _first(self, key: str, value: Value) -> Cell:
        column = self._field.column(key)
        if isinstance(value, STATES):
            return replace(self.state(value), key=key)
        if column.kind == "period":
            return self._period(column, value)
        text = " ".join(self._words.series(column, value, self._record).split())
        name, role = _icon_within(value)
        return Cell(key, text, icon=name, icon_role=role)

    def _period(self, column: Field, value: Value) -> Cell:
        """How long first; what happens then and the ground below."""
        whole = self._words.period(column, value)
        main = self._words.period(column, value, False) or whole
        fate, ground = value.get("fate"), value.get("ground")
        parts = [self._words.phrase("deletion-fate", fate)] if isinstance(fate, str) else []
        parts += [ground] if isinstance(ground, str) else []
        name, role = _icon_within(list(value.values()))
        second = "" if main == whole else BETWEEN.join(parts)
        return Cell(column.key, main, second, name, role)

    def _other(self, key: str, value: Value) -> str:
        """A further column in the second line; named unless it is plain text."""
        column = self._field.column(key)
        text = " ".join(self._words.series(column, value, self._record).split())
        if column.kind in _PLAIN and is_value(value):
            return text
        return f"{self._words.label(column)}: {text}"

    def _marked(self, cell: Cell, line: Mapping[str, Value]) -> Cell:
        """The cell with the sign of special categories, where its line holds some (Art. 9)."""
        where, says, condition = SPECIAL.get(self._field.key, ("", "", ""))
        if cell.key != where or (line.get(says) != "yes" and not is_value(line.get(condition))):
            return cell
        ground = self._words.series(self._field.column(condition), line.get(condition))
        label = ground or self._words.label(self._field.column(says))
        second = BETWEEN.join(part for part in (label, cell.second) if part)
        return replace(cell, second=second, second_icon="shield-warning")


def _icon_within(value: Value) -> tuple[str, str]:
    """The sign of the first state inside a value; none for one that is settled."""
    for item in value if isinstance(value, list) else ():
        if isinstance(item, STATES):
            name, role, _word = LOOKS[type(item)]
            return name, role
    return "", "text2"
