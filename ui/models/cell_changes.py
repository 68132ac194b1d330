"""What a paste, an emptying or a bulk edit would change, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ropa_app.errors import UserError
from ropa_app.i18n import _
from ropa_app.model.field import Field
from ropa_app.model.kinds import KINDS
from ropa_app.model.record import Record
from ropa_app.model.state import Value, encode
from ropa_app.model.vocabulary import open_vocabulary
from ropa_app.register.change import Change, Create, Edit, label, new_id
from ropa_ui.models.beginning import beginning, needs_name
from ropa_ui.models.clipboard import NameReader, is_unread, pasteable, read_cell
from ropa_ui.models.columns import why_nothing_to_type
from ropa_ui.models.pasted_block import Laid
from ropa_ui.models.session import Session

Shown = Callable[[Record, str], str]


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell to change; `record` is None for the record that a row of the block makes.

    `problem` says why it cannot be written, `unread` that it stays as typed. A cell that no column
    takes has an empty key, and in `heading` what the block calls its column. `nameless`: its row
    would make a record, but does not name it.
    """

    record: Record | None
    row: int
    key: str
    old: Value
    new: Value
    typed: str = ""
    problem: str = ""
    heading: str = ""
    nameless: bool = False

    @property
    def unread(self) -> bool:
        """True if the value could not be read."""
        return not self.problem and is_unread(self.new)


@dataclass
class Plan:
    """Changes of one kind of record, shown before they are written as one step.

    `beginning`: what a new record holds unless a cell says otherwise.
    """

    kind: str
    cells: list[CellChange] = field(default_factory=list)
    beginning: Mapping[str, Value] = field(default_factory=dict)

    def kept(self, unread: bool = True) -> list[CellChange]:
        """What would be written; `unread`: also what stays as typed."""
        return [c for c in self.cells if not c.problem and (unread or not c.unread)]

    def changes(self, unread: bool = True) -> list[Change]:
        """What would be written, as the register takes it."""
        found: list[Change] = []
        made: dict[int, dict[str, Value]] = {}
        for cell in self.kept(unread):
            if cell.record is not None:
                found.append(Edit(cell.record.id, cell.key, cell.old, cell.new))
            else:
                made.setdefault(cell.row, {})[cell.key] = cell.new
        new = ({**self.beginning, **values} for values in made.values())
        return [*found, *(Create(self.kind, new_id(), values) for values in new)]

    def records(self, unread: bool = True) -> int:
        """How many records would change or be made."""
        return len({c.record.id if c.record else c.row for c in self.kept(unread)})

    def made(self, unread: bool = True) -> int:
        """How many records would be made."""
        return len({c.row for c in self.kept(unread) if c.record is None})

    def homeless(self) -> int:
        """How many cells no column takes."""
        return sum(not cell.key and not cell.nameless for cell in self.cells)

    def nameless(self) -> int:
        """How many rows make no record, for they do not name it."""
        return len({cell.row for cell in self.cells if cell.nameless})

    def left_out(self, unread: bool = True) -> int:
        """How many cells are not written though a column takes them, in rows that count."""
        not_kept = len(self.cells) - len(self.kept(unread))
        return not_kept - self.homeless() - sum(cell.nameless for cell in self.cells)

    def label(self, unread: bool = True) -> str:
        """The label of the step in the log."""
        if self.made(unread) == self.records(unread):
            return label("add", kind=self.kind, count=self.made(unread))
        keys = list(dict.fromkeys(cell.key for cell in self.kept(unread)))
        return label("bulk", kind=self.kind, fields=keys, count=self.records(unread))

    def write(self, session: Session, unread: bool = True) -> UserError | None:
        """Write it as one step; give back what stands in the way, said to nobody yet."""
        return session.write(self.changes(unread), self.label(unread))


def plan_paste(
    session: Session, kind: str, laid: Laid, rows: Sequence[Record | None], shown: Shown
) -> Plan:
    """What a block laid over records would change; a row without a record makes one.

    `rows` are as many as the block has; `shown` tells what a cell says now: a cell that says the
    same already is left alone.
    """
    plan = Plan(kind, beginning=beginning(session, kind) if None in rows else {})
    reader = NameReader(session)
    headings = laid.headings or [""] * len(laid.keys)
    for number, (record, texts) in enumerate(zip(rows, laid.rows, strict=True)):
        if record is None and not _begins(kind, laid.keys, texts):
            plan.cells += _nameless(number, laid.keys, texts, headings)
            continue
        for key, text, heading in zip(laid.keys, texts, headings, strict=True):
            if not key:
                plan.cells += _no_column(record, number, text, heading)
                continue
            cell = _pasted(kind, record, number, key, text, reader, shown)
            if cell is not None:
                plan.cells.append(cell)
    return plan


def _begins(kind: str, keys: Sequence[str], texts: Sequence[str]) -> bool:
    """True if a row says enough for a new record: its name, where it must have one."""
    named = needs_name(kind)
    told = zip(keys, texts, strict=True)
    return any(
        text.strip() and (key == "name" if named else pasteable(kind, key)) for key, text in told
    )


def _no_column(
    record: Record | None, row: int, text: str, heading: str
) -> list[CellChange]:
    """A cell beyond the last column, or under a heading that is none, is said to be left out."""
    why = _("There is no column for it.")
    return [CellChange(record, row, "", None, None, text, why, heading)] if text.strip() else []


def _nameless(
    row: int, keys: Sequence[str], texts: Sequence[str], headings: Sequence[str]
) -> list[CellChange]:
    """A row beyond the list that names nothing is left out, and each of its cells said to be."""
    why = _("A new record needs a name.")
    return [
        CellChange(None, row, key, None, None, text, why, heading, nameless=True)
        for key, text, heading in zip(keys, texts, headings, strict=True) if text.strip()
    ]  # fmt: skip


def _pasted(
    kind: str, record: Record | None, row: int, key: str, text: str, reader: NameReader,
    shown: Shown,
) -> CellChange | None:  # fmt: skip
    """The change of one cell; None where nothing differs."""
    now = shown(record, key) if record else ""
    if _same(text, now):
        return None
    if not pasteable(kind, key):
        lines = KINDS[kind].has(key)
        why = _("This is edited in the form.") if lines else why_nothing_to_type(key)
        return CellChange(record, row, key, None, None, text, why)
    declared = KINDS[kind].field(key)
    old = record[key] if record else None
    if key == "name" and not text.strip() and needs_name(kind):
        why = _("A record keeps its name.")
        return CellChange(record, row, key, old, old, text, why)
    new = read_cell(declared, text, reader)
    if encode(new) == encode(old):
        return None
    return CellChange(record, row, key, old, new, text, _refused(declared, new))


def _same(text: str, now: str) -> bool:
    return " ".join(text.split()) == " ".join(now.split())


def _refused(declared: Field, value: Value) -> str:
    """Why the register would not take a value; empty if it does."""
    if declared.key == "vocabulary" and isinstance(value, str):
        try:
            open_vocabulary(value)
        except UserError as error:
            return str(error)
    return ""


def plan_clear(kind: str, cells: Iterable[tuple[Record, str]]) -> Plan:
    """Empty cells; those that are empty, or are no fields, stay."""
    plan = Plan(kind)
    for row, (record, key) in enumerate(cells):
        if pasteable(kind, key) and record[key] is not None:
            plan.cells.append(CellChange(record, row, key, record[key], None))
    return plan


REPLACE, ADD, REMOVE = "replace", "add", "remove"


def plan_bulk(
    kind: str, records: Iterable[Record], key: str, value: Value, how: str = REPLACE
) -> Plan:
    """Give one field of many records a value, or add items to its lists or take them out."""
    plan = Plan(kind)
    for row, record in enumerate(records):
        old = record[key]
        new = _combined(old, value, how)
        if encode(new) != encode(old):
            plan.cells.append(CellChange(record, row, key, old, new))
    return plan


def _combined(old: Value, value: Value, how: str) -> Value:
    if how == REPLACE:
        return value
    items = value if isinstance(value, list) else []
    if how == ADD:
        if not items:
            return old
        held = old if isinstance(old, list) else []  # an answer takes the place of a question
        return [*held, *(item for item in items if item not in held)]
    if not isinstance(old, list):
        return old
    return [item for item in old if item not in items] or None
